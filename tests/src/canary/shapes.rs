//! Twenty letters shaped as widespread mail programs write them, with a canary in every field, part and name.

use super::Aviary;
use crate::draft::Draft;
use data_encoding::BASE64_MIME;
use std::fmt::Write as _;

/// The places whose words are meant to arrive.
pub fn may_arrive(place: &str) -> bool {
    place.ends_with(": text") || place.ends_with(": subject")
}

/// How many shapes there are.
pub const SHAPES: usize = 20;

/// One letter of a shape. Its token is the word in its text.
pub fn letter(shape: usize, from: &str, to: &str, aviary: &mut Aviary) -> Draft {
    let mut nest = Nest { shape, aviary };
    let text = nest.word("text");
    let mut draft = Draft::new(from, to);
    draft.token.clone_from(&text);
    let draft = header(draft, from, to, &mut nest);
    let (content_type, body) = body(&mut nest, &text);
    draft.body(&content_type, body)
}

/// The canaries of one letter.
struct Nest<'a> {
    shape: usize,
    aviary: &'a mut Aviary,
}

impl Nest<'_> {
    fn word(&mut self, place: &str) -> String {
        self.aviary.word(&format!("letter {}: {place}", self.shape))
    }
}

fn header(draft: Draft, from: &str, to: &str, nest: &mut Nest<'_>) -> Draft {
    let mut draft = draft
        .field("From", &format!("\"Anna {}\" <{from}>", nest.word("name of From")))
        .field("To", &format!("\"{}\" <{to}>", nest.word("name of To")))
        .field("Subject", &format!("Tomorrow {}", nest.word("subject")))
        .field("Date", &format!("Sat, 21 Nov 2026 14:05:09 +0100 ({})", nest.word("comment of Date")))
        .field(
            "Message-ID",
            &format!("<{}@{}.example>", nest.word("left of Message-ID"), nest.word("right of Message-ID")),
        )
        .field("In-Reply-To", &format!("<{}@mail.example>", nest.word("In-Reply-To")))
        .field("References", &format!("<{}@mail.example>\r\n <{0}.b@mail.example>", nest.word("References")));
    let received = nest.word("Received");
    draft = draft.with_on_top(
        "Received",
        &format!("from {received} ([192.0.2.77])\r\n\tby mx.{received}.example; Sat, 21 Nov 2026 14:05:10 +0100"),
    );
    for (name, before, after) in FIELDS {
        let word = nest.word(name);
        draft = draft.with_more(name, &format!("{before}{word}{after}"));
    }
    draft
}

/// Fields that real programs and providers write, with what stands around the canary.
const FIELDS: &[(&str, &str, &str)] = &[
    ("Return-Path", "<", "@example.net>"),
    ("Sender", "<", "@example.net>"),
    ("Reply-To", "<", "@example.net>"),
    ("User-Agent", "Mozilla Thunderbird ", ""),
    ("X-Mailer", "Apple Mail (", ")"),
    ("X-Originating-IP", "[192.0.2.", "]"),
    ("X-Google-Smtp-Source", "", ""),
    ("X-Gm-Message-State", "", ""),
    ("X-MS-Exchange-CrossTenant-Id", "", ""),
    ("X-MS-Has-Attach", "", ""),
    ("X-Apple-Base-Url", "x-msg://", "/"),
    ("X-Universally-Unique-Identifier", "", ""),
    ("Thread-Topic", "", ""),
    ("Thread-Index", "", ""),
    ("Organization", "", " AB"),
    ("Autocrypt", "addr=", "@example.net; keydata=AAAA"),
    ("OpenPGP", "id=", ""),
    ("Face", "", ""),
    ("List-Unsubscribe", "<https://", ".example/leave>"),
    ("Disposition-Notification-To", "<", "@example.net>"),
    ("Return-Receipt-To", "<", "@example.net>"),
    ("Authentication-Results", "mx.", ".example; spf=pass"),
    ("ARC-Authentication-Results", "i=1; mx.", ".example; spf=pass"),
    ("DKIM-Signature", "v=1; a=rsa-sha256; d=example.net; s=", "; h=from; bh=AAAA; b=AAAA"),
    ("Received-SPF", "pass (", ")"),
    ("Content-Language", "sv-", ""),
    ("Content-Description", "", ""),
    ("Comments", "", ""),
    ("Keywords", "", ""),
    ("X-Unheard-Of", "", ""),
];

