//! Delivery reports read: RFC 3464, and the bounces of older and stubborn mailers. Carries no address, no text.

use crate::mime::charset;
use crate::mime::field::{self, Field, Rigour};
use crate::mime::part::Part;
use crate::mime::value;
use brevbro_core::veiled;

/// What a delivery report says about one letter.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// What became of the letter; the worst answer when there are several recipients.
    pub action: Action,
    /// The enhanced status code (RFC 3463), when there is one.
    pub status: Option<(u8, u16, u16)>,
    /// The Message-ID of the letter reported on, without its brackets, when the report returns it.
    pub original: Option<String>,
}

veiled!(DeliveryReport);

/// RFC 3464 §2.3.3, in order of how bad it is for the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// The report does not say.
    Unknown,
    /// Given to a list.
    Expanded,
    /// Given to a system that sends no reports.
    Relayed,
    /// Delivered.
    Delivered,
    /// Still being tried.
    Delayed,
    /// Given up.
    Failed,
}

/// Reads a report in the form of RFC 3464.
pub(crate) fn read(root: &Part<'_>) -> Option<DeliveryReport> {
    let is_report = root.is("multipart/report") && root.media.variant.as_deref() == Some("delivery-status");
    let Some(status) = root.find("message/delivery-status").or_else(|| root.find("message/global-delivery-status"))
    else {
        return is_report.then(|| DeliveryReport { action: Action::Unknown, status: None, original: original(root) });
    };
    // A person may forward a bounce as a file; only a report's own part counts.
    if !root.is("multipart/report") && !root.is("message/delivery-status") {
        return None;
    }
    let octets = status.octets();
    let (action, code) = groups(&octets).fold((Action::Unknown, None), worse);
    Some(DeliveryReport { action, status: code, original: original(root) })
}

/// The groups of fields, divided by blank lines (RFC 3464 §2.1): first the letter's, then one a recipient.
fn groups(octets: &[u8]) -> impl Iterator<Item = (Action, Option<(u8, u16, u16)>)> {
    let mut rest = octets.trim_ascii_start();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let block = field::split(rest, Rigour::Lenient, rest.len()).ok()?;
        rest = if block.fields.is_empty() { &[] } else { block.body.trim_ascii_start() };
        let action = field::find(&block.fields, "Action").map_or(Action::Unknown, |f| action(&f.unfolded()));
        let status = field::find(&block.fields, "Status").and_then(|f| status_in(&f.unfolded()));
        Some((action, status))
    })
}

type Verdict = (Action, Option<(u8, u16, u16)>);

fn worse(one: Verdict, other: Verdict) -> Verdict {
    if other.0 > one.0 || one.1.is_none() && other.0 == one.0 { other } else { one }
}

fn action(text: &str) -> Action {
    match text.split([' ', '(', ';']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "failed" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        _ => Action::Unknown,
    }
}

/// The identifier of the returned letter, whole or headers only (RFC 3462 §2).
fn original(root: &Part<'_>) -> Option<String> {
    let returned = ["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"];
    let part = returned.iter().find_map(|kind| root.find(kind))?;
    let octets = part.octets();
    let block = field::split(octets.trim_ascii_start(), Rigour::Lenient, octets.len()).ok()?;
    value::ids(field::find(&block.fields, "Message-ID")?).first().map(|id| (*id).to_owned())
}

/// How mailers without RFC 3464 word it: qmail, Exchange, sendmail of old, Exim, Swedish and German providers.
const FAILURES: [&str; 16] = [
    "i wasn't able to deliver",
    "wasn't able to deliver",
    "could not be delivered",
    "couldn't be delivered",
    "delivery failed",
    "delivery has failed",
    "delivery to the following recipient",
    "undeliverable",
    "undelivered mail",
    "returned mail",
    "permanent error",
    "permanent fatal errors",
    "mail delivery failed",
    "user unknown",
    "kunde inte levereras",
    "kunne ikke leveres",
];
const DELAYS: [&str; 5] =
    ["has been delayed", "delivery is delayed", "will keep trying", "still be retried", "temporarily undeliverable"];

