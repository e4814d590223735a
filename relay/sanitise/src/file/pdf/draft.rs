//! PDFs made in code for the tests, and finished ones taken apart.

use super::filter::{self, Filter};
use super::object::Dict;
use crate::file::{FileBudget, Rebuilt, Unfit, Wash};

/// A file of numbered objects. The first is the catalogue, the second the page tree, unless said otherwise.
#[derive(Default)]
pub(super) struct Draft {
    objects: Vec<Vec<u8>>,
}

impl Draft {
    /// A catalogue, a tree, and one page with a font `F1`, whose content is object 4.
    pub(super) fn page(content: &str) -> Self {
        let mut draft = Self::default();
        draft.add("<</Type /Catalog /Pages 2 0 R>>");
        draft.add("<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 400]>>");
        draft.add("<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>");
        draft.stream("", content.as_bytes());
        draft.add("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>");
        draft
    }

    pub(super) fn add(&mut self, object: &str) -> usize {
        self.objects.push(object.as_bytes().to_vec());
        self.objects.len()
    }

    pub(super) fn set(&mut self, number: usize, object: &str) {
        self.objects[number - 1] = object.as_bytes().to_vec();
    }

    pub(super) fn stream(&mut self, entries: &str, octets: &[u8]) -> usize {
        let mut object = format!("<<{entries} /Length {}>>\nstream\n", octets.len()).into_bytes();
        object.extend_from_slice(octets);
        object.extend_from_slice(b"\nendstream");
        self.objects.push(object);
        self.objects.len()
    }

    pub(super) fn deflated(&mut self, entries: &str, octets: &[u8]) -> usize {
        self.stream(&format!("{entries} /Filter /FlateDecode"), &filter::deflate(octets))
    }

    pub(super) fn finish(&self, trailer: &str) -> Vec<u8> {
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (object, number) in self.objects.iter().zip(1..) {
            places.push(format!("{:010} 00000 n \n", file.len()));
            file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        let size = self.objects.len() + 1;
        file.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n{}", places.concat()).as_bytes());
        let end = format!("trailer\n<</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n");
        file.extend_from_slice(end.as_bytes());
        file
    }
}

/// Finds one word.
pub(super) struct Finds(pub(super) &'static str);

impl Wash for Finds {
    fn wash(&self, words: &str) -> Option<String> {
        words.contains(self.0).then(|| words.replace(self.0, "[…]"))
    }
}

pub(super) fn rebuilt(octets: &[u8]) -> Result<Rebuilt, Unfit> {
    super::rebuild(octets, &mut FileBudget::default(), &Finds("nobody looks for this"))
}

pub(super) fn text(octets: &[u8]) -> String {
    super::text(octets, &mut FileBudget::default()).unwrap()
}

/// A finished file's octets and, behind them, every stream of it inflated.
pub(super) fn opened(octets: &[u8]) -> Vec<u8> {
    let mut all = octets.to_vec();
    for start in memchr::memmem::find_iter(octets, b"stream\n").map(|found| found + 7) {
        let mut budget = FileBudget::default();
        all.extend(Filter::Flate.undo(&octets[start..], &Dict::default(), &mut budget).unwrap_or_default());
        all.push(b'\n');
    }
    all
}

pub(super) fn has(octets: &[u8], part: &str) -> bool {
    memchr::memmem::find(octets, part.as_bytes()).is_some()
}
