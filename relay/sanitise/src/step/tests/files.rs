//! Letters whose files need a step of removal.

use super::{Case, held, with_file};
use crate::report::HitKind::{Address, Name};
use crate::report::Layer::File;
use crate::step::Step;

const DOCUMENT: &[u8] = include_bytes!("../../../tests/mail/document-with-author/in.eml");
const NAMING: &[u8] = include_bytes!("../../../tests/mail/pdf-that-names-the-writer/in.eml");

pub(super) fn cases() -> Vec<Case> {
    let text = |words: &str| with_file("Hej!", "text/plain", "lista.txt", words.as_bytes());
    vec![
        held(&[Step::FileWords], text("1. Ring Anna Karlsson"), "Karlsson", Name, File),
        held(&[Step::FileWords], text("1. Skriv till nisse@klubben.example.net"), "nisse@", Address, File),
        held(&[Step::FileWords], DOCUMENT.to_vec(), "Karlsson", Name, File),
        held(&[Step::FileWords], NAMING.to_vec(), "Karlsson", Name, File),
    ]
}
