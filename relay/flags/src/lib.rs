//! Kinds of danger a letter can speak of, and how a found one is told to a human: the words of this room.
//!
//! A flag never blocks, delays, answers or labels a letter; it raises an item for the coordinators.
//! Silence is never a sign of safety.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic"))]

mod answer;
mod budget;
mod check;
mod context;
mod explain;
mod finder;
mod language;
mod lexicon;
mod matching;
mod pattern;
mod program;
mod reason;
mod rules;
mod scan;
mod score;
mod spelling;
mod text;
mod thread;
mod vocabulary;
mod weigh;

pub use check::Checked;
pub use explain::{Added, Explanation, Matched, explain};
pub use rules::{Refusal, Rules};
pub use scan::{Dropped, Findings, LONGEST, Letter, Scan, Unread, scan};
pub use text::Section;
pub use thread::{Digest, Thread};
pub use weigh::Reason;

use brevbro_core::escalation::Severity;
use brevbro_core::words;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::Range;

/// What a letter may speak of that a human should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Wanting to die, plans, means, farewells.
    Suicide,
    /// Hurting oneself without wanting to die.
    SelfHarm,
    /// Violence, sexual violence and coercion.
    Violence,
    /// A child who suffers or is in danger.
    Child,
    /// Threats against anybody.
    Threat,
    /// Being followed, watched or searched for.
    Stalking,
    /// Leaving the organisation's channel: private contact details, meetings (S6).
    Channel,
    /// A volunteer overstepping the role: therapy, medical or legal directions, money, intimacy (S14).
    Role,
    /// What was told in confidence is passed on (S27).
    Confidentiality,
}

words!(
    Category, "a category of flags",
    Suicide => "suicide", SelfHarm => "selfharm", Violence => "violence", Child => "child", Threat => "threat",
    Stalking => "stalking", Channel => "channel", Role => "role", Confidentiality => "confidentiality",
);

/// Where in a text a flag was seen: octets of the input, on character boundaries, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(Range<usize>);

impl Place {
    /// A place in a text; none when it would be empty, outside, or cut a character.
    pub fn within(text: &str, octets: Range<usize>) -> Option<Self> {
        text.get(octets.clone()).filter(|seen| !seen.is_empty()).map(|_| Self(octets))
    }

    /// The octets.
    pub fn octets(&self) -> Range<usize> {
        self.0.clone()
    }
}

/// A kind of danger seen in a letter. `Debug` shows no word of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// What is spoken of.
    #[serde(serialize_with = "category_word")]
    pub category: Category,
    /// How soon a human must look.
    #[serde(serialize_with = "severity_word")]
    pub severity: Severity,
    /// The rule that spoke.
    pub rule: String,
    /// Where in the text.
    #[serde(rename = "span", serialize_with = "start_and_end")]
    pub place: Place,
    /// What the rule saw, in the coordinator's language; never a quotation.
    pub why: String,
}

impl fmt::Debug for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Flag({} {} {})", self.category.word(), self.severity.word(), self.rule)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn category_word<S: Serializer>(category: &Category, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(category.word())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn severity_word<S: Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.word())
}

fn start_and_end<S: Serializer>(place: &Place, to: S) -> Result<S::Ok, S::Error> {
    (place.0.start, place.0.end).serialize(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_keep_to_the_text() {
        let text = "så här";
        assert_eq!(Place::within(text, 0..3).unwrap().octets(), 0..3);
        for outside in [0..0, 0..2, 3..99, 2..3] {
            assert_eq!(Place::within(text, outside.clone()), None, "{outside:?}");
        }
    }

    #[test]
    fn categories_are_read_back() {
        for &category in Category::ALL {
            assert_eq!(category.word().parse(), Ok(category));
        }
        assert!("weather".parse::<Category>().is_err());
    }

    #[test]
    fn a_flag_becomes_the_fixed_json() {
        let flag = Flag {
            category: Category::SelfHarm,
            severity: Severity::Today,
            rule: "sv.selfharm.1".into(),
            place: Place::within("text", 1..3).unwrap(),
            why: "Skriver om att skada sig.".into(),
        };
        let json = serde_json::to_string(&flag).unwrap();
        let expected = r#"{"category":"selfharm","severity":"today","rule":"sv.selfharm.1","span":[1,3],"why":"Skriver om att skada sig."}"#;
        assert_eq!(json, expected);
        assert!(!format!("{flag:?}").contains("skada"));
    }
}
