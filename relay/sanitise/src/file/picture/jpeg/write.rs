//! A frame as a new JPEG: sequential, with our own tables, and nothing but the picture.

use super::super::orientation::Turn;
use super::code::{Code, Tally};
use super::frame::{Block, Component, Frame};
use super::tables::{ZIGZAG, quantiser_like};
use std::hint::black_box;

/// The octets of a new JPEG.
///
/// `gains` is by how much the two colour differences grow. A component is mirrored by whole blocks, if it was not
/// mirrored before.
pub(super) fn write(frame: &Frame, turn: Turn, gains: (f32, f32), about: usize) -> Vec<u8> {
    let planes: Vec<Plane> = frame
        .components
        .iter()
        .zip([1.0, gains.0, gains.1])
        .enumerate()
        .map(|(index, (component, gain))| Plane::new(index, component, turn, gain))
        .collect();
    let mut tally = Tally::default();
    let rows = units(&planes).1;
    // A sample says enough about how often what occurs; small pictures are counted whole.
    visit(&planes, (0..rows).step_by(if rows > 64 { 8 } else { 1 }), &mut tally);
    let codes = tally.codes();
    let mut octets = Vec::with_capacity(about + about / 8 + 1024);
    let (width, height) = turn.size(frame.width, frame.height);
    head(&mut octets, (width, height), &planes, &codes);
    let mut bits = BitSink { octets, held: 0, count: 0, codes: &codes };
    visit(&planes, 0..rows, &mut bits);
    bits.finish()
}

/// The quantiser that becomes `wanted` when the coefficients are turned.
pub(super) fn quantiser_before(turn: Turn, wanted: &[u16; 64]) -> [u16; 64] {
    moves(turn).map(|(to, _)| wanted[usize::from(to & 63)])
}

/// Where symbols go: first they are counted, then they are written.
pub(super) trait Sink {
    /// A symbol of a table (0 and 1 for first coefficients, 2 and 3 for the others) with some bits behind it.
    fn put(&mut self, table: usize, symbol: u8, extra: u32, length: u32);
}

/// A component with all that is needed to write it.
struct Plane<'f> {
    component: &'f Component,
    class: usize,
    turn: Turn,
    sampling: (usize, usize),
    padded: (usize, usize),
    shown: (usize, usize),
    quantiser: [u16; 64],
    /// From old coefficients to new ones, in 4096ths.
    scale: [i32; 64],
    /// Where each old coefficient goes, and whether its sign changes.
    moves: [(u8, bool); 64],
}

impl<'f> Plane<'f> {
    fn new(index: usize, component: &'f Component, turn: Turn, gain: f32) -> Self {
        let turn = if component.mirrored { turn.transposition() } else { turn };
        let quantiser = quantiser_like(index, &component.quantiser);
        let moves = moves(turn);
        let mut scale = [0; 64];
        for (old, (to, _)) in component.quantiser.iter().zip(moves) {
            let to = usize::from(to & 63);
            // Bounded so that a hostile quantiser cannot make the product overflow: 2^11 by 2^19.
            let ratio = (f32::from(*old) * gain * 4096.0 / f32::from(quantiser[to])).round();
            scale[to] = ratio.min(524_287.0) as i32;
        }
        Self {
            component,
            class: index.min(1),
            turn,
            sampling: turn.size(component.sampling.0, component.sampling.1),
            padded: turn.size(component.padded.0, component.padded.1),
            shown: turn.size(component.shown.0, component.shown.1),
            quantiser,
            scale,
            moves,
        }
    }

