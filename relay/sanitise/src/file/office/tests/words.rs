//! Word-processing documents in OOXML.

use super::*;

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\"";

/// A document with a body, other parts, and relations of the main part.
pub(super) fn document(body: &str, links: &[(&str, &str, &str)], others: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document {SPACES}><w:body>{body}<w:sectPr w:rsidR=\"00CA0000\"/></w:body></w:document>");
    let roots = relations(&[
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", "core-properties", "docProps/core.xml"),
        ("rId3", "thumbnail", "docProps/thumbnail.jpeg"),
    ]);
    let links = relations(links);
    let mut entries = vec![
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", roots.as_str()),
        ("docProps/core.xml", "<x>CANARY</x>"),
        ("docProps/thumbnail.jpeg", "CANARY"),
        ("word/document.xml", main.as_str()),
        ("word/_rels/document.xml.rels", links.as_str()),
    ];
    entries.extend(others);
    packed(&entries)
}

fn paragraph(inner: &str) -> String {
    format!("<w:p w:rsidR=\"00CA1234\" w14:paraId=\"CANARY01\">{inner}</w:p>")
}

fn run(words: &str) -> String {
    format!("<w:r w:rsidRPr=\"00CA1234\"><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

/// The body of a document after it has been built anew.
fn body_of(body: &str) -> String {
    let made = entry(&rebuilt(&document(body, &[], &[])).octets, "word/document.xml");
    let inner = made.split_once("<w:body>").unwrap().1.split_once("<w:sectPr").unwrap().0;
    inner.to_owned()
}

#[test]
fn a_name_split_over_runs_goes_and_the_runs_stay() {
    let body = "<w:p><w:r><w:t>Hej Anna </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Karl</w:t></w:r>\
        <w:r><w:t>sson, </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>den 3 maj</w:t></w:r><w:r><w:t> ringer Anna.</w:t></w:r></w:p>";
    assert_eq!(
        body_of(body),
        "<w:p><w:r><w:t>Hej [namn]</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t/></w:r>\
         <w:r><w:t xml:space=\"preserve\">, </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>den 3 maj</w:t></w:r>\
         <w:r><w:t xml:space=\"preserve\"> ringer [namn].</w:t></w:r></w:p>"
    );
}

#[test]
fn deleted_words_do_not_hide_a_name() {
    let body = "<w:p><w:r><w:t>Anna Karl</w:t></w:r><w:del w:id=\"1\" w:author=\"CANARY\" w:date=\"2024-01-01T00:00:00Z\"><w:r>\
        <w:delText>Anna x</w:delText></w:r></w:del><w:r><w:t>sson</w:t></w:r></w:p>";
    assert_eq!(
        body_of(body),
        "<w:p><w:r><w:t>[namn]</w:t></w:r><w:del w:id=\"1\" w:author=\"Author\"><w:r><w:delText>[namn] x</w:delText></w:r>\
         </w:del><w:r><w:t/></w:r></w:p>"
    );
}

#[test]
fn fields_that_print_the_author_print_nothing() {
    let field = |code: &str, result: &str| {
        let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let code = format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
        mark("begin") + &code + &mark("separate") + &run(result) + &mark("end")
    };
    let body = paragraph(&(run("Av ") + &field(" AUTHOR ", "CANARY") + &run(", sida ") + &field(" PAGE ", "7")));
    let made = body_of(&body);
    assert!(!made.contains("AUTHOR") && made.contains(" PAGE ") && made.matches("fldChar ").count() == 3, "{made}");
    let octets = rebuilt(&document(&body, &[], &[])).octets;
    assert_eq!(words_of(&octets), ["Av –, sida 7"]);
    let simple = "<w:p><w:fldSimple w:instr=\" FILENAME \\p \"><w:r><w:t>C:\\CANARY</w:t></w:r></w:fldSimple></w:p>";
    assert_eq!(body_of(simple), "<w:p><w:r><w:t>–</w:t></w:r></w:p>");
    let remote = field(" INCLUDEPICTURE \"https://example.org/CANARY\" ", "Bildtext");
    assert_eq!(words_of(&rebuilt(&document(&paragraph(&remote), &[], &[])).octets), ["Bildtext"]);
    let unfinished =
        paragraph(&(run("Ord") + "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>CANARY</w:instrText></w:r>"));
    assert!(!body_of(&unfinished).contains("CANARY"));
}

#[test]
fn hidden_words_do_not_travel() {
    let styles = format!(
        "<w:styles {SPACES}><w:style w:type=\"character\" w:styleId=\"Dold\"><w:rPr><w:vanish/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Barn\"><w:basedOn w:val=\"Dold\"/></w:style></w:styles>"
    );
    let hidden = |properties: &str, words: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>");
    let body = paragraph(
        &(hidden("<w:vanish/>", "CANARY")
            + &hidden("<w:rStyle w:val=\"Barn\"/>", "CANARY")
            + &hidden("<w:vanish w:val=\"0\"/>", "Synligt ")
            + &hidden("<w:rStyle w:val=\"Barn\"/><w:vanish w:val=\"false\"/>", "också")),
    );
    let octets = document(&body, &[("rId1", "styles", "styles.xml")], &[("word/styles.xml", &styles)]);
    let made = rebuilt(&octets).octets;
    assert_clean(&made);
    assert_eq!(words_of(&made), ["Synligt också"]);
}

#[test]
fn only_public_pages_are_linked_to() {
    let link = |id: &str, words: &str| {
        format!("<w:hyperlink r:id=\"{id}\" w:tooltip=\"Till Anna\">{}</w:hyperlink>", run(words))
    };
    let body = paragraph(&(link("a", "ett ") + &link("b", "två ") + &link("c", "tre ") + &link("d", "fyra")));
    let links = [
        ("a", "hyperlink", "https://www.example.org/sida"),
        ("b", "hyperlink", "mailto:canary@example.org"),
        ("c", "hyperlink", "file:///C:/CANARY.docx"),
        ("d", "hyperlink", "https://www.example.org/?u=Anna"),
        ("e", "attachedTemplate", "file:///C:/CANARY.dotx"),
    ];
    let made = rebuilt(&document(&body, &links, &[])).octets;
    assert_clean(&made);
    assert_eq!(words_of(&made), ["ett två tre fyra"]);
    let list = entry(&made, "word/_rels/document.xml.rels");
    assert_eq!(list.matches("<Relationship ").count(), 1);
    assert!(list.contains("https://www.example.org/sida"));
}

/// Parts and elements that say who, where or with what.
fn telling() -> Vec<u8> {
    let body = [
        paragraph("<w:sdt><w:sdtPr><w:alias w:val=\"CANARY\"/><w:tag w:val=\"CANARY\"/></w:sdtPr><w:sdtContent><w:r><w:t>I ruta.</w:t></w:r></w:sdtContent></w:sdt>"),
        paragraph("<w:sdt><w:sdtPr><w:dataBinding w:xpath=\"/ns1:coreProperties[1]/ns0:creator[1]\"/></w:sdtPr><w:sdtContent><w:r><w:t>CANARY</w:t></w:r></w:sdtContent></w:sdt>"),
        paragraph("<w:bookmarkStart w:id=\"1\" w:name=\"CANARY\"/><w:r><w:t>Märkt.</w:t></w:r><w:bookmarkEnd w:id=\"1\"/><w:permStart w:id=\"2\" w:ed=\"CANARY\"/>"),
        paragraph("<w:ins w:id=\"3\" w:author=\"CANARY\" w:date=\"2024-01-01T00:00:00Z\"><w:r><w:rPr><w:rPrChange w:id=\"4\" w:author=\"CANARY\"><w:rPr/></w:rPrChange></w:rPr><w:t>Nytt.</w:t></w:r></w:ins>"),
        paragraph("<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"CANARY\" descr=\"C:\\CANARY\\bild.jpg\"/><a:graphic><a:graphicData uri=\"x\"><pic:pic><pic:blipFill><a:blip r:embed=\"pic\" r:link=\"far\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"),
        paragraph("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>I textruta.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>I textruta.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"),
        paragraph("<w:r><w:object><v:shape id=\"CANARY\" o:gfxdata=\"CANARY\" alt=\"CANARY.png\"/><o:OLEObject r:id=\"ole\" ProgID=\"CANARY\"/></w:object></w:r>"),
        paragraph("<w:commentRangeStart w:id=\"0\"/><w:r><w:t>Kommenterat.</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>"),
        "<w:altChunk r:id=\"chunk\"/>".to_owned(),
    ]
    .concat();
    let comments = format!(
        "<w:comments {SPACES}><w:comment w:id=\"0\" w:author=\"CANARY\" w:initials=\"CA\" w:date=\"2024-01-01T00:00:00Z\"><w:p><w:r><w:t>Fråga till Anna.</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let settings = format!(
        "<w:settings {SPACES}><w:attachedTemplate r:id=\"t\"/><w:documentProtection w:edit=\"readOnly\" w:hash=\"CANARY\"/><w:defaultTabStop w:val=\"720\"/><w:rsids><w:rsidRoot w:val=\"00CA1234\"/></w:rsids><w:docVars><w:docVar w:name=\"CANARY\" w:val=\"CANARY\"/></w:docVars></w:settings>"
    );
    let header = format!("<w:hdr {SPACES}><w:p><w:r><w:t>Huvud för Anna</w:t></w:r></w:p></w:hdr>");
    document(
        &body,
        &[
            ("comments", "comments", "comments.xml"),
            ("settings", "settings", "settings.xml"),
            ("head", "header", "header1.xml"),
            ("pic", "image", "media/CANARY.png"),
            ("far", "image", "https://tracker.example.org/CANARY.png"),
            ("ole", "oleObject", "embeddings/CANARY.bin"),
            ("chunk", "aFChunk", "CANARY.html"),
            ("custom", "customXml", "../customXml/item1.xml"),
            ("vba", "vbaProject", "vbaProject.bin"),
            ("people", "people", "people.xml"),
        ],
        &[
            ("word/comments.xml", &comments),
            ("word/settings.xml", &settings),
            ("word/header1.xml", &header),
            ("word/media/CANARY.png", "CANARY"),
            ("word/embeddings/CANARY.bin", "CANARY"),
            ("word/CANARY.html", "CANARY"),
            ("customXml/item1.xml", "<CANARY/>"),
            ("word/vbaProject.bin", "CANARY"),
            ("word/people.xml", "<CANARY/>"),
        ],
    )
}

#[test]
fn nothing_says_who_where_or_with_what() {
    let made = rebuilt(&telling());
    assert_clean(&made.octets);
    assert_settled(&made.octets);
    assert_eq!(made.kind, FileKind::Docx);
    assert!(made.traces >= 20 && made.replaced == 2, "{} {}", made.traces, made.replaced);
    assert_eq!(
        names(&made.octets),
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/comments.xml",
            "word/document.xml",
            "word/header1.xml",
            "word/media/image1.png",
            "word/settings.xml"
        ]
    );
    assert_eq!(
        words_of(&made.octets),
        ["I ruta.", "–", "Märkt.", "Nytt.", "I textruta.", "Kommenterat.", "Fråga till [namn].", "Huvud för [namn]"]
    );
    let settings = entry(&made.octets, "word/settings.xml");
    assert!(settings.contains("defaultTabStop") && !settings.contains("rsid") && !settings.contains("Protection"));
    let main = entry(&made.octets, "word/document.xml");
    assert!(
        !main.contains("rsid") && !main.contains("w14:") && !main.contains("Ignorable") && !main.contains("r:link")
    );
}

#[test]
fn a_document_is_known_by_what_it_holds() {
    assert!(is_office(&telling()));
    assert!(!is_office(b"PK\x03\x04"));
    assert!(!is_office(&packed(&[("a.txt", "x")])));
    assert!(!is_office(b"%PDF-1.7"));
    let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert!(is_office(&compound));
    assert_eq!(rebuild(&compound, &mut FileBudget::default(), &Names), Err(Unfit::Unsupported));
    let sealed: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sealed = [compound, vec![0; 512], sealed].concat();
    assert_eq!(rebuild(&sealed, &mut FileBudget::default(), &Names), Err(Unfit::Locked));
}

#[test]
fn the_strict_form_stays_strict() {
    let main = "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p><w:r><w:t>Anna</w:t></w:r></w:p></w:body></w:document>";
    let roots = relations(&[("r", "officeDocument", "word/document.xml")]).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/",
        "http://purl.oclc.org/ooxml/officeDocument/",
    );
    let octets = packed(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", &roots), ("word/document.xml", main)]);
    let made = rebuilt(&octets).octets;
    assert_eq!(words_of(&made), ["[namn]"]);
    assert!(entry(&made, "word/document.xml").contains("xmlns:w=\"http://purl.oclc.org/"));
    assert!(
        entry(&made, "_rels/.rels")
            .contains("\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\"")
    );
}
