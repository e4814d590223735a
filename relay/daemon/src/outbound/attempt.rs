//! A letter on its way out, and the port it leaves through.

use super::fault::Fault;
use brevbro_core::address::EmailAddr;
use brevbro_core::envelope::ReversePath;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::time::Instant;

/// One letter for one recipient, ready for the wire.
#[derive(Clone)]
pub struct Parcel {
    /// Where the next hop reports failures to.
    pub reverse_path: ReversePath,
    /// The one recipient.
    pub forward_path: EmailAddr,
    /// The letter, signed already, CRLF line ends and no bare CR or LF.
    pub message: Vec<u8>,
    /// Whether the header holds UTF-8 (RFC 6532), so that the next hop must offer SMTPUTF8.
    pub utf8: bool,
}

impl std::fmt::Debug for Parcel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Parcel({} octets)", self.message.len())
    }
}

impl Parcel {
    /// Whether the next hop must understand UTF-8 in addresses or header.
    pub(super) fn needs_utf8(&self) -> bool {
        let reverse = matches!(&self.reverse_path, ReversePath::Addr(addr) if addr.needs_utf8());
        self.utf8 || reverse || self.forward_path.needs_utf8()
    }
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Attempt {
    /// The next hop took responsibility for it (RFC 5321 §4.2.5).
    Delivered,
    /// Not now; try again later, with the same Message-ID.
    Deferred(Fault),
    /// Never; the writer is told.
    Failed(Fault),
}

/// A letter being sent.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Attempt> + Send + 'a>>;

/// The port the delivery desk sends through.
pub trait Outbound: Send + Sync {
    /// Sends one letter. Ends within `Timeouts::total`; dropping it midway closes its connection, and
    /// the letter may then have arrived or not.
    fn send(&self, parcel: Parcel) -> Sending<'_>;

    /// When it makes sense to claim letters again; `None` is now. While the next hop is away every letter
    /// would be deferred at once, so a caller that waits spares its letters an attempt.
    fn retry_at(&self) -> Option<Instant> {
        None
    }

    /// Whether letters can be tried at this moment.
    fn available(&self) -> bool {
        self.retry_at().is_none()
    }

    /// Whether all letters leave through one next hop: a fault before any letter was named is then the hop's.
    fn has_one_hop(&self) -> bool {
        false
    }
}

impl<T: Outbound + ?Sized> Outbound for Arc<T> {
    fn send(&self, parcel: Parcel) -> Sending<'_> {
        (**self).send(parcel)
    }

    fn retry_at(&self) -> Option<Instant> {
        (**self).retry_at()
    }

    fn has_one_hop(&self) -> bool {
        (**self).has_one_hop()
    }
}
