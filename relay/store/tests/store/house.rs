//! A store on a database of its own, two people who are paired, and letters made the only way there is.

use brevbro_core::address::EmailAddr;
use brevbro_core::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
use brevbro_core::escalation::ItemKind;
use brevbro_core::id::{AliasId, EntryId, ItemId, LetterId, PairingId, PersonId};
use brevbro_core::ledger::{Minutes, READ_AFTER};
use brevbro_core::pairing::PairingFacts;
use brevbro_core::party::{Language, Side};
use brevbro_core::policy::{CleanLetter, weigh};
use brevbro_core::programme::WeekRules;
use brevbro_core::resolve::resolve;
use brevbro_core::seal::{Digest, Sealed, SealedLetter, Sealer, seal};
use brevbro_core::time::{Moment, Week};
use brevbro_core::verify::{Evidence, Verified};
use brevbro_store::{
    Actor, Commit, NewAlias, NewItem, NewNotice, NewPairing, NewPerson, NoticeTo, OpenOptions, Outcome, Reading,
    SeekerOf, Settlement, Store, WeekTold,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;

pub(crate) const NOW: Moment = Moment::from_millis(1_795_000_000_000);

/// Tells each story on both engines. Without a Postgres the second telling says so and ends.
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(&crate::house::House::sqlite().await).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let Some(house) = crate::house::House::postgres().await else { return };
                super::$name(&house).await;
                house.remove().await;
            })+
        }
    };
}
pub(crate) use on_both_engines;

pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) url: String,
    folder: Option<tempfile::TempDir>,
    server: Option<(String, String)>,
}

impl House {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("brevbro.db").display());
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        Self { store, url, folder: Some(folder), server: None }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("BREVBRO_TEST_POSTGRES") else {
            // Not `eprintln!`: the harness keeps the words of a test that passes to itself.
            let _ = std::io::stderr().write_all(b"skipped: no Postgres (run this under tests/with-postgres)\n");
            return None;
        };
        let name = format!("brevbro_store_{:x}", chance());
        let mut conn = PgConnection::connect(&server).await.unwrap();
        conn.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
        conn.close().await.unwrap();
        let (front, _) = server.rsplit_once('/').unwrap();
        let url = format!("{front}/{name}");
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        Some(Self { store, url, folder: None, server: Some((server, name)) })
    }

    /// A house around a store that is open already.
    pub(crate) fn at(store: Store, url: String) -> Self {
        Self { store, url, folder: None, server: None }
    }

    /// Drops the database of this test.
    pub(crate) async fn remove(self) {
        let Some((server, name)) = self.server else { return };
        self.store.close().await.unwrap();
        let mut conn = PgConnection::connect(&server).await.unwrap();
        conn.execute(AssertSqlSafe(format!("drop database {name} with (force)"))).await.unwrap();
    }

    /// The SQLite file; Postgres has none.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().join("brevbro.db"))
    }

    /// A connection of somebody else to the SQLite file.
    pub(crate) fn sqlite_connection(&self) -> rusqlite::Connection {
        let conn = rusqlite::Connection::open(self.file().unwrap()).unwrap();
        conn.pragma_update(None, "foreign_keys", "ON").unwrap();
        conn
    }

    /// Enrols two people and pairs them.
    pub(crate) async fn pair(&self) -> Pair {
        let pair = Pair::new();
        let store = &self.store;
        let (person, alias) = (pair.person(pair.volunteer, 1), pair.alias(1));
        store.volunteer_add(person, alias, NOW, Actor::Admin).await.unwrap();
        store.pairing_open(pair.opening(), NOW, Actor::Admin).await.unwrap();
        pair
    }
}

/// What two paired people are called in a test.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) id: PairingId,
    pub(crate) volunteer: PersonId,
    pub(crate) seeker: PersonId,
    pub(crate) seed: u64,
}

impl Pair {
    pub(crate) fn new() -> Self {
        let seed = chance();
        Self {
            id: PairingId::from_random(chance()),
            volunteer: PersonId::from_random(chance()),
            seeker: PersonId::from_random(chance()),
            seed,
        }
    }

    /// A digest of its own: 1 and 2 for the volunteer, 3 and 4 for the seeker (alias, address).
    pub(crate) fn digest(&self, which: u8) -> Digest {
        let mut octets = [which; 32];
        octets[..8].copy_from_slice(&self.seed.to_be_bytes());
        Digest(octets)
    }

    pub(crate) fn person(&self, id: PersonId, which: u8) -> NewPerson {
        NewPerson {
            id,
            language: Language::Danish,
            routing: Sealed::from_sealed_octets(format!("sealed routing {which}").into_bytes()),
            addresses: vec![self.digest(which + 1)],
        }
    }

    pub(crate) fn alias(&self, which: u8) -> NewAlias {
        NewAlias {
            id: AliasId::from_random(chance()),
            digest: self.digest(which),
            sealed: Sealed::from_sealed_octets(format!("sealed alias {which}").into_bytes()),
        }
    }

    pub(crate) fn opening(&self) -> NewPairing {
        NewPairing {
            id: self.id,
            programme: "standard".to_owned(),
            volunteer: self.volunteer,
            seeker: SeekerOf::New(self.person(self.seeker, 3)),
            seeker_alias: self.alias(3),
            begins: true,
            planned_end: None,
            hard_end: None,
        }
    }

