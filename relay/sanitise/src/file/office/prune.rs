//! What of an OOXML part stays: elements and attributes that show something, without who made them or where.

mod hidden;
mod shape;

pub(crate) use hidden::hidden_styles;

use super::super::Wash;
use super::attribute::{self, Ruling};
use super::fields;
use super::space::Space;
use super::words::is_worth_washing;
use super::xml::{Element, Fate, Name, Tape};
use hidden::{is_hidden_row, is_hidden_run};
use shape::{drawings, office, shapes, sheets};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a part is pruned by.
pub(crate) struct Context<'c> {
    pub(crate) wash: &'c dyn Wash,
    /// The new name of every relation of the part that stays, by its old one.
    pub(crate) relations: &'c BTreeMap<String, String>,
    /// Styles of the document that hide their words.
    pub(crate) hidden_styles: &'c BTreeSet<String>,
    pub(crate) traces: usize,
    pub(crate) replaced: usize,
}

/// Prunes a part in place.
pub(crate) fn prune(tape: &mut Tape<'_>, context: &mut Context<'_>) {
    context.traces += fields::settle(tape);
    let mut parents: Vec<(Name<'_>, usize)> = Vec::new();
    let mut place = 0;
    while place < tape.tokens.len() {
        while parents.last().is_some_and(|(_, end)| *end < place) {
            parents.pop();
        }
        let Some(element) = tape.element(place) else {
            place += 1;
            continue;
        };
        let (name, end) = (element.name, element.end);
        if element.is(Space::Mc, "AlternateContent") {
            settle_alternative(tape, place);
        }
        let Some(element) = tape.element(place) else { break };
        let parent = parents.last().map(|(name, _)| *name);
        let fate =
            if element.fate == Fate::Keep { decide(tape, place, &element, parent, context) } else { element.fate };
        tape.set(place, fate);
        match fate {
            Fate::Drop => {
                place = end + 1;
                continue;
            }
            Fate::Unwrap => {}
            Fate::Keep => attributes(tape, place, name, context),
        }
        // What an unwrapped element held stands in the outer one now.
        parents.push((if fate == Fate::Unwrap { parent.unwrap_or(name) } else { name }, end));
        place += 1;
    }
}

fn decide(
    tape: &Tape<'_>,
    place: usize,
    element: &Element<'_, '_>,
    parent: Option<Name<'_>>,
    context: &mut Context<'_>,
) -> Fate {
    let fate = by_relation(element, context).unwrap_or_else(|| match element.name.space {
        Space::W => words(tape, place, element, parent, context),
        Space::Mc if matches!(element.name.local, "AlternateContent" | "Choice") => Fate::Keep,
        Space::S => sheets(element.name.local),
        Space::P | Space::SheetDrawing | Space::Wp | Space::Pic | Space::ChartDrawing | Space::Wps | Space::Wpg => {
            shapes(tape, place, element)
        }
        Space::A | Space::Chart | Space::Diagram => drawings(element.name.local),
        Space::Wpc | Space::M | Space::V | Space::W10 | Space::R | Space::X => Fate::Keep,
        Space::O => office(element.name.local),
        // The root of a VML drawing.
        Space::None if element.name.local == "xml" && parent.is_none() => Fate::Keep,
        _ => Fate::Drop,
    });
    let is_trace = match element.name.space {
        Space::W => matches!(
            element.name.local,
            "r" | "docVars" | "attachedTemplate" | "mailMerge" | "permStart" | "altChunk" | "subDoc" | "control"
        ),
        Space::O => element.name.local == "OLEObject",
        _ => false,
    };
    context.traces += usize::from(is_trace && fate == Fate::Drop);
    fate
}

/// An element that leads to a part which is not there goes, unless it shows something without it.
fn by_relation(element: &Element<'_, '_>, context: &Context<'_>) -> Option<Fate> {
    let is_lost = |value: &str| !value.is_empty() && !context.relations.contains_key(value);
    let of_relation = |a: &&super::xml::Attribute<'_>| {
        a.name.space == Space::R || a.name.space == Space::O && matches!(a.name.local, "relid")
    };
    let lost = element.attributes.iter().filter(of_relation).any(|a| a.value.as_deref().is_some_and(is_lost));
    let anchor = element.value(Space::W, "anchor").is_some_and(attribute::is_own_mark);
    match (element.name.space, element.name.local) {
        (Space::W, "hyperlink") if (lost || element.value(Space::R, "id").is_none()) && !anchor => Some(Fate::Unwrap),
        (Space::W, "hyperlink")
        | (Space::A, "blip")
        | (Space::V, "imagedata" | "fill" | "stroke")
        | (Space::S, "pageSetup") => None,
        _ => lost.then_some(Fate::Drop),
    }
}

