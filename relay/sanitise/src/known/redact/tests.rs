//! Placeholders stand where identifiers stood, once each, and the relay's own addresses stay.

use super::*;
use crate::identity::Identity;
use crate::known::digits;
use crate::report::Seen;

fn clean(text: &str) -> (String, Report) {
    let mut identity = Identity::default();
    identity.sender.names = vec!["Anna Karin Karlsson".into()];
    identity.sender.addresses = vec!["anna.karlsson@example.net".into()];
    identity.sender.pseudonym = Some("Vinter".into());
    let mut needles = Needles::of(&identity);
    needles.compile();
    let phones = [digits::significant_of("+46 70 174 06 05")];
    let redactor = Redactor {
        needles: &needles,
        phones: &phones,
        spared: &Spared::of(["vinter-7k@relay.example.org"]),
        language: Language::Swedish,
        steps: Steps::ALL,
    };
    let mut report = Report::default();
    (redactor.clean(text, &mut report), report)
}

#[test]
fn each_identifier_leaves_one_mark() {
    let (text, report) = clean(
        "Jag är Anna Karin Karlsson och Annas mejl är Anna.Karlsson+x@example.net. Ring 070-174 06 05 från 192.0.2.1!",
    );
    assert_eq!(text, "Jag är [namn] och [namn]s mejl är [e-postadress]. Ring [telefonnummer] från [uppgift]!");
    assert_eq!(report.count(Seen::Name), 2);
    assert_eq!((report.count(Seen::Address), report.count(Seen::Phone), report.count(Seen::Network)), (1, 1, 1));
}

#[test]
fn a_clean_text_stays_as_it_is() {
    let text = "Hej! Vinter här. Skriv till vinter-7k@relay.example.org, ring 116 123, kostar 250 kr den 2026-11-21.\n";
    assert_eq!(clean(text).0, text);
    let (once, _) = clean("Anna skrev till a@example.com");
    assert_eq!(clean(&once).0, once);
}

#[test]
fn strangers_addresses_go_too() {
    assert_eq!(clean("min bror: bror@example.com").0, "min bror: [e-postadress]");
}
