//! Breaks the lines of a text anew, since a name or a date may be short or long.

/// The width a paragraph is filled to: room is left for the marks of a quoting answer.
const FILLED: usize = 68;
/// What begins an entry of a list.
const ENTRY: &str = "- ";
/// What stands before an entry's further lines.
const INDENT: &str = "  ";

/// Fills every paragraph. Entries of a list each begin a line and are indented where they go on; paragraphs that a
/// template left empty are dropped.
pub(super) fn fill(text: &str) -> String {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            take(paragraph, line);
        }
    }
    let filled = paragraphs.iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"));
    filled.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Adds a line's words to a paragraph.
fn take(paragraph: &mut Vec<String>, line: &str) {
    let goes_on = paragraph.last().is_some_and(|last| last.starts_with(ENTRY) || last.starts_with(INDENT));
    let is_list = line.starts_with(ENTRY) || goes_on;
    if line.starts_with(ENTRY) || paragraph.is_empty() {
        paragraph.push(String::new());
    }
    for word in line.split_whitespace() {
        let Some(last) = paragraph.last_mut() else { return };
        if last.is_empty() {
            word.clone_into(last);
        } else if last.chars().count() + 1 + word.chars().count() <= FILLED {
            last.push(' ');
            last.push_str(word);
        } else {
            paragraph.push(if is_list { format!("{INDENT}{word}") } else { word.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_empty_ones_dropped() {
        assert_eq!(fill("\n\na\nb  c\n \n\n\nd"), "a b c\n\nd\n");
        let long = fill(&"word ".repeat(100));
        assert!(long.lines().all(|line| line.chars().count() <= FILLED), "{long}");
        assert_eq!(long.split_whitespace().count(), 100);
    }

    #[test]
    fn entries_of_a_list_begin_their_own_lines() {
        assert_eq!(fill("Two:\n- a\nb\n- c\n"), "Two:\n- a b\n- c\n");
        let long = fill(&format!("- {}\n- x", "word ".repeat(20)));
        let lines: Vec<&str> = long.lines().collect();
        assert!(lines[0].starts_with("- word") && lines[1].starts_with("  word") && lines[2] == "- x", "{long}");
    }
}
