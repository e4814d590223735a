//! Hostile pictures: cut, bent, or much larger than they look.

use super::*;
use data_encoding::BASE64;
use fixtures::{INKS, PROGRESSIVE, RESTARTS, SEQUENTIAL};

/// A small one of each kind, and of each way of writing a JPEG.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let fixtures = [("sequential", SEQUENTIAL), ("progressive", PROGRESSIVE), ("restarts", RESTARTS), ("inks", INKS)];
    let decoded = fixtures.map(|(name, base64)| (name, BASE64.decode(base64.as_bytes()).unwrap()));
    kinds::samples().into_iter().chain(decoded).collect()
}

#[test]
fn samples_are_sound() {
    for (name, octets) in samples() {
        assert!(bare(&octets).is_ok(), "{name}");
    }
}

#[test]
fn cut_anywhere_nothing_panics_and_the_beginning_alone_is_broken() {
    for (name, octets) in samples() {
        for end in 0..octets.len() {
            let outcome = bare(&octets[..end]);
            assert!(end > octets.len() / 5 || outcome.is_err(), "{name} cut at {end}");
        }
    }
}

#[test]
fn bent_anywhere_nothing_panics_and_what_comes_out_can_be_read() {
    let mut noise = noise(99);
    for (name, octets) in samples() {
        for at in 0..octets.len() {
            for round in 0..3 {
                let mut bent = octets.clone();
                bent[at] = if round == 0 { 0xFF } else { noise() as u8 };
                if round == 2 {
                    let other = noise() as usize % bent.len();
                    bent[other] ^= 1 << (noise() % 8);
                }
                if let Ok(rebuilt) = bare(&bent) {
                    assert!(bare(&rebuilt.octets).is_ok(), "{name} bent at {at}: {:02X}", bent[at]);
                }
            }
        }
    }
}

#[test]
fn sizes_are_compared_with_the_budget_before_anything_is_computed() {
    let huge = [0, 0, 0xEA, 0x60];
    let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &huge[..], &huge, &[8, 6, 0, 0, 0, 0, 0, 0, 0]].concat();
    let jpeg = b"\xFF\xD8\xFF\xC0\0\x0B\x08\xFF\xDC\xFF\xDC\x01\x01\x11\0";
    let gif = b"GIF89a\xFF\xFF\xFF\xFF\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\xFF\xFF\xFF\xFF\0\x02";
    let bmp = [b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\0\0\x01\0\0\0\x01\0\x01\0\x18\0", &[0; 24][..]].concat();
    for octets in [&png[..], jpeg, gif, &bmp] {
        assert_eq!(bare(octets), Err(Unfit::TooLarge), "{:?}", &octets[..4]);
    }
}

#[test]
fn a_photograph_of_endless_scans_is_stopped() {
    let octets = BASE64.decode(PROGRESSIVE.as_bytes()).unwrap();
    let end = octets.len() - 2;
    let start = (0..end).rev().find(|at| octets[*at] == 0xFF && octets[at + 1] == 0xDA).unwrap();
    let mut endless = octets[..end].to_vec();
    for _ in 0..10_000 {
        endless.extend(&octets[start..end]);
    }
    assert_eq!(bare(&endless), Err(Unfit::TooLarge));
}

#[test]
fn frames_and_points_of_a_letter_come_to_an_end() {
    let moving = kinds::samples().remove(2).1;
    let mut budget = FileBudget::default();
    let outcome = (0..100_000).find_map(|_| rebuild(&moving, &mut budget).err());
    assert_eq!(outcome, Some(Unfit::TooLarge));
}

#[test]
fn quantisers_and_coefficients_without_measure_do_no_harm() {
    let mut octets = BASE64.decode(SEQUENTIAL.as_bytes()).unwrap();
    for start in memchr::memmem::find_iter(&octets.clone(), &[0xFF, 0xDB]) {
        octets[start + 5..start + 69].fill(0xFF);
    }
    let rebuilt = bare(&octets).unwrap();
    assert!(bare(&rebuilt.octets).is_ok());
    let wide = {
        let mut wide = octets[..2].to_vec();
        wide.extend([0xFF, 0xDB, 0, 131, 0x10]);
        wide.extend([0xFF; 128]);
        wide.extend(&octets[2..]);
        wide
    };
    assert!(bare(&wide).is_ok());
}