    /// Touches the blocks that a row of units will need, where they lie far apart: waiting for memory once for all of
    /// them takes a fraction of waiting for each.
    fn fetch(&self, y: usize) {
        if !self.turn.transpose {
            return;
        }
        let (across, down) = self.shown;
        let rows = y * self.sampling.1..((y + 1) * self.sampling.1).min(down);
        let touched = rows.flat_map(|y| (0..across).map(move |x| self.turn.origin(x, y, across, down)));
        let blocks = touched.filter_map(|(x, y)| self.component.blocks.get(y * self.component.padded.0 + x));
        // Both halves: a block is two lines of the cache.
        black_box(blocks.fold(0, |sum: i16, block| sum ^ block[0] ^ block[32]));
    }

    /// Hands the block seen at (`x`, `y`) to the sink.
    #[inline]
    fn put(&self, (x, y): (usize, usize), last_first: &mut i32, sink: &mut impl Sink) {
        let (across, down) = self.shown;
        let (from_x, from_y) = self.turn.origin(x.min(across - 1), y.min(down - 1), across, down);
        let index = from_y * self.component.padded.0 + from_x;
        let (Some(block), Some(filled)) = (self.component.blocks.get(index), self.component.filled.get(index)) else {
            return;
        };
        if x >= across || y >= down {
            // Blocks that only fill up a unit are never seen. What stood in them stays behind.
            return self.put_block(block, 0, last_first, sink);
        }
        if self.turn.is_none() {
            return self.put_block(block, *filled, last_first, sink);
        }
        let (mut turned, mut turned_filled) = ([0; 64], 0_u64);
        let mut rest = filled | 1;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize & 63;
            rest &= rest - 1;
            let (to, negative) = self.moves[at];
            turned[usize::from(to & 63)] = if negative { -block[at] } else { block[at] };
            turned_filled |= 1 << to;
        }
        self.put_block(&turned, turned_filled, last_first, sink);
    }

    #[inline]
    fn put_block(&self, block: &Block, filled: u64, last_first: &mut i32, sink: &mut impl Sink) {
        // Bounded so that no difference needs more than eleven bits.
        let first = scaled(block[0], self.scale[0]).clamp(-1023, 1023);
        let (extra, size) = magnitude(first - *last_first);
        *last_first = first;
        sink.put(self.class, size as u8, extra, size);
        let (mut rest, mut before) = (filled & !1, 0);
        while rest != 0 {
            let at = rest.trailing_zeros();
            rest &= rest - 1;
            let value = scaled(block[at as usize & 63], self.scale[at as usize & 63]).clamp(-1023, 1023);
            if value == 0 {
                continue;
            }
            let mut run = at - before - 1;
            while run > 15 {
                sink.put(2 + self.class, 0xF0, 0, 0);
                run -= 16;
            }
            let (extra, size) = magnitude(value);
            sink.put(2 + self.class, (run << 4 | size) as u8, extra, size);
            before = at;
        }
        if before != 63 {
            sink.put(2 + self.class, 0, 0, 0);
        }
    }
}

/// An old coefficient in steps of the new quantiser.
#[inline]
fn scaled(value: i16, scale: i32) -> i32 {
    let product = i32::from(value) * scale;
    (product + 2048 + (product >> 31)) >> 12
}

/// A value's bits and how many they are (ITU-T T.81, F.1.2.1).
#[inline]
fn magnitude(value: i32) -> (u32, u32) {
    let size = 32 - value.unsigned_abs().leading_zeros();
    let bits = (value + (value >> 31)) as u32;
    (bits & ((1 << size) - 1), size)
}

/// Where a turn takes each coefficient, and which change their sign.
fn moves(turn: Turn) -> [(u8, bool); 64] {
    let mut places = [0; 64];
    for (order, place) in (0_u8..).zip(ZIGZAG) {
        places[usize::from(place)] = order;
    }
    ZIGZAG.map(|place| {
        let (across, down) = turn.size(place & 7, place >> 3);
        let negative = (turn.mirror_x && across & 1 == 1) != (turn.mirror_y && down & 1 == 1);
        (places[usize::from(down << 3 | across)], negative)
    })
}

