//! What of an answer is our own letter come back: lines of ours without marks, and the quoted line an answer stands below.

/// Everything we have written, as words.
pub(super) struct Ours(String);

/// So many words in a row are ours; fewer can be the writer's own, such as `total 40`.
const WORDS: usize = 3;
/// Lines that are looked at together.
const WRAPS: usize = 4;

impl Ours {
    pub(super) fn of(text: &str) -> Self {
        Self(format!(" {} ", normal(text)))
    }

    /// Whether lines begin with one of ours, however it was wrapped: a short line is looked at with those it goes on in.
    pub(super) fn begins(&self, lines: &[&str]) -> bool {
        let mut words = String::from(" ");
        for line in lines.iter().take(WRAPS) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('>') {
                return false;
            }
            let line = normal(line);
            words.push_str(&line);
            words.push_str(if line.is_empty() { "" } else { " " });
            let letters = words.split(' ').filter(|word| word.starts_with(char::is_alphabetic)).count();
            if letters >= WORDS {
                return self.0.contains(&words);
            }
        }
        false
    }
}

/// Words and numbers alone, in lower case.
fn normal(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The quoted line an answer stands below.
#[derive(Debug, Default)]
pub(super) struct Beside {
    line: Option<u32>,
    /// Lines on which it has gone on.
    wrapped: usize,
}

/// A line of the overview is wrapped onto so many more.
const WRAPPED: usize = 2;

impl Beside {
    /// Looks at a quoted line.
    pub(super) fn pass(&mut self, quoted: &str) {
        let text = quoted.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
        if text.is_empty() {
            return;
        }
        let is_item = text.starts_with(['-', '*', '•']);
        let bare = text.trim_start_matches(['-', '*', '•', ' ']);
        let end = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
        let (digits, rest) = bare.split_at(end);
        let number = digits.parse().ok().filter(|_| rest.starts_with(": "));
        *self = match (number, self.line) {
            (Some(number), _) => Self { line: Some(number), wrapped: 0 },
            (None, Some(line)) if !is_item && self.wrapped < WRAPPED => {
                Self { line: Some(line), wrapped: self.wrapped + 1 }
            }
            _ => Self::default(),
        };
    }

    /// The line, for the one answer below it.
    pub(super) fn take(&mut self) -> Option<u32> {
        std::mem::take(self).line
    }
}

#[cfg(test)]
mod tests {
    use super::{Beside, Ours};

    #[test]
    fn our_own_lines_are_known_however_they_are_wrapped() {
        let ours = Ours::of("Hej,\n\n- 1 45 om rad 1 tog 45 minuter\n- total 40 om hela\nveckan tog 40 minuter\n");
        for line in
            ["- 1 45 om rad 1 tog 45 minuter", "1 45 om rad 1 tog", "hela veckan tog 40 minuter", "Om HELA veckan"]
        {
            assert!(ours.begins(&[line]), "{line}");
        }
        for line in ["", "Hej,", "total 40", "1 45", "tog 45 minuter", "rad 2 tog 45 minuter", "> om hela veckan tog"] {
            assert!(!ours.begins(&[line]), "{line}");
        }
        assert!(
            ours.begins(&["- total 40", "om hela", "veckan"]) && !ours.begins(&["- total 40", "", "om hela veckan"])
        );
        assert!(!ours.begins(&["total 40", "Tack så mycket"]));
    }

    #[test]
    fn the_quoted_line_right_above_is_the_one_that_is_answered() {
        let above = |lines: &[&str]| {
            let mut beside = Beside::default();
            for line in lines {
                beside.pass(line);
            }
            (beside.take(), beside.take())
        };
        assert_eq!(
            above(&["> - 1: söndag, Vinter,", "> - 2: måndag, Vinter,", "> du skrev, ungefär 25 min"]),
            (Some(2), None)
        );
        assert_eq!(above(&[">> 3: x", ">"]), (Some(3), None));
        assert_eq!(above(&["> - 2: x", "> a", "> b", "> Stämmer det?"]).0, None);
        assert_eq!(above(&["> - 2: x", "> - 1 45 om rad 1 tog 45 minuter"]).0, None);
    }
}
