//! Attached text: words like those of the letter itself, written as UTF-8 without a mark.

use super::{FileKind, Rebuilt, Wash};

/// Longest piece that is washed at once. A wash looks at whole lines, and a bound keeps its memory flat.
const PIECE: usize = 128 << 10;

/// Builds a text anew: known words replaced, characters that show nothing left out.
pub(crate) fn rebuild(text: &str, wash: &dyn Wash) -> Rebuilt {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let visible: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let traces = usize::from(visible.len() != text.len());
    let mut octets = Vec::with_capacity(visible.len());
    let mut replaced = 0;
    for piece in pieces(&visible) {
        match wash.wash(piece) {
            None => octets.extend_from_slice(piece.as_bytes()),
            Some(new) => {
                replaced += super::office::changes(piece, &new);
                octets.extend_from_slice(new.as_bytes());
            }
        }
    }
    Rebuilt { kind: FileKind::Text, octets, traces, replaced }
}

/// Control characters that no text needs.
fn is_unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')
}

/// The text in pieces that end with a line, as long as lines are not monstrous.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let limit = rest.floor_char_boundary(PIECE);
        let length = if limit == rest.len() { limit } else { rest[..limit].rfind('\n').map_or(limit, |end| end + 1) };
        let (piece, after) = rest.split_at(length);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Names;
    impl Wash for Names {
        fn wash(&self, words: &str) -> Option<String> {
            words.contains("Anna").then(|| words.replace("Anna", "[namn]"))
        }
    }

    #[test]
    fn names_go_and_everything_else_stays() {
        let made = rebuild("\u{feff}Hej Anna,\r\n\tdos 3×5 mg; pris 12,50 €\r\nAnna\u{0}\r\n", &Names);
        let text = String::from_utf8(made.octets).unwrap();
        assert_eq!(text, "Hej [namn],\r\n\tdos 3×5 mg; pris 12,50 €\r\n[namn]\r\n");
        assert_eq!((made.kind, made.replaced, made.traces), (FileKind::Text, 2, 1));
    }

    #[test]
    fn long_texts_are_cut_at_lines_only() {
        let line = "Anna bor här;123;åäö\n";
        let text = line.repeat(40_000);
        let made = rebuild(&text, &Names);
        assert_eq!(made.octets.len(), text.len() + 40_000 * 2);
        assert_eq!(pieces(&text).collect::<String>(), text);
        assert!(pieces(&text).all(|piece| piece.ends_with('\n')));
        let endless = "å".repeat(PIECE);
        assert_eq!(pieces(&endless).collect::<String>(), endless);
    }
}
