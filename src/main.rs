//! The environments of this repository, handed to the command line.

#[path = "../environments/mod.rs"]
mod environments;

fn main() -> std::process::ExitCode {
    cachewright::cli::run(environments::all())
}
