//! Any octets in any pieces: the session neither breaks nor hangs, and pieces change nothing but what is early.
#![no_main]

use brevbro_core::address::Domain;
use brevbro_core::reply::Reply;
use brevbro_core::smtp::{Accept, Caller, Limits, Next, Session, Terms};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fn terms() -> Option<Arc<Terms>> {
    let domain = Domain::parse("relay.test").ok()?;
    let limits = Limits { message: 4096, header: 1024, text_line: 512, ..Limits::default() };
    Some(Arc::new(Terms { hostname: domain.clone(), accept: Accept::Ours(vec![domain]), tls: true, limits }))
}

/// Letters and replies for a stream that comes in pieces of one size.
fn play(terms: &Arc<Terms>, stream: &[u8], piece: usize) -> (Vec<Vec<u8>>, Vec<u8>) {
    let caller = Caller { ip: [192, 0, 2, 1].into(), trusted: false, tls: false };
    let mut session = Session::new(Arc::clone(terms), caller);
    let (mut letters, mut said) = (Vec::new(), Vec::new());
    let answer = Reply::new(250, (2, 0, 0), "kept");
    for part in std::iter::once(&b""[..]).chain(stream.chunks(piece)) {
        let mut rest = part;
        loop {
            let fed = session.feed(rest, &mut said);
            rest = &rest[fed.taken..];
            match fed.next {
                Next::Read => break,
                Next::Listen => session.speak(&mut said),
                Next::Take(letter) => {
                    letters.push(letter.raw.bytes().to_vec());
                    session.answered(&answer, &mut said);
                }
                Next::StartTls => session = Session::secured(Arc::clone(terms), caller),
                Next::Close => return (letters, said),
            }
        }
        assert!(rest.is_empty(), "input is left over");
        assert!(session.held() <= 2 * 4096 + 64 * 1024, "unbounded memory");
    }
    (letters, said)
}

fuzz_target!(|input: (u16, Vec<u8>)| {
    let (piece, stream) = input;
    let Some(terms) = terms() else { return };
    let (letters, said) = play(&terms, &stream, usize::from(piece).max(1));
    let (single_letters, single_said) = play(&terms, &stream, 1);
    assert!(said.is_empty() || said.ends_with(b"\r\n"));
    // DATA and STARTTLS judge what came along with them, so the pieces matter there and only there.
    let judged =
        |text: &[u8]| text.windows(4).any(|w| w.eq_ignore_ascii_case(b"DATA") || w.eq_ignore_ascii_case(b"TTLS"));
    if !judged(&stream) {
        assert_eq!((letters, said), (single_letters, single_said));
    }
    for line in play(&terms, &stream, usize::MAX).1.split_inclusive(|octet| *octet == b'\n') {
        assert!(line.len() > 5 && line[..3].iter().all(u8::is_ascii_digit) && line.is_ascii());
    }
});
