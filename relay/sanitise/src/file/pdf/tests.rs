//! What a rebuilt PDF keeps and what it does not, by canaries in every place that can hold one.

use super::draft::{Draft, Finds, has, opened, rebuilt, text};
use crate::file::{FileBudget, FileKind, Unfit};

/// A file with a canary everywhere.
fn canaries() -> Vec<u8> {
    let mut draft = Draft::page(
        "%KANARI-comment\n/Span <</ActualText (KANARI-actual) /Alt (KANARI-alt) /MCID 0>> BDC BT /F1 12 Tf 20 300 Td \
         (Hej d\\345) Tj ET EMC /P /Prop BDC BT /F1 12 Tf 20 200 Td [(Sk) -20 (\\366n) -300 (dag)] TJ ET EMC \
         /OC /Off BDC BT /F1 12 Tf 20 100 Td (KANARI-hidden) Tj ET EMC (KANARI-operand) 1 w \
         q 50 0 0 50 0 0 cm /Im Do Q /Fm Do /KANARI-mp MP BX KANARI-operator EX",
    );
    draft.set(
        1,
        "<</Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Names <</EmbeddedFiles <</Names [(KANARI-file) 7 0 R]>> \
         /JavaScript <</Names [(KANARI-js) <</S /JavaScript /JS (KANARI-script)>>]>>>> /OpenAction <</S /URI /URI \
         (KANARI-uri)>> /AA <</WC <</S /Launch /F (KANARI-launch)>>>> /Lang (KANARI-lang) /Outlines 8 0 R \
         /PieceInfo <</KANARI-app <<>>>> /StructTreeRoot <</Alt (KANARI-struct)>> /OCProperties <</OCGs [9 0 R 10 0 R] \
         /D <</OFF [10 0 R]>>>> /AcroForm <</Fields [11 0 R] /XFA (KANARI-xfa)>> /PageLabels <</Nums [0 <</P \
         (KANARI-label)>>]>> /OutputIntents [<</Info (KANARI-intent)>>] /AF [7 0 R] /Threads [<<>>]>>",
    );
    draft.set(
        3,
        "<</Type /Page /Parent 2 0 R /CropBox [10 10 290 390] /Rotate 90 /Contents 4 0 R /Resources 12 0 R /Thumb 6 0 R \
         /Metadata 6 0 R /PieceInfo <</KANARI-page <<>>>> /LastModified (KANARI-date) /Annots [11 0 R 13 0 R 14 0 R \
         15 0 R 16 0 R] /AA <</O <</S /JavaScript /JS (KANARI-open)>>>> /KANARI-key 1 /B [8 0 R]>>",
    );
    draft.deflated("/Type /Metadata /Subtype /XML", b"<x:xmpmeta>KANARI-xmp</x:xmpmeta>");
    draft.add("<</Type /Filespec /F (KANARI-name) /EF <</F 6 0 R>>>>");
    draft.add("<</Title (KANARI-outline)>>");
    draft.add("<</Type /OCG /Name (KANARI-layer)>>");
    draft.add("<</Type /OCG /Name (KANARI-off)>>");
    draft.add(
        "<</Type /Annot /Subtype /Widget /FT /Tx /T (KANARI-field) /TU (KANARI-tip) /V (Ifyllt av mig) /DA (/Helv 10 Tf \
         0 g) /Rect [20 20 200 40] /A <</S /SubmitForm /F (KANARI-submit)>>>>",
    );
    draft.add(
        "<</Font <</F1 5 0 R /KANARI-unused 6 0 R>> /XObject <</Im 17 0 R /Fm 18 0 R /Unused 19 0 R>> /Properties <</Prop \
         <</MCID 1 /ActualText (KANARI-prop)>> /Off 10 0 R>>>>",
    );
    draft.add(
        "<</Type /Annot /Subtype /Highlight /T (KANARI-author) /Contents (KANARI-remark) /M (D:20240101KANARI) /NM \
         (KANARI-nm) /Rect [0 0 10 10] /AP <</N 20 0 R>> /Popup 14 0 R>>",
    );
    draft.add("<</Type /Annot /Subtype /Popup /Rect [0 0 9 9] /T (KANARI-popup)>>");
    draft
        .add("<</Type /Annot /Subtype /Widget /FT /Sig /T (KANARI-sig) /Rect [0 0 99 99] /AP <</N 21 0 R>> /V 8 0 R>>");
    draft.add("<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (https://KANARI-link.example)>>>>");
    let mut jpeg = b"\xff\xd8\xff\xe1\0\x0eExif\0\0KANARI\xff\xfe\0\x0cKANARI-com".to_vec();
    jpeg.extend_from_slice(
        b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0?\0\x55\xff\xd9KANARI-tail",
    );
    draft.stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode \
         /Metadata 6 0 R /Name /KANARI-image /Alternates [<</Image 19 0 R>>]",
        &jpeg,
    );
    draft.deflated(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /PieceInfo <</KANARI-form <<>>>> /Resources <</Font <</F1 5 0 R>>>>",
        b"BT /F1 9 Tf (Inuti) Tj ET %KANARI-inside",
    );
    draft.deflated("/Subtype /Form /BBox [0 0 9 9]", b"BT (KANARI-unused) Tj ET");
    draft.deflated("/BBox [0 0 5 5]", b"1 1 0 rg 0 0 5 5 re f");
    draft.deflated("/BBox [0 0 5 5] /Resources <</Font <</F1 5 0 R>>>>", b"BT /F1 9 Tf (KANARI-signed) Tj ET");
    draft.add("<</Author (KANARI-author) /Producer (KANARI-producer) /Title <FEFF004B0041004E004100520049>>>");
    let mut file = draft.finish("/Info 22 0 R /ID [(KANARI-id) (KANARI-id)]");
    file.extend_from_slice(b"%KANARI-after\n");
    file
}

