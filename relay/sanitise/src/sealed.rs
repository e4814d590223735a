//! Letters that are signed or encrypted end to end: what can be read of them, and whom their certificates name.

pub(crate) mod certificate;
pub(crate) mod cms;
pub(crate) mod der;
pub(crate) mod pgp;
pub(crate) mod portal;
