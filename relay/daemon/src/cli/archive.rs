//! `brevbro archive`: letters kept for coordinators, opened with a coordinator's own key.

mod key;
mod passphrase;

use key::Key;

use super::{Exit, Failure, World, output};
use crate::keys::ArchiveIdentity;
use brevbro_core::address::EmailAddr;
use brevbro_core::id::{LetterId, PairingId};
use brevbro_core::time::Moment;
use brevbro_store::{Actor, KeptRow, PairingFilter};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// Acts on kept letters.
#[derive(Subcommand)]
pub enum Archive {
    /// List what is kept, newest first, without a word of it.
    List {
        /// Only those of a pairing: its number, or an alias of one of the two.
        #[arg(long, value_name = "ALIAS")]
        pairing: Option<String>,
    },
    /// Print a kept letter as the other side got it. Writes down that it was read.
    Open(Open),
    /// A coordinator's own key.
    #[command(subcommand)]
    Key(Key),
}

/// A letter to be opened.
#[derive(Args)]
pub struct Open {
    /// Its number.
    letter: LetterId,
    /// The file of the coordinator's own key, or of the recovery key.
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// A file with the passphrase; without one it is asked for.
    #[arg(long, value_name = "F")]
    passphrase_file: Option<PathBuf>,
}

impl Archive {
    /// Runs the act.
    pub async fn run(&self, world: &World, json: bool) -> Result<(), Failure> {
        match self {
            Self::List { pairing } => list(world, pairing.as_deref(), json).await,
            Self::Open(open) => open.run(world, json).await,
            Self::Key(key) => key.run(json),
        }
    }
}

impl Open {
    async fn run(&self, world: &World, as_json: bool) -> Result<(), Failure> {
        let missing = || {
            Failure::data(
                "no letter of that number is kept",
                "`brevbro archive list` shows what is; a letter whose time is over is gone.",
            )
        };
        let sealed = world.store.kept_letter(self.letter, world.now()).await?.ok_or_else(missing)?;
        let identity = self.identity()?;
        let plain = identity.open(&sealed).map_err(|_| {
            let advice = "Use the key of a coordinator who had one when the letter was written, or the recovery key.";
            Failure::new(Exit::Forbidden, "this key does not open that letter", advice)
        })?;
        // Before a word is shown: a reading that cannot be written down does not happen (P8).
        world.store.kept_letter_read(self.letter, world.now(), Actor::Coordinator).await?;
        let text = String::from_utf8_lossy(&plain);
        if as_json {
            return output::json(&json!({"letter": self.letter.to_string(), "text": text}));
        }
        output::text(&format!("{}\n", text.trim_end()))
    }

    fn identity(&self) -> Result<ArchiveIdentity, Failure> {
        let unreadable = |error| {
            let happened = format!("{} cannot be read: {error}", self.identity.display());
            Failure::data(happened, "Name the file that `brevbro archive key new` wrote.")
        };
        let file = zeroize::Zeroizing::new(std::fs::read(&self.identity).map_err(unreadable)?);
        if !ArchiveIdentity::is_locked(&file) {
            let advice = "Name the file that `brevbro archive key new` wrote, or that of the recovery key.";
            return ArchiveIdentity::parse(&file).map_err(|_| Failure::data("the file does not hold a key", advice));
        }
        let passphrase = passphrase::known(self.passphrase_file.as_deref())?;
        ArchiveIdentity::unlock(&file, &passphrase).map_err(|_| {
            let advice = "Try again with the passphrase it was made with; nobody can reset it.";
            Failure::new(Exit::Forbidden, "this passphrase does not open that key", advice)
        })
    }
}

async fn list(world: &World, of: Option<&str>, as_json: bool) -> Result<(), Failure> {
    let now = world.now();
    let rows = match of {
        None => world.store.kept_letters(None, now).await?,
        Some(of) => {
            let mut rows = Vec::new();
            for pairing in pairings(world, of).await? {
                rows.extend(world.store.kept_letters(Some(pairing), now).await?);
            }
            rows
        }
    };
    let zone = world.config.zone()?;
    let day = |moment: Moment| moment.date_in(&zone).to_string();
    if as_json {
        let view = |row: &KeptRow| {
            json!({
                "letter": row.letter.to_string(),
                "pairing": row.pairing.to_string(),
                "day": day(row.kept_at),
                "side": row.side.word(),
                "why": row.why.word(),
                "expires": row.expires_at.map(day),
            })
        };
        return output::json(&json!({"letters": rows.iter().map(view).collect::<Vec<_>>()}));
    }
    let cells = rows.iter().map(|row| {
        let expires = row.expires_at.map_or_else(|| "when answered".to_owned(), day);
        vec![row.letter.to_string(), day(row.kept_at), row.side.word().into(), row.why.word().into(), expires]
    });
    output::table(&["letter", "day", "side", "why", "expires"], &cells.collect::<Vec<_>>())
}

/// The pairings that a number or an alias stands for.
async fn pairings(world: &World, of: &str) -> Result<Vec<PairingId>, Failure> {
    if let Ok(number) = of.parse() {
        return Ok(vec![number]);
    }
    let address = if of.contains('@') { EmailAddr::parse(of) } else { EmailAddr::at(of, &world.domain) };
    let address = address.map_err(|error| {
        Failure::new(Exit::Usage, format!("that is neither a number nor an alias: {error}"), "Write it like frida.")
    })?;
    let unknown = || Failure::data("nobody has that alias", "`brevbro pairing list` shows the pairings.");
    let alias = world.store.alias_by_digest(&world.index.alias(&address)).await?.ok_or_else(unknown)?;
    if let Some(pairing) = alias.pairing {
        return Ok(vec![pairing]);
    }
    let filter = PairingFilter { person: Some(alias.person), ..PairingFilter::default() };
    Ok(world.store.pairings(filter, u32::MAX).await?.into_iter().map(|row| row.id).collect())
}
