//! What a letter is: written by a person, or a report, receipt, automatic answer, or sealed end to end.

use crate::delivery::{self, DeliveryReport};
use crate::mime::field::{self, Field};
use crate::mime::part::Part;
use crate::mime::value;
use crate::sealed::cms::{self, Cms};
use crate::sealed::{pgp, portal};
use brevbro_core::address::EmailAddr;

/// What a letter is. Only `Letter` is passed on; the rest is absorbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Written by a person.
    Letter,
    /// A delivery status notification (RFC 3464), or a bounce in an older form.
    Dsn(DeliveryReport),
    /// A message disposition notification: a receipt (RFC 8098).
    Mdn,
    /// An automatic answer, a list's or a bulk letter (RFC 3834, RFC 2919).
    AutoReply,
    /// Encrypted end to end: S/MIME (RFC 8551) or PGP (RFC 3156, RFC 9580).
    Encrypted,
}

impl Kind {
    /// The word for logs and reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Dsn(_) => "dsn",
            Self::Mdn => "mdn",
            Self::AutoReply => "auto_reply",
            Self::Encrypted => "encrypted",
        }
    }
}

/// Tells what a letter is.
pub(crate) fn of(fields: &[Field<'_>], root: &Part<'_>, author: Option<&EmailAddr>, null_reverse_path: bool) -> Kind {
    let from_postmaster = author.is_none_or(is_postmaster);
    if is_receipt(root) {
        Kind::Mdn
    } else if let Some(report) = delivery::read(root) {
        Kind::Dsn(report)
    } else if let Some(report) =
        (null_reverse_path || from_postmaster).then(|| delivery::read_text(fields, root)).flatten()
    {
        Kind::Dsn(report)
    } else if is_encrypted(root) {
        Kind::Encrypted
    } else if says_automatic(fields) || null_reverse_path && has_absence_subject(fields) {
        Kind::AutoReply
    } else {
        Kind::Letter
    }
}

fn is_postmaster(author: &EmailAddr) -> bool {
    matches!(author.local().to_ascii_lowercase().as_str(), "mailer-daemon" | "postmaster" | "mail-daemon")
}

fn is_receipt(root: &Part<'_>) -> bool {
    let declared = root.is("multipart/report") && root.media.variant.as_deref() == Some("disposition-notification");
    declared || root.find("message/disposition-notification").is_some_and(|_| root.is("multipart/report"))
}

fn is_encrypted(root: &Part<'_>) -> bool {
    is_sealed(root) || portal::is_portal(root)
}

fn is_sealed(root: &Part<'_>) -> bool {
    match root.media.kind.as_str() {
        "multipart/encrypted" | "application/x-microsoft-rpmsg-message" => true,
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => is_sealed_by_smime(root),
        "text/plain" => pgp::is_armoured(&root.octets()),
        // Some servers take the wrapping of RFC 3156 apart, and leave its parts.
        "multipart/mixed" | "multipart/alternative" | "multipart/related" | "multipart/signed" => {
            root.children.first().is_some_and(is_sealed)
                || root.children.iter().take(3).any(|child| child.is("application/pgp-encrypted"))
        }
        "application/octet-stream" => {
            let name = root.file_name.as_deref().unwrap_or_default().to_ascii_lowercase();
            name == "smime.p7m" && is_sealed_by_smime(root)
        }
        _ => false,
    }
}

/// RFC 8551 §3.2.2: what is signed or compressed can be read by anybody. The block itself is believed before its label.
fn is_sealed_by_smime(part: &Part<'_>) -> bool {
    let is_labelled = match part.media.variant.as_deref() {
        Some("signed-data" | "certs-only" | "compressed-data") => false,
        Some(_) => true,
        None => part.file_name.as_deref().is_none_or(|name| !name.to_ascii_lowercase().ends_with(".p7s")),
    };
    match cms::read(&part.octets()) {
        Cms::Encrypted => true,
        Cms::Signed { .. } => false,
        Cms::Unreadable => is_labelled,
    }
}

fn says_automatic(fields: &[Field<'_>]) -> bool {
    fields.iter().any(|field| {
        let name = field.name.to_ascii_lowercase();
        match name.as_str() {
            "auto-submitted" => !first_token(field).is_empty() && first_token(field) != "no",
            "x-autoreply" | "x-autorespond" | "x-autoreply-from" | "x-mail-autoreply" => first_token(field) != "no",
            // Exchange writes `All` on absence notes; ordinary letters carry shorter lists.
            "x-auto-response-suppress" => first_token(field) == "all",
            "precedence" => matches!(first_token(field).as_str(), "bulk" | "junk" | "list" | "auto_reply"),
            "list-id" => true,
            _ => false,
        }
    })
}

fn first_token(field: &Field<'_>) -> String {
    let value = field.unfolded();
    value.split([';', ',', ' ', '(']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// How absence notes that declare nothing else begin their subject, in the languages of our mailboxes.
const ABSENCE: [&str; 22] = [
    "auto:",
    "auto reply",
    "auto-reply",
    "autoreply",
    "automatic reply",
    "automatic response",
    "out of office",
    "out-of-office",
    "autosvar",
    "automatiskt svar",
    "automatisk svar",
    "frånvaro",
    "ej på plats",
    "fravær",
    "fraværsassistent",
    "ikke til stede",
    "automaattinen vastaus",
    "poissa",
    "automatische antwort",
    "abwesenheit",
    "réponse automatique",
    "vacation",
];

fn has_absence_subject(fields: &[Field<'_>]) -> bool {
    let subject = field::find(fields, "Subject").map(value::words).unwrap_or_default().to_lowercase();
    ABSENCE.iter().any(|start| subject.starts_with(start))
}

#[cfg(test)]
mod tests {
    use crate::limits::Limits;

    fn kind(head: &str, body: &str, null: bool) -> &'static str {
        let raw = format!("From: a@example.org\n{head}\n{body}");
        crate::letter::read(raw.as_bytes(), &Limits::default()).unwrap().kind_on(null).word()
    }

    #[test]
    fn automatic_letters_say_so() {
        for head in ["Auto-Submitted: auto-replied (x)\n", "Precedence: bulk\n", "List-Id: <x>\n", "X-Autoreply: yes\n"]
        {
            assert_eq!(kind(head, "x", false), "auto_reply", "{head}");
        }
        for head in ["Auto-Submitted: no\n", "Precedence: normal\n", "X-Auto-Response-Suppress: DR, OOF\n", ""] {
            assert_eq!(kind(head, "x", false), "letter", "{head}");
        }
        let absent = "Subject: Automatiskt svar: hej\n";
        assert_eq!(kind(absent, "x", false), "letter");
        assert_eq!(kind(absent, "x", true), "auto_reply");
    }

    #[test]
    fn sealed_letters_are_told_from_signed_ones() {
        let sealed = [
            "Content-Type: multipart/encrypted; boundary=b\n",
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n",
        ];
        for head in sealed {
            assert_eq!(kind(head, "--b\n\nx\n--b--", false), "encrypted", "{head}");
        }
        assert_eq!(kind("", "\n-----BEGIN PGP MESSAGE-----\n\nx", false), "encrypted");
        // The block is believed before its label: `SEQUENCE { 1.2.840.113549.1.7.3, … }` is enveloped data.
        let enveloped =
            "Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n";
        assert_eq!(kind(enveloped, "MA8GCSqGSIb3DQEHA6ACMAA=", false), "encrypted");
        let apart = "--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n\nx\n--b--";
        assert_eq!(kind("Content-Type: multipart/mixed; boundary=b\n", apart, false), "encrypted");
        let portal = "<p><a href=\"https://mail.proton.me/eo#x\">Unlock message</a>";
        assert_eq!(kind("Content-Type: text/html\n", portal, false), "encrypted");
        assert_eq!(kind("Content-Type: application/pkcs7-mime; smime-type=signed-data\n", "x", false), "letter");
        assert_eq!(kind("", "I saw -----BEGIN PGP MESSAGE----- somewhere", false), "letter");
    }
}
