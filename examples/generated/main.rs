//! Some of the environments that the types allow and the rules pass, for outside judges:
//! `cargo run --example generated -- synth --out /tmp/generated`.

mod environments;
mod secured;

use cachewright::diagnostic::Diagnostic;
use cachewright::rule;

/// Enough that most combinations of two choices are among them.
const MADE: u64 = 400;
/// As many as outside judges look at in a minute or two; `GENERATED` says another number.
const TAKEN: usize = 24;

fn main() -> std::process::ExitCode {
    let passed = (1..=MADE).filter_map(|seed| {
        let environment =
            environments::environment(&format!("n{seed}"), &environments::numbers(seed));
        let (graph, lowered) = environment.lower();
        let found = rule::judge(&graph, lowered, &[]);
        (!found.iter().any(Diagnostic::is_error)).then_some(environment)
    });
    let taken = std::env::var("GENERATED")
        .ok()
        .and_then(|number| number.parse().ok());
    let secured = secured::environments().into_iter();
    cachewright::cli::run(secured.chain(passed.take(taken.unwrap_or(TAKEN))))
}
