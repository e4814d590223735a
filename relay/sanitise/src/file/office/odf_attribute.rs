//! What of an attribute in an ODF part stays.

use super::attribute::plain_name;
use super::space::Space;
use super::xml::Name;

/// What becomes of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruling {
    Keep,
    Drop,
    /// Dropped, and counted: it told something about the author or the machine.
    Trace,
    /// It speaks of sheets and cells.
    Formula,
    /// Words that somebody reads, or may have chosen.
    Words,
    /// The name of a style, in which every odd character is written as its number.
    StyleName,
}

/// Rules on one attribute.
pub(crate) fn rule(element: Name<'_>, attribute: Name<'_>, value: &str) -> Ruling {
    let local = attribute.local;
    match attribute.space {
        Space::Foreign | Space::Meta | Space::Dc | Space::Anim | Space::Manifest => Ruling::Drop,
        Space::Xml => by_id(local, value),
        _ if is_style_name(element, attribute) => Ruling::StyleName,
        Space::Xlink if matches!(local, "href" | "type" | "show" | "actuate") => Ruling::Keep,
        Space::Xlink => Ruling::Drop,
        Space::Table if matches!(local, "protection-key" | "protection-key-digest-algorithm" | "protected") => {
            Ruling::Trace
        }
        Space::Table if local == "visibility" => {
            if value == "visible" {
                Ruling::Keep
            } else {
                Ruling::Trace
            }
        }
        Space::Table if is_formula(local) => Ruling::Formula,
        Space::Text if matches!(local, "protection-key" | "protected" | "protection-key-digest-algorithm") => {
            Ruling::Trace
        }
        Space::Office if matches!(local, "target-frame-name" | "name" | "server-map") => Ruling::Drop,
        Space::Draw if local == "name" && is_shape(element) => Ruling::Trace,
        Space::Draw if matches!(local, "notify-on-update-of-ranges" | "mime-type" | "filter-name") => Ruling::Drop,
        Space::Loext if matches!(local, "mime-type" | "resolved") => Ruling::Drop,
        Space::Office | Space::Text
            if matches!(
                local,
                "string-value"
                    | "title"
                    | "description"
                    | "string-value-if-true"
                    | "string-value-if-false"
                    | "string-value-phonetic"
            ) =>
        {
            Ruling::Words
        }
        Space::Table | Space::Style
            if matches!(local, "title" | "display-name" | "name" | "num-prefix" | "num-suffix") =>
        {
            Ruling::Words
        }
        Space::Svg if matches!(local, "d" | "viewBox" | "points") => Ruling::Keep,
        _ => by_value(local, value),
    }
}

/// Washed words as the value of an attribute.
pub(crate) fn with_washed(attribute: Name<'_>, washed: String) -> String {
    match (attribute.space, attribute.local) {
        (Space::Table | Space::Style, "name") => plain_name(&washed),
        _ => washed,
    }
}

fn is_style_name(element: Name<'_>, attribute: Name<'_>) -> bool {
    let local = attribute.local;
    local.ends_with("style-name")
        || matches!(local, "master-page-name" | "page-layout-name" | "class-names" | "presentation-page-layout-name")
        || attribute.space == Space::Style && local == "name" && element.space != Space::Office
}

/// The name of a style as it reads: `Anna_20_K` is `Anna K`.
pub(crate) fn style_name(written: &str) -> String {
    let mut name = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('_') {
        name.push_str(before);
        let number = after.as_bytes().iter().take(6).position(|b| *b == b'_').and_then(|end| after.get(..end));
        let decoded = number.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        if let (Some(c), Some(hex)) = (decoded, number) {
            name.push(c);
            rest = &after[hex.len() + 1..];
        } else {
            name.push('_');
            rest = after;
        }
    }
    name + rest
}

/// Whether a formula reads another file or the network.
pub(crate) fn reaches_out(formula: &str) -> bool {
    let upper = formula.to_ascii_uppercase();
    upper.contains(['\\', '|'])
        || ["://", "FILE:", "'#", "DDE(", "WEBSERVICE(", "HYPERLINK(", "CELL(", "INFO(", ".XLS", ".ODS", ".CSV"]
            .iter()
            .any(|way| upper.contains(way))
}

fn is_formula(local: &str) -> bool {
    matches!(
        local,
        "formula"
            | "cell-range-address"
            | "target-range-address"
            | "base-cell-address"
            | "expression"
            | "print-ranges"
            | "end-cell-address"
            | "condition"
            | "content-validation-name"
    )
}

/// Shapes and frames; what else has a name in this vocabulary is referred to by it.
fn is_shape(element: Name<'_>) -> bool {
    element.space == Space::Draw
        && matches!(
            element.local,
            "frame"
                | "custom-shape"
                | "g"
                | "line"
                | "rect"
                | "ellipse"
                | "circle"
                | "polygon"
                | "polyline"
                | "path"
                | "connector"
                | "caption"
                | "measure"
                | "regular-polygon"
                | "object"
                | "image"
        )
}

/// Identifiers that programmes count out stay: lists and changes are continued by them.
fn by_id(local: &str, value: &str) -> Ruling {
    let tail = value.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let is_counted = value.len() <= 24 && value.len() - tail.len() <= 5 && tail.bytes().all(|b| b.is_ascii_digit());
    if local == "space" || local == "id" && is_counted { Ruling::Keep } else { Ruling::Drop }
}

/// Most attributes hold numbers and words of the standard; whoever writes uses blanks, letters beyond ASCII, or an
/// address.
fn by_value(local: &str, value: &str) -> Ruling {
    if value.contains("://") || value.contains("\\\\") || value.contains(":\\") {
        return Ruling::Trace;
    }
    if matches!(local, "enhanced-path" | "formula" | "points" | "viewBox" | "path" | "transform" | "modifiers") {
        return Ruling::Keep;
    }
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    let is_odd = !value.is_ascii() || value.contains([' ', '@', '/']) || value.len() >= 40;
    if is_odd && letters * 2 >= value.chars().count() { Ruling::Words } else { Ruling::Keep }
}
