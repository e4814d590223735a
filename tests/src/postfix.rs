//! A real Postfix of the test's own: front MTA for the aliases' domain and smarthost for everything else.

use crate::binary::{program, run_command};
use crate::settings::DOMAIN;
use crate::tls::Certificates;
use crate::wait;
use std::fmt::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A Postfix with queue, log and configuration in a folder of its own. Stops when dropped.
#[derive(Debug)]
pub struct Postfix {
    folder: TempDir,
    address: SocketAddr,
    master: Option<Child>,
}

impl Postfix {
    /// Chooses a port and writes nothing yet: the house needs the port, and Postfix needs the house's.
    pub fn prepare() -> Self {
        let folder = tempfile::Builder::new().prefix("brevbro-postfix-").tempdir().expect("a temporary folder");
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr()).expect("a free port");
        Self { folder, address: free, master: None }
    }

    /// Where it takes mail.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Starts it: letters for the aliases go to `house` over STARTTLS, all others to `onward`.
    pub fn start(&mut self, certificates: &Certificates, house: SocketAddr, onward: SocketAddr) {
        let folder = self.folder.path();
        // Its daemons drop their rights and must still reach their folders.
        run_command(Command::new("chmod").arg("755").arg(folder), b"");
        for name in ["conf", "queue", "data", "log"] {
            std::fs::create_dir_all(folder.join(name)).expect("a folder");
        }
        run_command(Command::new("chown").arg("postfix").arg(folder.join("data")), b"");
        let conf = folder.join("conf");
        std::fs::write(conf.join("main.cf"), self.main_cf(certificates, house, onward)).expect("main.cf");
        std::fs::write(conf.join("master.cf"), self.master_cf()).expect("master.cf");
        std::fs::write(conf.join("tls_policy"), format!("[127.0.0.1]:{} encrypt\n", house.port())).expect("tls_policy");
        let master = Command::new(postfix())
            .args(["-c", &conf.display().to_string(), "start-fg"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Postfix can be started");
        self.master = Some(master);
        let address = self.address;
        wait::until_true(&format!("Postfix listens\n{}", self.log()), wait::SOON, || {
            TcpStream::connect(address).is_ok()
        });
    }

    /// What it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log/maillog")).unwrap_or_default()
    }

    fn main_cf(&self, certificates: &Certificates, house: SocketAddr, onward: SocketAddr) -> String {
        let place = |path: PathBuf| path.display().to_string();
        let root = self.folder.path();
        let default = |name: &str| run_command(Command::new(program("postconf").unwrap()).args(["-dh", name]), b"").out;
        let mut file = String::new();
        for (key, value) in [
            ("compatibility_level", "3.6".to_owned()),
            ("queue_directory", place(root.join("queue"))),
            ("data_directory", place(root.join("data"))),
            ("command_directory", default("command_directory").trim().to_owned()),
            ("daemon_directory", default("daemon_directory").trim().to_owned()),
            ("mail_owner", "postfix".into()),
            ("setgid_group", "postdrop".into()),
            ("myhostname", "front.example.org".into()),
            ("mydestination", String::new()),
            ("inet_interfaces", "127.0.0.1".into()),
            ("inet_protocols", "ipv4".into()),
            ("mynetworks", "127.0.0.0/8".into()),
            ("maillog_file", place(root.join("log/maillog"))),
            ("maillog_file_prefixes", place(root.to_owned())),
            ("alias_maps", String::new()),
            ("local_recipient_maps", String::new()),
            ("relay_domains", DOMAIN.into()),
            ("relay_transport", format!("smtp:[127.0.0.1]:{}", house.port())),
            ("relayhost", format!("[127.0.0.1]:{}", onward.port())),
            ("smtpd_relay_restrictions", "permit_mynetworks, reject".into()),
            ("smtpd_tls_security_level", "may".into()),
            ("smtpd_tls_cert_file", place(certificates.chain.clone())),
            ("smtpd_tls_key_file", place(certificates.key.clone())),
            ("smtp_tls_security_level", "may".into()),
            ("smtp_tls_policy_maps", format!("texthash:{}", place(root.join("conf/tls_policy")))),
            ("smtp_tls_CAfile", place(certificates.authority.clone())),
            ("smtp_tls_loglevel", "1".into()),
            ("smtpd_tls_loglevel", "1".into()),
            ("smtputf8_enable", "yes".into()),
        ] {
            let _ = writeln!(file, "{key} = {value}");
        }
        file
    }

    fn master_cf(&self) -> String {
        let mut file = format!("127.0.0.1:{} inet n - n - - smtpd\n", self.address.port());
        for line in [
            "pickup unix n - n 60 1 pickup",
            "cleanup unix n - n - 0 cleanup",
            "qmgr unix n - n 300 1 qmgr",
            "tlsmgr unix - - n 1000? 1 tlsmgr",
            "rewrite unix - - n - - trivial-rewrite",
            "bounce unix - - n - 0 bounce",
            "defer unix - - n - 0 bounce",
            "trace unix - - n - 0 bounce",
            "verify unix - - n - 1 verify",
            "flush unix n - n 1000? 0 flush",
            "proxymap unix - - n - - proxymap",
            "smtp unix - - n - - smtp",
            "showq unix n - n - - showq",
            "error unix - - n - - error",
            "retry unix - - n - - error",
            "discard unix - - n - - discard",
            "anvil unix - - n - 1 anvil",
            "scache unix - - n - 1 scache",
            "postlog unix-dgram n - n - 1 postlogd",
        ] {
            let _ = writeln!(file, "{line}");
        }
        file
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let Some(mut master) = self.master.take() else { return };
        let conf = self.folder.path().join("conf").display().to_string();
        run_command(Command::new(postfix()).args(["-c", &conf, "stop"]), b"");
        let _ = master.kill();
        let _ = master.wait();
        if std::thread::panicking() {
            crate::binary::say(&format!("--- Postfix:\n{}", self.log()));
        }
    }
}

fn postfix() -> PathBuf {
    program("postfix").expect("Postfix is needed: apt install postfix")
}

/// Whether a program lies in a folder that peers are looked for in.
pub fn is_installed(name: &str) -> bool {
    program(name).is_some_and(|path: PathBuf| Path::new(&path).exists())
}
