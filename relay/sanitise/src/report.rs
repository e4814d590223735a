//! What was done to a letter: kinds and counts, never the words.

use crate::file::{Family, FileKind};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

macro_rules! seen {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// A kind of thing met in a letter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Seen {$($(#[$doc])* $name),*}

        impl Seen {
            /// Every kind, in the order of the report.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The key in `report.json`.
            pub fn word(self) -> &'static str {
                match self {$(Self::$name => $word),*}
            }
        }
    };
}

seen! {
    /// A text part whose words were kept.
    TextPart = "text_parts",
    /// An HTML part reduced to text.
    HtmlPart = "html_parts",
    /// A nested letter unwrapped, or a forwarded one kept.
    Forwarded = "forwarded",
    /// Text files built anew.
    AttachedText = "attached_texts",
    /// Pictures built anew.
    RebuiltPicture = "rebuilt_pictures",
    /// Documents built anew.
    RebuiltDocument = "rebuilt_documents",
    /// Traces left out of files: metadata, authors, scripts, embedded files.
    Traces = "file_traces",
    /// Files taken out because their visible words name somebody.
    Naming = "removed_naming",
    /// Pictures taken out.
    Picture = "removed_pictures",
    /// Sound taken out.
    Sound = "removed_sound",
    /// Film taken out.
    Film = "removed_films",
    /// Documents taken out.
    Document = "removed_documents",
    /// Archives taken out.
    Archive = "removed_archives",
    /// Invitations taken out.
    Calendar = "removed_calendars",
    /// Contact cards taken out.
    Card = "removed_cards",
    /// Other files taken out.
    File = "removed_files",
    /// Signatures, keys and certificates taken out.
    Crypto = "removed_crypto",
    /// Delivery reports and receipts taken out.
    Receipt = "removed_receipts",
    /// Lines of quoted history cut.
    Quoted = "quoted_lines",
    /// Signature blocks and footers cut.
    Signature = "signatures",
    /// Hidden text in HTML left out.
    Hidden = "hidden",
    /// Remote content in HTML left out.
    Remote = "remote",
    /// Links cleaned of what follows people around.
    Tracking = "tracking",
    /// Names replaced.
    Name = "names",
    /// E-mail addresses replaced.
    Address = "addresses",
    /// Telephone numbers replaced.
    Phone = "phones",
    /// Network addresses replaced.
    Network = "network_addresses",
    /// National identity numbers replaced.
    NationalId = "national_ids",
    /// Street addresses, postcodes and door codes replaced.
    Street = "streets",
    /// Handles, profiles and private rooms on the net replaced.
    Handle = "handles",
    /// Bank accounts, cards and wallets replaced.
    Account = "accounts",
    /// Car plates replaced.
    Plate = "plates",
    /// Other identifying details replaced.
    Detail = "details",
    /// Message identifiers mapped.
    Thread = "mapped_ids",
    /// Message identifiers dropped.
    Dropped = "dropped_ids",
}

impl Seen {
    /// What a file that was built anew counts as.
    pub(crate) fn rebuilt(kind: FileKind) -> Self {
        match kind.family() {
            Family::Picture => Self::RebuiltPicture,
            Family::Document => Self::RebuiltDocument,
            Family::Text => Self::AttachedText,
        }
    }
}

/// The layer of the finished letter the guard found something in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The octets as they would be sent.
    Raw,
    /// The header fields' shape.
    Header,
    /// The decoded subject.
    Subject,
    /// The decoded address fields.
    Addresses,
    /// The decoded text.
    Text,
    /// The decoded HTML, by its words and by its tags.
    Html,
    /// Something encoded once more inside the text.
    Encoded,
    /// An attachment: its name, its octets, and what they unpack to.
    File,
}

/// One finding of the guard: of what kind and where, not what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The kind of identifier, or of damage.
    pub kind: HitKind,
    /// The layer it stood in.
    pub layer: Layer,
}

/// What the guard looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// A known name.
    Name,
    /// A known address, or its local part.
    Address,
    /// A known telephone number.
    Phone,
    /// Another known detail.
    Detail,
    /// A header field that may not be there, or is malformed.
    Shape,
}

/// What was done to one letter. Serialises to `report.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    counts: Vec<u32>,
    guard: Vec<Hit>,
}

impl Default for Report {
    fn default() -> Self {
        Self { counts: vec![0; Seen::ALL.len()], guard: Vec::new() }
    }
}

impl Report {
    /// How many of a kind.
    pub fn count(&self, seen: Seen) -> u32 {
        self.counts.get(seen as usize).copied().unwrap_or(0)
    }

    /// How many files the writer meant to be seen were taken out.
    pub fn files_taken_out(&self) -> u32 {
        use Seen::{Archive, Document, File, Film, Picture, Sound};
        [Picture, Sound, Film, Document, Archive, File].into_iter().map(|seen| self.count(seen)).sum()
    }

    /// What the guard found; empty for a letter that may be sent.
    pub fn guard(&self) -> &[Hit] {
        &self.guard
    }

    pub(crate) fn add(&mut self, seen: Seen, number: usize) {
        if let Some(count) = self.counts.get_mut(seen as usize) {
            *count = count.saturating_add(u32::try_from(number).unwrap_or(u32::MAX));
        }
    }

    /// Adds the counts of another report.
    pub(crate) fn add_all(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
    }

    pub(crate) fn quarantined(mut self, hits: Vec<Hit>) -> Self {
        self.guard = hits;
        self
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for seen in Seen::ALL {
            let count = self.count(*seen);
            if count > 0 {
                map.serialize_entry(seen.word(), &count)?;
            }
        }
        map.serialize_entry("guard", &self.guard)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_holds_kinds_and_counts() {
        let mut report = Report::default();
        report.add(Seen::Picture, 2);
        let report = report.quarantined(vec![Hit { kind: HitKind::Name, layer: Layer::Subject }]);
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(json, r#"{"removed_pictures":2,"guard":[{"kind":"name","layer":"subject"}]}"#);
    }
}
