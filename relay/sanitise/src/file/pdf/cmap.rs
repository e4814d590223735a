//! Maps from codes to characters (9.7.5, 9.10.3), written anew and read.

use super::lex::{self, Lexer, Token};
use super::object::Object;
use super::write;
use std::collections::BTreeMap;

/// Entries of one map: two octets of code, and some of four.
const ENTRIES: usize = 1 << 17;

const SECTIONS: [&[u8]; 7] =
    [b"codespacerange", b"bfchar", b"bfrange", b"cidchar", b"cidrange", b"notdefchar", b"notdefrange"];

const HEAD: &[u8] =
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) \
/Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n";
const TAIL: &[u8] = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

/// A map of its sections alone, without names and comments; `None` if there are none.
pub(super) fn rewrite(octets: &[u8]) -> Option<Vec<u8>> {
    let mut lexer = Lexer::new(octets, 0);
    let mut new = HEAD.to_vec();
    let mut before: [Option<Token<'_>>; 2] = [None, None];
    let mut is_empty = true;
    while let Some(token) = lexer.token() {
        match (token, before) {
            (Token::Word(b"usecmap"), [_, Some(Token::Name(raw))]) => {
                write::name(&mut new, &lex::name(raw));
                new.extend_from_slice(b" usecmap\n");
                is_empty = false;
            }
            (Token::Number(mode @ (b"0" | b"1")), [_, Some(Token::Name(b"WMode"))]) => {
                new.extend_from_slice(b"/WMode ");
                new.extend_from_slice(mode);
                new.extend_from_slice(b" def\n");
            }
            (Token::Word(word), [_, Some(Token::Number(count))]) => {
                if let Some(section) = section(word) {
                    is_empty = false;
                    let count = lex::whole(count).unwrap_or(0);
                    new.extend_from_slice(format!("{count} ").as_bytes());
                    entries(&mut lexer, section, &mut new);
                }
            }
            _ => {}
        }
        before = [before.get(1).copied().flatten(), Some(token)];
    }
    new.extend_from_slice(TAIL);
    (!is_empty).then_some(new)
}

fn section(word: &[u8]) -> Option<&'static [u8]> {
    let name = word.strip_prefix(b"begin")?;
    SECTIONS.into_iter().find(|section| *section == name)
}

fn entries(lexer: &mut Lexer<'_>, section: &[u8], new: &mut Vec<u8>) {
    new.extend_from_slice(b"begin");
    new.extend_from_slice(section);
    while let Some(token) = lexer.token() {
        match token {
            Token::Hex(raw) => {
                new.extend_from_slice(b" <");
                new.extend(raw.iter().filter(|octet| octet.is_ascii_hexdigit()));
                new.push(b'>');
            }
            Token::Number(raw) => {
                new.push(b' ');
                write::object(new, &lex::number(raw));
            }
            Token::Name(raw) => {
                new.push(b' ');
                write::name(new, &lex::name(raw));
            }
            Token::ArrayOpen => new.extend_from_slice(b" ["),
            Token::ArrayClose => new.push(b']'),
            Token::Word(_) => break,
            Token::Text(_) | Token::DictOpen | Token::DictClose => {}
        }
    }
    new.extend_from_slice(b"\nend");
    new.extend_from_slice(section);
    new.push(b'\n');
}

/// What a map says.
#[derive(Default)]
pub(super) struct Map {
    /// Lengths of codes and their first and last.
    spaces: Vec<(usize, u32, u32)>,
    single: BTreeMap<(usize, u32), String>,
    /// Length, first, last, and what the first stands for.
    ranges: Vec<(usize, u32, u32, String)>,
    /// The same for character numbers.
    numbers: Vec<(usize, u32, u32, u32)>,
}

