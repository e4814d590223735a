//! What of an ODF part stays: elements and attributes that show something, without who made them or where.

mod hidden;

pub(crate) use hidden::Hidden;

use super::super::{Unfit, Wash};
use super::attribute::plain_name;
use super::book::names_something;
use super::fields;
use super::odf_attribute::{self as attribute, Ruling};
use super::space::Space;
use super::words::is_worth_washing;
use super::xml::{Element, Fate, Tape, Token};
use std::borrow::Cow;

/// Where what a document links to is found.
pub(crate) trait Links {
    /// The new name of a picture in the package.
    fn picture(&mut self, address: &str) -> Result<Option<String>, Unfit>;
    /// The new name of a chart or formula in the package.
    fn object(&mut self, address: &str) -> Result<Option<String>, Unfit>;
    /// The address of a public page as it may stay.
    fn page(&mut self, address: &str) -> Option<String>;
}

/// What was changed in a part.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Done {
    pub(crate) traces: usize,
    pub(crate) replaced: usize,
}

/// Prunes a part in place.
pub(crate) fn prune(
    tape: &mut Tape<'_>,
    hidden: &Hidden,
    wash: &dyn Wash,
    links: &mut dyn Links,
) -> Result<Done, Unfit> {
    let mut done = Done::default();
    let mut has_object = false;
    let mut place = 0;
    while place < tape.tokens.len() {
        let Some(element) = tape.element(place) else {
            place += 1;
            continue;
        };
        let end = element.end;
        if element.fate == Fate::Drop {
            place = end + 1;
            continue;
        }
        if element.is(Space::Office, "annotation") {
            done.traces += drop_dates(tape, place);
        }
        let Some(element) = tape.element(place) else { break };
        let mut fate = if hidden.hides(&element) { Fate::Drop } else { decide(&element, hidden) };
        done.traces += usize::from(fate == Fate::Drop && is_trace(&element));
        if fate == Fate::Keep {
            has_object = has_object && !element.is(Space::Draw, "frame");
            fate = link(tape, place, &mut has_object, links)?;
        }
        if fate != Fate::Drop {
            done.traces += settle_words(tape, place);
            done.replaced += usize::from(number(tape, place, wash));
        }
        tape.set(place, fate);
        if fate == Fate::Drop {
            place = end + 1;
            continue;
        }
        attributes(tape, place, hidden, wash, &mut done);
        place += 1;
    }
    Ok(done)
}

fn is_trace(element: &Element<'_, '_>) -> bool {
    matches!(
        (element.name.space, element.name.local),
        (Space::Office, "scripts" | "event-listeners" | "forms" | "annotation") | (Space::Draw | Space::Text, _)
    )
}

fn decide(element: &Element<'_, '_>, hidden: &Hidden) -> Fate {
    match (element.name.space, element.name.local) {
        (Space::Foreign | Space::None, _) => Fate::Drop,
        (
            Space::Office,
            "scripts" | "event-listeners" | "forms" | "meta" | "settings" | "dde-source" | "binary-data",
        )
        | (Space::Anim | Space::Manifest | Space::Meta, _)
        | (Space::Draw, "plugin" | "applet" | "param" | "floating-frame" | "object-ole" | "control")
        | (Space::Show, "sound" | "animations" | "animation-group" | "event-listener")
        | (Space::Svg, "font-face-src" | "font-face-uri" | "definition-src")
        | (
            Space::Text,
            "hidden-text"
            | "hidden-paragraph"
            | "section-source"
            | "dde-connection-decls"
            | "dde-connection-decl"
            | "alphabetical-index-auto-mark-file"
            | "database-next"
            | "database-row-select"
            | "script"
            | "bookmark-start"
            | "bookmark-end"
            | "bookmark"
            | "meta-field"
            | "soft-page-break",
        )
        | (
            Space::Table,
            "table-source"
            | "cell-range-source"
            | "dde-links"
            | "dde-link"
            | "data-pilot-tables"
            | "tracked-changes"
            | "scenario"
            | "detective"
            | "database-source-sql"
            | "database-source-query"
            | "database-source-table",
        )
        | (Space::Loext, "sender-initials" | "content-control-appearance") => drop_or_keep(element),
        (Space::Table, "named-range" | "named-expression" | "database-range") if mentions(element, hidden) => {
            Fate::Drop
        }
        (
            Space::Text,
            "meta" | "execute-macro" | "conditional-text" | "database-display" | "database-name" | "dde-connection"
            | "placeholder" | "description" | "title" | "subject" | "keywords" | "user-defined" | "modification-date"
            | "modification-time" | "creation-date" | "creation-time" | "print-date" | "print-time"
            | "editing-duration" | "editing-cycles",
        )
        | (Space::Loext, "content-control") => Fate::Unwrap,
        (Space::Text, local) if names_somebody(local) => Fate::Unwrap,
        _ => Fate::Keep,
    }
}

