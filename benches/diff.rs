//! `cachewright diff` of a thousand environments against a git revision.
//!
//! ```text
//! cargo bench --bench diff
//! ```
//!
//! The environments come from [`definitions`]; what they come to is committed to a repository
//! of its own. Every number is the time of a whole process, which makes the definitions, reads
//! the revision by `git`, compares and prints JSON to nowhere: where nothing differs, where
//! every tenth environment does, and where all of them do.

#[path = "measure/definitions.rs"]
mod definitions;
mod measure;

use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use definitions::environment;
use measure::{Folder, Times, milliseconds, target, time};

const MANY: usize = 1_000;
const LIMIT: Duration = Duration::from_secs(2);
/// How many of the thousand differ.
const CASES: [(&str, usize); 3] = [("none", 0), ("a tenth", 100), ("all", 1_000)];

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, changed, rest @ ..] = arguments.as_slice()
        && let Some(changed) = changed.strip_prefix("--changed=")
    {
        let changed: usize = changed.parse().map_err(io::Error::other)?;
        let every = MANY.checked_div(changed).unwrap_or(usize::MAX);
        let environments = (0..MANY).map(|number| {
            let environment = environment(number);
            if number % every == 0 && changed > 0 {
                environment.tag("Changed", "yes")
            } else {
                environment
            }
        });
        let arguments = std::iter::once("cachewright".to_owned()).chain(rest.iter().cloned());
        return Ok(cachewright::cli::run_from(arguments, environments));
    }
    if !measure::asked_for() {
        return Ok(ExitCode::SUCCESS);
    }
    let folder = Folder::new("diff")?;
    run(folder.path(), 0, &["synth", "--undeployed"])?;
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &[
            "-c",
            "user.name=bench",
            "-c",
            "user.email=bench@localhost",
            "commit",
            "--quiet",
            "--message=out",
        ],
    ] {
        let done = Command::new("git")
            .current_dir(folder.path())
            .args(arguments)
            .status()?;
        if !done.success() {
            return Err(io::Error::other(format!("git {arguments:?}: {done}")));
        }
    }
    println!("cachewright diff --against HEAD: {MANY} environments");
    for (name, changed) in CASES {
        let mut times = Times::default();
        for round in 0..7 {
            let taken = run(
                folder.path(),
                changed,
                &["diff", "--against", "HEAD", "--format", "json"],
            )?;
            if round >= 2 {
                times.add(taken);
            }
        }
        println!("  {name:<8} differ  {times}");
        target(
            &format!("{name}: at most {}", milliseconds(LIMIT)),
            &milliseconds(times.median()),
            times.median() <= LIMIT,
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// A run of its own in that folder, over definitions of which so many are changed.
fn run(folder: &Path, changed: usize, arguments: &[&str]) -> io::Result<Duration> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .current_dir(folder)
        .arg(format!("--changed={changed}"))
        .args(arguments)
        .stderr(Stdio::null());
    time(&mut command, &[0])
}
