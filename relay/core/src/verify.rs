//! The law of desk 2: whether a letter's author is who the header says, judged from gathered evidence.

use crate::address::{Domain, EmailAddr};
use crate::envelope::Received;
use crate::reply::{Stop, Trouble};

/// What one mechanism found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The mechanism vouches for its domain.
    Pass,
    /// The mechanism speaks against its domain, or could not be made to pass for good.
    Fail,
    /// There was nothing to check.
    None,
    /// The lookup failed for now; the same letter may pass later.
    Trouble,
}

/// A finding and the domain it speaks for. A pass for a domain says nothing about any other domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What was found.
    pub finding: Finding,
    /// For whom: the reverse-path's domain (SPF), `d=` (DKIM) or the author's domain (DMARC).
    pub domain: Domain,
}

impl Claim {
    /// A finding for a domain.
    pub fn new(finding: Finding, domain: Domain) -> Self {
        Self { finding, domain }
    }
}

/// Everything known about where a letter came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// A trusted front MTA refuses forgeries itself and answers for every letter it hands over.
    pub vouched: bool,
    /// SPF of the reverse-path, or of the HELO name for a null reverse-path (RFC 7208).
    pub spf: Option<Claim>,
    /// One claim for each DKIM signature (RFC 6376).
    pub dkim: Vec<Claim>,
    /// DMARC of the author's domain (RFC 9989); `None` when the domain publishes no policy.
    pub dmarc: Option<Claim>,
    /// ARC (RFC 8617). Recorded only: a chain convinces nobody who has no list of sealers to believe.
    pub arc: Option<Finding>,
}

impl Evidence {
    /// What is left when every lookup ran out of time: nothing but trouble for the author's domain.
    pub fn out_of_time(author: &EmailAddr) -> Self {
        let dmarc = author.domain().map(|domain| Claim::new(Finding::Trouble, domain.clone()));
        Self { dmarc, ..Self::default() }
    }
}

/// Whether the evidence speaks for the author's domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authenticity {
    /// A passing mechanism is aligned with the author's domain.
    Aligned,
    /// Nothing that passed is aligned: never to be passed on unasked.
    Unaligned,
}

/// Judges whether the author is who the header says; `Trouble::Lookup` when it could not be told just now.
///
/// A DMARC verdict for the author's domain decides alone, since the domain's owner may ask for strict
/// alignment. Without one an SPF or DKIM pass that is aligned by the relaxed rule is enough.
pub fn judge(author: &EmailAddr, evidence: &Evidence) -> Result<Authenticity, Trouble> {
    if evidence.vouched {
        return Ok(Authenticity::Aligned);
    }
    let Some(domain) = author.domain() else { return Ok(Authenticity::Unaligned) };
    match evidence.dmarc.as_ref() {
        // Another domain than the author's was checked: whoever checked it read another author.
        Some(claim) if claim.domain != *domain => Ok(Authenticity::Unaligned),
        Some(Claim { finding: Finding::Pass, .. }) => Ok(Authenticity::Aligned),
        Some(Claim { finding: Finding::Fail, .. }) => Ok(Authenticity::Unaligned),
        // The policy is unknown and might be strict, so only the very same domain counts.
        Some(Claim { finding: Finding::Trouble, .. }) => {
            if passes(evidence, |d| d == domain) {
                Ok(Authenticity::Aligned)
            } else {
                Err(Trouble::Lookup)
            }
        }
        Some(Claim { finding: Finding::None, .. }) | None => judge_without_policy(domain, evidence),
    }
}

fn judge_without_policy(author: &Domain, evidence: &Evidence) -> Result<Authenticity, Trouble> {
    let aligned = |d: &Domain| are_aligned(author, d);
    if passes(evidence, aligned) {
        Ok(Authenticity::Aligned)
    } else if claims(evidence).any(|c| c.finding == Finding::Trouble && aligned(&c.domain)) {
        Err(Trouble::Lookup)
    } else {
        Ok(Authenticity::Unaligned)
    }
}

fn claims(evidence: &Evidence) -> impl Iterator<Item = &Claim> {
    evidence.spf.iter().chain(&evidence.dkim)
}

fn passes(evidence: &Evidence, counts: impl Fn(&Domain) -> bool) -> bool {
    claims(evidence).any(|claim| claim.finding == Finding::Pass && counts(&claim.domain))
}

/// Relaxed alignment without a public suffix list: the same domain, or one lies below the other and the
/// upper one is a name that somebody can own. Narrower than RFC 9989 §4.4, never wider.
fn are_aligned(one: &Domain, other: &Domain) -> bool {
    one == other || lies_below(one, other) || lies_below(other, one)
}

fn lies_below(lower: &Domain, upper: &Domain) -> bool {
    let prefix = lower.ascii().strip_suffix(upper.ascii());
    prefix.is_some_and(|p| p.ends_with('.')) && !is_shared(upper)
}

/// Labels under which country registries sell names, as in `co.uk` or `gov.au`.
const REGISTRY_LABELS: [&str; 34] = [
    "ac", "asn", "co", "com", "edu", "fhs", "fhsk", "fhv", "firm", "gen", "go", "gob", "gov", "gv", "id", "ind",
    "info", "ltd", "me", "mil", "name", "ne", "net", "nhs", "nom", "or", "org", "parti", "plc", "police", "pp",
    "press", "res", "sch",
];

/// Well-known names under which anybody may have a subdomain.
const SHARED_NAMES: [&str; 14] = [
    "appspot.com",
    "azurewebsites.net",
    "blogspot.com",
    "cloudfront.net",
    "duckdns.org",
    "firebaseapp.com",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "netlify.app",
    "pages.dev",
    "vercel.app",
    "web.app",
    "workers.dev",
];

/// Whether strangers share the name: a top-level domain, a registry's second level, a known host of subdomains.
fn is_shared(domain: &Domain) -> bool {
    let name = domain.ascii();
    let Some((second, top)) = name.split_once('.') else { return true };
    let is_registry = top.len() == 2 && REGISTRY_LABELS.contains(&second);
    is_registry || SHARED_NAMES.contains(&name)
}

/// Desk 2's product: a letter, its one author, and whether the author is believed.
#[derive(Debug, Clone)]
pub struct Verified {
    received: Received,
    author: EmailAddr,
    authenticity: Authenticity,
}

impl Verified {
    /// Judges a letter; trouble with the lookups stops it for now (451), so that the peer tries again.
    pub fn from(received: Received, author: EmailAddr, evidence: &Evidence) -> Result<Self, Stop> {
        let authenticity = judge(&author, evidence).map_err(Stop::Later)?;
        Ok(Self { received, author, authenticity })
    }

    /// The letter as it was heard.
    pub fn received(&self) -> &Received {
        &self.received
    }

    /// Who wrote it, according to its header.
    pub fn author(&self) -> &EmailAddr {
        &self.author
    }

    /// Whether the author is believed. If not, the letter is held or refused, never relayed (P2).
    pub fn authenticity(&self) -> Authenticity {
        self.authenticity
    }

    /// The letter, its author, and whether the author is believed.
    pub fn into_parts(self) -> (Received, EmailAddr, Authenticity) {
        (self.received, self.author, self.authenticity)
    }
}

#[cfg(test)]
mod tests;
