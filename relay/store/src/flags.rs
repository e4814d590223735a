//! What the rules for danger saw in a letter: kept without a word of it, for a human and for the letters that follow.

use crate::act::Conn;
use crate::error::StoreError;
use crate::retained::{self, NewRetained};
use crate::store::Store;
use crate::stored::{count, fresh, word};
use brevbro_core::escalation::Severity;
use brevbro_core::id::{ItemId, LetterId, PairingId};
use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use std::ops::Range;

/// One category seen in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFlag {
    /// The category's word.
    pub category: &'static str,
    /// How soon a human must look.
    pub severity: Severity,
    /// The rule that spoke.
    pub rule: String,
    /// Where, in octets of the text that was looked at.
    pub place: Range<usize>,
}

/// All that looking at a letter causes in the store.
#[derive(Debug, Clone, Default)]
pub struct Scanned {
    /// The item of its flags, which is committed with the letter.
    pub item: Option<ItemId>,
    /// The flags; none without an item.
    pub flags: Vec<NewFlag>,
    /// What a volunteer's letter asks about, in place of what the one before asked; `None` leaves that as it is.
    pub asked: Option<Vec<(&'static str, Severity)>>,
    /// Keyed digests of the sentences of a flagged letter.
    pub sentences: Vec<[u8; DIGEST]>,
    /// The letter as it is kept for the coordinators.
    pub kept: Option<NewRetained>,
}

/// Octets of a sentence's digest.
const DIGEST: usize = 16;

/// A flag as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRow {
    /// Who wrote.
    pub side: Side,
    /// The category's word.
    pub category: String,
    /// How soon a human must look.
    pub severity: Severity,
    /// The rule that spoke.
    pub rule: String,
    /// Where, in octets of the text that was looked at.
    pub place: Range<usize>,
}

/// What came before a letter, by which it is weighed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadFacts {
    /// What the volunteer's last letter asked about, and how urgent a yes is.
    pub asked: Vec<(String, Severity)>,
    /// How many routine flags the seeker's letters had lately, by category.
    pub routine: Vec<(String, u32)>,
    /// Digests of sentences whose matter is open.
    pub seen: Vec<[u8; DIGEST]>,
    /// Whether it is on a human's list already that letters of this exchange could not be looked at.
    pub is_known_unread: bool,
}

/// What it is, category, severity, number and digests.
type Fact = (String, String, String, i64, Option<Vec<u8>>);

impl Store {
    /// What came before a letter of this exchange; routine flags since a moment.
    pub async fn thread_facts(&self, pairing: PairingId, since: Moment) -> Result<ThreadFacts, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Fact> = rows!(&mut reader.conn(), THREAD, pairing.stored(), since.as_millis())?;
        let mut facts = ThreadFacts::default();
        for (what, category, severity, number, digests) in rows {
            match what.as_str() {
                "asked" => facts.asked.push((category, word(&severity, "question.severity")?)),
                "routine" => facts.routine.push((category, count(number, "count")?)),
                "seen" => facts.seen.extend(digests.iter().flat_map(|all| all.as_chunks::<DIGEST>().0)),
                _ => facts.is_known_unread |= number > 0,
            }
        }
        Ok(facts)
    }

    /// The flags of an item, the most urgent first.
    pub async fn item_flags(&self, item: ItemId) -> Result<Vec<FlagRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(String, String, String, String, i64, i64)> = rows!(&mut reader.conn(), OF_ITEM, item.stored())?;
        let flag = |(side, category, severity, rule, begins, ends): (String, _, String, _, _, _)| {
            let place = count(begins, "flag.begins")?..count(ends, "flag.ends")?;
            let severity = word(&severity, "flag.severity")?;
            Ok(FlagRow { side: word(&side, "flag.side")?, category, severity, rule, place })
        };
        let mut flags = rows.into_iter().map(flag).collect::<Result<Vec<FlagRow>, StoreError>>()?;
        flags.sort_by_key(|flag| (std::cmp::Reverse(flag.severity), flag.place.start));
        Ok(flags)
    }

    /// The item of a letter whose danger nobody has been called for, because its author is in doubt; and how urgent it
    /// becomes when the letter is theirs.
    pub async fn doubted_flag(&self, letter: LetterId) -> Result<Option<(ItemId, Severity)>, StoreError> {
        doubted(&mut self.reader().await?.conn(), letter).await
    }

    /// Pairings with letters that wait for the week although something about danger is open: never held (P4).
    pub async fn pairings_freed(&self) -> Result<Vec<PairingId>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64,)> = rows!(&mut reader.conn(), FREED)?;
        Ok(rows.into_iter().map(|(id,)| PairingId::from_stored(id)).collect())
    }
}

impl Scanned {
    /// Whether the letter speaks of danger.
    pub fn is_flagged(&self) -> bool {
        !self.flags.is_empty()
    }

