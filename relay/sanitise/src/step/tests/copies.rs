//! What a finished letter has no place for, copied into it all the same: the guard knows it by its form alone.
//!
//! Nobody has told the guard of what stands in these letters, so that no list of names helps it.

use super::{clean, hits, shown, with_file};
use crate::file::office::tests::relations;
use crate::file::zip::Packer;
use crate::report::HitKind::{self, Shape};
use crate::report::Layer::{self, Addresses, File, Header, Raw, Text};
use data_encoding::BASE64;

/// Stands wherever something may tell of somebody.
const TOKEN: &str = "KANARI";
const PICTURE: &[u8] = include_bytes!("../../../tests/mail/picture-with-owner/in.eml");

/// A file, the type that a careless writer would give it, and what the guard says of it.
struct Copied {
    name: &'static str,
    kind: &'static str,
    octets: Vec<u8>,
}

/// A finished letter with another file in the place of its own.
fn with_copy(finished: &[u8], kind: &str, octets: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(finished.to_vec()).unwrap();
    let place = text.find("Content-Type: image/png").unwrap();
    let body = place + text[place..].find("\r\n\r\n").unwrap() + 4;
    let end = body + text[body..].find("--=_m").unwrap();
    let packed = BASE64.encode(octets);
    let lines: String =
        packed.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n").collect();
    let head = text[place..body].replace("image/png", kind);
    [&text[..place], &head, &lines, &text[end..]].concat().into_bytes()
}

fn chunk(kind: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], kind.as_bytes(), content, &[0; 4]].concat()
}

fn pictures() -> Vec<Copied> {
    let jpeg = |marker: u8, content: &[u8]| {
        let whole = crate::file::picture::tests::jpeg();
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&whole[..2], &[0xff, marker], &length, content, &whole[2..]].concat()
    };
    let png = |kind: &str, content: &[u8]| {
        let whole = crate::file::picture::tests::png();
        [&whole[..33], &chunk(kind, content), &whole[33..]].concat()
    };
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xfe\x06KANARI\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let tail = |mut whole: Vec<u8>| {
        whole.extend_from_slice(TOKEN.as_bytes());
        whole
    };
    let copied = |name, kind, octets| Copied { name, kind, octets };
    vec![
        copied("jpeg, camera", "image/jpeg", jpeg(0xe1, b"Exif\0\0KANARI")),
        copied("jpeg, remark", "image/jpeg", jpeg(0xfe, b"KANARI")),
        copied("jpeg, press", "image/jpeg", jpeg(0xed, b"Photoshop 3.0\0KANARI")),
        copied("jpeg, tail", "image/jpeg", tail(crate::file::picture::tests::jpeg())),
        copied("png, text", "image/png", png("tEXt", b"Author\0KANARI")),
        copied("png, camera", "image/png", png("eXIf", b"KANARI")),
        copied("png, time", "image/png", png("tIME", b"\x07\xea\x0b\x03\x0e\x05\x07")),
        copied("png, tail", "image/png", tail(crate::file::picture::tests::png())),
        copied("gif, remark", "image/gif", gif.to_vec()),
        copied("webp, camera", "image/webp", crate::file::picture::tests::webp(*b"EXIF", TOKEN.as_bytes())),
        copied("webp, programs", "image/webp", crate::file::picture::tests::webp(*b"XMP ", TOKEN.as_bytes())),
        copied("bmp", "image/png", crate::file::picture::tests::bmp(TOKEN.as_bytes())),
    ]
}

/// A file of one page, with entries of its catalogue, of its page and of its trailer.
fn pdf(catalogue: &str, page: &str, trailer: &str, more: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalogue}>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 200]>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{page}>>endobj\n\
         4 0 obj<</Length 34>>stream\nBT /F1 12 Tf 20 100 Td (Hej) Tj ET\nendstream endobj\n\
         5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n{more}\n\
         trailer<</Root 1 0 R{trailer}>>\n%%EOF\n"
    )
    .into_bytes()
}

