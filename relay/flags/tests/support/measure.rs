//! The corpus measured: what is caught, by style, language and category, and what is flagged needlessly.

use brevbro_core::escalation::Severity;
use brevbro_core::party::{Language, Side};
use brevbro_flags::{Category, Flag, Letter, Rules, Scan, scan};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// One invented letter, and what a person would flag in it.
pub(crate) struct Sample {
    pub(crate) id: String,
    pub(crate) lang: String,
    pub(crate) style: String,
    pub(crate) writer: Side,
    pub(crate) expected: Vec<(Category, Severity)>,
    pub(crate) text: String,
}

/// A sample with what the rules say.
pub(crate) struct Judged {
    pub(crate) sample: Sample,
    pub(crate) flags: Vec<Flag>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) hits: usize,
    pub(crate) of: usize,
}

impl Share {
    fn count(&mut self, is_hit: bool) {
        self.of += 1;
        self.hits += usize::from(is_hit);
    }

    /// In hundredths; nothing of nothing is nothing.
    pub(crate) fn percent(self) -> usize {
        (self.hits * 200 + self.of).checked_div(self.of * 2).unwrap_or(0)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The letters of every language's half.
pub(crate) fn samples(half: &str) -> Vec<Sample> {
    let ending = format!(".{half}.jsonl");
    let Ok(listed) = std::fs::read_dir(folder()) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(&ending));
    paths.sort();
    paths.iter().flat_map(|path| letters(path)).collect()
}

fn letters(path: &Path) -> Vec<Sample> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| sample(path, line)).collect()
}

fn sample(path: &Path, line: &str) -> Sample {
    let value: serde_json::Value =
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let word = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let id = word(&value, "id");
    let flag = |flag: &serde_json::Value| {
        let (category, severity) = (word(flag, "category").parse(), word(flag, "severity").parse());
        (category.unwrap_or_else(|_| panic!("{id}: category")), severity.unwrap_or_else(|_| panic!("{id}: severity")))
    };
    Sample {
        lang: word(&value, "lang"),
        style: word(&value, "style"),
        writer: word(&value, "direction").parse().unwrap_or_else(|_| panic!("{id}: direction")),
        expected: value["flags"].as_array().into_iter().flatten().map(flag).collect(),
        text: word(&value, "text"),
        id,
    }
}

/// Runs the rules over the letters, as the command line would.
pub(crate) fn judge(rules: &Rules, samples: Vec<Sample>) -> Vec<Judged> {
    let judged = |sample: Sample| {
        let letter = Letter {
            text: &sample.text,
            writer: sample.writer,
            language_hint: None,
            reader: Some(Language::Swedish),
            thread: None,
        };
        let flags = match scan(rules, &letter) {
            Scan::Done(findings) => findings.flags,
            Scan::NotScanned(why) => panic!("{} was not scanned: {}", sample.id, why.word()),
        };
        Judged { sample, flags }
    };
    samples.into_iter().map(judged).collect()
}

impl Judged {
    pub(crate) fn is_danger(&self) -> bool {
        !self.sample.expected.is_empty()
    }

    fn has(&self, category: Category) -> bool {
        self.flags.iter().any(|flag| flag.category == category)
    }

    pub(crate) fn is_caught(&self) -> bool {
        self.sample.expected.iter().any(|(category, _)| self.has(*category))
    }

    fn top(&self) -> Option<Severity> {
        self.flags.iter().map(|flag| flag.severity).max()
    }

    /// Flagged above routine although nothing is there.
    pub(crate) fn is_needless(&self) -> bool {
        !self.is_danger() && self.top() > Some(Severity::Routine)
    }
}

