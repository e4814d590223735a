//! The parts of a finished letter: its words, their small HTML, and the files that were built anew.

use crate::encode::{self, Encoding};
use crate::file::FileKind;

/// A file that goes with a letter, under a name that tells only its kind.
pub(crate) struct Attachment {
    /// Such as `bild-1.jpg`; ASCII letters, digits, `-` and `.` only.
    pub(crate) name: String,
    pub(crate) kind: FileKind,
    pub(crate) octets: Vec<u8>,
}

/// Everything below the header block.
pub(crate) struct Parts<'a> {
    /// With `\n` line ends and no blank lines at its end.
    pub(crate) text: &'a str,
    /// The same words with their emphasis and lists.
    pub(crate) html: Option<&'a str>,
    pub(crate) files: &'a [Attachment],
    /// Octets nobody can foresee, so that no text can hold a boundary.
    pub(crate) mark: &'a str,
}

impl Parts<'_> {
    /// Appends the fields that describe the outermost part, without the blank line.
    pub(crate) fn fields(&self, out: &mut Vec<u8>) {
        match (self.files.is_empty(), self.html) {
            (false, _) => self.multipart("mixed", 'm', out),
            (true, Some(_)) => self.multipart("alternative", 'a', out),
            (true, None) => leaf("text/plain; charset=utf-8", Encoding::fitting(self.text).name(), out),
        }
    }

    /// Appends the body of the outermost part.
    pub(crate) fn body(&self, out: &mut Vec<u8>) {
        if self.files.is_empty() {
            return self.words(out);
        }
        self.begin('m', out);
        Parts { files: &[], ..*self }.fields(out);
        line("", out);
        self.words(out);
        for file in self.files {
            self.begin('m', out);
            leaf(file.kind.media_type(), "base64", out);
            line(&format!("Content-Disposition: attachment; filename=\"{}\"", file.name), out);
            line("", out);
            encode::base64_lines(&file.octets, out);
        }
        self.end('m', out);
    }

    fn words(&self, out: &mut Vec<u8>) {
        let Some(html) = self.html else {
            return Encoding::fitting(self.text).write(self.text, out);
        };
        for (media, text) in [("text/plain; charset=utf-8", self.text), ("text/html; charset=utf-8", html)] {
            let encoding = Encoding::fitting(text);
            self.begin('a', out);
            leaf(media, encoding.name(), out);
            line("", out);
            encoding.write(text, out);
        }
        self.end('a', out);
    }

    fn multipart(&self, kind: &str, level: char, out: &mut Vec<u8>) {
        line(&format!("Content-Type: multipart/{kind};\r\n boundary=\"{}\"", self.boundary(level)), out);
        line("Content-Transfer-Encoding: 7bit", out);
    }

    /// `=_` cannot stand in quoted-printable and `_` not in base 64 (RFC 2045 §6.7).
    fn boundary(&self, level: char) -> String {
        format!("=_{level}{}", self.mark)
    }

    fn begin(&self, level: char, out: &mut Vec<u8>) {
        line(&format!("--{}", self.boundary(level)), out);
    }

    fn end(&self, level: char, out: &mut Vec<u8>) {
        line(&format!("--{}--", self.boundary(level)), out);
    }
}

fn leaf(media: &str, encoding: &str, out: &mut Vec<u8>) {
    line(&format!("Content-Type: {media}"), out);
    line(&format!("Content-Transfer-Encoding: {encoding}"), out);
}

fn line(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(text.as_bytes());
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::{MessageParser, MimeHeaders};

    fn written(html: Option<&str>, files: &[Attachment]) -> Vec<u8> {
        let mut out = b"MIME-Version: 1.0\r\n".to_vec();
        let parts = Parts { text: "Hej!\n--=_m--\nSlut\n", html, files, mark: "0123456789abcdef" };
        parts.fields(&mut out);
        out.extend_from_slice(b"\r\n");
        parts.body(&mut out);
        out
    }

    fn picture(name: &str) -> Attachment {
        Attachment { name: name.to_owned(), kind: FileKind::Jpeg, octets: (0..=255).collect() }
    }

    #[test]
    fn words_alone_are_one_part() {
        let octets = written(None, &[]);
        let message = MessageParser::default().parse(&octets).unwrap();
        assert_eq!(message.parts.len(), 1);
        assert_eq!(message.body_text(0).unwrap(), "Hej!\r\n--=_m--\r\nSlut\r\n");
    }

    #[test]
    fn words_html_and_files_are_read_back_as_written() {
        let octets = written(Some("<p>Hej!</p>\n"), &[picture("bild-1.jpg"), picture("bild-2.jpg")]);
        assert!(octets.is_ascii() && octets.ends_with(b"--\r\n"));
        let message = MessageParser::default().parse(&octets).unwrap();
        assert_eq!(message.body_text(0).unwrap().trim_end(), "Hej!\r\n--=_m--\r\nSlut");
        assert_eq!(message.body_html(0).unwrap().trim_end(), "<p>Hej!</p>");
        let files: Vec<_> = message.attachments().map(|a| (a.attachment_name().unwrap(), a.contents().len())).collect();
        assert_eq!(files, [("bild-1.jpg", 256), ("bild-2.jpg", 256)]);
        assert!(message.attachments().all(|file| file.contents() == (0..=255).collect::<Vec<u8>>()));
    }
}
