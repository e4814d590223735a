//! Cues of one file, and what they do to its rules.

use super::file::{Hand, category};
use super::keys::Keys;
use super::parts::{Cue, CueKind, Effect, Effects, Place, Reach};
use super::refusal::Refusal;
use crate::Category;

impl<'f> Hand<'f, '_> {
    pub(crate) fn cues(&mut self, keys: &mut Keys<'f>) -> Result<(), Refusal> {
        let Some(mut table) = keys.table("cues")? else { return Ok(()) };
        if let Some(mut cue) = table.table("false_negation")? {
            self.tongue.false_negation = self.patterns(&mut cue, "words", 1)?;
            cue.finish()?;
        }
        for (name, value) in table.rest() {
            let kind: CueKind =
                name.text.parse().map_err(|_| table.refuse(name.at, name.text, "is no cue that is known"))?;
            let cue = table.as_table(name.text, value)?;
            self.cue(kind, cue)?;
        }
        Ok(())
    }

    fn cue(&mut self, kind: CueKind, mut keys: Keys<'f>) -> Result<(), Refusal> {
        let patterns = self.patterns(&mut keys, "words", 1)?;
        let (before, after) = (keys.number("before", 0..=30)?, keys.number("after", 0..=30)?);
        let reach: Option<Reach> = keys.word("scope", "sentence, sentences or letter")?;
        let stop = self.patterns(&mut keys, "stop", 1)?;
        let comma = keys.text("comma")?;
        let comma_stops = match comma.map(|said| (said.text, said.at)) {
            None | Some(("stop", _)) => true,
            Some(("ignore", _)) => false,
            Some((_, at)) => return Err(keys.refuse(at, "comma", "must be stop or ignore")),
        };
        let place = match (before.or(after), reach) {
            (Some(_), None) => {
                let count = |n: Option<u8>| usize::from(n.unwrap_or(0));
                Place::Words { before: count(before), after: count(after), stop, comma_stops }
            }
            (None, reach) => Place::Reach(reach.unwrap_or(Reach::Sentence)),
            (Some(_), Some(_)) => return Err(keys.refuse(keys.at(), "scope", "stands beside before or after")),
        };
        let cancel = self.patterns(&mut keys, "cancel", 1)?;
        self.tongue.cues.push(Cue { kind, patterns, place, cancel });
        keys.finish()
    }

    pub(crate) fn effects(&mut self, keys: &mut Keys<'f>) -> Result<(), Refusal> {
        let Some(mut table) = keys.table("effects")? else { return Ok(()) };
        for (name, value) in table.rest() {
            let category = category(&table, name)?;
            let mut inner = table.as_table(name.text, value)?;
            let said = Self::said_effects(&mut inner)?;
            self.effects.insert(category, said);
            inner.finish()?;
        }
        Ok(())
    }

    /// The effects a table names, by kind.
    pub(crate) fn said_effects(keys: &mut Keys<'f>) -> Result<Vec<(CueKind, Effect)>, Refusal> {
        let mut said = Vec::new();
        for &kind in CueKind::ALL {
            if let Some(effect) = keys.word(kind.word(), "ignore, today, routine or drop")? {
                said.push((kind, effect));
            }
        }
        Ok(said)
    }

    /// The usual effects, with what the file says of the category, and the rule of itself.
    pub(crate) fn effects_of(&self, category: Category, said: &[(CueKind, Effect)]) -> Effects {
        let mut effects = Effects::usual(category);
        for (kind, effect) in self.effects.get(&category).into_iter().flatten().chain(said) {
            effects.say(*kind, *effect);
        }
        effects
    }
}
