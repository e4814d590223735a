//! The lines phones, mail programs, providers and virus scanners add below a letter by themselves.

use super::voice;

/// What such a line begins with, lower case; a device or a program is named after it.
const STARTS: [&str; 91] = [
    "skickat från ",
    "skickad från ",
    "skickades från ",
    "skickat med ",
    "skickat via ",
    "sänt från ",
    "sänt med ",
    "hämta outlook ",
    "skaffa outlook ",
    "ladda ner outlook ",
    "sent from ",
    "sent with ",
    "sent via ",
    "sent using ",
    "sent by ",
    "sent securely ",
    "securely sent ",
    "secured with ",
    "get outlook ",
    "download outlook ",
    "get bluemail ",
    "sendt fra ",
    "sendt frå ",
    "sendt med ",
    "sendt via ",
    "hent outlook ",
    "skaff deg outlook ",
    "skaff outlook ",
    "last ned outlook ",
    "få outlook ",
    "lähetetty ",
    "lähetä outlook ",
    "hanki outlook ",
    "nouda outlook ",
    "lataa outlook ",
    "von meinem ",
    "von meiner ",
    "gesendet ",
    "diese nachricht wurde von ",
    "outlook für ",
    "outlook for ",
    "outlook til ",
    "holen sie sich outlook ",
    "envoyé de ",
    "envoyé depuis ",
    "envoyé à partir ",
    "envoyé avec ",
    "télécharger outlook ",
    "obtenez outlook ",
    "obtenir outlook ",
    "enviado desde ",
    "enviado do ",
    "enviado con ",
    "obtener outlook ",
    "inviato da ",
    "inviato dal ",
    "ottieni outlook ",
    "scarica outlook ",
    "verzonden vanaf ",
    "verstuurd vanaf ",
    "outlook voor ",
    "wysłane z ",
    "wysłano z ",
    "pobierz ",
    "надіслано з ",
    "отправлено с ",
    "отправлено из ",
    "gönderildi ",
    "sent z ",
    "odesláno z ",
    "virusfri",
    "virusfritt",
    "virus-free",
    "virus free",
    "virenfrei",
    "virustarkistettu",
    "yahoo mail: ",
    "virukseton",
    "viruksesta vapaa",
    "virusvrij",
    "sans virus",
    "libre de virus",
    "outlook pour ",
    "nabavite outlook ",
    "från min ",
    "fra min ",
    "hae outlook ",
    "أُرسلت من",
    "أرسلت من",
    "تم الإرسال من",
    "sent on ",
];
/// Lines of virus scanners and providers, whatever stands after.
const SCANNERS: [&str; 29] = [
    "this email has been checked for viruses",
    "this e-mail has been checked for viruses",
    "this email has been scanned",
    "this e-mail has been scanned",
    "this message has been scanned",
    "scanned by mcafee",
    "no virus found in this",
    "checked by avg",
    "denna e-post har kontrollerats",
    "det här e-postmeddelandet har sökts igenom",
    "detta e-postmeddelande har sökts igenom",
    "det här e-postmeddelandet har kontrollerats",
    "det här mejlet har kontrollerats",
    "denne e-mail er blevet",
    "denne mail er blevet",
    "denne e-posten har blitt",
    "denne e-posten er",
    "tämä sähköposti on",
    "tämän sähköpostin",
    "diese e-mail wurde",
    "cet e-mail a été vérifié",
    "l'absence de virus dans ce courrier",
    "this message",
    "detta meddelande",
    "denna e-post",
    "denne meddelelse",
    "denne melding",
    "dette meddel",
    "diese nachricht",
];
const SCANNER_NAMES: [&str; 8] = ["virus", "viren", "avast", "avg", "norton", "mcafee", "eset", "f-secure"];

const SCANNED: [&str; 14] = [
    "check",
    "scann",
    "skann",
    "kontroll",
    "sökt",
    "tarkist",
    "geprüft",
    "vérifié",
    "contrôl",
    "virus found",
    "testet",
    "tjekk",
    "sjekk",
    "absence de virus",
];

/// Devices, programs and providers, as they are written in such a line.
const DEVICES: [&str; 78] = [
    "iphone",
    "ipad",
    "ipod",
    "mobil",
    "telefon",
    "samsung",
    "galaxy",
    "android",
    "outlook",
    "windows",
    "yahoo",
    "proton",
    "huawei",
    "honor",
    "xperia",
    "sony",
    "nokia",
    "oneplus",
    "xiaomi",
    "redmi",
    "blackberry",
    "pixel",
    "motorola",
    "oppo",
    "surfplatta",
    "nettbrett",
    "puhelimesta",
    "puhelin",
    "handy",
    "phone",
    "tablet",
    "smartphone",
    "aol",
    "gmail",
    "mail for",
    "mail till",
    "thunderbird",
    "k-9",
    "fairmail",
    "fairemail",
    "gmx",
    "web.de",
    "tutanota",
    "tuta",
    "spike",
    "bluemail",
    "blue mail",
    "mailspring",
    "superhuman",
    "zoho",
    "em client",
    "e-post för",
    "e-mail app",
    "mail app",
    "telia",
    "telenor",
    "orange",
    "icloud",
    "macbook",
    "min mac",
    "my mac",
    "laitteesta",
    "телефон",
    "android-",
    "spark",
    "mailbird",
    "edison mail",
    "canary",
    "mailtrack",
    "mymail",
    " ios",
    "airmail",
    "newton",
    "почты",
    "почта",
    "fastmail",
    "posteo",
    "mailbox.org",
];
/// What people let such a line ask to be excused.
const EXCUSES: [&str; 14] = [
    "excuse",
    "forgive",
    "brevity",
    "typos",
    "ursäkta",
    "förlåt",
    "stavfel",
    "korthug",
    "fåordig",
    "undskyld",
    "beklager",
    "kortfattet",
    "lyhy",
    "entschuldig",
];