/// The figures of one half of the corpus.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) all: Share,
    pub(crate) style: BTreeMap<String, Share>,
    pub(crate) language: BTreeMap<String, Share>,
    pub(crate) category: BTreeMap<&'static str, Share>,
    /// Letters that expect `now`: flagged above routine in that category.
    pub(crate) urgent: Share,
    /// Harmless letters flagged above routine, by style.
    pub(crate) needless: BTreeMap<String, Share>,
    pub(crate) needless_by_language: BTreeMap<String, Share>,
    pub(crate) needless_now: Share,
    pub(crate) routine: Share,
}

impl Figures {
    pub(crate) fn of(judged: &[Judged]) -> Self {
        let mut figures = Self::default();
        for one in judged {
            if one.is_danger() { figures.danger(one) } else { figures.harmless(one) }
        }
        figures
    }

    fn danger(&mut self, one: &Judged) {
        let is_caught = one.is_caught();
        self.all.count(is_caught);
        self.style.entry(one.sample.style.clone()).or_default().count(is_caught);
        self.language.entry(one.sample.lang.clone()).or_default().count(is_caught);
        for &(category, severity) in &one.sample.expected {
            self.category.entry(category.word()).or_default().count(one.has(category));
            if severity == Severity::Now {
                let loud = |flag: &Flag| flag.category == category && flag.severity > Severity::Routine;
                self.urgent.count(one.flags.iter().any(loud));
            }
        }
    }

    fn harmless(&mut self, one: &Judged) {
        self.needless.entry(one.sample.style.clone()).or_default().count(one.is_needless());
        let key = format!("{} {}", one.sample.lang, one.sample.style);
        self.needless_by_language.entry(key).or_default().count(one.is_needless());
        self.needless_now.count(one.top() == Some(Severity::Now));
        self.routine.count(one.top() == Some(Severity::Routine));
    }

    /// The share of one style of harmless letters.
    pub(crate) fn needless(&self, style: &str) -> Share {
        self.needless.get(style).copied().unwrap_or_default()
    }

    pub(crate) fn caught(&self, style: &str) -> Share {
        self.style.get(style).copied().unwrap_or_default()
    }

    pub(crate) fn in_category(&self, category: Category) -> Share {
        self.category.get(category.word()).copied().unwrap_or_default()
    }

    pub(crate) fn table(&self) -> String {
        let mut out = String::new();
        let mut row = |name: &str, share: Share| {
            let _infallible =
                writeln!(out, "  {name:<28} {:>4} of {:>4}  {:>3} %", share.hits, share.of, share.percent());
        };
        row("caught", self.all);
        for (name, share) in self.style.iter().chain(&self.language) {
            row(&format!("caught, {name}"), *share);
        }
        for (name, share) in &self.category {
            row(&format!("caught, {name}"), *share);
        }
        row("now expected, told", self.urgent);
        for (name, share) in self.needless.iter().chain(&self.needless_by_language) {
            row(&format!("needless, {name}"), *share);
        }
        row("needless now", self.needless_now);
        row("routine on harmless", self.routine);
        out
    }
}

/// The letters the rules got wrong, for whoever writes rules.
pub(crate) fn wrong(judged: &[Judged]) -> String {
    let mut out = String::new();
    for one in judged {
        let what = match (one.is_danger(), one.is_caught(), one.is_needless()) {
            (true, false, _) => "missed",
            (false, _, true) => "needless",
            _ => continue,
        };
        let pair = |(category, severity): &(Category, Severity)| format!("{} {}", category.word(), severity.word());
        let expected: Vec<_> = one.sample.expected.iter().map(pair).collect();
        let seen: Vec<_> = one.flags.iter().map(|flag| format!("{} {}", flag.rule, flag.severity.word())).collect();
        let (id, lang, style) = (&one.sample.id, &one.sample.lang, &one.sample.style);
        let _infallible = writeln!(
            out,
            "{what} {id} {lang} {style} by {}: expected [{}], seen [{}]\n    {}",
            one.sample.writer.word(),
            expected.join(", "),
            seen.join(", "),
            one.sample.text.replace('\n', "\n    ")
        );
    }
    out
}
