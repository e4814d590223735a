//! The steps of removal by name, so that a test can leave one out and see whether the guard notices.
//!
//! A step is an act: without it something arrives. What a finished letter has no place for (header fields, file
//! names, metadata) needs no act, and no switch here; a test copies it into the finished letter instead.

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// One step of removal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Step {$($(#[$doc])* $name),*}

        impl Step {
            /// Every step.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

steps! {
    /// The names of both people.
    Names,
    /// Their mailboxes.
    Addresses,
    /// Their telephone numbers.
    Phones,
    /// What else is known of them: streets, employers.
    Others,
    /// Learning anything from the header at all.
    Learning,
    /// The names the header shows: persons and offices.
    LearntNames,
    /// The mailboxes in the header.
    LearntAddresses,
    /// The machines in the header.
    LearntHosts,
    /// Programs with their versions, and organisations.
    LearntDetails,
    /// Owners of certificates and keys, authors of letters within the letter.
    Owners,
    /// Names of files where the words repeat them.
    FileNames,
    /// Identifiers that somebody has encoded by hand.
    Encoded,
    /// Contact details of anybody.
    Contact,
    /// What follows people around in links.
    Links,
    /// Quoted history and the lines above it.
    Quotes,
    /// Signature blocks and footers.
    Endings,
    /// Hidden words of HTML.
    Hidden,
    /// The marks that programs leave where a picture stood.
    PictureMarks,
    /// Blocks of keys, signatures and certificates among the words.
    Armour,
    /// Identifiers in the subject.
    Subject,
    /// Identifiers in the title of an invitation.
    Titles,
    /// Identifiers in the words of files.
    FileWords,
}

/// The steps that are taken: all of them. Leaving some out is possible in tests only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Steps {
    /// A bit for each step that is not taken.
    left_out: u32,
}

impl Steps {
    pub(crate) const ALL: Self = Self { left_out: 0 };

    /// All steps but some.
    #[cfg(test)]
    pub(crate) fn without(steps: &[Step]) -> Self {
        Self { left_out: steps.iter().fold(0, |all, step| all | 1 << (*step as u32)) }
    }

    /// Whether a step is taken.
    pub(crate) fn takes(self, step: Step) -> bool {
        self.left_out >> (step as u32) & 1 == 0
    }
}

#[cfg(test)]
mod tests;
