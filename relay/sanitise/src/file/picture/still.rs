//! Points that do not move, written as the kind that shows them well and stays small.

use super::super::{FileKind, Rebuilt, Unfit};
use super::raster::Raster;
use super::{jpeg, png};

/// What the points were before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Points without loss.
    Exact,
    /// A photograph that had lost something already.
    Photograph,
}

/// How many times as large as the original a picture may become.
const GROWTH: usize = 4;
/// No letter takes more than this for one picture.
const LARGE: usize = 8 << 20;

/// A picture as PNG, or as JPEG where PNG would be many times as large and nothing shines through.
pub(super) fn rebuild(raster: &Raster, original: usize, traces: usize, origin: Origin) -> Result<Rebuilt, Unfit> {
    let photograph = || Ok(Rebuilt { kind: FileKind::Jpeg, octets: jpeg::encode(raster)?, traces, replaced: 0 });
    if origin == Origin::Photograph && png::colours(raster).is_none() {
        return photograph();
    }
    let octets = png::encode(raster)?;
    let is_large = octets.len() > LARGE || octets.len() / GROWTH > original;
    if is_large
        && raster.is_opaque()
        && let Ok(smaller) = photograph()
        && smaller.octets.len() < octets.len() / 2
    {
        return Ok(smaller);
    }
    Ok(Rebuilt { kind: FileKind::Png, octets, traces, replaced: 0 })
}
