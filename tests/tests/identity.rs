//! What identifies a person does not cross, wherever a writer or a mail program puts it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::{Pairing, SEEKER, VOLUNTEER};
use brevbro_tests::settings::{CONTACT, DOMAIN};
use brevbro_tests::{Draft, Engine, House, binary, both_engines, wait};
use data_encoding::BASE64_MIME;

both_engines!(
    known_identifiers_are_taken_out_or_the_letter_waits,
    a_desk_without_a_contact_keeps_the_letter,
    how_to_reach_the_organisation_stays_in_a_letter
);

/// Both people with everything the house knows of them.
fn enrol(house: &House) -> Pairing {
    let words = ["volunteer", "add", "--name", "Frida Lindqvist", "--known-as", "Frida", "--address", VOLUNTEER];
    house.run(&[words.as_slice(), &["--phone", "+46 70 174 06 05", "--alias", "frida"]].concat()).ok();
    let words = [
        "pairing",
        "open",
        "--no-welcome",
        "--programme",
        "letters",
        "--volunteer",
        "frida",
        "--seeker-address",
        SEEKER,
    ];
    let more = [
        "--known-as",
        "Vinter",
        "--seeker-name",
        "Anna Karin Karlsson",
        "--seeker-phone",
        "+46 70 555 01 23",
        "--seeker-other",
    ];
    let opened = house.json(&[words.as_slice(), more.as_slice(), &["Storgatan 12"]].concat());
    let seeker_alias = opened["seeker_alias"].as_str().unwrap().to_owned();
    let (seeker, volunteer) = (SEEKER.to_owned(), VOLUNTEER.to_owned());
    Pairing { id: String::new(), volunteer_alias: format!("frida@{DOMAIN}"), seeker_alias, seeker, volunteer }
}

/// The ways of letting a name or an address slip.
fn slips(pairing: &Pairing) -> Vec<(&'static str, Draft)> {
    let html = |draft: Draft, html: &str| {
        let text = format!("<p>Hello {}</p>{html}", draft.token);
        draft.body("text/html; charset=utf-8", text)
    };
    let encoded = |draft: Draft, said: &str| {
        let text = BASE64_MIME.encode(format!("Hello {}. {said}", draft.token).as_bytes());
        draft.field("Content-Transfer-Encoding", "base64").body("text/plain; charset=utf-8", text)
    };
    let write = || pairing.from_seeker();
    vec![
        ("a signature", write().text("\n-- \nAnna Karin Karlsson\nStorgatan 12\n+46 70 555 01 23\n")),
        ("an attribution", write().text("\nOn Monday Anna Karlsson <anna.karlsson@example.net> wrote:\n> Hello\n")),
        ("an attribution right below the words", write().text("On Monday Anna Karlsson wrote:\n> Hello\n")),
        ("a number without spaces", write().text("Call me: 0705550123 or 070-555 01 23.\n")),
        ("the subject", write().subject("=?utf-8?Q?From_Anna=20Karin_Karlsson?=")),
        ("letter case", write().text("ANNA.KARLSSON@EXAMPLE.NET and anna karin karlsson\n")),
        ("a link", html(write(), "<a href=\"mailto:anna.karlsson@example.net\">write</a>")),
        ("entities", html(write(), "anna&#46;karlsson&#64;example.net")),
        ("a name in pieces", html(write(), "Anna Karin <b>Karl</b><i>sson</i>")),
        ("base64", encoded(write(), "anna.karlsson@example.net")),
        ("invisible signs", write().text("anna.karl\u{200b}sson@example.net, Anna Karin Karls\u{ad}son\n")),
        ("the other side's own mailbox", write().text("Is frida.private@example.com yours, Frida Lindqvist?\n")),
    ]
}

