//! Cards, invitations and keys that people paste among their words: the block goes, a mark stands there, the words stay.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_sanitise::report::Seen;
use brevbro_sanitise::{Identity, Outcome, rebuild};

const CARD: &str = "BEGIN:VCARD\nVERSION:3.0\nN:Lindblad;Petra;;;\nFN:Petra Lindblad\nORG:Exempelbolaget\n\
    TEL;TYPE=CELL:+46 70 174 06 05\nEMAIL:petra@example.net\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\n \
    2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoH\nEND:VCARD";
const KEY: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: Petra\n\n\
    mQENBFzGYQ8BCADbqxh0uSFt5S8Xg1p5o7B1kq3rX2vJ9yTzWcLhNfEaGdUiMoPs\nQrStUvWxYz0123456789+/AbCdEfGhIj\n=abcd\n\
    -----END PGP PUBLIC KEY BLOCK-----";
const MEETING: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:Fika\nORGANIZER:mailto:petra@example.net\n\
    DTSTART:20261203T140000Z\nEND:VEVENT\nEND:VCALENDAR";

fn rebuilt(kind: &str, body: &str, language: &str) -> (String, u32, u32) {
    let identity: Identity =
        toml::from_str(&format!("[relay]\ndomain='relay.example.org'\nlanguage='{language}'")).unwrap();
    let threads = support::key();
    let raw = format!(
        "From: q7x2@post.invalid\nMIME-Version: 1.0\nContent-Type: {kind}; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\n{body}\n"
    );
    match rebuild(raw.as_bytes(), &identity, &support::rules(&threads)) {
        Outcome::Clean(clean) => {
            let all = support::read_back(clean.bytes());
            for token in ["Petra", "petra", "Lindblad", "174", "mQENB", "/9j/", "BEGIN:V", "-----BEGIN"] {
                assert!(!all.contains(token), "{token} in {all}");
            }
            let report = clean.report();
            (clean.text().to_owned(), report.count(Seen::Card), report.count(Seen::Crypto))
        }
        other => panic!("{other:?}: {body}"),
    }
}

#[test]
fn blocks_among_words_leave_a_mark_and_the_words() {
    for (language, block, mark) in [
        ("sv", CARD, "[kontaktkort]"),
        ("en", CARD, "[contact card]"),
        ("nb", KEY, "[nøkkel]"),
        ("sv", KEY, "[nyckel]"),
        ("da", MEETING, "[kalenderinvitation]"),
    ] {
        let (text, cards, keys) =
            rebuilt("text/plain", &format!("Hej!\n\nHär är det.\n\n{block}\n\nHoppas det går.\nVi hörs."), language);
        assert_eq!(text, format!("Hej!\n\nHär är det.\n\n{mark}\n\nHoppas det går.\nVi hörs.\n"));
        assert_eq!((cards, keys), (u32::from(block == CARD), u32::from(block == KEY)));
    }
}

#[test]
fn a_block_before_or_behind_the_words_takes_none_with_it() {
    for block in [CARD, KEY, MEETING] {
        for body in [format!("{block}\n\nHej du, tack för senast."), format!("Hej du, tack för senast.\n\n{block}")] {
            let (text, ..) = rebuilt("text/plain", &body, "sv");
            assert!(text.contains("Hej du, tack för senast.") && text.contains('['), "{text}");
        }
    }
}

#[test]
fn blocks_in_markup_and_on_one_line_go_as_well() {
    for block in [CARD, KEY] {
        let lines = format!("<p>Hej du.</p><p>{}</p><p>Vi hörs.</p>", block.replace('\n', "<br>"));
        let joined = format!("<p>Hej du.</p><p>{block}</p><p>Vi hörs.</p>");
        for body in [lines, joined] {
            let (text, ..) = rebuilt("text/html", &body, "sv");
            assert!(text.contains("Hej du.") && text.contains("Vi hörs."), "{text}");
        }
    }
}

#[test]
fn a_block_cut_off_anywhere_leaves_the_words_before_it_and_is_sent() {
    for block in [CARD, KEY, MEETING] {
        for end in 12..block.len() {
            let body = format!("Hej du, tack för senast.\n\n{}", &block[..end]);
            let text = passed(&body);
            assert!(text.contains("Hej du, tack för senast."), "{text}");
        }
    }
}

/// The same for a block that is no longer one: what is left of it may show, but no guard may be needed.
fn passed(body: &str) -> String {
    let threads = support::key();
    let raw = format!("From: q7x2@post.invalid\nContent-Type: text/plain; charset=utf-8\n\n{body}\n");
    match rebuild(raw.as_bytes(), &Identity::default(), &support::rules(&threads)) {
        Outcome::Clean(clean) => clean.text().to_owned(),
        other => panic!("{other:?}: {body}"),
    }
}
