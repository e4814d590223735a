//! Where older letters begin in a text, and what becomes of what stands below: history goes, forwarded words stay.

use super::Occasion;
use super::line::{Fate, Line, Look};
use crate::text::attribution::{self, Certainty, Memo};
use crate::text::header::{self, Above, Mark};
use crate::text::{voice, work};

/// What introduces an older letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Attribution(Certainty),
    /// A drawn line, a header block, or both.
    Head {
        is_forward: bool,
        is_finnish: bool,
    },
}

/// The lines that introduce an older letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Introduction {
    start: usize,
    end: usize,
    kind: Kind,
}

/// Whether anything introduced an older letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum History {
    None,
    Introduced,
}

/// Marks the lines of older letters.
pub(super) fn mark(lines: &mut [Line<'_>], occasion: Occasion) -> History {
    let found = find(lines);
    let occasion = settled(occasion, lines, &found);
    let mut pass = Pass { occasion, points_below: None, has_own: false, is_forwarded: false, history: History::None };
    let mut done = 0;
    for (number, introduction) in found.iter().enumerate() {
        pass.has_own |= lines[done..introduction.start].iter().any(Line::is_own_word);
        let next = found.get(number + 1).map_or(lines.len(), |next| next.start + 1);
        done = introduction.end;
        match pass.decide(lines, introduction, next) {
            Decision::Words => pass.has_own = true,
            Decision::Introduces => pass.drop(lines, introduction),
            Decision::KeepBelow => {
                pass.drop(lines, introduction);
                lines[introduction.start].fate = Fate::Mark;
                lift(&mut lines[introduction.end..]);
            }
            Decision::KeepQuote => {
                pass.drop(lines, introduction);
                keep_quote(&mut lines[introduction.end..]);
            }
            Decision::CutBelow => {
                pass.drop(lines, introduction);
                lines[introduction.start..].iter_mut().for_each(|line| line.fate = Fate::Quote);
                return History::Introduced;
            }
        }
    }
    pass.history
}

/// `VS:` stands above answers in Finnish and above forwarded letters in Danish and Norwegian: their fields tell.
fn settled(occasion: Occasion, lines: &[Line<'_>], found: &[Introduction]) -> Occasion {
    if occasion != Occasion::Either {
        return occasion;
    }
    match found.iter().find(|introduction| lines[introduction.start].depth == 0).map(|first| first.kind) {
        Some(Kind::Head { is_finnish: false, .. }) => Occasion::Forward,
        _ => Occasion::Answer,
    }
}

fn find(lines: &[Line<'_>]) -> Vec<Introduction> {
    let mut found: Vec<Introduction> = Vec::new();
    let (mut place, mut floor, mut memo) = (0, 0, Memo::default());
    while place < lines.len() {
        let next = head(lines, place).or_else(|| attributed(lines, place, floor, &mut memo));
        if let Some(introduction) = next {
            found.push(introduction);
            floor = introduction.end;
        }
        place = next.map_or(place + 1, |introduction| introduction.end);
    }
    found
}

/// The attribution that ends with a line.
fn attributed(lines: &[Line<'_>], end: usize, floor: usize, memo: &mut Memo) -> Option<Introduction> {
    let last = lines.get(end).filter(|line| line.look == Look::MayIntroduce)?;
    let is_above_quote = || {
        let below = lines.get(end + 1..).unwrap_or_default().iter().take(3).find(|line| !line.is_blank());
        below.is_some_and(|line| line.depth > last.depth)
    };
    if attribution::is_open(last.text) && !is_above_quote() {
        return None;
    }
    let above = |place: usize| {
        let line = lines.get(place).filter(|line| place >= floor && line.depth == last.depth)?;
        Some(line.text)
    };
    let found = attribution::ending_at(end, above, memo)?;
    Some(Introduction { start: found.start, end: end + 1, kind: Kind::Attribution(found.certainty) })
}

/// Reads a drawn line, a header block, or both, at a place.
fn head(lines: &[Line<'_>], place: usize) -> Option<Introduction> {
    let line = lines[place];
    if !may_head(&line) {
        return None;
    }
    if header::is_head_in_one(line.text) {
        return Some(Introduction {
            start: place,
            end: place + 1,
            kind: Kind::Head { is_forward: true, is_finnish: false },
        });
    }
    let mark = header::mark(line.text);
    let from = place + usize::from(mark.is_some());
    let from = from + lines[from..].iter().take(3).take_while(|line| line.is_blank()).count();
    let depth = lines.get(from).map_or(0, |line| line.depth);
    let texts = || lines[from..].iter().take_while(move |line| line.depth == depth).map(|line| line.text);
    let above = if mark.is_some() || rule_above(lines, place).is_some() { Above::Rule } else { Above::Words };
    let block = header::read(texts(), above);
    let is_marked_forward = mark == Some(Mark::Forwarded);
    match (mark, block) {
        (None, None) => None,
        (_, Some(block)) => Some(Introduction {
            start: place,
            end: from + block.lines,
            kind: Kind::Head { is_forward: is_marked_forward, is_finnish: block.is_finnish },
        }),
        // A drawn line above neither a head nor a quote: the writer's own words may stand below it.
        (Some(_), None) => {
            let is_headed = depth > line.depth
                || texts().next().is_none_or(|text| header::label(text).is_some())
                || (from..(from + 4).min(lines.len()))
                    .any(|end| attributed(lines, end, from, &mut Memo::default()).is_some());
            let is_forward = is_marked_forward || !is_headed;
            Some(Introduction { start: place, end: place + 1, kind: Kind::Head { is_forward, is_finnish: false } })
        }
    }
}

/// A cheap look before a line is read as a field or a drawn line.
fn may_head(line: &Line<'_>) -> bool {
    let bytes = line.text.as_bytes();
    let start = &bytes[..bytes.len().min(48)];
    line.look == Look::MayIntroduce
        || memchr::memchr(b':', start).is_some()
        || matches!(bytes.iter().find(|byte| !byte.is_ascii_whitespace()), Some(b'-' | b'_' | b'=' | b'*'))
        || memchr::memmem::find(start, "：".as_bytes()).is_some()
}

/// The rule Outlook draws above its header block.
fn rule_above(lines: &[Line<'_>], place: usize) -> Option<usize> {
    let above = lines[..place].iter().rev().take(3).position(|line| !line.is_blank()).map(|back| place - 1 - back)?;
    let line = lines[above];
    (line.text.trim().len() >= 5 && header::is_rule(line.text) && line.depth == lines[place].depth).then_some(above)
}

/// What becomes of an introduction and of what stands below.
enum Decision {
    /// The writer's own words.
    Words,
    /// It goes; what is quoted below goes by its marks.
    Introduces,
    /// It goes, and what stands below is kept.
    KeepBelow,
    /// It goes; what is quoted below stays quoted.
    KeepQuote,
    /// Everything below is history.
    CutBelow,
}

/// What is known on the way down a text.
struct Pass {
    occasion: Occasion,
    /// The writer says that answers stand below, once that was asked.
    points_below: Option<bool>,
    has_own: bool,
    /// Below a mark of a forwarded letter.
    is_forwarded: bool,
    history: History,
}

impl Pass {
    fn decide(&mut self, lines: &[Line<'_>], introduction: &Introduction, next: usize) -> Decision {
        let Introduction { start, end, kind } = *introduction;
        let depth = lines[start].depth;
        if depth > 0 && lines[start].fate == Fate::Quote {
            let is_typed = kind == Kind::Attribution(Certainty::Weak) && self.occasion != Occasion::Answer;
            return if is_typed { Decision::Words } else { Decision::Introduces };
        }
        let is_announced = is_announced(&lines[..start]);
        let is_quoted = match kind {
            Kind::Head { .. } => {
                lines[end..].iter().find(|line| !line.is_blank()).is_some_and(|line| line.depth > depth)
            }
            Kind::Attribution(_) => lines[end..next.max(end)].iter().any(|line| line.depth > depth),
        };
        work::spend(next.saturating_sub(end));
        match kind {
            Kind::Attribution(Certainty::Weak) if self.occasion != Occasion::Answer => return Decision::Words,
            Kind::Attribution(Certainty::Weak | Certainty::Dated) if !is_quoted => return Decision::Words,
            Kind::Head { is_forward: true, .. } => self.is_forwarded = true,
            _ if self.occasion == Occasion::Forward => self.is_forwarded = true,
            _ => {}
        }
        if is_quoted {
            let starts = matches!(kind, Kind::Head { .. });
            return match (self.is_forwarded, is_announced) {
                (true, _) if starts => Decision::KeepBelow,
                (true, _) => Decision::KeepQuote,
                (_, true) if !is_answered(&lines[end..]) && !self.points_below(&lines[..start]) => Decision::KeepBelow,
                _ => Decision::Introduces,
            };
        }
        let is_answer = self.occasion == Occasion::Answer;
        if self.has_own && is_answer && !self.is_forwarded && !is_announced && !self.points_below(&lines[..start]) {
            Decision::CutBelow
        } else {
            Decision::KeepBelow
        }
    }

    fn points_below(&mut self, above: &[Line<'_>]) -> bool {
        *self.points_below.get_or_insert_with(|| points_below(above))
    }

    fn drop(&mut self, lines: &mut [Line<'_>], introduction: &Introduction) {
        if let Some(above) = rule_above(lines, introduction.start) {
            lines[above].fate = Fate::Drop;
        }
        let is_head = matches!(introduction.kind, Kind::Head { .. });
        for line in &mut lines[introduction.start..introduction.end] {
            line.fate = if is_head { Fate::Drop } else { Fate::Quote };
            line.is_introduction = true;
        }
        self.history = History::Introduced;
    }
}

/// Takes the outermost quote marks off the lines right below: they were put in to be read.
fn lift(below: &mut [Line<'_>]) {
    let Some(first) = below.iter().position(|line| !line.is_blank()) else { return };
    let depth = below[first].depth;
    if depth == 0 {
        return;
    }
    for line in below.iter_mut().take_while(|line| line.depth >= depth || line.is_blank()) {
        line.depth = line.depth.saturating_sub(depth);
        line.fate = Fate::Keep;
    }
}

/// Keeps the quoted lines right below, with their marks.
fn keep_quote(below: &mut [Line<'_>]) {
    for line in below.iter_mut().take_while(|line| line.depth > 0 || line.is_blank()) {
        line.fate = Fate::Keep;
    }
}

/// The writer goes on between or below the quoted lines: answers, not a letter put in.
fn is_answered(below: &[Line<'_>]) -> bool {
    work::spend(below.len());
    below.iter().skip_while(|line| line.depth == 0).any(Line::is_own_word)
}

/// The last line above ends with a colon: what follows was put in to be read.
fn is_announced(above: &[Line<'_>]) -> bool {
    let said = above.iter().rev().take(6).find(|line| line.text.contains(char::is_alphanumeric));
    said.is_some_and(|line| line.is_own_word() && line.text.trim_end().ends_with(':') && voice::is_sentence(line.text))
}

/// The writer says that answers stand in the text below.
fn points_below(above: &[Line<'_>]) -> bool {
    const HINTS: [&str; 24] = [
        "svar nedan",
        "svarar nedan",
        "se nedan",
        "svar i texten",
        "svarar i texten",
        "skriver i texten",
        "i rött",
        "med rött",
        "svar under",
        "svarer under",
        "svarer nedenfor",
        "svarer i teksten",
        "se nedenfor",
        "svar nedenfor",
        "med rødt",
        "i rødt",
        "see below",
        "answers below",
        "answer below",
        "answers in red",
        "inline",
        "vastaukset alla",
        "siehe unten",
        "antworten unten",
    ];
    let first = above.iter().take(40).filter(|line| line.depth == 0 && (1..400).contains(&line.text.len()));
    first.map(|line| line.text.to_lowercase()).any(|lower| HINTS.iter().any(|hint| lower.contains(hint)))
}
