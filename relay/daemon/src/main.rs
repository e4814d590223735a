//! The only binary: runs the command line.

use std::process::ExitCode;

/// Large letters come and go by the dozen: the system's allocator keeps their room in every thread's arena,
/// this one gives it back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    brevbro::cli::run()
}
