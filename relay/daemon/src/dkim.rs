//! Signing outgoing letters with DKIM: ed25519 and RSA side by side (RFC 6376, RFC 8463).

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair as RsaPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use brevbro_core::address::Domain;
use data_encoding::BASE64;
use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{DkimSigner, Done};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use std::borrow::Cow;
use zeroize::Zeroizing;

/// The fields a signature covers. From stands twice: a second one added on the way breaks the signature.
const FIELDS: [&str; 11] = [
    "From",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

/// Why a key is of no use. Says nothing about the key itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// The text is no PEM private key.
    #[error("the DKIM key is not a PEM private key")]
    Pem,
    /// It is a key of another kind, or damaged.
    #[error("the DKIM key is neither an ed25519 nor an RSA key")]
    Kind,
    /// The selector is no DNS label (RFC 6376 §3.1).
    #[error("the DKIM selector is not made of letters, digits and hyphens")]
    Selector,
    /// The random source failed while a key was made.
    #[error("no key could be made")]
    Making,
}

/// A TXT record to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicRecord {
    /// The name, without a final dot.
    pub name: String,
    /// The value; longer than 255 octets it is split into several strings in the zone.
    pub value: String,
}

/// Signs for one domain with every key it has. Keys are read once: reading costs more than signing.
pub struct Signer {
    domain: Domain,
    keys: Vec<LoadedKey>,
}

struct LoadedKey {
    signer: DkimSigner<DkimKey, Done>,
    record: PublicRecord,
}

impl Signer {
    /// A signer without keys yet; it passes letters through unsigned.
    pub fn new(domain: Domain) -> Self {
        Self { domain, keys: Vec::new() }
    }

    /// Adds a private key (PEM: PKCS#8, or PKCS#1 for RSA) under a selector.
    pub fn with_key(mut self, selector: &str, pem: &[u8]) -> Result<Self, BadKey> {
        Domain::parse(selector).map_err(|_| BadKey::Selector)?;
        let der = PrivateKeyDer::from_pem_slice(pem).map_err(|_| BadKey::Pem)?;
        let (key, value) = load(&der)?;
        let domain = self.domain.ascii();
        let signer = DkimSigner::from_key(key).domain(domain).selector(selector).headers(FIELDS);
        let record = PublicRecord { name: format!("{selector}._domainkey.{domain}"), value };
        self.keys.push(LoadedKey { signer, record });
        Ok(self)
    }

    /// The letter with its signatures before it. Whitespace-only lines at its very end are dropped: verifiers
    /// disagree about them, and without them all agree. A key that fails leaves only its own signature out,
    /// since a letter without it is better than a letter lost.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let message = without_blank_tail(message).unwrap_or(message);
        let mut signed = Vec::with_capacity(message.len() + 640 * self.keys.len());
        for signature in self.keys.iter().filter_map(|key| key.signer.sign(message).ok()) {
            signed.extend_from_slice(unbroken_end(&signature.to_header()).as_bytes());
        }
        signed.extend_from_slice(message);
        signed
    }

    /// The records to publish, one for each key.
    pub fn public_records(&self) -> Vec<PublicRecord> {
        self.keys.iter().map(|key| key.record.clone()).collect()
    }
}

/// The signature field without a fold between the signature and its final semicolon, where mail-auth may put
/// one: some verifiers (dkimpy) keep such a fold when they blank out `b=`, and then fail.
fn unbroken_end(field: &str) -> Cow<'_, str> {
    match field.strip_suffix("\r\n\t;\r\n") {
        Some(head) => format!("{head};\r\n").into(),
        None => field.into(),
    }
}

/// The key, and the value of its TXT record.
fn load(der: &PrivateKeyDer<'_>) -> Result<(DkimKey, String), BadKey> {
    if let Ok(key) = Ed25519Key::from_pkcs8_maybe_unchecked_der(der.secret_der()) {
        let value = format!("v=DKIM1; k=ed25519; p={}", BASE64.encode(&key.public_key()));
        return Ok((key.into(), value));
    }
    let pair = match der {
        PrivateKeyDer::Pkcs8(der) => RsaPair::from_pkcs8(der.secret_pkcs8_der()),
        PrivateKeyDer::Pkcs1(der) => RsaPair::from_der(der.secret_pkcs1_der()),
        _ => return Err(BadKey::Kind),
    };
    let public: PublicKeyX509Der<'_> =
        pair.map_err(|_| BadKey::Kind)?.public_key().as_der().map_err(|_| BadKey::Kind)?;
    let value = format!("v=DKIM1; k=rsa; p={}", BASE64.encode(public.as_ref()));
    let key = RsaKey::<Sha256>::from_key_der(der.clone_key()).map_err(|_| BadKey::Kind)?;
    Ok((key.into(), value))
}

/// A new ed25519 key as PEM (PKCS#8).
pub fn generate_ed25519() -> Result<Zeroizing<String>, BadKey> {
    let der = Zeroizing::new(Ed25519Key::generate_pkcs8().map_err(|_| BadKey::Making)?);
    Ok(pem_of(&der))
}

/// A new RSA key of 2048 bits as PEM (PKCS#8); takes a moment.
pub fn generate_rsa2048() -> Result<Zeroizing<String>, BadKey> {
    let pair = RsaPair::generate(KeySize::Rsa2048).map_err(|_| BadKey::Making)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| BadKey::Making)?;
    Ok(pem_of(der.as_ref()))
}

