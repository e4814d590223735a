//! The configuration a test house runs with, written as the file an admin would write.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The domain of every alias in the tests.
pub const DOMAIN: &str = "relay.example.org";
/// The mailbox that a human reads.
pub const CONTACT: &str = "contact@office.example";

/// What a test changes; everything else is the default of the binary.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `organisation.contact`.
    pub contact: Option<String>,
    /// `store.url`.
    pub store: String,
    /// `smtp.trusted_networks`.
    pub trusted_networks: Vec<String>,
    /// `smtp.trusted_authenticates`.
    pub trusted_authenticates: bool,
    /// `smtp.authserv_id`.
    pub authserv_id: Option<String>,
    /// `smtp.name_servers`.
    pub name_servers: Vec<SocketAddr>,
    /// `smtp.tls_cert` and `smtp.tls_key`.
    pub certificate: Option<(PathBuf, PathBuf)>,
    /// `delivery.smarthost`.
    pub smarthost: String,
    /// `delivery.tls`.
    pub tls: &'static str,
    /// `delivery.ca_file`.
    pub ca_file: Option<PathBuf>,
    /// `delivery.connections`.
    pub connections: usize,
    /// `delivery.sign`.
    pub sign: bool,
    /// Minutes a week; 0 has no limit, so that no test meets one by chance.
    pub week: u32,
    /// Lines put at the end of a section, as they stand: (section, line).
    pub more: Vec<(&'static str, String)>,
}

impl Settings {
    /// A house behind a front MTA that refuses forgeries itself; the next hop takes letters without TLS.
    pub fn new(store: &str, smarthost: SocketAddr) -> Self {
        Self {
            contact: Some(CONTACT.to_owned()),
            store: store.to_owned(),
            trusted_networks: vec!["127.0.0.0/8".into()],
            trusted_authenticates: true,
            authserv_id: None,
            // Nobody listens there: no test ever asks the world.
            name_servers: vec![SocketAddr::from(([127, 0, 0, 1], 9))],
            certificate: None,
            smarthost: smarthost.to_string(),
            tls: "none",
            ca_file: None,
            connections: 4,
            sign: true,
            week: 0,
            more: Vec::new(),
        }
    }

    /// The file.
    pub fn toml(&self) -> String {
        let mut file = String::new();
        self.section(&mut file, "organisation", &self.organisation());
        self.section(&mut file, "store", &[("url", quoted(&self.store))]);
        self.section(&mut file, "smtp", &self.smtp());
        self.section(&mut file, "delivery", &self.delivery());
        self.section(&mut file, "admin", &[("listen", quoted("127.0.0.1:0"))]);
        let week = format!("{{ minutes = {} }}", self.week);
        self.section(&mut file, "programme.letters", &[("name", quoted("Letters")), ("week", week)]);
        file
    }

    fn organisation(&self) -> Vec<(&'static str, String)> {
        let mut keys =
            vec![("domain", quoted(DOMAIN)), ("language", quoted("en")), ("time_zone", quoted("Europe/Stockholm"))];
        keys.extend(self.contact.as_deref().map(|contact| ("contact", quoted(contact))));
        keys
    }

    fn smtp(&self) -> Vec<(&'static str, String)> {
        let mut keys = vec![
            ("listen", list(&["127.0.0.1:0"])),
            ("trusted_networks", list(&self.trusted_networks)),
            ("trusted_authenticates", self.trusted_authenticates.to_string()),
            ("name_servers", list(&self.name_servers)),
        ];
        keys.extend(self.authserv_id.as_deref().map(|id| ("authserv_id", quoted(id))));
        if let Some((chain, key)) = &self.certificate {
            keys.push(("tls_cert", quoted(&chain.display().to_string())));
            keys.push(("tls_key", quoted(&key.display().to_string())));
        }
        keys
    }

    fn delivery(&self) -> Vec<(&'static str, String)> {
        let mut keys = vec![
            ("mode", quoted("smarthost")),
            ("smarthost", quoted(&self.smarthost)),
            ("tls", quoted(self.tls)),
            ("connections", self.connections.to_string()),
            ("sign", self.sign.to_string()),
        ];
        keys.extend(self.ca_file.as_ref().map(|file| ("ca_file", quoted(&file.display().to_string()))));
        keys
    }

    fn section(&self, file: &mut String, name: &str, keys: &[(&str, String)]) {
        let _ = writeln!(file, "[{name}]");
        for (key, value) in keys {
            let _ = writeln!(file, "{key} = {value}");
        }
        for (_, line) in self.more.iter().filter(|(section, _)| *section == name) {
            let _ = writeln!(file, "{line}");
        }
        file.push('\n');
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn list(values: &[impl ToString]) -> String {
    let values: Vec<String> = values.iter().map(|v| quoted(&v.to_string())).collect();
    format!("[{}]", values.join(", "))
}
