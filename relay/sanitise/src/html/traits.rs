//! What the attributes of one HTML element say about how it looks, and what it is.

use super::colour;
use super::element;
use super::entity;
use super::lexer::Attributes;
use super::sheet::Sheet;
use super::style::{self, Look};
use crate::known::link;

/// What the attributes of one element say.
#[derive(Default)]
pub(super) struct Traits {
    pub(super) look: Look,
    pub(super) is_signature: bool,
    /// An older letter below a line that introduces it.
    pub(super) is_history: bool,
    pub(super) link: Option<String>,
    /// Where an ordered list begins to count.
    pub(super) start: Option<usize>,
}

/// Most attributes of one element that are read.
const ATTRIBUTES_MAX: usize = 200;

impl Traits {
    pub(super) fn read(attributes: Attributes<'_>, sheet: &Sheet, tag: &str) -> Self {
        let mut traits = Self::default();
        let (mut classes, mut id) = ("", "");
        let mut seen = false;
        for (name, value) in attributes.take(ATTRIBUTES_MAX) {
            let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
            match name.len() {
                5 if is("style") => {
                    let outer = traits.look;
                    traits.look = style::read(value);
                    traits.look.hidden |= outer.hidden;
                    traits.look.ground = traits.look.ground.or(outer.ground);
                    traits.look.colour = traits.look.colour.or(outer.colour);
                }
                5 if is("class") => classes = value,
                2 if is("id") => id = value,
                6 if is("hidden") => traits.look.hidden = true,
                7 if is("bgcolor") => traits.look.ground = traits.look.ground.or(colour::ground(value)),
                10 if is("background") && !value.is_empty() => traits.look.ground = Some(colour::Ground::Other),
                5 | 4 if is("color") && tag == "font" || is("text") && tag == "body" => {
                    traits.look.colour = traits.look.colour.or(Some(colour::read(value)));
                }
                4 if is("face") => {
                    traits.look.has_signs |= ["Wingdings", "Symbol"].iter().any(|face| value.starts_with(face));
                }
                5 if is("start") && tag == "ol" => traits.start = value.trim().parse().ok(),
                4 if is("href") && tag == "a" => traits.link = target(value),
                _ => continue,
            }
            seen = true;
        }
        if seen {
            traits.look.hidden |= sheet.hides(classes, id) || element::is_for_screen_readers(classes);
            traits.is_signature = element::is_signature(classes, id);
            traits.is_history = element::is_history(classes);
            traits.look.has_no_margin |= classes.contains("Mso");
        }
        traits
    }
}

/// The address of a web page anybody can open.
fn target(value: &str) -> Option<String> {
    let mut address = String::new();
    entity::decode_into(value.trim(), &mut address);
    Some(address).filter(|address| link::is_web(address) && is_public(address))
}

/// Not a machine of somebody's own, and nobody's password.
fn is_public(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    let is_number = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_own = [".local", ".lan", ".home", ".internal", ".intranet", ".corp", ".localhost", ".arpa", ".onion"];
    host.contains('.')
        && !authority.contains(['@', '[', ' '])
        && !is_number
        && !is_own.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn only_public_pages_are_targets() {
        for address in ["https://example.org/", "HTTP://www.example.org:8080/x?y=1&amp;z=2", "https://ä.example.org"] {
            assert!(target(address).is_some(), "{address}");
        }
        for address in [
            "http://localhost/x",
            "https://192.0.2.7/x",
            "http://fileserver/x",
            "https://wiki.corp/x",
            "https://anna:x@example.org/",
            "http://printer.local/",
            "http://[2001:db8::1]/",
            "mailto:a@example.org",
            "file:///C:/x",
            "javascript:x()",
            "cid:x",
            "",
        ] {
            assert!(target(address).is_none(), "{address}");
        }
    }
}
