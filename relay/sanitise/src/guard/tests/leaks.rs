//! Each step of removal broken in turn: whatever then stands in a letter, in whatever dress, is found.

use super::*;
use crate::encode::Encoding;
use data_encoding::{BASE64, HEXLOWER};

const TOKEN: &str = "anna.karlsson@example.net";
const NAME: &str = "Anna Karlsson";

fn base64_lines(octets: &[u8]) -> String {
    BASE64.encode(octets).as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line) + "\r\n").collect()
}

/// A letter of several parts: words, HTML and a file.
fn letter(subject: &str, plain: &str, html: &str, file: (&str, &[u8])) -> Vec<u8> {
    let head = HEAD
        .replace("Subject: Hej", &format!("Subject: {subject}"))
        .replace("text/plain; charset=utf-8", "multipart/mixed;\r\n boundary=\"=_m0\"")
        .replace("8bit", "7bit");
    let mut text = Vec::new();
    Encoding::QuotedPrintable.write(html, &mut text);
    let html = String::from_utf8(text).unwrap();
    format!(
        "{head}\r\n--=_m0\r\nContent-Type: multipart/alternative;\r\n boundary=\"=_a0\"\r\n\
         Content-Transfer-Encoding: 7bit\r\n\r\n--=_a0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 7bit\r\n\r\n{plain}\r\n--=_a0\r\nContent-Type: text/html; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{html}\r\n--=_a0--\r\n--=_m0\r\n\
         Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"{}\"\r\n\r\n{}--=_m0--\r\n",
        file.0,
        base64_lines(file.1)
    )
    .into_bytes()
}

fn found(letter: &[u8]) -> Vec<(HitKind, Layer)> {
    guard().check(letter).iter().map(|hit| (hit.kind, hit.layer)).collect()
}

fn deflated(octets: &[u8], header: bool) -> Vec<u8> {
    let mut packer = flate2::Compress::new(flate2::Compression::default(), header);
    let mut out = Vec::with_capacity(octets.len() + 256);
    packer.compress_vec(octets, &mut out, flate2::FlushCompress::Finish).unwrap();
    out
}

/// An archive of packed entries, with a comment.
fn archive(entries: &[(&str, &str)], comment: &str) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let packed = deflated(content.as_bytes(), false);
        let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
        let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
        let at = long(out.len());
        let shared = [
            &short(20)[..],
            &short(0),
            &short(8),
            &[0; 8],
            &long(packed.len()),
            &long(content.len()),
            &short(name.len()),
            &short(0),
        ]
        .concat();
        out.extend([b"PK\x03\x04".as_slice(), &shared, name.as_bytes(), &packed].concat());
        directory.extend([b"PK\x01\x02".as_slice(), &short(20), &shared, &[0; 10], &at, name.as_bytes()].concat());
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let (size, at) =
        (u32::try_from(directory.len()).unwrap().to_le_bytes(), u32::try_from(out.len()).unwrap().to_le_bytes());
    let length = u16::try_from(comment.len()).unwrap().to_le_bytes();
    [&out, &directory, b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &at, &length, comment.as_bytes()]
        .concat()
}

fn document(text: &str) -> Vec<u8> {
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", text)], "")
}

fn pdf(page: &[u8], rest: &str) -> Vec<u8> {
    let stream = deflated(page, true);
    [
        b"%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n".as_slice(),
        &stream,
        b"\nendstream\nendobj\n",
        rest.as_bytes(),
        b"\n%%EOF\n",
    ]
    .concat()
}

fn jpeg(block: &[u8]) -> Vec<u8> {
    [
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".as_slice(),
        block,
        b"\xff\xda\0\x02xyz\xff\x00\xff\xd0\xff\xd9",
    ]
    .concat()
}

fn jpeg_block(marker: u8, content: &str) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content.as_bytes()].concat()
}

fn png(kind: &str, content: &str) -> Vec<u8> {
    let chunk = |kind: &str, content: &[u8]| {
        [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], kind.as_bytes(), content, &[0; 4]].concat()
    };
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk("IHDR", &[0; 13]), chunk(kind, content.as_bytes()), chunk("IEND", b"")]
        .concat()
}

