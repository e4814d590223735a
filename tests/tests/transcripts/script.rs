//! Reads transcript files into dialogues (the format is in `transcripts/README.md`).

use std::path::Path;

/// One connection of a transcript.
#[derive(Debug, Clone)]
pub(crate) struct Dialogue {
    pub(crate) name: String,
    /// Words behind the name: `plain`, `tls`, `trusted`, `key=n`.
    pub(crate) terms: Vec<String>,
    pub(crate) moves: Vec<Move>,
}

/// One line of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Move {
    Send(Vec<u8>),
    Pause,
    Expect(String),
    Silent,
    Closed,
    Tls,
    Answer { code: u16, enhanced: (u8, u16, u16), text: String },
    Letter { from: String, to: String, raw: Vec<u8> },
}

impl Dialogue {
    pub(crate) fn has(&self, word: &str) -> bool {
        self.terms.iter().any(|term| term == word)
    }

    pub(crate) fn number(&self, key: &str) -> Option<usize> {
        let value = self.terms.iter().find_map(|term| term.strip_prefix(key)?.strip_prefix('='))?;
        Some(value.parse().unwrap_or_else(|_| panic!("{}: {key} is no number", self.name)))
    }
}

/// All dialogues of a folder's `*.smtp` files, in order.
pub(crate) fn read_all(folder: &Path) -> Vec<Dialogue> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "smtp"));
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Dialogue> {
    let stem = file.file_stem().unwrap().to_string_lossy();
    let mut dialogues: Vec<Dialogue> = Vec::new();
    for line in std::fs::read_to_string(file).unwrap().lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(title) = line.strip_prefix("=== ") {
            let is_term = |word: &&str| ["plain", "tls", "trusted"].contains(word) || word.contains('=');
            let words: Vec<&str> = title.split(' ').collect();
            let terms = words.iter().rev().take_while(|word| is_term(word)).count();
            let (name, terms) = words.split_at(words.len() - terms);
            let terms = terms.iter().map(ToString::to_string).collect();
            dialogues.push(Dialogue { name: format!("{stem}: {}", name.join(" ")), terms, moves: Vec::new() });
            continue;
        }
        let dialogue = dialogues.last_mut().unwrap_or_else(|| panic!("{stem}: a line before the first ==="));
        let parsed = parse(line).unwrap_or_else(|| panic!("{}: not understood: {line}", dialogue.name));
        match (dialogue.moves.last_mut(), parsed) {
            (Some(Move::Send(before)), Move::Send(more)) => before.extend(more),
            (_, other) => dialogue.moves.push(other),
        }
    }
    dialogues
}

fn parse(line: &str) -> Option<Move> {
    match line {
        "--" => return Some(Move::Pause),
        "silent" => return Some(Move::Silent),
        "closed" => return Some(Move::Closed),
        "tls" => return Some(Move::Tls),
        _ => {}
    }
    let (kind, text) = line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")))?;
    match kind {
        "C" => Some(Move::Send([unescape(text)?, b"\r\n".to_vec()].concat())),
        "R" => unescape(text).map(Move::Send),
        "S" => Some(Move::Expect(text.to_owned())),
        "A" => answer(text),
        "L" => letter(text),
        _ => None,
    }
}

fn answer(text: &str) -> Option<Move> {
    let mut words = text.splitn(3, ' ');
    let code = words.next()?.parse().ok()?;
    let mut numbers = words.next()?.split('.');
    let enhanced = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some(Move::Answer { code, enhanced, text: words.next()?.to_owned() })
}

fn letter(text: &str) -> Option<Move> {
    let (from, rest) = text.split_once(" -> ")?;
    let (to, raw) = rest.split_once(' ')?;
    Some(Move::Letter { from: from.to_owned(), to: to.to_owned(), raw: unescape(raw)? })
}

fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    let mut rest = text;
    while let Some(place) = rest.find('\\') {
        octets.extend_from_slice(&rest.as_bytes()[..place]);
        let escape = &rest[place + 1..];
        let taken = match escape.as_bytes().first()? {
            b'{' => {
                let (inner, _) = escape[1..].split_once('}')?;
                let (unit, times) = inner.rsplit_once('*')?;
                octets.extend(unescape(unit)?.repeat(times.parse().ok()?));
                inner.len() + 2
            }
            b'x' => {
                octets.push(u8::from_str_radix(escape.get(1..3)?, 16).ok()?);
                3
            }
            simple => {
                octets.push(match simple {
                    b'r' => b'\r',
                    b'n' => b'\n',
                    b't' => b'\t',
                    b'0' => 0,
                    b'\\' => b'\\',
                    _ => return None,
                });
                1
            }
        };
        rest = &escape[taken..];
    }
    octets.extend_from_slice(rest.as_bytes());
    Some(octets)
}
