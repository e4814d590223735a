//! Streams of data: font programmes, maps, functions, meshes, profiles.

use super::build::Builder;
use super::cmap;
use super::colour;
use super::filter::{self, Filter};
use super::lex::{Lexer, Token};
use super::object::{Dict, Object, Stream};
use super::role::Role;
use super::typeface;
use super::write::Made;
use crate::file::Unfit;
use std::rc::Rc;

/// A stream of octets, deflated.
pub(super) fn packed(mut dict: Dict, octets: &[u8]) -> Made {
    dict.set("Filter", Object::name("FlateDecode"));
    Made::Stream(dict, filter::deflate(octets))
}

impl Builder<'_, '_> {
    /// A stream whose meaning depends on its role alone.
    pub(super) fn data(&mut self, stream: &Stream, role: Role, within: &Rc<Dict>) -> Result<Option<Made>, Unfit> {
        let mut dict = self.fields(&stream.dict, role, within)?;
        let raw = self.source.raw(stream);
        let Some(filters) = self.source.filters(&stream.dict)? else { return Ok(None) };
        let is_plain = matches!(filters.as_slice(), [(Filter::Flate, params)] if params.is_empty());
        let (octets, used) = if is_plain {
            let inflated = filter::inflate(&raw, &mut self.source.budget())?;
            (inflated.octets, inflated.used * usize::from(inflated.whole))
        } else {
            (self.source.undo(raw.clone(), filters)?.octets, 0)
        };
        let new = match role {
            Role::Function => function(&dict, &octets),
            Role::ToUnicode | Role::Encoding => cmap::rewrite(&octets),
            Role::Profile => colour::profile(&octets),
            Role::FontFile => typeface::rewrite(&octets),
            _ => None,
        };
        let Some(new) = new else {
            if matches!(role, Role::Profile | Role::ToUnicode | Role::Encoding) {
                return Ok(None);
            }
            // Nothing had to change: what is packed already stays so, without what may lie behind its end.
            let Some(raw) = raw.get(..used).filter(|raw| !raw.is_empty()) else {
                return Ok(Some(packed(dict, &octets)));
            };
            dict.set("Filter", Object::name("FlateDecode"));
            return Ok(Some(Made::Stream(dict, raw.to_vec())));
        };
        if role == Role::FontFile && dict.get("Length1").is_some() && dict.get("Length2").is_none() {
            dict.set("Length1", super::write::whole(new.len()));
        }
        Ok(Some(packed(dict, &new)))
    }
}

/// A calculating function (7.10.5) without its comments; a table of samples stays as it is.
fn function(dict: &Dict, octets: &[u8]) -> Option<Vec<u8>> {
    if dict.get("FunctionType") != Some(&Object::Int(4)) {
        return None;
    }
    let mut lexer = Lexer::new(octets, 0);
    let mut new = Vec::with_capacity(octets.len());
    while let Some(token) = lexer.token() {
        if let Token::Number(word) | Token::Word(word) = token {
            new.extend_from_slice(word);
            new.push(b' ');
        }
    }
    Some(new)
}
