//! Monday's review: the first contact of each ladder hears how many items wait, once, whichever node says it.

use super::recurring::{Duty, due};
use crate::house::House;
use crate::post::{CannotWrite, Reader};
use brevbro_core::address::EmailAddr;
use brevbro_core::escalation::ItemKind;
use brevbro_core::notice::{Count, Digest, Notice};
use brevbro_store::{NewNotice, NoticeTo, StoreError, Waiting};
use std::collections::BTreeMap;

/// Monday morning, in the organisation's zone.
const REVIEW: Duty = Duty { name: "digest", when: "0 0 8 * * MON" };

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    let Some(due) = due(house, &REVIEW).await? else { return Ok(()) };
    let notices = write(house, &house.store.routine_items().await?).map_err(|CannotWrite| UNWRITTEN)?;
    house.store.digest_told(due.timer, due.next, notices, house.clock.now()).await.map(drop)
}

/// One letter: whom it is for, and how many items of each kind it names.
struct Letter {
    to: NoticeTo,
    mailbox: EmailAddr,
    counts: BTreeMap<&'static str, (ItemKind, usize)>,
}

fn write(house: &House, waiting: &[Waiting]) -> Result<Vec<NewNotice>, CannotWrite> {
    let mut letters: BTreeMap<String, Letter> = BTreeMap::new();
    for Waiting { kind, programme, number } in waiting {
        let Some((to, mailbox)) = house.first_contact(programme.as_deref()) else { continue };
        let letter =
            letters.entry(mailbox.canonical()).or_insert_with(|| Letter { to, mailbox, counts: BTreeMap::new() });
        letter.counts.entry(kind.word()).or_insert((*kind, 0)).1 += number;
    }
    let link = house.public_url.as_ref().map(|url| format!("{url}/items"));
    let written = letters.into_values().map(|Letter { to, mailbox, counts }| {
        let counts = counts.into_values().map(|(kind, number)| Count { kind, number }).collect();
        let notice = Notice::Digest(Digest { counts, link: link.clone() });
        house.notice(&notice, &Reader { to, mailbox: &mailbox, language: house.language, pairing: None }, None)
    });
    written.collect()
}

/// A notice that cannot be written is tried again in the next round.
const UNWRITTEN: StoreError = StoreError::Unavailable("a notice could not be written");
