//! JPEG: read down to its coefficients, and written anew from them.

mod bits;
mod code;
mod colour;
mod dct;
mod frame;
mod huffman;
mod read;
mod samples;
mod scan;
mod tables;
mod write;

use super::super::{FileBudget, FileKind, Rebuilt, Unfit};
use super::orientation::Turn;
use super::raster::{POINTS, Raster};
use read::Colour;

/// Whether the octets begin like a JPEG.
pub(super) fn is_jpeg(octets: &[u8]) -> bool {
    octets.starts_with(&[0xFF, 0xD8, 0xFF])
}

/// A JPEG built anew.
///
/// The coefficients are carried over to our own quantisers, which costs neither the time nor the sharpness of
/// computing points. Points are computed only for colours other than brightness and differences, and for turns
/// that leave a part of a block at the left or upper edge.
pub(super) fn rebuild(octets: &[u8], budget: &mut FileBudget) -> Result<Rebuilt, Unfit> {
    let read = read::read(octets, budget)?;
    let (mut frame, turn, gains) = (read.frame, read.turn, read.gamut.gains());
    if read.colour != Colour::Differences {
        if frame.width * frame.height > POINTS {
            return Err(Unfit::TooLarge);
        }
        let mut raster = colour::raster(frame, read.colour)?;
        read.gamut.standardise(raster.points_mut());
        let octets = encode(&raster.turned(turn))?;
        return Ok(Rebuilt { kind: FileKind::Jpeg, octets, traces: read.traces, replaced: 0 });
    }
    samples::mirror(&mut frame, turn);
    let octets = write::write(&frame, turn, gains, octets.len());
    Ok(Rebuilt { kind: FileKind::Jpeg, octets, traces: read.traces, replaced: 0 })
}

/// The points of a picture as a JPEG; what shines through is lost.
pub(super) fn encode(raster: &Raster) -> Result<Vec<u8>, Unfit> {
    let frame = colour::frame(raster)?;
    Ok(write::write(&frame, Turn::default(), (1.0, 1.0), raster.points().len() / 4))
}

/// The point that a brightness and two differences stand for.
pub(super) fn rgb(levels: [u8; 3]) -> [u8; 4] {
    let [red, green, blue] = colour::rgb(levels);
    [red, green, blue, u8::MAX]
}
