//! A letter built anew from what may be seen of it: the one way from one side to the other.

use crate::body::{self, Body};
use crate::compose::{Composer, Content};
use crate::guard::{Guard, Told};
use crate::hop;
use crate::identity::{Identity, Party};
use crate::kind::Kind;
use crate::known::contact::spared::Spared;
use crate::known::redact::Redactor;
use crate::known::{digits, needle::Needles};
use crate::learn::{self, Learnt};
use crate::letter::{self, Letter};
use crate::limits::Limits;
use crate::report::{Report, Seen};
use crate::step::{Step, Steps};
use crate::thread::{Mapped, Mapper, Scope, ThreadKey};
use crate::write::{Finished, Parts};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::policy::CleanLetter;
use brevbro_core::reply::Refusal;
use brevbro_core::time::{Moment, Span};
use std::borrow::Cow;
use std::fmt;

/// What a letter is rebuilt by, besides who is in it. Clock and chance come in here.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Bounds on what is read.
    pub limits: Limits,
    /// The present moment: the date of a letter without a sound one.
    pub now: Moment,
    /// Random octets, used for this letter only.
    pub seed: [u8; 16],
    /// The key of message identifiers and of the hop token.
    pub threads: &'a ThreadKey,
    /// The pairing and the side that wrote.
    pub scope: Scope,
}

/// What becomes of a letter.
#[derive(Debug)]
#[must_use]
pub enum Outcome {
    /// It may be sent.
    Clean(Clean),
    /// It cannot be made into anything safe; the writer is told.
    Refused(Refusal),
    /// The guard found a known identifier in the finished letter: kept until a coordinator decides (P2). Weighed,
    /// it can only be quarantined.
    Quarantine(Clean),
}

/// A finished letter that the guard has read. Made by [`rebuild`] alone; `Debug` shows its length only.
pub struct Clean {
    bytes: Vec<u8>,
    text: String,
    file_words: String,
    message_id: String,
    report: Report,
    suspect: bool,
}

impl CleanLetter for Clean {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    fn new_characters(&self) -> u64 {
        u64::try_from(self.text.chars().count()).unwrap_or(u64::MAX)
    }
    fn suspect(&self) -> bool {
        self.suspect
    }
}

impl Clean {
    /// The octets to send, with CRLF line ends.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The octets to send.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What was done to the letter.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The new words of the letter, without quoted lines: what is weighed and what is counted.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of its files, which are weighed as well, and take no contact time.
    pub fn file_words(&self) -> &str {
        &self.file_words
    }

    /// How many characters of new text the reader gets, for the ledger.
    pub fn new_characters(&self) -> u64 {
        u64::try_from(self.text.chars().count()).unwrap_or(u64::MAX)
    }

    /// The identifier the reader sees, without its brackets.
    pub fn message_id(&self) -> &str {
        &self.message_id
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clean({} octets)", self.bytes.len())
    }
}

/// Rebuilds a letter from its octets: [`letter::read`] and [`Letter::rebuild`] in one.
pub fn rebuild(raw: &[u8], identity: &Identity, rules: &Rules<'_>) -> Outcome {
    match letter::read(raw, &rules.limits) {
        Ok(letter) => letter.rebuild(identity, rules),
        Err(refusal) => Outcome::Refused(refusal),
    }
}

impl Letter<'_> {
    /// Rebuilds a letter that has been read. Reports and receipts are absorbed: the other side gets nothing of
    /// them, so they are refused here. An automatic answer stays marked as one (RFC 3834 §5).
    pub fn rebuild(&self, identity: &Identity, rules: &Rules<'_>) -> Outcome {
        self.rebuild_by(identity, rules, Steps::ALL)
    }

    pub(crate) fn rebuild_by(&self, identity: &Identity, rules: &Rules<'_>, steps: Steps) -> Outcome {
        match self.finish(identity, rules, steps) {
            Ok(outcome) => outcome,
            Err(refusal) => Outcome::Refused(refusal),
        }
    }

    fn finish(&self, identity: &Identity, rules: &Rules<'_>, steps: Steps) -> Result<Outcome, Refusal> {
        match self.kind() {
            Kind::Encrypted => return Err(Refusal::Encrypted),
            Kind::Dsn(_) | Kind::Mdn => return Err(Refusal::Unreadable),
            Kind::Letter | Kind::AutoReply => {}
        }
        if self.hop().is_some_and(|value| hop::is_ours(rules.threads.tokens(), &value)) {
            return Err(Refusal::Loop);
        }
        let domain = own_domain(identity);
        let mut report = Report::default();
        let mut body = body::read(self, &rules.limits, identity.relay.language, steps, &mut report)?;
        let pieces = std::mem::take(&mut body.pieces);
        let mut learnt = learnt(self, &domain, steps);
        let needles = needles(identity, &learnt, &body, steps);
        let spared = spared(identity);
        let phones = if steps.takes(Step::Phones) { known_phones(identity, &spared) } else { Vec::new() };
        let language = identity.relay.language;
        let redactor = Redactor { needles: &needles, phones: &phones, spared: &spared, language, steps };
        let content = Composer::new(&redactor, &mut report).compose(pieces, &self.subject());
        if content.is_empty() || body.has_sealed && !content.has_words() {
            return Err(if body.has_sealed { Refusal::Encrypted } else { Refusal::Unreadable });
        }
        let ids = self.map_ids(rules, &domain, &mut report);
        let bytes = self.write(identity, rules, &domain, &content, &ids);
        learnt.take_from(&body);
        let told = Told { own_host: domain.ascii(), letter: self, learnt: &learnt, body: &body };
        let hits = Guard::new(identity, &told).check(&bytes);
        let suspect = !hits.is_empty();
        if suspect {
            report = report.quarantined(hits);
        }
        let text = content.new_words();
        let clean = Clean { bytes, text, file_words: content.file_words, message_id: ids.message_id, report, suspect };
        Ok(if suspect { Outcome::Quarantine(clean) } else { Outcome::Clean(clean) })
    }

    fn map_ids(&self, rules: &Rules<'_>, domain: &Domain, report: &mut Report) -> Mapped {
        let mapper = Mapper { key: rules.threads, scope: rules.scope, domain: domain.ascii().to_owned() };
        let ids = mapper.map(self.message_id(), &self.in_reply_to(), &self.references(), &rules.seed);
        report.add(Seen::Thread, ids.references.len());
        report.add(Seen::Dropped, ids.dropped);
        ids
    }

    fn write(
        &self,
        identity: &Identity,
        rules: &Rules<'_>,
        domain: &Domain,
        content: &Content,
        ids: &Mapped,
    ) -> Vec<u8> {
        let (author, reader) = (face(&identity.sender, "author", domain), face(&identity.recipient, "reader", domain));
        let hop = hop::stamp(rules.threads.tokens(), &rules.seed);
        Finished {
            from: (identity.sender.pseudonym.as_deref(), &author),
            to: (identity.recipient.pseudonym.as_deref(), &reader),
            subject: Some(content.subject.as_str()).filter(|subject| !subject.is_empty()),
            date: sound_date(self.date(), rules.now),
            ids,
            is_automatic: self.kind() == Kind::AutoReply,
            hop: &hop,
            parts: Parts {
                text: &content.text,
                html: content.html.as_deref(),
                files: &content.files,
                mark: &mark(rules),
            },
        }
        .to_bytes()
    }
}

