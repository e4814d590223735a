//! The sheets of a workbook: which ones stay, what they are called now, and formulas that speak of them.

use super::super::{Unfit, Wash};
use super::attribute::plain_name;
use super::space::Space;
use super::words::is_worth_washing;
use super::xml::{Fate, Tape};
use std::collections::{BTreeMap, BTreeSet};

/// Names of sheets before and after.
#[derive(Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Book {
    /// By its old name: the new one, or `None` for a sheet that is not there any more. Unchanged ones are not here.
    changed: BTreeMap<String, Option<String>>,
    /// The new place of every sheet, by its old one.
    places: Vec<Option<usize>>,
}

/// What becomes of a formula.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FormulaFate {
    Keep,
    New(String),
    /// It reaches out, names somebody, or speaks of what is not there: its last result stays.
    Drop,
}

/// The relations of the sheets that nobody sees: they stay behind.
pub(crate) fn hidden_sheets(tape: &Tape<'_>) -> BTreeSet<String> {
    let sheets = (0..tape.tokens.len()).filter_map(|place| tape.element(place));
    let hidden = sheets
        .filter(|e| e.is(Space::S, "sheet") && matches!(e.value(Space::None, "state"), Some("hidden" | "veryHidden")));
    hidden.filter_map(|sheet| sheet.value(Space::R, "id")).map(str::to_owned).collect()
}

/// Sheets with another name, or none, that formulas are searched for.
const CHANGED: usize = 128;

impl Book {
    /// Reads the list of sheets and settles their names. `relations` are those that stay.
    pub(crate) fn settle(
        tape: &mut Tape<'_>,
        relations: &BTreeMap<String, String>,
        wash: &dyn Wash,
    ) -> Result<(Self, usize), Unfit> {
        let mut book = Self::default();
        let mut names = BTreeSet::new();
        let mut replaced = 0;
        for place in 0..tape.tokens.len() {
            let Some(sheet) = tape.element(place).filter(|element| element.is(Space::S, "sheet")) else { continue };
            let old = sheet.value(Space::None, "name").unwrap_or_default().to_owned();
            if !sheet.value(Space::R, "id").is_some_and(|id| relations.contains_key(id)) {
                book.changed.insert(old, None);
                book.places.push(None);
                continue;
            }
            let washed = is_worth_washing(&old).then(|| wash.wash(&old)).flatten();
            let mut new = washed.as_deref().map_or_else(|| old.clone(), plain_name);
            if washed.is_some() || names.contains(&new.to_lowercase()) {
                new = unique(&new, &names);
                replaced += 1;
                book.changed.insert(old, Some(new.clone()));
                rename(tape, place, &new);
            }
            names.insert(new.to_lowercase());
            book.places.push(Some(names.len() - 1));
        }
        if names.is_empty() {
            return Err(Unfit::Broken);
        }
        book.settle_names(tape, wash);
        Ok((book, replaced))
    }

    /// Names for areas that speak of what is not there, or reach out, go; those of one sheet follow it.
    fn settle_names(&self, tape: &mut Tape<'_>, wash: &dyn Wash) {
        for place in 0..tape.tokens.len() {
            let Some(name) = tape.element(place).filter(|element| element.is(Space::S, "definedName")) else {
                continue;
            };
            let own = name.value(Space::None, "name").unwrap_or_default();
            let is_named = is_worth_washing(own) && wash.wash(own).is_some();
            let of = name.value(Space::None, "localSheetId").map(str::to_owned);
            let moved = of.as_deref().map(|of| of.parse().ok().and_then(|of: usize| *self.places.get(of)?));
            let formula = tape.words_in(place);
            let fate = self.formula(&formula, wash);
            if is_named || fate == FormulaFate::Drop || moved == Some(None) {
                tape.set(place, Fate::Drop);
                continue;
            }
            if let Some(Some(moved)) = moved {
                for attribute in tape.attributes_mut(place).iter_mut().filter(|a| a.name.local == "localSheetId") {
                    attribute.value = Some(moved.to_string().into());
                }
            }
            if let FormulaFate::New(new) = fate {
                tape.set_text(place + 1, new);
            }
        }
    }

