//! JPEG: every segment is our own, the picture is the same, and the right way up.

use super::*;
use data_encoding::BASE64;
use fixtures::{GREY, INKS, PROGRESSIVE, RESTARTS, SEQUENTIAL};

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], content].concat()
}

/// A JPEG with segments put in front of its own.
fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

/// The markers of a JPEG's segments, up to its end, which must be the end of the octets.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    let (mut markers, mut at) = (Vec::new(), 0);
    loop {
        assert_eq!(jpeg[at], 0xFF);
        let marker = jpeg[at + 1];
        markers.push(marker);
        at += match marker {
            0xD8 => 2,
            0xD9 => {
                assert_eq!(at + 2, jpeg.len(), "something follows the end");
                return markers;
            }
            _ => 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]])),
        };
        if marker == 0xDA {
            while jpeg[at] != 0xFF || jpeg[at + 1] == 0 {
                at += 1;
            }
        }
    }
}

fn fixture(base64: &str) -> Vec<u8> {
    BASE64.decode(base64.as_bytes()).unwrap()
}

#[test]
fn no_segment_of_a_camera_arrives() {
    let text = tokens();
    let profile = [b"ICC_PROFILE\0\x01\x01", &profile::tests::profile(profile::tests::P3)[..]].concat();
    let segments = [
        segment(0xE0, &[b"JFXX\0\x10", text.as_bytes()].concat()),
        segment(0xE1, &[b"Exif\0\0", &exif(1)[..]].concat()),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", text.as_bytes()].concat()),
        segment(0xE2, &profile),
        segment(0xE2, &[b"MPF\0", text.as_bytes()].concat()),
        segment(0xEB, &[b"JP\0\x01jumbc2pa", text.as_bytes()].concat()),
        segment(0xED, &[b"Photoshop 3.0\08BIM\x04\x04", text.as_bytes()].concat()),
        segment(0xEF, text.as_bytes()),
        segment(0xFE, text.as_bytes()),
    ];
    let plain = jpeg::encode(&scene(90, 70)).unwrap();
    let mut octets = with_segments(&plain, &segments);
    octets.extend(&plain);
    octets.extend(b"\0\0\0\x18ftypmp42");
    octets.extend(text.bytes());
    let rebuilt = bare(&octets).unwrap();
    assert_eq!((rebuilt.kind, rebuilt.traces), (FileKind::Jpeg, segments.len() + 1));
    assert_no_token(&rebuilt.octets);
    let expected = [0xD8, 0xE0, 0xDB, 0xDB, 0xC0, 0xC4, 0xC4, 0xC4, 0xC4, 0xDA, 0xD9];
    assert_eq!(markers(&rebuilt.octets), expected);
    assert_eq!(&rebuilt.octets[2..20], b"\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    assert!(rebuilt.octets.len() < plain.len() * 11 / 10);
}

#[test]
fn all_eight_orientations_become_upright() {
    // Whole units, whole blocks in one of two components only, and whole nothing.
    for (width, height) in [(64, 48), (56, 40), (61, 43)] {
        let upright = scene(width, height);
        for orientation in 1..=8 {
            let turn = Turn::of_exif(u32::from(orientation));
            let photograph = jpeg::encode(&stored(&upright, turn)).unwrap();
            let segment = segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat());
            let rebuilt = bare(&with_segments(&photograph, &[segment])).unwrap();
            let likeness = likeness(&seen(&rebuilt.octets), &upright);
            assert!(likeness > 34.0, "{width} by {height}, orientation {orientation}: {likeness:.1} dB");
        }
    }
}

#[test]
fn what_others_wrote_looks_the_same_whatever_its_scans() {
    let rebuilt = [SEQUENTIAL, PROGRESSIVE, RESTARTS].map(|one| bare(&fixture(one)).unwrap().octets);
    assert_eq!(rebuilt[0], rebuilt[1], "progressive");
    assert_eq!(rebuilt[0], rebuilt[2], "with restarts");
    for (name, original, least) in [("sequential", SEQUENTIAL, 60.0), ("grey", GREY, 60.0)] {
        let rebuilt = bare(&fixture(original)).unwrap();
        let likeness = likeness(&seen(&rebuilt.octets), &seen(&fixture(original)));
        assert!(likeness > least, "{name}: {likeness:.1} dB");
        assert!(rebuilt.octets.len() < fixture(original).len() * 2, "{name}");
    }
}

#[test]
fn inks_become_light() {
    let (inks, light) = (seen(&bare(&fixture(INKS)).unwrap().octets), seen(&fixture(SEQUENTIAL)));
    assert_eq!((inks.width(), inks.height()), (26, 18));
    for y in 2..16 {
        for x in 2..24 {
            let (ink, light) = (inks.points()[y * 26 + x], light.points()[(y * 35 / 18 + 1) * 52 + x * 2]);
            assert!(ink.iter().zip(light).all(|(a, b)| a.abs_diff(b) < 40), "({x}, {y}): {ink:?} {light:?}");
        }
    }
}

#[test]
fn quantisers_of_cameras_do_not_arrive_and_little_is_lost() {
    let plain = jpeg::encode(&scene(120, 90)).unwrap();
    let at = memchr::memmem::find(&plain, &[0xFF, 0xDB]).unwrap();
    let mut strange = plain.clone();
    for (index, step) in strange[at + 5..at + 69].iter_mut().enumerate() {
        *step = 3 + (index * 7 % 5) as u8;
    }
    let rebuilt = bare(&strange).unwrap().octets;
    assert!(memchr::memmem::find(&rebuilt, &strange[at + 5..at + 69]).is_none());
    let likeness = likeness(&seen(&rebuilt), &seen(&strange));
    assert!(likeness > 44.0, "{likeness:.1} dB");
    assert_eq!(bare(&rebuilt).unwrap().octets, rebuilt, "once rebuilt, nothing more is lost");
}

#[test]
fn wide_colours_grow_stronger_without_their_profile() {
    let plain = jpeg::encode(&scene(64, 64)).unwrap();
    let profile = [b"ICC_PROFILE\0\x01\x01", &profile::tests::profile(profile::tests::P3)[..]].concat();
    let rebuilt = bare(&with_segments(&plain, &[segment(0xE2, &profile)])).unwrap().octets;
    let mut expected = seen(&plain);
    profile::Gamut::DisplayP3.standardise(expected.points_mut());
    let (dropped, converted) = (likeness(&seen(&plain), &expected), likeness(&seen(&rebuilt), &expected));
    assert!(converted > dropped + 3.0, "{converted:.1} dB, {dropped:.1} dB without conversion");
}

#[test]
fn half_a_photograph_is_shown_and_less_is_not() {
    let whole = jpeg::encode(&scene(160, 120)).unwrap();
    let most = bare(&whole[..whole.len() * 9 / 10]).unwrap();
    let (upper, shown) = (seen(&whole), seen(&most.octets));
    let rows = 160 * 80;
    let same = upper.points()[..rows].iter().zip(&shown.points()[..rows]);
    assert!(same.clone().filter(|(a, b)| a == b).count() * 10 > rows * 9);
    assert_eq!(bare(&whole[..whole.len() / 3]), Err(Unfit::Broken));
}
