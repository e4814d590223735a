//! `brevbro archive key new`: a coordinator's own key, made on her own machine. Needs no configuration.

use super::passphrase;
use crate::cli::{Exit, Failure, output};
use crate::keys::{ArchiveIdentity, COORDINATORS, KeyFolder};
use clap::Subcommand;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Acts on a coordinator's key.
#[derive(Subcommand)]
pub enum Key {
    /// Make a key locked with a passphrase, and print its public half for the relay.
    New {
        /// The file to write; it must not exist.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// A file with the passphrase; without one it is asked for, twice.
        #[arg(long, value_name = "F")]
        passphrase_file: Option<PathBuf>,
    },
}

impl Key {
    /// Runs the act.
    pub fn run(&self, as_json: bool) -> Result<(), Failure> {
        let Self::New { out, passphrase_file } = self;
        if out.exists() {
            let happened = format!("{} exists already", out.display());
            return Err(Failure::new(Exit::Forbidden, happened, "Choose another file; nothing was changed."));
        }
        let passphrase = passphrase::new(passphrase_file.as_deref())?;
        let identity = ArchiveIdentity::generate();
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = out.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        KeyFolder::at(folder).write_new(name, &identity.locked_file(&passphrase)?)?;
        let public = identity.public_text();
        if as_json {
            return output::json(&json!({"identity": out, "public": public}));
        }
        output::text(&format!(
            "{public}\n\nWrote {}; keep it and its passphrase to yourself, and a copy of both in a safe place.\n\
             The line above is public: put it into {COORDINATORS}/YOURNAME.pub in the relay's folder of keys. It counts for\n\
             letters that come a minute later or more; it opens none that came before.\n",
            out.display(),
        ))
    }
}
