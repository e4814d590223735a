//! The segments of a JPEG: which say how the picture is coded, which way up it is, and which are left out.

use super::super::super::{FileBudget, Unfit};
use super::super::orientation::{Turn, turn_of};
use super::super::profile::Gamut;
use super::bits::Bits;
use super::frame::{Frame, Plan, Route};
use super::huffman::Table;
use super::scan::{Scan, ScanKind};

/// A JPEG that was read.
pub(super) struct Read {
    pub(super) frame: Frame,
    pub(super) colour: Colour,
    pub(super) turn: Turn,
    pub(super) gamut: Gamut,
    /// How many segments said something that does not belong to the picture.
    pub(super) traces: usize,
}

/// What the components stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    /// Brightness, alone or with two colour differences.
    Differences,
    /// Red, green and blue.
    Rgb,
    /// Four inks.
    Inks { inverted: bool },
    /// Four inks, the first three of them as brightness and two differences.
    InkDifferences,
}

/// Scans beyond this many are an attack; programmes write about ten.
const SCANS: usize = 100;
/// How often a block may be visited, on average over the picture.
const VISITS: usize = 24;

/// Reads a JPEG as far as it is sound.
pub(super) fn read(octets: &[u8], budget: &mut FileBudget) -> Result<Read, Unfit> {
    let mut reader = Reader {
        octets,
        frame: None,
        progressive: false,
        first_tables: [const { None }; 4],
        other_tables: [const { None }; 4],
        quantisers: [None; 4],
        restart: 0,
        adobe: None,
        jfif: false,
        turn: None,
        gamut: Gamut::Standard,
        traces: 0,
        scans: 0,
        visits: 0,
    };
    match reader.segments(budget) {
        // A fault behind half of the picture costs the rest, not the picture.
        Ok(()) | Err(Unfit::Broken) => reader.finish(),
        Err(unfit) => Err(unfit),
    }
}

struct Reader<'o> {
    octets: &'o [u8],
    frame: Option<Frame>,
    progressive: bool,
    first_tables: [Option<Table>; 4],
    other_tables: [Option<Table>; 4],
    quantisers: [Option<[u16; 64]>; 4],
    restart: usize,
    /// The transform that an Adobe segment names.
    adobe: Option<u8>,
    /// Whether a JFIF segment says that the components are brightness and differences.
    jfif: bool,
    turn: Option<Turn>,
    gamut: Gamut,
    traces: usize,
    scans: usize,
    visits: usize,
}

impl<'o> Reader<'o> {
    fn finish(self) -> Result<Read, Unfit> {
        let frame = self.frame.filter(Frame::is_sound).ok_or(Unfit::Broken)?;
        let ids: Vec<u8> = frame.components.iter().map(|one| one.id).collect();
        let colour = match (ids.as_slice(), self.adobe) {
            ([_], _) => Colour::Differences,
            ([_, _, _], Some(0)) | (b"RGB" | b"rgb", None) if !self.jfif => Colour::Rgb,
            ([_, _, _], _) => Colour::Differences,
            ([_, _, _, _], Some(2)) => Colour::InkDifferences,
            ([_, _, _, _], adobe) => Colour::Inks { inverted: adobe.is_some() },
            _ => return Err(Unfit::Broken),
        };
        Ok(Read { frame, colour, turn: self.turn.unwrap_or_default(), gamut: self.gamut, traces: self.traces })
    }

    /// Reads segment after segment, up to the end of the picture.
    fn segments(&mut self, budget: &mut FileBudget) -> Result<(), Unfit> {
        let mut at = 2;
        loop {
            at = Bits::new(self.octets, at).marker();
            let Some(&marker) = self.octets.get(at + 1) else { return Ok(()) };
            if let 0x01 | 0xD0..=0xD8 = marker {
                at += 2;
                continue;
            }
            if marker == 0xD9 {
                // Whatever follows is another picture, a film, or worse.
                self.traces += usize::from(self.octets.len() > at + 2);
                return Ok(());
            }
            let length = self.octets.get(at + 2..).and_then(<[u8]>::first_chunk).ok_or(Unfit::Broken)?;
            let end = at + 2 + usize::from(u16::from_be_bytes(*length));
            let content = self.octets.get(at + 4..end).ok_or(Unfit::Broken)?;
            at = if marker == 0xDA { self.scan(content, end)? } else { end };
            self.segment(marker, content, budget)?;
        }
    }

    fn segment(&mut self, marker: u8, content: &'o [u8], budget: &mut FileBudget) -> Result<(), Unfit> {
        match marker {
            0xC0..=0xC2 => self.frame(content, budget)?,
            0xC4 => self.huffman(content)?,
            // Lossless, hierarchical, arithmetic: no programme that sends letters writes them.
            0xC3 | 0xC5..=0xCF => return Err(Unfit::Unsupported),
            0xDB => self.quantisers(content)?,
            0xDD => self.restart = content.first_chunk().map_or(0, |two| usize::from(u16::from_be_bytes(*two))),
            0xDA => {}
            _ => self.application(marker, content),
        }
        self.progressive |= marker == 0xC2;
        Ok(())
    }

    /// What programmes add to a picture: one thing each is needed of three of them, and none is kept.
    fn application(&mut self, marker: u8, content: &[u8]) {
        let is_plain = match marker {
            0xE0 => content.starts_with(b"JFIF\0") && content.len() == 14,
            0xEE => content.starts_with(b"Adobe"),
            _ => false,
        };
        self.traces += usize::from(!is_plain);
        self.jfif |= marker == 0xE0 && content.starts_with(b"JFIF\0");
        if is_plain && marker == 0xEE {
            self.adobe = content.get(11).copied();
        }
        if let (0xE1, Some(exif)) = (marker, content.strip_prefix(b"Exif\0\0")) {
            self.turn = self.turn.or_else(|| turn_of(exif));
        }
        // Behind the name stand the number of this part and how many there are; the first part says enough.
        if let (0xE2, Some([1, _, profile @ ..])) = (marker, content.strip_prefix(b"ICC_PROFILE\0")) {
            self.gamut = Gamut::of_profile(profile);
        }
    }

