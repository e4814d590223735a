//! Wrappings as Outlook writes them, whole, cut and bent.

use super::*;

fn attribute(level: u8, number: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&[level], number.to_le_bytes().as_slice(), &[6, 0], &length, data, &[0, 0]].concat()
}

fn value(kind: u16, number: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    let padding = vec![0; data.len().next_multiple_of(4) - data.len()];
    [&kind.to_le_bytes(), number.to_le_bytes().as_slice(), &[1, 0, 0, 0], &length, data, &padding].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn properties(values: &[Vec<u8>]) -> Vec<u8> {
    [u32::try_from(values.len()).unwrap().to_le_bytes().as_slice(), &values.concat()].concat()
}

fn named(number: u32) -> Vec<u8> {
    [&[0x03, 0, 0, 0x80], [9; 16].as_slice(), &[0; 4], &number.to_le_bytes(), &[5, 0, 0, 0]].concat()
}

fn winmail() -> Vec<u8> {
    let own = properties(&[
        named(7),
        [[0x03, 0, 0xde, 0x3f].as_slice(), &1252_u32.to_le_bytes()].concat(),
        value(0x1f, 0x0c1a, &wide("Anna Karlsson\0")),
        value(0x102, 0x1013, "<p>Hej på <b>dig</b></p>".as_bytes()),
        value(0x1e, 0x1000, b"Hej p\xe5 dig\0"),
    ]);
    let file = properties(&[value(0x1f, 0x3707, &wide("Ansökan om hjälp.pdf\0"))]);
    [
        SIGNATURE.as_slice(),
        &[1, 0],
        &attribute(1, 0x9007, &[0xe4, 4, 0, 0, 0, 0, 0, 0]),
        &attribute(1, 0x9003, &own),
        &attribute(2, 0x9002, &[0; 14]),
        &attribute(2, 0x8010, b"ANSOEK~1.PDF\0"),
        &attribute(2, 0x800f, b"%PDF-1.4"),
        &attribute(2, 0x9005, &file),
    ]
    .concat()
}

#[test]
fn words_files_and_names_are_read() {
    let read = read(&winmail()).unwrap();
    assert_eq!(read.body, Some(Body::Html("<p>Hej på <b>dig</b></p>".into())));
    assert_eq!(read.files, [File { name: "Ansökan om hjälp.pdf".into(), octets: b"%PDF-1.4".to_vec() }]);
    assert_eq!(read.learnt, ["Anna Karlsson"]);
}

#[test]
fn plain_words_and_letters_within_are_read() {
    let inner = [SIGNATURE.as_slice(), &[1, 0], &attribute(1, 0x800c, b"Inre\0")].concat();
    let object = [[7, 3, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46].as_slice(), &inner].concat();
    let file = properties(&[value(0x0d, 0x3701, &object)]);
    let outer = [
        SIGNATURE.as_slice(),
        &[1, 0],
        &attribute(1, 0x800c, b"H\xe4r \xe4r det\0"),
        &attribute(2, 0x9002, &[0; 14]),
        &attribute(2, 0x9005, &file),
    ]
    .concat();
    let letter = read(&outer).unwrap();
    assert_eq!(letter.body, Some(Body::Plain("Här är det".into())));
    assert!(is_tnef(&letter.files[0].octets));
    assert_eq!(read(&letter.files[0].octets).unwrap().body, Some(Body::Plain("Inre".into())));
    assert_eq!(read(b"no such thing"), None);
}

#[test]
fn packed_rtf_is_unpacked_and_read() {
    let rtf = b"{\\rtf1\\ansi\\ansicpg1252 Hej p\\'e5 dig\\par Slut}";
    let packed = [
        u32::try_from(rtf.len() + 12).unwrap().to_le_bytes().as_slice(),
        &u32::try_from(rtf.len()).unwrap().to_le_bytes(),
        b"MELA",
        &[0; 4],
        rtf,
    ]
    .concat();
    let own = properties(&[value(0x102, 0x1009, &packed)]);
    let octets = [SIGNATURE.as_slice(), &[1, 0], &attribute(1, 0x9003, &own)].concat();
    assert_eq!(read(&octets).unwrap().body, Some(Body::Plain("Hej på dig\nSlut".into())));
}

#[test]
fn cut_and_bent_wrappings_are_read_as_far_as_they_go() {
    let whole = winmail();
    for end in 0..whole.len() {
        let cut = read(&whole[..end]);
        assert!(cut.is_none_or(|letter| letter.files.len() <= 1));
    }
    for place in 0..whole.len() {
        for octet in [0, 0xff, 0x7f, whole[place] ^ 1] {
            let mut bent = whole.clone();
            bent[place] = octet;
            assert!(read(&bent).is_none_or(|letter| letter.files.len() <= 1));
        }
    }
}
