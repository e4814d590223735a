//! Whom a certificate names (RFC 5280): the signer's names, addresses and numbers, nobody else's.

use super::der::{Element, Elements, INTEGER, OBJECT, OCTETS, SEQUENCE};

/// Most certificates looked at, most names learnt, and the longest of them in octets.
const CERTIFICATES_MAX: usize = 20;
const LEARNT_MAX: usize = 40;
const NAME_MAX: usize = 200;

/// What was learnt from a set of certificates. Those that issue others name a company, and are passed over.
pub(super) fn learnt(certificates: Elements<'_>) -> Vec<String> {
    let all: Vec<Certificate<'_>> = certificates.take(CERTIFICATES_MAX).filter_map(|e| Certificate::read(&e)).collect();
    let mut names = Vec::new();
    for certificate in &all {
        let issues_others = all.iter().any(|other| other.issuer == certificate.subject.content);
        if all.len() == 1 || !issues_others && !certificate.is_authority() {
            certificate.learn(&mut names);
        }
    }
    names.truncate(LEARNT_MAX);
    names
}

/// What is read of one certificate.
struct Certificate<'a> {
    issuer: &'a [u8],
    subject: Element<'a>,
    extensions: Option<Element<'a>>,
}

impl<'a> Certificate<'a> {
    fn read(element: &Element<'a>) -> Option<Self> {
        let mut fields = element.elements().next_if(SEQUENCE)?.elements();
        fields.next_if(0xa0);
        fields.next_if(INTEGER)?;
        fields.next_if(SEQUENCE)?;
        let issuer = fields.next_if(SEQUENCE)?.content;
        fields.next_if(SEQUENCE)?;
        let subject = fields.next_if(SEQUENCE)?;
        let extensions = fields.find(|e| e.is(0xa3)).and_then(|e| e.elements().next());
        Some(Self { issuer, subject, extensions })
    }

    /// The value of an extension of `2.5.29`.
    fn extension(&self, number: u8) -> Option<Element<'a>> {
        self.extensions?.elements().find_map(|extension| {
            let mut fields = extension.elements();
            let is_wanted = fields.next_if(OBJECT)?.content == [0x55, 0x1d, number];
            let value = fields.find(|field| field.is(OCTETS))?;
            is_wanted.then(|| Elements::of(value.content).next()).flatten()
        })
    }

    /// Basic constraints that begin with TRUE.
    fn is_authority(&self) -> bool {
        self.extension(19).is_some_and(|e| e.elements().next().is_some_and(|first| first.is(1) && first.content != [0]))
    }

    fn learn(&self, names: &mut Vec<String>) {
        for attribute in self.subject.elements().flat_map(|set| set.elements()) {
            let mut fields = attribute.elements();
            let Some(kind) = fields.next_if(OBJECT) else { continue };
            if is_personal(kind.content) {
                add(names, fields.next().and_then(|value| text(&value)));
            }
        }
        for name in self.extension(17).iter().flat_map(Element::elements) {
            match name.tag {
                // An address (RFC 822), or a name of another kind: Microsoft's is an address too.
                0x81 => add(names, std::str::from_utf8(name.content).ok().map(str::to_owned)),
                0xa0 => {
                    let mut fields = name.elements();
                    fields.next_if(OBJECT);
                    let value = fields.next_if(0xa0).and_then(|e| e.elements().next());
                    add(names, value.and_then(|value| text(&value)).filter(|text| text.contains('@')));
                }
                _ => {}
            }
        }
    }
}

/// Common name, surname, serial number (in the North a person's), given name, initials, pseudonym; user id and address.
fn is_personal(kind: &[u8]) -> bool {
    matches!(kind, [0x55, 4, 3 | 4 | 5 | 42 | 43 | 65])
        || kind == [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1]
        || kind == [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1]
}

fn add(names: &mut Vec<String>, name: Option<String>) {
    let name = name.map(|name| name.trim().to_owned()).filter(|name| (2..=NAME_MAX).contains(&name.len()));
    names.extend(name.filter(|name| !names.contains(name)));
}

/// A string in any of the five ways they are written.
fn text(value: &Element<'_>) -> Option<String> {
    match value.tag {
        12 | 18 | 19 | 22 | 26 => String::from_utf8(value.content.to_vec()).ok(),
        20 => Some(value.content.iter().map(|b| char::from(*b)).collect()),
        30 => {
            let (pairs, _) = value.content.as_chunks::<2>();
            let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units).collect::<Result<String, _>>().ok()
        }
        _ => None,
    }
}
