//! `brevbro pairing wishes`: how a seeker wants to be written to.

use super::{Failure, World, output};
use crate::discretion::Wishes;
use crate::record::PersonRecord;
use brevbro_core::id::PairingId;
use brevbro_core::safe_hours::SafeHours;
use brevbro_core::seal::Sealed;
use brevbro_store::Actor;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::str::FromStr;

/// The seeker's wishes in one pairing; they hold in all of hers.
#[derive(Args)]
pub struct Wish {
    /// The pairing's number.
    pairing: PairingId,
    /// Whether our own letters to her tell nobody where they come from.
    #[arg(long)]
    discreet: Option<Answer>,
    /// Letters reach her in these hours only, every day; `none` takes them away.
    #[arg(long, value_name = "09:00-15:00|none")]
    safe_hours: Option<Hours>,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Answer {
    Yes,
    No,
}

/// Hours, or none.
#[derive(Debug, Clone, Copy)]
struct Hours(Option<SafeHours>);

impl FromStr for Hours {
    type Err = brevbro_core::safe_hours::BadSafeHours;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "none" { Ok(Self(None)) } else { text.parse().map(|hours| Self(Some(hours))) }
    }
}

impl Wish {
    pub(super) async fn run(&self, world: &World, as_json: bool) -> Result<(), Failure> {
        let missing = || Failure::data("there is no such pairing", "`brevbro pairing list` shows the numbers.");
        let seeker = world.store.pairing_routing(self.pairing).await?.ok_or_else(missing)?.seeker;
        let records = &world.routing.records;
        let mut record = PersonRecord::open(records, seeker.person, &seeker.sealed)?;
        let before = record.wishes.clone();
        if let Some(answer) = self.discreet {
            record.wishes.discreet = answer == Answer::Yes;
        }
        if let Some(Hours(hours)) = self.safe_hours {
            record.wishes.safe_hours = hours.map(|hours| hours.to_string());
        }
        if record.wishes != before {
            let sealed = Sealed::from_sealed_octets(record.seal(records, seeker.person)?);
            let stamp = (world.now(), Actor::Admin);
            world.store.person_reseal(seeker.person, seeker.version, sealed, stamp).await?;
        }
        report(&record.wishes, as_json)
    }
}

fn report(wishes: &Wishes, as_json: bool) -> Result<(), Failure> {
    if as_json {
        return output::json(&json!({"discreet": wishes.discreet, "safe_hours": wishes.safe_hours}));
    }
    let discreet = if wishes.discreet { "yes" } else { "no" };
    let hours = wishes.safe_hours.as_deref().unwrap_or("none");
    output::text(&format!("discreet: {discreet}\nsafe hours: {hours}\n"))
}
