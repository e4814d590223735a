//! The next hop: takes every letter, or misbehaves in the way a test asks for.

mod session;

use crate::letter::Letter;
use crate::wait;
use std::collections::HashMap;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// What becomes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 250.
    Accept,
    /// 250, after a while.
    AcceptAfter(Duration),
    /// 451 after the letter.
    Defer,
    /// 550 after the letter.
    Refuse,
    /// 550 to RCPT.
    RefuseRecipient,
    /// The letter is kept and the connection breaks before the 250: the crash that makes duplicates.
    KeepAndHangUp,
}

/// How the next hop meets connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// As it should.
    Open,
    /// Every connection ends before the banner; they are counted.
    HangsUp,
    /// Nobody listens.
    Shut,
}

#[derive(Debug)]
struct Shared {
    door: Mutex<Door>,
    answer: Mutex<Answer>,
    answers: Mutex<HashMap<String, Answer>>,
    letters: Mutex<Vec<Letter>>,
    streams: Mutex<Vec<TcpStream>>,
    connections: AtomicUsize,
    turned_away: AtomicUsize,
    ends: AtomicBool,
}

/// A next hop on this machine. Ends when dropped.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sink {
    /// Listens on a free port and takes everything.
    pub fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            door: Mutex::new(Door::Open),
            answer: Mutex::new(Answer::Accept),
            answers: Mutex::default(),
            letters: Mutex::default(),
            streams: Mutex::default(),
            connections: AtomicUsize::new(0),
            turned_away: AtomicUsize::new(0),
            ends: AtomicBool::new(false),
        });
        let seen = Arc::clone(&shared);
        let thread = std::thread::spawn(move || seen.listen(listener, address));
        Self { address, shared, thread: Some(thread) }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Opens or shuts the door; connections that stand are broken when it does not stay open.
    pub fn set_door(&self, door: Door) {
        *lock(&self.shared.door) = door;
        if door != Door::Open {
            for stream in lock(&self.shared.streams).drain(..) {
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }

    /// What becomes of letters from now on.
    pub fn set_answer(&self, answer: Answer) {
        *lock(&self.shared.answer) = answer;
    }

    /// What becomes of letters to one mailbox, whatever becomes of the others.
    pub fn set_answer_for(&self, mailbox: &str, answer: Answer) {
        lock(&self.shared.answers).insert(mailbox.to_owned(), answer);
    }

    /// Connections made, those that were hung up on included.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Letters answered with a "no".
    pub fn turned_away(&self) -> usize {
        self.shared.turned_away.load(Ordering::SeqCst)
    }

    /// All letters taken so far.
    pub fn letters(&self) -> Vec<Letter> {
        lock(&self.shared.letters).clone()
    }

    /// How many letters were taken so far.
    pub fn count(&self) -> usize {
        lock(&self.shared.letters).len()
    }

    /// The letters in one mailbox.
    pub fn mailbox(&self, address: &str) -> Vec<Letter> {
        self.letters().into_iter().filter(|letter| letter.to == address).collect()
    }

    /// Waits until a mailbox holds `count` letters, and gives them.
    pub fn await_letters(&self, address: &str, count: usize) -> Vec<Letter> {
        let what = format!("{count} letters for {address}");
        wait::until(&what, wait::SOON, || Some(self.mailbox(address)).filter(|letters| letters.len() >= count))
    }

    /// Waits for the letter that holds a token, in any mailbox.
    pub fn await_token(&self, token: &str) -> Letter {
        self.await_token_within(token, wait::SOON)
    }

    /// Waits longer for the letter that holds a token.
    pub fn await_token_within(&self, token: &str, limit: Duration) -> Letter {
        wait::until(&format!("letter {token}"), limit, || self.with_token(token).into_iter().next())
    }

    /// The letters that hold a token in their text.
    pub fn with_token(&self, token: &str) -> Vec<Letter> {
        self.letters().into_iter().filter(|letter| letter.text().contains(token)).collect()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        self.set_door(Door::Shut);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn listen(self: &Arc<Self>, first: TcpListener, address: SocketAddr) {
        let mut listener = Some(first);
        while !self.ends.load(Ordering::SeqCst) {
            let door = *lock(&self.door);
            match (door, listener.take()) {
                (Door::Shut, open) => {
                    drop(open);
                    std::thread::sleep(Duration::from_millis(5));
                }
                (_, None) => listener = TcpListener::bind(address).ok(),
                (_, Some(open)) => {
                    self.meet(&open, door);
                    listener = Some(open);
                }
            }
        }
    }

    fn meet(self: &Arc<Self>, listener: &TcpListener, door: Door) {
        listener.set_nonblocking(true).expect("a listener can be polled");
        let Ok((stream, _)) = listener.accept() else {
            std::thread::sleep(Duration::from_millis(2));
            return;
        };
        self.connections.fetch_add(1, Ordering::SeqCst);
        if door == Door::HangsUp {
            return;
        }
        stream.set_nonblocking(false).expect("a stream can block");
        if let Ok(handle) = stream.try_clone() {
            lock(&self.streams).push(handle);
        }
        let shared = Arc::clone(self);
        std::thread::spawn(move || {
            // A broken connection is what some tests are about.
            let _ = session::serve(&shared, &stream);
            let _ = stream.shutdown(Shutdown::Both);
        });
    }
}
