//! The words of a workbook as they are read: row by row, with the strings that sheets share put in.

use super::grammar::OOXML;
use super::space::Space;
use super::words;
use super::xml::{Fate, Tape};

/// Sheets and strings, in the order they come in.
#[derive(Default)]
pub(crate) struct Cells {
    rows: Vec<Vec<Cell>>,
    shared: Vec<String>,
    /// Words of sheets that are in no cell.
    others: String,
}

enum Cell {
    Shared(usize),
    Own(String),
}

impl Cells {
    /// Reads a sheet.
    pub(crate) fn read(&mut self, tape: &mut Tape<'_>) {
        for place in 0..tape.tokens.len() {
            let Some(element) = tape.element(place).filter(|element| element.fate != Fate::Drop) else { continue };
            match (element.name.space, element.name.local) {
                (Space::S, "row") => self.rows.push(Vec::new()),
                (Space::S, "c") => {
                    let is_shared = element.value(Space::None, "t") == Some("s");
                    let words = tape.inside(place).filter(|(_, inner)| matches!(inner.name.local, "v" | "t"));
                    let words: String = words.map(|(at, _)| tape.text(at + 1).unwrap_or_default()).collect();
                    let cell = if is_shared { words.parse().map(Cell::Shared).ok() } else { Some(Cell::Own(words)) };
                    if let (Some(row), Some(cell)) = (self.rows.last_mut(), cell) {
                        row.push(cell);
                    }
                    tape.set(place, Fate::Drop);
                }
                _ => {}
            }
        }
        words::lines(tape, OOXML, &mut self.others);
    }

    /// Reads the strings that sheets share.
    pub(crate) fn read_shared(&mut self, tape: &Tape<'_>) {
        for place in 0..tape.tokens.len() {
            if tape.element(place).is_some_and(|element| element.is(Space::S, "si")) {
                let leaves = tape.inside(place).filter(|(_, inner)| inner.is(Space::S, "t"));
                self.shared.push(leaves.map(|(at, _)| tape.text(at + 1).unwrap_or_default()).collect());
            }
        }
    }

    /// All of it, a line for every row.
    pub(crate) fn words(&self) -> String {
        let mut out = String::new();
        for row in &self.rows {
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    out.push('\t');
                }
                out.push_str(match cell {
                    Cell::Shared(number) => self.shared.get(*number).map_or("", String::as_str),
                    Cell::Own(words) => words,
                });
            }
            out.push('\n');
        }
        out + &self.others
    }
}
