//! Time and crowds over real sockets: limits, delays, draining, one write for a batch.

use super::*;
use brevbro_core::address::Domain;
use brevbro_core::smtp::{Accept, Limits};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

/// An intake that answers as many letters as it has been given leave for.
struct Gate(Arc<Semaphore>);

impl Intake for Gate {
    async fn take(&self, _letter: Received) -> Reply {
        self.0.acquire().await.unwrap().forget();
        Reply::new(250, (2, 0, 0), "kept")
    }
}

struct House {
    address: SocketAddr,
    counters: Arc<SmtpCounters>,
    leave: Arc<Semaphore>,
    close: watch::Sender<bool>,
    served: JoinHandle<()>,
}

fn brisk() -> Pace {
    Pace { hush: Duration::ZERO, drain: Duration::from_millis(300), tarpit: Duration::ZERO, ..Pace::default() }
}

async fn house(pace: Pace, crowd: Crowd, limits: Limits) -> House {
    let domain = |name| Domain::parse(name).unwrap();
    let accept = Accept::Ours(vec![domain("relay.test")]);
    let terms = Terms { hostname: domain("mx.relay.test"), accept, tls: true, limits };
    let leave = Arc::new(Semaphore::new(0));
    let door = Door::new(Gate(Arc::clone(&leave)), terms).with_pace(pace).with_crowd(crowd);
    let counters = door.counters();
    let listener = Listener::bind(&[SocketAddr::from(([127, 0, 0, 1], 0))]).await.unwrap();
    let address = listener.addresses()[0];
    let (close, closing) = watch::channel(false);
    let served = tokio::spawn(serve(listener, Arc::new(door), closing));
    House { address, counters, leave, close, served }
}

async fn ordinary(pace: Pace) -> House {
    house(pace, Crowd::default(), Limits::default()).await
}

/// One read from the socket: what the house wrote in one piece, as far as loopback shows it.
async fn hear(tcp: &mut TcpStream) -> String {
    let mut buffer = [0; 4096];
    let octets = timeout(Duration::from_secs(5), tcp.read(&mut buffer)).await.expect("nothing came").unwrap();
    String::from_utf8(buffer[..octets].to_vec()).unwrap()
}

async fn call(house: &House) -> TcpStream {
    let mut tcp = TcpStream::connect(house.address).await.unwrap();
    assert!(hear(&mut tcp).await.starts_with("220 "));
    tcp
}

const TO_DATA: &[u8] = b"HELO client.test\r\nMAIL FROM:<a@client.test>\r\nRCPT TO:<frida@relay.test>\r\nDATA\r\n";

#[tokio::test]
async fn a_batch_gets_one_write_and_a_letter_one_answer() {
    let house = ordinary(brisk()).await;
    let mut tcp = call(&house).await;
    tcp.write_all(TO_DATA).await.unwrap();
    assert_eq!(hear(&mut tcp).await.lines().count(), 4);
    house.leave.add_permits(1);
    tcp.write_all(b"Hello\r\n.\r\n").await.unwrap();
    assert_eq!(hear(&mut tcp).await, "250 2.0.0 kept\r\n");
    tcp.write_all(b"QUIT\r\n").await.unwrap();
    assert_eq!((hear(&mut tcp).await.as_str(), hear(&mut tcp).await.as_str()), ("221 2.0.0 Bye\r\n", ""));
    assert_eq!(house.counters.letter_octets.now(), 7);
}

#[tokio::test]
async fn silence_has_an_end() {
    let house = ordinary(Pace { command: Duration::from_millis(50), ..brisk() }).await;
    let mut tcp = call(&house).await;
    assert!(hear(&mut tcp).await.starts_with("421 4.4.2"));
    assert_eq!(hear(&mut tcp).await, "");
    assert_eq!(house.counters.timeouts.now(), 1);
}