/// Reads a bounce that is only text. The caller vouches that it came from a mail system.
pub(crate) fn read_text(fields: &[Field<'_>], root: &Part<'_>) -> Option<DeliveryReport> {
    let subject = field::find(fields, "Subject").map(value::words).unwrap_or_default();
    let part = root.find("text/plain").or_else(|| root.find("text/html"))?;
    let octets = part.octets();
    let start = &octets[..octets.len().min(16 * 1024)];
    let text = format!("{subject}\n{}", charset::to_text(start, part.media.charset.as_deref())).to_lowercase();
    let says = |wordings: &[&str]| wordings.iter().any(|w| text.contains(w));
    let status = status_in(&text);
    let action = match status {
        Some((4, ..)) => Action::Delayed,
        _ if says(&DELAYS) => Action::Delayed,
        _ if says(&FAILURES) => Action::Failed,
        _ => return None,
    };
    let original = original(root).or_else(|| id_after_headers(&text));
    Some(DeliveryReport { action, status, original })
}

/// qmail and Exim quote the returned letter below their own words.
fn id_after_headers(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.trim_start().starts_with("message-id:"))?;
    let id = line.split('<').nth(1)?.split('>').next()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// The first enhanced status code of a text: class 2, 4 or 5, then two numbers (RFC 3463 §2).
fn status_in(text: &str) -> Option<(u8, u16, u16)> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|word| {
        let mut numbers = word.trim_matches('.').split('.');
        let class: u8 = numbers.next()?.parse().ok()?;
        let subject: u16 = numbers.next()?.parse().ok()?;
        let detail: u16 = numbers.next()?.parse().ok()?;
        let is_code = matches!(class, 2 | 4 | 5) && subject <= 99 && detail <= 999 && numbers.next().is_none();
        is_code.then_some((class, subject, detail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::limits::Limits;

    fn report(raw: &str, null: bool) -> Option<DeliveryReport> {
        match crate::letter::read(raw.as_bytes(), &Limits::default()).unwrap().kind_on(null) {
            Kind::Dsn(report) => Some(report),
            _ => None,
        }
    }

    #[test]
    fn the_worst_recipient_counts_and_the_original_is_named() {
        let raw = "From: MAILER-DAEMON@mx.example.org\n\
                   Content-Type: multipart/report; report-type=\"delivery-status\"; boundary=b\n\n\
                   --b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n\
                   Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.org\nAction: delayed\nStatus: 4.4.1\n\n\
                   Final-Recipient: rfc822; b@example.org\nAction: failed (x)\nStatus: 5.1.1 (y)\n\n\
                   --b\nContent-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID: <tok@relay.example.org>\n--b--\n";
        let expected = DeliveryReport {
            action: Action::Failed,
            status: Some((5, 1, 1)),
            original: Some("tok@relay.example.org".into()),
        };
        assert_eq!(report(raw, false), Some(expected));
    }

    #[test]
    fn bounces_in_plain_words() {
        let qmail = "From: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n\n\
                     Hi. This is the qmail-send program.\nI'm afraid I wasn't able to deliver your message.\n\
                     <a@example.org>:\nuser does not exist #5.1.1\n\nMessage-ID: <tok@relay.example.org>\n";
        let found = report(qmail, false).unwrap();
        assert_eq!((found.action, found.status), (Action::Failed, Some((5, 1, 1))));
        assert_eq!(found.original.as_deref(), Some("tok@relay.example.org"));
        let other = "From: system@example.org\nSubject: Undeliverable: hej\n\nYour message couldn't be delivered.\n";
        assert_eq!(report(other, false), None, "an ordinary author may say so");
        assert_eq!(report(other, true).unwrap().action, Action::Failed);
        let late = "From: postmaster@example.org\nSubject: Delivery Status Notification (Delay)\n\n451 4.4.1 later\n";
        assert_eq!(report(late, false).unwrap().action, Action::Delayed);
        assert_eq!(report("From: postmaster@example.org\nSubject: hej\n\nHello, your quota is 2 GB.\n", true), None);
    }
}
