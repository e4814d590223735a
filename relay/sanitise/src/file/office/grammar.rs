//! Which elements of the two families of documents hold words, and which stand for a character.

use super::space::Space;
use super::words::{Grammar, Role};
use super::xml::Element;

/// Words in OOXML: leaves in paragraphs, in strings of a sheet, in values of a chart.
pub(crate) const OOXML: Grammar = Grammar { role: ooxml, is_mixed: false };

/// Words in ODF: right in the paragraphs.
pub(crate) const ODF: Grammar = Grammar { role: odf, is_mixed: true };

fn ooxml(element: &Element<'_, '_>) -> Role {
    match (element.name.space, element.name.local) {
        (Space::W | Space::A, "p") | (Space::S, "si" | "is" | "comment") => Role::Paragraph,
        (Space::W | Space::A | Space::S | Space::M, "t") => Role::Leaf,
        (Space::W, "delText") => Role::Deleted,
        (Space::W, "tab" | "ptab") => Role::Break('\t'),
        (Space::W | Space::A, "br") | (Space::W, "cr") => Role::Break('\n'),
        (Space::W, "noBreakHyphen") => Role::Break('-'),
        // The tab stops of a paragraph are no tabs in it.
        (Space::W, "tabs" | "pPr" | "rPr") => Role::Aside,
        (Space::W, "instrText" | "delInstrText") => Role::Code,
        (Space::S, "c") => match element.value(Space::None, "t") {
            Some("str" | "inlineStr") => Role::Aside,
            _ => Role::Mute,
        },
        (Space::S, "author" | "f" | "formula" | "definedName" | "calculatedColumnFormula" | "totalsRowFormula")
        | (Space::Chart, "f" | "formatCode" | "numCache")
        | (Space::Wp, "posOffset" | "align" | "pctWidth" | "pctHeight")
        | (Space::SheetDrawing, "col" | "row" | "colOff" | "rowOff")
        | (Space::X, _) => Role::Mute,
        _ => Role::Other,
    }
}

fn odf(element: &Element<'_, '_>) -> Role {
    match (element.name.space, element.name.local) {
        (Space::Text, "p" | "h") => Role::Paragraph,
        (Space::Text, "s") => Role::Break(' '),
        (Space::Text, "tab") => Role::Break('\t'),
        (Space::Text, "line-break") => Role::Break('\n'),
        (Space::Text, "note" | "tracked-changes") | (Space::Office, "annotation") | (Space::Draw, _) => Role::Aside,
        (Space::Number | Space::Formula | Space::Dc, _) => Role::Mute,
        _ => Role::Other,
    }
}
