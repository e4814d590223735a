//! Logging in at the smarthost: AUTH PLAIN and LOGIN (RFC 4954, RFC 4616).

use brevbro_core::veiled;
use data_encoding::BASE64;
use zeroize::Zeroizing;

/// A name and a password for the smarthost. `Debug` shows neither.
#[derive(Clone)]
pub struct Credentials {
    /// The name to log in with.
    pub username: String,
    /// The password; wiped from memory when dropped.
    pub password: Zeroizing<String>,
}

veiled!(Credentials);

/// The ways of logging in that a next hop offers and we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mechanisms {
    pub(super) plain: bool,
    pub(super) login: bool,
}

impl Credentials {
    /// What to send, line by line; after all but the last a 334 is awaited. `None`: nothing we speak is offered.
    pub(super) fn lines(&self, offered: Mechanisms) -> Option<Vec<Zeroizing<String>>> {
        if offered.plain {
            let message = Zeroizing::new(format!("\0{}\0{}", self.username, self.password.as_str()));
            return Some(vec![line("AUTH PLAIN ", &message)]);
        }
        let login = || {
            let opening = Zeroizing::new("AUTH LOGIN\r\n".to_owned());
            vec![opening, line("", &self.username), line("", &self.password)]
        };
        offered.login.then(login)
    }
}

fn line(verb: &str, message: &str) -> Zeroizing<String> {
    let encoded = Zeroizing::new(BASE64.encode(message.as_bytes()));
    Zeroizing::new(format!("{verb}{}\r\n", encoded.as_str()))
}
