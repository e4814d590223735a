//! Annotations that are lines and shapes, drawn from their points where they bring no appearance (12.5.6).

use super::object::{Dict, Object};
use super::page::rectangle;
use super::source::Source;
use crate::file::Unfit;
use std::fmt::Write as _;

/// Points of one annotation: a long letter written by hand.
const POINTS: usize = 50_000;
/// What a quarter of a circle's curve reaches out by, of its radius.
const BULGE: f64 = 0.552_284_75;

/// An annotation's lines and the state they are drawn in.
pub(super) struct Drawing {
    pub(super) content: Vec<u8>,
    /// Whether it lets what is below shine through like a marker pen.
    pub(super) is_marker: bool,
    pub(super) opacity: f64,
}

/// Draws an annotation; `None` where it has no shape of its own.
pub(super) fn drawn(source: &Source<'_>, mark: &Dict) -> Result<Option<Drawing>, Unfit> {
    let Some(shape) = Shape::of(source, mark)? else { return Ok(None) };
    let (line, fill) = (colour(source, mark, "C")?, colour(source, mark, "IC")?);
    let width = width(source, mark)?;
    let mut content = String::new();
    let operator = match (&shape, &line, &fill) {
        (Shape::Marker(_), Some(line), _) => {
            content += &line.operator(false);
            "f"
        }
        (_, Some(line), fill) if width > 0.0 => {
            content += &line.operator(true);
            let _ = writeln!(content, "{width} w");
            let inside = fill.as_ref().filter(|_| shape.is_closed());
            content += &inside.map_or_else(String::new, |fill| fill.operator(false));
            if inside.is_some() { "B" } else { "S" }
        }
        (_, _, Some(fill)) if shape.is_closed() => {
            content += &fill.operator(false);
            "f"
        }
        _ => return Ok(None),
    };
    shape.path(&mut content);
    content += operator;
    content.push('\n');
    let opacity = source.value(mark, "CA")?.as_f64().unwrap_or(1.0).clamp(0.0, 1.0);
    Ok(Some(Drawing { content: content.into_bytes(), is_marker: matches!(shape, Shape::Marker(_)), opacity }))
}

type Point = (f64, f64);

enum Shape {
    /// Four corners each: top left, top right, bottom left, bottom right.
    Marker(Vec<[Point; 4]>),
    /// Lines through points, each closed or not.
    Lines(Vec<Vec<Point>>, bool),
    Ellipse([f64; 4]),
}

impl Shape {
    fn of(source: &Source<'_>, mark: &Dict) -> Result<Option<Self>, Unfit> {
        let subtype = source.value(mark, "Subtype")?;
        let quads = || -> Result<Vec<[Point; 4]>, Unfit> {
            let all = points(source, mark, "QuadPoints")?;
            Ok(all.chunks_exact(4).filter_map(|four| four.try_into().ok()).collect())
        };
        // Under the letters or through their middle.
        let lines = |part: f64| -> Result<Self, Unfit> {
            let between = |low: Point, high: Point| (low.0 + (high.0 - low.0) * part, low.1 + (high.1 - low.1) * part);
            let line = |four: [Point; 4]| vec![between(four[2], four[0]), between(four[3], four[1])];
            Ok(Self::Lines(quads()?.into_iter().map(line).collect(), false))
        };
        Ok(Some(match subtype.as_name() {
            Some(b"Highlight") => Self::Marker(quads()?),
            Some(b"Underline" | b"Squiggly") => lines(0.08)?,
            Some(b"StrikeOut") => lines(0.45)?,
            Some(b"Line") => Self::Lines(vec![points(source, mark, "L")?], false),
            Some(b"PolyLine") => Self::Lines(vec![points(source, mark, "Vertices")?], false),
            Some(b"Polygon") => Self::Lines(vec![points(source, mark, "Vertices")?], true),
            Some(b"Ink") => {
                let held = source.value(mark, "InkList")?;
                let lists = held.as_array().unwrap_or_default().iter().take(POINTS / 8);
                Self::Lines(lists.map(|list| pairs(source, list)).collect::<Result<_, _>>()?, false)
            }
            Some(kind @ (b"Square" | b"Circle" | b"Link")) => {
                let Some(edges) = rectangle(source, mark, "Rect")? else { return Ok(None) };
                let inset = if kind == b"Link" { 0.0 } else { width(source, mark)? / 2.0 };
                let [left, bottom, right, top] = edges.map(|edge| edge.as_f64().unwrap_or(0.0));
                let [left, bottom, right, top] = [left + inset, bottom + inset, right - inset, top - inset];
                if kind == b"Circle" {
                    Self::Ellipse([left, bottom, right, top])
                } else {
                    Self::Lines(vec![vec![(left, bottom), (right, bottom), (right, top), (left, top)]], true)
                }
            }
            _ => return Ok(None),
        }))
    }

