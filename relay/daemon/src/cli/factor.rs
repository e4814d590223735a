//! `brevbro volunteer factor`: a volunteer's own pace, to be seen, begun anew, or switched off by request.

use super::{Failure, World, output};
use brevbro_core::id::PersonId;
use brevbro_store::{Actor, Pace};
use clap::ValueEnum;
use serde_json::{Value, json};

/// What to do about it.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum What {
    /// Show it.
    Show,
    /// Forget the corrections so far.
    Reset,
    /// Estimate as for everybody.
    Off,
    /// Estimate at the volunteer's own pace again.
    On,
}

impl What {
    /// Does it, and shows what holds then.
    pub async fn run(self, world: &World, alias: &str, as_json: bool) -> Result<(), Failure> {
        let (person, _) = world.volunteer(alias).await?;
        let (id, now, by) = (person.id, world.now(), Actor::Coordinator);
        match self {
            Self::Show => {}
            Self::Reset => world.store.pace_reset(id, now, by).await?,
            Self::Off => world.store.pace_use(id, false, now, by).await?,
            Self::On => world.store.pace_use(id, true, now, by).await?,
        }
        let pace = view(world, id).await?;
        if as_json { output::json(&pace) } else { output::text(&in_words(&pace)) }
    }
}

/// What may be seen of a volunteer's pace.
pub(super) async fn view(world: &World, volunteer: PersonId) -> Result<Value, Failure> {
    let Pace { factor, corrections, is_off } = world.store.pace(volunteer).await?;
    let factor = f64::from(factor.percent()) / 100.0;
    Ok(json!({"factor": factor, "corrections": corrections, "off": is_off}))
}

/// The same as a line.
pub(super) fn in_words(pace: &Value) -> String {
    let switched = if pace["off"] == true { ", switched off" } else { "" };
    format!("factor: {} after {} corrections{switched}\n", pace["factor"], pace["corrections"])
}