fn words(
    tape: &Tape<'_>,
    place: usize,
    element: &Element<'_, '_>,
    parent: Option<Name<'_>>,
    context: &Context<'_>,
) -> Fate {
    let parent = parent.map_or("", |parent| parent.local);
    match element.name.local {
        _ if parent == "settings" && !is_setting(element.name.local) => Fate::Drop,
        "sdt" | "sdtContent" | "smartTag" | "customXml" => Fate::Unwrap,
        "r" if is_hidden_run(tape, place, context.hidden_styles) => Fate::Drop,
        "tr" if is_hidden_row(tape, place) => Fate::Drop,
        "bookmarkStart" | "bookmarkEnd" => bookmark(element),
        "fldData"
        | "sdtPr"
        | "sdtEndPr"
        | "smartTagPr"
        | "customXmlPr"
        | "proofErr"
        | "permStart"
        | "permEnd"
        | "altChunk"
        | "subDoc"
        | "control"
        | "docPartObj"
        | "rsid"
        | "rsids"
        | "nsid"
        | "tmpl"
        | "divId"
        | "entryMacro"
        | "exitMacro"
        | "movie"
        | "embedRegular"
        | "embedBold"
        | "embedItalic"
        | "embedBoldItalic"
        | "customXmlInsRangeStart"
        | "customXmlInsRangeEnd"
        | "customXmlDelRangeStart"
        | "customXmlDelRangeEnd"
        | "customXmlMoveFromRangeStart"
        | "customXmlMoveFromRangeEnd"
        | "customXmlMoveToRangeStart"
        | "customXmlMoveToRangeEnd"
        | "printerSettings"
        | "contentPart"
        | "framesets"
        | "docPartBody" => Fate::Drop,
        _ => Fate::Keep,
    }
}

/// Settings that change how the document looks. The others tell who wrote it, with what, from which template.
fn is_setting(local: &str) -> bool {
    matches!(
        local,
        "displayBackgroundShape"
            | "mirrorMargins"
            | "alignBordersAndEdges"
            | "bordersDoNotSurroundHeader"
            | "bordersDoNotSurroundFooter"
            | "gutterAtTop"
            | "defaultTabStop"
            | "autoHyphenation"
            | "consecutiveHyphenLimit"
            | "hyphenationZone"
            | "doNotHyphenateCaps"
            | "evenAndOddHeaders"
            | "bookFoldPrinting"
            | "drawingGridHorizontalSpacing"
            | "drawingGridVerticalSpacing"
            | "characterSpacingControl"
            | "footnotePr"
            | "endnotePr"
            | "compat"
            | "themeFontLang"
            | "clrSchemeMapping"
            | "decimalSymbol"
            | "listSeparator"
            | "defaultTableStyle"
            | "noLineBreaksAfter"
            | "noLineBreaksBefore"
    )
}

/// Marks that tables of contents and references use stay; those a person named go.
fn bookmark(element: &Element<'_, '_>) -> Fate {
    match element.value(Space::W, "name") {
        Some(name) if attribute::is_own_mark(name) => Fate::Keep,
        None if element.name.local == "bookmarkEnd" => Fate::Keep,
        _ => Fate::Drop,
    }
}

/// Of alternate content one branch stays: the first one whose vocabularies are all understood, or else the fallback.
fn settle_alternative(tape: &mut Tape<'_>, place: usize) {
    let is_understood = |choice: &Element<'_, '_>| {
        let needs = choice.value(Space::None, "Requires").unwrap_or("?");
        choice.is(Space::Mc, "Choice") && needs.split(' ').all(|prefix| matches!(prefix, "wps" | "wpg" | "wpc"))
    };
    let branches: Vec<usize> = children(tape, place).map(|(at, _)| at).collect();
    let chosen = children(tape, place).find(|(_, child)| is_understood(child)).map(|(at, _)| at);
    let fallback = children(tape, place).find(|(_, child)| child.is(Space::Mc, "Fallback")).map(|(at, _)| at);
    for branch in branches {
        let fate = match (chosen, fallback) {
            (Some(chosen), _) if chosen == branch => Fate::Keep,
            (None, Some(fallback)) if fallback == branch => Fate::Unwrap,
            _ => Fate::Drop,
        };
        tape.set(branch, fate);
    }
    tape.set(place, if chosen.is_some() { Fate::Keep } else { Fate::Unwrap });
}

fn children<'t, 'a>(tape: &'t Tape<'a>, place: usize) -> impl Iterator<Item = (usize, Element<'t, 'a>)> {
    let end = tape.element(place).map_or(place, |element| element.end);
    let mut next = place + 1;
    std::iter::from_fn(move || {
        while next < end {
            let here = next;
            match tape.element(here) {
                Some(element) => {
                    next = element.end + 1;
                    return Some((here, element));
                }
                None => next += 1,
            }
        }
        None
    })
}

/// Rules on every attribute of an element.
fn attributes(tape: &mut Tape<'_>, place: usize, element: Name<'_>, context: &mut Context<'_>) {
    for attribute in tape.attributes_mut(place) {
        let Some(value) = attribute.value.take() else { continue };
        attribute.value = match attribute::rule(element, attribute.name, &value) {
            Ruling::Keep => Some(value),
            Ruling::Drop => None,
            Ruling::Trace => {
                context.traces += 1;
                None
            }
            Ruling::Neutral(neutral) => {
                context.traces += usize::from(value != neutral);
                Some(Cow::Borrowed(neutral))
            }
            Ruling::Relation if value.is_empty() => Some(value),
            Ruling::Relation => context.relations.get(value.as_ref()).map(|new| Cow::Owned(new.clone())),
            Ruling::Words if !is_worth_washing(&value) => Some(value),
            Ruling::Words => match context.wash.wash(&value) {
                None => Some(value),
                Some(washed) => {
                    context.replaced += 1;
                    Some(Cow::Owned(attribute::with_washed(element, attribute.name, washed)))
                }
            },
        };
    }
}
