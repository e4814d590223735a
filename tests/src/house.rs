//! A house: a folder made by `brevbro init`, a next hop, and any number of nodes.

use crate::binary::{self, Said};
use crate::draft::Draft;
use crate::engine::Engine;
use crate::node::Node;
use crate::post::{Reply, post};
use crate::settings::{DOMAIN, Settings};
use crate::sink::Sink;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use tempfile::TempDir;

/// The mailbox the seeker writes from.
pub const SEEKER: &str = "anna.karlsson@example.net";
/// The mailbox the volunteer reads.
pub const VOLUNTEER: &str = "frida.private@example.com";

/// Two people who may write to each other.
#[derive(Debug, Clone)]
pub struct Pairing {
    /// Its number.
    pub id: String,
    /// Where the seeker writes to.
    pub volunteer_alias: String,
    /// Where the volunteer answers to.
    pub seeker_alias: String,
    /// The seeker's own mailbox.
    pub seeker: String,
    /// The volunteer's own mailbox.
    pub volunteer: String,
}

impl Pairing {
    /// A letter from the seeker's own mailbox.
    pub fn from_seeker(&self) -> Draft {
        Draft::new(&self.seeker, &self.volunteer_alias)
    }

    /// A letter from the volunteer's own mailbox.
    pub fn from_volunteer(&self) -> Draft {
        Draft::new(&self.volunteer, &self.seeker_alias)
    }
}

/// A house under test. Its nodes are killed and its folder is removed when it is dropped.
#[derive(Debug)]
pub struct House {
    nodes: Vec<Node>,
    logs: usize,
    /// The next hop.
    pub sink: Sink,
    /// The configuration; written before each start.
    pub settings: Settings,
    folder: PathBuf,
    _engine: Engine,
    _temporary: Option<TempDir>,
}

impl House {
    /// Makes a house and starts one node.
    pub fn open(engine: Engine) -> Self {
        Self::open_with(engine, |_| {})
    }

    /// Makes a house with other settings and starts one node.
    pub fn open_with(engine: Engine, change: impl FnOnce(&mut Settings)) -> Self {
        let mut house = Self::closed(engine);
        change(&mut house.settings);
        house.start();
        house
    }

    /// Makes a house without starting a node.
    pub fn closed(engine: Engine) -> Self {
        let temporary = tempfile::Builder::new().prefix("brevbro-e2e-").tempdir().expect("a temporary folder");
        let folder = temporary.path().to_owned();
        Self { _temporary: Some(temporary), ..Self::closed_in(engine, folder) }
    }

    /// Makes a house in a folder of the test's own.
    pub fn closed_in(engine: Engine, folder: PathBuf) -> Self {
        let sink = Sink::open();
        let settings = Settings::new(&engine.url(), sink.address());
        let place = folder.display().to_string();
        binary::run(&["init", "--domain", DOMAIN, "--dir", &place, "--store", &settings.store]).ok();
        std::fs::create_dir_all(folder.join("logs")).expect("a folder for logs");
        Self { nodes: Vec::new(), logs: 0, sink, settings, folder, _engine: engine, _temporary: None }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The configuration file.
    pub fn config(&self) -> PathBuf {
        self.folder.join("brevbro.toml")
    }

    /// Writes the configuration.
    pub fn write_config(&self) {
        std::fs::write(self.config(), self.settings.toml()).expect("the configuration can be written");
    }

    /// Starts one more node.
    pub fn start(&mut self) -> &mut Node {
        self.write_config();
        let log = self.next_log();
        self.nodes.push(Node::start(&self.config(), log));
        self.nodes.last_mut().expect("just started")
    }

    /// Takes a node that was started in another way into the house's hands.
    pub fn adopt(&mut self, node: Node) {
        self.nodes.push(node);
    }

    /// A file for the next node's words.
    pub fn next_log(&mut self) -> PathBuf {
        self.logs += 1;
        self.folder.join("logs").join(format!("node-{}.log", self.logs))
    }

    /// The first node that runs.
    pub fn node(&mut self) -> &mut Node {
        self.nodes.first_mut().expect("a node runs")
    }

    /// Where the first node takes letters.
    pub fn smtp(&self) -> SocketAddr {
        self.nodes.first().expect("a node runs").smtp
    }

    /// Takes the first node out of the house's hands.
    pub fn take_node(&mut self) -> Node {
        self.nodes.remove(0)
    }

    /// SIGKILLs the first node.
    pub fn kill(&mut self) {
        self.take_node().kill();
    }

    /// SIGTERMs the first node and waits for its end.
    pub fn stop(&mut self) -> ExitStatus {
        self.take_node().stop()
    }

    /// Hands a letter in at the first node.
    pub fn post(&self, draft: &Draft) -> Reply {
        post(self.smtp(), draft)
    }

    /// Hands a letter in; it must be taken.
    pub fn accept(&self, draft: &Draft) {
        let reply = self.post(draft);
        assert_eq!(reply.code, 250, "refused: {}", reply.text);
    }

    /// Hands letters in; each must be taken.
    pub fn accept_all(&self, drafts: &[Draft]) {
        for draft in drafts {
            self.accept(draft);
        }
    }

    /// Runs a command on this house's configuration.
    pub fn run(&self, arguments: &[&str]) -> Said {
        if !self.config().exists() || self.nodes.is_empty() {
            self.write_config();
        }
        let config = self.config().display().to_string();
        binary::run(&[&["--config", config.as_str()], arguments].concat())
    }

    /// Runs a command with `--json` and gives its answer.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.run(&[arguments, &["--json"]].concat()).json()
    }

