//! The tests that rule files carry, run: a file with a failing one is refused.

use crate::budget::Budget;
use crate::rules::parts::{Case, Expected};
use crate::rules::{Refusal, Rules};
use crate::scan::{Letter, Looked, STEPS, look};
use crate::weigh::Verdict;
use crate::{Category, Scan, scan};
use brevbro_core::escalation::Severity;
use brevbro_core::party::Language;
use std::collections::{BTreeMap, BTreeSet};

/// What the tests of all files say.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many tests were run.
    pub tests: usize,
    /// Tests that failed.
    pub failures: Vec<Refusal>,
    /// Rules of one language that speak about a harmless test letter of another.
    pub collisions: Vec<Refusal>,
    /// Rules that no test hits.
    pub never_hit: Vec<String>,
    /// Ids that some languages have and others lack, after the language.
    pub sisters_missing: Vec<(String, Vec<Language>)>,
}

impl Rules {
    /// Runs every test of every file against all files.
    pub fn check(&self) -> Checked {
        let mut checked = Checked { tests: self.cases.len(), ..Checked::default() };
        let mut hit: BTreeSet<String> = BTreeSet::new();
        for case in &self.cases {
            if let Some(what) = self.failure(case, &mut hit) {
                checked.failures.push(refusal(case, &what));
            }
            checked.collisions.extend(self.collisions(case));
        }
        let ids = self.all.iter().map(|rule| &rule.id).chain(self.finders.iter().map(|finder| &finder.id));
        checked.never_hit = ids.filter(|id| !hit.contains(*id)).cloned().collect();
        checked.sisters_missing = self.sisters_missing();
        checked
    }

    /// The first failing test, as a reason to refuse its file.
    pub(crate) fn first_failure(&self) -> Option<Refusal> {
        let mut hit = BTreeSet::new();
        self.cases.iter().find_map(|case| self.failure(case, &mut hit).map(|what| refusal(case, &what)))
    }

    fn failure(&self, case: &Case, hit: &mut BTreeSet<String>) -> Option<String> {
        let letter = letter(case, Some(case.language));
        if let Expected::Flags(expected) = &case.expected {
            return wrong_flags(self, &letter, expected);
        }
        let verdict = look(self, &letter, &mut Budget::new(STEPS), |looked| {
            hit.extend(looked.seen.iter().filter(|s| s.lowered_by.is_none()).map(|seen| seen.id.to_owned()));
            Said::of(looked, case.rule.as_deref().unwrap_or_default())
        });
        match verdict {
            Ok(said) => said.wrong(&case.expected, self.own_severity(case)),
            Err(_) => Some("costs too much work".to_owned()),
        }
    }

    fn own_severity(&self, case: &Case) -> Option<Severity> {
        use crate::rules::parts::Worth;
        let id = case.rule.as_deref()?;
        let rule = self.all.iter().find(|rule| rule.id == id);
        let finder = self.finders.iter().find(|finder| finder.id == id);
        match rule.map(|rule| &rule.worth) {
            Some(Worth::Flag { severity, .. }) => Some(*severity),
            Some(Worth::Sign) => None,
            None => finder.map(|finder| finder.severity),
        }
    }

    /// Other languages' rules that speak about a letter that must be harmless.
    fn collisions(&self, case: &Case) -> Vec<Refusal> {
        let is_harmless = matches!(&case.expected, Expected::Flags(flags) if flags.is_empty());
        if case.expected != Expected::Miss && !is_harmless {
            return Vec::new();
        }
        let own = |id: &str| id.starts_with(case.language.tag());
        let looked = look(self, &letter(case, None), &mut Budget::new(STEPS), |looked| {
            let loud = |verdict| matches!(verdict, Verdict::Flag(severity) if severity > Severity::Routine);
            let foreign = looked.seen.iter().filter(|seen| loud(seen.verdict) && !own(seen.id));
            foreign.map(|seen| refusal(case, &format!("{} speaks about this letter too", seen.id))).collect()
        });
        looked.unwrap_or_default()
    }

