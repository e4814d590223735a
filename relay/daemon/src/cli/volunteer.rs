//! `brevbro volunteer`: who volunteers, and under which alias.

use super::{Exit, Failure, World, output};
use crate::enrol::{Application, CannotEnrol, Chosen, Enroller};
use crate::record::{PersonRecord, open_alias};
use brevbro_core::address::EmailAddr;
use brevbro_core::party::{Language, Side};
use brevbro_store::{Actor, AliasRow, AliasState, PersonRow, PersonState, StoreError};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

/// Acts on volunteers.
#[derive(Subcommand)]
pub enum Volunteer {
    /// Enrol a volunteer; prints the alias.
    Add(Add),
    /// List volunteers by alias and pseudonym.
    List,
    /// Show one.
    Show {
        /// The alias.
        alias: String,
    },
    /// Pause: no new pairings; letters still arrive.
    Pause {
        /// The alias.
        alias: String,
    },
    /// End a pause.
    Resume {
        /// The alias.
        alias: String,
    },
    /// Retire: the alias is never given to anybody else.
    Retire {
        /// The alias.
        alias: String,
    },
}

/// A new volunteer.
#[derive(Args)]
pub struct Add {
    /// The real name, to be taken out of letters.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The only name seekers see.
    #[arg(long, value_name = "NAME")]
    known_as: String,
    /// The volunteer's own mailbox; again for further ones.
    #[arg(long, required = true, value_name = "ADDRESS")]
    address: Vec<String>,
    /// A telephone number, to be taken out of letters.
    #[arg(long, value_name = "NUMBER")]
    phone: Vec<String>,
    /// Anything else that identifies: a street, an employer.
    #[arg(long, value_name = "TEXT")]
    other: Vec<String>,
    /// sv, nb, da or en.
    #[arg(long)]
    language: Option<Language>,
    /// The alias, when the pseudonym itself is not to be it.
    #[arg(long)]
    alias: Option<String>,
}

impl Volunteer {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        match self {
            Self::Add(add) => add.run(world, json).await,
            Self::List => list(world, json).await,
            Self::Show { alias } => show(world, alias, json).await,
            Self::Pause { alias } => change(world, alias, PersonState::Paused, json).await,
            Self::Resume { alias } => change(world, alias, PersonState::Active, json).await,
            Self::Retire { alias } => change(world, alias, PersonState::Retired, json).await,
        }
    }
}

impl Add {
    async fn run(&self, world: &World, as_json: bool) -> Result<(), Failure> {
        let form = Application {
            name: Some(self.name.clone()),
            known_as: self.known_as.clone(),
            addresses: self.address.clone(),
            phones: self.phone.clone(),
            other: self.other.clone(),
            language: self.language.unwrap_or(world.language),
            ..Application::default()
        };
        let enroller = world.enroller();
        let alias = self.enrol(world, &enroller, &form).await?;
        let address = alias.on_wire();
        if as_json { output::json(&json!({"alias": address})) } else { output::text(&format!("{address}\n")) }
    }

    /// The pseudonym itself makes the alias unless somebody has it; then chance helps.
    async fn enrol(&self, world: &World, enroller: &Enroller<'_>, form: &Application) -> Result<EmailAddr, Failure> {
        let chosen = match &self.alias {
            Some(text) => enroller.given_alias("volunteer", text)?,
            None => enroller
                .plain_alias("volunteer", &self.known_as)
                .or_else(|_| enroller.random_alias("volunteer", &self.known_as))?,
        };
        match add(world, enroller, form, &chosen).await {
            Err(AddError::Store(StoreError::AliasTaken)) if self.alias.is_none() => {
                let chosen = enroller.random_alias("volunteer", &self.known_as)?;
                add(world, enroller, form, &chosen).await?;
                Ok(chosen.address)
            }
            outcome => outcome.map(|()| chosen.address).map_err(Failure::from),
        }
    }
}

enum AddError {
    Store(StoreError),
    Enrol(CannotEnrol),
}

