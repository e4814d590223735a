//! What a trusted front MTA reports about a letter it handed over.

use super::fields::fields;
use super::results::{AuthResults, MethodResult, parse_results};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::verify::{Claim, Evidence, Finding};

/// Reads the front MTA's Authentication-Results; nothing found is no evidence.
///
/// Each method is believed where it is named first, so that a forged field further down cannot overrule it.
/// Without a configured name reading also ends at the first Received below the topmost field: what lies
/// deeper was written before the letter reached the front MTA.
pub(super) fn read(raw: &[u8], author: &EmailAddr, authserv_id: Option<&str>) -> Evidence {
    let reports = match authserv_id {
        Some(id) => named(raw, &id.to_ascii_lowercase()),
        None => topmost(raw),
    };
    let first = |method: &str| {
        let mut matching = reports.iter().map(|report| {
            let results = report.results.iter().filter(|result| result.method == method);
            results.collect::<Vec<_>>()
        });
        matching.find(|results| !results.is_empty()).unwrap_or_default()
    };
    Evidence {
        vouched: false,
        spf: first("spf").first().and_then(|result| claim(result, &["smtp.mailfrom", "smtp.helo"])),
        dkim: first("dkim").iter().filter_map(|result| claim(result, &["header.d", "header.i"])).collect(),
        dmarc: first("dmarc").first().and_then(|result| dmarc(result, author)),
        arc: first("arc").first().map(|result| finding(&result.result)),
    }
}

/// Every field under this name, top to bottom.
fn named(raw: &[u8], id: &str) -> Vec<AuthResults> {
    let found = fields(raw).filter(|field| field.is("Authentication-Results"));
    found.filter_map(|field| parse_results(field.value)).filter(|report| report.authserv_id == id).collect()
}

/// The topmost field, and those of the same name before the next Received. A topmost field that cannot be
/// read speaks for nobody, and neither does what stands under it.
fn topmost(raw: &[u8]) -> Vec<AuthResults> {
    let from_first = fields(raw).skip_while(|field| !field.is("Authentication-Results"));
    let block = from_first.take_while(|field| !field.is("Received"));
    let mut reports = block.filter(|field| field.is("Authentication-Results")).map(|field| parse_results(field.value));
    let Some(Some(first)) = reports.next() else { return Vec::new() };
    let others: Vec<_> = reports.flatten().filter(|report| report.authserv_id == first.authserv_id).collect();
    std::iter::once(first).chain(others).collect()
}

fn claim(result: &MethodResult, properties: &[&str]) -> Option<Claim> {
    let value = properties.iter().find_map(|name| result.property(name))?;
    Some(Claim::new(finding(&result.result), domain_of(value)?))
}

/// A verdict without `header.from` is about the author: DMARC knows no other domain.
fn dmarc(result: &MethodResult, author: &EmailAddr) -> Option<Claim> {
    let domain = match result.property("header.from") {
        Some(value) => domain_of(value)?,
        None => author.domain()?.clone(),
    };
    Some(Claim::new(finding(&result.result), domain))
}

/// The domain of an address, of `@domain`, or the domain itself.
fn domain_of(value: &str) -> Option<Domain> {
    let value = value.trim_start_matches('<').trim_end_matches('>');
    let name = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
    Domain::parse(name).ok()
}

