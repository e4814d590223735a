//! `winmail.dat`: Outlook's own wrapping of a letter's words and files (MS-OXTNEF).

mod property;

use super::rtf;
use crate::mime::charset;
use property::{Property, Value};

/// What a wrapping holds.
#[derive(Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Winmail {
    /// The words, in the best form there is.
    pub(crate) body: Option<Body>,
    pub(crate) files: Vec<File>,
    /// Names and addresses of the sender, to be known as identifiers.
    pub(crate) learnt: Vec<String>,
}

/// Words as they were written.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Body {
    Plain(String),
    /// An HTML document, to be rendered.
    Html(String),
}

/// A file; one in which [`is_tnef`] holds is a letter within the letter.
#[derive(Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) octets: Vec<u8>,
}

const SIGNATURE: [u8; 4] = [0x78, 0x9f, 0x3e, 0x22];
/// Most files and most attributes that are read.
const FILES_MAX: usize = 200;
const ATTRIBUTES_MAX: usize = 4000;
const LEARNT_MAX: usize = 10;

/// Whether octets are such a wrapping.
pub(crate) fn is_tnef(octets: &[u8]) -> bool {
    octets.starts_with(&SIGNATURE)
}

/// Reads a wrapping, as far as it goes; `None` if it is none.
pub(crate) fn read(octets: &[u8]) -> Option<Winmail> {
    let mut rest = octets.strip_prefix(&SIGNATURE)?.get(2..)?;
    let mut letter = Letter { page: 1252, ..Letter::default() };
    for _ in 0..ATTRIBUTES_MAX {
        let Some((attribute, after)) = Attribute::read(rest) else { break };
        letter.take(&attribute);
        rest = after;
    }
    Some(letter.finished())
}

/// One attribute: its number and its octets.
struct Attribute<'a> {
    number: u16,
    data: &'a [u8],
}

impl<'a> Attribute<'a> {
    /// Level, number, type, length, data, checksum.
    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let number = u16::from_le_bytes(*bytes.get(1..)?.first_chunk()?);
        let length = usize::try_from(u32::from_le_bytes(*bytes.get(5..)?.first_chunk()?)).ok()?;
        let body = bytes.get(9..)?;
        // A wrapping that was cut off still gives what is left of its last attribute.
        let data = body.get(..length).unwrap_or(body);
        let after = body.get(length.checked_add(2)?..).unwrap_or_default();
        Some((Self { number, data }, after))
    }
}

#[derive(Default)]
struct Letter {
    page: u32,
    plain: Option<String>,
    html: Option<String>,
    rich: Option<rtf::Text>,
    files: Vec<File>,
    learnt: Vec<String>,
}

impl Letter {
    fn take(&mut self, attribute: &Attribute<'_>) {
        match attribute.number {
            0x9007 => self.page = attribute.data.first_chunk().map_or(self.page, |page| u32::from_le_bytes(*page)),
            0x800c => self.plain = Some(charset::of_page(without_nul(attribute.data), self.page)),
            0x9003 => property::each(attribute.data, |property| self.property(property)),
            // A new file begins with what is known of its picture.
            0x9002 if self.files.len() < FILES_MAX => self.files.push(File::default()),
            0x8010 => {
                let name = charset::of_page(without_nul(attribute.data), self.page);
                self.with_file(|file| file.name = name);
            }
            0x800f => self.with_file(|file| file.octets = attribute.data.to_vec()),
            0x9005 => {
                let page = self.page;
                self.with_file(|file| property::each(attribute.data, |property| file.property(property, page)));
            }
            _ => {}
        }
    }

    fn with_file(&mut self, act: impl FnOnce(&mut File)) {
        if let Some(file) = self.files.last_mut() {
            act(file);
        }
    }

    fn property(&mut self, property: &Property<'_>) {
        match (property.number, property.value) {
            (0x3fde | 0x3ffd, Value::Number(page)) if charset::label::numbered(page).is_some() => self.page = page,
            (0x1000, value) => self.plain = value.text(self.page).or(self.plain.take()),
            (0x1013, Value::Octets(octets)) => self.html = Some(charset::of_html(octets, None).into_owned()),
            (0x1013, value) => self.html = value.text(self.page),
            (0x1009, Value::Octets(octets)) => self.rich = rtf::unpacked(octets).map(|octets| rtf::read(&octets)),
            // The sender, and on whose behalf.
            (0x0c1a | 0x0c1f | 0x0042 | 0x0065 | 0x5d01 | 0x5d02, value) => {
                let text = value.text(self.page).filter(|text| !text.starts_with('/') && text.len() > 2);
                self.learnt.extend(text.filter(|text| !self.learnt.contains(text) && self.learnt.len() < LEARNT_MAX));
            }
            _ => {}
        }
    }

    fn finished(self) -> Winmail {
        let words = |text: &String| text.chars().any(char::is_alphanumeric);
        let rich = self.rich.map(|text| match text {
            rtf::Text::Html(document) => Body::Html(document),
            rtf::Text::Plain(text) => Body::Plain(text),
        });
        let rich = rich.filter(|body| matches!(body, Body::Plain(text) | Body::Html(text) if words(text)));
        let body =
            self.html.filter(words).map(Body::Html).or(rich).or_else(|| self.plain.filter(words).map(Body::Plain));
        let files = self.files.into_iter().filter(|file| !file.octets.is_empty()).collect();
        Winmail { body, files, learnt: self.learnt }
    }
}

impl File {
    fn property(&mut self, property: &Property<'_>, page: u32) {
        /// What an object that is a letter begins with.
        const MESSAGE: [u8; 16] = [7, 3, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
        match (property.number, property.value) {
            (0x3707, value) => self.name = value.text(page).unwrap_or_default(),
            (0x3704 | 0x3001, value) if self.name.is_empty() => self.name = value.text(page).unwrap_or_default(),
            (0x3701, Value::Octets(octets)) => self.octets = octets.strip_prefix(&MESSAGE).unwrap_or(octets).to_vec(),
            _ => {}
        }
    }
}

fn without_nul(octets: &[u8]) -> &[u8] {
    memchr::memchr(0, octets).map_or(octets, |end| &octets[..end])
}

#[cfg(test)]
#[path = "tnef/tests.rs"]
mod tests;