/// RFC 7468 §10.
fn pem_of(der: &[u8]) -> Zeroizing<String> {
    let encoded = Zeroizing::new(BASE64.encode(der));
    let mut pem = Zeroizing::new(String::with_capacity(encoded.len() + encoded.len() / 64 + 64));
    pem.push_str("-----BEGIN PRIVATE KEY-----\n");
    for (place, letter) in encoded.char_indices() {
        if place > 0 && place % 64 == 0 {
            pem.push('\n');
        }
        pem.push(letter);
    }
    pem.push_str("\n-----END PRIVATE KEY-----\n");
    pem
}

/// The letter up to its last line with something on it, if whitespace-only lines follow that. In relaxed
/// canonicalisation they count for nothing (RFC 6376 §3.4.4), but mail-auth 0.13 hashes them.
pub(crate) fn without_blank_tail(message: &[u8]) -> Option<&[u8]> {
    let body = body_start(message);
    let filled = message[body..].iter().rposition(|octet| !octet.is_ascii_whitespace());
    let kept = filled.map_or(body, |place| line_end(message, body + place));
    let has_blank_line = message[kept..].iter().any(|octet| matches!(octet, b' ' | b'\t'));
    has_blank_line.then(|| &message[..kept])
}

/// Where the body begins: behind the empty line.
fn body_start(message: &[u8]) -> usize {
    if message.starts_with(b"\r\n") {
        return 2;
    }
    memchr::memmem::find(message, b"\r\n\r\n").map_or(message.len(), |place| place + 4)
}

fn line_end(message: &[u8], from: usize) -> usize {
    memchr::memmem::find(&message[from..], b"\r\n").map_or(message.len(), |place| from + place + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_tail_is_found_and_nothing_else() {
        let cases = [
            ("text\r\n", None),
            ("text\r\n\r\n\r\n", None),
            ("text \r\n", None),
            ("text", None),
            ("", None),
            ("text\r\n  \r\n", Some("text\r\n")),
            ("a\r\n \r\nb \t\r\n\r\n\t\r\n\r\n", Some("a\r\n \r\nb \t\r\n")),
            ("text\r\n ", Some("text\r\n")),
            (" \r\n\r\n", Some("")),
        ];
        for (body, kept) in cases {
            for head in ["A: b\r\nC: d\r\n e\r\n\r\n", "\r\n"] {
                let message = format!("{head}{body}");
                let kept = kept.map(|kept| format!("{head}{kept}"));
                assert_eq!(without_blank_tail(message.as_bytes()), kept.as_deref().map(str::as_bytes), "{message:?}");
            }
        }
        assert_eq!(without_blank_tail(b"A: b\r\n \r\n"), None, "a header alone has no body");
    }

    #[test]
    fn records_name_the_kind_of_key() {
        let domain = Domain::parse("relay.example.org").unwrap();
        let signer = Signer::new(domain).with_key("e1", generate_ed25519().unwrap().as_bytes()).unwrap();
        let signer = signer.with_key("r1", generate_rsa2048().unwrap().as_bytes()).unwrap();
        let [ed, rsa] = &signer.public_records()[..] else { panic!("two keys") };
        assert_eq!(ed.name, "e1._domainkey.relay.example.org");
        assert!(ed.value.starts_with("v=DKIM1; k=ed25519; p=") && ed.value.len() == 22 + 44, "{ed:?}");
        assert!(rsa.value.starts_with("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEF"), "{rsa:?}");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let signer = || Signer::new(Domain::parse("example.org").unwrap());
        let error = |selector: &str, pem: &[u8]| signer().with_key(selector, pem).err();
        assert_eq!(error("s1", b"nothing"), Some(BadKey::Pem));
        let empty = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert_eq!(error("s1", empty), Some(BadKey::Kind));
        assert_eq!(error("s 1", generate_ed25519().unwrap().as_bytes()), Some(BadKey::Selector));
    }

    #[test]
    fn every_key_signs_and_from_is_signed_twice() {
        let signer = Signer::new(Domain::parse("example.org").unwrap());
        let signer = signer.with_key("e1", generate_ed25519().unwrap().as_bytes()).unwrap();
        let letter = signer.sign(b"From: a@example.org\r\nSubject: x\r\n\r\ntext\r\n \r\n");
        let text = String::from_utf8(letter).unwrap();
        assert_eq!(text.matches("DKIM-Signature:").count(), 1);
        let fields = text.split("h=").nth(1).unwrap().split(';').next().unwrap().to_lowercase();
        assert_eq!(fields.split(':').filter(|field| field.trim() == "from").count(), 2, "{fields}");
        assert!(text.ends_with("\r\n\r\ntext\r\n"));
    }
    /// Where the fold falls depends on which fields there are.
    #[test]
    fn no_signature_is_folded_before_its_semicolon() {
        let signer = Signer::new(Domain::parse("example.org").unwrap());
        let signer = signer.with_key("r1", generate_rsa2048().unwrap().as_bytes()).unwrap();
        let fields = ["To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"];
        for set in 0..1_u32 << fields.len() {
            let chosen = fields.iter().enumerate().filter(|(place, _)| set >> place & 1 == 1);
            let head = chosen.map(|(_, name)| format!("{name}: x\r\n")).collect::<Vec<_>>().concat();
            let letter = signer.sign(format!("From: a@example.org\r\n{head}\r\n").as_bytes());
            let text = String::from_utf8(letter).unwrap();
            assert!(text.contains(";\r\nFrom: ") && !text.contains("\t;\r\nFrom: "), "{text}");
        }
    }
}
