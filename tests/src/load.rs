//! Many letters at once, and an honest account of what the house said to each.

use crate::draft::Draft;
use crate::post::Session;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the house said, letter by letter, by the letters' tokens.
#[derive(Debug, Default, Clone)]
pub struct Outcome {
    /// 250: these must arrive.
    pub accepted: Vec<String>,
    /// The connection broke before the reply: these may arrive.
    pub unsure: Vec<String>,
    /// 4xx: the peer keeps them.
    pub later: Vec<String>,
    /// Anything else, as said.
    pub refused: Vec<String>,
}

impl Outcome {
    /// Both together.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.accepted.extend(other.accepted);
        self.unsure.extend(other.unsure);
        self.later.extend(other.later);
        self.refused.extend(other.refused);
        self
    }
}

/// Sessions that hand letters in until they are told to end.
#[derive(Debug)]
pub struct Load {
    ends: Arc<AtomicBool>,
    taken: Arc<AtomicUsize>,
    threads: Vec<JoinHandle<Outcome>>,
}

impl Load {
    /// Starts `sessions` sessions; each writes one letter of `write` after the other.
    pub fn start(house: SocketAddr, sessions: usize, write: impl Fn() -> Draft + Send + Sync + 'static) -> Self {
        let (ends, taken) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let write = Arc::new(write);
        let threads = (0..sessions).map(|_| {
            let (ends, taken, write) = (Arc::clone(&ends), Arc::clone(&taken), Arc::clone(&write));
            std::thread::spawn(move || hand_in(house, &ends, &taken, &*write))
        });
        let threads = threads.collect();
        Self { ends, taken, threads }
    }

    /// How many letters were taken so far.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::SeqCst)
    }

    /// Ends all sessions after the letter in hand.
    pub fn finish(self) -> Outcome {
        self.ends.store(true, Ordering::SeqCst);
        self.threads
            .into_iter()
            .map(|t| t.join().expect("a session does not panic"))
            .fold(Outcome::default(), Outcome::with)
    }
}

fn hand_in(house: SocketAddr, ends: &AtomicBool, taken: &AtomicUsize, write: &impl Fn() -> Draft) -> Outcome {
    let mut outcome = Outcome::default();
    let mut session = None;
    while !ends.load(Ordering::SeqCst) {
        let Some(open) = session.take().or_else(|| Session::open(house).ok()) else {
            std::thread::sleep(Duration::from_millis(10));
            continue;
        };
        let mut open = open;
        let draft = write();
        match open.send(&draft) {
            Err(_) => outcome.unsure.push(draft.token),
            Ok(reply) => {
                match reply.code {
                    250 => {
                        taken.fetch_add(1, Ordering::SeqCst);
                        outcome.accepted.push(draft.token);
                    }
                    400..500 => outcome.later.push(draft.token),
                    _ => outcome.refused.push(reply.text),
                }
                session = (reply.code != 421).then_some(open);
            }
        }
    }
    outcome
}
