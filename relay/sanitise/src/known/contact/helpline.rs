//! Numbers anybody may name: emergency numbers and helplines, with the country and the name.

use std::sync::LazyLock;

/// One number, as it is dialled in its country.
struct Helpline {
    digits: &'static str,
    /// The country's code for calls from abroad; empty where the number is the same in many countries.
    country: &'static str,
    #[cfg_attr(not(test), expect(dead_code, reason = "for whoever keeps the list"))]
    name: &'static str,
}

const fn line(country: &'static str, digits: &'static str, name: &'static str) -> Helpline {
    Helpline { digits, country, name }
}

const HELPLINES: &[Helpline] = &[
    line("", "112", "emergency, Europe"),
    line("", "116000", "missing children, Europe"),
    line("", "116006", "victims of crime, Europe"),
    line("", "116016", "violence against women, Europe"),
    line("", "116111", "children and youth, Europe"),
    line("", "116117", "medical advice, Europe"),
    line("", "116123", "emotional support, Europe"),
    line("46", "1177", "1177 Vårdguiden"),
    line("46", "11414", "police"),
    line("46", "114114", "police"),
    line("46", "11313", "information at accidents"),
    line("46", "90101", "Mind Självmordslinjen"),
    line("46", "90390", "Hjälplinjen"),
    line("46", "0852449910", "Hjälplinjen"),
    line("46", "020505050", "Kvinnofridslinjen"),
    line("46", "0200239500", "Bris för vuxna"),
    line("46", "0771505050", "Bris vuxentelefon"),
    line("46", "020222233", "Äldrelinjen"),
    line("46", "020852000", "Föräldralinjen"),
    line("46", "020844448", "Alkohollinjen"),
    line("46", "020819100", "Stödlinjen"),
    line("46", "020840000", "Sluta-Röka-Linjen"),
    line("46", "0200239600", "Anhöriglinjen"),
    line("46", "020555666", "Välj att sluta"),
    line("46", "087021680", "Jourhavande medmänniska"),
    line("46", "0104566700", "Giftinformationscentralen"),
    line("46", "0200212019", "Brottsofferjouren"),
    line("46", "0116006", "Brottsofferjouren"),
    line("46", "0771220060", "Hjälplinjen, earlier"),
    line("46", "020220060", "Hjälplinjen, earlier"),
    line("47", "110", "fire"),
    line("47", "113", "ambulance"),
    line("47", "02800", "police"),
    line("47", "22400040", "Kirkens SOS"),
    line("47", "81533300", "Kirkens SOS, earlier"),
    line("47", "81548", "Mental Helse"),
    line("47", "80040008", "Ung på linja"),
    line("47", "80033321", "Kors på halsen"),
    line("47", "80057000", "DIXI"),
    line("47", "22443050", "DIXI"),
    line("47", "22591300", "Giftinformasjonen"),
    line("47", "22333310", "helpline"),
    line("47", "22361700", "LEVE"),
    line("47", "80040040", "RUStelefonen"),
    line("47", "91508588", "RUStelefonen, text"),
    line("47", "80048000", "Hjelpelinjen for spillavhengige"),
    line("45", "114", "police"),
    line("45", "1813", "Akuttelefonen"),
    line("45", "1888", "Lev Uden Vold"),
    line("45", "70201201", "Livslinien"),
    line("45", "70201202", "Livslinien, earlier"),
    line("45", "35362600", "BørneTelefonen, for grown-ups"),
    line("45", "35555559", "BørneTelefonen, parents"),
    line("45", "70203082", "LOKK hotline"),
    line("45", "70102208", "SIND"),
    line("45", "70232750", "SIND pårørende"),
    line("45", "82121212", "Giftlinjen"),
    line("45", "70120110", "Sct. Nicolai Tjenesten"),
    line("45", "33374400", "Mødrehjælpen"),
    line("45", "80209080", "offer helpline"),
    line("358", "0925250111", "MIELI Kriisipuhelin"),
    line("358", "0925250112", "MIELI Kristelefon"),
    line("358", "0925250113", "MIELI, Arabic"),
    line("358", "080005005", "Nollalinja"),
    line("358", "0800162462", "Tukinainen"),
    line("358", "080097899", "Raiskauskriisikeskus Tukinainen"),
    line("358", "080002400", "Naisten Linja"),
    line("358", "0800147147", "Myrkytystietokeskus"),
    line("358", "0800100100", "Peluuri"),
    line("44", "999", "emergency"),
    line("44", "101", "police"),
    line("44", "111", "NHS"),
    line("44", "105", "power cuts"),
    line("44", "119", "Covid"),
    line("44", "08001111", "Childline"),
    line("44", "08082000247", "National Domestic Abuse Helpline"),
    line("44", "03001233393", "Mind"),
    line("44", "08009177416", "Samaritans, earlier"),
    line("44", "08457909090", "Samaritans, earlier"),
    line("44", "85258", "Shout"),
    line("353", "1800247247", "Pieta"),
    line("1", "911", "emergency"),
    line("1", "988", "Suicide and Crisis Lifeline"),
    line("1", "741741", "Crisis Text Line"),
    line("1", "18002738255", "Lifeline"),
    line("1", "18007997233", "National Domestic Violence Hotline"),
    line("1", "18006564673", "RAINN"),
    line("1", "18664887386", "The Trevor Project"),
    line("1", "18775658860", "Trans Lifeline"),
    line("1", "18006624357", "SAMHSA"),
    line("1", "18009506264", "NAMI"),
    line("1", "18004224453", "Childhelp"),
    line("1", "18883737888", "National Human Trafficking Hotline"),
    line("1", "18008435678", "missing children"),
    line("1", "18002221222", "Poison Help"),
    line("1", "18663319474", "Love Is Respect"),
    line("49", "110", "police"),
    line("49", "115", "authorities"),
    line("49", "116116", "card loss"),
    line("49", "08001110111", "TelefonSeelsorge"),
    line("49", "08001110222", "TelefonSeelsorge"),
    line("49", "08000116016", "Hilfetelefon"),
    line("33", "3114", "prévention du suicide"),
    line("33", "3919", "violences femmes info"),
    line("33", "119", "enfance en danger"),
    line("354", "1717", "Hjálparsími Rauða krossins"),
];

