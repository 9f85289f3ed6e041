//! Environments that together use every setting there is, with the command line of any
//! other crate: `cargo run --example everything -- synth --out /tmp/everything`.

mod environments;

fn main() -> std::process::ExitCode {
    cachewright::cli::run(environments::environments())
}
