//! One voice: no words tell an unknown alias from a foreign, closed or forged one.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::SEEKER;
use brevbro_tests::post::Session;
use brevbro_tests::settings::DOMAIN;
use brevbro_tests::{Draft, Engine, House, binary, both_engines};
use std::time::{Duration, Instant};

both_engines!(recipients_are_not_told_apart, refusals_say_the_same);

/// Letters that are refused for four different reasons.
fn refused(house: &House) -> Vec<(&'static str, Draft)> {
    let pairing = house.pair();
    let other = house.enrol_volunteer("Astrid", "astrid.private@example.com", "astrid");
    let closed = house.open_pairing(&other, "astrid.private@example.com", "Sommar", "sommar@example.net");
    house.run(&["pairing", "close", &closed.id]).ok();
    vec![
        ("unknown", Draft::new(SEEKER, &format!("nobody-here@{DOMAIN}"))),
        ("foreign", Draft::new(SEEKER, &other)),
        ("closed", closed.from_seeker()),
        ("stranger", Draft::new("stranger@elsewhere.example", &pairing.volunteer_alias)),
    ]
}

fn recipients_are_not_told_apart(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let mut session = Session::open(house.smtp()).unwrap();
    let mut replies = Vec::new();
    let seeker = pairing.seeker_alias.split('@').next().unwrap();
    for local in
        ["frida", seeker, "FRIDA+tag", "nobody-here", "desk", "postmaster", "b-0000", "c-0000", "\"quoted part\""]
    {
        session.command(&format!("MAIL FROM:<{SEEKER}>")).unwrap();
        replies.push((local.to_owned(), session.command(&format!("RCPT TO:<{local}@{DOMAIN}>")).unwrap().text));
        replies.push((format!("VRFY {local}"), session.command(&format!("VRFY {local}")).unwrap().text));
        session.command("RSET").unwrap();
    }
    for (asked, reply) in &replies {
        let model = if asked.starts_with("VRFY") { &replies[1].1 } else { &replies[0].1 };
        assert_eq!(reply, model, "{asked}");
    }
}

fn refusals_say_the_same(engine: Engine) {
    let house = House::open(engine);
    let cases = refused(&house);
    let mut session = Session::open(house.smtp()).unwrap();
    let mut times = vec![Vec::new(); cases.len()];
    let mut words = Vec::new();
    for _ in 0..20 {
        for ((_, draft), times) in cases.iter().zip(&mut times) {
            let begun = Instant::now();
            words.push(session.send(draft).unwrap().text);
            times.push(begun.elapsed());
        }
    }
    // The times are shown, not judged: a busy machine would judge itself.
    let told = cases.iter().zip(&mut times).map(|((case, _), times)| format!("{case} {:?}", median(times)));
    binary::say(&format!("refusals: {}", told.collect::<Vec<_>>().join(", ")));
    words.dedup();
    assert_eq!(words, ["550 5.1.1 No such address here\r\n"]);
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
