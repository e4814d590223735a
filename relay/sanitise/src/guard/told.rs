//! What a letter tells of its writer, read by the guard's own means: a parser that has no part in the rebuilding.

use super::shape;
use super::sought::Sought;
use crate::body::Body;
use crate::learn::Learnt;
use crate::letter::Letter;
use mail_parser::{Addr, MessageParser};

/// What the rebuilder was told besides the identity.
pub(crate) struct Told<'t> {
    /// The relay's own host, in ASCII.
    pub(crate) own_host: &'t str,
    pub(crate) letter: &'t Letter<'t>,
    pub(crate) learnt: &'t Learnt,
    pub(crate) body: &'t Body,
}

/// Fields whose mailboxes are the writer's.
const WRITERS: [&str; 3] = ["From", "Sender", "Reply-To"];
/// Most mailboxes that are looked at.
const MAILBOXES_MAX: usize = 20;
/// Shortest name of a file that is more than a word, in octets.
const FILE_NAME_MIN: usize = 12;

impl Told<'_> {
    pub(super) fn seek(&self, sought: &mut Sought) {
        sought.seek_learnt(self.learnt);
        let mut header = Vec::new();
        for field in self.letter.fields.iter().filter(|field| WRITERS.iter().any(|name| field.is(name))) {
            header.extend_from_slice(field.name.as_bytes());
            header.extend_from_slice(b": ");
            header.extend_from_slice(field.raw.trim_ascii());
            header.extend_from_slice(b"\r\n");
        }
        header.extend_from_slice(b"\r\n");
        if let Some(message) = MessageParser::default().parse(&header) {
            let lists = [message.from(), message.sender(), message.reply_to()];
            let mailboxes = lists.into_iter().flatten().flat_map(mail_parser::Address::iter);
            mailboxes.take(MAILBOXES_MAX).for_each(|mailbox| seek_mailbox(mailbox, sought));
        }
        let is_telling = |name: &&String| name.len() >= FILE_NAME_MIN && !shape::is_neutral_name(name);
        for name in self.body.file_names.iter().filter(is_telling) {
            sought.seek_file(name);
        }
    }
}

fn seek_mailbox(mailbox: &Addr<'_>, sought: &mut Sought) {
    let address = mailbox.address().unwrap_or_default();
    if address.contains('@') {
        sought.seek_foreign(address);
    }
    sought.seek_shown(mailbox.name().unwrap_or_default());
}
