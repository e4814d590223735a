//! One pattern tried at some words of a window, at all of them at once: places are bits.

use super::window::Room;
use crate::budget::{Budget, Spent};
use crate::lexicon::ClassId;
use crate::program::{Node, Phrases, Program};

/// Where the words of a class stand in a window.
pub(super) trait Words {
    fn of(&self, class: ClassId) -> u128;
}

pub(super) struct Attempt<'a, W> {
    pub(super) program: &'a Program,
    pub(super) words: &'a W,
    pub(super) room: Room,
}

impl<W: Words> Attempt<'_, W> {
    /// Of some places those at which the pattern's first word is.
    pub(super) fn starts(&self, nodes: &[Node], at: u128) -> u128 {
        match nodes.first() {
            Some(Node::Word(class)) => at & self.words.of(*class),
            Some(Node::Start) => at & self.room.begins,
            _ => at,
        }
    }

    /// Where one can be after the nodes, having been at these places before them.
    pub(super) fn sequence(&self, nodes: &[Node], mut at: u128, budget: &mut Budget) -> Result<u128, Spent> {
        for node in nodes {
            if at == 0 {
                break;
            }
            at = self.step(node, at, budget)?;
        }
        Ok(at)
    }

    fn step(&self, node: &Node, at: u128, budget: &mut Budget) -> Result<u128, Spent> {
        budget.spend(1)?;
        Ok(match node {
            Node::Word(class) => self.word(*class, at),
            Node::Any => (at << 1) & self.room.all,
            Node::Gap(most) => (0..=*most).fold(0, |seen, n| seen | (at << n)) & self.room.all,
            Node::Start => at & self.room.begins,
            Node::End => at & self.room.ends,
            Node::Maybe(inner) => at | self.step(inner, at, budget)?,
            Node::Phrases(phrases) => self.phrases(phrases, at, budget)?,
            Node::Among(class, sets) => {
                let mut after = class.map_or(0, |class| self.word(class, at));
                for set in sets {
                    if let Some(phrases) = self.program.phrases(*set) {
                        after |= self.phrases(phrases, at, budget)?;
                    }
                }
                after
            }
        })
    }

    fn phrases(&self, phrases: &Phrases, at: u128, budget: &mut Budget) -> Result<u128, Spent> {
        let mut after = 0;
        for (first, phrase) in phrases.iter() {
            let from = first.map_or(at, |class| at & self.words.of(class));
            if from != 0 {
                after |= self.sequence(phrase, from, budget)?;
            }
        }
        Ok(after)
    }

    fn word(&self, class: ClassId, at: u128) -> u128 {
        (at & self.words.of(class)) << 1
    }
}
