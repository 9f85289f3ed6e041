//! A fleet: 10,000 environments, synthesised, validated and written, beside `cp -r`
//! of the result.
//!
//! ```text
//! cargo bench --bench fleet
//! ```
//!
//! The environments come from [`definitions`], each different from all others, made
//! one after the other while the run asks for them. Every number is the time of a
//! whole process, from before it is started until after it was waited for:
//!
//! * **synth**: this program again, which calls [`cachewright::cli::run_from`] as the
//!   command line does; the output folder doesn't exist yet;
//! * **cp -r**: a copy of what came out, to a folder beside it that doesn't exist yet.
//!
//! The two take turns on one file system, each of them first in every other round.
//! What is copied is the first run's result, whose files are in the system's cache.
//! Before each of them the system writes what it still holds back (`sync`), so that
//! neither pays for the other; that is outside of what is timed. Folders are removed at
//! the very end, after the numbers are printed, because some file systems are slow to
//! make files where others were just removed: that takes about 2 GB for a while, and
//! longer than the rest. The ratio is that of the medians of one run.
//!
//! The memory is the peak of the process that synthesises (`VmHWM`, on Linux), for
//! 1,000 and for 10,000 environments; the median of several runs, too.

#[path = "measure/definitions.rs"]
mod definitions;
mod measure;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use definitions::environment;
use measure::{Folder, Times, target, time};

const FLEET: usize = 10_000;
/// A tenth of it, for comparison of the memory.
const FEW: usize = 1_000;
/// Rounds of both.
const ROUNDS: usize = 2;
/// The greatest ratio of the times.
const LIMIT: f64 = 1.5;
/// The greatest ratio of the peak memories that counts as "doesn't grow", ten times as
/// many environments being held against it: the same run differs by a few percent
/// from time to time, and of each environment a name is kept, to find one that is
/// defined twice.
const SAME: f64 = 1.1;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, only, count, out] = arguments.as_slice()
        && only == "--synth"
    {
        return synth(count.parse().map_err(io::Error::other)?, out);
    }
    if !measure::asked_for() {
        return Ok(ExitCode::SUCCESS);
    }

    let folder = Folder::new("fleet")?;
    let result = folder.path().join("out-0");
    let (mut few, mut all) = (Vec::new(), Vec::new());
    for round in 0..3 {
        few.extend(synthesise(FEW, &folder.path().join(format!("few-{round}")))?.1);
    }
    let (mut synths, mut copies) = (Times::default(), Times::default());
    for round in 0..ROUNDS {
        for turn in 0..2 {
            flush();
            if (round + turn) % 2 == 0 {
                let out = folder.path().join(format!("out-{round}"));
                let (taken, memory) = synthesise(FLEET, &out)?;
                synths.add(taken);
                all.extend(memory);
            } else {
                let copy = folder.path().join(format!("copy-{round}"));
                match time(Command::new("cp").arg("-r").arg(&result).arg(&copy), &[0]) {
                    Ok(taken) => copies.add(taken),
                    Err(error) => println!("cp can't be run here: {error}"),
                }
            }
        }
    }
    let (files, bytes) = count(&result)?;

    println!(
        "{FLEET} environments: {files} files, {:.1} MB",
        bytes as f64 / 1e6
    );
    println!("  synth   {synths}");
    println!("  cp -r   {copies}");
    if !copies.is_empty() {
        let ratio = synths.ratio(&copies);
        target(
            &format!("at most {LIMIT} times `cp -r`"),
            &format!("{ratio:.2}"),
            ratio <= LIMIT,
        );
    }
    match (median(few), median(all)) {
        (Some(few), Some(all)) => {
            let ratio = all / few;
            target(
                "memory that doesn't grow",
                &format!(
                    "peak of {:.1} MB for {FEW} environments, {:.1} MB for {FLEET}, {ratio:.2} times",
                    few / 1e3,
                    all / 1e3
                ),
                ratio <= SAME,
            );
        }
        _ => println!("  the peak memory isn't known on this system"),
    }
    Ok(ExitCode::SUCCESS)
}

/// What this program does when it is run by itself.
fn synth(environments: usize, out: &str) -> io::Result<ExitCode> {
    let arguments = ["cachewright", "synth", "--out", out];
    let code = cachewright::cli::run_from(arguments, (0..environments).map(environment));
    // kilobytes; nothing on other systems
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
    writeln!(io::stdout(), "{}", peak.unwrap_or_default().trim())?;
    Ok(code)
}

/// The time that a run of its own takes for that many environments, and the peak of
/// its memory in kilobytes.
fn synthesise(environments: usize, out: &Path) -> io::Result<(Duration, Option<f64>)> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("--synth")
        .arg(environments.to_string())
        .arg(out)
        .stdin(Stdio::null());
    let begin = Instant::now();
    let output = command.output()?;
    let taken = begin.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        eprintln!("{}", first(&said));
        return Err(io::Error::other(format!("{command:?}: {}", output.status)));
    }
    if said.contains("warning") {
        println!("the fleet isn't free of warnings:\n{}", first(&said));
    }
    let peak = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
    Ok((taken, peak))
}

/// As much of it as anybody reads.
fn first(said: &str) -> String {
    said.lines().take(20).collect::<Vec<_>>().join("\n")
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Has the system write what it still holds back. Where there is no `sync`, it doesn't.
fn flush() {
    let _ = Command::new("sync").status();
}

/// How many files there are below a folder, and their bytes.
fn count(folder: &Path) -> io::Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (more_files, more_bytes) = if entry.file_type()?.is_dir() {
            count(&entry.path())?
        } else {
            (1, entry.metadata()?.len())
        };
        files += more_files;
        bytes += more_bytes;
    }
    Ok((files, bytes))
}
