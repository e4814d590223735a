//! Fonts as far as reading needs them: what codes stand for, and how wide their glyphs are.

use super::cmap::Map;
use super::encoding;
use super::glyph;
use super::glyphs;
use super::lex::{Lexer, Token};
use super::object::{Dict, Object};
use super::source::Source;
use crate::file::Unfit;
use std::collections::BTreeMap;

/// A glyph that nothing tells about.
const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// One shown code.
pub(super) struct Letter {
    pub(super) letters: String,
    /// In thousandths of the font's size.
    pub(super) width: f64,
    /// Whether it is the code that word spacing widens.
    pub(super) is_space: bool,
}

/// A font.
#[derive(Default)]
pub(super) struct Face {
    codes: Codes,
    to_unicode: Map,
    widths: Widths,
}

/// How text falls into codes, and what they stand for without a map of their own.
enum Codes {
    /// One octet each.
    Simple(Box<[String; 256]>),
    /// Two octets, or as the map says, and numbers of characters or glyphs.
    Composite { map: Option<Map>, is_unicode: bool, glyphs: BTreeMap<u32, char> },
}

impl Default for Codes {
    fn default() -> Self {
        Self::Simple(Box::new(std::array::from_fn(|code| {
            encoding::win_ansi(u8::try_from(code).unwrap_or(0)).to_string()
        })))
    }
}

#[derive(Default)]
struct Widths {
    /// First, last, width; sorted.
    ranges: Vec<(u32, u32, f64)>,
    otherwise: Option<f64>,
    /// Of a typewriter's font that everybody has.
    is_fixed: bool,
}

/// Ranges of widths in one font.
const WIDTHS: usize = 1 << 17;

/// Widths of Helvetica from the space on, for the fonts that everybody has and nobody describes.
const USUAL: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

impl Face {
    pub(super) fn of(source: &Source<'_>, font: &Dict) -> Result<Self, Unfit> {
        let held = source.value(font, "ToUnicode")?;
        let to_unicode = held.as_stream().map(|stream| source.unpack(stream)).transpose()?;
        let to_unicode = to_unicode.map(|unpacked| Map::read(&unpacked.octets)).unwrap_or_default();
        if font.is("Subtype", "Type0") {
            let (codes, widths) = composite(source, font, to_unicode.is_empty())?;
            return Ok(Self { codes, to_unicode, widths });
        }
        let widths = simple_widths(source, font)?;
        Ok(Self { codes: Codes::Simple(Box::new(simple(source, font)?)), to_unicode, widths })
    }

    /// What a text says, code by code.
    pub(super) fn letters(&self, text: &[u8]) -> Vec<Letter> {
        match &self.codes {
            Codes::Simple(table) => text.iter().map(|code| self.simple_letter(*code, table)).collect(),
            Codes::Composite { map: Some(map), .. } => {
                let mut letters = Vec::new();
                let mut rest = text;
                while !rest.is_empty() {
                    let length = map.code_length(rest).unwrap_or(2).min(rest.len());
                    let (octets, after) = rest.split_at(length);
                    letters.push(self.composite_letter(length, super::cmap::code(octets)));
                    rest = after;
                }
                letters
            }
            Codes::Composite { map: None, .. } => {
                super::words::fixed(text, 2).map(|(length, code)| self.composite_letter(length, code)).collect()
            }
        }
    }

    fn simple_letter(&self, code: u8, table: &[String; 256]) -> Letter {
        let number = u32::from(code);
        let letters = self.to_unicode.text(1, number);
        let letters = letters.or_else(|| table.get(usize::from(code)).cloned()).unwrap_or_default();
        Letter { letters, width: self.widths.of(number), is_space: code == 32 }
    }

