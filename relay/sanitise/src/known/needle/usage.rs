//! Whether a word that is more than a name stands for the person: by its capital and by its neighbours.

use crate::known::ordinary::Care;

/// How far around a word is looked, in octets.
const AROUND: usize = 160;
/// A line at least this long may go on in the next.
const WRAPPED_MIN: usize = 45;

/// Words after which a name comes, whatever its first letter.
const INTRODUCED: &str = " heter hedder heiter kallas kaldes kalles named nimeni mvh kram kramar hälsar hilser ";
/// Words before a thing, not before a person.
const ARTICLES: &str =
    " the a an en ett et ei der die das den dem des ein eine einen einem einer no every this each some any much more ";
/// Words before a month.
const BEFORE_MONTHS: &str = " in last next this of early late since until till by from during before after mid each every \
    i på til till om til fra från av im ende anfang seit on ";
/// Words before a place.
const BEFORE_PLACES: &str = " i till från vid in at from near ved nær mot genom gjennom gennem via runt kring omkring utanför \
    utenfor outside around nära på til fra over of to utenom centrala norra södra östra västra nordre søndre north south \
    east west central ";
/// Words before a person.
const TITLES: &str = " dr mr mrs ms miss prof herr fru fröken frøken frk hr st fr ";
/// What people do, after a name that begins a sentence.
const PERSONS: &str = " sa säger ringde skrev frågade vill ville tycker tyckte tror trodde gick bor bodde jobbar heter fick slog \
    åkte hälsar brukar lovade hatar älskar sagde siger sier ringte ringede skriver spurte spurgte synes syntes gik gikk \
    boede arbeider arbejder hedder fik fikk slo hilser said says told called asked wrote wants wanted thinks thought went \
    came knows knew works lives lived likes loves hates left hit made took gave sanoi sanoo soitti soittaa kirjoitti \
    kysyi haluaa halusi asuu asui lähti ajattelee tuli tykkää ";
/// What is said to somebody called by name.
const TO_PERSONS: &str = " kan kunde vill du jag snälla tack vad hur när jeg vil hvad hva hvordan vær takk i can could please \
    you thank thanks are do did voitko sinä kiitos minä ";
const ANDS: &str = " och og and ja & ";
/// Words that end a letter, above the name.
const SIGN_OFFS: &str = " best love cheers hope joy rich peace yours ";

fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty()
        && memchr::memmem::find_iter(list.as_bytes(), word.as_bytes()).any(|place| {
            let is_blank = |at: Option<usize>| at.and_then(|at| list.as_bytes().get(at)) == Some(&b' ');
            is_blank(place.checked_sub(1)) && is_blank(Some(place + word.len()))
        })
}

/// Whether the word that stands at a place is used as a name.
pub(super) fn is_name(text: &str, (begin, end): (usize, usize), care: Care) -> bool {
    if care == Care::NONE {
        return true;
    }
    let word = &text[begin..end];
    let before = Before::of(text, begin);
    let after = &text[end..text.floor_char_boundary((end + AROUND).min(text.len()))];
    if care.has(Care::PLACE) && is_in(BEFORE_PLACES, &before.word) {
        return false;
    }
    if !care.has(Care::WORD.and(Care::SHORT).and(Care::CALENDAR)) {
        return true;
    }
    let is_capital = is_capitalised(word);
    if stands_alone(text, (begin, end), is_capital) {
        return !is_in(SIGN_OFFS, &word.to_lowercase()) || text[end..].trim_start().is_empty() && is_capital;
    }
    if is_in(INTRODUCED, &before.word) && (is_capital || !care.has(Care::SHORT)) {
        return true;
    }
    if !is_capital || is_in(ARTICLES, &before.word) || care.has(Care::CALENDAR) && is_date(&before, after) {
        return false;
    }
    is_in(TITLES, &before.word) || !before.begins_sentence || starts_like_name(after, care)
}

/// `Björn`, not `björn` and not `BJÖRN`.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(|c| !c.is_uppercase())
}

/// What stands before a word.
struct Before {
    /// The word before, in lower case, if nothing but blanks parts them.
    word: String,
    ends_in_digit: bool,
    begins_sentence: bool,
}

impl Before {
    fn of(text: &str, begin: usize) -> Self {
        let near = &text[text.ceil_char_boundary(begin.saturating_sub(AROUND))..begin];
        let bare = near.trim_end_matches(|c: char| is_silent(c) || matches!(c, ' ' | '\u{a0}' | '\t'));
        let is_near = !bare.is_empty() || near.len() < begin;
        let with_dot = bare.strip_suffix('.').unwrap_or(bare);
        let length: usize = with_dot.chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
        let written = &with_dot[with_dot.len() - length..];
        let word = written.to_lowercase();
        let is_initial = written.chars().count() == 1 && written.chars().all(char::is_uppercase);
        let is_title = is_in(TITLES, &word);
        let word = if bare.ends_with('.') && !is_title { String::new() } else { word };
        let begins_sentence = !is_near || begins_sentence(bare) && !(bare.ends_with('.') && (is_initial || is_title));
        Self { word, ends_in_digit: bare.ends_with(|c: char| c.is_ascii_digit()), begins_sentence }
    }
}

