//! The templates of `templates/mail` as they are built into the binary.

/// One template: its file under `templates/mail`, and its text.
pub(super) struct Embedded {
    /// Such as `sv/delayed.txt`; also its name in the engine.
    pub(super) file: &'static str,
    /// The template's text.
    pub(super) source: &'static str,
}

macro_rules! file {
    ($tag:literal, $name:literal, $part:literal) => {
        Embedded {
            file: concat!($tag, "/", $name, $part),
            source: include_str!(concat!("../../../../templates/mail/", $tag, "/", $name, $part)),
        }
    };
}

macro_rules! language {
    ($tag:literal) => {
        language!($tag: "confirm_author", "copied_others", "delayed", "not_delivered", "confirmed", "encrypted", "item_raised", "desk_letter")
    };
    ($tag:literal: $($name:literal),+) => {
        [$(file!($tag, $name, ".subject"), file!($tag, $name, ".txt")),+]
    };
}

/// Every template, a row for each language.
pub(super) const TEMPLATES: [[Embedded; 16]; 4] = [language!("sv"), language!("nb"), language!("da"), language!("en")];
