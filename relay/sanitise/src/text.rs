//! A decoded text part on its way to the words the writer wrote: joined lines, quotes, signatures, footers.

pub(crate) mod armour;
pub(crate) mod attribution;
pub(crate) mod card;
mod contact;
pub(crate) mod flowed;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod markup;
pub(crate) mod quote;
pub(crate) mod signature;
mod signoff;
mod small_print;
pub(crate) mod tidy;
pub(crate) mod voice;
mod when;
mod work;
