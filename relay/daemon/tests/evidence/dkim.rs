//! Signatures: ours as others verify them, others' as we do.

use crate::dns_stub::NameServer;
use crate::{ALIGNED, LETTER, UNALIGNED, author, dns, domain, gatherer, received, verdict};
use brevbro::dkim::{Signer, generate_ed25519, generate_rsa2048};
use brevbro::evidence::Front;
use brevbro_core::verify::{Claim, Finding};
use mail_auth::arc::ArcSealer;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::{AuthenticatedMessage, AuthenticationResults, DkimResult};
use std::process::{Command, Stdio};

/// A signer with a key of each kind, whose records the name server publishes.
fn signer(names: &NameServer, name: &str) -> Signer {
    let signer = Signer::new(domain(name)).with_key("e1", generate_ed25519().unwrap().as_bytes()).unwrap();
    let signer = signer.with_key("r1", generate_rsa2048().unwrap().as_bytes()).unwrap();
    for record in signer.public_records() {
        names.txt(&record.name, &record.value);
    }
    signer
}

fn with_body(body: &[u8]) -> Vec<u8> {
    [&b"From: anna@example.org\r\nSubject: x\r\n\r\n"[..], body].concat()
}

#[tokio::test]
async fn both_signatures_verify_whatever_the_body_ends_in() {
    let names = NameServer::start().await;
    let signer = signer(&names, "example.org");
    let authenticator = dns(&names).authenticator();
    let bodies: [&[u8]; 8] =
        [b"text\r\n", b"", b"\r\n", b"text", b"text\r\n\r\n\r\n", b"text \t \r\n", b"text\r\n \t\r\n\r\n", b" \r\n"];
    for body in bodies {
        let letter = signer.sign(&with_body(body));
        let message = AuthenticatedMessage::parse(&letter).unwrap();
        let results = authenticator.verify_dkim(&message).await;
        let passed = results.iter().filter(|r| *r.result() == DkimResult::Pass).count();
        assert_eq!((results.len(), passed), (2, 2), "{:?} {results:?}", String::from_utf8_lossy(body));
    }
}

#[tokio::test]
async fn a_signature_aligns_only_with_its_own_domain() {
    let names = NameServer::start().await;
    let (own, strange) = (signer(&names, "example.org"), signer(&names, "evil.test"));
    let signed = own.sign(LETTER);
    assert_eq!(verdict(&names, &received("list@lists.test", &signed)).await, ALIGNED);
    let strange = strange.sign(LETTER);
    assert_eq!(verdict(&names, &received("list@lists.test", &strange)).await, UNALIGNED);
    // Both on one letter, the strange one first.
    let both = [&strange[..strange.len() - LETTER.len()], &signed].concat();
    assert_eq!(verdict(&names, &received("list@lists.test", &both)).await, ALIGNED);
}

#[tokio::test]
async fn a_changed_letter_is_not_the_authors() {
    let names = NameServer::start().await;
    let signed = String::from_utf8(signer(&names, "example.org").sign(LETTER)).unwrap();
    let changes = [
        signed.replace("\r\n\r\ntext", "\r\n\r\ntest"),
        signed.replace("Subject: x", "Subject: y"),
        signed.replace("anna@example.org", "eva@example.org"),
        // A second author under the first, which readers might show.
        format!("From: eva@example.org\r\n{signed}"),
    ];
    for changed in changes {
        assert_ne!(changed, signed);
        assert_eq!(verdict(&names, &received("list@lists.test", changed.as_bytes())).await, UNALIGNED, "{changed}");
    }
}

/// Whitespace-only lines at the end count for nothing in relaxed form (RFC 6376 §3.4.4); mail-auth 0.13 hashes them.
#[tokio::test]
async fn a_blank_tail_added_on_the_way_breaks_nothing() {
    let names = NameServer::start().await;
    let signed = signer(&names, "example.org").sign(LETTER);
    for tail in ["\r\n", " \r\n", "\r\n \t\r\n\r\n"] {
        let longer = [&signed, tail.as_bytes()].concat();
        assert_eq!(verdict(&names, &received("<>", &longer)).await, ALIGNED, "{tail:?}");
    }
    let longer = [&signed[..], b" .\r\n"].concat();
    assert_eq!(verdict(&names, &received("<>", &longer)).await, UNALIGNED);
}

