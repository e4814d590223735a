//! The tree of parts turned into the pieces a finished letter is made of: words, files and marks, in order.

mod labels;
mod wrapped;

use crate::carrier::calendar::{self, Event};
use crate::html;
use crate::letter::Letter;
use crate::limits::Limits;
use crate::mime::alternative::{self, Better};
use crate::mime::field::{self, Field, Rigour};
use crate::mime::part::{self, Budget, Part};
use crate::mime::role::{self, Form, Role};
use crate::mime::{charset, inserted, value};
use crate::report::{Report, Seen};
use crate::step::{Step, Steps};
use crate::text::armour::{self, Armour};
use crate::text::quote::{self, Occasion};
use crate::text::{card, flowed, markup, tidy};
use crate::words;
use brevbro_core::party::Language;
use brevbro_core::reply::Refusal;
use labels::without_picture_marks;
use std::borrow::Cow;

/// One piece of a letter.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Piece {
    /// Words, with quoted lines marked by `> `.
    Words(String),
    /// A line of our own.
    Line(String),
    /// An invitation; its title is the writer's.
    Event(Event),
    /// A file, to be built anew.
    File(Sent),
}

/// A file as it was sent.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Sent {
    pub(crate) content: Content,
    /// What it is said to be: what its placeholder calls it, should it be taken out.
    pub(crate) seen: Seen,
}

/// What a file holds.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Content {
    Octets(Vec<u8>),
    /// A text that has been decoded.
    Text(String),
}

/// What a letter's parts came to.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) pieces: Vec<Piece>,
    /// Some of the words were sealed.
    pub(crate) has_sealed: bool,
    /// Names and addresses of nested letters' authors, and in certificates and keys.
    pub(crate) learnt: Vec<String>,
    /// Names of files.
    pub(crate) file_names: Vec<String>,
}

/// Most identifiers learnt from parts.
const LEARNT_MAX: usize = 60;

/// Reads a letter's parts.
pub(crate) fn read(
    letter: &Letter<'_>,
    limits: &Limits,
    language: Language,
    steps: Steps,
    report: &mut Report,
) -> Result<Body, Refusal> {
    let mut reader = Reader {
        limits,
        language,
        steps,
        report,
        occasion: occasion(&letter.fields),
        budget: Budget::new(limits),
        text_left: limits.text_bytes,
        body: Body::default(),
    };
    reader.walk(&letter.root, 0, Wanted::All)?;
    Ok(reader.body)
}

/// What of a branch is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    /// The words are already taken from the other form of an alternative.
    Files,
}

struct Reader<'r> {
    limits: &'r Limits,
    language: Language,
    steps: Steps,
    report: &'r mut Report,
    occasion: Occasion,
    budget: Budget,
    text_left: usize,
    body: Body,
}

