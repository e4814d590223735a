//! Numbered objects as they lie in a file, and where their streams end (7.3.8, 7.3.10).

use super::lex::{Lexer, Token, is_space};
use super::object::{Dict, Object, Stream};
use crate::file::Unfit;
use std::cell::Cell;
use std::ops::Range;

/// A file's octets, and how many of them may still be read. Objects that begin within each other would otherwise
/// be read as often as there are of them.
pub(super) struct Octets<'a> {
    pub(super) all: &'a [u8],
    effort: Cell<usize>,
    items: Cell<usize>,
}

/// Values of all objects together; a thousand pages have some hundred thousands.
const ITEMS: usize = 4 << 20;

/// A numbered object.
pub(super) struct Indirect {
    pub(super) number: u32,
    pub(super) object: Object,
    /// Where what follows it begins.
    pub(super) end: usize,
}

/// Finds the length of a stream that lies in another object.
pub(super) type LengthOf<'f> = &'f dyn Fn(u32) -> Option<usize>;

impl<'a> Octets<'a> {
    pub(super) fn new(all: &'a [u8]) -> Self {
        Self { all, effort: Cell::new(all.len().saturating_mul(12).saturating_add(1 << 20)), items: Cell::new(ITEMS) }
    }

    pub(super) fn spend(&self, octets: usize) -> Result<(), Unfit> {
        self.effort.set(self.effort.get().checked_sub(octets).ok_or(Unfit::TooLarge)?);
        Ok(())
    }

    /// What is read takes more room than its octets do.
    pub(super) fn spend_items(&self, items: usize) -> Result<(), Unfit> {
        self.items.set(self.items.get().checked_sub(items).ok_or(Unfit::TooLarge)?);
        Ok(())
    }

    /// The object at a place; `None` where no object begins.
    pub(super) fn object_at(&self, place: usize, length_of: LengthOf<'_>) -> Result<Option<Indirect>, Unfit> {
        let mut lexer = Lexer::new(self.all, place);
        let Some((number, generation)) = lexer.header() else { return Ok(None) };
        let object = lexer.object().unwrap_or(Object::Null);
        self.spend(lexer.at.saturating_sub(place))?;
        self.spend_items(lexer.items())?;
        let end = lexer.at;
        let Object::Dict(dict) = object else { return Ok(Some(Indirect { number, object, end })) };
        if lexer.token() != Some(Token::Word(b"stream")) {
            return Ok(Some(Indirect { number, object: Object::Dict(dict), end }));
        }
        let raw = self.stream_range(&dict, self.after_line(lexer.at), length_of)?;
        let end = raw.end;
        let stream = Stream { dict, raw, owner: (number, generation) };
        Ok(Some(Indirect { number, object: Object::Stream(Box::new(stream)), end }))
    }

    fn after_line(&self, at: usize) -> usize {
        match self.all.get(at..) {
            Some([b' ', b'\r', b'\n', ..]) => at + 3,
            Some([b'\r' | b' ', b'\n', ..]) => at + 2,
            Some([b'\r' | b'\n', ..]) => at + 1,
            _ => at,
        }
    }

    fn stream_range(&self, dict: &Dict, start: usize, length_of: LengthOf<'_>) -> Result<Range<usize>, Unfit> {
        let told = match dict.get("Length") {
            Some(Object::Ref(number)) => length_of(*number),
            Some(value) => value.as_usize(),
            None => None,
        };
        let end = told.and_then(|length| start.checked_add(length)).filter(|end| self.ends_at(*end));
        match end {
            Some(end) => Ok(start..end),
            None => self.search_end(start),
        }
    }

    fn ends_at(&self, end: usize) -> bool {
        let Some(rest) = self.all.get(end..) else { return false };
        let blank = rest.iter().take(4).take_while(|octet| is_space(**octet)).count();
        let rest = rest.get(blank..).unwrap_or_default();
        rest.starts_with(b"endstream") || rest.starts_with(b"endobj")
    }

    /// The length is missing or wrong: the stream ends where the word says so, or with the file.
    fn search_end(&self, start: usize) -> Result<Range<usize>, Unfit> {
        let rest = self.all.get(start..).unwrap_or_default();
        let found = memchr::memmem::find(rest, b"endstream").or_else(|| memchr::memmem::find(rest, b"endobj"));
        let length = found.unwrap_or(rest.len());
        self.spend(length)?;
        let data = rest.get(..length).unwrap_or_default();
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        let data = data.strip_suffix(b"\r").unwrap_or(data);
        Ok(start..start + data.len())
    }
}
