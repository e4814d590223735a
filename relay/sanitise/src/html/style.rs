//! What inline styles say about being seen, and about what letters mean: weight, slant, colour and place.

use super::colour::{self, Colour, Ground};

/// What a style says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a style states or not")]
pub(crate) struct Look {
    /// Not shown at all.
    pub(crate) hidden: bool,
    pub(crate) colour: Option<Colour>,
    pub(crate) ground: Option<Ground>,
    pub(crate) bold: Option<bool>,
    pub(crate) slanted: Option<bool>,
    /// Blanks and line ends count.
    pub(crate) pre: Option<bool>,
    /// A paragraph that follows the one before without a blank line.
    pub(crate) has_no_margin: bool,
    /// A `blockquote` that only sets text in.
    pub(crate) is_indent: bool,
    /// The bullet or number Word writes before an item.
    pub(crate) is_list_mark: bool,
    /// Letters that are drawn as signs: Wingdings and Symbol.
    pub(crate) has_signs: bool,
}

/// Boxes that hide what is in them only together with something else.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a style states or not")]
struct Frame {
    is_flat: bool,
    is_clipped: bool,
    is_lifted: bool,
    is_far: bool,
    has_no_border: bool,
    has_left_border: bool,
}

/// Reads the declarations of a `style` attribute or of a rule.
pub(crate) fn read(declarations: &str) -> Look {
    let mut look = Look::default();
    let mut frame = Frame::default();
    let mut display = false;
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim(), value.trim());
        let value = value.split_once('!').map_or(value, |(value, _)| value.trim_end());
        match name.as_bytes().first().map(u8::to_ascii_lowercase) {
            // The last of several is the one that counts.
            Some(b'd') if is(name, "display") => display = is(value, "none"),
            Some(b'c' | b'b' | b'f') if look.take_letters(name, value) => {}
            _ => {
                look.hidden |= hides(name, value);
                look.take_layout(name, value);
                frame.take(name, value);
            }
        }
    }
    look.hidden |= display || frame.is_flat && frame.is_clipped || frame.is_lifted && frame.is_far;
    look.is_indent = frame.has_no_border && !frame.has_left_border;
    look
}

fn is(text: &str, wanted: &str) -> bool {
    text.eq_ignore_ascii_case(wanted)
}

/// Whether a word begins a value, whatever its case.
fn begins(value: &str, word: &str) -> bool {
    value.get(..word.len()).is_some_and(|start| is(start, word))
}

/// Declarations that hide by themselves.
fn hides(name: &str, value: &str) -> bool {
    let any = |wanted: &[&str]| wanted.iter().any(|word| is(value, word));
    match name.len() {
        4 if is(name, "zoom") => is_zero(value),
        4 if is(name, "clip") => begins(value, "rect(0") || begins(value, "rect(1px"),
        7 if is(name, "opacity") => is_zero(value),
        8 if is(name, "mso-hide") => is(value, "all"),
        9 if is(name, "font-size") => is_tiny(value),
        9 if is(name, "clip-path") => {
            begins(value, "inset(50%") || begins(value, "inset(100%") || begins(value, "circle(0")
        }
        9 if is(name, "transform") => begins(value, "scale(0)") || begins(value, "scale(0,"),
        9 if is(name, "max-width") => is_zero(value),
        10 if is(name, "max-height") => is_zero(value),
        10 if is(name, "visibility") => any(&["hidden", "collapse"]),
        11 if is(name, "text-indent") => length(value).is_some_and(|n| n <= -500.0),
        11 if is(name, "mso-element") => begins(value, "comment"),
        _ => false,
    }
}

impl Look {
    /// What is said about the letters themselves.
    fn take_letters(&mut self, name: &str, value: &str) -> bool {
        if is(name, "color") {
            self.colour = Some(colour::read(value));
        } else if is(name, "background") || is(name, "background-color") {
            self.ground = colour::ground(value).or(self.ground);
        } else if is(name, "font-weight") {
            let heavy = value.parse::<u16>().map_or_else(|_| begins(value, "bold"), |weight| weight >= 600);
            self.bold = Some(heavy);
        } else if is(name, "font-style") {
            self.slanted = Some(begins(value, "italic") || begins(value, "oblique"));
        } else if is(name, "font-family") {
            let family = value.trim_start_matches(['"', '\'', ' ']).trim_start_matches("&quot;");
            self.has_signs |= begins(family, "wingdings") || begins(family, "symbol");
        } else {
            return false;
        }
        true
    }

