//! Accepts connections, gives each a place and a task, and closes the house in order.

use super::conn;
use super::places::{NoPlace, Places};
use super::{Door, Intake};
use brevbro_core::smtp::Caller;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// After a failed accept (too many open files), so that the loop does not spin.
const BREATHER: Duration = Duration::from_millis(50);

/// Why the door cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {source}")]
pub struct CannotListen {
    /// Where.
    pub address: SocketAddr,
    /// Why.
    pub source: io::Error,
}

/// Bound sockets; nobody is let in before [`serve`].
#[derive(Debug)]
pub struct Listener {
    sockets: Vec<TcpListener>,
}

impl Listener {
    /// Binds every address. Port 0 lets the system choose.
    pub async fn bind(addresses: &[SocketAddr]) -> Result<Self, CannotListen> {
        let mut sockets = Vec::new();
        for &address in addresses {
            sockets.push(TcpListener::bind(address).await.map_err(|source| CannotListen { address, source })?);
        }
        Ok(Self { sockets })
    }

    /// The addresses that were bound, with the ports the system chose.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.sockets.iter().filter_map(|socket| socket.local_addr().ok()).collect()
    }
}

/// Serves until `closing` turns true, then lets letters on their way finish within [`super::Pace::drain`].
pub async fn serve<I: Intake>(listener: Listener, door: Arc<Door<I>>, closing: watch::Receiver<bool>) {
    let places = Arc::new(Places::new(door.crowd));
    let mut loops = JoinSet::new();
    for socket in listener.sockets {
        loops.spawn(accept_all(socket, Arc::clone(&door), Arc::clone(&places), closing.clone()));
    }
    loops.join_all().await;
}

async fn accept_all<I: Intake>(
    socket: TcpListener,
    door: Arc<Door<I>>,
    places: Arc<Places>,
    mut closing: watch::Receiver<bool>,
) {
    let mut sessions = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = closed(&mut closing) => break,
            Some(ended) = sessions.join_next() => {
                if ended.is_err() {
                    tracing::error!("an SMTP session ended by a fault of the programme");
                }
                continue;
            }
            accepted = socket.accept() => accepted,
        };
        match accepted {
            Ok((tcp, from)) => welcome(tcp, from, &door, &places, &closing, &mut sessions),
            Err(_) => sleep(BREATHER).await,
        }
    }
    drop(socket);
    // What is left after the drain is dropped: no 250 was said, so the peers keep their letters.
    let all_ended = async { while sessions.join_next().await.is_some() {} };
    if timeout(door.pace.drain, all_ended).await.is_err() {
        tracing::warn!(sessions = sessions.len(), "SMTP sessions cut off: the drain time is over");
    }
}

fn welcome<I: Intake>(
    tcp: TcpStream,
    from: SocketAddr,
    door: &Arc<Door<I>>,
    places: &Arc<Places>,
    closing: &watch::Receiver<bool>,
    sessions: &mut JoinSet<()>,
) {
    let ip = from.ip().to_canonical();
    let trusted = door.trusted.iter().any(|network| network.contains(ip));
    match places.take(ip, trusted) {
        Ok(place) => {
            let caller = Caller { ip, trusted, tls: false };
            let (door, closing) = (Arc::clone(door), closing.clone());
            sessions.spawn(async move {
                conn::converse(&door, &place, tcp, caller, closing).await;
            });
        }
        Err(reason) => {
            door.counters.turned_away.add(1);
            sessions.spawn(turn_away(tcp, reason));
        }
    }
}

async fn turn_away(mut tcp: TcpStream, reason: NoPlace) {
    // Whether the peer hears it or not: the connection ends.
    let _heard = timeout(Duration::from_secs(1), tcp.write_all(reason.farewell())).await;
}

/// Returns when the house closes; never when nobody can close it any more.
pub(super) async fn closed(closing: &mut watch::Receiver<bool>) {
    if closing.wait_for(|closing| *closing).await.is_err() {
        std::future::pending::<()>().await;
    }
}
