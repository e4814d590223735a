//! A link as text: its label, and its address where the label does not say it.

use super::Renderer;
use crate::known::link;
use crate::text::markup;

impl Renderer {
    /// `label (https://…)`, unless the label is the address.
    pub(super) fn finish_link(&mut self, address: &str, start: usize) {
        let written = self.out.text.get(start..).unwrap_or_default();
        let label = if markup::is_marked(written) { markup::plain(written) } else { written.to_owned() };
        let label = label.trim();
        if !label.chars().any(char::is_alphanumeric) {
            return;
        }
        let cleaned = link::clean(address);
        self.out.tracking += usize::from(cleaned.was_tracked);
        let (shown, target) = (bare(label), bare(&cleaned.address));
        if target.is_empty() || shown == target {
            return;
        }
        if label.starts_with("http") && !label.contains(' ') {
            // The label is the tracked form of the same address.
            self.line.unmark(&mut self.out.text);
            let from = self.out.text.len() - self.out.text[start..].trim_start_matches(['\n', '>', ' ']).len();
            self.out.text.truncate(from);
            self.out.text.push_str(&cleaned.address);
        } else {
            for piece in [" (", &cleaned.address, ")"] {
                self.out.text.push_str(piece);
            }
        }
    }
}

/// An address without what people leave out.
fn bare(text: &str) -> String {
    let text = text.trim_end_matches('/').trim_start_matches("https://").trim_start_matches("http://");
    text.trim_start_matches("www.").to_ascii_lowercase()
}
