//! What is a command and what is not, line by line.

use super::*;
use crate::address::EmailAddr;

fn parse(line: impl AsRef<[u8]>) -> Result<Command, Misuse> {
    Grammar::default().parse(line.as_ref())
}

fn mail(path: ReversePath) -> Command {
    Command::Mail { path, size: None, utf8: false, needs_utf8: false }
}

fn addr(text: &str) -> EmailAddr {
    EmailAddr::parse(text).unwrap()
}

#[test]
fn the_commands_we_offer() {
    let rcpt = |path| Command::Rcpt { path, needs_utf8: false };
    let cases = [
        ("EHLO client.test", Command::Ehlo("client.test".into())),
        ("ehlo [192.0.2.1]", Command::Ehlo("[192.0.2.1]".into())),
        ("HELO x", Command::Helo("x".into())),
        ("MAIL FROM:<>", mail(ReversePath::Null)),
        ("mail from:<a@b.test>  ", mail(ReversePath::Addr(addr("a@b.test")))),
        ("MAIL FROM:<a@[192.0.2.1]>", mail(ReversePath::Addr(addr("a@[192.0.2.1]")))),
        ("MAIL FROM:<> RET=FULL ENVID=QQ314159 BODY=7BIT", mail(ReversePath::Null)),
        ("RCPT TO:<a@b.test>", rcpt(ForwardPath::Addr(addr("a@b.test")))),
        ("RCPT TO:<\"a b>@c\"@x.test>", rcpt(ForwardPath::Addr(addr("\"a b>@c\"@x.test")))),
        ("RCPT TO:<postmaster>", rcpt(ForwardPath::Postmaster)),
        ("RCPT TO:<a@b.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;x+2By@z", rcpt(ForwardPath::Addr(addr("a@b.test")))),
        ("DATA ", Command::Data),
        ("BDAT 12", Command::Bdat { octets: 12, last: false }),
        ("bdat 0 last", Command::Bdat { octets: 0, last: true }),
        ("BDAT 9999999999999999999", Command::Bdat { octets: 9_999_999_999_999_999_999, last: false }),
        ("RSET", Command::Rset),
        ("NOOP anything \"at all", Command::Noop),
        ("VRFY someone", Command::Vrfy),
        ("HELP MAIL", Command::Help),
        ("quit", Command::Quit),
        ("StartTLS", Command::StartTls),
    ];
    for (line, command) in cases {
        assert_eq!(parse(line), Ok(command), "{line}");
    }
}

#[test]
fn what_is_said_besides_the_path() {
    let said = parse("MAIL FROM:<åsa@b.test> SIZE=1000 SMTPUTF8");
    let path = ReversePath::Addr(addr("åsa@b.test"));
    assert_eq!(said, Ok(Command::Mail { path, size: Some(1000), utf8: true, needs_utf8: true }));
    assert!(matches!(parse("RCPT TO:<a@exämple.test>"), Ok(Command::Rcpt { needs_utf8: true, .. })));
}

#[test]
fn what_is_no_command() {
    let cases: &[(&[u8], Misuse)] = &[
        (b"", Misuse::Unknown),
        (b" NOOP", Misuse::Unknown),
        (b"FOO", Misuse::Unknown),
        (b"STARTTLSX", Misuse::Unknown),
        (b"GET / HTTP/1.1", Misuse::Unknown),
        (b"NOOP\0", Misuse::Control),
        (b"NOOP\rRSET", Misuse::Control),
        (b"NOOP\nRSET", Misuse::Control),
        (b"MAIL\tFROM:<>", Misuse::Control),
        (b"RCPT TO:<\xff@b.test>", Misuse::NotUtf8),
        (b"EHLO \xc3\xa5.test", Misuse::NotUtf8),
        (b"EXPN list", Misuse::NotOffered),
        (b"EXPN", Misuse::NotOffered),
        (b"AUTH PLAIN", Misuse::NotOffered),
        (b"AUTH", Misuse::NotOffered),
        (b"LHLO x", Misuse::NotOffered),
        (b"ETRN x", Misuse::NotOffered),
        (b"BURL x LAST", Misuse::NotOffered),
        (b"DATA now", Misuse::NoArgument),
        (b"RSET now", Misuse::NoArgument),
        (b"QUIT now", Misuse::NoArgument),
        (b"STARTTLS now", Misuse::NoArgument),
        (b"EHLO", Misuse::Hello),
        (b"HELO", Misuse::Hello),
        (b"EHLO a b", Misuse::Hello),
        (b"VRFY", Misuse::Vrfy),
        (b"BDAT", Misuse::Chunk),
        (b"BDAT x", Misuse::Chunk),
        (b"BDAT -1", Misuse::Chunk),
        (b"BDAT 1 FIRST", Misuse::Chunk),
        (b"BDAT  1", Misuse::Chunk),
        (b"BDAT 99999999999999999999 LAST", Misuse::Chunk),
        (b"BDAT 100000000000000000000 LAST", Misuse::Chunk),
        (b"MAIL", Misuse::Mail),
        (b"MAIL a@b.test", Misuse::Mail),
        (b"MAIL FROM: <a@b.test>", Misuse::Mail),
        (b"MAIL FROM :<a@b.test>", Misuse::Mail),
        (b"MAIL FROM:a@b.test", Misuse::Mail),
        (b"MAIL FROM:<a@b.test>SIZE=1", Misuse::Mail),
        (b"MAIL FROM:<a@b.test", Misuse::Mail),
        (b"MAIL FROM:<a@b.test>>", Misuse::Mail),
        (b"MAIL FROM:<postmaster>", Misuse::ReversePath),
        (b"MAIL FROM:<@x.test:a@b.test>", Misuse::ReversePath),
        (b"MAIL FROM:<> X-UNKNOWN=1", Misuse::UnknownParameter),
        (b"MAIL FROM:<> RET=SOME", Misuse::BadParameter),
        (b"MAIL FROM:<> BODY=9BIT", Misuse::BadParameter),
        (b"RCPT TO: <a@b.test>", Misuse::Rcpt),
        (b"RCPT FROM:<a@b.test>", Misuse::Rcpt),
        (b"RCPT TO:<>", Misuse::ForwardPath),
        (b"RCPT TO:<a>", Misuse::ForwardPath),
        (b"RCPT TO:<a b@c.test>", Misuse::ForwardPath),
        (b"RCPT TO:<@x.test:a@b.test>", Misuse::ForwardPath),
        (b"RCPT TO:<a@b.test> NOTIFY=NEVER,DELAY,WHEN", Misuse::BadParameter),
        (b"RCPT TO:<a@b.test> ORCPT=x", Misuse::BadParameter),
        (b"RCPT TO:<a@b.test> SIZE=1", Misuse::UnknownParameter),
    ];
    for (line, misuse) in cases {
        assert_eq!(parse(line), Err(*misuse), "{}", line.escape_ascii());
    }
}