fn known_identifiers_are_taken_out_or_the_letter_waits(engine: Engine) {
    let house = House::open(engine);
    let pairing = enrol(&house);
    let mut faults = Vec::new();
    for (slip, draft) in slips(&pairing) {
        let kept = house.queued_in("quarantined");
        let taken = house.sink.count();
        house.accept(&draft);
        if house.queued_in("quarantined") > kept {
            continue;
        }
        wait::until_true(slip, wait::SOON, || house.sink.count() > taken);
        let got = house.sink.letters().remove(taken);
        if !got.text().contains(&draft.token) {
            faults.push(format!("{slip}: the writer's own words are lost:\n{}", got.text()));
        }
        let seen = format!("{} {}", got.subject(), got.text().replace(['\u{200b}', '\u{ad}'], "")).to_lowercase();
        let told = ["karlsson", "anna karin", "storgatan", "5550123", "555 01 23", "frida.private", "lindqvist"];
        let told = told.into_iter().filter(|word| seen.contains(word) || got.source().contains(word));
        faults.extend(told.map(|word| format!("{slip}: {word} in: {seen}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn a_desk_without_a_contact_keeps_the_letter(engine: Engine) {
    let mut house = House::open_with(engine, |settings| settings.contact = None);
    let pairing = house.pair();
    let draft = Draft::new(&pairing.seeker, &format!("desk@{DOMAIN}"));
    house.accept(&draft);
    let kept = house.queue().into_iter().find(|letter| letter["state"] == "quarantined").expect("a kept letter");
    assert_eq!(kept["reason"], "no_contact", "{kept}");
    assert!(house.stop().success());
    house.settings.contact = Some("contact@office.example".into());
    house.start();
    house.run(&["queue", "release", kept["id"].as_str().unwrap()]).ok();
    let got = house.sink.await_token(&draft.token);
    assert_eq!(got.to, "contact@office.example");
    assert!(!got.source().contains(SEEKER), "whoever reads this mailbox may not see addresses:\n{}", got.source());
}

const IDENTITY: &str = r#"
[sender]
names = ["Anna Karin Karlsson", "Ankan"]
addresses = ["anna.karlsson@example.net"]
phones = ["+46 70 174 06 05"]
other = ["Storgatan 12"]
pseudonym = "Vinter"
alias = "vinter-7k@relay.example.org"
[recipient]
pseudonym = "Frida"
alias = "frida@relay.example.org"
address = "frida.private@example.com"
[relay]
domain = "relay.example.org"
language = "sv"
"#;

#[test]
fn the_sanitise_command_needs_nothing_but_the_letter() {
    let folder = tempfile::tempdir().unwrap();
    let (identity, report) = (folder.path().join("identity.toml"), folder.path().join("report.json"));
    std::fs::write(&identity, IDENTITY).unwrap();
    let (identity, report) = (identity.display().to_string(), report.display().to_string());
    let arguments = ["sanitise", "--identity", &identity, "--report", &report];
    let draft =
        Draft::new(SEEKER, "frida@relay.example.org").field("X-Mailer", "Program").text("Ankan, Storgatan 12\n");
    let out = binary::run_with(&arguments, &draft.bytes()).ok();
    assert!(out.contains("vinter-7k@relay.example.org") && out.contains(&draft.token), "{out}");
    for word in ["karlsson", "Ankan", "Storgatan", "Program", &draft.id] {
        assert!(!out.contains(word), "{word} in:\n{out}");
    }
    let told = std::fs::read_to_string(&report).unwrap();
    let _: serde_json::Value = serde_json::from_str(&told).expect("the report is JSON");
    assert!(!told.contains("Ankan") && !told.contains("karlsson"), "kinds and counts, never the words: {told}");
    // The same letter with bare line feeds, as files are kept.
    let bare = String::from_utf8(draft.bytes()).unwrap().replace("\r\n", "\n");
    assert!(binary::run_with(&arguments, bare.as_bytes()).ok().contains(&draft.token));

    for (what, letter) in
        [("nothing", &b""[..]), ("no header", b"\x00\xff\xfe"), ("no author", b"To: x@example.org\r\n\r\nHello\r\n")]
    {
        let said = binary::run_with(&arguments, letter);
        assert_eq!((said.code, said.out.as_str()), (65, ""), "{what}: {}", said.err);
    }
}

fn how_to_reach_the_organisation_stays_in_a_letter(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = pairing.from_volunteer().text(&format!("You can write to {CONTACT} or desk@{DOMAIN} as well.\n"));
    house.accept(&draft);
    let letter = house.sink.await_token(&draft.token);
    assert!(letter.text().contains(CONTACT) && letter.text().contains(&format!("desk@{DOMAIN}")), "{}", letter.text());
}
