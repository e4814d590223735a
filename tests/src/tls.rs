//! Certificates for the tests: an authority of their own and a leaf for this machine.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::path::{Path, PathBuf};

/// The files, PEM.
#[derive(Debug, Clone)]
pub struct Certificates {
    /// The authority, for those who check.
    pub authority: PathBuf,
    /// The chain that is shown.
    pub chain: PathBuf,
    /// The leaf's private key.
    pub key: PathBuf,
}

impl Certificates {
    /// Writes an authority and a leaf for `localhost`, `127.0.0.1` and the aliases' domain into a folder.
    pub fn write_into(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder for certificates");
        let authority_key = KeyPair::generate().expect("a key");
        let mut authority = CertificateParams::new(Vec::new()).expect("no names, no fault");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(DnType::CommonName, "Test authority");
        let root = authority.self_signed(&authority_key).expect("an authority signs itself");
        let issuer = Issuer::new(authority, authority_key);
        let names = ["localhost", "127.0.0.1", crate::settings::DOMAIN].map(str::to_owned);
        let leaf_key = KeyPair::generate().expect("a key");
        let leaf = CertificateParams::new(names).expect("proper names").signed_by(&leaf_key, &issuer).expect("a leaf");
        let file = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).expect("a certificate can be written");
            path
        };
        Self {
            authority: file("authority.pem", &root.pem()),
            chain: file("chain.pem", &leaf.pem()),
            key: file("key.pem", &leaf_key.serialize_pem()),
        }
    }
}
