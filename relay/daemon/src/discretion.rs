//! How a person wants to be written to: without a word that gives away, and only in hours that are safe (P10).

use brevbro_core::party::Language;
use brevbro_core::safe_hours::SafeHours;
use serde::{Deserialize, Serialize};

/// A person's wishes, sealed with who the person is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// Our own letters look like the other side's: its pseudonym as their sender, a greeting as their subject.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub discreet: bool,
    /// Letters of any kind are brought in these hours alone, such as `09:00-15:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safe_hours: Option<String>,
}

impl Wishes {
    /// The hours in which letters may be brought, when there are any.
    pub fn hours(&self) -> Option<SafeHours> {
        self.safe_hours.as_deref()?.parse().ok()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A subject that anybody could have written to anybody.
pub(crate) fn greeting(language: Language) -> &'static str {
    match language {
        Language::Swedish | Language::Danish => "Hej",
        Language::Bokmal => "Hei",
        Language::English => "Hello",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::PersonRecord;

    #[test]
    fn records_from_before_there_were_wishes_open() {
        let old = r#"{"known_as":"Vinter","addresses":["anna@example.net"]}"#;
        let record: PersonRecord = serde_json::from_str(old).unwrap();
        assert!(record.wishes.is_empty() && record.wishes.hours().is_none());
        let wishes = Wishes { discreet: true, safe_hours: Some("09:00-15:00".into()) };
        let written = serde_json::to_string(&PersonRecord { wishes: wishes.clone(), ..record.clone() }).unwrap();
        assert!(serde_json::from_str::<PersonRecord>(&written).unwrap().wishes == wishes);
        assert!(
            !serde_json::to_string(&record).unwrap().contains("wishes"),
            "nothing is written where nothing is wished"
        );
    }
}