/// Units across and down.
fn units(planes: &[Plane]) -> (usize, usize) {
    planes.first().map_or((0, 0), |one| (one.padded.0 / one.sampling.0, one.padded.1 / one.sampling.1))
}

/// Hands the blocks of some rows of units to a sink.
fn visit(planes: &[Plane], rows: impl Iterator<Item = usize>, sink: &mut impl Sink) {
    let across = units(planes).0;
    let mut firsts = [0; 4];
    for y in rows {
        for plane in planes {
            plane.fetch(y);
        }
        for x in 0..across {
            for (plane, first) in planes.iter().zip(&mut firsts) {
                let (h, v) = plane.sampling;
                for row in 0..v {
                    for column in 0..h {
                        plane.put((x * h + column, y * v + row), first, sink);
                    }
                }
            }
        }
    }
}

/// Everything before the entropy-coded data.
fn head(octets: &mut Vec<u8>, (width, height): (usize, usize), planes: &[Plane], codes: &[Code; 4]) {
    octets.extend(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let classes = planes.len().min(2);
    for (class, plane) in (0_u8..).zip(planes.iter().take(classes)) {
        octets.extend([0xFF, 0xDB, 0, 67, class]);
        octets.extend(plane.quantiser.map(|value| value as u8));
    }
    octets.extend([0xFF, 0xC0, 0, 8 + 3 * planes.len() as u8, 8]);
    octets.extend((height as u16).to_be_bytes());
    octets.extend((width as u16).to_be_bytes());
    octets.push(planes.len() as u8);
    for (id, plane) in (1_u8..).zip(planes) {
        octets.extend([id, (plane.sampling.0 << 4 | plane.sampling.1) as u8, plane.class as u8]);
    }
    for (table, code) in (0_u8..).zip(codes) {
        // Tables of first coefficients are 00 and 01, the others 10 and 11.
        if usize::from(table & 1) < classes {
            code.write(octets, table >> 1 << 4 | table & 1);
        }
    }
    octets.extend([0xFF, 0xDA, 0, 6 + 2 * planes.len() as u8, planes.len() as u8]);
    for (id, plane) in (1_u8..).zip(planes) {
        octets.extend([id, (plane.class << 4 | plane.class) as u8]);
    }
    octets.extend([0, 63, 0]);
}

/// Writes bits, with the stuffing that keeps them apart from markers.
struct BitSink<'c> {
    octets: Vec<u8>,
    held: u64,
    count: u32,
    codes: &'c [Code; 4],
}

impl Sink for BitSink<'_> {
    #[expect(clippy::inline_always, reason = "once a coefficient; measured: a fifth of the whole time of writing")]
    #[inline(always)]
    fn put(&mut self, table: usize, symbol: u8, extra: u32, length: u32) {
        let (code, code_length) = self.codes[table & 3].of(symbol);
        self.held = self.held << (code_length + length) | u64::from(code << length | extra);
        self.count += code_length + length;
        if self.count >= 32 {
            self.count -= 32;
            let four = ((self.held >> self.count) as u32).to_be_bytes();
            if four.contains(&0xFF) {
                self.stuff(four);
            } else {
                self.octets.extend_from_slice(&four);
            }
        }
    }
}

impl BitSink<'_> {
    /// Writes octets of which one looks like the beginning of a marker.
    #[cold]
    fn stuff(&mut self, four: [u8; 4]) {
        for octet in four {
            self.octets.push(octet);
            if octet == 0xFF {
                self.octets.push(0);
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        // The last octet is filled up with ones.
        while self.count > 0 {
            let spare = 8_u32.saturating_sub(self.count);
            let octet = (self.held << spare >> (self.count + spare - 8)) as u8 | ((1_u16 << spare) - 1) as u8;
            self.count = self.count.saturating_sub(8);
            self.octets.push(octet);
            if octet == 0xFF {
                self.octets.push(0);
            }
        }
        self.octets.extend([0xFF, 0xD9]);
        self.octets
    }
}
