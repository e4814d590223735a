//! Pieces put together: words cleaned of what identifies, files built anew, and marks where something went.

use crate::body::{Content as Sent, Piece, Sent as SentFile};
use crate::carrier::calendar::{self, Event};
use crate::file::{self, FileBudget, Rebuilt, Unfit, Wash};
use crate::known::link;
use crate::known::redact::Redactor;
use crate::report::{Report, Seen};
use crate::step::Step;
use crate::text::{markup, tidy};
use crate::words;
use crate::write::Attachment;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// What a finished letter says.
pub(crate) struct Content {
    pub(crate) subject: String,
    /// With `\n` line ends, and quoted lines marked by `> `.
    pub(crate) text: String,
    /// The same words as a small document, where their formatting says something.
    pub(crate) html: Option<String>,
    pub(crate) files: Vec<Attachment>,
    /// The words of the files.
    pub(crate) file_words: String,
    /// Whether a word of the writer's is in the text.
    has_words: bool,
}

impl Content {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.subject.is_empty() && self.files.is_empty()
    }

    /// Whether there is more than marks of ours: words, or a file.
    pub(crate) fn has_words(&self) -> bool {
        self.has_words || !self.files.is_empty()
    }

    /// The text without quoted lines.
    pub(crate) fn new_words(&self) -> String {
        let lines = self.text.lines().filter(|line| !line.starts_with("> "));
        tidy::tidy(&lines.fold(String::with_capacity(self.text.len()), |all, line| all + line + "\n"))
    }
}

/// Puts one letter together.
pub(crate) struct Composer<'a> {
    redactor: &'a Redactor<'a>,
    report: &'a mut Report,
    budget: FileBudget,
    text: String,
    after_line: bool,
    has_words: bool,
    files: Vec<Attachment>,
    file_words: String,
    words_left: usize,
}

impl<'a> Composer<'a> {
    pub(crate) fn new(redactor: &'a Redactor<'a>, report: &'a mut Report) -> Self {
        Self {
            redactor,
            report,
            budget: FileBudget::default(),
            text: String::new(),
            after_line: false,
            has_words: false,
            files: Vec::new(),
            file_words: String::new(),
            words_left: FILE_WORDS_MAX,
        }
    }

    pub(crate) fn compose(mut self, pieces: Vec<Piece>, subject: &str) -> Content {
        for piece in pieces {
            match piece {
                Piece::Words(words) => self.words(&words),
                Piece::Line(line) => self.line(&line),
                Piece::Event(event) => self.event(event),
                Piece::File(sent) => self.file(&sent),
            }
        }
        let subject = tidy::plain(subject);
        let subject =
            if self.takes(Step::Subject) { self.redactor.clean(&subject, self.report) } else { subject.into_owned() };
        let marked = tidy::tidy(&self.text);
        let html = markup::html(&marked);
        let text = markup::plain(&marked);
        Content { subject, text, html, files: self.files, file_words: self.file_words, has_words: self.has_words }
    }

    fn takes(&self, step: Step) -> bool {
        self.redactor.steps.takes(step)
    }

    fn words(&mut self, words: &str) {
        // Marks of formatting are put back at the end: a number half in bold is a number.
        let marked = words;
        let bare = if markup::is_marked(marked) { Cow::Owned(markup::plain(marked)) } else { Cow::Borrowed(marked) };
        let cleaned = if self.takes(Step::Links) { link::clean_all(&bare) } else { None };
        self.report.add(Seen::Tracking, cleaned.as_ref().map_or(0, |(_, count)| *count));
        let words = cleaned.as_ref().map_or(&*bare, |(text, _)| text);
        let words = self.redactor.clean(words, self.report);
        self.has_words |= words.contains(char::is_alphanumeric);
        self.gap(false);
        match bare {
            Cow::Owned(bare) if bare == words => self.text.push_str(marked),
            Cow::Owned(_) => self.text.push_str(&markup::carry(marked, &words)),
            Cow::Borrowed(_) => self.text.push_str(&words),
        }
    }

    /// A line of our own; those that follow one another stand close together.
    fn line(&mut self, line: &str) {
        self.gap(true);
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn gap(&mut self, is_line: bool) {
        if !(self.text.is_empty() || is_line && self.after_line) {
            self.text.push('\n');
        }
        self.after_line = is_line;
    }

    fn event(&mut self, mut event: Event) {
        if self.takes(Step::Titles) {
            event.summary = self.redactor.clean(&tidy::plain(&event.summary), self.report);
        }
        self.has_words = true;
        self.line(&calendar::line(&event, self.redactor.language));
    }

    fn file(&mut self, sent: &SentFile) {
        let washing = Washing { redactor: self.redactor, report: RefCell::default(), left: Cell::new(self.words_left) };
        let made = match &sent.content {
            Sent::Octets(octets) => file::rebuild(octets, &mut self.budget, &washing),
            Sent::Text(text) => Ok(file::plain::rebuild(text, &washing)),
        };
        let beside = match &sent.content {
            Sent::Octets(octets) => file::words_beside(octets, &mut self.budget),
            Sent::Text(_) => String::new(),
        };
        let beside = Some(beside).filter(|words| !words.is_empty()).map(|words| file::plain::rebuild(&words, &washing));
        self.words_left = washing.left.get();
        let washed = washing.report.into_inner();
        match made {
            _ if self.words_left == 0 => self.take_out(sent.seen, Unfit::TooLarge),
            Ok(made) => self.attach(made),
            Err(why) => self.take_out(sent.seen, why),
        }
        if let Some(beside) = beside.filter(|_| self.words_left > 0) {
            self.attach(beside);
        }
        self.report.add_all(&washed);
    }

    fn attach(&mut self, made: Rebuilt) {
        self.report.add(Seen::Traces, made.traces);
        self.report.add(Seen::rebuilt(made.kind), 1);
        let number = self.files.iter().filter(|file| file.kind.family() == made.kind.family()).count() + 1;
        self.file_words.push_str(&file::words(&made, &mut self.budget));
        let name = words::file_name(self.redactor.language, made.kind, number);
        self.files.push(Attachment { name, kind: made.kind, octets: made.octets });
    }

    fn take_out(&mut self, seen: Seen, why: Unfit) {
        self.report.add(seen, 1);
        if why == Unfit::Identifying {
            self.report.add(Seen::Naming, 1);
        }
        self.line(&words::removed(self.redactor.language, seen));
    }
}

/// Cleans the words of files like those of the letter.
struct Washing<'a> {
    redactor: &'a Redactor<'a>,
    report: RefCell<Report>,
    /// Octets of words that may still be looked at; once there are none, the file is not passed on.
    left: Cell<usize>,
}

/// Octets of words in all files of a letter: a long book, and far less than what a packed file can hold.
const FILE_WORDS_MAX: usize = 3 << 20;

impl Wash for Washing<'_> {
    fn wash(&self, words: &str) -> Option<String> {
        self.left.set(self.left.get().saturating_sub(words.len()));
        if self.left.get() == 0 || !self.redactor.steps.takes(Step::FileWords) {
            return None;
        }
        let cleaned = self.redactor.clean(words, &mut self.report.borrow_mut());
        (cleaned != words).then_some(cleaned)
    }

    fn knows(&self, words: &str) -> bool {
        self.redactor.steps.takes(Step::FileWords) && self.redactor.knows(words)
    }
}
