//! A small reader of Rust sources: code without comments and texts, its paths, and the length of its functions.

/// The source with comments, texts and character literals blanked out; every line keeps its place.
pub(crate) fn code_only(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = skipped(bytes, at);
        if end == at {
            at += 1;
            continue;
        }
        blank(&mut out, at, end);
        at = end;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Where the comment or literal that begins here ends; `at` itself when none begins.
fn skipped(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let in_word = at > 0 && is_word(bytes[at - 1]);
    match rest {
        [b'/', b'/', ..] => at + rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => at + block_comment(rest),
        [b'r', b'"' | b'#', ..] if !in_word => at + raw_text(rest, 1),
        [b'b' | b'c', b'r', b'"' | b'#', ..] if !in_word => at + raw_text(rest, 2),
        [b'"', ..] => at + quoted(rest, b'"'),
        [b'\'', b'\\', ..] => at + quoted(rest, b'\''),
        [b'\'', ..] => at + character(rest),
        _ => at,
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at + 1 < rest.len() {
        match &rest[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    rest.len()
}

/// `r"…"`, `r#"…"#` and their byte and C forms; 0 when it is a raw identifier instead.
fn raw_text(rest: &[u8], prefix: usize) -> usize {
    let hashes = rest[prefix..].iter().take_while(|b| **b == b'#').count();
    if rest.get(prefix + hashes) != Some(&b'"') {
        return 0;
    }
    let mut close = vec![b'"'];
    close.extend(std::iter::repeat_n(b'#', hashes));
    let start = prefix + hashes + 1;
    let found = rest[start..].windows(close.len()).position(|w| w == close);
    found.map_or(rest.len(), |p| start + p + close.len())
}

fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b if b == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// A character literal; 0 for a lifetime.
fn character(rest: &[u8]) -> usize {
    let text = std::str::from_utf8(&rest[1..rest.len().min(6)]);
    let valid = text.unwrap_or_else(|e| std::str::from_utf8(&rest[1..=e.valid_up_to()]).unwrap_or(""));
    let Some(width) = valid.chars().next().map(char::len_utf8) else { return 0 };
    if rest.get(1 + width) == Some(&b'\'') { width + 2 } else { 0 }
}

fn blank(out: &mut [u8], from: usize, to: usize) {
    let end = to.min(out.len());
    out[from..end].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Code (from [`code_only`]) without the items that only tests see.
pub(crate) fn without_tests(code: &str) -> String {
    let mut out = code.as_bytes().to_vec();
    for (start, _) in code.match_indices("#[cfg(test)]") {
        let rest = &code[start..];
        let Some(open) = rest.find(['{', ';']) else { continue };
        let end = if rest.as_bytes()[open] == b';' { open + 1 } else { block_end(rest, open) };
        blank(&mut out, start, start + end);
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The end of the braces that open at `open`.
fn block_end(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// Name and number of lines of every function with a body, from `fn` to its last brace.
pub(crate) fn functions(code: &str) -> Vec<(String, usize)> {
    let bytes = code.as_bytes();
    let starts = code.match_indices("fn ").map(|(at, _)| at).filter(|at| *at == 0 || !is_word(bytes[at - 1]));
    starts.filter_map(|at| function(&code[at..])).collect()
}

fn function(code: &str) -> Option<(String, usize)> {
    let name: String = code[3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let mut depth = 0_i32;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b';' if depth == 0 => return None,
            b'{' if depth == 0 => {
                let lines = code[..block_end(code, at)].lines().count();
                return if name.is_empty() { None } else { Some((name, lines)) };
            }
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    None
}

/// Every path the code names, `use` groups written out: `use a::{b, c::d}` gives `a::b` and `a::c::d`.
pub(crate) fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    // A run that ends in `::` is the stem of a group: the second loop writes it out.
    for run in code.split(|c: char| !is_part(c)).filter(|r| r.contains("::") && !r.ends_with("::")) {
        found.push(run.trim_start_matches(':').to_owned());
    }
    for (at, _) in code.match_indices("use ") {
        if at > 0 && is_word(code.as_bytes()[at - 1]) {
            continue;
        }
        let end = code[at..].find(';').map_or(code.len(), |e| at + e);
        expand("", code[at + 4..end].trim(), &mut found);
    }
    found
}

fn expand(prefix: &str, tree: &str, found: &mut Vec<String>) {
    let Some(open) = tree.find('{') else {
        let path = tree.split_whitespace().next().unwrap_or_default();
        let path = path.trim_end_matches("::*").trim_end_matches("::self");
        found.push(if path == "self" { prefix.trim_end_matches("::").to_owned() } else { format!("{prefix}{path}") });
        return;
    };
    let prefix = format!("{prefix}{}", tree[..open].trim());
    let inner = &tree[open + 1..block_end(tree, open).saturating_sub(1).max(open + 1)];
    let mut depth = 0_i32;
    let mut start = 0;
    for (at, byte) in inner.bytes().chain([b',']).enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' if depth == 0 => {
                let part = inner[start..at.min(inner.len())].trim();
                if !part.is_empty() {
                    expand(&prefix, part, found);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_blanked_and_lines_stay() {
        let source = "a /* { /* } */ { */ b // {\nlet x = \"{ \\\" \"; let c = '{'; fn f<'a>() {}\nr#\"}\"# b\"}\" r#fn '\\'' 'å'";
        let code = code_only(source);
        assert_eq!(code.lines().count(), source.lines().count());
        assert_eq!(code.matches(['{', '}']).count(), 2, "{code}");
        assert!(code.contains("fn f<'a>()") && code.contains("r#fn") && !code.contains('å'));
    }

    #[test]
    fn functions_are_measured_to_their_last_brace() {
        let code = "fn short() { a }\ntrait T { fn none(&self); }\nfn long<T>(x: [u8; 2])\nwhere\n    T: Copy,\n{\n    if x { y }\n}\n";
        assert_eq!(functions(code), [("short".to_owned(), 1), ("long".to_owned(), 6)]);
    }

    #[test]
    fn tests_are_left_out() {
        let code = "use a::b;\n#[cfg(test)]\nmod tests;\n#[cfg(test)]\nmod more { use std::fs; }\nfn kept() {}";
        let left = without_tests(code);
        assert!(!left.contains("tests") && !left.contains("fs") && left.contains("kept") && left.contains("a::b"));
    }

    #[test]
    fn grouped_paths_are_written_out() {
        let code = "use std::{fs, net::{IpAddr, TcpStream as S}, io::{self, Read}};\nlet x = std::env::var(y); use core::fmt::*;";
        let found = paths(code);
        for path in [
            "std::fs",
            "std::net::IpAddr",
            "std::net::TcpStream",
            "std::io",
            "std::io::Read",
            "std::env::var",
            "core::fmt",
        ] {
            assert!(found.iter().any(|f| f == path), "{path} is not in {found:?}");
        }
    }
}
