//! What a part is for: words, a letter, something sealed or signed, an invitation, a file; by its type, its name and
//! what is really in it.

use super::part::Part;
use crate::carrier::tnef;
use crate::sealed::pgp;

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    Html,
    /// RFC 1896.
    Enriched,
}

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Words of the writer's, or a file of text.
    Words(Form),
    /// The same in several forms.
    Alternative,
    /// Several parts, one after another.
    Parts,
    /// A letter within the letter.
    Letter,
    /// Outlook's wrapping (`winmail.dat`).
    Winmail,
    Calendar,
    Card,
    /// S/MIME in one block: signed, or encrypted; [`crate::sealed::cms`] tells.
    Cms,
    /// A signature over another part.
    Signature,
    /// A public key or a certificate.
    Key,
    /// Encrypted end to end.
    Encrypted,
    /// A part of a report or receipt that programs read.
    Receipt,
    /// A file.
    File,
    /// For programs only, or the same words for a small screen: nobody misses it.
    Nothing,
}

/// Tells what a part is for.
pub(crate) fn of(part: &Part<'_>) -> Role {
    let kind = part.media.kind.as_str();
    match kind.split_once('/').unwrap_or((kind, "")) {
        ("multipart", sub) => of_multipart(sub),
        ("message", sub) => of_message(sub),
        ("text", sub) => of_text(part, sub),
        ("image" | "audio" | "video" | "font" | "model", _) => Role::File,
        (_, sub) => of_application(part, sub),
    }
}

fn of_multipart(sub: &str) -> Role {
    match sub {
        "alternative" => Role::Alternative,
        "encrypted" => Role::Encrypted,
        _ => Role::Parts,
    }
}

fn of_message(sub: &str) -> Role {
    match sub {
        "rfc822" | "global" | "news" => Role::Letter,
        "delivery-status"
        | "disposition-notification"
        | "feedback-report"
        | "global-delivery-status"
        | "global-disposition-notification"
        | "global-headers"
        | "tracking-status" => Role::Receipt,
        // What is elsewhere, or in another letter, cannot be read here.
        _ => Role::File,
    }
}

fn of_text(part: &Part<'_>, sub: &str) -> Role {
    match sub {
        "html" => Role::Words(Form::Html),
        "enriched" | "richtext" => Role::Words(Form::Enriched),
        "calendar" | "x-vcalendar" => Role::Calendar,
        "vcard" | "x-vcard" | "directory" => Role::Card,
        "rfc822-headers" => Role::Receipt,
        "rfc822" => Role::Letter,
        "rtf" => Role::File,
        "x-amp-html" | "watch-html" | "x-moz-deleted" | "x-amp" => Role::Nothing,
        _ => match by_content(&part.head()).or_else(|| by_name(part)) {
            // A card in front of a letter's words is cut out of them.
            Some(Role::Card | Role::Calendar) if part.file_name.is_none() && goes_on(part) => Role::Words(Form::Plain),
            Some(role @ (Role::Key | Role::Signature | Role::Card | Role::Calendar | Role::File)) => role,
            Some(Role::Letter) if is_letter(&part.head()) => Role::Letter,
            Some(Role::Words(form)) => Role::Words(form),
            _ if is_binary(&part.head()) => Role::File,
            _ => Role::Words(Form::Plain),
        },
    }
}

fn of_application(part: &Part<'_>, sub: &str) -> Role {
    match sub {
        "xhtml+xml" => Role::Words(Form::Html),
        "pgp" => Role::Words(Form::Plain),
        "ms-tnef" | "vnd.ms-tnef" => Role::Winmail,
        "ics" | "calendar" => Role::Calendar,
        "vcard" => Role::Card,
        "pkcs7-mime" | "x-pkcs7-mime" => match by_name(part) {
            Some(Role::Signature) => Role::Signature,
            _ => Role::Cms,
        },
        "pkcs7-signature" | "x-pkcs7-signature" | "pgp-signature" => Role::Signature,
        "pgp-keys"
        | "pkix-cert"
        | "x-x509-ca-cert"
        | "x-x509-user-cert"
        | "pkcs12"
        | "x-pkcs12"
        | "x-pem-file"
        | "pkcs7-certificates"
        | "x-pkcs7-certificates"
        | "pkcs10"
        | "pkcs8" => Role::Key,
        "x-microsoft-rpmsg-message" => Role::Encrypted,
        "pgp-encrypted" | "applefile" | "ms-tnef-stub" => Role::Nothing,
        _ => unknown(part),
    }
}

