//! BMP and ICO: the plain points of Windows.

use super::super::{FileBudget, Unfit};
use super::png;
use super::raster::Raster;

/// Whether the octets begin like a BMP.
pub(super) fn is_bmp(octets: &[u8]) -> bool {
    octets.starts_with(b"BM") && octets.len() > 26 && matches!(long(octets, 14), Some(12 | 40..=124))
}

/// Whether the octets begin like an ICO with at least one picture.
pub(super) fn is_ico(octets: &[u8]) -> bool {
    octets.starts_with(b"\0\0\x01\0")
        && octets.get(4..6).is_some_and(|count| count != [0, 0])
        && octets.get(9) == Some(&0)
}

/// The points of a BMP.
pub(super) fn decode(octets: &[u8], budget: &mut FileBudget) -> Result<Raster, Unfit> {
    let header = octets.get(14..).ok_or(Unfit::Broken)?;
    let start = long(octets, 10).and_then(|at| usize::try_from(at).ok()).ok_or(Unfit::Broken)?;
    let bitmap = Bitmap::read(header)?;
    let points = octets.get(start..).ok_or(Unfit::Broken)?;
    bitmap.raster(header, points, budget)
}

/// The points of the largest picture of an ICO.
pub(super) fn decode_ico(octets: &[u8], budget: &mut FileBudget) -> Result<Raster, Unfit> {
    let count = octets.get(4..).and_then(<[u8]>::first_chunk).map_or(0, |two| usize::from(u16::from_le_bytes(*two)));
    let entries = octets.get(6..).unwrap_or_default().as_chunks::<16>().0.iter().take(count);
    // A width of zero means 256.
    let entry = entries.max_by_key(|entry| (entry[0].wrapping_sub(1), entry[6])).ok_or(Unfit::Broken)?;
    let start = long(entry, 12).and_then(|at| usize::try_from(at).ok()).ok_or(Unfit::Broken)?;
    let content = octets.get(start..).ok_or(Unfit::Broken)?;
    if png::is_png(content) {
        return Ok(png::decode(content, budget)?.0);
    }
    let mut bitmap = Bitmap::read(content)?;
    // Below the points stands a mask of the same size.
    bitmap.height /= 2;
    let start = bitmap.header + bitmap.palette * bitmap.entry;
    let points = content.get(start..).ok_or(Unfit::Broken)?;
    let mut raster = bitmap.raster(content, points, budget)?;
    let stride = |bits: usize| (bitmap.width * bits).div_ceil(32) * 4;
    if bitmap.bits == 32 {
        let opacities = points.as_chunks::<4>().0.iter().take(raster.points().len()).map(|point| point[3]);
        if opacities.clone().any(|opacity| opacity != 0) {
            bitmap.place(&mut raster, opacities, |point, opacity| point[3] = opacity);
        }
        return Ok(raster);
    }
    let mask = points.get(stride(bitmap.bits) * bitmap.height..).unwrap_or_default();
    let bits = mask
        .chunks(stride(1).max(1))
        .flat_map(|row| (0..bitmap.width).map(move |x| row.get(x / 8).map_or(0, |octet| octet >> (7 - x % 8) & 1)));
    bitmap.place(&mut raster, bits, |point, bit| point[3] = if bit == 1 { 0 } else { point[3] });
    Ok(raster)
}

/// What the header of a bitmap says.
struct Bitmap {
    header: usize,
    width: usize,
    height: usize,
    /// Whether its first row is the uppermost.
    down: bool,
    bits: usize,
    packing: u32,
    /// How many colours its palette has, and how many octets each of them takes.
    palette: usize,
    entry: usize,
}