    fn frame(&mut self, content: &[u8], budget: &mut FileBudget) -> Result<(), Unfit> {
        let (&[precision, y1, y0, x1, x0, count], listed) = content.split_first_chunk().ok_or(Unfit::Broken)?;
        if self.frame.is_some() {
            return Err(Unfit::Broken);
        }
        if precision != 8 {
            return Err(Unfit::Unsupported);
        }
        let plans: Vec<Plan> = listed
            .as_chunks()
            .0
            .iter()
            .take(usize::from(count))
            .map(|&[id, sampling, selector]| Plan {
                id,
                selector,
                sampling: (usize::from(sampling >> 4), usize::from(sampling & 15)),
            })
            .collect();
        if plans.len() != usize::from(count) || !matches!(count, 1 | 3 | 4) {
            return Err(Unfit::Broken);
        }
        let (width, height) = (u16::from_be_bytes([x1, x0]), u16::from_be_bytes([y1, y0]));
        budget.take_pixels(width.into(), height.into())?;
        self.frame = Some(Frame::new(width, height, plans)?);
        Ok(())
    }

    fn huffman(&mut self, mut content: &[u8]) -> Result<(), Unfit> {
        while let Some((&[place], rest)) = content.split_first_chunk() {
            let (counts, rest) = rest.split_first_chunk().ok_or(Unfit::Broken)?;
            let total = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(total).ok_or(Unfit::Broken)?;
            let tables = if place >> 4 == 0 { &mut self.first_tables } else { &mut self.other_tables };
            *tables.get_mut(usize::from(place & 15)).ok_or(Unfit::Broken)? = Some(Table::new(counts, symbols)?);
            content = rest;
        }
        Ok(())
    }

    fn quantisers(&mut self, mut content: &[u8]) -> Result<(), Unfit> {
        while let Some((&[place], rest)) = content.split_first_chunk() {
            let size = if place >> 4 == 0 { 64 } else { 128 };
            let (values, rest) = rest.split_at_checked(size).ok_or(Unfit::Broken)?;
            let value = |index: usize| {
                let at = |place: usize| values.get(place).copied().unwrap_or(1);
                let value =
                    if size == 64 { at(index).into() } else { u16::from_be_bytes([at(2 * index), at(2 * index + 1)]) };
                value.max(1)
            };
            *self.quantisers.get_mut(usize::from(place & 15)).ok_or(Unfit::Broken)? = Some(std::array::from_fn(value));
            content = rest;
        }
        Ok(())
    }

    /// Reads a scan, and returns where the next marker stands.
    fn scan(&mut self, header: &[u8], at: usize) -> Result<usize, Unfit> {
        let frame = self.frame.as_mut().ok_or(Unfit::Broken)?;
        let (count, rest) = header.split_first().ok_or(Unfit::Broken)?;
        let (listed, band) = rest.split_at_checked(2 * usize::from(*count)).ok_or(Unfit::Broken)?;
        let (mut components, mut tables) = (Vec::new(), Vec::new());
        for &[id, table] in listed.as_chunks().0 {
            let index = frame.components.iter().position(|one| one.id == id).ok_or(Unfit::Broken)?;
            if components.contains(&index) {
                return Err(Unfit::Broken);
            }
            components.push(index);
            tables.push((
                self.first_tables.get(usize::from(table >> 4)).and_then(Option::as_ref),
                self.other_tables.get(usize::from(table & 15)).and_then(Option::as_ref),
            ));
            // The quantiser that counts is the one in force when a component is first read.
            if let Some(component) = frame.components.get_mut(index).filter(|one| one.sound == 0) {
                let quantiser = self.quantisers.get(usize::from(component.selector)).copied().flatten();
                component.quantiser = quantiser.ok_or(Unfit::Broken)?;
            }
        }
        let seen_before = components.iter().any(|index| frame.components.get(*index).is_some_and(|one| one.sound > 0));
        let kind = kind(self.progressive, band, components.len()).ok_or(Unfit::Broken)?;
        if matches!(kind, ScanKind::Sequential) && seen_before {
            return Err(Unfit::Broken);
        }
        let scan = Scan { components, tables, restart: self.restart, kind };
        self.scans += 1;
        self.visits += Route { components: &scan.components, restart: 0 }.blocks(frame);
        let all = Route { components: &[0, 1, 2, 3], restart: 0 }.blocks(frame);
        if self.scans > SCANS || self.visits > VISITS * all {
            return Err(Unfit::TooLarge);
        }
        Ok(scan.read(frame, self.octets, at))
    }
}

/// What a scan adds, from the last three octets of its header.
fn kind(progressive: bool, band: &[u8], components: usize) -> Option<ScanKind> {
    if components == 0 {
        return None;
    }
    if !progressive {
        return Some(ScanKind::Sequential);
    }
    let &[from, to, bits] = band.first_chunk()?;
    let (from, to, high, low) = (usize::from(from), usize::from(to), bits >> 4, u32::from(bits & 15));
    if low > 13 {
        return None;
    }
    match (from, to, high) {
        (0, 0, 0) => Some(ScanKind::First { low }),
        (0, 0, _) => Some(ScanKind::FirstBit { low }),
        (0, ..) => None,
        _ if from > to || to > 63 || components != 1 => None,
        (.., 0) => Some(ScanKind::Band { from, to, low }),
        _ => Some(ScanKind::BandBit { from, to, low }),
    }
}
