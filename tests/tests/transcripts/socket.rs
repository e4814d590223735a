//! Plays dialogues over a real loopback socket, before or after STARTTLS.

use super::script::{Dialogue, Move};
use super::{Post, limits, reply, terms};
use brevbro::smtp::{Door, Intake, Listener, Network, Pace, Tls, serve};
use brevbro_core::envelope::Received;
use brevbro_core::reply::Reply;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::watch;

/// An intake that keeps letters in memory.
pub(crate) struct Keep(Arc<Mutex<Post>>);

impl Intake for Keep {
    async fn take(&self, letter: Received) -> Reply {
        let mut post = self.0.lock().unwrap();
        post.letters.push_back(letter);
        post.answer.clone()
    }
}

/// A certificate of our own and a client that trusts it.
pub(crate) struct Certificate {
    tls: Arc<Tls>,
    client: Arc<ClientConfig>,
}

impl Certificate {
    pub(crate) fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(["mx.relay.test".to_owned()]).unwrap();
        let tls = Tls::from_pem(made.cert.pem().as_bytes(), made.signing_key.serialize_pem().as_bytes()).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(made.cert.der().to_vec())).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { tls: Arc::new(tls), client: Arc::new(client) }
    }
}

enum Wire {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
    Upgrading,
}

impl Wire {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Self::Plain(tcp) => tcp.read(buffer),
            Self::Tls(tls) => tls.read(buffer),
            Self::Upgrading => unreachable!("read while upgrading"),
        }
    }

    fn send(&mut self, octets: &[u8]) {
        match self {
            Self::Plain(tcp) => tcp.write_all(octets).unwrap(),
            Self::Tls(tls) => tls.write_all(octets).and_then(|()| tls.flush()).unwrap(),
            Self::Upgrading => unreachable!("write while upgrading"),
        }
    }

    fn tcp(&self) -> &TcpStream {
        match self {
            Self::Plain(tcp) => tcp,
            Self::Tls(tls) => &tls.sock,
            Self::Upgrading => unreachable!("read while upgrading"),
        }
    }

    fn upgrade(&mut self, client: &Arc<ClientConfig>) {
        let Self::Plain(tcp) = std::mem::replace(self, Self::Upgrading) else { panic!("TLS within TLS") };
        let name = ServerName::try_from("mx.relay.test").unwrap();
        let connection = ClientConnection::new(Arc::clone(client), name).unwrap();
        *self = Self::Tls(Box::new(StreamOwned::new(connection, tcp)));
    }
}

/// The peer's side of one connection.
struct Peer {
    wire: Wire,
    heard: Vec<u8>,
}

impl Peer {
    /// The next line of a reply; `None` at the end of the connection.
    fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.heard.windows(2).position(|pair| pair == b"\r\n") {
                let line = self.heard.drain(..end + 2).take(end).collect();
                return Some(String::from_utf8(line).unwrap());
            }
            if self.more().expect("the house takes too long") == 0 {
                assert!(self.heard.is_empty(), "half a line at the end");
                return None;
            }
        }
    }

    fn more(&mut self) -> std::io::Result<usize> {
        let mut buffer = [0; 4096];
        let octets = self.wire.read(&mut buffer)?;
        self.heard.extend_from_slice(&buffer[..octets]);
        Ok(octets)
    }

    fn is_silent(&mut self) -> bool {
        self.wire.tcp().set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let heard = self.more();
        self.wire.tcp().set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        self.heard.is_empty()
            && heard.is_err_and(|error| matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut))
    }
}

/// Plays one dialogue; `secured` says whether it is to happen under TLS.
pub(crate) fn play(runtime: &Runtime, certificate: &Certificate, dialogue: &Dialogue, secured: bool) {
    let post = Arc::new(Mutex::new(Post::default()));
    let (close, closing) = watch::channel(false);
    // Long enough for a test's peer to be caught speaking before the banner.
    let hush = if dialogue.moves.first().is_some_and(|first| matches!(first, Move::Send(_))) { 200 } else { 1 };
    let pace = Pace { hush: Duration::from_millis(hush), tarpit: Duration::ZERO, ..Pace::default() };
    let mut door = Door::new(Keep(Arc::clone(&post)), terms(limits(dialogue))).with_pace(pace);
    if secured || dialogue.has("tls") {
        door = door.with_tls(Arc::clone(&certificate.tls));
    }
    if dialogue.has("trusted") {
        door = door.with_trusted(vec!["127.0.0.1".parse::<Network>().unwrap()]);
    }
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let listener = runtime.block_on(Listener::bind(&[any_port])).unwrap();
    let address = listener.addresses()[0];
    let served = runtime.spawn(serve(listener, Arc::new(door), closing));
    let tcp = TcpStream::connect(address).unwrap();
    tcp.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    tcp.set_nodelay(true).unwrap();
    let mut peer = Peer { wire: Wire::Plain(tcp), heard: Vec::new() };
    if secured {
        secure(&mut peer, certificate);
    }
    let moves = dialogue.moves.iter().skip(usize::from(secured));
    moves.for_each(|step| take(&mut peer, &post, certificate, step, &dialogue.name));
    assert!(post.lock().unwrap().letters.is_empty() || !dialogue.checks_letters(), "{}: letters left", dialogue.name);
    drop(peer);
    close.send(true).unwrap();
    runtime.block_on(served).unwrap();
}

/// The banner and the upgrade, in place of a dialogue's first line.
fn secure(peer: &mut Peer, certificate: &Certificate) {
    assert!(peer.line().unwrap().starts_with("220 "));
    peer.wire.send(b"STARTTLS\r\n");
    assert!(peer.line().unwrap().starts_with("220 2.0.0"));
    peer.wire.upgrade(&certificate.client);
}

fn take(peer: &mut Peer, post: &Mutex<Post>, certificate: &Certificate, step: &Move, name: &str) {
    match step {
        Move::Send(octets) => peer.wire.send(octets),
        Move::Pause => std::thread::sleep(Duration::from_millis(10)),
        Move::Expect(prefix) => {
            let line = peer.line().unwrap_or_else(|| panic!("{name}: closed instead of {prefix}"));
            assert!(line.starts_with(prefix), "{name}: {line} instead of {prefix}");
        }
        Move::Silent => assert!(peer.is_silent(), "{name}: not silent"),
        Move::Closed => assert_eq!(peer.line(), None, "{name}: more was said"),
        Move::Tls => {
            assert!(peer.heard.is_empty(), "{name}: more was said before the handshake");
            peer.wire.upgrade(&certificate.client);
        }
        Move::Answer { .. } => post.lock().unwrap().answer = reply(step),
        Move::Letter { .. } => post.lock().unwrap().check(step, name),
    }
}
