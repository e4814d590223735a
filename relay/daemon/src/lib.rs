//! The house: everything that acts. Sockets, keys, clock and store meet the laws of the other rooms here.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic"))]

pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod counters;
pub mod delivery;
pub mod demo;
pub mod discretion;
pub mod dkim;
pub mod dns;
pub mod enrol;
pub mod evidence;
pub mod greetings;
pub mod house;
pub mod intake;
pub mod keys;
pub mod notice;
pub mod outbound;
pub mod people;
pub mod post;
pub mod programmes;
pub mod record;
pub mod serve;
pub mod signing;
pub mod smtp;
pub mod tick;
pub mod tokens;
