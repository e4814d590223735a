//! Which parts of an OOXML package make up the document: those that are reached and understood.

use super::{Link, Part, Plan, To};
use crate::file::office::kinds::{Content, Flavour, PICTURE, PartKind};
use crate::file::office::relations::{self, Relation, Target};
use crate::file::office::space::Space;
use crate::file::office::xml::{self, Tape};
use crate::file::office::{book, outside, picture, prune};
use crate::file::zip::Archive;
use crate::file::{FileBudget, Unfit, Wash};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

impl Plan {
    /// Follows the relations from the main part, as far as parts are of a kind that is understood.
    pub(super) fn read(archive: &Archive<'_>, budget: &mut FileBudget, wash: &dyn Wash) -> Result<Self, Unfit> {
        let roots = archive.unpack("_rels/.rels", budget)?.ok_or(Unfit::Broken)?;
        let roots = relations::read(&roots, "")?;
        let main = roots.iter().find_map(|relation| match &relation.target {
            Target::Part(name) if relation.kind == "officeDocument" => Some(name.clone()),
            _ => None,
        });
        let main = main.ok_or(Unfit::Broken)?;
        let octets = archive.unpack(&main, budget)?.ok_or(Unfit::Broken)?;
        let Facts { flavour, is_strict, hidden, order } = main_facts(&octets)?;
        let kind = PartKind::main(flavour).ok_or(Unfit::Unsupported)?;
        let mut plan =
            Self { flavour, is_strict, parts: Vec::new(), hidden_styles: BTreeSet::new(), traces: 0, replaced: 0 };
        let (found, counts) = (BTreeMap::new(), BTreeMap::new());
        let mut walk = Walk { archive, budget, wash, hidden, found, queue: VecDeque::new(), order, counts };
        plan.add(main, kind, octets, &mut walk)?;
        while let Some(number) = walk.queue.pop_front() {
            plan.follow(number, &mut walk)?;
        }
        let read = plan.parts.len();
        plan.traces += archive.names().filter(|name| !name.contains("_rels/")).count().saturating_sub(read + 1);
        Ok(plan)
    }

    fn add(
        &mut self,
        source: String,
        kind: &'static PartKind,
        octets: Vec<u8>,
        walk: &mut Walk<'_, '_>,
    ) -> Result<usize, Unfit> {
        let number = self.parts.len();
        let count = walk.counts.entry(kind.stem).and_modify(|count| *count += 1).or_insert(1);
        let mut part =
            Part { source, kind, name: String::new(), media_type: kind.media_type, octets, links: Vec::new() };
        let folder = match self.flavour {
            Flavour::Words => "word/",
            Flavour::Sheets => "xl/",
            Flavour::Slides => "ppt/",
        };
        part.name = match kind.content {
            Content::Xml => {
                let stem =
                    kind.stem.strip_prefix("common/").map_or_else(|| kind.stem.to_owned(), |s| folder.to_owned() + s);
                let number = if *count == 1 && is_single(kind) { String::new() } else { count.to_string() };
                format!("{stem}{number}.xml")
            }
            Content::Picture => {
                let made = picture::rebuilt(&part.octets, walk.budget)?;
                self.traces += made.traces;
                part.octets = made.octets;
                part.media_type = made.media_type;
                format!("{folder}{}{count}.{}", kind.stem, made.ending)
            }
        };
        if kind.relation == "vmlDrawing" {
            part.name = part.name.replace(".xml", ".vml");
        }
        if kind.relation == "styles" && self.flavour == Flavour::Words {
            let source = xml::decode(&part.octets)?;
            self.hidden_styles = prune::hidden_styles(&Tape::read(&source)?);
        }
        walk.found.insert(part.source.clone(), number);
        self.parts.push(part);
        walk.queue.push_back(number);
        Ok(number)
    }

    /// Reads the relations of a part and adds the parts they lead to.
    fn follow(&mut self, number: usize, walk: &mut Walk<'_, '_>) -> Result<(), Unfit> {
        let Some(part) = self.parts.get(number).filter(|part| part.kind.content == Content::Xml) else { return Ok(()) };
        let source = part.source.clone();
        let Some(octets) = walk.archive.unpack(&relations::list_of(&source), walk.budget)? else { return Ok(()) };
        let mut links = Vec::new();
        let mut ids = BTreeSet::new();
        let mut all = relations::read(&octets, &source)?;
        if number == 0 {
            // Sheets and slides in the order they are shown in.
            all.sort_by_key(|relation| walk.order.get(&relation.id).copied().unwrap_or(usize::MAX));
        }
        for relation in all {
            if !ids.insert(relation.id.clone()) {
                return Err(Unfit::Broken);
            }
            let is_hidden = number == 0 && walk.hidden.contains(&relation.id);
            match self.link(relation, is_hidden, walk)? {
                Some(link) => links.push(link),
                None => self.traces += 1,
            }
        }
        if let Some(part) = self.parts.get_mut(number) {
            part.links = links;
        }
        Ok(())
    }

