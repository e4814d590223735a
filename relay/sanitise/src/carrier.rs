//! Wrappings that other programs put words in: Outlook's own, RTF, and calendars.

pub(crate) mod calendar;
pub(crate) mod rtf;
pub(crate) mod tnef;
