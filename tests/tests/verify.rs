//! Only mail that speaks for its author's domain is passed on; the rest waits for its author's own answer.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::dns::{Manner, NameServer};
use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::letter::address;
use brevbro_tests::settings::{DOMAIN, Settings};
use brevbro_tests::{Draft, Engine, House, Letter, Pairing, both_engines, wait};
use data_encoding::BASE64;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;
use std::time::Duration;

both_engines!(
    an_unverified_letter_waits_for_its_authors_answer,
    a_confirmation_works_once_and_only_for_its_author,
    a_front_mta_is_believed_only_when_it_is_trusted,
    a_forger_cannot_fill_a_mailbox_with_questions,
);

const A_WHILE: Duration = Duration::from_millis(1500);

/// Trusted networks, but a front MTA that says what it found instead of refusing.
fn asks_front_mta(settings: &mut Settings) {
    settings.trusted_authenticates = false;
    settings.authserv_id = Some("front.example.org".into());
}

/// On its own: nobody on this machine is trusted, the house looks things up.
fn looks_up(settings: &mut Settings, names: &NameServer) {
    settings.trusted_authenticates = false;
    settings.trusted_networks = vec!["192.0.2.0/24".into()];
    settings.name_servers = vec![names.address()];
}

fn held_with_question(house: &House, draft: &Draft) -> Letter {
    house.accept(draft);
    let question = house.sink.await_letters(SEEKER, 1).remove(0);
    assert!(house.sink.mailbox(VOLUNTEER).is_empty(), "it went on unasked");
    question
}

fn confirmation(question: &Letter) -> String {
    let token = address(&question.must("Reply-To"));
    assert!(token.starts_with("c-") && token.ends_with(&format!("@{DOMAIN}")), "{token}");
    token
}

fn an_unverified_letter_waits_for_its_authors_answer(engine: Engine) {
    let house = House::open_with(engine, asks_front_mta);
    let pairing = house.pair();
    let draft = pairing.from_seeker();
    let question = held_with_question(&house, &draft);
    assert!(!question.source().contains(VOLUNTEER), "{}", question.source());
    assert!(!question.text().contains(&draft.token), "the question holds the letter");
    let held = house.queue().into_iter().find(|letter| letter["state"] == "held").expect("a held letter");
    assert_eq!(held["reason"], "unverified", "{held}");

    house.accept(&Draft::new(SEEKER, &confirmation(&question)).answering(&question.id()));
    let got = house.sink.await_token(&draft.token);
    assert_eq!((got.to.as_str(), got.from_address()), (VOLUNTEER, pairing.seeker_alias));
}

fn a_confirmation_works_once_and_only_for_its_author(engine: Engine) {
    let house = House::open_with(engine, asks_front_mta);
    let pairing = house.pair();
    let draft = pairing.from_seeker();
    let token = confirmation(&held_with_question(&house, &draft));
    // Whoever has not read the author's mail does not know the token; whoever is not the author gains nothing by it.
    let (front, end) = token.split_at(8);
    let guessed = format!("{front}{}{}", if end.starts_with('0') { '1' } else { '0' }, &end[1..]);
    house.post(&Draft::new(SEEKER, &guessed));
    house.post(&Draft::new(VOLUNTEER, &token));
    house.post(&Draft::new("stranger@elsewhere.example", &token));
    wait::stays_true("a forged answer releases nothing", A_WHILE, || house.sink.mailbox(VOLUNTEER).is_empty());

    house.accept(&Draft::new(SEEKER, &token));
    house.sink.await_token(&draft.token);
    let again = pairing.from_seeker();
    house.accept(&again);
    house.sink.await_letters(SEEKER, 2);
    house.post(&Draft::new(SEEKER, &token));
    wait::stays_true("a token works for its own letter, once", A_WHILE, || house.sink.mailbox(VOLUNTEER).len() == 1);
}

fn a_forger_cannot_fill_a_mailbox_with_questions(engine: Engine) {
    let house = House::open_with(engine, asks_front_mta);
    let pairing = house.pair();
    for _ in 0..10 {
        house.accept(&pairing.from_seeker());
    }
    // Its own server keeps the next one: nothing is lost, and she is not asked again today.
    assert!(house.post(&pairing.from_seeker()).is_later());
    house.sink.await_letters(SEEKER, 10);
    wait::stays_true("ten questions", A_WHILE, || house.sink.mailbox(SEEKER).len() == 10);
}

