//! The next hop is away, says later, or says no: nothing is lost, nobody is hammered, the writer is told.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::settings::{CONTACT, DOMAIN};
use brevbro_tests::sink::{Answer, Door};
use brevbro_tests::{Draft, Engine, House, both_engines, wait};
use std::time::Duration;

both_engines!(
    an_outage_loses_nothing_and_ends_soon_after_the_hop_is_back,
    a_hop_that_hangs_up_is_not_hammered,
    a_connection_that_breaks_after_the_letter_gives_a_second_copy_of_the_same,
    a_later_is_tried_again,
    a_no_is_told_to_the_writer_and_the_coordinator,
    a_report_that_comes_back_is_told_in_our_own_words,
    reports_of_every_make_are_understood,
    a_dead_contact_makes_no_circle,
);

const A_WHILE: Duration = Duration::from_millis(1500);

fn an_outage_loses_nothing_and_ends_soon_after_the_hop_is_back(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.sink.set_door(Door::Shut);
    let drafts: Vec<Draft> = (0..60).map(|_| pairing.from_seeker()).collect();
    house.accept_all(&drafts);
    std::thread::sleep(Duration::from_secs(9));
    assert_eq!(house.sink.count(), 0);
    let is_tired = |letter: &&serde_json::Value| letter["state"] == "queued" && letter["attempts"].as_u64() > Some(0);
    let tired = house.queue().iter().filter(is_tired).count();
    assert_eq!(tired, 0, "an absent hop says nothing about a letter, but {tired} of them were tried");
    house.sink.set_door(Door::Open);
    for draft in &drafts {
        house.sink.await_token_within(&draft.token, Duration::from_mins(2));
    }
    wait::stays_true("each letter once", A_WHILE, || house.sink.count() == drafts.len());
}

fn a_hop_that_hangs_up_is_not_hammered(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.sink.set_door(Door::HangsUp);
    let drafts: Vec<Draft> = (0..60).map(|_| pairing.from_seeker()).collect();
    house.accept_all(&drafts);
    std::thread::sleep(Duration::from_secs(8));
    let knocks = house.sink.connections();
    assert!((1..=14).contains(&knocks), "{knocks} connections in 8 seconds of outage");
    house.sink.set_door(Door::Open);
    wait::until_true("all letters arrive", Duration::from_mins(2), || {
        for letter in house.queue().iter().filter(|letter| letter["state"] == "queued") {
            // Whoever waits for the ladder need not: an admin can say "now".
            house.run(&["queue", "retry", letter["id"].as_str().expect("a number as text")]);
        }
        house.sink.count() == drafts.len()
    });
}

fn a_connection_that_breaks_after_the_letter_gives_a_second_copy_of_the_same(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.sink.set_answer(Answer::KeepAndHangUp);
    let draft = pairing.from_seeker();
    house.accept(&draft);
    let first = house.sink.await_token(&draft.token);
    house.sink.set_answer(Answer::Accept);
    wait::until_true("the second copy", wait::SOON, || {
        for letter in house.queue().iter().filter(|letter| letter["state"] == "queued") {
            house.run(&["queue", "retry", letter["id"].as_str().expect("a number as text")]);
        }
        house.sink.count() == 2
    });
    assert_eq!(house.sink.letters()[1].id(), first.id(), "mailboxes know a second copy by its Message-ID");
}

fn a_later_is_tried_again(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.sink.set_answer(Answer::Defer);
    let draft = pairing.from_seeker();
    house.accept(&draft);
    wait::until_true("the first attempt", wait::SOON, || house.sink.turned_away() >= 1);
    wait::stays_true("no second one at once", A_WHILE, || house.sink.turned_away() == 1);
    let waiting = house.queue().into_iter().find(|letter| letter["state"] == "queued").expect("a queued letter");
    assert_eq!(waiting["attempts"], 1, "{waiting}");
    house.sink.set_answer(Answer::Accept);
    house.run(&["queue", "retry", waiting["id"].as_str().expect("a number as text")]).ok();
    house.sink.await_token(&draft.token);
    assert!(house.item_kinds().is_empty(), "a delay is no item");
}

fn told_of_failure(house: &House, other: &str) {
    let notice = house.sink.await_letters(SEEKER, 1).remove(0);
    assert!(
        notice.on_one_line().contains(&format!("your letter to {other} of"))
            && notice.on_one_line().contains("did not arrive"),
        "{}",
        notice.source()
    );
    assert!(notice.from.is_empty() || notice.from.ends_with(&format!("@{DOMAIN}")), "{}", notice.from);
    for word in [VOLUNTEER, "frida.private", "example.com", "mailbox", "5.1.1"] {
        assert!(!notice.source().contains(word), "{word} in:\n{}", notice.source());
    }
    assert!(notice.must("Auto-Submitted").starts_with("auto-"));
    wait::until_true("an item", wait::SOON, || house.item_kinds() == ["undeliverable"]);
    let told = house.sink.await_letters(CONTACT, 1).remove(0);
    assert!(!told.source().contains("example.com"), "{}", told.source());
}

