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
    if memchr::memmem::find(text.as_bytes(), b"-----BEGIN PGP ").is_none() {
        return (Cow::Borrowed(text), armour);
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    let mut signed = false;
    while let Some(line) = lines.next() {
        let bare = line.trim_start_matches(['>', ' ']).trim_end();
        let Some(kind) = bare.strip_prefix("-----BEGIN PGP ").and_then(|rest| rest.strip_suffix("-----")) else {
            // RFC 9580 §7.1: lines that begin with a dash are written `- -`.
            out.push_str(if signed { line.strip_prefix("- ").unwrap_or(line) } else { line });
            out.push('\n');
            continue;
        };
        armour.blocks += 1;
        if kind == "SIGNED MESSAGE" {
            signed = true;
            while lines.next_if(|line| is_header(line)).is_some() {}
        } else {
            armour.encrypted |= kind == "MESSAGE" || kind.starts_with("MESSAGE,");
            signed = false;
            // A block that never ends takes nothing with it but what looks like armour.
            while let Some(line) = lines.next_if(|line| is_armoured(line)) {
                if line.contains("-----END PGP ") {
                    break;
                }
            }
        }
    }
    out.pop();
    (Cow::Owned(out), armour)
}

/// A line of base 64, a checksum, an armour header, a blank line, or the end.
fn is_armoured(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ']).trim_end();
    let is_digit = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    line.is_empty() || line.bytes().all(is_digit) || is_header(line) || line.starts_with("-----END PGP ")
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
        let (stripped, armour) = strip("-----BEGIN PGP MESSAGE-----\n\nhQEMA\nHej, det här är min text.");
        assert_eq!(stripped, "Hej, det här är min text.");
        assert!(armour.encrypted);
        assert_eq!(strip("-----BEGIN PGP SIGNED MESSAGE-----\nHej!\nJag.").0, "Hej!\nJag.");
    }
}