impl Map {
    /// Reads a map. Unreadable entries are passed over.
    pub(super) fn read(octets: &[u8]) -> Self {
        let mut lexer = Lexer::new(octets, 0);
        let mut map = Self::default();
        while let Some(token) = lexer.token() {
            if let Token::Word(word) = token
                && let Some(section) = section(word)
            {
                map.section(section, &mut lexer);
            }
        }
        map.ranges.sort_by_key(|range| (range.0, range.1));
        map.numbers.sort_by_key(|range| (range.0, range.1));
        map
    }

    fn section(&mut self, section: &[u8], lexer: &mut Lexer<'_>) {
        let mut room =
            ENTRIES.saturating_sub(self.spaces.len() + self.single.len() + self.ranges.len() + self.numbers.len());
        while room > 0
            && let Some(Object::Str(first)) = lexer.object()
        {
            room -= 1;
            let (length, from) = (first.len(), code(&first));
            let to = if section.ends_with(b"range") {
                let Some(Object::Str(last)) = lexer.object() else { return };
                code(&last)
            } else {
                from
            };
            if section == b"codespacerange" {
                self.spaces.push((length, from, to));
                continue;
            }
            match lexer.object() {
                Some(Object::Str(text)) if section == b"bfchar" => {
                    self.single.insert((length, from), utf16(&text));
                }
                Some(Object::Str(text)) => self.ranges.push((length, from, to, utf16(&text))),
                Some(Object::Array(items)) => {
                    room = room.saturating_sub(items.len());
                    for (code, item) in (from..=to).zip(&items) {
                        self.single.insert((length, code), item.as_str().map(utf16).unwrap_or_default());
                    }
                }
                Some(Object::Int(number)) if section.starts_with(b"cid") => {
                    self.numbers.push((length, from, to, u32::try_from(number).unwrap_or(0)));
                }
                Some(_) => {}
                None => return,
            }
        }
    }

    /// What a code of so many octets stands for. Some maps write their codes longer or shorter than texts do.
    pub(super) fn text(&self, length: usize, code: u32) -> Option<String> {
        self.text_of(length, code).or_else(|| (1..=4).find_map(|length| self.text_of(length, code)))
    }

    fn text_of(&self, length: usize, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&(length, code)) {
            return Some(text.clone());
        }
        let (_, from, to, text) = within(&self.ranges, |range| (range.0, range.1), length, code)?;
        let distance = code.checked_sub(*from).filter(|_| code <= *to)?;
        let mut letters: Vec<char> = text.chars().collect();
        let last = letters.pop()?;
        letters.push(char::from_u32(u32::from(last).checked_add(distance)?)?);
        Some(letters.into_iter().collect())
    }

    /// The character number of a code, for maps to glyphs.
    pub(super) fn number(&self, length: usize, code: u32) -> Option<u32> {
        let (_, from, to, number) = within(&self.numbers, |range| (range.0, range.1), length, code)?;
        code.checked_sub(*from).filter(|_| code <= *to)?.checked_add(*number)
    }

    /// How long the code at the beginning of a text is; `None` if the map does not say.
    pub(super) fn code_length(&self, text: &[u8]) -> Option<usize> {
        let fits = |&&(length, from, to): &&(usize, u32, u32)| {
            text.get(..length).map(code).is_some_and(|code| (from..=to).contains(&code))
        };
        self.spaces.iter().take(64).find(fits).map(|space| space.0).filter(|length| *length > 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.single.is_empty() && self.ranges.is_empty()
    }
}

/// The last entry of a sorted list that begins at a code or before it.
fn within<T>(list: &[T], key: impl Fn(&T) -> (usize, u32), length: usize, code: u32) -> Option<&T> {
    let after = list.partition_point(|entry| key(entry) <= (length, code));
    list.get(after.checked_sub(1)?).filter(|entry| key(entry).0 == length)
}

pub(super) fn code(octets: &[u8]) -> u32 {
    octets.iter().take(4).fold(0, |code, octet| code << 8 | u32::from(*octet))
}

fn utf16(octets: &[u8]) -> String {
    let units = octets.chunks(2).take(64).map(|pair| u16::try_from(code(pair)).unwrap_or(0));
    char::decode_utf16(units).filter_map(Result::ok).collect()
}
