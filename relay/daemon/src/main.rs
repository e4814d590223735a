//! The only binary: runs the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    brevbro::cli::run()
}
