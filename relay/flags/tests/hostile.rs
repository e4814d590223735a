//! Letters made to break or to stall the engine: it answers for each, in work that grows with the letter alone.

#![allow(clippy::unwrap_used, reason = "a test that fails should panic")]

use brevbro_core::party::Side;
use brevbro_flags::{Findings, LONGEST, Letter, Rules, Scan, Unread, explain, scan};
use std::sync::LazyLock;

static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::load(&[("en.toml", include_str!("support/umbrella.toml"))]).unwrap());

fn look(text: &str) -> Scan {
    scan(&RULES, &Letter { text, writer: Side::Seeker, language_hint: None, reader: None, thread: None })
}

fn read(text: &str) -> Findings {
    match look(text) {
        Scan::Done(findings) => findings,
        Scan::NotScanned(why) => panic!("{} octets were not read: {}", text.len(), why.word()),
    }
}

/// Figures without end and without chance.
fn noise(seed: u64) -> impl Iterator<Item = usize> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 40).unwrap()
    })
}

const SEED: &str = "Hi Frida,\nAs a child I took my umbr*ella 😂, didn’t we? Call me: 555-0100-22 or a@b.example.org @hi_1.\n\
                    t.ex. 20 years ago... we not only bring a brolly; no, haha! umbrella terms – a spoon (and a bowl).\n\
                    On 3 March 2026 at 10:00 X wrote:\n> wet coat\n> > rain\n-- \nÅsa Ünlü\u{301} \u{200b}\u{202e}\n";

#[test]
fn places_lie_in_the_letter_however_it_is_cut_and_flipped() {
    let mut flags = 0;
    let mut check = |text: &str| {
        let findings = read(text);
        let places = findings.flags.iter().map(|f| &f.place).chain(findings.dropped.iter().map(|d| &d.place));
        for place in places {
            assert!(text.get(place.octets()).is_some_and(|seen| !seen.is_empty()));
        }
        assert!(findings.sections.iter().all(|(_, octets)| text.get(octets.clone()).is_some()));
        flags += findings.flags.len();
    };
    for at in 0..SEED.len() {
        check(SEED.get(..at).unwrap_or_default());
        check(SEED.get(at..).unwrap_or_default());
        let mut octets = SEED.as_bytes().to_vec();
        octets[at] = b"\0>\n.?*@-1'"[at % 10];
        check(&String::from_utf8_lossy(&octets));
    }
    assert!(flags > 500, "only {flags} flags were seen");
}

#[test]
fn any_mixture_of_its_parts_is_read() {
    let parts: Vec<&str> = SEED.split_inclusive([' ', '\n', '.']).collect();
    for seed in 0..60 {
        let text: String = noise(seed).take(200).map(|n| parts[n % parts.len()]).collect();
        let letter = Letter { text: &text, writer: Side::Volunteer, language_hint: None, reader: None, thread: None };
        assert!(matches!(scan(&RULES, &letter), Scan::Done(_)));
        assert!(explain(&RULES, &letter).is_some());
    }
}

/// Words that wake most patterns, most cues, or most finders.
const LURES: [&str; 16] = [
    "umbrella ",
    "i ",
    "i took ",
    "not ",
    "never took i umbrella ",
    "i not took umbrella ",
    "me and me and ",
    "a\n",
    "> a\n",
    "1 2 3 4 ",
    "@a ",
    "http://",
    "rain wet coat dry ",
    "as a child again film novel haha ",
    "spoon bowl. ",
    "?!. ",
];

#[test]
fn one_lure_without_end_is_read_or_refused_but_never_stalls() {
    for lure in LURES {
        let text = lure.repeat(250_000 / lure.len());
        match look(&text) {
            Scan::Done(findings) => assert!(findings.flags.len() <= 9 && findings.dropped.len() <= 100, "{lure:?}"),
            Scan::NotScanned(why) => assert_eq!(why, Unread::TooMuchWork, "{lure:?}"),
        }
    }
}

#[test]
fn one_endless_word_is_read() {
    for word in ["a", "å", "umbrella", "a\u{301}", "a*", "a-", "😂", "\u{200b}", "@", "9"] {
        let _findings = read(&word.repeat(300_000 / word.len()));
    }
}

#[test]
fn a_letter_longer_than_any_is_not_scanned() {
    assert!(matches!(look(&"a ".repeat(LONGEST / 2)), Scan::Done(_)));
    assert!(matches!(look(&"a".repeat(LONGEST + 1)), Scan::NotScanned(Unread::TooLong)));
}

#[test]
fn danger_behind_much_noise_is_found() {
    let noise: String = noise(7).take(4_000).map(|n| ["sea ", "sun ", "not ", "i ", "film. "][n % 5]).collect();
    let findings = read(&format!("{noise}\n\nI took my umbrella."));
    assert!(findings.flags.iter().any(|flag| flag.rule == "en.channel.umbrella.1"), "{:?}", findings.flags);
}
