//! Real peers, both ways, over STARTTLS: Postfix in front and behind, smtp-source, swaks, Python's smtplib.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::binary::{is_root, program, run_command, say};
use brevbro_tests::chance::unique;
use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::post::post;
use brevbro_tests::postfix::Postfix;
use brevbro_tests::tls::Certificates;
use brevbro_tests::{Engine, House, both_engines, wait};
use std::process::Command;
use std::time::Duration;

both_engines!(postfix_in_front_and_behind, swaks_and_smtplib_and_smtp_source);

/// Whether the peers are here; a missing one fails the test unless it was said that they may be missing.
fn are_installed(names: &[&str]) -> bool {
    let missing: Vec<&&str> = names.iter().filter(|name| program(name).is_none()).collect();
    let fault = if !missing.is_empty() {
        format!("missing peers: {missing:?}. Run `apt-get install postfix swaks python3`")
    } else if names.contains(&"postfix") && !is_root() {
        "Postfix needs root to run. Run the tests as root".to_owned()
    } else {
        return true;
    };
    assert!(
        std::env::var_os("BREVBRO_TEST_SKIP_PEERS").is_some(),
        "{fault}, or set BREVBRO_TEST_SKIP_PEERS=1 to leave them out"
    );
    say(&format!("SKIPPED peers: {fault}"));
    false
}

fn secured(engine: Engine) -> (House, Certificates) {
    let mut house = House::closed(engine);
    let certificates = Certificates::write_into(&house.folder().join("tls"));
    house.settings.certificate = Some((certificates.chain.clone(), certificates.key.clone()));
    (house, certificates)
}

fn postfix_in_front_and_behind(engine: Engine) {
    if !are_installed(&["postfix", "postconf"]) {
        return;
    }
    let (mut house, certificates) = secured(engine);
    let mut postfix = Postfix::prepare();
    house.settings.smarthost = format!("localhost:{}", postfix.address().port());
    house.settings.tls = "starttls";
    house.settings.ca_file = Some(certificates.authority.clone());
    house.start();
    let pairing = house.pair();
    postfix.start(&certificates, house.smtp(), house.sink.address());

    let letters: Vec<_> =
        (0..10).map(|n| if n % 2 == 0 { pairing.from_seeker() } else { pairing.from_volunteer() }).collect();
    for draft in &letters {
        assert_eq!(post(postfix.address(), draft).code, 250);
    }
    for (n, draft) in letters.iter().enumerate() {
        let got = house.sink.await_token_within(&draft.token, Duration::from_mins(1));
        let (mailbox, alias) =
            if n % 2 == 0 { (VOLUNTEER, &pairing.seeker_alias) } else { (SEEKER, &pairing.volunteer_alias) };
        assert_eq!((got.to.as_str(), &got.from_address()), (mailbox, alias));
        // Postfix behind us adds its own trace, which names us and nobody else.
        let other = if n % 2 == 0 { SEEKER } else { VOLUNTEER };
        assert!(!got.source().contains(other), "{}", got.source());
    }
    let log = postfix.log();
    let secured = log.lines().filter(|line| line.contains("TLS connection established")).count();
    assert!(secured >= 2, "STARTTLS on both sides of us:\n{log}");

    // A refusal reaches the writer through the front MTA's own report, not through us.
    let refused = brevbro_tests::Draft::new(SEEKER, "nobody@relay.example.org");
    assert_eq!(post(postfix.address(), &refused).code, 250);
    let report = wait::until("a report", wait::SOON, || {
        house.sink.mailbox(SEEKER).into_iter().find(|letter| letter.source().contains("No such address here"))
    });
    assert!(report.from.is_empty(), "{}", report.source());
}

fn swaks_and_smtplib_and_smtp_source(engine: Engine) {
    if !are_installed(&["swaks", "python3", "smtp-source"]) {
        return;
    }
    let (mut house, _) = secured(engine);
    house.start();
    let pairing = house.pair();
    let (server, port) = (house.smtp().to_string(), house.smtp().port().to_string());

    let token = unique();
    let said = run_command(
        Command::new(program("swaks").unwrap())
            .args(["--server", "127.0.0.1", "--port", &port, "--tls", "--from", SEEKER])
            .args([
                "--to",
                &pairing.volunteer_alias,
                "--ehlo",
                "mail.example.net",
                "--body",
                &format!("Hello, this is letter {token}."),
            ]),
        b"",
    );
    assert_eq!(said.code, 0, "swaks: {}{}", said.out, said.err);
    assert!(said.out.contains("TLS started"), "{}", said.out);
    assert_eq!(house.sink.await_token(&token).to, VOLUNTEER);

    let token = unique();
    let script = format!(
        "import smtplib, ssl\nfrom email.message import EmailMessage\nm = EmailMessage()\nm['From'] = 'Frida <{VOLUNTEER}>'\n\
         m['To'] = '{}'\nm['Subject'] = 'Snö i morgon'\nm.set_content('Hej! {token} åäö')\n\
         c = ssl.create_default_context(cafile='{}')\nwith smtplib.SMTP('127.0.0.1', {port}) as s:\n    s.starttls(context=c)\n    s.send_message(m)\n",
        pairing.seeker_alias,
        house.folder().join("tls/authority.pem").display(),
    );
    let said = run_command(Command::new(program("python3").unwrap()).arg("-"), script.as_bytes());
    assert_eq!(said.code, 0, "smtplib: {}", said.err);
    let got = house.sink.await_token(&token);
    assert_eq!((got.to.as_str(), got.subject().as_str()), (SEEKER, "Snö i morgon"));
    assert!(got.text().contains("åäö"), "{}", got.source());

    let before = house.sink.count();
    let arguments =
        ["-s", "4", "-m", "40", "-l", "2048", "-f", SEEKER, "-t", &pairing.volunteer_alias, "-S", "Load", &server];
    let said = run_command(Command::new(program("smtp-source").unwrap()).args(arguments), b"");
    assert_eq!(said.code, 0, "smtp-source: {}{}", said.out, said.err);
    wait::until_true("40 letters of smtp-source", wait::SOON, || house.sink.count() == before + 40);
}
