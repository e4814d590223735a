//! Values of header fields decoded: words, mailboxes, dates, identifiers, media types.

use super::encoded;
use super::field::Field;
use super::parameter;
use brevbro_core::address::EmailAddr;
use brevbro_core::time::Moment;
use mail_parser::parsers::MessageStream;
use std::borrow::Cow;

/// Longest list of mailboxes handed to mail-parser, whose reader of encoded words looks ahead again and again.
const LIST_MAX: usize = 64 * 1024;

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
    let value: Vec<u8> =
        field.raw.iter().map(|b| if *b == 0 { b' ' } else { *b }).filter(|b| !matches!(b, b'\r' | b'\n')).collect();
    encoded::decoded(&value).replace(|c: char| c.is_control(), " ").trim().to_owned()
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
    // Within quotes, or cut off, an encoded word is left as it is written.
    let name = |text: &Option<Cow<'_, str>>| {
        owned(text).map(|t| if t.contains("=?") { encoded::decoded(t.as_bytes()) } else { t })
    };
    let Some(list) = value.as_address() else { return Vec::new() };
    list.iter().map(|a| Mailbox { name: name(&a.name), address: owned(&a.address) }).collect()
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
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
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
    /// What a calendar's invitation asks for (RFC 6047 §2.4): `request`, `cancel`, `reply`.
    pub(crate) method: Option<String>,
}

/// Reads a media type or a disposition, and its parameters.
pub(crate) fn media(field: &Field<'_>) -> Media {
    let parsed = parameter::read(field.raw);
    let is = |name: &str, wanted: &str| parsed.token(name).is_some_and(|v| v.eq_ignore_ascii_case(wanted));
    let lower = |name: &str| parsed.token(name).map(|value| value.to_ascii_lowercase());
    Media {
        charset: parsed.token("charset"),
        boundary: parsed.token("boundary"),
        flowed: is("format", "flowed"),
        delsp: is("delsp", "yes"),
        file_name: parsed.text("filename").or_else(|| parsed.text("name")),
        variant: lower("smime-type").or_else(|| lower("report-type")),
        method: lower("method"),
        kind: parsed.word,
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
        let media = media(&field(" Text/Plain; CHARSET=\"UTF-8\"; format=Flowed; delsp=yes"));
        assert_eq!(media.kind, "text/plain");
        assert_eq!(media.charset.as_deref(), Some("UTF-8"));
        assert!(media.flowed && media.delsp);
    }
}
