//! The HTML of a finished letter, taken apart by the guard's own means.

/// The only elements a finished letter has; none of them has an attribute.
const ELEMENTS: [&str; 19] = [
    "html",
    "head",
    "body",
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "b",
    "i",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "hr",
    "pre",
    "div",
];

/// An HTML text seen in several ways.
pub(super) struct Seen {
    /// Without its tags, and nothing in their places.
    pub(super) joined: String,
    /// With a blank for each tag.
    pub(super) parted: String,
    /// What stood inside tags and comments.
    pub(super) inside: String,
    /// Whether there is an element, an attribute or a comment that may not be there.
    pub(super) is_odd: bool,
}

/// Takes an HTML text apart.
pub(super) fn see(html: &str) -> Seen {
    let mut seen = Seen {
        joined: String::with_capacity(html.len()),
        parted: String::with_capacity(html.len()),
        inside: String::new(),
        is_odd: false,
    };
    let mut rest = html;
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        seen.text(&rest[..open]);
        let after = &rest[open + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            // A stray `<` may still begin a tag for a careless reader.
            seen.is_odd = true;
            seen.text("<");
            rest = after;
            continue;
        }
        let Some(close) = memchr::memchr(b'>', after.as_bytes()) else {
            seen.is_odd = true;
            rest = after;
            break;
        };
        seen.tag(&after[..close]);
        rest = &after[close + 1..];
    }
    seen.text(rest);
    seen
}

impl Seen {
    fn text(&mut self, text: &str) {
        self.joined.push_str(text);
        self.parted.push_str(text);
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').trim_end_matches(['/', ' ']);
        // Nobody reads one name over the end of a paragraph; neither does the text form of the same words.
        let is_block = matches!(name, "p" | "blockquote" | "ul" | "ol");
        // Emphasis within a word makes it no other word.
        let is_within = matches!(name, "strong" | "em");
        self.parted.push_str(if is_block {
            "\n\n"
        } else if is_within {
            ""
        } else {
            " "
        });
        self.joined.push_str(if is_block { "\n\n" } else { "" });
        self.inside.push_str(tag);
        self.inside.push('\n');
        let is_plain = ELEMENTS.iter().any(|known| name.eq_ignore_ascii_case(known));
        let is_head =
            matches!(tag, "!DOCTYPE html" | "!doctype html" | "meta charset=\"utf-8\"" | "meta charset=utf-8");
        self.is_odd |= !is_plain && !is_head;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_split_by_tags_are_seen_whole_and_apart() {
        let seen = see("<p>An<em>na</em><br>Ek</p>");
        assert_eq!((seen.joined.as_str(), seen.parted.as_str()), ("\n\nAnnaEk\n\n", "\n\nAnna Ek\n\n"));
        assert!(!seen.is_odd);
    }

    #[test]
    fn nothing_but_small_elements_may_be_there() {
        for odd in
            ["<p class=x>", "<img src=x>", "<!-- x -->", "<a href=x>", "<script>", "a < b", "<p", "<style>", "<?x>"]
        {
            assert!(see(odd).is_odd, "{odd}");
        }
        assert!(!see("<!DOCTYPE html><html><body><ul><li>a &lt; b</li></ul><br/></body></html>").is_odd);
        assert_eq!(see("<x title='Anna'>").inside, "x title='Anna'\n");
    }
}
