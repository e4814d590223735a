//! What a drawing costs to draw, and the scale at which it costs little enough.
//!
//! All lengths are counted as if one unit were one point; a scale changes areas by its square and edges by itself.

use super::super::super::Unfit;
use resvg::tiny_skia::{PathSegment, Transform};
use resvg::usvg::filter::Kind as Effect;
use resvg::usvg::{BlendMode, Group, Node, Paint, Path, Pattern, Rect, Stroke, Tree};

/// Nanoseconds that one drawing may take, by what its parts were measured to take.
const MOST: f64 = 2_000_000_000.0;
/// Points that all layers above one another may hold at a time.
const HELD: f64 = 24_000_000.0;
/// Nanoseconds for each point of a shape, in one colour or in several.
const FILL: f64 = 5.0;
const SHADE: f64 = 12.0;
/// For each point of a layer, of one that mixes colours, of what cuts a layer out.
const LAYER: f64 = 12.0;
const MIXED: f64 = 30.0;
const MASK: f64 = 25.0;
/// For each point of an effect; what is blurred a little costs most.
const EFFECT: f64 = 150.0;
const BLUR: f64 = 1000.0;
/// For each point that an edge is high, for each corner and for each dash.
const EDGE: f64 = 100.0;
const CORNER: f64 = 1000.0;
const DASH: f64 = 15_000.0;
/// How many sizes of the drawing away a shape may reach: the arithmetic of those who draw ends somewhere.
const FAR: f64 = 500.0;
/// What is taken from the budget of a letter's pictures: decoding one point takes about as long.
const POINT: f64 = 20.0;
/// A layer may reach this far beyond what is shown, in widths and heights of it.
const BEYOND: f64 = 5.0;

/// What drawing takes, in nanoseconds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Effort {
    /// What grows with the area, with lengths, and not at all.
    area: f64,
    length: f64,
    fixed: f64,
    /// Points that are held at a time.
    held: f64,
}

impl Effort {
    /// The effort of a drawing at its own size.
    pub(super) fn of(tree: &Tree) -> Result<Self, Unfit> {
        let size = Size { width: f64::from(tree.size().width()), height: f64::from(tree.size().height()) };
        let mut effort = Self::default();
        effort.group(tree.root(), size, 1.0, 0.0)?;
        Ok(effort)
    }

    /// The largest scale up to a wanted one that can be afforded.
    pub(super) fn scale(&self, wanted: f32) -> f32 {
        let is_cheap = |scale: f64| self.at(scale) <= MOST && self.held * scale * scale <= HELD;
        let mut scale = f64::from(wanted);
        // Less than a thousandth of what was wanted is of no use to anybody.
        for _ in 0..20 {
            if is_cheap(scale) {
                return scale as f32;
            }
            scale *= 0.7;
        }
        0.0
    }

    fn at(&self, scale: f64) -> f64 {
        self.area * scale * scale + self.length * scale + self.fixed
    }

    /// The same in points of other pictures, at a scale.
    pub(super) fn points(&self, scale: f32) -> u32 {
        (self.at(f64::from(scale)) / POINT) as u32
    }

