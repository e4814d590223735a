//! What reading the rules and looking at one letter costs, with the rules we bring and with many made-up ones.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark's only product is what it prints")]

use brevbro_core::party::Side;
use brevbro_flags::{Letter, Rules, Scan, scan};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A paragraph of an ordinary letter; five of them are 300 words and more.
const PARAGRAPH: &str = "Hej Frida! I dag var det en lång dag på jobbet, och jag tänkte på det du skrev om att vila ibland. \
    Barnen har varit hemma med feber, så vi har mest läst böcker och bakat. Jag vet inte riktigt hur jag ska orka hela \
    hösten, men det känns lite lättare när jag får skriva till någon. Min syster kommer på lördag, och då ska vi ut i \
    skogen om det inte regnar. Vad gör du själv i helgen?\n\n";

/// Letters that wake as much as they can.
const LURES: [&str; 4] = ["umbrella ", "jag inte vill ", "a\n", "word1 word2 word3 word4 "];

/// A word out of syllables, each number another one.
fn word(mut number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "lo", "mi", "ru", "ste", "va", "no", "pe", "dra", "si", "ty", "gå", "hö", "blä", "fru", "en"];
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(SYLLABLES[number % 16]);
        number /= 16;
    }
    word
}

/// A rule file of the size to expect: sets, cues, 250 rules with their tests, and 100 signs.
fn file(language: &str, seed: usize) -> String {
    let mut text = format!("format = 1\nlanguage = \"{language}\"\n[why]\nsuicide = \"Because.\"\n[sets]\n");
    for set in 0..60 {
        let words: Vec<String> = (0..12).map(|n| format!("\"{}\"", word(seed + set * 100 + n))).collect();
        let _infallible = writeln!(text, "s{set} = [{}, \"~{}*\"]", words.join(", "), word(seed + set * 100 + 50));
    }
    for cue in ["negation", "past", "fiction", "joke"] {
        let words: Vec<String> = (0..15).map(|n| format!("\"{} {}\"", word(seed + n), word(seed + 500 + n))).collect();
        let _infallible = writeln!(text, "[cues.{cue}]\nwords = [{}]\nbefore = 4", words.join(", "));
    }
    for rule in 0..250 {
        let w = |n: usize| word(seed + rule * 17 + n);
        let tests: Vec<String> =
            (0..5).map(|n| format!("\"{} {} {} och så vidare i dag.\"", w(n), w(1), w(2))).collect();
        let _infallible = writeln!(
            text,
            "[[rule]]\nid = \"{language}.suicide.r{rule}\"\ncategory = \"suicide\"\nseverity = \"today\"\npattern = \
             [\"@s{} <3> {}|{}* <2> @s{}\", \"(jag {}|{} {}) <2> {}\"]\nhit = [{}]\nmiss = [{}]",
            rule % 60,
            w(0),
            w(1),
            (rule + 7) % 60,
            w(2),
            w(3),
            w(4),
            w(5),
            tests.join(", "),
            tests.join(", ")
        );
    }
    for sign in 0..100 {
        let _infallible = writeln!(
            text,
            "[[sign]]\nid = \"{language}.suicide.sign.s{sign}\"\ncategory = \"suicide\"\nweight = 1\npattern = \"{} {}\"",
            word(seed + sign * 31),
            word(seed + sign * 37)
        );
    }
    text
}

/// The median of so many runs.
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn look(rules: &Rules, text: &str) -> bool {
    let letter = Letter { text, writer: Side::Seeker, language_hint: None, reader: None, thread: None };
    matches!(black_box(scan(rules, &letter)), Scan::Done(_))
}

fn main() {
    let texts: Vec<(&str, String)> =
        ["sv", "da", "nb", "en"].into_iter().enumerate().map(|(n, l)| (l, file(l, n * 4_000))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let size: usize = files.iter().map(|(_, text)| text.len()).sum();
    let made_up = median(21, || drop(black_box(Rules::read(&files))));
    println!("read 4 × 350 made-up rules, {} KB  {made_up:>10.1?}", size / 1024);
    println!("read the rules we bring           {:>10.1?}", median(21, || drop(black_box(Rules::embedded()))));
    let text = PARAGRAPH.repeat(5);
    let letter = Letter { text: &text, writer: Side::Seeker, language_hint: None, reader: None, thread: None };
    let few = median(21, || drop(black_box(Rules::embedded_for(&letter))));
    println!("read of them what a letter needs  {few:>10.1?}");
    let made_up = Rules::read(&files).expect("made-up rules are in order");
    let ours = Rules::embedded().expect("our rules are in order");
    let letter = PARAGRAPH.repeat(5);
    for (name, rules) in [("made-up", &made_up), ("ours", &ours)] {
        let time = median(201, || assert!(look(rules, black_box(&letter))));
        println!("{name:<8} letter of {} words  {time:>14.1?}", letter.split_whitespace().count());
        for lure in LURES {
            let text = lure.repeat(1_000_000 / lure.len());
            let mut is_done = false;
            let time = median(3, || is_done = look(rules, black_box(&text)));
            println!("{name:<8} 1 MB of {lure:<24?} {time:>10.1?}  {}", if is_done { "read" } else { "not scanned" });
        }
    }
}