    /// Decides about a formula.
    pub(crate) fn formula(&self, formula: &str, wash: &dyn Wash) -> FormulaFate {
        // More changed sheets than anybody has would make every formula a long search.
        if reaches_out(formula) || self.changed.len() > CHANGED && formula.contains('!') {
            return FormulaFate::Drop;
        }
        let mut new = formula.to_owned();
        for (old, now) in &self.changed {
            let quoted = format!("'{}'!", old.replace('\'', "''"));
            let plain = format!("{old}!");
            match now {
                None if new.contains(&quoted) || new.contains(&plain) => return FormulaFate::Drop,
                None => {}
                Some(now) => {
                    let now = format!("'{}'!", now.replace('\'', "''"));
                    new = new.replace(&quoted, "\u{1}").replace(&plain, "\u{1}").replace('\u{1}', &now);
                }
            }
        }
        if names_something(&new) && wash.wash(&new).is_some() {
            return FormulaFate::Drop;
        }
        if new == formula { FormulaFate::Keep } else { FormulaFate::New(new) }
    }
}

/// Whether a formula holds words that somebody chose: columns, areas, texts. Functions and cells are none.
pub(crate) fn names_something(formula: &str) -> bool {
    let mut letters = 0;
    for c in formula.chars().chain([' ']) {
        if c.is_alphabetic() {
            letters += 1;
        } else {
            if letters >= 3 && c != '(' {
                return true;
            }
            letters = 0;
        }
    }
    formula.contains(['"', '@'])
}

/// Whether a formula reads another file or the network, or starts a programme.
fn reaches_out(formula: &str) -> bool {
    let upper = formula.to_ascii_uppercase();
    let is_book = |at: usize| {
        let rest = &upper[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && rest.as_bytes().get(digits) == Some(&b']')
    };
    upper.match_indices('[').any(|(at, _)| is_book(at))
        || upper.contains(['|', '\\'])
        || [
            ".XLS",
            ".ODS",
            ".CSV",
            "://",
            "WEBSERVICE(",
            "HYPERLINK(",
            "IMAGE(",
            "RTD(",
            "CALL(",
            "REGISTER",
            "CELL(",
            "INFO(",
        ]
        .iter()
        .any(|way| upper.contains(way))
}

fn unique(name: &str, names: &BTreeSet<String>) -> String {
    let short: String = name.chars().take(24).collect();
    let numbered = (2..).map(|number| format!("{short} {number}"));
    std::iter::once(short.clone())
        .chain(numbered)
        .find(|candidate| !names.contains(&candidate.to_lowercase()))
        .unwrap_or(short)
}

fn rename(tape: &mut Tape<'_>, place: usize, new: &str) {
    for attribute in tape.attributes_mut(place).iter_mut().filter(|a| a.name.local == "name") {
        attribute.value = Some(new.to_owned().into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Names;
    impl Wash for Names {
        fn wash(&self, words: &str) -> Option<String> {
            words.contains("Anna").then(|| words.replace("Anna", "[namn]"))
        }
    }

    #[test]
    fn formulas_follow_their_sheets() {
        let changed = BTreeMap::from([
            ("Anna K".to_owned(), Some("namn K".to_owned())),
            ("Dold".to_owned(), None),
            ("It's".to_owned(), Some("Its".to_owned())),
        ]);
        let book = Book { changed, places: Vec::new() };
        let new = |text: &str| FormulaFate::New(text.to_owned());
        for (formula, expected) in [
            ("SUM(A1:A3)", FormulaFate::Keep),
            ("'Anna K'!A1+Blad1!B2", new("'namn K'!A1+Blad1!B2")),
            ("'It''s'!A1", new("'Its'!A1")),
            ("Dold!A1*2", FormulaFate::Drop),
            ("[1]Blad1!A1", FormulaFate::Drop),
            ("Table1[Kolumn]", FormulaFate::Keep),
            ("WEBSERVICE(\"https://example.org\")", FormulaFate::Drop),
            ("cmd|'/C calc'!A0", FormulaFate::Drop),
            ("\"Hej \"&\"Anna\"", FormulaFate::Drop),
            ("IF(A1>2,\"ja\",\"nej\")", FormulaFate::Keep),
            ("SUM(Table1[Anna])", FormulaFate::Drop),
            ("AnnasSumma*2", FormulaFate::Drop),
        ] {
            assert_eq!(book.formula(formula, &Names), expected, "{formula}");
        }
    }
}
