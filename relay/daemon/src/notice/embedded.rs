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
        language!($tag:
            "confirm_author", "copied_others", "delayed", "not_delivered", "confirmed", "encrypted",
            "week_near", "week_full", "overview", "corrected", "not_understood", "released", "held_longer",
            "letter_waits", "letter_still_waits", "somebody_knows", "letter_rests", "gentle",
            "pause_begun", "resumed", "relief_asked", "worried_heard", "stopped_volunteer",
            "stopped", "pause_begun_seeker", "resumed_seeker", "erase_ask", "erased", "coordinator_asked",
            "other_pauses", "other_resumed", "welcome_seeker", "welcome_volunteer", "end_near", "ending", "after_end",
            "item_raised", "item_lapsed", "digest", "desk_letter"
        )
    };
    ($tag:literal: $($name:literal),+) => {
        &[file!($tag, "item_kind", ".txt"), $(file!($tag, $name, ".subject"), file!($tag, $name, ".txt")),+]
    };
}

/// Every template, a row for each language. `item_kind.txt` is a part that templates for staff take in: what each
/// kind of item is about.
pub(super) const TEMPLATES: [&[Embedded]; 4] = [language!("sv"), language!("nb"), language!("da"), language!("en")];