    fn is_closed(&self) -> bool {
        !matches!(self, Self::Lines(_, false))
    }

    fn path(&self, content: &mut String) {
        match self {
            Self::Marker(quads) => {
                for [a, b, c, d] in quads {
                    path(content, &[*a, *b, *d, *c], true);
                }
            }
            Self::Lines(lines, is_closed) => lines.iter().for_each(|line| path(content, line, *is_closed)),
            Self::Ellipse([left, bottom, right, top]) => {
                let (x, y) = (f64::midpoint(*left, *right), f64::midpoint(*bottom, *top));
                let (across, up) = ((right - left) / 2.0, (top - bottom) / 2.0);
                let mut line = format!("{right} {y} m\n");
                for (from, to) in [
                    ((1.0, 0.0), (0.0, 1.0)),
                    ((0.0, 1.0), (-1.0, 0.0)),
                    ((-1.0, 0.0), (0.0, -1.0)),
                    ((0.0, -1.0), (1.0, 0.0)),
                ] {
                    let at = |a: Point, b: Point, bulge: f64| {
                        format!("{} {}", x + across * (a.0 + b.0 * bulge), y + up * (a.1 + b.1 * bulge))
                    };
                    let _ = writeln!(line, "{} {} {} c", at(from, to, BULGE), at(to, from, BULGE), at(to, from, 0.0));
                }
                content.push_str(&line);
                content.push_str("h\n");
            }
        }
    }
}

fn path(content: &mut String, points: &[Point], is_closed: bool) {
    for (index, (x, y)) in points.iter().enumerate() {
        let _ = writeln!(content, "{x} {y} {}", if index == 0 { 'm' } else { 'l' });
    }
    if is_closed && !points.is_empty() {
        content.push_str("h\n");
    }
}

fn points(source: &Source<'_>, mark: &Dict, key: &str) -> Result<Vec<Point>, Unfit> {
    mark.get(key).map_or(Ok(Vec::new()), |list| pairs(source, list))
}

fn pairs(source: &Source<'_>, list: &Object) -> Result<Vec<Point>, Unfit> {
    let held = source.resolve(list)?;
    let numbers: Vec<f64> =
        held.as_array().unwrap_or_default().iter().filter_map(Object::as_f64).take(POINTS).collect();
    Ok(numbers.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect())
}

fn width(source: &Source<'_>, mark: &Dict) -> Result<f64, Unfit> {
    let style = source.value(mark, "BS")?;
    let border = source.value(mark, "Border")?;
    let width = match style.as_dict().and_then(|style| style.get("W")) {
        Some(width) => width.as_f64(),
        None => border.as_array().and_then(|border| border.get(2)).and_then(Object::as_f64),
    };
    Ok(width.unwrap_or(1.0).clamp(0.0, 50.0))
}

struct Colour(Vec<f64>);

impl Colour {
    fn operator(&self, is_line: bool) -> String {
        let operator = match (self.0.len(), is_line) {
            (1, true) => "G",
            (1, false) => "g",
            (3, true) => "RG",
            (3, false) => "rg",
            (_, true) => "K",
            (_, false) => "k",
        };
        let numbers: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        format!("{} {operator}\n", numbers.join(" "))
    }
}

fn colour(source: &Source<'_>, mark: &Dict, key: &str) -> Result<Option<Colour>, Unfit> {
    let held = source.value(mark, key)?;
    let numbers: Vec<f64> = held.as_array().unwrap_or_default().iter().filter_map(Object::as_f64).take(5).collect();
    Ok(matches!(numbers.len(), 1 | 3 | 4).then_some(Colour(numbers)))
}
