//! Sentences with and without contact details, each sent through as a letter: what is taken, what is kept.
//!
//! `corpus/contact/<language>.<dev|judge|fresh|second>.tsv`, a line `kind<TAB>sentence`; what must go stands in ⟦…⟧, a sentence
//! without it must come out unchanged. Rules are written with the dev files in view; the judge files are only
//! counted (`SHOW_JUDGE=1` lists their failures). Run with `--nocapture` for the tables.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]
#![allow(clippy::print_stdout, reason = "the tables are what one runs it for")]

mod support;

use brevbro_sanitise::{Identity, Outcome, rebuild};
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

const SETS: [&str; 4] = ["dev", "judge", "fresh", "second"];

const KINDS: [&str; 10] =
    ["phone", "email", "nationalid", "street", "postcode", "handle", "payment", "plate", "network", "lookalike"];

/// Words inside ⟦…⟧ that tell nothing by themselves: hosts of everybody, and how signs are spelled.
const TELL_NOTHING: &str = "https http www com org net se no dk fi de uk co us me gmail hotmail outlook yahoo icloud \
    live proton protonmail telia online facebook instagram snapchat tiktok youtube twitter linkedin discord twitch \
    reddit telegram signal whatsapp zoom teams meet google microsoft mailto tel wa fb add user in m t p g u r j \
    example punkt punktum prikk prick piste pilkku dot at snabel snabela snabelkrull alfakrøll krøllalfa alfa krøll a \
    ät miukumauku kissanhäntä ättä minus bindestreck bindestrek bindestreg streck strek streg plus understreck \
    understrek understreg alaviiva viiva underscore dash hyphen bolag klammeraffe unterstrich \
    clearing kontonummer konto account sort code reg och og and ja und";

/// Before a number they tell a country only.
const COUNTRIES: [&str; 10] = ["44", "45", "46", "47", "49", "358", "0044", "0045", "0046", "0047"];

/// Words of a line that tells where in the house.
const FLOORS_AND_DOORS: [&str; 20] = [
    "tr",
    "tv",
    "th",
    "mf",
    "sal",
    "etasje",
    "etage",
    "plan",
    "våning",
    "vån",
    "lgh",
    "floor",
    "flat",
    "apt",
    "apartment",
    "kerros",
    "u0102",
    "h0203",
    "h0402",
    "ög",
];

struct Sentence {
    kind: String,
    text: String,
    spans: Vec<String>,
    outside: Vec<String>,
}

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

fn tokens(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

fn parse(line: &str) -> Sentence {
    let (kind, marked) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
    let (mut text, mut spans, mut outside) = (String::new(), Vec::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('⟦') {
        let (span, after) = after.split_once('⟧').unwrap_or_else(|| panic!("open span: {line}"));
        text += before;
        text += span;
        outside.extend(tokens(before));
        spans.push(span.to_owned());
        rest = after;
    }
    text += rest;
    outside.extend(tokens(rest));
    assert!(KINDS.contains(&kind), "{line}");
    assert_eq!(kind == "lookalike", spans.is_empty(), "{line}");
    assert!(!text.contains('⟧'), "{line}");
    Sentence { kind: kind.to_owned(), text, spans, outside }
}

fn read(language: &str, set: &str) -> Vec<Sentence> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/contact/{language}.{set}.tsv"));
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(parse).collect()
}

/// The words of a span of which none may arrive.
fn telling(kind: &str, span: &str) -> Vec<String> {
    let is_street = kind == "street";
    if is_street || kind == "postcode" {
        return span.split(',').flat_map(|segment| telling_of_place(is_street, segment)).collect();
    }
    let empty: HashSet<&str> = TELL_NOTHING.split_whitespace().collect();
    let is_country = |place: usize, token: &str| kind == "phone" && place == 0 && COUNTRIES.contains(&token);
    let tells = tokens(span).into_iter().enumerate();
    tells.filter(|(at, t)| !empty.contains(t.as_str()) && !is_country(*at, t)).map(|(_, token)| token).collect()
}

/// Of one line of an address: the numbers, and the street's name beside the house's. Towns and floors may stay.
fn telling_of_place(is_street: bool, segment: &str) -> Vec<String> {
    let all = tokens(segment);
    let has_digit = |token: &String| token.contains(|c: char| c.is_ascii_digit());
    if is_street && (all.len() == 1 || all.iter().any(|token| FLOORS_AND_DOORS.contains(&token.as_str()))) {
        return Vec::new();
    }
    let is_postcode = |at: usize| {
        let long = |token: &String, length: usize| token.len() >= length && token.bytes().all(|b| b.is_ascii_digit());
        long(&all[at], 4) || at > 0 && long(&all[at], 2) && long(&all[at - 1], 3)
    };
    let is_house = |at: usize| has_digit(&all[at]) && !is_postcode(at);
    let is_name = |at: usize| {
        let beside = at > 0 && is_house(at - 1) || at + 1 < all.len() && is_house(at + 1);
        is_street && beside && all[at].chars().count() > 3
    };
    (0..all.len()).filter(|at| has_digit(&all[*at]) || is_name(*at)).map(|at| all[at].clone()).collect()
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
    let shows = set != "judge" || std::env::var_os("SHOW_JUDGE").is_some();
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

fn check(set: &str, floor_of: impl Fn(&str) -> [f64; 3]) {
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
    assert!(below.is_empty(), "below the floor: {below:?}");
}

#[test]
fn the_dev_set_holds_its_floor() {
    check("dev", |language| FLOORS.iter().find(|row| row.0 == language).unwrap().1);
}

#[test]
fn the_judge_set_holds_its_floor() {
    check("judge", |language| FLOORS.iter().find(|row| row.0 == language).unwrap().2);
}

/// Written after the rules, each in one go; what was missed at the first try has since been mended.
#[test]
fn the_fresh_sets_hold_the_target() {
    check("fresh", |_| TARGET);
    check("second", |_| TARGET);
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