    fn composite_letter(&self, length: usize, code: u32) -> Letter {
        let Codes::Composite { map, is_unicode, glyphs } = &self.codes else {
            return Letter { letters: String::new(), width: 0.0, is_space: false };
        };
        let number = map.as_ref().and_then(|map| map.number(length, code)).unwrap_or(code);
        let guessed = if *is_unicode { char::from_u32(code) } else { glyphs.get(&number).copied() };
        let letters = self.to_unicode.text(length, code);
        let letters = letters.unwrap_or_else(|| guessed.unwrap_or(UNKNOWN).to_string());
        Letter { letters, width: self.widths.of(number), is_space: length == 1 && code == 32 }
    }
}

impl Widths {
    fn of(&self, code: u32) -> f64 {
        let after = self.ranges.partition_point(|range| range.0 <= code);
        let range = after.checked_sub(1).and_then(|at| self.ranges.get(at)).filter(|range| code <= range.1);
        match (range, self.otherwise) {
            (Some(range), _) => range.2,
            (None, Some(width)) => width,
            (None, None) if self.is_fixed => 600.0,
            (None, None) => {
                let usual = code.checked_sub(32).and_then(|at| USUAL.get(usize::try_from(at).ok()?));
                usual.map_or(556.0, |width| f64::from(*width))
            }
        }
    }
}

fn simple_widths(source: &Source<'_>, font: &Dict) -> Result<Widths, Unfit> {
    let first = source.value(font, "FirstChar")?.as_int().and_then(|first| u32::try_from(first).ok()).unwrap_or(0);
    let held = source.value(font, "Widths")?;
    let items = held.as_array().unwrap_or_default();
    // Drawn fonts measure in their own space.
    let scale =
        match source.value(font, "FontMatrix")?.as_array().and_then(|matrix| matrix.first()).and_then(Object::as_f64) {
            Some(scale) if font.is("Subtype", "Type3") => scale * 1000.0,
            _ => 1.0,
        };
    let mut ranges = Vec::new();
    for (code, width) in (first..).zip(items.iter().take(256)) {
        ranges.push((code, code, source.resolve(width)?.as_f64().unwrap_or(0.0) * scale));
    }
    let is_fixed = font.get("BaseFont").and_then(Object::as_name).is_some_and(|name| name.starts_with(b"Courier"));
    Ok(Widths { otherwise: (!ranges.is_empty()).then_some(0.0), ranges, is_fixed })
}

/// The letters of a simple font: its encoding, changed by its differences.
fn simple(source: &Source<'_>, font: &Dict) -> Result<[String; 256], Unfit> {
    let held = source.value(font, "Encoding")?;
    let dict = held.as_dict();
    let base = dict.map_or_else(|| held.as_name(), |dict| dict.get("BaseEncoding").and_then(Object::as_name));
    let is_type1 = font.is("Subtype", "Type1") || font.is("Subtype", "MMType1");
    let letter: fn(u8) -> char = match base {
        Some(b"MacRomanEncoding") => encoding::mac_roman,
        Some(b"StandardEncoding") => encoding::standard,
        None if is_type1 => encoding::standard,
        _ => encoding::win_ansi,
    };
    let mut table: [String; 256] = std::array::from_fn(|code| {
        let letter = letter(u8::try_from(code).unwrap_or(0));
        if letter == '\0' { UNKNOWN.to_string() } else { letter.to_string() }
    });
    if base.is_none() && is_type1 {
        built_in(source, font, &mut table)?;
    }
    let Some(differences) = dict.map(|dict| source.value(dict, "Differences")).transpose()? else { return Ok(table) };
    let mut code = 0_usize;
    for item in differences.as_array().unwrap_or_default().iter().take(1024) {
        match &*source.resolve(item)? {
            Object::Name(name) => {
                // A glyph by a name of somebody's own mostly stands where its letter has its code.
                if let (Some(place), Some(letters)) = (table.get_mut(code), glyph::letters(name)) {
                    *place = letters;
                }
                code = code.saturating_add(1);
            }
            other => code = other.as_usize().unwrap_or(code),
        }
    }
    Ok(table)
}

