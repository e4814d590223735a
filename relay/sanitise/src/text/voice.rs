//! Words people say and mail programs never write: what tells a sentence of the writer's from a line of a client's.

/// Who speaks, who is spoken to and who is spoken of, in the languages of our mailboxes, lower case.
const PERSONS: [&str; 48] = [
    "jag", "mig", "mej", "du", "dig", "dej", "hon", "henne", "han", "honom", "vi", "oss", "dom", "min", "mitt", "mina",
    "din", "hans", "hennes", "jeg", "meg", "eg", "deg", "hun", "hende", "ham", "mit", "mine", "i", "i'm", "i’m", "me",
    "my", "you", "he", "she", "they", "we", "her", "his", "minä", "mä", "sinä", "hän", "ich", "mir", "mich", "meine",
];

/// The voice of a writer: one of the two who write to each other says something.
const VOICES: [&str; 27] = [
    "jag", "mig", "mej", "du", "dig", "dej", "jeg", "meg", "eg", "deg", "i'm", "i’m", "i've", "i’ve", "me", "you",
    "minä", "mä", "minun", "minua", "sinä", "sä", "sinun", "ich", "mir", "mich", "dir",
];

/// What follows an English `I`, which in Swedish, Danish and Norwegian is a small word of place and time.
const AFTER_I: [&str; 24] = [
    "am", "was", "have", "had", "will", "want", "need", "do", "don't", "don’t", "can", "can't", "can’t", "think",
    "feel", "hope", "know", "would", "could", "just", "did", "forgot", "love", "miss",
];

/// What stands in the small print below business letters.
const SMALL_PRINT: [&str; 16] = [
    "konfidentiell",
    "sekretess",
    "mottagare",
    "personuppgift",
    "dataskydd",
    "fortrolig",
    "mottaker",
    "modtager",
    "personopplysning",
    "personoplysning",
    "luottamuksell",
    "confidential",
    "recipient",
    "privacy",
    "gdpr",
    "vertraulich",
];

/// Other words that begin or join the sentences of a story, never a line of a client's.
const STORY: [&str; 26] = [
    "igår",
    "idag",
    "ikväll",
    "imorse",
    "i",
    "sen",
    "sedan",
    "och",
    "men",
    "så",
    "när",
    "som",
    "här",
    "detta",
    "mamma",
    "pappa",
    "yesterday",
    "today",
    "then",
    "and",
    "but",
    "when",
    "who",
    "this",
    "mum",
    "dad",
];

/// The words of a text without their punctuation, lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
}

/// Whether a word belongs to a story: somebody is spoken of, or something is joined to what was said before.
pub(crate) fn tells(word: &str) -> bool {
    PERSONS.contains(&word) || STORY.contains(&word)
}

/// Whether a text holds a word of the small print below business letters.
pub(crate) fn is_small_print(text: &str) -> bool {
    let lower = text.to_lowercase();
    SMALL_PRINT.iter().any(|print| lower.contains(print))
}

/// Whether a word of small letters is a person spoken of or to; `i` alone is a place in half of our languages.
pub(crate) fn is_person(word: &str) -> bool {
    word != "i" && PERSONS.contains(&word)
}

/// Whether the writer speaks in a paragraph: `jag` or `du`, and not in the small print of a business.
pub(crate) fn speaks(paragraph: &str) -> bool {
    let mut last_is_i = false;
    let is_voice = |word: String| {
        let is_english = std::mem::replace(&mut last_is_i, word == "i") && AFTER_I.contains(&word.as_str());
        is_english || VOICES.contains(&word.as_str())
    };
    words(paragraph).any(is_voice) && !is_small_print(paragraph)
}

/// One who speaks of herself. Small print never does.
const FIRST_PERSON: [&str; 29] = [
    "jag", "mig", "mej", "min", "mitt", "mina", "jeg", "meg", "eg", "mine", "i'm", "i’m", "i've", "i’ve", "me", "my",
    "minä", "mä", "minun", "minua", "mua", "ich", "mir", "mich", "mein", "meine", "je", "mon", "moi",
];

/// Small words of sentences, which titles, organisations and addresses do without.
const SENTENCE_WORDS: [&str; 54] = [
    "är", "var", "har", "hade", "kan", "ska", "vill", "blir", "blev", "inte", "om", "att", "som", "så", "men", "när",
    "där", "här", "nu", "er", "ikke", "kunne", "skal", "vil", "bliver", "ikkje", "når", "hvor", "her", "is", "are",
    "was", "has", "have", "not", "but", "when", "this", "that", "will", "går", "kommer", "ei", "oli", "että", "kun",
    "mutta", "ist", "nicht", "hat", "wir", "est", "sont", "det",
];

/// Whether a word of small letters makes a sentence.
pub(crate) fn makes_a_sentence(word: &str) -> bool {
    SENTENCE_WORDS.contains(&word) || is_person(word)
}

/// Whether somebody speaks of herself in a text of small letters.
pub(crate) fn is_first_person(lower: &str) -> bool {
    let mut last_is_i = false;
    words(lower).any(|word| {
        let is_english = std::mem::replace(&mut last_is_i, word == "i") && AFTER_I.contains(&word.as_str());
        is_english || FIRST_PERSON.contains(&word.as_str())
    })
}

/// Whether a sentence of some words stands after the first full stop of a text.
pub(crate) fn is_followed(text: &str) -> bool {
    let ends = [". ", "! ", "? "];
    ends.iter().filter_map(|end| text.split_once(end)).any(|(_, rest)| words(rest).count() >= 3)
}

/// Whether a line begins as a postscript does: nobody's signature goes on with one.
pub(crate) fn is_postscript(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '_', ' ', '\u{a0}', '(']);
    let start: String = line.chars().take(10).filter(|c| *c != '.').collect::<String>().to_lowercase();
    ["ps", "pps", "p s", "p p s", "nb", "obs"].iter().any(|mark| {
        start.strip_prefix(mark).is_some_and(|rest| {
            let is_marked = rest.starts_with([':', ' ', '!', ',', '-', '–', ';']) || rest.is_empty();
            is_marked && line.starts_with(char::is_alphabetic)
        })
    })
}

/// Whether a line is a sentence or a good part of one, not a name, a title or a street.
pub(crate) fn is_sentence(line: &str) -> bool {
    let line = line.trim_end();
    let least = if line.ends_with(['.', '!', '?', '…', ':']) { 3 } else { 6 };
    words(line).take(least).count() == least && !line.contains(['@', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_writer_is_told_from_small_print() {
        assert!(speaks("PS: Jag kommer på tisdag.") && speaks("Kan du ringa?") && speaks("I am scared."));
        assert!(!speaks("Anna Karlsson\nKurator") && !speaks("Storgatan 12 i Karlstad"));
        assert!(!speaks("Om du inte är avsedd mottagare ska meddelandet raderas."));
    }

    #[test]
    fn a_sentence_is_told_from_a_signature_line() {
        assert!(is_sentence("Nu är det kväll.") && is_sentence("hon kom hem sent och var arg på"));
        for line in
            ["Anna Karlsson", "Socionom, leg. kurator", "Tel 070-174 06 05", "Anna K. | Kurator | Enheten för stöd."]
        {
            assert!(!is_sentence(line), "{line}");
        }
    }
}
