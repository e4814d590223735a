//! Files and sealed letters on their way: what crosses is built anew, what cannot cross is told.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::settings::Settings;
use brevbro_tests::{Draft, Engine, House, both_engines, wait};
use std::time::Duration;

both_engines!(
    a_picture_crosses_without_its_metadata,
    a_file_that_cannot_be_built_anew_stays_behind_and_a_coordinator_sees_it,
    an_encrypted_letter_is_answered_kindly,
    an_encrypted_letter_in_somebody_elses_name_is_answered_to_nobody,
);

const A_WHILE: Duration = Duration::from_millis(1500);

/// A picture of four points with its owner's name in it, as `data:` addresses have it.
const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAHXRFWHRBdXRob3IAT2xlbmEgb24g\r\n\
    b2xlbmFzLWxhcHRvcBZ3/BkAAAASSURBVHicY/jPwMAAwgz/gQAAH+4F+wvZaIsAAAAASUVORK5C\r\n\
    YII=";

fn with_file(draft: Draft, media: &str, name: &str, content: &str) -> Draft {
    let token = draft.token.clone();
    let body = format!(
        "--b\r\nContent-Type: text/plain\r\n\r\nHere it is: {token}\r\n--b\r\nContent-Type: {media}; name=\"{name}\"\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}\r\n--b--\r\n"
    );
    draft.body("multipart/mixed; boundary=b", body)
}

fn a_picture_crosses_without_its_metadata(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = with_file(pairing.from_seeker(), "image/png", "olena at home.png", PICTURE);
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    let source = got.source();
    assert!(source.contains("Content-Type: image/png"), "{source}");
    assert!(source.contains("filename=\"bild-1.png\"") || source.contains("filename=\"picture-1.png\""), "{source}");
    // `Olena` and `laptop` in base 64, at each of its three offsets.
    for word in ["olena", "T2xlbm", "9sZW5h", "bGFwdG9w", "xhcHRvc", "sYXB0b3"] {
        assert!(!source.contains(word), "{word} in:\n{source}");
    }
    assert!(house.item_kinds().is_empty(), "nothing was taken out");
}

fn a_file_that_cannot_be_built_anew_stays_behind_and_a_coordinator_sees_it(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = with_file(pairing.from_seeker(), "application/zip", "all.zip", "UEsDBAoAAAAAAAAAIQA=");
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    assert!(got.text().contains('[') && !got.source().contains("UEsDB"), "{}", got.source());
    assert_eq!(house.item_kinds(), ["file"]);
}

fn encrypted(draft: Draft) -> Draft {
    let body = "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n\
                Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n\
                -----BEGIN PGP MESSAGE-----\r\n\r\nhF4DAAAAAAAAAAASAQdA\r\n=abcd\r\n-----END PGP MESSAGE-----\r\n--b--\r\n";
    draft.body("multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b", body)
}

fn an_encrypted_letter_is_answered_kindly(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.accept(&encrypted(pairing.from_seeker()));
    let notice = house.sink.await_letters(SEEKER, 1).remove(0);
    assert!(notice.on_one_line().contains("was not passed on"), "{}", notice.source());
    assert!(notice.text().contains("Frida") && !notice.source().contains(VOLUNTEER), "{}", notice.source());
    wait::stays_true("nothing reaches the other side", A_WHILE, || house.sink.count() == 1);
}

/// A front MTA that says what it found instead of refusing; here it found nothing.
fn asks_front_mta(settings: &mut Settings) {
    settings.trusted_authenticates = false;
    settings.authserv_id = Some("front.example.org".into());
}

fn an_encrypted_letter_in_somebody_elses_name_is_answered_to_nobody(engine: Engine) {
    let house = House::open_with(engine, asks_front_mta);
    let pairing = house.pair();
    let reply = house.post(&encrypted(pairing.from_seeker()));
    assert_eq!(reply.code, 554, "{}", reply.text);
    wait::stays_true("nobody is written to", A_WHILE, || house.sink.count() == 0);
}
