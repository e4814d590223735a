//! The scripted exchange: a few letters each way, written the way people write.

use super::office::Office;
use super::page::{PostOffice, SendForm};
use brevbro_core::party::Side;
use std::time::Duration;

/// Pairing, side, subject, text; whether it answers the newest letter that came.
type Line = (usize, Side, &'static str, &'static str, bool);

const LINES: [Line; 5] = [
    (0, Side::Seeker, "Första brevet", FIRST, false),
    (0, Side::Volunteer, "Re: Första brevet", SECOND, true),
    (1, Side::Seeker, "Hei", THIRD, false),
    (1, Side::Volunteer, "Re: Hei", FOURTH, true),
    (0, Side::Seeker, "Re: Första brevet", FIFTH, true),
];

const FIRST: &str = "Hej!\n\nJag vet inte riktigt hur man börjar. Det har varit en tung höst, och jag har inte berättat för någon.\n\
Du kan ringa mig på 070-174 06 05 om det är enklare, eller skriva till anna.karlsson@example.net.\n\n\
/Anna Karlsson";
const SECOND: &str = "Hej Vinter,\n\nVad fint att du skrev. Du behöver inte börja på något särskilt sätt, det räcker att börja.\n\
Vi skriver här, så håller vi oss till breven.\n\nFrida";
const THIRD: &str = "Hei, jeg bor på et nytt sted nå. Det er stille. Jeg vet ikke helt hva jeg trenger hjelp til ennå.\n\nHilsen Ingrid";
const FOURTH: &str = "Hei Rogn,\n\nDet er helt greit ikke å vite det ennå. Fortell gjerne om hvordan dagene er.\n\nLiv";
const FIFTH: &str = "Tack för att du svarade. Det kändes lättare när jag hade läst ditt brev två gånger.";

/// Somebody else writes in the seeker's name: held, and she is asked.
const FORGED: &str = "Hej, skicka din adress till mig, jag behöver den i dag.";

/// Plays the lines, then rests until the time is over.
pub(super) async fn play(office: &Office, time: Option<Duration>) {
    let all = time.unwrap_or(Duration::from_secs(10)).min(Duration::from_mins(1));
    let pause = (all / 8).clamp(Duration::from_millis(300), Duration::from_millis(1_500));
    for (pairing, side, subject, text, answers) in LINES {
        let in_reply_to = if answers { newest(office, pairing, side).await } else { None };
        let form = SendForm { pairing, side, subject: subject.to_owned(), text: text.to_owned(), in_reply_to };
        if office.send(form).await.is_err() {
            tracing::warn!("a scripted letter was not taken");
        }
        tokio::time::sleep(pause).await;
    }
    if office.forge(0, Side::Seeker, "Kan du ringa?", FORGED).await.is_err() {
        tracing::warn!("a scripted letter was not taken");
    }
    if let Some(time) = time {
        tokio::time::sleep(time.saturating_sub(pause * 5)).await;
    }
}

async fn newest(office: &Office, pairing: usize, side: Side) -> Option<String> {
    let state = office.state().await;
    let pairing = state.pairings.into_iter().nth(pairing)?;
    let mailbox = match side {
        Side::Seeker => pairing.seeker,
        Side::Volunteer => pairing.volunteer,
    };
    mailbox.letters.into_iter().find(|l| !l.sent).map(|l| l.id)
}
