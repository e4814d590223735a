//! What is cut from answers of the common clients, and what stays.

use super::*;

fn kept_when(occasion: Occasion, text: &str) -> String {
    super::super::tidy::tidy(&cut(text, occasion, "[fwd]").text)
}

fn kept(text: &str) -> String {
    kept_when(Occasion::Answer, text)
}

#[test]
fn history_below_an_answer_goes() {
    let attribution = "Den tis 3 nov. 2026 kl 14:05 skrev Anna <a@example.net>:";
    assert_eq!(kept(&format!("Hej!\n\n{attribution}\n> gammalt\n>\n>> äldre\n")), "Hej!\n");
    assert_eq!(kept(&format!("Hej!\n\n{attribution}\n\ngammalt utan tecken\nmer\n")), "Hej!\n");
    assert_eq!(
        kept("Hej!\n\n-----Ursprungligt meddelande-----\nFrån: A\nSkickat: x\nTill: B\nÄmne: y\n\ngammalt"),
        "Hej!\n"
    );
    assert_eq!(
        kept("Hej!\n________________________________\nFra: A\nSendt: x\nTil: B\nEmne: Re: y\n\ngammalt"),
        "Hej!\n"
    );
    assert_eq!(cut("a\n> b\n> c", Occasion::Answer, "").quoted_lines, 2);
}

#[test]
fn answers_between_lines_stay_with_what_they_answer() {
    let text = "Den 3 nov. 2026 kl. 14:05 skrev Anna <a@example.net>:\n> Hej.\n>\n> Hur mår du?\n\nBra!\n\n> > äldre\n> Ses vi?\n> På tisdag?\nJa.\n> Mvh\n> A";
    assert_eq!(kept(text), "> Hur mår du?\n\nBra!\n\n> Ses vi?\n> På tisdag?\nJa.\n");
}

#[test]
fn forwarded_text_stays_without_its_head() {
    let outlook = "Titta på det här.\n\nFrån: Skolan\nSkickat: x\nTill: A\nÄmne: VB: möte\n\nMötet är på tisdag.";
    assert_eq!(kept_when(Occasion::Forward, outlook), "Titta på det här.\n\n[fwd]\n\nMötet är på tisdag.\n");
    let gmail =
        "Se!\n\n---------- Forwarded message ---------\nFrom: X <x@y>\nDate: d\nSubject: s\nTo: <a@b>\n\n\nInnehållet.";
    assert_eq!(kept(gmail), "Se!\n\n[fwd]\n\nInnehållet.\n");
    let bare = "Från: Skolan\nSkickat: x\nTill: A\nÄmne: möte\n\nMötet är på tisdag.";
    assert_eq!(kept(bare), "[fwd]\n\nMötet är på tisdag.\n");
}

#[test]
fn answers_announced_below_are_not_cut() {
    let text = "Hej, jag svarar nedan i rött.\n\nFrån: A\nSkickat: x\nTill: B\nÄmne: Sv: y\n\nfråga\nsvar";
    assert!(kept(text).ends_with("fråga\nsvar\n"));
}

#[test]
fn signatures_and_footers_go() {
    assert_eq!(kept("Hej!\n\n-- \nAnna Karlsson\n070-123\n\nOn 3 Nov 2026, at 14:05, A wrote:\n> x"), "Hej!\n");
    assert_eq!(kept("Hej!\nMvh Vinter\n\nSkickat från min iPhone"), "Hej!\nMvh Vinter\n");
    let dash = format!("Hej!\n--\n{}", "Fortsatt brev.\n".repeat(20));
    assert_eq!(kept(&dash).matches("Fortsatt").count(), 20);
}

#[test]
fn nothing_human_is_taken_for_history() {
    for text in [
        "Jag skrev till henne:\nHej, hur mår du?\n",
        "Till: mamma\nDu är bäst.\n",
        "Kl 14:05 ringde han.\nSedan 2019 har jag\n",
        "Hon skrev så här till mig 2019:\nJag vill inte.\n",
    ] {
        assert_eq!(kept(text), text);
    }
    assert_eq!(kept("> bara citat\n> två rader"), "> bara citat\n> två rader\n");
}