impl From<AddError> for Failure {
    fn from(error: AddError) -> Self {
        match error {
            AddError::Store(error) => error.into(),
            AddError::Enrol(error) => error.into(),
        }
    }
}

async fn add(world: &World, enroller: &Enroller<'_>, form: &Application, alias: &Chosen) -> Result<(), AddError> {
    let person = enroller.person("volunteer", form).map_err(AddError::Enrol)?;
    world.store.volunteer_add(person, alias.new.clone(), world.now(), Actor::Admin).await.map_err(AddError::Store)
}

impl From<CannotEnrol> for Failure {
    fn from(error: CannotEnrol) -> Self {
        Self::data(error.to_string(), "Correct it and try again; nothing was changed.")
    }
}

impl World {
    /// Enrols with this house's keys.
    pub fn enroller(&self) -> Enroller<'_> {
        Enroller { index: &self.index, routing: &self.routing, domain: &self.domain }
    }

    /// The volunteer behind an alias.
    pub async fn volunteer(&self, alias: &str) -> Result<(PersonRow, AliasRow), Failure> {
        let unknown = || Failure::data("there is no volunteer with that alias", "`brevbro volunteer list` shows them.");
        let text = alias.trim();
        let address = if text.contains('@') { EmailAddr::parse(text) } else { EmailAddr::at(text, &self.domain) };
        let address = address.map_err(|e| {
            Failure::new(Exit::Usage, format!("the alias is not an address: {e}"), "Write it like frida.")
        })?;
        let row = self.store.alias_by_digest(&self.index.alias(&address)).await?;
        let row = row.filter(|r| r.side == Side::Volunteer).ok_or_else(unknown)?;
        let person = self.store.person(row.person).await?.ok_or_else(unknown)?;
        Ok((person, row))
    }
}

async fn list(world: &World, as_json: bool) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for person in world.store.persons(Side::Volunteer).await? {
        let aliases = world.store.aliases(person.id).await?;
        let alias = aliases.iter().find(|a| a.state == AliasState::Active).or(aliases.last());
        rows.push(view(world, &person, alias)?);
    }
    if as_json {
        return output::json(&json!({"volunteers": rows}));
    }
    let cell = |row: &Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let cells: Vec<_> =
        rows.iter().map(|r| ["alias", "known_as", "state", "language"].map(|k| cell(r, k)).to_vec()).collect();
    output::table(&["alias", "known as", "state", "language"], &cells)
}

async fn show(world: &World, alias: &str, as_json: bool) -> Result<(), Failure> {
    let (person, row) = world.volunteer(alias).await?;
    let view = view(world, &person, Some(&row))?;
    if as_json {
        return output::json(&view);
    }
    let lines = ["alias", "known_as", "state", "language", "person"]
        .map(|k| format!("{k}: {}\n", view[k].as_str().unwrap_or("-")));
    output::text(&lines.concat())
}

/// What may be shown of a volunteer: the alias and the pseudonym. Real names and mailboxes stay sealed.
fn view(world: &World, person: &PersonRow, alias: Option<&AliasRow>) -> Result<Value, Failure> {
    let records = &world.routing.records;
    let known_as = match &person.routing {
        Some(sealed) => PersonRecord::open(records, person.id, sealed.octets())?.known_as,
        None => String::new(),
    };
    let alias = alias.map(|a| open_alias(records, a.alias.id, &a.alias.sealed)).transpose()?;
    Ok(json!({
        "person": person.id.to_string(),
        "alias": alias.map(|a| a.on_wire()),
        "known_as": known_as,
        "state": person.state.word(),
        "language": person.language.tag(),
    }))
}

async fn change(world: &World, alias: &str, to: PersonState, as_json: bool) -> Result<(), Failure> {
    let (person, _) = world.volunteer(alias).await?;
    world.store.person_state(person.id, to, world.now(), Actor::Admin).await?;
    if as_json {
        output::json(&json!({"state": to.word()}))
    } else {
        output::text(&format!("The volunteer is {}.\n", to.word()))
    }
}
