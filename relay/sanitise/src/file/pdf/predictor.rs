//! Predictors (7.4.4.4): differences between neighbouring samples turned back into samples.

use super::object::{Dict, Object};

/// The shape of rows that a predictor works on.
struct Rows {
    predictor: usize,
    colours: usize,
    bits: usize,
    columns: usize,
}

impl Rows {
    fn of(params: &Dict) -> Option<Self> {
        let number = |key, otherwise| params.get(key).and_then(Object::as_usize).unwrap_or(otherwise);
        let rows = Self {
            predictor: number("Predictor", 1),
            colours: number("Colors", 1),
            bits: number("BitsPerComponent", 8),
            columns: number("Columns", 1),
        };
        let sane = (1..=64).contains(&rows.colours) && (1..=16).contains(&rows.bits) && rows.columns <= 1 << 20;
        (sane && rows.predictor > 1).then_some(rows)
    }

    fn pixel(&self) -> usize {
        (self.colours * self.bits).div_ceil(8).max(1)
    }

    fn length(&self) -> usize {
        (self.colours * self.bits * self.columns).div_ceil(8).max(1)
    }
}

/// The samples themselves.
pub(super) fn undo(octets: Vec<u8>, params: &Dict) -> Vec<u8> {
    match Rows::of(params) {
        Some(rows) if rows.predictor >= 10 => png(&octets, &rows),
        Some(rows) if rows.predictor == 2 => tiff(octets, &rows),
        _ => octets,
    }
}

/// How many octets of packed rows a picture of this many octets has.
pub(super) fn packed_length(plain: usize, params: &Dict) -> usize {
    match Rows::of(params) {
        Some(rows) if rows.predictor >= 10 => plain.saturating_add(plain.div_ceil(rows.length())),
        _ => plain,
    }
}

fn png(octets: &[u8], rows: &Rows) -> Vec<u8> {
    let (pixel, length) = (rows.pixel(), rows.length());
    let mut plain: Vec<u8> = Vec::with_capacity(octets.len());
    let mut above = vec![0_u8; length];
    for packed in octets.chunks(length + 1) {
        let Some((&kind, packed)) = packed.split_first() else { break };
        let mut row = vec![0_u8; length];
        for (index, &value) in packed.iter().enumerate() {
            let left = index.checked_sub(pixel);
            let at = |row: &[u8], place: Option<usize>| place.and_then(|place| row.get(place)).copied().unwrap_or(0);
            let (a, b, c) = (at(&row, left), at(&above, Some(index)), at(&above, left));
            let guess = match kind {
                1 => a,
                2 => b,
                3 => u8::midpoint(a, b),
                4 => paeth(a, b, c),
                _ => 0,
            };
            if let Some(sample) = row.get_mut(index) {
                *sample = value.wrapping_add(guess);
            }
        }
        plain.extend_from_slice(row.get(..packed.len()).unwrap_or_default());
        above = row;
    }
    plain
}

fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let [left, up, corner] = [a, b, c].map(i16::from);
    let guess = left + up - corner;
    let (to_left, to_up, to_corner) = ((guess - left).abs(), (guess - up).abs(), (guess - corner).abs());
    if to_left <= to_up && to_left <= to_corner {
        a
    } else if to_up <= to_corner {
        b
    } else {
        c
    }
}

/// Samples of eight bits; the others are too rare to matter and stay as they are.
fn tiff(mut octets: Vec<u8>, rows: &Rows) -> Vec<u8> {
    if rows.bits != 8 {
        return octets;
    }
    for row in octets.chunks_mut(rows.length()) {
        for index in rows.colours..row.len() {
            let left = row.get(index - rows.colours).copied().unwrap_or(0);
            if let Some(sample) = row.get_mut(index) {
                *sample = sample.wrapping_add(left);
            }
        }
    }
    octets
}
