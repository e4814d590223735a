//! PNG: its points read row by row, and written in the smallest form that shows the same.

use super::super::{FileBudget, Unfit};
use super::orientation::{Turn, turn_of};
use super::profile::Gamut;
use super::raster::Raster;
use png::{BitDepth, ColorType, Decoder, DeflateCompression, Encoder, Filter, InterlaceInfo, Limits, Transformations};
use std::collections::{HashMap, HashSet};
use std::io::Cursor;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Whether the octets begin like a PNG.
pub(super) fn is_png(octets: &[u8]) -> bool {
    octets.starts_with(SIGNATURE)
}

/// The points of a PNG the right way up, and how many chunks said anything else.
pub(super) fn decode(octets: &[u8], budget: &mut FileBudget) -> Result<(Raster, usize), Unfit> {
    // Bounds what a chunk other than those of the points may unpack to.
    let mut decoder = Decoder::new_with_limits(Cursor::new(octets), Limits { bytes: 16 << 20 });
    decoder.set_ignore_text_chunk(true);
    decoder.ignore_checksums(true);
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let header = decoder.read_header_info().map_err(|_| Unfit::Broken)?;
    let (width, height) = (header.width, header.height);
    budget.take_pixels(width, height)?;
    let mut reader = decoder.read_info().map_err(|_| Unfit::Broken)?;
    let mut raster = sized(width, height)?;
    let has_colour = reader.output_color_type() == (ColorType::Rgba, BitDepth::Eight);
    let stride = raster.width() * 4;
    let (mut points, mut line, mut next) = (0, Vec::with_capacity(stride), 0);
    // A fault ends the loop: what is there by then is what there is.
    while let Ok(Some(row)) = reader.next_interlaced_row() {
        line.clear();
        if has_colour {
            line.extend(row.data());
        } else {
            line.extend(row.data().as_chunks().0.iter().flat_map(|&[grey, opacity]| [grey, grey, grey, opacity]));
        }
        points += line.len() / 4;
        let all = raster.points_mut().as_flattened_mut();
        match row.interlace() {
            InterlaceInfo::Null(_) => {
                all.iter_mut().skip(next).zip(&line).for_each(|(to, from)| *to = *from);
                next += stride;
            }
            InterlaceInfo::Adam7(pass) => png::expand_interlaced_row(all, stride, &line, pass, 32),
        }
    }
    if points * 2 < raster.points().len() {
        return Err(Unfit::Broken);
    }
    let said = Said::by(octets);
    let profile = reader.info().icc_profile.as_deref();
    profile.map_or(Gamut::Standard, Gamut::of_profile).standardise(raster.points_mut());
    Ok((raster.turned(said.turn), said.traces))
}

fn sized(width: u32, height: u32) -> Result<Raster, Unfit> {
    let size = |size: u32| usize::try_from(size).map_err(|_| Unfit::TooLarge);
    Raster::new(size(width)?, size(height)?)
}

/// What the chunks say beside the points.
#[derive(Default)]
struct Said {
    turn: Turn,
    traces: usize,
}

