//! A programme's rules as data (P11): every number a programme may choose, with the default of the first programme.

use crate::ledger::Minutes;
use crate::{veiled, words};
use serde::Deserialize;

/// The rules pairings of one programme run under.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Programme {
    /// What staff call it. Never put into a letter.
    pub name: String,
    /// The weekly hour.
    pub week: WeekRules,
    /// When silence is noticed.
    pub missed: MissedRules,
    /// How long a pairing lasts.
    pub life: LifeRules,
    /// What is kept of the letters.
    pub content: ContentRules,
    /// When nobody is written to, and when staff are at work.
    pub hours: HourRules,
    /// Who is told of a matter, one after the other until somebody answers: mailboxes, or programs as `run:/path`. The
    /// organisation's contact alone when it is left out.
    pub ladder: Vec<String>,
    /// Crisis contacts a notice may quote, each checked by a human and in date.
    pub crisis: Vec<CrisisContact>,
}

// Its ladder names mailboxes of staff.
veiled!(Programme);

/// The weekly hour (S4, S5, S24, S69).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WeekRules {
    /// Minutes a week and pairing; 0 has no limit.
    pub minutes: u32,
    /// Per cent of it at which the volunteer is told.
    pub warn_percent: u32,
    /// Whether a volunteer may send at once by declaring the letter urgent.
    pub urgent: bool,
    /// Whether reading counts beside writing.
    pub count_reading: bool,
    /// Whether the seeker's letters are delivered or held when the week is full. Holding must be chosen: P4.
    pub seeker_mail_when_full: WhenFull,
    /// Minutes a volunteer should give in a month; 0 has no floor. Never a sanction.
    pub monthly_floor: u32,
    /// Whether each volunteer gets an overview on Sunday to put right what was estimated.
    pub overview: bool,
}

/// What happens to the seeker's letters in a full week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WhenFull {
    /// They are delivered.
    Deliver,
    /// They wait for Monday.
    Hold,
}

/// When silence is noticed, in days without holidays and pauses (S70).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MissedRules {
    /// Days a letter to the volunteer waits: first nudge, second nudge, item with a note to the seeker.
    pub volunteer_days: [u32; 3],
    /// Days of the seeker's silence: item, gentle letter, item for a decision.
    pub seeker_days: [u32; 3],
}

/// How long a pairing lasts (S1, S9, S10, S66, S94).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LifeRules {
    /// Months to the planned end; 0 has none.
    pub initial_months: u32,
    /// Months an extension adds.
    pub extension_months: u32,
    /// Months to the hard end; 0 has none.
    pub max_months: u32,
    /// Days before an end on which both sides hear of it, the earliest first.
    pub notice_days: [u32; 2],
    /// Days after the end in which a letter gets a gentle answer.
    pub grace_days: u32,
}

/// What is kept of the letters (P7, S15, S90).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContentRules {
    /// Which letters are kept after delivery.
    pub keep: Keep,
    /// Days the review window lasts.
    pub review_days: u32,
    /// Days a flagged letter is kept after its item is resolved.
    pub flagged_days: u32,
    /// Whether notes about people may be written at all (S90).
    pub notes: NotesPolicy,
}

/// Which letters are kept after delivery, sealed to the coordinators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// None.
    Transit,
    /// Flagged ones.
    Flagged,
    /// All of them for the review window, and flagged ones.
    Review,
}

/// When nobody is written to, and when staff are at work (S19).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HourRules {
    /// Hours in which no notice is sent that can wait, such as `21:00-07:00`; empty means none.
    pub quiet: String,
    /// When staff are at work, such as `mon-fri 09:00-16:00`; empty means always.
    pub office: String,
    /// Days on which nobody is expected to write or answer: `2026-12-24` or `2026-12-24/2027-01-06`.
    pub holidays: Vec<String>,
}

/// Whether notes about people may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NotesPolicy {
    /// Staff may write notes.
    Team,
    /// Nothing is written down about anybody (S90).
    None,
}

/// A crisis contact. It is quoted only while somebody has checked it and the check is in date.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrisisContact {
    /// What it is called.
    pub name: String,
    /// The number to ring.
    pub number: String,
    /// When it answers, in words.
    #[serde(default)]
    pub hours: String,
    /// The day somebody made sure of it, as `2026-11-01`; without one it is not quoted.
    #[serde(default)]
    pub verified_on: String,
    /// The day it must be checked again.
    #[serde(default)]
    pub review_by: String,
}

words!(WhenFull, "deliver or hold", Deliver => "deliver", Hold => "hold");
words!(Keep, "transit, flagged or review", Transit => "transit", Flagged => "flagged", Review => "review");
words!(NotesPolicy, "team or none", Team => "team", None => "none");

impl Default for WeekRules {
    fn default() -> Self {
        Self {
            minutes: 60,
            warn_percent: 80,
            urgent: true,
            count_reading: true,
            seeker_mail_when_full: WhenFull::Deliver,
            monthly_floor: 240,
            overview: true,
        }
    }
}

impl Default for MissedRules {
    fn default() -> Self {
        Self { volunteer_days: [5, 7, 10], seeker_days: [14, 21, 35] }
    }
}

impl Default for LifeRules {
    fn default() -> Self {
        Self { initial_months: 3, extension_months: 3, max_months: 6, notice_days: [28, 7], grace_days: 30 }
    }
}

impl Default for ContentRules {
    fn default() -> Self {
        Self { keep: Keep::Flagged, review_days: 14, flagged_days: 30, notes: NotesPolicy::Team }
    }
}

impl WeekRules {
    /// The weekly limit of a pairing: its own when a coordinator has set one, else the programme's; `None` has none.
    pub fn cap(&self, own: Option<Minutes>) -> Option<Minutes> {
        let minutes = own.unwrap_or(Minutes::whole(i64::from(self.minutes)));
        (minutes > Minutes::whole(0)).then_some(minutes)
    }

    /// The sum from which the volunteer is told that the week is nearly full.
    pub fn near(&self, cap: Minutes) -> Minutes {
        Minutes::tenths(cap.as_tenths().saturating_mul(i64::from(self.warn_percent)) / 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pairings_own_limit_goes_before_the_programmes() {
        let week = WeekRules::default();
        assert_eq!(week.cap(None), Some(Minutes::whole(60)));
        assert_eq!(week.cap(Some(Minutes::whole(90))), Some(Minutes::whole(90)));
        assert_eq!(week.cap(Some(Minutes::whole(0))), None);
        assert_eq!(WeekRules { minutes: 0, ..WeekRules::default() }.cap(None), None);
        assert_eq!(week.near(Minutes::whole(60)), Minutes::whole(48));
    }
}
