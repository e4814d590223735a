//! Pictures within content (8.9.7): their few entries, and where their octets end.

use super::build::{Builder, Kind, Scope};
use super::filter::{self, Filter};
use super::lex::{Lexer, Token, is_space};
use super::object::{Dict, Object};
use super::role::Role;
use super::{picture, write};
use crate::file::Unfit;
use std::borrow::Cow;
use std::rc::Rc;

/// Short and long names of the entries that are kept besides colour space and filter.
const ENTRIES: [(&str, &str); 7] = [
    ("BPC", "BitsPerComponent"),
    ("D", "Decode"),
    ("H", "Height"),
    ("IM", "ImageMask"),
    ("Intent", "Intent"),
    ("I", "Interpolate"),
    ("W", "Width"),
];

impl Builder<'_, '_> {
    /// Reads a picture whose `BI` has been read, and writes it if there is something to write to.
    pub(super) fn inline(
        &mut self,
        lexer: &mut Lexer<'_>,
        scope: &mut Scope,
        out: Option<&mut Vec<u8>>,
    ) -> Result<(), Unfit> {
        let dict = entries(lexer);
        let octets = data(lexer, raw_length(&dict));
        let Some(out) = out else { return Ok(()) };
        let Some((new, octets)) = self.inline_anew(&dict, octets, scope)? else { return Ok(()) };
        out.extend_from_slice(b"BI");
        for (key, value) in new.iter() {
            out.push(b' ');
            write::name(out, key);
            out.push(b' ');
            write::object(out, value);
        }
        out.extend_from_slice(b" ID ");
        out.extend_from_slice(&octets);
        out.extend_from_slice(b"\nEI\n");
        Ok(())
    }

    fn inline_anew(&mut self, dict: &Dict, octets: &[u8], scope: &mut Scope) -> Result<Option<(Dict, Vec<u8>)>, Unfit> {
        let old = Rc::clone(&scope.old);
        let mut new = Dict::default();
        for (short, long) in ENTRIES {
            let Some(value) = dict.get(short).or_else(|| dict.get(long)) else { continue };
            new.set(short, self.copy(value, Role::Plain, &old)?);
        }
        if let Some(space) = dict.get("CS").or_else(|| dict.get("ColorSpace")) {
            let Some(space) = self.inline_colours(space, scope)? else { return Ok(None) };
            new.set("CS", space);
        }
        let Some(filters) = self.source.filters(dict)? else { return Ok(None) };
        let unpacked = self.source.undo(Cow::Borrowed(octets), filters)?;
        let octets = if let Some((kind, params)) = unpacked.picture {
            let Some(octets) = picture::clean(kind, &unpacked.octets, &mut self.traces) else { return Ok(None) };
            new.set("F", Object::name(if kind == Filter::Jpeg { "DCT" } else { "CCF" }));
            let params = picture::params(kind, &params);
            if !params.is_empty() {
                new.set("DP", Object::Dict(params));
            }
            octets
        } else {
            let mut octets = unpacked.octets;
            octets.truncate(raw_length(&unfiltered(dict)).unwrap_or(usize::MAX));
            repacked(&octets, &mut new)
        };
        Ok(Some((new, octets)))
    }

    /// A colour space that stands on its own, or the new name of one that does not.
    fn inline_colours(&mut self, space: &Object, scope: &mut Scope) -> Result<Option<Object>, Unfit> {
        const SHORT: [&[u8]; 6] = [b"G", b"RGB", b"CMYK", b"DeviceGray", b"DeviceRGB", b"DeviceCMYK"];
        if let Object::Name(name) = space {
            if SHORT.contains(&name.as_slice()) {
                return Ok(Some(space.clone()));
            }
            return Ok(self.resource(scope, Kind::ColourSpace, name)?.map(Object::Name));
        }
        let within = Rc::clone(&scope.old);
        let copy = self.copy(space, Role::ColourSpace, &within)?;
        let stands_alone =
            copy.as_array().is_some_and(|items| !items.iter().any(|item| matches!(item, Object::Ref(_))));
        Ok(stands_alone.then_some(copy))
    }
}

/// Steps over a picture whose `BI` has been read.
pub(super) fn skip(lexer: &mut Lexer<'_>) {
    let dict = entries(lexer);
    data(lexer, raw_length(&dict));
}

