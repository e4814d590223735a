//! What draws a page (7.8.2), written anew operator by operator of those that draw.
//!
//! Marked content goes, as its properties name authors, alternative texts and replaced words; what it marks stays.
//! Only a replacement of a few letters for a few glyphs is kept: without it, ligatures could not be read or copied.

use super::build::{Builder, Kind, Scope};
use super::lex::{self, Lexer, Token};
use super::object::{Dict, Object};
use super::operand::{dash, intent, number, numbers};
use super::takes::{Takes, takes};
use super::write;
use crate::file::Unfit;

/// Operands before one operator; real ones are the longest lines of shown text.
const OPERANDS: usize = 1 << 18;
/// Letters that a kept replacement may have, and octets of the text it replaces.
const LETTERS: usize = 6;
const GLYPHS: usize = 4;

/// One open piece of marked content.
struct Mark {
    hides: bool,
    /// Where its replacement was written, and for how many letters.
    replacement: Option<(std::ops::Range<usize>, usize)>,
    /// Text shown before it.
    shown: usize,
}

/// New content on its way.
#[derive(Default)]
struct Page {
    out: Vec<u8>,
    marks: Vec<Mark>,
    hidden: usize,
    /// Octets of text shown so far.
    shown: usize,
    saved: usize,
    in_text: bool,
    /// Replacements left out.
    dropped: usize,
    /// Arrays that are open among the operands.
    arrays: usize,
}

impl Builder<'_, '_> {
    /// Content without anything but drawing; the resources it names are entered into the scope.
    pub(super) fn content(&mut self, octets: &[u8], scope: &mut Scope) -> Result<Vec<u8>, Unfit> {
        let mut page = Page { out: Vec::with_capacity(octets.len() + 64), ..Page::default() };
        let mut lexer = Lexer::new(octets, 0);
        let mut operands = Vec::new();
        while let Some(token) = lexer.token() {
            match token {
                Token::ArrayOpen => page.arrays += 1,
                Token::ArrayClose => page.arrays = page.arrays.saturating_sub(1),
                _ => {}
            }
            match token {
                // Within an array, an operator is a slip of the writer, and readers pass over it.
                Token::Word(_) if page.arrays > 0 => {}
                Token::Word(b"true" | b"false" | b"null") => operands.push(token),
                Token::Word(b"BI") => {
                    self.inline(&mut lexer, scope, if page.hidden > 0 { None } else { Some(&mut page.out) })?;
                    operands.clear();
                }
                Token::Word(operator) => {
                    self.operator(operator, &operands, scope, &mut page)?;
                    operands.clear();
                }
                _ if operands.len() < OPERANDS => operands.push(token),
                _ => {}
            }
        }
        while !page.marks.is_empty() {
            end_mark(&mut page);
        }
        self.traces += page.dropped;
        if page.in_text {
            page.out.extend_from_slice(b"ET\n");
        }
        page.out.extend(b"Q\n".repeat(page.saved));
        Ok(page.out)
    }

