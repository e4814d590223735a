//! Paths of MAIL and RCPT, read strictly: what stands between the angle brackets is one address or nothing.
//!
//! smtp-proto unquotes, drops source routes, repairs UTF-8 and gives `<>` and `<Postmaster>` the same empty name,
//! so it never sees a path: these readers do.

use crate::address::EmailAddr;
use crate::envelope::{ForwardPath, ReversePath};

/// Splits `<path> parameters` into the path and its parameters. No space may stand before the `<`, and one must
/// stand behind the `>` if anything follows.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    let end = closing_bracket(inner)?;
    let rest = &inner[end + 1..];
    (rest.is_empty() || rest.starts_with(' ')).then_some((&inner[..end], rest))
}

/// The first `>` outside of a quoted string.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut octets = text.bytes().enumerate();
    while let Some((place, octet)) = octets.next() {
        match octet {
            b'"' => quoted = !quoted,
            b'\\' if quoted => drop(octets.next()),
            b'>' if !quoted => return Some(place),
            _ => {}
        }
    }
    None
}

/// Reads a reverse-path; the empty one belongs to reports (RFC 5321 §4.5.5).
pub(super) fn reverse(path: &str) -> Option<ReversePath> {
    if path.is_empty() { Some(ReversePath::Null) } else { address(path).map(ReversePath::Addr) }
}

/// Reads a forward-path; `<Postmaster>` needs no domain (RFC 5321 §4.1.1.3).
pub(super) fn forward(path: &str) -> Option<ForwardPath> {
    if path.eq_ignore_ascii_case("postmaster") {
        Some(ForwardPath::Postmaster)
    } else {
        address(path).map(ForwardPath::Addr)
    }
}

/// An address that means the same to every reader: written out again and read again it is still itself.
fn address(path: &str) -> Option<EmailAddr> {
    let address = EmailAddr::parse(path).ok()?;
    // Only quotes and letters beyond ASCII are ever rewritten; the plain case needs no second reading.
    let plain = path.is_ascii() && !path.starts_with('"');
    (plain || EmailAddr::parse(&address.on_wire()).as_ref() == Ok(&address)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_found_outside_of_quotes() {
        assert_eq!(bracketed("<a@b.c>"), Some(("a@b.c", "")));
        assert_eq!(bracketed("<> SIZE=1"), Some(("", " SIZE=1")));
        assert_eq!(bracketed(r#"<"a>b"@c> X"#), Some((r#""a>b"@c"#, " X")));
        assert_eq!(bracketed(r#"<"a\">b"@c>"#), Some((r#""a\">b"@c"#, "")));
        for text in ["", "a@b.c", " <a@b.c>", "<a@b.c", "<a@b.c>SIZE=1", "<a@b.c>>", r#"<"a@b.c>"#, r#"<"a\"#] {
            assert_eq!(bracketed(text), None, "{text}");
        }
    }

    #[test]
    fn nobody_and_the_postmaster_are_told_apart() {
        assert_eq!(reverse(""), Some(ReversePath::Null));
        assert_eq!(forward("PostMaster"), Some(ForwardPath::Postmaster));
        assert_eq!(forward(""), None);
        assert_eq!(reverse("postmaster"), None);
    }

    #[test]
    fn routes_spaces_and_repairs_are_refused() {
        for path in ["@x.test:a@b.test", " a@b.test", "a@b.test ", "a b@c.test", "a@b@c.test", "a@b.test,c@d.test"] {
            assert_eq!((reverse(path), forward(path)), (None, None), "{path}");
        }
        assert!(matches!(forward(r#""a b@c"@x.test"#), Some(ForwardPath::Addr(a)) if a.local() == "a b@c"));
    }
}
