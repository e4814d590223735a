//! A header value of a word and its parameters (RFC 2045 §5.1, RFC 2231), read as leniently as mail is written.

use super::decode::nibble;
use super::{charset, encoded};

/// Most pieces of parameters that are read; no honest value has a tenth.
const PIECES_MAX: usize = 256;

/// The word before the first semicolon, in lower case, and the parameters.
pub(crate) struct Parameters {
    pub(crate) word: String,
    pieces: Vec<Piece>,
}

/// `name*2*=value`.
struct Piece {
    name: String,
    section: Option<usize>,
    is_extended: bool,
    value: Vec<u8>,
}

/// Reads a value.
pub(crate) fn read(value: &[u8]) -> Parameters {
    let mut reader = Reader { rest: value };
    let word = reader.word();
    let mut pieces = Vec::new();
    while pieces.len() < PIECES_MAX && reader.has_more() {
        pieces.extend(reader.piece());
    }
    Parameters { word, pieces }
}

impl Parameters {
    /// A parameter as text, its encodings undone.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = self.extended(name).or_else(|| self.plain(name).map(encoded::decoded))?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A parameter that is a plain word.
    pub(crate) fn token(&self, name: &str) -> Option<String> {
        let octets = self.plain(name).map(<[u8]>::to_vec).or_else(|| self.joined(name).map(|(octets, _)| octets))?;
        let text = String::from_utf8_lossy(&octets).trim().to_owned();
        Some(text).filter(|text| !text.is_empty())
    }

    fn plain(&self, name: &str) -> Option<&[u8]> {
        let is_plain = |piece: &&Piece| piece.name == name && piece.section.is_none() && !piece.is_extended;
        self.pieces.iter().find(is_plain).map(|piece| piece.value.as_slice())
    }

    /// The value of a parameter that says its character set, or is written in sections, or both (RFC 2231 §3, §4).
    fn extended(&self, name: &str) -> Option<String> {
        let (octets, is_extended) = self.joined(name)?;
        if !is_extended {
            return Some(encoded::decoded(&octets));
        }
        let mut parts = octets.splitn(3, |b| *b == b'\'');
        Some(match (parts.next(), parts.next(), parts.next()) {
            (Some(label), Some(_), Some(value)) => {
                charset::to_text(value, std::str::from_utf8(label).ok().filter(|label| !label.is_empty())).into_owned()
            }
            // Some programs write no character set at all.
            _ => encoded::decoded(&octets),
        })
    }

    /// The sections of a parameter joined, and whether the first says its character set.
    fn joined(&self, name: &str) -> Option<(Vec<u8>, bool)> {
        let mut sections: Vec<&Piece> =
            self.pieces.iter().filter(|p| p.name == name && (p.section.is_some() || p.is_extended)).collect();
        sections.sort_by_key(|piece| piece.section.unwrap_or(0));
        sections.dedup_by_key(|piece| piece.section.unwrap_or(0));
        let first = sections.first()?;
        let octets = sections
            .iter()
            .flat_map(|piece| if piece.is_extended { percent_decoded(&piece.value) } else { piece.value.clone() });
        Some((octets.collect(), first.is_extended))
    }
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        match rest {
            [b'%', high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(nibble(*high) << 4 | nibble(*low));
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    /// The word the value begins with: `text/plain`, `attachment`.
    fn word(&mut self) -> String {
        self.pass_blanks();
        let length = self.rest.iter().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b';' | b'(')).count();
        let (word, rest) = self.rest.split_at(length);
        // `text/plain charset=utf-8`: the semicolon was forgotten. `charset=utf-8`: so was the word.
        let (word, rest) = if word.contains(&b'=') { (&word[..0], self.rest) } else { (word, rest) };
        self.rest = rest;
        let word: String = String::from_utf8_lossy(word).chars().filter(|c| !matches!(c, '"' | '\'')).collect();
        // `text / plain` is met from very old programs.
        let tail = self.after_slash(&word);
        (word + &tail).to_ascii_lowercase()
    }

    fn after_slash(&mut self, word: &str) -> String {
        let trimmed = self.rest.trim_ascii_start();
        let follows = if word.ends_with('/') { Some(trimmed) } else { trimmed.strip_prefix(b"/") };
        let Some(after) = follows.filter(|_| !word.is_empty()) else { return String::new() };
        let after = after.trim_ascii_start();
        let length = after.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'+')).count();
        self.rest = &after[length..];
        let slash = if word.ends_with('/') { "" } else { "/" };
        format!("{slash}{}", String::from_utf8_lossy(&after[..length]))
    }

    /// Blanks, semicolons and comments.
    fn pass_blanks(&mut self) {
        loop {
            let blank =
                self.rest.iter().take_while(|b| b.is_ascii_whitespace() || matches!(b, b';' | b',' | b'\0')).count();
            self.rest = &self.rest[blank..];
            if self.rest.first() != Some(&b'(') {
                return;
            }
            let end = memchr::memchr(b')', self.rest).map_or(self.rest.len(), |end| end + 1);
            self.rest = &self.rest[end..];
        }
    }

    fn has_more(&mut self) -> bool {
        self.pass_blanks();
        !self.rest.is_empty()
    }

    /// One parameter; `None` for a word that is none.
    fn piece(&mut self) -> Option<Piece> {
        let length = self.rest.iter().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b';')).count();
        let (name, rest) = self.rest.split_at(length);
        let after = rest.trim_ascii_start();
        let Some(value) = after.strip_prefix(b"=") else {
            self.rest = rest.get(usize::from(length == 0)..).unwrap_or_default();
            return None;
        };
        self.rest = value.trim_ascii_start();
        let value = if self.rest.first() == Some(&b'"') { self.quoted() } else { self.bare() };
        Piece::named(name, value)
    }

    fn quoted(&mut self) -> Vec<u8> {
        let body = self.rest.get(1..).unwrap_or_default();
        let mut value = Vec::new();
        let mut place = 0;
        while let Some(octet) = body.get(place) {
            match octet {
                b'"' => {
                    self.rest = &body[place + 1..];
                    return value;
                }
                // Paths of Windows are written with bare backslashes.
                b'\\' if matches!(body.get(place + 1), Some(b'"' | b'\\')) => {
                    value.extend(body.get(place + 1));
                    place += 1;
                }
                b'\r' | b'\n' => {}
                other => value.push(*other),
            }
            place += 1;
        }
        // The quote never closes: the value ends where a bare one would.
        self.rest = body;
        self.bare()
    }

    /// A value without quotes: blanks are part of it (`filename=min fil.pdf`) unless another parameter follows.
    fn bare(&mut self) -> Vec<u8> {
        let length = memchr::memchr(b';', self.rest).unwrap_or(self.rest.len());
        let mut value = &self.rest[..length];
        let word = value.iter().take_while(|b| !b.is_ascii_whitespace()).count();
        let next = value[word..].trim_ascii_start();
        let name = next.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'*' | b'-')).count();
        if name > 0 && next.get(name) == Some(&b'=') {
            value = &value[..word];
        }
        self.rest = &self.rest[value.len()..];
        let line = value.trim_ascii().iter().filter(|b| !matches!(b, b'\r' | b'\n'));
        line.copied().collect()
    }
}

