//! Whom OpenPGP keys and signatures name (RFC 9580): a reader of packets that looks at user ids only.

use crate::mime::decode;

/// Most packets looked at, and most names learnt.
const PACKETS_MAX: usize = 2000;
const LEARNT_MAX: usize = 40;
/// Longest user id in octets.
const USER_ID_MAX: usize = 1000;

/// Names and addresses in keys and signatures, binary or in armour.
pub(crate) fn learnt(octets: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    if octets.first().is_some_and(|first| first & 0x80 != 0) {
        packets(octets, &mut names);
    } else {
        let mut rest = octets;
        while let Some((binary, after)) = unarmoured(rest) {
            packets(&binary, &mut names);
            rest = after;
        }
    }
    names
}

/// Names and addresses in an Autocrypt field (Autocrypt level 1, §2.1).
pub(crate) fn autocrypt(value: &str) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in value.split(';') {
        match attribute.trim().split_once('=') {
            Some(("addr", address)) => add(&mut names, address),
            Some(("keydata", key)) => packets(&decode::base64(key.as_bytes()), &mut names),
            _ => {}
        }
    }
    names
}

/// Whether octets are a text encrypted by OpenPGP: session keys stand before it.
pub(crate) fn is_encrypted(octets: &[u8]) -> bool {
    // A letter that begins with `Ö` has the first octet of a packet.
    let is_binary = || std::str::from_utf8(&octets[..octets.len().min(64)]).is_err_and(|e| e.error_len().is_some());
    let is_sealed = |packet: Packet<'_>| matches!(packet.kind, 1 | 3 | 9 | 18 | 20);
    is_armoured(octets) || is_binary() && Packets { rest: octets }.next().is_some_and(is_sealed)
}

/// Whether a text begins with an encrypted one in armour.
pub(crate) fn is_armoured(text: &[u8]) -> bool {
    text.trim_ascii_start().starts_with(b"-----BEGIN PGP MESSAGE")
}

/// The first armoured block: its octets, and what follows it.
fn unarmoured(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let start = memchr::memmem::find(text, b"-----BEGIN PGP ")?;
    let body = &text[start + 15..];
    let body = &body[memchr::memchr(b'\n', body)?..];
    let length = memchr::memmem::find(body, b"-----").unwrap_or(body.len());
    let mut digits = Vec::with_capacity(length);
    for line in body[..length].split(|b| *b == b'\n') {
        let line = line.trim_ascii();
        let line = line.strip_prefix(b"> ").unwrap_or(line);
        // Headers of the armour, and its checksum.
        if !line.contains(&b':') && !line.starts_with(b"=") {
            digits.extend_from_slice(line);
        }
    }
    Some((decode::base64(&digits), &body[length..]))
}

/// One packet.
struct Packet<'a> {
    kind: u8,
    body: &'a [u8],
}

struct Packets<'a> {
    rest: &'a [u8],
}

impl<'a> Packets<'a> {
    fn cut(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn number(&mut self, octets: usize) -> usize {
        self.cut(octets).iter().fold(0, |number: usize, octet| number << 8 | usize::from(*octet))
    }

    /// A length as new packets write it, and whether more of the body follows.
    fn length(&mut self) -> (usize, bool) {
        match self.number(1) {
            short @ 0..192 => (short, false),
            first @ 192..224 => (((first - 192) << 8) + self.number(1) + 192, false),
            255 => (self.number(4), false),
            partial => (1 << (partial & 0x1f), true),
        }
    }
}

impl<'a> Iterator for Packets<'a> {
    type Item = Packet<'a>;

    fn next(&mut self) -> Option<Packet<'a>> {
        let head = self.cut(1).first().copied().filter(|head| head & 0x80 != 0)?;
        if head & 0x40 == 0 {
            let length = match head & 3 {
                0 => self.number(1),
                1 => self.number(2),
                2 => self.number(4),
                _ => self.rest.len(),
            };
            return Some(Packet { kind: head >> 2 & 15, body: self.cut(length) });
        }
        let (length, mut is_partial) = self.length();
        let body = self.cut(length);
        while is_partial && !self.rest.is_empty() {
            let (length, goes_on) = self.length();
            self.cut(length);
            is_partial = goes_on;
        }
        Some(Packet { kind: head & 0x3f, body })
    }
}

