//! Quoted history cut; answers written between quoted lines kept with the lines they answer.

use super::attribution::{self, Certainty, Mark};
use super::{signature, voice};

/// Lines kept of the quote an answer stands under.
const CONTEXT_MAX: usize = 8;
/// The depth an introduction is set to, deeper than any quote.
const INTRODUCTION: usize = usize::MAX;

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

/// Whether a letter answers another. One that answers nothing has no history below it: what stands under a header
/// block there was put in on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    Answer,
    Fresh,
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
    /// Quoted by a mark right before the text, without a blank.
    is_unspaced: bool,
}

/// Cuts a text with `\n` line ends. `forward_mark` is the neutral line put above forwarded text.
pub(crate) fn cut(text: &str, occasion: Occasion, forward_mark: &str) -> Cut {
    let mut lines: Vec<Line<'_>> = text.split('\n').map(parse).collect();
    undo_mailbox_marks(&mut lines);
    mark_older_letters(&mut lines, occasion);
    mark_attributions(&mut lines, occasion);
    mark_signatures(&mut lines);
    mark_quotes(&mut lines);
    assemble(&lines, forward_mark)
}

fn parse(line: &str) -> Line<'_> {
    // Faces, not quotes: `>:(`.
    if [">:(", ">:-(", ">:[", ">_<", ">.<", ">:)"].iter().any(|face| line.starts_with(face)) {
        return Line { depth: 0, text: line, fate: Fate::Keep, is_unspaced: false };
    }
    let mut depth = 0;
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('>') {
        depth += 1;
        rest = inner.strip_prefix(' ').filter(|next| next.starts_with('>')).unwrap_or(inner);
    }
    let is_unspaced = !rest.starts_with(' ');
    if depth > 0 {
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
    Line { depth, text: rest, fate: if depth > 0 { Fate::Quote } else { Fate::Keep }, is_unspaced }
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A line of the writer's own words. Rules, underscores, footers and our own placeholders say nothing.
    fn is_own_word(&self) -> bool {
        self.fate == Fate::Keep && self.text.chars().any(char::is_alphanumeric) && !signature::is_footer(self.text)
    }
}

/// Mail programs write `>From` for a line that begins with `From`, lest mailbox files take it for a new letter.
fn undo_mailbox_marks(lines: &mut [Line<'_>]) {
    for place in 0..lines.len() {
        let is_quoted = |place: usize| lines.get(place).is_some_and(|line| line.depth > 0);
        let line = &lines[place];
        let is_alone = !is_quoted(place + 1) && (place == 0 || !is_quoted(place - 1));
        if line.depth == 1 && line.is_unspaced && line.text.starts_with("From ") && is_alone {
            lines[place].depth = 0;
            lines[place].fate = Fate::Keep;
        }
    }
}

/// Header blocks and drawn lines: an answered letter goes to its end, a forwarded one stays without its head.
fn mark_older_letters(lines: &mut [Line<'_>], occasion: Occasion) {
    let (mut place, mut has_own) = (0, false);
    let keeps_below =
        occasion == Occasion::Fresh || lines.iter().take(40).any(|line| line.depth == 0 && points_below(line.text));
    while place < lines.len() {
        let Some(older) = older_letter(lines, place) else {
            has_own |= lines[place].is_own_word();
            place += 1;
            continue;
        };
        let is_kept = older.is_forward || !has_own || keeps_below || is_announced(&lines[..place]);
        drop_rule_above(lines, place);
        let next = lines[older.end..].iter().find(|line| !line.is_blank());
        if next.is_some_and(|line| line.depth > 0) && !older.is_forward {
            // The old letter is marked line by line: what is not marked is an answer.
            lines[place..older.end].iter_mut().for_each(|line| line.fate = Fate::Drop);
            place = older.end;
        } else if is_kept {
            lines[place..older.end].iter_mut().for_each(|line| line.fate = Fate::Drop);
            lines[place].fate = Fate::Mark;
            place = older.end;
        } else {
            lines[place..].iter_mut().for_each(|line| line.fate = Fate::Quote);
            return;
        }
    }
}

/// The head of an older letter: where it ends, and whether the letter was sent on.
struct OlderLetter {
    end: usize,
    is_forward: bool,
}

/// Reads a drawn line, a header block, or both, at a place.
fn older_letter(lines: &[Line<'_>], place: usize) -> Option<OlderLetter> {
    if lines[place].depth > 0 || !may_introduce(lines[place].text) {
        return None;
    }
    let mark = attribution::mark(lines[place].text);
    let below = place + usize::from(mark.is_some());
    let from = below + lines[below..].iter().take(3).take_while(|line| line.is_blank()).count();
    let unquoted = || lines[from..].iter().take_while(|line| line.depth == 0).map(|line| line.text);
    match (mark, attribution::header_block(unquoted())) {
        (None, None) => None,
        (_, Some(block)) => {
            Some(OlderLetter { end: from + block.lines, is_forward: mark == Some(Mark::Forwarded) || block.is_forward })
        }
        // A drawn line above neither a head nor a quote: the writer's own words may stand below it.
        (Some(mark), None) => {
            let is_headed = unquoted().next().is_none_or(|line| attribution::label(line).is_some())
                || attribution::read(unquoted()).is_some();
            Some(OlderLetter { end: below, is_forward: mark == Mark::Forwarded || !is_headed })
        }
    }
}

/// The last line above ends with a colon: what follows was put in to be read.
fn is_announced(above: &[Line<'_>]) -> bool {
    let said = above.iter().rfind(|line| line.text.chars().any(char::is_alphanumeric));
    said.is_some_and(|line| line.is_own_word() && line.text.trim_end().ends_with(':') && voice::is_sentence(line.text))
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

fn mark_attributions(lines: &mut [Line<'_>], occasion: Occasion) {
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
            lines[place..end].iter_mut().for_each(|line| line.depth = INTRODUCTION);
        } else if found.certainty == Certainty::Strong && depth == 0 && lines[place].fate == Fate::Keep {
            if has_own && occasion == Occasion::Answer && !is_announced(&lines[..place]) {
                lines[place..].iter_mut().for_each(|line| line.fate = Fate::Quote);
                return;
            }
            lines[place..end].iter_mut().for_each(|line| line.fate = Fate::Drop);
            lines[place].fate = Fate::Mark;
        } else {
            has_own |= lines[place..end].iter().any(Line::is_own_word);
        }
        place = end;
    }
}

/// A signature block reaches from its separator to the next quote, or to the end; or to where the writer goes on.
fn mark_signatures(lines: &mut [Line<'_>]) {
    let mut place = 0;
    while place < lines.len() {
        let line = &lines[place];
        if line.fate != Fate::Keep {
            place += 1;
        } else if signature::is_separator(line.text) {
            let below = lines[place + 1..].iter().take_while(|l| l.fate == Fate::Keep).map(|l| l.text);
            if let Some(length) = signature::block(below) {
                lines[place..=place + length].iter_mut().for_each(|l| l.fate = Fate::Drop);
                lines[place].fate = Fate::Signature;
                place += length;
            }
            place += 1;
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
        // Nothing but quotes: perhaps forwarded that way. Words are kept rather than lost, of the outermost depth.
        let quoted = |line: &&mut Line<'_>| line.fate == Fate::Quote && line.depth != INTRODUCTION;
        let outermost = lines.iter_mut().filter(quoted).filter(|line| !line.is_blank()).map(|line| line.depth).min();
        for line in lines.iter_mut().filter(quoted).filter(|line| Some(line.depth) == outermost) {
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
