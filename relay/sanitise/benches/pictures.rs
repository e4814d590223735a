//! How long a large photograph takes, upright and turned, and a screen's picture.

#![allow(clippy::print_stdout, reason = "a benchmark's only product is what it prints")]

/// The room as the library has it: it is no part of what the library offers.
#[allow(dead_code, unused_imports, reason = "only what is measured is used, and its tests stay behind")]
#[path = "../src/file"]
mod file {
    pub(crate) mod budget;
    pub(crate) mod picture;

    pub(crate) use budget::FileBudget;

    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(crate) struct Rebuilt {
        pub(crate) kind: FileKind,
        pub(crate) octets: Vec<u8>,
        pub(crate) traces: usize,
        pub(crate) replaced: usize,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Unfit {
        Broken,
        TooLarge,
        Unsupported,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum FileKind {
        Jpeg,
        Png,
        Gif,
        Webp,
    }
}

use file::{FileBudget, Rebuilt, picture};
use std::hint::black_box;
use std::time::{Duration, Instant};

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

fn rebuilt(octets: &[u8]) -> Rebuilt {
    picture::rebuild(octets, &mut FileBudget::default()).unwrap_or_else(|unfit| panic!("no picture: {unfit:?}"))
}

/// A JPEG with the orientation of EXIF that telephones write when they are held upright.
fn turned(jpeg: &[u8]) -> Vec<u8> {
    let exif = b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    [&jpeg[..2], exif, &jpeg[2..]].concat()
}

/// The shortest and the middle one of some runs.
fn measure(octets: &[u8]) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..15)
        .map(|_| {
            let start = Instant::now();
            drop(black_box(rebuilt(black_box(octets))));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    (times[0], times[times.len() / 2])
}

fn main() {
    let photograph = rebuilt(&bitmap(4032, 3024, false)).octets;
    let partial = rebuilt(&bitmap(4000, 3000, false)).octets;
    let screen = rebuilt(&bitmap(1170, 2532, true)).octets;
    println!("{:<36} {:>10} {:>10} {:>10} {:>10}", "picture", "octets", "rebuilt", "shortest", "median");
    for (name, octets) in [
        ("JPEG, 12 megapixels", photograph.clone()),
        ("JPEG, 12 megapixels, turned", turned(&photograph)),
        ("JPEG, 12 megapixels, partial, turned", turned(&partial)),
        ("PNG, 3 megapixels of a screen", screen),
    ] {
        let (shortest, median) = measure(&octets);
        let after = rebuilt(&octets).octets.len();
        println!("{name:<36} {:>10} {after:>10} {shortest:>10.1?} {median:>10.1?}", octets.len());
    }
}