/// Longest line taken for a footer, in octets, address of the program included, and the most words after its beginning.
const FOOTER_MAX: usize = 200;
const FOOTER_WORDS: usize = 12;

/// Whether a whole line is a footer. `Skickat med kärlek` is somebody's own words: programs and devices are named.
pub(crate) fn is_footer(line: &str) -> bool {
    let line =
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '[' | ']' | '/' | '-' | '(' | '"'));
    if line.len() > FOOTER_MAX || line.len() < 8 || !may_begin(line) {
        return false;
    }
    // A link's name in brackets is read without them.
    let lower = line.to_lowercase().replace('[', "");
    if lower.contains("www.avast.com") || lower.contains("www.avg.com") {
        return lower.split_whitespace().count() <= 6;
    }
    if SCANNERS.iter().any(|start| lower.starts_with(start)) {
        let is_named = SCANNER_NAMES.iter().any(|name| lower.contains(name));
        let is_scanned = SCANNED.iter().any(|verb| lower.contains(verb));
        if is_named && is_scanned && !voice::is_first_person(&lower) {
            return true;
        }
    }
    // `iPhone'umdan gönderildi` and its kin say it the other way round.
    if lower.split_whitespace().count() <= 5 && lower.ends_with("gönderildi") && names_a_device(&lower) {
        return true;
    }
    let Some(rest) = STARTS.iter().filter_map(|start| lower.strip_prefix(start)).min_by_key(|rest| rest.len()) else {
        return false;
    };
    // `Sent from my phone, I am at the clinic.` goes on where a footer ends.
    let is_excuse = EXCUSES.iter().any(|excuse| rest.contains(excuse));
    let is_bare = is_excuse || !voice::speaks(rest) && !voice::is_followed(rest);
    let words = rest.split_whitespace().count();
    let is_virus =
        lower.starts_with("vir") && (rest.is_empty() || lower.contains("www.") || rest.starts_with(['.', '<', '(']));
    is_bare && words <= FOOTER_WORDS && (is_virus || names_a_device(&lower) || names_a_model(line, rest))
}

/// The first four octets of every beginning, as one number each.
const KEYS: [u32; STARTS.len() + SCANNERS.len()] = {
    let mut keys = [0; STARTS.len() + SCANNERS.len()];
    let mut place = 0;
    while place < keys.len() {
        let start = if place < STARTS.len() { STARTS[place] } else { SCANNERS[place - STARTS.len()] };
        let b = start.as_bytes();
        keys[place] = u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        place += 1;
    }
    keys
};

/// A cheap look before the line is turned to lower case: the letters such lines begin with, or another script.
fn may_begin(line: &str) -> bool {
    let Some(first) = line.as_bytes().first_chunk::<4>() else { return false };
    // `iPhone'umdan gönderildi` begins with its device.
    let is_device = line.contains("www.av") || line.ends_with("gönderildi");
    first[0] >= 0x80 || KEYS.contains(&u32::from_le_bytes(first.map(|octet| octet.to_ascii_lowercase()))) || is_device
}

fn names_a_device(lower: &str) -> bool {
    DEVICES.iter().any(|device| lower.contains(device))
}

/// `Skickat från min Nothing Phone (2a)` names a model as it is sold: in capitals or with figures.
fn names_a_model(line: &str, rest: &str) -> bool {
    let mine =
        ["min ", "mitt ", "my ", "mein ", "mon ", "mi ", "mijn "].iter().find_map(|mine| rest.strip_prefix(mine));
    mine.is_some_and(|model| {
        let is_marked = |word: &str| word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let words = model.split_whitespace().count();
        (1..=4).contains(&words) && line.split_whitespace().rev().take(words).all(is_marked)
    })
}

/// A line that is nothing but the address of a program's own page, below such a footer.
pub(crate) fn is_own_page(line: &str) -> bool {
    let line = line.trim().trim_matches(['<', '>', '(', ')', '[', ']']);
    let is_address = line.starts_with("http") || line.starts_with("www.") || line.starts_with("aka.ms/");
    let hosts =
        ["avast.", "avg.", "mcafee.", "norton", "aka.ms", "proton", "yahoo.", "tuta", "bluemail", "gmx.", "go.onelink"];
    is_address && !line.contains(' ') && line.len() < 400 && {
        let host =
            line.trim_start_matches("https://").trim_start_matches("http://").split('/').next().unwrap_or_default();
        hosts.iter().any(|known| host.contains(known))
    }
}

#[cfg(test)]
#[path = "footer/tests.rs"]
mod tests;
