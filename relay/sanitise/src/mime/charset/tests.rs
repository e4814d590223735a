//! Declared, misdeclared and undeclared character sets, as mail has them.

use super::*;

#[test]
fn declared_and_misdeclared_text() {
    let cases: [(&[u8], Option<&str>, &str); 30] = [
        ("blåbär".as_bytes(), Some("utf-8"), "blåbär"),
        ("blåbär".as_bytes(), Some("ISO-8859-1"), "blåbär"),
        ("blåbär".as_bytes(), Some("windows-1251"), "blåbär"),
        ("blåbär och".as_bytes(), Some("cp850"), "blåbär och"),
        ("blåbär på ön".as_bytes(), Some("gb18030"), "blåbär på ön"),
        ("blåbär".as_bytes(), None, "blåbär"),
        (b"bl\xe5b\xe4r", Some("iso-8859-1"), "blåbär"),
        (b"bl\xe5b\xe4r", Some("utf-8"), "blåbär"),
        (b"bl\xe5b\xe4r", Some("us-ascii"), "blåbär"),
        (b"bl\xe5b\xe4r", Some("unknown-8bit"), "blåbär"),
        (b"bl\xe5b\xe4r", Some("x-unknown"), "blåbär"),
        (b"bl\xe5b\xe4r", Some("utf-16"), "blåbär"),
        (b"bl\xe5b\xe4r \x96", None, "blåbär –"),
        (b"\x93hej\x94 5 \x80", Some("iso-8859-1"), "“hej” 5 €"),
        (b"5 \xa4 \x93x\x94", Some("iso-8859-15"), "5 € “x”"),
        (b"\xff\xfeh\0e\0j\0", Some("utf-16"), "hej"),
        (b"\xfe\xff\0h\0e\0j", Some("utf-8"), "hej"),
        (b"h\0e\0j\0!\0", None, "hej!"),
        (b"\0h\0e\0j\0!", Some("utf-16"), "hej!"),
        (b"\xef\xbb\xbfhej", Some("iso-8859-1"), "hej"),
        (b"Bl+AOU-b+AOQ-r", Some("utf-7"), "Blåbär"),
        (b"bl\x86b\x84r p\x86 \x99n", Some("cp850"), "blåbär på Ön"),
        (b"r\x9bdgr\x9bd", Some("cp865"), "rødgrød"),
        (b"bl\x8cb\x8ar", Some("macintosh"), "blåbär"),
        (b"\x1b$B$3$s\x1b(B", Some("iso-2022-jp"), "こん"),
        (b"\x1b$B$3$s\x1b(B", Some("us-ascii"), "こん"),
        (b"\xc4\xe3\xba\xc3", Some("gb2312"), "你好"),
        (b"\xbe\xc8\xb3\xe7", Some("euc-kr"), "안녕"),
        (b"\xf0\xd2\xc9\xd7\xc5\xd4", Some("koi8-r"), "Привет"),
        (b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("windows-1251"), "Привет"),
    ];
    for (bytes, declared, text) in cases {
        assert_eq!(to_text(bytes, declared), text, "{declared:?} {text}");
    }
    assert_eq!(to_text(b"h\0e\0j\0", Some("utf-16le")), "hej");
}

#[test]
fn undeclared_letters_of_old_machines_are_guessed() {
    let text = "Hej, jag kan inte sova på nätterna längre, så det är svårt. Vi hörs";
    let upper: fn(char) -> Option<u8> =
        |c| dos::CP850.iter().position(|known| *known == c).and_then(|place| u8::try_from(place + 128).ok());
    let dos: Vec<u8> =
        text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).or_else(|| upper(c)).unwrap()).collect();
    assert_eq!(to_text(&dos, None), text);
    let mac = encoding_rs::MACINTOSH;
    let mac: Vec<u8> = (0..=255_u8).filter(|b| !mac.decode_without_bom_handling(&[*b]).1).collect::<Vec<_>>();
    let find = |c: char| {
        *mac.iter().find(|b| encoding_rs::MACINTOSH.decode_without_bom_handling(&[**b]).0.starts_with(c)).unwrap()
    };
    let octets: Vec<u8> = text.chars().map(find).collect();
    assert_eq!(to_text(&octets, Some("us-ascii")), text);
    for name in ["koi8-r", "windows-1251"] {
        let (octets, _, _) = Encoding::for_label(name.as_bytes()).unwrap().encode("Привет, как дела сегодня?");
        assert_eq!(to_text(&octets, None), "Привет, как дела сегодня?");
    }
}

#[test]
fn one_foreign_line_does_not_spoil_a_letter() {
    let mixed = [b"\xe5terigen ".as_slice(), "blåbär på ängen".as_bytes()].concat();
    assert_eq!(to_text(&mixed, Some("utf-8")), "återigen blåbär på ängen");
}

#[test]
fn a_document_may_name_its_own() {
    let document =
        b"<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"><body>\xcf\xf0\xe8";
    assert!(of_html(document, None).ends_with("При") && of_html(document, Some("utf-8")).ends_with("При"));
    assert!(of_html(document, Some("koi8-r")).ends_with("оПХ"), "a label that can be right is believed");
    assert!(of_html("<meta charset=\"utf-16\">å".as_bytes(), None).ends_with('å'));
    assert!(of_html("<meta charset=iso-8859-1>å".as_bytes(), None).ends_with('å'));
    assert!(of_html(b"<?xml version='1.0' encoding='koi8-r'?>\xf0\xd2\xc9", None).ends_with("При"));
}

#[test]
fn any_octets_become_text() {
    let mut state = 7_u64;
    for round in 0..3000 {
        let bytes: Vec<u8> = (0..round % 60)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 33).to_le_bytes()[0]
            })
            .collect();
        for label in
            [None, Some("utf-7"), Some("utf-16"), Some("big5"), Some("shift_jis"), Some("cp850"), Some("iso-2022-jp")]
        {
            assert!(to_text(&bytes, label).len() <= bytes.len() * 4 + 3);
        }
    }
}
