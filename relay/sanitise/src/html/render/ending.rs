//! What is decided of a piece of a document when its end is seen: signatures, the marks of Word's lists, introductions.

use super::Renderer;
use super::open::Intro;
use crate::text::markup::{self, Mark};
use crate::text::signature::{self, Separator};

impl Renderer {
    /// What a program put in as a signature goes; what the writer said in its place stays.
    pub(super) fn finish_signature(&mut self, start: usize) {
        self.line.unmark(&mut self.out.text);
        let said = markup::plain(self.out.text.get(start..).unwrap_or_default());
        if said.trim().is_empty() {
            return;
        }
        let is_head = |line: &&str| line.trim().is_empty() || signature::separator(line).is_some();
        let lines: Vec<&str> = said.lines().skip_while(is_head).collect();
        let Some(length) = signature::block(lines.iter().copied(), Separator::Exact) else { return };
        self.out.signatures += 1;
        self.out.text.truncate(start);
        let kept = lines.get(length..).unwrap_or_default().join("\n");
        let kept = kept.trim_matches('\n');
        if !kept.is_empty() && !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
            self.out.text.push('\n');
        }
        self.out.text.push_str(kept);
        self.line.resume(&self.out.text);
        self.line.block(&self.out.text, 0);
    }

    /// Word writes the bullet or number of an item as text: a letter of Wingdings and many blanks.
    pub(super) fn finish_list_mark(&mut self, start: usize) {
        self.line.unmark(&mut self.out.text);
        let written = self.out.text.get(start..).unwrap_or_default();
        let word = written.trim_matches(|c: char| c.is_whitespace() || c == '>').to_owned();
        if word.is_empty() {
            return;
        }
        let is_number = word.len() <= 8 && word.ends_with(['.', ')']) && word.chars().any(char::is_alphanumeric);
        let (mark, kind) = if is_number { (word.as_str(), Mark::Number) } else { ("-", Mark::Item) };
        let from = start + written.find(|c: char| c != '\n').unwrap_or(0);
        self.out.text.truncate(from);
        self.line.resume(&self.out.text);
        self.line.item(&mut self.out.text, "", mark, kind);
    }

    /// Whether the next line belongs to an older letter: it stands below the line that introduces it.
    pub(super) fn decide_intro(&mut self) {
        let Some(open) = self.open.iter_mut().rev().take(12).find(|open| open.intro == Some(Intro::Open)) else {
            return;
        };
        let said = self.out.text.get(open.start..).unwrap_or_default().trim();
        if said.is_empty() {
            return;
        }
        let is_introduced = said.len() < 400
            && !said.starts_with('-')
            && said.ends_with(':')
            && said.contains(|c: char| c.is_ascii_digit());
        if is_introduced {
            open.intro = Some(Intro::Quoting);
            self.line.quotes += 1;
        } else if said.len() >= 400 || said.starts_with('-') || said.lines().count() > 3 {
            open.intro = Some(Intro::None);
        }
    }
}
