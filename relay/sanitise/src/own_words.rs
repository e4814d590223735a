//! The words of a letter to the house itself, as its writer wrote them: decoded, older letters cut off, nothing taken out.
//!
//! Nobody reads them but the house: what is taken out of a letter to somebody else (telephones look like contact time)
//! would be missing here.

use crate::body::{self, Piece};
use crate::letter::Letter;
use crate::limits::Limits;
use crate::report::Report;
use crate::step::Steps;
use crate::text::markup;
use brevbro_core::party::Language;
use brevbro_core::reply::Refusal;

impl Letter<'_> {
    /// The letter's own words. Of older letters only the lines right above an answer stay, marked by `> `.
    pub fn own_words(&self, limits: &Limits) -> Result<String, Refusal> {
        let body = body::read(self, limits, Language::default(), Steps::ALL, &mut Report::default())?;
        let words = body.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(text) if markup::is_marked(text) => Some(markup::plain(text)),
            Piece::Words(text) => Some(text.clone()),
            Piece::Line(_) | Piece::Event(_) | Piece::File(_) => None,
        });
        Ok(words.collect::<Vec<_>>().join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use crate::letter;
    use crate::limits::Limits;

    fn words(header: &str, body: &str) -> String {
        let raw = format!(
            "From: frida@example.com\r\nSubject: Re: x\r\nIn-Reply-To: <n.1@example.org>\r\n{header}\r\n{body}"
        );
        letter::read(raw.as_bytes(), &Limits::default()).unwrap().own_words(&Limits::default()).unwrap()
    }

    #[test]
    fn numbers_stay_and_history_goes() {
        let text = "1 45\r\n2 30\r\n3 20\r\n4 15\r\n\r\nMvh Frida\r\n\r\nOn Sun, 22 Nov 2026, <desk@example.org> wrote:\r\n\
            > - 1 45 om rad 1 tog 45 minuter\r\n> - total 40\r\n";
        let got = words("", text);
        assert!(got.starts_with("1 45\n2 30\n3 20\n4 15\n") && !got.contains("total"), "{got}");
    }

    #[test]
    fn the_line_above_an_answer_stays() {
        let got = words("", "> Hej\r\n>\r\n> - 1: x, ungefär 25 min\r\ntid 45 min\r\n>\r\n> Stämmer det?\r\n");
        assert!(got.contains("> - 1: x, ungefär 25 min\ntid 45 min"), "{got}");
    }

    #[test]
    fn html_is_read_as_words() {
        let html = "<div>1 <b>45</b></div><div>total 60</div><blockquote type=cite>- total 40</blockquote>";
        let got = words("Content-Type: text/html; charset=utf-8\r\n", html);
        assert!(got.starts_with("1 45\ntotal 60") && !got.contains("40"), "{got}");
    }
}