#[test]
fn a_clean_letter_of_every_kind_passes() {
    let html = "<p>Hej <strong>Frida</strong>!</p><ul><li>ett &amp; tv\u{e5}</li></ul>";
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let files: [(&str, Vec<u8>); 7] = [
        ("dokument-1.docx", document("<w:p><w:r><w:t>Hej Frida</w:t></w:r></w:p>")),
        ("dokument-2.pdf", pdf(b"BT (Hej ) Tj [(Fri) -20 (da)] TJ ET", "trailer <</Root 1 0 R>>")),
        ("bild-1.jpg", jpeg(b"")),
        ("bild-2.png", png("IDAT", "xyz")),
        ("bild-3.gif", gif.to_vec()),
        ("bild-4.webp", b"RIFF\x0e\0\0\0WEBPVP8 \x02\0\0\0xy".to_vec()),
        ("bild-5.jpg", jpeg(&jpeg_block(0xe2, "ICC_PROFILE\0\x01\x01x"))),
    ];
    for (name, octets) in &files {
        assert_eq!(found(&letter("Hej", "Hej Frida! Ring 112.", html, (name, octets))), [], "{name}");
    }
}

/// A letter with one leak for each step that may be broken.
fn leaky() -> Vec<(String, Vec<u8>)> {
    let clean = |subject: &str, plain: &str, html: &str| letter(subject, plain, html, ("bild-1.jpg", &jpeg(b"")));
    let mut all = Vec::new();
    for (name, subject) in [
        ("subject", TOKEN.to_owned()),
        ("subject in base 64", format!("=?utf-8?B?{}?=", BASE64.encode(TOKEN.as_bytes()))),
        ("subject quoted", "=?utf-8?Q?Anna_Karls?=\r\n =?utf-8?Q?son?=".to_owned()),
        ("subject percent", "anna.karlsson%40example.net".to_owned()),
    ] {
        all.push((name.to_owned(), clean(&subject, "x", "<p>x</p>")));
    }
    for text in dresses() {
        all.push((format!("plain: {text}"), clean("Hej", &text, "<p>x</p>")));
        let escaped = text.replace('<', "&lt;");
        all.push((format!("html: {text}"), clean("Hej", "x", &format!("<p>{escaped}</p>"))));
    }
    for html in [
        "<p>An<em>na</em> Karl<strong>s</strong>son</p>",
        "<p>anna&#46;karlsson&commat;example.net</p>",
        "<p>x<!-- Anna Karlsson --></p>",
        "<p title='Anna Karlsson'>x</p>",
        "<p>x<img src='https://x.example.org/?u=1'></p>",
        "<p style='color:red'>x</p>",
    ] {
        all.push((format!("html: {html}"), clean("Hej", "x", html)));
    }
    all.extend(leaky_files());
    all
}

fn dresses() -> Vec<String> {
    let mut all: Vec<String> = [
        TOKEN,
        NAME,
        "KARLSSON",
        "070-174 06 05",
        "+46 70 174 06 05",
        "Storgatan 12",
        "nisse@example.com",
        "203.0.113.7",
    ]
    .map(str::to_owned)
    .to_vec();
    all.extend([
        BASE64.encode(TOKEN.as_bytes()),
        HEXLOWER.encode(TOKEN.as_bytes()),
        "annakarinkarlsson".to_owned(),
        "-----BEGIN CERTIFICATE-----".to_owned(),
        "Received: from annas-laptop by x".to_owned(),
        "Karlssonille".to_owned(),
    ]);
    all
}

