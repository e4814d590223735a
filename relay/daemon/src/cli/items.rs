//! `brevbro item`: matters that wait for a human.

mod show;

use super::{Failure, World, output};
use brevbro_core::escalation::ItemEvent;
use brevbro_core::id::ItemId;
use brevbro_core::time::Moment;
use brevbro_store::{Actor, ItemRow};
use clap::Subcommand;
use serde_json::{Value, json};

/// Acts on items.
#[derive(Subcommand)]
pub enum Item {
    /// List what is open, soonest due first.
    List {
        /// Also what is resolved.
        #[arg(long)]
        all: bool,
    },
    /// Show it, with what the rules for danger saw and why; never a word of the letter.
    Show {
        /// Its number.
        item: ItemId,
    },
    /// Show what has happened to it.
    History {
        /// Its number.
        item: ItemId,
    },
    /// Say that somebody is on it.
    See {
        /// Its number.
        item: ItemId,
    },
    /// Say that it is answered.
    Resolve {
        /// Its number.
        item: ItemId,
    },
}

impl Item {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        let (item, event) = match self {
            Self::List { all } => return list(&world.store.items(!all).await?, json),
            Self::Show { item } => return show::run(world, *item, json).await,
            Self::History { item } => return history(world, *item, json).await,
            Self::See { item } => (item, ItemEvent::See),
            Self::Resolve { item } => (item, ItemEvent::Resolve),
        };
        world.store.item_move(*item, event, world.now(), Actor::Coordinator).await?;
        if json { output::json(&json!({"done": true})) } else { output::text("Done.\n") }
    }
}

async fn history(world: &World, item: ItemId, as_json: bool) -> Result<(), Failure> {
    let rows = world.store.item_history(item).await?;
    if as_json {
        let line = |(at, what, by): &(_, String, String)| json!({"at": moment(*at), "what": what, "by": by});
        return output::json(&json!({"history": rows.iter().map(line).collect::<Vec<_>>()}));
    }
    let cells = rows.into_iter().map(|(at, what, by)| vec![moment(at), what, by]);
    output::table(&["when", "what", "by"], &cells.collect::<Vec<_>>())
}

fn moment(at: Moment) -> String {
    at.to_jiff().to_string()
}

fn list(rows: &[ItemRow], as_json: bool) -> Result<(), Failure> {
    if as_json {
        return output::json(&json!({"items": rows.iter().map(view).collect::<Vec<_>>()}));
    }
    let cells = rows.iter().map(|row| {
        let letter = row.letter.map_or_else(|| "-".to_owned(), |l| l.to_string());
        let due = row.due_at.to_jiff().to_string();
        vec![
            row.id.to_string(),
            row.kind.word().into(),
            row.severity.word().into(),
            row.state.word().into(),
            letter,
            due,
        ]
    });
    output::table(&["item", "kind", "severity", "state", "letter", "due"], &cells.collect::<Vec<_>>())
}

fn view(row: &ItemRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "kind": row.kind.word(),
        "severity": row.severity.word(),
        "state": row.state.word(),
        "pairing": row.pairing.map(|p| p.to_string()),
        "letter": row.letter.map(|l| l.to_string()),
        "raised_at": row.raised_at.to_jiff().to_string(),
        "due_at": row.due_at.to_jiff().to_string(),
    })
}
