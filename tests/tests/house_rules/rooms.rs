//! The rooms of the house: which crate may know which, and what each must never touch.

use crate::scan::paths;
use crate::tree::{File, none, rust, top};

/// A crate with the crates of this house it may use, and foreign crates it must not.
struct Room {
    folder: &'static str,
    doors: &'static [&'static str],
    never: &'static [&'static str],
}

const ROOMS: [Room; 6] = [
    Room { folder: "relay/core", doors: &[], never: &["tokio", "sqlx", "axum", "age", "tracing", "rand", "mail-auth"] },
    Room {
        folder: "relay/sanitise",
        doors: &["brevbro-core"],
        never: &["tokio", "sqlx", "axum", "age", "tracing", "rand", "hickory-resolver", "tempfile"],
    },
    Room {
        folder: "relay/flags",
        doors: &["brevbro-core"],
        never: &["tokio", "sqlx", "axum", "age", "tracing", "rand", "hickory-resolver", "tempfile"],
    },
    Room {
        folder: "relay/store",
        doors: &["brevbro-core"],
        never: &["axum", "age", "hickory-resolver", "minijinja", "mail-auth"],
    },
    Room {
        folder: "admin-api",
        doors: &["brevbro-core", "brevbro-store", "brevbro-flags"],
        never: &["sqlx", "age", "smtp-proto", "mail-auth", "mail-parser", "hickory-resolver"],
    },
    Room {
        folder: "relay/daemon",
        doors: &["brevbro-core", "brevbro-sanitise", "brevbro-flags", "brevbro-store", "brevbro-admin-api"],
        never: &["sqlx", "ring", "openssl"],
    },
];

#[test]
fn doors_open_one_way() {
    let mut found = Vec::new();
    for room in &ROOMS {
        let text = std::fs::read_to_string(top().join(room.folder).join("Cargo.toml")).unwrap();
        let manifest: toml::Table = text.parse().unwrap();
        let used = manifest.get("dependencies").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        for name in used.keys() {
            let is_ours = name.starts_with("brevbro");
            if (is_ours && !room.doors.contains(&name.as_str())) || room.never.contains(&name.as_str()) {
                found.push(format!("{} depends on {name}", room.folder));
            }
        }
    }
    none("doors that must stay shut", &found);
}

/// What the pure rooms must not reach for: the world, the clock and chance.
const WORLD: [&str; 9] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "jiff::Timestamp::now",
    "jiff::Zoned::now",
    "std::io::stdout",
];
/// Of `std::net`, words for addresses are no doors to the network.
const NET_WORDS: [&str; 7] =
    ["IpAddr", "Ipv4Addr", "Ipv6Addr", "SocketAddr", "SocketAddrV4", "SocketAddrV6", "AddrParseError"];

fn under(path: &str, room: &str) -> bool {
    path == room || path.strip_prefix(room).is_some_and(|rest| rest.starts_with("::"))
}

fn is_worldly(path: &str) -> bool {
    let is_socket = under(path, "std::net")
        && !path.strip_prefix("std::net::").is_some_and(|p| NET_WORDS.iter().any(|w| under(p, w)));
    is_socket || WORLD.iter().any(|w| under(path, w))
}

fn product(folder: &str) -> Vec<File> {
    let found: Vec<File> = rust().into_iter().filter(|f| f.is_in(folder) && !f.is_test()).collect();
    assert!(!found.is_empty(), "{folder} has no sources");
    found
}

fn naming(folder: &str, is_forbidden: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in product(folder) {
        let named = paths(&file.product_code());
        found.extend(named.into_iter().filter(|p| is_forbidden(p)).map(|p| format!("{} names {p}", file.path)));
    }
    found
}

#[test]
fn pure_rooms_touch_nothing() {
    for folder in ["relay/core/src/", "relay/sanitise/src/", "relay/flags/src/"] {
        none(&format!("{folder} is pure"), &naming(folder, is_worldly));
    }
}

#[test]
fn sockets_are_told_from_addresses() {
    assert!(is_worldly("std::net::TcpStream") && is_worldly("std::net") && is_worldly("std::fs::File"));
    assert!(!is_worldly("std::net::IpAddr") && !is_worldly("std::net::Ipv6Addr::LOCALHOST") && !is_worldly("std::fsx"));
}

#[test]
fn port_25_knows_neither_store_nor_keys() {
    let shut = ["brevbro_store", "crate::keys", "age", "brevbro_sanitise"];
    none("daemon/smtp talks to intake alone", &naming("relay/daemon/src/smtp", |p| shut.iter().any(|s| under(p, s))));
}

#[test]
fn only_the_sanitise_room_makes_clean_letters() {
    let is_maker = |f: &File| f.product_code().contains("CleanLetter for ");
    let makers: Vec<String> = rust().into_iter().filter(|f| !f.is_test() && is_maker(f)).map(|f| f.path).collect();
    let others: Vec<String> = makers.iter().filter(|m| !m.starts_with("relay/sanitise/src/")).cloned().collect();
    none("a letter that the sanitiser has not seen could be sent", &others);
    assert!(!makers.is_empty(), "nobody makes clean letters: has the trait another name?");
}

#[test]
fn sql_is_never_put_together() {
    let is_open = |f: &File| f.product_code().contains("AssertSqlSafe") && !f.path.ends_with("/dialect.rs");
    let found: Vec<String> = product("relay/store/src/").into_iter().filter(is_open).map(|f| f.path).collect();
    none("SQL that is not a constant", &found);
}