    fn take_layout(&mut self, name: &str, value: &str) {
        if is(name, "white-space") {
            self.pre = Some(begins(value, "pre"));
        } else if is(name, "margin") || is(name, "margin-bottom") {
            self.has_no_margin = is_zero(value.split_ascii_whitespace().next().unwrap_or_default());
        } else if is(name, "mso-list") {
            self.is_list_mark |= is(value, "ignore");
        } else if is(name, "font") {
            self.has_signs |= value.contains("Wingdings") || value.contains("Symbol");
        }
    }
}

impl Frame {
    fn take(&mut self, name: &str, value: &str) {
        if is(name, "overflow") || is(name, "overflow-y") || is(name, "overflow-x") {
            self.is_clipped = is(value, "hidden") || is(value, "clip");
        } else if is(name, "height") || is(name, "width") {
            self.is_flat |= length(value).is_some_and(|n| n.abs() < 1.5) && !value.contains('%');
        } else if is(name, "position") {
            self.is_lifted = is(value, "absolute") || is(value, "fixed");
        } else if is(name, "left") || is(name, "top") || is(name, "right") || begins(name, "margin-") {
            self.is_far |= length(value).is_some_and(|n| n <= -500.0);
        } else if is(name, "border") || is(name, "border-width") {
            self.has_no_border |= begins(value, "none") || begins(value, "initial");
        } else if begins(name, "border-left") {
            self.has_left_border = true;
        }
    }
}

/// The number of a length, without its unit.
fn length(value: &str) -> Option<f32> {
    value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').trim().parse().ok()
}

fn is_zero(value: &str) -> bool {
    length(value).is_some_and(|n| n.abs() < 0.02)
}

/// Letters of at most one pixel or point are there for machines.
fn is_tiny(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = &value[number.len()..];
    let limit = if is(unit, "px") || is(unit, "pt") || unit.is_empty() { 1.51 } else { 0.05 };
    number.trim().parse::<f32>().is_ok_and(|n| n < limit)
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
            "height:0;overflow:hidden",
            "width:1px;height:1px;overflow:hidden",
            "position:absolute;left:-9999px",
            "position: fixed; top: -1000px",
            "text-indent:-9999px",
            "clip:rect(0,0,0,0);position:absolute",
            "clip-path:inset(50%)",
            "transform:scale(0)",
        ] {
            assert!(read(style).hidden, "{style}");
        }
        for style in [
            "display:block",
            "display:none;display:block",
            "font-size:12pt",
            "opacity:0.9",
            "height:0",
            "line-height:1",
            "max-width:600px",
            "font-size:0.9em",
            "overflow:hidden;height:20px",
            "width:100%;overflow:hidden",
            "width:1%;overflow:hidden",
            "text-indent:-18pt",
            "margin-left:-8px;position:absolute",
            "font-size:medium",
            ":;:",
            "",
        ] {
            assert!(!read(style).hidden, "{style}");
        }
    }

    #[test]
    fn letters_and_layout() {
        assert_eq!(read("font-weight:bold").bold, Some(true));
        assert_eq!(read("font-weight: 700; font-style:italic").slanted, Some(true));
        assert_eq!(read("font-weight:normal").bold, Some(false));
        assert_eq!(read("white-space:pre-wrap").pre, Some(true));
        assert!(read("margin:0cm 0cm 8pt").has_no_margin && read("mso-list:Ignore").is_list_mark);
        assert!(read("font-family:Wingdings").has_signs && !read("font-family:Arial,Symbol").has_signs);
        assert!(read("margin:0 0 0 40px;border:none;padding:0px").is_indent);
        assert!(!read("border:none;border-left:solid blue 1.5pt").is_indent);
    }
}
