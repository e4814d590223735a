//! Our own look-ups about a letter: SPF, DKIM, DMARC and ARC over DNS.

use crate::dkim::without_blank_tail;
use crate::dns::Dns;
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::envelope::{Received, ReversePath};
use brevbro_core::verify::{Claim, Evidence, Finding};
use mail_auth::common::crypto::Algorithm;
use mail_auth::dkim::{Canonicalization, DkimError};
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcResult, Error, MessageAuthenticator, SpfOutput, SpfResult,
};

/// Most signatures looked at: each costs a DNS question that a stranger chose.
const SIGNATURES_MAX: usize = 8;

/// Asks DNS about letters. Answers are cached by the resolver for their time to live.
pub struct Lookups {
    authenticator: MessageAuthenticator,
    hostname: Domain,
}

impl Lookups {
    /// Sets it up; nothing is asked yet.
    pub fn new(dns: &Dns, hostname: Domain) -> Self {
        Self { authenticator: dns.authenticator(), hostname }
    }

    /// Everything DNS has to say about the letter.
    pub async fn look(&self, received: &Received, author: &EmailAddr) -> Evidence {
        let raw = received.raw.bytes();
        let Some(message) = parse(raw) else { return Evidence::default() };
        let trimmed = without_blank_tail(raw).and_then(parse);
        let (spf, dkim) = tokio::join!(self.spf(received), self.dkim(&message, trimmed.as_ref()));
        let dmarc = self.dmarc(&message, author, received, &dkim, &spf).await;
        let arc = if message.ams_headers.is_empty() { None } else { Some(self.arc(&message).await) };
        Evidence {
            vouched: false,
            spf: Domain::parse(spf.domain()).ok().map(|domain| Claim::new(spf_finding(spf.result()), domain)),
            dkim: dkim.iter().filter_map(dkim_claim).collect(),
            dmarc,
            arc,
        }
    }

    /// SPF of the reverse-path, or of the HELO name when that is null (RFC 7208 §2.4).
    async fn spf(&self, received: &Received) -> SpfOutput {
        let ip = received.peer.ip.to_canonical();
        let (helo, host) = (received.peer.helo.as_str(), self.hostname.ascii());
        match &received.reverse_path {
            ReversePath::Null => {
                let parameters = SpfParameters::verify_ehlo(ip, helo, host);
                self.authenticator.verify_spf(parameters).await
            }
            ReversePath::Addr(addr) => {
                let addr = addr.on_wire();
                let parameters = SpfParameters::verify_mail_from(ip, helo, host, &addr);
                self.authenticator.verify_spf(parameters).await
            }
        }
    }

    /// DKIM, and once more without whitespace-only lines at the end where only they can have been the trouble.
    async fn dkim<'x>(
        &self,
        message: &'x AuthenticatedMessage<'x>,
        trimmed: Option<&'x AuthenticatedMessage<'x>>,
    ) -> Vec<DkimOutput<'x>> {
        let outputs = self.authenticator.verify_dkim(message).await;
        let Some(trimmed) = trimmed.filter(|_| outputs.iter().any(is_relaxed_mismatch)) else { return outputs };
        let second = self.authenticator.verify_dkim(trimmed).await;
        let chosen = outputs.into_iter().zip(second).map(
            |(output, again)| {
                if is_relaxed_mismatch(&output) { again } else { output }
            },
        );
        chosen.collect()
    }

    async fn dmarc(
        &self,
        message: &AuthenticatedMessage<'_>,
        author: &EmailAddr,
        received: &Received,
        dkim: &[DkimOutput<'_>],
        spf: &SpfOutput,
    ) -> Option<Claim> {
        let domain = author.domain()?;
        // Two authors' domains would exempt the letter from DMARC, and none would hide the author.
        let speaks_for_author =
            |from: &String| from.rsplit_once('@').is_some_and(|(_, d)| Domain::parse(d).as_ref() == Ok(domain));
        if message.froms().is_empty() || !message.froms().iter().all(speaks_for_author) {
            return Some(Claim::new(Finding::Fail, domain.clone()));
        }
        let reverse_domain = match &received.reverse_path {
            ReversePath::Addr(addr) => addr.domain().map_or("", Domain::ascii),
            ReversePath::Null => received.peer.helo.as_str(),
        };
        let parameters = DmarcParameters {
            message,
            dkim_output: dkim,
            dkim2_output: None,
            rfc5321_mail_from_domain: reverse_domain,
            spf_output: spf,
        };
        let output = self.authenticator.verify_dmarc(parameters).await;
        let finding = match output.result() {
            DmarcResult::Pass => Finding::Pass,
            DmarcResult::Fail(_) => Finding::Fail,
            DmarcResult::TempError(_) => Finding::Trouble,
            // A policy that cannot be read is no policy (RFC 9989 §4.7).
            DmarcResult::PermError(_) | DmarcResult::None => Finding::None,
        };
        Some(Claim::new(finding, domain.clone()))
    }

    async fn arc(&self, message: &AuthenticatedMessage<'_>) -> Finding {
        dkim_finding(self.authenticator.verify_arc(message).await.result())
    }
}

/// Signatures too weak to count are taken out, so that neither DKIM nor DMARC builds on them: SHA-1
/// (RFC 8301 §3.1), and those that leave out the author (RFC 6376 §5.4).
fn parse(raw: &[u8]) -> Option<AuthenticatedMessage<'_>> {
    let mut message = AuthenticatedMessage::parse(raw)?;
    message.dkim_headers.retain(|field| {
        let signature = &field.header;
        let covers_author = signature.h.iter().any(|name| name.eq_ignore_ascii_case("from"));
        signature.a != Algorithm::RsaSha1 && covers_author
    });
    message.dkim_headers.truncate(SIGNATURES_MAX);
    Some(message)
}

fn is_relaxed_mismatch(output: &DkimOutput<'_>) -> bool {
    let is_mismatch = matches!(output.result(), DkimResult::Neutral(Error::Dkim(DkimError::FailedBodyHashMatch)));
    is_mismatch && output.signature().is_some_and(|signature| signature.cb == Canonicalization::Relaxed)
}

fn dkim_claim(output: &DkimOutput<'_>) -> Option<Claim> {
    let domain = Domain::parse(&output.signature()?.d).ok()?;
    Some(Claim::new(dkim_finding(output.result()), domain))
}

fn dkim_finding(result: &DkimResult) -> Finding {
    match result {
        DkimResult::Pass => Finding::Pass,
        DkimResult::TempError(_) => Finding::Trouble,
        DkimResult::Neutral(_) | DkimResult::Fail(_) | DkimResult::PermError(_) => Finding::Fail,
        DkimResult::None => Finding::None,
    }
}

fn spf_finding(result: SpfResult) -> Finding {
    match result {
        SpfResult::Pass => Finding::Pass,
        SpfResult::TempError => Finding::Trouble,
        SpfResult::None | SpfResult::Neutral => Finding::None,
        SpfResult::Fail | SpfResult::SoftFail | SpfResult::PermError => Finding::Fail,
    }
}