impl Piece {
    fn named(name: &[u8], value: Vec<u8>) -> Option<Self> {
        let name = std::str::from_utf8(name).ok()?.to_ascii_lowercase();
        let is_extended = name.ends_with('*');
        let mut words = name.split('*');
        let bare = words.next().filter(|bare| !bare.is_empty())?.to_owned();
        let section = words.next().and_then(|number| number.parse().ok());
        Some(Self { name: bare, section, is_extended, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_in_every_form() {
        for (value, wanted) in [
            ("attachment; filename=a.pdf", "a.pdf"),
            ("attachment; filename=\"min fil.pdf\"", "min fil.pdf"),
            ("attachment; filename=min fil.pdf; size=3", "min fil.pdf"),
            ("attachment; filename=min.pdf size=3", "min.pdf"),
            ("attachment; FileName = \"a\\\"b.pdf\"", "a\"b.pdf"),
            ("attachment; filename=\"C:\\Users\\anna\\cv.doc\"", "C:\\Users\\anna\\cv.doc"),
            ("attachment; filename*=utf-8''Ans%C3%B6kan.pdf", "Ansökan.pdf"),
            ("attachment; filename*=utf-8'sv'%E2%82%AC.pdf; filename=euro.pdf", "€.pdf"),
            ("attachment; filename*0=lang; filename*1=t.pdf", "langt.pdf"),
            ("attachment;\r\n filename*1*=%B6kan.pdf;\r\n filename*0*=utf-8''Ans%C3", "Ansökan.pdf"),
            ("attachment; filename*0*=iso-8859-1''bl%E5; filename*1=\"b%41r.pdf\"", "blåb%41r.pdf"),
            ("attachment; filename*=Ans%C3%B6kan.pdf", "Ansökan.pdf"),
            ("attachment; filename=\"=?utf-8?Q?Ans=C3=B6kan.pdf?=\"", "Ansökan.pdf"),
            ("attachment; filename==?utf-8?B?w6UucGRm?=", "å.pdf"),
            ("attachment; filename*0=\"=?utf-8?Q?bl=C3\"; filename*1=\"=A5.pdf?=\"", "blå.pdf"),
            ("attachment; filename=\"utan slut.pdf", "utan slut.pdf"),
            ("attachment filename=a.pdf", "a.pdf"),
            ("attachment;; filename=a.pdf;", "a.pdf"),
            ("attachment (a comment); filename=(x) a.pdf", "a.pdf"),
        ] {
            let found = read(value.as_bytes()).text("filename").unwrap_or_default();
            let wanted = if value.contains("(x)") { "(x) a.pdf" } else { wanted };
            assert_eq!(found, wanted, "{value}");
        }
        assert_eq!(read(b"attachment; filename=\"bl\xe5.pdf\"").text("filename").as_deref(), Some("blå.pdf"));
    }

    #[test]
    fn words_in_every_form() {
        for (value, wanted) in [
            (" Text/Plain ; charset=utf-8", "text/plain"),
            ("text/plain charset=utf-8", "text/plain"),
            ("text / html; charset=utf-8", "text/html"),
            ("\"text/html\"; charset=utf-8", "text/html"),
            ("charset=utf-8", ""),
            ("; charset=utf-8", ""),
            ("text/plain(x); charset=\"utf-8\"", "text/plain"),
        ] {
            let parameters = read(value.as_bytes());
            assert_eq!(parameters.word, wanted, "{value}");
            assert_eq!(parameters.token("charset").as_deref(), Some("utf-8"), "{value}");
        }
    }

    #[test]
    fn every_cut_is_read() {
        let value = b"attachment;\r\n filename*1*=%B6kan.pdf;\r\n filename*0*=utf-8''Ans%C3; x=\"a\\\"\"; (c) y";
        for end in 0..=value.len() {
            for start in 0..end {
                let parameters = read(&value[start..end]);
                assert!(parameters.text("filename").is_none_or(|name| name.len() < 60));
            }
        }
        assert!(read("a=\"".repeat(50_000).as_bytes()).pieces.len() <= PIECES_MAX);
        assert!(read("filename*9=".repeat(50_000).as_bytes()).token("x").is_none());
    }
}
