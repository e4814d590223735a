//! What is read of a letter before it is judged.

use super::*;

fn refusal(raw: &str) -> Option<Refusal> {
    read(raw.as_bytes(), &Limits::default()).err()
}

#[test]
fn exactly_one_author() {
    assert_eq!(refusal("From: a@example.org\n\nx"), None);
    assert_eq!(refusal("From: \"A, B\" <a@example.org>\n\nx"), None);
    for raw in [
        "To: a@example.org\n\nx",
        "From: a@example.org\nFrom: b@example.org\n\nx",
        "From: a@example.org\nfrom: b@example.org\n\nx",
        "From: a@example.org, b@example.org\n\nx",
        "From: A <a@example.org> B <b@example.org>\n\nx",
        "From: nobody\n\nx",
        "From:\n\nx",
        "From: g: a@example.org, b@example.org;\n\nx",
        "From: a@example.org\nSender: b@example.org\nSender: c@example.org\n\nx",
        "From: a@example.org\nFr om: b@example.org\n\nx",
        "From : b@example.org\n\nx",
    ] {
        assert_eq!(refusal(raw), Some(Refusal::Malformed), "{raw}");
    }
}

#[test]
fn reports_need_no_mailbox_in_from() {
    let raw = "From: MAILER-DAEMON\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
               --b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n--b--\n";
    let letter = read(raw.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(letter.author(), None);
    assert!(matches!(letter.kind(), Kind::Dsn(_)));
}

#[test]
fn identifiers_recipients_hop_and_verdicts() {
    let raw = "From: a@example.org\nMessage-ID: <m1@x>\nIn-Reply-To: <p1@x>\nReferences: <r1@x>\n <r2@x>\nX-Hop: abc\n\
               To: X <v@relay.example.org>, c@example.org\nCc: d@example.org\n\
               Authentication-Results: mx1; spf=pass\n a\nAuthentication-Results: mx0; spf=fail\n\nx";
    let letter = read(raw.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(letter.message_id(), Some("m1@x"));
    assert_eq!(letter.thread_ids().collect::<Vec<_>>(), ["p1@x", "r2@x", "r1@x"]);
    assert_eq!(letter.hop().as_deref(), Some("abc"));
    assert_eq!(letter.other_recipients(&[Domain::parse("relay.example.org").unwrap()]), 2);
    assert_eq!(letter.authentication_results().collect::<Vec<_>>(), ["mx1; spf=pass a", "mx0; spf=fail"]);
    assert!(!format!("{letter:?}").contains("example"));
}
