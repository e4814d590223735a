//! Pictures built anew: what is seen stays, and nothing else does.

mod fixtures;
mod hostile;
mod kinds;
mod photograph;
mod svg;

use super::*;
use crate::file::FileKind;
use orientation::Turn;

/// Tokens that tell who somebody is, planted wherever a file has room for them.
const TOKENS: [&str; 4] = ["Anna Karlsson", "59.3293N", "SN-48151623", "Anna-monitor"];

/// All of them in one text.
fn tokens() -> String {
    TOKENS.join(" / ")
}

fn assert_no_token(octets: &[u8]) {
    for token in TOKENS {
        assert!(memchr::memmem::find(octets, token.as_bytes()).is_none(), "{token} arrived");
        let wide: Vec<u8> = token.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(memchr::memmem::find(octets, &wide).is_none(), "{token} arrived in UTF-16");
    }
}

/// EXIF data with an orientation and tokens.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x02\x01\x0F\0\x02\0\0\0\x08\0\0\0\x26\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(tokens().bytes());
    exif
}

/// Built anew without the net that catches panics: here they shall be seen.
fn bare(octets: &[u8]) -> Result<Rebuilt, Unfit> {
    rebuild_as(kind(octets).ok_or(Unfit::Broken)?, octets, &mut FileBudget::default())
}

/// Numbers without order, always the same ones.
fn noise(seed: u32) -> impl FnMut() -> u32 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    }
}

/// Soft colours with some grain, and a corner that shows which way up it is.
fn scene(width: usize, height: usize) -> Raster {
    let mut raster = Raster::new(width, height).unwrap();
    let mut noise = noise(7);
    for (y, row) in raster.rows_mut().enumerate() {
        for (x, point) in row.iter_mut().enumerate() {
            let grain = noise() % 6;
            let level = |part: usize, whole: usize| (40 + 160 * part / whole) as u8 + grain as u8;
            *point = [level(x, width), level(y, height), level(x + y, width + height), u8::MAX];
            if x < width / 4 && y < height / 4 {
                *point = [240, 240, 30, u8::MAX];
            }
        }
    }
    raster
}

/// How a camera stores a picture that is to be turned.
fn stored(raster: &Raster, turn: Turn) -> Raster {
    let (width, height) = turn.size(raster.width(), raster.height());
    let mut stored = Raster::new(width, height).unwrap();
    for (index, point) in raster.points().iter().enumerate() {
        let (x, y) = turn.origin(index % raster.width(), index / raster.width(), raster.width(), raster.height());
        stored.points_mut()[y * width + x] = *point;
    }
    stored
}

/// The likeness of two pictures of the same size in decibels.
fn likeness(one: &Raster, other: &Raster) -> f64 {
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let squares = one.points().as_flattened().iter().zip(other.points().as_flattened()).map(|(a, b)| {
        let difference = f64::from(a.abs_diff(*b));
        difference * difference
    });
    let mean = squares.sum::<f64>() / (4.0 * one.points().len() as f64);
    10.0 * (255.0 * 255.0 / mean.max(1e-9)).log10()
}

/// A JPEG as another decoder sees it.
fn seen(jpeg: &[u8]) -> Raster {
    use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA).set_strict_mode(true);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    let points = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    let mut raster = Raster::new(width, height).unwrap();
    raster.points_mut().as_flattened_mut().copy_from_slice(&points);
    raster
}

/// A PNG as its decoder sees it.
fn png_points(octets: &[u8]) -> Raster {
    png::decode(octets, &mut FileBudget::default()).unwrap().0
}

/// A photograph that another programme wrote.
pub(crate) fn jpeg() -> Vec<u8> {
    data_encoding::BASE64.decode(fixtures::SEQUENTIAL.as_bytes()).unwrap()
}

/// A small scene without loss.
pub(crate) fn png() -> Vec<u8> {
    png::encode(&scene(12, 8)).unwrap()
}

/// The same with another chunk behind it.
pub(crate) fn webp(name: [u8; 4], chunk: &[u8]) -> Vec<u8> {
    let head = vec![0x0C, 0, 0, 0, 11, 0, 0, 7, 0, 0];
    kinds::riff(&[(b"VP8X", head), (b"VP8L", kinds::webp_points(&scene(12, 8))), (&name, chunk.to_vec())])
}

/// Four points, and something behind them.
pub(crate) fn bmp(tail: &[u8]) -> Vec<u8> {
    [&kinds::bitmap(24, 2, &[7; 16]), tail].concat()
}
