//! Which patterns each class of words wakes, and in which pass over a letter.

use super::{Pattern, PatternId};
use crate::lexicon::ClassId;

/// What patterns are run for, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pass {
    /// To find idioms, whose words are no part of any other match.
    Idioms,
    /// To find everything else.
    Letter,
}

/// A pattern that a class wakes, with what lets most of them sleep on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Woken {
    pub(crate) pattern: PatternId,
    /// A class that must be there as well.
    pub(crate) demand: ClassId,
    /// Whether it may reach into the next sentence.
    pub(crate) reaches: bool,
}

/// The patterns of one pass by the class that wakes them, one list behind the other.
#[derive(Default)]
pub(super) struct Alarm {
    ends: Vec<u32>,
    woken: Vec<Woken>,
    pub(super) has_reaching: bool,
}

impl Alarm {
    /// For some patterns and all classes there are.
    pub(super) fn of<'p>(patterns: impl Iterator<Item = (PatternId, &'p Pattern)>, classes: usize) -> Self {
        let mut by_class: Vec<Vec<Woken>> = vec![Vec::new(); classes];
        let mut alarm = Self::default();
        for (id, pattern) in patterns {
            let reaches = pattern.within > 1;
            alarm.has_reaching |= reaches;
            for &class in &pattern.anchors {
                let other = pattern.demands.iter().copied().find(|demand| *demand != class);
                let woken = Woken { pattern: id, demand: other.unwrap_or(class), reaches };
                if let Some(woken_by) = by_class.get_mut(class.0 as usize) {
                    woken_by.push(woken);
                }
            }
        }
        for woken in by_class {
            alarm.woken.extend(woken);
            alarm.ends.push(u32::try_from(alarm.woken.len()).unwrap_or(u32::MAX));
        }
        alarm
    }

    /// The patterns a class wakes.
    pub(super) fn woken(&self, class: ClassId) -> &[Woken] {
        let place = class.0 as usize;
        let end = |place: usize| self.ends.get(place).map_or(0, |end| *end as usize);
        self.woken.get(place.checked_sub(1).map_or(0, end)..end(place)).unwrap_or_default()
    }
}
