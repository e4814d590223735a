//! Links: which lead to a person's page or a private room, and what else in them is somebody's.

use super::lexicon::Marks;
use super::token::{Gap, Kind, Page};

/// Where the person stands in a platform's addresses.
#[derive(Clone, Copy)]
enum Path {
    /// Everything at the host is somebody's.
    All,
    /// The first part of the path, unless it is one of these.
    Name(&'static [&'static str]),
    /// A path that begins so.
    Under(&'static [&'static str]),
}

const HOSTS: &[(&str, Path)] = &[
    ("instagram.com", Path::Name(&["p", "reel", "reels", "explore", "tv", "accounts", "about", "legal"])),
    (
        "facebook.com",
        Path::Name(&[
            "groups",
            "events",
            "watch",
            "marketplace",
            "sharer",
            "help",
            "policies",
            "business",
            "hashtag",
            "privacy",
            "legal",
            "pages",
        ]),
    ),
    ("fb.com", Path::Name(&["groups", "events"])),
    ("fb.me", Path::All),
    ("m.me", Path::All),
    ("messenger.com", Path::Under(&["t/"])),
    ("linkedin.com", Path::Under(&["in/", "pub/"])),
    ("t.me", Path::Name(&[])),
    ("telegram.me", Path::Name(&[])),
    ("wa.me", Path::All),
    ("api.whatsapp.com", Path::All),
    ("chat.whatsapp.com", Path::All),
    ("signal.me", Path::All),
    ("signal.group", Path::All),
    ("snapchat.com", Path::Under(&["add/", "u/", "t/", "@"])),
    ("tiktok.com", Path::Under(&["@"])),
    ("youtube.com", Path::Under(&["@", "user/", "channel/", "c/"])),
    (
        "x.com",
        Path::Name(&["home", "search", "hashtag", "i", "intent", "share", "explore", "settings", "tos", "privacy"]),
    ),
    (
        "twitter.com",
        Path::Name(&["home", "search", "hashtag", "i", "intent", "share", "explore", "settings", "tos", "privacy"]),
    ),
    ("vk.com", Path::Name(&["feed", "video", "music"])),
    ("ok.ru", Path::Under(&["profile/"])),
    ("steamcommunity.com", Path::Under(&["id/", "profiles/"])),
    ("calendly.com", Path::Name(&["features", "pricing", "about"])),
    ("cal.com", Path::Name(&["pricing", "docs", "blog"])),
    ("meet.google.com", Path::All),
    ("zoom.us", Path::Under(&["j/", "my/", "s/", "w/", "wc/"])),
    ("teams.microsoft.com", Path::Under(&["l/", "meet/"])),
    ("teams.live.com", Path::Under(&["meet/", "l/"])),
    ("whereby.com", Path::Name(&["information", "blog"])),
    ("meet.jit.si", Path::All),
    ("join.skype.com", Path::All),
    ("discord.gg", Path::All),
    ("discord.com", Path::Under(&["users/", "invite/"])),
    ("reddit.com", Path::Under(&["u/", "user/"])),
    ("twitch.tv", Path::Name(&["directory", "p", "jobs"])),
    ("soundcloud.com", Path::Name(&["discover", "charts", "stream"])),
    ("linktr.ee", Path::All),
    ("paypal.me", Path::All),
    ("paypal.com", Path::Under(&["paypalme/"])),
    ("venmo.com", Path::Under(&["u/"])),
    ("pinterest.com", Path::Name(&["pin", "search", "ideas"])),
    ("open.spotify.com", Path::Under(&["user/"])),
    ("strava.com", Path::Under(&["athletes/"])),
    ("threads.net", Path::Under(&["@"])),
    ("threads.com", Path::Under(&["@"])),
    ("bsky.app", Path::Under(&["profile/"])),
    ("onlyfans.com", Path::Name(&[])),
    ("tinder.com", Path::Under(&["@"])),
    ("kik.me", Path::All),
    ("matrix.to", Path::All),
    ("flickr.com", Path::Under(&["people/", "photos/"])),
    ("patreon.com", Path::Name(&["explore", "about"])),
    ("ko-fi.com", Path::Name(&["explore"])),
    ("ngl.link", Path::All),
    ("threema.id", Path::All),
    ("photos.app.goo.gl", Path::All),
    ("1drv.ms", Path::All),
    ("dropbox.com", Path::Under(&["s/", "scl/", "sh/"])),
    ("drive.google.com", Path::Under(&["file/", "drive/"])),
    ("docs.google.com", Path::Under(&["document/", "spreadsheets/", "presentation/"])),
    ("doodle.com", Path::Under(&["meeting/", "poll/"])),
    ("last.fm", Path::Under(&["user/"])),
    ("goodreads.com", Path::Under(&["user/"])),
    ("maps.app.goo.gl", Path::All),
    ("goo.gl", Path::Under(&["maps/"])),
    ("maps.google.com", Path::All),
    ("google.com", Path::Under(&["maps/place", "maps/@", "maps/search", "maps/dir", "maps?"])),
    ("maps.apple.com", Path::All),
    ("w3w.co", Path::All),
    ("what3words.com", Path::Name(&["about", "products", "business", "how-to", "news", "legal"])),
    ("plus.codes", Path::All),
    ("wa.link", Path::All),
    ("ig.me", Path::All),
    ("bere.al", Path::All),
    ("s.team", Path::All),
    ("vinted.se", Path::Under(&["member/"])),
    ("vinted.dk", Path::Under(&["member/"])),
    ("vinted.com", Path::Under(&["member/"])),
    ("tradera.com", Path::Under(&["profile/"])),
    ("find.apple.com", Path::All),
    ("facetime.apple.com", Path::All),
    ("roblox.com", Path::Under(&["users/"])),
    ("psnprofiles.com", Path::Name(&["trophies", "games"])),
    ("lichess.org", Path::Under(&["@/"])),
    ("chess.com", Path::Under(&["member/"])),
    ("about.me", Path::Name(&[])),
    ("bio.link", Path::All),
    ("beacons.ai", Path::All),
    ("ask.fm", Path::Name(&[])),
    ("curiouscat.live", Path::Name(&[])),
    ("tellonym.me", Path::All),
    ("wattpad.com", Path::Under(&["user/"])),
];

