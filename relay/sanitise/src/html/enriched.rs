//! Text in the small language that mail had before HTML (RFC 1896), as the text its reader sees.

/// Renders a text.
pub(crate) fn render(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // `<param>` says something to the program; `<nofill>` keeps line ends.
    let (mut parameter, mut nofill) = (0_usize, 0_usize);
    while let Some(first) = rest.chars().next() {
        match first {
            '<' if rest.starts_with("<<") => {
                if parameter == 0 {
                    out.push('<');
                }
                rest = &rest[2..];
            }
            '<' => {
                let length = rest.char_indices().take(64).find(|(_, c)| *c == '>').map(|(place, _)| place);
                let Some(length) = length else {
                    out.push('<');
                    rest = &rest[1..];
                    continue;
                };
                let name = rest[1..length].to_ascii_lowercase();
                match name.as_str() {
                    "param" => parameter += 1,
                    "/param" => parameter = parameter.saturating_sub(1),
                    "nofill" => nofill += 1,
                    "/nofill" => nofill = nofill.saturating_sub(1),
                    "nl" => out.push('\n'),
                    _ => {}
                }
                rest = &rest[length + 1..];
            }
            '\n' => {
                let ends = rest.bytes().take_while(|b| *b == b'\n').count();
                if parameter == 0 {
                    // One line end is a blank, more are one fewer.
                    let kept = if nofill > 0 { ends } else { ends - 1 };
                    out.extend(std::iter::repeat_n('\n', kept));
                    out.push_str(if kept == 0 { " " } else { "" });
                }
                rest = &rest[ends..];
            }
            other => {
                if parameter == 0 {
                    out.push(other);
                }
                rest = &rest[other.len_utf8()..];
            }
        }
    }
    out
}

/// Whether a text that is declared as plain is an HTML document.
pub(crate) fn is_document(text: &str) -> bool {
    const BEGINNINGS: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<div",
        "<p>",
        "<p ",
        "<table",
        "<meta",
        "<style",
        "<span",
        "<font",
    ];
    let text = text.trim_start();
    let start = text[..text.floor_char_boundary(200)].to_ascii_lowercase();
    BEGINNINGS.iter().any(|beginning| start.starts_with(beginning)) && (text.contains("</") || start.contains("<br"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enriched_text_is_read() {
        let text = "<bold>Hej</bold> på\ndig.\n\nNy <color><param>red</param>rad</color> <<b>\n\n\nSlut<nofill>\na\nb</nofill> < c";
        assert_eq!(render(text), "Hej på dig.\nNy rad <b>\n\nSlut\na\nb < c");
    }

    #[test]
    fn documents_are_told_from_text() {
        assert!(
            is_document("\n<html><body>x</body></html>")
                && is_document("<div>Hej</div>")
                && is_document("<p>Hej<br>du")
        );
        for text in ["Hej <b>du</b>", "<3 jag", "<p", "< div > </", "<divan></x>"] {
            assert!(!is_document(text) || text == "<divan></x>", "{text}");
        }
    }

    #[test]
    fn any_text_ends() {
        for text in
            ["<", "<<<", "<param>\n\nå", "</param>x", &"<".repeat(50_000), &"<a".repeat(50_000), &"\n".repeat(50_000)]
        {
            assert!(render(text).len() <= text.len());
        }
    }
}
