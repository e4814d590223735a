//! `brevbro ledger`: contact time of a pairing, week by week.

use super::estimate::minutes;
use super::{Exit, Failure, World, output};
use crate::chance;
use crate::clock::Clock;
use crate::keys::Place;
use brevbro_core::id::{EntryId, PairingId};
use brevbro_core::ledger::{EntryKind, Minutes};
use brevbro_core::month::Month;
use brevbro_core::programme::WeekRules;
use brevbro_core::seal::Sealed;
use brevbro_core::time::Week;
use brevbro_store::{Actor, Amount, EntryRow, NewEntry, PairingRow};
use clap::Subcommand;
use serde_json::{Value, json};

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
        /// The sum of a month instead, against the programme's floor.
        #[arg(long, value_name = "2026-11", conflicts_with = "week")]
        month: Option<Month>,
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
        /// What it was: chat, phone, meeting and report count to the week and to the month, supervision and training
        /// to the month alone. Without it the week's sum is put right.
        #[arg(long = "type", value_name = "TYPE", value_parser = by_hand)]
        kind: Option<EntryKind>,
        /// The week; this one when left out.
        #[arg(long, value_name = "2026-W47")]
        week: Option<Week>,
        /// A day of the week, instead of its number.
        #[arg(long, value_name = "DAY", conflicts_with = "week")]
        date: Option<jiff::civil::Date>,
    },
}

/// A kind that people enter.
fn by_hand(text: &str) -> Result<EntryKind, &'static str> {
    let kind = text.parse().ok().filter(|kind: &EntryKind| kind.is_by_hand());
    kind.ok_or("write chat, phone, meeting, supervision, training or report")
}

/// More than a week has.
const MOST_MINUTES: i64 = 7 * 24 * 60;

impl Ledger {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        match self {
            Self::Show { pairing, month: Some(month), .. } => show_month(world, *pairing, *month, json).await,
            Self::Show { pairing, week, month: None } => show(world, *pairing, *week, json).await,
            Self::Declare { pairing, minutes, note, kind, week, date } => {
                let week = week.or(date.map(Week::of));
                if minutes.abs() > MOST_MINUTES {
                    let advice = "Give minutes, such as --minutes 25.";
                    return Err(Failure::new(Exit::Usage, "that is more than a week has", advice));
                }
                let kind = kind.unwrap_or(EntryKind::Declared);
                declare(world, *pairing, (kind, Minutes::whole(*minutes)), note, week).await?;
                show(world, *pairing, week, json).await
            }
        }
    }
}

async fn known(world: &World, pairing: PairingId) -> Result<PairingRow, Failure> {
    let missing = || Failure::data("there is no such pairing", "`brevbro pairing list` shows the numbers.");
    world.store.pairing(pairing).await?.ok_or_else(missing)
}

async fn show_month(world: &World, pairing: PairingId, month: Month, as_json: bool) -> Result<(), Failure> {
    let row = known(world, pairing).await?;
    let sum = world.store.month_of_pairing(pairing, month).await?;
    let mut view = month_view(world, &row.programme, month, sum);
    if as_json {
        view["pairing"] = pairing.to_string().into();
        return output::json(&view);
    }
    output::text(&month_in_words(&view))
}

/// A month's sum beside the programme's floor, which is for people to talk about and has no consequence.
pub(super) fn month_view(world: &World, programme: &str, month: Month, sum: Minutes) -> Value {
    let rules = world.config.programme.get(programme);
    let floor = rules.map_or_else(|| WeekRules::default().monthly_floor, |rules| rules.week.monthly_floor);
    let floor = (floor > 0).then_some(floor);
    json!({"month": month.to_string(), "minutes": minutes(sum), "floor": floor})
}

/// The same as a line.
pub(super) fn month_in_words(view: &Value) -> String {
    let floor = view["floor"].as_u64().map_or_else(String::new, |floor| format!(" of at least {floor}"));
    format!(
        "{}: about {:.0} minutes{floor}\n",
        view["month"].as_str().unwrap_or("-"),
        view["minutes"].as_f64().unwrap_or(0.0)
    )
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
        let said = |minutes: Option<Minutes>| minutes.map_or_else(|| "-".to_owned(), |minutes| minutes.to_string());
        let (when, kind) = (e.made_at.to_jiff().to_string(), e.kind.word().to_owned());
        vec![when, kind, side.into(), e.delta.to_string(), said(e.estimate), said(e.declared), e.made_by.clone()]
    });
    let head = ["when", "entry", "author", "minutes", "estimate", "declared", "by"];
    output::table(&head, &cells.collect::<Vec<_>>())?;
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
    (kind, amount): (EntryKind, Minutes),
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
        kind,
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
