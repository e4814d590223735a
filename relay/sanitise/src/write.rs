//! The finished letter written out: exactly the allowed header fields, in one order, and its parts.

mod parts;

pub(crate) use parts::{Attachment, Parts};

use crate::day;
use crate::encode;
use crate::hop;
use crate::thread::Mapped;
use brevbro_core::address::EmailAddr;
use brevbro_core::time::Moment;

/// The only header fields a finished letter may have, in the order they are written.
pub const FIELDS: [&str; 12] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
    hop::FIELD,
];

/// Longest subject in characters; the rest of a longer one is cut.
const SUBJECT_MAX: usize = 1000;
/// Longest name in characters.
const NAME_MAX: usize = 120;

/// The typed model of a finished letter: whatever is not here cannot be sent.
pub(crate) struct Finished<'a> {
    pub(crate) from: (Option<&'a str>, &'a EmailAddr),
    pub(crate) to: (Option<&'a str>, &'a EmailAddr),
    pub(crate) subject: Option<&'a str>,
    pub(crate) date: Moment,
    pub(crate) ids: &'a Mapped,
    pub(crate) is_automatic: bool,
    pub(crate) hop: &'a str,
    /// Without blank lines at its end, so that both DKIM canonicalisations agree.
    pub(crate) parts: Parts<'a>,
}

impl Finished<'_> {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let files: usize = self.parts.files.iter().map(|file| file.octets.len() * 7 / 5).sum();
        let html = self.parts.html.map_or(0, str::len);
        let mut out = Vec::with_capacity(2048 + (self.parts.text.len() + html) * 3 / 2 + files);
        let mut field = |name: &str, value: &str| line(name, value, &mut out);
        field("From", &mailbox(self.from));
        field("To", &mailbox(self.to));
        if let Some(subject) = self.subject {
            field("Subject", &unstructured(subject));
        }
        field("Date", &rfc5322(self.date));
        field("Message-ID", &bracketed(&self.ids.message_id));
        if let Some(id) = &self.ids.in_reply_to {
            field("In-Reply-To", &bracketed(id));
        }
        if !self.ids.references.is_empty() {
            let ids: Vec<String> = self.ids.references.iter().map(|id| bracketed(id)).collect();
            field("References", &ids.join("\r\n "));
        }
        field("MIME-Version", "1.0");
        self.parts.fields(&mut out);
        let mut field = |name: &str, value: &str| line(name, value, &mut out);
        if self.is_automatic {
            field("Auto-Submitted", "auto-replied");
        }
        field(hop::FIELD, self.hop);
        out.extend_from_slice(b"\r\n");
        self.parts.body(&mut out);
        out
    }
}

fn line(name: &str, value: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value.as_bytes());
    out.extend_from_slice(b"\r\n");
}

fn bracketed(id: &str) -> String {
    format!("<{id}>")
}

/// A name and address for an address field (RFC 5322 §3.4). Line ends and other control characters in a name
/// would start a header field of the writer's choosing; they do not survive.
fn mailbox((name, address): (Option<&str>, &EmailAddr)) -> String {
    let name = one_line(name.unwrap_or_default(), NAME_MAX);
    let address = address.on_wire();
    if name.is_empty() {
        return address;
    }
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=^_`{|}~".contains(&b))
    };
    let shown = if name.split(' ').all(is_word) && !name.contains("=?") {
        name
    } else if name.is_ascii() && !name.contains("=?") {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        encode::words(&name)
    };
    let gap = if shown.len() + address.len() > 66 { "\r\n " } else { " " };
    format!("{shown}{gap}<{address}>")
}

fn unstructured(text: &str) -> String {
    let text = one_line(text, SUBJECT_MAX);
    // A short plain subject stays readable; anything a reader could decode differently is encoded.
    if text.is_ascii() && text.len() <= 66 && !text.contains("=?") { text } else { encode::words(&text) }
}

fn one_line(text: &str, max: usize) -> String {
    let spaced: String =
        text.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c }).take(max * 2).collect();
    let mut line = String::with_capacity(spaced.len());
    for word in spaced.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.chars().take(max).collect()
}

/// A date in UTC (RFC 5322 §3.3): the offset would tell where the writer is.
fn rfc5322(moment: Moment) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = moment.as_seconds();
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = day::civil(days);
    let pick = |list: &[&'static str], place: i64| {
        usize::try_from(place).ok().and_then(|p| list.get(p).copied()).unwrap_or_default()
    };
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let weekday = pick(&DAYS, days.rem_euclid(7));
    let month = pick(&MONTHS, month - 1);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} +0000")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> EmailAddr {
        EmailAddr::parse("vinter-7k@relay.example.org").unwrap()
    }

    #[test]
    fn names_cannot_break_out_of_their_field() {
        let shown = |name: &str| mailbox((Some(name), &address()));
        assert_eq!(shown("Vinter"), "Vinter <vinter-7k@relay.example.org>");
        assert_eq!(
            shown("Vinter\r\nBcc: x@example.org"),
            "\"Vinter Bcc: x@example.org\" <vinter-7k@relay.example.org>"
        );
        assert_eq!(shown("A \"B\" \\ <x@y>, C"), "\"A \\\"B\\\" \\\\ <x@y>, C\" <vinter-7k@relay.example.org>");
        assert_eq!(shown("Åsa"), "=?utf-8?B?w4VzYQ==?= <vinter-7k@relay.example.org>");
        assert_eq!(shown("=?utf-8?Q?x?="), "=?utf-8?B?PT91dGYtOD9RP3g/PQ==?= <vinter-7k@relay.example.org>");
        assert_eq!(shown(" \u{85}\u{2028} "), "vinter-7k@relay.example.org");
    }

    #[test]
    fn dates_are_in_utc() {
        let shown = |seconds: i64| rfc5322(Moment::from_millis(seconds * 1000));
        assert_eq!(shown(0), "Thu, 01 Jan 1970 00:00:00 +0000");
        assert_eq!(shown(1_791_190_987), "Mon, 05 Oct 2026 09:03:07 +0000");
        assert_eq!(shown(951_782_400), "Tue, 29 Feb 2000 00:00:00 +0000");
        assert_eq!(shown(-1), "Wed, 31 Dec 1969 23:59:59 +0000");
    }

    #[test]
    fn subjects_stay_on_short_lines() {
        let long = unstructured(&"ordet ".repeat(60));
        assert!(long.split("\r\n").all(|line| line.len() <= 78));
        assert_eq!(unstructured("Hej\r\n du"), "Hej du");
    }
}
