//! Answers as people write them, and answers that must go to a human.

use super::{Answer, Asked, Correction, Target, read};
use crate::ledger::Minutes;
use crate::party::Language;

/// The overview in Swedish, and what was said to an earlier answer.
const OURS: &str = "Hej,\n\nSå här mycket tid tog breven den här veckan, som vi uppskattar det:\n\n\
    - 1: söndag 22 november, Vinter, du skrev, ungefär 25 min\n- 2: måndag 16 november, Vinter, du läste, ungefär 5 min\n\n\
    Tillsammans blir det ungefär 30 min av 60.\n\nStämmer det? Då behöver du inte göra någonting.\n\n\
    Stämmer det inte? Svara på det här brevet och skriv en rad för varje sak\nsom ska ändras:\n\n\
    - 1 45 om rad 1 tog 45 minuter\n- total 40 om hela veckan tog 40 minuter\n\n\
    Du kan rätta till och med söndag 6 december. Du behöver inte förklara varför.\n\
    - rad 1: 45 min i stället för 25 min\n- hela veckan: 40 min i stället för 30 min\n\
    Veckan är nu på 50 min tillsammans.\n";

fn answer(text: &str, lines: u32, language: Language) -> Answer {
    let names = ["Frida Realname".to_owned(), "Frida".to_owned()];
    read(text, &Asked { lines, language, ours: OURS, names: &names })
}

fn corrections(pairs: &[(u32, i64)]) -> Answer {
    let one = |(line, minutes): &(u32, i64)| Correction {
        target: if *line == 0 { Target::Week } else { Target::Line(*line) },
        minutes: Minutes::whole(*minutes),
    };
    Answer::Corrections(pairs.iter().map(one).collect())
}

/// An answer to an overview of twelve lines; line 0 is the whole week.
#[test]
fn plain_words_in_five_languages() {
    use Language::{Bokmal, Danish, English, Swedish};
    type Case = (&'static str, Language, &'static [(u32, i64)]);
    let cases: [Case; 44] = [
        ("12 45", Swedish, &[(12, 45)]),
        ("12: 45 min", Swedish, &[(12, 45)]),
        ("12 = 45", English, &[(12, 45)]),
        ("12) 45 min", Danish, &[(12, 45)]),
        ("12. 45 min.", Danish, &[(12, 45)]),
        ("- 12 45", Swedish, &[(12, 45)]),
        ("#12 45", English, &[(12, 45)]),
        ("rad 12: 45 minuter", Swedish, &[(12, 45)]),
        ("Rad 12 tog 45 min", Swedish, &[(12, 45)]),
        ("linje 3 tok 1h 10", Bokmal, &[(3, 70)]),
        ("linja 3 tok ein halvtime", Bokmal, &[(3, 30)]),
        ("linje 3: halvanden time", Danish, &[(3, 90)]),
        ("line 3 took about an hour and a half", English, &[(3, 90)]),
        ("nr 3 ca 20", Swedish, &[(3, 20)]),
        ("3: en kvart", Swedish, &[(3, 15)]),
        ("3 en halvtimme", Swedish, &[(3, 30)]),
        ("1 1,5 h", Swedish, &[(1, 90)]),
        ("1: 1.5 timmar", Swedish, &[(1, 90)]),
        ("1 ½ timme", Swedish, &[(1, 30)]),
        ("12 0", Swedish, &[(12, 0)]),
        ("total 40", Swedish, &[(0, 40)]),
        ("totalt 40 min", Swedish, &[(0, 40)]),
        ("Totalt: 1 h 10 min.", Swedish, &[(0, 70)]),
        ("i alt 40", Danish, &[(0, 40)]),
        ("I alt: 40 minutter", Danish, &[(0, 40)]),
        ("til sammen 40", Bokmal, &[(0, 40)]),
        ("tilsammen 2 timer", Bokmal, &[(0, 120)]),
        ("heile veka 40", Bokmal, &[(0, 40)]),
        ("hele uken: 40 min", Bokmal, &[(0, 40)]),
        ("the whole week took 2 hours", English, &[(0, 120)]),
        ("together 40 minutes", English, &[(0, 40)]),
        ("40 min totalt", Swedish, &[(0, 40)]),
        ("40 i alt", Danish, &[(0, 40)]),
        ("Tid totalt: 40", Swedish, &[(0, 40)]),
        ("total time 40 min", English, &[(0, 40)]),
        ("i alt brukte jeg 40 min", Bokmal, &[(0, 40)]),
        ("Line 1: 45 minutes, line 2: I spent 30 minutes", English, &[(1, 45), (2, 30)]),
        ("1 45\n2 30", Swedish, &[(1, 45), (2, 30)]),
        ("1 45, 2 30", Swedish, &[(1, 45), (2, 30)]),
        ("1: 45 min; 2: 30 min", Swedish, &[(1, 45), (2, 30)]),
        ("1 45 och 2 30", Swedish, &[(1, 45), (2, 30)]),
        ("Hej!\n\n1 45\ntotal 60\n\nTack så mycket!\nMvh Frida\nVolontär\n070-174 06 05", Swedish, &[(1, 45), (0, 60)]),
        ("Hej, 1 45 tack!", Swedish, &[(1, 45)]),
        ("1 45\n1 45", Swedish, &[(1, 45)]),
    ];
    for (text, language, expected) in cases {
        assert_eq!(answer(text, 12, language), corrections(expected), "{text}");
    }
}

