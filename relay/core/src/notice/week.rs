//! What a volunteer hears about the weekly hour.

use crate::ledger::{EntryKind, Minutes};
use crate::{veiled, words};
use serde::Serialize;

/// Minutes as people see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Shown(i64);

impl Shown {
    /// An estimate, to the nearest five minutes. It claims no more than it knows, but what was counted is not nothing:
    /// below five minutes it is told to the minute, and from the first tenth on as at least one.
    pub fn about(minutes: Minutes) -> Self {
        let whole = minutes.rounded().max(i64::from(minutes > Minutes::whole(0)));
        Self(if whole < 5 { whole } else { (whole + 2).div_euclid(5) * 5 })
    }

    /// What a human has said or set, to the minute.
    pub fn exactly(minutes: Minutes) -> Self {
        Self(minutes.rounded())
    }
}

/// See [`Notice::WeekNear`](super::Notice::WeekNear).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct WeekNear {
    /// The seeker's pseudonym.
    pub other: String,
    /// What is used.
    pub minutes: Shown,
    /// What the week holds.
    pub cap: Shown,
    /// The week's last day in words, such as "söndag 22 november".
    pub until: String,
}

/// See [`Notice::WeekFull`](super::Notice::WeekFull).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct WeekFull {
    /// The seeker's pseudonym.
    pub other: String,
    /// What the week holds.
    pub cap: Shown,
    /// The day in words on which the letter goes on its way.
    pub until: String,
    /// Whether the programme lets a volunteer send it at once.
    pub urgent: bool,
}

/// See [`Notice::HeldLonger`](super::Notice::HeldLonger).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct HeldLonger {
    /// The seeker's pseudonym.
    pub other: String,
    /// The day in words on which the letter is tried next.
    pub until: String,
}

/// See [`Notice::Overview`](super::Notice::Overview).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// What was counted, each line by itself.
    pub lines: Vec<OverviewLine>,
    /// All of it.
    pub total: Shown,
    /// What the week holds, where it has a limit.
    pub cap: Option<Shown>,
    /// The last day in words on which an answer puts it right.
    pub until_day: String,
}

/// One line of an overview.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OverviewLine {
    /// By what an answer names the line.
    pub number: u32,
    /// The day in words.
    pub day: String,
    /// The seeker's pseudonym.
    pub other: String,
    /// How long it took.
    pub minutes: Shown,
    /// What was done.
    #[serde(serialize_with = "done_word")]
    pub kind: Done,
}

/// What the volunteer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Done {
    /// Wrote a letter.
    Wrote,
    /// Read a letter.
    Read,
    /// Talked by chat.
    Chat,
    /// Talked by phone.
    Phone,
    /// Met the seeker.
    Meeting,
    /// Had supervision.
    Supervision,
    /// Was at a training.
    Training,
    /// Wrote a report.
    Report,
    /// Nothing: a coordinator put the sum right.
    Adjusted,
}

words!(
    Done, "what was done",
    Wrote => "wrote", Read => "read", Chat => "chat", Phone => "phone", Meeting => "meeting",
    Supervision => "supervision", Training => "training", Report => "report", Adjusted => "adjusted",
);

impl Done {
    /// What a ledger entry shows in an overview. Some show nothing of their own: what was given back, what waits to be
    /// read, and a declared value, which takes the place of the estimate on its letter's line.
    pub fn of(kind: EntryKind) -> Option<Self> {
        match kind {
            EntryKind::Reserved | EntryKind::Settled => Some(Self::Wrote),
            EntryKind::Read => Some(Self::Read),
            EntryKind::Chat => Some(Self::Chat),
            EntryKind::Phone => Some(Self::Phone),
            EntryKind::Meeting => Some(Self::Meeting),
            EntryKind::Supervision => Some(Self::Supervision),
            EntryKind::Training => Some(Self::Training),
            EntryKind::Report => Some(Self::Report),
            EntryKind::Adjusted => Some(Self::Adjusted),
            EntryKind::Released | EntryKind::Unread | EntryKind::Declared => None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands every field over by reference")]
fn done_word<S: serde::Serializer>(done: &Done, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(done.word())
}

/// See [`Notice::Corrected`](super::Notice::Corrected).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Corrected {
    /// What was changed.
    pub changes: Vec<Change>,
    /// The week's sum now.
    pub total: Shown,
}

/// One value that was put right.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The line of the overview; none is the week's sum.
    pub number: Option<u32>,
    /// What stood there.
    pub old: Shown,
    /// What stands there now.
    pub new: Shown,
}

veiled!(WeekNear, WeekFull, HeldLonger, Overview, OverviewLine, Corrected, Change);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_are_shown_to_the_nearest_five() {
        let cases =
            [(0, 0), (1, 1), (14, 1), (26, 3), (44, 4), (45, 5), (74, 5), (75, 10), (124, 10), (125, 15), (595, 60)];
        for (tenths, shown) in cases {
            assert_eq!(Shown::about(Minutes::tenths(tenths)), Shown(shown), "{tenths}");
        }
        assert_eq!(Shown::exactly(Minutes::tenths(474)), Shown(47));
    }
}