/// A file whose type says little: what is in it decides, then its name.
fn unknown(part: &Part<'_>) -> Role {
    let says_little = matches!(
        part.media.kind.as_str(),
        "application/octet-stream"
            | "application/x-download"
            | "application/download"
            | "application/unknown"
            | "application/binary"
            | "application/force-download"
            | "application/x-unknown"
            | "application/octetstream"
            | "unknown/unknown"
            | "application/text"
            | "application/x-octet-stream"
            | "application/default"
            | "binary/octet-stream"
    );
    let head = part.head();
    if tnef::is_tnef(&head) {
        return Role::Winmail;
    }
    match by_content(&head).or_else(|| by_name(part)) {
        Some(Role::Letter | Role::Words(_)) if !says_little || is_binary(&head) => Role::File,
        Some(Role::Letter) if !is_letter(&head) => Role::Words(Form::Plain),
        Some(Role::Key) if pgp::is_encrypted(&head) => Role::Encrypted,
        Some(role) => role,
        None if !says_little || part.file_name.is_some() => Role::File,
        None if is_binary(&head) || head.is_empty() => Role::File,
        None if is_letter(&head) => Role::Letter,
        None => Role::Words(Form::Plain),
    }
}

/// Cards and invitations say what they are in their first line, whatever they are called.
fn by_content(head: &[u8]) -> Option<Role> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins = |line: &[u8]| head.get(..line.len()).is_some_and(|start| start.eq_ignore_ascii_case(line));
    match () {
        () if begins(b"BEGIN:VCARD") => Some(Role::Card),
        () if begins(b"BEGIN:VCALENDAR") => Some(Role::Calendar),
        () => None,
    }
}

/// Whether words follow the last end of a card or an invitation.
fn goes_on(part: &Part<'_>) -> bool {
    let octets = part.octets().to_ascii_lowercase();
    let end = memchr::memmem::rfind(&octets, b"\nend:v").map_or(octets.len(), |end| end + 1);
    let rest = &octets[end..];
    let length = rest.iter().take_while(|b| !b.is_ascii_whitespace()).count();
    !part.is_attachment && rest[length..].iter().any(u8::is_ascii_alphabetic)
}

/// What the ending of a part's file name says; `None` for the many that say nothing here.
fn by_name(part: &Part<'_>) -> Option<Role> {
    let name = part.file_name.as_deref()?;
    if name.eq_ignore_ascii_case("winmail.dat") || name.eq_ignore_ascii_case("win.dat") {
        return Some(Role::Winmail);
    }
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match ending.as_str() {
        "asc" | "pgp" | "gpg" | "cer" | "crt" | "pem" | "p12" | "pfx" | "key" | "p7c" | "p7b" | "der" => Role::Key,
        "sig" | "p7s" => Role::Signature,
        "p7m" => Role::Cms,
        "rpmsg" => Role::Encrypted,
        "ics" | "vcs" | "ical" => Role::Calendar,
        "vcf" | "vcard" => Role::Card,
        "eml" | "mht" | "mhtml" => Role::Letter,
        "htm" | "html" | "xhtml" => Role::Words(Form::Html),
        "svg" | "svgz" => Role::File,
        "txt" | "md" | "markdown" | "text" | "log" | "csv" => Role::Words(Form::Plain),
        _ => return None,
    })
}

/// Octets that begin like a letter: two fields at least, one of them a letter's own.
pub(crate) fn is_letter(head: &[u8]) -> bool {
    const FIELDS: [&[u8]; 9] = [
        b"from",
        b"received",
        b"return-path",
        b"message-id",
        b"mime-version",
        b"subject",
        b"date",
        b"to",
        b"delivered-to",
    ];
    let mut fields = 0;
    let mut known = 0;
    for line in head.split(|b| *b == b'\n').take(40) {
        if line.starts_with(b" ") || line.starts_with(b"\t") || fields == 0 && line.starts_with(b"From ") {
            continue;
        }
        let Some(colon) = line.iter().take(60).position(|b| *b == b':') else { break };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            break;
        }
        fields += 1;
        known += usize::from(FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field)));
    }
    fields >= 3 && known >= 2
}

/// Octets no text has: control characters, and NULs that are not every second octet as in UTF-16.
fn is_binary(head: &[u8]) -> bool {
    let odd = head.iter().filter(|b| **b < 0x20 && !matches!(b, 0 | b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    let nuls = memchr::memchr_iter(0, head).count();
    let is_wide = nuls * 4 > head.len() && nuls * 2 <= head.len() + 2;
    odd * 50 > head.len() || nuls > 0 && !is_wide
}

#[cfg(test)]
#[path = "role/tests.rs"]
mod tests;
