//! The grammar of an Authentication-Results field (RFC 8601 §2.2).

use std::iter::Peekable;
use std::str::Chars;

/// One field: who speaks, and the results in order.
#[derive(PartialEq, Eq)]
pub(super) struct AuthResults {
    pub(super) authserv_id: String,
    pub(super) results: Vec<MethodResult>,
}

/// One `method=result` with its properties. All words are lower case but for property values.
#[derive(PartialEq, Eq)]
pub(super) struct MethodResult {
    pub(super) method: String,
    pub(super) result: String,
    /// `ptype.property` and value.
    pub(super) properties: Vec<(String, String)>,
}

impl MethodResult {
    /// The first value of a property.
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a field's value; `None` when any of it breaks the grammar, for then nothing of it is to be believed.
pub(super) fn parse_results(value: &[u8]) -> Option<AuthResults> {
    let tokens = tokens(std::str::from_utf8(value).ok()?)?;
    let mut sections = tokens.split(|token| *token == Token::Semicolon);
    let authserv_id = match sections.next()? {
        [Token::Word(id)] => id.to_ascii_lowercase(),
        [Token::Word(id), Token::Word(version)] if version == "1" => id.to_ascii_lowercase(),
        _ => return None,
    };
    let sections: Vec<_> = sections.collect();
    // A semicolon at the very end is met in practice.
    let sections = match sections.as_slice() {
        [head @ .., []] => head,
        all => all,
    };
    if matches!(sections, [[Token::Word(word)]] if word.eq_ignore_ascii_case("none")) {
        return Some(AuthResults { authserv_id, results: Vec::new() });
    }
    let results = sections.iter().map(|section| parse_result(section)).collect::<Option<Vec<_>>>()?;
    Some(AuthResults { authserv_id, results })
}

fn parse_result(section: &[Token]) -> Option<MethodResult> {
    let mut pairs = section.chunks(3).map(|chunk| match chunk {
        [Token::Word(name), Token::Equals, Token::Word(value)] => Some((name.to_ascii_lowercase(), value.clone())),
        _ => None,
    });
    let (method, result) = pairs.next()??;
    let method = method.split('/').next().unwrap_or_default().to_owned();
    let properties = pairs.collect::<Option<Vec<_>>>()?;
    Some(MethodResult { method, result: result.to_ascii_lowercase(), properties })
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Equals,
    Semicolon,
}

/// Words, `=` and `;`; comments and folds are dropped, quoted strings decoded.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.peek() {
        match c {
            ' ' | '\t' | '\r' | '\n' => drop(chars.next()),
            '(' => skip_comment(&mut chars)?,
            '=' => {
                chars.next();
                tokens.push(Token::Equals);
            }
            ';' => {
                chars.next();
                tokens.push(Token::Semicolon);
            }
            _ => tokens.push(Token::Word(word(&mut chars)?)),
        }
    }
    Some(tokens)
}

/// A run of plain and quoted text: an address may have a quoted local part.
fn word(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    let mut word = String::new();
    while let Some(c) = chars.next_if(|c| !" \t\r\n(=;".contains(*c)) {
        match c {
            '"' => quoted(chars, &mut word)?,
            c if c.is_control() || c == ')' => return None,
            c => word.push(c),
        }
    }
    Some(word)
}

fn quoted(chars: &mut Peekable<Chars<'_>>, word: &mut String) -> Option<()> {
    loop {
        match chars.next()? {
            '"' => return Some(()),
            '\\' => word.push(chars.next()?),
            c => word.push(c),
        }
    }
}

/// Comments nest (RFC 5322 §3.2.2).
fn skip_comment(chars: &mut Peekable<Chars<'_>>) -> Option<()> {
    let mut depth = 0_usize;
    loop {
        match chars.next()? {
            '(' => depth += 1,
            ')' => depth -= 1,
            '\\' => drop(chars.next()?),
            _ => {}
        }
        if depth == 0 {
            return Some(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(value: &str) -> Option<String> {
        let found = parse_results(value.as_bytes())?;
        let results = found.results.iter().map(|r| {
            let pair = |(name, value): &(String, String)| format!("{name}={value}");
            let head = format!("{}={}", r.method, r.result);
            [vec![head], r.properties.iter().map(pair).collect()].concat().join(" ")
        });
        Some(format!("{}: {}", found.authserv_id, results.collect::<Vec<_>>().join("; ")))
    }

    #[test]
    fn fields_of_real_servers_are_read() {
        let cases = [
            (" mx.example.org; none", "mx.example.org: "),
            ("mx.example.org 1; none;", "mx.example.org: "),
            (
                " MX.example.org;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=example.net header.i=@example.net\r\n header.b=\"a;b\"",
                "mx.example.org: dkim=pass header.d=example.net header.i=@example.net header.b=a;b",
            ),
            (
                "a; spf=Pass (a (nested \\) one)) smtp.mailfrom = anna@example.net;",
                "a: spf=pass smtp.mailfrom=anna@example.net",
            ),
            (
                "a; dmarc/1=fail reason=\"no key\" header.from=example.net",
                "a: dmarc=fail reason=no key header.from=example.net",
            ),
            ("a; spf=pass smtp.mailfrom=\"a b\"@example.net", "a: spf=pass smtp.mailfrom=a b@example.net"),
            ("a; auth=pass; spf=none", "a: auth=pass; spf=none"),
        ];
        for (value, expected) in cases {
            assert_eq!(parsed(value).as_deref(), Some(expected), "{value}");
        }
    }

    #[test]
    fn what_breaks_the_grammar_is_not_believed() {
        let cases = [
            "",
            ";",
            "; dmarc=pass",
            "a 2; none",
            "a b c; none",
            "a; dmarc",
            "a; dmarc=",
            "a; =pass",
            "a; dmarc=pass header.from",
            "a; dmarc=pass (open",
            "a; dmarc=pass \"open",
            "a; dmarc=pass;; spf=pass",
            "a; dmarc==pass",
            "a; dmarc=pass )",
        ];
        for value in cases {
            assert_eq!(parsed(value), None, "{value}");
        }
        assert!(parse_results(b"a; dmarc=\xff").is_none());
    }
}
