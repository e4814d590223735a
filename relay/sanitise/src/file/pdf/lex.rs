//! Words and objects of PDF syntax (7.2, 7.3), read without trust in lengths, nesting or ends.

pub(super) use super::lexeme::{hex, literal, name, number, whole};
use super::object::{Dict, Object};

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