    pub(crate) fn weight(&self) -> usize {
        self.kept.as_ref().map_or(0, |kept| kept.sealed.octets().len())
    }

    /// Writes what was seen, after the letter's item.
    pub(crate) async fn write(
        &self,
        conn: &mut Conn<'_>,
        letter: LetterId,
        (pairing, side): (PairingId, Side),
        now: Moment,
    ) -> Result<(), StoreError> {
        let stamp = (letter.stored(), pairing.stored(), now.as_millis());
        if let Some(item) = self.item.map(ItemId::stored) {
            for flag in &self.flags {
                let (id, severity) = (i64::try_from(fresh() >> 1).unwrap_or(0), flag.severity.word());
                let (begins, ends) = (octets(flag.place.start), octets(flag.place.end));
                let rule = flag.rule.as_str();
                let (side, category) = (side.word(), flag.category);
                run!(conn, INSERT, id, item, stamp.0, stamp.1, side, category, severity, rule, begins, ends, stamp.2)?;
            }
            if !self.sentences.is_empty() {
                run!(conn, REMEMBER, item, stamp.1, self.sentences.concat())?;
            }
        }
        if let Some(asked) = &self.asked {
            run!(conn, FORGET_QUESTIONS, stamp.1)?;
            for (category, severity) in asked {
                run!(conn, ASK, stamp.1, *category, severity.word())?;
            }
        }
        match &self.kept {
            Some(kept) => kept.insert(conn, letter, (pairing, side), now).await,
            None => Ok(()),
        }
    }
}

/// The letter is its author's own after all: whoever must look is called as if it had come now.
pub(crate) async fn rise(conn: &mut Conn<'_>, letter: LetterId, now: Moment) -> Result<(), StoreError> {
    let Some((item, severity)) = doubted(conn, letter).await? else { return Ok(()) };
    let (now, due) = (now.as_millis(), (now + severity.time_to_answer()).as_millis());
    run!(conn, RISE, item.stored(), severity.word(), now, due)?;
    retained::stands(conn, letter).await
}

/// An item is answered: its kept letter has its last days, and its words count as unheard again.
pub(crate) async fn answered(conn: &mut Conn<'_>, item: ItemId, now: Moment) -> Result<(), StoreError> {
    run!(conn, FORGET_SENTENCES, item.stored())?;
    retained::answered(conn, item, now).await
}

async fn doubted(conn: &mut Conn<'_>, letter: LetterId) -> Result<Option<(ItemId, Severity)>, StoreError> {
    let rows: Vec<(i64, String)> = rows!(conn, DOUBTED, letter.stored())?;
    let mut highest: Option<(ItemId, Severity)> = None;
    for (item, severity) in rows {
        let severity: Severity = word(&severity, "flag.severity")?;
        if highest.is_none_or(|(_, known)| severity > known) {
            highest = Some((ItemId::from_stored(item), severity));
        }
    }
    Ok(highest)
}

fn octets(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

statements! {
    INSERT = "insert into flag (id, item_id, letter_id, pairing_id, side, category, severity, rule, begins, ends, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    REMEMBER = "insert into sentence (item_id, pairing_id, digests) values ($1, $2, $3)";
    FORGET_SENTENCES = "delete from sentence where item_id = $1";
    FORGET_QUESTIONS = "delete from question where pairing_id = $1";
    ASK = "insert into question (pairing_id, category, severity) values ($1, $2, $3)";
    /// One question for all that is known, since every letter asks it.
    THREAD = "select 'asked', category, severity, cast(0 as bigint), cast(null as bytea)
            from question where pairing_id = $1
        union all select 'routine', category, 'routine', count(*), null
            from flag where pairing_id = $1 and made_at >= $2 and side = 'seeker' and severity = 'routine' group by category
        union all select 'seen', '', '', cast(0 as bigint), digests from sentence where pairing_id = $1
        union all select 'unread', '', '', count(*), null
            from item where pairing_id = $1 and kind = 'not_scanned' and state in ('raised', 'seen')";
    OF_ITEM = "select side, category, severity, rule, begins, ends from flag where item_id = $1";
    DOUBTED = "select i.id, f.severity from item i join flag f on f.item_id = i.id
        where i.letter_id = $1 and i.kind = 'flag' and i.severity = 'routine' and i.state in ('raised', 'seen')";
    RISE = "update item set state = 'raised', severity = $2, raised_at = $3, due_at = $4, rung = 0,
        lapses_at = case when $2 = 'routine' then null else cast($3 as bigint) end
        where id = $1 and severity = 'routine' and state in ('raised', 'seen')";
    FREED = "select distinct s.pairing_id from spool s where s.state = 'held' and s.reason = 'week_full'
        and exists (select 1 from item i where i.pairing_id = s.pairing_id and i.kind = 'flag'
            and i.state in ('raised', 'seen'))";
}