impl Reader<'_> {
    fn walk(&mut self, part: &Part<'_>, depth: usize, wanted: Wanted) -> Result<(), Refusal> {
        if depth > self.limits.depth {
            return Err(Refusal::TooComplex);
        }
        match role::of(part) {
            Role::Parts => part.children.iter().try_for_each(|child| self.walk(child, depth + 1, wanted)),
            Role::Alternative if wanted == Wanted::All => self.alternative(part, depth),
            Role::Alternative => part.children.iter().try_for_each(|child| self.walk(child, depth + 1, wanted)),
            Role::Words(_) if part.is_attachment => self.attached_text(part),
            Role::Words(form) if wanted == Wanted::All => self.text(part, form),
            Role::Words(_) | Role::Nothing => Ok(()),
            Role::Letter => self.nested(&part.octets(), depth),
            Role::Winmail => self.winmail(&part.octets(), depth),
            Role::Cms => self.signed(part, depth),
            Role::Calendar => self.calendar(part),
            Role::Encrypted => {
                self.body.has_sealed = true;
                self.report.add(Seen::Crypto, 1);
                Ok(())
            }
            Role::Signature | Role::Key => {
                self.learn_from_keys(&part.octets());
                self.report.add(Seen::Crypto, 1);
                Ok(())
            }
            Role::Receipt => {
                self.report.add(Seen::Receipt, 1);
                Ok(())
            }
            Role::Card => {
                self.remove(Seen::Card);
                Ok(())
            }
            Role::File => {
                self.learn_file_name(part.file_name.as_deref());
                let sent = Sent { content: Content::Octets(part.octets().into_owned()), seen: labels::kind_of(part) };
                self.body.pieces.push(Piece::File(sent));
                Ok(())
            }
        }
    }

    /// One of the forms of an alternative, and whatever else hangs in its branches.
    fn alternative(&mut self, part: &Part<'_>, depth: usize) -> Result<(), Refusal> {
        let forms = alternative::forms(&part.children);
        let plain_part = forms.plain.and_then(|plain| plain.find("text/plain"));
        let plain = plain_part.map(|part| self.plain_text(part)).transpose()?;
        let rich_part = forms.rich.and_then(|rich| rich.find("text/html"));
        let rich = rich_part.map(|part| self.html_text(part)).transpose()?;
        let better = match (&plain, &rich) {
            (Some(plain), Some(rich)) => alternative::better(plain, &rich.text, markup::is_marked(&rich.text)),
            (None, Some(_)) => Better::Rich,
            _ => Better::Plain,
        };
        let is_whole = |part: Option<&Part<'_>>| part.is_some_and(|part| part.children.is_empty());
        let (chosen, other) = match better {
            Better::Plain => (forms.plain, forms.rich),
            Better::Rich => (forms.rich, forms.plain),
        };
        match (better, plain, rich) {
            _ if !is_whole(chosen) => chosen.map_or(Ok(()), |part| self.walk(part, depth + 1, Wanted::All))?,
            (Better::Rich, _, Some(rich)) => self.take_html(&rich),
            (_, Some(plain), _) => self.take_plain(&plain),
            _ => {}
        }
        let has_words = chosen.is_some();
        let rest = other.into_iter().chain(forms.others.iter().copied());
        let wanted = if has_words { Wanted::Files } else { Wanted::All };
        rest.into_iter().try_for_each(|part| self.walk(part, depth + 1, wanted))
    }

    fn text(&mut self, part: &Part<'_>, form: Form) -> Result<(), Refusal> {
        if form == Form::Html {
            let html = self.html_text(part)?;
            self.take_html(&html);
            return Ok(());
        }
        let text = self.plain_text(part)?;
        match form {
            Form::Enriched => self.take_plain(&html::enriched::render(&text)),
            _ if html::enriched::is_document(&text) => self.take_html(&rendered(&text)),
            _ => self.take_plain(&text),
        }
        Ok(())
    }

    /// A text file: no history is cut from it, since nobody answered there.
    fn attached_text(&mut self, part: &Part<'_>) -> Result<(), Refusal> {
        self.learn_file_name(part.file_name.as_deref());
        if part.sent_length() > self.limits.attached_text_bytes {
            self.remove(Seen::File);
            return Ok(());
        }
        let text = match role::of(part) {
            Role::Words(Form::Html) => markup::plain(&self.html_text(part)?.text),
            _ => self.plain_text(part)?,
        };
        let text = self.without_cards(&text);
        let (bare, armour) = armour::strip(&text, &words::cut(self.language, Seen::Crypto));
        self.report.add(Seen::Crypto, armour.blocks);
        self.body.pieces.push(Piece::File(Sent { content: Content::Text(bare.into_owned()), seen: Seen::File }));
        Ok(())
    }

    /// Takes a text's octets from what may still be read.
    fn take_room(&mut self, octets: usize) -> Result<(), Refusal> {
        self.text_left = self.text_left.checked_sub(octets).ok_or(Refusal::TooComplex)?;
        Ok(())
    }

    fn plain_text(&mut self, part: &Part<'_>) -> Result<String, Refusal> {
        let mut octets = part.octets();
        self.take_room(octets.len())?;
        if let Some((text, files)) = inserted::take_out(&octets) {
            for file in files {
                self.take_file(&file.name, file.octets);
            }
            octets = text.into();
        }
        let text = charset::to_text(&octets, part.media.charset.as_deref());
        let text = tidy::plain(&text).into_owned();
        Ok(if part.media.flowed { flowed::join(&text, part.media.delsp) } else { text })
    }

    fn html_text(&mut self, part: &Part<'_>) -> Result<html::Rendered, Refusal> {
        let octets = part.octets();
        self.take_room(octets.len())?;
        let document = charset::of_html(&octets, part.media.charset.as_deref());
        if !self.steps.takes(Step::Hidden) {
            return Ok(html::Rendered { text: html::enriched::render(&document), ..html::Rendered::default() });
        }
        Ok(rendered(&document))
    }

    fn take_html(&mut self, html: &html::Rendered) {
        self.report.add(Seen::HtmlPart, 1);
        self.report.add(Seen::Hidden, html.hidden);
        self.report.add(Seen::Remote, html.remote);
        self.report.add(Seen::Signature, html.signatures);
        self.report.add(Seen::Tracking, html.tracking);
        self.take_words(&html.text);
    }

    fn take_plain(&mut self, text: &str) {
        self.report.add(Seen::TextPart, 1);
        self.take_words(text);
    }

    fn take_words(&mut self, text: &str) {
        let words = if markup::is_marked(text) { Cow::Owned(markup::plain(text)) } else { Cow::Borrowed(text) };
        let whole = if self.steps.takes(Step::Armour) { self.without_cards(&words) } else { Cow::Borrowed(&*words) };
        let (bare, armour) = if self.steps.takes(Step::Armour) {
            armour::strip(&whole, &words::cut(self.language, Seen::Crypto))
        } else {
            (whole, Armour::default())
        };
        self.report.add(Seen::Crypto, armour.blocks);
        self.body.has_sealed |= armour.encrypted;
        if armour.blocks > 0 {
            self.learn_from_keys(text.as_bytes());
        }
        let bare = if self.steps.takes(Step::PictureMarks) { without_picture_marks(&bare) } else { bare.into_owned() };
        let cut = quote::cut_by(&bare, self.occasion, words::forwarded(self.language), self.steps);
        self.report.add(Seen::Quoted, cut.quoted_lines);
        self.report.add(Seen::Signature, cut.signatures);
        self.report.add(Seen::Forwarded, cut.forwarded);
        let kept = match &words {
            Cow::Owned(plain) if *plain == cut.text => text.to_owned(),
            Cow::Owned(_) => markup::carry(text, &cut.text),
            Cow::Borrowed(_) => cut.text,
        };
        self.body.pieces.push(Piece::Words(kept));
    }

    /// A text without the cards and invitations that were pasted into it.
    fn without_cards<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let language = self.language;
        card::strip(text, |seen| {
            self.report.add(seen, 1);
            words::cut(language, seen)
        })
    }

    /// A nested letter: its words, below a neutral line, and nothing of its header.
    fn nested(&mut self, octets: &[u8], depth: usize) -> Result<(), Refusal> {
        let block = field::split(octets, Rigour::Lenient, self.limits.header_bytes)?;
        let inner = part::read(&block.fields, block.body, depth + 1, &mut self.budget)?;
        self.report.add(Seen::Forwarded, 1);
        self.learn(authors(&block.fields));
        self.body.pieces.push(Piece::Line(words::forwarded(self.language).to_owned()));
        let outer = std::mem::replace(&mut self.occasion, occasion(&block.fields));
        let walked = self.walk(&inner, depth + 1, Wanted::All);
        self.occasion = outer;
        walked
    }

    /// An invitation: once, however often the letter repeats it.
    fn calendar(&mut self, part: &Part<'_>) -> Result<(), Refusal> {
        let octets = part.octets();
        self.take_room(octets.len())?;
        self.report.add(Seen::Calendar, 1);
        match calendar::read(&charset::to_text(&octets, part.media.charset.as_deref())) {
            Some(event) if self.body.pieces.iter().any(|piece| matches!(piece, Piece::Event(e) if *e == event)) => {}
            Some(event) => self.body.pieces.push(Piece::Event(event)),
            None => self.body.pieces.push(Piece::Line(words::removed(self.language, Seen::Calendar))),
        }
        Ok(())
    }

    fn learn(&mut self, words: impl IntoIterator<Item = String>) {
        let room = LEARNT_MAX.saturating_sub(self.body.learnt.len());
        self.body.learnt.extend(words.into_iter().take(room));
    }

    fn remove(&mut self, seen: Seen) {
        self.report.add(seen, 1);
        self.body.pieces.push(Piece::Line(words::removed(self.language, seen)));
    }
}

/// A document's text, with marks of its formatting.
fn rendered(document: &str) -> html::Rendered {
    html::render(&tidy::plain(document))
}

/// Answers name what they answer (RFC 5322 §3.6.4), or say so in their subject.
fn occasion(fields: &[Field<'_>]) -> Occasion {
    let names_one = fields.iter().any(|field| field.is("In-Reply-To") || field.is("References"));
    Occasion::of(&field::find(fields, "Subject").map(value::words).unwrap_or_default(), names_one)
}

/// Names and addresses of a nested letter's author.
fn authors(fields: &[Field<'_>]) -> Vec<String> {
    let from = fields.iter().filter(|field| field.is("From") || field.is("Sender") || field.is("Reply-To"));
    from.flat_map(value::mailboxes).flat_map(|mailbox| [mailbox.name, mailbox.address]).flatten().collect()
}
