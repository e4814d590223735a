//! A letter crosses both ways: who sees what, what holds threads together, and what is never passed on.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::post::Session;
use brevbro_tests::settings::{CONTACT, DOMAIN};
use brevbro_tests::{Draft, Engine, House, Letter, both_engines, wait};
use std::time::Duration;

both_engines!(
    a_letter_crosses_both_ways_and_threads_hold,
    a_relayed_letter_has_exactly_the_fixed_fields,
    tags_and_letter_case_are_tolerated,
    further_recipients_are_told_of_once,
    one_voice_for_every_address_that_is_not_there,
    automatic_answers_go_no_further,
    public_doors_reach_the_contact,
    contact_time_is_booked_for_every_letter,
    every_enrolled_mailbox_of_a_person_counts,
    a_letter_that_is_sent_again_arrives_once,
    a_letter_that_is_meant_twice_arrives_twice,
);

/// Gives the next hop time to receive what it must not receive.
const A_WHILE: Duration = Duration::from_millis(1500);

fn a_letter_crosses_both_ways_and_threads_hold(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let first = pairing.from_seeker().subject("Tomorrow at four");
    house.accept(&first);
    let got = house.sink.await_token(&first.token);
    assert_eq!(got.to, VOLUNTEER);
    assert_eq!((got.from_name(), got.from_address()), ("Vinter".into(), pairing.seeker_alias.clone()));
    assert_eq!(got.to_address(), pairing.volunteer_alias);
    assert_eq!(got.subject(), "Tomorrow at four");
    assert_ne!(got.id(), first.id);

    let answer = pairing.from_volunteer().subject("Re: Tomorrow at four").answering(&got.id());
    house.accept(&answer);
    let answered = house.sink.await_token(&answer.token);
    assert_eq!(answered.to, SEEKER);
    assert_eq!((answered.from_name(), answered.from_address()), ("Frida".into(), pairing.volunteer_alias.clone()));
    assert_eq!(answered.field("In-Reply-To"), Some(format!("<{}>", first.id)), "the seeker's own letter");
    assert_eq!(answered.references(), std::slice::from_ref(&first.id));

    let again = pairing
        .from_seeker()
        .answering(&answered.id())
        .field("References", &format!("<{}> <{}> <stranger@elsewhere.example>", first.id, answered.id()));
    house.accept(&again);
    let third = house.sink.await_token(&again.token);
    assert_eq!(third.field("In-Reply-To"), Some(format!("<{}>", answer.id)), "the volunteer's own letter");
    let references = third.references();
    assert!(references.contains(&answer.id), "{references:?}");
    assert!(references.contains(&got.id()), "the copy in the volunteer's mailbox: {references:?}");
    assert!(!references.iter().any(|id| id.contains("elsewhere") || *id == first.id), "{references:?}");
}

fn a_relayed_letter_has_exactly_the_fixed_fields(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = pairing
        .from_seeker()
        .with_on_top("Received", "from annas-laptop ([192.0.2.77]) by mx.example.net; Sat, 21 Nov 2026 14:05:10 +0100")
        .field("X-Mailer", "Program 1.0")
        .field("Organization", "Exempelbolaget")
        .field("Reply-To", SEEKER)
        .field("Disposition-Notification-To", SEEKER)
        .field("List-Unsubscribe", "<https://example.net/leave>");
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    let mut names: Vec<String> = got.fields().into_iter().map(|(name, _)| name).collect();
    let signatures = names.iter().filter(|name| *name == "DKIM-Signature").count();
    assert_eq!(signatures, 2, "one signature for each algorithm: {names:?}");
    names.retain(|name| name != "DKIM-Signature");
    names.sort();
    let fixed = [
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
        "X-Hop",
    ];
    assert_eq!(names, fixed);
    assert!(got.must("Date").ends_with("+0000"), "the time zone is not told: {}", got.must("Date"));
    let reverse = got.from.strip_prefix("b-").expect("an opaque reverse-path");
    assert!(reverse.ends_with(&format!("@{DOMAIN}")), "{reverse}");
    for word in [SEEKER, "karlsson", VOLUNTEER, "192.0.2.77", "annas-laptop", "Exempelbolaget", draft.id.as_str()] {
        assert!(!got.source().contains(word), "{word} in:\n{}", got.source());
    }
}

