//! A letter that reached the next hop, as its reader's mail program sees it.

use mail_parser::{MessageParser, MimeHeaders as _};

/// One letter with the envelope it came in.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The reverse-path; empty for a report.
    pub from: String,
    /// The forward-path.
    pub to: String,
    /// The octets, dots undone.
    pub raw: Vec<u8>,
}

impl Letter {
    /// The header fields in order, unfolded: (name, value).
    pub fn fields(&self) -> Vec<(String, String)> {
        let raw = String::from_utf8_lossy(&self.raw);
        let header = raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
        let split = |line: &str| line.split_once(':').map(|(n, v)| (n.to_owned(), v.trim().to_owned()));
        header.split("\r\n").filter_map(split).collect()
    }

    /// A field's value as it stands, unfolded.
    pub fn field(&self, name: &str) -> Option<String> {
        self.fields().into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// A field that must be there.
    pub fn must(&self, name: &str) -> String {
        self.field(name).unwrap_or_else(|| panic!("no {name} in:\n{}", self.source()))
    }

    /// The Message-ID without brackets.
    pub fn id(&self) -> String {
        bare(self.must("Message-ID"))
    }

    /// The identifiers of References, without brackets.
    pub fn references(&self) -> Vec<String> {
        self.field("References").unwrap_or_default().split_whitespace().map(bare).collect()
    }

    /// The text, decoded: all text parts that are shown.
    pub fn text(&self) -> String {
        let Some(letter) = MessageParser::default().parse(&self.raw) else { return String::new() };
        (0..letter.text_body_count()).filter_map(|n| letter.body_text(n)).map(std::borrow::Cow::into_owned).collect()
    }

    /// The text on one line: where it was wrapped says nothing.
    pub fn on_one_line(&self) -> String {
        self.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The subject, decoded.
    pub fn subject(&self) -> String {
        let letter = MessageParser::default().parse(&self.raw);
        letter.and_then(|l| l.subject().map(ToOwned::to_owned)).unwrap_or_default()
    }

    /// The name beside the address in From, decoded.
    pub fn from_name(&self) -> String {
        let letter = MessageParser::default().parse(&self.raw);
        let name = |l: mail_parser::Message| l.from()?.first()?.name().map(ToOwned::to_owned);
        letter.and_then(name).unwrap_or_default()
    }

    /// The address in From.
    pub fn from_address(&self) -> String {
        address(&self.must("From"))
    }

    /// The address in To.
    pub fn to_address(&self) -> String {
        address(&self.must("To"))
    }

    /// How many parts say that they are attached.
    pub fn attachments(&self) -> usize {
        let letter = MessageParser::default().parse(&self.raw);
        letter.map_or(0, |l| l.attachments().filter(|part| part.attachment_name().is_some()).count())
    }

    /// The whole letter, for a person who reads a failed test.
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

fn bare(id: impl AsRef<str>) -> String {
    id.as_ref().trim().trim_start_matches('<').trim_end_matches('>').to_owned()
}

/// The address of a field that names one mailbox.
pub fn address(field: &str) -> String {
    let inner = field.rsplit_once('<').map_or(field, |(_, rest)| rest);
    inner.split('>').next().unwrap_or(inner).trim().to_owned()
}
