//! A marked text written as a small HTML document: paragraphs, lists, emphasis and quotes, without any attribute.

use super::{Mark, Marked, Span, is_marked};

/// Deepest quoting that is written.
const QUOTES_MAX: usize = 5;

/// The document of a text with marks; `None` when it has none, or says nothing by them.
pub(crate) fn html(text: &str) -> Option<String> {
    if !is_marked(text) {
        return None;
    }
    let lines: Vec<Marked> = text.lines().map(Marked::read).collect();
    if !says_something(&lines) {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 5 / 4 + 200);
    out.push_str("<!DOCTYPE html>\n<html>\n<body>\n");
    blocks(&lines, 0, &mut out);
    out.push_str("</body>\n</html>\n");
    Some(out)
}

/// A letter that is bold from its first word to its last says no more than a plain one.
fn says_something(lines: &[Marked]) -> bool {
    let spans = || lines.iter().flat_map(|line| &line.spans);
    let has_items = spans().any(|span| matches!(span.mark, Mark::Item | Mark::Number));
    let all: usize = lines.iter().map(|line| line.plain.trim().len()).sum();
    let covered = |mark: Mark| spans().filter(|span| span.mark == mark).map(|span| span.to - span.from).sum::<usize>();
    let is_some = |mark: Mark| covered(mark) > 0 && covered(mark) * 20 < all * 19;
    has_items || is_some(Mark::Strong) || is_some(Mark::Emphasis)
}

/// What a line is, apart from its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Quote,
    Item,
    /// With its number.
    Number(usize),
    Words,
}

fn kind(line: &Marked, quoted: usize) -> Kind {
    let text = line.plain.get(quoted..).unwrap_or_default();
    let has = |mark: Mark| line.spans.iter().any(|span| span.mark == mark);
    if text.trim().is_empty() {
        Kind::Blank
    } else if text.starts_with("> ") || text.trim_end() == ">" {
        Kind::Quote
    } else if has(Mark::Item) && item_start(line, quoted).is_some() {
        Kind::Item
    } else if has(Mark::Number)
        && let Some(start) = item_start(line, quoted)
    {
        let digits = text.trim_start().trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits: String = digits.chars().take_while(char::is_ascii_digit).take(6).collect();
        let is_plain = line.plain.get(..start).is_some_and(|head| head.trim_end().ends_with('.'));
        digits.parse().ok().filter(|_| is_plain).map_or(Kind::Words, Kind::Number)
    } else {
        Kind::Words
    }
}

/// Where the words of an item begin: after its bullet or number and a blank.
fn item_start(line: &Marked, quoted: usize) -> Option<usize> {
    let text = line.plain.get(quoted..)?;
    let indent = text.len() - text.trim_start().len();
    let mark = text.get(indent..)?.find(' ')?;
    (mark <= 8).then_some(quoted + indent + mark + 1)
}

/// Writes lines, `quoted` octets of whose beginnings are marks of quoting already written.
fn blocks(lines: &[Marked], quoted: usize, out: &mut String) {
    let mut place = 0;
    while let Some(line) = lines.get(place) {
        let run =
            |is_in: &dyn Fn(Kind) -> bool| lines[place..].iter().take_while(|line| is_in(kind(line, quoted))).count();
        let length = match kind(line, quoted) {
            Kind::Blank => 1,
            Kind::Quote => {
                let length = run(&|kind| kind == Kind::Quote);
                out.push_str("<blockquote>\n");
                if quoted / 2 < QUOTES_MAX {
                    blocks(&lines[place..place + length], quoted + 2, out);
                } else {
                    paragraph(&lines[place..place + length], quoted, out);
                }
                out.push_str("</blockquote>\n");
                length
            }
            Kind::Item => {
                // A line right below an item belongs to it.
                let length = run(&|kind| matches!(kind, Kind::Item | Kind::Words));
                list(&lines[place..place + length], "ul", quoted, out);
                length
            }
            Kind::Number(1) => {
                let length = numbered(&lines[place..], quoted);
                list(&lines[place..place + length], "ol", quoted, out);
                length
            }
            // A list that does not begin with one keeps its numbers as words.
            Kind::Number(_) | Kind::Words => {
                let length = 1 + lines[place + 1..].iter().take_while(|line| is_running(kind(line, quoted))).count();
                paragraph(&lines[place..place + length], quoted, out);
                length
            }
        };
        place += length;
    }
}

fn is_running(kind: Kind) -> bool {
    matches!(kind, Kind::Words) || matches!(kind, Kind::Number(number) if number != 1)
}

/// How many lines are a list that counts from one.
fn numbered(lines: &[Marked], quoted: usize) -> usize {
    let mut wanted = 1;
    lines
        .iter()
        .take_while(|line| match kind(line, quoted) {
            Kind::Number(number) if number == wanted => {
                wanted += 1;
                true
            }
            Kind::Words => true,
            _ => false,
        })
        .count()
}

fn list(lines: &[Marked], tag: &str, quoted: usize, out: &mut String) {
    out.extend(["<", tag, ">\n"]);
    for (place, line) in lines.iter().enumerate() {
        let is_item = matches!(kind(line, quoted), Kind::Item | Kind::Number(_));
        if is_item {
            out.push_str(if place > 0 { "</li>\n<li>" } else { "<li>" });
        } else {
            out.push_str("<br>\n");
        }
        words(line, if is_item { item_start(line, quoted).unwrap_or(quoted) } else { quoted }, out);
    }
    out.extend(["</li>\n</", tag, ">\n"]);
}

fn paragraph(lines: &[Marked], quoted: usize, out: &mut String) {
    out.push_str("<p>");
    for (place, line) in lines.iter().enumerate() {
        out.push_str(if place > 0 { "<br>\n" } else { "" });
        words(line, quoted, out);
    }
    out.push_str("</p>\n");
}

/// The words of a line from a place on, with their emphasis. Elements never overlap: what is strong is written
/// outside of what is slanted.
fn words(line: &Marked, from: usize, out: &mut String) {
    let covers = |mark: Mark, place: usize| {
        line.spans.iter().any(|span: &Span| span.mark == mark && span.from <= place && place < span.to)
    };
    let mut edges: Vec<usize> =
        line.spans.iter().flat_map(|span| [span.from, span.to]).filter(|place| *place > from).collect();
    edges.extend([from, line.plain.len()]);
    edges.sort_unstable();
    edges.dedup();
    let (mut strong, mut slanted) = (false, false);
    let mut turn = |to_strong: bool, to_slanted: bool, out: &mut String| {
        if slanted && !(to_slanted && to_strong == strong) {
            out.push_str("</em>");
            slanted = false;
        }
        if strong != to_strong {
            out.push_str(if to_strong { "<strong>" } else { "</strong>" });
            strong = to_strong;
        }
        if to_slanted && !slanted {
            out.push_str("<em>");
            slanted = true;
        }
    };
    for pair in edges.windows(2) {
        let [begin, end] = [pair[0], pair[1]];
        let Some(piece) = line.plain.get(begin..end) else { continue };
        turn(covers(Mark::Strong, begin), covers(Mark::Emphasis, begin), out);
        escape(piece, out);
    }
    turn(false, false, out);
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
