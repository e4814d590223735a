//! What the renderer needs to know of each element.

/// How an element stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Inline,
    /// On lines of its own.
    Block,
    /// On lines of its own, with a blank line around.
    Paragraph,
    /// A cell of a table: parted from its neighbour.
    Cell,
    /// Never shown.
    Unseen,
}

pub(crate) fn layout(name: &str) -> Layout {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "ul" | "ol" | "dl" | "pre" | "table"
        | "figure" | "hr" => Layout::Paragraph,
        "div" | "li" | "tr" | "dt" | "dd" | "section" | "article" | "header" | "footer" | "main" | "nav" | "aside"
        | "address" | "center" | "form" | "fieldset" | "caption" | "thead" | "tbody" | "tfoot" | "body" | "html"
        | "details" | "summary" | "figcaption" => Layout::Block,
        "td" | "th" => Layout::Cell,
        "script" | "style" | "title" | "template" | "svg" | "math" | "object" | "embed" | "iframe" | "noembed"
        | "noframes" | "select" | "audio" | "video" | "canvas" | "map" | "xml" => Layout::Unseen,
        _ => Layout::Inline,
    }
}

/// Elements without content or closing tag (WHATWG HTML §13.1.2).
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "hr"
            | "meta"
            | "link"
            | "input"
            | "area"
            | "base"
            | "col"
            | "embed"
            | "source"
            | "track"
            | "wbr"
            | "param"
            | "bgsound"
    )
}

/// Whether an open element ends where another begins (WHATWG HTML §13.1.2.4).
pub(crate) fn closes(new: &str, open: &str) -> bool {
    match open {
        "p" => matches!(layout(new), Layout::Block | Layout::Paragraph) || new == "p",
        "li" => new == "li",
        "td" | "th" => matches!(new, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(new, "tr" | "tbody" | "tfoot"),
        "dt" | "dd" => matches!(new, "dt" | "dd"),
        "option" => matches!(new, "option" | "optgroup"),
        _ => false,
    }
}

/// Whether the class or identifier marks the signature a program adds by itself.
pub(crate) fn is_signature(classes: &str, id: &str) -> bool {
    let is_marked = |word: &str| {
        matches!(
            word,
            "gmail_signature"
                | "gmail_signature_prefix"
                | "moz-signature"
                | "AppleMailSignature"
                | "ms-outlook-mobile-signature"
                | "ms-outlook-ios-signature"
                | "x_gmail_signature"
                | "yahoo-signature"
                | "signature"
                | "Signature"
                | "x_Signature"
                | "protonmail_signature_block"
                | "mobile-signature"
                | "composer_signature"
                | "lineBreakAtBeginningOfSignature"
        )
    };
    classes.split_ascii_whitespace().any(is_marked) || is_marked(id) || id.starts_with("ms-outlook-mobile-signature")
}

/// Whether a `blockquote` only sets text in: Gmail's and Outlook's indent buttons write it like that.
pub(crate) fn is_indent(style: &str) -> bool {
    let style = style.to_ascii_lowercase().replace(' ', "");
    (style.contains("border:none") || style.contains("border-width:initial")) && !style.contains("border-left:")
}
