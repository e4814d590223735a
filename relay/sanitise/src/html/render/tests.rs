//! What a reader of HTML sees, and what nobody is shown.

use super::*;

fn text(html: &str) -> String {
    crate::text::tidy::tidy(&render(html).text)
}

#[test]
fn blocks_lists_and_breaks() {
    assert_eq!(text("<div>Hej</div><div><br></div><div>du</div>"), "Hej\n\ndu\n");
    assert_eq!(text("<p>A</p><p>B<br>C</p>"), "A\n\nB\nC\n");
    assert_eq!(
        text("<ul><li>ett<li>två</ul><ol><li>a</li><li>b</li></ol>slut"),
        "- ett\n- två\n\n1. a\n2. b\n\nslut\n"
    );
    assert_eq!(text("a\n  b &amp; <b>c</b>d"), "a b & cd\n");
    assert_eq!(text("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"), "1 2\n3\n");
    assert_eq!(text("<p class=MsoNormal>A</p><p class=MsoNormal>B</p>"), "A\nB\n");
    assert_eq!(text("<pre>a\n  b</pre>"), "a\n  b\n");
    assert_eq!(text("<html><head><title>T</title><meta x></head><body>B</body></html>"), "B\n");
}

#[test]
fn quotes_are_marked_and_indents_are_not() {
    assert_eq!(
        text("Svar<blockquote type=cite>citat<br>mer<blockquote>äldre</blockquote></blockquote>slut"),
        "Svar\n\n> citat\n> mer\n\n> > äldre\n\nslut\n"
    );
    assert_eq!(text("<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">indrag</blockquote>"), "indrag\n");
}

#[test]
fn hidden_and_remote_things_are_not_shown() {
    let rendered = render(
        "a<span style='display:none'>X<b>Y</b></span>b<font color=white>W</font><img src=http://t/x.gif alt=spår>\
         <div style='background:#000'><span style='color:#fff'>syns</span></div><style>.h{display:none}</style><i class=h>Z</i>\
         <div hidden>Q</div><svg><text>S</text></svg><script>x</script>",
    );
    assert_eq!(crate::text::tidy::tidy(&rendered.text), "ab\nsyns\n");
    assert_eq!((rendered.hidden, rendered.remote), (4, 1));
}

#[test]
fn links_become_text() {
    assert_eq!(text("<a href='https://example.org/x?utm_source=a'>här</a>."), "här (https://example.org/x).\n");
    assert_eq!(text("<a href='https://example.org/'>https://example.org</a>"), "https://example.org\n");
    assert_eq!(text("<a href='mailto:a@b.se'>skriv</a> <a href='javascript:x()'>kör</a>"), "skriv kör\n");
    assert_eq!(text("<a href='https://example.org/'><img src=x></a>"), "");
}

#[test]
fn program_signatures_are_left_out() {
    let rendered = render("Hej<div class='gmail_signature'>Anna<br>070</div>");
    assert_eq!((rendered.text.as_str(), rendered.signatures), ("Hej", 1));
}

#[test]
fn broken_documents_keep_their_words() {
    assert_eq!(text("<p>a<div>b</p>c</div></b>d"), "a\n\nb\nc\nd\n");
    assert_eq!(text(&format!("{}djup", "<div>".repeat(5000))), "djup\n");
}
