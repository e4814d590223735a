//! How the parts of an OOXML document lead to each other (ECMA-376 part 2, 9).

use super::super::Unfit;
use super::space::Space;
use super::xml::{self, Tape};

/// One way from a part to another, or out of the document.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last step of its type: `styles`, `image`, `hyperlink`…
    pub(crate) kind: String,
    pub(crate) target: Target,
}

/// Where a relation leads.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Target {
    /// The name of a part.
    Part(String),
    /// An address outside.
    Outside(String),
}

/// Reads the relations of a part from the octets of its list.
pub(crate) fn read(octets: &[u8], part: &str) -> Result<Vec<Relation>, Unfit> {
    let source = xml::decode(octets)?;
    let tape = Tape::read(&source)?;
    let mut relations = Vec::new();
    for (_, element) in (0..tape.tokens.len()).filter_map(|place| Some((place, tape.element(place)?))) {
        if !element.is(Space::Links, "Relationship") {
            continue;
        }
        let value = |local| element.value(Space::None, local);
        let (Some(id), Some(kind), Some(target)) = (value("Id"), value("Type"), value("Target")) else { continue };
        let is_outside = value("TargetMode") == Some("External");
        // A kind of Microsoft's own may bear the name of a standard one and hold something else.
        let is_standard = kind.contains("/officeDocument/");
        let kind = kind.rsplit('/').next().unwrap_or_default();
        relations.push(Relation {
            id: id.to_owned(),
            kind: if is_standard { kind.to_owned() } else { String::new() },
            target: if is_outside { Target::Outside(target.to_owned()) } else { Target::Part(resolved(part, target)) },
        });
    }
    Ok(relations)
}

/// The name of the list of a part's relations; of the document's own for an empty name.
pub(crate) fn list_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// A target, which is relative to the folder of the part it is named in.
fn resolved(part: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => part.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_inside() {
        for (part, target, expected) in [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "/word/media/a.png", "word/media/a.png"),
            ("xl/worksheets/sheet1.xml", "../media/a.png", "xl/media/a.png"),
            ("", "word/document.xml", "word/document.xml"),
            ("a/b.xml", "../../../../c.xml", "c.xml"),
        ] {
            assert_eq!(resolved(part, target), expected, "{part} {target}");
        }
        assert_eq!(list_of("word/document.xml"), "word/_rels/document.xml.rels");
        assert_eq!(list_of(""), "_rels/.rels");
    }
}
