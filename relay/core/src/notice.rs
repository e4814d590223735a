//! Mail we write ourselves: which notices exist and what each may say.

use crate::veiled;
use serde::Serialize;

/// A notice with all it may say. Each variant is one template, in every language.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Notice {
    /// To an enrolled author: a letter in your name could not be tied to your mailbox; answer to send it.
    ConfirmAuthor(ConfirmAuthor),
    /// To the writer: the other people on your letter got it directly from your own provider.
    CopiedOthers(CopiedOthers),
    /// To the writer: your letter has not arrived yet, we go on trying.
    Delayed(Plain),
    /// To the writer: your letter could not be delivered.
    NotDelivered(Plain),
    /// To the writer: the held letter is on its way.
    Confirmed(Plain),
    /// To the writer: your letter was encrypted, and the house cannot read it on its way.
    Encrypted(Plain),
    /// To the organisation's contact: an item waits. A number, never content.
    ItemRaised(ItemRaised),
    /// To the organisation's contact: somebody wrote to the desk, postmaster or abuse; the letter follows.
    DeskLetter(DeskLetter),
}

/// Nothing but when the letter was written.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Plain {
    /// The name by which the reader knows the other side: a pseudonym.
    pub other: String,
    /// When the letter reached us, in words of the reader's language, such as "21 november 2026".
    pub written_on: String,
}

/// See [`Notice::ConfirmAuthor`].
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ConfirmAuthor {
    /// The pseudonym of the one the letter is for.
    pub other: String,
    /// When the letter reached us.
    pub written_on: String,
    /// Days until the held letter is erased unsent.
    pub days: u32,
}

/// See [`Notice::CopiedOthers`].
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CopiedOthers {
    /// The pseudonym of the one the letter is for.
    pub other: String,
    /// How many further recipients the letter named.
    pub others: usize,
}

/// See [`Notice::ItemRaised`].
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ItemRaised {
    /// The item's number.
    pub item: String,
    /// The word of its kind.
    pub kind: &'static str,
}

/// See [`Notice::DeskLetter`].
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DeskLetter {
    /// `postmaster`, `abuse` or `desk`.
    pub door: &'static str,
    /// Who wrote, as the contact may know it: a pseudonym and a person's number, or what the stranger gave.
    pub from: String,
    /// The letter's text, sanitised when an enrolled person wrote.
    pub text: String,
}

veiled!(Notice, Plain, ConfirmAuthor, CopiedOthers, ItemRaised, DeskLetter);

impl Notice {
    /// Every template's name, which is its file name under `templates/mail/<language>/`.
    pub const NAMES: [&'static str; 8] = [
        "confirm_author",
        "copied_others",
        "delayed",
        "not_delivered",
        "confirmed",
        "encrypted",
        "item_raised",
        "desk_letter",
    ];

    /// The template's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ConfirmAuthor(_) => "confirm_author",
            Self::CopiedOthers(_) => "copied_others",
            Self::Delayed(_) => "delayed",
            Self::NotDelivered(_) => "not_delivered",
            Self::Confirmed(_) => "confirmed",
            Self::Encrypted(_) => "encrypted",
            Self::ItemRaised(_) => "item_raised",
            Self::DeskLetter(_) => "desk_letter",
        }
    }

    /// One sample of every notice, for the golden files.
    pub fn samples() -> Vec<Self> {
        let plain = || Plain { other: "Vinter".into(), written_on: "2026-11-21".into() };
        vec![
            Self::ConfirmAuthor(ConfirmAuthor { other: "Frida".into(), written_on: "2026-11-21".into(), days: 5 }),
            Self::CopiedOthers(CopiedOthers { other: "Frida".into(), others: 2 }),
            Self::Delayed(plain()),
            Self::NotDelivered(plain()),
            Self::Confirmed(plain()),
            Self::Encrypted(plain()),
            Self::ItemRaised(ItemRaised { item: "0000000000042".into(), kind: "undeliverable" }),
            Self::DeskLetter(DeskLetter {
                door: "postmaster",
                from: "stranger@example.org".into(),
                text: "Hello,\nis this the right place?".into(),
            }),
        ]
    }
}
