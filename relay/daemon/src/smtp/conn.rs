//! One connection: reads into a bounded buffer, does what the session says, writes replies in batches.

use super::listener::closed;
use super::places::Place;
use super::{Door, Doubt, Intake};
use brevbro_core::smtp::{Caller, Next, Session};
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout, timeout_at};

/// All that a session holds of unread input.
const READ_BUFFER: usize = 16 * 1024;
/// How long, and for how much, we listen on after hanging up: closing a socket with unread input would take our
/// last reply away from the peer.
const LINGER: Duration = Duration::from_millis(500);
const LINGER_READS: usize = 64;

/// Talks with one peer until the end.
pub(super) async fn converse<I: Intake>(
    door: &Door<I>,
    place: &Place,
    tcp: TcpStream,
    caller: Caller,
    closing: watch::Receiver<bool>,
) {
    let started = Instant::now();
    let deadline = started + door.pace.session;
    door.counters.connections.add(1);
    door.counters.open.add(1);
    let _open = Open(door);
    // Replies are whole batches already; waiting for more would only delay them.
    let _nodelay = tcp.set_nodelay(true);
    let session = Session::new(Arc::clone(&door.terms), caller);
    let shared = Shared { door, place, deadline, closing };
    let mut talk = Talk::new(shared.clone(), tcp, session, caller);
    let end = match talk.run().await {
        // The bare socket is all that goes over to TLS: buffers and session end here (RFC 3207 §4.2).
        End::StartTls => over_to_tls(shared, talk.stream, caller).await,
        end => end,
    };
    tracing::debug!(?end, milliseconds = started.elapsed().as_millis(), "SMTP session ended");
}

async fn over_to_tls<I: Intake>(shared: Shared<'_, I>, tcp: TcpStream, caller: Caller) -> End {
    let door = shared.door;
    let Some(tls) = &door.tls else { return End::Broken };
    let Ok(Ok(stream)) = timeout(door.pace.handshake, tls.acceptor().accept(tcp)).await else {
        door.counters.tls_failures.add(1);
        return End::Broken;
    };
    door.counters.secured.add(1);
    let caller = Caller { tls: true, ..caller };
    let session = Session::secured(Arc::clone(&door.terms), caller);
    Talk::new(shared, stream, session, caller).run().await
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With our last word.
    Farewell,
    /// The peer went away without one.
    Broken,
    /// A time was up.
    Expired,
    /// It goes on over TLS.
    StartTls,
}

/// Counts the session as open until it is dropped, even by an abort.
struct Open<'a, I>(&'a Door<I>);

impl<I> Drop for Open<'_, I> {
    fn drop(&mut self) {
        self.0.counters.open.drop_one();
    }
}

/// What a conversation keeps when it goes over to TLS: nothing the peer has said.
struct Shared<'a, I> {
    door: &'a Door<I>,
    place: &'a Place,
    deadline: Instant,
    closing: watch::Receiver<bool>,
}

impl<I> Clone for Shared<'_, I> {
    fn clone(&self) -> Self {
        Self { closing: self.closing.clone(), ..*self }
    }
}

/// A conversation over one kind of stream.
struct Talk<'a, I, S> {
    shared: Shared<'a, I>,
    stream: S,
    session: Session,
    caller: Caller,
    buffer: Box<[u8]>,
    /// What of the buffer is read from the socket and not yet fed.
    unread: std::ops::Range<usize>,
    /// Replies not yet written.
    out: Vec<u8>,
    /// Errors that have had their delay.
    errors: u32,
    banner_said: bool,
    /// Whether the last letter's answer was heard.
    doubt: Option<Doubt>,
}

/// What waiting for input brought.
enum Heard {
    Octets,
    Nothing,
    Late,
    Closing,
}

impl<'a, I: Intake, S: AsyncRead + AsyncWrite + Unpin> Talk<'a, I, S> {
    fn new(shared: Shared<'a, I>, stream: S, session: Session, caller: Caller) -> Self {
        let buffer = vec![0; READ_BUFFER].into_boxed_slice();
        Self {
            shared,
            stream,
            session,
            caller,
            buffer,
            unread: 0..0,
            out: Vec::with_capacity(512),
            errors: 0,
            banner_said: caller.tls,
            doubt: None,
        }
    }

    async fn run(&mut self) -> End {
        let end = self.talk().await.unwrap_or(End::Broken);
        let counters = &self.shared.door.counters;
        counters.errors.add(u64::from(self.session.errors()));
        match end {
            End::Broken => counters.broken_off.add(1),
            End::Expired => counters.timeouts.add(1),
            End::Farewell | End::StartTls => {}
        }
        if end != End::StartTls {
            // The peer may be gone; that is its affair.
            let _gone = timeout(LINGER, self.linger()).await;
        }
        end
    }

