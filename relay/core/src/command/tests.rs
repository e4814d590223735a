//! Tables of what is a command in each language, and of sentences that are none.

use super::*;
use jiff::civil::{Weekday, date};

fn command(text: &str) -> Option<Command> {
    read(text, "About the letters").map(|said| said.command)
}

#[test]
fn every_word_our_letters_ask_for_is_understood() {
    let table = [
        (Command::Stop, ["stopp", "stopp", "stopp", "stop", "stop"]),
        (Command::Pause(None), ["paus", "pause", "pause", "pause", "pause"]),
        (Command::Resume, ["fortsätt", "fortsett", "hald fram", "fortsæt", "resume"]),
        (Command::Erase, ["radera", "slett", "slett", "slet", "erase"]),
        (Command::Coordinator, ["samordnare", "koordinator", "koordinator", "koordinator", "coordinator"]),
        (Command::Relief, ["avlösning", "avløsning", "avløysing", "afløsning", "relief"]),
        (Command::Worried, ["orolig", "bekymret", "uroleg", "bekymret", "worried"]),
    ];
    for (expected, words) in table {
        for word in words {
            let capital: String =
                word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
            for text in [
                word.to_owned(),
                word.to_uppercase(),
                format!("{capital}!"),
                format!("\n\n  {capital}.  \n"),
                format!("Hej,\n\n{word}\n\nMvh\nVinter"),
                format!("*{word}*"),
                format!("\"{word}\"\n> quoted"),
                format!("«{capital}»"),
                format!("- {word}"),
                format!("{word}, tack"),
                format!("Please {word}"),
                format!("snälla, {word}!!"),
                format!("Vær så snill: {word}"),
                format!("venligst {word}"),
                format!("Hei {word}"),
                format!("\u{feff}{word}\u{200b}"),
            ] {
                let said = read(&text, "x");
                assert_eq!(said, Some(Said { command: expected.clone(), is_more: false }), "{text:?}");
            }
            assert_eq!(read(" \n", word), Some(Said { command: expected.clone(), is_more: false }), "subject {word}");
            assert_eq!(read("", &format!("Re: SV: {word}")).map(|said| said.command), Some(expected.clone()));
        }
    }
}

#[test]
fn words_without_their_accents_and_in_other_forms_are_understood() {
    for (text, expected) in [
        ("avlosning", Command::Relief),
        ("afloesning", Command::Relief),
        ("fortsatt", Command::Resume),
        ("fortsaet", Command::Resume),
        ("fortsa\u{308}tt", Command::Resume),
        ("Stoppa breven", Command::Stop),
        ("sluta", Command::Stop),
        ("STOPP STOPP STOPP!!!", Command::Stop),
        ("stopp nu, snälla", Command::Stop),
        ("radera mina data", Command::Erase),
        ("Slet mine data.", Command::Erase),
        ("slett mine data", Command::Erase),
        ("erase my data", Command::Erase),
        ("Delete everything", Command::Erase),
        ("ta en paus", Command::Pause(None)),
        ("co-ordinator", Command::Coordinator),
        ("Hjälp!", Command::Coordinator),
    ] {
        assert_eq!(command(text), Some(expected), "{text}");
    }
}

#[test]
fn what_follows_a_command_goes_along_as_a_letter() {
    for (text, expected) in [
        ("stopp, jag orkar inte mer", Command::Stop),
        ("Stopp! Jag orkar inte mer.", Command::Stop),
        ("STOP – jeg kan ikke mere", Command::Stop),
        ("stop - I cannot go on", Command::Stop),
        ("Hej, stopp, jag orkar inte", Command::Stop),
        ("Stopp\nTack, hjälp mig", Command::Stop),
        ("stop\nMvh\nJag vill dö", Command::Stop),
        ("stopp\n\nDet blev för mycket för mig, och jag vill inte förklara.", Command::Stop),
        ("samordnare: jag vill prata med någon", Command::Coordinator),
        ("Avløsning. Jeg klarer ikke mer nå.", Command::Relief),
        ("orolig\nhon skriver att hon inte vill mer", Command::Worried),
        ("Jag är orolig för Vinter", Command::Worried),
        ("I'm very worried about her", Command::Worried),
        ("jeg er bekymret for hende", Command::Worried),
    ] {
        assert_eq!(read(text, "x"), Some(Said { command: expected, is_more: true }), "{text}");
    }
}

#[test]
fn sentences_are_no_commands() {
    for text in [
        "",
        "sluta inte skriva",
        "Sluta inte!",
        "jag vill sluta",
        "Jag vill inte sluta skriva till Frida",
        "stopp inte",
        "inte stopp",
        "don't stop",
        "Please don't stop",
        "stop?",
        "Stopp? Nej, fortsätt gärna.",
        "ikke stop",
        "stop ikke",
        "slet ikke",
        "slett ikke noe",
        "pausa inte",
        "paus till sommaren",
        "paus ett tag",
        "jag behöver kanske en paus",
        "Kan jag få en paus i två veckor?",
        "I would like a pause",
        "when can I resume",
        "radera inte",
        "radera mitt senaste brev",
        "slett det siste brevet",
        "delete the last letter",
        "Hej, jag undrar hur jag slutar",
        "Hej Frida\n\nstoppskylten vid vägen",
        "stoppet",
        "unstoppable",
        "jag är inte orolig",
        "not worried",
        "I am not worried",
        "orolig inte",
        "ingen fara, ingen är orolig",
        "time flies",
        "tiden går så fort när man skriver",
        "> stopp",
        "Hej!\nHur mår du?\nstopp",
        "no stop",
        "No, don't stop",
        "pausa om två veckor",
        "pause in two weeks",
        "paus på måndag",
        "paus i januari",
        "slut",
        "end",
        "koordinatoren er flink",
        "the coordinator called me",
    ] {
        assert_eq!(command(text), None, "{text:?}");
    }
    assert_eq!(read("Jag undrar en sak.", "stopp"), None, "the letter's own words go before its subject");
    assert_eq!(read("", "Fwd: stopp"), None);
    assert_eq!(read("", "Re: About the letters"), None);
}

