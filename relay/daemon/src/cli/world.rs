//! What the enrolling commands need: the configuration, the store and the keys that find and seal.

use super::Failure;
use crate::clock::{Clock, WallClock};
use crate::config::Config;
use crate::house::House;
use crate::keys::{IndexKey, KeyFolder, RoutingKey};
use crate::serve::house_on;
use brevbro_core::address::Domain;
use brevbro_core::party::Language;
use brevbro_core::time::Moment;
use brevbro_store::{OpenOptions, Store};
use std::path::Path;
use std::sync::Arc;

/// The house as the command line sees it.
pub struct World {
    /// The configuration.
    pub config: Config,
    /// The aliases' domain.
    pub domain: Domain,
    /// The house language.
    pub language: Language,
    /// The store.
    pub store: Store,
    /// Finds.
    pub index: IndexKey,
    /// Seals and opens who people are.
    pub routing: RoutingKey,
}

impl World {
    /// Opens it; migrates the database when that is due.
    pub async fn open(file: &Path) -> Result<Self, Failure> {
        let config = Config::load(file)?;
        let keys = key_folder(&config);
        let (index, routing) = (keys.index()?, keys.routing()?);
        let store = Store::open(&config.store_url()?, open_options(&config)).await?;
        Ok(Self { domain: config.domain()?, language: config.language()?, config, store, index, routing })
    }

    /// The house around this store, for acts that write letters of ours.
    pub fn house(&self) -> Result<House, Failure> {
        house_on(&self.config, self.store.clone(), Arc::new(WallClock))
    }

    /// Now.
    pub fn now(&self) -> Moment {
        WallClock.now()
    }

    /// Lets the database go. All acts are committed by now; a checkpoint that fails is made up for later.
    pub async fn close(self) {
        let _ = self.store.close().await;
    }
}

/// Where the keys lie: the service manager's credentials win.
pub fn key_folder(config: &Config) -> KeyFolder {
    match std::env::var_os("CREDENTIALS_DIRECTORY") {
        Some(folder) => KeyFolder::of_credentials(folder),
        None => KeyFolder::at(config.path(&config.keys.directory)),
    }
}

/// How the store is opened.
pub fn open_options(config: &Config) -> OpenOptions {
    OpenOptions { migrate: true, connections: config.store.connections, ..OpenOptions::default() }
}
