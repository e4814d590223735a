//! `brevbro ledger`: contact time of a pairing, week by week.

use super::estimate::minutes;
use super::{Exit, Failure, World, output};
use crate::chance;
use crate::clock::Clock;
use crate::keys::Place;
use brevbro_core::id::{EntryId, PairingId};
use brevbro_core::ledger::{EntryKind, Minutes};
use brevbro_core::seal::Sealed;
use brevbro_core::time::Week;
use brevbro_store::{Actor, Amount, EntryRow, NewEntry};
use clap::Subcommand;
use serde_json::json;

/// Acts on the ledger.
#[derive(Subcommand)]
pub enum Ledger {
    /// Show the entries of a week.
    Show {
        /// The pairing's number.
        pairing: PairingId,
        /// The week; this one when left out.
        #[arg(long, value_name = "2026-W47")]
        week: Option<Week>,
    },
    /// Add contact time that did not come by letter.
    Declare {
        /// The pairing's number.
        pairing: PairingId,
        /// Minutes; negative takes back.
        #[arg(long, value_name = "N", allow_negative_numbers = true)]
        minutes: i64,
        /// What it was; kept sealed.
        #[arg(long, value_name = "T")]
        note: String,
        /// The week; this one when left out.
        #[arg(long, value_name = "2026-W47")]
        week: Option<Week>,
    },
}

/// More than a week has.
const MOST_MINUTES: i64 = 7 * 24 * 60;

impl Ledger {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        match self {
            Self::Show { pairing, week } => show(world, *pairing, *week, json).await,
            Self::Declare { pairing, minutes, note, week } => {
                if minutes.abs() > MOST_MINUTES {
                    let advice = "Give minutes, such as --minutes 25.";
                    return Err(Failure::new(Exit::Usage, "that is more than a week has", advice));
                }
                declare(world, *pairing, Minutes::whole(*minutes), note, *week).await?;
                show(world, *pairing, *week, json).await
            }
        }
    }
}

async fn known(world: &World, pairing: PairingId) -> Result<(), Failure> {
    let missing = || Failure::data("there is no such pairing", "`brevbro pairing list` shows the numbers.");
    world.store.pairing(pairing).await?.map(|_| ()).ok_or_else(missing)
}

fn this_week(world: &World) -> Result<Week, Failure> {
    Ok(crate::clock::WallClock.now().week_in(&world.config.zone()?))
}

async fn show(world: &World, pairing: PairingId, week: Option<Week>, as_json: bool) -> Result<(), Failure> {
    known(world, pairing).await?;
    let week = week.map_or_else(|| this_week(world), Ok)?;
    let entries = world.store.ledger_entries(pairing, Some(week)).await?;
    let total: Minutes = entries.iter().map(|e| e.delta).sum();
    if as_json {
        let rows: Vec<_> = entries.iter().map(view).collect();
        let head = json!({"pairing": pairing.to_string(), "week": week.to_string(), "minutes": minutes(total), "entries": rows});
        return output::json(&head);
    }
    let cells = entries.iter().map(|e| {
        let side = e.author_side.map_or("-", brevbro_core::party::Side::word);
        vec![e.made_at.to_jiff().to_string(), e.kind.word().into(), side.into(), e.delta.to_string(), e.made_by.clone()]
    });
    output::table(&["when", "entry", "author", "minutes", "by"], &cells.collect::<Vec<_>>())?;
    output::text(&format!("{week}: about {} minutes\n", total.rounded()))
}

fn view(entry: &EntryRow) -> serde_json::Value {
    json!({
        "kind": entry.kind.word(),
        "minutes": minutes(entry.delta),
        "estimate": entry.estimate.map(minutes),
        "declared": entry.declared.map(minutes),
        "author": entry.author_side.map(brevbro_core::party::Side::word),
        "letter": entry.letter.map(|l| l.to_string()),
        "made_at": entry.made_at.to_jiff().to_string(),
        "made_by": entry.made_by,
    })
}

async fn declare(
    world: &World,
    pairing: PairingId,
    amount: Minutes,
    note: &str,
    week: Option<Week>,
) -> Result<(), Failure> {
    known(world, pairing).await?;
    let id = EntryId::from_random(chance::bits());
    let place = Place { column: "ledger_entry.note", row: id.stored() };
    let entry = NewEntry {
        id,
        pairing,
        week: week.map_or_else(|| this_week(world), Ok)?,
        kind: EntryKind::Declared,
        amount: Amount::Delta(amount),
        letter: None,
        author_side: None,
        made_at: world.now(),
        made_by: Actor::Coordinator,
        note: Some(Sealed::from_sealed_octets(world.routing.records.seal(place, note.as_bytes())?)),
    };
    world.store.ledger_append(entry).await?;
    Ok(())
}
