//! What a git revision holds of an output directory, by the `git` program: one process lists, one
//! hands over what is listed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// What is wrong, and what to do.
pub type Problem = (String, String);

/// A commit of the repository that a folder is in.
pub struct Revision {
    /// Where git is run.
    folder: PathBuf,
    /// The commit.
    commit: String,
    /// The output directory in the repository, with a slash at its end.
    prefix: String,
}

impl Revision {
    /// The revision of that name in the repository of an output directory.
    pub fn find(out: &Path, name: &str) -> Result<Self, Problem> {
        if name.starts_with('-') || name.is_empty() {
            return Err((
                format!("{name:?} is neither a folder nor a git revision"),
                "name a branch, a tag or a commit, such as origin/main".into(),
            ));
        }
        // the output may not be there yet, and what is above it is
        let (folder, below) = nearest(out);
        let prefix = match git(&folder, ["rev-parse", "--show-prefix"]) {
            Ok(prefix) => prefix.trim_end_matches(['\n', '\r']).to_owned(),
            Err(Failed::Missing) => {
                return Err((
                    format!(
                        "{name:?} is no folder, and the program git isn't there to ask for a revision"
                    ),
                    "install git, or name a folder".into(),
                ));
            }
            Err(Failed::Said(said)) => {
                return Err((
                    format!(
                        "{name:?} is no folder, and {} is in no git repository: {said}",
                        folder.display()
                    ),
                    "name a folder, or run this inside of a repository".into(),
                ));
            }
        };
        let prefix = format!("{prefix}{below}");
        let asked = format!("{name}^{{commit}}");
        let commit = match git(
            &folder,
            [
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &asked,
            ],
        ) {
            Ok(commit) => commit.trim().to_owned(),
            Err(_) => {
                let shallow = git(&folder, ["rev-parse", "--is-shallow-repository"])
                    .is_ok_and(|said| said.trim() == "true");
                let help = if shallow {
                    "this clone is shallow: fetch the revision first, such as git fetch --depth=1 origin main; on GitHub: actions/checkout with fetch-depth: 0"
                } else {
                    "name a branch, a tag or a commit that git knows (git branch -a shows them), or a folder"
                };
                return Err((
                    format!("{name:?} is neither a folder nor a git revision here"),
                    help.into(),
                ));
            }
        };
        Ok(Self {
            folder,
            commit,
            prefix,
        })
    }

    /// Every file below the output directory that `wanted` takes, by its path there.
    pub fn files(
        &self,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<BTreeMap<String, String>, Problem> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", &self.commit];
        if !self.prefix.is_empty() {
            arguments.extend(["--", self.prefix.trim_end_matches('/')]);
        }
        let listed = git(&self.folder, arguments).map_err(failed)?;
        let mut names = Vec::new();
        for line in listed.split('\0') {
            let Some((about, path)) = line.split_once('\t') else {
                continue;
            };
            let mut about = about.split(' ');
            let (Some(mode), Some("blob"), Some(id)) = (about.next(), about.next(), about.next())
            else {
                continue;
            };
            // a link is none of the tool's
            if mode == "120000" {
                continue;
            }
            if let Some(path) = path.strip_prefix(&self.prefix).filter(|path| wanted(path)) {
                names.push((path.to_owned(), id.to_owned()));
            }
        }
        self.contents(names)
    }

    fn contents(&self, names: Vec<(String, String)>) -> Result<BTreeMap<String, String>, Problem> {
        let mut files = BTreeMap::new();
        if names.is_empty() {
            return Ok(files);
        }
        let mut child = Command::new("git")
            .arg("-C")
            .arg(&self.folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| failed(Failed::Said(error.to_string())))?;
        let (Some(mut ask), Some(answer)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(Failed::Missing));
        };
        let ids: String = names.iter().map(|(_, id)| format!("{id}\n")).collect();
        // git answers while it is still asked
        let asking = thread::spawn(move || ask.write_all(ids.as_bytes()));
        let mut answer = BufReader::with_capacity(1 << 16, answer);
        let broken = || {
            failed(Failed::Said(
                "it answered something else than it was asked".into(),
            ))
        };
        for (path, _) in names {
            let mut header = String::new();
            answer.read_line(&mut header).map_err(|_| broken())?;
            let Some(length) = header
                .trim_end()
                .rsplit(' ')
                .next()
                .and_then(|n| n.parse().ok())
            else {
                return Err((
                    format!(
                        "git has the name of {path} in {}, and not what is in it",
                        self.commit
                    ),
                    "this clone is partial: fetch all of the revision".into(),
                ));
            };
            let mut bytes = vec![0; length];
            answer.read_exact(&mut bytes).map_err(|_| broken())?;
            answer.read_line(&mut header).map_err(|_| broken())?;
            let text = String::from_utf8(bytes).map_err(|_| {
                (
                    format!("{path} is not UTF-8 in {}", self.commit),
                    "compare with a revision in which it is".to_owned(),
                )
            })?;
            files.insert(path, text.replace("\r\n", "\n"));
        }
        let _ = asking.join();
        let _ = child.wait();
        Ok(files)
    }
}

/// The nearest folder that is there, and what is below it, with a slash at its end.
fn nearest(out: &Path) -> (PathBuf, String) {
    let mut below = String::new();
    let mut folder = out.to_owned();
    while !folder.is_dir() {
        if let Some(name) = folder.file_name().and_then(OsStr::to_str) {
            below = format!("{name}/{below}");
        }
        if !folder.pop() {
            break;
        }
    }
    if folder.as_os_str().is_empty() {
        folder = PathBuf::from(".");
    }
    (folder, below)
}

enum Failed {
    Missing,
    Said(String),
}

fn failed(why: Failed) -> Problem {
    let why = match why {
        Failed::Missing => "the program isn't there".to_owned(),
        Failed::Said(said) => said,
    };
    (
        format!("git failed: {why}"),
        "see what git status says here".into(),
    )
}

fn git<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Result<String, Failed> {
    let ended = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failed::Missing,
            _ => Failed::Said(error.to_string()),
        })?;
    if !ended.status.success() {
        let said = String::from_utf8_lossy(&ended.stderr);
        let said = said.lines().next().unwrap_or("it says nothing");
        return Err(Failed::Said(said.trim_start_matches("fatal: ").to_owned()));
    }
    String::from_utf8(ended.stdout).map_err(|_| Failed::Said("a name isn't UTF-8".into()))
}
