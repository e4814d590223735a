//! What a reader of HTML sees, and what nobody is shown.

use super::*;
use crate::text::markup;

fn text(html: &str) -> String {
    crate::text::tidy::tidy(&markup::plain(&render(html).text))
}

#[test]
fn blocks_lists_and_breaks() {
    for (document, wanted) in [
        ("<div>Hej</div><div><br></div><div>du</div>", "Hej\n\ndu\n"),
        ("<p>A</p><p>B<br>C</p>", "A\n\nB\nC\n"),
        ("<ul><li>ett<li>två</ul><ol><li>a</li><li>b</li></ol>slut", "- ett\n- två\n\n1. a\n2. b\n\nslut\n"),
        ("<ul><li><p>ett</p></li><li><div>två</div></li><li></li><li>tre</ul>", "- ett\n- två\n-\n- tre\n"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c\n"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b\n"),
        ("a\n  b &amp; <b>c</b>d", "a b & cd\n"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3\n"),
        (
            "<table><tr><td><p class=MsoNormal>Mån</p></td><td><p class=MsoNormal>14.00</p></td></tr><tr><td></td><td>x</td></tr><tr><td>y</table>z",
            "Mån 14.00\nx\ny\n\nz\n",
        ),
        ("<p class=MsoNormal>A</p><p class=MsoNormal>B</p>", "A\nB\n"),
        ("<pre>a\n  b</pre>", "a\n  b\n"),
        ("<html><head><title>T</title><meta x></head><body>B</body></html>", "B\n"),
        ("a<noscript>b</noscript><button>c</button><label>d</label>", "abcd\n"),
    ] {
        assert_eq!(text(document), wanted, "{document}");
    }
}

#[test]
fn word_writes_lists_and_signs_as_letters() {
    let item = |mark: &str, words: &str| {
        format!(
            "<p class=MsoListParagraph style='text-indent:-18.0pt'><![if !supportLists]><span style='font-family:Symbol'>\
             <span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>{words}<o:p></o:p></p>"
        )
    };
    let rendered = render(&[item("·", "ett"), item("§", "två"), item("1.", "tre"), item("b)", "fyra")].concat());
    assert_eq!(markup::plain(&rendered.text), "- ett\n- två\n1. tre\nb) fyra");
    assert_eq!(
        text("Bra <span style='font-family:Wingdings'>J</span> <font face=Wingdings>à</font> ja"),
        "Bra 🙂 → ja\n"
    );
    assert_eq!(
        text("<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>"),
        "a\n\nb\n"
    );
    assert_eq!(text("a<!--[if mso]><p>b</p><![endif]-->c<!--[if !mso]><!-->d<!--<![endif]-->e"), "acde\n");
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
fn older_letters_are_introduced_as_clients_do() {
    for (document, wanted) in [
        (
            "<div dir=ltr>Ja.</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=ltr class=gmail_attr>Den tis 3 nov. 2026 kl 14:05 skrev \
             Frida &lt;<a href=\"mailto:f@example.org\">f@example.org</a>&gt;:<br></div><blockquote class=gmail_quote style=\"margin:0 0 0 .8ex;\
             border-left:1px #ccc solid\">Hur?</blockquote></div>",
            "Ja.\n\nDen tis 3 nov. 2026 kl 14:05 skrev Frida <f@example.org>:\n\n> Hur?\n",
        ),
        (
            "<div>Ja.</div><div id=x class='ydp12yahoo_quoted'><div><div>Den tisdag 3 november 2026 14:05:07 CET, Frida skrev:</div><div><br></div>\
             <div>Hur?</div><div>Bra.</div></div></div>",
            "Ja.\nDen tisdag 3 november 2026 14:05:07 CET, Frida skrev:\n\n> Hur?\n> Bra.\n",
        ),
        (
            "<div>Se.</div><div class=yahoo_quoted><div>----- Forwarded Message -----</div><div>From: X</div><div>Ord.</div></div>",
            "Se.\n----- Forwarded Message -----\nFrom: X\nOrd.\n",
        ),
        (
            "<div>Ja.</div><div id=appendonsend></div><hr tabindex=-1><div id=divRplyFwdMsg dir=ltr><font><b>Från:</b> Frida &lt;f@example.org&gt;<br>\
             <b>Skickat:</b> den 3 november 2026 14:05<br><b>Ämne:</b> Hej</font><div>&nbsp;</div></div>",
            "Ja.\n\nFrån: Frida <f@example.org>\nSkickat: den 3 november 2026 14:05\nÄmne: Hej\n",
        ),
        (
            "Ja.<div class=\"moz-cite-prefix\">Den 2026-11-03 kl. 14:05, skrev Frida:<br></div><blockquote type=\"cite\" cite=\"mid:x\">Hur?</blockquote>",
            "Ja.\nDen 2026-11-03 kl. 14:05, skrev Frida:\n\n> Hur?\n",
        ),
    ] {
        assert_eq!(text(document), wanted, "{document}");
    }
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
    for hidden in [
        "<div style='color:#fefefe'>X</div>",
        "<div style='color:rgba(0,0,0,0)'>X</div>",
        "<div style='background:#123456;color:#123456'>X</div>",
        "<div style='position:absolute;left:-9999px'>X</div>",
        "<div style='max-height:0;overflow:hidden'><p>X</p></div>",
        "<div style='height:0px;overflow:hidden'>X</div>",
        "<div style='font-size:0'>X</div>",
        "<div style='mso-hide:all'>X</div>",
        "<div class=sr-only>X</div>",
        "<template>X</template><head><style>X{}</style></head><select><option>X</select>",
        "<body bgcolor='#ffffff'><font color='#FFFFFF'>X</font></body>",
        "<object>X</object><noframes>X</noframes><dialog>X</dialog>",
    ] {
        let shown = text(&format!("synlig text {hidden}slut"));
        assert_eq!(shown.replace('\n', " ").trim(), "synlig text slut", "{hidden}");
    }
}

#[test]
fn a_letter_written_in_the_dark_is_shown() {
    assert_eq!(
        text(
            "<div style='color:#fff'>Hela brevet är vitt, för jag skriver om natten.</div><blockquote>gammalt</blockquote>"
        ),
        "Hela brevet är vitt, för jag skriver om natten.\n\n> gammalt\n"
    );
    assert_eq!(text("<p>Ett helt vanligt brev.</p><p style='color:#fff'>spårtext</p>"), "Ett helt vanligt brev.\n");
}

#[test]
fn links_become_text() {
    for (document, wanted) in [
        ("<a href='https://example.org/x?utm_source=a'>här</a>.", "här (https://example.org/x).\n"),
        ("<a href='https://example.org/'>https://example.org</a>", "https://example.org\n"),
        ("<a href='https://example.org/'>www.<b>example</b>.org</a>", "www.example.org\n"),
        ("<a href='https://example.org/?gclid=1'>https://example.org/?gclid=1</a> x", "https://example.org/ x\n"),
        ("<a href='mailto:a@b.se'>skriv</a> <a href='javascript:x()'>kör</a>", "skriv kör\n"),
        ("<a href='http://192.0.2.9/x'>hemma</a> <a href='http://server/x'>jobbet</a>", "hemma jobbet\n"),
        ("<a href='https://example.org/'><img src=x></a>", ""),
        ("<a href='https://example.org/'>[&nbsp;]</a>", "[ ]\n"),
    ] {
        assert_eq!(text(document).replace('\u{a0}', " "), wanted, "{document}");
    }
}

#[test]
fn emoji_are_words_and_other_pictures_are_not() {
    let document = "Hej <img data-emoji=\"😊\" alt=\"😊\" src=\"https://fonts.example.org/x\"> du<img alt='Annas bild.jpg' src='cid:1'><img alt='Logo' src=x>\
                    <img class=EmojiInsert alt=\"&#128077;\" src='cid:2'>";
    assert_eq!(text(document), "Hej 😊 du👍\n");
}

#[test]
fn program_signatures_are_left_out() {
    let rendered = render("Hej<div class='gmail_signature'>Anna<br>070</div>");
    assert_eq!((rendered.text.as_str(), rendered.signatures), ("Hej", 1));
    for class in [
        "gmail_signature",
        "x_gmail_signature",
        "moz-signature",
        "protonmail_signature_block protonmail_x",
        "yiv1gmail_signature",
    ] {
        let document = format!(
            "<div>Hej</div><div class=\"{class}\"><div>Anna Karlsson</div><div>Tel 070-174 06 05</div></div><div>Efter</div>"
        );
        assert_eq!(text(&document), "Hej\nEfter\n", "{class}");
    }
    for id in ["Signature", "AppleMailSignature", "ms-outlook-mobile-signature", "composer_signature"] {
        assert_eq!(text(&format!("<div>Hej</div><div id={id}>Anna Karlsson<br>Kurator</div>")), "Hej\n", "{id}");
    }
    assert_eq!(text("Hej<pre class=\"moz-signature\" cols=72>-- \nAnna\nwww.example.net</pre>"), "Hej\n");
    let said = "<div>Hej</div><div id=AppleMailSignature><div>Jag är så rädd att du inte svarar mig.</div><div>Kan du ringa mig i kväll?</div></div>";
    assert_eq!(text(said), "Hej\nJag är så rädd att du inte svarar mig.\nKan du ringa mig i kväll?\n");
}

#[test]
fn broken_documents_keep_their_words() {
    assert_eq!(text("<p>a<div>b</p>c</div></b>d"), "a\n\nb\nc\nd\n");
    assert_eq!(text(&format!("{}djup", "<div>".repeat(5000))), "djup\n");
    assert_eq!(text(&format!("{}x{}</div>slut", "<div>".repeat(300), "</div>".repeat(299))), "x\nslut\n");
    assert_eq!(text("<title>aldrig slut<p>ord"), "ord\n");
}

#[test]
fn hostile_documents_end() {
    for unit in [
        "<",
        "<b>",
        "</b>",
        "<!--",
        "<a b=\"",
        "<a b='",
        "<blockquote>",
        "<ul><li>",
        "&",
        "&#",
        "<td>",
        "<a href=https://example.org/>x",
        "<i class=gmail_signature>x",
        "<style>a{",
        "<p style='color:",
        "<div class=yahoo_quoted>x:1:",
        "<span style='mso-list:Ignore'>x",
        "<title>",
        "<br>",
        "<!",
        "<?",
        "<pre>\n",
        "<table><tr><td>x<td>",
    ] {
        let rendered = render(&unit.repeat(100_000));
        assert!(rendered.text.len() <= 100_000 * (unit.len() * 8 + 48), "{unit}");
    }
}

#[test]
fn cut_and_bent_documents_are_rendered() {
    let whole = "<html><style>.h{display:none}</style><body bgcolor=#fff><p class=MsoNormal style='margin:0;color:rgb(1,2,3)'>å<b>ä</b>&auml;&#x1F600;<ul><li>x</ul>\
                 <blockquote type=cite>q</blockquote><a href=\"https://example.org/?a&amp;b\">l</a><div class=gmail_signature>s</div><!-- c --><img alt='😊'></p>";
    for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        assert!(render(&whole[..end]).text.len() < whole.len());
        for piece in ["<", ">", "\"", "'", "</p>", "<!--", "&", "\u{0}", "</blockquote>", "<td>"] {
            let bent = format!("{}{piece}{}", &whole[..end], &whole[end..]);
            assert!(render(&bent).text.len() < 2 * whole.len());
        }
    }
}
