//! The 64 ways letters through alias relays have been seen to leak, each with one mark that must not arrive.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_core::party::Side;
use brevbro_sanitise::{Identity, Outcome, rebuild};

const FROM: &str = "From: Anna Karlsson <anna.karlsson@example.net>\n";
const SECOND: &str = "privat77@hemma.example.com";

/// One letter and what must not be read out of what becomes of it.
struct Probe {
    name: &'static str,
    letter: Vec<u8>,
    marks: Vec<&'static str>,
}

fn probe(name: &'static str, letter: impl AsRef<[u8]>, marks: &[&'static str]) -> Probe {
    Probe { name, letter: letter.as_ref().to_vec(), marks: marks.to_vec() }
}

fn header(name: &'static str, fields: &str, mark: &'static str) -> Probe {
    probe(name, format!("{FROM}{fields}\n\nHej\n"), &[mark])
}

fn body(name: &'static str, head: &str, text: impl AsRef<[u8]>, mark: &'static str) -> Probe {
    probe(name, [FROM.as_bytes(), head.as_bytes(), b"\n", text.as_ref()].concat(), &[mark])
}

fn part(name: &'static str, head: &str, text: &str, mark: &'static str) -> Probe {
    let mixed = format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b\n{head}\n\n{text}\n--b--\n");
    probe(name, format!("{FROM}{mixed}"), &[mark])
}

const ADDRESS: &str = "anna.karlsson@example.net";

fn header_probes() -> Vec<Probe> {
    vec![
        header("received", "Received: from x [203.0.113.7] by mx; Tue, 03 Nov 2026 14:05:07 +0100", "203.0.113.7"),
        header("originating ip", "X-Originating-IP: [203.0.113.8]", "203.0.113.8"),
        header("client", "User-Agent: Markklient/1\nX-Mailer: Markklient/2", "Markklient"),
        header("autocrypt", "Autocrypt: addr=x; keydata=\n MARKNYCKEL", "MARKNYCKEL"),
        header("dkim", "DKIM-Signature: v=1; d=markdoman.example; b=x", "markdoman"),
        header("arc", "ARC-Seal: i=1; d=markarc.example\nAuthentication-Results: markarc.example; spf=pass", "markarc"),
        header("sender", &format!("Sender: <{SECOND}>\nReturn-Path: <{SECOND}>"), "privat77"),
        header("reply-to", &format!("Reply-To: <{SECOND}>"), "privat77"),
        header(
            "receipts",
            &format!("Disposition-Notification-To: <{SECOND}>\nReturn-Receipt-To: <{SECOND}>"),
            "privat77",
        ),
        header("thread", "Thread-Topic: Markämne\nThread-Index: MARKINDEX", "MARKINDEX"),
        header("organisation", "Organization: Markbolaget", "Markbolaget"),
        header("resent", &format!("Resent-From: <{SECOND}>\nResent-Message-ID: <m@x>"), "privat77"),
        header("list", "List-Unsubscribe: <https://marklista.example/>", "marklista"),
        probe("from name", format!("{FROM}\nHej\n"), &["Anna", "Karlsson", ADDRESS]),
        header("automatic", "Auto-Submitted: auto-generated; owner-email=privat77@example.com", "privat77"),
        header("message-id", "Message-ID: <x@markdator.example.net>", "markdator"),
        header("offset", "Date: Tue, 03 Nov 2026 14:05:07 +0545", "+0545"),
        header("in-reply-to", "In-Reply-To: <x@markdator.example.net>", "markdator"),
        header("references", "References: <x@markdator.example.net> <y@markdator.example.net>", "markdator"),
        header("subject name", "Subject: =?utf-8?Q?Fr=C3=A5n_Anna_Karlsson?=", "Karlsson"),
        header("subject address", "Subject: anna.karlsson@example.net", ADDRESS),
        header("mime-version", "MIME-Version: 1.0 (Markdator 16)", "Markdator"),
        part("boundary", "Content-Type: text/plain", "x", "boundary"),
        header("language", "Content-Language: mark-SE", "mark-SE"),
        header("description", "Content-Description: Annas markfil", "markfil"),
        header("cc", "Cc: Tredje <tredje@markdoman.example>", "markdoman"),
    ]
}

