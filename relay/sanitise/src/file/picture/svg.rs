//! SVG: a drawing in text, drawn here once and passed on as points.
//!
//! ```text
//! octets ─ text ─ gate::admit ─▶ usvg ─ effort::of ─▶ scale ─ resvg ─▶ Raster
//! ```
//!
//! Nothing of the text arrives: neither titles, descriptions, metadata, layer names nor scripts. A relay has no fonts,
//! so the letters of a drawing are not drawn either; [`words`] gives them to be washed, and passed on beside it.

mod effort;
mod gate;
mod words;

use super::super::{FileBudget, Unfit};
use super::raster::Raster;
use effort::Effort;
use flate2::read::GzDecoder;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, ImageKind, Options, Tree};
use std::borrow::Cow;
use std::io::Read;
use std::sync::{Arc, Mutex};

/// Longest edge of what is drawn, and the shortest one that a large drawing may be made smaller to.
const EDGE_MAX: f32 = 2048.0;
const EDGE_MIN: f32 = 256.0;
/// Longest edge that a small drawing is drawn at: its reader enlarges it.
const EDGE_SMALL: f32 = 512.0;
/// Octets of text: the largest drawings that people send, and no map of a country.
const TEXT_MAX: usize = 8 << 20;
/// Where the root element is looked for.
const HEAD: usize = 4096;

/// Whether the octets are a drawing, packed or not.
pub(super) fn is_svg(octets: &[u8]) -> bool {
    if !is_packed(octets) {
        return is_text(octets.get(..octets.len().min(HEAD)).unwrap_or_default());
    }
    let mut head = Vec::with_capacity(HEAD);
    let most = u64::try_from(HEAD).unwrap_or_default();
    // What could be unpacked before a fault is enough to tell.
    let _ = GzDecoder::new(octets).take(most).read_to_end(&mut head);
    is_text(&head)
}

fn is_packed(octets: &[u8]) -> bool {
    octets.starts_with(b"\x1f\x8b\x08")
}

/// SVG is text: its root element stands behind declarations and comments.
fn is_text(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    text.starts_with(b"<") && ["<svg", ":svg"].iter().any(|root| memchr::memmem::find(text, root.as_bytes()).is_some())
}

/// A drawing drawn, and how many traces it had.
pub(super) fn decode(octets: &[u8], budget: &mut FileBudget) -> Result<(Raster, usize), Unfit> {
    let text = text(octets, budget)?;
    let document = gate::read(&text)?;
    let traces = gate::admit(&document, budget)?;
    let shared = Mutex::new(budget.clone());
    let tree = Tree::from_xmltree(&document, &options(&shared)).map_err(|_| Unfit::Broken)?;
    *budget = shared.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let raster = draw(&tree, budget)?;
    // Blank: what there was to see were letters, or nothing at all.
    if raster.points().iter().all(|point| point[3] == 0) { Err(Unfit::Unsupported) } else { Ok((raster, traces)) }
}

/// The letters of a drawing, a line for each run of them; nothing where the octets are none.
pub(super) fn words(octets: &[u8], budget: &mut FileBudget) -> String {
    let read = text(octets, budget).and_then(|text| Ok(words::of(&gate::read(&text)?)));
    read.unwrap_or_default()
}

fn text<'o>(octets: &'o [u8], budget: &mut FileBudget) -> Result<Cow<'o, str>, Unfit> {
    if !is_packed(octets) {
        if octets.len() > TEXT_MAX {
            return Err(Unfit::TooLarge);
        }
        return std::str::from_utf8(octets).map(Cow::Borrowed).map_err(|_| Unfit::Broken);
    }
    let most = TEXT_MAX.min(budget.octets_left());
    let mut unpacked = Vec::new();
    let mut packed = GzDecoder::new(octets).take(u64::try_from(most + 1).unwrap_or(u64::MAX));
    packed.read_to_end(&mut unpacked).map_err(|_| Unfit::Broken)?;
    if unpacked.len() > most {
        return Err(Unfit::TooLarge);
    }
    budget.take_octets(unpacked.len())?;
    String::from_utf8(unpacked).map(Cow::Owned).map_err(|_| Unfit::Broken)
}

/// No files, no fonts, no other drawings: only pictures that the text itself holds, each built anew like any other.
fn options(budget: &Mutex<FileBudget>) -> Options<'_> {
    let rebuilt = |_: &str, octets: Arc<Vec<u8>>, _: &Options<'_>| {
        let mut budget = budget.lock().ok()?;
        budget.take_octets(octets.len()).ok()?;
        let made = super::rebuild_points(&octets, &mut budget).ok()?;
        let octets = Arc::new(made.octets);
        match made.kind {
            super::super::FileKind::Png => Some(ImageKind::PNG(octets)),
            super::super::FileKind::Jpeg => Some(ImageKind::JPEG(octets)),
            super::super::FileKind::Gif => Some(ImageKind::GIF(octets)),
            super::super::FileKind::Webp => Some(ImageKind::WEBP(octets)),
            _ => None,
        }
    };
    let image_href_resolver =
        ImageHrefResolver { resolve_data: Box::new(rebuilt), resolve_string: Box::new(|_, _| None) };
    Options { resources_dir: None, image_href_resolver, ..Options::default() }
}

fn draw(tree: &Tree, budget: &mut FileBudget) -> Result<Raster, Unfit> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let longest = width.max(height);
    let wanted = (longest * 2.0).clamp(EDGE_SMALL, EDGE_MAX);
    let least = wanted.min(EDGE_MIN) / longest;
    let effort = Effort::of(tree)?;
    let scale = effort.scale(wanted / longest);
    if scale < least {
        return Err(Unfit::TooLarge);
    }
    budget.take_pixels(effort.points(scale), 1)?;
    let points = |length: f32| (length * scale).round().clamp(1.0, EDGE_MAX) as u32;
    let (across, down) = (points(width), points(height));
    budget.take_pixels(across, down)?;
    let mut pixmap = Pixmap::new(across, down).ok_or(Unfit::TooLarge)?;
    let fitted = Transform::from_scale(across as f32 / width, down as f32 / height);
    resvg::render(tree, fitted, &mut pixmap.as_mut());
    let mut raster = Raster::new(pixmap.width() as usize, pixmap.height() as usize)?;
    for (to, from) in raster.points_mut().iter_mut().zip(pixmap.pixels()) {
        let point = from.demultiply();
        *to = [point.red(), point.green(), point.blue(), point.alpha()];
    }
    Ok(raster)
}
