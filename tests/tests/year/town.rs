//! Two nodes over one store, and the people who write to them. A node is a runtime of its own, so that it dies as a
//! process does: with everything it was in the middle of.

use crate::people::{Ends, Person, enrol};
use crate::rules::{CONFIG, Rules};
use crate::wire::{Post, Wire};
use brevbro::cli::init::set_up;
use brevbro::clock::{Clock, HandClock};
use brevbro::config::Config;
use brevbro::delivery::{Courier, Handover, handover};
use brevbro::dns::{Dns, DnsOptions};
use brevbro::evidence::{EvidenceOptions, Front, Gatherer};
use brevbro::house::House;
use brevbro::intake::Relay;
use brevbro::keys::KeyFolder;
use brevbro::serve::open_house;
use brevbro::smtp::Intake as _;
use brevbro::tick;
use brevbro_core::address::EmailAddr;
use brevbro_core::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
use brevbro_core::spool::SpoolState;
use brevbro_core::time::Moment;
use brevbro_tests::Engine;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// One running process.
pub(crate) struct Node {
    runtime: Option<Runtime>,
    house: Arc<House>,
    relay: Arc<Relay>,
    handover: Handover,
    pub(crate) wire: Arc<Wire>,
    courier: JoinHandle<()>,
    _closing: watch::Sender<bool>,
}

/// The story's place: store, clock, post, two nodes, and somebody who looks on.
pub(crate) struct Town {
    config: Config,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) post: Arc<Post>,
    pub(crate) nodes: [Option<Node>; 2],
    pub(crate) onlooker: Arc<House>,
    pub(crate) people: Vec<Person>,
    /// Letters that died with their node: claimed until their lease is over.
    orphans: usize,
    // The folder before the engine's database: nothing is left of either.
    _folder: tempfile::TempDir,
    engine: Engine,
}

impl Town {
    pub(crate) async fn opens(engine: Engine, now: Moment, pairings: &[(Rc<Rules>, Ends)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = CONFIG.replace("{url}", &engine.url());
        let config = set_up(folder.path(), &config).await.unwrap_or_else(|failure| panic!("{}", failure.happened()));
        let clock = Arc::new(HandClock::at(now));
        let onlooker = open(config.clone(), Arc::clone(&clock)).await;
        let people = enrol(&onlooker, pairings, now).await;
        let (post, nodes) = (Post::new(Arc::clone(&clock)), [None, None]);
        let mut town = Self { config, clock, post, nodes, onlooker, people, orphans: 0, _folder: folder, engine };
        town.starts(0).await;
        town.starts(1).await;
        town
    }

    /// The server's database, or the file.
    pub(crate) fn database(&self) -> String {
        match &self.engine {
            Engine::Postgres(database) => database.url().to_owned(),
            Engine::Sqlite => self.config.path("brevbro.db".as_ref()).display().to_string(),
        }
    }

    /// A new process takes the place of a dead one.
    pub(crate) async fn starts(&mut self, place: usize) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (config, clock) = (self.config.clone(), Arc::clone(&self.clock));
        let house = runtime.spawn(open(config, clock)).await.unwrap();
        let wire = Wire::new(Arc::clone(&self.post));
        let opening = KeyFolder::at(self.config.path(&self.config.keys.directory)).opening().unwrap();
        let courier = Arc::new(Courier::new(Arc::clone(&house), opening, None, Arc::clone(&wire), 32));
        let ((give, take), (closing, closed)) = (handover(), watch::channel(false));
        let courier = runtime.spawn(courier.run(take, closed));
        // Nobody listens there: trusted peers' letters are looked up nowhere.
        let names = vec![std::net::SocketAddr::from(([127, 0, 0, 1], 9))];
        let dns = Dns::new(&DnsOptions { name_servers: names, ..DnsOptions::default() }).unwrap();
        let options = EvidenceOptions { front: Front::Refuses, ..EvidenceOptions::new(house.domain.clone()) };
        let relay = Relay::new(Arc::clone(&house), Gatherer::new(&dns, options), Some(give.clone()), false);
        let (relay, runtime) = (Arc::new(relay), Some(runtime));
        self.nodes[place] = Some(Node { runtime, house, relay, handover: give, wire, courier, _closing: closing });
    }

