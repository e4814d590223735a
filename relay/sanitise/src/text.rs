//! A decoded text part on its way to the words the writer wrote: joined lines, quotes, signatures, footers.

pub(crate) mod armour;
pub(crate) mod attribution;
pub(crate) mod flowed;
pub(crate) mod quote;
pub(crate) mod signature;
pub(crate) mod tidy;
pub(crate) mod voice;