    /// `times`: by how much more finely points lie here than in the whole. `held`: what the layers around hold.
    fn group(&mut self, group: &Group, size: Size, times: f64, held: f64) -> Result<(), Unfit> {
        let mut held = held;
        if group.should_isolate() {
            let reach = Size { width: size.width * BEYOND, height: size.height * BEYOND };
            let points = reach.covered(group.abs_layer_bounding_box().to_rect(), times);
            let effects: f64 = group.filters().iter().map(|filter| filter.primitives().len() as f64 + 2.0).sum();
            let primitives = group.filters().iter().flat_map(|filter| filter.primitives());
            let effort: f64 = primitives.map(|primitive| effort_of(primitive.kind())).sum();
            let layer = if group.blend_mode() == BlendMode::Normal { LAYER } else { MIXED };
            held += points * (1.0 + effects);
            self.area += points * (layer + effort);
            let mut clip = group.clip_path();
            while let Some(path) = clip {
                held += points;
                self.area += points * LAYER;
                self.group(path.root(), size, times, held)?;
                clip = path.clip_path();
            }
            let mut mask = group.mask();
            while let Some(shade) = mask {
                held += points * 1.5;
                self.area += points * MASK;
                self.group(shade.root(), size, times, held)?;
                mask = shade.mask();
            }
            self.held = self.held.max(held);
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, size, times, held)?,
                Node::Path(path) => self.path(path, size, times, held)?,
                Node::Image(image) => {
                    let points = f64::from(image.size().width()) * f64::from(image.size().height());
                    self.area += size.covered(image.abs_bounding_box(), times) * LAYER;
                    self.fixed += points * LAYER;
                }
                Node::Text(_) => {}
            }
        }
        if self.fixed > MOST || !self.area.is_finite() || !self.length.is_finite() {
            return Err(Unfit::TooLarge);
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, size: Size, times: f64, held: f64) -> Result<(), Unfit> {
        if !size.reaches(path.abs_stroke_bounding_box()) {
            return Err(Unfit::Unsupported);
        }
        let track = Track::of(path, size);
        if let Some(fill) = path.fill() {
            self.shape(&track, size.covered(path.abs_bounding_box(), times) * shade(fill.paint()), times);
            self.paint(fill.paint(), path, times, held)?;
        }
        if let Some(stroke) = path.stroke() {
            let points = size.covered(path.abs_stroke_bounding_box(), times);
            self.shape(&track, points * shade(stroke.paint()), times);
            // A stroke has two sides, and a round of corners at each corner.
            self.shape(&track, 0.0, times);
            self.fixed += track.corners * CORNER * 2.0 + dashes(stroke, &track) * DASH;
            self.paint(stroke.paint(), path, times, held)?;
        }
        Ok(())
    }

    fn shape(&mut self, track: &Track, area: f64, times: f64) {
        self.area += area;
        self.length += track.height * times * EDGE;
        self.fixed += track.corners * CORNER;
    }

    /// A pattern is drawn once for each shape that shows it, at the scale it is shown at.
    fn paint(&mut self, paint: &Paint, path: &Path, times: f64, held: f64) -> Result<(), Unfit> {
        let Paint::Pattern(pattern) = paint else { return Ok(()) };
        let times = times * finer(path.abs_transform().pre_concat(pattern.transform()));
        let size = Size::of(pattern);
        let held = held + size.width * size.height * times * times;
        self.held = self.held.max(held);
        self.area += size.width * size.height * times * times * LAYER;
        self.group(pattern.root(), size, times, held)
    }
}

fn shade(paint: &Paint) -> f64 {
    if matches!(paint, Paint::Color(_)) { FILL } else { SHADE }
}

fn effort_of(effect: &Effect) -> f64 {
    match effect {
        Effect::GaussianBlur(_) | Effect::DropShadow(_) => BLUR,
        _ => EFFECT,
    }
}

/// How much finer points lie in what a transform enlarges.
fn finer(transform: Transform) -> f64 {
    let (across, down) = transform.get_scale();
    f64::from(across.abs().max(down.abs()))
}

/// The size of what is drawn on.
#[derive(Debug, Clone, Copy)]
struct Size {
    width: f64,
    height: f64,
}

impl Size {
    fn of(pattern: &Pattern) -> Self {
        Self { width: f64::from(pattern.rect().width()), height: f64::from(pattern.rect().height()) }
    }

    /// Whether a place is near enough to be reckoned with.
    fn reaches(self, place: Rect) -> bool {
        let far = self.width.max(self.height) * FAR;
        [place.left(), place.top(), place.right(), place.bottom()].iter().all(|edge| f64::from(edge.abs()) <= far)
    }

    /// How many points a place takes, as far as it can be seen.
    fn covered(self, place: Rect, times: f64) -> f64 {
        let (width, height) = (f64::from(place.width()), f64::from(place.height()));
        // Four points more: soft edges.
        (width.min(self.width) * times + 4.0) * (height.min(self.height) * times + 4.0)
    }
}

/// The way a shape's edge takes.
struct Track {
    corners: f64,
    /// How high all its pieces are together, as far as they can be seen.
    height: f64,
    length: f64,
}

impl Track {
    fn of(path: &Path, size: Size) -> Self {
        let times = finer(path.abs_transform());
        let mut track = Self { corners: 0.0, height: 0.0, length: 0.0 };
        let mut last = (0.0, 0.0);
        let mut to = |track: &mut Self, x: f32, y: f32| {
            let next = (f64::from(x), f64::from(y));
            let step = f64::hypot(next.0 - last.0, next.1 - last.1);
            track.length += step;
            track.height += (step * times).min(size.height * 2.0);
            track.corners += 1.0;
            last = next;
        };
        for segment in path.data().segments() {
            match segment {
                PathSegment::MoveTo(p) | PathSegment::LineTo(p) => to(&mut track, p.x, p.y),
                PathSegment::QuadTo(a, b) => [a, b].iter().for_each(|p| to(&mut track, p.x, p.y)),
                PathSegment::CubicTo(a, b, c) => [a, b, c].iter().for_each(|p| to(&mut track, p.x, p.y)),
                PathSegment::Close => track.corners += 1.0,
            }
        }
        track
    }
}

fn dashes(stroke: &Stroke, track: &Track) -> f64 {
    let Some(pattern) = stroke.dasharray().filter(|pattern| !pattern.is_empty()) else { return 0.0 };
    let period: f64 = pattern.iter().map(|dash| f64::from(*dash)).sum();
    if period > 0.0 { track.length / period * pattern.len() as f64 } else { 0.0 }
}
