//! Copies what pages need into a new file, object by object and entry by entry of the allowed ones.

use super::layer::Layers;
use super::object::{Dict, Name, Object, Stream};
use super::role::{Role, TRACES};
use super::source::Source;
use super::write::Made;
use crate::file::Unfit;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Objects within objects; a form in a pattern in a font in a form is rare already.
const DEPTH: usize = 40;

/// The new file on its way.
pub(super) struct Builder<'s, 'a> {
    pub(super) source: &'s Source<'a>,
    pub(super) layers: Layers,
    objects: Vec<Made>,
    copies: BTreeMap<(u32, Role), Copied>,
    pub(super) traces: usize,
    depth: usize,
}

#[derive(Clone, Copy)]
enum Copied {
    /// Being copied: met again, it would contain itself.
    Busy,
    Nothing,
    As(u32),
}

/// The resources that a content stream may name: the old ones, and those it really named, under new names.
pub(super) struct Scope {
    pub(super) old: Rc<Dict>,
    named: BTreeMap<(Kind, Name), Option<Name>>,
    new: BTreeMap<Kind, Dict>,
}

/// The kinds of named resources.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Font,
    XObject,
    GraphicsState,
    ColourSpace,
    Pattern,
    Shading,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Font => "Font",
            Self::XObject => "XObject",
            Self::GraphicsState => "ExtGState",
            Self::ColourSpace => "ColorSpace",
            Self::Pattern => "Pattern",
            Self::Shading => "Shading",
        }
    }

    fn role(self) -> Role {
        match self {
            Self::Font => Role::Font,
            Self::XObject => Role::XObject,
            Self::GraphicsState => Role::GraphicsState,
            Self::ColourSpace => Role::ColourSpace,
            Self::Pattern => Role::Pattern,
            Self::Shading => Role::Shading,
        }
    }

    fn letter(self) -> char {
        match self {
            Self::Font => 'F',
            Self::XObject => 'X',
            Self::GraphicsState => 'G',
            Self::ColourSpace => 'C',
            Self::Pattern => 'P',
            Self::Shading => 'S',
        }
    }
}

impl Scope {
    pub(super) fn new(old: Rc<Dict>) -> Self {
        Self { old, named: BTreeMap::new(), new: BTreeMap::new() }
    }

    /// Enters something made by us.
    pub(super) fn add(&mut self, kind: Kind, value: Object) -> Name {
        let entries = self.new.entry(kind).or_default();
        let name = format!("{}{}", kind.letter(), entries.len()).into_bytes();
        entries.insert(name.clone(), value);
        name
    }

    /// The resource dictionary that goes with the new content.
    pub(super) fn resources(self) -> Object {
        let mut resources = Dict::default();
        for (kind, entries) in self.new {
            resources.set(kind.key(), Object::Dict(entries));
        }
        Object::Dict(resources)
    }
}

impl<'s, 'a> Builder<'s, 'a> {
    pub(super) fn new(source: &'s Source<'a>, layers: Layers) -> Self {
        Self { source, layers, objects: Vec::new(), copies: BTreeMap::new(), traces: 0, depth: 0 }
    }

    pub(super) fn into_objects(self) -> Vec<Made> {
        self.objects
    }

    /// Enters a finished object and gives it a number.
    pub(super) fn enter(&mut self, made: Made) -> Result<u32, Unfit> {
        self.source.budget().take_entries(1)?;
        self.objects.push(made);
        u32::try_from(self.objects.len()).map_err(|_| Unfit::TooLarge)
    }

    /// Replaces an object entered before.
    pub(super) fn replace(&mut self, number: u32, made: Made) {
        let index = usize::try_from(number).unwrap_or(usize::MAX).wrapping_sub(1);
        if let Some(place) = self.objects.get_mut(index) {
            *place = made;
        }
    }

