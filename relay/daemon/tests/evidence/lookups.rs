//! SPF, DMARC and the front MTA's word.

use crate::dns_stub::NameServer;
use crate::{ALIGNED, LETTER, UNALIGNED, Verdict, WAIT, author, gatherer, received, verdict};
use brevbro::evidence::{EvidenceOptions, Front, Gatherer};
use brevbro_core::verify::judge;
use std::time::{Duration, Instant};

const SPF: &str = "v=spf1 ip4:192.0.2.7 -all";

#[tokio::test]
async fn spf_speaks_for_the_reverse_path_or_the_helo_name() {
    let names = NameServer::start().await;
    names.txt("example.org", SPF).txt("mx.example.org", SPF).txt("evil.test", SPF);
    let cases = [
        ("anna@example.org", ALIGNED),
        ("<>", ALIGNED),
        ("anna@evil.test", UNALIGNED),
        ("anna@unknown.test", UNALIGNED),
    ];
    for (reverse_path, expected) in cases {
        assert_eq!(verdict(&names, &received(reverse_path, LETTER)).await, expected, "{reverse_path}");
    }
    let mut elsewhere = received("anna@example.org", LETTER);
    elsewhere.peer.ip = [192, 0, 2, 8].into();
    assert_eq!(verdict(&names, &elsewhere).await, UNALIGNED);
    let mut mapped = received("anna@example.org", LETTER);
    mapped.peer.ip = "::ffff:192.0.2.7".parse().unwrap();
    assert_eq!(verdict(&names, &mapped).await, ALIGNED);
    let through_mx = NameServer::start().await;
    through_mx.txt("example.org", "v=spf1 mx -all").mx("example.org", 10, "in.test").a("in.test", crate::PEER);
    assert_eq!(verdict(&through_mx, &received("anna@example.org", LETTER)).await, ALIGNED);
}

/// The same SPF pass, under policies that ask for more or less.
#[tokio::test]
async fn the_domains_own_policy_decides() {
    let cases: [(&str, &str, Verdict); 4] = [
        ("v=DMARC1; p=reject", "bounce@mail.example.org", ALIGNED),
        ("v=DMARC1; p=reject; aspf=s", "bounce@mail.example.org", UNALIGNED),
        ("v=DMARC1; p=none; aspf=s", "bounce@mail.example.org", UNALIGNED),
        ("v=DMARC1; p=reject; aspf=s", "anna@example.org", ALIGNED),
    ];
    for (policy, reverse_path, expected) in cases {
        let names = NameServer::start().await;
        names.txt("example.org", SPF).txt("mail.example.org", SPF).txt("_dmarc.example.org", policy);
        assert_eq!(verdict(&names, &received(reverse_path, LETTER)).await, expected, "{policy} {reverse_path}");
    }
}

#[tokio::test]
async fn trouble_with_dns_asks_the_peer_to_come_again() {
    let names = NameServer::start().await;
    names.trouble("example.org");
    assert_eq!(verdict(&names, &received("anna@example.org", LETTER)).await, WAIT);
    // Somebody else's trouble is nobody's excuse.
    let other = NameServer::start().await;
    other.a("example.org", [192, 0, 2, 1]).trouble("evil.test");
    assert_eq!(verdict(&other, &received("anna@evil.test", LETTER)).await, UNALIGNED);
    // The policy cannot be read, but the very same domain passed.
    let half = NameServer::start().await;
    half.txt("example.org", SPF).trouble("_dmarc.example.org");
    assert_eq!(verdict(&half, &received("anna@example.org", LETTER)).await, ALIGNED);
}

/// A name server that never answers must not hold the session longer than the budget.
#[tokio::test]
async fn the_budget_is_kept() {
    let silent = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let name_servers = vec![silent.local_addr().unwrap()];
    let options = brevbro::dns::DnsOptions { name_servers, timeout: Duration::from_secs(30), attempts: 2 };
    let dns = brevbro::dns::Dns::new(&options).unwrap();
    let options =
        EvidenceOptions { budget: Duration::from_millis(300), ..EvidenceOptions::new(crate::domain("mx.relay.test")) };
    let started = Instant::now();
    let evidence = Gatherer::new(&dns, options).gather(&received("anna@example.org", LETTER), &author()).await;
    assert_eq!(judge(&author(), &evidence), WAIT);
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_second_author_does_not_dodge_the_policy() {
    let names = NameServer::start().await;
    names.txt("example.org", SPF);
    let letters: [&[u8]; 3] = [
        b"From: anna@example.org, eve@evil.test\r\n\r\ntext\r\n",
        b"From: anna@example.org\r\nFrom: eve@evil.test\r\n\r\ntext\r\n",
        b"Subject: nobody\r\n\r\ntext\r\n",
    ];
    for letter in letters {
        assert_eq!(verdict(&names, &received("anna@example.org", letter)).await, UNALIGNED);
    }
}

const SAID: &[u8] = b"Authentication-Results: front.test; dmarc=pass header.from=example.org\r\n\
    From: anna@example.org\r\n\r\ntext\r\n";

#[tokio::test]
async fn only_a_trusted_peers_word_is_heard() {
    let names = NameServer::start().await;
    names.a("example.org", [192, 0, 2, 1]);
    let untrusted = received("anna@evil.test", SAID);
    let mut trusted = untrusted.clone();
    trusted.peer.trusted = true;
    let fronts = [
        (Front::Reports { authserv_id: None }, SAID, ALIGNED),
        (Front::Reports { authserv_id: Some("Front.test".to_owned()) }, SAID, ALIGNED),
        (Front::Reports { authserv_id: Some("other.test".to_owned()) }, SAID, UNALIGNED),
        (Front::Reports { authserv_id: None }, LETTER, UNALIGNED),
        (Front::Refuses, LETTER, ALIGNED),
    ];
    for (front, letter, expected) in fronts {
        let mut trusted = received("anna@evil.test", letter);
        trusted.peer.trusted = true;
        let gatherer = gatherer(&names, front.clone());
        let evidence = gatherer.gather(&trusted, &author()).await;
        assert_eq!(judge(&author(), &evidence), expected, "{front:?}");
        let evidence = gatherer.gather(&untrusted, &author()).await;
        assert_eq!(judge(&author(), &evidence), UNALIGNED, "{front:?}, untrusted");
    }
}
