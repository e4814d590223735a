//! Slides in OOXML.

use super::*;

const SPACES: &str = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

fn slide(attributes: &str, words: &str) -> String {
    format!(
        "<p:sld {SPACES}{attributes}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"CANARY\" descr=\"Rubrik\"/></p:nvSpPr>\
         <p:txBody>{words}</p:txBody></p:sp><p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"x\" hidden=\"1\"/></p:nvSpPr><p:txBody><a:p><a:r>\
         <a:t>CANARY</a:t></a:r></a:p></p:txBody></p:sp><p:extLst><p:ext uri=\"CANARY\"/></p:extLst></p:spTree></p:cSld></p:sld>"
    )
}

fn presentation() -> Vec<u8> {
    let main = format!(
        "<p:presentation {SPACES}><p:sldIdLst><p:sldId id=\"256\" r:id=\"two\"/><p:sldId id=\"257\" r:id=\"gone\"/>\
         <p:sldId id=\"258\" r:id=\"one\"/></p:sldIdLst><p:modifyVerifier hashData=\"CANARY\"/></p:presentation>"
    );
    let split = "<a:p><a:r><a:rPr><a:hlinkClick r:id=\"far\"/></a:rPr><a:t>Anna Karl</a:t></a:r><a:r><a:t>sson</a:t></a:r><a:br/>\
        <a:fld id=\"{CANARY}\" type=\"slidenum\"><a:t>2</a:t></a:fld></a:p>";
    let authors = format!(
        "<p:cmAuthorLst {SPACES}><p:cmAuthor id=\"0\" name=\"CANARY\" initials=\"CA\" lastIdx=\"1\" clrIdx=\"0\"/></p:cmAuthorLst>"
    );
    let comments = format!(
        "<p:cmLst {SPACES}><p:cm authorId=\"0\" dt=\"2024-01-01T00:00:00\" idx=\"1\"><p:text>Byt bild, Anna</p:text></p:cm></p:cmLst>"
    );
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations(&[("r", "officeDocument", "ppt/presentation.xml")])),
        ("ppt/presentation.xml", &main),
        (
            "ppt/_rels/presentation.xml.rels",
            &relations(&[
                ("one", "slide", "slides/slide1.xml"),
                ("two", "slide", "slides/slide2.xml"),
                ("gone", "slide", "slides/slide3.xml"),
                ("who", "commentAuthors", "commentAuthors.xml"),
                ("tag", "tags", "tags/tag1.xml"),
            ]),
        ),
        ("ppt/slides/slide1.xml", &slide("", "<a:p><a:r><a:t>Sist</a:t></a:r></a:p>")),
        ("ppt/slides/slide2.xml", &slide("", split)),
        ("ppt/slides/slide3.xml", &slide(" show=\"0\"", "<a:p><a:r><a:t>CANARY</a:t></a:r></a:p>")),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            &relations(&[
                ("far", "hyperlink", "mailto:canary@example.org"),
                ("com", "comments", "../comments/comment1.xml"),
            ]),
        ),
        ("ppt/comments/comment1.xml", &comments),
        ("ppt/commentAuthors.xml", &authors),
        ("ppt/tags/tag1.xml", "<p:tagLst>CANARY</p:tagLst>"),
    ])
}

#[test]
fn slides_keep_their_words_in_the_order_they_are_shown() {
    let made = rebuilt(&presentation());
    assert_clean(&made.octets);
    assert_settled(&made.octets);
    assert_eq!(made.kind, FileKind::Pptx);
    assert_eq!(words_of(&made.octets), ["[namn]", "2", "Sist", "Byt bild, [namn]"]);
    let main = entry(&made.octets, "ppt/presentation.xml");
    assert_eq!(main.matches("<p:sldId ").count(), 2);
    let authors = entry(&made.octets, "ppt/commentAuthors.xml");
    assert!(authors.contains("name=\"Author\" initials=\"A\""), "{authors}");
}
