//! The tree of parts turned into the pieces a finished letter is made of: texts in order, and marks of what went.

use crate::html;
use crate::letter::Letter;
use crate::limits::Limits;
use crate::mime::charset;
use crate::mime::field::{self, Field, Rigour};
use crate::mime::part::{self, Budget, Part};
use crate::mime::value;
use crate::report::{Report, Seen};
use crate::text::quote::{self, Occasion};
use crate::text::{armour, flowed, tidy};
use crate::words;
use brevbro_core::party::Language;
use brevbro_core::reply::Refusal;

/// One piece of a finished text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words, with quoted lines marked by `> `.
    Words(String),
    /// A line of our own.
    Line(String),
}

/// What a letter's parts came to.
pub(crate) struct Body {
    pub(crate) pieces: Vec<Piece>,
    /// Some of the words were sealed or wrapped in a signature we do not open.
    pub(crate) has_sealed: bool,
    /// Names of the authors of nested letters.
    pub(crate) nested_authors: Vec<String>,
}

/// Reads a letter's parts.
pub(crate) fn read(
    letter: &Letter<'_>,
    limits: &Limits,
    language: Language,
    report: &mut Report,
) -> Result<Body, Refusal> {
    let mut reader = Reader {
        limits,
        language,
        report,
        occasion: occasion(&letter.fields),
        budget: Budget::new(limits),
        text_left: limits.text_bytes,
        body: Body { pieces: Vec::new(), has_sealed: false, nested_authors: Vec::new() },
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
        match part.media.kind.as_str() {
            "multipart/alternative" if wanted == Wanted::All => self.alternative(part, depth),
            "multipart/encrypted" => {
                self.body.has_sealed = true;
                self.report.add(Seen::Crypto, 1);
                Ok(())
            }
            kind if kind.starts_with("multipart/") => {
                part.children.iter().try_for_each(|child| self.walk(child, depth + 1, wanted))
            }
            "message/rfc822" | "message/global" | "message/news" => self.nested(part, depth),
            _ if is_text(part) => match wanted {
                Wanted::All => self.text(part),
                Wanted::Files if part.is_attachment => self.text(part),
                Wanted::Files => Ok(()),
            },
            _ => {
                self.remove(part);
                Ok(())
            }
        }
    }

    /// One of the forms of an alternative: plain text, unless HTML says much more.
    fn alternative(&mut self, part: &Part<'_>, depth: usize) -> Result<(), Refusal> {
        let plain = part.children.iter().position(|child| child.is("text/plain") && !child.is_attachment);
        let rich = part.children.iter().rposition(|child| child.find("text/html").is_some());
        let mut texts = (String::new(), None);
        if let Some(plain) = plain {
            texts.0 = self.plain_text(&part.children[plain])?;
        }
        if let Some(html) = rich.and_then(|rich| part.children[rich].find("text/html")) {
            texts.1 = Some(self.html_text(html)?);
        }
        let uses_html = texts.1.as_ref().is_some_and(|html| letters(&texts.0) * 2 < letters(&html.text));
        if let (true, Some(html)) = (uses_html, texts.1) {
            self.take_html(&html);
        } else if plain.is_some() {
            self.take_plain(&texts.0);
        }
        let has_words = uses_html || plain.is_some();
        for (place, child) in part.children.iter().enumerate() {
            let is_taken = Some(place) == plain || Some(place) == rich && child.is("text/html") && uses_html;
            if !is_taken {
                self.walk(child, depth + 1, if has_words { Wanted::Files } else { Wanted::All })?;
            }
        }
        Ok(())
    }

    fn text(&mut self, part: &Part<'_>) -> Result<(), Refusal> {
        if part.is_attachment {
            if part.sent_length() > self.limits.attached_text_bytes {
                self.remove_as(Seen::File);
                return Ok(());
            }
            self.report.add(Seen::AttachedText, 1);
            self.body.pieces.push(Piece::Line(words::attached_text(self.language).to_owned()));
        }
        if part.is("text/html") || part.is("application/xhtml+xml") {
            let html = self.html_text(part)?;
            self.take_html(&html);
        } else {
            let text = self.plain_text(part)?;
            self.take_plain(&text);
        }
        Ok(())
    }

    /// Decodes a text part within the budget.
    fn decoded(&mut self, part: &Part<'_>) -> Result<String, Refusal> {
        let octets = part.octets();
        self.text_left = self.text_left.checked_sub(octets.len()).ok_or(Refusal::TooComplex)?;
        let text = charset::to_text(&octets, part.media.charset.as_deref());
        Ok(tidy::plain(&text).into_owned())
    }

    fn plain_text(&mut self, part: &Part<'_>) -> Result<String, Refusal> {
        let text = self.decoded(part)?;
        Ok(if part.media.flowed { flowed::join(&text, part.media.delsp) } else { text })
    }

    fn html_text(&mut self, part: &Part<'_>) -> Result<html::Rendered, Refusal> {
        let document = self.decoded(part)?;
        let mut rendered = html::render(&document);
        // Character references may have brought back what was taken out of the document.
        if let std::borrow::Cow::Owned(plain) = tidy::plain(&rendered.text) {
            rendered.text = plain;
        }
        Ok(rendered)
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
        let (bare, armour) = armour::strip(text);
        self.report.add(Seen::Crypto, armour.blocks);
        self.body.has_sealed |= armour.encrypted;
        let bare = without_picture_marks(&bare);
        let cut = quote::cut(&bare, self.occasion, words::forwarded(self.language));
        self.report.add(Seen::Quoted, cut.quoted_lines);
        self.report.add(Seen::Signature, cut.signatures);
        self.report.add(Seen::Forwarded, cut.forwarded);
        self.body.pieces.push(Piece::Words(cut.text));
    }

    /// A nested letter: its words, below a neutral line, and nothing of its header.
    fn nested(&mut self, part: &Part<'_>, depth: usize) -> Result<(), Refusal> {
        let octets = part.octets();
        let block = field::split(&octets, Rigour::Lenient, self.limits.header_bytes)?;
        let inner = part::read(&block.fields, block.body, depth + 1, &mut self.budget)?;
        self.report.add(Seen::Forwarded, 1);
        self.body.nested_authors.extend(author_names(&block.fields));
        self.body.pieces.push(Piece::Line(words::forwarded(self.language).to_owned()));
        let outer = std::mem::replace(&mut self.occasion, occasion(&block.fields));
        let walked = self.walk(&inner, depth + 1, Wanted::All);
        self.occasion = outer;
        walked
    }

    fn remove(&mut self, part: &Part<'_>) {
        let seen = kind_of(part);
        self.body.has_sealed |= seen == Seen::Crypto && part.media.kind.ends_with("pkcs7-mime");
        self.remove_as(seen);
    }

    fn remove_as(&mut self, seen: Seen) {
        self.report.add(seen, 1);
        // Nobody misses a signature or a receipt; anything else was sent to be seen.
        if !matches!(seen, Seen::Crypto | Seen::Receipt) {
            self.body.pieces.push(Piece::Line(words::removed(self.language, seen)));
        }
    }
}