/// Marks that programmes set themselves stay: references to headings and the like count on them.
fn drop_or_keep(element: &Element<'_, '_>) -> Fate {
    let is_mark = matches!(element.name.local, "bookmark-start" | "bookmark-end" | "bookmark");
    let is_own = element.value(Space::Text, "name").is_some_and(|name| name.starts_with("__RefHeading__"));
    if is_mark && is_own { Fate::Keep } else { Fate::Drop }
}

fn mentions(element: &Element<'_, '_>, hidden: &Hidden) -> bool {
    element.attributes.iter().filter_map(|a| a.value.as_deref()).any(|value| hidden.is_mentioned(value))
}

/// Fields that print a person or the place of the file.
fn names_somebody(local: &str) -> bool {
    matches!(
        local,
        "author-name"
            | "author-initials"
            | "initial-creator"
            | "creator"
            | "printed-by"
            | "file-name"
            | "template-name"
    ) || local.starts_with("sender-")
}

/// The moment of a note may be left out; that of a change may not.
fn drop_dates(tape: &mut Tape<'_>, place: usize) -> usize {
    let dates = tape.inside(place).take(4).filter(|(_, inner)| inner.is(Space::Dc, "date"));
    let dates: Vec<usize> = dates.map(|(at, _)| at).collect();
    for at in &dates {
        tape.set(*at, Fate::Drop);
    }
    dates.len()
}

/// What an element leads to.
fn link(tape: &mut Tape<'_>, place: usize, has_object: &mut bool, links: &mut dyn Links) -> Result<Fate, Unfit> {
    let Some(element) = tape.element(place) else { return Ok(Fate::Keep) };
    let Some(address) = element.value(Space::Xlink, "href").map(str::to_owned) else { return Ok(Fate::Keep) };
    let (is_inside, name) = (address.starts_with('#'), element.name);
    let (new, otherwise) = match (name.space, name.local) {
        (Space::Draw, "image") if address.contains("ObjectReplacements/") && *has_object => return Ok(Fate::Drop),
        (Space::Draw, "image" | "fill-image")
        | (Space::Style, "background-image")
        | (Space::Text, "list-level-style-image") => (links.picture(&address)?, Fate::Drop),
        (Space::Draw, "object") => {
            let new = links.object(&address)?;
            *has_object = new.is_some();
            (new, Fate::Drop)
        }
        (Space::Text | Space::Draw, "a") if is_inside => {
            let is_own =
                address.starts_with("#__RefHeading__") || address.starts_with("#page") || address.ends_with("|outline");
            (is_own.then_some(address), Fate::Unwrap)
        }
        (Space::Text | Space::Draw, "a") => (links.page(&address), Fate::Unwrap),
        _ => (None, Fate::Keep),
    };
    let fate = if new.is_some() { Fate::Keep } else { otherwise };
    for attribute in tape.attributes_mut(place).iter_mut() {
        if attribute.name.space == Space::Xlink && attribute.name.local == "href" {
            attribute.value = new.clone().map(Cow::Owned);
        }
    }
    Ok(fate)
}

