//! Every key with its default, unit and reason: the reference page and the check for unknown keys.

use super::ConfigError;

/// One key of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Section and name.
    pub name: &'static str,
    /// The default as it would be written, or `required`.
    pub default: &'static str,
    /// What it does, its unit, and why one would change it.
    pub about: &'static str,
}

const fn key(name: &'static str, default: &'static str, about: &'static str) -> Key {
    Key { name, default, about }
}

/// All keys, in the order of the file. `*` stands for a programme's name.
pub const KEYS: &[Key] = &[
    key("organisation.name", "\"\"", "What staff call the organisation. Never put into a letter."),
    key("organisation.domain", "required", "The domain of every alias, such as relay.example.org."),
    key("organisation.language", "\"sv\"", "Language of notices to people who named none: sv, nb, da or en."),
    key("organisation.time_zone", "\"Europe/Stockholm\"", "The zone in which the week begins on Monday 00:00."),
    key(
        "organisation.contact",
        "none",
        "A mailbox outside the domain that a human reads: gets item notices and letters to postmaster, abuse and desk.",
    ),
    key(
        "organisation.templates",
        "none",
        "A folder laid out like templates/mail whose files replace the embedded notices.",
    ),
    key(
        "organisation.spared",
        "[]",
        "Telephone numbers, mailboxes and hosts that stay in letters: the organisation's own and local helplines. \
         Well-known helplines and emergency numbers stay anyway.",
    ),
    key("store.url", "\"sqlite:brevbro.db\"", "sqlite:FILE for one machine, postgres://… for several."),
    key("store.url_file", "none", "A file that holds the URL instead, for a URL with a password."),
    key("store.connections", "16", "Connections to Postgres at once."),
    key("smtp.listen", "[\"127.0.0.1:2525\"]", "Addresses and ports for mail in. Port 25 when the relay is the MX."),
    key(
        "smtp.hostname",
        "the domain",
        "The name in the banner and in EHLO; must resolve to this machine when it is the MX.",
    ),
    key("smtp.tls_cert", "none", "Certificate chain (PEM) for STARTTLS."),
    key("smtp.tls_key", "none", "Its private key (PEM)."),
    key(
        "smtp.trusted_networks",
        "[]",
        "Networks of front MTAs whose Authentication-Results are believed, as 192.0.2.0/24.",
    ),
    key(
        "smtp.trusted_authenticates",
        "false",
        "Everything from trusted networks counts as authenticated: for a front MTA that refuses forgeries itself.",
    ),
    key("smtp.authserv_id", "none", "The front MTA's name in Authentication-Results; none takes the topmost field."),
    key(
        "smtp.max_message_bytes",
        "26214400",
        "Octets. The largest letter taken; larger ones are refused in the session.",
    ),
    key("smtp.max_sessions", "500", "SMTP sessions at once."),
    key(
        "smtp.max_sessions_per_network",
        "20",
        "SMTP sessions at once from one address (IPv4) or /64 (IPv6); trusted networks are exempt.",
    ),
    key("smtp.session_minutes", "30", "Minutes. The longest session; a slow client costs one task until then."),
    key("smtp.name_servers", "[]", "Name servers as address:port; empty means the machine's own."),
    key(
        "smtp.unverified",
        "\"hold\"",
        "An enrolled author's letter that is not aligned: \"hold\" asks the mailbox, \"refuse\" refuses all such mail.",
    ),
    key(
        "delivery.mode",
        "\"smarthost\"",
        "\"smarthost\" sends everything through one host, \"direct\" to each domain's mail exchanger.",
    ),
    key("delivery.smarthost", "\"127.0.0.1:25\"", "Host and port of the smarthost."),
    key(
        "delivery.tls",
        "\"starttls\"",
        "\"starttls\" or \"implicit\", both with a checked certificate; \"none\" for a smarthost on this machine.",
    ),
    key("delivery.ca_file", "none", "Certificates (PEM) trusted instead of the system's."),
    key("delivery.username", "none", "Log-in at the smarthost."),
    key("delivery.password_file", "none", "The file that holds its password."),
    key("delivery.helo", "smtp.hostname", "Our name in EHLO; never the machine's own name by accident."),
    key("delivery.connections", "20", "Connections at once to the next hop."),
    key("delivery.sign", "true", "Sign letters with DKIM (ed25519 and RSA)."),
    key(
        "keys.directory",
        "\"keys\"",
        "Folder of the keys. With systemd's LoadCredential, the credentials folder wins.",
    ),
    key("admin.listen", "\"127.0.0.1:8080\"", "Address and port of the pages, health and metrics."),
    key("admin.public_url", "none", "How people reach the pages."),
    key("admin.metrics_public", "false", "Let others than this machine read /metrics."),
    key("programme.*.name", "\"\"", "What staff call the programme."),
    key(
        "programme.*.like",
        "its own name",
        "The built-in profile the values start from: chattsyster, bro-til-hverdagslivet, ressursvenn or peer-no-journal.",
    ),
    key("programme.*.week", "see below", "The weekly hour."),
    key("programme.*.missed", "see below", "When silence is noticed."),
    key("programme.*.life", "see below", "How long a pairing lasts."),
    key("programme.*.content", "see below", "What is kept of the letters, and for how long."),
    key("programme.*.hours", "see below", "When nobody is written to, when staff are at work, and holidays."),
    key(
        "programme.*.ladder",
        "[organisation.contact]",
        "Who is told of a matter, one after the other until somebody answers: mailboxes, or programs as run:/path.",
    ),
    key(
        "programme.*.crisis",
        "[]",
        "Crisis contacts notices may quote: name, number, hours, verified_on, review_by. Quoted only between these days.",
    ),
];

