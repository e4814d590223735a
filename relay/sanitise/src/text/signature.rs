//! Signature blocks, below their separator and below a sign-off without one.

use super::contact::{self, Trait};
use super::{header, signoff, voice, work};
use std::ops::Range;

/// Most lines a signature block may have that is taken for one; more is a letter with a dash in it.
const BLOCK_MAX: usize = 15;
/// How far above the end of a letter its sign-off is looked for, in lines that say something.
const TAIL_MAX: usize = 26;
/// Words of a sentence that is clearly one, though nobody says `I` or `you` in it.
const CLEAR_WORDS: usize = 6;

/// The line above a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// As programs write it, with a blank at its end.
    Exact,
    /// Two dashes: many servers strip the blank, and people part the stanzas of a poem so.
    Bare,
}

/// Reads the line above a signature.
pub(crate) fn separator(line: &str) -> Option<Separator> {
    match line {
        "-- " | "--\u{a0}" => Some(Separator::Exact),
        "--" => Some(Separator::Bare),
        _ => None,
    }
}

/// How many of the lines after a separator are a signature block; `None` if they are the letter going on.
///
/// A name, a title and a number are no sentences, and nobody speaks in a motto or in small print. From the first
/// paragraph where the writer speaks the lines are words again: a postscript, or a letter with a dash in it.
pub(crate) fn block<'a>(after: impl Iterator<Item = &'a str>, separator: Separator) -> Option<usize> {
    // How many lines there are, how many before this paragraph, and how many of those say something or are sentences.
    let (mut length, mut before, mut said, mut sentences) = (0, 0, 0, 0);
    let mut is_proven = separator == Separator::Exact;
    let mut paragraph: Vec<&str> = Vec::new();
    for line in after.map(Some).chain([None]) {
        work::spend(1);
        let is_long = said + paragraph.len() > BLOCK_MAX;
        if let Some(line) = line.filter(|line| !line.trim().is_empty() && !is_long) {
            if voice::is_postscript(line) || self::separator(line).is_some() {
                return (is_proven || length == 0).then_some(length);
            }
            is_proven |= proves(line, length);
            paragraph.push(line);
            length += 1;
            continue;
        }
        let in_paragraph = paragraph.iter().filter(|line| voice::is_sentence(line)).count();
        let is_clear = before > 0 && !paragraph.is_empty() && paragraph.iter().all(|line| is_clear(line));
        if is_clear || in_paragraph > 0 && voice::speaks(&paragraph.join("\n")) {
            // What stands before may be the letter too: then it is mostly sentences.
            return (sentences * 2 <= said && is_proven).then_some(before);
        }
        if is_long {
            return None;
        }
        said += paragraph.len();
        sentences += in_paragraph;
        paragraph.clear();
        length += usize::from(line.is_some());
        before = length;
    }
    (is_proven || said == 0).then_some(length)
}

/// Whether a line below two bare dashes shows that they part a signature: a name first, or a number anywhere.
fn proves(line: &str, above: usize) -> bool {
    let is_named = above == 0 && signoff::is_name(line) && !line.trim_end().ends_with('.');
    is_named
        || matches!(contact::kind(line), Trait::Contact | Trait::Title | Trait::Page)
        || voice::is_small_print(line)
}

/// A whole sentence of some length, no motto in quotation marks, no small print, no line with a page.
fn is_clear(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(['.', '!', '?'])
        && line.split_whitespace().count() >= CLEAR_WORDS
        && line.starts_with(char::is_uppercase)
        && !voice::is_small_print(line)
        && contact::kind(line) == Trait::Words
        && !line.contains(['@', '|', '"', '”', '“', '»'])
        && !line.contains("www.")
        && !line.contains("http")
}

/// The lines of a signature block without a separator, at the end of a letter's lines: below the sign-off and the
/// one-word name, which stay.
pub(crate) fn undelimited(lines: &[&str]) -> Option<Range<usize>> {
    let mut seen = 0;
    for (place, line) in lines.iter().enumerate().rev() {
        work::spend(1);
        if line.trim().is_empty() {
            continue;
        }
        seen += 1;
        if seen > TAIL_MAX {
            break;
        }
        if signoff::is_signoff(line) {
            return below_signoff(lines, place + 1);
        }
    }
    below_name(lines)
}

