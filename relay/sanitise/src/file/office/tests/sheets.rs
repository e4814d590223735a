//! Workbooks in OOXML.

use super::*;

const SPACES: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:x15ac=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac\" \
    xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\"";

const BOOK: &str = "<fileVersion appName=\"xl\"/><fileSharing userName=\"CANARY\"/>\
    <mc:AlternateContent><mc:Choice Requires=\"x15ac\"><x15ac:absPath url=\"C:\\CANARY\\\"/></mc:Choice></mc:AlternateContent>\
    <xr:revisionPtr documentId=\"CANARY\"/>\
    <sheets><sheet name=\"Dold\" sheetId=\"1\" state=\"hidden\" r:id=\"h\"/><sheet name=\"Anna Karlsson\" sheetId=\"2\" r:id=\"a\"/>\
    <sheet name=\"Blad\" sheetId=\"3\" r:id=\"b\"/></sheets><externalReferences><externalReference r:id=\"x\"/></externalReferences>\
    <definedNames><definedName name=\"Kvar\" localSheetId=\"2\">Blad!$A$1</definedName>\
    <definedName name=\"Borta\">Dold!$A$1</definedName><definedName name=\"Sökväg\">'C:\\CANARY\\[x.xlsx]Blad'!A1</definedName>\
    <definedName name=\"Flyttad\">'Anna Karlsson'!$A$1</definedName></definedNames>";

const FIRST: &str = "<sheetData><row r=\"1\" hidden=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\"><v>701740605</v></c>\
    <c r=\"C1\" t=\"inlineStr\"><is><t>Anna här</t></is></c><c r=\"D1\" t=\"str\"><f>\"Anna\"</f><v>Anna</v></c></row>\
    <row r=\"2\"><c r=\"A2\"><f>Dold!A1</f><v>7</v></c><c r=\"B2\"><f>'Anna Karlsson'!B1+Blad!A1</f><v>8</v></c>\
    <c r=\"C2\"><f>[1]Blad!A1</f><v>12.5</v></c><c r=\"D2\"><f>SUM(A2:B2)</f><v>15</v></c></row></sheetData>\
    <sheetProtection algorithmName=\"CANARY\"/><hyperlinks><hyperlink ref=\"A1\" r:id=\"far\" display=\"Anna\"/></hyperlinks>\
    <pageSetup paperSize=\"9\" r:id=\"printer\"/><headerFooter><oddHeader>&amp;CAnna Karlsson</oddHeader></headerFooter>\
    <legacyDrawing r:id=\"vml\"/>";

fn workbook() -> Vec<u8> {
    let book = format!("<workbook {SPACES}>{BOOK}</workbook>");
    let sheet = |inner: &str| format!("<worksheet {SPACES}>{inner}</worksheet>");
    let hidden = sheet("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>");
    let second = sheet("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c></row></sheetData>");
    let strings = format!(
        "<sst {SPACES}><si><t>CANARY</t></si><si><r><t>Hej An</t></r><r><t>na, 3 mg</t></r></si><si><t>Slut</t></si></sst>"
    );
    let comments = format!(
        "<comments {SPACES}><authors><author>CANARY B</author></authors><commentList><comment ref=\"A1\" authorId=\"0\">\
        <text><r><t>CANARY B:</t></r><r><t> Fråga Anna</t></r></text></comment></commentList></comments>"
    );
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations(&[("r", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", &book),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(&[
                ("b", "worksheet", "worksheets/b.xml"),
                ("a", "worksheet", "worksheets/CANARY.xml"),
                ("h", "worksheet", "worksheets/h.xml"),
                ("s", "sharedStrings", "sharedStrings.xml"),
                ("x", "externalLink", "externalLinks/CANARY.xml"),
                ("c", "connections", "connections.xml"),
                ("rev", "revisionHeaders", "revisions/CANARY.xml"),
            ]),
        ),
        ("xl/worksheets/h.xml", &hidden),
        ("xl/worksheets/CANARY.xml", &sheet(FIRST)),
        ("xl/worksheets/b.xml", &second),
        (
            "xl/worksheets/_rels/CANARY.xml.rels",
            &relations(&[
                ("far", "hyperlink", "file:///C:/CANARY"),
                ("printer", "printerSettings", "../printerSettings/p.bin"),
                ("com", "comments", "../comments1.xml"),
                ("vml", "vmlDrawing", "../drawings/broken.vml"),
            ]),
        ),
        ("xl/sharedStrings.xml", &strings),
        ("xl/comments1.xml", &comments),
        ("xl/drawings/broken.vml", "<xml>CANARY<br></xml>"),
        ("xl/printerSettings/p.bin", "CANARY"),
        ("xl/externalLinks/CANARY.xml", "<x/>"),
        ("xl/connections.xml", "<connections>CANARY</connections>"),
        ("xl/revisions/CANARY.xml", "<headers>CANARY</headers>"),
    ])
}

#[test]
fn a_workbook_keeps_its_cells_and_nothing_else() {
    let made = rebuilt(&workbook());
    assert_clean(&made.octets);
    assert_settled(&made.octets);
    assert_eq!(made.kind, FileKind::Xlsx);
    assert_eq!(
        words_of(&made.octets),
        ["Hej [namn], 3 mg\t[tel]\t[namn] här\t[namn]", "7\t8\t12.5\t15", "Slut", "&C[namn]", " Fråga [namn]"]
    );
    assert_eq!(
        names(&made.octets),
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/_rels/workbook.xml.rels",
            "xl/comments1.xml",
            "xl/sharedStrings.xml",
            "xl/workbook.xml",
            "xl/worksheets/_rels/sheet1.xml.rels",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml"
        ]
    );
}

#[test]
fn formulas_and_names_follow_the_sheets() {
    let made = rebuilt(&workbook()).octets;
    let book = entry(&made, "xl/workbook.xml");
    let inner = book.split_once("<sheets>").unwrap().1;
    assert_eq!(
        inner,
        "<sheet name=\"namn\" sheetId=\"2\" r:id=\"rId1\"/><sheet name=\"Blad\" sheetId=\"3\" r:id=\"rId2\"/></sheets>\
         <definedNames><definedName name=\"Kvar\" localSheetId=\"1\">Blad!$A$1</definedName>\
         <definedName name=\"Flyttad\">'namn'!$A$1</definedName></definedNames></workbook>"
    );
    let sheet = entry(&made, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" t=\"str\"><v>[tel]</v></c>"),
        "{sheet}"
    );
    assert!(sheet.contains("<c r=\"A2\"><v>7</v></c><c r=\"B2\"><f>'namn'!B1+Blad!A1</f><v>8</v></c>"), "{sheet}");
    assert!(sheet.contains("<c r=\"C2\"><v>12.5</v></c><c r=\"D2\"><f>SUM(A2:B2)</f><v>15</v></c>"), "{sheet}");
    assert!(sheet.contains("<pageSetup paperSize=\"9\"/>") && !sheet.contains("legacyDrawing"), "{sheet}");
}

#[test]
fn a_workbook_of_hidden_sheets_only_is_not_shown() {
    let book =
        format!("<workbook {SPACES}><sheets><sheet name=\"a\" state=\"veryHidden\" r:id=\"h\"/></sheets></workbook>");
    let octets = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &relations(&[("r", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", &book),
    ]);
    assert_eq!(rebuild(&octets, &mut FileBudget::default(), &Names), Err(Unfit::Broken));
}