fn packets(octets: &[u8], names: &mut Vec<String>) {
    for packet in (Packets { rest: octets }).take(PACKETS_MAX) {
        match packet.kind {
            13 => user_id(packet.body, names),
            2 => signer(packet.body, names),
            _ => {}
        }
    }
}

/// The signer's user id among the signed facts of a signature (RFC 9580 §5.2.3.30).
fn signer(body: &[u8], names: &mut Vec<String>) {
    let Some([4 | 6, _, _, _, rest @ ..]) = body.first_chunk::<4>().map(|_| body) else { return };
    let mut facts = Packets { rest };
    let length = facts.number(if body[0] == 4 { 2 } else { 4 });
    let mut facts = Packets { rest: facts.cut(length) };
    for _ in 0..200 {
        if facts.rest.is_empty() {
            return;
        }
        let (length, _) = facts.length();
        if let Some((28, id)) = facts.cut(length).split_first().map(|(kind, id)| (kind & 0x7f, id)) {
            user_id(id, names);
        }
    }
}

/// `Anna Karlsson (comment) <anna@example.net>`: the name and the address.
fn user_id(octets: &[u8], names: &mut Vec<String>) {
    let text = crate::mime::charset::to_text(&octets[..octets.len().min(USER_ID_MAX)], None);
    let (name, address) = match text.rsplit_once('<') {
        Some((name, rest)) => (name, rest.split('>').next().unwrap_or_default()),
        None => ("", text.as_ref()),
    };
    add(names, name.split(" (").next().unwrap_or_default());
    add(names, address);
}

fn add(names: &mut Vec<String>, name: &str) {
    let name = name.trim().trim_matches('"');
    if name.len() >= 2 && names.len() < LEARNT_MAX && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(kind: u8, body: &[u8]) -> Vec<u8> {
        [&[0xc0 | kind, u8::try_from(body.len()).unwrap()], body].concat()
    }

    fn key() -> Vec<u8> {
        let fact = [&[16, 28], b"asa@example.org".as_slice()].concat();
        let signature = [&[4, 0x13, 1, 8, 0, u8::try_from(fact.len()).unwrap()], fact.as_slice(), &[0, 0]].concat();
        let old = [&[0xb4, 8], b"Bo Bosse".as_slice()].concat();
        let id = "Åsa Exempel (jobb) <asa@example.net>".as_bytes();
        [packet(6, &[4; 60]), packet(13, id), old, packet(2, &signature)].concat()
    }

    const LEARNT: [&str; 4] = ["Åsa Exempel", "asa@example.net", "Bo Bosse", "asa@example.org"];

    #[test]
    fn keys_name_people() {
        assert_eq!(learnt(&key()), LEARNT);
        let encoded = data_encoding::BASE64.encode(&key());
        let armour = format!(
            "Hej\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: x\n\n{encoded}\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n"
        );
        assert_eq!(learnt(armour.as_bytes()), LEARNT);
        let folded: Vec<String> =
            encoded.as_bytes().chunks(60).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
        let field = format!("addr=asa@example.com; prefer-encrypt=mutual; keydata= {}", folded.join("\r\n "));
        assert_eq!(autocrypt(&field)[..2], ["asa@example.com", "Åsa Exempel"]);
        assert_eq!(learnt(b"bara text"), Vec::<String>::new());
    }

    #[test]
    fn encrypted_texts_are_told() {
        assert!(is_encrypted(&packet(1, b"\x03\xc1\xff\x00")) && is_encrypted(b"\n-----BEGIN PGP MESSAGE-----\n"));
        assert!(!is_encrypted(&key()) && !is_encrypted("Öppna å".as_bytes()) && !is_encrypted(b""));
    }

    #[test]
    fn cut_and_bent_keys_end() {
        let whole = key();
        for place in 0..whole.len() {
            assert!(learnt(&whole[..place]).len() <= LEARNT.len() + 1);
            for octet in [0, 0x80, 0xff, 0xe0, 0xcd, 0xb7] {
                let mut bent = whole.clone();
                bent[place] = octet;
                assert!(learnt(&bent).len() <= LEARNT_MAX);
            }
        }
        assert!(learnt(&[0xcd, 2, b'a', b'b'].repeat(50_000)).len() <= LEARNT_MAX);
        assert!(learnt("-----BEGIN PGP X\n".repeat(5000).as_bytes()).is_empty());
    }
}
