//! A PDF as it came: its objects found, opened and read when they are asked for, each once.

use super::crypt::Cipher;
use super::filter::Filter;
use super::indirect::Octets;
use super::lex::{Lexer, Token};
use super::object::{Dict, Object, Stream};
use super::xref::{self, Place, Table};
use crate::file::{FileBudget, Unfit};
use std::borrow::Cow;
use std::cell::{Cell, RefCell, RefMut};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

/// References that may follow each other before there is an object.
const HOPS: usize = 8;
/// Objects in one stream of objects; writers put some hundreds into one.
const PACKED: usize = 1 << 17;
/// Filters on one stream; two is common, three is rare.
const FILTERS: usize = 6;

/// A file whose objects can be asked for.
pub(super) struct Source<'a> {
    octets: Octets<'a>,
    table: Table,
    cipher: Option<Cipher>,
    budget: RefCell<FileBudget>,
    loaded: RefCell<BTreeMap<u32, Rc<Object>>>,
    packs: RefCell<BTreeMap<u32, Rc<Pack>>>,
    lengths: Cell<usize>,
}

/// The objects of a stream of objects (7.5.7), by number.
struct Pack {
    octets: Vec<u8>,
    places: BTreeMap<u32, usize>,
}

/// An object, here or in the file.
pub(super) enum Held<'o> {
    Here(&'o Object),
    Loaded(Rc<Object>),
}

impl Deref for Held<'_> {
    type Target = Object;
    fn deref(&self) -> &Object {
        match self {
            Self::Here(object) => object,
            Self::Loaded(object) => object,
        }
    }
}

/// A stream unpacked as far as it is not a picture's own format.
pub(super) struct Unpacked {
    pub(super) octets: Vec<u8>,
    pub(super) picture: Option<(Filter, Dict)>,
}

impl<'a> Source<'a> {
    pub(super) fn open(octets: &'a [u8], mut budget: FileBudget) -> Result<Self, Unfit> {
        let head = octets.get(..octets.len().min(4096)).unwrap_or_default();
        let start = memchr::memmem::find(head, b"%PDF-").ok_or(Unfit::Broken)?;
        let octets = Octets::new(octets.get(start..).unwrap_or_default());
        if let Some(mut table) = xref::read(&octets, &mut budget)? {
            xref::repair(&octets, &mut table)?;
            let source = Self::of(octets, table, budget)?;
            if source.root()?.is_some() {
                return Ok(source);
            }
            return source.searched();
        }
        Self::of(octets, Table::default(), budget)?.searched()
    }

    fn of(octets: Octets<'a>, table: Table, budget: FileBudget) -> Result<Self, Unfit> {
        let mut source = Self {
            octets,
            table,
            cipher: None,
            budget: RefCell::new(budget),
            loaded: RefCell::default(),
            packs: RefCell::default(),
            lengths: Cell::new(0),
        };
        source.cipher = source.cipher()?;
        // What was read so far was read without opening it.
        source.loaded = RefCell::default();
        Ok(source)
    }

    /// The same file with places by search instead of by table.
    fn searched(self) -> Result<Self, Unfit> {
        let (table, packs) = xref::search(&self.octets)?;
        let mut source = Self::of(self.octets, table, self.budget.into_inner())?;
        let mut packed = BTreeMap::new();
        for pack in packs {
            packed.extend(source.pack(pack)?.places.keys().map(|number| (*number, Place::Packed(pack))));
        }
        for (number, place) in packed {
            source.table.places.entry(number).or_insert(place);
        }
        if source.root()?.is_none() {
            source.adopt_root()?;
        }
        Ok(source)
    }

    /// Without a trailer, the catalogue is the object that says so.
    fn adopt_root(&mut self) -> Result<(), Unfit> {
        for number in self.numbers() {
            if self.load(number)?.as_dict().is_some_and(|dict| dict.is("Type", "Catalog")) {
                self.table.trailer.set("Root", Object::Ref(number));
            }
        }
        Ok(())
    }

    fn cipher(&self) -> Result<Option<Cipher>, Unfit> {
        let Some(encrypt) = self.table.trailer.get("Encrypt") else { return Ok(None) };
        let own = if let Object::Ref(number) = encrypt { Some(*number) } else { None };
        let encrypt = self.resolved(encrypt, HOPS)?;
        let Object::Dict(encrypt) = encrypt else { return Ok(None) };
        let id = self.table.trailer.get("ID").map(|id| self.resolved(id, HOPS)).transpose()?;
        let id = id.as_ref().and_then(Object::as_array).and_then(<[Object]>::first).and_then(Object::as_str);
        Cipher::open(&encrypt, id.unwrap_or_default(), own).map(Some)
    }

