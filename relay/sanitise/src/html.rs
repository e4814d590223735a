//! HTML to the text a reader sees: blocks, lists and links as text; nothing hidden, nothing remote.
//!
//! An own lexer rather than html5ever's tokenizer: that one compares every attribute of a tag with all the
//! others, so that one hostile tag costs quadratic time, and it spends most of its time on a tree we do not
//! build. Its table of named characters is used.

mod colour;
pub(crate) mod element;
pub(crate) mod enriched;
pub(crate) mod entity;
pub(crate) mod lexer;
pub(crate) mod render;
mod sheet;
mod signs;
pub(crate) mod style;
mod traits;

pub(crate) use render::{Rendered, render};
