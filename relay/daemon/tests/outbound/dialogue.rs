//! The dialogue: what is said, in which order, and what each answer does to the letter.

use crate::peer::{HANG_UP, Habits, Peer, STALL};
use crate::{LETTER, deferred, failed, options, parcel, place, short, smarthost};
use brevbro::outbound::{Attempt, Class, Outbound, Phase, Smarthost};
use brevbro_core::address::EmailAddr;
use brevbro_core::envelope::ReversePath;
use brevbro_core::reply::Enhanced;

#[tokio::test]
async fn a_letter_crosses_octet_by_octet() {
    let peer = Peer::start(Habits::usual()).await;
    let out = smarthost(&peer);
    let large = [b"Subject: x\r\n\r\n".as_slice(), &b".line of text\r\n..two\r\n".repeat(20_000)].concat();
    let cases: [(&[u8], &[u8]); 5] = [
        (b"A: b\r\n\r\n.\r\n..\r\n.x\r\nx.\r\n", b"A: b\r\n\r\n..\r\n...\r\n..x\r\nx.\r\n.\r\n"),
        (b".A: b\r\n\r\nno end", b"..A: b\r\n\r\nno end\r\n.\r\n"),
        (b"", b".\r\n"),
        ("Å: å\r\n\r\n\u{1f600}\0\r\n".as_bytes(), "Å: å\r\n\r\n\u{1f600}\0\r\n.\r\n".as_bytes()),
        (
            &large,
            &[b"Subject: x\r\n\r\n".as_slice(), &b"..line of text\r\n...two\r\n".repeat(20_000), b".\r\n"].concat(),
        ),
    ];
    for (message, wire) in cases {
        assert_eq!(out.send(parcel(message)).await, Attempt::Delivered);
        let text = peer.seen(|seen| seen.texts.last().unwrap().clone());
        assert!(text == wire, "{} octets became {}", message.len(), text.len());
    }
}

#[tokio::test]
async fn the_envelope_is_said_with_what_is_offered() {
    let peer = Peer::start(Habits::usual()).await;
    let out = smarthost(&peer);
    assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
    let mut null = parcel("X: å\r\n\r\n".as_bytes());
    null.reverse_path = ReversePath::Null;
    null.forward_path = EmailAddr::parse("\"a b\"@example.org").unwrap();
    null.utf8 = true;
    assert_eq!(out.send(null).await, Attempt::Delivered);
    let commands = peer.seen(|seen| seen.commands.clone());
    let expected = [
        "EHLO out.relay.test",
        "MAIL FROM:<b-token@relay.test> SIZE=28",
        "RCPT TO:<frida@example.org>",
        "DATA",
        "MAIL FROM:<> SIZE=9 BODY=8BITMIME SMTPUTF8",
        "RCPT TO:<\"a b\"@example.org>",
        "DATA",
    ];
    assert_eq!(commands, expected);
    assert_eq!(peer.seen(|seen| seen.pipelined), 2);
}

#[tokio::test]
async fn without_pipelining_each_reply_is_awaited() {
    let peer = Peer::start(Habits::offering(&[])).await;
    assert_eq!(smarthost(&peer).send(parcel(LETTER)).await, Attempt::Delivered);
    assert_eq!(peer.seen(|seen| (seen.pipelined, seen.texts.len())), (0, 1));
    assert_eq!(peer.seen(|seen| seen.commands[1].clone()), "MAIL FROM:<b-token@relay.test>");
}

#[tokio::test]
async fn an_old_peer_is_greeted_with_helo() {
    let peer = Peer::start(Habits::usual().saying("EHLO", "502 what")).await;
    assert_eq!(smarthost(&peer).send(parcel(LETTER)).await, Attempt::Delivered);
    assert_eq!(peer.seen(|seen| seen.commands[1].clone()), "HELO out.relay.test");
}

/// What each refusal does to the letter, with and without pipelining.
#[tokio::test]
async fn every_refusal_has_its_meaning() {
    use Phase::{Data, Greeting, Hello, MailFrom, RcptTo, Text};
    let cases = [
        ("GREETING", "554 5.3.2 no", false, Greeting, Class::Ours),
        ("GREETING", "421 4.3.2 busy", false, Greeting, Class::Busy),
        ("EHLO", "550 5.7.1 no", false, Hello, Class::Ours),
        ("MAIL", "451 4.3.0 later", false, MailFrom, Class::Busy),
        ("MAIL", "421 4.3.0 later", false, MailFrom, Class::Busy),
        ("MAIL", "530 5.7.0 log in", false, MailFrom, Class::Ours),
        ("MAIL", "553 5.7.1 not your address", false, MailFrom, Class::Ours),
        ("MAIL", "552 5.3.4 too big", true, MailFrom, Class::Refused),
        ("MAIL", "354 what", false, MailFrom, Class::Protocol),
        ("RCPT", "450 4.2.1 later", false, RcptTo, Class::Busy),
        ("RCPT", "550 5.1.1 nobody", true, RcptTo, Class::Refused),
        ("RCPT", "554 5.7.1 relay access denied", false, RcptTo, Class::Ours),
        ("DATA", "451 4.3.0 later", false, Data, Class::Busy),
        ("DATA", "554 5.5.1 no", true, Data, Class::Refused),
        ("TEXT", "452 4.3.1 full", false, Text, Class::Busy),
        ("TEXT", "550 5.7.1 spam", true, Text, Class::Refused),
    ];
    for (verb, reply, is_final, phase, class) in cases {
        for habits in [Habits::usual(), Habits::offering(&[])] {
            let peer = Peer::start(habits.saying(verb, reply)).await;
            let out = smarthost(&peer);
            let attempt = out.send(parcel(LETTER)).await;
            let fault = if is_final { failed(attempt) } else { deferred(attempt) };
            assert_eq!(place(fault), (phase, class), "{verb} {reply}");
            let code: u16 = reply[..3].parse().unwrap();
            assert_eq!(fault.code, Some(code));
            let shown = format!("{fault} {fault:?}");
            assert!(
                !["frida", "example", "token", "spam", "nobody"].iter().any(|word| shown.contains(word)),
                "{shown}"
            );
            if !phase_opens(phase) {
                assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered, "after {verb} {reply}");
            }
        }
    }
}