fn address_probes() -> Vec<Probe> {
    let qp = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n";
    let wide: Vec<u8> = ADDRESS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let html = "Content-Type: text/html\n";
    vec![
        body("8bit", "Content-Transfer-Encoding: 8bit\n", format!("å {ADDRESS}"), ADDRESS),
        body("qp", qp, "anna=2Ekarlsson=40exam=\nple.net", ADDRESS),
        body("base64", "Content-Transfer-Encoding: base64\n", "YW5uYS5rYXJsc3NvbkBleGFtcGxlLm5ldA==", ADDRESS),
        body("html", html, format!("<p>{ADDRESS}</p>"), ADDRESS),
        body("case", "", "ANNA.Karlsson@EXAMPLE.net", "Karlsson@EXAMPLE"),
        body(
            "qp latin-1",
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
            "=E5 anna.karlsson=40example.net",
            ADDRESS,
        ),
        body("utf-16", "Content-Type: text/plain; charset=utf-16le\n", wide, ADDRESS),
        body(
            "signed",
            "Content-Type: multipart/signed; boundary=b\n",
            format!("--b\n\n{ADDRESS}\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--"),
            ADDRESS,
        ),
        body("report", "Content-Type: multipart/report; boundary=b\n", format!("--b\n\n{ADDRESS}\n--b--"), ADDRESS),
        body("plus", "", "anna.karlsson+mark@example.net", "mark@example"),
        body("second address", "", format!("skriv {SECOND}"), "privat77"),
        body(
            "flowed",
            "Content-Type: text/plain; format=flowed; delsp=yes\n",
            "anna.karls \nson@exam \nple.net",
            ADDRESS,
        ),
        body("entity", html, "anna&#46;karlsson&#64;example.net", ADDRESS),
        body("percent", html, "<a href='https://x.example.org/?m=anna.karlsson%40example.net'>x</a>", "karlsson%40"),
        body("tags", html, "anna<b>.karls</b>son@<i>exa</i>mple.net", ADDRESS),
        part("second text", "Content-Type: text/plain", ADDRESS, ADDRESS),
    ]
}

fn report_probes() -> Vec<Probe> {
    let report = |kind: &str, inner: &str| {
        format!("Content-Type: multipart/report; report-type={kind}; boundary=b\n\n--b\n\nx\n--b\n{inner}\n--b--\n")
    };
    let dsn = report(
        "delivery-status",
        "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; markbrevlada@example.com\nAction: failed",
    );
    let mdn = report(
        "disposition-notification",
        "Content-Type: message/disposition-notification\n\nReporting-UA: markdator; Mail",
    );
    vec![
        probe("delivery report", format!("{FROM}{dsn}"), &["markbrevlada"]),
        probe("receipt", format!("{FROM}{mdn}"), &["markdator"]),
    ]
}

fn content_probes() -> Vec<Probe> {
    let html = "Content-Type: text/html\n";
    vec![
        body(
            "attribution",
            "",
            "Ja.\n\nDen 3 nov. 2026 kl 14:05 skrev Anna Karlsson <anna.karlsson@example.net>:\n> x",
            "Karlsson",
        ),
        body("signature", "", "Ja.\n\n-- \nAnna Karlsson\n070-174 06 05", "174 06"),
        body("comment", html, "<meta name=author content=Markanna><!-- author: Markanna --><p>x", "Markanna"),
        body("pixel", html, "x<img src='https://markspar.example/?u=1'>", "markspar"),
        body(
            "preamble",
            "Content-Type: multipart/mixed; boundary=b\n",
            "Markord före\n--b\n\nx\n--b--\nMarkord efter",
            "Markord",
        ),
        part(
            "nested header",
            "Content-Type: message/rfc822",
            "From: a@example.org\nReceived: from markdator [203.0.113.9]\nX-Mailer: markdator\n\nx",
            "markdator",
        ),
        part(
            "nested from",
            "Content-Type: message/rfc822",
            "From: Mark Annasson <markbrevlada@example.com>\n\nHej från Mark Annasson",
            "Annasson",
        ),
    ]
}

