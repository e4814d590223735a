//! WebP: its points, moving or not, written without loss where they were no photograph.

use super::super::{FileBudget, FileKind, Rebuilt, Unfit};
use super::orientation::{Turn, turn_of};
use super::profile::Gamut;
use super::raster::Raster;
use super::still;
use image_webp::{ColorType, LoopCount, WebPDecoder, WebPEncoder};
use std::io::Cursor;

/// Whether the octets begin like a WebP.
pub(super) fn is_webp(octets: &[u8]) -> bool {
    octets.starts_with(b"RIFF") && octets.get(8..).is_some_and(|rest| rest.starts_with(b"WEBP"))
}

type Source<'o> = WebPDecoder<Cursor<&'o [u8]>>;

/// A WebP built anew, perhaps as another kind.
pub(super) fn rebuild(octets: &[u8], budget: &mut FileBudget) -> Result<Rebuilt, Unfit> {
    let said = Said::by(octets);
    let mut source = WebPDecoder::new(Cursor::new(octets)).map_err(|_| Unfit::Broken)?;
    source.set_memory_limit(256 << 20);
    if source.is_animated() {
        // Nobody who shows pictures fills the ground with the colour that a file proposes.
        source.set_background_color([0; 4]).map_err(|_| Unfit::Broken)?;
    }
    let size = source.dimensions();
    // The decoder computes a frame before it compares its size with that of the picture.
    if said.largest.0 > size.0 || said.largest.1 > size.1 {
        return Err(Unfit::Broken);
    }
    if source.is_animated() {
        let octets = moving(&mut source, &said, budget)?;
        return Ok(Rebuilt { kind: FileKind::Webp, octets, traces: said.traces, replaced: 0 });
    }
    budget.take_pixels(size.0, size.1)?;
    let mut raster = blank(size)?;
    let is_lossy = source.is_lossy();
    let mut points = vec![0; source.output_buffer_size().ok_or(Unfit::TooLarge)?];
    source.read_image(&mut points).map_err(|_| Unfit::Broken)?;
    fill(&mut raster, &points, source.has_alpha());
    drop(points);
    said.gamut.standardise(raster.points_mut());
    raster = raster.turned(said.turn);
    raster.forget_unseen();
    if is_lossy && raster.is_opaque() {
        // A photograph, which would be many times as large without loss.
        return still::rebuild(&raster, octets.len(), said.traces, still::Origin::Photograph);
    }
    let octets = lossless(raster.points(), raster.width())?;
    Ok(Rebuilt { kind: FileKind::Webp, octets, traces: said.traces, replaced: 0 })
}

fn blank((width, height): (u32, u32)) -> Result<Raster, Unfit> {
    let size = |size: u32| usize::try_from(size).map_err(|_| Unfit::TooLarge);
    Raster::new(size(width)?, size(height)?)
}

fn fill(raster: &mut Raster, points: &[u8], has_opacity: bool) {
    let to = raster.points_mut().iter_mut();
    if has_opacity {
        to.zip(points.as_chunks().0).for_each(|(to, from)| *to = *from);
    } else {
        to.zip(points.as_chunks().0).for_each(|(to, &[red, green, blue])| *to = [red, green, blue, u8::MAX]);
    }
}

/// What stands in the chunks beside the points.
#[derive(Default)]
struct Said {
    turn: Turn,
    gamut: Gamut,
    traces: usize,
    /// The largest width and height that any lossy frame claims.
    largest: (u32, u32),
}

impl Said {
    fn by(octets: &[u8]) -> Self {
        let mut said = Self::default();
        let announced = octets.get(4..).and_then(<[u8]>::first_chunk).map_or(0, |size| u32::from_le_bytes(*size));
        let end = usize::try_from(announced).unwrap_or(usize::MAX).saturating_add(8).min(octets.len());
        said.traces += usize::from(octets.len() > end.saturating_add(1));
        said.chunks(octets.get(12..end).unwrap_or_default());
        said
    }

