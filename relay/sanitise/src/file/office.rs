//! Documents of office programmes (OOXML and ODF): read for what they show, and written anew with just that.
//!
//! ```text
//! zip::Archive ─ ooxml | odf ─ xml::Tape ─ prune ─ words::wash ─ write ─▶ zip::Packer
//! ```

mod attribute;
mod book;
mod cells;
mod diff;
mod fields;
mod grammar;
mod kinds;
mod odf;
mod odf_attribute;
mod odf_prune;
mod ooxml;
mod outside;
mod picture;
mod prune;
mod relations;
mod sheet;
mod space;
mod words;
mod write;
mod xml;

use super::zip::{self, Archive};
use super::{FileBudget, Rebuilt, Unfit, Wash};

/// Whether octets are a document of an office programme, by what they hold: never by a name.
pub(crate) fn is_office(octets: &[u8]) -> bool {
    if is_compound(octets) {
        return true;
    }
    let mut budget = FileBudget::default();
    zip::is_zip(octets)
        && Archive::read(octets, &mut budget).is_ok_and(|archive| family(&archive, &mut budget).is_some())
}

/// Builds a document anew.
pub(crate) fn rebuild(octets: &[u8], budget: &mut FileBudget, wash: &dyn Wash) -> Result<Rebuilt, Unfit> {
    let (archive, family) = open(octets, budget)?;
    match family {
        Family::Ooxml => ooxml::rebuild(&archive, budget, wash),
        Family::Odf(kind) => odf::rebuild(&archive, kind, budget, wash),
    }
}

/// The visible words of a document, in order.
pub(crate) fn text(octets: &[u8], budget: &mut FileBudget) -> Result<String, Unfit> {
    let (archive, family) = open(octets, budget)?;
    match family {
        Family::Ooxml => ooxml::text(&archive, budget),
        Family::Odf(_) => odf::text(&archive, budget),
    }
}

/// How many spans of words a wash changed.
pub(crate) fn changes(old: &str, new: &str) -> usize {
    diff::changes(old, new).len()
}

/// Takes nothing: for words as they stand.
struct Unwashed;

impl Wash for Unwashed {
    fn wash(&self, _: &str) -> Option<String> {
        None
    }
}

enum Family {
    Ooxml,
    Odf(odf::Kind),
}

fn open<'a>(octets: &'a [u8], budget: &mut FileBudget) -> Result<(Archive<'a>, Family), Unfit> {
    if is_compound(octets) {
        return Err(if is_sealed(octets) { Unfit::Locked } else { Unfit::Unsupported });
    }
    let archive = Archive::read(octets, budget)?;
    let family = family(&archive, budget).ok_or(Unfit::Unsupported)?;
    Ok((archive, family))
}

fn family(archive: &Archive<'_>, budget: &mut FileBudget) -> Option<Family> {
    if archive.has("[Content_Types].xml") {
        return Some(Family::Ooxml);
    }
    let mimetype = archive.unpack("mimetype", budget).ok()??;
    odf::Kind::of(std::str::from_utf8(&mimetype).ok()?.trim()).map(Family::Odf)
}

/// The container of the old binary formats, and of OOXML that is locked with a password.
fn is_compound(octets: &[u8]) -> bool {
    octets.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

fn is_sealed(octets: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(octets, &name).is_some()
}

#[cfg(test)]
#[path = "office/tests.rs"]
pub(crate) mod tests;
