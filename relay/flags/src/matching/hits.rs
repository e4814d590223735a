//! What matched where.

use crate::program::PatternId;
use std::ops::Range;

/// A match: which pattern, and which words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) pattern: PatternId,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Hit {
    pub(crate) fn words(self) -> Range<usize> {
        self.start..self.end
    }
}

/// All matches, by pattern and then by place.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    /// One bit a pattern: most patterns match nowhere.
    has: Vec<u64>,
}

impl Hits {
    pub(super) fn of_letter(mut all: Vec<Hit>, patterns: usize) -> Self {
        all.sort_unstable();
        let mut has = vec![0; patterns.div_ceil(64)];
        for hit in &all {
            let (word, bit) = place(hit.pattern);
            if let Some(word) = has.get_mut(word) {
                *word |= bit;
            }
        }
        Self { all, has }
    }

    /// The patterns that match, each once, in order.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = PatternId> {
        self.all.chunk_by(|one, other| one.pattern == other.pattern).filter_map(|of| of.first()).map(|hit| hit.pattern)
    }

    /// The matches of one pattern.
    pub(crate) fn of(&self, pattern: PatternId) -> &[Hit] {
        let (word, bit) = place(pattern);
        if self.has.get(word).is_none_or(|word| word & bit == 0) {
            return &[];
        }
        let first = self.all.partition_point(|hit| hit.pattern < pattern);
        let end = self.all.partition_point(|hit| hit.pattern <= pattern);
        self.all.get(first..end).unwrap_or_default()
    }

    /// The first match of one pattern that lies wholly within some words.
    pub(crate) fn within(&self, pattern: PatternId, words: &Range<usize>) -> Option<Hit> {
        let all = self.of(pattern);
        let first = all.partition_point(|hit| hit.start < words.start);
        let here = all.get(first..).unwrap_or_default().iter().take_while(|hit| hit.start < words.end);
        here.copied().find(|hit| hit.end <= words.end)
    }

    /// The first match of any of some patterns within some words.
    pub(crate) fn any_within(&self, patterns: &[PatternId], words: &Range<usize>) -> Option<Hit> {
        patterns.iter().find_map(|pattern| self.within(*pattern, words))
    }

    /// All matches of some patterns, by place.
    pub(crate) fn all_of(&self, patterns: &[PatternId]) -> Vec<Hit> {
        let mut all: Vec<Hit> = patterns.iter().flat_map(|pattern| self.of(*pattern)).copied().collect();
        all.sort_unstable_by_key(|hit| (hit.start, hit.end));
        all
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

fn place(pattern: PatternId) -> (usize, u64) {
    ((pattern.0 / 64) as usize, 1 << (pattern.0 % 64))
}
