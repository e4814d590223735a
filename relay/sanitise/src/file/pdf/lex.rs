//! Words and objects of PDF syntax (7.2, 7.3), read without trust in lengths, nesting or ends.

use super::object::{Dict, Name, Object};

/// Nesting of arrays and dictionaries; real files stay below ten.
const DEPTH: usize = 48;

/// The next word, as it is written.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    Number(&'a [u8]),
    /// Without its slash, `#` escapes still on.
    Name(&'a [u8]),
    /// Without the outer parentheses, escapes still on.
    Text(&'a [u8]),
    /// Without the angle brackets.
    Hex(&'a [u8]),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    Word(&'a [u8]),
}

/// Reads words from octets.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    octets: &'a [u8],
    pub(super) at: usize,
    items: usize,
}

/// Values in one object; what is behind them is left unread.
const ITEMS: usize = 1 << 20;

/// Whether an octet is white space (table 1).
pub(super) fn is_space(octet: u8) -> bool {
    matches!(octet, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(octet: u8) -> bool {
    !is_space(octet) && !matches!(octet, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(super) fn new(octets: &'a [u8], at: usize) -> Self {
        Self { octets, at: at.min(octets.len()), items: 0 }
    }

    pub(super) fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// How many values the objects read so far held.
    pub(super) fn items(&self) -> usize {
        self.items
    }

    fn peek(&self) -> Option<u8> {
        self.octets.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.octets.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let rest = self.rest();
        let taken = rest.get(..length).unwrap_or(rest);
        self.at += taken.len();
        taken
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(octet) = self.peek() {
            if is_space(octet) {
                self.at += 1;
            } else if octet == b'%' {
                let rest = self.rest();
                self.at += memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            } else {
                break;
            }
        }
    }

    pub(super) fn token(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_space();
            let two = self.rest().get(..2);
            return Some(match self.peek()? {
                b'[' => self.single(Token::ArrayOpen),
                b']' => self.single(Token::ArrayClose),
                b'(' => self.literal(),
                b'<' if two == Some(b"<<") => self.double(Token::DictOpen),
                b'>' if two == Some(b">>") => self.double(Token::DictClose),
                b'<' => self.hex(),
                b'{' | b'}' => Token::Word(self.take(1)),
                b'/' => {
                    self.at += 1;
                    Token::Name(self.run(is_regular))
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
                b')' | b'>' => {
                    self.at += 1;
                    continue;
                }
                _ => Token::Word(self.run(is_regular)),
            });
        }
    }

    fn single(&mut self, token: Token<'a>) -> Token<'a> {
        self.at += 1;
        token
    }

    fn double(&mut self, token: Token<'a>) -> Token<'a> {
        self.at += 2;
        token
    }

    fn run(&mut self, belongs: fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|octet| !belongs(*octet)).unwrap_or(rest.len());
        self.take(length)
    }

    fn number(&mut self) -> Token<'a> {
        let start = self.at;
        self.run(|octet| octet.is_ascii_digit() || matches!(octet, b'+' | b'-' | b'.'));
        // Not PDF, but written by some: an exponent.
        if let [b'e' | b'E', sign, digit, ..] = self.rest()
            && (sign.is_ascii_digit() || matches!(sign, b'+' | b'-') && digit.is_ascii_digit())
        {
            self.at += 2;
            self.run(|octet| octet.is_ascii_digit());
        }
        Token::Number(self.octets.get(start..self.at).unwrap_or_default())
    }

    fn literal(&mut self) -> Token<'a> {
        self.at += 1;
        let (start, mut depth) = (self.at, 1_usize);
        while let Some(found) = memchr::memchr3(b'(', b')', b'\\', self.rest()) {
            self.at += found + 1;
            match self.octets.get(self.at - 1) {
                Some(b'(') => depth += 1,
                Some(b')') => depth -= 1,
                _ => self.at = (self.at + 1).min(self.octets.len()),
            }
            if depth == 0 {
                return Token::Text(self.octets.get(start..self.at - 1).unwrap_or_default());
            }
        }
        self.at = self.octets.len();
        Token::Text(self.octets.get(start..).unwrap_or_default())
    }

    fn hex(&mut self) -> Token<'a> {
        self.at += 1;
        let rest = self.rest();
        let length = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        let inner = self.take(length);
        self.at = (self.at + 1).min(self.octets.len());
        Token::Hex(inner)
    }

    /// The next object; `None` at the end and before a word that is no object, which stays unread.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.object_within(DEPTH)
    }

    fn object_within(&mut self, depth: usize) -> Option<Object> {
        let depth = depth.checked_sub(1).filter(|_| self.items < ITEMS)?;
        self.items += 1;
        let before = self.at;
        let object = match self.token()? {
            Token::Number(raw) => self.reference(raw).unwrap_or_else(|| number(raw)),
            Token::Name(raw) => Object::Name(name(raw)),
            Token::Text(raw) => Object::Str(literal(raw)),
            Token::Hex(raw) => Object::Str(hex(raw)),
            Token::ArrayOpen => self.array(depth),
            Token::DictOpen => Object::Dict(self.dict(depth)),
            Token::Word(b"true") => Object::Bool(true),
            Token::Word(b"false") => Object::Bool(false),
            Token::Word(b"null") => Object::Null,
            Token::ArrayClose | Token::DictClose | Token::Word(_) => {
                self.at = before;
                return None;
            }
        };
        Some(object)
    }

    fn reference(&mut self, raw: &[u8]) -> Option<Object> {
        let number = whole(raw)?;
        let before = self.at;
        if let Some(Token::Number(generation)) = self.token()
            && whole(generation).is_some()
            && self.token() == Some(Token::Word(b"R"))
        {
            return Some(Object::Ref(number));
        }
        self.at = before;
        None
    }

    fn array(&mut self, depth: usize) -> Object {
        let mut items = Vec::new();
        loop {
            if let Some(item) = self.object_within(depth) {
                items.push(item);
            } else if !self.step_over(&Token::ArrayClose) {
                return Object::Array(items);
            }
        }
    }

    /// The entries of a dictionary whose `<<` has been read.
    fn dict(&mut self, depth: usize) -> Dict {
        let mut dict = Dict::default();
        loop {
            let before = self.at;
            if let Some(Token::Name(key)) = self.token() {
                if let Some(value) = self.object_within(depth) {
                    // An entry takes as much room as some values of an array.
                    self.items += 3;
                    dict.insert(name(key), value);
                }
                continue;
            }
            self.at = before;
            if !self.step_over(&Token::DictClose) {
                return dict;
            }
        }
    }

    /// Steps over what does not belong into a container; `false` where the container ends.
    fn step_over(&mut self, close: &Token<'_>) -> bool {
        let before = self.at;
        match self.token() {
            None => false,
            Some(token) if token == *close => false,
            Some(Token::Word(b"endobj" | b"endstream" | b"stream" | b"obj" | b"xref" | b"trailer")) => {
                self.at = before;
                false
            }
            Some(_) => true,
        }
    }

    /// The number and generation of `12 0 obj`, read as far as the object itself.
    pub(super) fn header(&mut self) -> Option<(u32, u32)> {
        let (Some(Token::Number(number)), Some(Token::Number(generation))) = (self.token(), self.token()) else {
            return None;
        };
        let rest = {
            self.skip_space();
            self.rest()
        };
        rest.starts_with(b"obj").then(|| self.at += 3)?;
        Some((whole(number)?, whole(generation)?))
    }
}

