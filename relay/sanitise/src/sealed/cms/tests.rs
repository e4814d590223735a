//! Signed and encrypted blocks, whole, cut and bent.

use super::*;
use crate::sealed::der::OCTETS;

pub(super) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let head = if content.len() < 128 { vec![tag, length[3]] } else { [&[tag, 0x84], length.as_slice()].concat() };
    [head, content.to_vec()].concat()
}

fn open(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, 0x80], content, &[0, 0]].concat()
}

fn attribute(kind: &[u8], tag: u8, value: &[u8]) -> Vec<u8> {
    element(SET, &element(SEQUENCE, &[element(OBJECT, kind), element(tag, value)].concat()))
}

const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const EMAIL: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1];

fn certificate(issuer: &[u8], subject: &[u8], extensions: &[u8]) -> Vec<u8> {
    let fields = [
        element(0xa0, &element(INTEGER, &[2])),
        element(INTEGER, &[1]),
        element(SEQUENCE, &[]),
        element(SEQUENCE, issuer),
        element(SEQUENCE, &[]),
        element(SEQUENCE, subject),
        element(SEQUENCE, &[]),
        element(0xa3, &element(SEQUENCE, extensions)),
    ];
    element(SEQUENCE, &element(SEQUENCE, &fields.concat()))
}

fn certificates() -> Vec<u8> {
    let company = attribute(COMMON_NAME, 19, b"Exempel Root CA");
    let person =
        [attribute(COMMON_NAME, 12, "Åsa Exempel".as_bytes()), attribute(EMAIL, 22, b"asa@example.net")].concat();
    let upn = [element(OBJECT, &[0x2b, 6]), element(0xa0, &element(12, b"asae@corp.example.com"))].concat();
    let names = [element(0x81, b"asa.e@example.org"), element(0x82, b"host.example.org"), element(0xa0, &upn)].concat();
    let extension =
        element(SEQUENCE, &[element(OBJECT, &[0x55, 0x1d, 17]), element(OCTETS, &element(SEQUENCE, &names))].concat());
    [certificate(&company, &company, &[]), certificate(&company, &person, &extension)].concat()
}

const WORDS: &[u8] = b"Content-Type: text/plain\r\n\r\nHej fr\xc3\xa5n mig!\r\n";

fn block_of(number: u8, inner: &[u8], wrap: fn(u8, &[u8]) -> Vec<u8>) -> Vec<u8> {
    wrap(SEQUENCE, &[element(OBJECT, &[PKCS7, &[number]].concat()), wrap(0xa0, &wrap(SEQUENCE, inner))].concat())
}

fn signed_block(wrap: fn(u8, &[u8]) -> Vec<u8>, content: Option<Vec<u8>>) -> Vec<u8> {
    let content = content.map(|content| wrap(0xa0, &content)).unwrap_or_default();
    let words = wrap(SEQUENCE, &[element(OBJECT, &[PKCS7, &[1]].concat()), content].concat());
    let fields = [element(INTEGER, &[1]), wrap(SET, &[]), words, wrap(0xa0, &certificates()), wrap(SET, &[])];
    block_of(2, &fields.concat(), wrap)
}

const LEARNT: [&str; 4] = ["Åsa Exempel", "asa@example.net", "asa.e@example.org", "asae@corp.example.com"];

#[test]
fn signed_words_are_read_in_both_encodings() {
    let in_pieces: Vec<u8> = WORDS.chunks(7).flat_map(|piece| element(OCTETS, piece)).collect();
    for block in [signed_block(element, Some(element(OCTETS, WORDS))), signed_block(open, Some(open(0x24, &in_pieces)))]
    {
        let Cms::Signed { content, learnt } = read(&block) else { panic!() };
        assert_eq!(content.as_deref(), Some(WORDS));
        assert_eq!(learnt, LEARNT);
        let armoured =
            format!("-----BEGIN PKCS7-----\n{}\n-----END PKCS7-----\n", data_encoding::BASE64.encode(&block));
        assert_eq!(
            read(armoured.as_bytes()),
            Cms::Signed { content: Some(WORDS.to_vec()), learnt: LEARNT.map(str::to_owned).to_vec() }
        );
    }
    let detached = read(&signed_block(element, None));
    assert_eq!(detached, Cms::Signed { content: None, learnt: LEARNT.map(str::to_owned).to_vec() });
}

#[test]
fn encrypted_and_broken_blocks_are_told() {
    assert_eq!(read(&block_of(3, &element(INTEGER, &[0]), element)), Cms::Encrypted);
    assert_eq!(read(&block_of(6, &[], open)), Cms::Encrypted);
    let authenticated = element(SEQUENCE, &element(OBJECT, &[SMIME, &[23]].concat()));
    assert_eq!(read(&authenticated), Cms::Encrypted);
    for broken in [b"".as_slice(), b"MARKCERT", &[0x30, 0x80], &[0, 1, 2, 3], b"-----BEGIN PKCS7-----"] {
        assert_eq!(read(broken), Cms::Unreadable);
    }
}

#[test]
fn cut_and_bent_blocks_end() {
    for whole in [
        signed_block(element, Some(element(OCTETS, WORDS))),
        signed_block(open, Some(open(0x24, &element(OCTETS, WORDS)))),
    ] {
        for place in 0..whole.len() {
            let _ = read(&whole[..place]);
            for octet in [0, 0x80, 0xff, 0x30, whole[place] ^ 0x20] {
                let mut bent = whole.clone();
                bent[place] = octet;
                if let Cms::Signed { content, learnt } = read(&bent) {
                    assert!(
                        content.is_none_or(|content| content.len() <= whole.len()) && learnt.len() <= LEARNT_MAX_SEEN
                    );
                }
            }
        }
    }
}

/// No change of one octet makes more names of these.
const LEARNT_MAX_SEEN: usize = 8;
