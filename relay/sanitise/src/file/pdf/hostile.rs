//! Damaged, looping and swelling PDFs: never a panic, never more than the budget, and what can be read is read.

use super::draft::{Draft, has, opened, rebuilt, text};
use super::filter;
use crate::file::{FileBudget, Unfit};

/// A little of everything: a form, a picture, fields, a map.
fn sample() -> Vec<u8> {
    let mut draft = Draft::page(
        "q BT /F1 12 Tf 20 300 Td [(Hej) -300 (hopp)] TJ ET /Fm Do Q BI /W 1 /H 1 /CS /G /BPC 8 ID x EI /Im Do",
    );
    draft.set(
        3,
        "<</Type /Page /Parent 2 0 R /Contents [4 0 R] /Resources <</Font <</F1 5 0 R>> /XObject <</Fm 6 0 R /Im 7 0 R>>>> \
         /Annots [8 0 R]>>",
    );
    draft.deflated("/Subtype /Form /BBox [0 0 9 9] /Resources <</Font <</F1 5 0 R>>>>", b"BT /F1 9 Tf (Inuti) Tj ET");
    draft.deflated(
        "/Subtype /Image /Width 2 /Height 2 /ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>] \
                    /BitsPerComponent 8",
        b"\0\x01\x01\0",
    );
    draft.add("<</Subtype /Widget /FT /Tx /V (Svar) /DA (/H 9 Tf) /Rect [0 0 90 20]>>");
    draft.finish("")
}

/// Deterministic chance.
fn chance(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap()
}

#[test]
fn cut_anywhere_it_is_read_or_refused() {
    let sample = sample();
    let mut read = 0;
    for length in 0..sample.len() {
        read += usize::from(rebuilt(&sample[..length]).is_ok());
    }
    assert!(read > 100, "{read}: the page is there long before the table is");
}

#[test]
fn flipped_anywhere_it_is_read_or_refused() {
    let sample = sample();
    let (mut seed, mut read) = (1, 0);
    for _ in 0..400 {
        let mut damaged = sample.clone();
        for _ in 0..=chance(&mut seed) % 6 {
            let at = chance(&mut seed) % damaged.len();
            damaged[at] = u8::try_from(chance(&mut seed) % 256).unwrap();
        }
        if let Ok(new) = rebuilt(&damaged) {
            read += 1;
            assert!(new.octets.len() < 20_000);
            assert!(rebuilt(&new.octets).is_ok(), "what was written can be read");
        }
    }
    assert!(read > 130, "{read}");
}

#[test]
fn numbers_turned_into_others_make_no_endless_loop() {
    let sample = sample();
    let mut seed = 7;
    for _ in 0..400 {
        let mut damaged = sample.clone();
        for _ in 0..=chance(&mut seed) % 10 {
            let at = chance(&mut seed) % damaged.len();
            if damaged[at].is_ascii_digit() {
                damaged[at] = b'0' + u8::try_from(chance(&mut seed) % 10).unwrap();
            }
        }
        let _ = rebuilt(&damaged).map(|new| assert!(new.octets.len() < 20_000));
    }
}

#[test]
fn loops_end() {
    let mut draft = Draft::page("BT /F1 9 Tf (Hej) Tj ET /Fm Do /P scn");
    draft.set(2, "<</Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 /Parent 2 0 R>>");
    draft.set(
        3,
        "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 6 0 R /MediaBox 3 0 R /Annots [3 0 R 8 0 R] /Group 3 0 R>>",
    );
    draft
        .add("<</Font <</F1 5 0 R>> /XObject <</Fm 7 0 R>> /Pattern <</P 9 0 R>> /ColorSpace <</DefaultRGB 10 0 R>>>>");
    draft.stream("/Subtype /Form /BBox [0 0 9 9] /Resources 6 0 R /Group 7 0 R /Length 7 0 R", b"/Fm Do BT (x) Tj ET");
    draft.add("<</Subtype /Widget /Parent 8 0 R /Rect [0 0 9 9] /AP <</N 7 0 R>>>>");
    draft.stream("/PatternType 1 /Resources 6 0 R /BBox [0 0 1 1]", b"/P scn /Fm Do");
    draft.add("[/ICCBased 10 0 R]");
    let new = rebuilt(&draft.finish("/Prev 9 /XRefStm 9")).unwrap();
    assert!(text(&new.octets).starts_with("Hej"));
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in [("[", "]"), ("<</A ", ">>"), ("(", ")"), ("<</A[", "]>>")] {
        let mut draft = Draft::page("BT /F1 9 Tf (Hej) Tj ET");
        let deep = open.repeat(50_000) + &close.repeat(50_000);
        draft.set(5, &format!("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Widths {deep}>>"));
        assert!(text(&rebuilt(&draft.finish("")).unwrap().octets).starts_with("Hej"), "{open}");
        let _ = rebuilt(&Draft::page(&(open.repeat(50_000) + " BT /F1 9 Tf (Hej) Tj ET")).finish(""));
    }
    // Forms within forms, each an object of its own.
    let mut draft = Draft::page("/Fm Do");
    draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</Fm 6 0 R>>>>>>");
    for next in 7..2000 {
        draft.stream(&format!("/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</Fm {next} 0 R>>>>"), b"/Fm Do");
    }
    assert!(rebuilt(&draft.finish("")).is_ok());
}