/// What stands inside a programme's sections.
pub const INNER: &[Key] = &[
    key("week.minutes", "60", "Minutes a week and pairing; 0 has no limit."),
    key("week.warn_percent", "80", "Per cent of it at which the volunteer is told."),
    key("week.urgent", "true", "Whether a volunteer may send at once by calling the letter urgent."),
    key("week.count_reading", "true", "Whether reading counts beside writing."),
    key(
        "week.seeker_mail_when_full",
        "\"deliver\"",
        "\"deliver\" brings the seeker's letters in a full week too; \"hold\" lets them wait for Monday, never beside a flag.",
    ),
    key("week.monthly_floor", "240", "Minutes a volunteer should give in a month; 0 has no floor. Never a sanction."),
    key("week.overview", "true", "Whether volunteers get an overview on Sunday to put right."),
    key("missed.volunteer_days", "[5, 7, 10]", "Days a letter waits: reminder, second reminder, a coordinator looks."),
    key("missed.seeker_days", "[14, 21, 35]", "Days of silence: a coordinator sees it, a gentle letter, a decision."),
    key("life.initial_months", "3", "Months to the planned end; 0 has none."),
    key("life.extension_months", "3", "Months an extension adds."),
    key("life.max_months", "6", "Months to the hard end; 0 has none."),
    key("life.notice_days", "[28, 7]", "Days before an end on which both sides hear of it."),
    key("life.grace_days", "30", "Days after the end in which a letter gets a gentle answer."),
    key(
        "content.keep",
        "\"flagged\"",
        "\"transit\" keeps nothing, \"flagged\" flagged letters, \"review\" all for a window.",
    ),
    key("content.review_days", "14", "Days the window lasts; at most 14. Both sides are told."),
    key("content.flagged_days", "30", "Days a flagged letter is kept after its item is resolved."),
    key("content.notes", "\"team\"", "\"team\" or \"none\": whether notes about people may be written."),
    key("hours.quiet", "\"\"", "Hours in which no notice is sent that can wait, like 21:00-07:00."),
    key("hours.office", "\"\"", "When staff are at work, like mon-fri 09:00-16:00; empty means always."),
    key("hours.holidays", "[]", "Days that do not count, like 2026-12-24 or 2026-12-24/2027-01-06."),
];

/// The most keys there may ever be: beyond it a configuration is a programming language.
pub const MOST_KEYS: usize = 45;

/// Refuses a key that is not in the list, and names the nearest one.
pub fn check_keys(table: &toml::Table) -> Result<(), ConfigError> {
    for (section, value) in table {
        let Some(inner) = value.as_table() else { return Err(unknown(section)) };
        if section == "programme" {
            for (programme, rules) in inner {
                let Some(rules) = rules.as_table() else { return Err(unknown(&format!("programme.{programme}"))) };
                for name in rules.keys() {
                    known(&format!("programme.*.{name}"), &format!("programme.{programme}.{name}"))?;
                }
            }
            continue;
        }
        for name in inner.keys() {
            let full = format!("{section}.{name}");
            known(&full, &full)?;
        }
    }
    Ok(())
}

fn known(pattern: &str, written: &str) -> Result<(), ConfigError> {
    if KEYS.iter().any(|k| k.name == pattern) { Ok(()) } else { Err(unlike(pattern, written)) }
}

fn unknown(key: &str) -> ConfigError {
    unlike(key, key)
}

/// A programme's key is compared by its pattern and shown by its programme.
fn unlike(pattern: &str, written: &str) -> ConfigError {
    let programme = written.split('.').nth(1).unwrap_or("*");
    let nearest = nearest(pattern, KEYS).map(|name| name.replace('*', programme));
    ConfigError::UnknownKey { key: written.to_owned(), nearest }
}

/// The known key that is most like a name.
pub(super) fn nearest(name: &str, among: &[Key]) -> Option<&'static str> {
    let closest = among.iter().map(|k| (distance(name, k.name), k.name)).min();
    closest.filter(|(distance, _)| *distance <= 6).map(|(_, name)| name)
}

/// Levenshtein's distance; keys are short, so the plain table will do.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.chars().count()]
}

/// The reference page, in Markdown.
pub fn markdown() -> String {
    use std::fmt::Write as _;
    let mut page = String::from(
        "# Configuration\n\nOne TOML file. Unknown keys are refused. Relative paths start from the file's own folder.\n\
         This page is generated by `brevbro config-reference`; a test keeps it so.\n\n| key | default | what it does |\n|---|---|---|\n",
    );
    for k in KEYS {
        let _ = writeln!(page, "| `{}` | {} | {} |", k.name, k.default, k.about);
    }
    page.push_str(
        "\n## A programme's sections\n\nEach is written in one line, `week = { minutes = 45 }`, or as a section of its own, \
         `[programme.NAME.week]`; what it leaves out comes from the profile. The built-in profiles stand, with their \
         reasons, in `deploy/programmes`.\n\n| in `[programme.NAME]` | default | what it does |\n|---|---|---|\n",
    );
    for k in INNER {
        let _ = writeln!(page, "| `{}` | {} | {} |", k.name, k.default, k.about);
    }
    page
}
