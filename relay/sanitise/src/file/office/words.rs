//! The visible words of a part, paragraph by paragraph: washed together, put back into the runs they came from.

use super::super::Wash;
use super::diff::{self, Change};
use super::xml::{Element, Fate, Tape, Token};

/// What an element is to the words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its words belong together.
    Paragraph,
    /// It holds words of the paragraph it stands in.
    Leaf,
    /// It holds words that were taken out of the paragraph and are still shown as such.
    Deleted,
    /// It stands for a character.
    Break(char),
    /// It holds words that are not shown where they stand: the code of a field.
    Code,
    /// It holds what nobody reads as words.
    Mute,
    /// It stands in the middle of a paragraph and is none of it.
    Aside,
    /// Nothing of these.
    Other,
}

/// How a vocabulary marks its words.
#[derive(Clone, Copy)]
pub(crate) struct Grammar {
    pub(crate) role: fn(&Element<'_, '_>) -> Role,
    /// Words stand in paragraphs themselves, not in leaves only.
    pub(crate) is_mixed: bool,
}

/// Washes all words of a part; how many spans were replaced.
pub(crate) fn wash(tape: &mut Tape<'_>, grammar: Grammar, wash: &dyn Wash) -> usize {
    let mut replaced = 0;
    for paragraph in paragraphs(tape, grammar) {
        let old = paragraph.joined(tape);
        if !is_worth_washing(&old) {
            continue;
        }
        let Some(new) = wash.wash(&old) else { continue };
        let changes = diff::changes(&old, &new);
        replaced += changes.len();
        paragraph.change(tape, &changes);
    }
    replaced
}

/// The words of a part, a line for every paragraph.
pub(crate) fn lines(tape: &Tape<'_>, grammar: Grammar, out: &mut String) {
    for paragraph in paragraphs(tape, grammar).iter().filter(|paragraph| !paragraph.is_code) {
        out.push_str(&paragraph.joined(tape));
        out.push('\n');
    }
}

/// Nothing shorter than three letters or digits identifies, and most cells of a sheet are that short.
pub(crate) fn is_worth_washing(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphanumeric()).nth(2).is_some()
}

#[derive(Default)]
struct Paragraph {
    units: Vec<Unit>,
    is_code: bool,
}

enum Unit {
    /// The place of a text.
    Text(usize),
    /// A character, and the place of the element that stands for it.
    Break(char, usize),
}

impl Paragraph {
    fn joined(&self, tape: &Tape<'_>) -> String {
        let mut joined = String::new();
        for unit in &self.units {
            match unit {
                Unit::Text(place) => joined.push_str(tape.text(*place).unwrap_or_default()),
                Unit::Break(c, _) => joined.push(*c),
            }
        }
        joined
    }

    /// Puts every change into the first text it touches and takes what it replaces out of the others.
    fn change(&self, tape: &mut Tape<'_>, changes: &[Change<'_>]) {
        let mut queue = changes.iter().peekable();
        let (mut begin, mut is_placed) = (0, false);
        let last_text = self.units.iter().rposition(|unit| matches!(unit, Unit::Text(_)));
        for (index, unit) in self.units.iter().enumerate() {
            let place = match unit {
                Unit::Text(place) => *place,
                Unit::Break(c, at) => {
                    let end = begin + c.len_utf8();
                    // What replaces the words around a break replaces the break, unless it has one as well.
                    let change = queue.peek().filter(|change| change.begin < begin && end < change.end);
                    if change.is_some_and(|change| !change.new.contains(*c)) {
                        tape.set(*at, Fate::Drop);
                    }
                    begin = end;
                    continue;
                }
            };
            let Some(text) = tape.text(place) else { continue };
            let end = begin + text.len();
            let is_last = last_text == Some(index);
            let mut made = String::new();
            let mut done = begin;
            while let Some(change) = queue.peek() {
                if change.begin >= end && !is_last {
                    break;
                }
                made.push_str(text.get(done - begin..change.begin.clamp(done, end) - begin).unwrap_or_default());
                if !std::mem::replace(&mut is_placed, true) {
                    made.extend(change.new.chars().filter(|c| !matches!(c, '\n' | '\t')));
                }
                done = change.end.clamp(done, end);
                if change.end > end && !is_last {
                    break;
                }
                queue.next();
                is_placed = false;
            }
            made.push_str(text.get(done - begin..).unwrap_or_default());
            if made != text {
                tape.set_text(place, made);
            }
            begin = end;
        }
    }
}

#[derive(Clone, Copy)]
struct Frame {
    /// Which paragraph words belong to.
    paragraph: Option<usize>,
    place: Place,
}

/// Where words stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Shown,
    Deleted,
    Code,
    Mute,
    Stray,
}

fn paragraphs(tape: &Tape<'_>, grammar: Grammar) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut frames = vec![Frame { paragraph: None, place: Place::Stray }];
    // Deleted words of a paragraph, beside it.
    let mut deleted: Vec<(usize, Paragraph)> = Vec::new();
    let mut place = 0;
    while let Some(token) = tape.tokens.get(place) {
        let frame = frames.last().copied().unwrap_or(Frame { paragraph: None, place: Place::Stray });
        match token {
            Token::Close => drop(frames.pop()),
            Token::Text(text) => match (frame.place, frame.paragraph) {
                (Place::Mute, _) => {}
                (Place::Shown, Some(index)) => push(&mut found, index, Unit::Text(place)),
                (Place::Deleted, Some(index)) => match deleted.last_mut() {
                    Some((of, paragraph)) if *of == index => paragraph.units.push(Unit::Text(place)),
                    _ => deleted.push((index, Paragraph { units: vec![Unit::Text(place)], is_code: false })),
                },
                _ if text.trim().is_empty() => {}
                (of, _) => found.push(Paragraph { units: vec![Unit::Text(place)], is_code: of == Place::Code }),
            },
            Token::Open { .. } => {
                let Some(element) = tape.element(place) else { break };
                if element.fate == Fate::Drop {
                    place = element.end + 1;
                    continue;
                }
                frames.push(frame_of(&element, place, frame, grammar, &mut found));
            }
        }
        place += 1;
    }
    found.extend(deleted.into_iter().map(|(_, paragraph)| paragraph));
    found
}

fn push(found: &mut [Paragraph], index: usize, unit: Unit) {
    if let Some(paragraph) = found.get_mut(index) {
        paragraph.units.push(unit);
    }
}

fn frame_of(element: &Element<'_, '_>, at: usize, outer: Frame, grammar: Grammar, found: &mut Vec<Paragraph>) -> Frame {
    let inner = |place| Frame { place, ..outer };
    match (grammar.role)(element) {
        Role::Paragraph => {
            found.push(Paragraph::default());
            let place = if grammar.is_mixed { Place::Shown } else { Place::Stray };
            Frame { paragraph: Some(found.len() - 1), place }
        }
        Role::Leaf => inner(Place::Shown),
        Role::Deleted => inner(Place::Deleted),
        Role::Code => inner(Place::Code),
        Role::Mute => inner(Place::Mute),
        Role::Aside => Frame { paragraph: None, place: Place::Stray },
        Role::Break(c) => {
            if let Some(index) = outer.paragraph {
                push(found, index, Unit::Break(c, at));
            }
            outer
        }
        Role::Other if grammar.is_mixed => outer,
        Role::Other => inner(Place::Stray),
    }
}