/// Words that a programme wrote about a person: authors of notes and changes, descriptions that are paths.
fn settle_words(tape: &mut Tape<'_>, place: usize) -> usize {
    let Some(element) = tape.element(place) else { return 0 };
    let (name, end) = (element.name, element.end);
    let neutral = match (name.space, name.local) {
        (Space::Dc, "creator") => "Author",
        (Space::Dc, "date") => "1980-01-01T00:00:00",
        (Space::Text, local) if names_somebody(local) => "–",
        (Space::Svg, "title" | "desc") if super::outside::is_path(&tape.words_in(place)) => "",
        _ => return 0,
    };
    if tape.words_in(place) == neutral {
        return 0;
    }
    let texts: Vec<usize> = (place..end).filter(|at| matches!(tape.tokens.get(*at), Some(Token::Text(_)))).collect();
    fields::blank(tape, &texts);
    if let Some(first) = texts.first() {
        tape.set_text(*first, neutral.to_owned());
    }
    1
}

/// A cell with a number long enough for a telephone or an identity: it becomes words when they are replaced.
fn number(tape: &mut Tape<'_>, place: usize, wash: &dyn Wash) -> bool {
    let Some(cell) = tape.element(place).filter(|element| element.is(Space::Table, "table-cell")) else { return false };
    let digits = cell.value(Space::Office, "value").unwrap_or_default();
    if digits.len() < 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    // A sheet keeps no zero in front of a number.
    let Some(new) = wash.wash(digits).or_else(|| wash.wash(&format!("0{digits}"))) else { return false };
    let end = cell.end;
    let texts: Vec<usize> = (place..end).filter(|at| matches!(tape.tokens.get(*at), Some(Token::Text(_)))).collect();
    for (index, at) in texts.into_iter().enumerate() {
        tape.set_text(at, if index == 0 { new.clone() } else { String::new() });
    }
    for attribute in tape.attributes_mut(place) {
        attribute.value = match (attribute.name.space, attribute.name.local) {
            (Space::Office, "value") | (Space::CalcExt, _) | (Space::Table, "formula") => None,
            (Space::Office, "value-type") => Some("string".into()),
            _ => attribute.value.take(),
        };
    }
    true
}

/// Rules on every attribute of an element.
fn attributes(tape: &mut Tape<'_>, place: usize, hidden: &Hidden, wash: &dyn Wash, done: &mut Done) {
    let Some(element) = tape.element(place).map(|element| element.name) else { return };
    for attribute in tape.attributes_mut(place) {
        let Some(value) = attribute.value.take() else { continue };
        attribute.value = match attribute::rule(element, attribute.name, &value) {
            Ruling::Keep => Some(value),
            Ruling::Drop => None,
            Ruling::Trace => {
                done.traces += 1;
                None
            }
            Ruling::Formula => {
                let is_lost = hidden.is_mentioned(&value) || attribute::reaches_out(&value);
                let is_named = !is_lost && names_something(&value) && wash.wash(&value).is_some();
                (!is_lost && !is_named).then_some(value)
            }
            Ruling::Words | Ruling::StyleName if !is_worth_washing(&value) => Some(value),
            Ruling::StyleName => match wash.wash(&attribute::style_name(&value)) {
                None => Some(value),
                Some(washed) => {
                    done.replaced += 1;
                    Some(Cow::Owned(plain_name(&washed).replace(' ', "_")))
                }
            },
            Ruling::Words => match wash.wash(&value) {
                None => Some(value),
                Some(washed) => {
                    done.replaced += 1;
                    Some(Cow::Owned(attribute::with_washed(attribute.name, washed)))
                }
            },
        };
    }
}