#[test]
fn bombs_stop_at_the_budget() {
    let zeros = filter::deflate(&vec![b' '; 97 << 20]);
    let twice = filter::deflate(&zeros);
    for (entries, octets) in [("/Filter /FlateDecode", &zeros), ("/Filter [/FlateDecode /FlateDecode]", &twice)] {
        let mut draft = Draft::page("");
        draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 6 0 R>>");
        draft.stream(entries, octets);
        assert_eq!(rebuilt(&draft.finish("")), Err(Unfit::TooLarge), "{entries}");
    }
    // A stream of objects.
    let mut draft = Draft::page("");
    draft.stream("/Type /ObjStm /N 1 /First 8 /Filter /FlateDecode", &zeros);
    let file = draft.finish("");
    let end = memchr::memmem::find(&file, b"xref").unwrap();
    assert_eq!(rebuilt(&file[..end]), Err(Unfit::TooLarge));
    // A picture that unpacks to more than its size says.
    let mut draft = Draft::page("/Im Do");
    draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</Im 6 0 R>>>>>>");
    draft.stream("/Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /Filter /FlateDecode", &zeros);
    assert_eq!(rebuilt(&draft.finish("")), Err(Unfit::TooLarge));
}

#[test]
fn a_form_drawn_again_and_again_by_forms_is_read_once() {
    let mut draft = Draft::page(&"/Fm Do ".repeat(10));
    draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</Fm 6 0 R>>>>>>");
    for next in 7..13 {
        let entries = format!("/Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</Fm {next} 0 R>>>>");
        draft.stream(&entries, "/Fm Do ".repeat(10).as_bytes());
    }
    draft
        .stream("/Subtype /Form /BBox [0 0 9 9] /Resources <</Font <</F1 5 0 R>>>>", b"BT /F1 9 Tf (0123456789) Tj ET");
    // Ten to the seventh times eleven letters.
    assert_eq!(rebuilt(&draft.finish("")), Err(Unfit::TooLarge));
}

#[test]
fn objects_within_objects_are_not_read_again_and_again() {
    let mut file = b"%PDF-1.4\n".to_vec();
    for number in 1..40_000 {
        file.extend_from_slice(format!("{number} 0 obj (").as_bytes());
    }
    assert!(matches!(rebuilt(&file), Err(Unfit::TooLarge | Unfit::Broken)));
    let mut file = b"%PDF-1.4\n".to_vec();
    for number in 1..40_000 {
        file.extend_from_slice(format!("{number} 0 obj<<>>stream\n").as_bytes());
    }
    assert!(matches!(rebuilt(&file), Err(Unfit::TooLarge | Unfit::Broken)));
}

#[test]
fn what_tables_say_wrongly_is_searched() {
    let sound = Draft::page("BT /F1 9 Tf (Hej) Tj ET").finish("");
    let replaced = |from: &str, to: &str| {
        let at = memchr::memmem::find(&sound, from.as_bytes()).unwrap();
        [&sound[..at], to.as_bytes(), &sound[at + from.len()..]].concat()
    };
    for damaged in [
        replaced("startxref\n", "startxref\n9"),
        replaced("xref\n0 6", "xref\n1 6"),
        replaced("%PDF-1.4\n", "%PDF-1.4\n%a line more than the table knows\n"),
        replaced("/Length 23", "/Length 99"),
        replaced("/Length 23", "/Length 5"),
        replaced("/Length 23", "/Length 77 0 R"),
        replaced("/Length 23", ""),
        replaced("trailer", "tariler"),
        replaced("endstream", "endstraem"),
        [b"HTTP/1.1 200 OK\r\n\r\n", sound.as_slice()].concat(),
        [sound.as_slice(), b"\n<html>appended</html>"].concat(),
    ] {
        let new = rebuilt(&damaged).unwrap();
        assert!(text(&new.octets).starts_with("Hej"));
        assert!(!has(&opened(&new.octets), "html"));
    }
}

#[test]
fn what_is_no_pdf_is_broken() {
    for octets in
        [&b""[..], b"%PDF-", b"%PDF-1.4\n%%EOF", b"PK\x03\x04", b"%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj"]
    {
        assert_eq!(rebuilt(octets), Err(Unfit::Broken));
    }
    let mut budget = FileBudget::default();
    assert!(super::text(b"no pdf", &mut budget).is_err());
}
