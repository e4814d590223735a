//! What is linked in: licences everybody may use, one TLS provider, one SQL engine.

use crate::tree::{none, top};
use std::collections::BTreeSet;
use std::process::Command;

/// The same list as in `deny.toml`.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Name, version and licence of everything that is really built; `cargo metadata` would also name what no
/// feature of ours switches on.
fn built() -> BTreeSet<(String, String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--offline", "--locked", "--edges", "normal,build,dev"])
        .args(["--prefix", "none", "--format", "{p}|{l}"])
        .current_dir(top())
        .output()
        .expect("cargo tree runs");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let package = |line: &str| {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
        let mut words = package.split(' ');
        Some((words.next()?.to_owned(), words.next()?.to_owned(), licence.to_owned()))
    };
    let all: BTreeSet<_> = text.lines().filter_map(package).collect();
    assert!(all.len() > 100, "only {} packages were found", all.len());
    all
}

/// Evaluates an SPDX expression (SPDX 2.3 annex D): `OR`, `AND`, brackets, and crates.io's old `/` for `OR`.
fn permits(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let answer = any_of(&mut rest);
    answer && rest.is_empty()
}

fn any_of(rest: &mut &[&str]) -> bool {
    let mut answer = all_of(rest);
    while let ["OR", tail @ ..] = *rest {
        *rest = tail;
        answer |= all_of(rest);
    }
    answer
}

fn all_of(rest: &mut &[&str]) -> bool {
    let mut answer = one(rest);
    while let ["AND", tail @ ..] = *rest {
        *rest = tail;
        answer &= one(rest);
    }
    answer
}

fn one(rest: &mut &[&str]) -> bool {
    match *rest {
        ["(", tail @ ..] => {
            *rest = tail;
            let answer = any_of(rest);
            let closed = rest.first() == Some(&")");
            *rest = rest.get(1..).unwrap_or_default();
            answer && closed
        }
        [name, "WITH", exception, tail @ ..] => {
            *rest = tail;
            ALLOWED.contains(&format!("{name} WITH {exception}").as_str())
        }
        [name, tail @ ..] => {
            *rest = tail;
            ALLOWED.contains(name)
        }
        [] => false,
    }
}

#[test]
fn dependencies_have_licences_everybody_may_use() {
    let foreign = built().into_iter().filter(|(_, _, licence)| !permits(licence));
    none(
        "licences",
        &foreign.map(|(name, version, licence)| format!("{name} {version}: {licence:?}")).collect::<Vec<_>>(),
    );
}

#[test]
fn dependencies_hold_one_of_each_foundation() {
    let all = built();
    let versions = |wanted: &str| all.iter().filter(|(name, ..)| name == wanted).count();
    for name in ["ring", "openssl", "openssl-sys", "native-tls", "async-std", "rsa"] {
        assert_eq!(versions(name), 0, "{name} is linked in");
    }
    for name in ["rustls", "aws-lc-sys", "libsqlite3-sys", "tokio"] {
        assert_eq!(versions(name), 1, "{name} must be there exactly once");
    }
}

#[test]
fn licence_expressions_are_understood() {
    for good in [
        "MIT",
        "MIT/GPL-3.0",
        "GPL-3.0 OR (ISC AND MIT)",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(permits(good), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT)", "MIT WITH Surprise", "MIT AND (GPL-3.0 OR AGPL-3.0)"]
    {
        assert!(!permits(bad), "{bad}");
    }
}

#[test]
fn deny_toml_has_the_same_list() {
    let text = std::fs::read_to_string(top().join("deny.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let allowed = table["licenses"]["allow"].as_array().unwrap();
    let allowed: Vec<&str> = allowed.iter().map(|v| v.as_str().unwrap()).collect();
    assert_eq!(allowed, ALLOWED);
}
