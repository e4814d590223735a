//! The lines clients put above quoted text: `Den … skrev …:`, header blocks, marks of original and forwarded mail.

mod phrase;

use super::voice;

/// How sure it is that a line introduces a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Certainty {
    /// Only if a quoted line follows.
    Weak,
    /// By itself: it names an address beside a verb or a date with a time.
    Strong,
}

/// A line that introduces quoted text, and how many lines it is written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub(crate) lines: usize,
    pub(crate) certainty: Certainty,
}

/// The verbs of quoting: sv, da/nb, nn, en, fi, de, fr, es, it, nl, pl, is.
const VERBS: [&str; 15] = [
    "skrev",
    "skriver",
    "skreiv",
    "wrote",
    "writes",
    "kirjoitti",
    "schrieb",
    "a écrit",
    "escribió",
    "ha scritto",
    "schreef",
    "napisał",
    "napisał(a)",
    "skrifaði",
    "geschreven",
];

/// Longest introduction, in octets, and the most lines it is wrapped over.
const LENGTH_MAX: usize = 400;
const LINES_MAX: usize = 4;
/// Longest introduction without an address, in octets.
const WEAK_MAX: usize = 120;

/// Reads an attribution at the beginning of some lines of one depth.
///
/// A line is joined to those below it only if it begins as clients begin, or holds the address or the date; never
/// a finished sentence, and never when what follows is an attribution without it: the line above an attribution is
/// the last the writer said.
pub(crate) fn read<'a>(mut lines: impl Iterator<Item = &'a str>) -> Option<Attribution> {
    let mut taken: Vec<&str> = Vec::new();
    while taken.len() < LINES_MAX {
        let line = lines.next()?.trim();
        let length: usize = taken.iter().map(|line| line.len() + 1).sum();
        if line.is_empty() || length + line.len() > LENGTH_MAX {
            return None;
        }
        match taken.first() {
            None if !may_begin(line) => return None,
            Some(first) if taken.len() == 1 && !may_go_on(first) => return None,
            _ => taken.push(line),
        }
        if let Some(certainty) = certainty(&taken.join(" ")) {
            let belongs = phrase::begins(taken[0]) && phrase::is_clients(taken[0], false, &VERBS);
            let begins_later = !belongs
                && (1..taken.len())
                    .any(|from| phrase::begins(taken[from]) && self::certainty(&taken[from..].join(" ")).is_some());
            return (!begins_later).then_some(Attribution { lines: taken.len(), certainty });
        }
    }
    None
}

/// A cheap look before lines are joined: most lines of a letter end in a full stop and hold no verb of quoting.
fn may_begin(line: &str) -> bool {
    line.ends_with(':') || line.contains(|c: char| c.is_ascii_digit() || matches!(c, '<' | '@')) || phrase::begins(line)
}

/// Whether a line may be the upper part of an attribution.
fn may_go_on(line: &str) -> bool {
    let has_evidence = phrase::begins(line) || line.contains(['<', '@']) || has_time(line) || has_year(line);
    has_evidence && !phrase::is_finished(line)
}

