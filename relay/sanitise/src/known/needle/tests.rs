//! Identifiers found however they are written, and words left alone that only look like them.

use super::*;

fn identity() -> Identity {
    let mut identity = Identity::default();
    identity.sender.names = vec!["Anna Karin Karlsson".into(), "Ankan".into(), "Bo Ek".into()];
    identity.sender.addresses = vec!["anna.karlsson@example.net".into(), "sommar77@example.com".into()];
    identity.sender.other = vec!["Storgatan 12".into(), "Exempelbolaget AB".into()];
    identity.sender.pseudonym = Some("Vinter".into());
    identity.recipient.names = vec!["Frida Larsson".into()];
    identity.recipient.pseudonym = Some("Frida".into());
    identity
}

fn found(text: &str) -> Vec<&str> {
    let mut needles = Needles::of(&identity());
    needles.compile();
    let mut matches = needles.find(text, &fold::fold(text));
    matches.sort_by_key(|m| (m.begin, usize::MAX - m.end));
    let mut end = 0;
    matches.retain(|m| {
        let is_new = m.end > end;
        end = end.max(m.end);
        is_new
    });
    matches.iter().map(|m| &text[m.begin..m.end]).collect()
}

#[test]
fn names_in_every_dress() {
    let cases: [(&str, &[&str]); 12] = [
        ("Jag heter Anna Karlsson.", &["Anna Karlsson"]),
        ("KARLSSON, ANNA", &["KARLSSON, ANNA"]),
        ("Annas bok, Karlssons hus", &["Anna", "Karlsson"]),
        ("anna-karin", &["anna", "karin"]),
        ("@annakarinkarlsson", &["annakarinkarlsson"]),
        ("An\u{200b}na", &["An\u{200b}na"]),
        ("Аnnа", &["Аnnа"]),
        ("Bo Ek var här, boek inte", &["Bo Ek"]),
        ("Ankans", &["Ankan"]),
        ("Storgatan\n12 och storgatan 12", &["Storgatan\n12", "storgatan 12"]),
        ("på Exempelbolaget i", &["Exempelbolaget"]),
        ("Frida Larsson", &["Larsson"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(found(text), wanted, "{text}");
    }
}

#[test]
fn addresses_in_every_dress() {
    for written in [
        "anna.karlsson@example.net",
        "ANNA.KARLSSON@EXAMPLE.NET",
        "anna.karlsson (at) example.net",
        "anna punkt karlsson snabel-a example punkt net",
        "anna.karlsson%40example.net",
        "anna.karlsson&#64;example.net",
        "anna karlsson @ example . net",
        "anna.karlsson[a]example.net",
    ] {
        assert_eq!(found(&format!("skriv till {written} nu")), [written]);
    }
    assert_eq!(found("jag är sommar77 där"), ["sommar77"]);
    assert_eq!(found("anna.karlsson+shop@example.net"), ["anna.karlsson"]);
}

#[test]
fn other_words_are_left_alone() {
    for text in [
        "Johanna och Karl",
        "bananna",
        "sommar 77",
        "en ekande sal",
        "Vinter kommer. Hej Frida!",
        "Storgatan 121",
        "karlssonska",
    ] {
        assert_eq!(found(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn names_that_are_words_need_a_capital() {
    let mut identity = Identity::default();
    identity.sender.names = vec!["Björn Stark".into()];
    let mut needles = Needles::of(&identity);
    needles.compile();
    let count = |text: &str| needles.find(text, &fold::fold(text)).len();
    assert_eq!(count("en björn är stark. Stark är den."), 0);
    assert_eq!(count("jag, Björn, var där"), 1);
    assert_eq!(count("Hälsningar\nbjörn\n"), 1);
}
