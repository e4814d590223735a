//! PGP armour written into a text: the words of a clear-signed text stay, signatures and keys go (RFC 9580 §7).

use std::borrow::Cow;

/// What was found while armour was taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Armour {
    /// Blocks taken out.
    pub(crate) blocks: usize,
    /// One of them was an encrypted text.
    pub(crate) encrypted: bool,
}

/// Takes armour out of a text with `\n` line ends; `mark` stands where a key or a certificate stood among words.
pub(crate) fn strip<'t>(text: &'t str, mark: &str) -> (Cow<'t, str>, Armour) {
    if memchr::memmem::find(text.as_bytes(), b"-----BEGIN ").is_none() {
        return (Cow::Borrowed(text), Armour::default());
    }
    let apart = apart(text);
    let (marked, armour) = stripped(&apart, mark);
    // Marks alone are no letter.
    let has_words = marked.split('\n').any(|line| bare(line) != mark && !bare(line).is_empty());
    let kept = if has_words || mark.is_empty() { marked } else { stripped(&apart, "").0 };
    (Cow::Owned(kept), armour)
}

fn stripped(text: &str, mark: &str) -> (String, Armour) {
    let mut armour = Armour::default();
    let mut out = String::with_capacity(text.len());
    let all: Vec<&str> = text.split('\n').collect();
    let ends = ends(&all);
    let mut signed = false;
    let mut place = 0;
    while let Some(line) = all.get(place) {
        place += 1;
        let Some(block) = begun(line) else {
            // RFC 9580 §7.1: lines that begin with a dash are written `- -`.
            out.push_str(if signed { line.strip_prefix("- ").unwrap_or(line) } else { line });
            out.push('\n');
            continue;
        };
        armour.blocks += 1;
        if block == Block::Signed {
            signed = true;
            place += all[place..].iter().take_while(|line| is_only_header(line)).count();
            continue;
        }
        armour.encrypted |= block == Block::Encrypted;
        signed = false;
        if block == Block::Key && !mark.is_empty() {
            out.push_str(&line[..line.len() - line.trim_start_matches(['>', ' ']).len()]);
            out.push_str(mark);
            out.push('\n');
        }
        // A block that never ends takes nothing with it but what looks like armour.
        let is_inside: fn(&str) -> bool =
            if ends[place - 1] && block != Block::Other { is_armoured } else { is_surely_armoured };
        while let Some(line) = all.get(place).filter(|line| is_inside(line) || ended(line)) {
            place += 1;
            if ended(line) {
                break;
            }
        }
    }
    out.pop();
    (out, armour)
}

