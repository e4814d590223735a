//! How a pairing ends, by the requirements: words before an end, questions at the planned one, the hard one.

use crate::model::{Model, Whom};
use crate::rules::{Rules, local, moment};
use brevbro_core::time::Moment;
use jiff::ToSpan as _;
use jiff::civil::Time;

/// The ends of a pairing, each the first moment of the day after the last, and until when they were looked after.
#[derive(Debug, Clone)]
pub(crate) struct Life {
    pub(crate) planned: Moment,
    pub(crate) hard: Option<Moment>,
    taken: Moment,
}

/// What comes on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Both hear of an end.
    Near(Moment),
    /// The coordinator brings the three together.
    Ask,
    /// Nobody has decided: asked again, today.
    AskAgain,
    Over,
}

/// Weeks for which an open question is looked ahead.
const WEEKS: i32 = 60;

/// Ten in the morning, so many days before the last day.
fn morning(end: Moment, days: i32) -> Moment {
    let (date, _) = local(end);
    moment(date.checked_sub((days + 1).days()).unwrap(), Time::constant(10, 0, 0, 0))
}

impl Life {
    pub(crate) fn new(planned: Moment, hard: Option<Moment>, now: Moment) -> Self {
        Self { planned, hard, taken: now }
    }

    fn steps(&self, rules: &Rules) -> Vec<(Moment, Step)> {
        let mut steps = vec![(morning(self.planned, 14), Step::Ask)];
        // A planned end on the last day of all is no question any more.
        let is_open = self.hard.is_none_or(|hard| self.planned < hard);
        let ends = self.hard.into_iter().chain(is_open.then_some(self.planned));
        for end in ends {
            steps.extend(rules.notice_days.map(|days| (morning(end, days), Step::Near(end))));
        }
        if is_open {
            steps.extend((0..WEEKS).map(|week| (morning(self.planned, -1 - 7 * week), Step::AskAgain)));
        }
        if let Some(hard) = self.hard {
            steps.retain(|(at, _)| *at < hard);
            steps.push((rules.awake(hard), Step::Over));
        }
        steps.retain(|(at, _)| *at > self.taken);
        steps.sort_by_key(|(at, _)| *at);
        steps
    }

    /// When something comes next.
    pub(crate) fn next(&self, rules: &Rules) -> Option<Moment> {
        self.steps(rules).first().map(|(at, _)| *at)
    }
}

impl Model {
    /// What the calendar says of a pairing's life. After a standstill only what still makes sense.
    pub(crate) fn lives(&mut self, at: usize, now: Moment) {
        let pairing = &mut self.pairings[at];
        let Some(life) = &mut pairing.life else { return };
        let due: Vec<_> = life.steps(&pairing.rules).into_iter().filter(|(when, _)| *when <= now).collect();
        if due.is_empty() || pairing.rules.awake(now) > now {
            return;
        }
        life.taken = now;
        if due.iter().any(|(_, step)| *step == Step::Over) {
            return self.is_over(at, now);
        }
        let last = |wanted: fn(Step) -> bool| due.iter().map(|(_, step)| *step).rfind(|step| wanted(*step));
        if let Some(Step::Near(end)) = last(|step| matches!(step, Step::Near(_)))
            && end > now
        {
            self.told.extend([Whom::Seeker(at), Whom::Volunteer(at)].map(|whom| (now, "end_near", whom)));
        }
        if let Some(step) = last(|step| matches!(step, Step::Ask | Step::AskAgain)) {
            self.is_decided(at);
            self.raise_as("check_in", step == Step::Ask, at, now);
        }
    }

    fn is_over(&mut self, at: usize, now: Moment) {
        self.is_decided(at);
        let pairing = &mut self.pairings[at];
        (pairing.life, pairing.clock, pairing.is_over) = (None, None, true);
        self.told.extend([Whom::Seeker(at), Whom::Volunteer(at)].map(|whom| (now, "ending", whom)));
        self.raise_as("ended", true, at, now);
    }

    /// The three have decided: it goes on until then.
    pub(crate) fn extend(&mut self, at: usize, planned: Moment) {
        self.is_decided(at);
        if let Some(life) = &mut self.pairings[at].life {
            life.planned = planned;
        }
    }

    /// Open questions are answered.
    fn is_decided(&mut self, at: usize) {
        let open = |item: &usize| self.items[*item].kind == "check_in" && self.items[*item].pairing == at;
        let open: Vec<_> = (0..self.items.len()).filter(open).collect();
        for item in open {
            self.resolve(item);
        }
    }
}
