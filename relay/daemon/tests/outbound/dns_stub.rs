//! A name server on loopback that answers from a table.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use tokio::net::UdpSocket;

const A: u16 = 1;
const MX: u16 = 15;
const TXT: u16 = 16;

#[derive(Default)]
struct Zone {
    records: HashMap<(String, u16), Vec<Vec<u8>>>,
    troubled: Vec<String>,
}

/// Unknown names get NXDOMAIN, known ones without the type asked for get an empty answer.
pub(crate) struct NameServer {
    pub(crate) address: SocketAddr,
    zone: Arc<Mutex<Zone>>,
}

impl NameServer {
    pub(crate) async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let zone = Arc::new(Mutex::new(Zone::default()));
        let shared = Arc::clone(&zone);
        tokio::spawn(async move {
            let mut buffer = [0_u8; 1500];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
                let answer = answer(&buffer[..length], &shared.lock().unwrap());
                if let Some(answer) = answer {
                    socket.send_to(&answer, peer).await.unwrap();
                }
            }
        });
        Self { address, zone }
    }

    fn add(&self, name: &str, kind: u16, data: Vec<u8>) {
        self.zone.lock().unwrap().records.entry((name.to_owned(), kind)).or_default().push(data);
    }

    pub(crate) fn a(&self, name: &str, ip: [u8; 4]) -> &Self {
        self.add(name, A, Ipv4Addr::from(ip).octets().to_vec());
        self
    }

    pub(crate) fn mx(&self, name: &str, preference: u16, host: &str) -> &Self {
        self.add(name, MX, [&preference.to_be_bytes()[..], &wire_name(host)].concat());
        self
    }

    pub(crate) fn txt(&self, name: &str, text: &str) -> &Self {
        let strings = text.as_bytes().chunks(255).flat_map(|c| [&[u8::try_from(c.len()).unwrap()], c].concat());
        self.add(name, TXT, strings.collect());
        self
    }

    /// Every question about this name gets SERVFAIL.
    pub(crate) fn trouble(&self, name: &str) -> &Self {
        self.zone.lock().unwrap().troubled.push(name.to_owned());
        self
    }
}

fn wire_name(name: &str) -> Vec<u8> {
    let labels = name.split('.').filter(|l| !l.is_empty());
    let mut wire: Vec<u8> = labels.flat_map(|l| [&[u8::try_from(l.len()).unwrap()], l.as_bytes()].concat()).collect();
    wire.push(0);
    wire
}

fn answer(query: &[u8], zone: &Zone) -> Option<Vec<u8>> {
    let mut place = 12;
    let mut labels = Vec::new();
    while *query.get(place)? != 0 {
        let length = usize::from(query[place]);
        labels.push(String::from_utf8_lossy(query.get(place + 1..=place + length)?).to_lowercase());
        place += length + 1;
    }
    let name = labels.join(".");
    let kind = u16::from_be_bytes([*query.get(place + 1)?, *query.get(place + 2)?]);
    let question = query.get(12..place + 5)?;
    let found = zone.records.get(&(name.clone(), kind)).cloned().unwrap_or_default();
    let is_known = zone.records.keys().any(|(known, _)| *known == name || known.ends_with(&format!(".{name}")));
    let code = if zone.troubled.contains(&name) {
        2
    } else if is_known {
        0
    } else {
        3
    };
    let authority = u16::from(found.is_empty() && code != 2);
    let mut out = [&query[..2], &[0x81, 0x80 | code, 0, 1]].concat();
    for count in [u16::try_from(found.len()).unwrap(), authority, 0] {
        out.extend_from_slice(&count.to_be_bytes());
    }
    out.extend_from_slice(question);
    for data in &found {
        out.extend_from_slice(&[0xc0, 12]);
        record(&mut out, kind, data);
    }
    if authority == 1 {
        out.push(0);
        record(&mut out, 6, &[&wire_name("ns.test")[..], &wire_name("x.test"), &[0; 16], &[0, 0, 0, 60]].concat());
    }
    Some(out)
}

fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    out.extend_from_slice(&kind.to_be_bytes());
    out.extend_from_slice(&[0, 1, 0, 0, 0, 60]);
    out.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
    out.extend_from_slice(data);
}
