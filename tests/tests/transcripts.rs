//! Plays every SMTP transcript against the pure session, over a socket, and over a socket after STARTTLS.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_core::address::Domain;
use brevbro_core::envelope::{ForwardPath, Received, ReversePath};
use brevbro_core::reply::Reply;
use brevbro_core::smtp::{Accept, Caller, Limits, Next, Session, Terms};
use script::{Dialogue, Move};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

#[path = "transcripts/script.rs"]
mod script;
#[path = "transcripts/socket.rs"]
mod socket;

/// The letters the intake was given and what it answers.
struct Post {
    letters: VecDeque<Received>,
    answer: Reply,
}

impl Default for Post {
    fn default() -> Self {
        Self { letters: VecDeque::new(), answer: Reply::new(250, (2, 0, 0), "kept") }
    }
}

impl Post {
    fn check(&mut self, expected: &Move, name: &str) {
        let Move::Letter { from, to, raw } = expected else { panic!("{name}: not a letter") };
        let letter = self.letters.pop_front().unwrap_or_else(|| panic!("{name}: no letter came"));
        let heard_from = match &letter.reverse_path {
            ReversePath::Null => "<>".to_owned(),
            ReversePath::Addr(address) => address.on_wire(),
        };
        let heard_to = match &letter.forward_path {
            ForwardPath::Postmaster => "Postmaster".to_owned(),
            ForwardPath::Addr(address) => address.on_wire(),
        };
        assert_eq!((&heard_from, &heard_to), (from, to), "{name}");
        let (heard, raw) = (letter.raw.bytes().escape_ascii().to_string(), raw.escape_ascii().to_string());
        assert_eq!(heard, raw, "{name}");
    }
}

impl Dialogue {
    fn checks_letters(&self) -> bool {
        self.moves.iter().any(|step| matches!(step, Move::Letter { .. }))
    }
}

fn dialogues() -> Vec<Dialogue> {
    script::read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("transcripts"))
}

fn limits(dialogue: &Dialogue) -> Limits {
    let ordinary = Limits::default();
    let count = |key, otherwise| dialogue.number(key).map_or(otherwise, |n| u32::try_from(n).unwrap());
    Limits {
        message: dialogue.number("message").unwrap_or(ordinary.message),
        header: dialogue.number("header").unwrap_or(ordinary.header),
        text_line: dialogue.number("line").unwrap_or(ordinary.text_line),
        errors: count("errors", ordinary.errors),
        idle_commands: count("commands", ordinary.idle_commands),
        ..ordinary
    }
}

fn terms(limits: Limits) -> Terms {
    let domain = |name| Domain::parse(name).unwrap();
    Terms { hostname: domain("mx.relay.test"), accept: Accept::Ours(vec![domain("relay.test")]), tls: false, limits }
}

fn reply(step: &Move) -> Reply {
    let Move::Answer { code, enhanced, text } = step else { panic!("not an answer") };
    Reply::new(*code, *enhanced, text.clone())
}

/// The house's side, without a socket.
struct Pure {
    session: Session,
    terms: Arc<Terms>,
    caller: Caller,
    said: VecDeque<String>,
    post: Post,
    closed: bool,
}

impl Pure {
    fn new(dialogue: &Dialogue, secured: bool) -> Self {
        let terms = Arc::new(Terms { tls: dialogue.has("tls"), ..terms(limits(dialogue)) });
        let caller = Caller { ip: [127, 0, 0, 1].into(), trusted: dialogue.has("trusted"), tls: secured };
        let session = if secured {
            Session::secured(Arc::clone(&terms), caller)
        } else {
            Session::new(Arc::clone(&terms), caller)
        };
        Self { session, terms, caller, said: VecDeque::new(), post: Post::default(), closed: false }
    }

    fn feed(&mut self, input: &[u8]) {
        let mut rest = input;
        let mut out = Vec::new();
        while !self.closed {
            let fed = self.session.feed(rest, &mut out);
            rest = &rest[fed.taken..];
            match fed.next {
                Next::Read | Next::StartTls => break,
                Next::Listen => self.session.speak(&mut out),
                Next::Take(letter) => {
                    self.post.letters.push_back(*letter);
                    self.session.answered(&self.post.answer, &mut out);
                }
                Next::Close => self.closed = true,
            }
        }
        assert!(out.is_empty() || out.ends_with(b"\r\n"), "half a line was said");
        self.said.extend(String::from_utf8(out).unwrap().split_terminator("\r\n").map(str::to_owned));
    }

    fn take(&mut self, step: &Move, name: &str) {
        match step {
            Move::Send(octets) => self.feed(octets),
            Move::Pause => {}
            Move::Expect(prefix) => {
                let line = self.said.pop_front().unwrap_or_else(|| panic!("{name}: nothing instead of {prefix}"));
                assert!(line.starts_with(prefix), "{name}: {line} instead of {prefix}");
            }
            Move::Silent => assert_eq!(self.said, [""; 0], "{name}: not silent"),
            Move::Closed => assert!(self.closed && self.said.is_empty(), "{name}: not closed"),
            Move::Tls => self.session = Session::secured(Arc::clone(&self.terms), self.caller),
            Move::Answer { .. } => self.post.answer = reply(step),
            Move::Letter { .. } => self.post.check(step, name),
        }
    }

    fn play(dialogue: &Dialogue, secured: bool) {
        let mut pure = Self::new(dialogue, secured);
        let speaks_first = matches!(dialogue.moves.first(), Some(Move::Send(_)));
        if !speaks_first {
            pure.feed(b"");
        }
        dialogue.moves.iter().skip(usize::from(secured)).for_each(|step| pure.take(step, &dialogue.name));
        assert!(pure.said.is_empty(), "{}: more was said: {:?}", dialogue.name, pure.said);
        assert!(pure.post.letters.is_empty() || !dialogue.checks_letters(), "{}: letters left", dialogue.name);
    }
}

#[test]
fn every_dialogue_against_the_pure_session() {
    let dialogues = dialogues();
    assert!(dialogues.len() > 60, "only {} dialogues were found", dialogues.len());
    for dialogue in &dialogues {
        Pure::play(dialogue, false);
        if !dialogue.has("plain") {
            Pure::play(dialogue, true);
        }
    }
}

#[test]
fn every_dialogue_over_a_socket() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let certificate = socket::Certificate::new();
    for dialogue in &dialogues() {
        socket::play(&runtime, &certificate, dialogue, false);
    }
}

#[test]
fn every_dialogue_over_tls() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let certificate = socket::Certificate::new();
    for dialogue in dialogues().iter().filter(|dialogue| !dialogue.has("plain")) {
        socket::play(&runtime, &certificate, dialogue, true);
    }
}
