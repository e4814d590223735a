//! Patterns run over a letter: every place where each of them matches, in linear time.

mod attempt;
mod hits;
mod window;

pub(crate) use hits::{Hit, Hits};
pub(crate) use window::{Bench, Room};

use crate::budget::{Budget, Spent};
use crate::program::{Pass, Pattern, PatternId, Program, Woken};
use crate::text::{Reading, Sentence};
use attempt::{Attempt, Words};
use std::ops::Range;
use window::{Window, bit};

/// Runs the patterns of one pass over the classes a reading has kept.
pub(crate) fn run(
    program: &Program,
    reading: &Reading<'_>,
    pass: Pass,
    bench: &mut Bench,
    budget: &mut Budget,
) -> Result<Hits, Spent> {
    let mut hits = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let mut run = Run { program, reading, pass, bench, budget, hits: &mut hits };
        run.sentence(sentence, None)?;
        let next = reading.sentences.get(number + 1).filter(|next| next.section == sentence.section);
        if let Some(next) = next.filter(|next| run.reaches(&(sentence.words.start..next.words.end))) {
            run.sentence(sentence, Some(next))?;
        } else if next.is_none() && run.reaches(&sentence.words) {
            run.sentence(sentence, Some(sentence))?;
        }
    }
    Ok(Hits::of_letter(hits, program.patterns.len()))
}

/// One pass's patterns at work.
struct Run<'a, 'b> {
    program: &'a Program,
    reading: &'a Reading<'a>,
    pass: Pass,
    bench: &'b mut Bench,
    budget: &'b mut Budget,
    hits: &'b mut Vec<Hit>,
}

impl Run<'_, '_> {
    /// Whether some of these words wake a pattern that may reach into the next sentence.
    fn reaches(&self, words: &Range<usize>) -> bool {
        self.program.has_reaching(self.pass)
            && words.clone().any(|at| {
                let mut woken =
                    self.reading.waking(self.pass, at).iter().map(|class| self.program.woken(self.pass, *class));
                woken.any(|woken| woken.iter().any(|one| one.reaches))
            })
    }

    /// All matches that begin in a sentence: of patterns that stay in it, or, with the next sentence given (itself,
    /// where it is the last), of those that may reach further.
    fn sentence(&mut self, sentence: &Sentence, next: Option<&Sentence>) -> Result<(), Spent> {
        let until = next.map_or(sentence.words.end, |next| next.words.end);
        let mut first = sentence.words.start;
        while first < sentence.words.end {
            let window = Window::at(first, &sentence.words, until, self.program.longest);
            let mut awake = std::mem::take(&mut self.bench.awake);
            awake.clear();
            let woken = self.awake(&window, next.is_some(), &mut awake);
            let done = woken.and_then(|()| self.try_all(&awake, &window, sentence, next));
            self.bench.awake = awake;
            done?;
            first += window.starts;
        }
        Ok(())
    }

    /// The patterns whose anchors are among a window's words, each once.
    fn awake(&mut self, window: &Window, reaching: bool, awake: &mut Vec<Woken>) -> Result<(), Spent> {
        let round = self.bench.next_round();
        for at in window.words() {
            for class in self.reading.waking(self.pass, at) {
                for woken in self.program.woken(self.pass, *class).iter().filter(|one| one.reaches == reaching) {
                    self.budget.spend(1)?;
                    if self.bench.is_new(woken.pattern, round) {
                        awake.push(*woken);
                    }
                }
            }
        }
        Ok(())
    }

    fn try_all(
        &mut self,
        awake: &[Woken],
        window: &Window,
        sentence: &Sentence,
        next: Option<&Sentence>,
    ) -> Result<(), Spent> {
        if awake.is_empty() {
            return Ok(());
        }
        self.lay_out(window, sentence, next);
        let done = awake.iter().try_for_each(|woken| self.tries(*woken, window));
        self.bench.clear();
        done
    }

