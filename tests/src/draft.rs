//! A letter as a mail program would write it, for handing in.

use crate::chance::unique;
use std::fmt::Write as _;

/// A letter with its envelope.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The reverse-path; empty for a report.
    pub reverse_path: String,
    /// The forward-path.
    pub to: String,
    /// A word that this letter alone holds, in its text.
    pub token: String,
    /// Its own Message-ID, without brackets.
    pub id: String,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
    typed: bool,
}

impl Draft {
    /// A plain letter whose text is a token.
    pub fn new(from: &str, to: &str) -> Self {
        let token = unique();
        let id = format!("{}@mail.{}", unique(), from.rsplit('@').next().unwrap_or("example.net"));
        let fields = [("From", format!("<{from}>")), ("To", format!("<{to}>"))];
        Self {
            reverse_path: from.to_owned(),
            to: to.to_owned(),
            fields: fields.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            body: format!("Hello, this is letter {token}.\r\n").into_bytes(),
            token,
            id,
            typed: false,
        }
    }

    /// Sets a field, in place of one of that name if there is one.
    #[must_use]
    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.with_more(name, value)
    }

    /// Adds a field beside others of that name.
    #[must_use]
    pub fn with_more(mut self, name: &str, value: &str) -> Self {
        self.typed |= name.eq_ignore_ascii_case("Content-Type");
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a field before all others, as a mail server does.
    #[must_use]
    pub fn with_on_top(mut self, name: &str, value: &str) -> Self {
        self.fields.insert(0, (name.to_owned(), value.to_owned()));
        self
    }

    /// The subject.
    #[must_use]
    pub fn subject(self, subject: &str) -> Self {
        self.field("Subject", subject)
    }

    /// Makes it an answer to a letter by its Message-ID.
    #[must_use]
    pub fn answering(self, id: &str) -> Self {
        self.field("In-Reply-To", &format!("<{id}>")).field("References", &format!("<{id}>"))
    }

    /// Another forward-path, with `To` as it was.
    #[must_use]
    pub fn delivered_to(mut self, to: &str) -> Self {
        to.clone_into(&mut self.to);
        self
    }

    /// Another reverse-path; empty for a report.
    #[must_use]
    pub fn sent_from(mut self, reverse_path: &str) -> Self {
        reverse_path.clone_into(&mut self.reverse_path);
        self
    }

    /// Another text, after the token's line.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.body.extend_from_slice(text.replace('\n', "\r\n").as_bytes());
        self
    }

    /// A text that is this long or a little longer.
    #[must_use]
    pub fn octets(mut self, size: usize) -> Self {
        while self.body.len() < size {
            self.body.extend_from_slice(b"One more line of everyday words, as people write them.\r\n");
        }
        self
    }

    /// Another body with its type; the token is then where the test puts it.
    #[must_use]
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.field("MIME-Version", "1.0").field("Content-Type", content_type) }
    }

    /// The letter's octets, CRLF line ends, not dot-stuffed.
    pub fn bytes(&self) -> Vec<u8> {
        let mut header = String::new();
        for (name, value) in &self.fields {
            let _ = write!(header, "{name}: {value}\r\n");
        }
        let has = |wanted: &str| self.fields.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
        if !has("Subject") {
            header.push_str("Subject: Tomorrow\r\n");
        }
        if !has("Date") {
            header.push_str("Date: Sat, 21 Nov 2026 14:05:09 +0100\r\n");
        }
        if !has("Message-ID") {
            let _ = write!(header, "Message-ID: <{}>\r\n", self.id);
        }
        if !self.typed {
            header.push_str("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n");
        }
        header.push_str("\r\n");
        [header.into_bytes(), self.body.clone()].concat()
    }
}
