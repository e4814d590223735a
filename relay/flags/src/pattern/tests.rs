//! Patterns that are read, and patterns that are refused.

use super::*;

fn word(letters: &str, shape: Shape, care: Care) -> Choice {
    Choice::Word(Spelling { letters: letters.into(), shape, care })
}

fn plain(letters: &str) -> Choice {
    word(letters, Shape::Whole, Care::Folded)
}

#[test]
fn every_form_of_a_word_is_read() {
    let table = [
        ("leave", plain("leave")),
        ("=för", word("för", Shape::Whole, Care::Exact)),
        ("rain*", word("rain", Shape::Beginning, Care::Folded)),
        ("*coat", word("coat", Shape::Ending, Care::Folded)),
        ("*rain*", word("rain", Shape::Within, Care::Folded)),
        ("~umbrella*", word("umbrella", Shape::Beginning, Care::OneEdit)),
        ("don't", plain("don't")),
        ("e-post", plain("e-post")),
        ("😂", plain("😂")),
        ("@slå", Choice::Set("slå".into())),
    ];
    for (text, expected) in table {
        assert_eq!(parse(text), Ok(vec![Part::Words(vec![expected])]), "{text}");
    }
}

#[test]
fn sequences_gaps_and_brackets_are_read() {
    let home = Part::Phrases(vec![
        vec![Part::Words(vec![plain("at")]), Part::Words(vec![plain("home")])],
        vec![Part::Words(vec![plain("out")])],
    ]);
    assert_eq!(
        parse("^ a|@b <3> * (at home|out)? c? $"),
        Ok(vec![
            Part::Start,
            Part::Words(vec![plain("a"), Choice::Set("b".into())]),
            Part::Gap(3),
            Part::Any,
            Part::Maybe(Box::new(home)),
            Part::Maybe(Box::new(Part::Words(vec![plain("c")]))),
            Part::End,
        ])
    );
    assert_eq!(parse("( a b | c )"), parse("(a b|c)"));
}

#[test]
fn what_is_no_pattern_is_refused() {
    for bad in [
        "",
        "  ",
        "a |b",
        "| a",
        "a|",
        "(a",
        "a)",
        "()",
        "(a|)",
        "<0>",
        "a <13> b",
        "a <x> b",
        "<2> a",
        "a <2>",
        "r*",
        "**",
        "~short",
        "~*umbrella",
        "@",
        "@a|@",
        "a.b",
        "a?b",
        "(a)b",
        "((((((( a )))))))",
        "?",
        "=",
        "~",
        "a,",
        "<",
    ] {
        assert!(parse(bad).is_err(), "{bad:?} was read as {:?}", parse(bad));
    }
}

#[test]
fn no_text_breaks_the_reader() {
    let whole = "^ =för|@b <3> * (at ~umbrella*|(out|in?))? *c*|d $ ❤ é";
    for end in 0..=whole.len() {
        if let Some(part) = whole.get(..end) {
            let _either = parse(part);
        }
        let mut broken = whole.as_bytes().to_vec();
        for octet in *b"()|?*<>@=~ " {
            if let Some(place) = broken.get_mut(end) {
                *place = octet;
            }
            let _either = parse(&String::from_utf8_lossy(&broken));
        }
    }
}
