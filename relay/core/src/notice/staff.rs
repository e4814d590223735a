//! What staff hear: a number and where to look, never a name and never what was written.

use crate::escalation::{ItemKind, Severity};
use crate::veiled;
use serde::{Serialize, Serializer};

/// See [`Notice::ItemRaised`](super::Notice::ItemRaised).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ItemRaised {
    /// The item's number.
    pub item: String,
    /// What raised it.
    #[serde(serialize_with = "kind_word")]
    pub kind: ItemKind,
    /// How soon somebody must look.
    #[serde(serialize_with = "severity_word")]
    pub severity: Severity,
    /// Its page, when the house has pages.
    pub link: Option<String>,
}

/// See [`Notice::ItemLapsed`](super::Notice::ItemLapsed).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ItemLapsed {
    /// The item's number.
    pub item: String,
    /// What raised it.
    #[serde(serialize_with = "kind_word")]
    pub kind: ItemKind,
    /// How soon somebody must look.
    #[serde(serialize_with = "severity_word")]
    pub severity: Severity,
    /// Which contact of the ladder this goes to; the first is 1.
    pub rung: u32,
    /// Its page, when the house has pages.
    pub link: Option<String>,
}

/// See [`Notice::Digest`](super::Notice::Digest).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Digest {
    /// How many items of each kind wait.
    pub counts: Vec<Count>,
    /// The page that lists them, when the house has pages.
    pub link: Option<String>,
}

/// How many items of a kind wait.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What raised them.
    #[serde(serialize_with = "kind_word")]
    pub kind: ItemKind,
    /// How many.
    pub number: usize,
}

/// See [`Notice::DeskLetter`](super::Notice::DeskLetter).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DeskLetter {
    /// `postmaster`, `abuse` or `desk`.
    pub door: &'static str,
    /// Who wrote, as the contact may know it: a pseudonym and a person's number, or what the stranger gave.
    pub from: String,
    /// The letter's text, sanitised when an enrolled person wrote.
    pub text: String,
}

veiled!(ItemRaised, ItemLapsed, Digest, Count, DeskLetter);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands every field over by reference")]
fn kind_word<S: Serializer>(kind: &ItemKind, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(kind.word())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands every field over by reference")]
fn severity_word<S: Serializer>(severity: &Severity, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(severity.word())
}
