//! The workbench: a house on a temporary database, a next hop, name servers and peers, all on this machine.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "the workbench is part of the tests: whatever goes wrong in it should fail the test at that line"
)]

pub mod binary;
pub mod canary;
pub mod chance;
pub mod cluster;
pub mod dns;
pub mod draft;
pub mod engine;
pub mod house;
pub mod http;
pub mod letter;
pub mod load;
pub mod node;
pub mod post;
pub mod postfix;
pub mod settings;
pub mod sink;
pub mod tls;
pub mod wait;

pub use draft::Draft;
pub use engine::Engine;
pub use house::{House, Pairing};
pub use letter::Letter;
pub use sink::{Answer, Door, Sink};
