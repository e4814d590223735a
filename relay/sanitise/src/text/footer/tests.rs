//! Footers of phones and programs, and words that only look like them.

use super::*;

#[test]
fn footers_are_known() {
    for line in [
        "Skickat från min iPhone",
        "Skickat från min iPhone.",
        "Hämta Outlook för Android (https://aka.ms/AAb9ysg)",
        "Hämta [Outlook för iOS](https://aka.ms/o0ukef)",
        "Hämta Outlook för iOS<https://aka.ms/o0ukef>",
        "Sent from my iPad",
        "Sent from Outlook for Android<https://aka.ms/AAb9ysg>",
        "Sendt fra min iPhone",
        "Sendt fra Outlook til Android",
        "Sendt fra min Samsung Galaxy-smarttelefon.",
        "Hent Outlook til iOS",
        "Skaff deg Outlook for iOS",
        "Lähetetty iPhonesta",
        "Hanki Outlook for Android",
        "Virusfri. www.avg.com",
        "Virusfri.www.avast.com",
        "Von meinem iPhone gesendet",
        "*Skickat från min Galaxy*",
        "Skickat från Outlook för Android",
        "Sent from Mail for Windows",
        "Sent with Proton Mail secure email.",
        "Sent with [Proton Mail](https://proton.me/) secure email.",
        "Skickat från Yahoo Mail för iPhone",
        "Envoyé de mon iPhone",
        "Gesendet mit der GMX Mail App",
        "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.",
        "Sent with Tutanota, enjoy secure & ad-free emails.",
        "Skickat från min Android-telefon med K-9 E-post. Ursäkta min fåordighet.",
        "Sent from my iPhone, please excuse typos",
        "Skickat från min Nothing Phone (2a)",
        "iPhone'umdan gönderildi",
        "Inviato da iPhone",
        "Отправлено с iPhone",
        "This email has been checked for viruses by Avast antivirus software.",
    ] {
        assert!(is_footer(line), "{line}");
    }
}

#[test]
fn words_are_not() {
    for line in [
        "Skickat med kärlek",
        "Sent via my sister, who",
        "Lähetetty rakkaudella",
        "Jag skickade från min mobil",
        "hej",
        "Hämta mig",
        "Skickat från min säng",
        "Skickat från min mobil, jag sitter hos läkaren.",
        "Sent from my phone. I am scared.",
        "Skickat från min mobil. Batteriet är snart slut.",
        "Diese E-Mail wurde von meinem Mann gelesen.",
        "Det här mejlet har kontrollerats av mannen",
        "Hämta Outlook åt mig är du snäll",
        "Virusfri sedan i tisdags är hela familjen.",
    ] {
        assert!(!is_footer(line), "{line}");
    }
}

#[test]
fn pages_of_programs_are_known() {
    assert!(is_own_page("<https://www.avast.com/sig-email?utm=x>") && !is_own_page("https://example.org/avast.html"));
    assert!(!is_own_page("www.example.org"));
}
