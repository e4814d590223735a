//! Sentences with and without contact details, each sent through as a letter: what is taken, what is kept.
//!
//! `corpus/contact/<language>.<dev|judge|fresh|second|third|apart>.tsv`, a line `kind<TAB>sentence`; what must go stands in ⟦…⟧, a sentence
//! without it must come out unchanged. Rules are written with the dev files in view; `judge` and `apart` are only
//! counted (`SHOW_JUDGE=1` lists their failures). Run with `--nocapture` for the tables.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]
#![allow(clippy::print_stdout, reason = "the tables are what one runs it for")]

#[path = "support/sentence.rs"]
mod sentence;
mod support;

use brevbro_sanitise::{Identity, Outcome, rebuild};
use sentence::{Sentence, parse, telling, tokens};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const LANGUAGES: [&str; 7] = ["sv", "da", "nb", "nn", "en", "fi", "de"];

/// What is to be reached: recall, precision, share of look-alikes untouched.
const TARGET: [f64; 3] = [0.97, 0.97, 0.99];

/// What holds now, dev and judge; raise it towards [`TARGET`], never lower it.
const FLOORS: [(&str, [f64; 3], [f64; 3]); 7] = [
    ("sv", [0.99, 0.99, 0.99], [0.97, 0.99, 0.99]),
    ("da", [0.99, 0.99, 0.99], [0.99, 0.99, 0.99]),
    ("nb", [0.99, 0.99, 0.99], [0.99, 0.99, 0.99]),
    ("nn", [0.99, 0.99, 0.99], [0.99, 0.99, 0.99]),
    ("en", [0.99, 0.99, 0.99], [0.97, 0.99, 0.99]),
    ("fi", [0.99, 0.99, 0.99], [0.96, 0.99, 0.99]),
    ("de", [0.99, 0.99, 0.99], [0.99, 0.99, 0.99]),
];

/// What holds on the set that is only counted; raise it towards [`TARGET`], never lower it.
const APART: [(&str, [f64; 3]); 7] = [
    ("sv", [0.92, 0.99, 0.99]),
    ("da", [0.92, 0.99, 0.99]),
    ("nb", [0.97, 0.99, 0.99]),
    ("nn", [0.95, 0.99, 0.99]),
    ("en", [0.97, 0.99, 0.99]),
    ("fi", [0.97, 0.97, 0.97]),
    ("de", [0.97, 0.99, 0.99]),
];

const SETS: [&str; 6] = ["dev", "judge", "fresh", "second", "third", "apart"];

#[derive(Default, Clone, Copy)]
struct Score {
    total: usize,
    caught: usize,
    /// Words of the writer's that did not arrive as written.
    harmed: usize,
}

enum Verdict {
    Right,
    Leaked,
    Harmed,
    LeakedAndHarmed,
}

fn read(language: &str, set: &str) -> Vec<Sentence> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/contact/{language}.{set}.tsv"));
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(parse).collect()
}

fn without_placeholders(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out += before;
        out.push(' ');
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    out + rest
}

fn is_in_order(wanted: &[String], there: &[String]) -> bool {
    let mut there = there.iter();
    wanted.iter().all(|token| there.any(|other| other == token))
}

fn judge(sentence: &Sentence, outcome: &Outcome) -> Verdict {
    let (text, held) = match outcome {
        Outcome::Clean(clean) => (clean.text(), false),
        Outcome::Quarantine(clean) => (clean.text(), true),
        Outcome::Refused(_) => ("", true),
    };
    if sentence.spans.is_empty() {
        let is_kept = !held && text.trim_end() == sentence.text.trim_end();
        return if is_kept { Verdict::Right } else { Verdict::Harmed };
    }
    let there = tokens(&without_placeholders(text));
    let mut left: HashMap<&str, isize> = HashMap::new();
    for token in &there {
        *left.entry(token).or_default() += 1;
    }
    for token in &sentence.outside {
        *left.entry(token).or_default() -= 1;
    }
    let left: Vec<&str> = left.into_iter().filter(|(_, count)| *count > 0).map(|(token, _)| token).collect();
    let stays = |token: &String| left.iter().any(|l| l == token || token.chars().count() >= 4 && l.contains(&**token));
    let leaked = sentence.spans.iter().flat_map(|span| telling(&sentence.kind, span)).any(|token| stays(&token));
    match (leaked, !is_in_order(&sentence.outside, &there)) {
        (false, false) => Verdict::Right,
        (true, false) => Verdict::Leaked,
        (false, true) => Verdict::Harmed,
        (true, true) => Verdict::LeakedAndHarmed,
    }
}

