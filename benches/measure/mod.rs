//! What both benchmarks need: times, a folder for their files, and lines that say
//! whether a target is met.

#![allow(dead_code, reason = "each benchmark uses its own part")]

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Whether this is `cargo bench`. `cargo test --all-targets` runs benchmarks as well,
/// without the argument, and has no business measuring times.
pub fn asked_for() -> bool {
    let asked = std::env::args().any(|argument| argument == "--bench");
    if !asked {
        println!("nothing was measured: that is what `cargo bench` is for");
    }
    asked
}

/// How long the same thing took, several times.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
        self.0.sort_unstable();
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The middle one, or the mean of the two in the middle. There has to be one.
    pub fn median(&self) -> Duration {
        let middle = self.0.len() / 2;
        if self.0.len() % 2 == 1 {
            self.0[middle]
        } else {
            (self.0[middle - 1] + self.0[middle]) / 2
        }
    }

    /// The medians' ratio: what `self` is in units of `other`.
    pub fn ratio(&self, other: &Self) -> f64 {
        self.median().as_secs_f64() / other.median().as_secs_f64()
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(least), Some(most)) = (self.0.first(), self.0.last()) else {
            return f.write_str("not measured");
        };
        write!(
            f,
            "min {:>9}  median {:>9}  max {:>9}  ({} runs)",
            milliseconds(*least),
            milliseconds(self.median()),
            milliseconds(*most),
            self.0.len()
        )
    }
}

pub fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// Runs a process to its end, from before it is started until after it was waited for.
///
/// # Errors
/// It can't be started, or ends with none of these exit codes.
pub fn time(command: &mut Command, well: &[i32]) -> io::Result<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let begin = Instant::now();
    let status = command.status()?;
    let time = begin.elapsed();
    if status.code().is_some_and(|code| well.contains(&code)) {
        Ok(time)
    } else {
        Err(io::Error::other(format!("{command:?}: {status}")))
    }
}

/// Prints a target and whether it is met. Nothing fails where it isn't: that is for
/// whoever reads it, and knows what else the machine was doing.
pub fn target(what: &str, found: &str, met: bool) {
    let word = if met { "met" } else { "NOT MET" };
    println!("  {word:<8}{what}: {found}");
}

/// A folder below the target directory, so that everything is on one file system;
/// removed with everything in it when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty folder for the benchmark of that name.
    ///
    /// # Errors
    /// It can't be made.
    pub fn new(name: &str) -> io::Result<Self> {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-bench"));
        let folder = Self(path);
        // of a run that was killed
        let _ = fs::remove_dir_all(&folder.0);
        fs::create_dir_all(&folder.0)?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
