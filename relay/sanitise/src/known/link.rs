//! Links cleaned of what follows people around: wrappers undone, tracking parameters removed.

use crate::mime::decode::nibble;

/// A link that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cleaned {
    pub(crate) address: String,
    /// Whether something was taken off.
    pub(crate) was_tracked: bool,
}

/// Wrappers nested in wrappers are followed this far.
const WRAPS_MAX: usize = 3;

/// Whether an address leads to a web page.
pub(crate) fn is_web(address: &str) -> bool {
    let start = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// Cleans a web address.
pub(crate) fn clean(address: &str) -> Cleaned {
    let mut current = address.trim().to_owned();
    let mut was_tracked = false;
    for _ in 0..WRAPS_MAX {
        let Some(inner) = unwrapped(&current) else { break };
        current = inner;
        was_tracked = true;
    }
    let (without_fragment, fragment) = current.split_once('#').map_or((current.as_str(), ""), |(a, f)| (a, f));
    let (base, query) = without_fragment.split_once('?').map_or((without_fragment, ""), |(b, q)| (b, q));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
    let parameters = query.split('&').filter(|pair| !pair.is_empty()).count();
    was_tracked |= kept.len() < parameters;
    let mut cleaned = base.to_owned();
    if !kept.is_empty() {
        cleaned.push('?');
        cleaned.push_str(&kept.join("&"));
    }
    // A fragment names a place in the page; a long one, or one with a parameter, is a mark.
    if !fragment.is_empty() && fragment.len() <= 80 && !fragment.contains("utm_") {
        cleaned.push('#');
        cleaned.push_str(fragment);
    }
    Cleaned { address: cleaned, was_tracked }
}

/// The address inside a wrapper of a mail provider or search engine. Outlook's also names the mailbox.
fn unwrapped(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let query = path.split_once('?')?.1;
    let wanted: &[&str] =
        if host.ends_with("safelinks.protection.outlook.com") || host.ends_with("linkprotect.cudasvc.com") {
            &["url", "a"]
        } else if host.starts_with("www.google.")
            || host == "l.facebook.com"
            || host == "lm.facebook.com"
            || host == "l.instagram.com"
        {
            &["q", "url", "u"]
        } else {
            return None;
        };
    let value = query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        wanted.contains(&name).then_some(value)
    })?;
    let inner = percent_decoded(value);
    is_web(&inner).then_some(inner)
}

/// Parameters that only tell who clicked.
const TRACKERS: [&str; 30] = [
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "mc_eid",
    "mc_cid",
    "igshid",
    "igsh",
    "yclid",
    "twclid",
    "ttclid",
    "_hsenc",
    "_hsmi",
    "hsctatracking",
    "mkt_tok",
    "vero_id",
    "oly_enc_id",
    "oly_anon_id",
    "rb_clickid",
    "s_cid",
    "ml_subscriber",
    "ml_subscriber_hash",
    "ck_subscriber_id",
    "sfmc_id",
    "_ke",
    "si",
    "wickedid",
    "spm",
];

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || name.starts_with("trk_") || name.starts_with("pk_") || TRACKERS.contains(&name.as_str())
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        match &bytes[place..] {
            [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(nibble(*high) << 4 | nibble(*low));
                place += 3;
            }
            _ => {
                out.push(*byte);
                place += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Cleans every web address of a plain text; gives the text and how many were cleaned.
pub(crate) fn clean_all(text: &str) -> Option<(String, usize)> {
    let mut out = String::new();
    let mut cleaned = 0;
    let mut rest = text;
    while let Some(place) = memchr::memmem::find(rest.as_bytes(), b"://") {
        let scheme = rest[..place]
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |n| n + rest[n..].chars().next().map_or(1, char::len_utf8));
        let end = rest[place..]
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '}'))
            .map_or(rest.len(), |n| place + n);
        let end = scheme + rest[scheme..end].trim_end_matches(['.', ',', '!', ';', ':', '\'']).len();
        let end = end.max(place + 3);
        out.push_str(&rest[..scheme]);
        let address = &rest[scheme..end];
        let clean =
            if is_web(address) { clean(address) } else { Cleaned { address: address.to_owned(), was_tracked: false } };
        cleaned += usize::from(clean.was_tracked);
        out.push_str(if clean.was_tracked { &clean.address } else { address });
        rest = &rest[end..];
    }
    out.push_str(rest);
    (cleaned > 0).then_some((out, cleaned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_goes_and_pages_stay() {
        let cases = [
            ("https://example.org/a?id=7&utm_source=x&fbclid=y#del", "https://example.org/a?id=7#del"),
            ("https://example.org/?utm_campaign=x", "https://example.org/"),
            ("https://www.1177.se/Stockholm/?a=b", "https://www.1177.se/Stockholm/?a=b"),
            (
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1&data=05%7C01%7Canna%40example.net",
                "https://example.org/x?y=1",
            ),
            ("https://www.google.com/url?q=https://example.org/&sa=D", "https://example.org/"),
        ];
        for (address, wanted) in cases {
            assert_eq!(clean(address).address, wanted);
        }
    }

    #[test]
    fn links_in_text_are_cleaned_in_place() {
        let text =
            "Se https://example.org/?utm_source=a. Och (http://example.org/b?fbclid=1) åhttps://x.se/?gclid=2 ://";
        let (cleaned, count) = clean_all(text).unwrap();
        assert_eq!(cleaned, "Se https://example.org/. Och (http://example.org/b) åhttps://x.se/ ://");
        assert_eq!(count, 3);
        assert_eq!(clean_all("inga länkar: bara text"), None);
    }
}
