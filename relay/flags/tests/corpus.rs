//! The corpus: invented letters in all languages, half to write rules by, half to judge them by. The second set was written
//! by people who had never seen a rule.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a test that fails should panic")]

#[path = "support/measure.rs"]
mod measure;

use brevbro_flags::{Category, Rules};
use measure::{Figures, Judged, judge, samples, wrong};

/// What must be reached, in hundredths. They hold what has been reached, and only ever rise.
struct Floors {
    caught: usize,
    core: usize,
    free: usize,
    between: usize,
    suicide: usize,
    urgent: usize,
}

/// What must not be passed, in hundredths. They only ever fall.
struct Ceilings {
    ordinary: usize,
    hard: usize,
    needless_now: usize,
}

const DEV: (Floors, Ceilings) = (
    Floors { caught: 90, core: 98, free: 88, between: 80, suicide: 85, urgent: 85 },
    Ceilings { ordinary: 4, hard: 14, needless_now: 2 },
);
const JUDGE: (Floors, Ceilings) = (
    Floors { caught: 60, core: 88, free: 54, between: 28, suicide: 64, urgent: 68 },
    Ceilings { ordinary: 12, hard: 35, needless_now: 4 },
);

const DEV2: (Floors, Ceilings) = (
    Floors { caught: 74, core: 95, free: 66, between: 50, suicide: 72, urgent: 70 },
    Ceilings { ordinary: 4, hard: 20, needless_now: 3 },
);
const JUDGE2: (Floors, Ceilings) = (
    Floors { caught: 50, core: 90, free: 34, between: 16, suicide: 44, urgent: 62 },
    Ceilings { ordinary: 9, hard: 28, needless_now: 3 },
);

fn judged(half: &str) -> Vec<Judged> {
    judge(&Rules::embedded().unwrap(), samples(half))
}

fn hold(half: &str, figures: &Figures, (floors, ceilings): &(Floors, Ceilings)) {
    println!("{half}\n{}", figures.table());
    let reached = [
        ("caught", figures.all.percent(), floors.caught),
        ("core", figures.caught("core").percent(), floors.core),
        ("free", figures.caught("free").percent(), floors.free),
        ("between", figures.caught("between").percent(), floors.between),
        ("suicide", figures.in_category(Category::Suicide).percent(), floors.suicide),
        ("now expected, told", figures.urgent.percent(), floors.urgent),
    ];
    for (what, percent, floor) in reached {
        assert!(percent >= floor, "{half}: {what} fell to {percent} %, below {floor} %");
    }
    let passed = [
        ("needless in ordinary letters", figures.needless("ordinary").percent(), ceilings.ordinary),
        ("needless in hard letters", figures.needless("hard").percent(), ceilings.hard),
        ("needless now", figures.needless_now.percent(), ceilings.needless_now),
    ];
    for (what, percent, ceiling) in passed {
        assert!(percent <= ceiling, "{half}: {what} rose to {percent} %, above {ceiling} %");
    }
}

/// `SHOW_DEV=1` prints the letters that are wrong.
#[test]
fn letters_to_write_rules_by() {
    for (half, limits) in [("dev", DEV), ("dev2", DEV2)] {
        let all = judged(half);
        if std::env::var_os("SHOW_DEV").is_some() {
            println!("{}", wrong(&all));
        }
        hold(half, &Figures::of(&all), &limits);
    }
}

/// `SHOW_JUDGE=1` prints the letters that are wrong: not for whoever writes rules.
#[test]
fn letters_to_judge_rules_by() {
    for (half, limits) in [("judge", JUDGE), ("judge2", JUDGE2)] {
        let all = judged(half);
        if std::env::var_os("SHOW_JUDGE").is_some() {
            println!("{}", wrong(&all));
        }
        hold(half, &Figures::of(&all), &limits);
    }
}

#[test]
fn the_corpus_is_whole() {
    let halves = ["dev", "judge", "dev2", "judge2"].map(samples);
    let mut ids = std::collections::BTreeSet::new();
    for sample in halves.iter().flatten() {
        assert!(ids.insert(&sample.id), "{} is there twice", sample.id);
        assert!(["sv", "da", "nb", "nn", "en"].contains(&sample.lang.as_str()), "{}: {}", sample.id, sample.lang);
        let is_harmless = ["ordinary", "hard"].contains(&sample.style.as_str());
        assert!(is_harmless || ["core", "free", "between"].contains(&sample.style.as_str()), "{}", sample.id);
        assert_eq!(is_harmless, sample.expected.is_empty(), "{}", sample.id);
        assert!(!sample.text.trim().is_empty(), "{}", sample.id);
    }
}
