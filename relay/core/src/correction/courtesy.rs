//! Greetings, thanks, agreement and farewells around an answer: they say nothing about time.

/// What a courteous line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Courtesy {
    /// A greeting, thanks, or "that is right".
    Greeting,
    /// A farewell or a name: what follows is a signature.
    Farewell,
}

const GREETINGS: &str = " hej hei hi hello hallå halla hallo hejsan heisann dear kära käre kjære kære god godt good kväll kveld \
    aften dag dagen morgon morgen morning evening afternoon day tjena hejhej ";
const POLITE: &str = " tack takk tak tusen mange hjärtligt hjertelig thanks thank you many much very så mycket mye meget \
    för for att det den this the brev brevet mail mailen mejlet påminnelsen overview översikten oversikten ja jo yes ok okej \
    okay stämmer stemmer passer passar right correct riktigt rett rigtigt looks ser ut bra fint fine great perfekt perfect \
    allt alt alle everything all is är er that thats it detta dette ha en ei et ein fin fint trevlig hyggelig god helg weekend \
    vecka uke uge veke week søndag söndag sunday nice have a kväll kveld aften dag evening day til till deg dig dere jer er \
    själv selv samma samme same to ";
const FAREWELLS: &str = " mvh vh kh vänliga vänlig hälsningar hälsning hälsar hilsen helsing hilsning venlig vennlig med mvh \
    beste bästa bedste best kind warm regards wishes yours sincerely kram klem kærlig kærlige kjærlig cheers ";
const FAREWELL_FIRST: &str = " mvh vh kh vänliga vänlig hälsningar hälsar hilsen helsing venlig vennlig med beste bästa bedste \
    best kind warm regards yours kram klem kærlig kjærlig cheers ";

/// Words on a courteous line.
const MOST_WORDS: usize = 12;

fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a line is only courteous; a name may stand in it, or be all of it.
pub(super) fn of(line: &str, names: &[String]) -> Option<Courtesy> {
    let words: Vec<String> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    if words.is_empty() {
        // A line of dashes, stars or smileys.
        return Some(Courtesy::Greeting);
    }
    if words.len() > MOST_WORDS || words.iter().any(|word| word.chars().any(char::is_numeric)) || line.contains('?') {
        return None;
    }
    let own: Vec<String> =
        names.iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase).collect();
    let is_name = |word: &String| own.contains(word);
    let first = words.first().map(String::as_str).unwrap_or_default();
    let is_farewell_word = |word: &String| has(FAREWELLS, word) || is_name(word) || has(POLITE, word);
    if has(FAREWELL_FIRST, first) && words.iter().all(is_farewell_word) || words.iter().all(is_name) {
        return Some(Courtesy::Farewell);
    }
    let is_greeted = |(place, word): (usize, &String)| {
        has(GREETINGS, word) || has(POLITE, word) || is_name(word) || place == 1 && words.len() == 2 && is_called(line)
    };
    words.iter().enumerate().all(is_greeted).then_some(Courtesy::Greeting)
}

/// "Hej Brevbro,": whoever is greeted, with a capital letter.
fn is_called(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let greets = words
        .next()
        .is_some_and(|word| has(GREETINGS, &word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()));
    greets && words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// "PS": somebody goes on after the farewell.
pub(super) fn is_afterthought(line: &str) -> bool {
    let start = line.trim_start().to_lowercase();
    ["ps", "p.s", "nb", "obs"]
        .iter()
        .any(|mark| start.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

#[cfg(test)]
mod tests {
    use super::{Courtesy, of};

    #[test]
    fn courtesy_says_nothing_about_time() {
        let names = ["Frida Maria Realname".to_owned(), "Frida".to_owned()];
        for line in [
            "Hej!",
            "Hej Brevbro,",
            "God kväll",
            "Tack så mycket!",
            "Det stämmer.",
            "Ha en fin vecka",
            "---",
            ":)",
            "OK, tack",
        ] {
            assert_eq!(of(line, &names), Some(Courtesy::Greeting), "{line}");
        }
        for line in
            ["Mvh", "Vänliga hälsningar Frida", "/Frida", "Med vennlig hilsen", "Kind regards,", "Frida Realname"]
        {
            assert_eq!(of(line, &names), Some(Courtesy::Farewell), "{line}");
        }
        for line in
            ["Det stämmer inte", "Hej, 12 45", "nej", "Jag ringde också", "Stämmer det?", "Anna", "hej nej", "alt galt"]
        {
            assert_eq!(of(line, &names), None, "{line}");
        }
    }
}
