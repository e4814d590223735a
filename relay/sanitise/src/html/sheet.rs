//! Classes and identifiers that a style sheet of the document hides.

use super::style;

/// Rules inside `@media` speak of other screens than ours.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    hidden: Vec<String>,
}

/// Most hidden selectors remembered; more is no letter.
const SELECTORS_MAX: usize = 50;

impl Sheet {
    pub(crate) fn read(&mut self, css: &str) {
        let mut rest = css;
        while let Some(open) = rest.find('{') {
            let selectors = without_comments(&rest[..open]);
            let body = &rest[open + 1..];
            if selectors.starts_with('@') && !selectors.starts_with("@font-face") && !selectors.starts_with("@page") {
                rest = body.get(nested_end(body)..).unwrap_or_default();
                continue;
            }
            let close = body.find('}').unwrap_or(body.len());
            if style::read(&body[..close]).hidden {
                self.add(selectors);
            }
            rest = body.get(close + 1..).unwrap_or_default();
        }
    }

    fn add(&mut self, selectors: &str) {
        let simple = selectors.split(',').map(str::trim).filter_map(|selector| {
            let start = selector.find(['.', '#'])?;
            let (element, name) = selector.split_at(start);
            let is_simple = element.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'*');
            let is_name =
                name.len() > 1 && name[1..].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            (is_simple && is_name).then(|| name.to_owned())
        });
        let room = SELECTORS_MAX.saturating_sub(self.hidden.len());
        self.hidden.extend(simple.take(room));
    }

    /// Whether an element's class list or identifier is one the sheet hides.
    pub(crate) fn hides(&self, classes: &str, id: &str) -> bool {
        !self.hidden.is_empty()
            && self.hidden.iter().any(|name| match name.split_at(1) {
                (".", class) => classes.split_ascii_whitespace().any(|c| c == class),
                (_, wanted) => id == wanted,
            })
    }
}

/// The selectors after the last comment and the mark that hides a sheet from browsers of old.
fn without_comments(selectors: &str) -> &str {
    let after = selectors.rfind("*/").map_or(selectors, |end| &selectors[end + 2..]);
    after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '!' | '-' | '>'))
}

/// The octets up to and with the brace that closes a block.
fn nested_end(body: &str) -> usize {
    let mut depth = 1;
    for (place, byte) in body.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place + 1;
        }
    }
    body.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_hide_by_class_and_identifier_outside_media_rules() {
        let mut sheet = Sheet::default();
        sheet.read("@media (max-width:1px){.m{display:none}} p.x, #y {display:none} .z{color:red} .a .b{display:none}");
        assert!(sheet.hides("q x", "") && sheet.hides("", "y"));
        assert!(!sheet.hides("m z a b", "x"));
        sheet.read("<!-- /* Font */ @font-face {font-family:x;} /* c */ .w {display:none} -->");
        assert!(sheet.hides("w", ""));
    }
}