fn leaky_files() -> Vec<(String, Vec<u8>)> {
    let wide: Vec<u8> = [0xfe, 0xff].into_iter().chain(NAME.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let hex = format!("<</Title <{}>>>", HEXLOWER.encode(&wide));
    let tailed = [jpeg(b""), TOKEN.as_bytes().to_vec()].concat();
    let files: [(&str, Vec<u8>); 22] = [
        ("text of a document", document(&format!("<w:t>{NAME}</w:t>"))),
        ("runs of a document", document("<w:t>An</w:t></w:r><w:r><w:t>na Karl</w:t><w:t>sson</w:t>")),
        ("attribute of a document", document("<w:ins w:author=\"Anna Karlsson\"/>")),
        ("name of an entry", archive(&[("word/anna karlsson.xml", "<x/>")], "")),
        ("comment of an archive", archive(&[("a.xml", "<x/>")], NAME)),
        ("thumbnail of a document", archive(&[("docProps/thumbnail.jpeg", "x")], "")),
        ("string of a page", pdf(b"BT (Anna Karlsson) Tj ET", "")),
        ("string in pieces", pdf(b"BT [(Anna Ka) -20 (rls) 3 (son)] TJ ET", "")),
        ("string with escapes", pdf(b"BT (\\101nna \\\nKarlsson) Tj ET", "")),
        ("digits of a page", pdf(b"BT <416e6e61204b61726c73736f6e> Tj ET", "")),
        ("wide title", pdf(b"x", &hex)),
        ("author of a file", pdf(b"x", "<</Author (x)>>")),
        ("script of a file", pdf(b"x", "<</S /Java#53cript>>")),
        ("camera's block", jpeg(&jpeg_block(0xe1, "Exif\0\0x"))),
        ("comment of a picture", jpeg(&jpeg_block(0xfe, "x"))),
        ("octets behind a picture", tailed),
        ("text of a png", png("tEXt", "Author\0x")),
        ("camera's png", png("eXIf", "x")),
        ("comment of a gif", b"GIF89a\x01\0\x01\0\0\0\0!\xfe\x01x\0;".to_vec()),
        ("camera's webp", b"RIFF\x0e\0\0\0WEBPEXIF\x02\0\0\0xy".to_vec()),
        ("unknown file", b"\0\x01Anna Karlsson".to_vec()),
        ("broken file", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT".to_vec()),
    ];
    let mut all: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(name, octets)| ((*name).to_owned(), letter("Hej", "x", "<p>x</p>", ("bild-1.jpg", octets))))
        .collect();
    all.push(("name of a file".to_owned(), letter("Hej", "x", "<p>x</p>", ("anna_karlsson.jpg", &jpeg(b"")))));
    let whole = String::from_utf8(letter("Hej", "x", "<p>x</p>", ("bild-1.jpg", &jpeg(b"")))).unwrap();
    all.push((
        "preamble".to_owned(),
        whole.replacen("\r\n\r\n--=_m0", "\r\n\r\nAnna Karlsson\r\n--=_m0", 1).into_bytes(),
    ));
    all.push(("epilogue".to_owned(), format!("{whole}Anna Karlsson\r\n").into_bytes()));
    all.push((
        "field of a part".to_owned(),
        whole.replace("Content-Disposition: ", "Content-ID: <x@annas-laptop>\r\nContent-Disposition: ").into_bytes(),
    ));
    all.push(("offset".to_owned(), whole.replace("+0000", "+0100").into_bytes()));
    all
}

#[test]
fn every_leak_is_found() {
    let all = leaky();
    let missed: Vec<&str> =
        all.iter().filter(|(_, letter)| found(letter).is_empty()).map(|(name, _)| name.as_str()).collect();
    assert!(all.len() >= 60 && missed.is_empty(), "{} letters; missed: {missed:#?}", all.len());
}

#[test]
fn bent_files_are_read_to_their_end() {
    let files = [
        document("<w:t>x</w:t>"),
        pdf(b"BT (x) Tj ET", "<</A (x)>>"),
        jpeg(&jpeg_block(0xe2, "ICC_PROFILE")),
        png("tRNS", "x"),
    ];
    for file in &files {
        for length in 0..file.len() {
            let _ = files::open(&file[..length], &mut |_| {});
            let mut bent = file.clone();
            bent[length] ^= 0xff;
            let _ = files::open(&bent, &mut |_| {});
        }
    }
}

#[test]
fn bombs_are_not_unpacked() {
    let bomb = deflated(&deflated(&vec![0; 40 << 20], false), false);
    assert!(found(&letter("Hej", "x", "<p>x</p>", ("bild-1.jpg", &bomb))).contains(&(HitKind::Shape, Layer::File)));
    let hostile = ["stream\n".repeat(20_000), "(".repeat(100_000), "<".repeat(100_000), "/#".repeat(50_000)];
    for text in hostile {
        let _ = files::open(format!("%PDF-1.7\n{text}").as_bytes(), &mut |_| {});
    }
}