#[test]
fn a_time_alone_means_the_only_line_or_the_one_it_is_written_beside() {
    for text in ["tid 45 min", "45 min", "45", "Tid: 45", "Det tog ungefär 45 min.", "en halvtimme\n\nFrida"] {
        let minutes = if text.starts_with("en") { 30 } else { 45 };
        assert_eq!(answer(text, 1, Language::Swedish), corrections(&[(1, minutes)]), "{text}");
        assert_eq!(answer(text, 2, Language::Swedish), Answer::Unclear, "{text}");
    }
    assert_eq!(answer("time 45 min", 1, Language::English), corrections(&[(1, 45)]));
    assert_eq!(answer("time 45 min", 1, Language::Danish), Answer::Unclear, "perhaps an hour and 45 minutes");
    let beside =
        "> - 1: söndag 22 november, Vinter, du skrev, ungefär\n> 25 min\ntid 45 min\n\n> - 2: måndag, Vinter\n10\n";
    assert_eq!(answer(beside, 5, Language::Swedish), corrections(&[(1, 45), (2, 10)]));
    let elsewhere = "> - 1: söndag 22 november\n2 45\n";
    assert_eq!(answer(elsewhere, 5, Language::Swedish), Answer::Unclear);
    let twice = "> - 1: söndag 22 november\n45 min\n30 min\n";
    assert_eq!(answer(twice, 5, Language::Swedish), Answer::Unclear);
    let below_all = "> - 1: söndag 22 november\n> Stämmer det?\n> a\n> b\n45 min\n";
    assert_eq!(answer(below_all, 5, Language::Swedish), Answer::Unclear);
}

#[test]
fn nothing_is_guessed() {
    for text in [
        "",
        "   \n> 1 45",
        "45",
        "13 45",
        "0 45",
        "1 10081",
        "1 -45",
        "1 45?",
        "1:45",
        "1-2 timmar",
        "1 - 2 timmar",
        "12 45 eller 50",
        "1 45\n1 30",
        "total 40\ntotalt 50",
        "1 45\nnej, det var fel",
        "1 45 men jag är inte säker",
        "mer än 45 min",
        "Jag ringde också, 20 min",
        "1 45\nJag är orolig för henne.",
        "det stämmer inte",
        "1 45 50",
        "12 min",
        "1 kr 45",
        "2026-11-22 45",
        "Frida\n1 45",
        "1 45\nMvh Frida\nPS. Jag ringde också",
        "1 45\n\nRing 070-174 06 05",
        "stopp",
        "Jag är ledig till 12 januari.",
        "1, 45",
        "1 45, 30",
    ] {
        assert_eq!(answer(text, 12, Language::Swedish), Answer::Unclear, "{text}");
    }
}

#[test]
fn agreement_changes_nothing() {
    for text in ["Tack!", "Det stämmer, tack.", "OK", "Hej,\n\ndet stämmer.\n\nMvh\nFrida", "Looks right, thank you!"]
    {
        assert_eq!(answer(text, 2, Language::Swedish), Answer::Agreed, "{text}");
    }
}

#[test]
fn our_own_letter_come_back_is_no_answer() {
    assert_eq!(answer(OURS, 2, Language::Swedish), Answer::Unclear);
    assert_eq!(answer(&format!("Det stämmer.\n{OURS}"), 2, Language::Swedish), Answer::Unclear, "what stands below?");
    let marked = OURS.lines().map(|line| format!("> {line}\n")).collect::<Vec<_>>().concat();
    assert_eq!(answer(&marked, 2, Language::Swedish), Answer::Unclear);
    assert_eq!(answer(&format!("1 50\n\n{OURS}"), 2, Language::Swedish), corrections(&[(1, 50)]));
    assert_eq!(answer(&format!("1 50\n\n{marked}"), 2, Language::Swedish), corrections(&[(1, 50)]));
    // Cut anywhere, wrapped anywhere: never a value of our own examples.
    for width in [20, 30, 45, 60, 78, 200] {
        let wrapped = wrapped(OURS, width);
        for start in 0..wrapped.lines().count() {
            let part = wrapped.lines().skip(start).collect::<Vec<_>>().join("\n");
            let read = answer(&part, 2, Language::Swedish);
            assert!(!matches!(read, Answer::Corrections(_)), "{width} {start}: {read:?}\n{part}");
        }
    }
}

fn wrapped(text: &str, width: usize) -> String {
    let mut all = String::new();
    for line in text.lines() {
        let mut room = width;
        for word in line.split(' ') {
            if word.chars().count() >= room {
                all.push('\n');
                room = width;
            }
            all.push_str(word);
            all.push(' ');
            room = room.saturating_sub(word.chars().count() + 1);
        }
        all.push('\n');
    }
    all
}

#[test]
fn hostile_answers_are_bounded() {
    for piece in ["1 45\n", "> - 1: x\n", "½", ",", "1 och ", "45 min ", "- ", "hej ", "\u{202e}9"] {
        let long = piece.repeat(200_000 / piece.len());
        assert_eq!(answer(&long, 12, Language::Swedish), Answer::Unclear, "{piece}");
        for cut in 0..60 {
            let short: String = piece.repeat(12).chars().take(cut).collect();
            let _ = answer(&short, 12, Language::Danish);
        }
    }
}
