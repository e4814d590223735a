//! What the renderer needs to know of each element.

/// How an element stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Layout {
    #[default]
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
        "dialog" | "datalist" | "script" | "style" | "title" | "template" | "svg" | "math" | "object" | "embed"
        | "iframe" | "noembed" | "noframes" | "select" | "audio" | "video" | "canvas" | "map" | "xml" => Layout::Unseen,
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
    // Programs put `x_`, `yiv123` or `ydp123` before the names they find in the letters they answer.
    const ENDINGS: [&str; 11] = [
        "gmail_signature",
        "gmail_signature_prefix",
        "moz-signature",
        "AppleMailSignature",
        "outlook-mobile-signature",
        "outlook-ios-signature",
        "yahoo-signature",
        "protonmail_signature_block",
        "mobile-signature",
        "composer_signature",
        "tutanota_signature",
    ];
    let is_marked = |word: &str| {
        matches!(word, "signature" | "Signature" | "x_Signature" | "x_signature" | "ms-outlook-mobile-signature")
            || word.len() > 12 && ENDINGS.iter().any(|ending| word.ends_with(ending))
    };
    let may_be = |text: &str| text.len() >= 9 && text.contains("ignature");
    may_be(classes) && classes.split_ascii_whitespace().any(is_marked)
        || may_be(id) && (is_marked(id) || id.starts_with("ms-outlook-mobile-signature"))
}

/// Whether the class marks an older letter that is set off by nothing but the line that introduces it.
pub(crate) fn is_history(classes: &str) -> bool {
    classes.len() >= 12 && classes.split_ascii_whitespace().any(|word| word.ends_with("yahoo_quoted"))
}

/// Whether the class is one that hides words from all who see.
pub(crate) fn is_for_screen_readers(classes: &str) -> bool {
    classes.len() >= 7
        && classes.split_ascii_whitespace().any(|word| {
            matches!(word, "sr-only" | "visually-hidden" | "visuallyhidden" | "screen-reader-text" | "mso-hide")
        })
}
