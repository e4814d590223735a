//! The line that is being written: blanks and line ends owed, marks of quoting and of emphasis.

use super::open::Emphasis;
use crate::text::markup::Mark;

/// What is owed before the next word, and what is open on this line.
pub(super) struct Line {
    /// Line ends owed.
    breaks: usize,
    /// A blank owed.
    pub(super) space: bool,
    at_start: bool,
    /// Right after the mark of an item: what follows stays on its line.
    after_item: bool,
    emphasis: Emphasis,
    /// How deep what is written is quoted.
    pub(super) quotes: usize,
}

impl Default for Line {
    fn default() -> Self {
        Self { breaks: 0, space: false, at_start: true, after_item: false, emphasis: Emphasis::default(), quotes: 0 }
    }
}

/// Deepest quoting that is shown.
const QUOTES_MAX: usize = 20;

impl Line {
    pub(super) fn depth(&self) -> usize {
        self.quotes
    }

    pub(super) fn is_after_item(&self) -> bool {
        self.after_item
    }

    /// An element has ended: if it is a block, what follows an empty item is not on its line.
    pub(super) fn leave(&mut self, is_block: bool) {
        self.after_item &= !is_block;
    }

    /// Whether the next word begins a line.
    pub(super) fn is_at_start(&self) -> bool {
        self.at_start || self.breaks > 0
    }

    /// Writes a word, and before it what is owed.
    pub(super) fn word(&mut self, out: &mut String, word: &str, emphasis: Emphasis) {
        let breaks = std::mem::take(&mut self.breaks);
        if breaks > 0 && !out.is_empty() {
            for _ in 0..breaks {
                self.break_line(out);
            }
        }
        self.close_to(out, emphasis);
        if self.at_start {
            out.extend(std::iter::repeat_n("> ", self.quotes.min(QUOTES_MAX)));
            self.at_start = false;
        } else if self.space {
            out.push(' ');
        }
        self.space = false;
        self.after_item = false;
        let open = std::mem::replace(&mut self.emphasis, emphasis);
        out.extend((emphasis.strong && !open.strong).then_some(Mark::Strong.on()));
        out.extend((emphasis.slanted && !open.slanted).then_some(Mark::Emphasis.on()));
        out.push_str(word);
    }

    /// Ends what the next word has no part in.
    fn close_to(&mut self, out: &mut String, next: Emphasis) {
        let changes_strong = self.emphasis.strong != next.strong;
        if self.emphasis.slanted && (changes_strong || !next.slanted) {
            out.push(Mark::Emphasis.off());
            self.emphasis.slanted = false;
        }
        if self.emphasis.strong && changes_strong {
            out.push(Mark::Strong.off());
            self.emphasis.strong = false;
        }
    }

    /// Writes the mark of an item.
    pub(super) fn item(&mut self, out: &mut String, indent: &str, word: &str, mark: Mark) {
        self.word(out, indent, Emphasis::default());
        out.push(mark.on());
        out.push_str(word);
        self.space = true;
        self.after_item = true;
    }

    /// Ends what is emphasised.
    pub(super) fn unmark(&mut self, out: &mut String) {
        self.close_to(out, Emphasis::default());
    }

    fn break_line(&mut self, out: &mut String) {
        self.unmark(out);
        out.push('\n');
        self.at_start = true;
    }

    /// Ends a line as `<br>` does.
    pub(super) fn end(&mut self, out: &mut String) {
        let owed = std::mem::take(&mut self.breaks);
        for _ in 0..owed {
            self.break_line(out);
        }
        self.break_line(out);
        self.space = false;
        self.after_item = false;
    }

    /// Makes sure the next word stands on a new line, `blank` lines below the last one.
    pub(super) fn block(&mut self, out: &str, blank: usize) {
        self.space = false;
        let ended = out.bytes().rev().take(2).take_while(|b| *b == b'\n').count();
        self.breaks = self.breaks.max((blank + 1).saturating_sub(ended));
    }

    /// Lets the next word stand on the same line after all.
    pub(super) fn join(&mut self) {
        self.breaks = 0;
        self.space = true;
        self.after_item = true;
    }

    /// Goes on after the text was cut.
    pub(super) fn resume(&mut self, out: &str) {
        self.at_start = out.is_empty() || out.ends_with('\n');
        self.space = false;
        self.after_item = false;
        self.emphasis = Emphasis::default();
    }
}
