//! The table of evidence and verdicts.

use super::*;
use crate::envelope::{ForwardPath, Peer, Raw, ReversePath};

const ALIGNED: Result<Authenticity, Trouble> = Ok(Authenticity::Aligned);
const UNALIGNED: Result<Authenticity, Trouble> = Ok(Authenticity::Unaligned);
const WAIT: Result<Authenticity, Trouble> = Err(Trouble::Lookup);

fn domain(text: &str) -> Domain {
    Domain::parse(text).unwrap()
}

fn author() -> EmailAddr {
    EmailAddr::parse("anna@example.org").unwrap()
}

fn claim(text: &str) -> Claim {
    let (finding, name) = text.split_once(' ').unwrap();
    let finding = match finding {
        "pass" => Finding::Pass,
        "fail" => Finding::Fail,
        "none" => Finding::None,
        "trouble" => Finding::Trouble,
        other => panic!("{other}"),
    };
    Claim::new(finding, domain(name))
}

/// `""` stands for a mechanism that said nothing; several signatures are parted by commas.
fn evidence(spf: &str, dkim: &str, dmarc: &str) -> Evidence {
    let one = |text: &str| (!text.is_empty()).then(|| claim(text));
    let many = |text: &str| text.split(',').filter(|t| !t.is_empty()).map(claim).collect();
    Evidence { spf: one(spf), dkim: many(dkim), dmarc: one(dmarc), ..Evidence::default() }
}

#[test]
fn the_table_of_verdicts() {
    let table = [
        // spf, dkim, dmarc, verdict
        ("", "", "", UNALIGNED),
        ("pass example.org", "", "", ALIGNED),
        ("pass mail.example.org", "", "", ALIGNED),
        ("", "pass example.org", "", ALIGNED),
        ("", "pass evil.test,pass example.org", "", ALIGNED),
        ("", "fail example.org,pass news.example.org", "", ALIGNED),
        // A stranger's pass is no pass.
        ("pass evil.test", "pass evil.test", "", UNALIGNED),
        ("pass badexample.org", "", "", UNALIGNED),
        ("pass example.org.evil.test", "", "", UNALIGNED),
        ("pass org", "", "", UNALIGNED),
        ("fail example.org", "fail example.org", "", UNALIGNED),
        ("none example.org", "none example.org", "", UNALIGNED),
        // A policy decides alone, in both directions.
        ("fail evil.test", "", "pass example.org", ALIGNED),
        ("pass example.org", "pass example.org", "fail example.org", UNALIGNED),
        ("pass mail.example.org", "", "fail example.org", UNALIGNED),
        ("pass example.org", "", "none example.org", ALIGNED),
        ("", "", "none example.org", UNALIGNED),
        // A policy for somebody else speaks for somebody else.
        ("pass example.org", "", "pass evil.test", UNALIGNED),
        ("", "", "pass mail.example.org", UNALIGNED),
        // Trouble counts only for the author's own house, and only when nothing passed.
        ("trouble example.org", "", "", WAIT),
        ("", "trouble mail.example.org", "", WAIT),
        ("trouble example.org", "pass example.org", "", ALIGNED),
        ("trouble evil.test", "trouble evil.test", "", UNALIGNED),
        ("pass evil.test", "", "trouble example.org", WAIT),
        ("pass example.org", "", "trouble example.org", ALIGNED),
        ("pass mail.example.org", "", "trouble example.org", WAIT),
        ("trouble example.org", "", "fail example.org", UNALIGNED),
    ];
    for (spf, dkim, dmarc, verdict) in table {
        let found = judge(&author(), &evidence(spf, dkim, dmarc));
        assert_eq!(found, verdict, "spf={spf:?} dkim={dkim:?} dmarc={dmarc:?}");
    }
}

#[test]
fn a_shared_name_aligns_with_itself_alone() {
    let pairs = [
        ("example.co.uk", "co.uk", false),
        ("anna.github.io", "github.io", false),
        ("github.io", "evil.github.io", false),
        ("example.com", "com", false),
        ("co.uk", "co.uk", true),
        ("mail.example.co.uk", "example.co.uk", true),
        ("example.se", "mail.example.se", true),
        ("one.example.org", "two.example.org", false),
    ];
    for (one, other, verdict) in pairs {
        assert_eq!(are_aligned(&domain(one), &domain(other)), verdict, "{one} {other}");
    }
}

#[test]
fn arc_alone_convinces_nobody() {
    let evidence = Evidence { arc: Some(Finding::Pass), ..Evidence::default() };
    assert_eq!(judge(&author(), &evidence), UNALIGNED);
}

#[test]
fn a_vouching_front_is_believed_and_an_address_literal_is_not() {
    let vouched = Evidence { vouched: true, ..Evidence::default() };
    let literal = EmailAddr::parse("anna@[192.0.2.1]").unwrap();
    assert_eq!(judge(&author(), &vouched), ALIGNED);
    assert_eq!(judge(&literal, &evidence("pass example.org", "", "")), UNALIGNED);
}

#[test]
fn trouble_defers_and_the_rest_goes_on() {
    let received = || Received {
        peer: Peer { ip: [192, 0, 2, 1].into(), helo: "mx.example.org".into(), tls: true, trusted: false },
        reverse_path: ReversePath::Null,
        forward_path: ForwardPath::Postmaster,
        raw: Raw::new(b"From: anna@example.org\r\n\r\n".to_vec()),
    };
    let late = Verified::from(received(), author(), &Evidence::out_of_time(&author()));
    assert_eq!(late.unwrap_err(), Stop::Later(Trouble::Lookup));
    let doubted = Verified::from(received(), author(), &Evidence::default()).unwrap();
    assert_eq!(doubted.authenticity(), Authenticity::Unaligned);
    let believed = Verified::from(received(), author(), &evidence("pass example.org", "", "")).unwrap();
    assert_eq!((believed.authenticity(), believed.author()), (Authenticity::Aligned, &author()));
}
