//! Items nobody has answered: each goes on to the next contact, until somebody does.

use super::BATCH;
use crate::house::House;
use crate::post::{CannotWrite, Reader};
use crate::programmes::{Rules, Rung};
use brevbro_core::address::EmailAddr;
use brevbro_core::escalation::ItemKind;
use brevbro_core::notice::{ItemLapsed, ItemRaised, Notice};
use brevbro_core::time::Moment;
use brevbro_store::{DueItem, NewNotice, NoticeTo, StoreError};
use std::path::Path;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// The last contact is told so many times more; then the item stays on the queue, where it is seen.
const REPEATS: usize = 5;
/// How long a program may take to reach somebody.
const PROGRAM_TIME: Duration = Duration::from_secs(10);

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    let now = house.clock.now();
    loop {
        let due = house.store.items_lapsed(now, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for item in due {
            go_on(house, item, now).await?;
        }
    }
}

async fn go_on(house: &House, item: DueItem, now: Moment) -> Result<(), StoreError> {
    let rules = house.programmes.of(item.programme.as_deref().unwrap_or_default());
    let ladder = ladder(house, rules);
    let severity = item.severity;
    let lapses = |from| severity.lapses_at(from, &rules.calendar);
    // A fresh item: its first contact hears of it, and the calendar says how long that may last.
    if item.rung == 0 && item.lapses_at == item.raised_at {
        let first = ladder.first().filter(|rung| !has_heard(house, &item, rung)).cloned();
        let until = lapses(item.raised_at).filter(|at| *at > now);
        // Whoever hears only now has the whole time; one who heard long ago, before a standstill, has had it.
        if first.is_some() || until.is_some() {
            return tell(house, item, first.as_ref(), (0, until.or_else(|| lapses(now))), now).await;
        }
    }
    let place = usize::try_from(item.rung).unwrap_or(usize::MAX).saturating_add(1);
    let last = ladder.len().saturating_sub(1);
    let next = (place < last + REPEATS).then(|| lapses(now)).flatten();
    let rung = item.rung + 1;
    tell(house, item, ladder.get(place.min(last)), (rung, next), now).await
}

/// Tells one contact of an item and sets its time; a program is run once the row says so.
async fn tell(
    house: &House,
    item: DueItem,
    contact: Option<&Rung>,
    (rung, next): (u32, Option<Moment>),
    now: Moment,
) -> Result<(), StoreError> {
    let notices = match contact {
        Some(Rung::Mailbox(mailbox)) => vec![written(house, &item, rung, mailbox).map_err(|CannotWrite| UNWRITTEN)?],
        _ => Vec::new(),
    };
    if house.store.item_goes_on(item.clone(), (rung, next), notices, now).await?
        && let Some(Rung::Program(program)) = contact
    {
        page(house, program, &item).await;
    }
    Ok(())
}

/// Whether the first contact needs no word: the organisation's mailbox heard when the item was raised, and the author
/// of a letter that waits for confirmation has been asked.
fn has_heard(house: &House, item: &DueItem, first: &Rung) -> bool {
    let is_contact = matches!(first, Rung::Mailbox(mailbox) if house.contact.as_ref() == Some(mailbox));
    is_contact || item.kind == ItemKind::Unverified
}

/// The programme's ladder; the organisation's contact where it has none.
fn ladder(house: &House, rules: &Rules) -> Vec<Rung> {
    let own = rules.ladder();
    if own.is_empty() { house.contact.iter().cloned().map(Rung::Mailbox).collect() } else { own }
}

/// The notice of a rung: the first one hears that there is an item, the others that nobody has answered it.
fn written(house: &House, item: &DueItem, rung: u32, mailbox: &EmailAddr) -> Result<NewNotice, CannotWrite> {
    let (number, link) = (item.id.to_string(), house.item_link(item.id));
    let (kind, severity) = (item.kind, item.severity);
    let notice = match rung {
        0 => Notice::ItemRaised(ItemRaised { item: number, kind, severity, link }),
        _ => Notice::ItemLapsed(ItemLapsed { item: number, kind, severity, rung: rung + 1, link }),
    };
    let to = NoticeTo::Staff(house.index.mailbox(mailbox));
    house.notice(&notice, &Reader { to, mailbox, language: house.language, pairing: None }, None)
}

/// Runs a program of the organisation's. It learns number, urgency and link, never content; a program that fails or
/// hangs stops nobody, because the item goes on by itself.
async fn page(house: &House, program: &Path, item: &DueItem) {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("BREVBRO_ITEM", item.id.to_string())
        .env("BREVBRO_KIND", item.kind.word())
        .env("BREVBRO_SEVERITY", item.severity.word())
        .env("BREVBRO_LINK", house.item_link(item.id).unwrap_or_default())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .kill_on_drop(true);
    let ended = timeout(PROGRAM_TIME, command.status()).await;
    if !matches!(ended, Ok(Ok(status)) if status.success()) {
        tracing::warn!(item = %item.id, "the ladder's program could not reach anybody");
    }
}

/// A notice that cannot be written is tried again in the next round.
const UNWRITTEN: StoreError = StoreError::Unavailable("a notice could not be written");