fn below_signoff(lines: &[&str], from: usize) -> Option<Range<usize>> {
    let first = from + lines.get(from..)?.iter().take_while(|line| line.trim().is_empty()).count();
    let name = lines.get(first).filter(|line| signoff::is_name(line));
    let is_full = name.is_some_and(|name| signoff::is_full_name(name));
    let has_name = name.is_some_and(|name| !is_full || contact::kind(name) != Trait::Title);
    let block = evidence(lines, first + usize::from(has_name));
    // One word may be the name the reader knows; two above a title and a number are the real one.
    let start = first + usize::from(has_name && !is_full);
    // A title alone is one only right below the name.
    let is_proven = block.contacts > 0 || lines.get(first + 1).is_some_and(|line| is_short_title(line));
    block.end.filter(|_| is_proven).map(|end| start..end)
}

/// Whether a line that proves nothing stands right above one that does, and nobody speaks in it.
fn is_inside(line: &str, below: Option<&&str>) -> bool {
    let is_quiet = line.len() <= 80 && !voice::speaks(line) && !voice::is_first_person(&line.to_lowercase());
    is_quiet && below.is_some_and(|below| matches!(contact::kind(below), Trait::Contact | Trait::Title))
}

fn is_short_title(line: &str) -> bool {
    contact::kind(line) == Trait::Title && line.split_whitespace().count() <= 4
}

/// A paragraph at the very end that is a full name and contact lines: it needs more proof than one below a sign-off.
fn below_name(lines: &[&str]) -> Option<Range<usize>> {
    let last = lines.iter().rposition(|line| !line.trim().is_empty())?;
    let first = lines[..last].iter().rposition(|line| line.trim().is_empty()).map_or(0, |blank| blank + 1);
    let above = lines[..first].iter().rfind(|line| !line.trim().is_empty())?;
    let name = first + usize::from(header::is_rule(lines[first]));
    if last - first > BLOCK_MAX
        || !lines.get(name).is_some_and(|line| signoff::is_full_name(line))
        || above.trim_end().ends_with(':')
    {
        return None;
    }
    let block = evidence(lines, name + 1);
    let is_proven = block.contacts >= 2 || block.contacts == 1 && block.titles >= 1;
    block.end.filter(|end| is_proven && *end == last + 1).map(|end| first..end)
}

/// What proves that lines are a signature, and where the last paragraph with a proof ends.
#[derive(Default)]
struct Evidence {
    contacts: usize,
    titles: usize,
    end: Option<usize>,
}

fn evidence(lines: &[&str], start: usize) -> Evidence {
    let mut found = Evidence::default();
    let (mut blanks, mut is_proven) = (0, false);
    for (place, line) in lines.iter().enumerate().skip(start).take(BLOCK_MAX * 2) {
        work::spend(line.len().min(200));
        if line.trim().is_empty() {
            blanks += 1;
            is_proven = false;
            if blanks > 2 {
                break;
            }
            continue;
        }
        blanks = 0;
        if voice::is_postscript(line) {
            break;
        }
        match contact::kind(line) {
            // A motto in the midst of a signature.
            Trait::Words if is_proven && is_inside(line, lines.get(place + 1)) => continue,
            Trait::Words => break,
            Trait::Contact => found.contacts += 1,
            // Right below a name.
            Trait::Page if place == start && contact::is_home_page(line) => found.contacts += 1,
            Trait::Title => found.titles += 1,
            // One more line of a paragraph with a proof.
            Trait::Short | Trait::Page if is_proven => {}
            Trait::Page if found.end.is_some() && line.trim().starts_with(['"', '”', '“', '»', '«']) => {}
            Trait::Short | Trait::Page => continue,
        }
        is_proven = true;
        found.end = Some(place + 1);
    }
    found
}

#[cfg(test)]
#[path = "signature/tests.rs"]
mod tests;
