//! The lists of an OOXML package: what kind its parts are of, and how they lead to each other.

use super::{Link, Part, Plan, To};
use crate::file::office::kinds::Content;
use crate::file::office::write;
use std::collections::BTreeMap;
use std::fmt::Write;

impl Plan {
    pub(super) fn types(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>",
        );
        let endings: BTreeMap<&str, &str> = self
            .parts
            .iter()
            .filter(|part| part.kind.content == Content::Picture)
            .filter_map(|part| Some((part.name.rsplit_once('.')?.1, part.media_type)))
            .collect();
        for (ending, media_type) in endings {
            let _ = write!(out, "<Default Extension=\"{ending}\" ContentType=\"{media_type}\"/>");
        }
        for part in self.parts.iter().filter(|part| part.kind.content == Content::Xml) {
            let _ = write!(out, "<Override PartName=\"/{}\" ContentType=\"{}\"/>", part.name, part.media_type);
        }
        out + "</Types>"
    }

    pub(super) fn root_relations(&self) -> String {
        let main = self.parts.first().map_or("", |part| part.name.as_str());
        list(&[(self.relation_type("officeDocument"), format!("/{main}"), false)])
    }

    /// Both forms of the format have types of their own; mixed, readers call a package damaged.
    fn relation_type(&self, kind: &str) -> String {
        let base = if self.is_strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        };
        format!("{base}/{kind}")
    }

    pub(super) fn relations_of(&self, part: &Part) -> String {
        let entry = |link: &Link| match &link.to {
            To::Part(number) => {
                let name = self.parts.get(*number).map_or("", |part| part.name.as_str());
                (self.relation_type(link.kind), format!("/{name}"), false)
            }
            To::Page(address) => (self.relation_type(link.kind), address.clone(), true),
        };
        list(&part.links.iter().map(entry).collect::<Vec<_>>())
    }
}

fn list(entries: &[(String, String, bool)]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (index, (kind, target, is_outside)) in entries.iter().enumerate() {
        let mut quoted = String::new();
        write::escape(target, true, &mut quoted);
        let mode = if *is_outside { " TargetMode=\"External\"" } else { "" };
        let _ = write!(out, "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{quoted}\"{mode}/>", index + 1);
    }
    out + "</Relationships>"
}