impl Said {
    fn by(octets: &[u8]) -> Self {
        let mut said = Self::default();
        let mut rest = octets.get(SIGNATURE.len()..).unwrap_or_default();
        while let Some((head, after)) = rest.split_first_chunk::<8>() {
            let [l0, l1, l2, l3, name @ ..] = *head;
            let length = usize::try_from(u32::from_be_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
            if &name == b"eXIf" {
                said.turn = turn_of(after.get(..length).unwrap_or_default()).unwrap_or_default();
            }
            said.traces += usize::from(!matches!(&name, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND"));
            // Four more octets are the checksum.
            rest = after.get(length.saturating_add(4)..).unwrap_or_default();
            if &name == b"IEND" {
                said.traces += usize::from(!rest.is_empty());
                break;
            }
        }
        said
    }
}

/// The smallest PNG of some forms that shows a picture.
pub(super) fn encode(raster: &Raster) -> Result<Vec<u8>, Unfit> {
    let form = Form::of(raster);
    let sized = |size: usize| u32::try_from(size).map_err(|_| Unfit::TooLarge);
    let mut octets = Vec::new();
    let mut encoder = Encoder::new(&mut octets, sized(raster.width())?, sized(raster.height())?);
    let samples = form.samples(raster);
    match &form {
        Form::Palette { colours, depth } => {
            encoder.set_color(ColorType::Indexed);
            encoder.set_depth(*depth);
            encoder.set_palette(
                colours.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect::<Vec<u8>>(),
            );
            if colours.iter().any(|colour| colour[3] != u8::MAX) {
                encoder.set_trns(colours.iter().map(|colour| colour[3]).collect::<Vec<u8>>());
            }
        }
        Form::Grey => encoder.set_color(ColorType::Grayscale),
        Form::Rgb => encoder.set_color(ColorType::Rgb),
        Form::Rgba => encoder.set_color(ColorType::Rgba),
    }
    // The second level is six times as fast as the sixth, and five octets in a hundred larger.
    encoder.set_deflate_compression(DeflateCompression::Level(2));
    let is_indexed = matches!(form, Form::Palette { .. });
    encoder.set_filter(if is_indexed { Filter::NoFilter } else { Filter::Adaptive });
    let mut writer = encoder.write_header().map_err(|_| Unfit::Broken)?;
    writer.write_image_data(&samples).map_err(|_| Unfit::Broken)?;
    writer.finish().map_err(|_| Unfit::Broken)?;
    Ok(octets)
}

/// In which form the points are written.
enum Form {
    Palette { colours: Vec<[u8; 4]>, depth: BitDepth },
    Grey,
    Rgb,
    Rgba,
}

impl Form {
    fn of(raster: &Raster) -> Self {
        let is_plain = raster.is_opaque() && raster.is_grey();
        if let Some(mut colours) = colours(raster).filter(|colours| !is_plain || colours.len() <= 16) {
            // In order of their values, so that nothing is told by their places.
            colours.sort_unstable_by_key(|colour| (colour[3], *colour));
            let depth = match colours.len() {
                0..=2 => BitDepth::One,
                3..=4 => BitDepth::Two,
                5..=16 => BitDepth::Four,
                _ => BitDepth::Eight,
            };
            return Self::Palette { colours, depth };
        }
        if is_plain {
            Self::Grey
        } else if raster.is_opaque() {
            Self::Rgb
        } else {
            Self::Rgba
        }
    }

    fn samples(&self, raster: &Raster) -> Vec<u8> {
        let points = raster.points();
        match self {
            Self::Palette { colours, depth } => {
                let places: HashMap<[u8; 4], u8> = colours.iter().copied().zip(0..=u8::MAX).collect();
                let bits = *depth as usize;
                // Neighbours are mostly equal: most of them need not be looked up.
                let mut last = ([0; 4], places.get(&[0; 4]).copied().unwrap_or_default());
                let mut place = |point: &[u8; 4]| {
                    if last.0 != *point {
                        last = (*point, places.get(point).copied().unwrap_or_default());
                    }
                    last.1
                };
                let mut samples = Vec::with_capacity(points.len() * bits / 8 + raster.height());
                for row in points.chunks(raster.width()) {
                    samples.extend(row.chunks(8 / bits).map(|points| {
                        points.iter().zip(1..).fold(0, |octet, (point, slot)| octet | place(point) << (8 - bits * slot))
                    }));
                }
                samples
            }
            Self::Grey => points.iter().map(|point| point[0]).collect(),
            Self::Rgb => points.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect(),
            Self::Rgba => points.as_flattened().to_vec(),
        }
    }
}

/// All colours of a picture, unless they are too many for a palette.
pub(super) fn colours(raster: &Raster) -> Option<Vec<[u8; 4]>> {
    let mut colours = HashSet::new();
    let mut last = None;
    for point in raster.points() {
        if last != Some(point) {
            last = Some(point);
            colours.insert(*point);
            if colours.len() > 256 {
                return None;
            }
        }
    }
    Some(colours.into_iter().collect())
}
