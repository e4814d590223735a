//! How long a letter with one large picture takes: a photograph, upright and turned, and a picture of a screen.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark's only product is what it prints")]

mod support;

use brevbro_sanitise::{Identity, Outcome, Rules, ThreadKey, rebuild};
use data_encoding::BASE64_MIME;
use mail_parser::MessageParser;
use std::hint::black_box;
use support::median;

/// A bitmap of soft colours with grain, and of plain areas where `screen` says so.
fn bitmap(width: u32, height: u32, screen: bool) -> Vec<u8> {
    let mut octets = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    octets.extend(width.to_le_bytes());
    octets.extend(height.to_le_bytes());
    octets.extend([1, 0, 24, 0]);
    octets.extend([0; 24]);
    let mut noise = 1_u32;
    for y in 0..height {
        for x in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = if screen { 0 } else { noise >> 28 };
            let wave = ((x / 7) ^ (y / 9)) & 31;
            let soft = if screen { wave / 16 * 200 } else { (x * 120 / width) + (y * 60 / height) + wave };
            octets
                .extend([soft + grain, soft / 2 + grain + 40, 200 - soft + grain].map(|level| level.to_le_bytes()[0]));
        }
        octets.resize(octets.len().next_multiple_of(2), 0);
    }
    octets
}

/// A JPEG with the orientation of EXIF that telephones write when they are held upright.
fn turned(jpeg: &[u8]) -> Vec<u8> {
    let exif = b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    [&jpeg[..2], exif, &jpeg[2..]].concat()
}

/// A letter with one file.
fn letter(file: &[u8]) -> Vec<u8> {
    let head = "From: q7x2@post.invalid\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHej\r\n\
                --b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    format!("{head}{}--b--\r\n", BASE64_MIME.encode(file)).into_bytes()
}

/// The file of a letter that was rebuilt.
fn rebuilt(file: &[u8], rules: &Rules<'_>) -> Vec<u8> {
    let Outcome::Clean(clean) = rebuild(&letter(file), &Identity::default(), rules) else { panic!("no clean letter") };
    let message = MessageParser::default().parse(clean.bytes()).expect("a letter");
    message.attachment(0).expect("the picture was taken out").contents().to_vec()
}

fn main() {
    let threads = ThreadKey::new([7; 64]);
    let rules = support::rules(&threads);
    let photograph = rebuilt(&bitmap(4032, 3024, false), &rules);
    let partial = rebuilt(&bitmap(4000, 3000, false), &rules);
    let screen = rebuilt(&bitmap(1170, 2532, true), &rules);
    println!("{:<38} {:>10} {:>10} {:>10}", "letter with", "octets", "rebuilt", "time");
    for (name, file) in [
        ("JPEG, 12 megapixels", photograph.clone()),
        ("JPEG, 12 megapixels, turned", turned(&photograph)),
        ("JPEG, 12 megapixels, partial, turned", turned(&partial)),
        ("PNG, 3 megapixels of a screen", screen),
    ] {
        let letter = letter(&file);
        let time = median(15, || drop(black_box(rebuild(black_box(&letter), &Identity::default(), &rules))));
        println!("{name:<38} {:>10} {:>10} {time:>10.1?}", file.len(), rebuilt(&file, &rules).len());
    }
}
