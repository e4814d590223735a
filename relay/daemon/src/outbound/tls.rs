//! TLS towards the next hop: whom to believe, and when TLS is asked for.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::Arc;

/// When TLS begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsMode {
    /// Never: for a next hop on the same machine.
    None,
    /// With STARTTLS, which must be offered; the certificate is verified (RFC 3207).
    StartTls,
    /// From the first octet; the certificate is verified (RFC 8314).
    Implicit,
    /// With STARTTLS where it is offered, whoever the peer may be (RFC 7435).
    Opportunistic,
}

/// Why TLS could not be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTls {
    /// The file of certificate authorities holds no certificate.
    #[error("the file of certificate authorities holds no readable PEM certificate")]
    Authorities,
    /// The system has no certificate authorities.
    #[error("the system has no certificate authorities; install ca-certificates or name a file")]
    System,
    /// The protocol versions asked for are not in the TLS library.
    #[error("the TLS library offers no protocol version")]
    Versions,
    /// The name to verify is no host name or network address.
    #[error("the next hop's name is neither a host name nor a network address")]
    Name,
    /// A password would travel where others can read it.
    #[error("a password is only sent over verified TLS: use starttls or implicit, or allow it on loopback")]
    Password,
}

/// Settings that verify the next hop: against `authorities` (PEM) if given, else the system's.
pub(super) fn verified(authorities: Option<&[u8]>) -> Result<Arc<ClientConfig>, BadTls> {
    let roots = match authorities {
        Some(pem) => roots_in(pem)?,
        None => system_roots()?,
    };
    let config = builder()?.with_root_certificates(roots).with_no_client_auth();
    Ok(Arc::new(config))
}

/// Settings that take any certificate: encryption against those who only listen.
pub(super) fn unverified() -> Result<Arc<ClientConfig>, BadTls> {
    let verifier = Arc::new(AnyPeer(Arc::new(aws_lc_rs::default_provider())));
    let config = builder()?.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
    Ok(Arc::new(config))
}

/// The name a certificate must carry.
pub(super) fn name_of(host: &str) -> Result<ServerName<'static>, BadTls> {
    ServerName::try_from(host.to_owned()).map_err(|_| BadTls::Name)
}

type Builder = rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>;

fn builder() -> Result<Builder, BadTls> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider);
    builder.with_safe_default_protocol_versions().map_err(|_| BadTls::Versions)
}

fn roots_in(pem: &[u8]) -> Result<RootCertStore, BadTls> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|_| BadTls::Authorities)?;
        roots.add(certificate).map_err(|_| BadTls::Authorities)?;
    }
    if roots.is_empty() { Err(BadTls::Authorities) } else { Ok(roots) }
}

fn system_roots() -> Result<RootCertStore, BadTls> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() { Err(BadTls::System) } else { Ok(roots) }
}

/// Believes every certificate, but checks that the peer holds its key.
#[derive(Debug)]
struct AnyPeer(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyPeer {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
