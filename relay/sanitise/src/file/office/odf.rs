//! An ODF document: its words, styles, pictures and charts in a new package, and nothing about who made it.

use super::super::{FileBudget, FileKind, Rebuilt, Unfit, Wash};
use super::odf_prune::{self, Links};
use super::space::Space;
use super::words;
use super::xml::{self, Tape};
use super::{grammar, outside, picture, write};
use crate::file::zip::{Archive, Packer};
use std::collections::BTreeMap;

/// The kinds of ODF documents that are understood; a template becomes a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Sheets,
    Slides,
}

impl Kind {
    /// By the content of the entry `mimetype`.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        match media_type.strip_prefix("application/vnd.oasis.opendocument.")? {
            "text" | "text-template" => Some(Self::Text),
            "spreadsheet" | "spreadsheet-template" => Some(Self::Sheets),
            "presentation" | "presentation-template" => Some(Self::Slides),
            _ => None,
        }
    }

    fn file_kind(self) -> FileKind {
        match self {
            Self::Text => FileKind::Odt,
            Self::Sheets => FileKind::Ods,
            Self::Slides => FileKind::Odp,
        }
    }
}

/// Builds a document anew.
pub(crate) fn rebuild(
    archive: &Archive<'_>,
    kind: Kind,
    budget: &mut FileBudget,
    wash: &dyn Wash,
) -> Result<Rebuilt, Unfit> {
    refuse_sealed(archive, budget)?;
    let mut builder = Builder::new(archive, budget, wash);
    builder.document("", "", true)?;
    let Builder { files, mut traces, replaced, read, version, .. } = builder;
    traces += archive
        .names()
        .filter(|name| !matches!(*name, "mimetype" | "META-INF/manifest.xml"))
        .count()
        .saturating_sub(read);
    let media_type = kind.file_kind().media_type();
    let mut packer = Packer::default();
    packer.store("mimetype", media_type.as_bytes())?;
    packer.pack("META-INF/manifest.xml", manifest(media_type, version, &files).as_bytes())?;
    for file in &files {
        packer.pack(&file.name, &file.octets)?;
    }
    Ok(Rebuilt { kind: kind.file_kind(), octets: packer.finish()?, traces, replaced })
}

/// The visible words of a document, in order.
pub(crate) fn text(archive: &Archive<'_>, budget: &mut FileBudget) -> Result<String, Unfit> {
    refuse_sealed(archive, budget)?;
    let mut builder = Builder::new(archive, budget, &super::Unwashed);
    builder.document("", "", true)?;
    Ok(builder.words)
}

fn refuse_sealed(archive: &Archive<'_>, budget: &mut FileBudget) -> Result<(), Unfit> {
    let Some(octets) = archive.unpack("META-INF/manifest.xml", budget)? else { return Ok(()) };
    let is_sealed = memchr::memmem::find(&octets, b"encryption-data").is_some();
    if is_sealed { Err(Unfit::Locked) } else { Ok(()) }
}

/// A file of the new package.
struct File {
    name: String,
    media_type: &'static str,
    octets: Vec<u8>,
}

struct Builder<'b, 'a> {
    archive: &'b Archive<'a>,
    budget: &'b mut FileBudget,
    wash: &'b dyn Wash,
    files: Vec<File>,
    words: String,
    /// New names of pictures by their old ones.
    pictures: BTreeMap<String, String>,
    objects: usize,
    /// The folder of the document that is being read, with its slash.
    folder: String,
    /// Its folder in the new package.
    new_folder: String,
    is_outer: bool,
    read: usize,
    traces: usize,
    replaced: usize,
    /// The version the outer document says it is of. A manifest of another one makes readers call it damaged.
    version: &'static str,
}

const XML: &str = "text/xml";

impl<'b, 'a> Builder<'b, 'a> {
    fn new(archive: &'b Archive<'a>, budget: &'b mut FileBudget, wash: &'b dyn Wash) -> Self {
        Self {
            archive,
            budget,
            wash,
            files: Vec::new(),
            words: String::new(),
            pictures: BTreeMap::new(),
            objects: 0,
            folder: String::new(),
            new_folder: String::new(),
            is_outer: true,
            read: 0,
            traces: 0,
            replaced: 0,
            version: "",
        }
    }

    /// Builds the document in a folder anew: its content, and its styles when it has any.
    fn document(&mut self, folder: &str, new_folder: &str, is_outer: bool) -> Result<(), Unfit> {
        folder.clone_into(&mut self.folder);
        new_folder.clone_into(&mut self.new_folder);
        self.is_outer = is_outer;
        let content = self.archive.unpack(&format!("{folder}content.xml"), self.budget)?.ok_or(Unfit::Broken)?;
        let styles = self.archive.unpack(&format!("{folder}styles.xml"), self.budget)?;
        self.read += 1 + usize::from(styles.is_some());
        let content = xml::decode(&content)?;
        let mut content = Tape::read(&content)?;
        let styles = styles.as_deref().map(xml::decode).transpose()?;
        let mut styles = styles.as_deref().map(Tape::read).transpose()?;
        let is_sound = content.root().is_some_and(|root| {
            root.is(Space::Office, "document-content") || !is_outer && root.is(Space::Math, "math")
        });
        let is_sound_style = styles
            .as_ref()
            .is_none_or(|styles| styles.root().is_some_and(|root| root.is(Space::Office, "document-styles")));
        if !is_sound || !is_sound_style {
            return Err(Unfit::Broken);
        }
        if is_outer {
            self.version = version(&content);
        }
        let mut hidden = odf_prune::Hidden::default();
        hidden.read(&content);
        if let Some(styles) = &styles {
            hidden.read(styles);
        }
        hidden.settle(&content, self.wash);
        self.part("content.xml", &mut content, &hidden)?;
        if let Some(styles) = &mut styles {
            self.part("styles.xml", styles, &hidden)?;
        }
        Ok(())
    }