fn file_probes() -> Vec<Probe> {
    vec![
        part(
            "calendar",
            "Content-Type: text/calendar",
            "ORGANIZER;CN=Mark:mailto:markbrevlada@example.com",
            "markbrevlada",
        ),
        part("card", "Content-Type: text/vcard", "FN:Markanna", "Markanna"),
        part(
            "attached text",
            "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment",
            ADDRESS,
            ADDRESS,
        ),
        part(
            "docx",
            "Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "MARKFORFATTARE",
            "MARKFORFATTARE",
        ),
        part("jpeg", "Content-Type: image/jpeg", "MARKGPS", "MARKGPS"),
        part("pdf", "Content-Type: application/pdf", "/Author (MARKFORFATTARE)", "MARKFORFATTARE"),
        part(
            "file name",
            "Content-Type: image/png; name=\"Markanna.png\"\nContent-Disposition: attachment; filename=\"Markanna.png\"",
            "x",
            "Markanna",
        ),
        part("key", "Content-Type: application/pgp-keys; name=publickey.asc", "MARKNYCKEL", "MARKNYCKEL"),
        part(
            "key by another name",
            "Content-Type: text/plain; name=anna.txt",
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nMARKNYCKEL\n-----END PGP PUBLIC KEY BLOCK-----",
            "MARKNYCKEL",
        ),
        body(
            "clear-signed",
            "",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nHej\n-----BEGIN PGP SIGNATURE-----\n\nMARKSIGN\n-----END PGP SIGNATURE-----",
            "MARKSIGN",
        ),
        part("certificate", "Content-Type: application/pkcs7-signature; name=smime.p7s", "MARKCERT", "MARKCERT"),
        part("tnef", "Content-Type: application/ms-tnef; name=winmail.dat", "MARKTNEF", "MARKTNEF"),
        part(
            "inner headers",
            "Content-Type: text/plain\nContent-ID: <x@markdator>\nX-Apple: markdator",
            "x",
            "markdator",
        ),
    ]
}

fn probes() -> Vec<Probe> {
    [header_probes(), address_probes(), content_probes(), report_probes(), file_probes()]
        .into_iter()
        .flatten()
        .collect()
}

fn identity() -> Identity {
    toml::from_str(
        "[sender]\nnames=['Anna Karin Karlsson']\naddresses=['anna.karlsson@example.net']\nphones=['+46 70 174 06 05']\npseudonym='Vinter'\n\
         alias='vinter-7k@relay.example.org'\n[recipient]\npseudonym='Frida'\nalias='frida@relay.example.org'\n\
         address='frida.private@example.com'\n[relay]\ndomain='relay.example.org'",
    )
    .unwrap()
}

#[test]
fn sixty_four_probes_leak_nothing_in_either_direction() {
    let probes = probes();
    assert_eq!(probes.len(), 64);
    let threads = support::key();
    let mut clean = 0;
    for author in [Side::Seeker, Side::Volunteer] {
        let mut rules = support::rules(&threads);
        rules.scope.author = author;
        for probe in &probes {
            match rebuild(&probe.letter, &identity(), &rules) {
                Outcome::Clean(letter) => {
                    clean += 1;
                    let readable = support::read_back(letter.bytes()).to_lowercase();
                    for mark in &probe.marks {
                        assert!(!readable.contains(&mark.to_lowercase()), "{}: {mark}\n{readable}", probe.name);
                    }
                }
                Outcome::Refused(_) => {
                    assert!(matches!(probe.name, "delivery report" | "receipt"), "{} was refused", probe.name);
                }
                Outcome::Quarantine(report) => panic!("{} was quarantined: {report:?}", probe.name),
            }
        }
    }
    assert_eq!(clean, 124, "all but the two reports are cleaned, not merely kept");
}

#[test]
fn every_mark_was_in_the_letter() {
    // A probe that has lost its mark would pass for ever.
    let decoded = ["qp", "base64", "case", "utf-16", "flowed", "entity", "tags", "boundary", "qp latin-1"];
    for probe in probes() {
        let raw = String::from_utf8_lossy(&probe.letter).to_lowercase();
        let is_there = probe.marks.iter().all(|mark| raw.contains(&mark.to_lowercase()));
        assert!(is_there || decoded.contains(&probe.name), "{}", probe.name);
    }
}
