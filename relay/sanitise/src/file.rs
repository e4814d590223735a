//! Attachments: what a file really is, and what it becomes when it is built anew.

pub(crate) mod budget;
pub(crate) mod office;
pub(crate) mod pdf;
pub(crate) mod picture;
pub(crate) mod plain;
pub(crate) mod zip;

pub(crate) use budget::FileBudget;

/// Longest file whose words are weighed, in octets.
const WEIGHED_MAX: usize = 2 << 20;

/// A file built anew.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Rebuilt {
    /// Its kind, which decides the media type and the ending of its neutral name.
    pub(crate) kind: FileKind,
    /// The new octets; none of them was copied unread.
    pub(crate) octets: Vec<u8>,
    /// How many traces (metadata blocks, authors, scripts, embedded files) were left out.
    pub(crate) traces: usize,
    /// How many known identifiers in visible words were replaced by placeholders.
    pub(crate) replaced: usize,
}

/// Why a file could not be built anew; it is taken out with a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is not what it says it is, or broken beyond reading.
    Broken,
    /// It would need more octets, pixels, entries or depth than its budget.
    TooLarge,
    /// It is locked with a password.
    Locked,
    /// Its visible content names somebody, and it cannot be changed without harm.
    Identifying,
    /// There is no way of building this kind anew.
    Unsupported,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $media:literal, $ending:literal;)*) => {
        /// The kinds of files that can be built anew.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum FileKind {$($(#[$doc])* $name),*}

        impl FileKind {
            /// The media type (RFC 6838).
            pub(crate) fn media_type(self) -> &'static str {
                match self {$(Self::$name => $media),*}
            }

            /// The ending of its neutral file name.
            pub(crate) fn ending(self) -> &'static str {
                match self {$(Self::$name => $ending),*}
            }
        }
    };
}

kinds! {
    /// JPEG.
    Jpeg: "image/jpeg", "jpg";
    /// PNG.
    Png: "image/png", "png";
    /// GIF, moving or not.
    Gif: "image/gif", "gif";
    /// WebP.
    Webp: "image/webp", "webp";
    /// PDF.
    Pdf: "application/pdf", "pdf";
    /// Word processing, OOXML.
    Docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx";
    /// Spreadsheet, OOXML.
    Xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx";
    /// Slides, OOXML.
    Pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx";
    /// Word processing, ODF.
    Odt: "application/vnd.oasis.opendocument.text", "odt";
    /// Spreadsheet, ODF.
    Ods: "application/vnd.oasis.opendocument.spreadsheet", "ods";
    /// Slides, ODF.
    Odp: "application/vnd.oasis.opendocument.presentation", "odp";
    /// Plain text.
    Text: "text/plain; charset=utf-8", "txt";
}

/// What a file is for, as far as its neutral name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Picture,
    Document,
    Text,
}

impl FileKind {
    pub(crate) fn family(self) -> Family {
        match self {
            Self::Jpeg | Self::Png | Self::Gif | Self::Webp => Family::Picture,
            Self::Text => Family::Text,
            _ => Family::Document,
        }
    }
}

/// Builds a file anew, by what it really is. Whatever cannot be built anew is never passed on.
pub(crate) fn rebuild(octets: &[u8], budget: &mut FileBudget, wash: &dyn Wash) -> Result<Rebuilt, Unfit> {
    budget.take_octets(octets.len())?;
    if picture::is_picture(octets) {
        picture::rebuild(octets, budget)
    } else if is_pdf(octets) {
        pdf::rebuild(octets, budget, wash)
    } else if office::is_office(octets) {
        office::rebuild(octets, budget, wash)
    } else {
        Err(Unfit::Unsupported)
    }
}

/// The words of a file that its new form does not show: the letters of a drawing.
pub(crate) fn words_beside(octets: &[u8], budget: &mut FileBudget) -> String {
    picture::letters(octets, budget)
}

/// The visible words of a file that was built anew; nothing for a picture, or for more than can be weighed.
pub(crate) fn words(made: &Rebuilt, budget: &mut FileBudget) -> String {
    let words = match made.kind {
        _ if made.octets.len() > WEIGHED_MAX => Ok(String::new()),
        FileKind::Text => Ok(String::from_utf8_lossy(&made.octets).into_owned()),
        FileKind::Pdf => pdf::text(&made.octets, budget),
        kind if kind.family() == Family::Document => office::text(&made.octets, budget),
        _ => Ok(String::new()),
    };
    words.unwrap_or_default()
}

/// Readers look for the mark near the beginning, whatever stands before it (ISO 32000-1, annex H).
fn is_pdf(octets: &[u8]) -> bool {
    memchr::memmem::find(&octets[..octets.len().min(1024)], b"%PDF-").is_some()
}

/// Words of a file on their way through: what the letter's own words go through as well.
pub(crate) trait Wash {
    /// The words without anything that identifies; `None` when nothing had to change.
    fn wash(&self, words: &str) -> Option<String>;

    /// Whether words name one of the two. Pages that cannot be changed are judged by this: a clinic's number on its
    /// own letter may stand.
    fn knows(&self, words: &str) -> bool {
        self.wash(words).is_some()
    }
}