/// Hosts that lend a part of their name to each person: `lina.blogg.example`.
const HOMES: &[&str] = &[
    "blogspot.com",
    "blogspot.se",
    "blogspot.no",
    "blogspot.dk",
    "blogspot.fi",
    "tumblr.com",
    "wordpress.com",
    "blogg.se",
    "blogg.no",
    "substack.com",
    "carrd.co",
    "wixsite.com",
    "github.io",
    "livejournal.com",
    "neocities.org",
    "weebly.com",
    "webnode.se",
    "itch.io",
    "vuodatus.net",
    "bandcamp.com",
];

/// A link in a text, by its tokens and its octets.
pub(super) struct Link<'t> {
    pub(super) end: usize,
    pub(super) begin_octet: usize,
    pub(super) end_octet: usize,
    pub(super) written: &'t str,
}

impl<'t> Link<'t> {
    /// The link that begins at a word: with a scheme, with `www.`, or a host with a path.
    pub(super) fn at(page: &Page<'t>, place: usize) -> Option<Self> {
        if page.is_glued(place) && matches!(page.mark(place - 1), b'@' | b'.' | b'-' | b'_') {
            return None;
        }
        let is_schemed = page.mark(place + 1) == b':' && page.mark(place + 2) == b'/' && page.mark(place + 3) == b'/';
        let is_www =
            page.word(place).eq_ignore_ascii_case("www") && page.mark(place + 1) == b'.' && page.is_glued(place + 2);
        if !is_schemed && !is_www && !has_path(page, place) {
            return None;
        }
        let begin_octet = page.begin(place);
        let rest = page.text.get(begin_octet..)?;
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '»' | '”' | '}' | '|'))
            .unwrap_or(rest.len());
        let written = rest.get(..length)?;
        let written = written.trim_end_matches(['.', ',', '!', ';', ':', '\'', ')', ']', '?', '*', '’']);
        let end_octet = begin_octet + written.len();
        let end = (place..page.len()).find(|at| page.begin(*at) >= end_octet).unwrap_or(page.len());
        Some(Self { end, begin_octet, end_octet, written })
    }

    /// Whether its host lends a part of its name to each person: the writer's own, or a page like others.
    pub(super) fn is_home(&self) -> bool {
        let rest = self.written.split_once("://").map_or(self.written, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        HOMES.iter().any(|home| {
            let name = host.strip_suffix(home).and_then(|before| before.strip_suffix('.'));
            name.is_some_and(|name| !matches!(name, "" | "www" | "about"))
        })
    }

    /// Whether it leads to one person.
    pub(super) fn is_personal(&self) -> bool {
        let rest = self.written.split_once("://").map_or(self.written, |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.to_ascii_lowercase();
        let path_plain = path.split(['?', '#']).next().unwrap_or_default();
        if path_plain.starts_with('@') && path_plain.len() > 2 || path_plain.starts_with('~') {
            return true;
        }
        let known = HOSTS
            .iter()
            .find(|(name, _)| host.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.')));
        known.is_some_and(|(name, rule)| {
            let below = host.strip_suffix(name).unwrap_or_default().trim_end_matches('.');
            // `support.` and `about.` are the platform's own.
            let is_own = matches!(rule, Path::Name(_)) && below.len() > 5 && below != "mobile";
            !is_own && rule.is_personal(path, path_plain)
        })
    }
}

impl Path {
    fn is_personal(self, path: &str, plain: &str) -> bool {
        match self {
            Self::All => !path.is_empty(),
            Self::Name(others) => {
                let first = plain.split('/').next().unwrap_or_default().to_ascii_lowercase();
                !first.is_empty() && !others.contains(&first.as_str())
            }
            Self::Under(starts) => starts.iter().any(|start| plain.len() > start.len() && plain.starts_with(start)),
        }
    }
}

/// Most labels of a host without a scheme.
const LABELS_MAX: usize = 5;

/// `t.me/name`, `us02web.zoom.us/j/…`: labels, a known top-level domain, a slash.
fn has_path(page: &Page<'_>, place: usize) -> bool {
    let mut next = place;
    for _ in 0..LABELS_MAX {
        let mut end = next + 1;
        while page.is_glued(end) && (!page.is(end, Kind::Mark) || page.mark(end) == b'-') && end < next + 8 {
            end += 1;
        }
        if page.mark(end) != b'.'
            || page.gap(end) > Gap::Nothing
            || !page.is_glued(end + 1)
            || page.is(end + 1, Kind::Mark)
        {
            return false;
        }
        next = end + 1;
        if page.has(next, Marks::TOP)
            && page.mark(next + 1) == b'/'
            && page.is_glued(next + 1)
            && page.is_glued(next + 2)
        {
            return true;
        }
    }
    false
}
