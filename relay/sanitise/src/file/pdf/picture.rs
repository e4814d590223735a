//! Pictures: their samples as they are, and nothing of what cameras and programmes wrote around them.

use super::build::Builder;
use super::colour;
use super::filter::{self, Filter};
use super::object::{Dict, Object, Stream};
use super::role::Role;
use super::write::Made;
use super::{jbig2, jpeg, jpeg2000, predictor};
use crate::file::Unfit;
use std::rc::Rc;

/// Samples per pixel that a budget of pixels reckons with.
const SAMPLES: usize = 3;

/// A picture's own format without what only tells where it comes from.
pub(super) fn clean(kind: Filter, octets: &[u8], traces: &mut usize) -> Option<Vec<u8>> {
    match kind {
        Filter::Jpeg => jpeg::clean(octets, traces),
        Filter::Jpeg2000 => jpeg2000::clean(octets, traces),
        Filter::Jbig2 => jbig2::clean(octets, traces),
        _ => Some(octets.to_vec()),
    }
}

/// The parameters that a picture's format has.
pub(super) fn params(kind: Filter, params: &Dict) -> Dict {
    let keys: &[&str] = match kind {
        Filter::Jpeg => &["ColorTransform"],
        Filter::Fax => &[
            "K",
            "EndOfLine",
            "EncodedByteAlign",
            "Columns",
            "Rows",
            "EndOfBlock",
            "BlackIs1",
            "DamagedRowsBeforeError",
        ],
        Filter::Flate => &["Predictor", "Colors", "BitsPerComponent", "Columns"],
        _ => &[],
    };
    let mut kept = Dict::default();
    for key in keys {
        if let Some(value) = params.get(key).filter(|value| value.is_scalar()) {
            kept.set(key, value.clone());
        }
    }
    kept
}

impl Builder<'_, '_> {
    /// A picture object. Its mask is a picture as well.
    pub(super) fn image(&mut self, stream: &Stream, within: &Rc<Dict>) -> Result<Option<Made>, Unfit> {
        let mut dict = self.fields(&stream.dict, Role::Image, within)?;
        dict.set("Subtype", Object::name("Image"));
        let Some(filters) = self.source.filters(&stream.dict)? else { return Ok(None) };
        if filters.iter().any(|(filter, _)| filter.is_picture()) {
            return self.coded(stream, dict, within);
        }
        let length = colour::picture_length(self.source, &stream.dict)?;
        if let [(Filter::Flate, old)] = filters.as_slice() {
            let raw = self.source.raw(stream);
            let expected = length.map(|length| predictor::packed_length(length, old));
            let limit = expected.unwrap_or_else(|| self.source.budget().octets_left());
            if let Some(used) = filter::measure(&raw, limit) {
                self.take_pixels(used.plain)?;
                dict.set("Filter", Object::name("FlateDecode"));
                let kept = params(Filter::Flate, old);
                if !kept.is_empty() {
                    dict.set("DecodeParms", Object::Dict(kept));
                }
                return Ok(Some(Made::Stream(dict, raw.get(..used.packed).unwrap_or_default().to_vec())));
            }
        }
        let mut octets = self.source.unpack(stream)?.octets;
        // What lies behind the last row is not seen by anybody who looks at the picture.
        octets.truncate(length.unwrap_or(usize::MAX));
        Ok(Some(super::data::packed(dict, &octets)))
    }

    fn take_pixels(&self, octets: usize) -> Result<(), Unfit> {
        let pixels = u32::try_from(octets / SAMPLES).map_err(|_| Unfit::TooLarge)?;
        self.source.budget().take_pixels(pixels, 1)
    }

    fn coded(&mut self, stream: &Stream, mut dict: Dict, within: &Rc<Dict>) -> Result<Option<Made>, Unfit> {
        let unpacked = self.source.unpack(stream)?;
        let Some((kind, old)) = unpacked.picture else { return Ok(None) };
        let Some(octets) = clean(kind, &unpacked.octets, &mut self.traces) else { return Ok(None) };
        let mut kept = params(kind, &old);
        if kind == Filter::Jbig2
            && let Some(globals) = self.jbig2_globals(stream, within)?
        {
            kept.set("JBIG2Globals", globals);
        }
        dict.set(
            "Filter",
            Object::name(match kind {
                Filter::Jpeg => "DCTDecode",
                Filter::Jpeg2000 => "JPXDecode",
                Filter::Jbig2 => "JBIG2Decode",
                _ => "CCITTFaxDecode",
            }),
        );
        if !kept.is_empty() {
            dict.set("DecodeParms", Object::Dict(kept));
        }
        Ok(Some(Made::Stream(dict, octets)))
    }

    fn jbig2_globals(&mut self, stream: &Stream, within: &Rc<Dict>) -> Result<Option<Object>, Unfit> {
        let params = self.source.value(&stream.dict, "DecodeParms")?;
        let candidates = match &*params {
            Object::Array(items) => items.clone(),
            one => vec![one.clone()],
        };
        for candidate in candidates.iter().take(8) {
            let held = self.source.resolve(candidate)?;
            if let Some(globals) = held.as_dict().and_then(|dict| dict.get("JBIG2Globals")) {
                let copy = self.copy(globals, Role::Octets, within)?;
                return Ok((copy != Object::Null).then_some(copy));
            }
        }
        Ok(None)
    }
}
