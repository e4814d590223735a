//! Missed contact: who is waiting for whom, since when, and what is done about it next (S70, S71).
//!
//! Nothing here ends a pairing or blames anybody: every step ends with a human (P6).

use crate::calendar::Calendar;
use crate::programme::MissedRules;
use crate::time::Moment;
use crate::words;

/// Who is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Waiting {
    /// A letter of the seeker has no answer: the volunteer is waited for.
    ForVolunteer,
    /// The volunteer wrote last: the seeker is waited for.
    ForSeeker,
}

words!(Waiting, "volunteer or seeker", ForVolunteer => "volunteer", ForSeeker => "seeker");

/// The clock of one pairing. Letters are contact, automatic answers are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Who is waited for.
    pub waiting: Waiting,
    /// Since when: the oldest letter without an answer, or the volunteer's last letter.
    pub since: Moment,
    /// How many steps have been taken.
    pub steps: u32,
}

/// What is done when a silence has lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The volunteer is reminded that a letter waits.
    NudgeVolunteer,
    /// The volunteer is reminded a second time.
    NudgeAgain,
    /// A coordinator is asked to look, and the seeker hears that somebody knows.
    VolunteerSilent,
    /// A coordinator sees that the seeker is silent.
    SeekerSilent,
    /// The seeker gets a gentle letter that asks for nothing.
    WriteGently,
    /// A coordinator decides how to go on.
    Decide,
}

impl Silence {
    /// The next step and when it is due; none when all have been taken.
    pub fn next(self, rules: &MissedRules, calendar: &Calendar) -> Option<(Moment, Step)> {
        let (days, steps) = match self.waiting {
            Waiting::ForVolunteer => {
                (&rules.volunteer_days, [Step::NudgeVolunteer, Step::NudgeAgain, Step::VolunteerSilent])
            }
            Waiting::ForSeeker => (&rules.seeker_days, [Step::SeekerSilent, Step::WriteGently, Step::Decide]),
        };
        let place = usize::try_from(self.steps).ok()?;
        let (days, step) = (*days.get(place)?, *steps.get(place)?);
        Some((calendar.days_after(self.since, days), step))
    }

    /// The same silence after a pause: what had counted before it counts on from its end. Holidays that lay before the
    /// pause are no days of waiting afterwards either.
    #[must_use]
    pub fn paused(self, from: Moment, until: Moment, calendar: &Calendar) -> Self {
        if until <= self.since {
            return self;
        }
        let waited = calendar.counted(self.since, from.max(self.since));
        Self { since: calendar.counted_back(until, waited), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::HourRules;
    use crate::time::Span;
    use jiff::tz::TimeZone;

    fn calendar(holidays: &[&str]) -> Calendar {
        let holidays = holidays.iter().map(|day| (*day).to_owned()).collect();
        Calendar::parse(&HourRules { holidays, ..HourRules::default() }, TimeZone::UTC).unwrap()
    }

    fn day(n: i64) -> Moment {
        Moment::from_millis(1_795_262_400_000) + Span::days(n)
    }

    #[test]
    fn both_sides_have_three_steps_and_then_a_human() {
        let rules = MissedRules::default();
        let steps = |waiting| {
            let at = |steps| Silence { waiting, since: day(0), steps }.next(&rules, &calendar(&[]));
            [at(0), at(1), at(2), at(3)]
        };
        assert_eq!(
            steps(Waiting::ForVolunteer),
            [
                Some((day(5), Step::NudgeVolunteer)),
                Some((day(7), Step::NudgeAgain)),
                Some((day(10), Step::VolunteerSilent)),
                None
            ]
        );
        assert_eq!(
            steps(Waiting::ForSeeker),
            [
                Some((day(14), Step::SeekerSilent)),
                Some((day(21), Step::WriteGently)),
                Some((day(35), Step::Decide)),
                None
            ]
        );
    }

    #[test]
    fn pauses_and_holidays_stop_the_clock() {
        let rules = MissedRules::default();
        let silence = Silence { waiting: Waiting::ForVolunteer, since: day(0), steps: 0 };
        let due = |silence: Silence, calendar: &Calendar| silence.next(&rules, calendar).unwrap().0;
        let paused = |from, until| silence.paused(from, until, &calendar(&[]));
        assert_eq!(due(paused(day(2), day(9)), &calendar(&[])), day(12));
        // A pause that was over, or had begun, before the letter came.
        assert_eq!(due(paused(day(-9), day(-2)), &calendar(&[])), day(5));
        assert_eq!(due(paused(day(-9), day(3)), &calendar(&[])), day(8));
        // 2026-11-21 is day 0.
        let holidays = calendar(&["2026-11-23/2026-11-24"]);
        assert_eq!(due(silence, &holidays), day(7));
        // Two days of waiting and two holidays, then a pause: three days are left afterwards.
        assert_eq!(due(silence.paused(day(4), day(20), &holidays), &holidays), day(23));
    }
}
