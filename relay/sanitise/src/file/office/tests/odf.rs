//! Documents in ODF.

use super::*;

const SPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:script=\"urn:oasis:names:tc:opendocument:xmlns:script:1.0\" \
    xmlns:officeooo=\"http://openoffice.org/2009/office\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"";

pub(super) fn document(media: &str, body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let content = format!(
        "<office:document-content {SPACES} office:version=\"1.3\"><office:scripts><office:script>CANARY</office:script></office:scripts>\
         <office:automatic-styles><style:style style:name=\"T9\" style:family=\"text\"><style:text-properties text:display=\"none\" \
         officeooo:rsid=\"00CA1234\"/></style:style><style:style style:name=\"ta9\" style:family=\"table\"><style:table-properties \
         table:display=\"false\"/></style:style></office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    );
    let media = format!("application/vnd.oasis.opendocument.{media}");
    let mut entries = vec![
        ("mimetype", media.as_str()),
        ("content.xml", content.as_str()),
        ("meta.xml", "<office:document-meta>CANARY</office:document-meta>"),
        ("settings.xml", "<office:document-settings>CANARY</office:document-settings>"),
        ("Thumbnails/thumbnail.png", "CANARY"),
        ("Configurations2/accelerator/current.xml", "CANARY"),
        ("Basic/Standard/CANARY.xml", "CANARY"),
    ];
    entries.extend(others);
    packed(&entries)
}

#[test]
fn a_text_keeps_its_words_and_nothing_else() {
    let body = "<office:text><text:tracked-changes><text:changed-region xml:id=\"ct12\"><text:deletion><office:change-info>\
        <dc:creator>CANARY</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info><text:p>struket av Anna</text:p>\
        </text:deletion></text:changed-region></text:tracked-changes>\
        <text:p>Hej Anna<text:s/>Karl<text:span text:style-name=\"P1\">sson</text:span>!<text:span text:style-name=\"T9\">CANARY</text:span></text:p>\
        <text:p>Av <text:author-name>CANARY</text:author-name><text:tab/>3<text:line-break/>mg<office:annotation><dc:creator>CANARY</dc:creator>\
        <dc:date>2024-01-01T00:00:00</dc:date><text:p>Fråga Anna</text:p></office:annotation></text:p>\
        <text:p><text:a xlink:href=\"https://www.example.org/a\">sida</text:a> <text:a xlink:href=\"file:///CANARY\">fil</text:a>\
        <draw:frame draw:name=\"CANARY\"><draw:image xlink:href=\"Pictures/CANARY.png\"/><svg:desc>CANARY.jpg</svg:desc></draw:frame>\
        <draw:frame><draw:image xlink:href=\"https://tracker.example.org/CANARY\"/></draw:frame>\
        <draw:frame><draw:object-ole xlink:href=\"./Object CANARY\"/></draw:frame></text:p>\
        <text:p><text:hidden-text text:string-value=\"CANARY\">CANARY</text:hidden-text><text:title>Titel</text:title></text:p>\
        <text:section text:name=\"a\"><text:section-source xlink:href=\"file:///CANARY\"/><text:p>Slut.</text:p></text:section></office:text>";
    let octets = document("text-template", body, &[("Pictures/CANARY.png", "CANARY"), ("Object CANARY", "CANARY")]);
    assert!(is_office(&octets));
    let made = rebuilt(&octets);
    assert_clean(&made.octets);
    assert_settled(&made.octets);
    assert_eq!((made.kind, made.replaced), (FileKind::Odt, 3));
    assert_eq!(
        words_of(&made.octets),
        ["struket av [namn]", "Hej [namn]!", "Av –\t3", "mg", "Fråga [namn]", "sida fil", "Titel", "Slut."]
    );
    assert_eq!(names(&made.octets), ["META-INF/manifest.xml", "Pictures/image1.png", "content.xml", "mimetype"]);
    assert_eq!(entry(&made.octets, "mimetype"), "application/vnd.oasis.opendocument.text");
    assert!(made.octets[30..].starts_with(b"mimetypeapplication/vnd"));
    let content = entry(&made.octets, "content.xml");
    assert!(
        content.contains("<dc:date>1980-01-01T00:00:00</dc:date>")
            && !content.contains("2024")
            && !content.contains("rsid")
    );
}

#[test]
fn a_sheet_keeps_its_cells_and_nothing_else() {
    let cell =
        |kind: &str, words: &str| format!("<table:table-cell {kind}><text:p>{words}</text:p></table:table-cell>");
    let rows = [
        cell("office:value-type=\"string\"", "Anna Karlsson"),
        cell("office:value-type=\"float\" office:value=\"701740605\"", "0701740605"),
        cell("office:value-type=\"float\" office:value=\"12.5\" table:formula=\"of:=[$Dold.A1]*2\"", "12,5"),
        cell("office:value-type=\"float\" office:value=\"3\" table:formula=\"of:=[.A1]+2\"", "3"),
    ]
    .concat();
    let body = format!(
        "<office:spreadsheet><table:table table:name=\"Dold\" table:style-name=\"ta9\"><table:table-row>{}</table:table-row></table:table>\
         <table:table table:name=\"Lön Anna\" table:protected=\"true\" table:protection-key=\"CANARY\"><table:table-source xlink:href=\"CANARY\"/>\
         <table:table-row table:visibility=\"collapse\">{rows}</table:table-row></table:table>\
         <table:named-expressions><table:named-range table:name=\"n\" table:cell-range-address=\"$Dold.$A$1\"/></table:named-expressions>\
         </office:spreadsheet>",
        cell("office:value-type=\"string\"", "CANARY")
    );
    let made = rebuilt(&document("spreadsheet", &body, &[]));
    assert_clean(&made.octets);
    assert_settled(&made.octets);
    assert_eq!(words_of(&made.octets), ["[namn]", "[tel]", "12,5", "3"]);
    let content = entry(&made.octets, "content.xml");
    assert!(
        content.contains("table:name=\"Lön_namn\"") && !content.contains("Dold") && !content.contains("collapse"),
        "{content}"
    );
    assert!(
        content.contains("table:formula=\"of:=[.A1]+2\"")
            && content.contains("<table:table-cell office:value-type=\"string\"><text:p>[tel]")
    );
}

#[test]
fn a_chart_stays_and_a_stranger_does_not() {
    let object = |body: &str| {
        format!("<office:document-content {SPACES}><office:body>{body}</office:body></office:document-content>")
    };
    let chart = object("<office:chart><text:p>Kurva för Anna</text:p></office:chart>");
    let stranger = object("<office:text><text:p>CANARY</text:p></office:text>");
    let body = "<office:text><text:p><draw:frame><draw:object xlink:href=\"./Object 7\"/><draw:image xlink:href=\"./ObjectReplacements/Object 7\"/>\
        </draw:frame><draw:frame><draw:object xlink:href=\"./Object 8\"/></draw:frame></text:p></office:text>";
    let others = [
        ("Object 7/content.xml", chart.as_str()),
        ("Object 8/content.xml", &stranger),
        ("ObjectReplacements/Object 7", "CANARY"),
    ];
    let made = rebuilt(&document("text", body, &others));
    assert_clean(&made.octets);
    assert_settled(&made.octets);
    assert_eq!(names(&made.octets), ["META-INF/manifest.xml", "Object 1/content.xml", "content.xml", "mimetype"]);
    assert_eq!(words_of(&made.octets), ["Kurva för [namn]"]);
}

#[test]
fn a_locked_document_is_said_to_be_locked() {
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let octets = document("text", "<office:text/>", &[("META-INF/manifest.xml", manifest)]);
    assert_eq!(rebuild(&octets, &mut FileBudget::default(), &Names), Err(Unfit::Locked));
    let drawing = document("graphics", "<office:drawing/>", &[]);
    assert_eq!(rebuild(&drawing, &mut FileBudget::default(), &Names), Err(Unfit::Unsupported));
}
