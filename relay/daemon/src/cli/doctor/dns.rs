//! The DNS records the world needs to see, printed for publishing and compared with what is published.

use super::{Failure, Finding, output};
use crate::config::{Config, ConfigError, Mode};
use crate::dns::{Dns, DnsOptions, Route};
use crate::keys::KeyFolder;
use serde_json::json;

/// One record.
struct Record {
    name: String,
    kind: &'static str,
    value: String,
}

/// Prints the records.
pub(super) fn print(config: &Config, keys: &KeyFolder, as_json: bool) -> Result<(), Failure> {
    let records = wanted(config, keys)?;
    if as_json {
        let rows: Vec<_> = records.iter().map(|r| json!({"name": r.name, "type": r.kind, "value": r.value})).collect();
        return output::json(&json!({"records": rows}));
    }
    let line = |r: &Record| format!("{}.\tIN\t{}\t{}\n", r.name, r.kind, in_zone(r));
    output::text(&records.iter().map(line).collect::<String>())
}

/// A TXT value longer than 255 octets is split into several strings (RFC 1035 §3.3.14).
fn in_zone(record: &Record) -> String {
    if record.kind != "TXT" {
        return record.value.clone();
    }
    let chunks = record.value.as_bytes().chunks(250).map(|c| format!("\"{}\"", String::from_utf8_lossy(c)));
    chunks.collect::<Vec<_>>().join(" ")
}

fn wanted(config: &Config, keys: &KeyFolder) -> Result<Vec<Record>, Failure> {
    let domain = config.domain()?;
    let (domain_name, host) = (domain.ascii(), config.hostname()?);
    let txt = |name: String, value: String| Record { name, kind: "TXT", value };
    let spf = match config.delivery.mode {
        Mode::Direct => format!("v=spf1 a:{} -all", host.ascii()),
        Mode::Smarthost => format!("v=spf1 mx a:{} -all", smarthost_name(config)?),
    };
    let mut records = vec![
        Record { name: domain_name.to_owned(), kind: "MX", value: format!("10 {}.", host.ascii()) },
        txt(domain_name.to_owned(), spf),
        txt(format!("_dmarc.{domain_name}"), "v=DMARC1; p=reject; adkim=s; aspf=s".to_owned()),
        txt(format!("_mta-sts.{domain_name}"), "v=STSv1; id=1".to_owned()),
        txt(format!("_smtp._tls.{domain_name}"), format!("v=TLSRPTv1; rua=mailto:postmaster@{domain_name}")),
    ];
    if config.delivery.sign {
        let signer = crate::signing::load(keys, &domain)?;
        records.extend(signer.public_records().into_iter().map(|r| txt(r.name, r.value)));
    }
    Ok(records)
}

fn smarthost_name(config: &Config) -> Result<String, ConfigError> {
    let (host, _) = config.smarthost()?;
    let is_name = host.parse::<std::net::IpAddr>().is_err() && host != "localhost";
    if is_name { Ok(host) } else { Ok(config.hostname()?.ascii().to_owned()) }
}

/// Looks whether the world can see the domain at all. Trouble with DNS is a reason to look, not to stop.
pub(super) async fn check(config: &Config) -> Vec<Finding> {
    let Ok(domain) = config.domain() else { return Vec::new() };
    let options = DnsOptions {
        name_servers: config.smtp.name_servers.clone(),
        timeout: std::time::Duration::from_secs(2),
        attempts: 1,
    };
    let Ok(dns) = Dns::new(&options) else {
        return vec![Finding::doubtful("DNS", "no name server is set up; set smtp.name_servers")];
    };
    let mx = match dns.route(domain.ascii()).await {
        Ok(Route::Exchanges(_)) => Finding::good("DNS: MX", "published"),
        Ok(_) => Finding::doubtful("DNS: MX", "not published; `brevbro doctor --dns` prints the records"),
        Err(error) => return vec![Finding::doubtful("DNS", error.to_string())],
    };
    let mut findings = vec![mx];
    for (what, name, head) in [
        ("DNS: SPF", domain.ascii().to_owned(), "v=spf1"),
        ("DNS: DMARC", format!("_dmarc.{}", domain.ascii()), "v=DMARC1"),
    ] {
        let texts = dns.texts(&name).await.unwrap_or_default();
        findings.push(if texts.iter().any(|t| t.starts_with(head)) {
            Finding::good(what, "published")
        } else {
            Finding::doubtful(what, "not published; `brevbro doctor --dns` prints the records")
        });
    }
    findings
}