#[tokio::test]
async fn weak_signatures_do_not_count() {
    let names = NameServer::start().await;
    let signed = String::from_utf8(signer(&names, "example.org").sign(LETTER)).unwrap();
    let gatherer = gatherer(&names, Front::Reports { authserv_id: None });
    let weak = [signed.replace("a=rsa-sha256", "a=rsa-sha1"), signed.replace("From:From", "X-A:X-B")];
    let counts = [1, 0];
    for (letter, count) in weak.iter().zip(counts) {
        let evidence = gatherer.gather(&received("<>", letter.as_bytes()), &author()).await;
        assert_eq!(evidence.dkim.len(), count, "{letter}");
    }
    // A hundred signatures cost no hundred questions.
    let header = &signed[..signed.len() - LETTER.len()];
    let many = format!("{}{}", header.repeat(50), String::from_utf8_lossy(LETTER));
    let evidence = gatherer.gather(&received("<>", many.as_bytes()), &author()).await;
    assert_eq!(evidence.dkim, vec![Claim::new(Finding::Pass, domain("example.org")); 8]);
}

#[tokio::test]
async fn an_arc_chain_is_seen_and_convinces_nobody() {
    let names = NameServer::start().await;
    let key = Ed25519Key::from_pkcs8_der(&Ed25519Key::generate_pkcs8().unwrap()).unwrap();
    let value = format!("v=DKIM1; k=ed25519; p={}", data_encoding::BASE64.encode(&key.public_key()));
    names.txt("a1._domainkey.lists.test", &value).a("example.org", [192, 0, 2, 1]);
    let message = AuthenticatedMessage::parse(LETTER).unwrap();
    let arc = dns(&names).authenticator().verify_arc(&message).await;
    let results = AuthenticationResults::new("lists.test");
    let sealer = ArcSealer::from_key(key).domain("lists.test").selector("a1").headers(["From", "Subject"]);
    let set = sealer.seal(&message, &results, &arc).unwrap();
    let chained = [set.to_header().as_bytes(), LETTER].concat();
    let letter = received("list@lists.test", &chained);
    let evidence = gatherer(&names, Front::Reports { authserv_id: None }).gather(&letter, &author()).await;
    assert_eq!(evidence.arc, Some(Finding::Pass));
    assert_eq!(verdict(&names, &letter).await, UNALIGNED);
    assert_eq!(verdict(&names, &received("<>", LETTER)).await, UNALIGNED);
}

/// An independent verifier (python3 with dkimpy) agrees, for both kinds of key.
#[tokio::test]
#[ignore = "needs python3 with dkimpy"]
async fn dkimpy_agrees() {
    const VERIFY: &str = "import sys, dkim\n\
        name, value, raw = sys.argv[1].encode(), sys.argv[2].encode(), sys.stdin.buffer.read()\n\
        d = dkim.DKIM(raw)\n\
        ask = lambda n, timeout=5: value if n.rstrip(b'.') == name else None\n\
        sys.exit(0 if d.verify(idx=0, dnsfunc=ask) else 1)\n";
    for pem in [generate_ed25519().unwrap(), generate_rsa2048().unwrap()] {
        let signer = Signer::new(domain("example.org")).with_key("s1", pem.as_bytes()).unwrap();
        let record = signer.public_records().remove(0);
        let letters = ["", "To: f@relay.test\r\n", "Date: now\r\nMessage-ID: <1@relay.test>\r\n"].map(|more| {
            let letter = format!("From: anna@example.org\r\nSubject: x\r\n{more}\r\ntext  x \r\n\r\n \r\n");
            signer.sign(letter.as_bytes())
        });
        for letter in letters {
            let mut python = Command::new("python3");
            let mut child =
                python.args(["-c", VERIFY, &record.name, &record.value]).stdin(Stdio::piped()).spawn().unwrap();
            std::io::Write::write_all(&mut child.stdin.take().unwrap(), &letter).unwrap();
            assert!(child.wait().unwrap().success(), "{}", String::from_utf8_lossy(&letter));
        }
    }
}
