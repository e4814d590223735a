//! Letters whose words lie encrypted at a provider's, behind a file or a link to be opened there.

use crate::mime::part::Part;

/// Most octets of a part that are searched: these letters are short.
const SEARCHED: usize = 64 * 1024;
/// Most letters such a notice has; a longer text only speaks of one.
const NOTICE_MAX: usize = 6000;

/// Files that hold the encrypted letter, by the beginning and end of their names.
const FILES: [(&str, &str); 5] = [
    ("securedoc", ".html"),
    ("securedoc", ".htm"),
    ("message", ".rpmsg"),
    ("securemessage", ".html"),
    ("encrypted_message", ".html"),
];

/// What stands in `message.html` of Microsoft and others.
const PAGES: [&[u8]; 4] = [
    b"office365messageencryption",
    b"office 365 message encryption",
    b"outlook.office365.com/encryption",
    b"microsoft purview message encryption",
];

/// Links to where the words lie.
const LINKS: [&[u8]; 5] = [
    b"https://mail.proton.me/eo",
    b"https://mail.protonmail.com/eo/",
    b"https://outlook.office365.com/encryption/",
    b"https://app.tuta.com/mail/",
    b"https://mail.tutanota.com/mail/",
];

/// Whether a letter is such a notice, unmistakably.
pub(crate) fn is_portal(root: &Part<'_>) -> bool {
    if !root.children.is_empty() {
        return root.children.iter().any(is_portal);
    }
    let name = root.file_name.as_deref().unwrap_or_default().to_ascii_lowercase();
    if FILES.iter().any(|(start, end)| name.starts_with(start) && name.ends_with(end)) {
        return true;
    }
    let is_page = matches!(name.as_str(), "message.html" | "message.htm");
    let is_text = root.media.kind.starts_with("text/") && !root.is_attachment;
    if !is_page && !is_text {
        return false;
    }
    let octets = root.octets();
    let found = |marks: &[&[u8]]| {
        let searched = octets[..octets.len().min(SEARCHED)].to_ascii_lowercase();
        marks.iter().any(|mark| memchr::memmem::find(&searched, mark).is_some())
    };
    // Only links have a colon and slashes: most texts are done with here.
    is_page && found(&PAGES)
        || is_text
            && memchr::memmem::find(&octets, b"https://").is_some()
            && visible(&octets) < NOTICE_MAX
            && found(&LINKS)
}

/// Roughly how much of a text is seen: what stands outside of tags.
fn visible(octets: &[u8]) -> usize {
    let tags: usize = octets.split(|b| *b == b'<').skip(1).map(|tag| memchr::memchr(b'>', tag).unwrap_or(0)).sum();
    octets.iter().filter(|b| !b.is_ascii_whitespace()).count().saturating_sub(tags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn is_notice(head: &str, body: &str) -> bool {
        let raw = format!("From: a@example.org\n{head}\n\n{body}");
        is_portal(&crate::letter::read(raw.as_bytes(), &Limits::default()).unwrap().root)
    }

    #[test]
    fn notices_are_told_from_letters() {
        for (head, body) in [
            ("Content-Type: text/html; name=securedoc_20261121.html", "<p>x"),
            ("Content-Type: application/octet-stream; name=message_v2.rpmsg", "x"),
            ("Content-Type: text/html; name=message.html", "<p>Office 365 Message Encryption"),
            ("Content-Type: text/html", "<a href='https://mail.proton.me/eo#abc'>Unlock message</a>"),
        ] {
            assert!(is_notice(head, body), "{head}");
        }
        let long = format!(
            "Jag fick en länk, https://mail.proton.me/eo#abc, och den fungerar inte. {}",
            "Så här var det. ".repeat(600)
        );
        for (head, body) in [
            ("Content-Type: text/html; name=message.html", "<p>Hej"),
            ("Content-Type: text/plain", "Vad är Office 365 Message Encryption? Se https://proton.me/mail"),
            ("Content-Type: text/plain", long.as_str()),
        ] {
            assert!(!is_notice(head, body), "{head}");
        }
    }
}
