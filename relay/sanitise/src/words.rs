//! The visible marks that stand where something was taken out, in the letter's language.

use crate::file::{Family, FileKind};
use crate::report::Seen;
use brevbro_core::party::Language;

/// What stands in a text for something that was replaced.
pub(crate) fn replaced(language: Language, seen: Seen) -> &'static str {
    use Language::{Bokmal, Danish, English, Swedish};
    match (seen, language) {
        (Seen::Name, Swedish) => "[namn]",
        (Seen::Name, Bokmal | Danish) => "[navn]",
        (Seen::Name, English) => "[name]",
        (Seen::Address, Swedish) => "[e-postadress]",
        (Seen::Address, Bokmal) => "[e-postadresse]",
        (Seen::Address, Danish) => "[e-mailadresse]",
        (Seen::Address, English) => "[e-mail address]",
        (Seen::Phone, Swedish | Bokmal | Danish) => "[telefonnummer]",
        (Seen::Phone, English) => "[phone number]",
        (Seen::NationalId, Swedish) => "[personnummer]",
        (Seen::NationalId, Bokmal) => "[fødselsnummer]",
        (Seen::NationalId, Danish) => "[CPR-nummer]",
        (Seen::NationalId, English) => "[identity number]",
        (Seen::Street, Swedish) => "[adress]",
        (Seen::Street, Bokmal | Danish) => "[adresse]",
        (Seen::Street, English) => "[address]",
        (Seen::Handle, Swedish | Bokmal | Danish) => "[profil]",
        (Seen::Handle, English) => "[profile]",
        (Seen::Account, Swedish | Bokmal | Danish) => "[kontonummer]",
        (Seen::Account, English) => "[account number]",
        (Seen::Plate, Swedish | Bokmal) => "[registreringsnummer]",
        (Seen::Plate, Danish) => "[nummerplade]",
        (Seen::Plate, English) => "[registration number]",
        (_, Swedish) => "[uppgift]",
        (_, Bokmal) => "[opplysning]",
        (_, Danish) => "[oplysning]",
        (_, English) => "[detail]",
    }
}

/// The line that stands for an attachment that was taken out.
pub(crate) fn removed(language: Language, seen: Seen) -> String {
    let what = kind_of_file(language, seen);
    match language {
        Language::Swedish => format!("[Bilaga borttagen: {what}]"),
        Language::Bokmal => format!("[Vedlegg fjernet: {what}]"),
        Language::Danish => format!("[Vedhæftning fjernet: {what}]"),
        Language::English => format!("[Attachment removed: {what}]"),
    }
}

/// The mark where a block that is no writer's words was cut out of a text.
pub(crate) fn cut(language: Language, seen: Seen) -> String {
    format!("[{}]", kind_of_file(language, seen))
}

/// The columns are the languages in the order of `Language::ALL`.
fn kind_of_file(language: Language, seen: Seen) -> &'static str {
    let row = match seen {
        Seen::Picture => ["bild", "bilde", "billede", "picture"],
        Seen::Sound => ["ljud", "lyd", "lyd", "sound"],
        Seen::Film => ["film", "film", "film", "film"],
        Seen::Document => ["dokument", "dokument", "dokument", "document"],
        Seen::Archive => ["arkiv", "arkiv", "arkiv", "archive"],
        Seen::Calendar => ["kalenderinbjudan", "kalenderinvitasjon", "kalenderinvitation", "calendar invitation"],
        Seen::Card => ["kontaktkort", "kontaktkort", "kontaktkort", "contact card"],
        Seen::Crypto => ["nyckel", "nøkkel", "nøgle", "key"],
        _ => ["fil", "fil", "fil", "file"],
    };
    match language {
        Language::Swedish => row[0],
        Language::Bokmal => row[1],
        Language::Danish => row[2],
        Language::English => row[3],
    }
}

/// The line above a nested or forwarded letter.
pub(crate) fn forwarded(language: Language) -> &'static str {
    match language {
        Language::Swedish => "[Vidarebefordrat meddelande]",
        Language::Bokmal => "[Videresendt melding]",
        Language::Danish => "[Videresendt besked]",
        Language::English => "[Forwarded message]",
    }
}

/// The name a file goes under: what it is, and which one of them.
pub(crate) fn file_name(language: Language, kind: FileKind, number: usize) -> String {
    let word = match (kind.family(), language) {
        (Family::Picture, Language::Swedish) => "bild",
        (Family::Picture, Language::Bokmal) => "bilde",
        (Family::Picture, Language::Danish) => "billede",
        (Family::Picture, Language::English) => "picture",
        (Family::Document, Language::English) => "document",
        (Family::Document, _) => "dokument",
        (Family::Text, Language::Bokmal | Language::Danish) => "tekst",
        (Family::Text, _) => "text",
    };
    format!("{word}-{number}.{}", kind.ending())
}
