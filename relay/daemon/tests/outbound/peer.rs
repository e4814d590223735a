//! A next hop on loopback that keeps a record and misbehaves on request.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Instead of a reply: hang up, or never answer.
pub(crate) const HANG_UP: &str = "HANG UP";
pub(crate) const STALL: &str = "STALL";

/// A certificate authority and a leaf for `localhost`.
pub(crate) struct Pki {
    pub(crate) authority_pem: Vec<u8>,
    pub(crate) acceptor: TlsAcceptor,
}

pub(crate) fn pki() -> Pki {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_pem = authority.self_signed(&authority_key).unwrap().pem().into_bytes();
    let issuer = Issuer::new(authority, authority_key);
    let leaf_key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&leaf_key, &issuer).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivateKeyDer::try_from(leaf_key.serialize_der()).unwrap();
    let chain = vec![CertificateDer::from(leaf.der().to_vec())];
    let config = builder.with_no_client_auth().with_single_cert(chain, key).unwrap();
    Pki { authority_pem, acceptor: TlsAcceptor::from(Arc::new(config)) }
}

/// How the peer behaves.
#[derive(Clone, Default)]
pub(crate) struct Habits {
    /// EHLO keywords, STARTTLS apart.
    pub(crate) keywords: Vec<&'static str>,
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) is_implicit: bool,
    /// Replies in place of the usual ones, in order, by verb (`GREETING` and `TEXT` are verbs here).
    pub(crate) replies: HashMap<&'static str, VecDeque<&'static str>>,
    /// Connections are closed at once, unheard.
    pub(crate) is_dead: bool,
}

impl Habits {
    pub(crate) fn offering(keywords: &[&'static str]) -> Self {
        Self { keywords: keywords.to_vec(), ..Self::default() }
    }

    pub(crate) fn usual() -> Self {
        Self::offering(&["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 1000000"])
    }

    pub(crate) fn saying(mut self, verb: &'static str, reply: &'static str) -> Self {
        self.replies.entry(verb).or_default().push_back(reply);
        self
    }
}

/// What the peer saw.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) connections: usize,
    pub(crate) commands: Vec<String>,
    /// Texts as they came over the wire, the final dot included.
    pub(crate) texts: Vec<Vec<u8>>,
    /// MAIL commands that came with RCPT and DATA in the same packet.
    pub(crate) pipelined: usize,
    pub(crate) over_tls: usize,
}

pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    pub(crate) seen: Arc<Mutex<Seen>>,
    pub(crate) habits: Arc<Mutex<Habits>>,
}

impl Peer {
    pub(crate) async fn start(habits: Habits) -> Self {
        Self::start_at("127.0.0.1:0", habits).await
    }

    pub(crate) async fn start_at(place: &str, habits: Habits) -> Self {
        let listener = TcpListener::bind(place).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, habits) = (Arc::new(Mutex::new(Seen::default())), Arc::new(Mutex::new(habits)));
        let peer = Self { address, seen: Arc::clone(&seen), habits: Arc::clone(&habits) };
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                seen.lock().unwrap().connections += 1;
                if !habits.lock().unwrap().is_dead {
                    let session = Session { seen: Arc::clone(&seen), habits: Arc::clone(&habits) };
                    tokio::spawn(session.run(tcp));
                }
            }
        });
        peer
    }

    pub(crate) fn seen<T>(&self, look: impl Fn(&Seen) -> T) -> T {
        look(&self.seen.lock().unwrap())
    }
}

trait Octets: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Octets for T {}
type Wire = BufReader<Box<dyn Octets>>;

struct Session {
    seen: Arc<Mutex<Seen>>,
    habits: Arc<Mutex<Habits>>,
}

