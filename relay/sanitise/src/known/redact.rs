//! Identifiers replaced by visible placeholders.

use super::contact;
use super::fold;
use super::needle::{Match, Needles};
use crate::report::{Report, Seen};
use crate::words;
use brevbro_core::party::Language;

/// What one letter's texts are cleaned with.
pub(crate) struct Redactor<'a> {
    pub(crate) needles: &'a Needles,
    /// Significant digits of known telephone numbers.
    pub(crate) phones: &'a [Vec<u8>],
    /// Hosts whose addresses may be seen: the relay's own, in lower case.
    pub(crate) own_host: &'a str,
    pub(crate) language: Language,
}

impl Redactor<'_> {
    /// A text without identifiers.
    pub(crate) fn clean(&self, text: &str, report: &mut Report) -> String {
        let mut matches = self.needles.find(text, &fold::fold(text));
        let others = matches.len();
        contact::addresses(text, &mut matches);
        let own = own_addresses(text, &matches[others..], self.own_host);
        contact::networks(text, &mut matches);
        contact::phones(text, self.phones, &mut matches);
        matches.retain(|m| {
            let near = own.partition_point(|(begin, _)| *begin <= m.begin);
            near == 0 || own[near - 1].1 < m.end
        });
        if matches.is_empty() {
            return text.to_owned();
        }
        self.replace(text, matches, report)
    }

    fn replace(&self, text: &str, mut matches: Vec<Match>, report: &mut Report) -> String {
        // The longest match of a place decides what it is called.
        matches.sort_by_key(|m| (m.begin, usize::MAX - m.end));
        let mut out = String::with_capacity(text.len() + 64);
        let (mut done, mut last) = (0, None);
        for group in merged(text, matches) {
            out.push_str(&text[done..group.begin]);
            let is_repeated = last == Some(group.seen) && text[done..group.begin].trim().is_empty();
            if !is_repeated {
                out.push_str(words::replaced(self.language, group.seen));
                report.add(group.seen, 1);
            }
            done = group.end;
            last = Some(group.seen);
        }
        out.push_str(&text[done..]);
        out
    }
}

/// Matches that overlap, and parts of one name that stand next to each other, as one.
fn merged(text: &str, matches: Vec<Match>) -> Vec<Match> {
    let mut groups: Vec<Match> = Vec::with_capacity(matches.len());
    for next in matches {
        match groups.last_mut() {
            // Two kinds that only touch: `Anna Karlsson, anna@…` keeps a mark for each.
            Some(last)
                if next.begin < last.end
                    && next.end > last.end
                    && next.seen != last.seen
                    && next.begin > last.begin =>
            {
                last.end =
                    last.begin + text[last.begin..next.begin].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
                groups.push(next);
            }
            Some(last) if next.begin < last.end => {
                if next.end - next.begin > last.end - last.begin {
                    last.seen = next.seen;
                }
                last.end = last.end.max(next.end);
            }
            Some(last)
                if last.seen == Seen::Name && next.seen == Seen::Name && is_name_gap(&text[last.end..next.begin]) =>
            {
                last.end = next.end;
            }
            _ => groups.push(next),
        }
    }
    groups
}

fn is_name_gap(gap: &str) -> bool {
    matches!(gap, " " | "-" | "." | "_" | "  " | "\u{a0}")
}

/// Where the relay's own addresses stand: aliases are there to be written to.
fn own_addresses(text: &str, addresses: &[Match], own_host: &str) -> Vec<(usize, usize)> {
    let is_own =
        |m: &&Match| text[m.begin..m.end].rsplit_once('@').is_some_and(|(_, host)| host.eq_ignore_ascii_case(own_host));
    let mut own: Vec<(usize, usize)> = addresses.iter().filter(is_own).map(|m| (m.begin, m.end)).collect();
    own.sort_unstable();
    own
}

#[cfg(test)]
#[path = "redact/tests.rs"]
mod tests;
