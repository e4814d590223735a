//! XML read whole into a tape of tokens: a small strict subset, so that no reader can read it differently.
//!
//! There are no document types and no entities but the five of the standard: nothing can grow or reach out.

mod lexer;

pub(crate) use lexer::decode;

use super::super::Unfit;
use super::space::Space;
use std::borrow::Cow;
use std::ops::Range;

/// A name with its namespace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Name<'a> {
    pub(crate) space: Space,
    pub(crate) local: &'a str,
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stays.
    Keep,
    /// It goes, and all that is in it.
    Drop,
    /// Its tags go, its content stays.
    Unwrap,
}

/// One token of a part.
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Token<'a> {
    Open {
        name: Name<'a>,
        attributes: Range<u32>,
        /// The place of the closing token.
        end: u32,
        fate: Fate,
    },
    Close,
    Text(Cow<'a, str>),
}

/// One attribute; an empty value stands for itself, a dropped one has no value.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Attribute<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) value: Option<Cow<'a, str>>,
}

/// A part as tokens in order.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Tape<'a> {
    pub(crate) tokens: Vec<Token<'a>>,
    attributes: Vec<Attribute<'a>>,
    /// The address each namespace was declared with, by its number.
    uris: [Option<&'a str>; Space::COUNT],
}

/// An element seen at its place.
#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Element<'t, 'a> {
    pub(crate) name: Name<'a>,
    pub(crate) attributes: &'t [Attribute<'a>],
    pub(crate) end: usize,
    pub(crate) fate: Fate,
}

impl<'t> Element<'t, '_> {
    pub(crate) fn is(&self, space: Space, local: &str) -> bool {
        self.name.space == space && self.name.local == local
    }

    /// The value of an attribute that is still there.
    pub(crate) fn value(&self, space: Space, local: &str) -> Option<&'t str> {
        let found = self.attributes.iter().find(|a| a.name.space == space && a.name.local == local);
        found.and_then(|attribute| attribute.value.as_deref())
    }
}

impl<'a> Tape<'a> {
    /// Reads a part.
    pub(crate) fn read(source: &'a str) -> Result<Self, Unfit> {
        lexer::read(source)
    }

    /// The element that opens at a place.
    pub(crate) fn element(&self, place: usize) -> Option<Element<'_, 'a>> {
        match self.tokens.get(place)? {
            Token::Open { name, attributes, end, fate } => {
                let attributes = self.attributes.get(as_places(attributes)).unwrap_or_default();
                Some(Element { name: *name, attributes, end: as_place(*end), fate: *fate })
            }
            Token::Close | Token::Text(_) => None,
        }
    }

    /// The attributes of the element that opens at a place, to be changed.
    pub(crate) fn attributes_mut(&mut self, place: usize) -> &mut [Attribute<'a>] {
        match self.tokens.get(place) {
            Some(Token::Open { attributes, .. }) => self.attributes.get_mut(as_places(attributes)).unwrap_or_default(),
            _ => &mut [],
        }
    }

    /// Gives the element that opens at a place an attribute without namespace, or another value for it.
    pub(crate) fn give(&mut self, place: usize, local: &'static str, value: &'static str) {
        let name = Name { space: Space::None, local };
        if let Some(attribute) = self.attributes_mut(place).iter_mut().find(|attribute| attribute.name == name) {
            attribute.value = Some(Cow::Borrowed(value));
            return;
        }
        let begin = self.attributes.len();
        let taken: Vec<_> =
            self.attributes_mut(place).iter_mut().map(|a| Attribute { name: a.name, value: a.value.take() }).collect();
        self.attributes.extend(taken);
        self.attributes.push(Attribute { name, value: Some(Cow::Borrowed(value)) });
        let places = as_number(begin).and_then(|begin| Ok(begin..as_number(self.attributes.len())?));
        if let (Ok(places), Some(Token::Open { attributes, .. })) = (places, self.tokens.get_mut(place)) {
            *attributes = places;
        }
    }

    /// Decides about the element that opens at a place.
    pub(crate) fn set(&mut self, place: usize, decided: Fate) {
        if let Some(Token::Open { fate, .. }) = self.tokens.get_mut(place) {
            *fate = decided;
        }
    }

    pub(crate) fn text(&self, place: usize) -> Option<&str> {
        match self.tokens.get(place)? {
            Token::Text(text) => Some(text),
            Token::Open { .. } | Token::Close => None,
        }
    }

    pub(crate) fn set_text(&mut self, place: usize, words: String) {
        if let Some(Token::Text(text)) = self.tokens.get_mut(place) {
            *text = Cow::Owned(words);
        }
    }

    /// The namespaces that were declared anywhere, with their addresses.
    pub(crate) fn declared(&self) -> impl Iterator<Item = (Space, &'a str)> {
        let uri = |space: Space| Some((space, (*self.uris.get(space as usize)?)?));
        Space::ALL.into_iter().filter(|space| *space != Space::Xml).filter_map(uri)
    }

    /// The first element of all.
    pub(crate) fn root(&self) -> Option<Element<'_, 'a>> {
        (0..self.tokens.len()).find_map(|place| self.element(place))
    }

    /// The places of the elements in an element that are not dropped, in order.
    pub(crate) fn inside(&self, place: usize) -> impl Iterator<Item = (usize, Element<'_, 'a>)> {
        let end = self.element(place).map_or(place, |element| element.end);
        let mut next = place + 1;
        std::iter::from_fn(move || {
            while next < end {
                let here = next;
                next += 1;
                if let Some(element) = self.element(here) {
                    if element.fate == Fate::Drop {
                        next = element.end + 1;
                        continue;
                    }
                    return Some((here, element));
                }
            }
            None
        })
    }

    /// All text in an element, joined.
    pub(crate) fn words_in(&self, place: usize) -> String {
        let end = self.element(place).map_or(place, |element| element.end);
        (place..end).filter_map(|place| self.text(place)).collect()
    }
}

pub(crate) fn as_place(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

fn as_places(places: &Range<u32>) -> Range<usize> {
    as_place(places.start)..as_place(places.end)
}

fn as_number(place: usize) -> Result<u32, Unfit> {
    u32::try_from(place).map_err(|_| Unfit::TooLarge)
}

#[cfg(test)]
#[path = "xml/tests.rs"]
mod tests;
