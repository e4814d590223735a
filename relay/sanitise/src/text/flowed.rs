//! `format=flowed`: soft line breaks joined, so that no word hides between two lines (RFC 3676 §4).

/// Joins the soft-broken lines of a flowed text with `\n` line ends. With `delsp` the blank before a soft
/// break is the break's own and goes.
pub(crate) fn join(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The quote depth of a line that still flows on.
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let (depth, rest) = unquoted(line);
        let content = rest.strip_prefix(' ').unwrap_or(rest);
        let is_separator = content == "-- ";
        // A blank line ends a paragraph, and stays: people type a blank before they part paragraphs.
        if open != Some(depth) || is_separator || content.is_empty() {
            if open.is_some() {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n('>', depth));
            if depth > 0 && !content.is_empty() {
                out.push(' ');
            }
        }
        let flows = content.ends_with(' ') && !is_separator;
        out.push_str(if flows && delsp { &content[..content.len() - 1] } else { content });
        open = flows.then_some(depth);
        if !flows {
            out.push('\n');
        }
    }
    if open.is_none() {
        out.pop();
    }
    out
}

fn unquoted(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches('>');
    (line.len() - rest.len(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_are_joined_within_a_depth() {
        assert_eq!(join("Hej \ndu.\nNy rad", false), "Hej du.\nNy rad");
        assert_eq!(join("anna@exa \nmple.net", true), "anna@example.net");
        assert_eq!(join("> citat \n> mer\nsvar \n> nytt", false), "> citat mer\nsvar \n> nytt");
        assert_eq!(join("text\n-- \nsign", false), "text\n-- \nsign");
        assert_eq!(join(" From x\n >inte citat", false), "From x\n>inte citat");
        assert_eq!(join("a\n\nb\n", false), "a\n\nb\n");
        assert_eq!(join("Hej, \n\nb", false), "Hej, \n\nb");
    }
}
