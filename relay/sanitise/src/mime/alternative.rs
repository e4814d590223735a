//! Which form of an alternative says what the writer wrote: the plain one or the rich one (RFC 2046 §5.1.4).

use super::part::Part;
use crate::text::markup;

/// The forms of one alternative.
pub(crate) struct Forms<'p, 'a> {
    /// The child that is plain text, or holds nothing but plain text.
    pub(crate) plain: Option<&'p Part<'a>>,
    /// The child that is HTML, or holds some: among pictures, or in several parts as Apple writes it.
    pub(crate) rich: Option<&'p Part<'a>>,
    /// The others: calendars, forms for watches and fast pages, and whatever was put in the wrong place.
    pub(crate) others: Vec<&'p Part<'a>>,
}

/// Sorts the children of an alternative. The last of several rich forms is the best (RFC 2046 §5.1.4).
pub(crate) fn forms<'p, 'a>(children: &'p [Part<'a>]) -> Forms<'p, 'a> {
    let is_rich = |part: &Part<'_>| !part.is_attachment && part.find("text/html").is_some();
    let is_plain = |part: &Part<'_>| !part.is_attachment && part.find("text/plain").is_some();
    let rich = children.iter().rposition(is_rich);
    let plain = children.iter().enumerate().position(|(place, part)| Some(place) != rich && is_plain(part));
    let is_other = |place: &usize| Some(*place) != rich && Some(*place) != plain;
    let others = (0..children.len()).filter(is_other).filter_map(|place| children.get(place)).collect();
    let at = |place: Option<usize>| place.and_then(|place| children.get(place));
    Forms { plain: at(plain), rich: at(rich), others }
}

/// One of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    Plain,
    Rich,
}

/// Chooses between the words of the plain form and those of the rich one, as it is shown.
///
/// The plain form, unless it is empty, a stub or much shorter. With `is_formatted` the rich form carries meaning
/// that the plain one does not, and is chosen if it has the plain one's words.
pub(crate) fn better(plain: &str, rich: &str, is_formatted: bool) -> Better {
    let (in_plain, in_rich) = (letters(plain), letters(rich));
    if in_rich == 0 {
        return Better::Plain;
    }
    if in_plain * 2 < in_rich || in_plain < 400 && is_stub(plain) || is_formatted && has_words_of(rich, plain) {
        return Better::Rich;
    }
    Better::Plain
}

fn letters(text: &str) -> usize {
    // Of the characters outside ASCII most are letters, and the rest decides nothing here.
    text.bytes().filter(|b| b.is_ascii_alphanumeric() || *b >= 0xc0).count()
}

/// What programs write for readers that cannot show HTML.
fn is_stub(plain: &str) -> bool {
    const STUBS: [&str; 14] = [
        "stöder inte html",
        "stödjer inte html",
        "understøtter ikke html",
        "støtter ikke html",
        "does not support html",
        "doesn't support html",
        "html-capable",
        "html-kompatibel",
        "multi-part message in mime format",
        "html version of this",
        "in html format",
        "view this message in html",
        "visa meddelandet i html",
        "ei tue html",
    ];
    let lower = plain.to_lowercase();
    STUBS.iter().any(|stub| lower.contains(stub))
}

/// Whether nearly all words of the plain form stand in the rich one too.
fn has_words_of(rich: &str, plain: &str) -> bool {
    let (wanted, there) = (words(plain), words(rich));
    let missing = wanted.iter().filter(|word| there.binary_search(word).is_err()).count();
    missing * 25 <= wanted.len()
}

/// The words of a text as numbers, sorted, each once (FNV-1a of their octets in lower case). Two words with one
/// number only make two forms look a little more alike.
fn words(text: &str) -> Vec<u64> {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let is_letter = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80;
    let number =
        |word: &[u8]| word.iter().fold(BASIS, |n, b| (n ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(PRIME));
    let plain = markup::plain(text);
    let words = plain.as_bytes().split(|b| !is_letter(b)).filter(|word| word.len() > 1);
    let mut numbers: Vec<u64> = words.map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn the_fuller_form_is_chosen() {
        let long = "Det var så här det gick till i går kväll när jag kom hem.";
        for (plain, rich, is_formatted, wanted) in [
            ("", long, false, Better::Rich),
            (long, "", false, Better::Plain),
            (long, long, false, Better::Plain),
            (long, long, true, Better::Rich),
            (long, "Något helt annat som står här i stället, lika långt ungefär.", true, Better::Plain),
            ("Ditt program stöder inte HTML. Öppna i webbläsaren.", long, false, Better::Rich),
            ("Hej!", long, false, Better::Rich),
        ] {
            assert_eq!(better(plain, rich, is_formatted), wanted, "{plain} | {rich}");
        }
    }

    #[test]
    fn forms_are_found_where_clients_put_them() {
        let kinds = |body: &str| {
            let raw = format!("From: a@example.org\nContent-Type: multipart/alternative; boundary=b\n\n{body}--b--\n");
            let letter = crate::letter::read(raw.as_bytes(), &Limits::default()).unwrap();
            let forms = forms(&letter.root.children);
            let kind = |part: Option<&Part<'_>>| part.map(|part| part.media.kind.clone()).unwrap_or_default();
            (kind(forms.plain), kind(forms.rich), forms.others.len())
        };
        let plain = "--b\nContent-Type: text/plain\n\nx\n";
        let html = "--b\nContent-Type: text/html\n\nx\n";
        let apple = "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: text/html\n\nx\n--c\nContent-Type: image/png\n\n\
                     --c\nContent-Type: text/html\n\ny\n--c--\n";
        let amp = "--b\nContent-Type: text/x-amp-html\n\nx\n";
        let own = |plain: &str, rich: &str, others| (plain.to_owned(), rich.to_owned(), others);
        assert_eq!(kinds(&[plain, html].concat()), own("text/plain", "text/html", 0));
        assert_eq!(kinds(&[html, plain].concat()), own("text/plain", "text/html", 0));
        assert_eq!(kinds(&[plain, apple].concat()), own("text/plain", "multipart/mixed", 0));
        assert_eq!(kinds(&[plain, amp, html].concat()), own("text/plain", "text/html", 1));
        assert_eq!(kinds(&[plain, amp].concat()), own("text/plain", "", 1));
    }
}
