//! Links cleaned of what follows people around: wrappers undone, tracking parameters removed.

use crate::mime::decode::nibble;

/// A link that may be shown.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
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
    let (without_fragment, fragment) = current.split_once('#').unwrap_or((&current, ""));
    let (base, query) = without_fragment.split_once('?').unwrap_or((without_fragment, ""));
    let all = || query.split('&').filter(|pair| !pair.is_empty());
    let kept: Vec<&str> = all().filter(|pair| !is_tracking(pair)).collect();
    was_tracked |= kept.len() < all().count();
    let (mut cleaned, had_name) = without_name(base);
    was_tracked |= had_name;
    if !kept.is_empty() {
        cleaned.push('?');
        cleaned.push_str(&kept.join("&"));
    }
    if is_plain_fragment(fragment) {
        cleaned.push('#');
        cleaned.push_str(fragment);
    } else {
        was_tracked |= !fragment.is_empty();
    }
    Cleaned { address: cleaned, was_tracked }
}

/// `https://anna:secret@host/` without the name and the password.
fn without_name(base: &str) -> (String, bool) {
    let Some((scheme, rest)) = base.split_once("://") else { return (base.to_owned(), false) };
    let host_end = rest.find('/').unwrap_or(rest.len());
    match rest[..host_end].rfind('@') {
        Some(at) => (format!("{scheme}://{}", &rest[at + 1..]), true),
        None => (base.to_owned(), false),
    }
}

/// Longest name of a place in a page.
const FRAGMENT_MAX: usize = 80;

/// A fragment names a place in the page; a long one, or one with a parameter of its own, is a mark.
fn is_plain_fragment(fragment: &str) -> bool {
    let has_parameter =
        fragment.split(['&', '?']).any(|pair| pair.contains('=') && (is_tracking(pair) || is_secret(pair)));
    !fragment.is_empty() && fragment.len() <= FRAGMENT_MAX && !has_parameter
}

/// Parameters that open a door for one person.
fn is_secret(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    ["token", "session", "auth", "secret", "password", "passwd"].iter().any(|word| name.contains(word))
        || matches!(name.as_str(), "sid" | "sessionid" | "jwt" | "apikey" | "api_key" | "key_id" | "signature" | "otp")
}

/// The address inside a wrapper of a mail provider or search engine. Outlook's also names the mailbox.
fn unwrapped(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let (host, path) = rest.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let query = path.split_once('?').map_or("", |(_, query)| query);
    if host.ends_with("urldefense.com") || host.ends_with("urldefense.proofpoint.com") {
        return undefended(address, query);
    }
    let wanted = WRAPPERS.iter().find(|(end, _)| host == *end || host.strip_suffix(end).is_some_and(is_below))?.1;
    let value = query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        wanted.contains(&name).then_some(value)
    })?;
    let inner = percent_decoded(value);
    is_web(&inner).then_some(inner)
}

fn is_below(before: &str) -> bool {
    before.ends_with('.')
}

/// Hosts whose links only lead to another, and the parameters that name it.
const WRAPPERS: [(&str, &[&str]); 22] = [
    ("safelinks.protection.outlook.com", &["url"]),
    ("safelinks.protection.office365.us", &["url"]),
    ("statics.teams.cdn.office.net", &["url"]),
    ("linkprotect.cudasvc.com", &["a"]),
    ("google.com", &["q", "url"]),
    ("google.se", &["q", "url"]),
    ("google.no", &["q", "url"]),
    ("google.dk", &["q", "url"]),
    ("google.fi", &["q", "url"]),
    ("google.de", &["q", "url"]),
    ("google.co.uk", &["q", "url"]),
    ("l.facebook.com", &["u"]),
    ("lm.facebook.com", &["u"]),
    ("l.messenger.com", &["u"]),
    ("l.instagram.com", &["u"]),
    ("l.threads.com", &["u"]),
    ("youtube.com", &["q"]),
    ("linkedin.com", &["url"]),
    ("t.umblr.com", &["z"]),
    ("steamcommunity.com", &["u", "url"]),
    ("out.reddit.com", &["url"]),
    ("slack-redir.net", &["url"]),
];

/// The address inside a link of `urldefense`: as a parameter in its own code, or between marks in the path.
fn undefended(address: &str, query: &str) -> Option<String> {
    if let Some((_, rest)) = address.split_once("/v3/__") {
        let inner = rest.split_once("__;").map_or(rest, |(inner, _)| inner);
        // A host is never encoded, and what the `*` stood for is lost: the page's beginning is kept.
        let inner = inner.split('*').next().unwrap_or_default();
        return is_web(inner).then(|| inner.to_owned());
    }
    let value = query.split('&').find_map(|pair| pair.strip_prefix("u="))?;
    let inner = percent_decoded(&value.replace('_', "/").replace('-', "%"));
    is_web(&inner).then_some(inner)
}

/// Parameters that only tell who clicked.
const TRACKERS: &str = "fbclid gclid gclsrc dclid gbraid wbraid msclkid mc_eid mc_cid igshid igsh yclid twclid ttclid \
    _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_cid \
    ml_subscriber ml_subscriber_hash ck_subscriber_id sfmc_id sfmc_sub _ke si wickedid spm _ga _gl _gid ga_source \
    fb_action_ids fb_action_types fb_ref fb_source li_fat_id lipi trackingid refid rcm epik scid sc_cid sc_channel \
    rdt_cid share_id sharer_id _branch_match_id _branch_referrer at_medium at_campaign at_custom1 xtor ito ns_mchannel \
    ns_source ns_campaign cmpid cid_source guccounter guce_referrer guce_referrer_sig bbeml mibextid _openstat zanpid \
    ranmid raneaid ransiteid irclickid irgwc sms_source sms_click dm_i elqtrackid elqtrack elqaid elqat assetid \
    campaignid emci emdi ceid nr_email_referer piwik_campaign piwik_kwd pf_rd_r pf_rd_p psc wt_mc wt_zmc wtrid \
    ga_campaign ga_medium mindbox_click_id s_kwcid ef_id srsltid vgo_ee trk trkemail recipientid subscriber_id \
    email_hash user_email useremail unsubscribe_token";

/// How the names of families of such parameters begin.
const FAMILIES: [&str; 12] =
    ["utm_", "trk_", "pk_", "mtm_", "matomo_", "hsa_", "mc_", "ns_", "stm_", "itm_", "at_recipient", "bsft_"];

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().trim_start_matches("amp;").to_ascii_lowercase();
    FAMILIES.iter().any(|family| name.starts_with(family)) || TRACKERS.split_whitespace().any(|known| known == name)
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
            (
                "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fx%3Ffbclid%3D1&h=AT0",
                "https://example.org/x",
            ),
            ("https://urldefense.com/v3/__https://example.org/x?y=1__;!!abc!def$", "https://example.org/x?y=1"),
            (
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_x&d=DwMF&c=anna",
                "https://example.org/x",
            ),
            ("https://anna:hemligt@example.org/x", "https://example.org/x"),
            ("https://example.org/#access_token=abc&x=1", "https://example.org/"),
            ("https://example.org/#del-2", "https://example.org/#del-2"),
            ("https://youtu.be/abc?si=def&t=30", "https://youtu.be/abc?t=30"),
            ("https://www.google.com/search?q=https%3A%2F%2Fexample.org", "https://example.org"),
            (
                "https://notgoogle.com/?q=https%3A%2F%2Fexample.org",
                "https://notgoogle.com/?q=https%3A%2F%2Fexample.org",
            ),
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