    fn link(&mut self, relation: Relation, is_hidden: bool, walk: &mut Walk<'_, '_>) -> Result<Option<Link>, Unfit> {
        let Relation { id, kind: way, target } = relation;
        let source = match target {
            Target::Outside(address) => {
                let page = (way == "hyperlink").then(|| outside::page(&address, walk.wash)).flatten();
                return Ok(page.map(|page| Link { old: id, kind: "hyperlink", to: To::Page(page) }));
            }
            Target::Part(source) => source,
        };
        let kind = if way == "image" { Some(&PICTURE) } else { PartKind::reached(self.flavour, &way) };
        let Some(kind) = kind.filter(|kind| !is_hidden && kind.relation != "officeDocument") else { return Ok(None) };
        if let Some(number) = walk.found.get(&source) {
            let is_same = self.parts.get(*number).is_some_and(|part| part.kind == kind);
            return Ok(is_same.then_some(Link { old: id, kind: kind.relation, to: To::Part(*number) }));
        }
        let Some(octets) = walk.archive.unpack(&source, walk.budget)? else { return Ok(None) };
        if kind.relation == "vmlDrawing" && xml::decode(&octets).and_then(|text| Tape::read(&text).map(|_| ())).is_err()
            || kind.relation == "slide" && is_hidden_slide(&octets)
        {
            return Ok(None);
        }
        let number = self.add(source, kind, octets, walk)?;
        Ok(Some(Link { old: id, kind: kind.relation, to: To::Part(number) }))
    }
}

/// What is needed while relations are followed.
struct Walk<'w, 'a> {
    archive: &'w Archive<'a>,
    budget: &'w mut FileBudget,
    wash: &'w dyn Wash,
    /// Relations of the main part that lead to hidden sheets.
    hidden: BTreeSet<String>,
    /// The numbers of the parts, by their old names.
    found: BTreeMap<String, usize>,
    queue: VecDeque<usize>,
    /// Relations of the main part in the order it names them.
    order: BTreeMap<String, usize>,
    /// How many parts have a name with each stem.
    counts: BTreeMap<&'static str, usize>,
}

/// What the main part says about the others.
struct Facts {
    flavour: Flavour,
    is_strict: bool,
    hidden: BTreeSet<String>,
    order: BTreeMap<String, usize>,
}

fn main_facts(octets: &[u8]) -> Result<Facts, Unfit> {
    let source = xml::decode(octets).map_err(|_| Unfit::Unsupported)?;
    let tape = Tape::read(&source)?;
    let root = tape.root().ok_or(Unfit::Broken)?;
    let flavour = match (root.name.space, root.name.local) {
        (Space::W, "document") => Flavour::Words,
        (Space::S, "workbook") => Flavour::Sheets,
        (Space::P, "presentation") => Flavour::Slides,
        _ => return Err(Unfit::Unsupported),
    };
    let hidden = if flavour == Flavour::Sheets { book::hidden_sheets(&tape) } else { BTreeSet::new() };
    let named = (0..tape.tokens.len()).filter_map(|place| tape.element(place)?.value(Space::R, "id"));
    let mut order = BTreeMap::new();
    if flavour != Flavour::Words {
        for (index, id) in named.enumerate() {
            order.entry(id.to_owned()).or_insert(index);
        }
    }
    let is_strict =
        tape.declared().any(|(space, uri)| space == root.name.space && uri.starts_with("http://purl.oclc.org/"));
    Ok(Facts { flavour, is_strict, hidden, order })
}

/// Slides that are not shown stay behind.
fn is_hidden_slide(octets: &[u8]) -> bool {
    let Ok(source) = xml::decode(octets) else { return true };
    let Ok(tape) = Tape::read(&source) else { return false };
    tape.root().is_some_and(|root| matches!(root.value(Space::None, "show"), Some("0" | "false" | "off")))
}

/// Whether a document has one part of a kind only.
fn is_single(kind: &PartKind) -> bool {
    matches!(
        kind.relation,
        "officeDocument"
            | "styles"
            | "numbering"
            | "settings"
            | "fontTable"
            | "footnotes"
            | "endnotes"
            | "sharedStrings"
            | "commentAuthors"
            | "tableStyles"
    ) || kind.stem == "word/comments"
}
