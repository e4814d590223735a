//! Desk 1½: a letter read once, before anything is decided about it.

use crate::kind::{self, Kind};
use crate::limits::Limits;
use crate::mime::field::{self, Field, Rigour};
use crate::mime::part::{self, Budget, Part};
use crate::mime::value::{self, Mailbox};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::reply::Refusal;
use brevbro_core::time::Moment;
use std::borrow::Cow;
use std::fmt;

/// A letter whose shape is sound and bounded. Content: `Debug` shows nothing of it.
pub struct Letter<'a> {
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) root: Part<'a>,
    author: Option<EmailAddr>,
    kind: Kind,
}

/// Reads a letter's header block and its tree of parts.
///
/// Refused as malformed: a field name that two readers could read differently, and anything but one `From`
/// field with one mailbox (RFC 5322 §3.6.2 allows more; a second author is how forgeries pass). A report or
/// automatic answer may have a `From` that is no mailbox. Refused as too complex: whatever exceeds the limits.
pub fn read<'a>(raw: &'a [u8], limits: &Limits) -> Result<Letter<'a>, Refusal> {
    let block = field::split(raw, Rigour::Strict, limits.header_bytes)?;
    let from = only(&block.fields, "From")?.ok_or(Refusal::Malformed)?;
    only(&block.fields, "Sender")?;
    let mut mailboxes = value::mailboxes(from);
    if mailboxes.len() > 1 {
        return Err(Refusal::Malformed);
    }
    let author = mailboxes.pop().as_ref().and_then(Mailbox::parsed);
    let root = part::read(&block.fields, block.body, 0, &mut Budget::new(limits))?;
    let kind = kind::of(&block.fields, &root, author.as_ref(), false);
    if author.is_none() && matches!(kind, Kind::Letter | Kind::Encrypted) {
        return Err(Refusal::Malformed);
    }
    Ok(Letter { fields: block.fields, root, author, kind })
}

/// The only field of a name; two of them are refused, since two readers could choose differently.
fn only<'f, 'a>(fields: &'f [Field<'a>], name: &str) -> Result<Option<&'f Field<'a>>, Refusal> {
    let mut all = fields.iter().filter(|field| field.is(name));
    match (all.next(), all.next()) {
        (_, Some(_)) => Err(Refusal::Malformed),
        (first, None) => Ok(first),
    }
}

impl<'a> Letter<'a> {
    /// The one mailbox of `From`; absent only on reports and automatic answers.
    pub fn author(&self) -> Option<&EmailAddr> {
        self.author.as_ref()
    }

    /// What the letter is, as far as it says so itself.
    pub fn kind(&self) -> Kind {
        self.kind.clone()
    }

    /// What the letter is when the reverse-path is known: bounces and absence notes that do not declare
    /// themselves are recognised on the null reverse-path only (RFC 5321 §4.5.5, RFC 3834 §3.3).
    pub fn kind_on(&self, null_reverse_path: bool) -> Kind {
        if null_reverse_path && self.kind == Kind::Letter {
            kind::of(&self.fields, &self.root, self.author.as_ref(), true)
        } else {
            self.kind.clone()
        }
    }

    /// The letter's own identifier, without its brackets.
    pub fn message_id(&self) -> Option<&'a str> {
        value::ids(self.field("Message-ID")?).first().copied()
    }

    /// The identifiers of `In-Reply-To`.
    pub fn in_reply_to(&self) -> Vec<&'a str> {
        self.field("In-Reply-To").map(value::ids).unwrap_or_default()
    }

    /// The identifiers of `References`, oldest first.
    pub fn references(&self) -> Vec<&'a str> {
        self.field("References").map(value::ids).unwrap_or_default()
    }

    /// Every identifier the letter says it answers: `In-Reply-To`, then `References` from the newest back.
    pub fn thread_ids(&self) -> impl Iterator<Item = &'a str> {
        self.in_reply_to().into_iter().chain(self.references().into_iter().rev())
    }

    /// How many mailboxes of To and Cc lie outside the relay's own domains.
    pub fn other_recipients(&self, own: &[Domain]) -> usize {
        let is_ours = |mailbox: &Mailbox| {
            mailbox.parsed().is_some_and(|address| address.domain().is_some_and(|domain| own.contains(domain)))
        };
        self.fields
            .iter()
            .filter(|field| field.is("To") || field.is("Cc"))
            .flat_map(value::mailboxes)
            .filter(|mailbox| mailbox.address.is_some() && !is_ours(mailbox))
            .count()
    }

    /// The hop token of a letter that has been here before, to be judged by [`crate::hop::is_ours`].
    pub fn hop(&self) -> Option<Cow<'a, str>> {
        self.field(crate::hop::FIELD).map(Field::unfolded)
    }

    /// The values of Authentication-Results, unfolded, topmost first (RFC 8601 §5).
    pub fn authentication_results(&self) -> impl Iterator<Item = Cow<'a, str>> {
        self.fields.iter().filter(|field| field.is("Authentication-Results")).map(Field::unfolded)
    }

    /// The subject, decoded.
    pub fn subject(&self) -> String {
        self.field("Subject").map(value::words).unwrap_or_default()
    }

    pub(crate) fn date(&self) -> Option<Moment> {
        self.field("Date").and_then(value::date)
    }

    pub(crate) fn field(&self, name: &str) -> Option<&Field<'a>> {
        field::find(&self.fields, name)
    }
}

impl fmt::Debug for Letter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({} header fields, {})", self.fields.len(), self.kind.word())
    }
}

#[cfg(test)]
#[path = "letter/tests.rs"]
mod tests;
