//! Documents made to harm: nothing panics, nothing grows, nothing damaged passes.

use super::*;

fn samples() -> [Vec<u8>; 2] {
    let words = words_documents::document("<w:p><w:r><w:t>Hej Anna</w:t></w:r></w:p>", &[], &[]);
    let odf = odf_documents::document("text", "<office:text><text:p>Hej Anna</text:p></office:text>", &[]);
    [words, odf]
}

fn outcome(octets: &[u8]) -> Result<Rebuilt, Unfit> {
    let _ = is_office(octets);
    let _ = text(octets, &mut FileBudget::default());
    rebuild(octets, &mut FileBudget::default(), &Names)
}

#[test]
fn a_cut_document_is_refused() {
    for sample in samples() {
        assert!(outcome(&sample).is_ok());
        for length in 0..sample.len() {
            assert!(outcome(&sample[..length]).is_err(), "cut at {length}");
        }
    }
}

#[test]
fn a_flipped_bit_changes_no_word() {
    for sample in samples() {
        let whole = outcome(&sample).unwrap();
        for place in 0..sample.len() {
            let mut octets = sample.clone();
            octets[place] ^= 1 << (place % 8);
            if let Ok(made) = outcome(&octets) {
                assert_eq!(made.octets, whole.octets, "{place}");
            }
        }
    }
}

#[test]
fn damaged_xml_never_panics() {
    let body =
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:t>Anna</w:t></w:r></w:p>";
    let mut state = 11_usize;
    for _ in 0..400 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (from, length) = ((state >> 33) % body.len(), (state >> 20) % 12);
        let mut changed = body.to_owned();
        let _ = changed.drain(from..(from + length).min(body.len()));
        let _ = outcome(&words_documents::document(&changed, &[], &[]));
        changed.insert_str(
            from.min(changed.len()),
            ["<w:r>", "</w:p>", "<w:sdt>", "&#0;", "<w:fldChar w:fldCharType=\"end\"/>"][state % 5],
        );
        let _ = outcome(&words_documents::document(&changed, &[], &[]));
    }
}

#[test]
fn entities_and_depth_are_refused() {
    let main = |source: &str| {
        packed(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &relations(&[("r", "officeDocument", "word/document.xml")])),
            ("word/document.xml", source),
        ])
    };
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let lol = format!("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><w:document {space}>&b;</w:document>");
    assert_eq!(outcome(&main(&lol)), Err(Unfit::Broken));
    let deep = format!("<w:document {space}>{}{}</w:document>", "<w:p>".repeat(300), "</w:p>".repeat(300));
    assert_eq!(outcome(&main(&deep)), Err(Unfit::TooLarge));
    assert_eq!(outcome(&main("<w:document/>")), Err(Unfit::Broken));
    assert_eq!(outcome(&main("<document/>")), Err(Unfit::Unsupported));
}

#[test]
fn relations_in_a_circle_end() {
    let sheet = "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>";
    let links =
        [("a", "header", "header1.xml"), ("b", "officeDocument", "document.xml"), ("c", "header", "document.xml")];
    let back = relations(&[("x", "header", "header1.xml"), ("y", "footer", "header1.xml")]);
    let others = [("word/header1.xml", sheet), ("word/_rels/header1.xml.rels", back.as_str())];
    let made = outcome(&words_documents::document("", &links, &others)).unwrap();
    assert_eq!(names(&made.octets).iter().filter(|name| name.contains("header")).count(), 2);
    let twice = [("a", "header", "header1.xml"), ("a", "header", "header1.xml")];
    assert_eq!(outcome(&words_documents::document("", &twice, &others)), Err(Unfit::Broken));
}

#[test]
fn large_documents_keep_to_the_budget() {
    let paragraph = "<w:p><w:r><w:t>Hej Anna, det var en gång en katt.</w:t></w:r></w:p>";
    let octets = words_documents::document(&paragraph.repeat(20_000), &[], &[]);
    let made = outcome(&octets).unwrap();
    assert_eq!(made.replaced, 20_000);
    let mut small = FileBudget::default();
    small.take_octets(small.octets_left() - 100_000).unwrap();
    assert_eq!(rebuild(&octets, &mut small, &Names), Err(Unfit::TooLarge));
}
