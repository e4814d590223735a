//! Legal notices in every language, and words that only look like them.

use super::*;

#[test]
fn the_stems_are_sorted_and_apart() {
    assert!(STEMS.windows(2).all(|pair| pair[0].0 < pair[1].0 && !pair[1].0.starts_with(pair[0].0)));
}

#[test]
fn notices_are_known() {
    for text in [
        "Detta meddelande är konfidentiellt och endast avsett för den angivna mottagaren. Om du har fått meddelandet \
         av misstag, vänligen underrätta avsändaren och radera meddelandet samt eventuella bilagor.",
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you have received \
         this message in error, please notify the sender and delete it.",
        "Denne e-mail kan indeholde fortrolige oplysninger. Hvis du ikke er den tiltænkte modtager, bedes du slette \
         e-mailen og underrette afsenderen.",
        "Denne e-posten kan inneholde konfidensiell informasjon. Dersom du ikke er rette mottaker, vennligst varsle \
         avsender og slett meldingen med vedlegg.",
        "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle. Jos olet saanut viestin virheellisesti, \
         ilmoita siitä lähettäjälle ja poista viesti.",
        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Empfänger sind, informieren Sie \
         bitte den Absender und vernichten Sie diese Nachricht.",
        "Ce message est confidentiel et destiné au seul destinataire. En cas d'erreur, merci de le supprimer et \
         d'avertir l'expéditeur.",
        "Tänk på miljön innan du skriver ut detta mejl",
        "Please consider the environment before printing this email.",
    ] {
        assert!(is_small_print(text, Place::AfterWords), "{text}\n{:?}", weigh(&text.to_lowercase()));
    }
    assert!(is_small_print("Läs om hur vi behandlar personuppgifter: www.example.org/gdpr", Place::AfterEnd));
    assert!(is_heading("CONFIDENTIALITY NOTICE:"));
}

#[test]
fn words_are_not() {
    for text in [
        "Allt du skriver är konfidentiellt och omfattas av sekretess. Ingen obehörig kan läsa ditt meddelande.",
        "Jag fick ett meddelande om sekretess från mottagaren och avsändaren, felaktigt. Radera bilagorna.",
        "Tänk på miljön när du reser i sommar.",
        "I received a confidential message in error and did not delete it, so I notified the sender. My recipient knows.",
        "Ring mig i morgon.",
        "",
    ] {
        assert!(!is_small_print(text, Place::AfterWords), "{text}");
    }
}
