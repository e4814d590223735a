//! Items: matters a human must answer.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::flags;
use crate::store::Store;
use crate::stored::{fresh, moment, word};
use brevbro_core::escalation::{ItemEvent, ItemKind, ItemState, Severity};
use brevbro_core::id::{ItemId, LetterId, PairingId};
use brevbro_core::time::Moment;

/// An item to be raised with the act that causes it.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Its key.
    pub id: ItemId,
    /// What raises it.
    pub kind: ItemKind,
    /// How soon a human must look.
    pub severity: Severity,
    /// The pairing it is about.
    pub pairing: Option<PairingId>,
    /// The letter it is about.
    pub letter: Option<LetterId>,
    /// By when a human must have answered.
    pub due_at: Moment,
}

/// An item as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// Its key.
    pub id: ItemId,
    /// What raised it.
    pub kind: ItemKind,
    /// How soon a human must look.
    pub severity: Severity,
    /// Where it stands.
    pub state: ItemState,
    /// The pairing it is about.
    pub pairing: Option<PairingId>,
    /// The letter it is about.
    pub letter: Option<LetterId>,
    /// When it was raised.
    pub raised_at: Moment,
    /// By when a human must have answered.
    pub due_at: Moment,
    /// When it was answered.
    pub resolved_at: Option<Moment>,
}

impl Store {
    /// Items by their time, the most pressing first; all of them, or only those that wait for an answer.
    pub async fn items(&self, open_only: bool) -> Result<Vec<ItemRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = rows!(&mut reader.conn(), LIST, open_only)?;
        rows.into_iter().map(read).collect()
    }

    /// What happened to an item, oldest first: when, what, and in which role.
    pub async fn item_history(&self, item: ItemId) -> Result<Vec<(Moment, String, String)>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64, String, String)> = rows!(&mut reader.conn(), HISTORY, item.stored())?;
        Ok(rows.into_iter().map(|(at, what, by)| (Moment::from_millis(at), what, by)).collect())
    }

    /// Moves an item; gives the new state.
    pub async fn item_move(
        &self,
        item: ItemId,
        event: ItemEvent,
        now: Moment,
        by: Actor,
    ) -> Result<ItemState, StoreError> {
        self.act(Move { item, event, now, by }).await
    }
}

struct Move {
    item: ItemId,
    event: ItemEvent,
    now: Moment,
    by: Actor,
}

impl Act for Move {
    type Output = ItemState;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<ItemState, StoreError> {
        let rows: Vec<(String,)> = rows!(conn, STATE, self.item.stored())?;
        let (old,) = rows.into_iter().next().ok_or(StoreError::Unknown("item"))?;
        let old: ItemState = word(&old, "item.state")?;
        let new = old.after(self.event).ok_or(StoreError::ItemMove)?;
        let resolved_at = (new == ItemState::Resolved).then_some(self.now.as_millis());
        match run!(conn, MOVE, self.item.stored(), old.word(), new.word(), resolved_at)? {
            1 => {
                let act = match self.event {
                    ItemEvent::See => "item see",
                    ItemEvent::Lapse => "item lapse",
                    ItemEvent::Resolve => "item resolve",
                };
                record(conn, self.item, act, self.by, self.now).await?;
                if new == ItemState::Resolved {
                    flags::answered(conn, self.item, self.now).await?;
                }
                Trace { at: self.now, act, subject: ("item", self.item.stored()), by: self.by }.write(conn).await?;
                Ok(new)
            }
            _ => Err(StoreError::Conflict),
        }
    }
}

impl NewItem {
    pub(crate) async fn insert(&self, conn: &mut Conn<'_>, now: Moment) -> Result<(), StoreError> {
        run!(
            conn,
            INSERT,
            self.id.stored(),
            self.kind.word(),
            self.severity.word(),
            self.pairing.map(PairingId::stored),
            self.letter.map(LetterId::stored),
            now.as_millis(),
            self.due_at.as_millis(),
            // Whoever looks next sets the time by the calendar; what waits for the weekly review never lapses.
            (self.severity != Severity::Routine).then_some(now.as_millis()),
        )
        .map(drop)
    }
}

/// Writes a line of an item's history.
pub(crate) async fn record(
    conn: &mut Conn<'_>,
    item: ItemId,
    what: &'static str,
    by: Actor,
    now: Moment,
) -> Result<(), StoreError> {
    let id = i64::try_from(fresh() >> 1).unwrap_or(0);
    run!(conn, RECORD, id, item.stored(), now.as_millis(), what, by.word()).map(drop)
}

/// The letter's matter is decided: its open items need no further answer. What it says of danger still does, and so does
/// that nobody could look.
pub(crate) async fn resolve_of_letter(conn: &mut Conn<'_>, letter: LetterId, now: Moment) -> Result<(), StoreError> {
    run!(conn, RESOLVE_OF_LETTER, letter.stored(), now.as_millis()).map(drop)
}

type Stored = (i64, String, String, String, Option<i64>, Option<i64>, i64, i64, Option<i64>);

fn read(row: Stored) -> Result<ItemRow, StoreError> {
    let (id, kind, severity, state, pairing, letter, raised_at, due_at, resolved_at) = row;
    Ok(ItemRow {
        id: ItemId::from_stored(id),
        kind: word(&kind, "item.kind")?,
        severity: word(&severity, "item.severity")?,
        state: word(&state, "item.state")?,
        pairing: pairing.map(PairingId::from_stored),
        letter: letter.map(LetterId::from_stored),
        raised_at: Moment::from_millis(raised_at),
        due_at: Moment::from_millis(due_at),
        resolved_at: moment(resolved_at),
    })
}

statements! {
    INSERT = "insert into item (id, kind, severity, state, pairing_id, letter_id, raised_at, due_at, lapses_at)
        values ($1, $2, $3, 'raised', $4, $5, $6, $7, $8)";
    RECORD = "insert into item_event (id, item_id, at, what, actor) values ($1, $2, $3, $4, $5)";
    STATE = "select state from item where id = $1";
    MOVE = "update item set state = $3, resolved_at = $4, lapses_at = null where id = $1 and state = $2";
    RESOLVE_OF_LETTER = "update item set state = 'resolved', resolved_at = $2, lapses_at = null
        where letter_id = $1 and state in ('raised', 'seen') and kind not in ('flag', 'not_scanned')";
    HISTORY = "select at, what, actor from item_event where item_id = $1 order by at, id";
    LIST = "select id, kind, severity, state, pairing_id, letter_id, raised_at, due_at, resolved_at
        from item where state in ('raised', 'seen') or not $1 order by due_at, id";
}