fn documents() -> Vec<Copied> {
    let copied = |name, octets| Copied { name, kind: "application/pdf", octets };
    let note = "6 0 obj<</Type/Annot/Subtype/Text/T(KANARI)/Contents(KANARI)/Rect[0 0 9 9]>>endobj";
    let link = "6 0 obj<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/KANARI)>>>>endobj";
    let stream = "6 0 obj<</Type/Metadata/Subtype/XML/Length 13>>stream\n<x>KANARI</x>\nendstream endobj";
    let file = "6 0 obj<</Type/Filespec/F(KANARI.txt)/EF<</F 7 0 R>>>>endobj\n\
                7 0 obj<</Type/EmbeddedFile/Length 6>>stream\nKANARI\nendstream endobj";
    let mut all = vec![
        copied("pdf, producer", pdf("", "", "/Info 6 0 R", "6 0 obj<</Producer(KANARI)>>endobj")),
        copied("pdf, author", pdf("", "", "/Info 6 0 R", "6 0 obj<</Author(KANARI)>>endobj")),
        copied("pdf, metadata", pdf("/Metadata 6 0 R", "", "", stream)),
        copied("pdf, file", pdf("/Names<</EmbeddedFiles<</Names[(KANARI)6 0 R]>>>>", "", "", file)),
        copied("pdf, note", pdf("", "/Annots[6 0 R]", "", note)),
        copied("pdf, link", pdf("", "/Annots[6 0 R]", "", link)),
        copied("pdf, script", pdf("/OpenAction<</S/JavaScript/JS(KANARI)>>", "", "", "")),
        copied("pdf, outline", pdf("/Outlines 6 0 R", "", "", "6 0 obj<</Title(KANARI)>>endobj")),
        copied("pdf, page of a program", pdf("", "/PieceInfo<</KANARI<<>>>>", "", "")),
    ];
    all.extend(office());
    all
}

fn packed(entries: &[(&str, String)]) -> Vec<u8> {
    let mut packer = Packer::default();
    for (name, content) in entries {
        packer.pack(name, content.as_bytes()).unwrap();
    }
    packer.finish().unwrap()
}

fn office() -> Vec<Copied> {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let word = |body: &str, more: &[(&str, &str)]| {
        let mut entries = vec![
            (
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
            ),
            ("_rels/.rels", relations(&[("rId1", "officeDocument", "word/document.xml")])),
            ("word/document.xml", format!("<w:document {W}><w:body>{body}</w:body></w:document>")),
        ];
        entries.extend(more.iter().map(|(name, content)| (*name, (*content).to_owned())));
        packed(&entries)
    };
    let run = "<w:r><w:t>Hej</w:t></w:r>";
    let plain = format!("<w:p>{run}</w:p>");
    let text = "application/vnd.oasis.opendocument.text";
    let odt = [
        ("mimetype", text.to_owned()),
        (
            "content.xml",
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text><text:p>Hej</text:p>\
             </office:text></office:body></office:document-content>"
                .to_owned(),
        ),
        ("meta.xml", "<x>KANARI</x>".to_owned()),
    ];
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let copied = |name, octets| Copied { name, kind, octets };
    vec![
        copied("docx, properties", word(&plain, &[("docProps/core.xml", "<c>KANARI</c>")])),
        copied("docx, thumbnail", word(&plain, &[("docProps/thumbnail.jpeg", TOKEN)])),
        copied("docx, own data", word(&plain, &[("customXml/item1.xml", "<c>KANARI</c>")])),
        copied("docx, people", word(&plain, &[("word/people.xml", "<c>KANARI</c>")])),
        copied("docx, embedded", word(&plain, &[("word/embeddings/x.bin", TOKEN)])),
        copied("docx, author", word(&format!("<w:p><w:ins w:id=\"1\" w:author=\"KANARI\">{run}</w:ins></w:p>"), &[])),
        copied("docx, machine", word(&format!("<w:p w:rsidR=\"00KANARI\">{run}</w:p>"), &[])),
        copied(
            "docx, path",
            word(&plain, &[("word/_rels/document.xml.rels", &relations(&[("r9", "hyperlink", "file:///C:/KANARI")]))]),
        ),
        Copied { name: "odt, properties", kind: text, octets: packed(&odt) },
    ]
}