#[test]
fn no_canary_survives_and_every_word_does() {
    let old = canaries();
    let new = rebuilt(&old).unwrap();
    assert_eq!(new.kind, FileKind::Pdf);
    assert!(new.traces > 20, "{}", new.traces);
    let all = opened(&new.octets);
    for canary in ["KANARI", "K\0A\0N\0A", "\0K\0A\0N", "004B0041", "4B414E415249", "https", "Exif", "MCID", "/Info"] {
        assert!(!has(&all, canary), "{canary}");
    }
    assert!(all.starts_with(b"%PDF-1.7") && new.octets.ends_with(b"%%EOF\n"));
    for kept in ["/MediaBox [0 0 300 400]", "/CropBox [10 10 290 390]", "/Rotate 90", "/Count 1", "/DCTDecode"] {
        assert!(has(&new.octets, kept), "{kept}");
    }
    let words = text(&new.octets);
    assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), "Hej då Skön dag Inuti Ifyllt av mig");
    assert!(has(&all, "1 1 0 rg"), "a highlight is drawn");
}

#[test]
fn rebuilding_twice_changes_nothing() {
    let once = rebuilt(&canaries()).unwrap();
    let twice = rebuilt(&once.octets).unwrap();
    assert!(once.octets == twice.octets);
    assert_eq!((twice.traces, twice.replaced), (0, 0));
}

#[test]
fn a_name_in_the_visible_words_keeps_the_file_out() {
    let draft = Draft::page("BT /F1 12 Tf 20 300 Td [(Anna Sv) 30 (ens) -10 (son)] TJ ET").finish("");
    let outcome = super::rebuild(&draft, &mut FileBudget::default(), &Finds("Anna Svensson"));
    assert_eq!(outcome, Err(Unfit::Identifying));
    assert!(rebuilt(&draft).is_ok());
}

#[test]
fn a_name_behind_a_replacement_keeps_the_file_out() {
    for content in [
        "/Span <</ActualText (Anna)>> BDC BT /F1 12 Tf (xy) Tj ET EMC",
        "/Span <</ActualText (xy)>> BDC BT /F1 12 Tf (Anna) Tj ET EMC",
    ] {
        let outcome = super::rebuild(&Draft::page(content).finish(""), &mut FileBudget::default(), &Finds("Anna"));
        assert_eq!(outcome, Err(Unfit::Identifying), "{content}");
    }
}

#[test]
fn words_end_where_gaps_are() {
    for (content, words) in [
        ("BT /F1 10 Tf 0 50 Td (Ett) Tj 0 -12 Td (Tv\\345) Tj ET", "Ett\nTvå"),
        ("BT /F1 10 Tf 12 TL 0 50 Td (a) Tj T* (b) Tj (c) ' ET", "a\nb\nc"),
        ("BT /F1 10 Tf [(H) 20 (e) -15 (j)] TJ ET", "Hej"),
        ("BT /F1 10 Tf [(Hej) -280 (d\\345)] TJ ET", "Hej då"),
        ("BT /F1 10 Tf 1 0 0 1 0 9 Tm (A) Tj 1 0 0 1 6.67 9 Tm (b) Tj ET", "Ab"),
        ("BT /F1 1 Tf 10 0 0 10 0 9 Tm (A) Tj 10 0 0 10 20 9 Tm (b) Tj ET", "A b"),
        ("BT /F1 10 Tf 3 Tc (Sperret) Tj ET", "Sperret"),
        ("BT /F1 10 Tf [(S) -300 (p) -300 (e) -300 (r) -300 (r) -300 (e) -300 (t)] TJ ET", "Sperret"),
        ("BT /F1 10 Tf <48656A> Tj ET BT /F1 10 Tf 0 -40 Td (\\(\\\\\\)) Tj ET", "Hej\n(\\)"),
        ("BT /F1 10 Tf /Span <</ActualText <FEFF00660066>>> BDC (x) Tj EMC (a) Tj ET", "ffa"),
        ("q 0.1 0 0 0.1 0 0 cm BT /F1 100 Tf (Hej) Tj ET Q BT /F1 10 Tf 60 0 Td (du) Tj ET", "Hej du"),
    ] {
        let old = Draft::page(content).finish("");
        let new = rebuilt(&old).unwrap().octets;
        assert_eq!(text(&old).trim_end(), words, "{content}");
        assert_eq!(text(&new).trim_end(), words, "{content}, rebuilt");
    }
}