fn identity(language: &str) -> Identity {
    let text = format!("[relay]\ndomain='relay.example.org'\nlanguage='{language}'");
    toml::from_str(&text).unwrap()
}

fn send(sentence: &Sentence, identity: &Identity) -> Outcome {
    let threads = support::key();
    let raw = format!(
        "From: q7x2@post.invalid\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\n{}\n",
        sentence.text
    );
    rebuild(raw.as_bytes(), identity, &support::rules(&threads))
}

fn score(language: &str, set: &str) -> BTreeMap<String, Score> {
    let shows = !matches!(set, "judge" | "apart") || std::env::var_os("SHOW_JUDGE").is_some();
    let identity = identity(language);
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for sentence in read(language, set) {
        let outcome = send(&sentence, &identity);
        let verdict = judge(&sentence, &outcome);
        let score = scores.entry(sentence.kind.clone()).or_default();
        score.total += 1;
        score.caught += usize::from(matches!(verdict, Verdict::Right | Verdict::Harmed));
        score.harmed += usize::from(matches!(verdict, Verdict::Harmed | Verdict::LeakedAndHarmed));
        let fault = match verdict {
            Verdict::Right => continue,
            Verdict::Leaked => "leaked",
            Verdict::Harmed => "harmed",
            Verdict::LeakedAndHarmed => "leaked and harmed",
        };
        if shows {
            let came = match &outcome {
                Outcome::Clean(clean) => clean.text().trim_end().to_owned(),
                Outcome::Quarantine(clean) => format!("QUARANTINE {}", clean.text().trim_end()),
                Outcome::Refused(refusal) => format!("REFUSED {refusal:?}"),
            };
            println!("  {language}.{set} {fault} {}: {}\n      came out: {came}", sentence.kind, sentence.text);
        }
    }
    scores
}

#[expect(clippy::cast_precision_loss, reason = "counts of some thousands")]
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

/// Recall, precision, share of look-alikes untouched.
fn totals(scores: &BTreeMap<String, Score>) -> [f64; 3] {
    let lookalike = scores.get("lookalike").copied().unwrap_or_default();
    let positive = scores.iter().filter(|(kind, _)| *kind != "lookalike").map(|(_, score)| score);
    let (total, caught, harmed) =
        positive.fold((0, 0, 0), |all, one| (all.0 + one.total, all.1 + one.caught, all.2 + one.harmed));
    let wrong = harmed + lookalike.harmed;
    let kept = lookalike.total - lookalike.harmed;
    [share(caught, total), share(caught, caught + wrong), share(kept, lookalike.total)]
}

fn check(sets: &[&str], floor_of: impl Fn(&str) -> [f64; 3]) {
    let below: Vec<_> = sets.iter().flat_map(|set| below(set, &floor_of)).collect();
    assert!(below.is_empty(), "below the floor: {below:?}");
}

