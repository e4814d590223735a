//! Fields of forms and free text without an appearance of their own: their words are written onto the page.

use super::data;
use super::encoding;
use super::glyph;
use super::lex::{self, Lexer, Token};
use super::object::{Dict, Object};
use super::source::Source;
use super::write::{self, Made};
use crate::file::Unfit;
use std::collections::BTreeMap;

/// Fields within fields.
const DEPTH: usize = 16;
/// Letters that one field may show.
const LETTERS: usize = 20_000;

/// The form's fields, and what all of them inherit.
pub(super) struct Fields<'s, 'a> {
    source: &'s Source<'a>,
    form: Dict,
}

/// How words are set.
struct Setting {
    size: f64,
    /// Content that chooses the colour.
    colour: Vec<u8>,
    has_lines: bool,
}

impl<'s, 'a> Fields<'s, 'a> {
    pub(super) fn of(source: &'s Source<'a>, root: &Dict) -> Result<Self, Unfit> {
        let form = source.value(root, "AcroForm")?.as_dict().cloned().unwrap_or_default();
        Ok(Self { source, form })
    }

    /// A field's value, its own or inherited.
    fn inherited(&self, field: &Dict, key: &str) -> Result<Object, Unfit> {
        let mut field = field.clone();
        for _ in 0..DEPTH {
            if let Some(value) = field.get(key) {
                return Ok(self.source.resolve(value)?.clone());
            }
            let parent = self.source.value(&field, "Parent")?.as_dict().cloned();
            let Some(parent) = parent else { break };
            field = parent;
        }
        Ok(self.form.get(key).cloned().unwrap_or(Object::Null))
    }

    pub(super) fn is_signature(&self, mark: &Dict) -> Result<bool, Unfit> {
        Ok(mark.is("Subtype", "Widget") && self.inherited(mark, "FT")?.as_name() == Some(b"Sig"))
    }

    /// The words of a text field, a choice or free text, drawn; `None` where its own appearance shows them already,
    /// or where there are none.
    pub(super) fn written_anew(&self, mark: &Dict, appearance: &Object, rect: [f64; 4]) -> Result<Option<Made>, Unfit> {
        const PASSWORD: i64 = 1 << 13;
        let is_field = mark.is("Subtype", "Widget");
        if !is_field && !mark.is("Subtype", "FreeText") || self.shows_text(appearance)? {
            return Ok(None);
        }
        let kind = self.inherited(mark, "FT")?;
        let is_choice = kind.as_name() == Some(b"Ch");
        let flags = self.inherited(mark, "Ff")?.as_int().unwrap_or(0);
        let is_text = kind.as_name() == Some(b"Tx") && flags & PASSWORD == 0;
        if is_field && !is_choice && !is_text {
            return Ok(None);
        }
        let value = if is_field { self.inherited(mark, "V")? } else { self.source.value(mark, "Contents")?.clone() };
        let words = if is_choice { self.chosen(mark, &value)? } else { self.words(&value)? };
        if words.trim().is_empty() {
            return Ok(None);
        }
        let has_lines = !is_field || !is_choice && flags & (1 << 12) != 0;
        let setting = self.setting(mark, has_lines, rect[3] - rect[1])?;
        Ok(Some(drawn(&words, &setting, rect[2] - rect[0], rect[3] - rect[1])))
    }

