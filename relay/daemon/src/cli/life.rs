//! When pairings begin and end, on the command line: their ends by the programme, another end, and closing.

use super::{Failure, World, output};
use crate::house::House;
use crate::people::{Party, People, PeopleTrouble};
use crate::post::CannotWrite;
use crate::programmes::{Programmes, Rules};
use crate::record::PersonRecord;
use brevbro_core::address::EmailAddr;
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::life::Ends;
use brevbro_core::party::Side;
use brevbro_core::time::{Moment, Span};
use brevbro_store::{Actor, NewPerson, Opening, PairingRow, StepCauses};
use serde_json::json;

/// The life of a pairing that begins now.
pub(super) struct Life {
    /// Its ends.
    pub(super) ends: Ends,
    /// When it is looked at first.
    pub(super) look_at: Option<Moment>,
}

impl Life {
    /// The life that a programme gives a pairing.
    pub(super) fn of(rules: &Rules, now: Moment) -> Self {
        let ends = Ends::of(&rules.programme.life, &rules.calendar, now);
        let first = ends.next(&rules.programme.life, &rules.calendar, now);
        Self { ends, look_at: first.map(|(at, _)| at) }
    }
}

impl World {
    /// The programmes with their calendars.
    pub(super) fn programmes(&self) -> Result<Programmes, Failure> {
        Ok(Programmes::of_config(&self.config)?)
    }

    /// An enrolled person, reached at an alias.
    pub(super) async fn party(&self, id: PersonId, alias: EmailAddr) -> Result<Party, Failure> {
        let gone = || Failure::data("this person is erased", "Nobody can be paired with them.");
        let sealed = self.store.routing(id).await?.ok_or_else(gone)?;
        let record = PersonRecord::open(&self.routing.records, id, &sealed.sealed)?;
        Ok(Party { id, record, alias, language: sealed.language })
    }

    /// A person who is about to be enrolled.
    pub(super) fn new_party(&self, person: &NewPerson, alias: EmailAddr) -> Result<Party, Failure> {
        let record = PersonRecord::open(&self.routing.records, person.id, person.routing.octets())?;
        Ok(Party { id: person.id, record, alias, language: person.language })
    }

    /// The same, or whoever is enrolled with the address already.
    pub(super) async fn known_party(&self, side: Side, person: &NewPerson, alias: EmailAddr) -> Result<Party, Failure> {
        for address in &person.addresses {
            let known = self.store.person_by_address(address).await?;
            if let Some(known) = known.iter().find(|known| known.side == side && known.routing.is_some()) {
                return self.party(known.id, alias).await;
            }
        }
        self.new_party(person, alias)
    }
}

impl House {
    /// What goes with an opening, with the first letters to both: the seeker comes first.
    pub(super) fn opening(
        &self,
        (pairing, programme): (PairingId, &str),
        [seeker, volunteer]: [Party; 2],
        look_at: Option<Moment>,
    ) -> Result<Opening, Failure> {
        let people = People::new(programme.to_owned(), seeker, volunteer);
        let rules = self.programmes.of(programme);
        let write = |side| self.welcome(rules, (&people, pairing), side).map_err(unwritten);
        Ok(Opening { seeker: Some(write(Side::Seeker)?), volunteer: Some(write(Side::Volunteer)?), look_at })
    }
}

fn unwritten(_: CannotWrite) -> Failure {
    Failure::data("the first letters could not be written", "Run `brevbro doctor`, or open it with --no-welcome.")
}

/// Closes a pairing; both hear of it.
pub(super) async fn close(world: &World, pairing: PairingId, tells: bool, as_json: bool) -> Result<(), Failure> {
    let (row, now) = (known(world, pairing).await?, world.now());
    let mut causes = StepCauses::default();
    if tells && row.state.may_go_on() {
        let house = world.house()?;
        match house.people.pairing(&house.store, pairing).await {
            Ok(people) => {
                let told = house.ending(house.programmes.of(&row.programme), (&people, pairing), now);
                causes.notices = told.map_err(unwritten)?;
            }
            // Erased: there is nobody to tell.
            Err(PeopleTrouble::Gone) => {}
            Err(PeopleTrouble::Store(error)) => return Err(error.into()),
            Err(PeopleTrouble::Key(error)) => return Err(error.into()),
        }
    }
    let state = world.store.pairing_close(pairing, causes, now, Actor::Admin).await?;
    if as_json {
        output::json(&json!({"state": state.word()}))
    } else {
        output::text(&format!("The pairing is {}.\n", state.word()))
    }
}

/// Plans another end.
pub(super) async fn extend(
    world: &World,
    pairing: PairingId,
    until: Option<jiff::civil::Date>,
    as_json: bool,
) -> Result<(), Failure> {
    let row = known(world, pairing).await?;
    let end = match until {
        Some(day) => end_of(world, day)?,
        None => usual_end(world, &row)?,
    };
    world.store.pairing_extend(pairing, end, world.now(), Actor::Admin).await?;
    let last_day = (end + Span::millis(-1)).date_in(&world.config.zone()?);
    if as_json {
        output::json(&json!({"planned_end": last_day.to_string()}))
    } else {
        output::text(&format!("Planned to end after {last_day}.\n"))
    }
}

fn end_of(world: &World, day: jiff::civil::Date) -> Result<Moment, Failure> {
    let wrong = |_| Failure::data("that day cannot be", "Write it like --until 2027-02-28.");
    let next = day.tomorrow().map_err(wrong)?.to_zoned(world.config.zone()?).map_err(wrong)?;
    Ok(Moment::from_millis(next.timestamp().as_millisecond()))
}

fn usual_end(world: &World, row: &PairingRow) -> Result<Moment, Failure> {
    let programmes = world.programmes()?;
    let rules = programmes.of(&row.programme);
    let ends = Ends { planned: row.planned_end, hard: row.hard_end };
    let none = || {
        let advice = "Name a day with --until, or close the pairing; `brevbro pairing show` names its last day.";
        Failure::data("its programme leaves nothing to extend", advice)
    };
    ends.extended(&rules.programme.life, &rules.calendar, world.now()).ok_or_else(none)
}

async fn known(world: &World, pairing: PairingId) -> Result<PairingRow, Failure> {
    let missing = || Failure::data("there is no such pairing", "`brevbro pairing list` shows the numbers.");
    world.store.pairing(pairing).await?.ok_or_else(missing)
}
