//! Fields of a word-processing document: those that only count or point stay alive, the others become their words.
//!
//! A live field can print the author's name, a path or a remote page again as soon as the document is opened.

use super::space::Space;
use super::xml::{Element, Fate, Tape, Token};

/// What becomes of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldFate {
    /// It stays a field.
    Live,
    /// Its result stays as words.
    Words,
    /// Its result names the author, or the place of the file, and goes.
    Gone,
}

/// Decides about a field by its code.
pub(crate) fn fate(code: &str) -> FieldFate {
    let mut words = code.split_whitespace();
    let name = words.next().unwrap_or_default().to_ascii_uppercase();
    match name.as_str() {
        "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "SECTION" | "SEQ" | "DATE" | "TIME" | "FORMTEXT" | "FORMCHECKBOX"
        | "FORMDROPDOWN" | "LISTNUM" | "EQ" | "SYMBOL" | "ADVANCE" | "TOC" | "PAGEREF" | "REF" | "NOTEREF"
        | "STYLEREF" => live_if_short(code),
        "HYPERLINK" if words.next() == Some("\\l") && words.next().is_some_and(|w| w.starts_with("\"_Toc")) => {
            live_if_short(code)
        }
        "AUTHOR" | "LASTSAVEDBY" | "USERNAME" | "USERINITIALS" | "USERADDRESS" | "FILENAME" | "TEMPLATE" => {
            FieldFate::Gone
        }
        "DOCPROPERTY" | "INFO" if names_somebody(code) => FieldFate::Gone,
        _ => FieldFate::Words,
    }
}

fn live_if_short(code: &str) -> FieldFate {
    let is_plain = code.len() <= 120 && code.is_ascii() && !code.contains(['/', '@', ':', '{']);
    if is_plain { FieldFate::Live } else { FieldFate::Words }
}

/// Whether a property's name, wherever it is written, is one that holds a person or an organisation.
pub(crate) fn names_somebody(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["author", "creator", "lastsavedby", "lastmodifiedby", "manager", "company", "filename", "template"]
        .iter()
        .any(|name| text.contains(name))
}

/// A complex field that has begun.
#[derive(Default)]
struct Running {
    code: String,
    /// The places of its marks and of its code.
    marks: Vec<usize>,
    /// Where its result begins among the texts of all results.
    result: Option<usize>,
}

/// Fields nested in each other; more are no fields.
const DEPTH: usize = 32;

/// Settles all fields of a part; how many were taken.
pub(crate) fn settle(tape: &mut Tape<'_>) -> usize {
    let mut running: Vec<Running> = Vec::new();
    // The texts of the results of all fields that have begun; what an inner one printed is printed by the outer too.
    let mut results: Vec<usize> = Vec::new();
    let mut taken = 0;
    let mut place = 0;
    while place < tape.tokens.len() {
        let here = place;
        place += 1;
        let Some(element) = tape.element(here) else { continue };
        if element.name.space != Space::W {
            continue;
        }
        match element.name.local {
            "fldSimple" => {
                let code = element.value(Space::W, "instr").unwrap_or_default();
                let fate = fate(code);
                let end = element.end;
                taken += simple(tape, here, end, fate);
            }
            "sdt" => taken += bound(tape, here),
            "fldChar" => taken += mark(tape, here, &mut running, &mut results),
            "instrText" | "delInstrText" => {
                let code = tape.words_in(here);
                if let Some(field) = running.last_mut() {
                    field.code.push_str(&code);
                    field.marks.push(here);
                } else {
                    tape.set(here, Fate::Drop);
                }
            }
            "t" | "delText" if running.iter().any(|field| field.result.is_some()) => results.extend(place..element.end),
            _ => {}
        }
    }
    // A field without end is no field.
    running.iter().flat_map(|field| field.marks.clone()).for_each(|mark| tape.set(mark, Fate::Drop));
    taken
}

/// A content control that shows a property of the document: the author's name on a cover page.
fn bound(tape: &mut Tape<'_>, place: usize) -> usize {
    let properties = tape.inside(place).take(40).find(|(_, inner)| inner.is(Space::W, "dataBinding"));
    let names = properties.and_then(|(_, inner)| inner.value(Space::W, "xpath")).is_some_and(names_somebody);
    if !names {
        return 0;
    }
    let leaves = tape.inside(place).filter(|(_, inner)| inner.is(Space::W, "t"));
    let texts: Vec<usize> = leaves.flat_map(|(at, leaf)| at + 1..leaf.end).collect();
    blank(tape, &texts);
    1
}

fn simple(tape: &mut Tape<'_>, place: usize, end: usize, fate: FieldFate) -> usize {
    match fate {
        FieldFate::Live => return 0,
        FieldFate::Words => tape.set(place, Fate::Unwrap),
        FieldFate::Gone => {
            tape.set(place, Fate::Unwrap);
            let texts: Vec<usize> =
                (place..end).filter(|p| matches!(tape.tokens.get(*p), Some(Token::Text(_)))).collect();
            blank(tape, &texts);
        }
    }
    1
}

fn mark(tape: &mut Tape<'_>, place: usize, running: &mut Vec<Running>, results: &mut Vec<usize>) -> usize {
    let kind = tape.element(place).and_then(|e: Element<'_, '_>| e.value(Space::W, "fldCharType")).unwrap_or_default();
    match kind {
        "begin" if running.len() >= DEPTH => tape.set(place, Fate::Drop),
        "begin" => running.push(Running { marks: vec![place], ..Running::default() }),
        "separate" => {
            if let Some(field) = running.last_mut() {
                field.marks.push(place);
                field.result = Some(results.len());
            }
        }
        "end" => {
            let Some(mut field) = running.pop() else { return 0 };
            field.marks.push(place);
            let fate = fate(&field.code);
            if fate == FieldFate::Gone {
                blank(tape, field.result.and_then(|begin| results.get(begin..)).unwrap_or_default());
            }
            if running.is_empty() {
                results.clear();
            }
            if fate != FieldFate::Live {
                field.marks.iter().for_each(|mark| tape.set(*mark, Fate::Drop));
                return 1;
            }
        }
        _ => {}
    }
    0
}

/// Puts a dash where somebody's name stood.
pub(crate) fn blank(tape: &mut Tape<'_>, texts: &[usize]) {
    for (index, place) in texts.iter().enumerate() {
        tape.set_text(*place, if index == 0 { "–".to_owned() } else { String::new() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_apart() {
        for (code, expected) in [
            (" PAGE ", FieldFate::Live),
            (" PAGE   \\* MERGEFORMAT ", FieldFate::Live),
            (" TOC \\o \"1-3\" \\h \\z \\u ", FieldFate::Live),
            (" HYPERLINK \\l \"_Toc123\" ", FieldFate::Live),
            (" HYPERLINK \"https://example.org/\" ", FieldFate::Words),
            (" AUTHOR  \\* MERGEFORMAT", FieldFate::Gone),
            (" FILENAME \\p ", FieldFate::Gone),
            (" DOCPROPERTY Company ", FieldFate::Gone),
            (" DOCPROPERTY Title ", FieldFate::Words),
            (" INCLUDEPICTURE \"https://example.org/a.png\" \\d ", FieldFate::Words),
            (" DDEAUTO c:\\\\windows cmd ", FieldFate::Words),
            ("", FieldFate::Words),
        ] {
            assert_eq!(fate(code), expected, "{code}");
        }
    }
}