/// RFC 8601 §2.7. A word nobody registered is no pass.
fn finding(word: &str) -> Finding {
    match word {
        "pass" => Finding::Pass,
        "fail" | "softfail" | "hardfail" | "permerror" | "policy" | "neutral" => Finding::Fail,
        "temperror" => Finding::Trouble,
        _ => Finding::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use brevbro_core::reply::Trouble;
    use brevbro_core::verify::{Authenticity, judge};

    const ALIGNED: Result<Authenticity, Trouble> = Ok(Authenticity::Aligned);
    const UNALIGNED: Result<Authenticity, Trouble> = Ok(Authenticity::Unaligned);

    fn verdict(header: &str, id: Option<&str>) -> Result<Authenticity, Trouble> {
        let author = EmailAddr::parse("anna@example.org").unwrap();
        let raw = format!("{header}From: anna@example.org\r\n\r\ntext\r\n");
        judge(&author, &read(raw.as_bytes(), &author, id))
    }

    #[test]
    fn the_front_is_believed_where_it_speaks_for_the_author() {
        let cases = [
            ("dmarc=pass header.from=example.org", ALIGNED),
            ("dmarc=pass", ALIGNED),
            ("dmarc=pass header.from=evil.test", UNALIGNED),
            ("dmarc=fail header.from=example.org; spf=pass smtp.mailfrom=anna@example.org", UNALIGNED),
            ("dmarc=bestguesspass header.from=example.org", UNALIGNED),
            ("dmarc=none header.from=example.org; dkim=pass header.d=example.org", ALIGNED),
            ("spf=pass smtp.mailfrom=bounce@mail.example.org", ALIGNED),
            ("spf=pass smtp.mailfrom=example.org", ALIGNED),
            ("spf=pass smtp.mailfrom=anna@evil.test", UNALIGNED),
            ("spf=softfail smtp.mailfrom=anna@example.org", UNALIGNED),
            ("dkim=fail header.d=example.org; dkim=pass header.i=@example.org", ALIGNED),
            ("dkim=pass header.d=evil.test", UNALIGNED),
            ("dkim=pass", UNALIGNED),
            ("spf=temperror smtp.mailfrom=anna@example.org", Err(Trouble::Lookup)),
            ("none", UNALIGNED),
            ("dmarc=pass header.from", UNALIGNED),
        ];
        for (results, expected) in cases {
            assert_eq!(
                verdict(&format!("Authentication-Results: mx.test; {results}\r\n"), None),
                expected,
                "{results}"
            );
        }
        assert_eq!(verdict("", None), UNALIGNED);
        assert_eq!(verdict("ARC-Authentication-Results: i=1; mx.test; dmarc=pass\r\n", None), UNALIGNED);
    }

    const FORGED: &str = "Authentication-Results: mx.test; dmarc=pass header.from=example.org\r\n";

    #[test]
    fn a_forged_field_further_down_overrules_nothing() {
        let fail = "Authentication-Results: mx.test; dmarc=fail header.from=example.org\r\n";
        let spf = "Authentication-Results: mx.test; spf=fail smtp.mailfrom=a@example.org\r\n";
        let other = "Authentication-Results: other.test; spf=fail smtp.mailfrom=a@example.org\r\n";
        let broken = "Authentication-Results: mx.test; spf=fail (\r\n";
        let hop = "Received: from x by mx.test; now\r\n";
        assert_eq!(verdict(&format!("{fail}{FORGED}"), None), UNALIGNED);
        assert_eq!(verdict(&format!("{fail}{FORGED}"), Some("mx.test")), UNALIGNED);
        assert_eq!(verdict(&format!("{spf}{hop}{FORGED}"), None), UNALIGNED);
        assert_eq!(verdict(&format!("{other}{FORGED}"), None), UNALIGNED);
        assert_eq!(verdict(&format!("{broken}{FORGED}"), None), UNALIGNED);
        assert_eq!(verdict(FORGED, Some("front.test")), UNALIGNED);
    }

    #[test]
    fn several_fields_of_the_front_are_read_together() {
        let spf = "Authentication-Results: mx.test; spf=none smtp.mailfrom=a@example.org\r\n";
        let hop = "Received: from x by mx.test; now\r\n";
        assert_eq!(verdict(&format!("{hop}{spf}X-Other: 1\r\n{FORGED}"), None), ALIGNED);
        assert_eq!(verdict(&format!("{spf}{hop}{FORGED}"), Some("MX.test")), ALIGNED);
    }
}