/// Answers name what they answer (RFC 5322 §3.6.4), or say so in their subject.
fn occasion(fields: &[Field<'_>]) -> Occasion {
    const STARTS: [&str; 8] = ["re:", "sv:", "vs:", "aw:", "svar:", "antw:", "re[", "r:"];
    let names_one = fields.iter().any(|field| field.is("In-Reply-To") || field.is("References"));
    let subject = field::find(fields, "Subject").map(value::words).unwrap_or_default().trim_start().to_lowercase();
    if names_one || STARTS.iter().any(|start| subject.starts_with(start)) { Occasion::Answer } else { Occasion::Fresh }
}

fn author_names(fields: &[Field<'_>]) -> Vec<String> {
    let from = fields.iter().filter(|field| field.is("From") || field.is("Sender"));
    from.flat_map(value::mailboxes).filter_map(|mailbox| mailbox.name).collect()
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Gmail and Outlook write `[image: name.jpg]` and `[cid:name]` where a picture stood; names tell.
fn without_picture_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let inner = &rest[open + 1..];
        let is_mark = inner.starts_with("image:")
            || inner.starts_with("cid:")
            || inner.starts_with("bild:")
            || inner.starts_with("Image:");
        let close = inner.char_indices().take(200).find(|(_, c)| matches!(c, ']' | '\n'));
        match close {
            Some((length, ']')) if is_mark => {
                out.push_str(&rest[..open]);
                rest = &inner[length + 1..];
            }
            _ => {
                out.push_str(&rest[..=open]);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_text(part: &Part<'_>) -> bool {
    matches!(
        part.media.kind.as_str(),
        "text/plain"
            | "text/html"
            | "application/xhtml+xml"
            | "text/markdown"
            | "text/csv"
            | "text/x-amp-html"
            | "text/enriched"
    ) && !is_key_file(part)
}

fn is_key_file(part: &Part<'_>) -> bool {
    has_ending(part, &["asc", "p7s", "p7c", "p7m", "pgp", "gpg", "sig", "cer", "crt", "pem", "p12", "pfx", "key"])
}

fn has_ending(part: &Part<'_>, endings: &[&str]) -> bool {
    let name = part.file_name.as_deref().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// What a part that is no text is, by its type and, for unknown types, its file's ending.
fn kind_of(part: &Part<'_>) -> Seen {
    let kind = part.media.kind.as_str();
    let (main, sub) = kind.split_once('/').unwrap_or((kind, ""));
    match (main, sub) {
        ("image", _) => Seen::Picture,
        ("audio", _) => Seen::Sound,
        ("video", _) => Seen::Film,
        ("text", "calendar") | ("application", "ics") => Seen::Calendar,
        ("text", "vcard" | "x-vcard" | "directory") => Seen::Card,
        ("message", "delivery-status" | "disposition-notification" | "feedback-report" | "global-delivery-status")
        | ("text", "rfc822-headers") => Seen::Receipt,
        _ if is_key_file(part) || sub.contains("pgp") || sub.contains("pkcs") || sub.contains("x509") => Seen::Crypto,
        _ if is_document(sub)
            || has_ending(
                part,
                &["pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "pages"],
            ) =>
        {
            Seen::Document
        }
        _ if is_archive(sub) || has_ending(part, &["zip", "rar", "7z", "gz", "tar", "xz"]) => Seen::Archive,
        _ if has_ending(part, &["jpg", "jpeg", "png", "gif", "heic", "webp", "tif", "tiff", "bmp"]) => Seen::Picture,
        _ if has_ending(part, &["mp3", "m4a", "wav", "ogg", "opus", "amr"]) => Seen::Sound,
        _ if has_ending(part, &["mp4", "mov", "avi", "mkv", "3gp", "webm"]) => Seen::Film,
        _ if has_ending(part, &["ics"]) => Seen::Calendar,
        _ if has_ending(part, &["vcf"]) => Seen::Card,
        _ => Seen::File,
    }
}

fn is_document(sub: &str) -> bool {
    matches!(sub, "pdf" | "msword" | "rtf" | "x-iwork-pages-sffpages")
        || sub.starts_with("vnd.openxmlformats")
        || sub.starts_with("vnd.oasis.opendocument")
        || sub.starts_with("vnd.ms-")
}

fn is_archive(sub: &str) -> bool {
    matches!(
        sub,
        "zip" | "x-zip-compressed" | "gzip" | "x-gzip" | "x-tar" | "x-7z-compressed" | "vnd.rar" | "x-rar-compressed"
    )
}