fn unfiltered(dict: &Dict) -> Dict {
    let mut dict = dict.clone();
    dict.remove("F");
    dict.remove("Filter");
    dict
}

/// Deflates, and sees to it that no reader takes the octets in the middle for the end.
fn repacked(octets: &[u8], new: &mut Dict) -> Vec<u8> {
    let packed = filter::deflate(octets);
    if end_of(&packed, 0).is_none() && !packed.windows(2).any(|pair| pair == b"EI") {
        new.set("F", Object::name("Fl"));
        return packed;
    }
    new.set("F", Object::Array(vec![Object::name("AHx"), Object::name("Fl")]));
    let mut hex = String::with_capacity(packed.len() * 2 + 1);
    for octet in packed {
        hex.push(char::from_digit(u32::from(octet >> 4), 16).unwrap_or('0'));
        hex.push(char::from_digit(u32::from(octet & 15), 16).unwrap_or('0'));
    }
    hex.push('>');
    hex.into_bytes()
}

fn entries(lexer: &mut Lexer<'_>) -> Dict {
    let mut dict = Dict::default();
    loop {
        match lexer.token() {
            Some(Token::Name(key)) => {
                if let Some(value) = lexer.object() {
                    dict.insert(super::lex::name(key), value);
                }
            }
            Some(Token::Word(b"ID")) | None => return dict,
            Some(_) => {}
        }
    }
}

/// How long a picture without filters is, where its entries tell.
fn raw_length(dict: &Dict) -> Option<usize> {
    if dict.get("F").or_else(|| dict.get("Filter")).is_some() {
        return None;
    }
    let number = |short: &str, long: &str| dict.get(short).or_else(|| dict.get(long)).and_then(Object::as_usize);
    let is_mask = dict.get("IM").or_else(|| dict.get("ImageMask")) == Some(&Object::Bool(true));
    let bits = if is_mask { 1 } else { number("BPC", "BitsPerComponent")? };
    let components = match dict.get("CS").or_else(|| dict.get("ColorSpace")) {
        _ if is_mask => 1,
        Some(Object::Name(name)) => match name.as_slice() {
            b"G" | b"DeviceGray" => 1,
            b"RGB" | b"DeviceRGB" => 3,
            b"CMYK" | b"DeviceCMYK" => 4,
            _ => return None,
        },
        Some(Object::Array(_)) => 1,
        _ => return None,
    };
    let row = number("W", "Width")?.checked_mul(bits)?.checked_mul(components)?.div_ceil(8);
    row.checked_mul(number("H", "Height")?)
}

/// The octets behind `ID`, and the lexer behind their `EI`.
fn data<'a>(lexer: &mut Lexer<'a>, length: Option<usize>) -> &'a [u8] {
    let all = lexer.octets();
    let start = (lexer.at + 1).min(all.len());
    let told = length.and_then(|length| start.checked_add(length)).filter(|end| *end <= all.len());
    if let Some(end) = told
        && let Some(rest) = all.get(end..)
    {
        let blank = rest.iter().take(3).take_while(|octet| is_space(**octet)).count();
        if rest
            .get(blank..)
            .is_some_and(|rest| rest.starts_with(b"EI") && rest.get(2).is_none_or(|next| is_space(*next)))
        {
            lexer.at = end + blank + 2;
            return all.get(start..end).unwrap_or_default();
        }
    }
    let (end, after) = end_of(all, start).unwrap_or((all.len(), all.len()));
    lexer.at = after;
    all.get(start..end).unwrap_or_default()
}

/// The first `EI` that stands alone and is followed by what may be content: where the space before it begins, and
/// where it ends.
fn end_of(all: &[u8], from: usize) -> Option<(usize, usize)> {
    let rest = all.get(from..)?;
    memchr::memmem::find_iter(rest, b"EI").map(|found| from + found).find_map(|found| {
        let before = found.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|octet| is_space(*octet));
        let after = all.get(found + 2..).unwrap_or_default();
        let stands_alone = before && after.first().is_none_or(|octet| is_space(*octet));
        let is_text = after.iter().take(12).all(|octet| is_space(*octet) && *octet != 0 || (32..127).contains(octet));
        (stands_alone && is_text).then_some((found - 1, found + 2))
    })
}
