//! The objects a PDF is made of (ISO 32000-1, 7.3).

use std::collections::BTreeMap;
use std::ops::Range;

/// A name without its slash, its `#` escapes undone.
pub(super) type Name = Vec<u8>;

/// One object. No `Debug`: strings may name somebody.
#[derive(Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Name(Name),
    Str(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Stream(Box<Stream>),
    /// Another object's number. Generations are read where the object lies.
    Ref(u32),
}

/// A dictionary. Ordered, so that what is written depends on nothing but the content.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Dict(BTreeMap<Name, Object>);

/// A stream as it lies in the file.
#[derive(Clone, PartialEq)]
pub(super) struct Stream {
    pub(super) dict: Dict,
    /// Where its octets lie, filters and encryption still on.
    pub(super) raw: Range<usize>,
    /// Number and generation, which its encryption depends on.
    pub(super) owner: (u32, u32),
}

impl Object {
    pub(super) fn name(text: &str) -> Self {
        Self::Name(text.as_bytes().to_vec())
    }

    pub(super) fn as_name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn as_str(&self) -> Option<&[u8]> {
        if let Self::Str(octets) = self { Some(octets) } else { None }
    }

    pub(super) fn as_array(&self) -> Option<&[Object]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The dictionary, a stream's own included.
    pub(super) fn as_dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub(super) fn as_stream(&self) -> Option<&Stream> {
        if let Self::Stream(stream) = self { Some(stream) } else { None }
    }

    pub(super) fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            #[expect(clippy::cast_possible_truncation, reason = "saturates; a whole number written as a real")]
            Self::Real(value) => Some(*value as i64),
            _ => None,
        }
    }

    pub(super) fn as_usize(&self) -> Option<usize> {
        self.as_int().and_then(|value| usize::try_from(value).ok())
    }

    pub(super) fn as_f64(&self) -> Option<f64> {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "coordinates are small")]
            Self::Int(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }

    pub(super) fn is_scalar(&self) -> bool {
        matches!(self, Self::Null | Self::Bool(_) | Self::Int(_) | Self::Real(_) | Self::Name(_))
    }
}

impl Dict {
    pub(super) fn of<const N: usize>(entries: [(&str, Object); N]) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.as_bytes().to_vec(), value)).collect())
    }

    /// A value; absent and null are the same (7.3.9).
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        self.find(key.as_bytes())
    }

    pub(super) fn find(&self, key: &[u8]) -> Option<&Object> {
        self.0.get(key).filter(|value| !matches!(value, Object::Null))
    }

    pub(super) fn set(&mut self, key: &str, value: Object) {
        self.insert(key.as_bytes().to_vec(), value);
    }

    pub(super) fn insert(&mut self, key: Name, value: Object) {
        self.0.insert(key, value);
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Object> {
        self.0.remove(key.as_bytes())
    }

    pub(super) fn is(&self, key: &str, value: &str) -> bool {
        self.get(key).and_then(Object::as_name) == Some(value.as_bytes())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Name, &Object)> {
        self.0.iter()
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Object> {
        self.0.values_mut()
    }
}