#[test]
fn maps_and_encodings_say_what_codes_are() {
    let font = |entries: &str, extra: &[(&str, &str)], shown: &str| {
        let mut draft = Draft::page(&format!("BT /F1 10 Tf {shown} Tj ET"));
        draft.set(5, &format!("<</Type /Font {entries}>>"));
        for (dict, octets) in extra {
            draft.deflated(dict, octets.as_bytes());
        }
        text(&rebuilt(&draft.finish("")).unwrap().octets).trim_end().to_owned()
    };
    let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <00C5> endbfchar 2 beginbfrange \
               <0002> <0004> <0073> <0010> <0011> [<00660069> <0061>] endbfrange";
    let composite = "/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<</Type /Font \
                     /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) \
                     /Supplement 0>> /DW 500>>]";
    assert_eq!(font(composite, &[("", map)], "<000100020011>"), "Åsa");
    assert_eq!(font(composite, &[("", map)], "<0010>"), "fi");
    let all = "1 beginbfrange <0000> <FFFF> <0000> endbfrange";
    assert_eq!(font(composite, &[("", all)], "<004800E5>"), "Hå");
    let differences = "/Subtype /Type1 /BaseFont /X /Encoding <</Differences [65 /oslash /aring 70 /fi /g99]>>";
    assert_eq!(font(differences, &[], "(ABFGH)"), "øåfiGH");
    let mac = "/Subtype /TrueType /BaseFont /X /Encoding /MacRomanEncoding";
    assert_eq!(font(mac, &[], "<8C9A>"), "åö");
}

#[test]
fn layers_that_are_off_draw_nothing() {
    let mut draft = Draft::page("/OC /L BDC 0 0 9 9 re f BT /F1 9 Tf (dolt) Tj ET EMC BT /F1 9 Tf (synligt) Tj ET");
    draft.set(1, "<</Type /Catalog /Pages 2 0 R /OCProperties <</D <</BaseState /OFF /ON [7 0 R]>>>>>>");
    let page = |member: &str| {
        format!(
            "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> /Properties <</L {member}>>>>>>"
        )
    };
    draft.add("<</Type /OCG>>");
    draft.add("<</Type /OCG>>");
    for (member, is_seen) in [
        ("6 0 R", false),
        ("7 0 R", true),
        ("<</Type /OCMD /OCGs [6 0 R 7 0 R]>>", true),
        ("<</Type /OCMD /OCGs [6 0 R 7 0 R] /P /AllOn>>", false),
        ("<</Type /OCMD /OCGs 6 0 R /P /AllOff>>", true),
    ] {
        draft.set(3, &page(member));
        let words = text(&rebuilt(&draft.finish("")).unwrap().octets);
        assert_eq!(words.contains("dolt"), is_seen, "{member}");
        assert!(words.contains("synligt"), "{member}");
    }
}

#[test]
fn filters_are_undone_and_pictures_keep_their_samples() {
    let lzw = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
    for (filter, octets, plain) in [
        ("/LZWDecode", lzw.as_slice(), &b"-----A---B"[..]),
        ("/ASCIIHexDecode", b"2d 2D2d>", b"---"),
        ("/ASCII85Decode", b"87cURD_*#4DfTZ)~>", b"Hello, World"),
        ("/RunLengthDecode", b"\x02abc\xfe-\x80", b"abc---"),
        ("[/ASCIIHexDecode /RunLengthDecode]", b"02616263fe2d80>", b"abc---"),
    ] {
        let mut draft = Draft::page("q /Im Do Q");
        draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</Im 6 0 R>>>>>>");
        let size = plain.len();
        let entries = format!("/Subtype /Image /Width {size} /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8");
        draft.stream(&format!("{entries} /Filter {filter}"), octets);
        let all = opened(&rebuilt(&draft.finish("")).unwrap().octets);
        assert!(memchr::memmem::find(&all, plain).is_some(), "{filter}");
    }
}