/// The encoding that a Type 1 programme brings itself: `dup 65 /A put`.
fn built_in(source: &Source<'_>, font: &Dict, table: &mut [String; 256]) -> Result<(), Unfit> {
    let descriptor = source.value(font, "FontDescriptor")?;
    let Some(descriptor) = descriptor.as_dict() else { return Ok(()) };
    let file = source.value(descriptor, "FontFile")?;
    let Some(stream) = file.as_stream() else { return Ok(()) };
    let octets = source.unpack(stream)?.octets;
    let end = memchr::memmem::find(&octets, b"eexec").unwrap_or(0);
    let Some(start) = memchr::memmem::find(octets.get(..end).unwrap_or_default(), b"/Encoding") else { return Ok(()) };
    let mut lexer = Lexer::new(octets.get(..end).unwrap_or_default(), start + 9);
    let mut code = None;
    while let Some(token) = lexer.token() {
        match token {
            Token::Number(raw) => code = super::lex::whole(raw).and_then(|code| usize::try_from(code).ok()),
            Token::Name(raw) => {
                if let Some(place) = code.take().and_then(|code| table.get_mut(code))
                    && let Some(letters) = glyph::letters(raw)
                {
                    *place = letters;
                }
            }
            Token::Word(b"def" | b"StandardEncoding" | b"readonly") => break,
            _ => {}
        }
    }
    Ok(())
}

fn composite(source: &Source<'_>, font: &Dict, wants_glyphs: bool) -> Result<(Codes, Widths), Unfit> {
    let encoding = source.value(font, "Encoding")?;
    let map = encoding.as_stream().map(|stream| source.unpack(stream)).transpose()?;
    let map = map.map(|unpacked| Map::read(&unpacked.octets));
    let name = encoding.as_name().unwrap_or_default();
    let has = |part: &[u8]| memchr::memmem::find(name, part).is_some();
    let is_unicode = has(b"UCS2") || has(b"UTF16");
    let descendants = source.value(font, "DescendantFonts")?;
    let first = descendants.as_array().and_then(<[Object]>::first).cloned().unwrap_or(Object::Null);
    let descendant = source.resolve(&first)?;
    let Some(descendant) = descendant.as_dict() else {
        return Ok((Codes::Composite { map, is_unicode, glyphs: BTreeMap::new() }, Widths::default()));
    };
    let glyphs = if wants_glyphs { glyphs::letters(source, descendant)? } else { BTreeMap::new() };
    let mut widths = composite_widths(source, descendant)?;
    widths.ranges.sort_by_key(|range| range.0);
    Ok((Codes::Composite { map, is_unicode, glyphs }, widths))
}

/// `code [width width]` and `first last width` (9.7.4.3).
fn composite_widths(source: &Source<'_>, font: &Dict) -> Result<Widths, Unfit> {
    let held = source.value(font, "W")?;
    let mut items = held.as_array().unwrap_or_default().iter();
    let mut ranges = Vec::new();
    let number = |object: &Object| object.as_int().and_then(|value| u32::try_from(value).ok());
    while let (Some(first), Some(second)) = (items.next(), items.next()) {
        let (first, second) = (source.resolve(first)?, source.resolve(second)?);
        let Some(first) = number(&first) else { continue };
        if let Object::Array(list) = &*second {
            ranges.extend((first..).zip(list).map(|(code, width)| (code, code, width.as_f64().unwrap_or(0.0))));
        } else if let (Some(last), Some(width)) = (number(&second), items.next()) {
            ranges.push((first, last, source.resolve(width)?.as_f64().unwrap_or(0.0)));
        }
        if ranges.len() > WIDTHS {
            break;
        }
    }
    let otherwise = source.value(font, "DW")?.as_f64().unwrap_or(1000.0);
    Ok(Widths { ranges, otherwise: Some(otherwise), is_fixed: false })
}
