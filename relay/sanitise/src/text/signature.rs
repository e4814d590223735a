//! Signature blocks and the footers phones, providers and virus scanners add.

use super::voice;

/// Most lines a signature block may have that is taken for one; more is a letter with a dash in it.
const BLOCK_MAX: usize = 15;

/// Whether a line is the signature separator. Many servers strip the blank at its end.
pub(crate) fn is_separator(line: &str) -> bool {
    line == "-- " || line == "--" || line == "--\u{a0}"
}

/// How many of the lines after a separator are a signature block; `None` if they are the letter going on.
///
/// A name, a title and a number are no sentences, and nobody speaks in a motto or in small print. From the first
/// paragraph where the writer speaks the lines are words again: a postscript, or a letter with a dash in it.
pub(crate) fn block<'a>(after: impl Iterator<Item = &'a str>) -> Option<usize> {
    // How many lines there are, how many before this paragraph, and how many of those say something or are sentences.
    let (mut length, mut before, mut said, mut sentences) = (0, 0, 0, 0);
    let mut paragraph: Vec<&str> = Vec::new();
    for line in after.map(Some).chain([None]) {
        let is_long = said + paragraph.len() > BLOCK_MAX;
        if let Some(line) = line.filter(|line| !line.trim().is_empty() && !is_long) {
            paragraph.push(line);
            length += 1;
            continue;
        }
        let in_paragraph = paragraph.iter().filter(|line| voice::is_sentence(line)).count();
        if in_paragraph > 0 && voice::speaks(&paragraph.join("\n")) {
            // What stands before may be the letter too: then it is mostly sentences.
            return (sentences * 2 <= said).then_some(before);
        }
        if is_long {
            return None;
        }
        said += paragraph.len();
        sentences += in_paragraph;
        paragraph.clear();
        length += usize::from(line.is_some());
        before = length;
    }
    Some(length)
}

/// How the footers begin, lower case: phones and mail programs, in the languages of our mailboxes.
const FOOTERS: [&str; 50] = [
    "skickat från min ",
    "skickat från mail ",
    "skickat från outlook",
    "skickat från yahoo",
    "skickat från proton",
    "skickades från min ",
    "skickat med ",
    "sänt från min ",
    "hämta outlook för ",
    "skaffa outlook för ",
    "sent from my ",
    "sent from mail for ",
    "sent from outlook",
    "sent from yahoo",
    "sent from proton",
    "sent with proton",
    "sent via ",
    "get outlook for ",
    "sent using ",
    "sent from samsung",
    "sent from galaxy",
    "sent from windows mail",
    "sendt fra min ",
    "sendt fra mail",
    "sendt fra outlook",
    "sendt fra yahoo",
    "sendt fra proton",
    "sendt fra en ",
    "sendt med ",
    "hent outlook til ",
    "hent outlook for ",
    "skaff deg outlook for ",
    "last ned outlook for ",
    "få outlook til ",
    "få outlook for ",
    "sendt frå min ",
    "lähetetty ",
    "hanki outlook ",
    "nouda outlook ",
    "von meinem ",
    "gesendet von ",
    "outlook für ",
    "envoyé de mon ",
    "envoyé depuis ",
    "télécharger outlook",
    "obtenez outlook ",
    "virusfri. www.",
    "virusfritt. www.",
    "virus-free. www.",
    "virenfrei. www.",
];
const SCANNERS: [&str; 6] = [
    "this email has been checked for viruses by",
    "denna e-post har kontrollerats efter virus",
    "det här mejlet har kontrollerats",
    "denne e-mail er blevet kontrolleret for virus",
    "denne e-posten har blitt sjekket for virus",
    "diese e-mail wurde von",
];

/// Longest line taken for a footer, in octets, address of the program included, and the most words after its beginning.
const FOOTER_MAX: usize = 120;
const FOOTER_WORDS: usize = 12;

