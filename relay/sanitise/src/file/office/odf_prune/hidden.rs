//! What an ODF document hides: words, sheets and slides whose style says that nobody sees them.

use crate::file::Wash;
use crate::file::office::space::Space;
use crate::file::office::words::is_worth_washing;
use crate::file::office::xml::{Element, Tape};
use std::collections::{BTreeMap, BTreeSet};

/// Styles that hide what bears them, and sheets that are gone or have another name.
#[derive(Debug, Default)]
pub(crate) struct Hidden {
    styles: BTreeSet<String>,
    based: BTreeMap<String, Vec<String>>,
    /// Names that formulas must not speak of.
    pub(crate) sheets: Vec<String>,
}

impl Hidden {
    /// Reads the styles of a part.
    pub(crate) fn read(&mut self, tape: &Tape<'_>) {
        let mut place = 0;
        while place < tape.tokens.len() {
            if let Some(style) = tape.element(place).filter(|element| element.is(Space::Style, "style")) {
                let name = style.value(Space::Style, "name").unwrap_or_default();
                let family = style.value(Space::Style, "family").unwrap_or_default();
                let hides = |e: &Element<'_, '_>| {
                    e.is(Space::Style, "text-properties") && e.value(Space::Text, "display") == Some("none")
                        || e.is(Space::Style, "table-properties") && e.value(Space::Table, "display") == Some("false")
                        || e.is(Space::Style, "drawing-page-properties")
                            && e.value(Space::Show, "visibility") == Some("hidden")
                };
                if tape.inside(place).any(|(_, inner)| hides(&inner)) {
                    self.styles.insert(key(family, name));
                }
                if let Some(base) = style.value(Space::Style, "parent-style-name") {
                    self.based.entry(key(family, base)).or_default().push(key(family, name));
                }
                place = style.end;
            }
            place += 1;
        }
    }

    /// Follows styles to those built on them, and finds the sheets that go or change.
    pub(crate) fn settle(&mut self, content: &Tape<'_>, wash: &dyn Wash) {
        let mut queue: Vec<String> = self.styles.iter().cloned().collect();
        while let Some(style) = queue.pop() {
            for child in self.based.remove(&style).unwrap_or_default() {
                if self.styles.insert(child.clone()) {
                    queue.push(child);
                }
            }
        }
        for table in (0..content.tokens.len()).filter_map(|place| content.element(place)) {
            if !table.is(Space::Table, "table") {
                continue;
            }
            let name = table.value(Space::Table, "name").unwrap_or_default();
            if self.hides(&table) || is_worth_washing(name) && wash.wash(name).is_some() {
                self.sheets.push(name.to_owned());
            }
        }
    }

    pub(super) fn hides(&self, element: &Element<'_, '_>) -> bool {
        let (space, family) = match (element.name.space, element.name.local) {
            (Space::Text, "span") => (Space::Text, "text"),
            (Space::Text, "p" | "h") => (Space::Text, "paragraph"),
            (Space::Table, "table") => (Space::Table, "table"),
            (Space::Draw, "page") => (Space::Draw, "drawing-page"),
            _ => return false,
        };
        element.value(space, "style-name").is_some_and(|style| self.styles.contains(&key(family, style)))
    }

    /// Whether a formula or a range speaks of a sheet that is gone or has another name.
    pub(crate) fn is_mentioned(&self, formula: &str) -> bool {
        // More of them than anybody has would make every formula a long search.
        !self.sheets.is_empty()
            && (self.sheets.len() > 128 || self.sheets.iter().any(|sheet| formula.contains(sheet.as_str())))
    }
}

fn key(family: &str, name: &str) -> String {
    format!("{family} {name}")
}
