//! Between coefficients and points: the discrete cosine transform of 8 by 8 (ITU-T T.81, A.3.3).

use super::tables::ZIGZAG;
use std::ops::{Add, Mul, Sub};

/// Eight numbers that are computed with side by side: compilers turn them into vectors.
#[derive(Debug, Clone, Copy, Default)]
struct Lanes([f32; 8]);

impl Add for Lanes {
    type Output = Self;

    #[inline]
    fn add(mut self, other: Self) -> Self {
        for (one, other) in self.0.iter_mut().zip(other.0) {
            *one += other;
        }
        self
    }
}

impl Sub for Lanes {
    type Output = Self;

    #[inline]
    fn sub(mut self, other: Self) -> Self {
        for (one, other) in self.0.iter_mut().zip(other.0) {
            *one -= other;
        }
        self
    }
}

impl Mul<f32> for Lanes {
    type Output = Self;

    #[inline]
    fn mul(mut self, factor: f32) -> Self {
        for one in &mut self.0 {
            *one *= factor;
        }
        self
    }
}

/// Eight rows.
type Square = [Lanes; 8];

/// A quantiser, prepared for both ways.
pub(super) struct Steps {
    /// The step of each coefficient, row by row.
    sizes: [f32; 64],
    /// One by each of them.
    parts: [f32; 64],
}

impl Steps {
    /// From a quantiser in zigzag order.
    pub(super) fn new(quantiser: &[u16; 64]) -> Self {
        let (mut sizes, mut parts) = ([1.0; 64], [1.0; 64]);
        for (step, place) in quantiser.iter().zip(ZIGZAG) {
            sizes[usize::from(place & 63)] = f32::from(*step);
            parts[usize::from(place & 63)] = 1.0 / f32::from(*step);
        }
        Self { sizes, parts }
    }

    /// The points of a block, row by row.
    pub(super) fn points(&self, block: &[i16; 64]) -> [[u8; 8]; 8] {
        let mut values = [0; 64];
        for (value, place) in block.iter().zip(ZIGZAG) {
            values[usize::from(place & 63)] = *value;
        }
        let mut square = Square::default();
        let steps = self.sizes.as_chunks().0;
        for ((row, values), steps) in square.iter_mut().zip(values.as_chunks().0).zip(steps) {
            row.0 = product(values, steps);
        }
        let square = transposed(&backward(&transposed(&backward(&square))));
        let mut points = [[0; 8]; 8];
        for (points, row) in points.iter_mut().zip(square) {
            for (point, value) in points.iter_mut().zip(row.0) {
                *point = rounded((value + 128.0).clamp(0.0, 255.0)) as u8;
            }
        }
        points
    }

    /// The coefficients of a block in zigzag order, and which of them are not zero.
    pub(super) fn coefficients(&self, points: &[[u8; 8]; 8]) -> ([i16; 64], u64) {
        let mut square = Square::default();
        for (row, points) in square.iter_mut().zip(points) {
            for (value, point) in row.0.iter_mut().zip(points) {
                *value = f32::from(*point) - 128.0;
            }
        }
        let square = transposed(&forward(&transposed(&forward(&square))));
        let mut values = [0; 64];
        let rows = values.as_chunks_mut::<8>().0.iter_mut();
        for ((values, row), parts) in rows.zip(square).zip(self.parts.as_chunks::<8>().0) {
            for ((value, exact), part) in values.iter_mut().zip(row.0).zip(parts) {
                *value = rounded(exact * part);
            }
        }
        let (mut block, mut filled) = ([0; 64], 0);
        for (order, place) in ZIGZAG.iter().enumerate() {
            let value = values[usize::from(place & 63)];
            block[order] = value;
            filled |= u64::from(value != 0) << order;
        }
        (block, filled)
    }
}

#[inline]
fn product(values: &[i16; 8], steps: &[f32; 8]) -> [f32; 8] {
    let mut product = *steps;
    for (product, value) in product.iter_mut().zip(values) {
        *product *= f32::from(*value);
    }
    product
}

/// The nearest integer of a number within 16 bits, without a branch: this far from zero, the lowest bits of a number
/// are its integer.
#[inline]
fn rounded(value: f32) -> i16 {
    const FAR: f32 = 12_582_912.0;
    (value + FAR).to_bits() as i16
}

