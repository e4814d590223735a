//! The programmes of the house, each with its rules and its calendar.

use crate::config::{Config, ConfigError};
use brevbro_core::address::EmailAddr;
use brevbro_core::calendar::Calendar;
use brevbro_core::programme::{HourRules, Programme};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A programme with its hours read.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The rules as data.
    pub programme: Programme,
    /// Its hours, in the organisation's zone.
    pub calendar: Calendar,
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rung {
    /// A mailbox.
    Mailbox(EmailAddr),
    /// A program that reaches somebody another way, such as by SMS.
    Program(PathBuf),
}

impl Rules {
    /// The steps of the ladder; empty when the organisation's contact is the only one.
    pub fn ladder(&self) -> Vec<Rung> {
        let rung = |text: &String| match text.strip_prefix("run:") {
            Some(path) => Some(Rung::Program(path.into())),
            None => EmailAddr::parse(text).ok().map(Rung::Mailbox),
        };
        self.programme.ladder.iter().filter_map(rung).collect()
    }

    /// The mailboxes among them.
    pub fn mailboxes(&self) -> impl Iterator<Item = EmailAddr> {
        self.ladder().into_iter().filter_map(|rung| match rung {
            Rung::Mailbox(address) => Some(address),
            Rung::Program(_) => None,
        })
    }
}

/// All programmes. A pairing whose programme has left the configuration runs under the default rules: its letters
/// must not stop because somebody renamed a section; `doctor` names it.
#[derive(Debug, Clone)]
pub struct Programmes {
    known: BTreeMap<String, Rules>,
    otherwise: Rules,
}

impl Programmes {
    /// Reads the hours of every programme.
    pub fn of_config(config: &Config) -> Result<Self, ConfigError> {
        let zone = config.zone()?;
        let mut known = BTreeMap::new();
        for (name, programme) in &config.programme {
            let calendar = Calendar::parse(&programme.hours, zone.clone()).map_err(|error| ConfigError::Programme {
                key: format!("programme.{name}.hours.{}", error.key),
                advice: error.advice.to_owned(),
            })?;
            known.insert(name.clone(), Rules { programme: programme.clone(), calendar });
        }
        Ok(Self { known, otherwise: defaults(&zone)? })
    }

    /// The rules of a programme.
    pub fn of(&self, name: &str) -> &Rules {
        self.known.get(name).unwrap_or(&self.otherwise)
    }

    /// Every programme of the configuration.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Rules)> {
        self.known.iter().map(|(name, rules)| (name.as_str(), rules))
    }
}

fn defaults(zone: &TimeZone) -> Result<Rules, ConfigError> {
    let calendar = Calendar::parse(&HourRules::default(), zone.clone())
        .map_err(|error| ConfigError::Programme { key: error.key.to_owned(), advice: error.advice.to_owned() })?;
    Ok(Rules { programme: Programme::default(), calendar })
}