fn a_front_mta_is_believed_only_when_it_is_trusted(engine: Engine) {
    let verdict = "front.example.org; spf=pass smtp.mailfrom=example.net; dmarc=pass header.from=example.net";
    let mut house = House::open_with(engine, asks_front_mta);
    let pairing = house.pair();
    let good = pairing.from_seeker().with_on_top("Authentication-Results", verdict);
    house.accept(&good);
    house.sink.await_token(&good.token);

    for claim in [
        verdict.replace("front.example.org", "mx.elsewhere.example"),
        verdict.replace("dmarc=pass", "dmarc=fail").replace("spf=pass", "spf=fail"),
        verdict.replace("=example.net", "=elsewhere.example"),
    ] {
        let draft = pairing.from_seeker().with_on_top("Authentication-Results", &claim);
        house.accept(&draft);
        wait::stays_true(&claim, Duration::from_millis(500), || house.sink.with_token(&draft.token).is_empty());
    }

    assert!(house.stop().success());
    let names = NameServer::open();
    looks_up(&mut house.settings, &names);
    house.start();
    let forged = pairing.from_seeker().with_on_top("Authentication-Results", verdict);
    house.accept(&forged);
    wait::stays_true("a stranger's verdict", A_WHILE, || house.sink.with_token(&forged.token).is_empty());
}

fn on_its_own() -> (House, NameServer, Pairing) {
    let names = NameServer::open();
    let house = House::open_with(Engine::Sqlite, |settings| looks_up(settings, &names));
    let pairing = house.pair();
    (house, names, pairing)
}

#[test]
fn silent_name_servers_defer_the_letter() {
    let (house, names, pairing) = on_its_own();
    for manner in [Manner::Fails, Manner::Silent] {
        names.set_manner(manner);
        let reply = house.post(&pairing.from_seeker());
        assert_eq!(reply.code, 451, "{manner:?}: {}", reply.text);
    }
    assert!(house.queue().is_empty(), "nothing is kept of a deferred letter");
    names.set_manner(Manner::Answers);
    names.txt("example.net", "v=spf1 ip4:127.0.0.0/8 -all");
    let draft = pairing.from_seeker();
    wait::until_true("the same letter passes later", wait::SOON, || house.post(&draft).code == 250);
    house.sink.await_token(&draft.token);
}

#[test]
fn spf_counts_for_its_own_domain_alone() {
    let (house, names, pairing) = on_its_own();
    names.txt("example.net", "v=spf1 ip4:127.0.0.0/8 -all");
    names.txt("elsewhere.example", "v=spf1 ip4:127.0.0.0/8 -all");
    let good = pairing.from_seeker();
    house.accept(&good);
    house.sink.await_token(&good.token);
    let foreign = pairing.from_seeker().sent_from("anna@elsewhere.example");
    house.accept(&foreign);
    wait::stays_true("SPF of another domain", A_WHILE, || house.sink.with_token(&foreign.token).is_empty());
    assert_eq!(house.queued_in("held"), 1);
}

/// Publishes a key for a domain and gives its signer.
fn signed(names: &NameServer, domain: &str, letter: &[u8]) -> String {
    let document = Ed25519Key::generate_pkcs8().unwrap();
    let key = Ed25519Key::from_pkcs8_der(&document).unwrap();
    names.txt(
        &format!("s1._domainkey.{domain}"),
        &format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(&key.public_key())),
    );
    let signer = DkimSigner::from_key(key).domain(domain).selector("s1").headers([
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
    ]);
    let field = signer.sign(letter).unwrap().to_header();
    field.trim_end().split_once(": ").unwrap().1.to_owned()
}

#[test]
fn a_signature_of_the_authors_domain_is_enough() {
    let (house, names, pairing) = on_its_own();
    names.txt("_dmarc.example.net", "v=DMARC1; p=reject");
    let draft = pairing.from_seeker();
    let signature = signed(&names, "example.net", &draft.bytes());
    let good = draft.clone().with_on_top("DKIM-Signature", &signature);
    house.accept(&good);
    assert_eq!(house.sink.await_token(&good.token).to, VOLUNTEER);

    let changed = good.text("One more line.\n");
    house.accept(&changed);
    wait::until_true("a changed letter is held", wait::SOON, || house.queued_in("held") == 1);

    let other = pairing.from_seeker();
    let signature = signed(&names, "elsewhere.example", &other.bytes());
    let foreign = other.with_on_top("DKIM-Signature", &signature);
    house.accept(&foreign);
    wait::until_true("a stranger's signature is held", wait::SOON, || house.queued_in("held") == 2);
    assert_eq!(house.sink.mailbox(VOLUNTEER).len(), 1);
}