/// The body of a shape: (content type, octets).
fn body(nest: &mut Nest<'_>, text: &str) -> (String, Vec<u8>) {
    let plain = plain_part(nest.shape, text);
    let parts = match nest.shape {
        0..5 => return (plain.0, plain.1.into_bytes()),
        5 => return html_part(nest, text),
        6..9 => vec![whole(&plain), whole_html(nest, text)],
        9 => vec![whole(&plain), attached(nest, "application/pdf", "pdf")],
        10 => vec![whole(&plain), attached(nest, "image/jpeg", "jpg")],
        11 => vec![whole(&plain), attached(nest, "application/vnd.ms-tnef", "dat")],
        12 => vec![whole(&plain), attached(nest, "text/calendar; method=REQUEST", "ics")],
        13 => vec![whole(&plain), attached(nest, "text/vcard", "vcf")],
        14 => vec![whole(&plain), attached(nest, "application/pgp-keys", "asc")],
        15 => vec![
            whole(&plain),
            attached(nest, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        ],
        16 => vec![whole(&plain), attached(nest, "audio/mp4", "m4a"), attached(nest, "image/png", "png")],
        17 => vec![nested(nest, text), attached(nest, "application/octet-stream", "bin")],
        18 => vec![whole(&plain), attached(nest, "application/pkcs7-signature", "p7s")],
        _ => vec![whole(&plain), forwarded(nest)],
    };
    let kind = match nest.shape {
        6..9 => "alternative",
        18 => "signed; micalg=sha-256; protocol=\"application/pkcs7-signature\"",
        _ => "mixed",
    };
    multipart(nest, kind, &parts)
}

/// Plain text as five programs encode it: (content type with further part fields, text).
fn plain_part(shape: usize, text: &str) -> (String, String) {
    let said = format!("Hello, this is letter {text}. See you tomorrow.\r\n");
    match shape {
        1 => ("text/plain; charset=utf-8; format=flowed; delsp=yes".into(), said),
        2 => (
            "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64".into(),
            BASE64_MIME.encode(said.as_bytes()),
        ),
        3 => {
            let (half, rest) = said.split_at(30);
            let quoted = format!("{half}=\r\n{}", rest.replace("See", "=53ee"));
            ("text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable".into(), quoted)
        }
        4 => {
            let wide: Vec<u8> = said.encode_utf16().flat_map(u16::to_le_bytes).collect();
            ("text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64".into(), BASE64_MIME.encode(&wide))
        }
        _ => ("text/plain; charset=utf-8".into(), said),
    }
}

fn whole((content_type, text): &(String, String)) -> String {
    format!("Content-Type: {content_type}\r\n\r\n{text}")
}

fn html_part(nest: &mut Nest<'_>, text: &str) -> (String, Vec<u8>) {
    let html = format!(
        "<html><head><title>{}</title><meta name=\"author\" content=\"{}\"><style>.{} {{color: red}}</style></head>\
         <body lang=\"{}\"><!-- {} --><div class=\"{}\" id=\"{}\" data-x=\"{}\"><p>Hello, this is letter {text}.</p>\
         <img src=\"https://{}.example/pixel.gif\" width=1 height=1></div></body></html>\r\n",
        nest.word("title of HTML"),
        nest.word("meta of HTML"),
        nest.word("style of HTML"),
        nest.word("language of HTML"),
        nest.word("comment of HTML"),
        nest.word("class of HTML"),
        nest.word("id of HTML"),
        nest.word("data of HTML"),
        nest.word("remote image of HTML"),
    );
    ("text/html; charset=utf-8".into(), html.into_bytes())
}

fn whole_html(nest: &mut Nest<'_>, text: &str) -> String {
    let (content_type, html) = html_part(nest, text);
    format!("Content-Type: {content_type}\r\n\r\n{}", String::from_utf8_lossy(&html))
}

fn attached(nest: &mut Nest<'_>, content_type: &str, ending: &str) -> String {
    let content =
        format!("%START {} author {} END", nest.word("content of an attachment"), nest.word("author in an attachment"));
    format!(
        "Content-Type: {content_type};\r\n name=\"{}.{ending}\"\r\nContent-Disposition: attachment;\r\n filename*=utf-8''{}.{ending};\r\n\
         creation-date=\"{}\"\r\nContent-ID: <{}@example.net>\r\nContent-Description: {}\r\nContent-Location: {}\r\n\
         X-Attachment-Id: {}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        nest.word("name of an attachment"),
        nest.word("file name of an attachment"),
        nest.word("date of an attachment"),
        nest.word("Content-ID"),
        nest.word("description of an attachment"),
        nest.word("Content-Location"),
        nest.word("X-Attachment-Id"),
        BASE64_MIME.encode(content.as_bytes()),
    )
}

/// A letter forwarded as an attachment.
fn forwarded(nest: &mut Nest<'_>) -> String {
    format!(
        "Content-Type: message/rfc822; name=\"{}.eml\"\r\nContent-Disposition: attachment\r\n\r\nFrom: \"{}\" <{}@example.net>\r\n\
         To: x@example.net\r\nSubject: {}\r\nX-Mailer: {}\r\n\r\nAn older letter.\r\n",
        nest.word("name of a forwarded letter"),
        nest.word("author's name in a forwarded letter"),
        nest.word("author's address in a forwarded letter"),
        nest.word("title of a forwarded letter"),
        nest.word("X-Mailer of a forwarded letter"),
    )
}

/// A related part with an inline image within the mixed one.
fn nested(nest: &mut Nest<'_>, text: &str) -> String {
    let image = attached(nest, "image/png", "png").replace("attachment;", "inline;");
    let parts = [whole(&plain_part(nest.shape, text)), whole_html(nest, text), image];
    let (content_type, octets) = multipart(nest, "related", &parts);
    format!("Content-Type: {content_type}\r\n\r\n{}", String::from_utf8_lossy(&octets))
}

fn multipart(nest: &mut Nest<'_>, kind: &str, parts: &[String]) -> (String, Vec<u8>) {
    let boundary = format!("=_{}", nest.word("boundary"));
    let mut out = format!("{}\r\n", nest.word("preamble"));
    for part in parts {
        let _ = write!(out, "--{boundary}\r\n{part}\r\n");
    }
    let _ = write!(out, "--{boundary}--\r\n{}\r\n", nest.word("epilogue"));
    (format!("multipart/{kind}; boundary=\"{boundary}\""), out.into_bytes())
}
