//! Whether a drawing may be handed to those who draw it: its size once everything it repeats is written out.
//!
//! Ten elements that each use the last one ten times are ten thousand million shapes. References of every kind are
//! followed and counted here before anybody follows them, and so is how deep they lead: a stack that overflows takes
//! the whole relay with it.

use super::super::super::{FileBudget, Unfit};
use resvg::usvg::roxmltree::{Document, Node, NodeId, ParsingOptions};
use std::collections::HashMap;

/// Nodes of the text, and of everything written out.
const NODES: u32 = 100_000;
const WEIGHT: u64 = 200_000;
/// What one of them takes from the budget of a letter's pictures, in points.
const POINTS: u64 = 250;
/// How deep elements stand in one another, references followed.
const DEPTH: usize = 48;
/// Elements with one name.
const NAMESAKES: usize = 64;
/// Comparisons of elements with the rules of style sheets.
const COMPARISONS: usize = 20_000_000;
/// Octets of a document type with entities: a reference may bring in 255 others.
const TYPE_MAX: usize = 16 << 10;
/// Largest text with entities of its own.
const ENTITIES_MAX: usize = 1 << 20;

/// What is drawn of the effects: the others cost more than they show.
const EFFECTS: [&str; 15] = [
    "feGaussianBlur",
    "feOffset",
    "feBlend",
    "feColorMatrix",
    "feComposite",
    "feFlood",
    "feMerge",
    "feMergeNode",
    "feDropShadow",
    "feComponentTransfer",
    "feFuncR",
    "feFuncG",
    "feFuncB",
    "feFuncA",
    "filter",
];
/// Elements that only tell something.
const TRACES: [&str; 6] = ["title", "desc", "metadata", "script", "namedview", "a"];

/// Reads the text of a drawing.
pub(super) fn read(text: &str) -> Result<Document<'_>, Unfit> {
    if memchr::memmem::find(text.as_bytes(), b"<!ENTITY").is_some() {
        // Where the type ends is for the parser to say; where it cannot end later is easily said.
        let end = memchr::memmem::find(text.as_bytes(), b"]>").unwrap_or(text.len());
        let own = memchr::memmem::rfind(text.as_bytes(), b"<!ENTITY").unwrap_or_default();
        if end > TYPE_MAX || own > end || text.len() > ENTITIES_MAX {
            return Err(Unfit::TooLarge);
        }
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        resvg::usvg::roxmltree::Error::NodesLimitReached => Unfit::TooLarge,
        _ => Unfit::Broken,
    })
}

/// Lets a drawing through that can be drawn within bounds; how many traces it has.
pub(super) fn admit(document: &Document<'_>, budget: &mut FileBudget) -> Result<usize, Unfit> {
    let mut scale = Scale::of(document)?;
    let load = scale.weigh(document.root_element(), 0)?;
    budget.take_pixels(u32::try_from(load.weight * POINTS).unwrap_or(u32::MAX), 1)?;
    let is_trace = |node: &Node<'_, '_>| node.is_comment() || TRACES.contains(&node.tag_name().name());
    Ok(document.descendants().filter(is_trace).count())
}

/// How much a subtree is when it is written out, and how deep.
#[derive(Debug, Clone, Copy)]
struct Load {
    weight: u64,
    depth: usize,
}

enum Weighed {
    /// Being weighed: met again, it would contain itself.
    Busy,
    As(Load),
}

struct Scale<'d, 'i> {
    /// A name that several elements have may mean any of them.
    named: HashMap<&'d str, Vec<Node<'d, 'i>>>,
    weighed: HashMap<NodeId, Weighed>,
    /// What rules of style sheets refer to: any element may be meant.
    styled: Vec<&'d str>,
    has_styled_markers: bool,
}

