//! HTML text cut into tags and text, in one pass (WHATWG HTML §13.2.5, without what mail never needs).

/// One piece of a document.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Token<'a> {
    /// Text with its character references.
    Text(&'a str),
    /// An opening tag: its lower-case name and its attributes as written.
    Open { name: Name, attributes: Attributes<'a> },
    /// A closing tag.
    Close(Name),
    /// The content of a style sheet.
    Sheet(&'a str),
}

/// A tag's name in lower case, cut after sixteen octets: no known name is longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Name {
    octets: [u8; 16],
    length: usize,
}

impl Name {
    pub(crate) fn new(text: &[u8]) -> Self {
        let length = text.len().min(16);
        let mut octets = [0; 16];
        octets[..length].copy_from_slice(&text[..length]);
        octets.make_ascii_lowercase();
        Self { octets, length }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.octets[..self.length]).unwrap_or_default()
    }
}

/// Cuts a document into tokens.
pub(crate) struct Lexer<'a> {
    rest: &'a str,
    /// Set after the tag of an element whose content is no markup.
    raw: Option<Name>,
    /// No comment ends further down: not to be looked for again and again.
    no_more_comments: bool,
    /// Nor does any title.
    no_more_titles: bool,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(document: &'a str) -> Self {
        Self { rest: document, raw: None, no_more_comments: false, no_more_titles: false }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(self.rest.floor_char_boundary(length));
        self.rest = rest;
        taken
    }

    /// Comments, declarations and processing instructions, Outlook's conditional comments included.
    fn skip_declaration(&mut self) {
        let end = if self.rest.starts_with("<!-->") {
            5
        } else if self.rest.starts_with("<!--") {
            self.comment_length()
        } else {
            self.rest.find('>').map_or(self.rest.len(), |n| n + 1)
        };
        self.take(end);
    }

    /// A comment without end takes the rest of its line only, so that a broken document keeps its words.
    fn comment_length(&mut self) -> usize {
        let body = &self.rest[4..];
        if !self.no_more_comments {
            if let Some(end) = body.find("-->") {
                return body[..end].find("--!>").map_or(end + 7, |earlier| earlier + 8);
            }
            self.no_more_comments = true;
        }
        body.find('\n').map_or(self.rest.len(), |n| n + 4)
    }

    /// The content of an element that holds no markup, up to its own closing tag.
    fn raw_content(&mut self, name: Name) -> Option<Token<'a>> {
        let is_title = name.text() == "title";
        let end = if is_title && self.no_more_titles { self.rest.len() } else { closing_tag(self.rest, name.text()) };
        if is_title && end == self.rest.len() {
            // A title that never ends would take the whole letter with it.
            self.no_more_titles = true;
            self.take(memchr::memchr(b'<', self.rest.as_bytes()).unwrap_or(end));
            return Some(Token::Close(name));
        }
        let content = self.take(end);
        (name.text() == "style").then_some(Token::Sheet(content))
    }

    fn tag(&mut self) -> Token<'a> {
        let is_close = self.rest.as_bytes().get(1) == Some(&b'/');
        let start = 1 + usize::from(is_close);
        let bytes = self.rest.as_bytes();
        let name_length =
            bytes[start..].iter().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>')).count();
        let name = Name::new(&bytes[start..start + name_length]);
        let length = tag_length(bytes, start + name_length);
        let tag = self.take(length);
        let inside = tag.get(start + name_length..).unwrap_or_default();
        if is_close {
            return Token::Close(name);
        }
        if is_raw(name.text()) && !inside.ends_with("/>") {
            self.raw = Some(name);
        }
        Token::Open { name, attributes: Attributes { rest: inside.trim_end_matches('>') } }
    }
}

/// Elements whose content is not shown, or is text only (WHATWG HTML §13.1.2).
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes")
}

fn closing_tag(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(offset) = memchr::memmem::find(&bytes[from..], b"</") {
        let place = from + offset;
        let after = &bytes[place + 2..];
        if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return place;
        }
        from = place + 2;
    }
    bytes.len()
}