fn phase_opens(phase: Phase) -> bool {
    matches!(phase, Phase::Greeting | Phase::Hello)
}

#[tokio::test]
async fn the_enhanced_code_is_kept() {
    let peer = Peer::start(Habits::usual().saying("RCPT", "550-5.2.1 one\r\n550 5.2.1 two")).await;
    let fault = failed(smarthost(&peer).send(parcel(LETTER)).await);
    assert_eq!((fault.code, fault.enhanced), (Some(550), Some(Enhanced(5, 2, 1))));
    assert_eq!(fault.to_string(), "refused at rcpt 550 5.2.1");
}

/// A refused letter leaves the connection in use, a text for a refused letter is never sent.
#[tokio::test]
async fn after_a_refusal_the_connection_is_reset_and_used_again() {
    let peer = Peer::start(Habits::usual().saying("RCPT", "550 5.1.1 nobody").saying("DATA", "503 5.5.1 no")).await;
    let out = smarthost(&peer);
    assert_eq!(failed(out.send(parcel(LETTER)).await).code, Some(550));
    assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
    let (connections, texts, resets) =
        peer.seen(|seen| (seen.connections, seen.texts.len(), seen.commands.iter().filter(|c| *c == "RSET").count()));
    assert_eq!((connections, texts, resets), (1, 1, 1));

    let eager = Peer::start(Habits::usual().saying("RCPT", "550 5.1.1 nobody")).await;
    assert_eq!(failed(smarthost(&eager).send(parcel(LETTER)).await).code, Some(550));
    assert_eq!(eager.seen(|seen| seen.texts.len()), 0);
}

#[tokio::test]
async fn a_connection_may_die_anywhere() {
    let cases = [
        ("GREETING", Phase::Greeting, 0),
        ("EHLO", Phase::Hello, 0),
        ("MAIL", Phase::MailFrom, 0),
        ("RCPT", Phase::RcptTo, 0),
        ("DATA", Phase::Data, 0),
        ("TEXT", Phase::Text, 1),
    ];
    for (verb, phase, texts) in cases {
        for (habits, class) in [(HANG_UP, Class::Lost), (STALL, Class::Timeout)] {
            let peer = Peer::start(Habits::usual().saying(verb, habits)).await;
            let mut options = options(&peer);
            options.timeouts = short();
            let fault = deferred(Smarthost::new(options).unwrap().send(parcel(LETTER)).await);
            assert_eq!(place(fault), (phase, class), "{habits} at {verb}");
            assert_eq!(peer.seen(|seen| (seen.connections, seen.texts.len())), (1, texts), "{habits} at {verb}");
        }
    }
}

#[tokio::test]
async fn a_peer_that_cannot_take_the_letter_is_not_asked() {
    let utf8 = |mut p: brevbro::outbound::Parcel| {
        p.forward_path = EmailAddr::parse("åsa@example.org").unwrap();
        p
    };
    let cases = [
        (parcel("X: å\r\n\r\n".as_bytes()), Class::Unsupported, Enhanced(5, 6, 3)),
        (utf8(parcel(LETTER)), Class::Unsupported, Enhanced(5, 6, 7)),
        (parcel(&[b'x'; 101]), Class::Unsupported, Enhanced(5, 3, 4)),
        (parcel(b"A: b\r\n\r\n\n.\nMAIL FROM:<x>\r\n"), Class::Malformed, Enhanced(5, 6, 0)),
        (parcel(b"A: b\r\n\r\n\r.\r\n"), Class::Malformed, Enhanced(5, 6, 0)),
    ];
    let peer = Peer::start(Habits::offering(&["SIZE 100"])).await;
    let out = smarthost(&peer);
    for (parcel, class, enhanced) in cases {
        let fault = failed(out.send(parcel).await);
        assert_eq!((fault.class, fault.enhanced), (class, Some(enhanced)));
    }
    assert_eq!(peer.seen(|seen| seen.commands.len()), 1, "only EHLO");
}
