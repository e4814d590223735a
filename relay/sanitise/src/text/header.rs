//! Header blocks: the fields Outlook and others put above the letter they answer or forward.

mod labels;

use super::{voice, when, work};

/// A field of a header block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    From,
    Date,
    To,
    Copy,
    Subject,
    /// Priority, attachments and such, which prove nothing.
    Other,
}

/// What stands above a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Above {
    Words,
    /// A drawn line: whatever looks like fields below it is a header block.
    Rule,
}

/// A header block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// How many lines it covers.
    pub(crate) lines: usize,
    /// Its names of fields are Finnish.
    pub(crate) is_finnish: bool,
}

/// Most lines of a block, and most octets of a name of a field.
const LINES_MAX: usize = 24;
const NAME_MAX: usize = 40;
/// Longest line taken for the rest of a wrapped value.
const REST_MAX: usize = 300;

/// Splits `Name: value`, the name perhaps in bold.
fn split(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(is_bold);
    let limit = line.len().min(NAME_MAX);
    work::spend(limit);
    let (colon, width) = match memchr::memchr(b':', &line.as_bytes()[..limit]) {
        Some(colon) => (colon, 1),
        // The colon of Chinese and Japanese.
        None => (memchr::memmem::find(&line.as_bytes()[..limit], "：".as_bytes())?, "：".len()),
    };
    Some((line[..colon].trim_end_matches(is_bold), line[colon + width..].trim_matches(is_bold)))
}

fn is_bold(c: char) -> bool {
    matches!(c, '*' | ' ' | '\t' | '\u{a0}' | '_' | '\u{202f}')
}

/// Reads `Label: value`.
pub(crate) fn label(line: &str) -> Option<(Label, &str)> {
    let (name, value) = split(line)?;
    Some((labels::find(&name.to_lowercase())?, value))
}

/// Reads `Label value`, as eM Client writes below its drawn line.
fn bare_label(line: &str) -> Option<(Label, &str)> {
    let (name, value) = line.trim().split_once([' ', '\t'])?;
    let found = if name.len() <= NAME_MAX { labels::find(&name.to_lowercase())? } else { return None };
    Some((found, value.trim()))
}

/// Reads the header block some lines begin with.
pub(crate) fn read<'a>(lines: impl Iterator<Item = &'a str>, above: Above) -> Option<Block> {
    let mut reader = Reader::default();
    for (place, line) in lines.take(LINES_MAX).enumerate() {
        work::spend(line.len().min(REST_MAX));
        if !reader.take(place, line, above)? {
            break;
        }
    }
    let is_block = reader.is_block(above);
    is_block.then_some(Block { lines: reader.end, is_finnish: reader.is_finnish })
}

#[derive(Default)]
struct Reader {
    seen: Vec<Label>,
    end: usize,
    blanks: usize,
    /// Lines without a name since the last one with.
    unnamed: usize,
    is_open: bool,
    proofs: Proofs,
    is_finnish: bool,
    /// Fields of no language we know.
    unknown: usize,
}

/// What only values of header fields hold together.
#[derive(Default)]
struct Proofs {
    has_address: bool,
    has_moment: bool,
}

impl Reader {
    /// Takes a line: whether the block may go on. `None` if there is no block.
    fn take(&mut self, place: usize, line: &str, above: Above) -> Option<bool> {
        if line.trim().is_empty() {
            self.blanks += 1;
            return (!self.is_empty()).then_some(self.blanks <= 2);
        }
        let is_bare = above == Above::Rule && self.blanks == 0;
        if let Some((found, value)) = label(line).or_else(|| bare_label(line).filter(|_| is_bare)) {
            if found != Label::Other && found != Label::Copy && self.seen.contains(&found) {
                return Some(false);
            }
            self.add(found, line, value);
        } else if !self.goes_on(line, above) {
            return if self.is_empty() { None } else { Some(false) };
        } else if self.unnamed > 0 {
            // Part of the block only if another field follows.
            return Some(true);
        }
        self.end = place + 1;
        self.blanks = 0;
        Some(true)
    }

    fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.unknown == 0
    }

    fn add(&mut self, found: Label, line: &str, value: &str) {
        self.seen.push(found);
        self.unnamed = 0;
        self.is_open = value.is_empty();
        self.weigh(value);
        self.is_finnish |= line.trim_start_matches(is_bold).starts_with("Läh");
    }

    fn weigh(&mut self, value: &str) {
        if value.len() <= REST_MAX * 4 {
            self.proofs.has_address |= value.contains('@');
            self.proofs.has_moment |= when::read(value).is_whole();
        }
    }

    /// Whether a line without a known name belongs to the block so far.
    fn goes_on(&mut self, line: &str, above: Above) -> bool {
        if let Some((name, value)) = split(line).filter(|(name, _)| is_strange_name(name)) {
            // Fields of a language we do not read: below a rule, or in another script.
            let is_foreign = !name.chars().any(|c| c.is_ascii_alphabetic());
            if is_foreign || above == Above::Rule && self.seen.len() < 4 {
                self.unknown += 1;
                self.unnamed = 0;
                self.weigh(value);
                return self.blanks == 0;
            }
        }
        if self.is_empty() || self.blanks > 0 || line.len() > REST_MAX || voice::speaks(line) {
            return false;
        }
        let is_list = matches!(self.seen.last(), Some(Label::To | Label::Copy)) && line.contains(['@', ';', '<']);
        let is_folded = line.starts_with([' ', '\t']) && self.seen.last() != Some(&Label::To) || self.is_open;
        if is_list || is_folded {
            self.is_open = false;
            self.weigh(line);
            return true;
        }
        self.unnamed += 1;
        self.unnamed == 1 && !(self.seen.len() >= 3 && self.seen.last() == Some(&Label::Subject))
    }

    fn is_block(&self, above: Above) -> bool {
        let has = |label| self.seen.contains(&label);
        let named =
            [Label::From, Label::Date, Label::To, Label::Subject].into_iter().filter(|label| has(*label)).count()
                + usize::from(has(Label::Copy));
        let is_proven = self.proofs.has_address || self.proofs.has_moment;
        if !has(Label::From) || !has(Label::Date) && !has(Label::Subject) {
            return self.unknown + named >= 3 && self.proofs.has_address && self.proofs.has_moment;
        }
        match (above, named) {
            (_, 4..) | (Above::Rule, 2..) => true,
            (Above::Words, 3) => is_proven,
            (Above::Words, 2) => self.proofs.has_address && self.proofs.has_moment,
            _ => false,
        }
    }
}

