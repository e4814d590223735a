//! The kinds of parts an OOXML document may have; a part that is reached as anything else stays behind.

use super::super::FileKind;

/// Which of the three vocabularies a document is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    Words,
    Sheets,
    Slides,
}

impl Flavour {
    pub(crate) fn kind(self) -> FileKind {
        match self {
            Self::Words => FileKind::Docx,
            Self::Sheets => FileKind::Xlsx,
            Self::Slides => FileKind::Pptx,
        }
    }
}

/// A kind of part: how it is reached, what it is called in the new document, and its media type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PartKind {
    flavour: Option<Flavour>,
    /// The last step of the relationship's type.
    pub(crate) relation: &'static str,
    /// The new name up to its number.
    pub(crate) stem: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) content: Content,
}

/// What is in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Xml,
    Picture,
}

impl PartKind {
    /// The kind of part a relationship leads to.
    pub(crate) fn reached(flavour: Flavour, relation: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.relation == relation && kind.flavour.is_none_or(|own| own == flavour))
    }

    pub(crate) fn main(flavour: Flavour) -> Option<&'static Self> {
        Self::reached(flavour, "officeDocument")
    }
}

const fn part(
    flavour: Option<Flavour>,
    relation: &'static str,
    stem: &'static str,
    media_type: &'static str,
) -> PartKind {
    PartKind { flavour, relation, stem, media_type, content: Content::Xml }
}

const W: Option<Flavour> = Some(Flavour::Words);
const S: Option<Flavour> = Some(Flavour::Sheets);
const P: Option<Flavour> = Some(Flavour::Slides);

macro_rules! ooxml {
    ($name:literal) => {
        concat!("application/vnd.openxmlformats-officedocument.", $name, "+xml")
    };
}

const KINDS: [PartKind; 38] = [
    part(W, "officeDocument", "word/document", ooxml!("wordprocessingml.document.main")),
    part(W, "styles", "word/styles", ooxml!("wordprocessingml.styles")),
    part(W, "numbering", "word/numbering", ooxml!("wordprocessingml.numbering")),
    part(W, "settings", "word/settings", ooxml!("wordprocessingml.settings")),
    part(W, "fontTable", "word/fontTable", ooxml!("wordprocessingml.fontTable")),
    part(W, "footnotes", "word/footnotes", ooxml!("wordprocessingml.footnotes")),
    part(W, "endnotes", "word/endnotes", ooxml!("wordprocessingml.endnotes")),
    part(W, "header", "word/header", ooxml!("wordprocessingml.header")),
    part(W, "footer", "word/footer", ooxml!("wordprocessingml.footer")),
    part(W, "comments", "word/comments", ooxml!("wordprocessingml.comments")),
    part(W, "theme", "word/theme/theme", ooxml!("theme")),
    part(S, "officeDocument", "xl/workbook", ooxml!("spreadsheetml.sheet.main")),
    part(S, "worksheet", "xl/worksheets/sheet", ooxml!("spreadsheetml.worksheet")),
    part(S, "chartsheet", "xl/chartsheets/sheet", ooxml!("spreadsheetml.chartsheet")),
    part(S, "styles", "xl/styles", ooxml!("spreadsheetml.styles")),
    part(S, "sharedStrings", "xl/sharedStrings", ooxml!("spreadsheetml.sharedStrings")),
    part(S, "comments", "xl/comments", ooxml!("spreadsheetml.comments")),
    part(S, "table", "xl/tables/table", ooxml!("spreadsheetml.table")),
    part(S, "theme", "xl/theme/theme", ooxml!("theme")),
    part(S, "drawing", "xl/drawings/drawing", ooxml!("drawing")),
    part(S, "vmlDrawing", "xl/drawings/vmlDrawing", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
    part(P, "officeDocument", "ppt/presentation", ooxml!("presentationml.presentation.main")),
    part(P, "slide", "ppt/slides/slide", ooxml!("presentationml.slide")),
    part(P, "slideLayout", "ppt/slideLayouts/slideLayout", ooxml!("presentationml.slideLayout")),
    part(P, "slideMaster", "ppt/slideMasters/slideMaster", ooxml!("presentationml.slideMaster")),
    part(P, "notesSlide", "ppt/notesSlides/notesSlide", ooxml!("presentationml.notesSlide")),
    part(P, "notesMaster", "ppt/notesMasters/notesMaster", ooxml!("presentationml.notesMaster")),
    part(P, "comments", "ppt/comments/comment", ooxml!("presentationml.comments")),
    part(P, "commentAuthors", "ppt/commentAuthors", ooxml!("presentationml.commentAuthors")),
    part(P, "tableStyles", "ppt/tableStyles", ooxml!("presentationml.tableStyles")),
    part(P, "theme", "ppt/theme/theme", ooxml!("theme")),
    part(None, "themeOverride", "common/theme/themeOverride", ooxml!("themeOverride")),
    part(None, "chart", "common/charts/chart", ooxml!("drawingml.chart")),
    part(None, "chartUserShapes", "common/drawings/chartDrawing", ooxml!("drawingml.chartshapes")),
    part(None, "diagramData", "common/diagrams/data", ooxml!("drawingml.diagramData")),
    part(None, "diagramLayout", "common/diagrams/layout", ooxml!("drawingml.diagramLayout")),
    part(None, "diagramQuickStyle", "common/diagrams/quickStyle", ooxml!("drawingml.diagramStyle")),
    part(None, "diagramColors", "common/diagrams/colors", ooxml!("drawingml.diagramColors")),
];

/// Pictures are reached in the same way in all three.
pub(crate) static PICTURE: PartKind = PartKind {
    flavour: None,
    relation: "image",
    stem: "media/image",
    media_type: "image/png",
    content: Content::Picture,
};
