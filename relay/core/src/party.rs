//! Who writes to whom: sides, directions and the languages notices are written in.

use crate::word::UnknownWord;
use crate::words;
use std::fmt;
use std::str::FromStr;

/// One of the two parties of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The help-seeker.
    Seeker,
    /// The volunteer.
    Volunteer,
}

impl Side {
    /// The other party.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Seeker => Self::Volunteer,
            Self::Volunteer => Self::Seeker,
        }
    }
}

words!(Side, "seeker or volunteer", Seeker => "seeker", Volunteer => "volunteer");

/// A language notices and placeholders are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// Swedish.
    #[default]
    Swedish,
    /// Norwegian Bokmål.
    Bokmal,
    /// Danish.
    Danish,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order pages list them.
    pub const ALL: [Self; 4] = [Self::Swedish, Self::Bokmal, Self::Danish, Self::English];

    /// The BCP 47 tag, which is also the folder under `templates/mail`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::Bokmal => "nb",
            Self::Danish => "da",
            Self::English => "en",
        }
    }
}

impl FromStr for Language {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "sv" => Ok(Self::Swedish),
            "nb" | "no" | "nn" => Ok(Self::Bokmal),
            "da" => Ok(Self::Danish),
            "en" => Ok(Self::English),
            _ => Err(UnknownWord { expected: "sv, nb, da or en" }),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