fn a_no_is_told_to_the_writer_and_the_coordinator(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.sink.set_answer_for(VOLUNTEER, Answer::RefuseRecipient);
    let draft = pairing.from_seeker();
    house.accept(&draft);
    told_of_failure(&house, "Frida");
    wait::stays_true("one attempt, one notice", A_WHILE, || {
        house.sink.turned_away() == 1 && house.sink.mailbox(SEEKER).len() == 1
    });
}

/// A report as a provider writes it (RFC 3464), with everything in it that must not be passed on.
fn report(to: &str, original: &str) -> Draft {
    let status = "Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; frida.private@example.com\r\n\
        Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <frida.private@example.com> unknown\r\n";
    let body = format!(
        "--b\r\nContent-Type: text/plain\r\n\r\nfrida.private@example.com could not be reached.\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\n{status}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{original}\r\n--b--\r\n"
    );
    Draft::new("MAILER-DAEMON@example.com", to)
        .sent_from("")
        .subject("Undelivered Mail Returned to Sender")
        .body("multipart/report; report-type=delivery-status; boundary=b", body)
}

fn a_report_that_comes_back_is_told_in_our_own_words(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = pairing.from_seeker();
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    wait::until_true("settled", wait::SOON, || house.queued_in("claimed") == 0);
    house.accept(&report(&got.from, &got.source()));
    told_of_failure(&house, "Frida");
    // A second copy of the report changes nothing; nor does one to a token that was never given out.
    house.post(&report(&got.from, &got.source()));
    let (front, end) = got.from.split_at(6);
    house.post(&report(&format!("{front}{}{}", if end.starts_with('0') { '1' } else { '0' }, &end[1..]), ""));
    wait::stays_true("told once", A_WHILE, || {
        house.sink.mailbox(SEEKER).len() == 1 && house.sink.mailbox(VOLUNTEER).len() == 1
    });
    assert_eq!(house.item_kinds(), ["undeliverable"]);
}

/// How a provider changes a proper report.
type Dress = fn(Draft, &str) -> Draft;

/// Reports that do not follow RFC 3464, or not quite: a letter nobody hears of would be lost.
fn reports_of_every_make_are_understood(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let qmail = "Hi. This is the qmail-send program at mx.example.com.\r\nI'm afraid I wasn't able to deliver your message to the \
        following addresses.\r\nThis is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n\
        <frida.private@example.com>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n\
        --- Below this line is a copy of the message.\r\n\r\nSubject: Tomorrow\r\n";
    let exim = "This message was created automatically by mail delivery software.\r\n\r\nA message that you sent could not be \
        delivered to one or more of its\r\nrecipients. This is a permanent error. The following address(es) failed:\r\n\r\n  \
        frida.private@example.com\r\n    Unrouteable address\r\n";
    let makes: [(&str, Dress); 4] = [
        ("qmail", |draft, text| draft.subject("failure notice").body("text/plain; charset=utf-8", text.to_owned())),
        ("Exim", |draft, text| {
            let draft = draft.subject("Mail delivery failed: returning message to sender");
            draft
                .field("X-Failed-Recipients", "frida.private@example.com")
                .field("Auto-Submitted", "auto-replied")
                .body("text/plain", text.to_owned())
        }),
        ("a name without an address", |draft, _| draft.field("From", "MAILER-DAEMON (Mail Delivery System)")),
        ("no author at all", |draft, _| draft.field("From", "<>")),
    ];
    for (count, (make, dress)) in makes.into_iter().enumerate() {
        let draft = pairing.from_seeker();
        house.accept(&draft);
        let got = house.sink.await_token(&draft.token);
        wait::until_true("settled", wait::SOON, || house.queued_in("claimed") == 0);
        let text = if make == "qmail" { qmail } else { exim };
        let reply = house.post(&dress(report(&got.from, &got.source()), text));
        assert_eq!(reply.code, 250, "{make}: {}", reply.text);
        let what = format!("an item for a report by {make}");
        wait::until_true(&what, wait::SOON, || house.item_kinds().len() > count);
        house.sink.await_letters(SEEKER, count + 1);
    }
}

fn a_dead_contact_makes_no_circle(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.sink.set_answer_for(VOLUNTEER, Answer::RefuseRecipient);
    house.sink.set_answer_for(CONTACT, Answer::RefuseRecipient);
    house.accept(&pairing.from_seeker());
    house.sink.await_letters(SEEKER, 1);
    std::thread::sleep(Duration::from_secs(3));
    let (attempts, items) = (house.sink.turned_away(), house.item_kinds().len());
    assert!(attempts <= 4 && items <= 3, "{attempts} attempts and {items} items for one letter");
}
