//! How long a pairing lasts: what is done before its planned end, at it, and at its hard end (S1, S9, S10, S66, S94).
//!
//! A planned end is a question to three people and ends nothing: letters go on until somebody decides, and the question
//! comes back every week. Only the hard end is an end by itself, and both hear of it in good time.

use crate::calendar::Calendar;
use crate::programme::LifeRules;
use crate::time::{Moment, Span};

/// The ends of a pairing: the first moments at which it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ends {
    /// When the three decide whether it goes on.
    pub planned: Option<Moment>,
    /// When it is over whatever anybody decides.
    pub hard: Option<Moment>,
}

/// An end that both sides hear of before it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// When.
    pub at: Moment,
    /// Whether it cannot be put off.
    pub is_hard: bool,
}

/// One step in the life of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LifeStep {
    /// Both sides hear that an end comes nearer.
    EndNear(End),
    /// A coordinator is asked to bring the three together.
    CheckIn,
    /// The planned end has come, and nobody has decided: a coordinator is asked again.
    Undecided,
    /// The hard end: nothing goes on after it.
    Over,
}

/// What is to be done after a look at the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LifeDue {
    /// Both sides hear that this end comes nearer.
    pub near: Option<End>,
    /// An item for a coordinator: [`LifeStep::CheckIn`] or [`LifeStep::Undecided`].
    pub item: Option<LifeStep>,
    /// It is over.
    pub is_over: bool,
}

/// Days before the planned end on which a coordinator is asked to bring the three together.
const CHECK_IN_DAYS: i64 = 14;
/// Days after which an open question is asked again.
const AGAIN_DAYS: i64 = 7;

impl Ends {
    /// The ends of a pairing that begins now.
    pub fn of(rules: &LifeRules, calendar: &Calendar, began: Moment) -> Self {
        let after = |months: u32| (months > 0).then(|| calendar.end_of_day(calendar.months_after(began, months)));
        Self { planned: after(rules.initial_months), hard: after(rules.max_months) }
    }

    /// The planned end after an extension of the usual length; none when there is nothing left to extend.
    pub fn extended(self, rules: &LifeRules, calendar: &Calendar, now: Moment) -> Option<Moment> {
        let from = self.planned.unwrap_or(now);
        let last_day = Moment::from_millis(from.as_millis() - 1);
        let wanted = calendar.end_of_day(calendar.months_after(last_day, rules.extension_months));
        let end = self.hard.map_or(wanted, |hard| hard.min(wanted));
        (rules.extension_months > 0 && end > from).then_some(end)
    }

    /// The next step after a moment, and when it is due.
    pub fn next(self, rules: &LifeRules, calendar: &Calendar, after: Moment) -> Option<(Moment, LifeStep)> {
        self.steps(rules, calendar, after).into_iter().filter(|(at, _)| *at > after).min_by_key(|(at, _)| *at)
    }

    /// What has fallen due between two moments. Of several notices only the last is worth sending, and of several
    /// questions the last: whoever was away gets no flood.
    pub fn due(self, rules: &LifeRules, calendar: &Calendar, (after, now): (Moment, Moment)) -> LifeDue {
        let mut steps = self.steps(rules, calendar, after);
        steps.retain(|(at, _)| *at > after && *at <= now);
        steps.sort_by_key(|(at, _)| *at);
        let mut due = LifeDue::default();
        for (_, step) in steps {
            match step {
                LifeStep::EndNear(end) => due.near = Some(end).filter(|end| end.at > now),
                LifeStep::CheckIn | LifeStep::Undecided => due.item = Some(step),
                LifeStep::Over => due.is_over = true,
            }
        }
        if due.is_over { LifeDue { is_over: true, ..LifeDue::default() } } else { due }
    }

    /// Every step that comes once, and the first weekly question after a moment.
    fn steps(self, rules: &LifeRules, calendar: &Calendar, after: Moment) -> Vec<(Moment, LifeStep)> {
        let morning = |end: Moment, days: i64| calendar.after_quiet(calendar.morning_before(end, days));
        let mut steps = Vec::new();
        let mut near = |at: Moment, is_hard| {
            for days in rules.notice_days {
                steps.push((morning(at, i64::from(days)), LifeStep::EndNear(End { at, is_hard })));
            }
        };
        let open = self.planned.filter(|planned| self.hard.is_none_or(|hard| *planned < hard));
        if let Some(planned) = open {
            near(planned, false);
        }
        if let Some(hard) = self.hard {
            near(hard, true);
            steps.push((calendar.after_quiet(hard), LifeStep::Over));
        }
        if let Some(planned) = self.planned {
            steps.push((morning(planned, CHECK_IN_DAYS), LifeStep::CheckIn));
        }
        if let Some(planned) = open {
            let passed = (after - planned).as_millis().max(0) / Span::days(AGAIN_DAYS).as_millis();
            // One more week than fits: mornings of summer and winter do not lie whole weeks apart.
            let asked = (passed..passed + 3).map(|weeks| morning(planned, -1 - AGAIN_DAYS * weeks));
            steps.extend(asked.map(|at| (at, LifeStep::Undecided)));
        }
        if let Some(hard) = self.hard {
            steps.retain(|(at, step)| *step == LifeStep::Over || *at < hard);
        }
        steps
    }
}

#[cfg(test)]
#[path = "life/tests.rs"]
mod tests;
