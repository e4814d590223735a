//! Attribution lines of the common clients, and human sentences that only look like them.

use super::*;

fn of(text: &str) -> Option<(usize, Certainty)> {
    read(text.split('\n')).map(|a| (a.lines, a.certainty))
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
        "Anna Karlsson skrev:",
        "Den 2026-11-03 kl. 14:05, skrev Anna Karlsson:",
        "On 03/11/2026 14:05, Anna Karlsson wrote:",
        "On Monday, Anna wrote:",
        "Den tisdagen den 3 november 2026 skrev Vinter:",
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

#[test]
fn header_blocks_in_several_languages() {
    let block = |text: &str| header_block(text.split('\n')).map(|b| (b.lines, b.is_forward));
    assert_eq!(
        block("Från: Anna <a@b>\nSkickat: den 3 november\nTill: Frida\nÄmne: Sv: hej\n\ntext"),
        Some((4, false))
    );
    assert_eq!(block("*From:* A\n*Sent:* x\n*To:* B\n*Subject:* FW: hi\ntext"), Some((4, true)));
    assert_eq!(block("Fra: A\nDato: x\nTil: b@c;\n d@e\nEmne: Re"), Some((5, false)));
    assert_eq!(block("Lähettäjä: A\n\nLähetetty: x\n\nVastaanottaja: B\n\nAihe: x\n\ntext"), Some((7, false)));
    assert_eq!(block("Till: mamma\nFrån: mig"), None);
    assert_eq!(block("Från: mig till dig\nHej"), None);
}

#[test]
fn marks_of_older_letters() {
    assert_eq!(mark("-----Ursprungligt meddelande-----"), Some(Mark::Original));
    assert_eq!(mark("-------- Original Message --------"), Some(Mark::Original));
    assert_eq!(mark("---------- Forwarded message ---------"), Some(Mark::Forwarded));
    assert_eq!(mark("Begin forwarded message:"), Some(Mark::Forwarded));
    assert_eq!(mark("Original message"), None);
    assert_eq!(mark("Ett vidarebefordrat meddelande"), None);
}
