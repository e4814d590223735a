//! Whether a word belongs to a class: asked for every step of every pattern, so common words answer from a table.

use crate::lexicon::{ClassId, Classes};

/// One of the letter's different words, with its classes.
pub(super) struct Form {
    classes: Classes,
    /// One bit for each class, in the letter of somebody who writes diacritics and of somebody who writes none.
    tables: Option<[Box<[u64]>; 2]>,
}

/// Words of so many classes are worth a table: about one in three of ordinary words.
const MANY: usize = 12;

impl Form {
    /// With a table where that is worth it and `may_have_table`: a hostile letter of endless different words must not
    /// fill the memory with them.
    pub(super) fn new(classes: Classes, may_have_table: bool) -> Self {
        let is_worth_it = may_have_table && classes.bare.len().max(classes.sure.len()) > MANY;
        let tables = is_worth_it.then(|| [table(&classes.sure), table(&classes.bare)]);
        Self { classes, tables }
    }

    pub(super) fn has_table(&self) -> bool {
        self.tables.is_some()
    }

    /// The classes, in order.
    pub(super) fn classes(&self, is_bare: bool) -> &[ClassId] {
        if is_bare { &self.classes.bare } else { &self.classes.sure }
    }

    /// Whether it belongs to a class.
    pub(super) fn is_of(&self, class: ClassId, is_bare: bool) -> bool {
        let Some([sure, bare]) = &self.tables else { return self.classes(is_bare).binary_search(&class).is_ok() };
        let bits = if is_bare { bare } else { sure };
        bits.get(class.0 as usize / 64).is_some_and(|bits| bits >> (class.0 % 64) & 1 == 1)
    }
}

fn table(classes: &[ClassId]) -> Box<[u64]> {
    let mut bits = vec![0_u64; classes.last().map_or(0, |last| last.0 as usize / 64 + 1)];
    for class in classes {
        if let Some(bits) = bits.get_mut(class.0 as usize / 64) {
            *bits |= 1 << (class.0 % 64);
        }
    }
    bits.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_answers_as_the_list_does() {
        let list: Vec<ClassId> = (0..400).filter(|n| n % 7 == 3 || n % 64 == 0).map(ClassId).collect();
        let some = vec![ClassId(5), ClassId(63)];
        let classes = || Classes { sure: some.clone(), bare: list.clone(), steps: 0 };
        let (with, without) = (Form::new(classes(), true), Form::new(classes(), false));
        assert!(with.has_table() && !without.has_table());
        for class in (0..500).map(ClassId) {
            for is_bare in [true, false] {
                assert_eq!(with.is_of(class, is_bare), without.is_of(class, is_bare), "{class:?}");
                assert_eq!(with.is_of(class, is_bare), with.classes(is_bare).contains(&class), "{class:?}");
            }
        }
    }
}
