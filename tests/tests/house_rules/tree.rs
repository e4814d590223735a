//! The tracked files of the repository, read once.

use crate::scan;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One file: its path from the top, with `/`, and its text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The code without comments and literals.
    pub(crate) fn code(&self) -> String {
        scan::code_only(&self.text)
    }

    /// The code that is built into the product: no tests.
    pub(crate) fn product_code(&self) -> String {
        scan::without_tests(&self.code())
    }

    /// Whether the whole file exists for tests only.
    pub(crate) fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.starts_with("fuzz/")
            || self.path.contains("/tests/")
            || self.path.contains("/benches/")
            || self.path.ends_with("/tests.rs")
    }

    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|e| e == "rs")
    }

    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }
}

/// The top of the repository.
pub(crate) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every text file that is or would be committed and ends like this.
pub(crate) fn files(endings: &[&str]) -> Vec<File> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(top())
        .output()
        .expect("git lists the files");
    assert!(listed.status.success(), "git ls-files failed: is this a clone?");
    let names = String::from_utf8(listed.stdout).expect("file names are UTF-8");
    let wanted = names.split('\0').filter(|n| endings.is_empty() || endings.iter().any(|e| n.ends_with(e)));
    let read = |name: &str| {
        // A file that is deleted but not yet committed, or that is no text, is nothing to read.
        let text = std::fs::read_to_string(top().join(name)).ok()?;
        Some(File { path: name.to_owned(), text })
    };
    wanted.filter(|n| !n.is_empty()).filter_map(read).collect()
}

/// All Rust sources.
pub(crate) fn rust() -> Vec<File> {
    let found = files(&[".rs"]);
    assert!(found.len() > 50, "only {} sources were found", found.len());
    found
}

/// Fails with one line for each offence.
pub(crate) fn none(what: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{what}:\n  {}\n", offences.join("\n  "));
}
