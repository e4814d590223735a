//! Whole sessions against the pure machine: letters, traps, limits, and octets at random.

use super::*;
use crate::address::Domain;
use crate::envelope::Peer;
use crate::smtp::terms::{Accept, Limits};

const OK: (u16, (u8, u16, u16), &str) = (250, (2, 0, 0), "kept");

fn terms(limits: Limits) -> Arc<Terms> {
    let accept = Accept::Ours(vec![Domain::parse("relay.test").unwrap()]);
    Arc::new(Terms { hostname: Domain::parse("mx.relay.test").unwrap(), accept, tls: true, limits })
}

fn caller() -> Caller {
    Caller { ip: [192, 0, 2, 1].into(), trusted: false, tls: false }
}

fn small() -> Limits {
    Limits { message: 1000, header: 200, text_line: 100, ..Limits::default() }
}

/// A session, what it said, and the letters it gave.
struct Talk {
    session: Session,
    said: Vec<u8>,
    letters: Vec<Received>,
    answer: Reply,
}

#[derive(Debug, PartialEq, Eq)]
enum End {
    Open,
    Tls,
    Closed,
}

impl Talk {
    fn with(limits: Limits) -> Self {
        let session = Session::new(terms(limits), caller());
        let (code, enhanced, text) = OK;
        Self { session, said: Vec::new(), letters: Vec::new(), answer: Reply::new(code, enhanced, text) }
    }

    fn named() -> Self {
        let mut talk = Self::with(small());
        assert_eq!(talk.send(b""), End::Open);
        assert_eq!(talk.send(b"EHLO client.test\r\n"), End::Open);
        talk.said.clear();
        talk
    }

    /// Feeds one read's worth of input, as the shell does.
    fn send(&mut self, input: &[u8]) -> End {
        let mut rest = input;
        loop {
            let fed = self.session.feed(rest, &mut self.said);
            rest = &rest[fed.taken..];
            match fed.next {
                Next::Read => {
                    assert!(rest.is_empty(), "input is left over");
                    return End::Open;
                }
                Next::Listen => self.session.speak(&mut self.said),
                Next::Take(letter) => {
                    self.letters.push(*letter);
                    self.session.answered(&self.answer, &mut self.said);
                }
                Next::StartTls => return End::Tls,
                Next::Close => return End::Closed,
            }
        }
    }

    /// The codes said since the last call, in order.
    fn codes(&mut self) -> Vec<u16> {
        let said = String::from_utf8(std::mem::take(&mut self.said)).unwrap();
        let last_lines = said.lines().filter(|line| line.as_bytes()[3] == b' ');
        last_lines.map(|line| line[..3].parse().unwrap()).collect()
    }
}

const ENVELOPE: &[u8] = b"MAIL FROM:<a@client.test>\r\nRCPT TO:<frida@relay.test>\r\n";

#[test]
fn a_letter_is_heard_word_for_word() {
    let mut talk = Talk::named();
    talk.send(&[ENVELOPE, b"DATA\r\n"].concat());
    assert_eq!(talk.codes(), [250, 250, 354]);
    talk.send(b"Subject: x\r\n\r\n..dot\r\n.stuffed\r\n\r\n.\r\nQUIT\r\n");
    assert_eq!(talk.codes(), [250, 221]);
    let letter = talk.letters.pop().unwrap();
    assert_eq!(letter.raw.bytes(), b"Subject: x\r\n\r\n.dot\r\nstuffed\r\n\r\n");
    assert_eq!(letter.peer, Peer { ip: caller().ip, helo: "client.test".into(), tls: false, trusted: false });
}

#[test]
fn chunks_may_be_pipelined_whole_and_cut_anywhere() {
    // The last chunk looks like a letter's end and a command: the count rules, not the look.
    let stream =
        [ENVELOPE, b"BDAT 14\r\nSubject: x\r\n\r\nBDAT 0\r\nBDAT 9 LAST\r\n.\r\nQUIT\r\nNOOP\r\nQUIT\r\n"].concat();
    for split in 0..=stream.len() {
        let mut talk = Talk::named();
        talk.send(&stream[..split]);
        assert_eq!(talk.send(&stream[split..]), End::Closed);
        assert_eq!(talk.codes(), [250, 250, 250, 250, 250, 250, 221], "split at {split}");
        assert_eq!(talk.letters[0].raw.bytes(), b"Subject: x\r\n\r\n.\r\nQUIT\r\n");
    }
}

#[test]
fn a_refused_chunk_is_not_taken_for_commands() {
    let mut talk = Talk::named();
    talk.send(b"BDAT 6 LAST\r\nRSET\r\nNOOP\r\n");
    assert_eq!(talk.codes(), [503, 250]);
    assert_eq!(talk.send(b"BDAT six\r\nNOOP\r\n"), End::Closed);
    assert_eq!(talk.codes(), [521]);
}

#[test]
fn nothing_early_is_believed() {
    let mut talk = Talk::with(small());
    assert_eq!(talk.send(b"EHLO client.test\r\n"), End::Closed);
    assert_eq!(talk.codes(), [554]);

    let mut talk = Talk::named();
    assert_eq!(talk.send(&[ENVELOPE, b"DATA\r\nSubject: x\r\n\r\n.\r\n"].concat()), End::Closed);
    assert_eq!((talk.codes(), talk.letters.len()), (vec![250, 250, 503], 0));

    let mut talk = Talk::named();
    assert_eq!(talk.send(b"STARTTLS\r\nNOOP\r\n"), End::Closed);
    assert_eq!(talk.codes(), [503]);
}

