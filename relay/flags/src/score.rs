//! Weak signs added up: alone they say nothing, together they ask for a reader.

use crate::Category;
use crate::rules::Rules;
use crate::rules::parts::Score;
use crate::weigh::{Seen, Verdict};
use brevbro_core::party::Language;
use std::collections::BTreeMap;
use std::ops::Range;

/// The signs of one category by the rules of one language.
#[derive(Debug)]
pub(crate) struct Sum<'r> {
    pub(crate) language: Language,
    pub(crate) category: Category,
    pub(crate) score: &'r Score,
    pub(crate) reached: u32,
    /// From the first sign to its end: the others lie behind it.
    pub(crate) octets: Range<usize>,
    pub(crate) signs: Vec<&'r str>,
}

impl Sum<'_> {
    pub(crate) fn is_enough(&self) -> bool {
        self.reached >= self.score.threshold
    }
}

/// Adds up what was seen. Each language counts for itself, with English added: the same words by the rules of two
/// neighbours must not count twice, and the young mix.
pub(crate) fn sums<'r>(rules: &'r Rules, running: &[Language], seen: &[Seen<'r>]) -> Vec<Sum<'r>> {
    let mut all = Vec::new();
    for (&language, tongue) in rules.tongues.iter().filter(|(language, _)| running.contains(language)) {
        for (&category, score) in &tongue.scores {
            let counts = |one: &&Seen<'_>| {
                one.weight > 0
                    && one.category == category
                    && (one.language == language || one.language == Language::English)
                    && one.lowered_by.is_none()
                    && !matches!(one.verdict, Verdict::Dropped(_))
            };
            let mut signs: BTreeMap<&str, &Seen<'_>> = BTreeMap::new();
            for one in seen.iter().filter(counts) {
                signs.entry(one.id).or_insert(one);
            }
            let Some(first) = signs.values().min_by_key(|one| one.octets.start) else { continue };
            all.push(Sum {
                language,
                category,
                score,
                reached: signs.values().map(|one| u32::from(one.weight)).sum(),
                octets: first.octets.clone(),
                signs: signs.values().map(|one| one.id).collect(),
            });
        }
    }
    all
}
