//! XML cut into tokens: strict, in one pass, with bounds on depth, width and count.

use super::{Attribute, Fate, Name, Tape, Token, as_number};
use crate::file::Unfit;
use crate::file::office::space::Space;
use std::borrow::Cow;

/// Elements nested in each other.
pub(super) const DEPTH: usize = 256;
/// Namespace declarations in force at one place, and attributes of one element.
pub(super) const WIDTH: usize = 256;
/// Tokens and attributes of one part: bounds memory at a few times the size of the part.
pub(super) const ITEMS: usize = 3_000_000;

/// Reads a part.
pub(super) fn read(source: &str) -> Result<Tape<'_>, Unfit> {
    let tape = Tape { tokens: Vec::new(), attributes: Vec::new(), uris: [None; Space::COUNT] };
    Lexer { rest: source, tape, open: Vec::new(), bindings: vec![("xml", Space::Xml)] }.read()
}

/// Octets as text: UTF-8, or UTF-16 with its mark, as XML demands.
pub(crate) fn decode(octets: &[u8]) -> Result<Cow<'_, str>, Unfit> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, left) = rest.as_chunks::<2>();
        let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
        text.ok().filter(|_| left.is_empty()).map(Cow::Owned).ok_or(Unfit::Broken)
    };
    match octets {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => std::str::from_utf8(rest).map(Cow::Borrowed).map_err(|_| Unfit::Broken),
    }
}

struct Lexer<'a> {
    rest: &'a str,
    tape: Tape<'a>,
    open: Vec<Opened<'a>>,
    /// Prefixes in force; the innermost last.
    bindings: Vec<(&'a str, Space)>,
}

struct Opened<'a> {
    place: usize,
    written: &'a str,
    bindings: usize,
}

