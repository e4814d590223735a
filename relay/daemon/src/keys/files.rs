//! Key files: made once by `init`, read by the roles that need them, never overwritten.

use super::{IndexKey, OpeningKey, RoutingKey, SealingKey};
use crate::chance;
use data_encoding::HEXLOWER_PERMISSIVE;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Why a key cannot be had. Never carries key material.
#[derive(Debug, thiserror::Error)]
pub enum KeyTrouble {
    /// The file is missing or unreadable.
    #[error("the key file {0} cannot be read ({1}). Run `brevbro init`, or give this role its key")]
    Unreadable(PathBuf, std::io::Error),
    /// The file cannot be written.
    #[error("the key file {0} cannot be written ({1})")]
    Unwritable(PathBuf, std::io::Error),
    /// The file does not hold a key.
    #[error("the key file {0} does not hold a key of its kind; restore it from your backup")]
    Malformed(&'static str),
    /// Others on this machine can read it.
    #[error("the key file {0} can be read by others; run `chmod 600` on it")]
    TooOpen(PathBuf),
    /// Sealing failed.
    #[error("sealing failed")]
    CannotSeal,
    /// Opening failed: another key, another place, or damage.
    #[error("a sealed record cannot be opened with this key")]
    CannotOpen,
}

/// The folder the keys lie in, and whether the service manager made it.
#[derive(Debug, Clone)]
pub struct KeyFolder(PathBuf, bool);

impl KeyFolder {
    /// A folder.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into(), false)
    }

    /// The folder in which the service manager hands over credentials.
    pub fn of_credentials(path: impl Into<PathBuf>) -> Self {
        Self(path.into(), true)
    }

    /// The path of one key file.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Makes the folder and every key in it. Refuses to touch a folder that already holds one.
    pub fn create(&self) -> Result<(), KeyTrouble> {
        make_private_folder(&self.0).map_err(|e| KeyTrouble::Unwritable(self.0.clone(), e))?;
        for name in ["index.key", "routing.key"] {
            let secret = Zeroizing::new(chance::octets::<32>());
            let line = Zeroizing::new(HEXLOWER_PERMISSIVE.encode(&*secret) + "\n");
            self.write_new(name, line.as_bytes())?;
        }
        let (key, text) = OpeningKey::generate();
        let text = Zeroizing::new(text + "\n");
        self.write_new("delivery.key", text.as_bytes())?;
        self.write_new("delivery.pub", format!("{}\n", key.public_text()).as_bytes())
    }

    /// Writes a file that must not exist yet, readable by its owner alone.
    pub fn write_new(&self, name: &str, content: &[u8]) -> Result<(), KeyTrouble> {
        let path = self.path(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&path).and_then(|mut f| f.write_all(content).and_then(|()| f.sync_all()));
        written.map_err(|e| KeyTrouble::Unwritable(path, e))
    }

    /// The blind index and the tokens: every role.
    pub fn index(&self) -> Result<IndexKey, KeyTrouble> {
        self.secret("index.key").map(|s| IndexKey::new(&s))
    }

    /// Who people are: roles relay and deliver, and the commands that enrol.
    pub fn routing(&self) -> Result<RoutingKey, KeyTrouble> {
        self.secret("routing.key").map(|s| RoutingKey::new(&s))
    }

    /// The public half of the delivery key: role relay.
    pub fn sealing(&self) -> Result<SealingKey, KeyTrouble> {
        SealingKey::parse(&self.read("delivery.pub")?)
    }

    /// The secret half: role deliver alone.
    pub fn opening(&self) -> Result<OpeningKey, KeyTrouble> {
        self.check_private("delivery.key")?;
        OpeningKey::parse(&self.read("delivery.key")?)
    }

    fn secret(&self, name: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyTrouble> {
        self.check_private(name)?;
        let text = self.read(name)?;
        let octets = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map(Zeroizing::new);
        let octets = octets.map_err(|_| KeyTrouble::Malformed(name))?;
        let octets: [u8; 32] = octets.as_slice().try_into().map_err(|_| KeyTrouble::Malformed(name))?;
        Ok(Zeroizing::new(octets))
    }

    fn read(&self, name: &str) -> Result<Zeroizing<String>, KeyTrouble> {
        let path = self.path(name);
        fs::read_to_string(&path).map(Zeroizing::new).map_err(|e| KeyTrouble::Unreadable(path, e))
    }

    /// A secret that others can read is no secret.
    fn check_private(&self, name: &str) -> Result<(), KeyTrouble> {
        let path = self.path(name);
        let meta = fs::metadata(&path).map_err(|e| KeyTrouble::Unreadable(path.clone(), e))?;
        // The service manager's credentials carry a group bit where an access list stands for the service.
        let others = if self.1 { 0o007 } else { 0o077 };
        #[cfg(unix)]
        if std::os::unix::fs::PermissionsExt::mode(&meta.permissions()) & others != 0 {
            return Err(KeyTrouble::TooOpen(path));
        }
        let _ = (meta, others);
        Ok(())
    }
}

fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_once_read_back_and_kept_private() {
        let dir = tempfile::tempdir().unwrap();
        let folder = KeyFolder::at(dir.path().join("keys"));
        folder.create().unwrap();
        assert!(
            folder.index().is_ok() && folder.routing().is_ok() && folder.opening().is_ok() && folder.sealing().is_ok()
        );
        assert!(matches!(folder.create(), Err(KeyTrouble::Unwritable(..))), "an existing key was overwritten");
        let path = folder.path("routing.key");
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        assert!(matches!(folder.routing(), Err(KeyTrouble::TooOpen(_))));
        fs::write(folder.path("index.key"), "00\n").unwrap();
        assert!(matches!(folder.index(), Err(KeyTrouble::Malformed("index.key"))));
    }
}
