//! Words that other programs wrapped: signed blocks and `winmail.dat`; and whom keys and file names name.

use super::{Content, Piece, Reader, Sent, Wanted, labels, rendered};
use crate::carrier::tnef;
use crate::mime::charset;
use crate::mime::field::{self, Rigour};
use crate::mime::part::{self, Part};
use crate::mime::role;
use crate::report::Seen;
use crate::sealed::cms::{self, Cms};
use crate::sealed::pgp;
use crate::text::tidy;
use brevbro_core::reply::Refusal;

/// Shortest file name that is learnt: shorter ones are words.
const NAME_MIN: usize = 8;
/// Most file names learnt.
const NAMES_MAX: usize = 40;

impl Reader<'_> {
    /// S/MIME in one block: the words of a signed one are the letter's own (RFC 8551 §3.5.2).
    pub(super) fn signed(&mut self, part: &Part<'_>, depth: usize) -> Result<(), Refusal> {
        self.report.add(Seen::Crypto, 1);
        match cms::read(&part.octets()) {
            Cms::Signed { content, learnt } => {
                self.learn(learnt);
                let Some(content) = content else { return Ok(()) };
                self.take_room(content.len())?;
                let block = field::split(&content, Rigour::Lenient, self.limits.header_bytes)?;
                let inner = part::read(&block.fields, block.body, depth + 1, &mut self.budget)?;
                self.walk(&inner, depth + 1, Wanted::All)
            }
            Cms::Encrypted | Cms::Unreadable => {
                self.body.has_sealed = true;
                Ok(())
            }
        }
    }

    /// Outlook's wrapping. Its words often stand in a text part as well: then they are taken once.
    pub(super) fn winmail(&mut self, octets: &[u8], depth: usize) -> Result<(), Refusal> {
        if depth > self.limits.depth {
            return Err(Refusal::TooComplex);
        }
        let Some(winmail) = tnef::read(octets) else {
            self.remove(Seen::File);
            return Ok(());
        };
        self.learn(winmail.learnt);
        match winmail.body {
            Some(tnef::Body::Plain(text)) if !self.has_words_of(&text) => {
                self.take_room(text.len())?;
                self.take_plain(&tidy::plain(&text));
            }
            Some(tnef::Body::Html(document)) => {
                self.take_room(document.len())?;
                let html = rendered(&document);
                if !self.has_words_of(&html.text) {
                    self.take_html(&html);
                }
            }
            _ => {}
        }
        winmail.files.into_iter().try_for_each(|file| self.wrapped_file(file, depth))
    }

    fn wrapped_file(&mut self, file: tnef::File, depth: usize) -> Result<(), Refusal> {
        if tnef::is_tnef(&file.octets) {
            return self.winmail(&file.octets, depth + 1);
        }
        if role::is_letter(&file.octets[..file.octets.len().min(4096)]) {
            return self.nested(&file.octets, depth + 1);
        }
        self.take_file(&file.name, file.octets);
        Ok(())
    }

    /// A file that no part declares: its name alone says what it is.
    pub(super) fn take_file(&mut self, name: &str, octets: Vec<u8>) {
        self.learn_file_name(Some(name));
        let content = if labels::is_text_name(name) {
            Content::Text(tidy::plain(&charset::to_text(&octets, None)).into_owned())
        } else {
            Content::Octets(octets)
        };
        self.body.pieces.push(Piece::File(Sent { content, seen: labels::kind_of_name(name) }));
    }

    /// Whether a text part has given at least half as many letters already.
    fn has_words_of(&self, text: &str) -> bool {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let taken: usize = self.body.pieces.iter().map(|p| if let Piece::Words(w) = p { letters(w) } else { 0 }).sum();
        taken * 2 > letters(text)
    }

    /// Whom signatures and keys name.
    pub(super) fn learn_from_keys(&mut self, octets: &[u8]) {
        if let Cms::Signed { learnt, .. } = cms::read(octets) {
            self.learn(learnt);
        }
        self.learn(pgp::learnt(octets));
    }

    /// A file's name is not passed on; where the words repeat it, it goes as well.
    pub(super) fn learn_file_name(&mut self, name: Option<&str>) {
        if let Some(name) = name.filter(|name| name.chars().count() >= NAME_MIN)
            && self.body.file_names.len() < NAMES_MAX
        {
            self.body.file_names.push(name.to_owned());
        }
    }
}
