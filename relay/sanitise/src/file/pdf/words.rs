//! The words of pages, in the order in which they are drawn.
//!
//! Where a word ends is told by places alone: text goes on where the last one ended, or a gap or a new line is
//! between them. Writers place every word, and some of them every letter, by itself.

use super::cmap;
use super::encoding;
use super::face::{Face, Letter};
use super::glyph;
use super::lex::{self, Lexer, Token};
use super::object::{Dict, Object};
use super::page;
use super::place::{Matrix, Pen};
use super::source::Source;
use crate::file::Unfit;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Octets of words in one file: some thousands of pages.
const WORDS: usize = 16 << 20;
/// Graphics states within each other, and forms within forms.
const STATES: usize = 256;
const FORMS: usize = 16;
const OPERANDS: usize = 1 << 18;

/// Which of two readings is wanted where they differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// What copying and searching give: replacements instead of what they replace.
    Replaced,
    /// What the glyphs themselves say.
    Drawn,
}

/// The words of all pages, a form feed between them.
pub(super) fn of(source: &Source<'_>, reading: Reading) -> Result<String, Unfit> {
    let root = source.root()?.unwrap_or_default();
    let mut reader = Reader {
        source,
        reading,
        faces: BTreeMap::new(),
        forms: BTreeMap::new(),
        words: String::new(),
        spaces: Vec::new(),
        line: 0,
        depth: 0,
    };
    for (index, page) in page::pages(source, &root)?.iter().enumerate() {
        if index > 0 {
            reader.words.push('\u{c}');
        }
        let octets = page::contents(source, page)?;
        let resources = source.value(page, "Resources")?.as_dict().cloned().unwrap_or_default();
        reader.content(&octets, &Rc::new(resources), Matrix::default())?;
    }
    Ok(reader.words)
}

struct Reader<'s, 'a> {
    source: &'s Source<'a>,
    reading: Reading,
    faces: BTreeMap<u32, Rc<Face>>,
    /// Words of forms that have been read: drawn a thousand times, they are still read once.
    forms: BTreeMap<u32, Rc<str>>,
    words: String,
    /// The spaces of the present line: where they are, and how wide in thousandths.
    spaces: Vec<(usize, f64)>,
    line: usize,
    depth: usize,
}

/// What `q` saves.
#[derive(Clone)]
struct State {
    page: Matrix,
    face: Rc<Face>,
    pen: Pen,
}

/// One content stream being read.
struct Run {
    resources: Rc<Dict>,
    faces: BTreeMap<Vec<u8>, Rc<Face>>,
    state: State,
    saved: Vec<State>,
    unsaved: usize,
    /// Open marks, and for each whether a replacement has been begun or finished.
    marks: Vec<Option<String>>,
    replacing: Option<usize>,
    /// Where the last shown text ended.
    end: Option<(f64, f64)>,
}

impl Reader<'_, '_> {
    fn content(&mut self, octets: &[u8], resources: &Rc<Dict>, page: Matrix) -> Result<(), Unfit> {
        let state = State { page, face: Rc::new(Face::default()), pen: Pen::default() };
        let mut run = Run {
            resources: Rc::clone(resources),
            faces: BTreeMap::new(),
            state,
            saved: Vec::new(),
            unsaved: 0,
            marks: Vec::new(),
            replacing: None,
            end: None,
        };
        let mut lexer = Lexer::new(octets, 0);
        let mut operands = Vec::new();
        while let Some(token) = lexer.token() {
            match token {
                Token::Word(b"BI") => {
                    super::inline::skip(&mut lexer);
                    operands.clear();
                }
                Token::Word(operator) => {
                    self.operator(operator, &operands, &mut run)?;
                    operands.clear();
                }
                _ if operands.len() < OPERANDS => operands.push(token),
                _ => {}
            }
        }
        if !self.words.ends_with('\n') {
            self.end_line();
        }
        Ok(())
    }