impl<'a> Lexer<'a> {
    fn read(mut self) -> Result<Tape<'a>, Unfit> {
        let mut has_root = false;
        while !self.rest.is_empty() {
            if self.tape.tokens.len() + self.tape.attributes.len() > ITEMS {
                return Err(Unfit::TooLarge);
            }
            let was_outside = self.open.is_empty();
            let tokens = self.tape.tokens.len();
            self.step()?;
            let is_element = matches!(self.tape.tokens.get(tokens), Some(Token::Open { .. }));
            if was_outside && is_element && std::mem::replace(&mut has_root, true) {
                return Err(Unfit::Broken);
            }
        }
        if self.open.is_empty() && has_root { Ok(self.tape) } else { Err(Unfit::Broken) }
    }

    fn step(&mut self) -> Result<(), Unfit> {
        if let Some(rest) = self.rest.strip_prefix("<?") {
            self.skip_to(rest, "?>").map(|_| ())
        } else if let Some(rest) = self.rest.strip_prefix("<!--") {
            self.skip_to(rest, "-->").map(|_| ())
        } else if let Some(rest) = self.rest.strip_prefix("<![CDATA[") {
            let text = self.skip_to(rest, "]]>")?;
            self.push_text(lines(text))
        } else if self.rest.starts_with("<!") {
            Err(Unfit::Broken)
        } else if let Some(rest) = self.rest.strip_prefix("</") {
            let name = self.skip_to(rest, ">")?.trim_end_matches(is_space);
            self.close(name)
        } else if self.rest.starts_with('<') {
            self.open_tag()
        } else {
            let length = memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(length);
            self.rest = rest;
            self.push_text(unescaped(text, Whitespace::Lines)?)
        }
    }

    fn skip_to(&mut self, rest: &'a str, end: &str) -> Result<&'a str, Unfit> {
        let length = memchr::memmem::find(rest.as_bytes(), end.as_bytes()).ok_or(Unfit::Broken)?;
        self.rest = &rest[length + end.len()..];
        Ok(&rest[..length])
    }

    fn push_text(&mut self, text: Cow<'a, str>) -> Result<(), Unfit> {
        if self.open.is_empty() {
            // Outside the root only white space may stand.
            return if text.chars().all(is_space) { Ok(()) } else { Err(Unfit::Broken) };
        }
        match self.tape.tokens.last_mut() {
            Some(Token::Text(before)) => before.to_mut().push_str(&text),
            _ if text.is_empty() => {}
            _ => self.tape.tokens.push(Token::Text(text)),
        }
        Ok(())
    }

    fn close(&mut self, written: &str) -> Result<(), Unfit> {
        let opened = self.open.pop().filter(|opened| opened.written == written).ok_or(Unfit::Broken)?;
        let here = as_number(self.tape.tokens.len())?;
        if let Some(Token::Open { end, .. }) = self.tape.tokens.get_mut(opened.place) {
            *end = here;
        }
        self.tape.tokens.push(Token::Close);
        self.bindings.truncate(opened.bindings);
        Ok(())
    }

    fn open_tag(&mut self) -> Result<(), Unfit> {
        let (written, mut rest) = name_at(&self.rest[1..])?;
        let bindings = self.bindings.len();
        let mut raw: Vec<(&'a str, Cow<'a, str>)> = Vec::new();
        let is_empty = loop {
            let after = rest.trim_start_matches(is_space);
            if let Some(after) = after.strip_prefix("/>") {
                self.rest = after;
                break true;
            }
            if let Some(after) = after.strip_prefix('>') {
                self.rest = after;
                break false;
            }
            if after.len() == rest.len() || raw.len() >= WIDTH || self.bindings.len() >= WIDTH {
                return Err(Unfit::Broken);
            }
            let (name, value, after) = attribute_at(after)?;
            if !self.bind(name, value, bindings)? {
                raw.push((name, unescaped(value, Whitespace::Blanks)?));
            }
            rest = after;
        };
        self.push_element(written, raw)?;
        self.open.push(Opened { place: self.tape.tokens.len() - 1, written, bindings });
        if self.open.len() > DEPTH {
            return Err(Unfit::TooLarge);
        }
        if is_empty { self.close(written) } else { Ok(()) }
    }

    /// Takes a namespace declaration; whether it was one. A prefix declared twice in one tag is refused.
    fn bind(&mut self, name: &'a str, value: &'a str, from: usize) -> Result<bool, Unfit> {
        let prefix = match name.split_once(':') {
            Some(("xmlns", prefix)) => prefix,
            None if name == "xmlns" => "",
            _ => return Ok(false),
        };
        // An address with a reference in it could be read as another one.
        let is_taken = self.bindings.iter().skip(from).any(|(bound, _)| *bound == prefix);
        if is_taken || value.contains('&') || prefix == "xml" {
            return Err(Unfit::Broken);
        }
        let space = Space::of(value);
        if let Some(uri) = self.tape.uris.get_mut(space as usize) {
            uri.get_or_insert(value);
        }
        self.bindings.push((prefix, space));
        Ok(true)
    }

    fn push_element(&mut self, written: &'a str, raw: Vec<(&'a str, Cow<'a, str>)>) -> Result<(), Unfit> {
        let begin = self.tape.attributes.len();
        for (written, value) in raw {
            let name = match written.split_once(':') {
                Some((prefix, local)) => Name { space: self.space(prefix)?, local },
                None => Name { space: Space::None, local: written },
            };
            self.tape.attributes.push(Attribute { name, value: Some(self.with_prefixes(written, value)) });
        }
        if self.has_twice(begin) {
            return Err(Unfit::Broken);
        }
        let name = match written.split_once(':') {
            Some((prefix, local)) => Name { space: self.space(prefix)?, local },
            None => Name { space: self.space("").unwrap_or(Space::None), local: written },
        };
        let attributes = as_number(begin)?..as_number(self.tape.attributes.len())?;
        self.tape.tokens.push(Token::Open { name, attributes, end: 0, fate: Fate::Keep });
        Ok(())
    }

    /// Whether one of the attributes from a place on is there twice.
    fn has_twice(&self, begin: usize) -> bool {
        let mut names: Vec<Name<'_>> = self.tape.attributes.iter().skip(begin).map(|a| a.name).collect();
        names.retain(|name| name.space != Space::Foreign);
        names.sort_unstable();
        names.windows(2).any(|pair| matches!(pair, [first, second] if first == second))
    }

    /// What a branch of alternate content demands is written with prefixes: they become our own, `?` for a
    /// namespace that is not understood.
    fn with_prefixes(&self, attribute: &str, value: Cow<'a, str>) -> Cow<'a, str> {
        if attribute != "Requires" {
            return value;
        }
        let own = |prefix: &str| match self.space(prefix) {
            Ok(space) if !space.prefix().is_empty() => space.prefix(),
            _ => "?",
        };
        Cow::Owned(value.split_ascii_whitespace().map(own).collect::<Vec<_>>().join(" "))
    }

    fn space(&self, prefix: &str) -> Result<Space, Unfit> {
        let bound = self.bindings.iter().rev().find(|(bound, _)| *bound == prefix);
        bound.map(|(_, space)| *space).ok_or(Unfit::Broken)
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.' | '\u{b7}')
}

fn name_at(text: &str) -> Result<(&str, &str), Unfit> {
    let (name, rest) = text.split_at(text.find(|c| !is_name(c)).ok_or(Unfit::Broken)?);
    let starts_well = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let local = name.split_once(':').map_or(name, |(_, local)| local);
    if starts_well && !local.is_empty() && !local.contains(':') { Ok((name, rest)) } else { Err(Unfit::Broken) }
}

fn attribute_at(text: &str) -> Result<(&str, &str, &str), Unfit> {
    let (name, rest) = name_at(text)?;
    let rest = rest.trim_start_matches(is_space).strip_prefix('=').ok_or(Unfit::Broken)?;
    let rest = rest.trim_start_matches(is_space);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(Unfit::Broken)?;
    let (value, rest) = rest[1..].split_once(quote).ok_or(Unfit::Broken)?;
    if value.contains('<') { Err(Unfit::Broken) } else { Ok((name, value, rest)) }
}

/// How white space is read (XML 1.0 §2.11, §3.3.3).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whitespace {
    Lines,
    Blanks,
}

fn lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

fn unescaped(text: &str, whitespace: Whitespace) -> Result<Cow<'_, str>, Unfit> {
    let mut text = lines(text);
    if whitespace == Whitespace::Blanks && text.contains(['\n', '\t']) {
        text = Cow::Owned(text.replace(['\n', '\t'], " "));
    }
    if !text.contains('&') {
        return Ok(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // References are short: a look further would be repeated for every ampersand.
        let window = &after.as_bytes()[..after.len().min(12)];
        let length = memchr::memchr(b';', window).ok_or(Unfit::Broken)?;
        out.push(character(&after[..length])?);
        rest = &after[length + 1..];
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

fn character(reference: &str) -> Result<char, Unfit> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let found = match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match reference.strip_prefix('#').map(|digits| (digits, digits.strip_prefix('x'))) {
            Some((_, Some(hex))) => number(hex, 16),
            Some((decimal, None)) => number(decimal, 10),
            None => None,
        },
    };
    found.ok_or(Unfit::Broken)
}
