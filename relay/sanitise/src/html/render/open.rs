//! An element that is open while a document is rendered, and how what is in it is seen.

use crate::html::colour::{self, Colour, Ground};
use crate::html::element::Layout;
use crate::html::lexer::Name;
use crate::html::style::Look;

/// How words are emphasised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Emphasis {
    pub(super) strong: bool,
    pub(super) slanted: bool,
}

/// How what is in an element is seen: what it inherits and what it says itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that an element inherits or not")]
pub(super) struct Sight {
    /// Whether this element, or one around it, is not shown.
    pub(super) hidden: bool,
    pub(super) pre: bool,
    pub(super) has_signs: bool,
    pub(super) is_link: bool,
    pub(super) emphasis: Emphasis,
    colour: Colour,
    ground: Ground,
}

impl Default for Sight {
    fn default() -> Self {
        Self {
            hidden: false,
            pre: false,
            has_signs: false,
            is_link: false,
            emphasis: Emphasis::default(),
            colour: Colour::Rgb([0; 3]),
            ground: Ground::Rgb([255; 3]),
        }
    }
}

impl Sight {
    /// Letters that cannot be told from what lies behind them.
    pub(super) fn is_faded(&self) -> bool {
        !colour::is_seen(self.colour, self.ground)
    }

    /// How what is in an element inside this one is seen.
    pub(super) fn within(self, tag: &str, look: &Look, unseen: bool) -> Self {
        let is_link = self.is_link || tag == "a";
        let strong = matches!(tag, "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        // A link is underlined by itself.
        let slanted = matches!(tag, "i" | "em" | "mark") || tag == "u" && !is_link;
        let emphasis = Emphasis {
            strong: look.bold.unwrap_or(self.emphasis.strong || strong),
            slanted: look.slanted.unwrap_or(self.emphasis.slanted || slanted),
        };
        Self {
            hidden: self.hidden || unseen || look.hidden,
            pre: look.pre.unwrap_or(self.pre || tag == "pre"),
            has_signs: look.has_signs || self.has_signs,
            is_link,
            emphasis,
            // A link has a colour of its own.
            colour: look.colour.unwrap_or(if tag == "a" { Colour::Other } else { self.colour }),
            ground: look.ground.unwrap_or(self.ground),
        }
    }
}

/// An older letter that is set off by nothing but the line that introduces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intro {
    /// That line has not been seen yet.
    Open,
    /// It has: what follows is quoted.
    Quoting,
    /// There is none.
    None,
}

/// An open element.
#[derive(Default)]
pub(super) struct Open {
    pub(super) name: Name,
    pub(super) layout: Layout,
    pub(super) sight: Sight,
    pub(super) quotes: bool,
    /// The next number of an ordered list.
    pub(super) number: usize,
    /// Where its text begins.
    pub(super) start: usize,
    /// A link's address.
    pub(super) link: Option<String>,
    pub(super) is_signature: bool,
    pub(super) is_list_mark: bool,
    pub(super) intro: Option<Intro>,
}

impl Open {
    pub(super) fn is_list(&self) -> bool {
        matches!(self.name.text(), "ul" | "ol")
    }
}
