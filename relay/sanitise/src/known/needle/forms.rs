//! The other ways one identifier is written: transliterated, inflected, abbreviated.

use crate::known::fold;

/// A word folded, and folded as those write it whose keyboard lacks its letters: `Åsa`, `Aasa`; `Mueller`, `Müller`.
pub(super) fn spellings(word: &str) -> Vec<Vec<u8>> {
    let plain = fold::words(word).0;
    let spelled: String = word.chars().fold(String::with_capacity(word.len() + 4), |mut all, c| {
        match c {
            'å' | 'Å' => all.push_str("aa"),
            'ä' | 'Ä' => all.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' => all.push_str("oe"),
            'ü' | 'Ü' => all.push_str("ue"),
            other => all.push(other),
        }
        all
    });
    let mut all = vec![fold::words(&spelled).0, shortened(&plain)];
    all.sort_unstable();
    all.dedup();
    all.retain(|form| form.len() >= 3 && *form != plain);
    all.insert(0, plain);
    all
}

/// `mueller` as `müller` folds: two vowels that stand for one.
fn shortened(folded: &[u8]) -> Vec<u8> {
    if folded.len() < 5 {
        return folded.to_vec();
    }
    let mut out = Vec::with_capacity(folded.len());
    for (place, octet) in folded.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| folded[before]);
        let is_second = matches!((before, octet), (Some(b'a' | b'o' | b'u'), b'e') | (Some(b'a'), b'a'));
        if !is_second {
            out.push(*octet);
        }
    }
    out
}

/// The Finnish oblique stems of a folded name: `virtanen` is declined from `virtase`, `mikko` from `miko`.
pub(super) fn finnish_stems(folded: &[u8]) -> Vec<Vec<u8>> {
    const STEMS: [(&[u8], &[u8]); 24] = [
        (b"nen", b"se"),
        (b"nen", b"s"),
        (b"kka", b"ka"),
        (b"kko", b"ko"),
        (b"kki", b"ki"),
        (b"kku", b"ku"),
        (b"tta", b"ta"),
        (b"tto", b"to"),
        (b"tti", b"ti"),
        (b"ttu", b"tu"),
        (b"ppa", b"pa"),
        (b"ppo", b"po"),
        (b"ppi", b"pi"),
        (b"hti", b"hde"),
        (b"ski", b"ske"),
        (b"emi", b"eme"),
        (b"rvi", b"rve"),
        (b"aki", b"ae"),
        (b"joki", b"joe"),
        (b"nta", b"nna"),
        (b"rta", b"rra"),
        (b"lto", b"llo"),
        (b"mpi", b"mme"),
        (b"ri", b"re"),
    ];
    let of = |(ending, stem): &(&[u8], &[u8])| folded.strip_suffix(*ending).map(|root| [root, stem].concat());
    STEMS.iter().filter_map(of).filter(|stem| stem.len() >= 3).collect()
}

/// What may follow a Finnish name or its stem: cases, then a clitic.
pub(super) fn is_finnish_ending(tail: &[u8], is_place: bool) -> bool {
    const CLITICS: [&[u8]; 6] = [b"kin", b"kaan", b"ko", b"han", b"pa", b"kohan"];
    const WHERE: [&[u8]; 8] = [b"ssa", b"sta", b"an", b"on", b"en", b"issa", b"ista", b"iin"];
    const CASES: [&[u8]; 32] = [
        b"n", b"a", b"an", b"en", b"in", b"on", b"un", b"lla", b"lle", b"lta", b"ssa", b"sta", b"ksi", b"na", b"ta",
        b"tta", b"ia", b"ina", b"iin", b"illa", b"ille", b"ilta", b"issa", b"ista", b"iksi", b"een", b"et", b"it",
        b"t", b"ien", b"ea", b"hin",
    ];
    let is_case = |tail: &[u8]| CASES.contains(&tail) && !(is_place && WHERE.contains(&tail));
    is_case(tail) || CLITICS.iter().any(|c| tail.strip_suffix(*c).is_some_and(|rest| rest.is_empty() || is_case(rest)))
}

/// How else the words of a street or an office are written: `Storgatan`, `Storg.`
pub(super) fn abbreviations(words: &[Vec<u8>]) -> Vec<Vec<Vec<u8>>> {
    const SHORT: [(&[u8], &[u8]); 16] = [
        (b"gatan", b"g"),
        (b"gatan", b"gata"),
        (b"vagen", b"v"),
        (b"gata", b"gt"),
        (b"gate", b"gt"),
        (b"gaten", b"gt"),
        (b"veien", b"v"),
        (b"vei", b"v"),
        (b"vegen", b"v"),
        (b"vej", b"v"),
        (b"gade", b"g"),
        (b"street", b"st"),
        (b"road", b"rd"),
        (b"avenue", b"ave"),
        (b"lane", b"ln"),
        (b"katu", b"k"),
    ];
    let mut all = Vec::new();
    for (place, word) in words.iter().enumerate() {
        for (long, short) in SHORT {
            if let Some(root) = word.strip_suffix(long) {
                let mut other = words.to_vec();
                other[place] = [root, short].concat();
                all.push(other);
            }
        }
    }
    all
}

/// Letters turned by half the alphabet, as a child hides an address.
pub(super) fn turned(folded: &[u8]) -> Vec<u8> {
    let turn = |octet: &u8| if octet.is_ascii_lowercase() { (octet - b'a' + 13) % 26 + b'a' } else { *octet };
    folded.iter().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_in_several_ways() {
        let of = |word: &str| {
            spellings(word).into_iter().map(|form| String::from_utf8(form).unwrap()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of("Åsa"), "asa aasa");
        assert_eq!(of("Øyvind"), "oyvind oeyvind");
        assert_eq!(of("Müller"), "muller mueller");
        assert_eq!(of("Mueller"), "mueller muller");
        assert_eq!(of("Haakon"), "haakon hakon");
        assert_eq!(of("Kjær"), "kjaer kjar");
        assert_eq!(of("Anna"), "anna");
    }

    #[test]
    fn finnish_names_are_declined() {
        assert!(finnish_stems(b"virtanen").contains(&b"virtase".to_vec()));
        assert!(finnish_stems(b"mikko").contains(&b"miko".to_vec()));
        for (tail, wanted) in [("n", true), ("lle", true), ("llekin", true), ("ska", false), ("ssa", true)] {
            assert_eq!(is_finnish_ending(tail.as_bytes(), false), wanted, "{tail}");
        }
        assert!(!is_finnish_ending(b"ssa", true), "in a place, not at a person");
        assert_eq!(turned(b"anna7"), b"naan7");
    }
}
