//! Which language a letter is written in, by its most common words; the answer leaves out rules only when it is sure.

use crate::spelling::written;
use crate::text::Reading;
use brevbro_core::party::Language;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The common words of each language. A word that stands in one list alone counts double.
const COMMON: [(Language, &str); 5] = [
    (
        Language::Swedish,
        "och jag inte är att det som på för med har om men så vad när mig dig från också hon han sig av till \
         kan ska vill skulle hade bara nu här där efter ingen något några mycket allt eller hur varför än blir blev var \
         den ett en mitt min ju väl ens måste får gör",
    ),
    (
        Language::Danish,
        "og jeg ikke er at det som på for med har om men så hvad når mig dig fra også hun han sig af til \
         kan skal vil ville havde bare nu her der efter ingen noget nogle meget alt eller hvordan hvorfor end bliver blev \
         var den et en mit min jo ved må får gør hvor lige",
    ),
    (
        Language::Bokmal,
        "og jeg ikke er at det som på for med har om men så hva når meg deg fra også hun han seg av til \
         kan skal vil ville hadde bare nå her der etter ingen noe noen mye alt eller hvordan hvorfor enn blir ble \
         var den et en mitt min jo må får gjør hvor litt",
    ),
    (
        Language::Bokmal,
        "og eg ikkje er at det som på for med har om men så kva når meg deg frå også ho han seg av til \
         kan skal vil ville hadde berre no her der etter ingen noko nokon mykje alt eller korleis kvifor enn blir vart \
         var den eit ein mitt min jo må får gjer kor litt",
    ),
    (
        Language::English,
        "and i not is to the that it in for with have if but so what when me you from also she he of \
         can will would had just now here there after no something some much all or how why than was were a an my \
         they we this do did about been your are be at as",
    ),
];

/// What the vote says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guess {
    /// The language with most votes.
    pub(crate) best: Option<Language>,
    /// Whether rules of other languages may be left out.
    pub(crate) is_sure: bool,
    /// Whether a letter of some length holds so few of these words that it must be in another language.
    pub(crate) is_foreign: bool,
}

/// No more words are looked at: the vote is clear long before.
const ENOUGH: usize = 400;

/// Lets the words of a letter vote.
pub(crate) fn guess(reading: &Reading<'_>) -> Guess {
    let ballot = ballot();
    let mut votes = [0_usize; COMMON.len()];
    let (mut known, mut words) = (0, 0);
    for token in reading.tokens.iter().take(ENOUGH) {
        words += 1;
        let word = reading.text.get(token.start..token.end).unwrap_or_default();
        let Some(listed) = ballot.get(&written(word)) else { continue };
        known += 1;
        let weight = if listed.len() == 1 { 2 } else { 1 };
        for &list in listed {
            if let Some(vote) = votes.get_mut(list) {
                *vote += weight;
            }
        }
    }
    let top = votes.iter().copied().max().unwrap_or(0);
    let best =
        votes.iter().position(|v| *v == top && top > 0).and_then(|n| COMMON.get(n)).map(|(language, _)| *language);
    let is_near = |language: Language| best.is_some_and(|best| kin(best).contains(&language));
    let others = COMMON.iter().zip(votes).filter(|((language, _), _)| !is_near(*language));
    let second = others.map(|(_, votes)| votes).max().unwrap_or(0);
    // Whoever writes in English to a Nordic service may slip into another language in the middle of a letter.
    let is_ahead = if best == Some(Language::English) { top >= second * 3 } else { top * 2 >= second * 3 };
    Guess { best, is_sure: words >= 10 && top >= 5 && is_ahead, is_foreign: words >= 20 && known * 10 < words }
}

/// In which lists each common word stands.
fn ballot() -> &'static HashMap<String, Vec<usize>> {
    static BALLOT: OnceLock<HashMap<String, Vec<usize>>> = OnceLock::new();
    BALLOT.get_or_init(lists)
}

/// The lists are written with the letters of their own language.
fn lists() -> HashMap<String, Vec<usize>> {
    let mut ballot: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, (_, words)) in COMMON.iter().enumerate() {
        for word in words.split_whitespace() {
            let lists = ballot.entry(written(word)).or_default();
            if !lists.contains(&number) {
                lists.push(number);
            }
        }
    }
    ballot
}

/// Languages whose rules run together: a Dane's letter and a Norwegian's cannot be told apart safely.
pub(crate) fn kin(language: Language) -> &'static [Language] {
    match language {
        Language::Swedish => &[Language::Swedish],
        Language::Danish | Language::Bokmal => &[Language::Danish, Language::Bokmal],
        Language::English => &[Language::English],
    }
}

/// The languages whose rules are run: English always, since the young mix.
pub(crate) fn running(hint: Option<Language>, guess: Guess) -> Vec<Language> {
    let sure = hint.or(guess.best.filter(|_| guess.is_sure));
    let Some(language) = sure else { return Language::ALL.to_vec() };
    let english = Some(Language::English).filter(|english| *english != language);
    kin(language).iter().copied().chain(english).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::lexicon::Lexicon;

    fn of(text: &str) -> Guess {
        guess(&Reading::of(text, &Lexicon::default(), &mut Budget::new(1_000_000)).unwrap())
    }

    #[test]
    fn languages_are_told_apart() {
        let table = [
            ("Jag vet inte vad jag ska göra nu, det är så mycket på jobbet och jag är trött.", Language::Swedish),
            (
                "Jeg ved ikke hvad jeg skal gøre nu, der er så meget på arbejdet og jeg er træt af det.",
                Language::Danish,
            ),
            ("Jeg vet ikke hva jeg skal gjøre nå, det er så mye på jobben og jeg er lei av noe.", Language::Bokmal),
            ("Eg veit ikkje kva eg skal gjere no, det er så mykje på jobben og eg er trøytt.", Language::Bokmal),
            ("I do not know what to do now, there is so much at work and I am tired of it.", Language::English),
        ];
        for (text, language) in table {
            let guess = of(text);
            assert_eq!(guess.best, Some(language), "{text}");
            assert!(guess.is_sure && !guess.is_foreign, "{text}");
        }
        assert!(!of("Hej du.").is_sure);
        let foreign = "En tiedä mitä minun pitäisi tehdä nyt koska kaikki tuntuu niin vaikealta ja olen väsynyt koko ajan enkä jaksa enää tätä";
        assert!(of(foreign).is_foreign);
    }

    #[test]
    fn neighbours_run_together_and_doubt_runs_all() {
        let sure = |best| Guess { best: Some(best), is_sure: true, is_foreign: false };
        assert_eq!(running(None, sure(Language::Swedish)), [Language::Swedish, Language::English]);
        assert_eq!(running(None, sure(Language::Bokmal)), [Language::Danish, Language::Bokmal, Language::English]);
        assert_eq!(running(None, of("Hej du.")), Language::ALL);
        assert_eq!(running(Some(Language::Danish), of("Hej du.")).len(), 3);
    }
}