/// cos(n * pi / 16) / 2 for n from 0 to 7.
const C: [f32; 8] =
    [0.5, 0.490_392_65, 0.461_939_78, 0.415_734_8, 0.353_553_4, 0.277_785_1, 0.191_341_72, 0.097_545_16];

/// How each odd row takes part in each of the first four rows.
const ODD: [[f32; 4]; 4] =
    [[C[1], C[3], C[5], C[7]], [C[3], -C[7], -C[1], -C[5]], [C[5], -C[1], C[7], C[3]], [C[7], -C[5], C[3], -C[1]]];

/// Transforms all columns at once.
#[inline]
fn forward(rows: &Square) -> Square {
    let [r0, r1, r2, r3, r4, r5, r6, r7] = *rows;
    let (s0, s1, s2, s3) = (r0 + r7, r1 + r6, r2 + r5, r3 + r4);
    let (d0, d1, d2, d3) = (r0 - r7, r1 - r6, r2 - r5, r3 - r4);
    let odd = |[a, b, c, d]: [f32; 4]| d0 * a + d1 * b + d2 * c + d3 * d;
    let (outer, inner, outer_less, inner_less) = (s0 + s3, s1 + s2, s0 - s3, s1 - s2);
    [
        (outer + inner) * C[4],
        odd(ODD[0]),
        outer_less * C[2] + inner_less * C[6],
        odd(ODD[1]),
        (outer - inner) * C[4],
        odd(ODD[2]),
        outer_less * C[6] - inner_less * C[2],
        odd(ODD[3]),
    ]
}

/// The way back.
#[inline]
fn backward(rows: &Square) -> Square {
    let [r0, r1, r2, r3, r4, r5, r6, r7] = *rows;
    let odd = |row: usize| r1 * ODD[0][row] + r3 * ODD[1][row] + r5 * ODD[2][row] + r7 * ODD[3][row];
    let (outer, inner) = ((r0 + r4) * C[4], (r0 - r4) * C[4]);
    let (wide, narrow) = (r2 * C[2] + r6 * C[6], r2 * C[6] - r6 * C[2]);
    let (e0, e1, e2, e3) = (outer + wide, inner + narrow, inner - narrow, outer - wide);
    let (o0, o1, o2, o3) = (odd(0), odd(1), odd(2), odd(3));
    [e0 + o0, e1 + o1, e2 + o2, e3 + o3, e3 - o3, e2 - o2, e1 - o1, e0 - o0]
}

#[inline]
fn transposed(square: &Square) -> Square {
    let mut turned = Square::default();
    for (y, row) in square.iter().enumerate() {
        for (x, value) in row.0.iter().enumerate() {
            turned[x].0[y] = *value;
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_is_the_cosine_transform_and_comes_back() {
        let steps = Steps::new(&[1; 64]);
        let mut noise = 1_u32;
        for _ in 0..200 {
            let points_before: [[u8; 8]; 8] = std::array::from_fn(|_| {
                std::array::from_fn(|_| {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (noise >> 24) as u8
                })
            });
            let (block, filled) = steps.coefficients(&points_before);
            for (order, place) in ZIGZAG.iter().enumerate() {
                let (v, u) = (f64::from(place >> 3), f64::from(place & 7));
                let mut sum = 0.0;
                for (y, row) in (0_u8..).zip(points_before) {
                    for (x, point) in (0_u8..).zip(row) {
                        let turn =
                            |at: u8, k: f64| ((2.0 * f64::from(at) + 1.0) * k * std::f64::consts::PI / 16.0).cos();
                        sum += (f64::from(point) - 128.0) * turn(x, u) * turn(y, v);
                    }
                }
                let flat = |k: f64| if k == 0.0 { 0.5_f64.sqrt() } else { 1.0 };
                let exact = sum * flat(u) * flat(v) / 4.0;
                assert!((f64::from(block[order]) - exact).abs() < 0.51, "{order}: {} {exact}", block[order]);
                assert!(order == 0 || (filled >> order & 1 == 1) == (block[order] != 0));
            }
            for (row, before) in steps.points(&block).iter().zip(points_before) {
                assert!(row.iter().zip(before).all(|(a, b)| a.abs_diff(b) <= 2));
            }
        }
    }
}
