//! Patterns run over a letter: every place where each of them matches, in linear time.

use crate::budget::{Budget, Spent};
use crate::program::{LONGEST_MATCH, Node, Pattern, PatternId, Program};
use crate::text::Reading;
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
    /// One bit for each pattern that has matched: of thousands that are asked about, few have.
    matched: Vec<u64>,
}

impl Hits {
    fn new(mut all: Vec<Hit>, patterns: usize) -> Self {
        all.sort_unstable();
        let mut matched = vec![0_u64; patterns.div_ceil(64)];
        for hit in &all {
            if let Some(bits) = matched.get_mut(hit.pattern.0 as usize / 64) {
                *bits |= 1 << (hit.pattern.0 % 64);
            }
        }
        Self { all, matched }
    }

    /// The matches of one pattern.
    pub(crate) fn of(&self, pattern: PatternId) -> &[Hit] {
        let bits = self.matched.get(pattern.0 as usize / 64).copied().unwrap_or(0);
        if bits >> (pattern.0 % 64) & 1 == 0 {
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
}

/// Runs the patterns that are wanted.
pub(crate) fn run(
    program: &Program,
    reading: &Reading<'_>,
    is_wanted: impl Fn(PatternId, &Pattern) -> bool,
    budget: &mut Budget,
) -> Result<Hits, Spent> {
    // The next start each pattern has not been tried at: no start is tried twice.
    let mut next = vec![0_usize; program.patterns.len()];
    let mut hits = Vec::new();
    for at in 0..reading.tokens.len() {
        for class in reading.classes(at) {
            let woken = program.woken_by.get(class.0 as usize).map(Vec::as_slice).unwrap_or_default();
            for &id in woken {
                let Some(pattern) = program.pattern(id).filter(|pattern| is_wanted(id, pattern)) else { continue };
                budget.spend(1)?;
                if let Some(next) = next.get_mut(id.0 as usize) {
                    *next = woken_at(program, reading, (id, pattern), at, *next, &mut hits, budget)?;
                }
            }
        }
    }
    Ok(Hits::new(hits, program.patterns.len()))
}

/// Tries a pattern at every start from which its anchor can be here, and says where it must be tried next.
fn woken_at(
    program: &Program,
    reading: &Reading<'_>,
    (id, pattern): (PatternId, &Pattern),
    anchor: usize,
    next: usize,
    hits: &mut Vec<Hit>,
    budget: &mut Budget,
) -> Result<usize, Spent> {
    let (least, most) = pattern.anchor_at;
    let Some(nearest) = anchor.checked_sub(usize::from(least)) else { return Ok(next) };
    for start in anchor.saturating_sub(usize::from(most)).max(next)..=nearest {
        let Some(attempt) = Attempt::new(program, reading, pattern, start) else { continue };
        if let Some(end) = attempt.run(budget)? {
            hits.push(Hit { pattern: id, start, end });
        }
    }
    Ok(next.max(nearest + 1))
}

/// Whether a match needs some of its own words: hidden, they could only be skipped.
pub(crate) fn needs(program: &Program, reading: &Reading<'_>, hit: Hit, hidden: &Range<usize>) -> bool {
    let Some(attempt) = program.pattern(hit.pattern).and_then(|p| Attempt::new(program, reading, p, hit.start)) else {
        return false;
    };
    let hidden = hidden.clone().filter(|at| *at >= hit.start).fold(0, |seen, at| seen | bit(at - hit.start));
    // One attempt is bounded by the pattern, and was paid for when it first matched.
    let ends = Attempt { hidden, ..attempt }.sequence(attempt.nodes, 1, &mut Budget::new(100_000));
    ends.is_ok_and(|ends| ends & bit(hit.end - hit.start) == 0)
}

/// One pattern tried at one word. Positions are counted from there and kept as bits.
#[derive(Clone, Copy)]
struct Attempt<'a> {
    program: &'a Program,
    reading: &'a Reading<'a>,
    nodes: &'a [Node],
    start: usize,
    /// How many words there are.
    room: usize,
    /// Where sentences begin and end, as bits.
    begins: u64,
    ends: u64,
    /// Words that may only be skipped.
    hidden: u64,
}

impl<'a> Attempt<'a> {
    fn new(program: &'a Program, reading: &'a Reading<'a>, pattern: &'a Pattern, start: usize) -> Option<Self> {
        let (number, sentence) = reading.sentence_of(start)?;
        let mut until = sentence.words.end;
        let mut ends = bit(sentence.words.end - start);
        let mut begins = u64::from(sentence.words.start == start);
        for more in 1..usize::from(pattern.within) {
            if let Some(next) = reading.sentences.get(number + more).filter(|s| s.section == sentence.section) {
                begins |= bit(next.words.start - start);
                ends |= bit(next.words.end - start);
                until = next.words.end;
            }
        }
        let room = (until - start).min(usize::from(LONGEST_MATCH) + 1);
        Some(Self { program, reading, nodes: &pattern.nodes, start, room, begins, ends, hidden: 0 })
    }

    /// The end of the shortest match, if there is one.
    fn run(&self, budget: &mut Budget) -> Result<Option<usize>, Spent> {
        let ends = self.sequence(self.nodes, 1, budget)? & !1;
        Ok(if ends == 0 { None } else { Some(self.start + ends.trailing_zeros() as usize) })
    }

    fn sequence(&self, nodes: &[Node], mut at: u64, budget: &mut Budget) -> Result<u64, Spent> {
        for node in nodes {
            if at == 0 {
                break;
            }
            at = self.step(node, at, budget)?;
        }
        Ok(at)
    }

    /// Where one can be after a node, having been at these places before it.
    fn step(&self, node: &Node, at: u64, budget: &mut Budget) -> Result<u64, Spent> {
        budget.spend(1)?;
        Ok(match node {
            Node::Word(class) => self.word(*class, at, budget)?,
            Node::Any => (at << 1) & self.all(),
            Node::Gap(most) => (0..=*most).fold(0, |seen, n| seen | (at << n)) & self.all(),
            Node::Start => at & self.begins,
            Node::End => at & self.ends,
            Node::Maybe(inner) => at | self.step(inner, at, budget)?,
            Node::Phrases(phrases) => self.phrases(phrases, at, budget)?,
            Node::Among(class, sets) => {
                let mut after = match class {
                    Some(class) => self.word(*class, at, budget)?,
                    None => 0,
                };
                for set in sets {
                    after |= self.phrases(self.program.phrases(*set), at, budget)?;
                }
                after
            }
        })
    }

    fn phrases(&self, phrases: &[Box<[Node]>], at: u64, budget: &mut Budget) -> Result<u64, Spent> {
        let mut after = 0;
        for phrase in phrases {
            after |= self.sequence(phrase, at, budget)?;
        }
        Ok(after)
    }

    fn word(&self, class: crate::lexicon::ClassId, at: u64, budget: &mut Budget) -> Result<u64, Spent> {
        let mut left = at & (self.all() >> 1) & !self.hidden;
        budget.spend(left.count_ones() as usize)?;
        let mut after = 0;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            if self.reading.is_of(self.start + place, class) {
                after |= bit(place + 1);
            }
        }
        Ok(after)
    }

    /// All places there are, the end of the last word included.
    fn all(&self) -> u64 {
        bit(self.room + 1).wrapping_sub(1)
    }
}

/// One place as a bit; places beyond the number are none.
fn bit(place: usize) -> u64 {
    u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or(0)
}
