//! Hidden words of a word-processing document: they do not travel.

use crate::file::office::space::Space;
use crate::file::office::xml::{Element, Tape};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a switch such as `w:vanish` is on.
fn is_on(element: &Element<'_, '_>) -> bool {
    !matches!(element.value(Space::W, "val"), Some("0" | "false" | "off"))
}

pub(super) fn is_hidden_run(tape: &Tape<'_>, place: usize, styles: &BTreeSet<String>) -> bool {
    // Properties come first, unless white space was put before them.
    let first = place + 1 + usize::from(tape.text(place + 1).is_some());
    if !tape.element(first).is_some_and(|element| element.is(Space::W, "rPr")) {
        return false;
    }
    let mut by_style = false;
    for (_, inner) in tape.inside(first) {
        if inner.is(Space::W, "vanish") {
            return is_on(&inner);
        }
        if inner.is(Space::W, "rStyle") {
            by_style = inner.value(Space::W, "val").is_some_and(|style| styles.contains(style));
        }
    }
    by_style
}

pub(super) fn is_hidden_row(tape: &Tape<'_>, place: usize) -> bool {
    let properties = tape.inside(place).take(4).find(|(_, element)| element.is(Space::W, "trPr"));
    properties.is_some_and(|(at, _)| tape.inside(at).any(|(_, e)| e.is(Space::W, "hidden") && is_on(&e)))
}

/// The styles that hide their words, and those built on them.
pub(crate) fn hidden_styles(tape: &Tape<'_>) -> BTreeSet<String> {
    let mut hidden = BTreeSet::new();
    let mut based: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut place = 0;
    while place < tape.tokens.len() {
        if let Some(style) = tape.element(place).filter(|element| element.is(Space::W, "style")) {
            let id = style.value(Space::W, "styleId").unwrap_or_default();
            for (_, inner) in tape.inside(place) {
                if inner.is(Space::W, "vanish") && is_on(&inner) {
                    hidden.insert(id.to_owned());
                } else if inner.is(Space::W, "basedOn") {
                    let base = inner.value(Space::W, "val").unwrap_or_default();
                    based.entry(base.to_owned()).or_default().push(id.to_owned());
                }
            }
            place = style.end;
        }
        place += 1;
    }
    let mut queue: Vec<String> = hidden.iter().cloned().collect();
    while let Some(style) = queue.pop() {
        for child in based.remove(&style).unwrap_or_default() {
            if hidden.insert(child.clone()) {
                queue.push(child);
            }
        }
    }
    hidden
}
