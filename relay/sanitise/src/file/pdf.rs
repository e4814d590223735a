//! PDF: written anew with what its pages need, and nothing else.
//!
//! ```text
//! octets ─ Source::open ─▶ objects on demand ─ page::rebuild ─▶ octets ─ words::of ─▶ Wash
//! ```
//!
//! An own reader: an object is read when a page leads to it, and each octet that is unpacked is taken from the
//! letter's budget first, which a library that opens the whole file cannot promise. What a page does not lead to is never read: the information
//! dictionary, metadata, embedded files, scripts, outlines, form data, and whatever earlier versions a file still
//! holds. What it leads to is copied entry by entry from lists of what is allowed.
//!
//! Words on a page are glyphs at places. One cannot replace them without harm to the page, so a file whose visible
//! words identify somebody is [`Unfit::Identifying`] and taken out as a whole.

mod build;
mod cmap;
mod colour;
mod content;
mod crypt;
mod data;
mod encoding;
mod face;
mod field;
mod filter;
mod glyph;
mod glyphs;
mod indirect;
mod inline;
mod jbig2;
mod jpeg;
mod jpeg2000;
mod key;
mod layer;
mod lex;
mod lexeme;
mod lzw;
mod mark;
mod object;
mod operand;
mod page;
mod picture;
mod place;
mod predictor;
mod role;
mod source;
mod stroke;
mod takes;
mod typeface;
mod words;
mod write;
mod xref;

use super::{FileBudget, FileKind, Rebuilt, Unfit, Wash};
use source::Source;
use words::Reading;

/// Writes a PDF anew. Locked only in name (with an empty password), it comes out open.
///
/// The words are read from the finished file, as its readers will see them, and nothing of them may identify.
pub(crate) fn rebuild(octets: &[u8], budget: &mut FileBudget, wash: &dyn Wash) -> Result<Rebuilt, Unfit> {
    let source = Source::open(octets, budget.clone())?;
    let (octets, traces) = page::rebuild(&source)?;
    *budget = source.into_budget();
    let shown = text(&octets, budget)?;
    if wash.knows(&shown) {
        return Err(Unfit::Identifying);
    }
    // Some replacements of ligatures are kept; behind them must be nothing else than they say.
    if memchr::memmem::find(&octets, b"ActualText").is_some() || shown.contains('\u{fffd}') {
        let drawn = read(&octets, budget, Reading::Drawn)?;
        if drawn != shown && wash.knows(&drawn) {
            return Err(Unfit::Identifying);
        }
    }
    Ok(Rebuilt { kind: FileKind::Pdf, octets, traces, replaced: 0 })
}

/// The visible words in the order in which they are drawn, pages divided by form feeds. Glyphs that no map and no
/// encoding explains are U+FFFD.
pub(crate) fn text(octets: &[u8], budget: &mut FileBudget) -> Result<String, Unfit> {
    read(octets, budget, Reading::Replaced)
}

fn read(octets: &[u8], budget: &mut FileBudget, reading: Reading) -> Result<String, Unfit> {
    let source = Source::open(octets, budget.clone())?;
    let words = words::of(&source, reading)?;
    *budget = source.into_budget();
    Ok(words)
}

#[cfg(test)]
mod draft;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
