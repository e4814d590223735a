//! Annotations and fields (12.5, 12.7): what can be seen of them becomes part of the page, the rest goes.
//!
//! Their dictionaries name authors, hold dates, remarks, links and actions; their appearances are drawings like any
//! other; where a shape has none, it is drawn from its points. A signature's appearance goes as well, as it says who signed and when.

use super::build::{Builder, Kind, Scope};
use super::field::Fields;
use super::object::{Dict, Object};
use super::page::rectangle;
use super::role::Role;
use super::{stroke, write};
use crate::file::Unfit;
use std::rc::Rc;

/// Annotations on one page.
const MARKS: usize = 20_000;

/// Kinds whose appearance belongs to the page. The icon of a note could not be opened any more.
const DRAWN: [&[u8]; 18] = [
    b"Link",
    b"Caret",
    b"Screen",
    b"Movie",
    b"Widget",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Stamp",
    b"Ink",
    b"Watermark",
];

impl Builder<'_, '_> {
    /// Content that draws a page's annotations.
    pub(super) fn marks(&mut self, page: &Dict, root: &Dict, scope: &mut Scope) -> Result<Vec<u8>, Unfit> {
        let held = self.source.value(page, "Annots")?;
        let items = held.as_array().unwrap_or_default();
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let fields = Fields::of(self.source, root)?;
        let mut out = Vec::new();
        for item in items.iter().take(MARKS) {
            let mark = self.source.resolve(item)?;
            let Some(mark) = mark.as_dict() else { continue };
            self.traces += 1;
            if self.is_drawn(mark, &fields)? {
                self.mark_drawn(mark, &fields, scope, &mut out)?;
            }
        }
        Ok(out)
    }

    fn is_drawn(&self, mark: &Dict, fields: &Fields<'_, '_>) -> Result<bool, Unfit> {
        const HIDDEN: i64 = 2;
        const NOT_VIEWED: i64 = 32;
        let flags = self.source.value(mark, "F")?.as_int().unwrap_or(0);
        let subtype = self.source.value(mark, "Subtype")?;
        let is_known = subtype.as_name().is_some_and(|name| DRAWN.contains(&name));
        if !is_known || flags & (HIDDEN | NOT_VIEWED) != 0 {
            return Ok(false);
        }
        if let Some(layer) = mark.get("OC")
            && self.layers.hides(self.source, layer)?
        {
            return Ok(false);
        }
        Ok(!fields.is_signature(mark)?)
    }

    fn mark_drawn(
        &mut self,
        mark: &Dict,
        fields: &Fields<'_, '_>,
        scope: &mut Scope,
        out: &mut Vec<u8>,
    ) -> Result<(), Unfit> {
        let Some(edges) = numbers(rectangle(self.source, mark, "Rect")?) else { return Ok(()) };
        let rect = [edges[0].min(edges[2]), edges[1].min(edges[3]), edges[0].max(edges[2]), edges[1].max(edges[3])];
        let appearance = self.appearance(mark)?;
        let (form, matrix) = if let Some(made) = fields.written_anew(mark, &appearance, rect)? {
            let number = self.enter(made)?;
            (Object::Ref(number), [1.0, 0.0, 0.0, 1.0, rect[0], rect[1]])
        } else {
            let held = self.source.resolve(&appearance)?;
            let Some(stream) = held.as_stream() else { return self.stroked(mark, scope, out) };
            let matrix = self.placement(&stream.dict, rect)?;
            let within = Rc::clone(&scope.old);
            (self.copy(&appearance, Role::Form, &within)?, matrix)
        };
        if form == Object::Null {
            return Ok(());
        }
        let name = scope.add(Kind::XObject, form);
        out.extend_from_slice(b"q\n");
        for value in matrix {
            write::object(out, &Object::Real(value));
            out.push(b' ');
        }
        out.extend_from_slice(b"cm\n");
        write::name(out, &name);
        out.extend_from_slice(b" Do\nQ\n");
        Ok(())
    }

    /// Lines and shapes without an appearance.
    fn stroked(&self, mark: &Dict, scope: &mut Scope, out: &mut Vec<u8>) -> Result<(), Unfit> {
        let Some(drawing) = stroke::drawn(self.source, mark)? else { return Ok(()) };
        out.extend_from_slice(b"q\n");
        if drawing.is_marker || drawing.opacity < 1.0 {
            let mut state = Dict::of([("CA", Object::Real(drawing.opacity)), ("ca", Object::Real(drawing.opacity))]);
            if drawing.is_marker {
                state.set("BM", Object::name("Multiply"));
            }
            let name = scope.add(Kind::GraphicsState, Object::Dict(state));
            write::name(out, &name);
            out.extend_from_slice(b" gs\n");
        }
        out.extend_from_slice(&drawing.content);
        out.extend_from_slice(b"Q\n");
        Ok(())
    }

    /// The normal appearance in its present state.
    fn appearance(&self, mark: &Dict) -> Result<Object, Unfit> {
        let all = self.source.value(mark, "AP")?;
        let Some(normal) = all.as_dict().and_then(|all| all.get("N")) else { return Ok(Object::Null) };
        let held = self.source.resolve(normal)?;
        let Object::Dict(states) = &*held else { return Ok(normal.clone()) };
        let state = self.source.value(mark, "AS")?;
        Ok(state.as_name().and_then(|state| states.find(state)).cloned().unwrap_or(Object::Null))
    }

    /// What puts a form's box, turned by its own matrix, into the annotation's rectangle (algorithm 8.1).
    fn placement(&self, form: &Dict, rect: [f64; 4]) -> Result<[f64; 6], Unfit> {
        let matrix = self.source.value(form, "Matrix")?;
        let items = matrix.as_array().unwrap_or_default();
        let at = |index: usize, otherwise: f64| items.get(index).and_then(Object::as_f64).unwrap_or(otherwise);
        let x_of = |x: f64, y: f64| at(0, 1.0) * x + at(2, 0.0) * y + at(4, 0.0);
        let y_of = |x: f64, y: f64| at(1, 0.0) * x + at(3, 1.0) * y + at(5, 0.0);
        let [left, bottom, right, top] = numbers(rectangle(self.source, form, "BBox")?).unwrap_or(rect);
        let corners = [(left, bottom), (right, bottom), (left, top), (right, top)];
        let turned = corners.map(|(x, y)| (x_of(x, y), y_of(x, y)));
        let low = turned.iter().fold((f64::MAX, f64::MAX), |low, point| (low.0.min(point.0), low.1.min(point.1)));
        let high = turned.iter().fold((f64::MIN, f64::MIN), |high, point| (high.0.max(point.0), high.1.max(point.1)));
        let scale = |wanted: f64, given: f64| if given.abs() > 1e-9 { wanted / given } else { 1.0 };
        let (across, up) = (scale(rect[2] - rect[0], high.0 - low.0), scale(rect[3] - rect[1], high.1 - low.1));
        Ok([across, 0.0, 0.0, up, rect[0] - low.0 * across, rect[1] - low.1 * up])
    }
}

fn numbers(edges: Option<[Object; 4]>) -> Option<[f64; 4]> {
    Some(edges?.map(|edge| edge.as_f64().unwrap_or(0.0)))
}