impl Session {
    async fn run(self, tcp: TcpStream) -> Option<()> {
        tcp.set_nodelay(true).ok()?;
        let (tls, is_implicit) = {
            let habits = self.habits.lock().unwrap();
            (habits.tls.clone(), habits.is_implicit)
        };
        let octets: Box<dyn Octets> = match &tls {
            Some(tls) if is_implicit => Box::new(self.over_tls(tls.accept(tcp).await.ok()?)),
            _ => Box::new(tcp),
        };
        let mut wire: Wire = BufReader::new(octets);
        let mut is_secure = is_implicit;
        self.reply(&mut wire, "GREETING", "220 peer.test").await?;
        loop {
            let command = self.hear(&mut wire).await?;
            let verb = command.split_whitespace().next()?.to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    let hello = self.hello(tls.is_some() && !is_secure);
                    self.reply(&mut wire, "EHLO", &hello).await?;
                }
                "STARTTLS" => {
                    self.reply(&mut wire, "STARTTLS", "220 go").await?;
                    let accepted = tls.as_ref()?.accept(wire.into_inner()).await.ok()?;
                    wire = BufReader::new(Box::new(self.over_tls(accepted)));
                    is_secure = true;
                }
                "AUTH" => self.login(&mut wire, command.ends_with("LOGIN")).await?,
                "DATA" => self.data(&mut wire).await?,
                _ => self.simple(&mut wire, &verb).await?,
            }
        }
    }

    async fn login(&self, wire: &mut Wire, asks: bool) -> Option<()> {
        for prompt in ["334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"].iter().filter(|_| asks) {
            wire.write_all(format!("{prompt}\r\n").as_bytes()).await.ok()?;
            wire.flush().await.ok()?;
            self.hear(wire).await?;
        }
        self.reply(wire, "AUTH", "235 2.7.0 ok").await
    }

    async fn data(&self, wire: &mut Wire) -> Option<()> {
        if self.answer(wire, "DATA", "354 go").await? {
            self.text(wire).await?;
            self.reply(wire, "TEXT", "250 2.0.0 ok").await?;
        }
        Some(())
    }

    async fn simple(&self, wire: &mut Wire, verb: &str) -> Option<()> {
        if verb == "MAIL" {
            let pending = String::from_utf8_lossy(wire.buffer()).into_owned();
            let is_group = pending.starts_with("RCPT TO:") && pending.ends_with("DATA\r\n");
            self.seen.lock().unwrap().pipelined += usize::from(is_group);
        }
        match verb {
            "HELO" => self.reply(wire, "HELO", "250 peer.test").await,
            "MAIL" => self.reply(wire, "MAIL", "250 2.1.0 ok").await,
            "RCPT" => self.reply(wire, "RCPT", "250 2.1.5 ok").await,
            "RSET" => self.reply(wire, "RSET", "250 ok").await,
            "QUIT" => {
                self.reply(wire, "QUIT", "221 bye").await?;
                None
            }
            _ => self.reply(wire, "?", "500 what").await,
        }
    }

    fn over_tls<T>(&self, stream: T) -> T {
        self.seen.lock().unwrap().over_tls += 1;
        stream
    }

    fn hello(&self, offers_tls: bool) -> String {
        let habits = self.habits.lock().unwrap();
        let mut lines = vec!["peer.test"];
        lines.extend(&habits.keywords);
        lines.extend(offers_tls.then_some("STARTTLS"));
        let last = lines.pop().unwrap();
        let lines = lines.iter().map(|line| format!("250-{line}\r\n")).collect::<Vec<_>>().concat();
        format!("{lines}250 {last}")
    }

    async fn hear(&self, wire: &mut Wire) -> Option<String> {
        let mut line = String::new();
        wire.read_line(&mut line).await.ok()?;
        let command = line.strip_suffix("\r\n")?.to_owned();
        self.seen.lock().unwrap().commands.push(command.clone());
        Some(command)
    }

    async fn reply(&self, wire: &mut Wire, verb: &'static str, usual: &str) -> Option<()> {
        self.answer(wire, verb, usual).await.map(|_| ())
    }

    /// Says the reply lined up for the verb, or the usual one; tells whether it was positive.
    async fn answer(&self, wire: &mut Wire, verb: &'static str, usual: &str) -> Option<bool> {
        let lined_up = self.habits.lock().unwrap().replies.get_mut(verb).and_then(VecDeque::pop_front);
        let reply = lined_up.unwrap_or(usual);
        if reply == HANG_UP {
            return None;
        }
        if reply == STALL {
            std::future::pending::<()>().await;
        }
        wire.write_all(format!("{reply}\r\n").as_bytes()).await.ok()?;
        wire.flush().await.ok()?;
        Some(reply.starts_with(['2', '3']))
    }

    async fn text(&self, wire: &mut Wire) -> Option<()> {
        let mut text = Vec::new();
        while !(text == b".\r\n" || text.ends_with(b"\r\n.\r\n")) {
            if wire.read_until(b'\n', &mut text).await.ok()? == 0 {
                return None;
            }
        }
        self.seen.lock().unwrap().texts.push(text);
        Some(())
    }
}
