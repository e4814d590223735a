//! Approved letters bent at random: whatever comes in, nothing panics, and what comes out keeps its shape and its bounds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_sanitise::write::FIELDS;
use brevbro_sanitise::{Identity, Outcome, rebuild};
use std::fs;
use std::path::Path;

/// How many bent letters each approved one gives; `TORTURE=1000` for an afternoon.
const ROUNDS: usize = 12;

/// A small generator of its own, so that a failure is found again (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

fn seeds() -> Vec<(String, Vec<u8>, Identity)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail");
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all.into_iter()
        .map(|case| {
            let identity = toml::from_str(&fs::read_to_string(case.join("identity.toml")).unwrap()).unwrap();
            (case.display().to_string(), fs::read(case.join("in.eml")).unwrap(), identity)
        })
        .collect()
}

/// One to four changes: octets flipped, a piece doubled, dropped, or put elsewhere; or a piece of another letter.
fn bend(letter: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bent = letter.to_vec();
    for _ in 0..=chance.next(4) {
        let from = chance.next(bent.len());
        let to = (from + chance.next(200)).min(bent.len());
        match chance.next(6) {
            0 => bent.truncate(from),
            1 => drop(bent.drain(from..to)),
            2 => {
                let piece = bent[from..to].to_vec();
                let place = chance.next(bent.len());
                bent.splice(place..place, piece);
            }
            3 => {
                let begin = chance.next(other.len());
                let end = (begin + chance.next(400)).min(other.len());
                bent.splice(from..from, other[begin..end].iter().copied());
            }
            _ => {
                if let Some(octet) = bent.get_mut(from) {
                    *octet ^= 1 << chance.next(8);
                }
            }
        }
    }
    bent
}

fn has_sound_shape(letter: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(letter) else { return false };
    let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
    let mut fields = head.split("\r\n").filter(|line| !line.starts_with(' '));
    text.is_ascii() && fields.all(|line| line.split_once(": ").is_some_and(|(name, _)| FIELDS.contains(&name)))
}

#[test]
fn bent_letters_are_rebuilt_or_refused_and_never_more() {
    let threads = support::key();
    let seeds = seeds();
    let rounds = std::env::var("TORTURE").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let (mut clean, mut refused) = (0, 0);
    for (case, letter, identity) in &seeds {
        for round in 0..rounds {
            let other = &seeds[chance.next(seeds.len())].1;
            let bent = bend(letter, other, &mut chance);
            match rebuild(&bent, identity, &support::rules(&threads)) {
                Outcome::Clean(made) | Outcome::Quarantine(made) => {
                    clean += 1;
                    assert!(has_sound_shape(made.bytes()), "{case}, round {round}");
                    assert!(made.bytes().len() <= bent.len() * 8 + 64 * 1024, "{case}, round {round}: it grew");
                }
                Outcome::Refused(_) => refused += 1,
            }
        }
    }
    assert!(clean > seeds.len() && refused > 0, "{clean} rebuilt, {refused} refused: the letters were not bent enough");
}
