//! `brevbro pairing`: who writes with whom, and where that stands.

use super::{Exit, Failure, World, import, life, output, wishes};
use crate::chance;
use crate::discretion::Wishes;
use crate::enrol::Application;
use crate::keys::Place;
use crate::record::{PersonRecord, open_alias};
use brevbro_core::address::EmailAddr;
use brevbro_core::id::PairingId;
use brevbro_core::ledger::Minutes;
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::party::{Language, Side};
use brevbro_core::safe_hours::SafeHours;
use brevbro_core::seal::Sealed;
use brevbro_store::{Actor, NewPairing, Opening, PairingFilter, PairingRow, SeekerOf};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Acts on pairings.
#[derive(Subcommand)]
pub enum Pairing {
    /// Open a pairing; prints both aliases.
    Open(Box<Open>),
    /// List pairings, newest first.
    List {
        /// Only those in one state.
        #[arg(long, value_name = "STATE")]
        state: Option<PairingState>,
        /// At most so many.
        #[arg(long, default_value_t = 500, value_name = "N")]
        limit: u32,
    },
    /// Show one.
    Show {
        /// Its number.
        pairing: PairingId,
    },
    /// Pause it; letters still arrive.
    Pause {
        /// Its number.
        pairing: PairingId,
    },
    /// End a pause.
    Resume {
        /// Its number.
        pairing: PairingId,
    },
    /// Plan another end: so much later as the programme says, or on a day; never after its last day.
    Extend {
        /// Its number.
        pairing: PairingId,
        /// The new last day.
        #[arg(long, value_name = "2027-02-28")]
        until: Option<jiff::civil::Date>,
    },
    /// How the seeker wants to be written to; alone, it shows it.
    Wishes(wishes::Wish),
    /// Give it a weekly limit of its own, higher or lower than the programme's.
    Cap {
        /// Its number.
        pairing: PairingId,
        /// Minutes a week; 0 has no limit, `programme` takes its own limit away.
        #[arg(long, value_name = "N|programme")]
        minutes: CapMinutes,
        /// Why; kept sealed.
        #[arg(long, value_name = "T")]
        reason: String,
    },
    /// Close it. From now on both aliases answer as if they had never been; both sides are told, and in the time of
    /// grace whoever still writes hears it again.
    Close {
        /// Its number.
        pairing: PairingId,
        /// Tell nobody now.
        #[arg(long)]
        no_notice: bool,
    },
    /// Open many at once from a CSV file: all rows or none.
    Import {
        /// The file.
        file: std::path::PathBuf,
        /// Send no first letters, for people who write to each other already.
        #[arg(long)]
        no_welcome: bool,
    },
}

/// A new pairing.
#[derive(Args)]
pub struct Open {
    /// The programme's name in the configuration.
    #[arg(long, value_name = "P")]
    programme: String,
    /// The volunteer's alias.
    #[arg(long, value_name = "ALIAS")]
    volunteer: String,
    /// The seeker's own mailbox; again for further ones.
    #[arg(long, required = true, value_name = "ADDRESS")]
    seeker_address: Vec<String>,
    /// The only name the volunteer sees.
    #[arg(long, value_name = "NAME")]
    known_as: String,
    /// The seeker's real name, if she gave one, to be taken out of letters.
    #[arg(long, value_name = "NAME")]
    seeker_name: Option<String>,
    /// A telephone number, to be taken out of letters.
    #[arg(long, value_name = "NUMBER")]
    seeker_phone: Vec<String>,
    /// Anything else that identifies: a street, a school.
    #[arg(long, value_name = "TEXT")]
    seeker_other: Vec<String>,
    /// sv, nb, da or en.
    #[arg(long)]
    language: Option<Language>,
    /// Our own letters to her tell nobody where they come from.
    #[arg(long)]
    discreet: bool,
    /// Letters reach her in these hours only.
    #[arg(long, value_name = "09:00-15:00")]
    safe_hours: Option<SafeHours>,
    /// Send no first letters to the two.
    #[arg(long)]
    no_welcome: bool,
}