    /// The new name of a resource; `None` where it may not be shown.
    pub(super) fn resource(&mut self, scope: &mut Scope, kind: Kind, name: &[u8]) -> Result<Option<Name>, Unfit> {
        if let Some(known) = scope.named.get(&(kind, name.to_vec())) {
            return Ok(known.clone());
        }
        let old = Rc::clone(&scope.old);
        let entries = self.source.value(&old, kind.key())?;
        let value = entries.as_dict().and_then(|entries| entries.find(name)).cloned().unwrap_or(Object::Null);
        let held = self.source.resolve(&value)?;
        let layer = held.as_dict().and_then(|dict| dict.get("OC"));
        let is_hidden = layer.map_or(Ok(false), |layer| self.layers.hides(self.source, layer))?;
        let copy = if is_hidden { Object::Null } else { self.copy(&value, kind.role(), &old)? };
        let new = (copy != Object::Null).then(|| scope.add(kind, copy));
        scope.named.insert((kind, name.to_vec()), new.clone());
        Ok(new)
    }

    /// Colour spaces that stand for the device's own without being named.
    pub(super) fn default_colours(&mut self, scope: &mut Scope) -> Result<(), Unfit> {
        let old = Rc::clone(&scope.old);
        let entries = self.source.value(&old, Kind::ColourSpace.key())?;
        for name in ["DefaultGray", "DefaultRGB", "DefaultCMYK"] {
            let Some(value) = entries.as_dict().and_then(|entries| entries.get(name)) else { continue };
            let copy = self.copy(value, Role::ColourSpace, &old)?;
            if copy != Object::Null {
                scope.new.entry(Kind::ColourSpace).or_default().set(name, copy);
            }
        }
        Ok(())
    }

    /// A value in its new form. `within` are the resources of the content that uses it: old forms have none.
    pub(super) fn copy(&mut self, value: &Object, role: Role, within: &Rc<Dict>) -> Result<Object, Unfit> {
        if self.depth >= DEPTH {
            return Ok(Object::Null);
        }
        self.depth += 1;
        let copy = match value {
            Object::Ref(number) => self.copy_numbered(*number, role, within),
            Object::Array(items) if role == Role::ColourSpace => self.colour_space(items, within),
            Object::Array(items) => self.copy_array(items, role, within),
            Object::Dict(dict) => self.copy_dict(dict, role, within),
            Object::Str(_) | Object::Stream(_) => Ok(Object::Null),
            scalar => Ok(scalar.clone()),
        };
        self.depth -= 1;
        copy
    }

    fn copy_numbered(&mut self, number: u32, role: Role, within: &Rc<Dict>) -> Result<Object, Unfit> {
        match self.copies.get(&(number, role)) {
            Some(Copied::As(number)) => return Ok(Object::Ref(*number)),
            Some(Copied::Busy | Copied::Nothing) => return Ok(Object::Null),
            None => {}
        }
        let reference = Object::Ref(number);
        let held = self.source.resolve(&reference)?;
        if held.is_scalar() {
            return Ok(held.clone());
        }
        self.copies.insert((number, role), Copied::Busy);
        let made = match &*held {
            Object::Stream(stream) => self.stream(stream, role, within)?,
            other => Some(Made::Object(self.copy(other, role, within)?)),
        };
        let made = made.filter(|made| !matches!(made, Made::Object(Object::Null)));
        if let Some(Made::Object(scalar)) =
            made.as_ref().filter(|made| matches!(made, Made::Object(object) if object.is_scalar()))
        {
            self.copies.remove(&(number, role));
            return Ok(scalar.clone());
        }
        let (state, copy) = match made {
            Some(made) => {
                let number = self.enter(made)?;
                (Copied::As(number), Object::Ref(number))
            }
            None => (Copied::Nothing, Object::Null),
        };
        self.copies.insert((number, role), state);
        Ok(copy)
    }

    fn copy_array(&mut self, items: &[Object], role: Role, within: &Rc<Dict>) -> Result<Object, Unfit> {
        // Text within an array counts as nothing, but keeps its place.
        items.iter().map(|item| self.copy(item, role, within)).collect::<Result<_, _>>().map(Object::Array)
    }

    fn copy_dict(&mut self, dict: &Dict, role: Role, within: &Rc<Dict>) -> Result<Object, Unfit> {
        Ok(match role {
            Role::Plain | Role::Octets | Role::XObject | Role::Image | Role::Form => Object::Null,
            Role::Collection => self.collection(dict)?,
            Role::Font if dict.is("Subtype", "Type3") => Object::Dict(self.drawn_font(dict, within)?),
            _ => Object::Dict(self.fields(dict, role, within)?),
        })
    }

