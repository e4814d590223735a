//! The real binary: where it lies, how one command is run, and what it answered.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the binary lies: `$BREVBRO_BIN`, or beside this test's own folder, where cargo builds it.
pub fn path() -> PathBuf {
    if let Some(named) = std::env::var_os("BREVBRO_BIN") {
        return PathBuf::from(named);
    }
    let own = std::env::current_exe().expect("a test has a path");
    let built = own.ancestors().nth(2).expect("target/<profile>/deps/<test>").join("brevbro");
    assert!(built.exists(), "{} is missing. Run `cargo build -p brevbro` first, or set BREVBRO_BIN", built.display());
    built
}

/// What a command answered.
#[derive(Debug, Clone)]
pub struct Said {
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// The standard output of a command that must have succeeded.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "exit code {}\nout: {}\nerr: {}", self.code, self.out, self.err);
        self.out
    }

    /// The JSON answer of a command that must have succeeded.
    pub fn json(self) -> serde_json::Value {
        let out = self.ok();
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("not JSON ({e}): {out}"))
    }
}

/// Runs `brevbro` with arguments and nothing on standard input.
pub fn run(arguments: &[&str]) -> Said {
    run_with(arguments, b"")
}

/// Runs `brevbro` with arguments and a standard input.
pub fn run_with(arguments: &[&str], input: &[u8]) -> Said {
    run_command(Command::new(path()).args(arguments).env_remove("BREVBRO_CONFIG"), input)
}

/// Runs any command to its end.
pub fn run_command(command: &mut Command, input: &[u8]) -> Said {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child =
        command.spawn().unwrap_or_else(|e| panic!("{} cannot be run: {e}", command.get_program().display()));
    let mut stdin = child.stdin.take().expect("piped");
    let bytes = input.to_vec();
    // A command may end without reading: a broken pipe is no fault of the test.
    let writer = std::thread::spawn(move || stdin.write_all(&bytes).is_ok());
    let output = child.wait_with_output().expect("the command ends");
    let _ = writer.join();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

/// Finds a program in `$PATH` and in the folders Debian keeps daemons and Postgres in.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(["/usr/sbin", "/sbin"].map(PathBuf::from));
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        folders.extend(versions.flatten().map(|v| v.path().join("bin")));
    }
    folders.into_iter().map(|folder| folder.join(name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

/// Whether this run is root's.
pub fn is_root() -> bool {
    run_command(Command::new("id").arg("-u"), b"").out.trim() == "0"
}

/// Says something past the test harness's capture: what was left out must be seen even when all is well.
pub fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Sends a signal by name, such as `TERM`.
pub fn signal(process: u32, name: &str) {
    run_command(Command::new("sh").args(["-c", &format!("kill -{name} {process}")]), b"");
}
