//! Sending mail: the port the delivery desk uses, and the words for what became of a letter.

mod attempt;
mod captured;
mod circuit;
mod direct;
mod fault;
mod letter;
mod link;
mod login;
mod pool;
mod reply;
mod smarthost;
mod stream;
mod stuffing;
mod timeouts;
mod tls;

pub use attempt::{Attempt, Outbound, Parcel, Sending};
pub use captured::Captured;
pub use direct::{DirectMx, DirectOptions, Pick};
pub use fault::{Class, Fault, Phase};
pub use login::Credentials;
pub use pool::Limits;
pub use smarthost::{Smarthost, SmarthostOptions};
pub use timeouts::Timeouts;
pub use tls::{BadTls, TlsMode};
