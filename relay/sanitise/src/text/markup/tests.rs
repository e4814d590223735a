//! Marks through rendering, cutting and replacing, and the document they end in.

use super::*;
use crate::html::render;

fn body(text: &str) -> String {
    let page = html(text).unwrap();
    let start = page.find("<body>\n").unwrap() + 7;
    page[start..page.find("</body>").unwrap()].to_owned()
}

fn marked(document: &str) -> String {
    render(document).text
}

#[test]
fn what_is_marked_becomes_a_small_document() {
    for (document, wanted) in [
        (
            "<p>Det är <b>sant</b>, <i>mycket</i> sant.</p>",
            "<p>Det är <strong>sant</strong>, <em>mycket</em> sant.</p>\n",
        ),
        (
            "<h2>Rubrik</h2><p>Text &lt;b&gt; &amp; \"mer\"<br>rad</p>",
            "<p><strong>Rubrik</strong></p>\n<p>Text &lt;b&gt; &amp; &quot;mer&quot;<br>\nrad</p>\n",
        ),
        (
            "Köp:<ul><li>mjölk</li><li>ett <em>stort</em> bröd</li></ul>",
            "<p>Köp:</p>\n<ul>\n<li>mjölk</li>\n<li>ett <em>stort</em> bröd</li>\n</ul>\n",
        ),
        ("<ol><li>ett<br>mer<li>två</ol>slut", "<ol>\n<li>ett<br>\nmer</li>\n<li>två</li>\n</ol>\n<p>slut</p>\n"),
        ("<ol start=4><li>fyra<li>fem</ol>", "<p>4. fyra<br>\n5. fem</p>\n"),
        ("<b>a <i>b</b> c</i> d e f g h", "<p><strong>a <em>b</em></strong> c d e f g h</p>\n"),
        (
            "<b>x</b><blockquote>citat<blockquote>djupt</blockquote></blockquote>svar på det hela",
            "<p><strong>x</strong></p>\n<blockquote>\n<p>citat</p>\n</blockquote>\n<blockquote>\n<blockquote>\n<p>djupt</p>\n</blockquote>\n</blockquote>\n<p>svar på det hela</p>\n",
        ),
        (
            "<span style='font-weight:700'>tung</span> och <b style='font-weight:normal'>lätt</b>",
            "<p><strong>tung</strong> och lätt</p>\n",
        ),
        (
            "<u>under</u> och <a href='https://example.org/'><u>länk</u></a> här",
            "<p><em>under</em> och länk (https://example.org/) här</p>\n",
        ),
    ] {
        assert_eq!(body(&marked(document)), wanted, "{document}");
    }
    assert_eq!(html("bara text\n- inget\n"), None);
    assert_eq!(html(&marked("<b>Allt är fett</b>")), None);
}

#[test]
fn marks_come_off_without_a_trace() {
    let rendered = render("<p>A<b>n</b>na <b>fet</b></p><ul><li>x</ul>");
    assert!(is_marked(&rendered.text));
    assert_eq!(plain(&rendered.text), "Anna fet\n\n- x");
    assert!(!is_marked(&render("<p>inget</p>").text));
    // What stands in a letter from outside is none of our marks.
    assert_eq!(render("<p>&#xf8f0;x&#63729;</p>").text, "x");
    assert_eq!(crate::text::tidy::plain("\u{f8f0}x\u{f8f4}\u{e001}\u{10fffd}"), "x");
}

#[test]
fn marks_are_carried_over_cuts_and_changes() {
    let source = marked(
        "<p>Hej <b>Frida</b>!</p><p>Ring <b>070-174 06 05</b> till <i>mig</i> i morgon.</p><p>Klipps <b>bort</b></p>\
         <blockquote>citat med <b>fetstil</b></blockquote><ul><li>ett</li><li>två</li></ul><p>Hej <b>Frida</b>!</p>",
    );
    let left = "Hej Frida!\n\n[mark]\nRing [telefonnummer] till mig i morgon.\n\n> citat med fetstil\n\n- ett\n- två\n";
    let carried = carry(&source, left);
    assert_eq!(plain(&carried), left);
    assert_eq!(
        body(&carried),
        "<p>Hej <strong>Frida</strong>!</p>\n<p>[mark]<br>\nRing <strong>[telefonnummer]</strong> till <em>mig</em> i morgon.</p>\n\
         <blockquote>\n<p>citat med <strong>fetstil</strong></p>\n</blockquote>\n<ul>\n<li>ett</li>\n<li>två</li>\n</ul>\n"
    );
    assert_eq!(carry(&source, ""), "");
    assert_eq!(carry("", "text\n"), "text\n");
}

#[test]
fn bent_marks_are_repaired() {
    let marks =
        ['\u{f8f0}', '\u{f8f1}', '\u{f8f2}', '\u{f8f3}', '\u{f8f4}', '\u{f8f5}', 'å', ' ', '\n', '>', '1', '.', '-'];
    let mut state = 11_u64;
    for _ in 0..4000 {
        let text: String = (0..24)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                marks[usize::try_from((state >> 33) % 13).unwrap()]
            })
            .collect();
        if let Some(page) = html(&text) {
            assert!(!is_marked(&page));
            for tag in ["p", "ul", "ol", "li", "strong", "em", "blockquote"] {
                assert_eq!(
                    page.matches(&format!("<{tag}>")).count(),
                    page.matches(&format!("</{tag}>")).count(),
                    "{page}"
                );
            }
        }
        let bare = plain(&text);
        assert_eq!(plain(&carry(&text, &bare)), bare);
    }
}
