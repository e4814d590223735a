//! One running `brevbro serve`: started, asked to stop, or killed.

use crate::binary::{path, signal};
use crate::wait;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// A process that serves; killed when dropped.
#[derive(Debug)]
pub struct Node {
    child: Child,
    /// Where letters are taken.
    pub smtp: SocketAddr,
    /// Where health and metrics are read.
    pub admin: SocketAddr,
    /// Its standard error.
    pub log: PathBuf,
}

impl Node {
    /// Starts a node and waits for its ready line.
    pub fn start(config: &Path, log: PathBuf) -> Self {
        let mut command = Command::new(path());
        command.arg("--config").arg(config).arg("serve");
        Self::start_as(command, log)
    }

    /// Starts a node that plays some of the roles only.
    pub fn start_roles(config: &Path, roles: &str, log: PathBuf) -> Self {
        let mut command = Command::new(path());
        command.arg("--config").arg(config).args(["serve", "--roles", roles]);
        Self::start_as(command, log)
    }

    /// Starts any command that prints the ready line.
    pub fn start_as(mut command: Command, log: PathBuf) -> Self {
        let folder = log.parent().expect("a log has a folder").to_owned();
        command.env_remove("BREVBRO_CONFIG").env("TMPDIR", &folder).current_dir(&folder);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        command.stderr(File::create(&log).expect("the log can be written"));
        let mut child = command.spawn().expect("the node can be started");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let (tell, told) = mpsc::channel();
        // The pipe is read to its end, so that the node never blocks on its own words.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| drop(tell.send(line))));
        let ready = loop {
            match told.recv_timeout(Duration::from_secs(90)) {
                Ok(line) if line.starts_with("ready ") => break line,
                Ok(_) => {}
                Err(_) => {
                    let _ = child.kill();
                    let _ = child.wait();
                    panic!("the node did not get ready; it said:\n{}", tail(&log));
                }
            }
        };
        Self { child, smtp: named(&ready, "smtp="), admin: named(&ready, "admin="), log }
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: no time for a last word.
    pub fn kill(mut self) {
        self.kill_now();
    }

    /// Asks to drain (SIGTERM) and does not wait.
    pub fn ask_to_stop(&self) {
        signal(self.id(), "TERM");
    }

    /// Waits for the process to end by itself.
    pub fn wait_end(&mut self, limit: Duration) -> ExitStatus {
        let child = &mut self.child;
        wait::until("the node ends", limit, || child.try_wait().expect("a child can be waited for"))
    }

    /// SIGTERM, and waits for the end.
    pub fn stop(mut self) -> ExitStatus {
        self.ask_to_stop();
        self.wait_end(Duration::from_secs(90))
    }

    /// Whether the process still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|end| end.is_none())
    }

    fn kill_now(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill_now();
        if std::thread::panicking() {
            crate::binary::say(&format!("--- {}:\n{}", self.log.display(), tail(&self.log)));
        }
    }
}

/// An address of the ready line; nobody listens at the one that stands for a missing one.
fn named(line: &str, name: &str) -> SocketAddr {
    let value = line.split_whitespace().find_map(|word| word.strip_prefix(name));
    value.map_or_else(|| SocketAddr::from(([127, 0, 0, 1], 9)), |v| v.parse().expect("an address in the ready line"))
}

fn tail(log: &Path) -> String {
    let text = std::fs::read(log).map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(25)..].join("\n")
}
