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

/// Takes armour out of a text with `\n` line ends.
pub(crate) fn strip(text: &str) -> (Cow<'_, str>, Armour) {
    let mut armour = Armour::default();
    if memchr::memmem::find(text.as_bytes(), b"-----BEGIN ").is_none() {
        return (Cow::Borrowed(text), armour);
    }
    let mut out = String::with_capacity(text.len());
    let all: Vec<&str> = text.split('\n').collect();
    let ends = ends(&all);
    let mut signed = false;
    let mut place = 0;
    while let Some(line) = all.get(place) {
        place += 1;
        let Some(kind) = begun(line) else {
            // RFC 9580 §7.1: lines that begin with a dash are written `- -`.
            out.push_str(if signed { line.strip_prefix("- ").unwrap_or(line) } else { line });
            out.push('\n');
            continue;
        };
        armour.blocks += 1;
        if kind == "PGP SIGNED MESSAGE" {
            signed = true;
            place += all[place..].iter().take_while(|line| is_header(line)).count();
            continue;
        }
        armour.encrypted |= kind == "PGP MESSAGE" || kind.starts_with("PGP MESSAGE,");
        signed = false;
        // A block that never ends takes nothing with it but what looks like armour.
        let is_inside: fn(&str) -> bool = if ends[place - 1] { is_armoured } else { is_surely_armoured };
        while let Some(line) = all.get(place).filter(|line| is_inside(line)) {
            place += 1;
            if ended(line) {
                break;
            }
        }
    }
    out.pop();
    (Cow::Owned(out), armour)
}

/// What a line begins: a block of PGP, or a certificate or key written as text (RFC 7468).
fn begun(line: &str) -> Option<&str> {
    let kind = bare(line).strip_prefix("-----BEGIN ")?.strip_suffix("-----")?;
    let is_known = kind.starts_with("PGP ")
        || kind.ends_with("CERTIFICATE")
        || kind.ends_with("PRIVATE KEY")
        || kind.ends_with("PUBLIC KEY")
        || matches!(kind, "PKCS7" | "CMS" | "SSH SIGNATURE" | "X509 CRL");
    is_known.then_some(kind)
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
    line.is_empty() || line.bytes().all(is_digit) || is_header(line) || line.starts_with("-----END ")
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
