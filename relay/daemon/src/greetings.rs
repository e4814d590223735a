//! What both sides hear of us when their letters begin, and when they end.

use crate::house::House;
use crate::notice::office_in_words;
use crate::people::People;
use crate::post::CannotWrite;
use crate::programmes::Rules;
use brevbro_core::id::PairingId;
use brevbro_core::ledger::Minutes;
use brevbro_core::notice::{AfterEnd, CrisisLine, EndNear, Ending, Notice, Reads, Welcome};
use brevbro_core::party::Side;
use brevbro_core::time::{Moment, Span};
use brevbro_store::NewNotice;

/// The limit the first letter can say in words.
const AN_HOUR: Minutes = Minutes::whole(60);

impl House {
    /// One side's first letter: how it works, who may read, when somebody is there, and whom to ring.
    pub fn welcome(
        &self,
        rules: &Rules,
        (people, pairing): (&People, PairingId),
        side: Side,
    ) -> Result<NewNotice, CannotWrite> {
        let (reader, other) = (people.side(side), people.side(side.other()));
        let programme = &rules.programme;
        let welcome = Welcome {
            other: other.record.known_as.clone(),
            alias: other.alias.on_wire(),
            weekly_words: programme.week.cap(None) == Some(AN_HOUR),
            reads: Reads::of(&programme.content),
            office: office_in_words(&programme.hours.office, reader.language),
            crisis: CrisisLine::all(&programme.crisis, self.clock.now().date_in(&self.zone)),
        };
        let notice = match side {
            Side::Seeker => Notice::WelcomeSeeker(welcome),
            Side::Volunteer => Notice::WelcomeVolunteer(welcome),
        };
        self.notice_to_party(&notice, (people, side, pairing), (None, None))
    }

    /// To both: an end comes nearer.
    pub(crate) fn end_near(
        &self,
        (people, pairing): (&People, PairingId),
        (end, hard): (Moment, bool),
    ) -> Result<Vec<NewNotice>, CannotWrite> {
        let last_day = end + Span::millis(-1);
        self.to_both((people, pairing), |other, side| {
            let day = self.weekday(last_day, people.side(side).language);
            Notice::EndNear(EndNear { other, day, hard })
        })
    }

    /// To both: the letters have come to an end now.
    pub(crate) fn ending(
        &self,
        rules: &Rules,
        (people, pairing): (&People, PairingId),
        now: Moment,
    ) -> Result<Vec<NewNotice>, CannotWrite> {
        let last_day = grace_over(rules, now) + Span::millis(-1);
        self.to_both((people, pairing), |other, side| {
            let day = self.weekday(last_day.max(now), people.side(side).language);
            Notice::Ending(Ending { other, day })
        })
    }

    /// To whoever wrote after the end: the letter was not passed on, and where else there is somebody.
    pub(crate) fn after_end(
        &self,
        rules: &Rules,
        (people, pairing): (&People, PairingId),
        side: Side,
    ) -> Result<NewNotice, CannotWrite> {
        let crisis = match side {
            Side::Seeker => CrisisLine::all(&rules.programme.crisis, self.clock.now().date_in(&self.zone)),
            Side::Volunteer => Vec::new(),
        };
        self.notice_to_party(&Notice::AfterEnd(AfterEnd { crisis }), (people, side, pairing), (None, None))
    }

    fn to_both(
        &self,
        (people, pairing): (&People, PairingId),
        say: impl Fn(String, Side) -> Notice,
    ) -> Result<Vec<NewNotice>, CannotWrite> {
        let to = |side: Side| {
            let notice = say(people.side(side.other()).record.known_as.clone(), side);
            self.notice_to_party(&notice, (people, side, pairing), (None, None))
        };
        Ok(vec![to(Side::Seeker)?, to(Side::Volunteer)?])
    }
}

/// When the time of grace is over for a pairing that ended at a moment: after whole days, or at once where there are none.
pub(crate) fn grace_over(rules: &Rules, ended: Moment) -> Moment {
    match rules.programme.life.grace_days {
        0 => ended,
        days => rules.calendar.end_of_day_after(ended, days),
    }
}