    fn part(&mut self, name: &str, tape: &mut Tape<'_>, hidden: &odf_prune::Hidden) -> Result<(), Unfit> {
        let (folder, wash) = (self.new_folder.clone(), self.wash);
        let done = odf_prune::prune(tape, hidden, wash, self)?;
        self.traces += done.traces;
        self.replaced += done.replaced + words::wash(tape, grammar::ODF, wash);
        words::lines(tape, grammar::ODF, &mut self.words);
        let octets = write::write(tape).into_bytes();
        self.files.push(File { name: format!("{folder}{name}"), media_type: XML, octets });
        Ok(())
    }
}

impl Links for Builder<'_, '_> {
    fn picture(&mut self, address: &str) -> Result<Option<String>, Unfit> {
        let source = format!("{}{}", self.folder, address.trim_start_matches("./"));
        // A picture is named from the folder of the document it is in; only the outer one holds pictures.
        if !self.is_outer {
            return Ok(None);
        }
        if let Some(name) = self.pictures.get(&source) {
            return Ok(Some(name.clone()));
        }
        let Some(octets) = self.archive.unpack(&source, self.budget)? else { return Ok(None) };
        self.read += 1;
        let made = picture::rebuilt(&octets, self.budget)?;
        self.traces += made.traces;
        let name = format!("Pictures/image{}.{}", self.pictures.len() + 1, made.ending);
        self.pictures.insert(source, name.clone());
        self.files.push(File { name: name.clone(), media_type: made.media_type, octets: made.octets });
        Ok(Some(name))
    }

    fn object(&mut self, address: &str) -> Result<Option<String>, Unfit> {
        let source = format!("{}/", address.trim_start_matches("./").trim_end_matches('/'));
        if !self.is_outer || !self.archive.has(&format!("{source}content.xml")) || !self.is_chart(&source)? {
            return Ok(None);
        }
        self.objects += 1;
        let name = format!("Object {}", self.objects);
        let words = std::mem::take(&mut self.words);
        let made = self.document(&source, &format!("{name}/"), false);
        self.words.insert_str(0, &words);
        (self.folder, self.new_folder, self.is_outer) = (String::new(), String::new(), true);
        match made {
            Ok(()) => Ok(Some(format!("./{name}"))),
            Err(Unfit::TooLarge) => Err(Unfit::TooLarge),
            Err(_) => {
                self.files.retain(|file| !file.name.starts_with(&format!("{name}/")));
                Ok(None)
            }
        }
    }

    fn page(&mut self, address: &str) -> Option<String> {
        outside::page(address, self.wash)
    }
}

impl Builder<'_, '_> {
    /// Whether an inner document is a chart or a formula: others could be anything.
    fn is_chart(&mut self, folder: &str) -> Result<bool, Unfit> {
        let octets = self.archive.unpack(&format!("{folder}content.xml"), self.budget)?.unwrap_or_default();
        let Ok(source) = xml::decode(&octets) else { return Ok(false) };
        let Ok(tape) = Tape::read(&source) else { return Ok(false) };
        let is_math = tape.root().is_some_and(|root| root.is(Space::Math, "math"));
        let has_chart = (0..tape.tokens.len()).any(|p| tape.element(p).is_some_and(|e| e.is(Space::Office, "chart")));
        Ok(is_math || has_chart)
    }
}

/// The version of the format that a document declares; those before 1.2 are not named in the manifest.
fn version(content: &Tape<'_>) -> &'static str {
    match content.root().and_then(|root| root.value(Space::Office, "version")) {
        Some("1.2") => " manifest:version=\"1.2\"",
        Some("1.3") => " manifest:version=\"1.3\"",
        Some("1.4") => " manifest:version=\"1.4\"",
        _ => "",
    }
}

fn manifest(media_type: &str, version: &str, files: &[File]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"\
         {version}><manifest:file-entry manifest:full-path=\"/\"{version} \
         manifest:media-type=\"{media_type}\"/>"
    );
    let entry = |name: &str, kind: &str| {
        format!("<manifest:file-entry manifest:full-path=\"{name}\" manifest:media-type=\"{kind}\"/>")
    };
    for file in files {
        // The folder of an inner document has an entry of its own, before its content.
        if let Some(folder) = file.name.strip_suffix("content.xml").filter(|folder| !folder.is_empty()) {
            let is_math = memchr::memmem::find(&file.octets, b"<math:math").is_some_and(|at| at < 200);
            let kind = if is_math { "formula" } else { "chart" };
            out.push_str(&entry(folder, &format!("application/vnd.oasis.opendocument.{kind}")));
        }
        out.push_str(&entry(&file.name, file.media_type));
    }
    out + "</manifest:manifest>"
}