fn others() -> Vec<Copied> {
    let copied = |name, kind, octets: &[u8]| Copied { name, kind, octets: octets.to_vec() };
    vec![
        copied("contact card", "text/vcard", b"BEGIN:VCARD\r\nFN:KANARI\r\nEND:VCARD\r\n"),
        copied("contact card, as text", "text/plain", b"BEGIN:VCARD\r\nFN:KANARI\r\nEND:VCARD\r\n"),
        copied("invitation", "text/calendar", b"BEGIN:VCALENDAR\r\nORGANIZER:KANARI\r\nEND:VCALENDAR\r\n"),
        copied("winmail", "application/ms-tnef", b"\x78\x9f\x3e\x22\x01\0KANARI"),
        copied("signature", "application/pkcs7-signature", b"\x30\x82\x01\x02KANARI"),
        copied("key", "application/pgp-keys", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nKANARI\n"),
        copied(
            "key, as text",
            "text/plain",
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQKANARI\n-----END PGP PUBLIC KEY BLOCK-----\n",
        ),
        copied("drawing", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><title>KANARI</title></svg>"),
        copied("unknown", "application/octet-stream", b"\0\x01KANARI"),
        copied("sound", "audio/mpeg", b"ID3\x03KANARI"),
        copied("old document", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1KANARI"),
    ]
}

#[test]
fn a_file_that_was_copied_is_held_whatever_it_holds() {
    let finished = clean(PICTURE);
    let all: Vec<Copied> = [pictures(), documents(), others()].into_iter().flatten().collect();
    let mut faults = Vec::new();
    for file in &all {
        let raw = with_file("Hej!", file.kind, "fil", &file.octets);
        if shown(&clean(&raw)).contains(TOKEN) {
            faults.push(format!("{}: arrives", file.name));
        }
        let found = hits(PICTURE, &with_copy(&finished, file.kind, &file.octets));
        if !found.iter().any(|hit| (hit.kind, hit.layer) == (Shape, File) || (hit.kind, hit.layer) == (Shape, Text)) {
            faults.push(format!("{}: {found:?}", file.name));
        }
    }
    assert!(all.len() >= 40 && faults.is_empty(), "{} files: {faults:#?}", all.len());
}

#[test]
fn an_identifier_of_a_pdf_is_a_number_like_another() {
    // Ours is a digest of the pages; nothing tells it from another programme's.
    let copy = pdf("", "", "/ID[(0123456789abcdef)(0123456789abcdef)]", "");
    assert_eq!(hits(PICTURE, &with_copy(&clean(PICTURE), "application/pdf", &copy)), []);
}

#[test]
fn a_field_that_was_copied_is_held() {
    let raw = b"Received: from kanari-laptop (kanari.example.org [192.0.2.9]) by x\nFrom: Olena Petrenko <olenap77@example.com>\n\
        To: Frida L <frida.l@example.net>\nCc: x@example.net\nSubject: Hej\nDate: Tue, 03 Nov 2026 14:05:07 +0100\n\
        Message-ID: <1.kanari@kanari-laptop>\nX-Mailer: Kanari 7.1\nMIME-Version: 1.0\n\nHej!";
    let finished = String::from_utf8(clean(raw)).unwrap();
    let line = |name: &str| {
        let begin = finished.find(&format!("\r\n{name}: ")).map_or(0, |at| at + 2);
        finished[begin..].split("\r\n").next().unwrap().to_owned()
    };
    let swapped = |name: &str, new: &str| finished.replace(&line(name), new);
    let added = |field: &str| format!("{field}\r\n{finished}");
    let cases: [(&str, String, HitKind, Layer); 11] = [
        ("from", finished.replacen(&line("From"), "From: Olena Petrenko <olenap77@example.com>", 1), Shape, Addresses),
        ("to", swapped("To", "To: Frida L <frida.l@example.net>"), Shape, Addresses),
        ("date", swapped("Date", "Date: Tue, 03 Nov 2026 14:05:07 +0100"), Shape, Header),
        ("identifier", swapped("Message-ID", "Message-ID: <1.kanari@elsewhere.example.org>"), Shape, Header),
        ("machine", swapped("Message-ID", "Message-ID: <1.kanari@kanari-laptop>"), HitKind::Detail, Raw),
        ("program", added("X-Mailer: Kanari 7.1"), Shape, Header),
        ("way", added("Received: from kanari-laptop by x"), Shape, Header),
        ("copies", added("Cc: x@example.net"), Shape, Header),
        ("answers", added("Reply-To: x@example.net"), Shape, Header),
        ("parts", finished.replace("text/plain", "text/x-kanari"), Shape, File),
        ("own field", finished.replace("X-Hop", "X-Kanari: 1\r\nX-Hop"), Shape, Header),
    ];
    for (name, copied, kind, layer) in cases {
        assert_ne!(copied, finished, "{name}");
        let found = hits(raw, copied.as_bytes());
        assert!(found.iter().any(|hit| (hit.kind, hit.layer) == (kind, layer)), "{name}: {found:?}\n{copied}");
    }
    assert_eq!(hits(raw, finished.as_bytes()), []);
}

#[test]
fn a_name_that_was_copied_is_held() {
    let finished = String::from_utf8(clean(PICTURE)).unwrap();
    for name in ["IMG_2034.png", "kanari-1.png", "bild-1.kanari", "bild-1b.png", "skärmbild.png", "bild.png"] {
        let copied = finished.replace("bild-1.png", name);
        let found = hits(PICTURE, copied.as_bytes());
        assert!(found.iter().any(|hit| (hit.kind, hit.layer) == (Shape, File)), "{name}: {found:?}");
    }
    let noted = finished.replace("Content-Disposition", "Content-ID: <1@kanari>\r\nContent-Disposition");
    assert!(hits(PICTURE, noted.as_bytes()).iter().any(|hit| (hit.kind, hit.layer) == (Shape, Header)));
}
