//! Pictures inside documents: built anew like any other, or an empty one where that cannot be.

use super::super::{FileBudget, Rebuilt, Unfit};

/// What stands for a picture in the new document.
pub(crate) struct Picture {
    pub(crate) octets: Vec<u8>,
    pub(crate) ending: &'static str,
    pub(crate) media_type: &'static str,
    /// Traces that were left out, the picture itself when it was.
    pub(crate) traces: usize,
}

/// One transparent pixel: it takes the place and the size of what cannot be shown.
const PIXEL: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\
      \x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0b\x49\x44\x41\x54\x78\xda\x63\x60\x00\x02\x00\
      \x00\x05\x00\x01\xe9\xfa\xdc\xd8\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// Builds a picture anew. One that would cost too much makes the whole document too large.
pub(crate) fn rebuilt(octets: &[u8], budget: &mut FileBudget) -> Result<Picture, Unfit> {
    let pixel = |traces| Picture { octets: PIXEL.to_vec(), ending: "png", media_type: "image/png", traces };
    if octets == PIXEL {
        return Ok(pixel(0));
    }
    match super::super::picture::rebuild(octets, budget) {
        Ok(Rebuilt { kind, octets, traces, .. }) => {
            Ok(Picture { octets, ending: kind.ending(), media_type: kind.media_type(), traces })
        }
        Err(Unfit::TooLarge) => Err(Unfit::TooLarge),
        Err(_) => Ok(pixel(1)),
    }
}
