//! Types, names and contents as clients combine them, rightly and wrongly.

use super::*;
use crate::limits::Limits;

fn role(head: &str, body: &str) -> Role {
    let raw = format!("From: a@example.org\n{head}\n\n{body}");
    of(&crate::letter::read(raw.as_bytes(), &Limits::default()).unwrap().root)
}

#[test]
fn parts_are_told_by_type_name_and_content() {
    let letter = "Received: x\nFrom: b@example.org\nSubject: Hej\nDate: x\n\nHej";
    for (head, body, wanted) in [
        ("Content-Type: text/plain", "Hej", Role::Words(Form::Plain)),
        ("Content-Type: text/markdown", "# Hej", Role::Words(Form::Plain)),
        ("Content-Type: text/x-log", "Hej", Role::Words(Form::Plain)),
        ("Content-Type: text/plain; name=a.png", "\u{1}\u{2}\u{3}\0\0", Role::File),
        ("Content-Type: text/html", "<p>", Role::Words(Form::Html)),
        ("Content-Type: text/enriched", "<bold>", Role::Words(Form::Enriched)),
        ("Content-Type: text/x-amp-html", "<p>", Role::Nothing),
        ("Content-Type: text/calendar", "BEGIN:VCALENDAR", Role::Calendar),
        ("Content-Type: text/x-vcard", "BEGIN:VCARD", Role::Card),
        ("Content-Type: text/plain; name=a.txt", "\u{feff}Begin:vCard\nFN:A", Role::Card),
        ("Content-Type: text/plain", "BEGIN:VCALENDAR", Role::Calendar),
        ("Content-Type: text/plain", "BEGIN:VCARD\nFN:A\nEND:VCARD\n\nHej Anna!", Role::Words(Form::Plain)),
        ("Content-Type: text/plain; name=\"key.asc\"", "x", Role::Key),
        ("Content-Type: text/plain; name=\"brev.eml\"", letter, Role::Letter),
        ("Content-Type: text/plain; name=\"brev.eml\"", "Bara ord.", Role::Words(Form::Plain)),
        ("Content-Type: message/rfc822", letter, Role::Letter),
        ("Content-Type: message/partial; id=1; number=1", "x", Role::File),
        ("Content-Type: message/external-body; access-type=URL", "x", Role::File),
        ("Content-Type: message/delivery-status", "x", Role::Receipt),
        ("Content-Type: application/octet-stream; name=brev.eml", letter, Role::Letter),
        ("Content-Type: application/octet-stream", letter, Role::Letter),
        ("Content-Type: application/octet-stream", "Hej, det här är text.", Role::Words(Form::Plain)),
        ("Content-Type: application/octet-stream; name=a.txt", "Hej", Role::Words(Form::Plain)),
        ("Content-Type: application/octet-stream; name=a.html", "<p>Hej", Role::Words(Form::Html)),
        ("Content-Type: application/octet-stream; name=a.bin", "Hej", Role::File),
        ("Content-Type: application/octet-stream", "\u{1}\u{2}\0\0\0\0\0", Role::File),
        ("Content-Type: application/octet-stream; name=möte.ics", "BEGIN:VCALENDAR", Role::Calendar),
        ("Content-Type: application/ms-tnef; name=winmail.dat", "x", Role::Winmail),
        ("Content-Type: application/octet-stream; name=winmail.dat", "x", Role::Winmail),
        ("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "x", Role::Cms),
        ("Content-Type: application/octet-stream; name=smime.p7m", "x", Role::Cms),
        ("Content-Type: application/x-pkcs7-signature; name=smime.p7s", "x", Role::Signature),
        ("Content-Type: application/pgp-keys", "x", Role::Key),
        ("Content-Type: application/octet-stream; name=encrypted.asc", "-----BEGIN PGP MESSAGE-----", Role::Encrypted),
        ("Content-Type: application/octet-stream; name=key.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----", Role::Key),
        ("Content-Type: application/pgp-encrypted", "Version: 1", Role::Nothing),
        ("Content-Type: application/x-microsoft-rpmsg-message; name=message.rpmsg", "x", Role::Encrypted),
        ("Content-Type: multipart/alternative; boundary=b", "--b\n\nx\n--b--", Role::Alternative),
        ("Content-Type: multipart/related; boundary=b", "--b\n\nx\n--b--", Role::Parts),
        ("Content-Type: multipart/encrypted; boundary=b", "--b\n\nx\n--b--", Role::Encrypted),
        ("Content-Type: application/pdf", "%PDF", Role::File),
        ("Content-Type: image/png", "x", Role::File),
    ] {
        assert_eq!(role(head, body), wanted, "{head}");
    }
}