    fn operator(
        &mut self,
        operator: &[u8],
        operands: &[Token<'_>],
        scope: &mut Scope,
        page: &mut Page,
    ) -> Result<(), Unfit> {
        let Some(takes) = takes(operator) else { return Ok(()) };
        match takes {
            Takes::Mark => return self.mark(operands, scope, page),
            Takes::MarkEnd => end_mark(page),
            Takes::Save => page.saved += 1,
            // One that closes nothing is ignored by readers, and would break what is drawn after the page.
            Takes::Restore if page.saved == 0 => return Ok(()),
            Takes::Restore => page.saved -= 1,
            _ => {}
        }
        match operator {
            b"BT" => page.in_text = true,
            b"ET" => page.in_text = false,
            _ => {}
        }
        let start = page.out.len();
        let is_written = match takes {
            Takes::MarkEnd => return Ok(()),
            Takes::Numbers(0) if page.hidden > 0 && paints(operator) => {
                page.out.extend_from_slice(b"n\n");
                return Ok(());
            }
            Takes::Save | Takes::Restore => true,
            Takes::Numbers(count) => numbers(&mut page.out, operands, count),
            Takes::Dash => dash(&mut page.out, operands),
            Takes::Intent => intent(&mut page.out, operands),
            Takes::Text(_) | Takes::Spaced | Takes::Shading | Takes::XObject if page.hidden > 0 => false,
            Takes::Text(count) => text(page, operands, count),
            Takes::Spaced => spaced(page, operands),
            Takes::Colour => self.colour(operands, scope, &mut page.out)?,
            Takes::ColourSpace => self.colour_space_named(operands, scope, &mut page.out)?,
            Takes::GraphicsState => self.named(Kind::GraphicsState, operands, scope, &mut page.out)?,
            Takes::Shading => self.named(Kind::Shading, operands, scope, &mut page.out)?,
            Takes::XObject => self.named(Kind::XObject, operands, scope, &mut page.out)?,
            Takes::Font => self.font(operands, scope, &mut page.out)?,
            Takes::Mark => false,
        };
        if is_written {
            // `(Hej) Tj`: needless by the grammar, and what simple readers of words look for.
            if matches!(page.out[start..].last(), Some(b')' | b']' | b'>')) {
                page.out.push(b' ');
            }
            page.out.extend_from_slice(operator);
            page.out.push(b'\n');
        } else {
            page.out.truncate(start);
        }
        Ok(())
    }

    fn named(
        &mut self,
        kind: Kind,
        operands: &[Token<'_>],
        scope: &mut Scope,
        out: &mut Vec<u8>,
    ) -> Result<bool, Unfit> {
        let Some(Token::Name(raw)) = operands.last() else { return Ok(false) };
        let Some(name) = self.resource(scope, kind, &lex::name(raw))? else { return Ok(false) };
        write::name(out, &name);
        out.push(b' ');
        Ok(true)
    }

    fn font(&mut self, operands: &[Token<'_>], scope: &mut Scope, out: &mut Vec<u8>) -> Result<bool, Unfit> {
        let [.., Token::Name(raw), size @ Token::Number(_)] = operands else { return Ok(false) };
        let name = match self.resource(scope, Kind::Font, &lex::name(raw))? {
            Some(name) => name,
            // A font that is not there: readers take one of their own. One that everybody has says the same.
            None => self.stand_in(scope)?,
        };
        write::name(out, &name);
        out.push(b' ');
        Ok(numbers(out, &[*size], 1))
    }

    fn stand_in(&mut self, scope: &mut Scope) -> Result<Vec<u8>, Unfit> {
        let font = Dict::of([
            ("Type", Object::name("Font")),
            ("Subtype", Object::name("Type1")),
            ("BaseFont", Object::name("Helvetica")),
        ]);
        let number = self.enter(write::Made::Object(Object::Dict(font)))?;
        Ok(scope.add(Kind::Font, Object::Ref(number)))
    }

    fn colour(&mut self, operands: &[Token<'_>], scope: &mut Scope, out: &mut Vec<u8>) -> Result<bool, Unfit> {
        let count = operands.iter().filter(|token| matches!(token, Token::Number(_))).count();
        let has_numbers = numbers(out, operands, count.min(64));
        if let Some(Token::Name(_)) = operands.last() {
            return self.named(Kind::Pattern, operands, scope, out);
        }
        Ok(has_numbers && count > 0)
    }

    fn colour_space_named(
        &mut self,
        operands: &[Token<'_>],
        scope: &mut Scope,
        out: &mut Vec<u8>,
    ) -> Result<bool, Unfit> {
        const DEVICE: [&[u8]; 7] = [b"DeviceGray", b"DeviceRGB", b"DeviceCMYK", b"Pattern", b"G", b"RGB", b"CMYK"];
        let Some(Token::Name(raw)) = operands.last() else { return Ok(false) };
        if DEVICE.contains(raw) {
            write::name(out, raw);
            out.push(b' ');
            return Ok(true);
        }
        self.named(Kind::ColourSpace, operands, scope, out)
    }

    fn mark(&mut self, operands: &[Token<'_>], scope: &Scope, page: &mut Page) -> Result<(), Unfit> {
        let properties = self.properties(operands, scope)?;
        let is_layer = matches!(operands.first(), Some(Token::Name(b"OC")));
        let hides = is_layer && self.layers.hides(self.source, &properties)?;
        let held = self.source.resolve(&properties)?;
        let replaced = held.as_dict().and_then(|dict| dict.get("ActualText")).map(|text| self.source.resolve(text));
        let replacement = replaced.transpose()?.and_then(|text| replacement(text.as_str()?, page));
        page.dropped +=
            usize::from(replacement.is_none() && held.as_dict().is_some_and(|dict| dict.get("ActualText").is_some()));
        self.traces += ["Alt", "E", "Lang", "Author"]
            .iter()
            .filter(|key| held.as_dict().is_some_and(|dict| dict.get(key).is_some()))
            .count();
        page.hidden += usize::from(hides);
        page.marks.push(Mark { hides, replacement, shown: page.shown });
        Ok(())
    }

    /// The properties of marked content: here, or named among the resources.
    fn properties(&self, operands: &[Token<'_>], scope: &Scope) -> Result<Object, Unfit> {
        match operands.get(1) {
            Some(Token::Name(raw)) => {
                let entries = self.source.value(&scope.old, "Properties")?;
                Ok(entries.as_dict().and_then(|dict| dict.find(&lex::name(raw))).cloned().unwrap_or(Object::Null))
            }
            Some(Token::DictOpen) => Ok(flat(operands.get(2..).unwrap_or_default())),
            _ => Ok(Object::Null),
        }
    }
}

/// The outermost entries of a dictionary read as words.
pub(super) fn flat(tokens: &[Token<'_>]) -> Object {
    let mut dict = Dict::default();
    for pair in tokens.windows(2) {
        match pair {
            [Token::Name(key), Token::Text(raw)] => dict.insert(lex::name(key), Object::Str(lex::literal(raw))),
            [Token::Name(key), Token::Hex(raw)] => dict.insert(lex::name(key), Object::Str(lex::hex(raw))),
            _ => {}
        }
    }
    Object::Dict(dict)
}

/// Writes a short replacement, to be blanked again if it turns out to replace too much.
fn replacement(text: &[u8], page: &mut Page) -> Option<(std::ops::Range<usize>, usize)> {
    let letters = super::encoding::text_string(text).chars().count();
    if letters > LETTERS || page.marks.iter().any(|mark| mark.replacement.is_some()) {
        return None;
    }
    let start = page.out.len();
    page.out.extend_from_slice(b"/Span <</ActualText ");
    write::string(&mut page.out, text);
    page.out.extend_from_slice(b">> BDC\n");
    Some((start..page.out.len(), letters))
}

fn end_mark(page: &mut Page) {
    let Some(mark) = page.marks.pop() else { return };
    page.hidden -= usize::from(mark.hides);
    let Some((place, letters)) = mark.replacement else { return };
    let shown = page.shown - mark.shown;
    if shown > 0 && (letters == 0 || shown <= GLYPHS && letters <= 3 * shown) {
        page.out.extend_from_slice(b"EMC\n");
    } else if let Some(written) = page.out.get_mut(place) {
        written.fill(b' ');
        page.dropped += 1;
    }
}

fn paints(operator: &[u8]) -> bool {
    matches!(operator, b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*")
}

fn shown(page: &mut Page, token: &Token<'_>) -> bool {
    let text = match token {
        Token::Text(raw) => lex::literal(raw),
        Token::Hex(raw) => lex::hex(raw),
        _ => return false,
    };
    page.shown += text.len();
    write::string(&mut page.out, &text);
    true
}

fn text(page: &mut Page, operands: &[Token<'_>], count: usize) -> bool {
    let Some((text, before)) = operands.split_last() else { return false };
    numbers(&mut page.out, before, count) && shown(page, text)
}

fn spaced(page: &mut Page, operands: &[Token<'_>]) -> bool {
    page.out.push(b'[');
    for token in operands {
        if !shown(page, token) {
            number(&mut page.out, token);
        }
    }
    page.out.push(b']');
    true
}
