//! Values of header fields decoded: words, mailboxes, dates, identifiers, media types.

use super::field::Field;
use brevbro_core::address::EmailAddr;
use brevbro_core::time::Moment;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};
use std::borrow::Cow;

/// Longest value handed to mail-parser; its readers of encoded words and of RFC 2231 parameters look ahead
/// again and again, so that an endless value would cost quadratic time.
const VALUE_MAX: usize = 8 * 1024;
/// The same for lists of recipients, whose reader looks ahead less.
const LIST_MAX: usize = 64 * 1024;
/// Longest Content-Type: thousands of RFC 2231 sections cost quadratic time.
const MEDIA_MAX: usize = 4 * 1024;

/// The octets of a value, bounded, and ended as mail-parser wants it.
fn bounded(field: &Field<'_>, max: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> =
        field.raw[..field.raw.len().min(max)].iter().map(|b| if *b == 0 { b' ' } else { *b }).collect();
    while bytes.last().is_some_and(u8::is_ascii_whitespace) {
        bytes.pop();
    }
    bytes.push(b'\n');
    bytes
}

/// Free text with its encoded words decoded (RFC 2047), on one line.
pub(crate) fn words(field: &Field<'_>) -> String {
    let bytes = bounded(field, VALUE_MAX);
    let text = match MessageStream::new(&bytes).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => String::new(),
    };
    let one_line = text.trim().replace(|c: char| c.is_control(), " ");
    if one_line.contains('\u{fffd}') { super::charset::to_text(&bytes, None).trim().to_owned() } else { one_line }
}

/// One mailbox of an address field; either half may be missing or malformed.
pub(crate) struct Mailbox {
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
}

impl Mailbox {
    pub(crate) fn parsed(&self) -> Option<EmailAddr> {
        EmailAddr::parse(self.address.as_deref()?.trim()).ok()
    }
}

/// The mailboxes of an address field, groups flattened.
pub(crate) fn mailboxes(field: &Field<'_>) -> Vec<Mailbox> {
    let bytes = bounded(field, LIST_MAX);
    let value = MessageStream::new(&bytes).parse_address();
    let owned = |text: &Option<Cow<'_, str>>| text.as_ref().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let Some(list) = value.as_address() else { return Vec::new() };
    list.iter().map(|a| Mailbox { name: owned(&a.name), address: owned(&a.address) }).collect()
}

/// A date, when it is one.
pub(crate) fn date(field: &Field<'_>) -> Option<Moment> {
    let bytes = bounded(field, 200);
    let value = MessageStream::new(&bytes).parse_date();
    let date = value.as_datetime()?;
    date.is_valid().then(|| Moment::from_millis(date.to_timestamp().saturating_mul(1000)))
}

/// The message identifiers of a value, without their angle brackets (RFC 5322 §3.6.4).
pub(crate) fn ids<'a>(field: &Field<'a>) -> Vec<&'a str> {
    let text = std::str::from_utf8(field.raw).unwrap_or("");
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let Some(close) = rest.find('>') else { break };
        let id = rest[..close].trim();
        if !id.is_empty() && id.bytes().all(|b| b.is_ascii_graphic() && b != b'<') {
            found.push(id);
        }
        rest = &rest[close + 1..];
    }
    let bare = text.trim();
    if found.is_empty() && bare.contains('@') && bare.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'))
    {
        found.push(bare);
    }
    found
}

/// What the rebuilder needs to know of a Content-Type or Content-Disposition (RFC 2045 §5, RFC 2183).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Media {
    /// `type/subtype` in lower case.
    pub(crate) kind: String,
    pub(crate) charset: Option<String>,
    pub(crate) boundary: Option<String>,
    pub(crate) flowed: bool,
    pub(crate) delsp: bool,
    pub(crate) file_name: Option<String>,
    /// `smime-type` or `report-type`.
    pub(crate) variant: Option<String>,
}

/// Reads a media type; `None` when there is none to be read.
pub(crate) fn media(field: &Field<'_>) -> Option<Media> {
    if field.raw.len() > MEDIA_MAX {
        return None;
    }
    let bytes = bounded(field, MEDIA_MAX);
    let value = MessageStream::new(&bytes).parse_content_type();
    let HeaderValue::ContentType(parsed) = value else { return None };
    let is = |name: &str, wanted: &str| parsed.attribute(name).is_some_and(|v| v.eq_ignore_ascii_case(wanted));
    let owned = |name: &str| parsed.attribute(name).map(str::to_owned);
    let lower = |name: &str| parsed.attribute(name).map(str::to_ascii_lowercase);
    Some(Media {
        kind: kind_of(&parsed),
        charset: owned("charset"),
        boundary: owned("boundary").map(|b| b.trim_end().to_owned()).filter(|b| !b.is_empty()),
        flowed: is("format", "flowed"),
        delsp: is("delsp", "yes"),
        file_name: owned("name").or_else(|| owned("filename")),
        variant: lower("smime-type").or_else(|| lower("report-type")),
    })
}

fn kind_of(parsed: &ContentType<'_>) -> String {
    let main = parsed.ctype().trim().to_ascii_lowercase();
    match parsed.subtype() {
        Some(sub) => format!("{main}/{}", sub.trim().to_ascii_lowercase()),
        None => main,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(raw: &str) -> Field<'_> {
        Field { name: "X", raw: raw.as_bytes() }
    }

    #[test]
    fn words_and_mailboxes_are_decoded() {
        assert_eq!(words(&field(" =?utf-8?Q?Hej_d=C3=A4r?=\r\n =?iso-8859-1?Q?_p=E5?= dig")), "Hej där på dig");
        let list = mailboxes(&field(" =?utf-8?B?w4VzYQ==?= <asa@example.net>, x@example.org\r\n"));
        assert_eq!(list[0].name.as_deref(), Some("Åsa"));
        assert_eq!(list[0].address.as_deref(), Some("asa@example.net"));
        assert!(list[1].parsed().is_some());
    }

    #[test]
    fn dates_carry_their_offset() {
        let moment = date(&field(" Mon, 5 Oct 2026 14:33:07 +0530\r\n")).unwrap();
        assert_eq!(moment.as_seconds(), 1_791_190_987);
        assert_eq!(date(&field(" yesterday")), None);
    }

    #[test]
    fn identifiers_are_read_with_and_without_brackets() {
        assert_eq!(ids(&field(" <a@x>\r\n <b@y> junk <c")), ["a@x", "b@y"]);
        assert_eq!(ids(&field(" a@x ")), ["a@x"]);
        assert_eq!(ids(&field(" <a b@x>")), Vec::<&str>::new());
    }

    #[test]
    fn media_types_are_read() {
        let media = media(&field(" Text/Plain; CHARSET=\"UTF-8\"; format=Flowed; delsp=yes")).unwrap();
        assert_eq!(media.kind, "text/plain");
        assert_eq!(media.charset.as_deref(), Some("UTF-8"));
        assert!(media.flowed && media.delsp);
    }
}
