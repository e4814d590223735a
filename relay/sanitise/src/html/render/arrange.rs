//! Where blocks, cells and items of a document stand among the lines of its text.

use super::Renderer;
use super::open::Open;
use crate::html::element::Layout;
use crate::text::markup::Mark;

impl Renderer {
    pub(super) fn arrange(&mut self, open: &Open) {
        match open.layout {
            Layout::Block => self.line.block(&self.out.text, 0),
            Layout::Paragraph => self.line.block(&self.out.text, usize::from(!self.is_in_list(open))),
            Layout::Cell => self.line.space = true,
            Layout::Inline | Layout::Unseen => {}
        }
    }

    /// A paragraph or a list inside a list needs no blank line around it.
    fn is_in_list(&self, open: &Open) -> bool {
        !open.quotes && self.open.last().is_some_and(|outer| matches!(outer.name.text(), "li" | "ul" | "ol"))
    }

    /// Cells of one row stand on one line, as long as they are short and hold no lines of their own.
    pub(super) fn cell(&mut self) {
        const ROW_MAX: usize = 120;
        let row = self.open.iter().rev().take(3).find(|open| open.name.text() == "tr").map(|open| open.start);
        if let Some(said) = row.and_then(|row| self.out.text.get(row..)) {
            let said = said.trim_start_matches('\n');
            if !said.is_empty() && said.len() <= ROW_MAX && !said.contains('\n') {
                self.line.join();
                return;
            }
        }
        self.line.space = true;
    }

    pub(super) fn list_mark(&mut self) {
        let list = self.open.iter_mut().rev().find(|open| open.is_list());
        let (mark, kind) = match list {
            Some(list) if list.name.text() == "ol" => {
                list.number = list.number.saturating_add(1);
                (format!("{}.", list.number - 1), Mark::Number)
            }
            _ => ("-".to_owned(), Mark::Item),
        };
        let indent = "  ".repeat(self.lists.saturating_sub(1).min(8));
        self.line.item(&mut self.out.text, &indent, &mark, kind);
    }
}
