//! The XML subset: what is read, and everything that is refused.

use super::super::write;
use super::lexer::{DEPTH, ITEMS, WIDTH};
use super::*;

fn again(source: &str) -> Result<String, Unfit> {
    let tape = Tape::read(source)?;
    Ok(write::write(&tape).lines().skip(1).collect::<Vec<_>>().join("\n"))
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

#[test]
fn documents_come_out_as_they_were() {
    for (source, expected) in [
        (format!("<w:p {W}>a &lt;&amp;&gt; &#xe5;&#229;</w:p>"), format!("<w:p {W}>a &lt;&amp;&gt; åå</w:p>")),
        (format!("<?xml version='1.0'?><!-- x --><w:p {W}><w:r/></w:p>\n"), format!("<w:p {W}><w:r/></w:p>")),
        (
            format!("<w:p {W} w:a = '\"x\"\n y'><![CDATA[<&]]>z</w:p>"),
            format!("<w:p {W} w:a=\"&quot;x&quot;  y\">&lt;&amp;z</w:p>"),
        ),
        (
            format!("<q:p xmlns:q='{}'><p xmlns='{}'/></q:p>", &W[9..W.len() - 1], &W[9..W.len() - 1]),
            format!("<w:p {W}><w:p/></w:p>"),
        ),
        (format!("<w:t {W}> a</w:t>"), format!("<w:t {W} xml:space=\"preserve\"> a</w:t>")),
        (format!("<w:t {W}>a\r\nb\rc&#13;</w:t>"), format!("<w:t {W}>a\nb\nc&#13;</w:t>")),
    ] {
        assert_eq!(again(&source), Ok(expected), "{source}");
    }
}

#[test]
fn whatever_could_be_read_in_two_ways_is_refused() {
    for source in [
        "",
        "text",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<a>&b;</a>",
        "<a>& b</a>",
        "<a>&#x110000;</a>",
        "<a>&#xd800;</a>",
        "<a>&#12345678901234567890;</a>",
        "<a><b></a></b>",
        "<a/><b/>",
        "<a>",
        "</a>",
        "<a b='<'/>",
        "<a b=c/>",
        "<a b='1'c='2'/>",
        "<a b='1' b='2'/>",
        "<x:a/>",
        "<a x:b=''/>",
        "<a xmlns:x='urn:a' xmlns:x='urn:b'/>",
        "<a xmlns:x='urn:&#97;'/>",
        "<a:b:c/>",
        "<1/>",
        "<a><!-- ",
        "<a><![CDATA[x]]",
        "<a><?x",
    ] {
        assert!(again(source).is_err(), "{source}");
    }
}

#[test]
fn depth_and_width_have_bounds() {
    let deep = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(again(&deep(DEPTH)).is_ok());
    assert_eq!(again(&deep(DEPTH + 1)), Err(Unfit::TooLarge));
    assert_eq!(again(&deep(1_000_000)), Err(Unfit::TooLarge));
    let wide = |width: usize| format!("<a{}/>", (0..width).fold(String::new(), |all, n| all + &format!(" a{n}=''")));
    assert!(again(&wide(WIDTH)).is_ok());
    assert!(again(&wide(WIDTH + 1)).is_err());
    assert_eq!(again(&format!("<a>{}</a>", "<b/>".repeat(ITEMS))), Err(Unfit::TooLarge));
}

#[test]
fn utf_16_is_read_with_its_mark() {
    let wide: Vec<u8> = "\u{feff}<a>å</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(decode(&wide).unwrap(), "<a>å</a>");
    assert_eq!(decode(&wide[..wide.len() - 1]), Err(Unfit::Broken));
    assert_eq!(decode(b"\xff\xfe\x00\xd8"), Err(Unfit::Broken));
    assert_eq!(decode(b"<a>\xe5</a>"), Err(Unfit::Broken));
}

#[test]
fn nothing_makes_the_lexer_panic() {
    let source = format!("<w:p {W} w:a=\"&quot;1\"><!--c--><w:r><![CDATA[x]]>&#229;&amp;</w:r><?x y?>ö</w:p>");
    for end in 0..=source.len() {
        if source.is_char_boundary(end) {
            let _ = again(&source[..end]);
            for odd in ["<", ">", "&", "\"", "'", "/", "!", "é", ";", ":", "=", "\u{0}"] {
                let _ = again(&format!("{}{odd}{}", &source[..end], &source[end..]));
            }
        }
    }
}

#[test]
fn an_attribute_is_given_once() {
    let source = format!("<w:p {W} w:a=\"1\"><w:r w:b=\"2\"/></w:p>");
    let mut tape = Tape::read(&source).unwrap();
    tape.give(0, "t", "x");
    tape.give(0, "t", "str");
    assert_eq!(
        write::write(&tape).lines().nth(1).unwrap(),
        format!("<w:p {W} w:a=\"1\" t=\"str\"><w:r w:b=\"2\"/></w:p>")
    );
}