    /// An object with all references in it replaced, down to a depth.
    fn resolved(&self, object: &Object, depth: usize) -> Result<Object, Unfit> {
        let Some(depth) = depth.checked_sub(1) else { return Ok(Object::Null) };
        let held = self.resolve(object)?;
        Ok(match &*held {
            Object::Array(items) => {
                Object::Array(items.iter().take(64).map(|item| self.resolved(item, depth)).collect::<Result<_, _>>()?)
            }
            Object::Dict(dict) => {
                let mut copy = Dict::default();
                for (key, value) in dict.iter().take(64) {
                    copy.insert(key.clone(), self.resolved(value, depth)?);
                }
                Object::Dict(copy)
            }
            other => other.clone(),
        })
    }

    pub(super) fn into_budget(self) -> FileBudget {
        self.budget.into_inner()
    }

    pub(super) fn budget(&self) -> RefMut<'_, FileBudget> {
        self.budget.borrow_mut()
    }

    /// How many entries describe the file as a whole.
    pub(super) fn information(&self) -> usize {
        let entries = self.value(&self.table.trailer, "Info").ok().and_then(|info| info.as_dict().map(Dict::len));
        entries.unwrap_or(0)
    }

    /// All numbers the file knows.
    pub(super) fn numbers(&self) -> Vec<u32> {
        self.table.places.keys().copied().collect()
    }

    /// The catalogue, if it has pages.
    pub(super) fn root(&self) -> Result<Option<Dict>, Unfit> {
        let Some(root) = self.table.trailer.get("Root") else { return Ok(None) };
        let root = self.resolve(root)?;
        let Some(root) = root.as_dict() else { return Ok(None) };
        let has_pages = self.value(root, "Pages")?.as_dict().is_some();
        Ok(has_pages.then(|| root.clone()))
    }

    /// The object a value stands for; null where there is none.
    pub(super) fn resolve<'o>(&self, object: &'o Object) -> Result<Held<'o>, Unfit> {
        let Object::Ref(number) = object else { return Ok(Held::Here(object)) };
        let mut loaded = self.load(*number)?;
        for _ in 0..HOPS {
            let Object::Ref(next) = *loaded else { return Ok(Held::Loaded(loaded)) };
            loaded = self.load(next)?;
        }
        Ok(Held::Here(&Object::Null))
    }

    /// A dictionary's value, resolved.
    pub(super) fn value<'o>(&self, dict: &'o Dict, key: &str) -> Result<Held<'o>, Unfit> {
        dict.get(key).map_or(Ok(Held::Here(&Object::Null)), |value| self.resolve(value))
    }

    pub(super) fn load(&self, number: u32) -> Result<Rc<Object>, Unfit> {
        if let Some(object) = self.loaded.borrow().get(&number) {
            return Ok(Rc::clone(object));
        }
        let object = Rc::new(self.read(number)?.unwrap_or(Object::Null));
        self.loaded.borrow_mut().insert(number, Rc::clone(&object));
        Ok(object)
    }

    fn read(&self, number: u32) -> Result<Option<Object>, Unfit> {
        match self.table.places.get(&number).copied() {
            Some(Place::At(place)) => self.read_at(number, place),
            Some(Place::Packed(pack)) => self.read_packed(number, pack),
            Some(Place::Deleted) | None => Ok(None),
        }
    }

    fn read_at(&self, number: u32, place: usize) -> Result<Option<Object>, Unfit> {
        let indirect = self.octets.object_at(place, &|length| self.length(length))?;
        let Some(indirect) = indirect.filter(|indirect| indirect.number == number) else { return Ok(None) };
        let mut object = indirect.object;
        if let Some(cipher) = self.cipher.as_ref().filter(|cipher| cipher.own != Some(number)) {
            let mut lexer = Lexer::new(self.octets.all, place);
            let generation = lexer.header().map_or(0, |(_, generation)| generation);
            open_strings(&mut object, cipher, (number, generation));
        }
        Ok(Some(object))
    }

    /// A stream's length in an object of its own. That object may lie in a stream whose length lies elsewhere.
    fn length(&self, number: u32) -> Option<usize> {
        match self.table.places.get(&number)? {
            Place::At(place) => {
                let mut lexer = Lexer::new(self.octets.all, *place);
                lexer.header().filter(|header| header.0 == number)?;
                if let Some(Token::Number(raw)) = lexer.token() { super::lex::number(raw).as_usize() } else { None }
            }
            Place::Packed(pack) if self.lengths.get() < HOPS => {
                self.lengths.set(self.lengths.get() + 1);
                let object = self.read_packed(number, *pack);
                self.lengths.set(self.lengths.get() - 1);
                object.ok().flatten()?.as_usize()
            }
            _ => None,
        }
    }

    fn read_packed(&self, number: u32, pack: u32) -> Result<Option<Object>, Unfit> {
        let pack = self.pack(pack)?;
        let Some(place) = pack.places.get(&number) else { return Ok(None) };
        let mut lexer = Lexer::new(&pack.octets, *place);
        let object = lexer.object();
        // Objects of one stream may overlap as well.
        self.octets.spend(lexer.at.saturating_sub(*place) / 16)?;
        self.octets.spend_items(lexer.items())?;
        Ok(object)
    }

    fn pack(&self, number: u32) -> Result<Rc<Pack>, Unfit> {
        if let Some(pack) = self.packs.borrow().get(&number) {
            return Ok(Rc::clone(pack));
        }
        // Entered before it is read: a stream of objects that lies in itself is empty.
        let empty = Rc::new(Pack { octets: Vec::new(), places: BTreeMap::new() });
        self.packs.borrow_mut().insert(number, Rc::clone(&empty));
        let is_stream = matches!(self.table.places.get(&number), Some(Place::At(_)));
        let object = if is_stream { self.load(number)? } else { Rc::new(Object::Null) };
        let Object::Stream(stream) = &*object else { return Ok(empty) };
        let octets = self.unpack(stream)?.octets;
        let first = self.value(&stream.dict, "First")?.as_usize().unwrap_or(0);
        let mut lexer = Lexer::new(&octets, 0);
        let mut places = BTreeMap::new();
        while lexer.at < first
            && places.len() < PACKED
            && let (Some(Token::Number(number)), Some(Token::Number(place))) = (lexer.token(), lexer.token())
        {
            if let (Some(number), Some(place)) = (super::lex::whole(number), super::lex::whole(place)) {
                places.insert(number, first.saturating_add(usize::try_from(place).unwrap_or(usize::MAX)));
            }
        }
        let pack = Rc::new(Pack { octets, places });
        self.packs.borrow_mut().insert(number, Rc::clone(&pack));
        Ok(pack)
    }

    /// The filters of a stream, in the order in which they have to be undone; `None` if one is unknown.
    pub(super) fn filters(&self, dict: &Dict) -> Result<Option<Vec<(Filter, Dict)>>, Unfit> {
        let either =
            |long: &str, short: &str| dict.get(long).or_else(|| dict.get(short)).cloned().unwrap_or(Object::Null);
        let (names, params) = (either("Filter", "F"), either("DecodeParms", "DP"));
        let (names, params) = (self.listed(&names)?, self.listed(&params)?);
        let mut filters = Vec::new();
        for (index, name) in names.iter().enumerate().take(FILTERS) {
            let Some(filter) = name.as_name().and_then(Filter::of) else { return Ok(None) };
            let params = params.get(index).and_then(Object::as_dict).cloned().unwrap_or_default();
            filters.push((filter, params));
        }
        Ok((names.len() <= FILTERS).then_some(filters))
    }

    /// One or many, as a list of resolved objects.
    fn listed(&self, object: &Object) -> Result<Vec<Object>, Unfit> {
        Ok(match self.resolved(object, 3)? {
            Object::Null => Vec::new(),
            Object::Array(items) => items,
            one => vec![one],
        })
    }

    /// A stream's octets, opened but still packed.
    pub(super) fn raw(&self, stream: &Stream) -> Cow<'a, [u8]> {
        let raw = self.octets.all.get(stream.raw.clone()).unwrap_or_default();
        match &self.cipher {
            Some(cipher) if !stream.dict.is("Type", "XRef") && !self.is_open(stream) => {
                Cow::Owned(cipher.stream(raw, stream.owner))
            }
            _ => Cow::Borrowed(raw),
        }
    }

    fn is_open(&self, stream: &Stream) -> bool {
        let filters = self.filters(&stream.dict).ok().flatten().unwrap_or_default();
        let first = filters.first();
        first.is_some_and(|(filter, params)| *filter == Filter::Nothing && !params.is("Name", "StdCF"))
    }

    /// A stream without its filters, as far as they are known and no picture's format.
    pub(super) fn unpack(&self, stream: &Stream) -> Result<Unpacked, Unfit> {
        let Some(filters) = self.filters(&stream.dict)? else {
            return Ok(Unpacked { octets: Vec::new(), picture: None });
        };
        self.undo(self.raw(stream), filters)
    }

    /// Octets without filters.
    pub(super) fn undo(&self, octets: Cow<'_, [u8]>, filters: Vec<(Filter, Dict)>) -> Result<Unpacked, Unfit> {
        let mut octets = octets;
        for (filter, params) in filters {
            if filter.is_picture() {
                return Ok(Unpacked { octets: octets.into_owned(), picture: Some((filter, params)) });
            }
            octets = Cow::Owned(filter.undo(&octets, &params, &mut self.budget.borrow_mut())?);
        }
        Ok(Unpacked { octets: octets.into_owned(), picture: None })
    }
}

fn open_strings(object: &mut Object, cipher: &Cipher, owner: (u32, u32)) {
    match object {
        Object::Str(text) => *text = cipher.string(text, owner),
        Object::Array(items) => items.iter_mut().for_each(|item| open_strings(item, cipher, owner)),
        Object::Dict(dict) => dict.values_mut().for_each(|value| open_strings(value, cipher, owner)),
        Object::Stream(stream) => stream.dict.values_mut().for_each(|value| open_strings(value, cipher, owner)),
        _ => {}
    }
}
