//! Attribution lines of the common clients, and human sentences that only look like them.

use super::*;

fn of(text: &str) -> Option<(usize, Certainty)> {
    let lines: Vec<&str> = text.split('\n').collect();
    let found = (0..lines.len()).filter(|end| may_end(lines[*end]) && !is_open(lines[*end])).find_map(|end| {
        ending_at(end, |place| lines.get(place).copied(), &mut Memo::default()).map(|found| (end + 1, found))
    });
    // From the first line on, as the text is read.
    found.filter(|(_, found)| found.start == 0).map(|(lines, found)| (lines, found.certainty))
}

#[test]
fn the_clients_lines_are_known() {
    for line in [
        "Den tis 3 nov. 2026 kl 14:05 skrev Anna Karlsson <anna@example.net>:",
        "3 nov. 2026 kl. 14:05 skrev Anna Karlsson <anna@example.net>:",
        "tir. 3. nov. 2026 kl. 14:05 skrev Kari Nordmann <kari@example.net>:",
        "Den tirs. 3. nov. 2026 kl. 14.05 skrev Søren <soren@example.net>:",
        "On Tue, Nov 3, 2026 at 2:05 PM Anna <anna@example.net> wrote:",
        "ti 3. marrask. 2026 klo 14.05 Anna (anna@example.net) kirjoitti:",
        "Am Di., 3. Nov. 2026 um 14:05 Uhr schrieb Anna <anna@example.net>:",
        "Le mar. 3 nov. 2026 à 14:05, Anna <anna@example.net> a écrit :",
        "2026-11-03 14:05 GMT+01:00 Anna Karlsson <anna@example.net>:",
        "*Anna Karlsson <anna@example.net> skrev:*",
        "On Thursday, November 20th, 2026 at 14:03, Frida <frida@example.org> wrote:",
        "Den torsdag 20 november 2026 14:03:12 CET, Frida <frida@example.org> skrev:",
        "El jue, 20 nov 2026 a las 14:03, Frida (<frida@example.org>) escribió:",
        "Il giorno gio 20 nov 2026 alle ore 14:03 Frida <frida@example.org> ha scritto:",
        "Op do 20 nov 2026 om 14:03 schreef Frida <frida@example.org>:",
        "czw., 20 lis 2026 o 14:03 Frida <frida@example.org> napisał(a):",
        "Frida <frida@example.org>, 20 Kas 2026 Per, 14:03 tarihinde şunu yazdı:",
        "чт, 20 лист. 2026 р. о 14:03 Frida <frida@example.org> пише:",
        "في الخميس، 20 نوفمبر 2026 في 2:03 م تمت كتابة ما يلي بواسطة Frida <frida@example.org>:",
        "Frida <frida@example.org> 于2026年11月20日周五 14:03写道：",
        "tor. 20. nov. 2026 kl. 14:03 skreiv Frida <frida@example.org>:",
        "On 20 Nov 2026, at 14:03, frida@example.org wrote:",
    ] {
        assert_eq!(of(line), Some((1, Certainty::Strong)), "{line}");
    }
    assert_eq!(
        of("Den tis 3 nov. 2026 kl 14:05 skrev Anna Karlsson <\nanna@example.net>:"),
        Some((2, Certainty::Strong))
    );
    assert_eq!(
        of("On Tue, Nov 3, 2026 at 2:05 PM Anna Karlsson\n<anna@example.net>\nwrote:"),
        Some((3, Certainty::Strong))
    );
    for line in [
        "Den 2026-11-03 kl. 14:05, skrev Anna Karlsson:",
        "On 03/11/2026 14:05, Anna Karlsson wrote:",
        "Am 20.11.26 um 14:03 schrieb Frida:",
        "Le 20/11/2026 à 14:03, Frida a écrit :",
        "On Thu, 20 Nov 2026, at 14:03, frida wrote:",
        "20 nov. 2026 kl. 14:03 skrev Frida:",
    ] {
        assert_eq!(of(line), Some((1, Certainty::Dated)), "{line}");
    }
    for line in [
        "Anna Karlsson skrev:",
        "On Monday, Anna wrote:",
        "Den tisdagen den 3 november 2026 skrev Vinter:",
        "*Frida* kirjoitti:",
    ] {
        assert_eq!(of(line), Some((1, Certainty::Weak)), "{line}");
    }
}

#[test]
fn human_sentences_are_not() {
    for line in [
        "Den 3 maj skrev hon till mig att hon inte orkar.",
        "Jag ringde 14:05 och hon sa:",
        "Så här skrev jag 2019",
        "Klockan 14:05 den 3 november 2026 hände det:",
        "",
    ] {
        assert_eq!(of(line), None, "{line}");
    }
    for line in [
        "Hon skrev så här till mig 2019:",
        "My sister called on Monday and wrote:",
        "Den 3 maj 2026 kl 14:05 skrev han:",
        "Mamma skrev:",
        "I går fick jag ett brev från min man <kalle@example.net>, han skrev:",
    ] {
        assert_eq!(of(line), None, "{line}");
    }
}

#[test]
fn the_line_above_is_the_writers() {
    let below = "On Monday Anna Karlsson <anna.karlsson@example.net> wrote:";
    for above in [
        "Hello, this is letter q1234.",
        "Tåget går 14:05",
        "Vi ses den 3.",
        "På tisdag kommer Kalle",
        "Skriv till kalle@example.net",
        "Den boken var bra",
        "Hej 2026",
    ] {
        assert_eq!(of(&format!("{above}\n{below}")), None, "{above}");
    }
    assert_eq!(of("On Monday, November 3, Anna\nKarlsson <a@example.net> wrote:"), Some((2, Certainty::Strong)));
    assert_eq!(of("Den tis 3 nov.\n2026 kl 14:05 skrev Anna\n<a@example.net>:"), Some((3, Certainty::Strong)));
    assert_eq!(of("On Monday Anna\nKarlsson <a@example.net> wrote:"), Some((2, Certainty::Strong)));
}
