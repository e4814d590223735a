//! E-mail addresses as they are written: plain, percent-encoded, as references, broken over two lines.

use crate::html::entity;
use crate::known::contact::lexicon::{self, Marks};
use crate::known::contact::token::Page;

/// Longest local part and host looked at, in octets.
const LOCAL_MAX: usize = 128;
const HOST_MAX: usize = 255;

/// Where a plainly written address lies whose `@` is at an octet; `%40` and `&#64;` are longer ones.
pub(in crate::known::contact) fn plain(text: &str, at: usize, at_length: usize) -> Option<(usize, usize)> {
    let from = text.floor_char_boundary(at.saturating_sub(LOCAL_MAX));
    let left = text.get(from..at)?;
    let is_local = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '!' | '#' | '$' | '*' | '~' | '^' | '{' | '}' | '|')
            || at_length > 3 && matches!(c, '&' | ';')
    };
    if let Some(quoted) = left.strip_suffix('"')
        && let Some(open) = quoted.rfind('"').filter(|open| !quoted[*open..].contains('\n'))
        && let (length @ 1.., host) = host_after(text.get(at + at_length..)?)
        && host.contains('.')
    {
        return Some((from + open, at + at_length + length));
    }
    let begin = at - left.chars().rev().take_while(|c| is_local(*c)).map(char::len_utf8).sum::<usize>();
    let trimmed = left.get(begin - from..)?;
    let begin = begin + trimmed.len() - trimmed.trim_start_matches(['.', '\'', '*', '-', '!', '|', '~']).len();
    let (mut length, mut host) = host_after(text.get(at + at_length..)?);
    // A programme has broken the line behind the sign.
    if length == 0 && at_length == 1 {
        let gap = line_end(&text[at + 1..]);
        let (rest, next) = host_after(&text[at + 1 + gap..]);
        let top = next.rsplit_once('.').map_or("", |(_, top)| top);
        if gap > 0 && lexicon::lexicon().marks_of(top).has(Marks::TOP) {
            (length, host) = (gap + rest, next);
        }
    }
    let top = host.rsplit('.').next().unwrap_or_default();
    let is_host =
        host.contains('.') && !host.contains("..") && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    (begin < at && is_host).then_some((begin, at + at_length + length))
}

/// The length of the line end that begins a text, and of the blanks around it.
fn line_end(text: &str) -> usize {
    let blanks = |text: &str| text.bytes().take(4).take_while(|b| *b == b' ').count();
    let before = blanks(text);
    text[before..].strip_prefix('\n').map_or(0, |rest| before + 1 + blanks(rest))
}

/// The host at the start of a text: how long it is as written, and decoded.
fn host_after(text: &str) -> (usize, String) {
    let (mut length, mut whole, mut host) = (0, 0, String::new());
    while let Some(rest) = text.get(length..).filter(|_| length < HOST_MAX) {
        let dot =
            [("%2e", 3), ("%2E", 3), ("&#46;", 5), ("&period;", 8)].into_iter().find(|(dot, _)| rest.starts_with(dot));
        if let Some((_, used)) = dot {
            host.push('.');
            length += used;
            continue;
        }
        let Some(c) = rest.chars().next().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-')) else { break };
        host.push(c);
        length += c.len_utf8();
        if c.is_alphanumeric() {
            whole = length;
        }
    }
    (whole, host.trim_end_matches(['.', '-']).to_owned())
}

/// An address whose `@` is written as a character reference at a token.
pub(in crate::known::contact) fn referenced(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let at = page.begin(place);
    let (c, _, length) = entity::read(page.text.get(at..)?)?;
    if c == '@' { plain(page.text, at, length) } else { None }
}