    fn sisters_missing(&self) -> Vec<(String, Vec<Language>)> {
        let mut by_rest: BTreeMap<&str, BTreeSet<Language>> = BTreeMap::new();
        let ids = self.all.iter().map(|rule| &rule.id).chain(self.finders.iter().map(|finder| &finder.id));
        for (tag, rest) in ids.filter_map(|id| id.split_once('.')) {
            by_rest.entry(rest).or_default().extend(Language::ALL.into_iter().filter(|language| language.tag() == tag));
        }
        let missing = |have: &BTreeSet<Language>| -> Vec<Language> {
            self.tongues.keys().filter(|language| !have.contains(language)).copied().collect()
        };
        let all = by_rest.into_iter().map(|(rest, have)| (rest.to_owned(), missing(&have)));
        all.filter(|(_, missing)| !missing.is_empty()).collect()
    }
}

fn letter(case: &Case, language_hint: Option<Language>) -> Letter<'_> {
    Letter { text: &case.text, writer: case.writer, language_hint, reader: None, thread: None }
}

fn refusal(case: &Case, what: &str) -> Refusal {
    let key = match &case.expected {
        Expected::Hit => "hit",
        Expected::Miss => "miss",
        Expected::Now => "now",
        Expected::Routine => "routine",
        Expected::Flags(_) => "test",
    };
    let what = format!("`{}` {what}", case.text);
    Refusal { file: case.file.clone(), line: case.line, rule: case.rule.clone(), key: Some(key.to_owned()), what }
}

/// What one rule said about a test letter.
#[derive(Default)]
struct Said {
    is_there: bool,
    flag: Option<Severity>,
    reasons: BTreeSet<&'static str>,
}

impl Said {
    fn of(looked: &Looked<'_, '_>, id: &str) -> Self {
        let mut said = Self::default();
        for seen in looked.seen.iter().filter(|seen| seen.id == id) {
            said.reasons.extend(seen.lowered_by.map(crate::weigh::Reason::word));
            match seen.verdict {
                Verdict::Flag(severity) => said.flag = said.flag.max(Some(severity)),
                Verdict::Sign => said.is_there = true,
                Verdict::Dropped(_) => {}
            }
        }
        said.is_there |= said.flag.is_some() || looked.questions.iter().any(|question| question.id == id);
        said
    }

    /// What is wrong with it, in the words of the file.
    fn wrong(&self, expected: &Expected, own: Option<Severity>) -> Option<String> {
        let at = self.flag.map_or("not flagged", Severity::word);
        let reasons = if self.reasons.is_empty() {
            String::new()
        } else {
            format!(" (lowered by {})", self.reasons.iter().copied().collect::<Vec<_>>().join(", "))
        };
        let is_right = match (expected, own) {
            (Expected::Hit, Some(own)) => self.flag >= Some(own),
            (Expected::Hit, None) => self.is_there,
            (Expected::Miss, Some(Severity::Routine)) => self.flag.is_none(),
            (Expected::Miss, Some(_)) => self.flag <= Some(Severity::Routine),
            (Expected::Miss, None) => !self.is_there,
            (Expected::Now, _) => self.flag == Some(Severity::Now),
            (Expected::Routine, _) => self.flag == Some(Severity::Routine),
            (Expected::Flags(_), _) => true,
        };
        (!is_right).then(|| format!("is {at}{reasons}"))
    }
}

fn wrong_flags(rules: &Rules, letter: &Letter<'_>, expected: &[(Category, Severity)]) -> Option<String> {
    let Scan::Done(findings) = scan(rules, letter) else { return Some("was not scanned".to_owned()) };
    let mut flags: Vec<_> = findings.flags.iter().map(|flag| (flag.category, flag.severity)).collect();
    flags.retain(|(_, severity)| *severity > Severity::Routine);
    flags.sort_unstable();
    let shown: Vec<_> = findings.flags.iter().map(|f| format!("{} {}", f.rule, f.severity.word())).collect();
    (flags != expected).then(|| format!("is flagged by [{}]", shown.join(", ")))
}
