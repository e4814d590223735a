//! Who must not be recognised, and the names and aliases that may be seen (`identity.toml`).

use brevbro_core::address::EmailAddr;
use brevbro_core::party::Language;
use brevbro_core::veiled;
use serde::{Deserialize, Deserializer};

/// What is known of both parties of a letter, and how the relay presents itself. Every key is optional,
/// an unknown key is refused. `Debug` shows nothing of it.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// The one who wrote.
    pub sender: Party,
    /// The one the letter is for.
    pub recipient: Party,
    /// The relay's own face.
    pub relay: Relay,
}

/// One party: what identifies (never to be seen by the other side) and what may be seen.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Party {
    /// Real names and nicknames, as written.
    pub names: Vec<String>,
    /// Real mailboxes.
    pub addresses: Vec<String>,
    /// One more real mailbox: the one the letter goes to.
    pub address: Option<String>,
    /// Telephone numbers, in any form.
    pub phones: Vec<String>,
    /// Anything else that identifies: a street, an employer.
    pub other: Vec<String>,
    /// The only name the other side may see.
    pub pseudonym: Option<String>,
    /// The only address the other side may see.
    #[serde(deserialize_with = "alias")]
    pub alias: Option<EmailAddr>,
}

/// The relay's own face in the finished letter.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Relay {
    /// The domain of aliases and message identifiers.
    pub domain: String,
    /// The language of placeholders.
    #[serde(deserialize_with = "language")]
    pub language: Language,
    /// What anybody may be told: helplines, addresses, hosts and numbers of the organisation.
    pub spared: Vec<String>,
}

impl Default for Relay {
    fn default() -> Self {
        // RFC 2606 §2: a domain that is nobody's.
        Self { domain: "relay.invalid".to_owned(), language: Language::default(), spared: Vec::new() }
    }
}

impl Party {
    /// Every real mailbox.
    pub(crate) fn mailboxes(&self) -> impl Iterator<Item = &str> {
        self.addresses.iter().chain(self.address.as_ref()).map(String::as_str)
    }
}

fn alias<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<EmailAddr>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    // The reason without the text: an error message must not name anybody.
    EmailAddr::parse(text.trim()).map(Some).map_err(|why| serde::de::Error::custom(format!("alias: {why}")))
}

/// A language without placeholders of its own is served in English.
fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
    let tag = String::deserialize(deserializer)?.to_ascii_lowercase();
    let main = tag.split(['-', '_']).next().unwrap_or_default();
    Ok(main.parse().unwrap_or(Language::English))
}

veiled!(Identity, Party, Relay);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_optional_and_unknown_ones_are_refused() {
        let read = |text: &str| toml::from_str::<Identity>(text);
        assert!(read("").is_ok());
        let full =
            read("[sender]\nnames=['A B']\nalias='x-1@relay.example.org'\n[relay]\nlanguage='nb'\nspared=['116 123']")
                .unwrap();
        assert_eq!(full.relay.spared, ["116 123"]);
        assert_eq!(full.relay.language, Language::Bokmal);
        assert_eq!(full.relay.domain, "relay.invalid");
        assert!(full.sender.alias.is_some());
        assert_eq!(read("[relay]\nlanguage='fi'").unwrap().relay.language, Language::English);
        assert!(read("[sender]\nname='A'").is_err());
        let refused = read("[sender]\nalias='anna karlsson'").unwrap_err().message().to_owned();
        assert!(!refused.contains("anna"), "{refused}");
        assert!(!format!("{full:?}").contains("relay.invalid"));
    }
}