fn tags_and_letter_case_are_tolerated(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let (local, domain) = pairing.volunteer_alias.split_once('@').unwrap();
    let shouted = format!("{}@{}", local.to_uppercase(), domain.to_uppercase());
    let tagged = format!("{local}+autumn@{domain}");
    for to in [&shouted, &tagged] {
        let draft = pairing.from_seeker().delivered_to(to);
        house.accept(&draft);
        assert_eq!(house.sink.await_token(&draft.token).to, VOLUNTEER);
    }
    let (name, provider) = SEEKER.split_once('@').unwrap();
    let mut upper = pairing.clone();
    upper.seeker = format!("{}@{provider}", name.to_uppercase());
    let draft = upper.from_seeker();
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    assert_eq!(got.from_address(), pairing.seeker_alias);
}

fn further_recipients_are_told_of_once(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let crowd = format!("<{}>, Aunt <aunt@family.example>", pairing.volunteer_alias);
    let draft = pairing.from_seeker().field("To", &crowd).field("Cc", "neighbour@street.example");
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    assert_eq!((got.to.as_str(), got.to_address()), (VOLUNTEER, pairing.volunteer_alias.clone()));
    for word in ["aunt", "family.example", "neighbour", "street.example"] {
        assert!(!got.source().to_lowercase().contains(word), "{word} in:\n{}", got.source());
    }
    let notice = house.sink.await_letters(SEEKER, 1).remove(0);
    assert!(notice.on_one_line().contains("also had 2 other recipients"), "{}", notice.source());
    assert!(notice.text().contains("Frida") && !notice.source().contains(VOLUNTEER), "{}", notice.source());
    wait::stays_true("one notice, one letter", A_WHILE, || house.sink.count() == 2);
}

fn one_voice_for_every_address_that_is_not_there(engine: Engine) {
    let no_grace = ("programme.letters", "life = { grace_days = 0 }".to_owned());
    let house = House::open_with(engine, |settings| settings.more.push(no_grace));
    let pairing = house.pair();
    let other = house.enrol_volunteer("Astrid", "astrid.private@example.com", "astrid");
    let closed = house.open_pairing(&other, "astrid.private@example.com", "Sommar", "sommar@example.net");
    house.run(&["pairing", "close", "--no-notice", &closed.id]).ok();
    let state = || house.json(&["pairing", "show", &closed.id])["state"].clone();
    wait::until_true("its time of grace is over", wait::SOON, || state() == "closed");
    let unknown = format!("nobody-here@{DOMAIN}");
    let cases = [
        ("unknown alias", Draft::new(SEEKER, &unknown)),
        ("somebody else's alias", Draft::new(SEEKER, &other)),
        ("the other side's own alias", Draft::new(SEEKER, &pairing.seeker_alias)),
        ("a closed pairing", closed.from_seeker()),
        ("a closed pairing, the other way", closed.from_volunteer()),
        ("a stranger", Draft::new("stranger@elsewhere.example", &pairing.volunteer_alias)),
        ("a forged token", Draft::new(SEEKER, &format!("c-{}@{DOMAIN}", "0".repeat(26)))),
    ];
    for (case, draft) in cases {
        let reply = house.post(&draft);
        assert_eq!(reply.text, "550 5.1.1 No such address here\r\n", "{case}");
    }
    wait::stays_true("nothing is sent for them", A_WHILE, || house.sink.count() == 0);
    house.accept(&pairing.from_seeker());
}

/// A disposition notification (RFC 8098) as a mail program writes it.
fn read_receipt(draft: Draft) -> Draft {
    draft.body(
        "multipart/report; report-type=disposition-notification; boundary=b",
        "--b\r\nContent-Type: text/plain\r\n\r\nYour letter was read.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n\
         Reporting-UA: laptop; Program\r\nFinal-Recipient: rfc822;frida.private@example.com\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n\
         \r\n--b--\r\n",
    )
}

