//! The demonstration: the scripted exchange ends by itself, and a newcomer's letter crosses from the page.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::{binary, http, wait};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(90);
/// What the seeker's own letters carry and nobody on the other side may see.
const SECRETS: [&str; 5] = ["Karlsson", "anna.karlsson", "174 06 05", "198.51.100.7", "Thunderbird"];

#[test]
fn the_scripted_exchange_ends_by_itself_with_a_summary() {
    let mut command = Command::new(binary::path());
    command.arg("demo").env("DEMO_SECONDS", "4").env("DEMO_PORT", "0");
    let said = binary::run_command(&mut command, b"").ok();
    for expected in ["nothing leaves it", "Vinter and Frida", "from Frida <frida@relay.example.org>"] {
        assert!(said.contains(expected), "{expected} is missing:\n{said}");
    }
    // The forged letter, and what the rules for danger see in letters that lead past the organisation.
    let items = said.split("items for the coordinator: ").nth(1).and_then(|rest| rest.trim().parse::<u32>().ok());
    assert!(items.is_some_and(|items| items >= 2), "{said}");
}

#[test]
fn a_newcomers_letter_crosses_and_a_forged_one_waits() {
    let show = Show::open();
    let held = wait::until("the scripted exchange", LIMIT, || {
        let state = show.state();
        let spool = state["spool"].as_array().unwrap();
        spool.iter().any(|row| row["state"] == "held" && row["why"] == "unverified").then_some(state)
    });
    let kinds: Vec<&str> =
        held["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"unverified") && kinds.contains(&"flag"), "{kinds:?}");

    let form = json!({"pairing": 0, "side": "seeker", "subject": "Från sidan", "in_reply_to": null,
        "text": "Hej, det är Anna Karlsson. Ring 070-174 06 05 om du vill. Det här är alldeles nytt."});
    assert_eq!(show.send(&form), 204);
    let copy = wait::until("the letter from the page", LIMIT, || {
        show.letters("volunteer").into_iter().find(|letter| letter["subject"] == "Från sidan")
    });
    let raw = copy["raw"].as_str().unwrap();
    assert!(copy["text"].as_str().unwrap().contains("Det här är alldeles nytt."), "{copy}");
    for secret in SECRETS {
        assert!(!raw.contains(secret) && !copy["text"].as_str().unwrap().contains(secret), "{secret} arrived");
    }

    // She answers the question whether the held letter was hers: it is released.
    let question = wait::until("the question", LIMIT, || {
        show.letters("seeker").into_iter().find(|letter| letter["raw"].as_str().unwrap().contains("Reply-To: c-"))
    });
    let yes = json!({"pairing": 0, "side": "seeker", "subject": "Re", "text": "Ja", "in_reply_to": question["id"]});
    assert_eq!(show.send(&yes), 204);
    wait::until("the released letter", LIMIT, || {
        show.letters("volunteer").into_iter().find(|letter| letter["subject"] == "Kan du ringa?")
    });
}

#[test]
fn the_page_shows_the_letters_in_a_browser() {
    let Some(browser) = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(binary::program) else {
        panic!("no browser: run tests/install, which installs chromium");
    };
    let show = Show::open();
    wait::until_true("the scripted exchange", LIMIT, || show.letters("seeker").len() >= 2);
    let profile = tempfile::tempdir().unwrap();
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=360,740",
        "--virtual-time-budget=5000",
        "--dump-dom",
    ];
    let mut command = Command::new(browser);
    command
        .args(flags)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("http://{}/", show.page));
    let page = binary::run_command(&mut command, b"").ok();
    for expected in ["Vinter", "Frida", "Vad fint att du skrev", "Contact time", "Held"] {
        assert!(page.contains(expected), "{expected} is not on the page");
    }
}

/// A demonstration that goes on until it is dropped.
struct Show {
    child: Child,
    page: SocketAddr,
}

impl Show {
    fn open() -> Self {
        let mut command = Command::new(binary::path());
        command
            .arg("demo")
            .env("DEMO_PORT", "0")
            .env_remove("DEMO_SECONDS")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let line =
            lines.find(|line| line.contains("http://") && line.contains("post office")).expect("no page was announced");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        let page = address.parse().unwrap();
        // Keep reading, so that the demonstration is never stopped by a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, page }
    }

    fn state(&self) -> Value {
        let (code, body) = http::page(self.page, "/state");
        assert_eq!(code, 200);
        serde_json::from_str(&body).unwrap()
    }

    fn letters(&self, side: &str) -> Vec<Value> {
        self.state()["pairings"][0][side]["letters"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|l| l["sent"] == false)
            .cloned()
            .collect()
    }

    fn send(&self, form: &Value) -> u16 {
        let body = form.to_string();
        let mut tcp = TcpStream::connect(self.page).unwrap();
        let head = format!(
            "POST /send HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.page,
            body.len()
        );
        tcp.write_all(head.as_bytes()).unwrap();
        tcp.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        tcp.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap()
    }
}

impl Drop for Show {
    fn drop(&mut self) {
        binary::signal(self.child.id(), "TERM");
        let _ = self.child.wait();
    }
}