    async fn talk(&mut self) -> io::Result<End> {
        loop {
            let fed = self.session.feed(&self.buffer[self.unread.clone()], &mut self.out);
            self.unread.start += fed.taken;
            match fed.next {
                Next::Read => {
                    if !self.shared.place.has_room_for(self.session.held()) {
                        self.session.make_room();
                    }
                    self.write().await?;
                    match self.read().await? {
                        Heard::Octets => {}
                        Heard::Nothing => return Ok(End::Broken),
                        Heard::Late => {
                            self.session.expire(&mut self.out);
                            self.write().await?;
                            return Ok(End::Expired);
                        }
                        Heard::Closing => self.session.dismiss(&mut self.out),
                    }
                }
                Next::Listen => {
                    if !self.hears_something().await? {
                        self.session.speak(&mut self.out);
                    }
                }
                Next::Take(letter) => {
                    self.shared.door.counters.letter_octets.add(letter.raw.bytes().len() as u64);
                    let (reply, doubt) = self.shared.door.intake.take_in_doubt(*letter).await;
                    self.doubt = doubt;
                    self.session.answered(&reply, &mut self.out);
                }
                Next::StartTls => {
                    self.write().await?;
                    return Ok(End::StartTls);
                }
                Next::Close => {
                    self.write().await?;
                    return Ok(End::Farewell);
                }
            }
        }
    }

    /// Waits for input, but not longer than the time limits; a letter on its way is not cut off by closing.
    async fn read(&mut self) -> io::Result<Heard> {
        let within_letter = self.session.is_within_letter();
        let limit = if within_letter { self.shared.door.pace.text } else { self.shared.door.pace.command };
        let until = self.shared.deadline.min(Instant::now() + limit);
        let heard = tokio::select! {
            biased;
            () = closed(&mut self.shared.closing), if !within_letter => return Ok(Heard::Closing),
            heard = timeout_at(until, self.stream.read(&mut self.buffer)) => heard,
        };
        match heard {
            Err(_elapsed) => Ok(Heard::Late),
            Ok(read) => read.map(|octets| self.filled(octets)),
        }
    }

    fn filled(&mut self, octets: usize) -> Heard {
        self.unread = 0..octets;
        if octets == 0 {
            return Heard::Nothing;
        }
        if let Some(doubt) = self.doubt.take() {
            doubt.settle();
        }
        Heard::Octets
    }

    /// Whether the peer speaks although it is our turn. A stranger gets a moment to betray itself before the
    /// banner; elsewhere only what has come already counts.
    async fn hears_something(&mut self) -> io::Result<bool> {
        let before_banner = !std::mem::replace(&mut self.banner_said, true);
        let hush = if before_banner && !self.caller.trusted { self.shared.door.pace.hush } else { Duration::ZERO };
        let octets = if hush.is_zero() {
            self.read_now().await?
        } else {
            timeout(hush, self.stream.read(&mut self.buffer)).await.unwrap_or(Ok(0))?
        };
        self.unread = 0..octets;
        Ok(octets > 0)
    }

    /// Reads what has arrived already; 0 for nothing (or the end, which the next read will see again).
    async fn read_now(&mut self) -> io::Result<usize> {
        poll_fn(|context| {
            let mut buffer = ReadBuf::new(&mut self.buffer);
            match Pin::new(&mut self.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) => Poll::Ready(Ok(buffer.filled().len())),
                Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                Poll::Pending => Poll::Ready(Ok(0)),
            }
        })
        .await
    }

    /// Writes what has collected, in one piece; slowly to a stranger that makes errors.
    async fn write(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            return Ok(());
        }
        let errors = self.session.errors();
        if errors > self.errors && !self.caller.trusted {
            let delay = self.shared.door.pace.delay(errors);
            if !delay.is_zero() {
                sleep(delay).await;
            }
        }
        self.errors = errors;
        let written = async {
            self.stream.write_all(&self.out).await?;
            self.stream.flush().await
        };
        timeout(self.shared.door.pace.write, written).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        self.out.clear();
        Ok(())
    }

    async fn linger(&mut self) -> io::Result<()> {
        self.stream.shutdown().await?;
        for _ in 0..LINGER_READS {
            if self.stream.read(&mut self.buffer).await? == 0 {
                break;
            }
        }
        Ok(())
    }
}