/// Whether digits as they are dialled, at home or abroad, are on the list.
pub(super) fn is_known(digits: &[u8]) -> bool {
    static KNOWN: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let mut all = Vec::new();
        for line in HELPLINES {
            forms(line, |form| all.extend(key(form.as_bytes())));
        }
        all.sort_unstable();
        all
    });
    key(digits).is_some_and(|key| KNOWN.binary_search(&key).is_ok())
}

/// A number as one figure, a one in front for the sake of its zeros.
fn key(digits: &[u8]) -> Option<u64> {
    let is_short = (3..=17).contains(&digits.len());
    is_short.then(|| digits.iter().fold(1, |key, digit| key * 10 + u64::from(digit.wrapping_sub(b'0'))))
}

/// A number as it is dialled at home and from abroad.
fn forms(line: &Helpline, mut give: impl FnMut(&str)) {
    give(line.digits);
    let national = line.digits.strip_prefix('0').unwrap_or(line.digits);
    let codes =
        if line.country.is_empty() { ["46", "47", "45", "358", "44", "49"].as_slice() } else { &[line.country] };
    for code in codes {
        for prefix in ["", "00"] {
            give(&format!("{prefix}{code}{national}"));
            give(&format!("{prefix}{code}0{national}"));
        }
    }
}

/// Whether a number is one that no private person has: on the list, free of charge, or an organisation's by its kind.
pub(super) fn is_public(digits: &[u8], is_international: bool) -> bool {
    if is_known(digits) {
        return true;
    }
    match digits {
        _ if is_international => digits.starts_with(b"4620") && digits.len() <= 11,
        // 0800 and 0808 in the United Kingdom, Finland and Germany; 0300 to 0345 in the United Kingdom.
        [b'0', b'8', b'0', b'0' | b'8', ..] => true,
        [b'0', b'3', b'0' | b'3', b'0' | b'3', ..] | [b'0', b'3', b'4', b'4' | b'5', ..] => digits.len() == 11,
        // 020, 0200 in Sweden; 020 in London has eleven digits.
        [b'0', b'2', b'0', ..] => digits.len() <= 10 && digits.get(3) != Some(&b'7'),
        // 0771 to 0778: companies in Sweden; a British mobile has eleven digits.
        [b'0', b'7', b'7', ..] => matches!(digits.get(3), Some(b'1'..=b'8')) && digits.len() == 10,
        // Swish numbers of organisations.
        [b'1', b'2', b'3', ..] => digits.len() == 10,
        [b'8', b'0', b'0', ..] | [b'8', b'1', b'5' | b'0', ..] => digits.len() == 8,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_digits_and_has_a_name() {
        for line in HELPLINES {
            assert!(
                line.digits.bytes().all(|b| b.is_ascii_digit()) && (3..=11).contains(&line.digits.len()),
                "{}",
                line.name
            );
            assert!(!line.name.is_empty() && line.country.bytes().all(|b| b.is_ascii_digit()), "{}", line.digits);
        }
    }

    #[test]
    fn numbers_are_known_at_home_and_abroad() {
        for digits in ["112", "116123", "020505050", "4620505050", "004620505050", "46116123", "4570201201"] {
            assert!(is_known(digits.as_bytes()), "{digits}");
        }
        for digits in ["0701740605", "46701740605", "22334455", "07700900123", "02079460018"] {
            assert!(!is_known(digits.as_bytes()) && !is_public(digits.as_bytes(), false), "{digits}");
        }
        assert!(is_public(b"08081234567", false) && is_public(b"020123456", false) && is_public(b"18007997233", false));
    }
}
