//! An OOXML document: the parts that are reached from its main one, each built anew, in a new package.

mod listing;
mod plan;

use super::super::{FileBudget, Rebuilt, Unfit, Wash};
use super::book::Book;
use super::cells::Cells;
use super::kinds::{Content, Flavour, PartKind};
use super::prune::{self, Context};
use super::relations;
use super::words;
use super::xml::{self, Tape};
use super::{grammar, sheet, write};
use crate::file::zip::{Archive, Packer};
use std::collections::{BTreeMap, BTreeSet};

/// Builds a document anew.
pub(crate) fn rebuild(archive: &Archive<'_>, budget: &mut FileBudget, wash: &dyn Wash) -> Result<Rebuilt, Unfit> {
    let mut plan = Plan::read(archive, budget, wash)?;
    let parts = plan.write(wash)?;
    let mut packer = Packer::default();
    packer.pack("[Content_Types].xml", plan.types().as_bytes())?;
    packer.pack("_rels/.rels", plan.root_relations().as_bytes())?;
    for (part, octets) in plan.parts.iter().zip(parts) {
        packer.pack(&part.name, &octets)?;
        if !part.links.is_empty() {
            packer.pack(&relations::list_of(&part.name), plan.relations_of(part).as_bytes())?;
        }
    }
    let octets = packer.finish()?;
    Ok(Rebuilt { kind: plan.flavour.kind(), octets, traces: plan.traces, replaced: plan.replaced })
}

/// The visible words of a document, in order.
pub(crate) fn text(archive: &Archive<'_>, budget: &mut FileBudget) -> Result<String, Unfit> {
    let mut plan = Plan::read(archive, budget, &super::Unwashed)?;
    let mut cells = Cells::default();
    let mut out = String::new();
    plan.each(&super::Unwashed, |tape, _, part| match part.kind.relation {
        "worksheet" => cells.read(tape),
        "sharedStrings" => cells.read_shared(tape),
        _ => words::lines(tape, grammar::OOXML, &mut out),
    })?;
    Ok(cells.words() + &out)
}

/// A part on its way into the new document.
struct Part {
    source: String,
    kind: &'static PartKind,
    name: String,
    media_type: &'static str,
    octets: Vec<u8>,
    links: Vec<Link>,
}

/// A relation that stays.
struct Link {
    old: String,
    kind: &'static str,
    to: To,
}

enum To {
    /// The part with this number.
    Part(usize),
    Page(String),
}

/// What earlier parts say about later ones, and what was done so far.
#[derive(Default)]
struct Settled {
    book: Book,
    /// The numbers of the strings that cells show.
    used: BTreeSet<usize>,
    traces: usize,
    replaced: usize,
}

struct Plan {
    flavour: Flavour,
    /// It is in the strict form of the format (ECMA-376 part 1), with other addresses for everything.
    is_strict: bool,
    /// The main part first, the others as they are reached.
    parts: Vec<Part>,
    hidden_styles: BTreeSet<String>,
    traces: usize,
    replaced: usize,
}

impl Plan {
    /// Builds every part anew, in order.
    fn write(&mut self, wash: &dyn Wash) -> Result<Vec<Vec<u8>>, Unfit> {
        let mut made: Vec<Vec<u8>> = self
            .parts
            .iter_mut()
            .map(|part| match part.kind.content {
                Content::Xml => Vec::new(),
                Content::Picture => std::mem::take(&mut part.octets),
            })
            .collect();
        let mut replaced = 0;
        self.each(wash, |tape, number, _| {
            replaced += words::wash(tape, grammar::OOXML, wash);
            if let Some(octets) = made.get_mut(number) {
                *octets = write::write(tape).into_bytes();
            }
        })?;
        self.replaced += replaced;
        Ok(made)
    }

    /// Shows every part, pruned, to somebody; the strings that sheets share come after the sheets.
    fn each(&mut self, wash: &dyn Wash, mut seen: impl FnMut(&mut Tape<'_>, usize, &Part)) -> Result<(), Unfit> {
        let mut settled = Settled::default();
        let parts = || self.parts.iter().enumerate().filter(|(_, part)| part.kind.content == Content::Xml);
        let is_shared = |part: &Part| part.kind.relation == "sharedStrings";
        let (shared, others): (Vec<_>, Vec<_>) = parts().partition(|(_, part)| is_shared(part));
        for (number, part) in others.into_iter().chain(shared) {
            let source = xml::decode(&part.octets)?;
            let mut tape = Tape::read(&source)?;
            self.settle(part, &mut tape, wash, &mut settled)?;
            seen(&mut tape, number, part);
        }
        self.traces += settled.traces;
        self.replaced += settled.replaced;
        Ok(())
    }

    fn settle(&self, part: &Part, tape: &mut Tape<'_>, wash: &dyn Wash, settled: &mut Settled) -> Result<(), Unfit> {
        let new_ids = part.links.iter().enumerate().map(|(n, link)| (link.old.clone(), format!("rId{}", n + 1)));
        let relations: BTreeMap<String, String> = new_ids.collect();
        if self.flavour == Flavour::Sheets {
            match part.kind.relation {
                "officeDocument" => {
                    let (book, renamed) = Book::settle(tape, &relations, wash)?;
                    settled.book = book;
                    settled.replaced += renamed;
                }
                "comments" => settled.traces += sheet::settle_comments(tape).traces,
                "worksheet" => sheet::used_strings(tape, &mut settled.used),
                "sharedStrings" => settled.traces += sheet::drop_unused(tape, &settled.used),
                _ => {}
            }
        }
        let done = sheet::settle(tape, &settled.book, wash);
        let hidden_styles = &self.hidden_styles;
        let mut context = Context { wash, relations: &relations, hidden_styles, traces: 0, replaced: 0 };
        prune::prune(tape, &mut context);
        settled.traces += context.traces + done.traces;
        settled.replaced += context.replaced + done.replaced;
        Ok(())
    }
}