impl Pairing {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        match self {
            Self::Open(open) => open.run(world, json).await,
            Self::List { state, limit } => list(world, *state, *limit, json).await,
            Self::Show { pairing } => show(world, *pairing, json).await,
            Self::Pause { pairing } => step(world, *pairing, PairingEvent::Pause, json).await,
            Self::Resume { pairing } => step(world, *pairing, PairingEvent::Resume, json).await,
            Self::Extend { pairing, until } => life::extend(world, *pairing, *until, json).await,
            Self::Wishes(wish) => wish.run(world, json).await,
            Self::Cap { pairing, minutes, reason } => cap(world, *pairing, *minutes, reason, json).await,
            Self::Close { pairing, no_notice } => life::close(world, *pairing, !no_notice, json).await,
            Self::Import { file, no_welcome } => import::run(world, file, !no_welcome, json).await,
        }
    }
}

/// A pairing's own weekly limit, or none.
#[derive(Debug, Clone, Copy)]
pub struct CapMinutes(Option<Minutes>);

impl std::str::FromStr for CapMinutes {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse::<u16>() {
            _ if text == "programme" => Ok(Self(None)),
            Ok(minutes) if minutes <= 10_080 => Ok(Self(Some(Minutes::whole(i64::from(minutes))))),
            _ => Err("write whole minutes a week, such as 90, or `programme`"),
        }
    }
}

async fn cap(
    world: &World,
    pairing: PairingId,
    CapMinutes(cap): CapMinutes,
    reason: &str,
    json: bool,
) -> Result<(), Failure> {
    if reason.trim().is_empty() {
        return Err(Failure::new(Exit::Usage, "a limit of its own needs a reason", "Give it with --reason."));
    }
    let sealed = |row: i64| world.routing.records.seal(Place { column: "audit.note", row }, reason.as_bytes());
    let note = Sealed::from_sealed_octets(sealed(pairing.stored())?);
    world.store.pairing_cap(pairing, cap, note, (world.now(), Actor::Coordinator)).await?;
    show(world, pairing, json).await
}

impl Open {
    async fn run(&self, world: &World, as_json: bool) -> Result<(), Failure> {
        world.known_programme(&self.programme)?;
        let (volunteer, alias) = world.volunteer(&self.volunteer).await?;
        let volunteer_alias = open_alias(&world.routing.records, alias.alias.id, &alias.alias.sealed)?;
        let form = Application {
            name: self.seeker_name.clone(),
            known_as: self.known_as.clone(),
            addresses: self.seeker_address.clone(),
            phones: self.seeker_phone.clone(),
            other: self.seeker_other.clone(),
            language: self.language.unwrap_or(world.language),
            wishes: Wishes { discreet: self.discreet, safe_hours: self.safe_hours.map(|hours| hours.to_string()) },
        };
        let enroller = world.enroller();
        let new = enroller.person("seeker", &form)?;
        let known = world.seeker_with(&self.seeker_address).await?;
        if known.is_some() && !form.wishes.is_empty() {
            let happened = "this seeker is enrolled already, and her wishes with her";
            return Err(Failure::data(happened, "Open the pairing without them; then use `brevbro pairing wishes`."));
        }
        let seeker_alias = enroller.random_alias("seeker", &self.known_as)?;
        let id = PairingId::from_random(chance::bits());
        let life = life::Life::of(world.programmes()?.of(&self.programme), world.now());
        let mut opening = Opening { look_at: life.look_at, ..Opening::default() };
        if !self.no_welcome {
            let seeker = match known {
                Some(seeker) => world.party(seeker, seeker_alias.address.clone()).await?,
                None => world.new_party(&new, seeker_alias.address.clone())?,
            };
            let volunteer = world.party(volunteer.id, volunteer_alias.clone()).await?;
            opening = world.house()?.opening((id, &self.programme), [seeker, volunteer], life.look_at)?;
        }
        let pairing = NewPairing {
            id,
            programme: self.programme.clone(),
            volunteer: volunteer.id,
            seeker: known.map_or(SeekerOf::New(new), SeekerOf::Existing),
            seeker_alias: seeker_alias.new,
            begins: true,
            planned_end: life.ends.planned,
            hard_end: life.ends.hard,
        };
        world.store.pairing_open_with(pairing, opening, world.now(), Actor::Admin).await?;
        report(id, &volunteer_alias, &seeker_alias.address, as_json)
    }
}

