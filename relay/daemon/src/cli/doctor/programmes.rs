//! What a person would check in each programme: crisis contacts somebody has made sure of, and somebody who answers.

use super::{Finding, now};
use crate::config::Config;
use brevbro_core::notice::CrisisLine;
use brevbro_core::programme::{Programme, WhenFull};
use jiff::civil::Date;

/// The findings of all programmes. Contacts are named by their place in the list, never by their number.
pub(super) fn check(config: &Config) -> Vec<Finding> {
    let Ok(zone) = config.zone() else { return Vec::new() };
    let today = now().date_in(&zone);
    let has_contact = config.organisation.contact.is_some();
    config.programme.iter().flat_map(|(name, rules)| examine(name, rules, has_contact, today)).collect()
}

fn examine(name: &str, rules: &Programme, has_contact: bool, today: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    let quoted = |place: &usize| CrisisLine::of(&rules.crisis[*place], today).is_some();
    let unquoted: Vec<String> =
        (0..rules.crisis.len()).filter(|place| !quoted(place)).map(|place| (place + 1).to_string()).collect();
    if !unquoted.is_empty() {
        let words = format!(
            "{name}: entry {} is quoted in no letter: nobody has made sure of it, or its review_by is past",
            unquoted.join(", ")
        );
        findings.push(Finding::doubtful("crisis contacts", words));
    } else if !rules.crisis.is_empty() {
        findings.push(Finding::good("crisis contacts", format!("{name}: all checked, and in date")));
    }
    if rules.ladder.is_empty() && !has_contact {
        let words = format!("{name}: nobody hears of its items; set its ladder, or organisation.contact");
        findings.push(Finding::doubtful("ladder", words));
    }
    if rules.week.seeker_mail_when_full == WhenFull::Hold {
        let words =
            format!("{name}: a seeker's letter waits while the week is full; \"deliver\" leaves nobody waiting");
        findings.push(Finding::doubtful("full week", words));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use brevbro_core::programme::{CrisisContact, WeekRules};
    use jiff::civil::date;

    fn contact(verified_on: &str, review_by: &str) -> CrisisContact {
        let (name, number) = ("Nattlinjen".to_owned(), "031-390 06 01".to_owned());
        let (verified_on, review_by) = (verified_on.to_owned(), review_by.to_owned());
        CrisisContact { name, number, hours: String::new(), verified_on, review_by }
    }

    fn words(rules: &Programme, has_contact: bool) -> Vec<String> {
        examine("letters", rules, has_contact, date(2026, 11, 21)).into_iter().map(|f| f.words).collect()
    }

    #[test]
    fn contacts_nobody_checked_are_named_by_their_place() {
        let crisis =
            vec![contact("2026-11-01", "2027-02-01"), contact("", "2027-02-01"), contact("2026-01-01", "2026-11-20")];
        let said = words(&Programme { crisis, ..Programme::default() }, true);
        assert!(said.len() == 1 && said[0].contains("entry 2, 3 "), "{said:?}");
        assert!(!said[0].contains("031"), "{said:?}");
        let crisis = vec![contact("2026-11-01", "2026-11-21")];
        let said = words(&Programme { crisis, ..Programme::default() }, true);
        assert!(said.len() == 1 && said[0].contains("in date"), "{said:?}");
    }

    #[test]
    fn somebody_must_hear_of_items_and_holding_is_a_choice_with_a_price() {
        assert!(words(&Programme::default(), true).is_empty());
        assert!(words(&Programme::default(), false)[0].contains("nobody hears"));
        let ladder = vec!["first@office.example".to_owned()];
        assert!(words(&Programme { ladder, ..Programme::default() }, false).is_empty());
        let week = WeekRules { seeker_mail_when_full: WhenFull::Hold, ..WeekRules::default() };
        assert!(words(&Programme { week, ..Programme::default() }, true)[0].contains("waits"));
    }
}
