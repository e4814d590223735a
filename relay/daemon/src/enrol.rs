//! Enrolling people: their records are sealed, their addresses digested, and their aliases chosen here.

use crate::chance;
use crate::discretion::Wishes;
use crate::keys::{IndexKey, KeyTrouble, RoutingKey};
use crate::record::{PersonRecord, seal_alias};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::id::{AliasId, PersonId};
use brevbro_core::party::Language;
use brevbro_core::resolve::may_be_alias;
use brevbro_core::seal::Sealed;
use brevbro_store::{NewAlias, NewPerson};
use unicode_normalization::UnicodeNormalization as _;

/// Why somebody cannot be enrolled. Names the field, never its value.
#[derive(Debug, thiserror::Error)]
pub enum CannotEnrol {
    /// An address is malformed.
    #[error("the {0} address is not an e-mail address: {1}")]
    Address(&'static str, brevbro_core::address::BadAddress),
    /// An address lies in the aliases' own domain: its mail would come back to us.
    #[error("the {0} address lies in the relay's own domain")]
    OwnDomain(&'static str),
    /// The pseudonym is empty or too long.
    #[error("the {0}'s known-as name must have between 1 and 40 letters, on one line")]
    KnownAs(&'static str),
    /// The alias cannot be one.
    #[error(
        "the {0} alias must be a short name of letters, digits, dots and hyphens at the relay's domain, and no reserved word"
    )]
    Alias(&'static str),
    /// Sealing failed.
    #[error(transparent)]
    Key(#[from] KeyTrouble),
}

/// What is known of a person who is to be enrolled.
#[derive(Clone, Default)]
pub struct Application {
    /// Real name, if given.
    pub name: Option<String>,
    /// The name the other side sees.
    pub known_as: String,
    /// Mailboxes, the first one for letters.
    pub addresses: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Anything else that identifies.
    pub other: Vec<String>,
    /// The language of notices.
    pub language: Language,
    /// How the person wants to be written to.
    pub wishes: Wishes,
}

/// Enrols with the keys that find and seal.
pub struct Enroller<'a> {
    /// Finds.
    pub index: &'a IndexKey,
    /// Seals.
    pub routing: &'a RoutingKey,
    /// The aliases' domain.
    pub domain: &'a Domain,
}

/// A chosen alias, sealed and in words.
pub struct Chosen {
    /// For the store.
    pub new: NewAlias,
    /// To be told to whoever enrols.
    pub address: EmailAddr,
}

impl Enroller<'_> {
    /// A person's rows. `who` names the field in errors.
    pub fn person(&self, who: &'static str, form: &Application) -> Result<NewPerson, CannotEnrol> {
        let known_as = form.known_as.trim();
        let is_line = !known_as.chars().any(char::is_control);
        if known_as.is_empty() || known_as.chars().count() > 40 || !is_line {
            return Err(CannotEnrol::KnownAs(who));
        }
        let mut addresses = Vec::new();
        for text in &form.addresses {
            let address = EmailAddr::parse(text.trim()).map_err(|e| CannotEnrol::Address(who, e))?;
            if address.domain() == Some(self.domain) {
                return Err(CannotEnrol::OwnDomain(who));
            }
            addresses.push(address);
        }
        if addresses.is_empty() {
            return Err(CannotEnrol::Address(who, brevbro_core::address::BadAddress::NoAt));
        }
        let id = PersonId::from_random(chance::bits());
        let filled = |list: &[String]| list.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
        let record = PersonRecord {
            names: form.name.iter().map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect(),
            known_as: known_as.to_owned(),
            addresses: addresses.iter().map(EmailAddr::on_wire).collect(),
            phones: filled(&form.phones),
            other: filled(&form.other),
            wishes: form.wishes.clone(),
        };
        Ok(NewPerson {
            id,
            language: form.language,
            routing: Sealed::from_sealed_octets(record.seal(&self.routing.records, id)?),
            addresses: addresses.iter().map(|a| self.index.mailbox(a)).collect(),
        })
    }

    /// The alias somebody asked for: a local part, or a whole address at our domain.
    pub fn given_alias(&self, who: &'static str, text: &str) -> Result<Chosen, CannotEnrol> {
        let text = text.trim();
        let address = if text.contains('@') { EmailAddr::parse(text) } else { EmailAddr::at(text, self.domain) };
        let address = address.map_err(|_| CannotEnrol::Alias(who))?;
        if !may_be_alias(&address, self.domain) {
            return Err(CannotEnrol::Alias(who));
        }
        self.seal(address)
    }

    /// An alias from a pseudonym with six letters of chance, so that nobody finds it by guessing.
    pub fn random_alias(&self, who: &'static str, known_as: &str) -> Result<Chosen, CannotEnrol> {
        let digits = b"abcdefghjkmnpqrstvwxyz23456789";
        let tail: String =
            chance::octets::<6>().iter().map(|b| char::from(digits[usize::from(*b) % digits.len()])).collect();
        self.given_alias(who, &format!("{}-{tail}", slug(known_as)))
    }

    /// An alias that is just the pseudonym.
    pub fn plain_alias(&self, who: &'static str, known_as: &str) -> Result<Chosen, CannotEnrol> {
        self.given_alias(who, &slug(known_as))
    }

    fn seal(&self, address: EmailAddr) -> Result<Chosen, CannotEnrol> {
        let id = AliasId::from_random(chance::bits());
        let sealed = seal_alias(&self.routing.records, id, &address)?;
        let new = NewAlias { id, digest: self.index.alias(&address), sealed: Sealed::from_sealed_octets(sealed) };
        Ok(Chosen { new, address })
    }
}

/// A pseudonym as a local part: plain letters, short; `letter` where nothing is left.
fn slug(known_as: &str) -> String {
    let folded = known_as.to_lowercase().replace('ø', "o").replace('æ', "ae");
    let plain: String = folded.nfd().filter(char::is_ascii_alphanumeric).take(20).collect();
    if plain.is_empty() { "letter".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudonyms_become_local_parts() {
        assert_eq!(slug("Frida"), "frida");
        assert_eq!(slug("Åsa-Märta Ö."), "asamartao");
        assert_eq!(slug("Søren Æ"), "sorenae");
        assert_eq!(slug("雪"), "letter");
    }
}