#[test]
fn nothing_survives_starttls() {
    let mut talk = Talk::named();
    assert_eq!(talk.send(b"STARTTLS\r\n"), End::Tls);
    assert_eq!(talk.codes(), [220]);
    assert_eq!(talk.send(b"NOOP\r\n"), End::Closed);
    assert!(talk.said.is_empty());
    talk.session = Session::secured(terms(small()), caller());
    talk.send(b"MAIL FROM:<a@client.test>\r\nSTARTTLS\r\nEHLO again.test\r\n");
    assert!(!String::from_utf8_lossy(&talk.said).contains("STARTTLS"));
    assert_eq!(talk.codes(), [503, 503, 250]);
    talk.send(&[ENVELOPE, b"DATA\r\n"].concat());
    talk.send(b"\r\n.\r\n");
    assert_eq!(talk.letters[0].peer, Peer { helo: "again.test".into(), tls: true, ip: caller().ip, trusted: false });
}

#[test]
fn a_lone_cr_or_lf_in_a_letter_ends_everything() {
    let letters: [&[u8]; 6] =
        [b"a\n.\r\nNOOP\r\n", b"a\n.\n", b"a\r.\r\n", b"a\r\n.\rNOOP\r\n", b"a\r\n.\nb", b"a\r\r\n.\r\n"];
    for letter in letters {
        let mut talk = Talk::named();
        talk.send(&[ENVELOPE, b"DATA\r\n"].concat());
        assert_eq!(talk.send(letter), End::Closed, "{}", letter.escape_ascii());
        assert_eq!((talk.codes(), talk.letters.len()), (vec![250, 250, 354, 521], 0));
    }
    let mut talk = Talk::named();
    assert_eq!(talk.send(&[ENVELOPE, b"BDAT 3 LAST\r\na\r\r"].concat()), End::Closed);
    assert_eq!(talk.codes(), [250, 250, 521]);
}

#[test]
fn a_letter_over_a_limit_is_read_to_its_end() {
    let cases: [(Vec<u8>, u16); 4] = [
        ([b"\r\n".to_vec(), b"NOOP\r\n".repeat(500)].concat(), 552),
        (b"A: b\r\n".repeat(50), 552),
        ([b"\r\n".to_vec(), b"x".repeat(150), b"\r\n".to_vec()].concat(), 554),
        ([b"\r\n".to_vec(), b"NOOP\r\n".repeat(50)].concat(), 250),
    ];
    for (letter, code) in cases {
        let mut talk = Talk::named();
        talk.send(&[ENVELOPE, b"DATA\r\n"].concat());
        talk.send(&[&letter[..], b".\r\nNOOP\r\n"].concat());
        assert_eq!(talk.codes(), [250, 250, 354, code, 250]);
        talk.send(&[ENVELOPE, format!("BDAT {} LAST\r\n", letter.len()).as_bytes(), &letter, b"NOOP\r\n"].concat());
        assert_eq!(talk.codes(), [250, 250, code, 250]);
    }
}

#[test]
fn errors_and_idle_commands_have_an_end() {
    let mut talk = Talk::named();
    assert_eq!(talk.send(&b"FOO\r\n".repeat(30)), End::Closed);
    assert_eq!(talk.codes(), [vec![500; 10], vec![421]].concat());
    let mut talk = Talk::named();
    assert_eq!(talk.send(&b"NOOP\r\n".repeat(200)), End::Closed);
    assert_eq!(talk.codes(), [vec![250; 99], vec![421]].concat());
}

#[test]
fn guessing_aliases_is_an_error_of_strangers_only() {
    for (trusted, letters) in [(false, 10), (true, 20)] {
        let mut talk = Talk::named();
        talk.session.caller.trusted = trusted;
        talk.answer = Reply::new(550, (5, 1, 1), "No such address here");
        for _ in 0..20 {
            talk.send(&[ENVELOPE, b"BDAT 2 LAST\r\n\r\n"].concat());
        }
        assert_eq!(talk.letters.len(), letters);
    }
}

#[test]
fn an_answer_of_421_hangs_up() {
    let mut talk = Talk::named();
    talk.answer = Reply::new(421, (4, 3, 2), "Closing");
    assert_eq!(talk.send(&[ENVELOPE, b"BDAT 2 LAST\r\n\r\nNOOP\r\n"].concat()), End::Closed);
    assert_eq!(talk.codes(), [250, 250, 421]);
}

#[test]
fn octets_at_random_never_break_it() {
    let words: [&[u8]; 27] = [
        b"MAIL FROM:<a@b.test>\r\n",
        b"RCPT TO:<f@relay.test>\r\n",
        b"BDAT 3 LAST\r\na\r\n",
        b".\r\n",
        b"NOOP\r\n",
        b"EHLO x\r\n",
        b"MAIL FROM:<a@b.test>",
        b"RCPT TO:<f@relay.test>",
        b"DATA\r\n",
        b"BDAT 3",
        b" LAST",
        b"\r\n",
        b"\n",
        b"\r",
        b".",
        b"\0",
        b"\xff",
        b"RSET\r\n",
        b"STARTTLS\r\n",
        b" SIZE=9",
        b"<",
        b">",
        b"\"",
        b"\\",
        b"a",
        b"@",
        b" ",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut letters = 0;
    for _ in 0..20_000 {
        let mut talk = Talk::named();
        for _ in 0..random(20) {
            let input: Vec<u8> = (0..random(6)).flat_map(|_| words[random(words.len())].to_vec()).collect();
            if talk.send(&input) != End::Open {
                break;
            }
        }
        letters += talk.letters.len();
        assert!(talk.said.is_empty() || talk.said.ends_with(b"\r\n"));
    }
    assert!(letters > 10, "only {letters} letters came through: the words are badly chosen");
}
