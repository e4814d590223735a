//! The octet stream to the next hop: TCP, or TLS over it.

use super::fault::{Class, Fault, Phase};
use super::timeouts::{Timeouts, within};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Where to connect to.
#[derive(Clone)]
pub(super) enum Place {
    /// A host by name; the system's resolver finds its addresses.
    Host(String, u16),
    /// An address known already.
    Address(SocketAddr),
}

/// The octets between us and the next hop.
pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Connects; small writes go out at once (`TCP_NODELAY`), since each of them awaits its reply.
    pub(super) async fn connect(place: &Place, timeouts: &Timeouts) -> Result<Self, Fault> {
        let refused = Fault::new(Phase::Connect, Class::Connect).with(4, 4, 1);
        let connecting = async {
            match place {
                Place::Host(host, port) => TcpStream::connect((host.as_str(), *port)).await,
                Place::Address(address) => TcpStream::connect(address).await,
            }
        };
        let tcp = within(timeouts.connect, Phase::Connect, connecting).await?.map_err(|_| refused)?;
        tcp.set_nodelay(true).map_err(|_| refused)?;
        Ok(Self::Plain(tcp))
    }

    /// Takes the stream into TLS.
    pub(super) async fn secure(
        self,
        config: &Arc<ClientConfig>,
        name: &ServerName<'static>,
        timeouts: &Timeouts,
    ) -> Result<Self, Fault> {
        let fault = Fault::new(Phase::Tls, Class::Tls).with(4, 7, 5);
        let Self::Plain(tcp) = self else { return Err(fault) };
        let shaking = TlsConnector::from(Arc::clone(config)).connect(name.clone(), tcp);
        let tls = within(timeouts.connect, Phase::Tls, shaking).await?.map_err(|_| fault)?;
        Ok(Self::Tls(Box::new(tls)))
    }

    /// Whether the octets are encrypted.
    pub(super) fn is_tls(&self) -> bool {
        matches!(self, Self::Tls(_))
    }

    /// Whether the peer is this very machine.
    pub(super) fn is_loopback(&self) -> bool {
        let tcp = match self {
            Self::Plain(tcp) => tcp,
            Self::Tls(tls) => tls.get_ref().0,
        };
        tcp.peer_addr().is_ok_and(|address| IpAddr::is_loopback(&address.ip().to_canonical()))
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_read(cx, buf),
            Self::Tls(tls) => Pin::new(tls).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_write(cx, buf),
            Self::Tls(tls) => Pin::new(tls).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_flush(cx),
            Self::Tls(tls) => Pin::new(tls).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Self::Tls(tls) => Pin::new(tls).poll_shutdown(cx),
        }
    }
}
