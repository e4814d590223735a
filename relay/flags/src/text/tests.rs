//! Letters cut into sections, sentences and words.

use super::*;

fn read(text: &str) -> Reading<'_> {
    Reading::of(text, &mut Budget::new(100_000_000)).unwrap()
}

/// The sentences as words joined by blanks.
fn sentences(text: &str) -> Vec<String> {
    let reading = read(text);
    let words = |s: &Sentence| {
        let tokens = reading.tokens.get(s.words.clone()).unwrap();
        tokens.iter().map(|t| text.get(t.start..t.end).unwrap()).collect::<Vec<_>>().join(" ")
    };
    reading.sentences.iter().map(words).collect()
}

fn sections(text: &str) -> Vec<(Section, String)> {
    let reading = read(text);
    let shown = |s: &Sentence| (s.section, text.get(reading.octets(s.words.clone())).unwrap().to_owned());
    reading.sentences.iter().map(shown).collect()
}

#[test]
fn sentences_end_where_people_end_them() {
    let table: [(&str, &[&str]); 12] = [
        ("Hej. Hur är det?", &["Hej", "Hur är det"]),
        ("Vi ses kl. 14.30 t.ex. på torget.", &["Vi ses kl 14 30 t ex på torget"]),
        ("jag vet inte... kanske", &["jag vet inte kanske"]),
        ("jag vet inte... Kanske", &["jag vet inte", "Kanske"]),
        ("hej\njag heter\nabc", &["hej", "jag heter", "abc"]),
        ("don't, e-post – hej", &["don't e-post hej"]),
        ("se example.org nu", &["se example org nu"]),
        ("s*l och *fet* stil", &["s*l och fet stil"]),
        ("ja😂nej", &["ja 😂 nej"]),
        ("", &[]),
        ("...\n\n!!", &[]),
        ("dö\u{200b}r nu", &["dö\u{200b}r nu"]),
    ];
    for (text, expected) in table {
        assert_eq!(sentences(text), expected, "{text:?}");
    }
}

#[test]
fn wrapped_lines_are_one_sentence_and_short_ones_are_not() {
    let wrapped = "I dag var det en lång dag på jobbet och jag tänkte mycket på det där du\nskrev om att vila ibland\noch sedan kom regnet";
    assert_eq!(sentences(wrapped).len(), 2);
    let long = format!("{}\noch mer", "ord ".repeat(40));
    assert_eq!(sentences(&long).len(), 2);
}

#[test]
fn quotations_need_an_attribution() {
    use Section::{Forwarded, New, Quoted, Signature};
    let table: [(&str, &[Section]); 9] = [
        (
            "Ja.\n\nDen 3 mars 2026 skrev Frida:\n> Hur mår du?\n> Bra?\nSvar här.\n> Mer",
            &[New, New, Quoted, Quoted, New, Quoted],
        ),
        ("On Mon, 3 March 2026 at 10:00, Frida\n<f@relay.example.org> wrote:\n\n> How are you?", &[New, New, Quoted]),
        ("Han skrev:\n> jag kommer", &[New, New]),
        ("> bara en pil", &[New]),
        ("Hej\n-----Ursprungligt meddelande-----\nGammalt.", &[New, New, Quoted]),
        (
            "Hej\n---------- Forwarded message ---------\nFrom: a\nDate: b\nSubject: c\nNytt.",
            &[New, New, Forwarded, Forwarded, Forwarded, Forwarded],
        ),
        ("Hej\nFrån: a\nSkickat: b\nTill: c\n\nGammalt.", &[New, New, Quoted, Quoted, Quoted]),
        ("Hej\n-- \nRut", &[New, Signature]),
        ("Från: ingen\nhej", &[New, New]),
    ];
    for (text, expected) in table {
        let seen = sections(text);
        assert_eq!(seen.iter().map(|(s, _)| *s).collect::<Vec<_>>(), expected, "{seen:?}");
    }
}

#[test]
fn questions_and_pauses_are_noticed() {
    let reading = read("Hur är det, du? Bra.");
    assert_eq!(reading.sentences.iter().map(|s| s.asks).collect::<Vec<_>>(), [true, false]);
    assert_eq!(reading.tokens.iter().map(|t| t.after_pause).collect::<Vec<_>>(), [false, false, false, true, false]);
}

#[test]
fn words_lie_in_the_text_in_order_whatever_it_is() {
    let letter = "Den 3 mars skrev X:\n> Hur är’t—då?\nt.ex. 😂😂 a\u{300}*b -- \n-- \nRut ‑ ö\u{200b}l\r\n";
    for at in 0..letter.len() {
        let mut octets = letter.as_bytes().to_vec();
        octets[at] = b">-\n.?*'\r:"[at % 9];
        for text in [letter.get(..at).unwrap_or_default().to_owned(), String::from_utf8_lossy(&octets).into_owned()] {
            let reading = read(&text);
            let mut last = 0;
            for token in &reading.tokens {
                assert!(token.start >= last && token.start < token.end && text.get(token.start..token.end).is_some());
                last = token.end;
            }
            let mut end = 0;
            for sentence in &reading.sentences {
                assert_eq!(sentence.words.start, end);
                end = sentence.words.end;
            }
            assert_eq!(end, reading.tokens.len());
        }
    }
}
