//! Contact details that are found, and figures that are none.

use super::*;
use crate::budget::Budget;

fn allowed() -> Allowed {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    let digits = ["noll", "ett", "tva", "tre", "fyra", "fem", "sex", "sju"];
    Allowed {
        numbers: vec!["116123".into(), "020505050".into()],
        domains: vec!["relay.example.org".into()],
        digits: (0..).zip(digits).map(|(n, word)| (word.to_owned(), n)).collect(),
        at: words("at snabel snabela"),
        dot: words("punkt dot"),
        apps: words("snap insta"),
    }
}

fn seen(kind: FinderKind, text: &str) -> Vec<(String, bool)> {
    let reading = Reading::of(text, &mut Budget::new(1 << 40)).unwrap();
    let shown = |detail: Detail| (text.get(detail.octets).unwrap().to_owned(), detail.is_allowed);
    details(kind, &reading, &allowed()).into_iter().map(shown).collect()
}

#[test]
fn details_are_found() {
    use FinderKind::{Email, EmailSpelled, Handle, Link, NumberWords, Phone};
    let table = [
        (Phone, "Ring 070-174 06 05, ok?", "070-174 06 05"),
        (Phone, "Ring +46 (0)70 174 06 05.", "46 (0)70 174 06 05"),
        (Phone, "tlf 40 00 00 00", "40 00 00 00"),
        (NumberWords, "noll sju noll ett sju fyra noll sex noll fem", "noll sju noll ett sju fyra noll sex noll fem"),
        (NumberWords, "det är 070 ett sju fyra noll sex va", "070 ett sju fyra noll sex"),
        (Email, "Skriv till a.b+c@mail.example.org.", "a.b+c@mail.example.org"),
        (EmailSpelled, "frida at example punkt org", "frida at example punkt org"),
        (EmailSpelled, "frida snabel-a gmail", "frida snabel-a gmail"),
        (Handle, "min snap är blomman_87 nu", "blomman_87"),
        (Handle, "snap: blomman", "blomman"),
        (Handle, "kolla @blomman.87!", "@blomman.87"),
        (Link, "se https://chat.example.com/x?y=1.", "https://chat.example.com/x?y=1"),
        (Link, "wa.me/4670", "wa.me/4670"),
    ];
    for (kind, text, expected) in table {
        assert_eq!(seen(kind, text), [(expected.to_owned(), false)], "{text}");
    }
}

#[test]
fn what_anybody_may_give_is_allowed() {
    use FinderKind::{Email, Link, Phone};
    let table = [
        (Phone, "020-50 50 50"),
        (Phone, "+46 20 50 50 50"),
        (Email, "frida@relay.example.org"),
        (Link, "https://www.relay.example.org/hej"),
    ];
    for (kind, text) in table {
        let all = seen(kind, text);
        assert!(!all.is_empty() && all.iter().all(|(_, is_allowed)| *is_allowed), "{text}: {all:?}");
    }
    assert!(!is_clean("x@evil-relay.example.org"));
}

fn is_clean(text: &str) -> bool {
    seen(FinderKind::Email, text).iter().all(|(_, is_allowed)| *is_allowed)
}

#[test]
fn other_figures_and_words_are_left_alone() {
    use FinderKind::{Email, EmailSpelled, Handle, Link, NumberWords, Phone};
    let table = [
        (Phone, "Den 2026-11-21 kl 14.30, 21.11.2026, 2024-2026, 116 123, 112, 12345, a1234567"),
        (NumberWords, "ett tu tre sju"),
        (Email, "a@b, @, x@, 5 @ 3"),
        (EmailSpelled, "vi ses at six punkt"),
        (Handle, "jag har snap och insta, @ja 12"),
        (Link, "http nothing www"),
    ];
    for (kind, text) in table {
        assert_eq!(seen(kind, text), [], "{text}");
    }
}

#[test]
fn no_text_breaks_a_finder() {
    let text = "Ring +46 (0)70-174 06 05 a@b.se noll sju @x snap: y_1 https://e.org/ö at punkt é😂 12.12.2026";
    for at in 0..text.len() {
        let mut octets = text.as_bytes().to_vec();
        octets[at] = b"@:/. 1-\n"[at % 8];
        for letter in [text.get(..at).unwrap_or_default().to_owned(), String::from_utf8_lossy(&octets).into_owned()] {
            for &kind in FinderKind::ALL {
                // Cutting characters would panic in `shown`.
                assert!(seen(kind, &letter).len() < 20);
            }
        }
    }
}
