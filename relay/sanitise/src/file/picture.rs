//! Pictures: read down to what they show, and written anew from nothing else.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "levels, coefficients and bit counts are bounded by their arithmetic; casts of floats saturate"
)]

mod bmp;
mod gif;
mod jpeg;
mod orientation;
mod png;
mod profile;
mod raster;
mod still;
mod svg;
mod tiff;
mod webp;

use super::{FileBudget, Rebuilt, Unfit};
use raster::Raster;
use std::panic::{AssertUnwindSafe, catch_unwind};
use still::Origin;

/// What a picture really is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Tiff,
    Bmp,
    Ico,
    Svg,
    /// A picture that nothing here can read: HEIC, AVIF, JPEG XL, JPEG 2000, metafiles, layers, raw sensors.
    Other,
}

/// Whether the octets are a picture, of whatever kind.
pub(crate) fn is_picture(octets: &[u8]) -> bool {
    kind(octets).is_some()
}

/// A picture built anew: the same to look at, and nothing else.
///
/// What shows more than can be seen goes: positions, devices, names, remarks, earlier and smaller versions, films
/// behind the picture, colour profiles (their colours are converted), points that are transparent or outside.
pub(crate) fn rebuild(octets: &[u8], budget: &mut FileBudget) -> Result<Rebuilt, Unfit> {
    let kind = kind(octets).ok_or(Unfit::Broken)?;
    // Last resort. Our own decoder of JPEG cannot panic; those of other crates are tested against hostile input, but
    // nobody has proved them. A panic here must cost the picture, not the letter.
    catch_unwind(AssertUnwindSafe(|| rebuild_as(kind, octets, budget))).unwrap_or(Err(Unfit::Broken))
}

/// The same for points alone: what a drawing holds may be no drawing.
fn rebuild_points(octets: &[u8], budget: &mut FileBudget) -> Result<Rebuilt, Unfit> {
    match kind(octets) {
        Some(Kind::Svg) | None => Err(Unfit::Unsupported),
        Some(kind) => rebuild_as(kind, octets, budget),
    }
}

/// The letters of a drawing, which its points do not show; nothing for any other picture.
pub(crate) fn letters(octets: &[u8], budget: &mut FileBudget) -> String {
    if kind(octets) != Some(Kind::Svg) {
        return String::new();
    }
    catch_unwind(AssertUnwindSafe(|| svg::words(octets, budget))).unwrap_or_default()
}

fn rebuild_as(kind: Kind, octets: &[u8], budget: &mut FileBudget) -> Result<Rebuilt, Unfit> {
    let still = |(mut raster, traces): (Raster, usize)| {
        raster.forget_unseen();
        still::rebuild(&raster, octets.len(), traces, Origin::Exact)
    };
    match kind {
        Kind::Jpeg => jpeg::rebuild(octets, budget),
        Kind::Gif => gif::rebuild(octets, budget),
        Kind::Webp => webp::rebuild(octets, budget),
        Kind::Png => png::decode(octets, budget).and_then(still),
        Kind::Tiff => tiff::decode(octets, budget).and_then(|raster| still((raster, 0))),
        Kind::Bmp => bmp::decode(octets, budget).and_then(|raster| still((raster, 0))),
        Kind::Ico => bmp::decode_ico(octets, budget).and_then(|raster| still((raster, 0))),
        Kind::Svg => svg::decode(octets, budget).and_then(|(mut raster, traces)| {
            raster.forget_unseen();
            // However short its text is: points of a drawing are sharp, and a photograph of them is not.
            still::rebuild(&raster, octets.len().max(raster.points().len()), traces, Origin::Exact)
        }),
        Kind::Other => Err(Unfit::Unsupported),
    }
}

/// Whether octets begin like one kind.
type Test = fn(&[u8]) -> bool;

/// The kind of a picture, told by its first octets and by nothing that anybody says about it.
fn kind(octets: &[u8]) -> Option<Kind> {
    let known: [(Test, Kind); 9] = [
        (jpeg::is_jpeg, Kind::Jpeg),
        (png::is_png, Kind::Png),
        (gif::is_gif, Kind::Gif),
        (webp::is_webp, Kind::Webp),
        (tiff::is_tiff, Kind::Tiff),
        (bmp::is_bmp, Kind::Bmp),
        (bmp::is_ico, Kind::Ico),
        (svg::is_svg, Kind::Svg),
        (is_other, Kind::Other),
    ];
    known.iter().find(|(is, _)| is(octets)).map(|(_, kind)| *kind)
}

fn is_other(octets: &[u8]) -> bool {
    // ISO base media (HEIC, AVIF): a box whose brand is one of pictures.
    let brand = octets.get(4..12).and_then(|start| start.strip_prefix(b"ftyp"));
    let is_brand = brand.is_some_and(|brand| {
        [&b"heic"[..], b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"jxl "].contains(&brand)
    });
    let starts: [&[u8]; 6] =
        [b"\xFF\x0A", b"\0\0\0\x0CJXL ", b"\0\0\0\x0CjP  ", b"8BPS", b"\xD7\xCD\xC6\x9A", b"\xFF\x4F\xFF\x51"];
    is_brand || starts.iter().any(|start| octets.starts_with(start))
}

#[cfg(test)]
pub(crate) mod tests;
