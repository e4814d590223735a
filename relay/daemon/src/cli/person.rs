//! `brevbro person`: everything that is held about one person, and forgetting it.

use super::estimate::minutes;
use super::{Exit, Failure, World, output};
use crate::clock::{Clock, WallClock};
use crate::record::{PersonRecord, open_alias};
use crate::serve::open_house;
use brevbro_core::address::EmailAddr;
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::time::Moment;
use brevbro_store::{Actor, EntryRow, Held, PersonRow, PersonState};
use clap::Subcommand;
use serde_json::{Value, json};
use std::sync::Arc;

/// Acts on what is held about one person.
#[derive(Subcommand)]
pub enum Person {
    /// Print everything that is held about a person, and nothing of anybody else.
    Export {
        /// The person's number, or an alias.
        #[arg(value_name = "PERSON|ALIAS")]
        person: String,
    },
    /// Forget a person: pairings end, the other side is told, and one last letter says that it is done.
    Erase {
        /// The person's number, or an alias.
        #[arg(value_name = "PERSON|ALIAS")]
        person: String,
        /// It cannot be undone.
        #[arg(long)]
        yes: bool,
    },
}

impl Person {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        match self {
            Self::Export { person } => export(world, &find(world, person).await?, json).await,
            Self::Erase { person, yes } => {
                let row = find(world, person).await?;
                if !yes {
                    let advice = "Say it again with --yes. `brevbro person export` shows what would go.";
                    return Err(Failure::new(Exit::Usage, "this forgets somebody for good", advice));
                }
                erase(world, &row, json).await
            }
        }
    }
}

async fn find(world: &World, text: &str) -> Result<PersonRow, Failure> {
    let unknown = || {
        Failure::data(
            "there is no such person",
            "Give an alias, or the number that `brevbro volunteer show` and the desk's letters name.",
        )
    };
    let text = text.trim();
    if let Ok(id) = text.parse::<PersonId>()
        && let Some(row) = world.store.person(id).await?
    {
        return Ok(row);
    }
    let address = if text.contains('@') { EmailAddr::parse(text) } else { EmailAddr::at(text, &world.domain) };
    let address = address.map_err(|_| unknown())?;
    let alias = world.store.alias_by_digest(&world.index.alias(&address)).await?.ok_or_else(unknown)?;
    world.store.person(alias.person).await?.ok_or_else(unknown)
}

async fn erase(world: &World, row: &PersonRow, as_json: bool) -> Result<(), Failure> {
    let forgotten = || Failure::data("this person has been forgotten already", "There is nothing left to erase.");
    if row.state == PersonState::Erased {
        return Err(forgotten());
    }
    let house = open_house(&world.config, Arc::new(WallClock) as Arc<dyn Clock>).await?;
    let done = house.wish_to_be_forgotten(row, None, Actor::Admin).await?;
    let _ = house.store.clone().close().await;
    match (done, as_json) {
        (false, _) => Err(forgotten()),
        (true, true) => output::json(&json!({"erased": row.id.to_string()})),
        (true, false) => output::text("Forgotten. One last letter says so; backups forget when they are put back.\n"),
    }
}

async fn export(world: &World, row: &PersonRow, as_json: bool) -> Result<(), Failure> {
    world.store.person_shown(row.id, world.now(), Actor::Admin).await?;
    let mut pairings = Vec::new();
    for id in world.store.pairings_of(row.id).await? {
        pairings.push(pairing(world, id).await?);
    }
    let held = world.store.held_about(row.id).await?;
    let mut all = person(world, row).await?;
    all["pairings"] = Value::Array(pairings);
    for (key, value) in about(&held) {
        all[key] = value;
    }
    if as_json {
        return output::json(&all);
    }
    output::text(&format!("{}\n", serde_json::to_string_pretty(&all).unwrap_or_default()))
}

/// The record and the person's own aliases.
async fn person(world: &World, row: &PersonRow) -> Result<Value, Failure> {
    let records = &world.routing.records;
    let record = match &row.routing {
        Some(sealed) => PersonRecord::open(records, row.id, sealed.octets())?,
        None => PersonRecord::default(),
    };
    let mut aliases = Vec::new();
    for alias in world.store.aliases(row.id).await? {
        let text = open_alias(records, alias.alias.id, &alias.alias.sealed).ok().map(|address| address.on_wire());
        aliases.push(json!({"alias": text, "state": alias.state.word()}));
    }
    Ok(json!({
        "person": row.id.to_string(),
        "side": row.side.word(),
        "state": row.state.word(),
        "language": row.language.tag(),
        "created_at": moment(row.created_at),
        "changed_at": moment(row.changed_at),
        "record": record,
        "aliases": aliases,
    }))
}

/// A pairing with its contact time: dates and numbers, and nothing of who is on the other side. Notes are named and not
/// shown: whoever wrote one may have written of others in it, so a person reads it first.
async fn pairing(world: &World, id: PairingId) -> Result<Value, Failure> {
    let Some(row) = world.store.pairing(id).await? else { return Ok(Value::Null) };
    let entries = world.store.ledger_entries(id, None).await?;
    Ok(json!({
        "pairing": id.to_string(),
        "programme": row.programme,
        "state": row.state.word(),
        "began_at": row.began_at.map(moment),
        "planned_end": row.planned_end.map(moment),
        "hard_end": row.hard_end.map(moment),
        "created_at": moment(row.created_at),
        "ledger": entries.iter().map(entry).collect::<Vec<_>>(),
    }))
}

fn entry(entry: &EntryRow) -> Value {
    json!({
        "week": entry.week.to_string(),
        "kind": entry.kind.word(),
        "minutes": minutes(entry.delta),
        "estimate": entry.estimate.map(minutes),
        "declared": entry.declared.map(minutes),
        "author": entry.author_side.map(brevbro_core::party::Side::word),
        "made_at": moment(entry.made_at),
        "made_by": entry.made_by,
        "has_note": entry.note.is_some(),
    })
}

fn about(held: &Held) -> [(&'static str, Value); 5] {
    let items = held.items.iter().map(|item| {
        json!({
            "item": item.item.to_string(),
            "kind": item.kind,
            "severity": item.severity,
            "state": item.state,
            "pairing": item.pairing.map(|pairing| pairing.to_string()),
            "raised_at": moment(item.raised_at),
            "resolved_at": item.resolved_at.map(moment),
        })
    });
    let audit = held.audit.iter();
    let audit = audit.map(|row| json!({"at": moment(row.at), "act": row.act, "subject": row.subject, "by": row.by}));
    let letters = held.letters.iter().map(|letters| {
        let oldest = moment(letters.oldest);
        json!({"kind": letters.kind, "state": letters.state, "count": letters.count, "oldest": oldest})
    });
    let kept = held
        .kept
        .iter()
        .map(|(at, author, until)| json!({"kept_at": moment(*at), "author": author, "expires_at": until.map(moment)}));
    let corrections = held.corrections.iter().map(|row| {
        let (estimate, declared) = (minutes(row.estimate), minutes(row.declared));
        json!({"estimate": estimate, "declared": declared, "made_at": moment(row.made_at)})
    });
    [
        ("items", items.collect()),
        ("audit", audit.collect()),
        ("letters", letters.collect()),
        ("kept_letters", kept.collect()),
        ("corrections", corrections.collect()),
    ]
}

fn moment(at: Moment) -> String {
    at.to_jiff().to_string()
}