fn certainty(text: &str) -> Option<Certainty> {
    let text = text.trim_end_matches(['\u{a0}', ' ', '*', '_']);
    let (body, has_colon) = match text.strip_suffix(':') {
        Some(body) => (body.trim_end(), true),
        None => (text, false),
    };
    let lower = body.to_lowercase();
    let has_verb = VERBS.iter().any(|verb| has_word(&lower, verb));
    let names_address = has_bracketed_address(&lower);
    let is_dated = has_time(&lower) && has_year(&lower);
    let is_said = has_verb || names_address && is_dated;
    if !is_said || !phrase::is_clients(body, names_address, &VERBS) {
        return None;
    }
    // `Anna <a@b> skrev (3 nov. 2026 14:05):` and `On … wrote:`; some clients end without a colon.
    if has_colon && names_address {
        Some(Certainty::Strong)
    } else if has_colon && body.len() <= WEAK_MAX || names_address && is_dated && lower.ends_with("skrev") {
        // Without an address it may be a story: `Den 3 maj 2026 kl 14:05 skrev Kalle:`.
        Some(Certainty::Weak)
    } else {
        None
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(place, _)| {
        let before = text[..place].chars().next_back();
        let after = text[place + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn has_bracketed_address(text: &str) -> bool {
    let in_brackets = |open: char, close: char| {
        text.split(open).skip(1).any(|rest| {
            rest.split(close).next().is_some_and(|inner| inner.contains('@') && !inner.trim().contains(' '))
        })
    };
    in_brackets('<', '>') || in_brackets('(', ')') || in_brackets('[', ']')
}

/// `14:05`, `14.05` or `2:05 PM`.
fn has_time(text: &str) -> bool {
    text.as_bytes()
        .windows(4)
        .any(|w| w[0].is_ascii_digit() && matches!(w[1], b':' | b'.') && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// A field of the header block Outlook and others put above the letter they answer or forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    From,
    Date,
    To,
    Copy,
    Subject,
}

/// Labels in sv, da, nb, nn, en, fi, de, fr, es, it, nl, pl, is.
const LABELS: [(&str, Label); 57] = [
    ("from", Label::From),
    ("från", Label::From),
    ("fra", Label::From),
    ("frå", Label::From),
    ("lähettäjä", Label::From),
    ("von", Label::From),
    ("de", Label::From),
    ("da", Label::From),
    ("van", Label::From),
    ("od", Label::From),
    ("frá", Label::From),
    ("afsender", Label::From),
    ("avsändare", Label::From),
    ("avsender", Label::From),
    ("expéditeur", Label::From),
    ("sent", Label::Date),
    ("skickat", Label::Date),
    ("sendt", Label::Date),
    ("date", Label::Date),
    ("datum", Label::Date),
    ("dato", Label::Date),
    ("lähetetty", Label::Date),
    ("päivämäärä", Label::Date),
    ("gesendet", Label::Date),
    ("envoyé", Label::Date),
    ("enviado", Label::Date),
    ("fecha", Label::Date),
    ("inviato", Label::Date),
    ("verzonden", Label::Date),
    ("sendt den", Label::Date),
    ("skickades", Label::Date),
    ("wysłano", Label::Date),
    ("data", Label::Date),
    ("to", Label::To),
    ("till", Label::To),
    ("til", Label::To),
    ("vastaanottaja", Label::To),
    ("an", Label::To),
    ("à", Label::To),
    ("para", Label::To),
    ("aan", Label::To),
    ("do", Label::To),
    ("mottagare", Label::To),
    ("a", Label::To),
    ("cc", Label::Copy),
    ("kopia", Label::Copy),
    ("kopi", Label::Copy),
    ("kopio", Label::Copy),
    ("subject", Label::Subject),
    ("ämne", Label::Subject),
    ("emne", Label::Subject),
    ("aihe", Label::Subject),
    ("betreff", Label::Subject),
    ("objet", Label::Subject),
    ("asunto", Label::Subject),
    ("oggetto", Label::Subject),
    ("onderwerp", Label::Subject),
];

/// Reads `Label: value`, the label perhaps in bold.
pub(crate) fn label(line: &str) -> Option<(Label, &str)> {
    let line = line.trim_start_matches(['*', ' ', '\u{a0}', '\t', '_']);
    let colon = line.find(':').filter(|place| *place <= 24)?;
    let name = line[..colon].trim_end_matches(['*', ' ', '\u{a0}', '_']).to_lowercase();
    let label = LABELS.iter().find(|(known, _)| *known == name)?.1;
    Some((label, line[colon + 1..].trim_matches(['*', ' ', '\u{a0}', '_'])))
}

/// A header block: how many lines it covers, and what its subject says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeaderBlock {
    pub(crate) lines: usize,
    pub(crate) is_forward: bool,
}

/// Reads a header block that begins with its `From` label: three different labels within a few lines.
pub(crate) fn header_block<'a>(lines: impl Iterator<Item = &'a str>) -> Option<HeaderBlock> {
    let mut seen: Vec<Label> = Vec::new();
    let mut block = HeaderBlock { lines: 0, is_forward: false };
    let (mut after_blank, mut is_list) = (false, false);
    for (place, line) in lines.take(14).enumerate() {
        if line.trim().is_empty() && !seen.is_empty() {
            after_blank = true;
            continue;
        }
        match label(line) {
            Some((Label::From, _)) if seen.is_empty() => seen.push(Label::From),
            Some((found, value)) if !seen.is_empty() && !seen.contains(&found) => {
                seen.push(found);
                if found == Label::Subject {
                    block.is_forward = is_forward_subject(value);
                }
            }
            _ if seen.is_empty() => return None,
            // Labels may stand in paragraphs of their own; a wrapped list of recipients goes on without one.
            _ if after_blank || !is_list || !line.contains(['@', ';', '<']) || voice::speaks(line) => break,
            _ => {}
        }
        after_blank = false;
        is_list = matches!(seen.last(), Some(Label::To | Label::Copy));
        block.lines = place + 1;
    }
    (seen.len() >= 3).then_some(block)
}

fn is_forward_subject(subject: &str) -> bool {
    let lower = subject.to_lowercase();
    ["vb:", "vs:", "fw:", "fwd:", "vl:", "wg:", "tr:", "videresendt:", "vidarebefordrat:", "fs:"]
        .iter()
        .any(|start| lower.starts_with(start))
}

/// A line drawn by a client between the writer's words and an older letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Original,
    Forwarded,
}

/// What stands on the line above a letter that is answered.
const ORIGINAL: [&str; 12] = [
    "ursprungligt meddelande",
    "originalmeddelande",
    "oprindelig meddelelse",
    "original meddelelse",
    "opprinnelig melding",
    "original message",
    "alkuperäinen viesti",
    "ursprüngliche nachricht",
    "original-nachricht",
    "message d'origine",
    "message original",
    "ursprungligt mail",
];
/// What stands on the line above a letter that is forwarded.
const FORWARDED: [&str; 18] = [
    "vidarebefordrat meddelande",
    "vidarebefordrat brev",
    "vidarebefordrat mail",
    "videresendt meddelelse",
    "videresendt besked",
    "videresendt melding",
    "vidaresendt melding",
    "forwarded message",
    "forwarded mail",
    "edelleenlähetetty viesti",
    "välitetty viesti",
    "weitergeleitete nachricht",
    "message transféré",
    "begin forwarded message",
    "vidarebefordrat meddelande från",
    "vidarebefordrar meddelande",
    "start på videresendt besked",
    "start på videresendt melding",
];

/// Reads `-----Ursprungligt meddelande-----` and its sisters.
pub(crate) fn mark(line: &str) -> Option<Mark> {
    let line = line.trim();
    let inner = line.trim_matches(['-', '_', '=', ' ', '*']);
    let has_rule = line.len() >= inner.len() + 6 && line.starts_with(['-', '_', '=']);
    let lower = inner.trim_end_matches(':').to_lowercase();
    if has_rule && ORIGINAL.contains(&lower.as_str()) {
        Some(Mark::Original)
    } else if FORWARDED.contains(&lower.as_str()) && (has_rule || line.ends_with(':')) {
        Some(Mark::Forwarded)
    } else {
        None
    }
}

#[cfg(test)]
#[path = "attribution/tests.rs"]
mod tests;
