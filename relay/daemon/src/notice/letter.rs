//! Writes a rendered notice out as a whole letter (RFC 5322), header field by header field.

use super::dates::date_field;
use super::{Rendered, encode, one_line};
use brevbro_core::address::EmailAddr;
use brevbro_core::time::Moment;

/// Writes a letter with exactly From, To, Subject, Date, Message-ID, Reply-To (when given), Auto-Submitted,
/// MIME-Version, Content-Type and Content-Transfer-Encoding; CRLF line ends.
///
/// `from` is a neutral display name, which may be empty, and an address. `message_id` is `left@right`, with or
/// without its angle brackets. Control characters are taken out of every value, so none can begin a field.
/// The header is ASCII unless an address needs SMTPUTF8 (RFC 6532).
pub fn compose(
    rendered: &Rendered,
    from: (&str, &EmailAddr),
    to: &EmailAddr,
    reply_to: Option<&EmailAddr>,
    message_id: &str,
    date: Moment,
) -> Vec<u8> {
    let mut header = Header::default();
    header.field("From", &mailbox("From", from.0, from.1));
    header.field("To", &to.on_wire());
    header.field("Subject", &encode::unstructured("Subject", &one_line(&rendered.subject)));
    header.field("Date", &date_field(date));
    header.field("Message-ID", &bracketed(message_id));
    if let Some(address) = reply_to {
        header.field("Reply-To", &address.on_wire());
    }
    header.field("Auto-Submitted", if rendered.answers { "auto-replied" } else { "auto-generated" });
    header.field("MIME-Version", "1.0");
    header.field("Content-Type", "text/plain; charset=utf-8");
    let text = super::plain_text(&rendered.text);
    let seven_bit = encode::is_seven_bit(&text);
    header.field("Content-Transfer-Encoding", if seven_bit { "7bit" } else { "quoted-printable" });
    let body = if seven_bit { text.replace('\n', "\r\n") } else { encode::quoted_printable(&text) };
    format!("{}\r\n{body}", header.0).into_bytes()
}

#[derive(Default)]
struct Header(String);

impl Header {
    /// `value` is one line, or folded by us.
    fn field(&mut self, name: &str, value: &str) {
        for part in [name, ": ", value, "\r\n"] {
            self.0.push_str(part);
        }
    }
}

fn mailbox(name: &str, display: &str, address: &EmailAddr) -> String {
    let address = address.on_wire();
    let display = one_line(display);
    if display.is_empty() {
        return address;
    }
    let phrase = encode::phrase(name, &display);
    let column =
        phrase.rsplit('\n').next().map_or(0, str::len) + if phrase.contains('\n') { 0 } else { name.len() + 2 };
    let fold = if column + address.len() + 3 > encode::LINE { "\r\n " } else { " " };
    format!("{phrase}{fold}<{address}>")
}

/// A message identifier (RFC 5322 §3.6.4): visible ASCII between one pair of brackets.
fn bracketed(message_id: &str) -> String {
    let inner = message_id.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
    format!("<{}>", inner.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    fn address(text: &str) -> EmailAddr {
        EmailAddr::parse(text).unwrap()
    }

    fn letter(display: &str, subject: &str, text: &str) -> Vec<u8> {
        let rendered = Rendered { subject: subject.into(), text: text.into(), answers: true };
        let reply_to = address("c-abc@example.org");
        let date = Moment::from_millis(1_795_262_400_000);
        compose(
            &rendered,
            (display, &address("post@example.org")),
            &address("anna@example.net"),
            Some(&reply_to),
            "<1@example.org>",
            date,
        )
    }

    #[test]
    fn a_plain_letter_is_exactly_this() {
        let expected = "From: Post <post@example.org>\r\nTo: anna@example.net\r\nSubject: Your letter\r\n\
            Date: Sat, 21 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nReply-To: c-abc@example.org\r\n\
            Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: 7bit\r\n\r\nHello,\r\n\r\nbye.\r\n";
        assert_eq!(String::from_utf8(letter("Post", "Your letter", "Hello,\n\nbye.\n")).unwrap(), expected);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let long = "En lång rad med många ord, blåbär och 🌳. ".repeat(20);
        let long = long.trim_end();
        for value in ["Ditt brev", "Ärende 7", "A. \"B\" \\ (c) <d@e>, f;", "=?utf-8?q?no?=", "a  b", long] {
            let raw = letter(value, value, &format!("{value}\n.\nFrom x\n"));
            let parsed = MessageParser::new().parse(&raw).unwrap();
            let one = one_line(value);
            assert_eq!(parsed.subject(), Some(one.as_str()));
            let from = parsed.from().and_then(|f| f.first()).unwrap();
            assert_eq!((from.name(), from.address()), (Some(one.as_str()), Some("post@example.org")));
            let text = parsed.body_text(0).unwrap().replace("\r\n", "\n");
            assert_eq!(text, format!("{value}\n.\nFrom x\n"));
            assert!(raw.is_ascii() && !raw.split(|b| *b == b'\n').any(|line| line.len() > 77));
        }
    }

    #[test]
    fn no_value_begins_a_field_of_its_own() {
        for nasty in [
            "x\r\nBcc: y@example.org",
            "x\nBcc: y",
            "x\rBcc: y",
            "x\u{85}Bcc: y",
            "x\u{2028}Bcc: y",
            "x\r\n\r\nbody",
            "x\0y",
        ] {
            let rendered = Rendered { subject: nasty.into(), text: "text\n".into(), answers: false };
            let from = address("post@example.org");
            let raw = compose(&rendered, (nasty, &from), &from, None, nasty, Moment::default());
            let text = String::from_utf8(raw).unwrap();
            let (header, body) = text.split_once("\r\n\r\n").unwrap();
            let unfolded = header.replace("\r\n ", " ");
            let names: Vec<&str> = unfolded.split("\r\n").map(|field| field.split(':').next().unwrap()).collect();
            let expected = [
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "Auto-Submitted",
                "MIME-Version",
                "Content-Type",
                "Content-Transfer-Encoding",
            ];
            assert_eq!(names, expected, "{nasty:?}");
            assert_eq!(body, "text\r\n");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0']), "{nasty:?}");
        }
    }

    #[test]
    fn no_name_is_no_phrase() {
        let text = String::from_utf8(letter("", "x", "y\n")).unwrap();
        assert!(text.starts_with("From: post@example.org\r\n"));
    }
}