/// A whole number without sign.
pub(super) fn whole(raw: &[u8]) -> Option<u32> {
    std::str::from_utf8(raw).ok().filter(|text| text.starts_with(|first: char| first.is_ascii_digit()))?.parse().ok()
}

/// A number, as well as one can tell.
pub(super) fn number(raw: &[u8]) -> Object {
    let text = std::str::from_utf8(raw).unwrap_or_default();
    if let Ok(value) = text.parse::<i64>() {
        return Object::Int(value);
    }
    let value = text.parse::<f64>().ok().or_else(|| lenient(text)).unwrap_or_default();
    Object::Real(if value.is_finite() { value } else { 0.0 })
}

/// `--5`, `5-3`, `1.2.3`: the first sign and what can be read up to the next oddity.
fn lenient(text: &str) -> Option<f64> {
    let digits = text.trim_start_matches(['+', '-']);
    let mut seen_point = false;
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.' && !std::mem::replace(&mut seen_point, true)));
    let value: f64 = digits.get(..end.unwrap_or(digits.len()))?.parse().ok()?;
    Some(if text.starts_with('-') { -value } else { value })
}

/// A name with its `#` escapes undone.
pub(super) fn name(raw: &[u8]) -> Name {
    if memchr::memchr(b'#', raw).is_none() {
        return raw.to_vec();
    }
    let mut name = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&first, after)) = rest.split_first() {
        if let (b'#', [high, low, tail @ ..]) = (first, after)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            name.push(high << 4 | low);
            rest = tail;
        } else {
            name.push(first);
            rest = after;
        }
    }
    name
}

fn digit(octet: u8) -> Option<u8> {
    char::from(octet).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A hexadecimal string; a missing last digit is a nought.
pub(super) fn hex(raw: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = raw.iter().filter_map(|octet| digit(*octet)).collect();
    digits.chunks(2).map(|pair| pair.first().map_or(0, |high| high << 4) | pair.get(1).copied().unwrap_or(0)).collect()
}

/// A literal string with its escapes undone (7.3.4.2). Line ends stay as they are, as every reader does it and not as
/// the standard says: what is encrypted or names glyphs is written raw.
pub(super) fn literal(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'\\' => rest = escape(after, &mut text),
            _ => text.push(first),
        }
    }
    text
}

fn escape<'a>(rest: &'a [u8], text: &mut Vec<u8>) -> &'a [u8] {
    let Some((&first, after)) = rest.split_first() else { return rest };
    match first {
        b'n' => text.push(b'\n'),
        b'r' => text.push(b'\r'),
        b't' => text.push(b'\t'),
        b'b' => text.push(8),
        b'f' => text.push(12),
        b'\n' => {}
        b'\r' => return after.strip_prefix(b"\n").unwrap_or(after),
        b'0'..=b'7' => {
            let length = rest.iter().take(3).take_while(|octet| matches!(octet, b'0'..=b'7')).count();
            let (digits, after) = rest.split_at(length);
            let code = digits.iter().fold(0_u32, |code, octet| code << 3 | u32::from(octet - b'0'));
            text.push(u8::try_from(code & 0xff).unwrap_or_default());
            return after;
        }
        other => text.push(other),
    }
    after
}