/// The length of a tag: up to its `>`, not counting those within quoted values.
fn tag_length(bytes: &[u8], start: usize) -> usize {
    let mut place = start;
    let mut after_equals = false;
    while let Some(byte) = bytes.get(place) {
        match byte {
            b'>' => return place + 1,
            quote @ (b'"' | b'\'') if after_equals => {
                // A quote that never closes ends at the next `>`, as mail programs show it.
                match memchr::memchr(*quote, &bytes[place + 1..]) {
                    Some(length) => place += length + 1,
                    None => return memchr::memchr(b'>', &bytes[place..]).map_or(bytes.len(), |n| place + n + 1),
                }
                after_equals = false;
            }
            b'=' => after_equals = true,
            other if other.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        place += 1;
    }
    bytes.len()
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.raw.take()
                && let Some(token) = self.raw_content(name)
            {
                return Some(token);
            }
            let bytes = self.rest.as_bytes();
            match (bytes.first()?, bytes.get(1)) {
                (b'<', Some(b'!' | b'?')) => self.skip_declaration(),
                (b'<', Some(second)) if second.is_ascii_alphabetic() => return Some(self.tag()),
                (b'<', Some(b'/')) if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => return Some(self.tag()),
                _ => {
                    let end = memchr::memchr(b'<', &bytes[1..]).map_or(bytes.len(), |n| n + 1);
                    return Some(Token::Text(self.take(end)));
                }
            }
        }
    }
}

/// The attributes of one tag, read on demand.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let skipped = length_of(self.rest, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\''));
        let text = &self.rest[skipped..];
        let end = length_of(text, |b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/'));
        let name = &text[..end];
        let after = text[end..].trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else {
            // `=x` without a name: pass over it, so that every step gets shorter.
            self.rest = after;
            return (!name.is_empty()).then_some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let inner = &value[1..];
                memchr::memchr(*quote, inner.as_bytes()).map_or((inner, ""), |end| (&inner[..end], &inner[end + 1..]))
            }
            _ => value.split_at(length_of(value, |b| !b.is_ascii_whitespace())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// How many of the first octets satisfy something that holds for all octets above ASCII or for none, so that it ends
/// at the border of a character.
fn length_of(text: &str, is_in: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(|b| !is_in(b)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(document: &str) -> String {
        Lexer::new(document)
            .map(|token| match token {
                Token::Text(text) => text.to_owned(),
                Token::Open { name, attributes } => {
                    let attributes: Vec<String> = attributes.map(|(n, v)| format!(" {n}={v}")).collect();
                    format!("({}{})", name.text(), attributes.concat())
                }
                Token::Close(name) => format!("(/{})", name.text()),
                Token::Sheet(_) => "(sheet)".to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_attributes() {
        assert_eq!(shown("a<B Class=\"x > y\" id='q' w=1 z>t</b>c"), "a(b Class=x > y id=q w=1 z=)t(/b)c");
        assert_eq!(shown("1 < 2 <3 & a<br/>b"), "1 < 2 <3 & a(br)b");
        assert_eq!(shown("<a href=\"x>text</a>"), "(a href=x)text(/a)");
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        assert_eq!(shown("a<!-- x > <b> -->b<!doctype x><!--[if mso]>c<![endif]-->d<!-->e"), "abde");
        assert_eq!(
            shown("a<script>if (a<b) '</b>'</script>b<STYLE>p{}</Style>c<title>t</title>d"),
            "a(script)(/script)b(style)(sheet)(/style)c(title)(/title)d"
        );
        assert_eq!(shown("a<!-- never ends\nb"), "a\nb");
    }

    #[test]
    fn ends_on_anything() {
        for document in
            ["<", "</", "<a", "<a b=\"", "<!", "<!--", "<a =x>", "<é>", "<a é='ü'", "</a", "<style", "<a ===>x"]
        {
            let _ = shown(document);
        }
    }
}