    fn operator(&mut self, operator: &[u8], operands: &[Token<'_>], run: &mut Run) -> Result<(), Unfit> {
        match operator {
            b"q" if run.saved.len() < STATES => run.saved.push(run.state.clone()),
            b"q" => run.unsaved += 1,
            b"Q" if run.unsaved > 0 => run.unsaved -= 1,
            b"Q" => run.state = run.saved.pop().unwrap_or_else(|| run.state.clone()),
            b"cm" => {
                if let Some(matrix) = Matrix::of(&numbers(operands)) {
                    run.state.page = matrix.then(&run.state.page);
                }
            }
            b"Tf" => {
                if let [.., Token::Name(raw), Token::Number(_)] = operands {
                    run.state.face = self.face(&lex::name(raw), run)?;
                }
                run.state.pen.set(operator, &numbers(operands));
            }
            b"Tj" | b"TJ" => self.show_all(operands, run)?,
            b"'" => {
                run.state.pen.set(b"T*", &[]);
                self.show_all(operands, run)?;
            }
            b"\"" => {
                let spacing = numbers(operands);
                run.state.pen.set(b"Tw", spacing.get(..1).unwrap_or_default());
                run.state.pen.set(b"Tc", spacing.get(1..2).unwrap_or_default());
                run.state.pen.set(b"T*", &[]);
                self.show_all(operands.last().map(std::slice::from_ref).unwrap_or_default(), run)?;
            }
            b"Do" => {
                if let Some(Token::Name(raw)) = operands.last() {
                    self.form(&lex::name(raw), run)?;
                }
            }
            b"BMC" | b"BDC" => self.mark(operands, run)?,
            b"EMC" => {
                run.marks.pop();
                run.replacing = run.replacing.filter(|depth| *depth <= run.marks.len());
            }
            _ => run.state.pen.set(operator, &numbers(operands)),
        }
        Ok(())
    }

    fn face(&mut self, name: &[u8], run: &mut Run) -> Result<Rc<Face>, Unfit> {
        if let Some(face) = run.faces.get(name) {
            return Ok(Rc::clone(face));
        }
        let fonts = self.source.value(&run.resources, "Font")?;
        let value = fonts.as_dict().and_then(|fonts| fonts.find(name)).cloned().unwrap_or(Object::Null);
        let known = if let Object::Ref(number) = value { self.faces.get(&number) } else { None };
        let face = if let Some(face) = known {
            Rc::clone(face)
        } else {
            let held = self.source.resolve(&value)?;
            Rc::new(held.as_dict().map_or_else(|| Ok(Face::default()), |font| Face::of(self.source, font))?)
        };
        if let Object::Ref(number) = value {
            self.faces.insert(number, Rc::clone(&face));
        }
        run.faces.insert(name.to_vec(), Rc::clone(&face));
        Ok(face)
    }

    fn show_all(&mut self, operands: &[Token<'_>], run: &mut Run) -> Result<(), Unfit> {
        for token in operands {
            match token {
                Token::Text(raw) => self.show(&lex::literal(raw), run)?,
                Token::Hex(raw) => self.show(&lex::hex(raw), run)?,
                Token::Number(raw) => run.state.pen.adjust(lex::number(raw).as_f64().unwrap_or(0.0)),
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, text: &[u8], run: &mut Run) -> Result<(), Unfit> {
        let face = Rc::clone(&run.state.face);
        for Letter { letters, width, is_space } in face.letters(text) {
            let (start, em, along) = run.state.pen.place(&run.state.page);
            if let Some(end) = run.end {
                self.gap(end, start, em, along);
            }
            if run.replacing.is_none() {
                self.put(&letters, run)?;
            }
            run.state.pen.advance(width, is_space);
            run.end = Some(run.state.pen.place(&run.state.page).0);
        }
        Ok(())
    }

    /// A letter, or instead of the first one of a mark what replaces them all.
    fn put(&mut self, letters: &str, run: &mut Run) -> Result<(), Unfit> {
        if self.words.len() + letters.len() > WORDS {
            return Err(Unfit::TooLarge);
        }
        let replaced = run.marks.iter().position(Option::is_some);
        match replaced.and_then(|at| run.marks.get_mut(at)?.take().map(|text| (at, text))) {
            Some((at, text)) => {
                self.words.push_str(&text);
                run.replacing = Some(at + 1);
            }
            None => letters.chars().for_each(|letter| self.words.push_str(glyph::ligature(letter, &mut [0; 4]))),
        }
        Ok(())
    }

    /// Writes the space or line end that lies between two places, if there is one.
    fn gap(&mut self, end: (f64, f64), start: (f64, f64), em: f64, (x, y): (f64, f64)) {
        const SPACE: f64 = 0.16;
        const BACK: f64 = -0.6;
        const LINE: f64 = 0.6;
        if self.words.ends_with('\n') || em <= 0.0 {
            return;
        }
        let (dx, dy) = ((start.0 - end.0) / em, (start.1 - end.1) / em);
        let (ahead, aside) = (dx * x + dy * y, dx * y - dy * x);
        if aside.abs() > LINE || ahead < BACK {
            self.end_line();
        } else if ahead > SPACE && !self.words.ends_with(' ') {
            self.spaces.push((self.words.len(), ahead));
            self.words.push(' ');
        }
    }

    /// Ends a line. Where nearly every letter stands by itself, the narrow gaps between them are no spaces.
    fn end_line(&mut self) {
        let line = self.words.get(self.line..).unwrap_or_default();
        let is_single = |word: &&str| word.chars().count() == 1 && word.chars().all(char::is_alphanumeric);
        let (singles, all) = (line.split(' ').filter(is_single).count(), line.split(' ').count());
        let narrowest = self.spaces.iter().map(|space| space.1).fold(f64::MAX, f64::min);
        if singles > 3 && singles * 10 > all * 7 {
            let mut tight = String::with_capacity(line.len());
            let mut spaces = self.spaces.iter().peekable();
            for (at, letter) in line.char_indices() {
                let gap = spaces.next_if(|space| space.0 == self.line + at);
                if gap.is_none_or(|gap| gap.1 > narrowest * 1.7) {
                    tight.push(letter);
                }
            }
            self.words.truncate(self.line);
            self.words.push_str(&tight);
        }
        self.spaces.clear();
        self.words.push('\n');
        self.line = self.words.len();
    }

    fn form(&mut self, name: &[u8], run: &mut Run) -> Result<(), Unfit> {
        let forms = self.source.value(&run.resources, "XObject")?;
        let Some(value) = forms.as_dict().and_then(|forms| forms.find(name)) else { return Ok(()) };
        let Object::Ref(number) = value else { return Ok(()) };
        if let Some(words) = self.forms.get(number).map(Rc::clone) {
            if self.words.len() + words.len() > WORDS {
                return Err(Unfit::TooLarge);
            }
            self.words.push_str(&words);
            return Ok(());
        }
        let held = self.source.resolve(value)?;
        let Some(stream) = held.as_stream().filter(|stream| stream.dict.is("Subtype", "Form")) else { return Ok(()) };
        if self.depth >= FORMS {
            return Ok(());
        }
        // Entered before it is read: a form within itself says nothing new.
        self.forms.insert(*number, Rc::from(""));
        let octets = self.source.unpack(stream)?.octets;
        let own = self.source.value(&stream.dict, "Resources")?.as_dict().cloned().map(Rc::new);
        let matrix = self.source.value(&stream.dict, "Matrix")?;
        let matrix: Vec<f64> = matrix.as_array().unwrap_or_default().iter().filter_map(Object::as_f64).collect();
        let page = Matrix::of(&matrix).unwrap_or_default().then(&run.state.page);
        if !self.words.is_empty() && !self.words.ends_with('\n') {
            self.end_line();
        }
        let before = self.words.len();
        self.depth += 1;
        self.content(&octets, &own.unwrap_or_else(|| Rc::clone(&run.resources)), page)?;
        self.depth -= 1;
        self.forms.insert(*number, Rc::from(self.words.get(before..).unwrap_or_default()));
        Ok(())
    }

    fn mark(&self, operands: &[Token<'_>], run: &mut Run) -> Result<(), Unfit> {
        let properties = match operands.get(1) {
            Some(Token::Name(raw)) => {
                let entries = self.source.value(&run.resources, "Properties")?;
                let named = entries.as_dict().and_then(|dict| dict.find(&lex::name(raw))).cloned();
                self.source.resolve(&named.unwrap_or(Object::Null))?.as_dict().cloned()
            }
            Some(Token::DictOpen) => super::content::flat(operands.get(2..).unwrap_or_default()).as_dict().cloned(),
            _ => None,
        };
        let text = match properties.as_ref() {
            Some(properties) if self.reading == Reading::Replaced => self.source.value(properties, "ActualText")?,
            _ => self.source.resolve(&Object::Null)?,
        };
        run.marks.push(text.as_str().map(encoding::text_string));
        Ok(())
    }
}

fn numbers(operands: &[Token<'_>]) -> Vec<f64> {
    let numbers = operands.iter().filter_map(|token| match token {
        Token::Number(raw) => lex::number(raw).as_f64(),
        _ => None,
    });
    numbers.take(8).collect()
}

/// For faces: codes of a fixed number of octets.
pub(super) fn fixed(text: &[u8], length: usize) -> impl Iterator<Item = (usize, u32)> {
    text.chunks(length).map(|octets| (octets.len(), cmap::code(octets)))
}
