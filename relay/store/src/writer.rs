//! SQLite's one writer: whatever acts are queued are committed as one group, and each caller hears its own result.

use crate::act::{Act, Conn};
use crate::dialect;
use crate::error::StoreError;
use crate::sqlite::{self, Settings};
use rusqlite::Connection;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

/// Acts that wait for the writer before callers wait for room (back-pressure).
const QUEUE: usize = 256;
/// Acts in one group, and octets of bodies after which no further act is taken into it.
const GROUP_ACTS: usize = 64;
const GROUP_OCTETS: usize = 4 << 20;

/// How long patient acts wait for company. A crash meanwhile costs a second copy, as in any other moment between
/// sending and settling.
const COMPANY: Duration = Duration::from_millis(4);

const GONE: StoreError = StoreError::Unavailable("the writer has stopped");

/// The door to the writer. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Request>,
}

enum Request {
    Act(Box<dyn Queued>),
    Checkpoint(oneshot::Sender<Result<(), StoreError>>),
    Probe(oneshot::Sender<()>),
    Close(oneshot::Sender<Result<(), StoreError>>),
}

impl Writer {
    /// Starts the writer on its own connection. It ends when the last door is dropped or when it is closed.
    ///
    /// It has a thread of its own, because a commit waits for the disk.
    pub(crate) fn start(settings: Settings, conn: Connection) -> Result<Self, StoreError> {
        let (queue, requests) = mpsc::channel(QUEUE);
        let desk = Desk { settings, conn: Some(conn), requests, put_off: None };
        let runtime = tokio::runtime::Handle::current();
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || runtime.block_on(desk.work()))
            .map_err(|_| StoreError::Unavailable("no thread for the writer"))?;
        Ok(Self { queue })
    }

    /// Queues an act and waits until it is durable or has failed.
    pub(crate) async fn write<A: Act>(&self, act: A) -> Result<A::Output, StoreError> {
        let (caller, result) = oneshot::channel();
        let waiting = Waiting { act, outcome: None, caller };
        self.queue.send(Request::Act(Box::new(waiting))).await.map_err(|_| GONE)?;
        result.await.map_err(|_| GONE)?
    }

    /// Folds the write-ahead log into the file and empties it, so that deleted octets are gone from both.
    pub(crate) async fn checkpoint(&self) -> Result<(), StoreError> {
        self.ask(Request::Checkpoint).await?
    }

    /// Answers when the writer gets to it: a stuck writer never does.
    pub(crate) async fn probe(&self) -> Result<(), StoreError> {
        self.ask(Request::Probe).await
    }

    /// Writes what is queued before this, then checkpoints and stops.
    pub(crate) async fn close(&self) -> Result<(), StoreError> {
        self.ask(Request::Close).await?
    }

    async fn ask<T>(&self, request: fn(oneshot::Sender<T>) -> Request) -> Result<T, StoreError> {
        let (caller, result) = oneshot::channel();
        self.queue.send(request(caller)).await.map_err(|_| GONE)?;
        result.await.map_err(|_| GONE)
    }
}

type Future1<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An act of any kind with its caller.
trait Queued: Send {
    fn weight(&self) -> usize;
    fn is_patient(&self) -> bool;
    /// Runs the act, keeps its outcome and gives the error, if it was one.
    fn run<'a>(&'a mut self, conn: &'a mut Connection) -> Future1<'a, Option<StoreError>>;
    /// Tells the caller: the act's own outcome when the group is durable, otherwise why nothing is.
    fn answer(self: Box<Self>, group: &Result<(), StoreError>);
}

struct Waiting<A: Act> {
    act: A,
    outcome: Option<Result<A::Output, StoreError>>,
    caller: oneshot::Sender<Result<A::Output, StoreError>>,
}

impl<A: Act> Queued for Waiting<A> {
    fn weight(&self) -> usize {
        self.act.weight()
    }

    fn is_patient(&self) -> bool {
        self.act.is_patient()
    }

    fn run<'a>(&'a mut self, conn: &'a mut Connection) -> Future1<'a, Option<StoreError>> {
        Box::pin(async move {
            let outcome = self.act.run(&mut Conn::Sqlite(conn)).await;
            let error = outcome.as_ref().err().cloned();
            self.outcome = Some(outcome);
            error
        })
    }

    fn answer(self: Box<Self>, group: &Result<(), StoreError>) {
        let own = self.outcome.unwrap_or(Err(GONE));
        // A caller that hung up meanwhile hears nothing; its act stands, and a repeated letter is a duplicate.
        let _ = self.caller.send(group.clone().and(own));
    }
}

