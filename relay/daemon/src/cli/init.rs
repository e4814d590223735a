//! `brevbro init`: a commented configuration, keys and the database; never overwrites.

use super::world::open_options;
use super::{Exit, Failure, output};
use crate::config::Config;
use crate::keys::{ArchiveIdentity, COORDINATORS, KeyFolder, RECOVERY, RECOVERY_IDENTITY};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_store::Store;
use clap::Args;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where to, and for which domain.
#[derive(Args)]
pub struct Init {
    /// The domain of every alias.
    #[arg(long, value_name = "D")]
    domain: String,
    /// The organisation's name, for staff.
    #[arg(long, default_value = "", value_name = "N")]
    name: String,
    /// A mailbox outside the domain that a human reads.
    #[arg(long, value_name = "ADDRESS")]
    contact: Option<String>,
    /// The folder to set up.
    #[arg(long, default_value = ".", value_name = "DIR")]
    dir: PathBuf,
    /// The store: sqlite:FILE or postgres://…
    #[arg(long, default_value = "sqlite:brevbro.db", value_name = "URL")]
    store: String,
}

impl Init {
    /// Sets up a folder.
    pub async fn run(&self, json: bool) -> Result<(), Failure> {
        let domain = Domain::parse(&self.domain).map_err(|_| {
            Failure::new(Exit::Usage, "the domain is not a domain name", "Write it like relay.example.org.")
        })?;
        if let Some(contact) = &self.contact {
            let advice = "Write it like coordinator@example.org.";
            EmailAddr::parse(contact)
                .map_err(|e| Failure::new(Exit::Usage, format!("the contact is not an address: {e}"), advice))?;
        }
        set_up(&self.dir, &self.text(&domain)).await?;
        let file = self.dir.join("brevbro.toml");
        self.report(&file, json)
    }

    fn report(&self, file: &Path, json: bool) -> Result<(), Failure> {
        if json {
            return output::json(&serde_json::json!({
                "config": file,
                "keys": self.dir.join("keys"),
                "recovery": self.dir.join(RECOVERY_IDENTITY),
            }));
        }
        output::text(&format!(
            "Wrote {}, the keys and the database.\n\
             Next: look through the file, then\n  brevbro --config {} doctor --dns\n  brevbro --config {} serve\n\
             Keep a copy of the keys folder in a safe place: without it nothing stored can be opened.\n\n\
             {} opens every letter that is kept for coordinators.\n\
             MOVE IT OFF THIS MACHINE now, into a safe; the house works without it.\n",
            file.display(),
            file.display(),
            file.display(),
            self.dir.join(RECOVERY_IDENTITY).display(),
        ))
    }

    fn text(&self, domain: &Domain) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let contact = match &self.contact {
            Some(address) => format!("contact = {}", quoted(address)),
            None => "# contact = \"coordinator@example.org\"".to_owned(),
        };
        TEMPLATE
            .replace("{domain}", &quoted(domain.ascii()))
            .replace("{name}", &quoted(&self.name))
            .replace("{contact}", &contact)
            .replace("{store}", &quoted(&self.store))
    }
}

/// Writes a configuration, makes keys and the database. Touches nothing that is already there.
pub async fn set_up(folder: &Path, text: &str) -> Result<Config, Failure> {
    fs::create_dir_all(folder)?;
    let file = folder.join("brevbro.toml");
    refuse_to_overwrite(&file)?;
    let config = Config::parse(text, folder.to_owned())?;
    let keys = KeyFolder::at(config.path(&config.keys.directory));
    refuse_to_overwrite(&keys.path("index.key"))?;
    make_private(&config)?;
    // The database first: a store that cannot be reached must not leave half a house behind.
    let store = Store::open(&config.store_url()?, open_options(&config)).await?;
    store.close().await?;
    keys.create()?;
    create_recovery(folder, &keys)?;
    crate::signing::create_keys(&keys)?;
    write_new(&file, text)?;
    Ok(config)
}

/// The key for the day on which no coordinator's opens any more. Its public half stays; the key itself is to leave.
fn create_recovery(folder: &Path, keys: &KeyFolder) -> Result<(), Failure> {
    let identity = ArchiveIdentity::generate();
    fs::create_dir(keys.path(COORDINATORS))?;
    keys.write_new(RECOVERY, format!("{}\n", identity.public_text()).as_bytes())?;
    Ok(KeyFolder::at(folder).write_new(RECOVERY_IDENTITY, identity.file().as_bytes())?)
}

const TEMPLATE: &str = r#"# Brevbro. Every key, its default and its reason: `brevbro config-reference`.

[organisation]
name = {name}
domain = {domain}
# sv, nb, da or en, for people who have named no language.
language = "sv"
time_zone = "Europe/Stockholm"
# A mailbox outside the domain that a human reads: postmaster, abuse, desk and items.
{contact}

[store]
# One machine: sqlite:FILE. Several: postgres://… (with a password: url_file).
url = {store}

[smtp]
# Behind a front MTA: a loopback port. As the MX: "0.0.0.0:25" and "[::]:25".
listen = ["127.0.0.1:2525"]
# hostname = "mx.relay.example.org"
# tls_cert = "fullchain.pem"
# tls_key = "privkey.pem"
# Front MTAs whose Authentication-Results are believed:
# trusted_networks = ["127.0.0.0/8"]

[delivery]
# "smarthost" or "direct".
mode = "smarthost"
smarthost = "127.0.0.1:25"
# "starttls" or "implicit" (certificate checked); "none" for a smarthost on this machine.
tls = "starttls"
# username = "relay"
# password_file = "smarthost.password"

[keys]
directory = "keys"

[admin]
listen = "127.0.0.1:8080"

[programme.chattsyster]
name = "Chattsyster"
"#;

/// A database file that only its owner reads, before anything is written into it.
fn make_private(config: &Config) -> Result<(), Failure> {
    let url = config.store_url()?;
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(()) };
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
}

fn refuse_to_overwrite(path: &Path) -> Result<(), Failure> {
    if !path.exists() {
        return Ok(());
    }
    let happened = format!("{} exists already", path.display());
    Err(Failure::new(Exit::Forbidden, happened, "Choose another folder with --dir; nothing was changed."))
}

fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    // It may name hosts and log-ins: nobody else's business.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}
