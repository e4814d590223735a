//! The engine from outside, with harmless words: what each key of a rule file does to a letter.

#![allow(clippy::unwrap_used, reason = "a test that fails should panic")]

use brevbro_core::escalation::Severity;
use brevbro_core::party::{Language, Side};
use brevbro_flags::{Category, Findings, Letter, Rules, Scan, Thread, scan};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Rain is what these letters are about, and an umbrella is what they must not be about.
const RULES: &str = include_str!("support/umbrella.toml");

static LOADED: LazyLock<Rules> = LazyLock::new(|| Rules::load(&[("en.toml", RULES)]).unwrap());

fn letter(text: &str, writer: Side) -> Letter<'_> {
    Letter { text, writer, language_hint: None, reader: None, thread: None }
}

fn found(letter: &Letter<'_>) -> Findings {
    match scan(&LOADED, letter) {
        Scan::Done(findings) => findings,
        Scan::NotScanned(why) => panic!("was not scanned: {}", why.word()),
    }
}

/// `category severity`, the most severe first.
fn flags(letter: &Letter<'_>) -> String {
    let all = found(letter).flags;
    let shown = |flag: &brevbro_flags::Flag| format!("{} {}", flag.category.word(), flag.severity.word());
    all.iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[test]
fn words_around_a_match_decide() {
    let table = [
        ("I took my old red umbrella.", "channel today"),
        ("I took my old red wet umbrella there, my big umbrella.", ""),
        ("Me and Ann bring a brolly.", "channel today"),
        ("I TOOOOK my umbrella", "channel today"),
        ("I taaake my umbrellaaa", "channel today"),
        ("I never took my umbrella.", ""),
        ("No, I took my umbrella.", "channel today"),
        ("It is not far but I took my umbrella.", "channel today"),
        ("I not only took my umbrella.", "channel today"),
        ("I took no umbrella.", ""),
        ("I took my umbrella, not.", "channel today"),
        ("I took my umbrella not.", ""),
        ("As a child I took my umbrella.", "channel routine"),
        ("Ten years ago I took my umbrella, and now again.", "channel today"),
        ("What a film. I took my umbrella.", ""),
        ("I took my umbrella. What a film.", "channel today"),
        ("I took my umbrella haha", "channel routine"),
        ("I took my umbrella 😂", "channel routine"),
        ("I took an umbrella term.", ""),
        ("I took an umbrella term in the rain.", "channel today"),
        ("I took my umbrella. Right now!", "channel now"),
        ("As a child I took my umbrella right now.", "channel routine"),
        ("A wet coat. Hm. Hm. Hm. The rain.", "channel today"),
        ("A wet coat in the rain, a dry one too.", ""),
        ("Do I take my umbrella?", "channel today"),
        ("I do not cook.", "suicide today"),
        ("I can not say that I do not really cook.", "suicide today"),
        ("I cannot not cook.", "suicide today"),
        ("A spoon. Another spoon.", ""),
        ("A spoon, and a bowl.", "suicide today"),
        ("A spoon, and no bowl.", ""),
        ("Drink tea.", ""),
        ("The order is 555-0100-22. Bye. Please call me.", ""),
        ("The number is 555-0100-22. Please call me.", "channel today"),
    ];
    for (text, expected) in table {
        assert_eq!(flags(&letter(text, Side::Seeker)), expected, "{text}");
    }
}

#[test]
fn the_writer_decides_too() {
    let table = [
        ("Drink tea.", "role today"),
        ("Do you drink tea?", "role today"),
        ("Is it hot soup?", "suicide routine"),
        ("Do you want hot soup, tell me.", "suicide routine"),
        ("I want hot soup.", "suicide today"),
        ("A spoon, and a bowl.", ""),
    ];
    for (text, expected) in table {
        assert_eq!(flags(&letter(text, Side::Volunteer)), expected, "{text}");
    }
    assert_eq!(flags(&letter("Is it hot soup?", Side::Seeker)), "suicide today");
}

#[test]
fn earlier_letters_are_capped_and_forwarded_ones_are_not() {
    let quoted = "Fine.\n\nOn 3 March 2026 Frida wrote:\n> I took my umbrella.\n> A spoon and a bowl.";
    assert_eq!(flags(&letter(quoted, Side::Seeker)), "channel routine");
    assert_eq!(flags(&letter("Fine.\nShe wrote:\n> I took my umbrella.", Side::Seeker)), "channel today");
    let forwarded =
        "Look.\n---------- Forwarded message ---------\nFrom: x\nDate: y\nSubject: z\n\nI took my umbrella.";
    assert_eq!(flags(&letter(forwarded, Side::Seeker)), "channel today");
}

#[test]
fn a_flag_says_where_and_why() {
    let text = "Hej på dig 😂! I took my umbrella. I took my umbrella right now.";
    let all = found(&Letter { reader: Some(Language::Swedish), ..letter(text, Side::Seeker) }).flags;
    let [flag] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(text.get(flag.place.octets()), Some("I took my umbrella"));
    assert_eq!((flag.rule.as_str(), flag.why.as_str()), ("en.channel.umbrella.1", "Ett paraply."));
    assert_eq!(flag.severity, Severity::Now);
}

#[test]
fn what_is_dropped_is_kept_with_its_reason() {
    let findings = found(&letter("I never took my umbrella. As a child I had hot soup.", Side::Seeker));
    let reasons: Vec<_> = findings.dropped.iter().map(|d| (d.rule.as_str(), d.reason.word(), d.lowered_to)).collect();
    assert_eq!(
        reasons,
        [("en.channel.umbrella.1", "negation", None), ("en.suicide.soup.1", "past", Some(Severity::Routine))]
    );
    assert!(!format!("{findings:?}").contains("had"));
}

/// A digest good enough for a test.
fn digest(text: &str) -> [u8; 16] {
    let mut out = [0_u8; 16];
    for (n, octet) in text.bytes().enumerate() {
        out[n % 16] = out[n % 16].wrapping_mul(31).wrapping_add(octet);
    }
    out
}

#[test]
fn a_thread_remembers_questions_sentences_and_routine_flags() {
    let asked = found(&letter("Hello. Do you want some soup? Bye.", Side::Volunteer)).asked;
    assert_eq!(asked, BTreeMap::from([(Category::Suicide, Severity::Now)]));

    let mut thread = Thread { asked, routine: BTreeMap::new(), seen: BTreeSet::new(), digest: &digest };
    let say = |text: &str, thread: &Thread<'_>| flags(&Letter { thread: Some(thread), ..letter(text, Side::Seeker) });
    for yes in ["Yes.", "Hello.\nyeah", "Hi Frida!\n\nYES I do", "Yes, I do.\nThe weather is fine."] {
        assert_eq!(say(yes, &thread), "suicide now", "{yes}");
    }
    for other in ["No.", "Well yes and no.", "Yes we went to the sea and it was a very fine day."] {
        assert_eq!(say(other, &thread), "", "{other}");
    }
    assert_eq!(say("I never had hot soup.", &thread), "suicide routine");
    thread.asked.clear();
    assert_eq!(say("Yes.", &thread), "");
    assert_eq!(say("I never had hot soup.", &thread), "");

    let text = "I took my old umbrella.";
    let first = found(&Letter { thread: Some(&thread), ..letter(text, Side::Seeker) });
    assert_eq!(first.sentences.len(), 1);
    thread.seen.extend(first.sentences);
    assert_eq!(say(text, &thread), "");
    assert_eq!(say("Hm.\nOn 3 March 2026 X wrote:\n> I took my OLD umbrella.", &thread), "");
    assert_eq!(say("Hm.\nOn 3 March 2026 X wrote:\n> I took a new umbrella.", &thread), "channel today");
    assert_eq!(say("I took my red umbrella.", &thread), "channel today");

    thread.routine.insert(Category::Channel, 2);
    assert_eq!(say("Boots in a puddle.", &thread), "channel today");
    thread.routine.insert(Category::Channel, 1);
    assert_eq!(say("Boots in a puddle.", &thread), "channel routine");
}

#[test]
fn a_failing_test_refuses_the_file() {
    let broken = RULES.replace("hit = \"I took my umbrella.\"", "hit = \"I never took my umbrella.\"");
    let refusal = Rules::load(&[("en.toml", &broken)]).unwrap_err().to_string();
    assert_eq!(
        refusal,
        "en.toml:37: en.channel.umbrella.1: hit: `I never took my umbrella.` is not flagged (lowered by negation)"
    );
    let broken = RULES.replace("[\"suicide today\", \"channel today\"]", "[\"suicide today\"]");
    let refusal = Rules::load(&[("en.toml", &broken)]).unwrap_err().to_string();
    assert!(refusal.contains("is flagged by ["), "{refusal}");
}
