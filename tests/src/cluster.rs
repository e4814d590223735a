//! A Postgres server of the test's own, for tests that stop it or read its files.

use crate::binary::{is_root, program, run_command, say};
use crate::engine::{Database, Engine};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A running server. Stops when dropped.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    port: u16,
    bin: PathBuf,
}

impl Cluster {
    /// Makes and starts a server; `None`, said loudly, when Postgres is not installed or not asked for.
    pub fn start() -> Option<Self> {
        let Some(initdb) = program("initdb").filter(|_| std::env::var_os("BREVBRO_TEST_POSTGRES").is_some()) else {
            say(
                "SKIPPED on Postgres: BREVBRO_TEST_POSTGRES is not set or Postgres is missing. Run this under tests/with-postgres",
            );
            return None;
        };
        let bin = std::fs::canonicalize(initdb).expect("it is there").parent().expect("in a folder").to_owned();
        let folder = tempfile::Builder::new().prefix("brevbro-pg-").tempdir().expect("a temporary folder");
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|l| l.local_addr()).expect("a free port");
        let cluster = Self { folder, port: free.port(), bin };
        if is_root() {
            run_command(Command::new("chown").arg("postgres").arg(cluster.folder.path()), b"");
        }
        let data = cluster.data().display().to_string();
        cluster.run("initdb", &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        cluster.resume();
        Some(cluster)
    }

    /// The folder of its data, write-ahead log included.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A fresh database on it.
    pub fn engine(&self) -> Engine {
        Engine::Postgres(Database::fresh(&format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)))
    }

    /// Starts it again.
    pub fn resume(&self) {
        let data = self.data().display().to_string();
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -k {}", self.port, self.folder.path().display());
        let log = self.folder.path().join("log").display().to_string();
        self.run("pg_ctl", &["-D", &data, "-l", &log, "-w", "-t", "60", "-o", &options, "start"]);
    }

    /// Kills it: no checkpoint, no goodbye, as when the machine fails.
    pub fn fail(&self) {
        let data = self.data().display().to_string();
        self.run("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]);
    }

    fn run(&self, name: &str, arguments: &[&str]) {
        let said = run_command(&mut self.command(&self.bin.join(name), arguments), b"");
        assert_eq!(said.code, 0, "{name}: {}{}", said.out, said.err);
    }

    /// Postgres refuses to run as root.
    fn command(&self, file: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(if is_root() { Path::new("runuser") } else { file });
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(file);
        }
        command.args(arguments).current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.data().display().to_string();
        let mut stop = self.command(&self.bin.join("pg_ctl"), &["-D", &data, "-m", "immediate", "-w", "stop"]);
        run_command(&mut stop, b"");
    }
}
