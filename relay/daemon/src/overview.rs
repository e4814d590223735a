//! A volunteer's week as the Sunday overview tells it, and as an answer to it is read.

use crate::house::House;
use crate::people::People;
use crate::post::CannotWrite;
use brevbro_core::correction::Plan;
use brevbro_core::id::{EntryId, PairingId, PersonId};
use brevbro_core::ledger::Minutes;
use brevbro_core::notice::{Change, Corrected, Notice, Overview, OverviewLine, Shown};
use brevbro_core::overview::{Line, lines};
use brevbro_core::party::{Language, Side};
use brevbro_core::time::{Moment, Week};
use brevbro_store::{Stamp, StoreError, WeekPairing};
use std::sync::Arc;

/// A volunteer's week over all pairings whose programme sends overviews.
pub struct VolunteersWeek {
    /// Its lines, the oldest first.
    pub lines: Vec<Line>,
    /// What stands for each pairing that has entries.
    pub sums: Vec<(PairingId, Minutes)>,
    /// The state this was read in.
    pub stamp: Stamp,
    pairings: Vec<WeekPairing>,
    people: Vec<(PairingId, Arc<People>)>,
}

impl House {
    /// Looks at a volunteer's week.
    pub async fn volunteers_week(&self, volunteer: PersonId, week: Week) -> Result<VolunteersWeek, StoreError> {
        let found = self.store.volunteer_week(volunteer, week).await?;
        let (mut pairings, mut people, mut sums) = (Vec::new(), Vec::new(), Vec::new());
        for pairing in found.pairings {
            if !self.programmes.of(&pairing.programme).programme.week.overview {
                continue;
            }
            // People who have been erased have no lines either: there is nobody to name.
            let Ok(known) = self.people.pairing(&self.store, pairing.id).await else { continue };
            let of_pairing = found.entries.iter().filter(|entry| entry.pairing == pairing.id);
            sums.push((pairing.id, of_pairing.map(|entry| entry.delta).sum()));
            people.push((pairing.id, known));
            pairings.push(pairing);
        }
        let is_told = |line: &Line| people.iter().any(|(pairing, _)| *pairing == line.pairing);
        let lines = lines(&found.entries).into_iter().filter(is_told).collect();
        Ok(VolunteersWeek { lines, sums, stamp: found.stamp, pairings, people })
    }
}

impl VolunteersWeek {
    /// The people of the first pairing, among whom the volunteer is.
    pub fn people(&self) -> Option<&People> {
        self.people.first().map(|(_, people)| &**people)
    }

    /// The programmes of its pairings.
    pub fn programmes(&self) -> impl Iterator<Item = &str> {
        self.pairings.iter().map(|pairing| pairing.programme.as_str())
    }

    /// The lines an overview had, by their number; one that is gone leaves its place empty.
    pub fn lines_of(&self, entries: &[EntryId]) -> Vec<Option<Line>> {
        entries.iter().map(|entry| self.lines.iter().find(|line| line.entry == *entry).copied()).collect()
    }

    /// The overview in the volunteer's words; none when nothing was counted.
    pub fn overview(&self, house: &House, language: Language, until: Moment) -> Option<Overview> {
        let lines: Vec<OverviewLine> =
            (1..).zip(&self.lines).filter_map(|(number, line)| self.line(house, language, (number, line))).collect();
        let total = self.sums.iter().map(|(_, sum)| *sum).sum();
        (!lines.is_empty()).then(|| Overview {
            lines,
            total: Shown::about(total),
            cap: self.cap(house).map(Shown::exactly),
            until_day: house.weekday(until, language),
        })
    }

    fn line(&self, house: &House, language: Language, (number, line): (u32, &Line)) -> Option<OverviewLine> {
        let (_, people) = self.people.iter().find(|(pairing, _)| *pairing == line.pairing)?;
        Some(OverviewLine {
            number,
            day: house.weekday(line.made_at, language),
            other: people.side(Side::Seeker).record.known_as.clone(),
            minutes: if line.is_declared { Shown::exactly(line.minutes) } else { Shown::about(line.minutes) },
            kind: line.done,
        })
    }

    /// What the week holds: of one pairing, since each has a limit of its own.
    fn cap(&self, house: &House) -> Option<Minutes> {
        let [pairing] = self.pairings.as_slice() else { return None };
        house.programmes.of(&pairing.programme).programme.week.cap(pairing.cap)
    }
}

/// What has been put right, old and new.
pub fn corrected(plan: &Plan) -> Corrected {
    let line = |declared: &brevbro_core::correction::Declared| {
        let old = declared.line;
        Change {
            number: Some(declared.number),
            old: if old.is_declared { Shown::exactly(old.minutes) } else { Shown::about(old.minutes) },
            new: Shown::exactly(declared.minutes),
        }
    };
    let mut changes: Vec<Change> = plan.lines.iter().map(line).collect();
    if !plan.shares.is_empty() {
        changes.push(Change { number: None, old: Shown::about(plan.old), new: Shown::exactly(plan.new) });
    }
    Corrected { changes, total: Shown::exactly(plan.new) }
}

/// Everything that we write about this week, in one language: what of it comes back is no answer.
pub fn our_words(house: &House, overview: Option<Overview>, language: Language) -> Result<String, CannotWrite> {
    let nothing = Corrected { changes: Vec::new(), total: Shown::exactly(Minutes::default()) };
    let notices = overview.map(Notice::Overview).into_iter().chain([Notice::Corrected(nothing), Notice::NotUnderstood]);
    let mut words = String::new();
    for notice in notices {
        words.push_str(&house.notices.render(&notice, language).map_err(|_| CannotWrite)?.text);
        words.push('\n');
    }
    Ok(words)
}

#[cfg(test)]
#[path = "overview/tests.rs"]
mod tests;
