//! Where the objects of a file lie, by its own tables (7.5.4 to 7.5.8).

use super::filter::Filter;
use super::indirect::Octets;
use super::lex::{Lexer, Token, is_space, whole};
use super::object::{Dict, Object, Stream};
use crate::file::{FileBudget, Unfit};
use std::collections::{BTreeMap, BTreeSet};

/// Objects that a file may list; the largest real ones have some hundred thousands.
const OBJECTS: usize = 1 << 20;
/// Tables that may follow each other: one for each time a file was changed.
const TABLES: usize = 1024;

/// Where one object lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    At(usize),
    /// In a stream of objects, by that stream's number.
    Packed(u32),
    Deleted,
}

/// All places, and the trailer of the newest change.
#[derive(Default)]
pub(super) struct Table {
    pub(super) places: BTreeMap<u32, Place>,
    pub(super) trailer: Dict,
}

impl Table {
    /// Keeps the newest: tables are read from the newest to the oldest.
    fn add(&mut self, number: u32, place: Place) -> Result<(), Unfit> {
        if self.places.len() >= OBJECTS {
            return Err(Unfit::TooLarge);
        }
        self.places.entry(number).or_insert(place);
        Ok(())
    }

    fn add_trailer(&mut self, older: &Dict) {
        for (key, value) in older.iter() {
            if self.trailer.find(key).is_none() {
                self.trailer.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Reads the tables; `None` where they are damaged and the file has to be searched.
pub(super) fn read(octets: &Octets<'_>, budget: &mut FileBudget) -> Result<Option<Table>, Unfit> {
    let tail = octets.all.len().saturating_sub(4096);
    let Some(found) = memchr::memmem::rfind(octets.all.get(tail..).unwrap_or_default(), b"startxref") else {
        return Ok(None);
    };
    let mut table = Table::default();
    let mut seen = BTreeSet::new();
    let mut next = offset(&mut Lexer::new(octets.all, tail + found + 9));
    while let Some(place) = next.filter(|place| seen.insert(*place)) {
        if seen.len() > TABLES {
            return Err(Unfit::TooLarge);
        }
        let Some(trailer) = section(octets, place, &mut table, budget)? else { return Ok(None) };
        table.add_trailer(&trailer);
        next = trailer.get("Prev").and_then(Object::as_usize);
    }
    Ok((!table.places.is_empty()).then_some(table))
}

fn offset(lexer: &mut Lexer<'_>) -> Option<usize> {
    if let Some(Token::Number(raw)) = lexer.token() { super::lex::number(raw).as_usize() } else { None }
}

fn section(
    octets: &Octets<'_>,
    place: usize,
    table: &mut Table,
    budget: &mut FileBudget,
) -> Result<Option<Dict>, Unfit> {
    let mut lexer = Lexer::new(octets.all, place);
    if lexer.token() != Some(Token::Word(b"xref")) {
        return packed(octets, place, table, budget);
    }
    let Some(deleted) = lines(&mut lexer, table)? else { return Ok(None) };
    let Some(Object::Dict(trailer)) = lexer.object() else { return Ok(None) };
    octets.spend(lexer.at.saturating_sub(place))?;
    // A hybrid file: the objects that its table calls deleted lie in a stream for newer readers.
    if let Some(hidden) = trailer.get("XRefStm").and_then(Object::as_usize) {
        packed(octets, hidden, table, budget)?;
    }
    for number in deleted {
        table.add(number, Place::Deleted)?;
    }
    Ok(Some(trailer))
}

/// The lines of a table up to its trailer, and the numbers of deleted objects.
fn lines(lexer: &mut Lexer<'_>, table: &mut Table) -> Result<Option<Vec<u32>>, Unfit> {
    let mut deleted = Vec::new();
    loop {
        let first = match lexer.token() {
            Some(Token::Word(b"trailer")) => return Ok(Some(deleted)),
            Some(Token::Number(raw)) => whole(raw),
            _ => None,
        };
        let (Some(first), Some(Token::Number(count))) = (first, lexer.token()) else { return Ok(None) };
        let mut shift = 0;
        for number in first..first.saturating_add(whole(count).unwrap_or(0)) {
            let before = lexer.at;
            let (Some(Token::Number(place)), Some(Token::Number(generation))) = (lexer.token(), lexer.token()) else {
                lexer.at = before;
                break;
            };
            // The head of the list of deleted objects is object 0; some writers count it as 1.
            if number == 1 && first == 1 && generation == b"65535" {
                shift = 1;
            }
            let number = number - shift;
            match (lexer.token(), super::lex::number(place).as_usize()) {
                (Some(Token::Word(b"n")), Some(place)) => table.add(number, Place::At(place))?,
                (Some(Token::Word(b"f")), _) => deleted.push(number),
                _ => return Ok(None),
            }
        }
    }
}

/// A table in a stream.
fn packed(
    octets: &Octets<'_>,
    place: usize,
    table: &mut Table,
    budget: &mut FileBudget,
) -> Result<Option<Dict>, Unfit> {
    let stream = match octets.object_at(place, &|_| None)? {
        Some(indirect) => indirect.object,
        None => return Ok(None),
    };
    let Object::Stream(stream) = stream else { return Ok(None) };
    if !stream.dict.is("Type", "XRef") {
        return Ok(None);
    }
    let rows = plain(octets, &stream, budget)?;
    let width = |index: usize| {
        let widths = stream.dict.get("W").and_then(Object::as_array).unwrap_or_default();
        widths.get(index).and_then(Object::as_usize).unwrap_or(0).min(8)
    };
    let widths = [width(0), width(1), width(2)];
    let mut rows = rows.chunks_exact(widths.iter().sum::<usize>().max(1));
    for (first, count) in ranges(&stream.dict) {
        for (number, row) in (first..first.saturating_add(count)).zip(rows.by_ref()) {
            if let Some(place) = place_of(row, widths) {
                table.add(number, place)?;
            }
        }
    }
    Ok(Some(stream.dict))
}

fn ranges(dict: &Dict) -> Vec<(u32, u32)> {
    let number = |object: &Object| object.as_int().and_then(|value| u32::try_from(value).ok());
    match dict.get("Index").and_then(Object::as_array) {
        Some(index) => {
            index.chunks_exact(2).filter_map(|pair| Some((number(pair.first()?)?, number(pair.get(1)?)?))).collect()
        }
        None => vec![(0, dict.get("Size").and_then(number).unwrap_or(u32::MAX))],
    }
}

fn place_of(row: &[u8], [kind, first, _]: [usize; 3]) -> Option<Place> {
    let number = |octets: &[u8]| octets.iter().fold(0_u64, |number, octet| number << 8 | u64::from(*octet));
    let (head, rest) = row.split_at_checked(kind)?;
    let field = number(rest.get(..first)?);
    match if kind == 0 { 1 } else { number(head) } {
        0 => Some(Place::Deleted),
        1 => usize::try_from(field).ok().map(Place::At),
        2 => u32::try_from(field).ok().map(Place::Packed),
        _ => None,
    }
}

/// A table's octets: never encrypted, its parameters never elsewhere.
fn plain(octets: &Octets<'_>, stream: &Stream, budget: &mut FileBudget) -> Result<Vec<u8>, Unfit> {
    let raw = octets.all.get(stream.raw.clone()).unwrap_or_default();
    let one = |key: &str| match stream.dict.get(key) {
        Some(Object::Array(items)) => items.first().cloned(),
        other => other.cloned(),
    };
    let params = one("DecodeParms").and_then(|params| params.as_dict().cloned()).unwrap_or_default();
    if let Some(filter) = one("Filter").as_ref().and_then(Object::as_name).and_then(Filter::of) {
        return filter.undo(raw, &params, budget);
    }
    budget.take_octets(raw.len())?;
    Ok(raw.to_vec())
}

/// Puts right what a table says wrongly: a file that a transport or a programme has changed is searched, and what
/// lies elsewhere, or is not listed at all, is taken from there. What a sound table calls deleted stays so.
pub(super) fn repair(octets: &Octets<'_>, table: &mut Table) -> Result<(), Unfit> {
    let is_wrong = |number: u32, place: Place| match place {
        Place::At(place) => Lexer::new(octets.all, place).header().is_none_or(|header| header.0 != number),
        Place::Packed(_) | Place::Deleted => false,
    };
    // Some writers list the deleted first object as if it lay at the beginning of the file.
    table.places.retain(|_, place| *place != Place::At(0));
    if !table.places.iter().any(|(number, place)| is_wrong(*number, *place)) {
        return Ok(());
    }
    table.places.retain(|number, place| !is_wrong(*number, *place));
    for (number, place) in search(octets)?.0.places {
        table.places.entry(number).or_insert(place);
    }
    Ok(())
}

/// Places found by searching the whole file for objects: the last of a number is the newest.
pub(super) fn search(octets: &Octets<'_>) -> Result<(Table, Vec<u32>), Unfit> {
    let mut table = Table::default();
    let mut packs = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(octets.all.get(at..).unwrap_or_default(), b"obj") {
        let word = at + found;
        at = word + 3;
        let Some(start) = header_before(octets.all, word) else { continue };
        let Some(indirect) = octets.object_at(start, &|_| None)? else { continue };
        // What runs to the end of the file has lost its own end, and may have swallowed others.
        if indirect.end < octets.all.len() {
            at = at.max(indirect.end);
        }
        if table.places.len() >= OBJECTS {
            return Err(Unfit::TooLarge);
        }
        table.places.insert(indirect.number, Place::At(start));
        let Some(dict) = indirect.object.as_dict() else { continue };
        if dict.is("Type", "ObjStm") {
            packs.push(indirect.number);
        } else if dict.is("Type", "XRef") && dict.get("Root").is_some() {
            newer(&mut table.trailer, dict);
        }
    }
    trailers(octets, &mut table)?;
    Ok((table, packs))
}

fn newer(trailer: &mut Dict, dict: &Dict) {
    for key in ["Root", "Encrypt", "ID"] {
        if let Some(value) = dict.get(key) {
            trailer.set(key, value.clone());
        }
    }
}

fn trailers(octets: &Octets<'_>, table: &mut Table) -> Result<(), Unfit> {
    for found in memchr::memmem::find_iter(octets.all, b"trailer") {
        let mut lexer = Lexer::new(octets.all, found + 7);
        let object = lexer.object();
        octets.spend(lexer.at.saturating_sub(found))?;
        if let Some(Object::Dict(dict)) = object
            && dict.get("Root").is_some()
        {
            newer(&mut table.trailer, &dict);
        }
    }
    Ok(())
}

/// Where `12 0 obj` begins, given where its last word does.
fn header_before(octets: &[u8], word: usize) -> Option<usize> {
    // Ten digits, five digits, and as much space between them as anybody writes.
    let from = word.saturating_sub(32);
    let before = octets.get(from..word)?;
    let skip = |end: usize, belongs: fn(u8) -> bool| {
        let kept = before.get(..end).unwrap_or_default().iter().rev().take_while(|octet| belongs(**octet)).count();
        end - kept
    };
    let digit = |octet: u8| octet.is_ascii_digit();
    let generation_end = skip(before.len(), is_space);
    let generation = skip(generation_end, digit);
    let number_end = skip(generation, is_space);
    let number = skip(number_end, digit);
    (generation < generation_end && number_end < generation && number < number_end).then_some(from + number)
}
