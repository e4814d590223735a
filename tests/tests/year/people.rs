//! Forty seekers and their volunteers: who they are to the house, and what their letters look like.

use crate::rules::Rules;
use brevbro::enrol::{Application, Enroller};
use brevbro::house::House;
use brevbro_core::address::EmailAddr;
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::ledger::Minutes;
use brevbro_core::party::Language;
use brevbro_core::seal::Sealed;
use brevbro_core::time::Moment;
use brevbro_store::{Actor, NewPairing, PairingFilter, SeekerOf};
use brevbro_tests::chance::Chance;
use std::rc::Rc;

/// The planned end of a pairing and its hard one, if it has any.
pub(crate) type Ends = Option<(Moment, Option<Moment>)>;

/// One pairing's two people.
pub(crate) struct Person {
    pub(crate) pairing: PairingId,
    pub(crate) seeker: PersonId,
    pub(crate) volunteer: PersonId,
    pub(crate) seekers_mailbox: EmailAddr,
    pub(crate) volunteers_mailbox: EmailAddr,
    /// Where each writes to.
    pub(crate) to_volunteer: EmailAddr,
    pub(crate) to_seeker: EmailAddr,
}

/// A pairing's own weekly limit, in tenths; 0 for none.
pub(crate) fn own_cap(at: usize) -> Option<i64> {
    match at % 10 {
        3 => Some(900),
        7 => Some(0),
        8 => Some(250),
        _ => None,
    }
}

fn form(known_as: String, mailbox: &EmailAddr) -> Application {
    let addresses = vec![mailbox.on_wire()];
    Application { known_as, addresses, language: Language::English, ..Application::default() }
}

/// Enrols everybody.
pub(crate) async fn enrol(house: &House, pairings: &[(Rc<Rules>, Ends)], now: Moment) -> Vec<Person> {
    let enroller = Enroller { index: &house.index, routing: house.people.key(), domain: &house.domain };
    let mut people = Vec::new();
    let mut chance = Chance::seeded(7);
    for (at, (rules, ends)) in pairings.iter().enumerate() {
        let mailbox = |side: &str| EmailAddr::parse(&format!("{side}{at}@example.net")).unwrap();
        let (seekers_mailbox, volunteers_mailbox) = (mailbox("s"), mailbox("v"));
        let volunteer = enroller.person("volunteer", &form(format!("Vol{at}"), &volunteers_mailbox)).unwrap();
        let seeker = enroller.person("seeker", &form(format!("Seek{at}"), &seekers_mailbox)).unwrap();
        let to_volunteer = enroller.given_alias("volunteer", &format!("vol{at}")).unwrap();
        let to_seeker = enroller.given_alias("seeker", &format!("seek{at}")).unwrap();
        let pairing = PairingId::from_random(chance.next_number());
        let ids = (seeker.id, volunteer.id);
        house.store.volunteer_add(volunteer, to_volunteer.new, now, Actor::Admin).await.unwrap();
        let opening = NewPairing {
            id: pairing,
            programme: rules.name.into(),
            volunteer: ids.1,
            seeker: SeekerOf::New(seeker),
            seeker_alias: to_seeker.new,
            begins: true,
            planned_end: ends.map(|(planned, _)| planned),
            hard_end: ends.and_then(|(_, hard)| hard),
        };
        house.store.pairing_open(opening, now, Actor::Admin).await.unwrap();
        if let Some(tenths) = own_cap(at) {
            let reason = Sealed::from_sealed_octets(b"agreed".to_vec());
            let cap = Some(Minutes::tenths(tenths));
            house.store.pairing_cap(pairing, cap, reason, (now, Actor::Coordinator)).await.unwrap();
        }
        people.push(Person {
            pairing,
            seeker: ids.0,
            volunteer: ids.1,
            seekers_mailbox,
            volunteers_mailbox,
            to_volunteer: to_volunteer.address,
            to_seeker: to_seeker.address,
        });
    }
    assert_eq!(house.store.pairings(PairingFilter::default(), 1_000).await.unwrap().len(), pairings.len());
    people
}

/// A word by which a letter is known again on the other side: letters only, so that nobody takes it for a number.
pub(crate) fn mark(letter: usize) -> String {
    let (mut rest, mut mark) = (letter, String::from("qx"));
    for _ in 0..5 {
        mark.push(char::from(b'a' + u8::try_from(rest % 26).unwrap()));
        rest /= 26;
    }
    mark + "xq"
}

/// The letter whose mark stands in a text.
pub(crate) fn marked(text: &str) -> Option<usize> {
    // Not in the header: a token of chance could look like a mark.
    let (_, body) = text.split_once("\r\n\r\n")?;
    let digits = body.match_indices("qx").find_map(|(at, _)| body.get(at + 2..at + 9)?.strip_suffix("xq"))?;
    digits.bytes().rev().try_fold(0, |all, byte| Some(all * 26 + usize::from(byte.checked_sub(b'a')?)))
}

/// A letter of exactly so many characters, the end of its last line among them.
pub(crate) fn write(from: &EmailAddr, to: &EmailAddr, letter: usize, characters: i64) -> Vec<u8> {
    const WORDS: [&str; 8] = ["today", "we", "baked", "bread", "and", "talked", "about", "summer"];
    let characters = usize::try_from(characters).unwrap() - 1;
    let (mut text, mut line) = (mark(letter), 9);
    let mut length = line;
    for word in WORDS.iter().cycle() {
        let left = characters - length;
        if left < 2 {
            break;
        }
        let word = if left < word.len() + 3 { "a".repeat(left - 1) } else { (*word).to_owned() };
        let ends = line + word.len() > 68;
        text.push_str(if ends { "\r\n" } else { " " });
        text.push_str(&word);
        line = if ends { word.len() } else { line + 1 + word.len() };
        length += 1 + word.len();
    }
    envelope(from, to, &format!("letter{letter}"), &text, "")
}

/// A whole letter.
pub(crate) fn envelope(from: &EmailAddr, to: &EmailAddr, id: &str, text: &str, fields: &str) -> Vec<u8> {
    let (from, to) = (from.on_wire(), to.on_wire());
    let header = format!("From: {from}\r\nTo: {to}\r\nSubject: Hello\r\nMessage-ID: <{id}@mail.example.net>\r\n");
    format!("{header}{fields}\r\n{text}\r\n").into_bytes()
}
