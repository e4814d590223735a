//! Who plays in the demonstration: two pairings of invented people, on reserved domains and numbers.

use crate::chance;
use crate::cli::{Failure, World};
use crate::enrol::Application;
use brevbro_core::address::EmailAddr;
use brevbro_core::id::PairingId;
use brevbro_core::party::{Language, Side};
use brevbro_store::{Actor, NewPairing, SeekerOf};

/// One person.
pub(super) struct Player {
    pub(super) form: Application,
    pub(super) mailbox: EmailAddr,
    /// The alias this person writes to.
    pub(super) writes_to: EmailAddr,
}

/// One pairing.
pub(super) struct Pair {
    pub(super) id: PairingId,
    pub(super) programme: &'static str,
    pub(super) seeker: Player,
    pub(super) volunteer: Player,
}

impl Pair {
    pub(super) fn side(&self, side: Side) -> &Player {
        match side {
            Side::Seeker => &self.seeker,
            Side::Volunteer => &self.volunteer,
        }
    }
}

/// Everybody.
pub(super) struct Cast(pub(super) Vec<Pair>);

impl Cast {
    pub(super) async fn in_world(world: &World) -> Result<Self, Failure> {
        let swedish = [
            person("Anna Karin Karlsson", "Vinter", "anna.karlsson@example.net", "+46 70 174 06 05", Language::Swedish),
            person("Sofia Lindqvist", "Frida", "sofia.lindqvist@example.com", "+46 70 174 06 11", Language::Swedish),
        ];
        let norwegian = [
            person("Ingrid Solbakken", "Rogn", "ingrid.solbakken@example.net", "+47 22 00 00 00", Language::Bokmal),
            person("Mette Dalgaard", "Liv", "mette.dalgaard@example.com", "+47 22 00 00 01", Language::Bokmal),
        ];
        Ok(Self(vec![pair(world, "chattsyster", swedish).await?, pair(world, "ressursvenn", norwegian).await?]))
    }
}

fn person(name: &str, known_as: &str, address: &str, phone: &str, language: Language) -> Application {
    Application {
        name: Some(name.to_owned()),
        known_as: known_as.to_owned(),
        addresses: vec![address.to_owned()],
        phones: vec![phone.to_owned()],
        language,
        ..Application::default()
    }
}

async fn pair(world: &World, programme: &'static str, [seeker, volunteer]: [Application; 2]) -> Result<Pair, Failure> {
    let enroller = world.enroller();
    let (store, now) = (&world.store, world.now());
    let row = enroller.person("volunteer", &volunteer)?;
    let volunteer_id = row.id;
    let volunteer_alias = enroller.plain_alias("volunteer", &volunteer.known_as)?;
    store.volunteer_add(row, volunteer_alias.new, now, Actor::Admin).await?;
    let seeker_alias = enroller.random_alias("seeker", &seeker.known_as)?;
    let id = PairingId::from_random(chance::bits());
    let pairing = NewPairing {
        id,
        programme: programme.to_owned(),
        volunteer: volunteer_id,
        seeker: SeekerOf::New(enroller.person("seeker", &seeker)?),
        seeker_alias: seeker_alias.new,
        begins: true,
        planned_end: None,
        hard_end: None,
    };
    store.pairing_open(pairing, now, Actor::Admin).await?;
    Ok(Pair {
        id,
        programme,
        seeker: player(seeker, volunteer_alias.address)?,
        volunteer: player(volunteer, seeker_alias.address)?,
    })
}

fn player(form: Application, writes_to: EmailAddr) -> Result<Player, Failure> {
    let text = form.addresses.first().map(String::as_str).unwrap_or_default();
    let mailbox = EmailAddr::parse(text).map_err(|_| Failure::data("an invented mailbox is wrong", ""))?;
    Ok(Player { form, mailbox, writes_to })
}
