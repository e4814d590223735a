//! What stands at the end of the writer's words and is none of them: footers, small print, signature blocks.

use super::line::{Fate, Line, Look};
use crate::text::small_print::{self, Place};
use crate::text::{footer, header, signature, signoff, work};
use std::ops::Range;

/// How many lines at the end of the writer's words are looked at for a signature without a separator.
const TAIL_MAX: usize = 90;
/// How far above small print a sign-off is looked for.
const REACH: usize = 20;
/// Most paragraphs of small print below one letter.
const PARAGRAPHS_MAX: usize = 24;
/// Longest paragraph taken for small print, in octets.
const PARAGRAPH_MAX: usize = 4000;

/// Marks the endings of every run of kept lines.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    let is_kept = |line: &Line<'_>| line.fate == Fate::Keep && line.depth == 0;
    let mut place = 0;
    while place < lines.len() {
        let end = place + lines[place..].iter().take_while(|line| is_kept(line)).count();
        if end > place {
            mark_run(&mut lines[place..end]);
        }
        place = end + 1;
    }
}

fn mark_run(run: &mut [Line<'_>]) {
    mark_footers(run);
    mark_small_print(run);
    let end = mark_separated(run);
    let start = end.saturating_sub(TAIL_MAX);
    let tail: Vec<&str> =
        run[start..end].iter().map(|line| if line.fate == Fate::Keep { line.text } else { "" }).collect();
    if let Some(block) = signature::undelimited(&tail) {
        cut(&mut run[start..end], block);
    }
}

/// Takes lines out as one signature.
fn cut(lines: &mut [Line<'_>], block: Range<usize>) {
    let mut fate = Fate::Signature;
    for line in lines[block].iter_mut().filter(|line| line.fate == Fate::Keep) {
        line.fate = std::mem::replace(&mut fate, Fate::Drop);
    }
}

fn mark_footers(run: &mut [Line<'_>]) {
    for place in 0..run.len() {
        let is_page = place > 0 && run[place - 1].fate == Fate::Signature && footer::is_own_page(run[place].text);
        if run[place].look == Look::Footer || is_page {
            run[place].fate = Fate::Signature;
        }
    }
}

/// A signature block reaches from its separator to the end; or to where the writer goes on. Gives the first one's
/// place.
fn mark_separated(run: &mut [Line<'_>]) -> usize {
    let (mut place, mut first) = (0, run.len());
    while place < run.len() {
        let separator = signature::separator(run[place].text).filter(|_| run[place].fate == Fate::Keep);
        if let Some(separator) = separator {
            let below = run[place + 1..].iter().map(|line| if line.fate == Fate::Keep { line.text } else { "" });
            if let Some(length) = signature::block(below, separator) {
                first = first.min(place);
                cut(run, place..place + length + 1);
                place += length;
            }
        }
        place += 1;
    }
    first
}

/// Small print goes from the end upwards, as long as something of the writer's stands above.
fn mark_small_print(run: &mut [Line<'_>]) {
    let (mut end, mut has_cut) = (run.len(), false);
    for _ in 0..PARAGRAPHS_MAX {
        let Some(paragraph) = last_paragraph(&run[..end]) else { return };
        let lines = &run[paragraph.clone()];
        let is_rule = lines.iter().all(|line| header::is_rule(line.text));
        let block =
            if is_rule && has_cut { Some(paragraph.clone()) } else { small_print_in(run, paragraph.clone(), has_cut) };
        let Some(block) = block else { return };
        end = block.start;
        has_cut = true;
        cut(run, block);
    }
}

/// The part of a paragraph that is small print: all of it, all below its rule, or its last line.
fn small_print_in(run: &[Line<'_>], paragraph: Range<usize>, has_cut: bool) -> Option<Range<usize>> {
    let length: usize = run[paragraph.clone()].iter().map(|line| line.text.len() + 1).sum();
    if length > PARAGRAPH_MAX {
        return None;
    }
    let is_below = |start: usize| run.iter().take(start).rev().take(REACH * 2).any(Line::is_own_word);
    let is_small = |range: &Range<usize>| {
        if !is_below(range.start) {
            return false;
        }
        let text = run[range.clone()].iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
        small_print::is_small_print(&text, place_of(run, range.start)) || has_cut && small_print::is_heading(&text)
    };
    let ruled = run[paragraph.clone()]
        .iter()
        .position(|line| header::is_rule(line.text) || signature::separator(line.text).is_some());
    let below_rule = ruled.map(|rule| paragraph.start + rule..paragraph.end);
    let last = paragraph.end - 1..paragraph.end;
    let is_apart = paragraph.len() > 1 && run[last.start].text.len() >= 80 && run[last.start - 1].text.len() < 60;
    [below_rule, Some(paragraph), is_apart.then_some(last)].into_iter().flatten().find(is_small)
}

/// The last lines that stand together, without blank lines and cut ones around them.
fn last_paragraph(lines: &[Line<'_>]) -> Option<Range<usize>> {
    let is_said = |line: &Line<'_>| line.fate == Fate::Keep && !line.is_blank();
    let end = lines.iter().rposition(is_said)? + 1;
    let mut length = 0;
    let start = lines[..end].iter().rposition(|line| {
        length += line.text.len() + 1;
        !is_said(line) || length > PARAGRAPH_MAX * 2
    });
    work::spend(length);
    // A single line may be longer than any paragraph of small print.
    let start = start.map_or(0, |start| start + 1);
    (start < end).then_some(start..end)
}

/// Whether a sign-off, a rule or a signature stands a few lines above.
fn place_of(run: &[Line<'_>], start: usize) -> Place {
    let is_end = |line: &Line<'_>| {
        line.fate != Fate::Keep
            || signature::separator(line.text).is_some()
            || header::is_rule(line.text)
            || signoff::is_signoff(line.text)
    };
    let near = run.iter().take(start + 1).rev().take(REACH);
    if near.into_iter().any(is_end) { Place::AfterEnd } else { Place::AfterWords }
}