impl<'d, 'i> Scale<'d, 'i> {
    fn of(document: &'d Document<'i>) -> Result<Self, Unfit> {
        let mut scale =
            Self { named: HashMap::new(), weighed: HashMap::new(), styled: Vec::new(), has_styled_markers: false };
        let (mut elements, mut rules) = (0, 0_usize);
        for node in document.descendants().filter(Node::is_element) {
            elements += 1;
            let name = node.tag_name().name();
            if name.starts_with("fe") && !EFFECTS.contains(&name) {
                return Err(Unfit::Unsupported);
            }
            if let Some(id) = node.attribute("id") {
                let same = scale.named.entry(id).or_default();
                same.push(node);
                if same.len() > NAMESAKES {
                    return Err(Unfit::Broken);
                }
            }
            if name == "style" {
                for text in node.children().filter_map(|child| child.text()) {
                    rules += memchr::memchr_iter(b'{', text.as_bytes()).count();
                    scale.styled.extend(references(text));
                    scale.has_styled_markers |= text.contains("marker");
                }
            }
        }
        if rules.saturating_mul(elements) > COMPARISONS {
            return Err(Unfit::TooLarge);
        }
        scale.styled.sort_unstable();
        scale.styled.dedup();
        Ok(scale)
    }

    fn weigh(&mut self, node: Node<'d, 'i>, depth: usize) -> Result<Load, Unfit> {
        match self.weighed.get(&node.id()) {
            Some(Weighed::Busy) => return Err(Unfit::Broken),
            Some(Weighed::As(load)) if depth + load.depth > DEPTH => return Err(Unfit::TooLarge),
            Some(Weighed::As(load)) => return Ok(*load),
            None if depth > DEPTH => return Err(Unfit::TooLarge),
            None => {}
        }
        self.weighed.insert(node.id(), Weighed::Busy);
        let mut load = Load { weight: 1, depth: 1 };
        for child in node.children().filter(Node::is_element) {
            load.add(self.weigh(child, depth + 1)?, 1)?;
        }
        for (id, times) in self.uses(node) {
            for target in self.named.get(id).cloned().unwrap_or_default() {
                load.add(self.weigh(target, depth + 1)?, times)?;
            }
        }
        self.weighed.insert(node.id(), Weighed::As(load));
        Ok(load)
    }

    /// What an element refers to, and how often it may be drawn for that.
    fn uses(&self, node: Node<'d, 'i>) -> Vec<(&'d str, u64)> {
        let corners = || {
            let path = node.attribute("d").or_else(|| node.attribute("points")).unwrap_or_default();
            u64::try_from(path.len() / 2).unwrap_or(u64::MAX) + 2
        };
        let mut uses = Vec::new();
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let is_marker = matches!(name, "marker" | "marker-mid") || name == "style" && value.contains("marker");
            let times = if is_marker { corners() } else { 2 };
            if name == "href" {
                uses.extend(value.trim().strip_prefix('#').map(|id| (id, 1)));
            } else {
                uses.extend(references(value).map(|id| (id, times)));
            }
        }
        let is_shape = matches!(
            node.tag_name().name(),
            "path" | "line" | "polyline" | "polygon" | "rect" | "circle" | "ellipse" | "g" | "use" | "svg" | "image"
        );
        if is_shape && !self.styled.is_empty() {
            let times = if self.has_styled_markers { corners() } else { 2 };
            uses.extend(self.styled.iter().map(|id| (*id, times)));
        }
        uses
    }
}

impl Load {
    fn add(&mut self, other: Self, times: u64) -> Result<(), Unfit> {
        self.weight = self.weight.saturating_add(other.weight.saturating_mul(times));
        self.depth = self.depth.max(other.depth + 1);
        if self.weight > WEIGHT { Err(Unfit::TooLarge) } else { Ok(()) }
    }
}

/// What `url(#name)` names in a value.
fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let inner = rest.split(')').next()?.trim().trim_matches(['"', '\'']);
        inner.trim().strip_prefix('#')
    })
}
