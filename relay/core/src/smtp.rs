//! The SMTP server session as a pure machine: octets in, replies and letters out (RFC 5321).
//!
//! Sans I/O: the shell owns the socket, the clock and the TLS handshake. It feeds what it has read to a
//! [`Session`] and does what [`Next`] says; replies collect in a buffer that it writes when nothing is left to read.
//!
//! smtp-proto serves as the grammar of commands and parameters. Line framing, paths, the end of a letter and the
//! order of commands are ours, because there a lenient reading is a security hole (see each module).

mod answers;
mod body;
mod command;
mod dots;
mod line;
mod parameters;
mod path;
mod phase;
mod session;
mod terms;

pub use command::{Command, Grammar, Misuse};
pub use session::{Caller, Fed, Next, Session};
pub use terms::{Accept, Limits, Terms};
