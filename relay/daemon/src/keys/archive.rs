//! Kept letters are sealed to the coordinators and to the recovery key: the house has public halves only (P7).

use super::KeyTrouble;
use super::letters::seal_to;
use age::x25519::Recipient;
use brevbro_core::seal::Sealed;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The file of the recovery key's public half.
pub const RECOVERY: &str = "recovery.pub";
/// The folder of the coordinators' public halves, one file each, named after the coordinator.
pub const COORDINATORS: &str = "coordinators";
/// The file `init` writes the recovery key itself to. It belongs into a safe, not on this machine.
pub const RECOVERY_IDENTITY: &str = "recovery.key";

/// How long a coordinator who has left, or has just come, waits for it to count.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Everybody who can open kept letters: looked up anew once a minute, so that no restart is needed.
pub struct ArchiveKeys {
    folders: Vec<PathBuf>,
    known: Mutex<Option<(Instant, Arc<Vec<Recipient>>)>>,
}

/// What the folders hold.
pub struct Readers {
    /// The public keys, each with the name of its file; none twice.
    pub keys: Vec<(String, Recipient)>,
    /// Files that hold no key.
    pub unreadable: Vec<PathBuf>,
}

impl Readers {
    fn knows(&self, key: &Recipient) -> bool {
        self.keys.iter().any(|(_, known)| known.to_string() == key.to_string())
    }
}

impl ArchiveKeys {
    /// Looks in these folders. The service manager's credentials are one of them, where there are any; it flattens a
    /// folder into names such as `coordinators_NAME.pub`.
    pub fn in_folders(folders: Vec<PathBuf>) -> Self {
        Self { folders, known: Mutex::default() }
    }

    /// Everybody who can open what is kept from now on.
    pub fn readers(&self) -> Readers {
        let mut readers = Readers { keys: Vec::new(), unreadable: Vec::new() };
        for folder in &self.folders {
            let flat = listed(folder).into_iter().filter(|path| is_flattened(path));
            let own = listed(&folder.join(COORDINATORS)).into_iter().filter(|path| is_public(path));
            for path in std::iter::once(folder.join(RECOVERY)).filter(|path| path.exists()).chain(own).chain(flat) {
                match read(&path) {
                    Some(key) if readers.knows(&key) => {}
                    Some(key) => readers.keys.push((name_of(&path), key)),
                    None => readers.unreadable.push(path),
                }
            }
        }
        readers
    }

    /// Seals to all of them; none when there is nobody who could ever open it, and then nothing may be kept.
    pub fn seal(&self, plain: &[u8]) -> Result<Option<Sealed>, KeyTrouble> {
        let recipients = self.recipients();
        if recipients.is_empty() {
            return Ok(None);
        }
        seal_to(recipients.iter().map(|recipient| recipient as &dyn age::Recipient), plain).map(Some)
    }

    fn recipients(&self) -> Arc<Vec<Recipient>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, recipients)) = known.as_ref().filter(|(looked, _)| looked.elapsed() < LOOK_EVERY) {
            return Arc::clone(recipients);
        }
        let recipients = Arc::new(self.readers().keys.into_iter().map(|(_, key)| key).collect());
        *known = Some((Instant::now(), Arc::clone(&recipients)));
        recipients
    }
}

/// A folder's files in the order of their names; one that is not there holds nothing.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn is_public(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "pub")
}

fn is_flattened(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    is_public(path) && name.strip_prefix(COORDINATORS).is_some_and(|rest| rest.starts_with('_'))
}

fn name_of(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let flat = stem.strip_prefix(COORDINATORS).and_then(|rest| rest.strip_prefix('_')).map(str::to_owned);
    flat.unwrap_or(stem)
}

/// One age recipient, on the first line that is no comment.
fn read(path: &Path) -> Option<Recipient> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
    Recipient::from_str(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::ArchiveIdentity;

    #[test]
    fn everybody_named_can_open_a_kept_letter_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let keys = || ArchiveKeys::in_folders(vec![folder.path().to_owned()]);
        assert!(keys().seal(b"a letter").unwrap().is_none(), "nobody could ever open it");
        fs::create_dir(folder.path().join(COORDINATORS)).unwrap();
        let people: Vec<_> = (0..4).map(|_| ArchiveIdentity::generate()).collect();
        let places = ["recovery.pub", "coordinators/astrid.pub", "coordinators_bo.pub"];
        for (place, person) in places.iter().zip(&people) {
            fs::write(folder.path().join(place), format!("# a comment\n{}\n", person.public_text())).unwrap();
        }
        fs::write(folder.path().join("delivery.pub"), people[3].public_text()).unwrap();
        fs::write(folder.path().join("coordinators/notes.txt"), "x").unwrap();
        let sealed = keys().seal(b"a letter").unwrap().unwrap();
        for person in &people[..3] {
            assert_eq!(&**person.open(&sealed).unwrap(), b"a letter");
        }
        assert!(people[3].open(&sealed).is_err(), "another key of the house");
        let readers = keys().readers();
        let names: Vec<&str> = readers.keys.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["recovery", "astrid", "bo"]);
        assert!(readers.unreadable.is_empty());
        fs::write(folder.path().join("coordinators/carl.pub"), "no key\n").unwrap();
        assert_eq!(keys().readers().unreadable, [folder.path().join("coordinators/carl.pub")]);
        assert!(keys().seal(b"a letter").unwrap().is_some(), "one broken file does not cost the others their letters");
    }
}
