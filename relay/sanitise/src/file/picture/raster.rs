//! A picture as nothing but points of red, green, blue and opacity.

use super::super::Unfit;
use super::orientation::Turn;

/// How many points a picture may have that is held like this, at four octets each.
pub(super) const POINTS: usize = 40_000_000;

/// A picture that is neither empty nor too large.
pub(super) struct Raster {
    width: usize,
    points: Vec<[u8; 4]>,
}

impl Raster {
    /// A picture that shows nothing yet.
    pub(super) fn new(width: usize, height: usize) -> Result<Self, Unfit> {
        let points = width.checked_mul(height).filter(|points| *points <= POINTS).ok_or(Unfit::TooLarge)?;
        if points == 0 {
            return Err(Unfit::Broken);
        }
        Ok(Self { width, points: vec![[0; 4]; points] })
    }

    /// Points across.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Points down.
    pub(super) fn height(&self) -> usize {
        self.points.len() / self.width
    }

    /// All points, row after row.
    pub(super) fn points(&self) -> &[[u8; 4]] {
        &self.points
    }

    /// All points, to be changed.
    pub(super) fn points_mut(&mut self) -> &mut [[u8; 4]] {
        &mut self.points
    }

    /// Row after row, to be filled.
    pub(super) fn rows_mut(&mut self) -> impl Iterator<Item = &mut [[u8; 4]]> {
        self.points.chunks_mut(self.width)
    }

    /// The picture the right way up.
    pub(super) fn turned(self, turn: Turn) -> Self {
        let (width, height) = (self.width, self.height());
        Self { points: turn.apply(self.points, width, height), width: turn.size(width, height).0 }
    }

    /// Whether nothing shines through.
    pub(super) fn is_opaque(&self) -> bool {
        self.points.iter().all(|point| point[3] == u8::MAX)
    }

    /// Whether no point has a colour.
    pub(super) fn is_grey(&self) -> bool {
        self.points.iter().all(|[red, green, blue, _]| red == green && green == blue)
    }

    /// Forgets the colours of points that cannot be seen: whole pictures have been found there.
    pub(super) fn forget_unseen(&mut self) {
        for point in &mut self.points {
            if point[3] == 0 {
                *point = [0; 4];
            }
        }
    }

    /// Puts another picture below this one.
    pub(super) fn stacked(self, below: &Self) -> Result<Self, Unfit> {
        let width = self.width.max(below.width);
        let mut whole = Self::new(width, self.height() + below.height())?;
        whole.points.fill([u8::MAX; 4]);
        let rows = self.points.chunks(self.width).chain(below.points.chunks(below.width));
        for (to, from) in whole.rows_mut().zip(rows) {
            to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
        }
        Ok(whole)
    }
}