    /// Writes down where in the window each class stands.
    fn lay_out(&mut self, window: &Window, sentence: &Sentence, next: Option<&Sentence>) {
        for (place, at) in window.words().enumerate() {
            for class in self.reading.classes(at) {
                self.bench.place(*class, place);
            }
        }
        let mut room = Room { begins: 0, ends: 0, all: bit(window.len + 1).wrapping_sub(1) };
        for sentence in std::iter::once(sentence).chain(next) {
            room.begins |= sentence.words.start.checked_sub(window.first).map_or(0, bit);
            room.ends |= sentence.words.end.checked_sub(window.first).map_or(0, bit);
        }
        room.begins &= room.all;
        room.ends &= room.all;
        self.bench.room = room;
    }

    /// Tries a pattern at all starts at once, and then, if it matches anywhere, at each.
    fn tries(&mut self, woken: Woken, window: &Window) -> Result<(), Spent> {
        if self.bench.of(woken.demand) == 0 {
            return Ok(());
        }
        let Some(pattern) = self.program.pattern(woken.pattern) else { return Ok(()) };
        if pattern.demands.iter().any(|class| self.bench.of(*class) == 0) {
            return Ok(());
        }
        let attempt = Attempt { program: self.program, words: &*self.bench, room: self.bench.room };
        let near = self.near_anchor(pattern) & bit(window.starts).wrapping_sub(1);
        let mut starts = attempt.starts(&pattern.nodes, near);
        if starts.count_ones() > 1 && attempt.sequence(&pattern.nodes, starts, self.budget)? == 0 {
            return Ok(());
        }
        while starts != 0 {
            let start = starts.trailing_zeros() as usize;
            starts &= starts - 1;
            // A match has a word; the shortest is the match.
            let ends = attempt.sequence(&pattern.nodes, bit(start), self.budget)? & !bit(start);
            if ends != 0 {
                let end = window.first + ends.trailing_zeros() as usize;
                self.hits.push(Hit { pattern: woken.pattern, start: window.first + start, end });
            }
        }
        Ok(())
    }
}

impl Run<'_, '_> {
    /// Places from which a pattern's anchor is as far away as it must be; all, where that is not worth asking.
    fn near_anchor(&self, pattern: &Pattern) -> u128 {
        const FEW: usize = 4;
        const NEAR: u8 = 8;
        let (least, most) = pattern.anchor_at;
        if pattern.anchors.len() > FEW || most - least > NEAR {
            return u128::MAX;
        }
        window::before(pattern.anchors.iter().fold(0, |seen, class| seen | self.bench.of(*class)), (least, most))
    }
}

/// Whether a match needs some of its own words: hidden, they could only be skipped.
pub(crate) fn needs(program: &Program, reading: &Reading<'_>, hit: Hit, hidden: &Range<usize>) -> bool {
    let Some(pattern) = program.pattern(hit.pattern) else { return false };
    let Some((number, sentence)) = reading.sentence_of(hit.start) else { return false };
    let next = reading.sentences.get(number + 1).filter(|next| pattern.within > 1 && next.section == sentence.section);
    let until = next.map_or(sentence.words.end, |next| next.words.end);
    let window = Window::at(hit.start, &sentence.words, until, program.longest);
    let mut room = Room { begins: 0, ends: 0, all: bit(window.len + 1).wrapping_sub(1) };
    for sentence in std::iter::once(sentence).chain(next) {
        room.begins |= sentence.words.start.checked_sub(hit.start).map_or(0, bit);
        room.ends |= sentence.words.end.checked_sub(hit.start).map_or(0, bit);
    }
    let words = Shown { reading, window: &window, hidden };
    // One attempt is bounded by the pattern, and was paid for when it first matched.
    let ends = Attempt { program, words: &words, room }.sequence(&pattern.nodes, 1, &mut Budget::new(100_000));
    ends.is_ok_and(|ends| ends & bit(hit.end - hit.start) == 0)
}

/// The words of a window, some of them hidden.
struct Shown<'a> {
    reading: &'a Reading<'a>,
    window: &'a Window,
    hidden: &'a Range<usize>,
}

impl Words for Shown<'_> {
    fn of(&self, class: crate::lexicon::ClassId) -> u128 {
        let is_here = |at: usize| !self.hidden.contains(&at) && self.reading.classes(at).binary_search(&class).is_ok();
        self.window.words().enumerate().filter(|(_, at)| is_here(*at)).fold(0, |seen, (place, _)| seen | bit(place))
    }
}

impl PatternId {
    /// Its place among all patterns.
    fn place(self) -> usize {
        self.0 as usize
    }
}