/// Texts of which the writer's own words must all be there, whatever else goes.
#[test]
fn no_word_of_the_writers_is_lost() {
    let head = "Från: Kalle\nSkickat: den 3 maj\nTill: mig\nÄmne: Du";
    let old = "Den tis 3 nov. 2026 kl 14:05 skrev Anna <a@example.net>:";
    for (text, words) in [
        (
            "My sister called on Monday and wrote:\n> I am fine\nThat was good.".to_owned(),
            "My sister called|That was good",
        ),
        ("Hello, letter q1234.\nOn Monday Anna <a@example.net> wrote:\n> Hello".into(), "q1234"),
        ("Hej!\nDen 3 maj 2026 kl 14:05 skrev han:\nJag kommer och tar dig.\n\nRädd.".into(), "skrev han|tar dig|Rädd"),
        ("Från: mig till dig\nHej!".into(), "Från: mig|Hej"),
        ("From: the bottom of my heart\nTo: the top\nHi!".into(), "bottom|the top|Hi!"),
        (
            format!("Han skickade det här brevet:\n\n{head}\n\nJag hittar dig.\n\nVad ska jag göra?"),
            "brevet|hittar|göra",
        ),
        (format!("Hej!\n\n{old}\n> Hur mår du?\n\nBra!"), "Hej|Bra"),
        (format!("{old}\n> Hur mår du?\n\nMitt svar."), "Mitt svar"),
        (format!("Hej!\n\n-----Ursprungligt meddelande-----\n{head}\n\n> gammalt\n\nMitt svar."), "Hej|Mitt svar"),
        ("Hej!\n-----Original Message-----\nDet står alltid så där.".into(), "Hej|så där"),
        (format!("Skickat från min iPhone\n\n{old}\n\nMitt svar under."), "Mitt svar"),
        ("Del ett.\n-- \nDel två är att jag inte orkar.\n\nKram".into(), "Del ett|Del två|Kram"),
        ("-- \nHela brevet står här, för jag skrev under strecket.".into(), "Hela brevet"),
        ("Hej!\n\n-- \nAnna\n070-123\n\nPS. Jag kommer i morgon.".into(), "Hej|PS. Jag"),
        ("Sent from my phone. I am scared.".into(), "scared"),
        (">From now on I sleep at home.\nGood.".into(), "From now on|Good"),
        (">:( jag är så arg".into(), "så arg"),
        (">> bara djupt citat".into(), "djupt citat"),
        ("Hej\n\nKl 14:05 den 3 november 2026 hände det:\n> han kom\nSen gick han.".into(), "hände det|Sen gick"),
    ] {
        let kept = kept(&text);
        for word in words.split('|') {
            assert!(kept.contains(word), "{word} of\n{text}\n->\n{kept}");
        }
    }
}

#[test]
fn a_letter_that_answers_nothing_has_no_history() {
    let old = "Den tis 3 nov. 2026 kl 14:05 skrev Kalle <k@example.net>:\n\nJag hittar dig.\n\nVad ska jag göra?";
    let text = format!("Hej Frida!\n\n{old}");
    assert_eq!(cut(&text, Occasion::Answer, "[fwd]").text, "Hej Frida!\n\n");
    let kept = cut(&text, Occasion::Fresh, "[fwd]").text;
    assert!(kept.contains("[fwd]\n\nJag hittar dig.") && kept.contains("göra") && !kept.contains("Kalle"), "{kept}");
}

#[test]
fn what_is_put_in_to_be_read_stays() {
    let put_in = "Se vad han skrev i går:\n\nDen 20 nov. 2026 kl 14:03 skrev Kalle <k@example.org>:\n> Jag hittar dig.";
    assert_eq!(kept(put_in), "Se vad han skrev i går:\n\n[fwd]\nJag hittar dig.\n");
    assert_eq!(kept(&put_in.replace(":\n\n", ".\n\n")), "Se vad han skrev i går.\n");
}

#[test]
fn subjects_say_what_a_letter_is() {
    for (subject, names_one, wanted) in [
        ("Re: Hej", false, Occasion::Answer),
        ("Hej", true, Occasion::Answer),
        ("Hej", false, Occasion::Fresh),
        ("VB: Möte", true, Occasion::Forward),
        ("Fwd: Re: Möte", true, Occasion::Forward),
        ("Sv: VB: Möte", true, Occasion::Answer),
        ("VS: Møte", true, Occasion::Either),
    ] {
        assert_eq!(Occasion::of(subject, names_one), wanted, "{subject}");
    }
    let nb = "Se her.\n\nFra: Skolen\nSendt: 2. november 2026 09:00\nTil: Kari\nEmne: Møte\n\nMøtet er tirsdag.";
    assert_eq!(kept_when(Occasion::Either, nb), "Se her.\n\n[fwd]\n\nMøtet er tirsdag.\n");
    let fi = "Kiitos!\n\nLähettäjä: Maria\nLähetetty: 3. marraskuuta 2026 12.01\nVastaanottaja: A\nAihe: x\n\nNähdään.";
    assert_eq!(kept_when(Occasion::Either, fi), "Kiitos!\n");
}