#[tokio::test]
async fn slow_letters_have_an_end() {
    let house = ordinary(Pace { session: Duration::from_millis(200), ..brisk() }).await;
    let mut tcp = call(&house).await;
    tcp.write_all(TO_DATA).await.unwrap();
    hear(&mut tcp).await;
    let dripping = async {
        while tcp.write_all(b"a").await.is_ok() {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(3), dripping).await.expect("the session outlived its time");
    assert_eq!(house.counters.timeouts.now(), 1);
}

#[tokio::test]
async fn strangers_errors_are_answered_slowly() {
    let house = ordinary(Pace { tarpit: Duration::from_millis(100), ..brisk() }).await;
    let mut tcp = call(&house).await;
    let mut waits = Vec::new();
    for _ in 0..5 {
        let asked = Instant::now();
        tcp.write_all(b"FOO\r\n").await.unwrap();
        assert!(hear(&mut tcp).await.starts_with("500 "));
        waits.push(asked.elapsed().as_millis());
    }
    assert!(waits[0] < waits[4] && waits[3] >= 100 && waits[4] >= 200, "{waits:?}");
}

#[tokio::test]
async fn one_network_cannot_take_all_places() {
    let crowd = Crowd { per_network: 2, ..Crowd::default() };
    let house = house(brisk(), crowd, Limits::default()).await;
    let first = call(&house).await;
    let _second = call(&house).await;
    let mut third = TcpStream::connect(house.address).await.unwrap();
    assert!(hear(&mut third).await.starts_with("421 4.7.0"));
    drop(first);
    let freed = async {
        while house.counters.open.now() > 1 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(2), freed).await.expect("the place did not come back");
    call(&house).await;
    assert_eq!(house.counters.turned_away.now(), 1);
}

#[tokio::test]
async fn memory_for_letters_is_bounded_and_small_letters_pass() {
    let crowd = Crowd { total: 10, letter_octets: 1_000_000, ..Crowd::default() };
    let house = house(brisk(), crowd, Limits::default()).await;
    house.leave.add_permits(10);
    let mut tcp = call(&house).await;
    for (lines, answer) in [(400_000, "452 4.3.1"), (5_000, "250 2.0.0")] {
        tcp.write_all(TO_DATA).await.unwrap();
        assert!(hear(&mut tcp).await.contains("354"));
        tcp.write_all(&b"\r\n.\r\n"[..2]).await.unwrap();
        tcp.write_all(&b"abc\r\n".repeat(lines)).await.unwrap();
        tcp.write_all(b".\r\n").await.unwrap();
        assert!(hear(&mut tcp).await.starts_with(answer));
    }
}

#[tokio::test]
async fn a_closing_house_dismisses_the_idle_and_waits_for_letters() {
    let house = ordinary(Pace { drain: Duration::from_secs(5), ..brisk() }).await;
    let mut idle = call(&house).await;
    let mut busy = call(&house).await;
    busy.write_all(TO_DATA).await.unwrap();
    hear(&mut busy).await;
    house.close.send(true).unwrap();
    assert!(hear(&mut idle).await.starts_with("421 4.3.2"));
    busy.write_all(b"Hello\r\n.\r\n").await.unwrap();
    sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(house.address).await.is_err(), "a closing house lets nobody in");
    house.leave.add_permits(1);
    assert!(hear(&mut busy).await.starts_with("250 2.0.0 kept\r\n"));
    drop((idle, busy));
    timeout(Duration::from_secs(3), house.served).await.expect("the house did not close").unwrap();
}

#[tokio::test]
async fn a_letter_that_takes_too_long_is_cut_off_without_a_promise() {
    let house = ordinary(brisk()).await;
    let mut tcp = call(&house).await;
    tcp.write_all(TO_DATA).await.unwrap();
    hear(&mut tcp).await;
    tcp.write_all(b"Hello\r\n.\r\n").await.unwrap();
    sleep(Duration::from_millis(50)).await;
    house.close.send(true).unwrap();
    timeout(Duration::from_secs(2), house.served).await.expect("the house did not close").unwrap();
    let mut rest = String::new();
    let _end = tcp.read_to_string(&mut rest).await;
    assert_eq!((rest.as_str(), house.counters.open.now()), ("", 0));
}

#[test]
fn certificates_that_do_not_fit_are_explained() {
    let made = || rcgen::generate_simple_self_signed(["mx.relay.test".to_owned()]).unwrap();
    let (one, other) = (made(), made());
    let (chain, key) = (one.cert.pem(), one.signing_key.serialize_pem());
    assert!(Tls::from_pem(chain.as_bytes(), key.as_bytes()).is_ok());
    let wrong = other.signing_key.serialize_pem();
    assert!(matches!(Tls::from_pem(chain.as_bytes(), wrong.as_bytes()), Err(TlsTrouble::Pair(_))));
    assert!(matches!(Tls::from_pem(b"", key.as_bytes()), Err(TlsTrouble::Empty)));
    assert!(matches!(Tls::from_pem(chain.as_bytes(), b""), Err(TlsTrouble::Key(_))));
    let nowhere = TlsFiles { certificate: "/nowhere/chain.pem".into(), key: "/nowhere/key.pem".into() };
    assert!(Tls::load(nowhere).unwrap_err().to_string().starts_with("cannot read /nowhere/chain.pem"));
}