    /// A node, or the other one when that is dead.
    fn alive(&self, place: usize) -> &Node {
        self.nodes[place % 2].as_ref().or(self.nodes[(place + 1) % 2].as_ref()).unwrap()
    }

    /// Brings a letter to a node; only a 250 is an answer.
    pub(crate) async fn takes(&self, place: usize, from: &EmailAddr, to: &EmailAddr, raw: Vec<u8>) {
        self.hands_in(place, from, to, raw).await.unwrap();
    }

    /// Brings a letter to a node, and does not wait for the answer.
    pub(crate) fn hands_in(&self, place: usize, from: &EmailAddr, to: &EmailAddr, raw: Vec<u8>) -> JoinHandle<()> {
        let peer = Peer { ip: [127, 0, 0, 1].into(), helo: "front".into(), tls: false, trusted: true };
        let (reverse_path, forward_path) = (ReversePath::Addr(from.clone()), ForwardPath::Addr(to.clone()));
        let received = Received { peer, reverse_path, forward_path, raw: Raw::new(raw) };
        let node = self.alive(place);
        let relay = Arc::clone(&node.relay);
        node.runtime().spawn(async move {
            let reply = relay.take(received).await;
            assert_eq!(reply.code, 250, "{:?}", reply.lines);
        })
    }

    /// Every living node looks for what is due, at the same time.
    pub(crate) async fn ticks(&self) {
        let looking = |node: &Node| {
            let house = Arc::clone(&node.house);
            node.runtime().spawn(async move { tick::once(&house).await })
        };
        let all: Vec<_> = self.nodes.iter().flatten().map(looking).collect();
        for one in all {
            one.await.unwrap();
        }
    }

    /// Old rows go.
    pub(crate) async fn forgets(&self) {
        let node = self.alive(0);
        let house = Arc::clone(&node.house);
        node.runtime().spawn(async move { tick::forget(&house).await }).await.unwrap();
    }

    /// A node dies with a letter in its hands and after so many waits of its look at what is due.
    pub(crate) async fn dies(&mut self, place: usize, waits: usize) {
        let mut node = self.nodes[place].take().unwrap();
        let until = Instant::now() + Duration::from_secs(20);
        while node.wire.swallowed() == 0 {
            assert!(Instant::now() < until, "the dying node has no letter in its hands");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        self.orphans += node.wire.swallowed();
        node.courier.abort();
        let house = Arc::clone(&node.house);
        let look = FewWaits { look: Box::pin(async move { tick::once(&house).await }), left: waits };
        node.runtime().spawn(look).await.unwrap();
        node.runtime.take().unwrap().shutdown_background();
    }

    /// Everything that may leave has left.
    pub(crate) async fn is_quiet(&mut self) {
        let until = Instant::now() + Duration::from_mins(1);
        loop {
            let store = &self.onlooker.store;
            let now = self.clock.now();
            let queued = store.queue_list(Some(SpoolState::Queued), 300).await.unwrap();
            let due = queued.iter().filter(|row| row.due_at.is_none_or(|at| at <= now)).count();
            let claimed = store.queue_list(Some(SpoolState::Claimed), 300).await.unwrap();
            // A dead node's letters keep their lease until the clock has moved.
            let leased = claimed.iter().filter(|row| row.due_at.is_some_and(|at| at > now)).count();
            if due == 0 && claimed.len() == leased && leased == self.orphans {
                return;
            }
            assert!(Instant::now() < until, "{due} letters due, {leased} of {} claimed under a lease", claimed.len());
            self.nodes.iter().flatten().for_each(|node| node.handover.wake());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// The clock goes on; leases of the dead are over by then.
    pub(crate) fn goes_on(&mut self, now: Moment) {
        self.clock.set(now);
        self.orphans = 0;
    }
}

impl Node {
    fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().unwrap()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn open(config: Config, clock: Arc<HandClock>) -> Arc<House> {
    let house = open_house(&config, clock as Arc<dyn Clock>).await;
    Arc::new(house.unwrap_or_else(|failure| panic!("{}", failure.happened())))
}

/// Work that ends in the middle: after so many waits it is dropped.
struct FewWaits {
    look: Pin<Box<dyn Future<Output = ()> + Send>>,
    left: usize,
}

impl Future for FewWaits {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.left == 0 {
            return Poll::Ready(());
        }
        self.left -= 1;
        self.look.as_mut().poll(context)
    }
}
