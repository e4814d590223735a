//! Whole documents with a canary in every place that could tell who wrote them.

use super::super::zip::Packer;
use super::super::{FileKind, Wash};
use super::*;

#[path = "tests/hostile.rs"]
mod hostile;
#[path = "tests/odf.rs"]
mod odf_documents;
#[path = "tests/sheets.rs"]
mod sheets;
#[path = "tests/slides.rs"]
mod slides;
#[path = "tests/words.rs"]
mod words_documents;

/// Knows one name and one number.
struct Names;

impl Wash for Names {
    fn wash(&self, words: &str) -> Option<String> {
        let new = words.replace("Anna Karlsson", "[namn]").replace("Anna", "[namn]").replace("0701740605", "[tel]");
        (new != words).then_some(new)
    }
}

fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut packer = Packer::default();
    for (name, content) in entries {
        if *name == "mimetype" {
            packer.store(name, content.as_bytes()).unwrap();
        } else {
            packer.pack(name, content.as_bytes()).unwrap();
        }
    }
    packer.finish().unwrap()
}

/// A list of relations: names, the last step of their types, targets; a target with a colon is outside.
pub(crate) fn relations(entries: &[(&str, &str, &str)]) -> String {
    let entry = |(id, kind, target): &(&str, &str, &str)| {
        let mode = if target.contains(':') { " TargetMode=\"External\"" } else { "" };
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
             Target=\"{target}\"{mode}/>"
        )
    };
    let inner: String = entries.iter().map(entry).collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
    )
}

fn rebuilt(octets: &[u8]) -> Rebuilt {
    rebuild(octets, &mut FileBudget::default(), &Names).unwrap()
}

/// Every entry of an archive, unpacked.
fn unpacked(octets: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut budget = FileBudget::default();
    let archive = Archive::read(octets, &mut budget).unwrap();
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    names.into_iter().map(|name| (name.clone(), archive.unpack(&name, &mut budget).unwrap().unwrap())).collect()
}

fn entry(octets: &[u8], name: &str) -> String {
    let found = unpacked(octets).into_iter().find(|(entry, _)| entry == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1).unwrap()
}

fn names(octets: &[u8]) -> Vec<String> {
    unpacked(octets).into_iter().map(|(name, _)| name).collect()
}

/// Neither the octets nor anything in them holds a canary or a known name.
fn assert_clean(octets: &[u8]) {
    let mut all = unpacked(octets);
    all.push(("the archive".to_owned(), octets.to_vec()));
    for (name, content) in all {
        for needle in ["canary", "karlsson", "anna"] {
            let text = format!("{name} {}", String::from_utf8_lossy(&content)).to_lowercase();
            let place = text.find(needle);
            let around = place.map(|at| {
                text[text.floor_char_boundary(at.saturating_sub(60))..].chars().take(120).collect::<String>()
            });
            assert_eq!(around, None, "{name}");
        }
    }
}

/// A document that has been built anew comes out the same when it is built anew again.
fn assert_settled(octets: &[u8]) {
    let again = rebuilt(octets);
    let (first, second) = (unpacked(octets), unpacked(&again.octets));
    for ((name, before), (_, after)) in first.iter().zip(&second) {
        assert_eq!(String::from_utf8_lossy(before), String::from_utf8_lossy(after), "{name}");
    }
    assert_eq!(again.octets, octets);
    assert_eq!(again.replaced, 0);
}

/// The visible words, without empty lines.
fn words_of(octets: &[u8]) -> Vec<String> {
    let text = text(octets, &mut FileBudget::default()).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}
