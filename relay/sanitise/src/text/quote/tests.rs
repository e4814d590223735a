//! What is cut from answers of the common clients, and what stays.

use super::*;

fn kept(text: &str) -> String {
    super::super::tidy::tidy(&cut(text, "[fwd]").text)
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
    assert_eq!(cut("a\n> b\n> c", "").quoted_lines, 2);
}

#[test]
fn answers_between_lines_stay_with_what_they_answer() {
    let text = "Den 3 nov. 2026 kl. 14:05 skrev Anna <a@example.net>:\n> Hej.\n>\n> Hur mår du?\n\nBra!\n\n> > äldre\n> Ses vi?\n> På tisdag?\nJa.\n> Mvh\n> A";
    assert_eq!(kept(text), "> Hur mår du?\n\nBra!\n\n> Ses vi?\n> På tisdag?\nJa.\n");
}

#[test]
fn forwarded_text_stays_without_its_head() {
    let outlook = "Titta på det här.\n\nFrån: Skolan\nSkickat: x\nTill: A\nÄmne: VB: möte\n\nMötet är på tisdag.";
    assert_eq!(kept(outlook), "Titta på det här.\n\n[fwd]\n\nMötet är på tisdag.\n");
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
