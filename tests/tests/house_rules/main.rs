//! The house rules: what no compiler and no lint looks after.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod dependencies;
mod pages;
mod promises;
mod rooms;
mod scan;
mod size;
mod tree;
