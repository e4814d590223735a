//! Invitations as Outlook, Google and Apple write them, and what is left of them.

use super::*;
use brevbro_core::party::Language;

const OUTLOOK: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nPRODID:Microsoft Exchange Server 2010\r\nBEGIN:VTIMEZONE\r\n\
    TZID:W. Europe Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n\
    ORGANIZER;CN=Anna Karlsson:mailto:anna@example.net\r\nATTENDEE;ROLE=REQ-PARTICIPANT;CN=\"Bo: B\":mailto:bo@example.org\r\n\
    DESCRIPTION;LANGUAGE=sv-SE:Hemligt\\nhttps://example.org/x\r\nUID:040000008200\r\nSUMMARY;LANGUAGE=sv-SE:Möte om ansökan\\, \r\n del 2\r\n\
    DTSTART;TZID=\"W. Europe: x\":20261120T140000\r\nDTEND;TZID=W. Europe Standard Time:20261120T150000\r\n\
    LOCATION;LANGUAGE=sv-SE:Storgatan 12\r\nBEGIN:VALARM\r\nSUMMARY:Larm\r\nDTSTART:19700101\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn event(body: &str) -> Event {
    read(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR")).unwrap()
}

#[test]
fn an_invitation_becomes_a_line() {
    let event = read(OUTLOOK).unwrap();
    for (language, wanted) in [
        (Language::Swedish, "[Kalenderinbjudan: Möte om ansökan, del 2, 20 november 2026 kl. 14.00–15.00]"),
        (Language::Bokmal, "[Kalenderinvitasjon: Möte om ansökan, del 2, 20. november 2026 kl. 14.00–15.00]"),
        (Language::Danish, "[Kalenderinvitation: Möte om ansökan, del 2, 20. november 2026 kl. 14.00–15.00]"),
        (Language::English, "[Calendar invitation: Möte om ansökan, del 2, 20 November 2026, 14:00–15:00]"),
    ] {
        assert_eq!(line(&event, language), wanted);
    }
}

#[test]
fn times_are_told_as_they_are_written() {
    for (body, wanted) in [
        (
            "SUMMARY:A\nDTSTART:20261120T130000Z\nDTEND:20261120T140000Z",
            "[Kalenderinbjudan: A, 20 november 2026 kl. 13.00–14.00 UTC]",
        ),
        (
            "SUMMARY:A\nDTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261121",
            "[Kalenderinbjudan: A, 20 november 2026]",
        ),
        (
            "SUMMARY:A\nDTSTART;VALUE=DATE:20261130\nDTEND;VALUE=DATE:20261203",
            "[Kalenderinbjudan: A, 30 november 2026 – 2 december 2026]",
        ),
        (
            "SUMMARY:A\nDTSTART:20261231T230000\nDURATION:PT1H30M",
            "[Kalenderinbjudan: A, 31 december 2026 kl. 23.00 – 1 januari 2027 kl. 00.30]",
        ),
        ("SUMMARY:A\nDTSTART:20261231T230000", "[Kalenderinbjudan: A, 31 december 2026 kl. 23.00]"),
        ("SUMMARY:A [b]\nSTATUS:CANCELLED", "[Inställd i kalendern: A (b)]"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:M=C3=B6=\nte\nDTSTART:20260229T100000", "[Kalenderinbjudan: Möte]"),
        ("DTSTART:20261120T990000", "[Kalenderinbjudan]"),
    ] {
        assert_eq!(line(&event(body), Language::Swedish), wanted, "{body}");
    }
    assert!(read("BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nEND:VEVENT").unwrap().cancelled);
    assert_eq!(read("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO"), None);
}

#[test]
fn nothing_else_of_an_invitation_is_left() {
    let shown = format!("{:?}", read(OUTLOOK).unwrap());
    for secret in ["Anna", "anna@", "bo@", "Storgatan", "https", "04000", "Hemligt", "Europe", "Larm"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn cut_and_bent_calendars_are_read() {
    for end in (0..OUTLOOK.len()).filter(|end| OUTLOOK.is_char_boundary(*end)) {
        if let Some(event) = read(&OUTLOOK[..end]) {
            assert!(line(&event, Language::Swedish).len() < 200);
        }
    }
    for value in ["P99999W", "PT", "P1X", "-PT1H", "PT999999999H", ""] {
        let event = event(&format!("DTSTART:99991231T235900\nDURATION:{value}"));
        assert!(line(&event, Language::English).starts_with("[Calendar invitation: 31 December 9999, 23:59"));
    }
    assert_eq!(When::read("20261120T"), None);
}
