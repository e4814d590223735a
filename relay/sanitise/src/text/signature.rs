//! Signature blocks and the footers phones, providers and virus scanners add.

/// Most lines a signature block may have that is taken for one; more is a letter with a dash in it.
const BLOCK_MAX: usize = 15;

/// Whether a line is the signature separator. Many servers strip the blank at its end.
pub(crate) fn is_separator(line: &str) -> bool {
    line == "-- " || line == "--" || line == "--\u{a0}"
}

/// Whether lines after a separator look like a signature block.
pub(crate) fn is_block<'a>(after: impl Iterator<Item = &'a str>) -> bool {
    after.filter(|line| !line.trim().is_empty()).take(BLOCK_MAX + 1).count() <= BLOCK_MAX
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

/// Longest line taken for a footer, in octets, address of the program included.
const FOOTER_MAX: usize = 120;

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
    let begins = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
    begins(&SCANNERS) || begins(&FOOTERS) && (names_a_device(&lower) || lower.contains("virus"))
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
        ] {
            assert!(!is_footer(line), "{line}");
        }
    }

    #[test]
    fn a_long_text_below_a_dash_is_no_signature() {
        assert!(is_separator("-- ") && is_separator("--") && !is_separator("---"));
        assert!(is_block("Anna\n070\n".lines()));
        assert!(!is_block("rad\n".repeat(40).lines()));
    }
}