impl Bitmap {
    fn read(header: &[u8]) -> Result<Self, Unfit> {
        let short = |at: usize| header.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two));
        let field = |at: usize| long(header, at).ok_or(Unfit::Broken);
        let size = field(0)?;
        let is_old = size == 12;
        let (width, height, bits) = if is_old {
            (short(4).map(i32::from), short(6).map(i32::from), short(10))
        } else {
            (Some(field(4)?.cast_signed()), Some(field(8)?.cast_signed()), short(14))
        };
        let (Some(width), Some(height), Some(bits)) = (width, height, bits) else { return Err(Unfit::Broken) };
        let bits = usize::from(bits);
        let colours = if is_old { 0 } else { field(32).unwrap_or(0).min(256) };
        let palette = match (bits, colours) {
            (1 | 4 | 8, 0) => 1 << bits,
            (1 | 4 | 8, colours) => usize::try_from(colours).unwrap_or(0),
            _ => 0,
        };
        Ok(Self {
            header: usize::try_from(size).map_err(|_| Unfit::Broken)?,
            width: usize::try_from(width).map_err(|_| Unfit::Broken)?,
            height: usize::try_from(height.unsigned_abs()).map_err(|_| Unfit::Broken)?,
            down: height < 0,
            bits,
            packing: if is_old { 0 } else { field(16)? },
            palette,
            entry: if is_old { 3 } else { 4 },
        })
    }

    fn raster(&self, header: &[u8], points: &[u8], budget: &mut FileBudget) -> Result<Raster, Unfit> {
        let sized = |size: usize| u32::try_from(size).map_err(|_| Unfit::TooLarge);
        budget.take_pixels(sized(self.width)?, sized(self.height)?)?;
        let mut raster = Raster::new(self.width, self.height)?;
        raster.points_mut().fill([0, 0, 0, u8::MAX]);
        let palette: Vec<[u8; 4]> = header
            .get(self.header..)
            .unwrap_or_default()
            .chunks_exact(self.entry)
            .take(self.palette)
            .map(|entry| [entry[2], entry[1], entry[0], u8::MAX])
            .collect();
        let coloured = |index: u8| palette.get(usize::from(index)).copied().unwrap_or([0, 0, 0, u8::MAX]);
        match (self.bits, self.packing) {
            (1 | 4 | 8, 0) => {
                let indices = self.rows(points)?.flat_map(|row| self.indices(row));
                self.place(&mut raster, indices, |point, index| *point = coloured(index));
            }
            (4 | 8, 1 | 2) => {
                let indices = run_lengths(points, self.bits == 4, self.width, self.height).into_iter();
                self.place(&mut raster, indices, |point, index| *point = coloured(index));
            }
            (24, 0) => {
                let colours = self.rows(points)?.flat_map(|row| row.as_chunks::<3>().0.iter().take(self.width));
                self.place(&mut raster, colours, |point, &[blue, green, red]| *point = [red, green, blue, u8::MAX]);
            }
            (16 | 32, 0 | 3 | 6) => {
                let masks = self.masks(header);
                let values = self
                    .rows(points)?
                    .flat_map(|row| row.chunks_exact(self.bits / 8).take(self.width))
                    .map(|octets| octets.iter().rev().fold(0_u32, |value, octet| value << 8 | u32::from(*octet)));
                self.place(&mut raster, values, |point, value| *point = masked(value, masks));
            }
            _ => return Err(Unfit::Unsupported),
        }
        Ok(raster)
    }

    /// The rows of points, of which at least half must be there.
    fn rows<'o>(&self, points: &'o [u8]) -> Result<impl Iterator<Item = &'o [u8]> + use<'o>, Unfit> {
        let stride = (self.width * self.bits).div_ceil(32) * 4;
        if points.len() < stride * self.height / 2 {
            return Err(Unfit::Broken);
        }
        Ok(points.chunks_exact(stride.max(1)).take(self.height))
    }

    fn indices<'o>(&self, row: &'o [u8]) -> impl Iterator<Item = u8> + use<'o> {
        let bits = self.bits;
        (0..self.width).map(move |x| {
            let octet = row.get(x * bits / 8).copied().unwrap_or_default();
            let place = 8 - bits - x * bits % 8;
            octet >> place & ((1_u16 << bits) - 1) as u8
        })
    }

    /// Gives each point what stands for it, in the order of the file.
    fn place<T>(&self, raster: &mut Raster, mut values: impl Iterator<Item = T>, set: impl Fn(&mut [u8; 4], T)) {
        let mut rows: Vec<&mut [[u8; 4]]> = raster.rows_mut().collect();
        if !self.down {
            rows.reverse();
        }
        for point in rows.into_iter().flatten() {
            let Some(value) = values.next() else { return };
            set(point, value);
        }
    }

    /// Which bits of a point are red, green, blue and opacity.
    fn masks(&self, header: &[u8]) -> [u32; 4] {
        let named = |at: usize| long(header, at).unwrap_or(0);
        match (self.packing, self.bits) {
            (0, 16) => [0x7C00, 0x3E0, 0x1F, 0],
            (0, _) => [0xFF_0000, 0xFF00, 0xFF, 0],
            _ => [named(40), named(44), named(48), if self.header >= 56 { named(52) } else { 0 }],
        }
    }
}

/// The levels that masks find in a point.
fn masked(value: u32, masks: [u32; 4]) -> [u8; 4] {
    let level = |mask: u32| {
        let largest = u64::from(mask >> mask.trailing_zeros().min(31));
        u64::from((value & mask) >> mask.trailing_zeros().min(31)) * 255 / largest.max(1)
    };
    let [red, green, blue, opacity] = masks.map(|mask| level(mask) as u8);
    [red, green, blue, if masks[3] == 0 { u8::MAX } else { opacity }]
}

/// Indices from run lengths of eight or four bits.
fn run_lengths(octets: &[u8], halves: bool, width: usize, height: usize) -> Vec<u8> {
    let mut indices = vec![0; width * height];
    let (mut x, mut y) = (0, 0);
    let mut pairs = octets.iter().copied();
    let index = |pair: u8, place: usize| {
        if !halves {
            pair
        } else if place.is_multiple_of(2) {
            pair >> 4
        } else {
            pair & 15
        }
    };
    let mut put = |x: usize, y: usize, value: u8| {
        if let Some(slot) = indices.get_mut(y.saturating_mul(width).saturating_add(x)).filter(|_| x < width) {
            *slot = value;
        }
    };
    while let (Some(first), Some(second)) = (pairs.next(), pairs.next()) {
        match (first, second) {
            (0, 0) => (x, y) = (0, y + 1),
            (0, 1) => break,
            (0, 2) => {
                x += pairs.next().map_or(0, usize::from);
                y += pairs.next().map_or(0, usize::from);
            }
            (0, count) => {
                let count = usize::from(count);
                let length = if halves { count.div_ceil(2) } else { count };
                let listed: Vec<u8> = pairs.by_ref().take(length + length % 2).collect();
                for place in 0..count {
                    let pair = listed.get(if halves { place / 2 } else { place }).copied().unwrap_or_default();
                    put(x + place, y, index(pair, place));
                }
                x += count;
            }
            (count, pair) => {
                (0..usize::from(count)).for_each(|place| put(x + place, y, index(pair, place)));
                x += usize::from(count);
            }
        }
    }
    indices
}

fn long(octets: &[u8], at: usize) -> Option<u32> {
    octets.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}