#[test]
fn a_pause_may_say_when_it_ends() {
    let day = |year, month, day| Command::Pause(Some(End::Day { year, month, day }));
    for (text, expected) in [
        ("paus 2 veckor", Command::Pause(Some(End::Days(14)))),
        ("Paus i två veckor, tack", Command::Pause(Some(End::Days(14)))),
        ("pause, 10 dager", Command::Pause(Some(End::Days(10)))),
        ("pause en uge", Command::Pause(Some(End::Days(7)))),
        ("pause i 3 uker", Command::Pause(Some(End::Days(21)))),
        ("pause for two months", Command::Pause(Some(End::Months(2)))),
        ("take a break for a week", Command::Pause(Some(End::Days(7)))),
        ("paus 14dagar", Command::Pause(Some(End::Days(14)))),
        ("paus till 5 januari", day(None, 1, 5)),
        ("Pause til den 5. januar 2027", day(Some(2027), 1, 5)),
        ("pause til og med 5. januar", day(None, 1, 5)),
        ("paus t.o.m. 5 jan", day(None, 1, 5)),
        ("pause indtil 5/1", day(None, 1, 5)),
        ("pause until January 5th", day(None, 1, 5)),
        ("pause until the 5th of January", day(None, 1, 5)),
        ("pause 2027-01-05", day(Some(2027), 1, 5)),
        ("paus till 5.1.2027.", day(Some(2027), 1, 5)),
        ("paus till måndag", Command::Pause(Some(End::Weekday(Weekday::Monday)))),
        ("pause til lørdag", Command::Pause(Some(End::Weekday(Weekday::Saturday)))),
    ] {
        assert_eq!(read(text, "x"), Some(Said { command: expected, is_more: false }), "{text}");
    }
}

#[test]
fn the_end_of_a_pause_lies_within_a_year() {
    let today = date(2026, 11, 21);
    for (end, expected) in [
        (End::Days(14), Some(date(2026, 12, 5))),
        (End::Months(3), Some(date(2027, 2, 21))),
        (End::Weekday(Weekday::Monday), Some(date(2026, 11, 23))),
        (End::Weekday(Weekday::Saturday), Some(date(2026, 11, 28))),
        (End::Day { year: None, month: 1, day: 5 }, Some(date(2027, 1, 5))),
        (End::Day { year: None, month: 11, day: 21 }, Some(date(2027, 11, 21))),
        (End::Day { year: None, month: 2, day: 30 }, None),
        (End::Day { year: Some(2026), month: 11, day: 21 }, None),
        (End::Day { year: Some(2028), month: 1, day: 5 }, None),
        (End::Months(13), None),
    ] {
        assert_eq!(end.day(today), expected, "{end:?}");
    }
}

#[test]
fn contact_time_is_handed_on_as_it_was_written() {
    for text in ["tid 35", "Tid: 45 min", "12 45", "12: 45 min", "total 40", "totalt 40 min", "i alt 40", "time 1:10"] {
        assert_eq!(command(text), Some(Command::Time(text.to_owned())), "{text}");
    }
    for text in ["12 personer var där 2026 i staden", "12", "tid", "time to go"] {
        assert_eq!(command(text), None, "{text}");
    }
}

#[test]
fn only_a_yes_or_nothing_confirms() {
    for text in
        ["", " \n\n", "> quoted\n> more", "radera", "Slett.", "Ja", "yes\n\nRegards\nAnna", "JA!", "erase my data"]
    {
        assert!(confirms(text), "{text:?}");
    }
    for text in
        ["nej", "Ja, men vad händer då?", "I am out of office until Monday.", "ok?", "stopp", "radera\nMen inte nu."]
    {
        assert!(!confirms(text), "{text:?}");
    }
}

#[test]
fn each_side_has_its_own_commands() {
    let table = [
        (Command::Stop, true, true),
        (Command::Pause(None), true, true),
        (Command::Resume, true, true),
        (Command::Erase, true, false),
        (Command::Coordinator, true, false),
        (Command::Relief, false, true),
        (Command::Worried, false, true),
        (Command::Time(String::new()), false, true),
    ];
    for (command, seeker, volunteer) in table {
        assert_eq!((command.is_for(Side::Seeker), command.is_for(Side::Volunteer)), (seeker, volunteer), "{command:?}");
    }
}

#[test]
fn hostile_text_is_read_in_its_length() {
    let mut seed = 7_u64;
    let alphabet: Vec<char> = "stopp, .!:-\n>?\u{308}æø5/0123 paus till".chars().collect();
    for length in (0..400).chain([100_000]) {
        let text: String = (0..length)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                alphabet[usize::try_from(seed >> 33).unwrap() % alphabet.len()]
            })
            .collect();
        let _ = (read(&text, &text), confirms(&text));
    }
    assert_eq!(command(&"stopp, ".repeat(100_000)), Some(Command::Stop));
}