fn automatic_answers_go_no_further(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let automatic = [
        pairing.from_volunteer().field("Auto-Submitted", "auto-replied").subject("Out of office"),
        pairing.from_volunteer().field("Auto-Submitted", "auto-generated").sent_from(""),
        pairing.from_volunteer().field("X-Autoreply", "yes").field("Precedence", "auto_reply"),
        read_receipt(pairing.from_volunteer()),
    ];
    for draft in &automatic {
        // Absorbed: the peer must not make a report of it.
        house.accept(draft);
    }
    wait::stays_true("automatic answers are absorbed", A_WHILE, || house.sink.count() == 0);

    let draft = pairing.from_seeker();
    house.accept(&draft);
    let own = house.sink.await_token(&draft.token);
    let hop = own.must("X-Hop");
    let looped = pairing.from_seeker().field("X-Hop", &hop);
    let reply = house.post(&looped);
    assert_eq!(reply.text, "554 5.4.6 This letter has been here before\r\n");
}

fn public_doors_reach_the_contact(engine: Engine) {
    let house = House::open(engine);
    house.pair();
    for door in ["postmaster", "Abuse"] {
        let draft = Draft::new("stranger@elsewhere.example", &format!("{door}@{DOMAIN}"));
        house.accept(&draft);
        let got = house.sink.await_token(&draft.token);
        assert_eq!(got.to, CONTACT, "{door}");
    }
    let mut session = brevbro_tests::post::Session::open(house.smtp()).unwrap();
    let draft = Draft::new("stranger@elsewhere.example", "Postmaster");
    assert_eq!(session.send(&draft).unwrap().code, 250, "<Postmaster> without a domain");
    house.sink.await_token(&draft.token);
}

fn contact_time_is_booked_for_every_letter(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let drafts: [Draft; 2] = [pairing.from_seeker().octets(1200), pairing.from_volunteer().octets(600)];
    for draft in &drafts {
        house.accept(draft);
        let _: Letter = house.sink.await_token(&draft.token);
    }
    // Hers waited to be read until he answered; his was reserved, and settled when it had arrived.
    let booked = || {
        let answer = house.json(&["ledger", "show", &pairing.id]);
        let entries = answer["entries"].as_array().cloned().unwrap_or_default();
        let mut kinds: Vec<String> = entries.iter().map(|entry| entry["kind"].as_str().unwrap().to_owned()).collect();
        kinds.sort();
        kinds
    };
    wait::until_true("both letters are in the ledger", wait::SOON, || {
        booked() == ["read", "reserved", "settled", "unread"]
    });
}

fn every_enrolled_mailbox_of_a_person_counts(engine: Engine) {
    let house = House::open(engine);
    let alias = house.enrol_volunteer("Frida", VOLUNTEER, "frida");
    let words =
        ["pairing", "open", "--no-welcome", "--programme", "letters", "--volunteer", "frida", "--known-as", "Vinter"];
    house
        .run(&[words.as_slice(), &["--seeker-address", SEEKER, "--seeker-address", "anna@work.example"]].concat())
        .ok();
    let draft = Draft::new("anna@work.example", &alias);
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    assert_eq!((got.to.as_str(), got.from_name()), (VOLUNTEER, "Vinter".into()));
    let answer = Draft::new(VOLUNTEER, &got.from_address()).answering(&got.id());
    house.accept(&answer);
    let answered = house.sink.await_token(&answer.token);
    assert_eq!(answered.to, SEEKER, "answers go to the first mailbox");
    assert_eq!(answered.field("In-Reply-To"), Some(format!("<{}>", draft.id)));
}

fn a_letter_that_is_sent_again_arrives_once(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = pairing.from_seeker();
    // The connection breaks before our answer is heard, and the peer sends the letter again (RFC 1047).
    let mut broken = Session::open(house.smtp()).expect("the house can be reached");
    assert_eq!(broken.send(&draft).expect("the house answers").code, 250);
    drop(broken);
    house.sink.await_token(&draft.token);
    std::thread::sleep(Duration::from_millis(300));
    house.accept(&draft);
    let other = pairing.from_seeker();
    house.accept(&other);
    house.sink.await_token(&other.token);
    wait::stays_true("once", A_WHILE, || house.sink.count() == 2);
}

fn a_letter_that_is_meant_twice_arrives_twice(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = pairing.from_seeker();
    // Each time the peer hears the answer and says goodbye.
    house.accept(&draft);
    house.accept(&draft);
    wait::until_true("both arrive", wait::SOON, || house.sink.with_token(&draft.token).len() == 2);
}
