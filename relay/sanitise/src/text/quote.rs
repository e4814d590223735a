//! Quoted history cut; answers written between quoted lines kept with the lines they answer.

use super::attribution::{self, Certainty, Mark};
use super::signature;

/// Lines kept of the quote an answer stands under.
const CONTEXT_MAX: usize = 8;

/// What is left of a text, and what was cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The kept text; quoted lines begin with `> `.
    pub(crate) text: String,
    pub(crate) quoted_lines: usize,
    pub(crate) signatures: usize,
    /// Forwarded letters kept below their mark.
    pub(crate) forwarded: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Quote,
    Signature,
    /// A line that introduces what was forwarded: the mark stands in its place.
    Mark,
    Drop,
}

struct Line<'a> {
    depth: usize,
    text: &'a str,
    fate: Fate,
}

/// Cuts a text with `\n` line ends. `forward_mark` is the neutral line put above forwarded text.
pub(crate) fn cut(text: &str, forward_mark: &str) -> Cut {
    let mut lines: Vec<Line<'_>> = text.split('\n').map(parse).collect();
    mark_older_letters(&mut lines);
    mark_attributions(&mut lines);
    mark_signatures(&mut lines);
    mark_quotes(&mut lines);
    assemble(&lines, forward_mark)
}

fn parse(line: &str) -> Line<'_> {
    let mut depth = 0;
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('>') {
        depth += 1;
        rest = inner.strip_prefix(' ').filter(|next| next.starts_with('>')).unwrap_or(inner);
    }
    if depth > 0 {
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
    Line { depth, text: rest, fate: if depth > 0 { Fate::Quote } else { Fate::Keep } }
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A line of the writer's own words. Rules, underscores and our own placeholders say nothing.
    fn is_own_word(&self) -> bool {
        self.fate == Fate::Keep && self.text.chars().any(char::is_alphanumeric)
    }
}

