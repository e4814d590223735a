//! TLS and logging in: nothing is said to the wrong peer, and no password in the clear.

use crate::peer::{Habits, Peer, pki};
use crate::{LETTER, deferred, options, parcel, place, short, smarthost};
use brevbro::outbound::{Attempt, BadTls, Class, Credentials, Outbound, Phase, Smarthost, SmarthostOptions, TlsMode};

fn credentials() -> Credentials {
    Credentials { username: "relay".to_owned(), password: "secret".to_owned().into() }
}

/// Options for a peer that must prove to be `localhost`.
fn verified(peer: &Peer, authority: &[u8], tls: TlsMode) -> SmarthostOptions {
    let mut options = options(peer);
    "localhost".clone_into(&mut options.host);
    options.tls = tls;
    options.authorities = Some(authority.to_vec());
    options.timeouts = short();
    options
}

#[tokio::test]
async fn letters_go_over_starttls_and_implicit_tls() {
    let pki = pki();
    for (tls, is_implicit) in [(TlsMode::StartTls, false), (TlsMode::Implicit, true), (TlsMode::Opportunistic, false)] {
        let habits = Habits { tls: Some(pki.acceptor.clone()), is_implicit, ..Habits::usual() };
        let peer = Peer::start(habits).await;
        let out = Smarthost::new(verified(&peer, &pki.authority_pem, tls)).unwrap();
        for _ in 0..3 {
            assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered, "{tls:?}");
        }
        assert_eq!(peer.seen(|seen| (seen.connections, seen.over_tls, seen.texts.len())), (1, 1, 3), "{tls:?}");
    }
}

#[tokio::test]
async fn a_stranger_with_another_certificate_gets_nothing() {
    let (ours, theirs) = (pki(), pki());
    for (tls, is_implicit) in [(TlsMode::StartTls, false), (TlsMode::Implicit, true)] {
        let habits = Habits { tls: Some(theirs.acceptor.clone()), is_implicit, ..Habits::usual() };
        let peer = Peer::start(habits).await;
        let out = Smarthost::new(verified(&peer, &ours.authority_pem, tls)).unwrap();
        assert_eq!(place(deferred(out.send(parcel(LETTER)).await)), (Phase::Tls, Class::Tls), "{tls:?}");

        // The right authority, but another name.
        let mut other = verified(&peer, &theirs.authority_pem, tls);
        other.host = "127.0.0.1".to_owned();
        let fault = deferred(Smarthost::new(other).unwrap().send(parcel(LETTER)).await);
        assert_eq!(place(fault), (Phase::Tls, Class::Tls), "{tls:?}");
        assert!(peer.seen(|seen| seen.commands.iter().all(|c| c.starts_with("EHLO") || c == "STARTTLS")));
    }
}

#[tokio::test]
async fn a_peer_that_drops_starttls_gets_nothing() {
    let peer = Peer::start(Habits::usual()).await;
    let out = Smarthost::new(verified(&peer, &pki().authority_pem, TlsMode::StartTls)).unwrap();
    assert_eq!(place(deferred(out.send(parcel(LETTER)).await)), (Phase::StartTls, Class::Tls));
    assert_eq!(peer.seen(|seen| seen.commands.len()), 1);
}

#[tokio::test]
async fn words_slipped_in_before_the_handshake_end_the_dialogue() {
    let pki = pki();
    let habits = Habits { tls: Some(pki.acceptor.clone()), ..Habits::usual() };
    let peer = Peer::start(habits.saying("STARTTLS", "220 go\r\n250-injected\r\n250 AUTH PLAIN")).await;
    let out = Smarthost::new(verified(&peer, &pki.authority_pem, TlsMode::StartTls)).unwrap();
    assert_eq!(place(deferred(out.send(parcel(LETTER)).await)), (Phase::StartTls, Class::Protocol));
}

#[tokio::test]
async fn one_logs_in_with_plain_or_else_with_login() {
    let pki = pki();
    let cases: [(&'static str, &[&str]); 2] = [
        ("AUTH LOGIN PLAIN", &["AUTH PLAIN AHJlbGF5AHNlY3JldA=="]),
        ("AUTH CRAM-MD5 LOGIN", &["AUTH LOGIN", "cmVsYXk=", "c2VjcmV0"]),
    ];
    for (offer, expected) in cases {
        let habits = Habits { tls: Some(pki.acceptor.clone()), ..Habits::offering(&["PIPELINING", offer]) };
        let peer = Peer::start(habits).await;
        let mut options = verified(&peer, &pki.authority_pem, TlsMode::StartTls);
        options.credentials = Some(credentials());
        assert_eq!(Smarthost::new(options).unwrap().send(parcel(LETTER)).await, Attempt::Delivered);
        let said = peer.seen(|seen| seen.commands[3..3 + expected.len()].to_vec());
        assert_eq!(said, expected, "{offer}");
    }
}

/// A wrong password, or none of our mechanisms: people's letters wait until somebody mends it.
#[tokio::test]
async fn trouble_with_the_login_is_ours_and_fails_no_letter() {
    let pki = pki();
    let cases = [
        ("AUTH PLAIN", "535 5.7.8 wrong", Class::Ours),
        ("AUTH PLAIN", "454 4.7.0 later", Class::Busy),
        ("AUTH CRAM-MD5", "", Class::Ours),
    ];
    for (offer, reply, class) in cases {
        let habits = Habits { tls: Some(pki.acceptor.clone()), ..Habits::offering(&[offer]) };
        let habits = if reply.is_empty() { habits } else { habits.saying("AUTH", reply) };
        let peer = Peer::start(habits).await;
        let mut options = verified(&peer, &pki.authority_pem, TlsMode::StartTls);
        options.credentials = Some(credentials());
        let fault = deferred(Smarthost::new(options).unwrap().send(parcel(LETTER)).await);
        assert_eq!(place(fault), (Phase::Auth, class), "{offer} {reply}");
    }
}

#[tokio::test]
async fn no_password_goes_out_in_the_clear() {
    let peer = Peer::start(Habits::offering(&["AUTH PLAIN"])).await;
    for tls in [TlsMode::None, TlsMode::Opportunistic] {
        let mut options = options(&peer);
        options.tls = tls;
        options.credentials = Some(credentials());
        assert_eq!(Smarthost::new(options.clone()).err(), Some(BadTls::Password));
        options.clear_password_on_loopback = true;
        assert_eq!(Smarthost::new(options).unwrap().send(parcel(LETTER)).await, Attempt::Delivered);
    }
    let shown = format!("{:?}", credentials());
    assert!(!shown.contains("secret") && !shown.contains("relay"), "{shown}");
}

#[tokio::test]
async fn what_is_no_authority_is_refused_at_the_start() {
    let peer = Peer::start(Habits::usual()).await;
    let made = |authority: &[u8]| Smarthost::new(verified(&peer, authority, TlsMode::StartTls)).err();
    assert_eq!(made(b""), Some(BadTls::Authorities));
    assert_eq!(made(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), Some(BadTls::Authorities));
    assert_eq!(smarthost(&peer).send(parcel(LETTER)).await, Attempt::Delivered);
}
