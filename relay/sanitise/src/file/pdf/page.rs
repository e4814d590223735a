//! Pages: found in the tree (7.7.3), each with what it inherits, and built anew.

use super::build::{Builder, Scope};
use super::layer::Layers;
use super::object::{Dict, Object};
use super::role::Role;
use super::source::Source;
use super::write::{Made, whole};
use super::{data, write};
use crate::file::Unfit;
use std::collections::BTreeSet;
use std::rc::Rc;

const CATALOGUE: u32 = 1;
const TREE: u32 = 2;
/// Nodes of the tree; also what a page may have of contents and marks.
const NODES: usize = 1 << 16;

/// What pages inherit.
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// The file of all pages, and how many traces were left out.
pub(super) fn rebuild(source: &Source<'_>) -> Result<(Vec<u8>, usize), Unfit> {
    let root = source.root()?.unwrap_or_default();
    let pages = match pages(source, &root)? {
        pages if pages.is_empty() => strays(source)?,
        pages => pages,
    };
    if pages.is_empty() {
        return Err(Unfit::Broken);
    }
    let layers = Layers::of(source, &root)?;
    let mut builder = Builder::new(source, layers);
    builder.traces += root.iter().filter(|(key, _)| !matches!(key.as_slice(), b"Type" | b"Pages" | b"Version")).count();
    builder.traces += source.information();
    builder.enter(Made::Object(Object::Null))?;
    builder.enter(Made::Object(Object::Null))?;
    let mut kids = Vec::with_capacity(pages.len());
    for page in &pages {
        let page = builder.page(page, &root)?;
        kids.push(Object::Ref(builder.enter(Made::Object(Object::Dict(page)))?));
    }
    let tree = Dict::of([("Type", Object::name("Pages")), ("Count", whole(kids.len())), ("Kids", Object::Array(kids))]);
    builder.replace(TREE, Made::Object(Object::Dict(tree)));
    let catalogue = Dict::of([("Type", Object::name("Catalog")), ("Pages", Object::Ref(TREE))]);
    builder.replace(CATALOGUE, Made::Object(Object::Dict(catalogue)));
    let traces = builder.traces;
    Ok((write::file(&builder.into_objects()), traces))
}

/// The pages in order. A node of the tree that is met twice is a loop; a page may be there twice.
pub(super) fn pages(source: &Source<'_>, root: &Dict) -> Result<Vec<Dict>, Unfit> {
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![(root.get("Pages").cloned().unwrap_or(Object::Null), Rc::new(Dict::default()))];
    let mut nodes = 0;
    while let Some((node, inherited)) = open.pop() {
        nodes += 1;
        if nodes > NODES {
            return Err(Unfit::TooLarge);
        }
        let held = source.resolve(&node)?;
        let Object::Dict(dict) = &*held else { continue };
        let kids = source.value(dict, "Kids")?;
        match kids.as_array() {
            // Met again, it would contain itself.
            Some(_) if matches!(node, Object::Ref(number) if !seen.insert(number)) => {}
            Some(kids) if !dict.is("Type", "Page") => {
                let mut below = (*inherited).clone();
                for key in INHERITED {
                    if let Some(value) = dict.get(key) {
                        below.set(key, value.clone());
                    }
                }
                let below = Rc::new(below);
                open.extend(kids.iter().rev().take(NODES).map(|kid| (kid.clone(), Rc::clone(&below))));
            }
            _ if dict.is("Type", "Pages") => {}
            _ => {
                let mut page = dict.clone();
                for (key, value) in inherited.iter() {
                    if page.find(key).is_none() {
                        page.insert(key.clone(), value.clone());
                    }
                }
                pages.push(page);
            }
        }
    }
    Ok(pages)
}

/// Without a tree, every object that says it is a page.
fn strays(source: &Source<'_>) -> Result<Vec<Dict>, Unfit> {
    let mut pages = Vec::new();
    for number in source.numbers() {
        let object = source.load(number)?;
        if let Some(dict) = object.as_dict().filter(|dict| dict.is("Type", "Page")) {
            pages.push(dict.clone());
        }
    }
    Ok(pages)
}

/// What a deflated stream of nothing may take.
const NOTHING: usize = 16;

/// A page's content streams as one. A page of which nothing can be read is no blank page: the file counts as broken,
/// so that somebody is told.
pub(super) fn contents(source: &Source<'_>, page: &Dict) -> Result<Vec<u8>, Unfit> {
    let held = source.value(page, "Contents")?;
    let parts = match &*held {
        Object::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let (mut all, mut packed) = (Vec::new(), 0);
    for part in parts.iter().take(NODES) {
        let part = source.resolve(part)?;
        if let Some(stream) = part.as_stream() {
            let octets = source.unpack(stream)?.octets;
            packed += if octets.is_empty() { stream.raw.len() } else { 0 };
            all.extend_from_slice(&octets);
            // Words end where a part ends (7.8.2).
            all.push(b'\n');
        }
    }
    let is_lost = packed > NOTHING && all.iter().all(u8::is_ascii_whitespace);
    if is_lost { Err(Unfit::Broken) } else { Ok(all) }
}

impl Builder<'_, '_> {
    fn page(&mut self, old: &Dict, root: &Dict) -> Result<Dict, Unfit> {
        let resources = self.source.value(old, "Resources")?.as_dict().cloned().unwrap_or_default();
        let resources = Rc::new(resources);
        let mut scope = Scope::new(Rc::clone(&resources));
        let octets = contents(self.source, old)?;
        let mut content = self.content(&octets, &mut scope)?;
        self.default_colours(&mut scope)?;
        let drawn = self.marks(old, root, &mut scope)?;
        if !drawn.is_empty() {
            content = [b"q\n".as_slice(), &content, b"Q\n", &drawn].concat();
        }
        let mut page = Dict::of([("Type", Object::name("Page")), ("Parent", Object::Ref(TREE))]);
        self.boxes(old, &mut page)?;
        if let Some(group) = old.get("Group") {
            let group = self.copy(group, Role::Group, &resources)?;
            page.set("Group", group);
        }
        self.traces += super::role::TRACES.iter().filter(|key| old.get(key).is_some()).count();
        page.set("Resources", scope.resources());
        let content = self.enter(data::packed(Dict::default(), &content))?;
        page.set("Contents", Object::Ref(content));
        Ok(page)
    }

    fn boxes(&self, old: &Dict, page: &mut Dict) -> Result<(), Unfit> {
        for key in ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"] {
            if let Some(edges) = rectangle(self.source, old, key)? {
                page.set(key, Object::Array(edges.to_vec()));
            } else if key == "MediaBox" {
                page.set(key, Object::Array([0, 0, 612, 792].map(Object::Int).to_vec()));
            }
        }
        for key in ["Rotate", "UserUnit"] {
            let held = self.source.value(old, key)?;
            if matches!(&*held, Object::Int(_) | Object::Real(_)) {
                page.set(key, held.clone());
            }
        }
        Ok(())
    }
}

/// Four numbers.
pub(super) fn rectangle(source: &Source<'_>, dict: &Dict, key: &str) -> Result<Option<[Object; 4]>, Unfit> {
    let held = source.value(dict, key)?;
    let items = held.as_array().unwrap_or_default().iter().take(4);
    let edges = items.map(|edge| Ok(source.resolve(edge)?.clone())).collect::<Result<Vec<Object>, Unfit>>()?;
    let are_numbers = edges.iter().all(|edge| edge.as_f64().is_some());
    Ok(edges.try_into().ok().filter(|_| are_numbers))
}
