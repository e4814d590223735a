//! Canaries: words that occur nowhere else, and the search for them in every form they could hide in.

pub mod shapes;

use crate::chance::Chance;
use aho_corasick::AhoCorasick;
use data_encoding::{BASE64, BASE64URL, HEXLOWER};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One word that was put somewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Canary {
    /// Where it was put, for the person who reads a failed test.
    pub place: String,
    /// The word.
    pub word: String,
}

/// A canary that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Where it had been put.
    pub put: String,
    /// The form it was found in.
    pub form: &'static str,
    /// Where it was found.
    pub found: String,
}

/// All canaries of a story.
#[derive(Debug)]
pub struct Aviary {
    chance: Chance,
    canaries: Vec<Canary>,
}

impl Aviary {
    /// Without canaries yet.
    pub fn new(chance: Chance) -> Self {
        Self { chance, canaries: Vec::new() }
    }

    /// A new word for a place.
    pub fn word(&mut self, place: &str) -> String {
        let word = self.chance.token();
        self.watch(place, &word);
        word
    }

    /// Watches for a word that exists already.
    pub fn watch(&mut self, place: &str, word: &str) {
        self.canaries.push(Canary { place: place.to_owned(), word: word.to_owned() });
    }

    /// How many words are watched for.
    pub fn len(&self) -> usize {
        self.canaries.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.canaries.is_empty()
    }

    /// A search for all words, but for those whose place `is_allowed`.
    pub fn search(&self, is_allowed: impl Fn(&str) -> bool) -> Search {
        let mut owners = Vec::new();
        let mut patterns = Vec::new();
        for canary in self.canaries.iter().filter(|canary| !is_allowed(&canary.place)) {
            for (form, pattern) in forms(&canary.word) {
                owners.push((canary.place.clone(), form));
                patterns.push(pattern);
            }
        }
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(patterns).expect("a small automaton");
        Search { automaton, owners }
    }
}

/// Looks for many words in many forms at once, whatever their case.
#[derive(Debug)]
pub struct Search {
    automaton: AhoCorasick,
    owners: Vec<(String, &'static str)>,
}

impl Search {
    /// Looks through octets: as they are, without soft line breaks, and without white space.
    pub fn octets(&self, found: &str, octets: &[u8]) -> BTreeSet<Sighting> {
        let joined = without_soft_breaks(octets);
        let dense: Vec<u8> = octets.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
        let mut seen = BTreeSet::new();
        for haystack in [octets, joined.as_slice(), dense.as_slice()] {
            for hit in self.automaton.find_overlapping_iter(haystack) {
                let (put, form) = self.owners[hit.pattern().as_usize()].clone();
                seen.insert(Sighting { put, form, found: found.to_owned() });
            }
        }
        seen
    }

    /// Looks through every file of a folder, and through the files' names.
    pub fn folder(&self, folder: &Path) -> BTreeSet<Sighting> {
        let mut seen = BTreeSet::new();
        for file in files(folder) {
            let name = file.display().to_string();
            seen.extend(self.octets(&format!("the name of {name}"), name.as_bytes()));
            // A file may vanish while one looks: then there is nothing left to find in it.
            if let Ok(octets) = std::fs::read(&file) {
                seen.extend(self.octets(&name, &octets));
            }
        }
        seen
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let each = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.flatten().flat_map(|entry| each(entry.path())).collect()
}

fn without_soft_breaks(octets: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while let Some((first, after)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(b"=\r\n").or_else(|| rest.strip_prefix(b"=\n")) {
            rest = after;
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

/// Every form a word could hide in; letter case is left to the search.
fn forms(word: &str) -> Vec<(&'static str, Vec<u8>)> {
    let octets = word.as_bytes();
    let spelled = |write: &dyn Fn(u8) -> String| octets.iter().map(|b| write(*b)).collect::<String>().into_bytes();
    let mut forms = vec![
        ("raw", octets.to_vec()),
        ("reversed", octets.iter().rev().copied().collect()),
        ("hex", HEXLOWER.encode(octets).into_bytes()),
        ("quoted-printable", spelled(&|b| format!("={b:02x}"))),
        ("percent", spelled(&|b| format!("%{b:02x}"))),
        ("entities", spelled(&|b| format!("&#{b};"))),
        ("hex entities", spelled(&|b| format!("&#x{b:x};"))),
        ("UTF-16LE", octets.iter().flat_map(|b| [*b, 0]).collect()),
        ("UTF-16BE", octets.iter().flat_map(|b| [0, *b]).collect()),
    ];
    for shift in 0..3 {
        let padded = [&[0; 2][..shift], octets].concat();
        // Only the signs that the word alone decides; the neighbours decide the ones at the edges.
        let (first, last) = ((shift * 8).div_ceil(6), padded.len() * 8 / 6);
        forms.push(("base64", BASE64.encode(&padded).as_bytes()[first..last].to_vec()));
        forms.push(("base64url", BASE64URL.encode(&padded).as_bytes()[first..last].to_vec()));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(text: &[u8]) -> Vec<&'static str> {
        let mut aviary = Aviary::new(Chance::seeded(1));
        aviary.watch("here", "qk3v9xw2m4zab");
        aviary.search(|_| false).octets("there", text).into_iter().map(|sighting| sighting.form).collect()
    }

    #[test]
    fn every_form_is_found_in_the_midst_of_other_text() {
        let word = "qk3v9xw2m4zab";
        assert_eq!(finds(b"before QK3V9xw2m4zab after"), ["raw"]);
        assert_eq!(finds(b"before qk3v9x=\r\nw2m4zab after"), ["raw"]);
        for shift in ["", "a", "bc", "def"] {
            let encoded = BASE64.encode(format!("{shift}{word}, and more").as_bytes());
            let folded = format!("{}\r\n{}", &encoded[..9], &encoded[9..]);
            assert_eq!(finds(folded.as_bytes()), ["base64", "base64url"], "{shift}");
        }
        let wide: Vec<u8> = format!("x{word}y").encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(finds(&wide).contains(&"UTF-16BE"));
        assert_eq!(finds(b"716B33763978773246D347A6162".as_slice()), Vec::<&str>::new(), "one digit is missing");
        assert_eq!(finds(b"00716B337639787732 6d347a6162".as_slice()), ["hex"]);
        assert!(finds(b"nothing of the kind: qk3v9xw2m4zb").is_empty());
    }
}
