//! What the attributes of one HTML element say about how it looks, and what it is.

use super::element;
use super::entity;
use super::lexer::Attributes;
use super::style::{self, Look, Sheet};
use crate::known::link;

/// What the attributes of one element say.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that an attribute states or not")]
pub(super) struct Traits {
    pub(super) look: Look,
    pub(super) is_signature: bool,
    pub(super) is_indent: bool,
    pub(super) is_pre: bool,
    pub(super) has_no_margin: bool,
    pub(super) link: Option<String>,
}

impl Traits {
    pub(super) fn read(attributes: Attributes<'_>, sheet: &Sheet, tag: &str) -> Self {
        let mut traits = Self::default();
        let (mut classes, mut id) = ("", "");
        for (name, value) in attributes.take(64) {
            match name.to_ascii_lowercase().as_str() {
                "style" => {
                    let look = style::read(value);
                    traits.look = Look {
                        backed: traits.look.backed || look.backed,
                        white: traits.look.white || look.white,
                        hidden: traits.look.hidden || look.hidden,
                        ..look
                    };
                    traits.is_indent = element::is_indent(value);
                    traits.is_pre = value.contains("pre-wrap") || value.contains("white-space:pre");
                    traits.has_no_margin = value.replace(' ', "").contains("margin:0");
                }
                "class" => classes = value,
                "id" => id = value,
                "hidden" => traits.look.hidden = true,
                "bgcolor" | "background" => traits.look.backed |= style::is_background(value),
                "color" if tag == "font" => traits.look.white |= style::is_white(value),
                "href" if tag == "a" => {
                    let mut address = String::new();
                    entity::decode_into(value.trim(), &mut address);
                    traits.link = Some(address).filter(|a| link::is_web(a));
                }
                _ => {}
            }
        }
        traits.look.hidden |= sheet.hides(classes, id);
        traits.is_signature = element::is_signature(classes, id);
        traits.has_no_margin |= classes.contains("Mso");
        traits
    }
}
