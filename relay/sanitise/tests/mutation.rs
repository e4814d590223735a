//! Letters bent in ten thousand ways: no panic, and whatever comes out has exactly the allowed header.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_sanitise::write::FIELDS;
use brevbro_sanitise::{Identity, Outcome, rebuild};
use std::fs;
use std::path::Path;

/// A small generator (xorshift), so that a failure can be repeated from its seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

const PIECES: [&[u8]; 24] = [
    b"\r\n",
    b"\n\n",
    b"\r",
    b"\0",
    b"\xff\xfe",
    b"--b\r\n",
    b"From: x@example.org\r\n",
    b"=?utf-8?Q?=00?=",
    b"\xc3",
    b"<div style=display:none>",
    b"</",
    b"<!--",
    b"-- \r\n",
    b"> ",
    b"&#",
    b"%c3",
    b"anna.karlsson@example.net",
    b"=\r\n",
    b"Content-Type: multipart/alternative; boundary=b\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"\xe2\x80\x8b",
    b"Message-ID: <a\r\n b>\r\n",
    b"\xf0\x9f",
    b"-----BEGIN PGP SIGNED MESSAGE-----\r\n",
];

fn bend(raw: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bent = raw.to_vec();
    for _ in 0..=chance.next(6) {
        let place = chance.next(bent.len());
        let end = (place + chance.next(40)).min(bent.len());
        match chance.next(5) {
            0 => bent[place] = u8::try_from(chance.next(256)).unwrap(),
            1 => drop(bent.drain(place..end)),
            2 => drop(bent.splice(place..place, PIECES[chance.next(PIECES.len())].iter().copied())),
            3 => {
                let copy = bent[place..end].to_vec();
                let to = chance.next(bent.len());
                drop(bent.splice(to..to, copy));
            }
            _ => bent.truncate(place.max(1)),
        }
        if bent.is_empty() {
            bent.push(b'x');
        }
    }
    bent
}

fn has_allowed_header(letter: &[u8]) -> bool {
    let text = std::str::from_utf8(letter).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> =
        head.split("\r\n").filter(|line| !line.starts_with(' ')).map(|line| line.split(": ").next().unwrap()).collect();
    let is_once = names.iter().enumerate().all(|(n, name)| !names[..n].contains(name));
    is_once
        && names.iter().all(|name| FIELDS.contains(name))
        && text.is_ascii()
        && !body.replace("\r\n", "").contains(['\r', '\n'])
}

#[test]
fn bent_letters_never_break_the_header_or_the_house() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail");
    let threads = support::key();
    let mut chance = Chance(0x2026_1121_1405_0001);
    let (mut clean, mut kept) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let case = entry.unwrap().path();
        let raw = fs::read(case.join("in.eml")).unwrap();
        let identity: Identity = toml::from_str(&fs::read_to_string(case.join("identity.toml")).unwrap()).unwrap();
        for _ in 0..60 {
            let bent = bend(&raw, &mut chance);
            match rebuild(&bent, &identity, &support::rules(&threads)) {
                Outcome::Clean(letter) => {
                    assert!(has_allowed_header(letter.bytes()), "{}", String::from_utf8_lossy(&bent));
                    clean += 1;
                }
                Outcome::Refused(_) | Outcome::Quarantine(_) => kept += 1,
            }
        }
    }
    assert!(clean > 500 && kept > 50, "{clean} clean, {kept} kept: the letters are bent too much or too little");
}

#[test]
fn noise_is_no_letter() {
    let threads = support::key();
    let mut chance = Chance(77);
    for _ in 0..2000 {
        let noise: Vec<u8> = (0..chance.next(400)).map(|_| u8::try_from(chance.next(256)).unwrap()).collect();
        let with_head = [b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n".as_slice(), &noise].concat();
        for raw in [noise, with_head] {
            if let Outcome::Clean(letter) = rebuild(&raw, &Identity::default(), &support::rules(&threads)) {
                assert!(has_allowed_header(letter.bytes()));
            }
        }
    }
}

/// Words of letters, identifiers in many dresses, and what may stand between them.
#[rustfmt::skip]
const WORDS: [&str; 46] = [
    "Anna", "anna", "ANNA", "Annas", "Anna's", "Karlsson", "Karlssons", "karlsson,", "A.", "K.", "Ankan", "Bo", "Ek", "bo", "ek",
    "Björn", "björn", "Stark", "stark", "Storgatan", "12", "12B", "121", "Exempelbolaget", "AB", "sommar", "sommar77", "natt",
    "anna.karlsson@example.net", "anna", "(at)", "punkt", "example", "net", "070-174", "06", "05", "Kliniken", "Stockholm", "och",
    "jag", "Frida", "Vinter", "är", "i", "<b>a</b>",
];
const GAPS: [&str; 12] = [" ", " ", " ", " ", ". ", ", ", "\n", "\n\n", "-", ".", "\u{200b}", " - "];

#[test]
fn what_was_cleaned_is_not_held_back() {
    let identity: Identity = toml::from_str(
        "[sender]\nnames=['Anna Karin Karlsson','Ankan','Bo Ek','Björn Stark']\nphones=['+46 70 174 06 05']\n\
         addresses=['anna.karlsson@example.net','sommar.natt@example.com','sommar77@example.org']\n\
         other=['Storgatan 12','Exempelbolaget AB','Kliniken Stockholm']\npseudonym='Vinter'\n\
         [recipient]\nnames=['Frida Larsson']\npseudonym='Frida'\n[relay]\ndomain='relay.example.org'\nlanguage='sv'",
    )
    .unwrap();
    let threads = support::key();
    let mut chance = Chance(0x2026_1121_1405_0002);
    for turn in 0..3000 {
        let mut text = String::new();
        for _ in 0..=chance.next(24) {
            text.push_str(WORDS[chance.next(WORDS.len())]);
            text.push_str(GAPS[chance.next(GAPS.len())]);
        }
        let kind = ["plain", "html"][turn % 2];
        let subject = text.split('\n').next().unwrap();
        let raw = format!(
            "From: Kliniken Stockholm <anna@klinik.example.net>\nSubject: {subject}\n\
             Content-Type: text/{kind}; charset=utf-8\n\n{text}"
        );
        if let Outcome::Quarantine(kept) = rebuild(raw.as_bytes(), &identity, &support::rules(&threads)) {
            panic!("{:?}\n{text:?}\n{}", kept.report(), support::read_back(kept.bytes()));
        }
    }
}