fn report(id: PairingId, volunteer: &EmailAddr, seeker: &EmailAddr, as_json: bool) -> Result<(), Failure> {
    let (volunteer, seeker) = (volunteer.on_wire(), seeker.on_wire());
    if as_json {
        return output::json(&json!({"pairing": id.to_string(), "volunteer_alias": volunteer, "seeker_alias": seeker}));
    }
    output::text(&format!("pairing {id}\nthe seeker writes to     {volunteer}\nthe volunteer writes to  {seeker}\n"))
}

impl World {
    /// Refuses a programme that the configuration does not know.
    pub fn known_programme(&self, name: &str) -> Result<(), Failure> {
        if self.config.programme.contains_key(name) {
            return Ok(());
        }
        let known: Vec<&str> = self.config.programme.keys().map(String::as_str).collect();
        let advice = format!("Add [programme.{name}] to the configuration, or use one of: {}.", known.join(", "));
        Err(Failure::data(format!("there is no programme `{name}`"), advice))
    }

    async fn seeker_with(&self, addresses: &[String]) -> Result<Option<brevbro_core::id::PersonId>, Failure> {
        for address in addresses.iter().filter_map(|a| EmailAddr::parse(a.trim()).ok()) {
            let people = self.store.person_by_address(&self.index.mailbox(&address)).await?;
            if let Some(seeker) = people.iter().find(|p| p.side == Side::Seeker) {
                return Ok(Some(seeker.id));
            }
        }
        Ok(None)
    }
}

async fn list(world: &World, state: Option<PairingState>, limit: u32, as_json: bool) -> Result<(), Failure> {
    let rows = world.store.pairings(PairingFilter { state, ..PairingFilter::default() }, limit).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in &rows {
        views.push(view(world, row).await?);
    }
    if as_json {
        return output::json(&json!({"pairings": views}));
    }
    let cell = |row: &Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let keys = ["pairing", "programme", "state", "seeker", "seeker_alias", "volunteer", "volunteer_alias"];
    let cells: Vec<_> = views.iter().map(|r| keys.map(|k| cell(r, k)).to_vec()).collect();
    output::table(&["pairing", "programme", "state", "seeker", "seeker alias", "volunteer", "volunteer alias"], &cells)
}

async fn show(world: &World, pairing: PairingId, as_json: bool) -> Result<(), Failure> {
    let missing = || Failure::data("there is no such pairing", "`brevbro pairing list` shows the numbers.");
    let row = world.store.pairing(pairing).await?.ok_or_else(missing)?;
    let view = view(world, &row).await?;
    if as_json {
        return output::json(&view);
    }
    let line = |(key, value): (&String, &Value)| format!("{key}: {}\n", value.as_str().unwrap_or("-"));
    output::text(&view.as_object().into_iter().flatten().map(line).collect::<String>())
}

/// Pseudonyms and aliases; names and mailboxes stay sealed.
async fn view(world: &World, row: &PairingRow) -> Result<Value, Failure> {
    let missing = || Failure::data("the people of this pairing are erased", "Only its dates and minutes are left.");
    let sealed = world.store.pairing_routing(row.id).await?.ok_or_else(missing)?;
    let records = &world.routing.records;
    let known_as = |side| {
        let routing = sealed.of(side);
        PersonRecord::open(records, routing.person, &routing.sealed).map(|r| r.known_as)
    };
    Ok(json!({
        "pairing": row.id.to_string(),
        "programme": row.programme,
        "state": row.state.word(),
        "seeker": known_as(Side::Seeker)?,
        "seeker_alias": open_alias(records, sealed.seeker_alias.id, &sealed.seeker_alias.sealed)?.on_wire(),
        "volunteer": known_as(Side::Volunteer)?,
        "volunteer_alias": open_alias(records, sealed.volunteer_alias.id, &sealed.volunteer_alias.sealed)?.on_wire(),
        "began_at": row.began_at.map(|at| at.to_jiff().to_string()),
        "planned_end": row.planned_end.map(|at| at.to_jiff().to_string()),
        "hard_end": row.hard_end.map(|at| at.to_jiff().to_string()),
    }))
}

async fn step(world: &World, pairing: PairingId, event: PairingEvent, as_json: bool) -> Result<(), Failure> {
    let state = world.store.pairing_move(pairing, event, world.now(), Actor::Admin).await?;
    if as_json {
        output::json(&json!({"state": state.word()}))
    } else {
        output::text(&format!("The pairing is {}.\n", state.word()))
    }
}