    fn chunks(&mut self, mut rest: &[u8]) {
        while let Some((head, after)) = rest.split_first_chunk::<8>() {
            let [name @ .., l0, l1, l2, l3] = *head;
            let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
            let content = after.get(..length).unwrap_or(after);
            match &name {
                b"EXIF" => {
                    self.turn = turn_of(content.strip_prefix(b"Exif\0\0").unwrap_or(content)).unwrap_or_default();
                }
                b"ICCP" => self.gamut = Gamut::of_profile(content),
                // A frame is sixteen octets and chunks of its own, none of which is a frame.
                b"ANMF" => content
                    .get(16..)
                    .filter(|inner| !inner.starts_with(b"ANMF"))
                    .iter()
                    .for_each(|inner| self.lossy(inner)),
                _ => {}
            }
            self.lossy(rest);
            self.traces += usize::from(!matches!(&name, b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF"));
            rest = after.get(length.saturating_add(length & 1)..).unwrap_or_default();
        }
    }

    /// Notes the size that a lossy frame claims: fourteen bits each behind six octets (RFC 6386, section 9.1).
    fn lossy(&mut self, chunks: &[u8]) {
        let mut rest = chunks;
        if rest.starts_with(b"ALPH") {
            let length = rest.get(4..).and_then(<[u8]>::first_chunk).map_or(0, |length| u32::from_le_bytes(*length));
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            rest = rest.get(8_usize.saturating_add(length).saturating_add(length & 1)..).unwrap_or_default();
        }
        if let (true, Some(&[w0, w1, h0, h1])) =
            (rest.starts_with(b"VP8 "), rest.get(14..).and_then(<[u8]>::first_chunk))
        {
            let size = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
            self.largest = (self.largest.0.max(size(w0, w1)), self.largest.1.max(size(h0, h1)));
        }
    }
}

/// Points as a whole WebP without loss.
fn lossless(points: &[[u8; 4]], width: usize) -> Result<Vec<u8>, Unfit> {
    let sized = |size: usize| u32::try_from(size).map_err(|_| Unfit::TooLarge);
    let mut octets = Vec::new();
    let (across, down) = (sized(width)?, sized(points.len() / width.max(1))?);
    WebPEncoder::new(&mut octets)
        .encode(points.as_flattened(), across, down, ColorType::Rgba8)
        .map_err(|_| Unfit::TooLarge)?;
    Ok(octets)
}

/// Where the chunk of points begins in a WebP that was just written.
const POINTS: usize = 12;
/// Beyond this size a moving picture ends.
const LARGE: usize = 16 << 20;

/// A moving picture: of each frame that part which differs from the frame before.
fn moving(source: &mut Source, said: &Said, budget: &mut FileBudget) -> Result<Vec<u8>, Unfit> {
    let (width, height) = source.dimensions();
    let mut chunks = Vec::new();
    let times = match source.loop_count() {
        LoopCount::Forever => 0,
        LoopCount::Times(times) => times.get(),
    };
    let [low, high] = times.to_le_bytes();
    chunk(&mut chunks, *b"ANIM", &[0, 0, 0, 0, low, high]);
    let mut before: Option<Raster> = None;
    for _ in 0..source.num_frames() {
        budget.take_entries(1)?;
        budget.take_pixels(width, height)?;
        let mut points = vec![0; source.output_buffer_size().ok_or(Unfit::TooLarge)?];
        let Ok(duration) = source.read_frame(&mut points) else { break };
        let mut raster = blank((width, height))?;
        fill(&mut raster, &points, source.has_alpha());
        said.gamut.standardise(raster.points_mut());
        raster.forget_unseen();
        let part = Part::changed(before.as_ref(), &raster);
        chunk(&mut chunks, *b"ANMF", &part.frame(&raster, duration)?);
        before = Some(raster);
        if chunks.len() > LARGE {
            break;
        }
    }
    before.ok_or(Unfit::Broken)?;
    let three = |size: u32| size.to_le_bytes().into_iter().take(3);
    let mut octets = b"RIFF\0\0\0\0WEBP".to_vec();
    // The flags say that it moves, and that something may shine through.
    let head: Vec<u8> = [0x12, 0, 0, 0].into_iter().chain(three(width - 1)).chain(three(height - 1)).collect();
    chunk(&mut octets, *b"VP8X", &head);
    octets.extend(chunks);
    let size = u32::try_from(octets.len() - 8).map_err(|_| Unfit::TooLarge)?;
    octets.iter_mut().skip(4).zip(size.to_le_bytes()).for_each(|(to, from)| *to = from);
    Ok(octets)
}

/// Writes a chunk, filled up to an even length.
fn chunk(octets: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    octets.extend(name);
    octets.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    octets.extend(content);
    if !content.len().is_multiple_of(2) {
        octets.push(0);
    }
}

/// A part of a frame: the first column and row are even, the others lie behind it.
struct Part {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Part {
    fn changed(before: Option<&Raster>, now: &Raster) -> Self {
        let whole = Self { left: 0, top: 0, right: now.width(), bottom: now.height() };
        let Some(before) = before else { return whole };
        let mut part = Self { left: usize::MAX, top: usize::MAX, right: 0, bottom: 0 };
        let rows = before.points().chunks(now.width()).zip(now.points().chunks(now.width()));
        for (y, (old, new)) in rows.enumerate() {
            let Some(first) = old.iter().zip(new).position(|(old, new)| old != new) else { continue };
            let last = old.iter().zip(new).rposition(|(old, new)| old != new).unwrap_or(first);
            part.left = part.left.min(first);
            part.right = part.right.max(last + 1);
            part.top = part.top.min(y);
            part.bottom = y + 1;
        }
        if part.right == 0 {
            return Self { left: 0, top: 0, right: 1, bottom: 1 };
        }
        Self { left: part.left & !1, top: part.top & !1, ..part }
    }

    /// The content of its chunk.
    fn frame(&self, raster: &Raster, duration: u32) -> Result<Vec<u8>, Unfit> {
        let (across, down) = (self.right - self.left, self.bottom - self.top);
        let points: Vec<[u8; 4]> = raster
            .points()
            .chunks(raster.width())
            .skip(self.top)
            .take(down)
            .flat_map(|row| row.iter().skip(self.left).take(across))
            .copied()
            .collect();
        let numbers = [self.left / 2, self.top / 2, across - 1, down - 1];
        let mut content = Vec::new();
        for number in numbers.map(|number| u32::try_from(number).unwrap_or(0)).into_iter().chain([duration]) {
            content.extend(number.to_le_bytes().into_iter().take(3));
        }
        // The part takes the place of what was there, and stays.
        content.push(0b10);
        content.extend(lossless(&points, across)?.get(POINTS..).unwrap_or_default());
        Ok(content)
    }
}