    /// The allowed entries of a dictionary.
    pub(super) fn fields(&mut self, dict: &Dict, role: Role, within: &Rc<Dict>) -> Result<Dict, Unfit> {
        self.traces += TRACES.iter().filter(|key| dict.get(key).is_some()).count();
        let mut kept = Dict::default();
        for (key, role) in role.fields() {
            let Some(value) = dict.get(key) else { continue };
            let copy = self.copy(value, *role, within)?;
            if copy != Object::Null {
                kept.set(key, copy);
            }
        }
        Ok(kept)
    }

    /// Registry and ordering, which are text: only those that everybody knows.
    fn collection(&self, dict: &Dict) -> Result<Object, Unfit> {
        const ORDERINGS: [&[u8]; 7] = [b"Japan1", b"Japan2", b"GB1", b"CNS1", b"Korea1", b"KR", b"UCS"];
        let ordering = self.source.value(dict, "Ordering")?.as_str().unwrap_or_default().to_vec();
        let ordering = if ORDERINGS.contains(&ordering.as_slice()) { ordering } else { b"Identity".to_vec() };
        let supplement = self.source.value(dict, "Supplement")?.as_int().unwrap_or(0);
        Ok(Object::Dict(Dict::of([
            ("Registry", Object::Str(b"Adobe".to_vec())),
            ("Ordering", Object::Str(ordering)),
            ("Supplement", Object::Int(supplement)),
        ])))
    }

    fn stream(&mut self, stream: &Stream, role: Role, within: &Rc<Dict>) -> Result<Option<Made>, Unfit> {
        match role {
            Role::XObject if stream.dict.is("Subtype", "Image") => self.image(stream, within),
            Role::XObject if stream.dict.is("Subtype", "Form") => self.drawing(stream, Role::Form, within),
            Role::Image => self.image(stream, within),
            Role::Form | Role::Pattern => self.drawing(stream, role, within),
            Role::Function | Role::Shading | Role::Encoding | Role::ToUnicode | Role::Octets => {
                self.data(stream, role, within)
            }
            Role::Profile | Role::FontFile => self.data(stream, role, within),
            _ => Ok(None),
        }
    }

    /// A form or a pattern: its content is written anew, with the resources it names.
    fn drawing(&mut self, stream: &Stream, role: Role, within: &Rc<Dict>) -> Result<Option<Made>, Unfit> {
        let mut dict = self.fields(&stream.dict, role, within)?;
        let own = self.source.value(&stream.dict, "Resources")?.as_dict().cloned().map(Rc::new);
        let mut scope = Scope::new(own.unwrap_or_else(|| Rc::clone(within)));
        let octets = self.source.unpack(stream)?.octets;
        let content = self.content(&octets, &mut scope)?;
        self.default_colours(&mut scope)?;
        dict.set("Resources", scope.resources());
        if role == Role::Form {
            // Appearances of annotations often do not say what they are; drawn by a page, they have to.
            dict.set("Type", Object::name("XObject"));
            dict.set("Subtype", Object::name("Form"));
        }
        Ok(Some(super::data::packed(dict, &content)))
    }

    /// A font whose glyphs are drawings (9.6.5).
    fn drawn_font(&mut self, font: &Dict, within: &Rc<Dict>) -> Result<Dict, Unfit> {
        let mut dict = self.fields(font, Role::Font, within)?;
        let own = self.source.value(font, "Resources")?.as_dict().cloned().map(Rc::new);
        let mut scope = Scope::new(own.unwrap_or_else(|| Rc::clone(within)));
        let glyphs = self.source.value(font, "CharProcs")?;
        let mut drawings = Dict::default();
        for (glyph, value) in glyphs.as_dict().iter().flat_map(|glyphs| glyphs.iter()) {
            let held = self.source.resolve(value)?;
            let Some(stream) = held.as_stream() else { continue };
            let octets = self.source.unpack(stream)?.octets;
            let content = self.content(&octets, &mut scope)?;
            let number = self.enter(super::data::packed(Dict::default(), &content))?;
            drawings.insert(glyph.clone(), Object::Ref(number));
        }
        self.default_colours(&mut scope)?;
        dict.set("CharProcs", Object::Dict(drawings));
        dict.set("Resources", scope.resources());
        Ok(dict)
    }
}