    pub(crate) fn facts(&self, author: Side) -> PairingFacts {
        let (writes, reads) = match author {
            Side::Volunteer => (self.volunteer, self.seeker),
            Side::Seeker => (self.seeker, self.volunteer),
        };
        PairingFacts {
            pairing: self.id,
            programme: "standard".to_owned(),
            state: brevbro_core::pairing::PairingState::Active,
            author_side: author,
            author: writes,
            recipient: reads,
            language: Language::Danish,
        }
    }

    /// A letter that costs a volunteer so many whole minutes, ready to commit.
    pub(crate) fn letter(&self, author: Side, minutes: u64) -> Commit {
        self.draft(author, minutes, &Draft::default())
    }

    pub(crate) fn draft(&self, author: Side, minutes: u64, draft: &Draft) -> Commit {
        Commit {
            id: LetterId::from_random(chance()),
            letter: sealed_letter(self.facts(author), minutes, draft).into(),
            entry: EntryId::from_random(chance()),
            replay: None,
            now: NOW,
            claim_for: None,
            week: None,
            told: None,
            reading: Reading::WithAnswer(NOW + READ_AFTER),
            silence: None,
            notices: Vec::new(),
            items: Vec::new(),
            expires: None,
        }
    }

    /// A letter that was weighed in another week.
    pub(crate) fn in_week(&self, author: Side, minutes: u64, week: Week) -> std::sync::Arc<SealedLetter> {
        sealed_in(self.facts(author), minutes, &Draft::default(), week).into()
    }

    /// A volunteer's letter under a weekly limit, with everything that may be said about the week.
    pub(crate) fn capped(&self, minutes: u64, cap: u32) -> Commit {
        let item = NewItem {
            id: item_id(),
            kind: ItemKind::FullWeek,
            severity: ItemKind::FullWeek.severity(),
            pairing: Some(self.id),
            letter: None,
            due_at: NOW,
        };
        let often = (item, None);
        let (near, full) = (self.named("week_near"), self.named("week_full"));
        let told = WeekTold { near: Some(near), full, often: Some(often) };
        let week = Some(WeekRules { minutes: cap, ..WeekRules::default() });
        Commit { week, told: Some(Box::new(told)), ..self.letter(Side::Volunteer, minutes) }
    }

    pub(crate) fn notice(&self) -> NewNotice {
        self.named("not_delivered")
    }

    fn named(&self, name: &'static str) -> NewNotice {
        NewNotice {
            id: LetterId::from_random(chance()),
            name,
            to: NoticeTo::Person { id: self.seeker, address: Some(self.digest(4)) },
            body: Sealed::from_sealed_octets(b"sealed notice".to_vec()),
            pairing: Some(self.id),
            now: NOW,
        }
    }
}

/// How a letter turned out at the desks before the store.
pub(crate) struct Draft {
    pub(crate) believed: bool,
    pub(crate) suspect: bool,
    pub(crate) body: Vec<u8>,
}

impl Default for Draft {
    fn default() -> Self {
        Self { believed: true, suspect: false, body: b"sealed body".to_vec() }
    }
}

struct Clean<'d> {
    minutes: u64,
    draft: &'d Draft,
}

impl CleanLetter for Clean<'_> {
    fn bytes(&self) -> &[u8] {
        &self.draft.body
    }
    // A volunteer writes 120 characters a minute, and a letter takes one minute by itself.
    fn new_characters(&self) -> u64 {
        (self.minutes - 1) * 120
    }
    fn suspect(&self) -> bool {
        self.draft.suspect
    }
}

struct AsIs;

impl Sealer for AsIs {
    type Trouble = ();
    fn seal(&self, plain: &[u8]) -> Result<Sealed, ()> {
        Ok(Sealed::from_sealed_octets(plain.to_vec()))
    }
}

fn sealed_letter(facts: PairingFacts, minutes: u64, draft: &Draft) -> SealedLetter {
    sealed_in(facts, minutes, draft, week())
}

fn sealed_in(facts: PairingFacts, minutes: u64, draft: &Draft, week: Week) -> SealedLetter {
    let author = EmailAddr::parse("author@example.org").unwrap();
    let received = Received {
        peer: Peer { ip: IpAddr::from([127, 0, 0, 1]), helo: "localhost".to_owned(), tls: false, trusted: true },
        reverse_path: ReversePath::Null,
        forward_path: ForwardPath::Addr(author.clone()),
        raw: Raw::new(Vec::new()),
    };
    let evidence = Evidence { vouched: draft.believed, ..Evidence::default() };
    let verified = Verified::from(received, author, &evidence).unwrap();
    let addressed = resolve(verified, Some(facts)).unwrap();
    let weighed = weigh(addressed, Clean { minutes, draft }, week).unwrap();
    seal(weighed, &AsIs).unwrap().0
}

pub(crate) fn week() -> Week {
    "2026-W47".parse().unwrap()
}

pub(crate) fn whole(minutes: i64) -> Minutes {
    Minutes::whole(minutes)
}

pub(crate) fn chance() -> u64 {
    RandomState::new().hash_one(())
}

pub(crate) fn item_id() -> ItemId {
    ItemId::from_random(chance())
}

pub(crate) fn settlement(letter: LetterId, node: brevbro_store::Node, outcome: Outcome) -> Settlement {
    Settlement {
        letter,
        node,
        now: NOW,
        outcome,
        told_delay: false,
        notices: Vec::new(),
        items: Vec::new(),
        settled_entry: EntryId::from_random(chance()),
    }
}
