//! `brevbro queue`: the spool by state, never its content.

use super::{Failure, World, output};
use crate::keys::Place;
use brevbro_core::id::LetterId;
use brevbro_core::seal::Sealed;
use brevbro_core::spool::SpoolState;
use brevbro_store::{Actor, SpoolRow};
use clap::Subcommand;
use serde_json::{Value, json};

/// Acts on the spool.
#[derive(Subcommand)]
pub enum Queue {
    /// List letters and notices.
    List {
        /// Only those in one state: queued, claimed, held, quarantined, delivered, failed or discarded.
        #[arg(long, value_name = "STATE")]
        state: Option<SpoolState>,
        /// At most so many.
        #[arg(long, default_value_t = 500, value_name = "N")]
        limit: u32,
    },
    /// Show one.
    Show {
        /// Its number.
        letter: LetterId,
    },
    /// Try a queued letter now.
    Retry {
        /// Its number.
        letter: LetterId,
    },
    /// Let a held or quarantined letter go.
    Release {
        /// Its number.
        letter: LetterId,
        /// Why; kept sealed.
        #[arg(long, value_name = "T")]
        reason: Option<String>,
    },
    /// Decide that a letter is not to be sent, and erase it.
    Discard {
        /// Its number.
        letter: LetterId,
        /// Why; kept sealed.
        #[arg(long, value_name = "T")]
        reason: Option<String>,
    },
}

impl Queue {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        let (store, now, by) = (&world.store, world.now(), Actor::Admin);
        match self {
            Self::List { state, limit } => return list(&store.queue_list(*state, *limit).await?, json),
            Self::Show { letter } => {
                let missing = || Failure::data("there is no such letter", "`brevbro queue list` shows the numbers.");
                return show(&store.letter(*letter).await?.ok_or_else(missing)?, json);
            }
            Self::Retry { letter } => store.retry(*letter, now, by).await?,
            Self::Release { letter, reason } => {
                let note = sealed(world, *letter, reason.as_deref())?;
                store.release_because(*letter, note, now, Actor::Coordinator).await?;
            }
            Self::Discard { letter, reason } => {
                let note = sealed(world, *letter, reason.as_deref())?;
                store.discard_because(*letter, note, now, Actor::Coordinator).await?;
            }
        }
        if json { output::json(&json!({"done": true})) } else { output::text("Done.\n") }
    }
}

/// A reason, readable only for people who look at the audit with the key.
fn sealed(world: &World, letter: LetterId, reason: Option<&str>) -> Result<Option<Sealed>, Failure> {
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else { return Ok(None) };
    let place = Place { column: "audit.note", row: letter.stored() };
    Ok(Some(Sealed::from_sealed_octets(world.routing.records.seal(place, reason.as_bytes())?)))
}

fn list(rows: &[SpoolRow], as_json: bool) -> Result<(), Failure> {
    if as_json {
        return output::json(&json!({"letters": rows.iter().map(view).collect::<Vec<_>>()}));
    }
    let cells = rows.iter().map(|row| {
        let pairing = row.pairing.map_or_else(|| "-".to_owned(), |p| p.to_string());
        let due = row.due_at.map_or_else(|| "-".to_owned(), |at| at.to_jiff().to_string());
        let reason = row.reason.clone().unwrap_or_else(|| "-".to_owned());
        vec![
            row.id.to_string(),
            row.kind.word().to_owned(),
            row.state.word().to_owned(),
            reason,
            pairing,
            row.attempts.to_string(),
            due,
        ]
    });
    output::table(&["letter", "kind", "state", "reason", "pairing", "attempts", "due"], &cells.collect::<Vec<_>>())
}

fn show(row: &SpoolRow, as_json: bool) -> Result<(), Failure> {
    if as_json { output::json(&view(row)) } else { list(std::slice::from_ref(row), false) }
}

fn view(row: &SpoolRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "kind": row.kind.word(),
        "state": row.state.word(),
        "reason": row.reason,
        "pairing": row.pairing.map(|p| p.to_string()),
        "author": row.author_side.map(brevbro_core::party::Side::word),
        "notice": row.notice_name,
        "attempts": row.attempts,
        "size": row.size,
        "created_at": row.created_at.to_jiff().to_string(),
        "due_at": row.due_at.map(|at| at.to_jiff().to_string()),
    })
}
