//! Layers (8.11): which of them a reader who opens the file sees. The others are left out with what they hold.

use super::object::{Dict, Object};
use super::source::Source;
use crate::file::Unfit;
use std::collections::BTreeSet;

/// What is seen when nobody switched anything.
#[derive(Default)]
pub(super) struct Layers {
    are_off: bool,
    exceptions: BTreeSet<u32>,
}

impl Layers {
    /// From the catalogue's default configuration.
    pub(super) fn of(source: &Source<'_>, root: &Dict) -> Result<Self, Unfit> {
        let properties = source.value(root, "OCProperties")?;
        let Some(properties) = properties.as_dict() else { return Ok(Self::default()) };
        let default = source.value(properties, "D")?;
        let Some(default) = default.as_dict() else { return Ok(Self::default()) };
        let are_off = default.is("BaseState", "OFF");
        let listed = source.value(default, if are_off { "ON" } else { "OFF" })?;
        let exceptions = listed.as_array().unwrap_or_default().iter().filter_map(number).collect();
        Ok(Self { are_off, exceptions })
    }

    /// Whether what belongs to a layer, or to a rule about layers, is not seen.
    pub(super) fn hides(&self, source: &Source<'_>, layer: &Object) -> Result<bool, Unfit> {
        let held = source.resolve(layer)?;
        let Some(dict) = held.as_dict() else { return Ok(false) };
        if !dict.is("Type", "OCMD") {
            return Ok(number(layer).is_some_and(|number| self.is_off(number)));
        }
        let Some(members) = dict.get("OCGs") else { return Ok(false) };
        let held = source.resolve(members)?;
        let states: Vec<bool> = match &*held {
            Object::Array(items) => items.iter().filter_map(number).map(|number| self.is_off(number)).collect(),
            _ => number(members).map(|number| self.is_off(number)).into_iter().collect(),
        };
        if states.is_empty() {
            return Ok(false);
        }
        let is_seen = match dict.get("P").and_then(Object::as_name) {
            Some(b"AllOn") => states.iter().all(|off| !off),
            Some(b"AnyOff") => states.contains(&true),
            Some(b"AllOff") => states.iter().all(|off| *off),
            _ => states.contains(&false),
        };
        Ok(!is_seen)
    }

    fn is_off(&self, number: u32) -> bool {
        self.are_off != self.exceptions.contains(&number)
    }
}

fn number(object: &Object) -> Option<u32> {
    if let Object::Ref(number) = object { Some(*number) } else { None }
}