    /// Enrols Frida and opens a pairing with Vinter.
    pub fn pair(&self) -> Pairing {
        let alias = self.enrol_volunteer("Frida", VOLUNTEER, "frida");
        self.open_pairing(&alias, VOLUNTEER, "Vinter", SEEKER)
    }

    /// Enrols a volunteer and gives the alias.
    pub fn enrol_volunteer(&self, known_as: &str, address: &str, alias: &str) -> String {
        let name = format!("{known_as} Realname");
        let arguments = ["volunteer", "add", "--name", &name, "--known-as", known_as, "--address", address];
        let language = ["--language", "en", "--alias", alias];
        let said = self.run(&[arguments.as_slice(), language.as_slice()].concat()).ok();
        let wanted = format!("{alias}@{DOMAIN}");
        assert!(said.contains(&wanted), "the alias is not printed: {said}");
        wanted
    }

    /// Opens a pairing.
    pub fn open_pairing(&self, alias: &str, volunteer: &str, known_as: &str, seeker: &str) -> Pairing {
        let programme = ["pairing", "open", "--programme", "letters", "--volunteer", alias];
        let person = ["--seeker-address", seeker, "--known-as", known_as, "--language", "en"];
        // First letters would be counted by tests that are about others.
        let quiet = ["--no-welcome"];
        let answer = self.json(&[programme.as_slice(), person.as_slice(), quiet.as_slice()].concat());
        let text = |key: &str| answer[key].as_str().unwrap_or_else(|| panic!("no {key}: {answer}")).to_owned();
        Pairing {
            id: text("pairing"),
            volunteer_alias: text("volunteer_alias"),
            seeker_alias: text("seeker_alias"),
            seeker: seeker.to_owned(),
            volunteer: volunteer.to_owned(),
        }
    }

    /// The letters of `queue list`.
    pub fn queue(&self) -> Vec<Value> {
        let answer = self.json(&["queue", "list", "--limit", "1000000"]);
        answer["letters"].as_array().unwrap_or_else(|| panic!("no letters: {answer}")).clone()
    }

    /// How many letters of the queue are in a state.
    pub fn queued_in(&self, state: &str) -> usize {
        self.queue().iter().filter(|letter| letter["state"] == state).count()
    }

    /// The kinds of the coordinators' items.
    pub fn item_kinds(&self) -> Vec<String> {
        let answer = self.json(&["item", "list"]);
        let items = answer["items"].as_array().unwrap_or_else(|| panic!("no items: {answer}"));
        items.iter().map(|item| item["kind"].as_str().expect("a kind").to_owned()).collect()
    }

    /// Everything the nodes have said on standard error.
    pub fn logs(&self) -> String {
        let files = std::fs::read_dir(self.folder.join("logs")).expect("the logs' folder");
        files.flatten().map(|f| String::from_utf8_lossy(&std::fs::read(f.path()).unwrap()).into_owned()).collect()
    }
}