/// Borders of blocks on lines of their own, where programmes have joined lines.
fn apart(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for begin in memchr::memmem::find_iter(text.as_bytes(), b"-----") {
        let Some(length) = border(&text[begin..]) else { continue };
        let (before, after) = (&text[done..begin], &text[begin + length..]);
        let line = before.rfind('\n').map_or(before, |end| &before[end + 1..]);
        let is_first = line.bytes().all(|b| matches!(b, b'>' | b' '));
        let is_last = after.trim_start_matches([' ', '\r', '\t']).starts_with('\n') || after.trim().is_empty();
        if is_first && is_last {
            continue;
        }
        out.push_str(before.trim_end_matches(' '));
        out.push_str(if is_first { "" } else { "\n" });
        out.push_str(&text[begin..begin + length]);
        out.push_str(if is_last { "" } else { "\n" });
        done = begin + length;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Longest name of a block.
const LABEL_MAX: usize = 40;

/// The length of the border that begins a text.
fn border(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("-----BEGIN ").or_else(|| text.strip_prefix("-----END "))?;
    let length = rest.bytes().take(LABEL_MAX).take_while(|b| is_label(*b)).count();
    let is_border = length > 0 && rest[length..].starts_with("-----");
    is_border.then_some(text.len() - rest.len() + length + 5)
}

fn is_label(octet: u8) -> bool {
    octet.is_ascii_uppercase() || octet.is_ascii_digit() || matches!(octet, b' ' | b',' | b'/')
}

/// What a block holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Signed,
    Signature,
    Encrypted,
    Key,
    /// Something unheard of: only what is surely armour goes.
    Other,
}

/// What a line begins: a block of PGP, or a certificate or key written as text (RFC 7468).
fn begun(line: &str) -> Option<Block> {
    // A border whose end was cut off is one all the same.
    let kind = bare(line).strip_prefix("-----BEGIN ")?.trim_end_matches('-');
    let ends = |endings: &[&str]| endings.iter().any(|ending| kind.ends_with(ending));
    match kind {
        "PGP SIGNED MESSAGE" => Some(Block::Signed),
        _ if kind == "PGP MESSAGE" || kind.starts_with("PGP MESSAGE,") => Some(Block::Encrypted),
        _ if kind.starts_with("PGP ") && !kind.ends_with("KEY BLOCK") => Some(Block::Signature),
        "PKCS7" | "CMS" | "SSH SIGNATURE" => Some(Block::Signature),
        _ if ends(&["KEY BLOCK", "CERTIFICATE", "PRIVATE KEY", "PUBLIC KEY", "X509 CRL", "REQUEST", "PARAMETERS"]) => {
            Some(Block::Key)
        }
        _ => (!kind.is_empty() && kind.bytes().all(is_label)).then_some(Block::Other),
    }
}

fn ended(line: &str) -> bool {
    bare(line).starts_with("-----END ")
}

/// For each line, whether the next border of a block below it is an end.
fn ends(lines: &[&str]) -> Vec<bool> {
    let mut ends = vec![false; lines.len()];
    let mut next = false;
    for (place, line) in lines.iter().enumerate().rev() {
        ends[place] = next;
        if line.contains("-----") {
            next = if ended(line) { true } else { next && begun(line).is_none() };
        }
    }
    ends
}

fn bare(line: &str) -> &str {
    line.trim_start_matches(['>', ' ']).trim_end()
}

/// A line of base 64, a checksum, an armour header, a blank line, or the end.
fn is_armoured(line: &str) -> bool {
    let line = bare(line);
    let is_joined = || {
        let mut words = line.split_ascii_whitespace();
        words.clone().any(|word| word.len() > 24) && words.all(|word| word.bytes().all(is_digit))
    };
    line.is_empty() || line.bytes().all(is_digit) || is_header(line) || ended(line) || is_joined()
}

/// The same where no end is to be seen: a short word may be the writer's.
fn is_surely_armoured(line: &str) -> bool {
    let line = bare(line);
    let is_long = line.len() > 24 || line.starts_with('=') || line.ends_with('=') || line.contains(['+', '/']);
    line.is_empty() || is_header(line) || line.bytes().all(is_digit) && is_long
}

fn is_digit(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/' | b'=')
}

fn is_header(line: &str) -> bool {
    line.trim_start_matches(['>', ' ']).split_once(": ").is_some_and(|(name, _)| {
        matches!(name, "Version" | "Comment" | "Hash" | "Charset" | "MessageID" | "NotDashEscaped")
    })
}

/// A header of a signed text, and none of its words behind it.
fn is_only_header(line: &str) -> bool {
    is_header(line) && line.split_once(": ").is_some_and(|(_, value)| !value.trim().contains(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(text: &str) -> (Cow<'_, str>, Armour) {
        super::strip(text, "")
    }

    #[test]
    fn certificates_and_quoted_keys_go() {
        let text = "Före\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nEfter\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n\
                    -----END OPENSSH PRIVATE KEY-----\nSlut\n-----BEGIN något annat-----\nkvar";
        assert_eq!(strip(text).0, "Före\nEfter\nSlut\n-----BEGIN något annat-----\nkvar");
        let id = b"Asa <asa@example.net>";
        let packet = [&[0xcd, u8::try_from(id.len()).unwrap()], id.as_slice()].concat();
        let key = data_encoding::BASE64.encode(&packet);
        let text =
            format!("Hej\n> -----BEGIN PGP PUBLIC KEY BLOCK-----\n> \n> {key}\n> -----END PGP PUBLIC KEY BLOCK-----\n");
        assert_eq!(strip(&text).0, "Hej\n");
    }

    #[test]
    fn hostile_armour_ends() {
        for unit in [
            "-----BEGIN PGP MESSAGE-----\n",
            "-----BEGIN PGP X-----\n\n",
            "-----END PGP X-----\n",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n",
        ] {
            assert!(strip(&unit.repeat(30_000)).0.len() <= unit.len() * 30_000);
        }
    }

    #[test]
    fn signed_words_stay_and_keys_go() {
        let text = "Före\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHej!\n- -- streck\n-----BEGIN PGP SIGNATURE-----\n\n\
                    iQEzBA==\n=abcd\n-----END PGP SIGNATURE-----\nEfter\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 1\n\nmQENB\n\
                    -----END PGP PUBLIC KEY BLOCK-----";
        let (stripped, armour) = strip(text);
        assert_eq!(stripped.replace("\n\n", "\n"), "Före\nHej!\n-- streck\nEfter");
        assert_eq!(armour, Armour { blocks: 3, encrypted: false });
    }

    #[test]
    fn an_endless_block_takes_no_words_with_it() {
        let (stripped, armour) =
            strip("-----BEGIN PGP MESSAGE-----\n\nhQEMA5vJ4nVqCyXPAQgAmQ7x\nHej\ndet här är min text.");
        assert_eq!(stripped.replace("hQEMA5vJ4nVqCyXPAQgAmQ7x\n", ""), "Hej\ndet här är min text.");
        assert!(armour.encrypted);
        assert_eq!(strip("-----BEGIN PGP SIGNED MESSAGE-----\nHej!\nJag.").0, "Hej!\nJag.");
    }

    #[test]
    fn a_key_among_words_leaves_a_mark() {
        let key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBFzGYQ8BCADbqxh0uSFt5S8Xg1p5\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----";
        let marked = |text: &str| super::strip(text, "[nyckel]").0.into_owned();
        assert_eq!(marked(&format!("Före\n{key}\nEfter")), "Före\n[nyckel]\nEfter");
        assert_eq!(marked(&format!("> Före\n> {}\nEfter", key.replace('\n', "\n> "))), "> Före\n> [nyckel]\nEfter");
        // Lines that a programme has joined.
        assert_eq!(marked(&format!("Före {} Efter", key.replace('\n', " "))), "Före\n[nyckel]\n Efter");
        assert_eq!(marked(key), "", "a key alone is no letter");
        let other = "Hej\n-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\nSlut";
        assert_eq!(marked(other), "Hej\n[nyckel]\nSlut");
        assert_eq!(marked("Hej\n-----BEGIN STORY-----\nord\n-----END STORY-----"), "Hej\nord\n-----END STORY-----");
    }
}
