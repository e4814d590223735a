//! Which inline styles and style sheet rules hide text from the reader.

/// What a style says about being seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a style states or not")]
pub(crate) struct Look {
    /// Not shown at all.
    pub(crate) hidden: bool,
    /// White letters: hidden unless something dark lies behind them.
    pub(crate) white: bool,
    /// Another colour of letters.
    pub(crate) coloured: bool,
    /// A background that is not white.
    pub(crate) backed: bool,
}

/// Reads the declarations of a `style` attribute or of a rule.
pub(crate) fn read(declarations: &str) -> Look {
    let mut look = Look::default();
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        let value = value.to_ascii_lowercase().replace("!important", "");
        let value = value.trim();
        match name.as_str() {
            "display" => look.hidden |= value == "none",
            "visibility" => look.hidden |= value == "hidden" || value == "collapse",
            "mso-hide" => look.hidden |= value == "all",
            "opacity" | "max-height" | "max-width" => look.hidden |= is_zero(value),
            "font-size" => look.hidden |= is_tiny(value),
            "text-indent" => look.hidden |= value.starts_with("-9"),
            "color" => {
                look.white = is_white(value) || value == "transparent";
                look.coloured = !look.white;
            }
            "background" | "background-color" => look.backed = is_background(value),
            _ => {}
        }
    }
    look
}

/// Whether a `color` attribute of old means white.
pub(crate) fn is_white(value: &str) -> bool {
    let compact: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    matches!(
        compact.trim_start_matches('#'),
        "white"
            | "fff"
            | "ffffff"
            | "ffff"
            | "ffffffff"
            | "fefefe"
            | "fdfdfd"
            | "rgb(255,255,255)"
            | "rgba(255,255,255,1)"
            | "rgb(254,254,254)"
    )
}

pub(crate) fn is_background(value: &str) -> bool {
    let value = value.trim();
    let first = value.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    !value.is_empty()
        && !is_white(value)
        && !is_white(&first)
        && !matches!(first.as_str(), "transparent" | "none" | "inherit" | "initial" | "unset")
}

fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.trim().parse::<f32>().is_ok_and(|n| n.abs() < 0.02)
}

/// Letters of at most one pixel or point are there for machines.
fn is_tiny(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = &value[number.len()..];
    let limit = if matches!(unit, "px" | "pt" | "") { 1.01 } else { 0.05 };
    number.trim().parse::<f32>().is_ok_and(|n| n < limit)
}

/// Classes and identifiers that a style sheet hides. Rules inside `@media` speak of other screens than ours.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    hidden: Vec<String>,
}

/// Most hidden selectors remembered; more is no letter.
const SELECTORS_MAX: usize = 50;

impl Sheet {
    pub(crate) fn read(&mut self, css: &str) {
        let mut rest = css;
        while let Some(open) = rest.find('{') {
            let selectors = &rest[..open];
            let body = &rest[open + 1..];
            if selectors.trim_start().starts_with('@') {
                rest = &body[nested_end(body)..];
                continue;
            }
            let close = body.find('}').unwrap_or(body.len());
            if read(&body[..close]).hidden {
                self.add(selectors);
            }
            rest = body.get(close + 1..).unwrap_or_default();
        }
    }

    fn add(&mut self, selectors: &str) {
        let simple = selectors.split(',').map(str::trim).filter_map(|selector| {
            let start = selector.find(['.', '#'])?;
            let (element, name) = selector.split_at(start);
            let is_simple = element.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'*');
            let is_name =
                name.len() > 1 && name[1..].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            (is_simple && is_name).then(|| name.to_owned())
        });
        let room = SELECTORS_MAX.saturating_sub(self.hidden.len());
        self.hidden.extend(simple.take(room));
    }

    /// Whether an element's class list or identifier is one the sheet hides.
    pub(crate) fn hides(&self, classes: &str, id: &str) -> bool {
        !self.hidden.is_empty()
            && self.hidden.iter().any(|name| match name.split_at(1) {
                (".", class) => classes.split_ascii_whitespace().any(|c| c == class),
                (_, wanted) => id == wanted,
            })
    }
}

/// The octets up to and with the brace that closes a block.
fn nested_end(body: &str) -> usize {
    let mut depth = 1;
    for (place, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place + 1;
        }
    }
    body.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_styles() {
        for style in [
            "display:none",
            "DISPLAY : None !important",
            "visibility:hidden",
            "font-size:0",
            "font-size:0px;color:red",
            "font-size:1px",
            "opacity:0",
            "mso-hide:all",
            "max-height:0",
            "max-height:0px;overflow:hidden",
        ] {
            assert!(read(style).hidden, "{style}");
        }
        for style in [
            "display:block",
            "font-size:12pt",
            "opacity:0.9",
            "height:0",
            "line-height:1",
            "max-width:600px",
            "font-size:0.9em",
            "",
        ] {
            assert!(!read(style).hidden, "{style}");
        }
        assert!(read("color:#FFF").white && read("color: rgb(255, 255, 255)").white);
        assert!(
            read("background:#000").backed
                && !read("background-color:white").backed
                && !read("background: #fff url(x)").backed
        );
    }

    #[test]
    fn sheets_hide_by_class_and_identifier_outside_media_rules() {
        let mut sheet = Sheet::default();
        sheet.read("@media (max-width:1px){.m{display:none}} p.x, #y {display:none} .z{color:red} .a .b{display:none}");
        assert!(sheet.hides("q x", "") && sheet.hides("", "y"));
        assert!(!sheet.hides("m z a b", "x"));
    }
}