/// A mark for boundaries: nobody can foresee it, and it tells nothing of the seed.
fn mark(rules: &Rules<'_>) -> String {
    rules.threads.tokens().seal(b"boundary", b"", &rules.seed[..8])
}

/// What the header tells of its writer.
fn learnt(letter: &Letter<'_>, domain: &Domain, steps: Steps) -> Learnt {
    if steps.takes(Step::Learning) { learn::read(letter, domain.ascii()) } else { Learnt::default() }
}

/// Every identifier of one letter, compiled.
fn needles(identity: &Identity, learnt: &Learnt, body: &Body, steps: Steps) -> Needles {
    let mut needles = Needles::of(&sought(identity, steps));
    learnt.add_to(&mut needles, steps);
    if steps.takes(Step::Owners) {
        let mut owners = Learnt::default();
        owners.take_from(body);
        owners.add_to(&mut needles, Steps::ALL);
    }
    if steps.takes(Step::FileNames) {
        body.file_names.iter().for_each(|name| needles.add_detail(name));
    }
    needles.compile();
    needles
}

/// What of an identity is looked for: all of it.
fn sought(identity: &Identity, steps: Steps) -> Cow<'_, Identity> {
    let mut sought = Cow::Borrowed(identity);
    for (step, forget) in [
        (Step::Names, (|party| party.names.clear()) as fn(&mut Party)),
        (Step::Others, |party| party.other.clear()),
        (Step::Addresses, |party| {
            party.addresses.clear();
            party.address = None;
        }),
    ] {
        if !steps.takes(step) {
            let identity = sought.to_mut();
            [&mut identity.sender, &mut identity.recipient].into_iter().for_each(forget);
        }
    }
    sought
}

/// What may be told in any letter, and the two aliases: whatever else is at the relay's domain is somebody else's.
fn spared(identity: &Identity) -> Spared {
    let aliases = [&identity.sender.alias, &identity.recipient.alias].into_iter().flatten().map(EmailAddr::on_wire);
    let aliases: Vec<String> = aliases.collect();
    Spared::of(identity.relay.spared.iter().chain(&aliases).map(String::as_str))
}

fn known_phones(identity: &Identity, spared: &Spared) -> Vec<Vec<u8>> {
    let all = identity.sender.phones.iter().chain(&identity.recipient.phones);
    let known = all.map(|phone| digits::significant_of(phone));
    known.filter(|digits| digits.len() >= 6 && !spared.has_number(digits)).collect()
}

fn own_domain(identity: &Identity) -> Domain {
    let fallback = || Domain::parse("relay.invalid");
    #[expect(clippy::expect_used, reason = "a constant that the tests of this file parse")]
    Domain::parse(&identity.relay.domain).or_else(|_| fallback()).expect("a well-formed constant")
}

/// The address a party is seen under. Without an alias, or with one that an ordinary header cannot carry, an
/// address that is nobody's.
fn face(party: &Party, role: &str, domain: &Domain) -> EmailAddr {
    let alias = party.alias.clone().filter(|alias| !alias.needs_utf8());
    #[expect(clippy::expect_used, reason = "a dot-atom of six letters at a well-formed domain is an address")]
    alias.unwrap_or_else(|| {
        EmailAddr::at(role, domain)
            .or_else(|_| EmailAddr::parse("nobody@relay.invalid"))
            .expect("a well-formed constant")
    })
}

/// The writer's moment, unless it is absent, in the future, or older than Internet mail.
fn sound_date(written: Option<Moment>, now: Moment) -> Moment {
    const OLDEST: Moment = Moment::from_millis(631_152_000_000);
    written.filter(|date| *date >= OLDEST && *date <= now + Span::days(2)).unwrap_or(now)
}
