//! Name servers that know what a test tells them, over UDP (RFC 1035).

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

const A: u16 = 1;
const MX: u16 = 15;
const TXT: u16 = 16;

/// How the name server meets questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Answers; what it does not know does not exist.
    Answers,
    /// SERVFAIL to everything.
    Fails,
    /// Says nothing.
    Silent,
}

type Records = HashMap<(String, u16), Vec<Vec<u8>>>;

#[derive(Debug)]
struct Zone {
    records: Mutex<Records>,
    manner: Mutex<Manner>,
    questions: AtomicUsize,
    ends: AtomicBool,
}

/// A name server on this machine. Ends when dropped.
#[derive(Debug)]
pub struct NameServer {
    address: SocketAddr,
    zone: Arc<Zone>,
    thread: Option<JoinHandle<()>>,
}

impl NameServer {
    /// Listens on a free port; knows nothing yet.
    pub fn open() -> Self {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).expect("a free port");
        socket.set_read_timeout(Some(Duration::from_millis(50))).expect("a time-out can be set");
        let address = socket.local_addr().expect("a bound socket has an address");
        let zone = Arc::new(Zone {
            records: Mutex::default(),
            manner: Mutex::new(Manner::Answers),
            questions: AtomicUsize::new(0),
            ends: AtomicBool::new(false),
        });
        let own = Arc::clone(&zone);
        let thread = std::thread::spawn(move || own.listen(&socket));
        Self { address, zone, thread: Some(thread) }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How it answers from now on.
    pub fn set_manner(&self, manner: Manner) {
        *self.zone.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    /// How many questions have come.
    pub fn questions(&self) -> usize {
        self.zone.questions.load(Ordering::SeqCst)
    }

    /// Adds a text.
    pub fn txt(&self, name: &str, text: &str) {
        let strings = text.as_bytes().chunks(255).flat_map(|chunk| [&[octet(chunk.len())], chunk].concat());
        self.add(name, TXT, strings.collect());
    }

    /// Adds a network address.
    pub fn a(&self, name: &str, address: Ipv4Addr) {
        self.add(name, A, address.octets().to_vec());
    }

    /// Adds a mail exchanger.
    pub fn mx(&self, name: &str, preference: u16, host: &str) {
        self.add(name, MX, [preference.to_be_bytes().to_vec(), wire_name(host)].concat());
    }

    fn add(&self, name: &str, kind: u16, data: Vec<u8>) {
        let mut records = self.zone.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.entry((name.to_ascii_lowercase(), kind)).or_default().push(data);
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.zone.ends.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Zone {
    fn listen(&self, socket: &UdpSocket) {
        let mut packet = [0; 4096];
        while !self.ends.load(Ordering::SeqCst) {
            let Ok((size, asker)) = socket.recv_from(&mut packet) else { continue };
            self.questions.fetch_add(1, Ordering::SeqCst);
            if let Some(answer) = self.answer(&packet[..size]) {
                let _ = socket.send_to(&answer, asker);
            }
        }
    }

    fn answer(&self, query: &[u8]) -> Option<Vec<u8>> {
        let manner = *self.manner.lock().unwrap_or_else(PoisonError::into_inner);
        let (name, end) = read_name(query, 12)?;
        let question = query.get(12..end + 4)?;
        let kind = u16::from_be_bytes(query.get(end..end + 2)?.try_into().ok()?);
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let found = records.get(&(name.clone(), kind)).cloned().unwrap_or_default();
        let below = format!(".{name}");
        let exists = records.keys().any(|(known, _)| *known == name || known.ends_with(&below));
        let code = match manner {
            Manner::Silent => return None,
            Manner::Fails => 2,
            Manner::Answers if exists => 0,
            Manner::Answers => 3,
        };
        let found = if code == 0 { found } else { Vec::new() };
        let count = u16::try_from(found.len()).ok()?;
        let mut answer = query.get(..2)?.to_vec();
        answer.extend([0x85, 0x80 | code, 0, 1]);
        answer.extend(count.to_be_bytes());
        answer.extend([0; 4]);
        answer.extend_from_slice(question);
        for data in found {
            answer.extend([0xc0, 12]);
            answer.extend(kind.to_be_bytes());
            answer.extend([0, 1, 0, 0, 0, 1]);
            answer.extend(u16::try_from(data.len()).ok()?.to_be_bytes());
            answer.extend(data);
        }
        Some(answer)
    }
}

fn octet(length: usize) -> u8 {
    u8::try_from(length).expect("a label or string of at most 255 octets")
}

fn wire_name(name: &str) -> Vec<u8> {
    let labels = name.trim_end_matches('.').split('.');
    let mut wire: Vec<u8> = labels.flat_map(|label| [&[octet(label.len())], label.as_bytes()].concat()).collect();
    wire.push(0);
    wire
}

fn read_name(packet: &[u8], mut at: usize) -> Option<(String, usize)> {
    let mut labels = Vec::new();
    loop {
        let length = usize::from(*packet.get(at)?);
        at += 1;
        if length == 0 {
            return Some((labels.join("."), at));
        }
        labels.push(String::from_utf8_lossy(packet.get(at..at + length)?).to_ascii_lowercase());
        at += length;
    }
}
