//! The cells of a sheet: numbers that identify, formulas that reach out, and comments that begin with a name.

use super::super::Wash;
use super::book::{Book, FormulaFate};
use super::space::Space;
use super::xml::{Fate, Tape};
use std::collections::BTreeSet;

/// What was changed in a part.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Done {
    pub(crate) traces: usize,
    pub(crate) replaced: usize,
}

/// Settles cells and formulas of a sheet, a table or a chart.
pub(crate) fn settle(tape: &mut Tape<'_>, book: &Book, wash: &dyn Wash) -> Done {
    let mut done = Done::default();
    let mut shared = BTreeSet::new();
    for place in 0..tape.tokens.len() {
        let Some(element) = tape.element(place) else { continue };
        match (element.name.space, element.name.local) {
            (Space::S, "c") => done.replaced += usize::from(number(tape, place, wash)),
            (Space::S, "f") => {
                let group = element.value(Space::None, "si").map(str::to_owned);
                let is_lost = group.as_ref().is_some_and(|group| shared.contains(group));
                if is_lost || formula(tape, place, book, wash) {
                    shared.extend(group);
                    tape.set(place, Fate::Drop);
                    done.traces += 1;
                }
            }
            (Space::S, "calculatedColumnFormula" | "totalsRowFormula") if formula(tape, place, book, wash) => {
                tape.set(place, Fate::Drop);
            }
            (Space::Chart, "f") => match book.formula(&tape.words_in(place), wash) {
                FormulaFate::Keep => {}
                FormulaFate::New(new) => tape.set_text(place + 1, new),
                FormulaFate::Drop => tape.set_text(place + 1, "#REF!".to_owned()),
            },
            (Space::S, "hyperlink") => location(tape, place, book, wash),
            _ => {}
        }
    }
    done
}

/// A formula in an element; whether it must go.
fn formula(tape: &mut Tape<'_>, place: usize, book: &Book, wash: &dyn Wash) -> bool {
    match book.formula(&tape.words_in(place), wash) {
        FormulaFate::Keep => false,
        FormulaFate::New(new) => {
            tape.set_text(place + 1, new);
            false
        }
        FormulaFate::Drop => true,
    }
}

/// A place in the workbook that a link leads to.
fn location(tape: &mut Tape<'_>, place: usize, book: &Book, wash: &dyn Wash) {
    for attribute in tape.attributes_mut(place).iter_mut().filter(|a| a.name.local == "location") {
        let Some(value) = attribute.value.take() else { continue };
        attribute.value = match book.formula(&value, wash) {
            FormulaFate::Keep => Some(value),
            FormulaFate::New(new) => Some(new.into()),
            FormulaFate::Drop => None,
        };
    }
}

/// A cell with a number long enough for a telephone or an identity: it becomes words when they are replaced.
fn number(tape: &mut Tape<'_>, place: usize, wash: &dyn Wash) -> bool {
    let Some(cell) = tape.element(place) else { return false };
    if !matches!(cell.value(Space::None, "t"), None | Some("n")) {
        return false;
    }
    let Some((value, _)) = tape.inside(place).take(4).find(|(_, inner)| inner.is(Space::S, "v")) else { return false };
    let digits = tape.text(value + 1).unwrap_or_default();
    if digits.len() < 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    // A sheet keeps no zero in front of a number.
    let with_zero = format!("0{digits}");
    let Some(new) = wash.wash(digits).or_else(|| wash.wash(&with_zero)) else { return false };
    tape.set_text(value + 1, new);
    tape.give(place, "t", "str");
    true
}

/// Collects the numbers of the shared strings that the cells of a sheet show.
pub(crate) fn used_strings(tape: &Tape<'_>, used: &mut BTreeSet<usize>) {
    for place in 0..tape.tokens.len() {
        let cell = tape.element(place).filter(|element| element.is(Space::S, "c"));
        if cell.is_some_and(|cell| cell.value(Space::None, "t") == Some("s")) {
            let value = tape.inside(place).take(4).find(|(_, inner)| inner.is(Space::S, "v"));
            used.extend(value.and_then(|(at, _)| tape.text(at + 1)?.trim().parse::<usize>().ok()));
        }
    }
}

/// Empties the strings that no cell shows: those of hidden sheets, and those of cells that were cleared long ago.
pub(crate) fn drop_unused(tape: &mut Tape<'_>, used: &BTreeSet<usize>) -> usize {
    let strings = (0..tape.tokens.len()).filter(|at| tape.element(*at).is_some_and(|e| e.is(Space::S, "si")));
    let unused: Vec<usize> =
        strings.enumerate().filter(|(number, _)| !used.contains(number)).map(|(_, at)| at).collect();
    let mut dropped = 0;
    for place in unused {
        let inner: Vec<usize> = tape.inside(place).map(|(at, _)| at).collect();
        dropped += usize::from(!inner.is_empty());
        for at in inner {
            tape.set(at, Fate::Drop);
        }
    }
    dropped
}

/// Names of authors in the comments of a sheet, and the name a programme puts before the words of a comment.
pub(crate) fn settle_comments(tape: &mut Tape<'_>) -> Done {
    let mut done = Done::default();
    let mut authors = Vec::new();
    for place in 0..tape.tokens.len() {
        let Some(element) = tape.element(place) else { continue };
        if element.is(Space::S, "author") {
            let name = tape.words_in(place);
            if !matches!(name.as_str(), "" | "Author") {
                done.traces += 1;
                tape.set_text(place + 1, "Author".to_owned());
            }
            authors.push(name);
        } else if element.is(Space::S, "comment") {
            let author = element.value(Space::None, "authorId").and_then(|id| id.parse::<usize>().ok());
            let Some(name) = author.and_then(|author| authors.get(author)).filter(|name| !name.is_empty()) else {
                continue;
            };
            let Some((text, _)) = tape.inside(place).find(|(_, inner)| inner.is(Space::S, "t")) else { continue };
            let words = tape.text(text + 1).unwrap_or_default();
            let rest = words.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix(':'));
            if let Some(rest) = rest.map(|rest| rest.trim_start().to_owned()) {
                done.traces += 1;
                tape.set_text(text + 1, rest);
            }
        }
    }
    done
}
