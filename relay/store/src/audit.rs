//! Who did what to which row: audit rows without content and without names.

use crate::act::Conn;
use crate::error::StoreError;
use crate::stored::fresh;
use brevbro_core::seal::Sealed;
use brevbro_core::time::Moment;

/// In which role something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The relay itself, by rule.
    Relay,
    /// One of the two parties, by mail.
    Party,
    /// Provisions, cannot read.
    Admin,
    /// Reads, cannot see addresses.
    Coordinator,
    /// Second person for a reveal.
    Custodian,
}

impl Actor {
    /// The word the store keeps.
    pub fn word(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Party => "party",
            Self::Admin => "admin",
            Self::Coordinator => "coordinator",
            Self::Custodian => "custodian",
        }
    }
}

/// One audit row to be written with its act.
pub(crate) struct Trace {
    pub(crate) at: Moment,
    pub(crate) act: &'static str,
    pub(crate) subject: (&'static str, i64),
    pub(crate) by: Actor,
}

impl Trace {
    pub(crate) async fn write(&self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        self.write_with(conn, None).await
    }

    /// The same with a sealed reason.
    pub(crate) async fn write_with(&self, conn: &mut Conn<'_>, note: Option<&Sealed>) -> Result<(), StoreError> {
        let id = i64::try_from(fresh() >> 1).unwrap_or(0);
        let (kind, subject) = self.subject;
        let note = note.map(Sealed::octets);
        run!(conn, INSERT, id, self.at.as_millis(), self.act, kind, subject, self.by.word(), note).map(drop)
    }
}

statements! {
    INSERT = "insert into audit (id, at, act, subject_kind, subject_id, actor, note)
        values ($1, $2, $3, $4, $5, $6, $7)";
}
