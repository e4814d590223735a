//! TIFF: scans and faxes, whose pages are put one below the other.

use super::super::{FileBudget, Unfit};
use super::orientation::Turn;
use super::raster::Raster;
use std::io::Cursor;
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;

/// Whether the octets begin like a TIFF.
pub(super) fn is_tiff(octets: &[u8]) -> bool {
    [&b"II*\0"[..], b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|start| octets.starts_with(start))
}

type Source<'o> = Decoder<Cursor<&'o [u8]>>;

/// Pages beyond this many are left out of reach.
const PAGES: usize = 100;

/// The points of all pages the right way up.
pub(super) fn decode(octets: &[u8], budget: &mut FileBudget) -> Result<Raster, Unfit> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = 256 << 20;
    limits.intermediate_buffer_size = 64 << 20;
    let mut source = Decoder::new(Cursor::new(octets)).map_err(|_| Unfit::Broken)?.with_limits(limits);
    let mut whole: Option<Raster> = None;
    for _ in 0..PAGES {
        budget.take_entries(1)?;
        // Bit 0 marks a smaller copy of another page.
        let is_copy =
            source.find_tag_unsigned::<u32>(Tag::NewSubfileType).ok().flatten().is_some_and(|bits| bits & 1 == 1);
        if !is_copy {
            whole = Some(match (page(&mut source, octets.len(), budget), whole) {
                (Ok(page), None) => page,
                (Ok(page), Some(above)) => above.stacked(&page)?,
                (Err(unfit), _) => return Err(unfit),
            });
        }
        if !source.more_images() || source.next_image().is_err() {
            break;
        }
    }
    whole.ok_or(Unfit::Broken)
}

fn page(source: &mut Source, length: usize, budget: &mut FileBudget) -> Result<Raster, Unfit> {
    let (width, height) = source.dimensions().map_err(|_| Unfit::Broken)?;
    budget.take_pixels(width, height)?;
    let size = |size: u32| usize::try_from(size).map_err(|_| Unfit::TooLarge);
    let mut raster = Raster::new(size(width)?, size(height)?)?;
    check_strips(source, length)?;
    let colour = source.colortype().map_err(|_| Unfit::Unsupported)?;
    let planes = source.find_tag_unsigned::<u16>(Tag::PlanarConfiguration).ok().flatten();
    if planes == Some(2) && !matches!(colour, ColorType::Gray(_)) {
        return Err(Unfit::Unsupported);
    }
    let orientation = source.find_tag_unsigned::<u32>(Tag::Orientation).ok().flatten().unwrap_or(1);
    let read = source.read_image().map_err(|error| match error {
        tiff::TiffError::UnsupportedError(_) => Unfit::Unsupported,
        tiff::TiffError::LimitsExceeded => Unfit::TooLarge,
        _ => Unfit::Broken,
    })?;
    let samples = match read {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|sample| (sample >> 8) as u8).collect(),
        _ => return Err(Unfit::Unsupported),
    };
    let depth = colour.bit_depth();
    let count = usize::from(colour.num_samples());
    let stride =
        if depth < 8 { (raster.width() * count * usize::from(depth)).div_ceil(8) } else { raster.width() * count };
    for (row, samples) in raster.rows_mut().zip(samples.chunks(stride.max(1))) {
        let samples = if depth < 8 { unpacked(samples, depth) } else { samples.to_vec() };
        for (point, samples) in row.iter_mut().zip(samples.chunks(count.max(1))) {
            *point = shown(samples, colour)?;
        }
    }
    Ok(raster.turned(Turn::of_exif(orientation)))
}

/// Strips may share octets, so that a small file takes for ever: together they may not be much larger than the file.
fn check_strips(source: &mut Source, length: usize) -> Result<(), Unfit> {
    for tag in [Tag::StripByteCounts, Tag::TileByteCounts] {
        let counts = source.get_tag_u64_vec(tag).unwrap_or_default();
        let sum = counts.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
        if usize::try_from(sum).map_or(true, |sum| sum / 2 > length) {
            return Err(Unfit::Broken);
        }
    }
    Ok(())
}

/// Samples of fewer than eight bits, one octet each.
fn unpacked(octets: &[u8], depth: u8) -> Vec<u8> {
    let depth = u32::from(depth).clamp(1, 7);
    let per_octet = 8 / depth;
    let mask = (1_u16 << depth) - 1;
    octets
        .iter()
        .flat_map(|octet| (1..=per_octet).map(move |slot| (u16::from(*octet) >> (8 - depth * slot) & mask) as u8))
        .collect()
}

fn shown(samples: &[u8], colour: ColorType) -> Result<[u8; 4], Unfit> {
    // A level of fewer than eight bits, stretched to all of them.
    let full =
        |level: u8, depth: u8| if depth < 8 { (u16::from(level) * 255 / ((1 << depth) - 1)) as u8 } else { level };
    Ok(match (colour, samples) {
        (ColorType::Gray(depth), [grey]) => {
            let grey = full(*grey, depth);
            [grey, grey, grey, u8::MAX]
        }
        (ColorType::GrayA(_), [grey, opacity]) => [*grey, *grey, *grey, *opacity],
        (ColorType::RGB(depth), [red, green, blue]) => {
            [full(*red, depth), full(*green, depth), full(*blue, depth), u8::MAX]
        }
        (ColorType::RGBA(_), [red, green, blue, opacity]) => [*red, *green, *blue, *opacity],
        (ColorType::YCbCr(_), &[y, cb, cr]) => super::jpeg::rgb([y, cb, cr]),
        (ColorType::CMYK(_), [cyan, magenta, yellow, black]) => {
            let [red, green, blue] =
                [cyan, magenta, yellow].map(|ink| (u16::from(!ink) * u16::from(!black) / 255) as u8);
            [red, green, blue, u8::MAX]
        }
        _ => return Err(Unfit::Unsupported),
    })
}