fn is_strange_name(name: &str) -> bool {
    (1..=3).contains(&name.split_whitespace().count()) && name.chars().all(|c| c.is_alphabetic() || c == ' ')
}

/// A line drawn by a client between the writer's words and an older letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Original,
    Forwarded,
}

/// What stands on the line above a letter that is answered.
const ORIGINAL: [&str; 24] = [
    "ursprungligt meddelande",
    "originalmeddelande",
    "oprindelig meddelelse",
    "original meddelelse",
    "oprindelig besked",
    "opprinnelig melding",
    "opphavleg melding",
    "original message",
    "original email",
    "reply message",
    "alkuperäinen viesti",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "ursprungligt mail",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "oryginalna wiadomość",
    "исходное сообщение",
    "orijinal mesaj",
];
/// What the line above a letter that is forwarded begins or ends with.
const FORWARDED: [&str; 46] = [
    "vidarebefordrat meddelande",
    "vidarebefordrat brev",
    "vidarebefordrat mail",
    "vidarebefordrat mejl",
    "vidarebefordrat e-postmeddelande",
    "vidarebefordrar meddelande",
    "början på vidarebefordrat brev",
    "början på vidarebefordrat meddelande",
    "videresendt meddelelse",
    "videresendt besked",
    "videresendt melding",
    "videresendt e-mail",
    "videresendt e-post",
    "videresendt mail",
    "videresendt brev",
    "vidaresendt melding",
    "start på videresendt besked",
    "start på videresendt melding",
    "start på videresendt e-post",
    "begynnelse på videresendt melding",
    "start på videresendt meddelelse",
    "forwarded message",
    "forwarded mail",
    "forwarded email",
    "forwarded letter",
    "begin forwarded message",
    "start of forwarded message",
    "edelleenlähetetty viesti",
    "edelleen lähetetty viesti",
    "välitetty viesti",
    "välitetty viesti alkaa",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "message transféré",
    "début du message transféré",
    "début du message réexpédié",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "wiadomość przesłana dalej",
    "пересылаемое сообщение",
    "переслане повідомлення",
    "yönlendirilen ileti",
];
/// Longest of these lines, in octets.
const MARK_MAX: usize = 120;

/// Reads `-----Ursprungligt meddelande-----` and its sisters.
pub(crate) fn mark(line: &str) -> Option<Mark> {
    let line = line.trim();
    if line.len() < 12 || line.len() > MARK_MAX || !line.starts_with(['-', '_', '=']) && !line.ends_with([':', '*']) {
        return None;
    }
    let inner = line.trim_matches(['-', '_', '=', ' ', '*', '>']);
    let has_rule = line.len() >= inner.len() + 4 && line.starts_with(['-', '_', '=']);
    let lower = inner.trim_end_matches([':', '*', ' ']).to_lowercase();
    if has_rule && ORIGINAL.contains(&lower.as_str()) {
        Some(Mark::Original)
    } else if FORWARDED.contains(&lower.as_str()) && (has_rule || inner.ends_with(':')) {
        Some(Mark::Forwarded)
    } else {
        None
    }
}

/// Whether a line is the mark of a forwarded letter and its whole header block, as Yahoo writes it.
pub(crate) fn is_head_in_one(line: &str) -> bool {
    let inner = line.trim_start_matches(['-', ' ', '\t']);
    if line.len() > REST_MAX * 8 || !line.trim_start().starts_with("---") || !inner.contains('@') {
        return false;
    }
    let lower = inner.to_lowercase();
    let rest = FORWARDED.iter().chain(&ORIGINAL).find_map(|words| lower.strip_prefix(words));
    rest.map(str::trim_start).is_some_and(|rest| {
        rest.starts_with("---") && matches!(label(rest.trim_start_matches(['-', ' '])), Some((Label::From, _)))
    })
}

/// Whether a line is nothing but a drawn rule, perhaps with a few words of a client's in the midst.
pub(crate) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let dashes = |c: &char| matches!(c, '_' | '-' | '=' | '—' | '–' | '*' | '─');
    if line.len() < 3 || !line.starts_with(|c| dashes(&c)) || !line.ends_with(|c| dashes(&c)) {
        return false;
    }
    let left = line.chars().take_while(dashes).count();
    let right = line.chars().rev().take_while(dashes).count();
    left >= 3 && right >= 3 && line.len() <= MARK_MAX * 3 && line.split_whitespace().count() <= 6
}

#[cfg(test)]
#[path = "header/tests.rs"]
mod tests;