/// Whether a whole line is a footer. `Skickat med kärlek` is somebody's own words: programs and devices are named.
pub(crate) fn is_footer(line: &str) -> bool {
    let line = line.trim_matches(['*', '_', ' ', '\u{a0}', '[', ']']);
    if line.len() > FOOTER_MAX || line.len() < 8 {
        return false;
    }
    let bytes = line.as_bytes();
    // A cheap look before the line is turned to lower case; `å`, `ä` and `ö` begin no footer of ours.
    let may_begin = |start: &str| start.as_bytes()[..4].eq_ignore_ascii_case(&bytes[..4]);
    if !FOOTERS.iter().chain(&SCANNERS).any(|start| may_begin(start)) {
        return false;
    }
    let lower = line.to_lowercase();
    let rest = |list: &[&str]| list.iter().find_map(|start| lower.strip_prefix(start));
    if rest(&SCANNERS).is_some() {
        return ["vir", "avast", "avg", "norton", "mcafee"].iter().any(|name| lower.contains(name));
    }
    rest(&FOOTERS).is_some_and(|rest| {
        // `Sent from my phone, I am at the clinic.` goes on where a footer ends.
        let is_bare = !voice::speaks(rest) && rest.split_whitespace().count() <= FOOTER_WORDS;
        is_bare && (names_a_device(&lower) || lower.contains("virus"))
    })
}

fn names_a_device(lower: &str) -> bool {
    const DEVICES: [&str; 30] = [
        "iphone",
        "ipad",
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
        "xperia",
        "sony",
        "nokia",
        "oneplus",
        "xiaomi",
        "blackberry",
        "surfplatta",
        "nettbrett",
        "puhelimesta",
        "handy",
        "phone",
        "tablet",
        "aol",
        "gmail",
        "mail for",
        "thunderbird",
        "k-9",
        "fairmail",
    ];
    DEVICES.iter().any(|device| lower.contains(device))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footers_are_known() {
        for line in [
            "Skickat från min iPhone",
            "Hämta Outlook för Android (https://aka.ms/AAb9ysg)",
            "Sent from my iPad",
            "Sendt fra min iPhone",
            "Sendt fra min Samsung Galaxy-smarttelefon.",
            "Hent Outlook til iOS",
            "Skaff deg Outlook for iOS",
            "Lähetetty iPhonesta",
            "Virusfri. www.avg.com",
            "Von meinem iPhone gesendet",
            "*Skickat från min Galaxy*",
            "Sent from Mail for Windows",
        ] {
            assert!(is_footer(line), "{line}");
        }
    }

    #[test]
    fn words_are_not() {
        for line in [
            "Skickat med kärlek",
            "Sent via my sister, who",
            "Lähetetty rakkaudella",
            "Jag skickade från min mobil",
            "hej",
            "Hämta mig",
            "Skickat från min mobil, jag sitter hos läkaren.",
            "Sent from my phone. I am scared.",
            "Diese E-Mail wurde von meinem Mann gelesen.",
            "Det här mejlet har kontrollerats av min man",
        ] {
            assert!(!is_footer(line), "{line}");
        }
    }

    #[test]
    fn a_long_text_below_a_dash_is_no_signature() {
        assert!(is_separator("-- ") && is_separator("--") && !is_separator("---"));
        assert_eq!(block("Anna\n070\n".lines()), Some(2));
        assert_eq!(block("rad\n".repeat(40).lines()), None);
    }

    #[test]
    fn what_the_writer_says_below_a_dash_stays() {
        let length = |text: &str| block(text.lines());
        assert_eq!(length("Anna Karlsson\n070\n\nPS. Jag kommer på tisdag.\n\nSes!"), Some(3));
        assert_eq!(length("Jag mår inte bra i dag.\n\nKram"), Some(0));
        assert_eq!(length("I går var det fint väder.\nMamma kom hem sent.\n\nSedan grät jag hela natten."), None);
        assert_eq!(
            length("Anna Karlsson, kurator\nSocialtjänsten i Karlstad\nOm du inte är avsedd mottagare, radera."),
            Some(3)
        );
        assert_eq!(length("Anna\n\nLivet är en fest."), Some(3));
    }
}
