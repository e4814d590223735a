//! Crisis contacts as a notice quotes them: only what a human has checked, and only while the check is in date.

use crate::programme::CrisisContact;
use crate::veiled;
use jiff::civil::Date;
use serde::Serialize;

/// A crisis contact that may be quoted. A number that is no longer answered could cost a life, so one that nobody has
/// checked, or that is overdue, has no such line.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CrisisLine {
    name: String,
    number: String,
    hours: String,
}

impl CrisisLine {
    /// The line of a contact on a day. Both of its dates must be there: a check that is never due again is none.
    pub fn of(contact: &CrisisContact, today: Date) -> Option<Self> {
        let date = |text: &str| text.trim().parse::<Date>().ok();
        let is_checked = date(&contact.verified_on)? <= today && today <= date(&contact.review_by)?;
        let is_whole = !contact.name.trim().is_empty() && !contact.number.trim().is_empty();
        (is_checked && is_whole).then(|| Self {
            name: contact.name.clone(),
            number: contact.number.clone(),
            hours: contact.hours.clone(),
        })
    }

    /// The lines of all that may be quoted on a day, in their order.
    pub fn all(contacts: &[CrisisContact], today: Date) -> Vec<Self> {
        contacts.iter().filter_map(|contact| Self::of(contact, today)).collect()
    }

    /// Invented contacts: numbers reserved for stories, never put through.
    pub(super) fn samples() -> Vec<Self> {
        let line = |name: &str, number: &str, hours: &str| Self {
            name: name.to_owned(),
            number: number.to_owned(),
            hours: hours.to_owned(),
        };
        vec![line("Nattlinjen", "031-390 06 01", "21–06"), line("Lyktan", "08-465 004 02", "")]
    }
}

/// See [`Notice::WorriedHeard`](super::Notice::WorriedHeard).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct WorriedHeard {
    /// Whom to ring, beside the emergency number.
    pub crisis: Vec<CrisisLine>,
}

veiled!(CrisisLine, WorriedHeard);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn contact(verified_on: &str, review_by: &str) -> CrisisContact {
        CrisisContact {
            name: "Nattlinjen".into(),
            number: "031-390 06 01".into(),
            hours: String::new(),
            verified_on: verified_on.into(),
            review_by: review_by.into(),
        }
    }

    #[test]
    fn only_checked_contacts_in_date_are_quoted() {
        let today = date(2026, 11, 21);
        let cases = [
            ("2026-11-01", "2027-02-01", true),
            ("2026-11-21", "2026-11-21", true),
            ("2026-11-22", "2027-02-01", false),
            ("2026-05-01", "2026-11-20", false),
            ("", "2027-02-01", false),
            ("2026-11-01", "", false),
            ("yesterday", "2027-02-01", false),
            ("2026-11-01", "2027-02-30", false),
        ];
        for (verified_on, review_by, is_quoted) in cases {
            let line = CrisisLine::of(&contact(verified_on, review_by), today);
            assert_eq!(line.is_some(), is_quoted, "{verified_on} {review_by}");
        }
        let checked = || contact("2026-11-01", "2027-02-01");
        assert_eq!(CrisisLine::all(&[checked(), checked()], today).len(), 2);
        let nameless = CrisisContact { name: " ".into(), ..checked() };
        let numberless = CrisisContact { number: String::new(), ..checked() };
        assert!(CrisisLine::all(&[nameless, numberless], today).is_empty());
    }
}