#[test]
fn what_lies_behind_a_picture_is_cut_off() {
    let mut draft = Draft::page("/Im Do BI /W 2 /H 1 /CS /G /BPC 8 ID xyKANARI-inline EI 1 w");
    draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</Im 6 0 R>>>>>>");
    let entries = "/Subtype /Image /Width 4 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
    draft.deflated(entries, b"abcdKANARI-samples");
    let all = opened(&rebuilt(&draft.finish("")).unwrap().octets);
    assert!(!has(&all, "KANARI"));
    assert!(has(&all, "abcd") && has(&all, "1 w"));
}

#[test]
fn locked_in_name_only_is_opened_and_locked_is_locked() {
    let files: [(&str, &[u8]); 4] = [
        ("RC4, 40 bits", include_bytes!("../../../tests/pdf/rc4-40.pdf")),
        ("RC4, 128 bits", include_bytes!("../../../tests/pdf/rc4-128.pdf")),
        ("AES, 128 bits", include_bytes!("../../../tests/pdf/aes-128.pdf")),
        ("AES, 256 bits", include_bytes!("../../../tests/pdf/aes-256.pdf")),
    ];
    for (kind, octets) in files {
        let new = rebuilt(octets).unwrap_or_else(|unfit| panic!("{kind}: {unfit:?}"));
        assert_eq!(text(&new.octets).trim_end(), "Låst bara till namnet", "{kind}");
        assert!(!has(&opened(&new.octets), "/Encrypt"), "{kind}");
    }
    assert_eq!(rebuilt(include_bytes!("../../../tests/pdf/password.pdf")), Err(Unfit::Locked));
}

#[test]
fn a_page_that_cannot_be_read_is_not_taken_for_a_blank_one() {
    for (filter, octets, outcome) in [
        ("/FlateDecode", &b"no deflated stream, but something"[..], Err(Unfit::Broken)),
        ("/SomeNewDecode", b"packed by tomorrow's programme", Err(Unfit::Broken)),
        ("/FlateDecode", b"x\x9c\x03\0\0\0\0\x01", Ok(())),
        ("/ASCIIHexDecode", b"   >", Ok(())),
    ] {
        let mut draft = Draft::page("");
        draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 6 0 R>>");
        draft.stream(&format!("/Filter {filter}"), octets);
        assert_eq!(rebuilt(&draft.finish("")).map(drop), outcome, "{filter}");
    }
}

#[test]
fn marks_without_an_appearance_are_drawn() {
    let quad = "/QuadPoints [10 30 50 30 10 20 50 20]";
    for (mark, drawn) in [
        (format!("/Highlight {quad} /C [1 1 0] /Contents (KANARI)"), "1 1 0 rg\n10 30 m"),
        (format!("/StrikeOut {quad} /C [1 0 0] /T (KANARI)"), "10 24.5 m\n50 24.5 l\nS"),
        ("/Line /L [1 2 3 4] /C [0] /RC (KANARI)".into(), "0 G\n1 w\n1 2 m\n3 4 l\nS"),
        ("/Ink /InkList [[1 2 3 4 5 6]] /C [0 0 1] /BS <</W 3>>".into(), "3 w\n1 2 m\n3 4 l\n5 6 l\nS"),
        ("/Circle /C [0] /IC [1 0 0]".into(), "1 0 0 rg\n"),
        ("/Link /C [1 0 0] /Border [0 0 2] /A <</URI (https://KANARI.example)>>".into(), "2 w\n0 0 m"),
        ("/FreeText /DA (/F 9 Tf 1 0 0 rg) /Contents (R\\345d \\(text\\))".into(), "(R\u{fffd}d \\(text\\)) Tj"),
        ("/FreeText /DA (/F 9 Tf) /Contents <FEFF0142>".into(), "/lslash"),
        ("/Widget /FT /Ch /V (a) /Opt [[(a) (Visat)]]".into(), "(Visat) Tj"),
    ] {
        let mut draft = Draft::page("BT /F1 9 Tf (Hej) Tj ET");
        draft.set(3, "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [6 0 R]>>");
        draft.add(&format!("<</Type /Annot /Rect [0 0 90 40] /Subtype {mark}>>"));
        let all = opened(&rebuilt(&draft.finish("")).unwrap().octets);
        let shown = String::from_utf8_lossy(&all);
        assert!(shown.contains(drawn), "{mark}: {shown}");
        assert!(!shown.contains("KANARI") && !shown.contains("/Annot"), "{mark}");
        draft.add("<</F 2>>");
        draft.set(6, &format!("<</Type /Annot /F 2 /Rect [0 0 90 40] /Subtype {mark}>>"));
        let hidden = opened(&rebuilt(&draft.finish("")).unwrap().octets);
        assert!(!String::from_utf8_lossy(&hidden).contains(drawn), "{mark}, hidden");
    }
}