fn begins_sentence(bare: &str) -> bool {
    let bare = bare.trim_end_matches(|c: char| {
        is_silent(c) || matches!(c, ' ' | '\u{a0}' | '"' | '”' | '“' | '\'' | '’' | '*' | '(' | '_')
    });
    if let Some(above) = bare.strip_suffix('\n') {
        let line = above.rsplit('\n').next().unwrap_or_default();
        let is_wrapped = line.len() >= WRAPPED_MIN && line.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        return !is_wrapped;
    }
    bare.is_empty() || bare.ends_with(['.', '!', '?', ':', '…', '-', '–', '—', '>', '•', '|'])
}

/// Marks of formatting that travel inside the text.
fn is_silent(c: char) -> bool {
    ('\u{f8f0}'..='\u{f8f7}').contains(&c)
}

fn is_date(before: &Before, after: &str) -> bool {
    let next = after.trim_start_matches([' ', '\u{a0}']);
    before.ends_in_digit || is_in(BEFORE_MONTHS, &before.word) || next.starts_with(|c: char| c.is_ascii_digit())
}

/// A line of its own, as a name stands under a letter.
fn stands_alone(text: &str, (begin, end): (usize, usize), is_capital: bool) -> bool {
    let near = &text[text.ceil_char_boundary(begin.saturating_sub(AROUND))..begin];
    let line_start = near.rfind('\n').map_or(0, |place| place + 1);
    if line_start == 0 && near.len() < begin {
        return false;
    }
    let ahead = &near[line_start..];
    let tail = &text[end..text.floor_char_boundary((end + 24).min(text.len()))];
    let tail =
        tail.trim_start_matches(|c: char| is_silent(c) || matches!(c, ' ' | '.' | ',' | '!' | '*' | '_' | '\u{a0}'));
    if !(tail.is_empty() || tail.starts_with('\n')) {
        return false;
    }
    let ahead = ahead.trim_matches(|c: char| is_silent(c) || matches!(c, ' ' | '*' | '_' | '~' | '\u{a0}'));
    let is_signed = !ahead.is_empty() && ahead.chars().all(|c| matches!(c, '/' | '-' | '–' | '—'));
    let is_last = text[end..].trim_start_matches([' ', '.', ',', '!', '*', '_', '\n']).is_empty();
    let upper = near[..line_start].trim_end();
    let above = upper.rsplit('\n').next().unwrap_or_default();
    let is_item = is_signed && above.trim_start().starts_with(ahead);
    match (ahead.is_empty(), is_signed) {
        // A heading, a list or a poem has words of their own on a line as well.
        (true, _) => is_capital || is_last || above.len() < 30 && above.ends_with(','),
        (_, true) => !is_item && (is_last || ahead.starts_with('/')),
        _ => false,
    }
}

fn starts_like_name(after: &str, care: Care) -> bool {
    let possessive = after.strip_prefix(['\'', '’']).is_some_and(|rest| rest.starts_with("s "));
    if possessive && !care.has(Care::CALENDAR) {
        return true;
    }
    let (after, is_called) = after.strip_prefix(',').map_or((after, false), |rest| (rest, true));
    let Some(rest) = after.strip_prefix([' ', '\u{a0}']) else { return false };
    let length: usize = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '&').map(char::len_utf8).sum();
    let next = rest[..length].to_lowercase();
    if is_called {
        return is_in(TO_PERSONS, &next);
    }
    let second = rest[length..].trim_start_matches(' ');
    is_in(PERSONS, &next) || is_in(ANDS, &next) && second.starts_with(char::is_uppercase)
}

/// Whether a text is written in Finnish, going by its small words.
pub(super) fn is_finnish(text: &str) -> bool {
    const SMALL: &str = " ja ei että minä olen mutta kun hän niin mitä kiitos terveisin minun olet ovat oli ole sinä \
        joka tämä jos myös vain hei moi kanssa nyt sitten mun oon mä sä soita soitti ";
    const OTHER: &str = " och att det är jag som på en av för med inte og er jeg ikke til å at the and to of is that i you \
        hej hei der die und ist ";
    let near = &text[..text.floor_char_boundary(text.len().min(2048))];
    let (mut finnish, mut other) = (0, 0);
    for word in near.split(|c: char| !c.is_alphanumeric()).filter(|word| (1..8).contains(&word.len())) {
        let word = word.to_lowercase();
        finnish += usize::from(is_in(SMALL, &word));
        other += usize::from(is_in(OTHER, &word) && !is_in(SMALL, &word));
    }
    finnish > other
}
