//! Items nobody has answered: each goes on to the next contact, until somebody does.

use super::BATCH;
use crate::house::House;
use crate::post::{CannotWrite, Reader};
use crate::programmes::{Rules, Rung};
use brevbro_core::address::EmailAddr;
use brevbro_core::notice::{ItemLapsed, Notice};
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
    let lapses = |from| item.severity.lapses_at(from, &rules.calendar);
    // A fresh item: its first contact heard of it when it was raised. Now the calendar says how long that may last.
    if item.rung == 0 && item.lapses_at == item.raised_at {
        let first = lapses(item.raised_at).map(|at| at.max(now));
        let told = if first == Some(now) { None } else { first };
        if told.is_some() || first.is_none() {
            let is_ours = house.store.item_goes_on(item.clone(), (0, told), Vec::new(), now).await?;
            // A mailbox at the foot of the ladder has its notice; a program has to be run.
            if let Some(Rung::Program(program)) = ladder.first().filter(|_| is_ours) {
                page(house, program, &item).await;
            }
            return Ok(());
        }
    }
    let place = usize::try_from(item.rung).unwrap_or(usize::MAX) + 1;
    let next = (place + 1 < ladder.len() + REPEATS).then(|| lapses(now)).flatten();
    let rung = ladder.get(place.min(ladder.len().saturating_sub(1)));
    let notices = match rung {
        Some(Rung::Mailbox(mailbox)) => vec![told(house, &item, mailbox).map_err(|CannotWrite| UNWRITTEN)?],
        _ => Vec::new(),
    };
    let number = item.rung + 1;
    if house.store.item_goes_on(item.clone(), (number, next), notices, now).await?
        && let Some(Rung::Program(program)) = rung
    {
        page(house, program, &item).await;
    }
    Ok(())
}

/// The programme's ladder; the organisation's contact where it has none.
fn ladder(house: &House, rules: &Rules) -> Vec<Rung> {
    let own = rules.ladder();
    if own.is_empty() { house.contact.iter().cloned().map(Rung::Mailbox).collect() } else { own }
}

fn told(house: &House, item: &DueItem, mailbox: &EmailAddr) -> Result<NewNotice, CannotWrite> {
    let notice = Notice::ItemLapsed(ItemLapsed {
        item: item.id.to_string(),
        kind: item.kind,
        severity: item.severity,
        rung: item.rung + 2,
        link: house.item_link(item.id),
    });
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