    /// Whether an appearance shows any text, or is a drawing that is not ours to judge.
    fn shows_text(&self, appearance: &Object) -> Result<bool, Unfit> {
        let held = self.source.resolve(appearance)?;
        let Some(stream) = held.as_stream() else { return Ok(false) };
        let octets = self.source.unpack(stream)?.octets;
        let mut lexer = Lexer::new(&octets, 0);
        while let Some(token) = lexer.token() {
            if matches!(token, Token::Word(b"Tj" | b"TJ" | b"'" | b"\"" | b"Do")) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn words(&self, value: &Object) -> Result<String, Unfit> {
        let text = match value {
            Object::Str(text) => encoding::text_string(text),
            Object::Stream(stream) => encoding::text_string(&self.source.unpack(stream)?.octets),
            _ => String::new(),
        };
        Ok(text.chars().take(LETTERS).collect())
    }

    /// What is shown for the chosen values.
    fn chosen(&self, mark: &Dict, value: &Object) -> Result<String, Unfit> {
        let values = match value {
            Object::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let options = self.inherited(mark, "Opt")?;
        let mut lines = Vec::new();
        for value in values.iter().take(100) {
            let mut shown = self.words(&*self.source.resolve(value)?)?;
            for option in options.as_array().unwrap_or_default().iter().take(1000) {
                let pair = self.source.resolve(option)?;
                if let Some([Object::Str(export), Object::Str(display)]) = pair.as_array()
                    && encoding::text_string(export) == shown
                {
                    shown = encoding::text_string(display);
                    break;
                }
            }
            lines.push(shown);
        }
        Ok(lines.join("\n"))
    }

    fn setting(&self, mark: &Dict, has_lines: bool, height: f64) -> Result<Setting, Unfit> {
        let appearance = self.inherited(mark, "DA")?;
        let text = appearance.as_str().unwrap_or_default();
        let mut lexer = Lexer::new(text, 0);
        let (mut size, mut colour, mut operands) = (0.0, Vec::new(), Vec::new());
        while let Some(token) = lexer.token() {
            match token {
                Token::Number(raw) => operands.push(lex::number(raw)),
                Token::Word(b"Tf") => {
                    size = operands.pop().and_then(|size| size.as_f64()).unwrap_or(0.0);
                    operands.clear();
                }
                Token::Word(word @ (b"g" | b"rg" | b"k")) => {
                    colour.clear();
                    for value in operands.drain(..).take(4) {
                        write::object(&mut colour, &value);
                        colour.push(b' ');
                    }
                    colour.extend_from_slice(word);
                    colour.push(b'\n');
                }
                _ => operands.clear(),
            }
        }
        if !(1.0..=200.0).contains(&size) {
            size = if has_lines { 10.0 } else { (height * 0.7).clamp(4.0, 12.0) };
        }
        Ok(Setting { size, colour, has_lines })
    }
}

fn drawn(words: &str, setting: &Setting, width: f64, height: f64) -> Made {
    let (letters, encoding) = letters(words);
    let font = Dict::of([
        ("Type", Object::name("Font")),
        ("Subtype", Object::name("Type1")),
        ("BaseFont", Object::name("Helvetica")),
        ("Encoding", encoding),
    ]);
    let fonts = Dict::of([("F0", Object::Dict(font))]);
    let dict = Dict::of([
        ("Type", Object::name("XObject")),
        ("Subtype", Object::name("Form")),
        ("BBox", Object::Array([0.0, 0.0, width, height].map(Object::Real).to_vec())),
        ("Resources", Object::Dict(Dict::of([("Font", Object::Dict(fonts))]))),
    ]);
    let size = setting.size;
    let lines =
        if setting.has_lines { broken(words, width / (size * 0.5)) } else { vec![words.replace(['\r', '\n'], " ")] };
    let first = if setting.has_lines { height - size - 1.0 } else { (height - size) / 2.0 + size * 0.22 };
    let mut content = setting.colour.clone();
    content.extend_from_slice(format!("BT\n/F0 {size} Tf\n{} TL\n2 {first} Td\n", size * 1.2).as_bytes());
    for line in lines {
        let codes: Vec<u8> = line.chars().map(|letter| letters.get(&letter).copied().unwrap_or(b'?')).collect();
        write::string(&mut content, &codes);
        content.extend_from_slice(b" Tj\nT*\n");
    }
    content.extend_from_slice(b"ET\n");
    data::packed(dict, &content)
}

/// The codes of letters, and the encoding that says so: the Windows encoding, and in place of its control characters
/// what it does not have.
fn letters(words: &str) -> (BTreeMap<char, u8>, Object) {
    let mut codes: BTreeMap<char, u8> = (0x20..=0xff).map(|code| (encoding::win_ansi(code), code)).collect();
    let mut differences = vec![Object::Int(1)];
    for letter in words.chars().filter(|letter| !letter.is_control()) {
        let next = differences.len();
        if next < 32 && !codes.contains_key(&letter) {
            codes.insert(letter, u8::try_from(next).unwrap_or(b'?'));
            differences.push(Object::Name(glyph::name(letter).into_bytes()));
        }
    }
    let base = Object::name("WinAnsiEncoding");
    if differences.len() == 1 {
        return (codes, base);
    }
    let entries = [("BaseEncoding", base), ("Differences", Object::Array(differences))];
    (codes, Object::Dict(Dict::of(entries)))
}

/// Lines of at most so many letters, broken between words.
fn broken(words: &str, letters: f64) -> Vec<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let limit = letters.max(1.0) as usize;
    let mut lines = Vec::new();
    for paragraph in words.replace("\r\n", "\n").split(['\r', '\n']) {
        let (mut line, mut length) = (String::new(), 0);
        for word in paragraph.split(' ') {
            let letters = word.chars().count();
            if length > 0 && length + 1 + letters > limit {
                lines.push(std::mem::take(&mut line));
                length = 0;
            }
            if !line.is_empty() {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += letters;
        }
        lines.push(line);
    }
    lines
}