/// Header blocks and drawn lines: an answered letter goes to its end, a forwarded one stays without its head.
fn mark_older_letters(lines: &mut [Line<'_>]) {
    let (mut place, mut has_own) = (0, false);
    let keeps_below = lines.iter().take(40).any(|line| line.depth == 0 && points_below(line.text));
    while place < lines.len() {
        if lines[place].depth > 0 || !may_introduce(lines[place].text) {
            has_own |= lines[place].is_own_word();
            place += 1;
            continue;
        }
        let mark = attribution::mark(lines[place].text);
        let below = place + usize::from(mark.is_some());
        let from = below + lines[below..].iter().take(3).take_while(|line| line.is_blank()).count();
        let block = attribution::header_block(lines[from..].iter().take_while(|l| l.depth == 0).map(|l| l.text));
        let end = match (mark, block) {
            (None, None) => {
                has_own |= lines[place].is_own_word();
                place += 1;
                continue;
            }
            (_, Some(block)) => from + block.lines,
            (Some(_), None) => below,
        };
        let is_forward = mark == Some(Mark::Forwarded) || block.is_some_and(|b| b.is_forward);
        drop_rule_above(lines, place);
        if is_forward || !has_own || keeps_below {
            lines[place..end].iter_mut().for_each(|line| line.fate = Fate::Drop);
            lines[place].fate = Fate::Mark;
            place = end.max(place + 1);
        } else {
            lines[place..].iter_mut().for_each(|line| line.fate = Fate::Quote);
            return;
        }
    }
}

fn may_introduce(text: &str) -> bool {
    text.contains(':') || text.contains("--") || text.contains("__")
}

/// The writer says that answers stand in the text below.
fn points_below(text: &str) -> bool {
    const HINTS: [&str; 14] = [
        "svar nedan",
        "svarar nedan",
        "se nedan",
        "svar i texten",
        "i rött",
        "med rött",
        "svar under",
        "svarer under",
        "se nedenfor",
        "svar nedenfor",
        "med rødt",
        "see below",
        "answers below",
        "inline",
    ];
    text.len() < 400 && {
        let lower = text.to_lowercase();
        HINTS.iter().any(|hint| lower.contains(hint))
    }
}

/// Outlook draws a rule above its header block.
fn drop_rule_above(lines: &mut [Line<'_>], place: usize) {
    let above = lines[..place].iter().rposition(|line| !line.is_blank());
    if let Some(above) = above
        && lines[above].text.len() >= 5
        && lines[above].text.trim().chars().all(|c| matches!(c, '_' | '-' | '=' | '—' | '*'))
    {
        lines[above].fate = Fate::Drop;
    }
}

fn mark_attributions(lines: &mut [Line<'_>]) {
    let (mut place, mut has_own) = (0, false);
    while place < lines.len() {
        let depth = lines[place].depth;
        let same_depth = lines[place..]
            .iter()
            .take_while(|line| line.depth == depth && line.fate != Fate::Drop)
            .map(|line| line.text);
        let Some(found) = attribution::read(same_depth) else {
            has_own |= lines[place].is_own_word();
            place += 1;
            continue;
        };
        let end = place + found.lines;
        let next = lines[end..].iter().find(|line| !line.is_blank());
        if next.is_some_and(|line| line.depth > depth) {
            lines[place..end].iter_mut().for_each(|line| line.fate = Fate::Quote);
            // Not to be kept as the context of an answer: it names people.
            lines[place..end].iter_mut().for_each(|line| line.depth = depth.max(2));
        } else if found.certainty == Certainty::Strong && depth == 0 && lines[place].fate == Fate::Keep {
            if has_own {
                lines[place..].iter_mut().for_each(|line| line.fate = Fate::Quote);
                return;
            }
            lines[place..end].iter_mut().for_each(|line| line.fate = Fate::Drop);
            lines[place].fate = Fate::Mark;
        }
        place = end;
    }
}

/// A signature block reaches from its separator to the next quote, or to the end.
fn mark_signatures(lines: &mut [Line<'_>]) {
    let mut place = 0;
    while place < lines.len() {
        let line = &lines[place];
        if line.fate != Fate::Keep {
            place += 1;
        } else if signature::is_separator(line.text) {
            let end = lines[place..].iter().position(|l| l.fate != Fate::Keep).map_or(lines.len(), |n| place + n);
            if signature::is_block(lines[place + 1..end].iter().map(|l| l.text)) {
                lines[place..end].iter_mut().for_each(|l| l.fate = Fate::Drop);
                lines[place].fate = Fate::Signature;
            }
            place = end.max(place + 1);
        } else {
            if signature::is_footer(line.text) {
                lines[place].fate = Fate::Signature;
            }
            place += 1;
        }
    }
}

/// Quotes below the last own word go whole; of the others, the paragraph right above an answer stays.
fn mark_quotes(lines: &mut [Line<'_>]) {
    let Some(last_own) = lines.iter().rposition(Line::is_own_word) else {
        // Nothing but quotes: perhaps forwarded that way. Words are kept rather than lost.
        for line in lines.iter_mut().filter(|line| line.fate == Fate::Quote && line.depth == 1) {
            line.fate = Fate::Keep;
        }
        return;
    };
    let mut place = 0;
    while place < last_own {
        if lines[place].fate != Fate::Quote {
            place += 1;
            continue;
        }
        let end = place + lines[place..].iter().take_while(|l| l.fate == Fate::Quote || l.is_blank()).count();
        if end <= last_own {
            keep_context(&mut lines[place..end]);
        }
        place = end;
    }
}

/// Keeps the last paragraph of a quote, and only what was quoted once.
fn keep_context(quote: &mut [Line<'_>]) {
    let mut kept = 0;
    for line in quote.iter_mut().rev() {
        let is_first_level = line.depth == 1 && !line.is_blank();
        if is_first_level && kept < CONTEXT_MAX {
            line.fate = Fate::Keep;
            kept += 1;
        } else if kept > 0 {
            return;
        }
    }
}

fn assemble(lines: &[Line<'_>], forward_mark: &str) -> Cut {
    let mut cut = Cut { text: String::with_capacity(lines.iter().map(|l| l.text.len() + 3).sum()), ..Cut::default() };
    for line in lines {
        match line.fate {
            Fate::Keep => {
                if line.depth > 0 {
                    cut.text.push_str("> ");
                }
                cut.text.push_str(line.text);
                cut.text.push('\n');
            }
            Fate::Mark => {
                cut.forwarded += 1;
                cut.text.push_str(forward_mark);
                cut.text.push('\n');
            }
            Fate::Quote => cut.quoted_lines += 1,
            Fate::Signature => cut.signatures += 1,
            Fate::Drop => {}
        }
    }
    cut
}

#[cfg(test)]
#[path = "quote/tests.rs"]
mod tests;
