//! The shape of a letter: header fields, the tree of parts, and their decoded octets and text.
//!
//! An own splitter rather than mail-parser's, because that one (0.11) takes a boundary in the middle of
//! a line, reads `Fr om` as `From`, and spends quadratic time on some hostile shapes. mail-parser decodes
//! single values here (addresses, dates), and re-reads the finished letter for the guard, so that the two
//! readers do not share their blind spots.

pub(crate) mod alternative;
pub(crate) mod charset;
pub(crate) mod decode;
pub(crate) mod encoded;
pub(crate) mod field;
pub(crate) mod inserted;
pub(crate) mod parameter;
pub(crate) mod part;
pub(crate) mod role;
pub(crate) mod value;
