//! Who wrote which lines: new text, quoted letters, forwarded letters, and signatures.

use std::ops::Range;

/// What a part of a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Written for this letter.
    New,
    /// An earlier letter below or between the new lines.
    Quoted,
    /// Somebody else's letter, passed on: read as new text.
    Forwarded,
    /// Behind the line that divides off a signature.
    Signature,
}

brevbro_core::words!(
    Section, "new, quoted, forwarded or signature",
    New => "new", Quoted => "quoted", Forwarded => "forwarded", Signature => "signature",
);

/// Lines that belong together, without what marks them as quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) section: Section,
    /// The octets of each line.
    pub(crate) lines: Vec<Range<usize>>,
}

/// What the lines so far have said of the ones to come.
struct State {
    /// Where lines without a mark belong.
    plain: Section,
    /// An attribution line was seen: marked lines are quoted.
    is_attributed: bool,
}

/// Divides a letter. What is in doubt is new text: a quotation lowers a flag, and must be sure.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let mut state = State { plain: Section::New, is_attributed: false };
    let mut blocks: Vec<Block> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let whole = text.get(line.clone()).unwrap_or_default();
        let (content, is_marked) = unmarked(whole, line);
        let words = text.get(content.clone()).unwrap_or_default().trim();
        let ahead = lines.get(number + 1..).unwrap_or_default();
        let section = if is_marked && state.is_attributed { Section::Quoted } else { state.plain };
        if !is_marked {
            state.turn(text, words, ahead);
        }
        match blocks.last_mut() {
            Some(last) if last.section == section => last.lines.push(content),
            _ => blocks.push(Block { section, lines: vec![content] }),
        }
    }
    blocks
}

impl State {
    /// Looks at an unmarked line that may change what follows.
    fn turn(&mut self, text: &str, line: &str, ahead: &[Range<usize>]) {
        if line == "--" && self.plain == Section::New {
            self.plain = Section::Signature;
        } else if let Some(section) = divider(line) {
            self.plain = section;
            self.is_attributed = true;
        } else if is_header_block(text, line, ahead) && self.plain != Section::Forwarded {
            self.plain = Section::Quoted;
            self.is_attributed = true;
        } else if !self.is_attributed {
            self.is_attributed = is_attribution(text, line, ahead);
        }
    }
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let cut = |line: &str| {
        let start = at;
        at += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    };
    text.split_inclusive('\n').map(cut).collect()
}

/// A line without its `>` marks.
fn unmarked(line: &str, octets: &Range<usize>) -> (Range<usize>, bool) {
    let rest = line.trim_start_matches(['>', ' ', '\t']);
    let is_marked = line.trim_start().starts_with('>');
    let start = if is_marked { octets.end - rest.len() } else { octets.start };
    (start..octets.end, is_marked)
}

/// What mail programmes write above a letter, in any of our languages.
const FORWARDED: [&str; 7] = [
    "vidarebefordrat",
    "vidarebefordrad",
    "videresendt",
    "videresendte",
    "vidaresendt",
    "forwarded message",
    "begin forwarded",
];
const ORIGINAL: [&str; 6] = [
    "ursprungligt meddelande",
    "originalmeddelande",
    "oprindelig meddelelse",
    "original melding",
    "opprinnelig melding",
    "original message",
];

fn divider(line: &str) -> Option<Section> {
    if line.len() > 90 || !(line.starts_with("--") || line.starts_with("Begin forwarded") || line.starts_with("__")) {
        return None;
    }
    let lower = line.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match (has(&FORWARDED), has(&ORIGINAL)) {
        (true, _) => Some(Section::Forwarded),
        (false, true) => Some(Section::Quoted),
        (false, false) => None,
    }
}

/// The header fields of a letter as programmes without `>` marks show them.
const FIELDS: [&str; 17] = [
    "från:", "fra:", "frå:", "from:", "skickat:", "sendt:", "sent:", "datum:", "dato:", "date:", "till:", "til:",
    "to:", "ämne:", "emne:", "subject:", "kopia:",
];

fn is_field(line: &str) -> bool {
    let line = line.trim_start_matches(['*', ' ']);
    let head: String = line.chars().take(10).flat_map(char::to_lowercase).filter(|c| *c != '*').collect();
    FIELDS.iter().any(|field| head.starts_with(field))
}

/// Three header fields, one under the other.
fn is_header_block(text: &str, line: &str, ahead: &[Range<usize>]) -> bool {
    let next = ahead.iter().take(2).filter(|l| is_field(text.get((*l).clone()).unwrap_or_default()));
    is_field(line) && next.count() == 2
}

const WROTE: [&str; 7] = ["skrev", "skreiv", "wrote", "skrev:", "skreiv:", "wrote:", "schrieb:"];

/// "On a day, somebody wrote:" right above marked lines. With a figure, since a date has one: "he wrote:" is a tale.
fn is_attribution(text: &str, line: &str, ahead: &[Range<usize>]) -> bool {
    if line.len() > 300 || line.is_empty() {
        return false;
    }
    let shown = |octets: &Range<usize>| text.get(octets.clone()).unwrap_or_default().trim();
    let ends = |line: &str| line.ends_with(':');
    if !ends(line) && !ahead.first().is_some_and(|next| ends(shown(next))) {
        return false;
    }
    // Long attribution lines are wrapped.
    let (whole, ahead) = match ahead.split_first() {
        Some((next, rest)) if !line.ends_with(':') => (format!("{line} {}", shown(next)), rest),
        _ => (line.to_owned(), ahead),
    };
    let has_verb = whole.split_whitespace().any(|word| WROTE.contains(&word.to_lowercase().as_str()));
    let has_figure = whole.contains(|c: char| c.is_ascii_digit()) || whole.contains('@');
    let below = ahead.iter().take(3).map(shown).find(|line| !line.is_empty());
    has_verb && has_figure && whole.trim_end().ends_with(':') && below.is_some_and(|line| line.starts_with('>'))
}
