//! A component as points, for what cannot be done with coefficients.

use super::super::orientation::Turn;
use super::dct::Steps;
use super::frame::{Component, Frame};
use super::tables::quantiser_like;
use super::write::quantiser_before;

/// The points of a component.
pub(super) struct Samples {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) values: Vec<u8>,
}

impl Samples {
    /// The points of a component of a frame.
    pub(super) fn of(frame: &Frame, component: &Component) -> Self {
        let (width, height) = frame.samples(component);
        let steps = Steps::new(&component.quantiser);
        let mut values = vec![0; width * height];
        // Rows of blocks, each eight rows of points but for the last.
        for (band, blocks) in values.chunks_mut(width * 8).zip(component.blocks.chunks(component.padded.0)) {
            for (index, block) in blocks.iter().enumerate().take(width.div_ceil(8)) {
                let points = steps.points(block);
                for (row, eight) in band.chunks_mut(width).zip(points) {
                    match row.get_mut(8 * index..).and_then(<[u8]>::first_chunk_mut) {
                        Some(to) => *to = eight,
                        None => row.iter_mut().skip(8 * index).zip(eight).for_each(|(to, from)| *to = from),
                    }
                }
            }
        }
        Self { width, height, values }
    }

    /// Fills a component of the same size with the points.
    pub(super) fn fill(&self, component: &mut Component) {
        let (last_x, last_y) = (self.width.saturating_sub(1), self.height.saturating_sub(1));
        let (across, steps) = (component.padded.0, Steps::new(&component.quantiser));
        for (index, (block, filled)) in component.blocks.iter_mut().zip(&mut component.filled).enumerate() {
            let (left, top) = (index % across * 8, index / across * 8);
            // Beyond the edge the last points go on, which costs the fewest octets.
            let points = std::array::from_fn(|y| {
                let start = (top + y).min(last_y) * self.width;
                let row = self.values.get(start..start + self.width).unwrap_or_default();
                match row.get(left..).and_then(<[u8]>::first_chunk) {
                    Some(eight) => *eight,
                    None => std::array::from_fn(|x| row.get((left + x).min(last_x)).copied().unwrap_or(128)),
                }
            });
            (*block, *filled) = steps.coefficients(&points);
        }
    }

    /// Mirrors the points as a turn would that has no transposition.
    pub(super) fn mirror(&mut self, mirror_x: bool, mirror_y: bool) {
        if mirror_x {
            self.values.chunks_mut(self.width.max(1)).for_each(<[u8]>::reverse);
        }
        if mirror_y {
            let row = self.width;
            for y in 0..self.height / 2 {
                let (above, below) = self.values.split_at_mut((self.height - 1 - y) * row);
                let above = above.iter_mut().skip(y * row).take(row);
                above.zip(below).for_each(|(one, other)| std::mem::swap(one, other));
            }
        }
    }
}

/// Mirrors those components by their points whose blocks a turn cannot move as they are: it would leave a part of a
/// block at the left or upper edge.
pub(super) fn mirror(frame: &mut Frame, turn: Turn) {
    // Mirroring before the transposition instead of after it.
    let (mirror_x, mirror_y) = turn.size(turn.mirror_x, turn.mirror_y);
    for index in 0..frame.components.len() {
        let Some(component) = frame.components.get(index) else { break };
        let (width, height) = frame.samples(component);
        let moves_whole = (!mirror_x || width.is_multiple_of(8)) && (!mirror_y || height.is_multiple_of(8));
        if moves_whole {
            continue;
        }
        let mut samples = Samples::of(frame, component);
        samples.mirror(mirror_x, mirror_y);
        if let Some(component) = frame.components.get_mut(index) {
            component.quantiser = quantiser_before(turn.transposition(), &quantiser_like(index, &component.quantiser));
            component.mirrored = true;
            samples.fill(component);
        }
    }
}