type Group = Vec<Box<dyn Queued>>;

struct Desk {
    settings: Settings,
    conn: Option<Connection>,
    requests: mpsc::Receiver<Request>,
    /// A request that was taken from the queue while a group was gathered, and does not belong to it.
    put_off: Option<Request>,
}

impl Desk {
    async fn work(mut self) {
        while let Some(request) = self.next().await {
            match request {
                Request::Act(first) => {
                    let group = self.gather(first).await;
                    self.write(group).await;
                }
                Request::Checkpoint(caller) => drop(caller.send(self.checkpoint())),
                Request::Probe(caller) => drop(caller.send(())),
                Request::Close(caller) => {
                    let result = self.checkpoint();
                    self.conn = None;
                    let _ = caller.send(result);
                    return;
                }
            }
        }
    }

    async fn next(&mut self) -> Option<Request> {
        match self.put_off.take() {
            Some(request) => Some(request),
            None => self.requests.recv().await,
        }
    }

    /// Takes what is queued already; waits for more, a moment, only while nobody waits for what there is.
    async fn gather(&mut self, first: Box<dyn Queued>) -> Group {
        let mut octets = first.weight();
        let mut is_patient = first.is_patient();
        let mut group = vec![first];
        let until = Instant::now() + COMPANY;
        while group.len() < GROUP_ACTS && octets < GROUP_OCTETS {
            let next = match self.requests.try_recv() {
                Err(TryRecvError::Empty) if is_patient => timeout_at(until, self.requests.recv()).await.ok().flatten(),
                next => next.ok(),
            };
            match next {
                Some(Request::Act(act)) => {
                    octets += act.weight();
                    is_patient &= act.is_patient();
                    group.push(act);
                }
                other => {
                    self.put_off = other;
                    break;
                }
            }
        }
        group
    }

    async fn write(&mut self, mut group: Group) {
        let result = self.commit(&mut group).await;
        if result.is_err() {
            // Whatever the connection was in the middle of, a new one is not.
            self.conn = None;
        }
        for act in group {
            act.answer(&result);
        }
    }

    /// First without savepoints, because acts hardly ever fail; when one does, the group is undone and run again
    /// with a savepoint around each act, so that only the failing ones are missing from the commit.
    async fn commit(&mut self, group: &mut Group) -> Result<(), StoreError> {
        let conn = self.connection()?;
        exec(conn, dialect::BEGIN)?;
        if run_all(conn, group).await {
            return exec(conn, "commit");
        }
        undo(conn)?;
        if group.len() == 1 {
            return Ok(());
        }
        exec(conn, dialect::BEGIN)?;
        for act in group.iter_mut() {
            exec(conn, "savepoint act")?;
            if let Some(error) = act.run(conn).await {
                exec(conn, "rollback to act").map_err(|_| undone_with(error))?;
            }
            exec(conn, "release act")?;
        }
        exec(conn, "commit")
    }

    fn connection(&mut self) -> Result<&mut Connection, StoreError> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.settings.open()?,
        };
        Ok(self.conn.insert(conn))
    }

    fn checkpoint(&mut self) -> Result<(), StoreError> {
        let conn = self.connection()?;
        exec(conn, "pragma incremental_vacuum")?;
        let answer: Vec<(i64, i64, i64)> = sqlite::rows(conn, "pragma wal_checkpoint(truncate)", &[])?;
        if answer.iter().all(|(busy, ..)| *busy == 0) { Ok(()) } else { Err(StoreError::Unavailable("busy")) }
    }
}

async fn run_all(conn: &mut Connection, group: &mut Group) -> bool {
    for act in group.iter_mut() {
        if act.run(conn).await.is_some() {
            return false;
        }
    }
    true
}

/// SQLite answers some errors (a full disk) by undoing the whole transaction, savepoints included: then the whole
/// group has failed for that reason, and no statement may follow, or it would commit alone.
fn undone_with(error: StoreError) -> StoreError {
    if error.retryable() { error } else { StoreError::Unavailable("the transaction was undone") }
}

/// Rolls back, unless SQLite has done so by itself, as it does after some errors (a full disk).
fn undo(conn: &Connection) -> Result<(), StoreError> {
    if conn.is_autocommit() { Ok(()) } else { exec(conn, "rollback") }
}

fn exec(conn: &Connection, words: &'static str) -> Result<(), StoreError> {
    sqlite::run(conn, words, &[]).map(drop)
}

#[cfg(test)]
mod tests;