/// Prints a set's table; gives what is below its floor.
fn below(set: &str, floor_of: impl Fn(&str) -> [f64; 3]) -> Vec<(&'static str, [f64; 3])> {
    let mut below = Vec::new();
    let mut table = String::new();
    for language in LANGUAGES {
        let scores = score(language, set);
        for (kind, one) in &scores {
            let (recall, unharmed) = (share(one.caught, one.total), share(one.total - one.harmed, one.total));
            let recall = if kind == "lookalike" { "      ".to_owned() } else { format!("{recall:.4}") };
            writeln!(table, "{language:3} {kind:11} {:5} recall {recall}  unharmed {unharmed:.4}", one.total).unwrap();
        }
        let totals = totals(&scores);
        let reached = totals.iter().zip(TARGET).all(|(is, target)| *is >= target);
        writeln!(
            table,
            "{language:3} {:17} recall {:.4}  precision {:.4}  untouched {:.4}{}\n",
            "ALL",
            totals[0],
            totals[1],
            totals[2],
            if reached { "  on target" } else { "" }
        )
        .unwrap();
        if totals.iter().zip(floor_of(language)).any(|(is, floor)| *is < floor) {
            below.push((language, totals));
        }
    }
    println!("contact details, {set} set\n{table}");
    below
}

#[test]
fn the_dev_set_holds_its_floor() {
    check(&["dev"], |language| FLOORS.iter().find(|row| row.0 == language).unwrap().1);
}

#[test]
fn the_judge_set_holds_its_floor() {
    check(&["judge"], |language| FLOORS.iter().find(|row| row.0 == language).unwrap().2);
}

/// Written after the rules, each in one go; what was missed at the first try has since been mended.
#[test]
fn the_fresh_sets_hold_the_target() {
    check(&["fresh", "second"], |_| TARGET);
}

/// Written without a look at the rules; every third line was set apart, and is counted only.
#[test]
fn the_third_set_holds_the_target_and_what_was_set_apart_its_floor() {
    check(&["third"], |_| TARGET);
    check(&["apart"], |language| APART.iter().find(|row| row.0 == language).unwrap().1);
}

#[test]
fn ordinary_prose_stays() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/contact/prose.tsv");
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    assert!(lines.len() > 250);
    let identities: HashMap<&str, Identity> =
        LANGUAGES.iter().map(|language| (*language, identity(language))).collect();
    let is_eaten = |line: &&(&str, &str)| {
        let sentence = parse(&format!("lookalike\t{}", line.1));
        !matches!(judge(&sentence, &send(&sentence, &identities[line.0])), Verdict::Right)
    };
    let eaten: Vec<_> = lines.iter().filter(is_eaten).collect();
    assert!(eaten.is_empty(), "{eaten:#?}");
}

#[test]
fn no_sentence_is_in_both_sets_or_twice() {
    for language in LANGUAGES {
        let mut seen = HashSet::new();
        for set in SETS {
            let sentences = read(language, set);
            assert!(!sentences.is_empty(), "{language}.{set}");
            for sentence in sentences {
                assert!(seen.insert(sentence.text.clone()), "{language}.{set}: {}", sentence.text);
            }
        }
    }
}

#[test]
fn every_marked_span_tells_something() {
    for language in LANGUAGES {
        for sentence in SETS.iter().flat_map(|set| read(language, set)) {
            let tells: Vec<String> = sentence.spans.iter().flat_map(|span| telling(&sentence.kind, span)).collect();
            assert_eq!(sentence.kind == "lookalike", tells.is_empty(), "{}", sentence.text);
        }
    }
    assert_eq!(telling("street", "Flat 3, 27 Harbour Street"), ["27", "harbour"]);
    assert_eq!(telling("street", "Björkstigen 5, 2 tr, 113 37 Stockholm"), ["björkstigen", "5", "113", "37"]);
}

#[test]
fn the_judge_can_find_fault() {
    let sentence = parse("phone\tRing ⟦070-174 06 05⟧ efter sex.");
    let judged = |text: &str| {
        let raw = format!("From: q7x2@post.invalid\n\n{text}\n");
        let threads = support::key();
        judge(&sentence, &rebuild(raw.as_bytes(), &identity("sv"), &support::rules(&threads)))
    };
    assert!(matches!(judged("Ring snart efter sex."), Verdict::Right));
    assert!(matches!(judged("Ring snart."), Verdict::Harmed));
    assert!(matches!(judged("Ring cirka 06 efter sex."), Verdict::Leaked));
    assert!(matches!(judged("Ring cirka 06."), Verdict::LeakedAndHarmed));
}
