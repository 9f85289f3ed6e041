//! One cold process: `cachewright synth oms` (three environments, both languages,
//! validated and written) beside the bare start of an interpreter.
//!
//! ```text
//! cargo bench --bench cold
//! ```
//!
//! Every number is the time of a whole process, from before it is started until after
//! it was waited for. Three things take turns, and change places from round to round:
//!
//! * **unchanged**: the output is there already, so everything is synthesised,
//!   validated and compared with it, and nothing is written;
//! * **new**: the same into a folder that doesn't exist yet, so that every file is
//!   written as well, which is the file system's time rather than the program's;
//! * **python3**: `python3 -c pass`, by the interpreter itself: a `python3` that is a
//!   script which looks for one (as pyenv's is) would be too easy to beat.
//!
//! The ratios are those of the medians of one run. Folders are removed at the very
//! end: some file systems are slow to make files where others were just removed.

mod measure;

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use measure::{Folder, Times, milliseconds, target, time};

const ROUNDS: usize = 150;
/// The first rounds fill the caches of the system, and don't count.
const WARM_UP: usize = 5;
const LIMIT: Duration = Duration::from_millis(10);

fn main() -> io::Result<()> {
    if !measure::asked_for() {
        return Ok(());
    }
    let folder = Folder::new("cold")?;
    let python = python();
    let [mut unchanged, mut new, mut start]: [Times; 3] = Default::default();
    for round in 0..WARM_UP + ROUNDS {
        for turn in 0..3 {
            let (times, taken) = match ((round + turn) % 3, &python) {
                (0, _) => (
                    &mut unchanged,
                    time(&mut synth(&folder.path().join("unchanged")), &[0])?,
                ),
                (1, _) => {
                    let out = folder.path().join(format!("new-{round}"));
                    (&mut new, time(&mut synth(&out), &[0])?)
                }
                (_, Some(python)) => (
                    &mut start,
                    time(Command::new(python).args(["-c", "pass"]), &[0])?,
                ),
                (_, None) => continue,
            };
            if round >= WARM_UP {
                times.add(taken);
            }
        }
    }

    println!("cachewright synth oms: three environments, both languages, a process each");
    println!("  unchanged  {unchanged}");
    println!("  new        {new}");
    println!("  python3    {start}");
    for (what, times) in [("unchanged", &unchanged), ("new", &new)] {
        target(
            &format!("{what}: at most {}", milliseconds(LIMIT)),
            &milliseconds(times.median()),
            times.median() <= LIMIT,
        );
        if start.is_empty() {
            println!("  python3 can't be started here, so nothing was measured beside it");
            continue;
        }
        let ratio = times.ratio(&start);
        target(
            &format!("{what}: at most the bare start of python3"),
            &format!("{ratio:.2} of it"),
            ratio <= 1.0,
        );
    }
    Ok(())
}

fn synth(out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cachewright"));
    command
        .args(["synth", "oms", "--out"])
        .arg(out)
        .stderr(Stdio::null());
    command
}

/// The interpreter that `python3` stands for, if there is one.
fn python() -> Option<OsString> {
    let output = Command::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output()
        .ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    let path = path.trim();
    (output.status.success() && !path.is_empty()).then(|| path.into())
}
