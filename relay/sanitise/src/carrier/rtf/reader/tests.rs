//! RTF as Outlook and Word write it, whole, cut and bent.

use super::*;

fn plain(rtf: &str) -> String {
    match read(rtf.as_bytes()) {
        Text::Plain(text) => text,
        Text::Html(html) => panic!("{html}"),
    }
}

#[test]
fn text_is_read() {
    let head = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fnil Calibri;}{\\f1\\fnil\\fcharset204 Arial;}}{\\info{\\author Anna}}";
    assert_eq!(
        plain(&format!("{head}\\f0 Hej \\b p\\'e5\\b0  dig\\par rad \\{{2\\}}\\line 3}}")),
        "Hej på dig\nrad {2}\n3"
    );
    assert_eq!(plain(&format!("{head}{{\\f1 \\'cf\\'f0\\'e8}} \\'e5}}")), "При å");
    assert_eq!(
        plain(&format!(
            "{head}\\u229?\\uc0\\u228 \\uc1\\u-10179?\\u-8704?{{\\*\\x hid}}{{\\pict 00ff}}{{\\v dold}}!}}"
        )),
        "åä😀!"
    );
}

#[test]
fn wrapped_html_is_read() {
    let rtf = "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\b \\htmlrtf0 Hej p\\'e5{\\*\\htmltag92 <br>}\
               \\htmlrtf \\line \\htmlrtf0 dig\\htmlrtf }\\htmlrtf0{\\*\\htmltag72 </p>}}";
    assert_eq!(read(rtf.as_bytes()), Text::Html("<p>Hej på<br>dig</p>".into()));
}

#[test]
fn cut_bent_and_deep_documents_are_read() {
    let whole = b"{\\rtf1\\ansi\\fromhtml1{\\fonttbl{\\f0\\fcharset204 A;}}\\u-10179?\\u9?{\\*\\htmltag <p>}\\'e5\\htmlrtf x\\htmlrtf0 y}";
    for end in 0..=whole.len() {
        let _ = read(&whole[..end]);
        for octet in [b'{', b'}', b'\\', 0, 0xff] {
            let mut bent = whole.to_vec();
            if let Some(there) = bent.get_mut(end) {
                *there = octet;
            }
            let _ = read(&bent);
        }
    }
    assert_eq!(plain(&format!("{}djup{}slut", "{".repeat(50_000), "}".repeat(50_000))), "djupslut");
}
