//! The certificate for STARTTLS: loaded, checked, exchanged without a restart.

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use tokio_rustls::TlsAcceptor;

/// Where the certificate chain and its key lie, both PEM.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The chain, the host's certificate first.
    pub certificate: PathBuf,
    /// The private key: PKCS #8, PKCS #1 or SEC 1.
    pub key: PathBuf,
}

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsTrouble {
    /// A file cannot be read.
    #[error("cannot read {file}: {source}")]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The chain holds no certificate, or a broken one.
    #[error("the certificate file holds no certificate chain in PEM form: {0}")]
    Chain(rustls_pki_types::pem::Error),
    /// The chain is empty.
    #[error("the certificate file holds no certificate: it must begin with -----BEGIN CERTIFICATE-----")]
    Empty,
    /// The key file holds no usable key.
    #[error("the key file holds no private key in PEM form: {0}")]
    Key(rustls_pki_types::pem::Error),
    /// Chain and key do not belong together, or are of a kind that is not supported.
    #[error("the certificate and the key cannot be used together: {0}")]
    Pair(rustls::Error),
}

/// The certificate in use.
#[derive(Debug)]
pub struct Tls {
    files: Option<TlsFiles>,
    config: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Loads the files.
    pub fn load(files: TlsFiles) -> Result<Self, TlsTrouble> {
        let config = RwLock::new(read(&files)?);
        Ok(Self { files: Some(files), config })
    }

    /// A certificate from memory, which no reload changes: for the demo and tests.
    pub fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Self, TlsTrouble> {
        Ok(Self { files: None, config: RwLock::new(configure(certificate, key)?) })
    }

    /// Reads the files again. On trouble the certificate in use stays.
    pub fn reload(&self) -> Result<(), TlsTrouble> {
        let Some(files) = &self.files else { return Ok(()) };
        let fresh = read(files)?;
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// What the next handshake uses.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn read(files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsTrouble> {
    let contents =
        |file: &PathBuf| std::fs::read(file).map_err(|source| TlsTrouble::Unreadable { file: file.clone(), source });
    configure(&contents(&files.certificate)?, &contents(&files.key)?)
}

fn configure(certificate: &[u8], key: &[u8]) -> Result<Arc<ServerConfig>, TlsTrouble> {
    let chain: Vec<_> =
        CertificateDer::pem_slice_iter(certificate).collect::<Result<_, _>>().map_err(TlsTrouble::Chain)?;
    if chain.is_empty() {
        return Err(TlsTrouble::Empty);
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(TlsTrouble::Key)?;
    // The provider is named, not taken from the process: another library may have installed a second one.
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(TlsTrouble::Pair)?;
    Ok(Arc::new(config))
}
