//! Between components and points of red, green and blue.

use super::super::super::Unfit;
use super::super::raster::Raster;
use super::frame::{Frame, Plan};
use super::read::Colour;
use super::samples::Samples;
use super::tables::{FINE, quantiser};

/// The points of a frame whose components are not brightness and two differences.
pub(super) fn raster(frame: Frame, colour: Colour) -> Result<Raster, Unfit> {
    let (width, height) = (frame.width, frame.height);
    let planes: Vec<Samples> = frame.components.iter().map(|component| Samples::of(&frame, component)).collect();
    drop(frame);
    let mut raster = Raster::new(width, height)?;
    for (y, row) in raster.rows_mut().enumerate() {
        for (x, point) in row.iter_mut().enumerate() {
            let mut levels = [0; 4];
            for (level, plane) in levels.iter_mut().zip(&planes) {
                let at = (y * plane.height / height) * plane.width + x * plane.width / width;
                *level = plane.values.get(at).copied().unwrap_or_default();
            }
            *point = shown(levels, colour);
        }
    }
    Ok(raster)
}

/// What the levels of all components look like at one point.
fn shown([a, b, c, d]: [u8; 4], colour: Colour) -> [u8; 4] {
    let (light, black) = match colour {
        Colour::Rgb => ([a, b, c], u8::MAX),
        Colour::Differences => (rgb([a, b, c]), u8::MAX),
        Colour::Inks { inverted: true } => ([a, b, c], d),
        Colour::Inks { inverted: false } => ([!a, !b, !c], !d),
        Colour::InkDifferences => (rgb([a, b, c]).map(|level| !level), d),
    };
    let [red, green, blue] = light.map(|level| (u16::from(level) * u16::from(black) / 255) as u8);
    [red, green, blue, u8::MAX]
}

/// From brightness and differences (JFIF 1.02, page 3).
pub(super) fn rgb([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb].map(|level| (level + 0.5) as u8)
}

/// To brightness and differences.
fn differences([red, green, blue]: [f32; 3]) -> [f32; 3] {
    [
        0.299 * red + 0.587 * green + 0.114 * blue,
        128.0 - 0.168_736 * red - 0.331_264 * green + 0.5 * blue,
        128.0 + 0.5 * red - 0.418_688 * green - 0.081_312 * blue,
    ]
}

/// Pictures with more points than this have their colours sampled half as often, as cameras do.
const LARGE: usize = 2_000_000;

/// A frame for the points of a picture, whose transparency is left out.
pub(super) fn frame(raster: &Raster) -> Result<Frame, Unfit> {
    let sized = |size: usize| u16::try_from(size).map_err(|_| Unfit::TooLarge);
    let (width, height) = (sized(raster.width())?, sized(raster.height())?);
    let most = if raster.points().len() > LARGE { 2 } else { 1 };
    let plans: Vec<Plan> = if raster.is_grey() { vec![1] } else { vec![most, 1, 1] }
        .into_iter()
        .map(|sampling| Plan { id: 0, selector: 0, sampling: (sampling, sampling) })
        .collect();
    let mut frame = Frame::new(width, height, plans)?;
    let most = frame.most();
    let mut components = std::mem::take(&mut frame.components);
    for (index, component) in components.iter_mut().enumerate() {
        component.quantiser = quantiser(index, FINE);
        plane(raster, index, most.0 / component.sampling.0).fill(component);
    }
    frame.components = components;
    Ok(frame)
}

/// One component of a picture, each of whose points stands for a square of `side`.
fn plane(raster: &Raster, index: usize, side: usize) -> Samples {
    let (width, height) = (raster.width().div_ceil(side), raster.height().div_ceil(side));
    let mut values = Vec::with_capacity(width * height);
    for rows in raster.points().chunks(raster.width() * side) {
        values.extend((0..width).map(|x| {
            let mut sum = [0.0; 3];
            let mut count = 0.0;
            for row in rows.chunks(raster.width()) {
                for point in row.iter().skip(x * side).take(side) {
                    sum.iter_mut().zip(point).for_each(|(sum, level)| *sum += f32::from(*level));
                    count += 1.0;
                }
            }
            let levels = differences(sum.map(|sum| sum / count));
            (levels.get(index).copied().unwrap_or_default() + 0.5) as u8
        }));
    }
    Samples { width, height, values }
}
