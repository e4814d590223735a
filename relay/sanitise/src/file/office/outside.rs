//! What in a document may point outside of it: public pages, and nothing that knows who looks.

use super::super::Wash;
use crate::known::link;

/// The address of a public page as it may stay; `None` for everything else.
pub(crate) fn page(address: &str, wash: &dyn Wash) -> Option<String> {
    let cleaned = link::clean(address).address;
    let rest = cleaned.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_named = host.contains('.')
        && !host.contains(['@', ':', '['])
        && host.rsplit('.').next().is_some_and(|top| top.len() >= 2 && top.chars().all(char::is_alphabetic))
        && ![".local", ".lan", ".internal", ".home", ".corp", ".localdomain", ".intranet"]
            .iter()
            .any(|private| host.ends_with(private));
    let is_plain = cleaned.len() <= 500 && !cleaned.contains(|c: char| c.is_control() || c.is_whitespace());
    // Long marks in a query know who clicks, whatever they are called.
    let is_mark = |value: &str| value.len() > 40;
    let has_mark = rest.split_once('?').is_some_and(|(_, query)| query.split(['&', '=', '#']).any(is_mark));
    (is_named && is_plain && !has_mark && wash.wash(&cleaned).is_none()).then_some(cleaned)
}

/// Whether words name a place on a disk or a file: picture descriptions often do.
pub(crate) fn is_path(words: &str) -> bool {
    let is_file = words.rsplit_once('.').is_some_and(|(_, ending)| {
        matches!(ending.len(), 3 | 4)
            && [
                "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg", "heic", "webp", "doc", "docx",
                "xls", "xlsx", "ppt", "pptx", "pdf", "odt",
            ]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    is_file || words.contains('\\') || words.contains("://") || words.starts_with('/') || words.contains("file:")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Names;
    impl Wash for Names {
        fn wash(&self, words: &str) -> Option<String> {
            words.contains("anna").then(|| words.replace("anna", "[namn]"))
        }
    }

    #[test]
    fn public_pages_stay() {
        for (address, expected) in [
            ("https://www.example.org/a/b?page=2#top", Some("https://www.example.org/a/b?page=2#top")),
            ("https://www.example.org/?utm_source=x&id=3", Some("https://www.example.org/?id=3")),
            ("http://www.example.org/", None),
            ("https://anna.example.org/", None),
            ("https://10.0.0.1/", None),
            ("https://server/share", None),
            ("https://files.example.local/", None),
            ("https://user@example.org/", Some("https://example.org/")),
            ("https://example.org:8443/", None),
            ("https://example.org/?t=0123456789012345678901234567890123456789abcdef", None),
            ("mailto:a@example.org", None),
            ("file:///C:/Users/x/a.docx", None),
            ("\\\\server\\share\\a.docx", None),
        ] {
            assert_eq!(page(address, &Names).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn paths_are_told_from_descriptions() {
        for path in ["C:\\Users\\x\\bild.jpg", "IMG_2034.JPG", "/srv/x/a", "file:a", "https://example.org/a"] {
            assert!(is_path(path), "{path}");
        }
        for words in ["En katt i solen.", "Bild 3", "Diagram: 12,5 % ökning", "f.d. arbete", "och/eller"] {
            assert!(!is_path(words), "{words}");
        }
    }
}
