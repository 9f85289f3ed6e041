//! The output directory, as somebody sees it whose infrastructure depends on it.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use cachewright::output::{
    Change, ChangeKind, Difference, DifferenceKind, Environment, EnvironmentFiles, File,
    LISTED_CHANGES, MANIFEST, Outcome, Problem, Scope, Staged, Summary, Transaction, Tree,
};

// ---------------------------------------------------------------- setting the scene

/// Says so past the test harness, which would keep it to itself.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

struct Place {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

/// A place for an output directory that does not exist yet.
fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("out");
    Place {
        _folder: folder,
        root,
    }
}

/// The same in memory where there is such a place, for tests that write much:
/// they are about order and processes, not about disks.
fn fast_place() -> Place {
    let Ok(folder) = tempfile::tempdir_in("/dev/shm") else {
        return place();
    };
    let root = folder.path().join("out");
    Place {
        _folder: folder,
        root,
    }
}

impl Place {
    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn exists(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    fn tree(&self) -> Tree {
        Tree::open(&self.root)
            .unwrap()
            .with_wait(Duration::from_millis(100))
    }

    fn begin(&self, force: bool) -> Transaction {
        self.tree().transaction(force).unwrap()
    }

    /// Stages and finishes.
    fn put(&self, all: &[EnvironmentFiles], force: bool) -> Result<Summary, Vec<Problem>> {
        put(&self.root, all, force)
    }

    /// As `put`, where nothing may happen: the problems.
    fn refused(&self, all: &[EnvironmentFiles], force: bool) -> Vec<Problem> {
        let before = snapshot(&self.root);
        let problems = self.put(all, force).unwrap_err();
        assert_eq!(snapshot(&self.root), before, "something was touched");
        assert!(!problems.is_empty());
        for problem in &problems {
            assert!(!problem.help.is_empty(), "{problem}");
            let first = problem.message.chars().next().unwrap();
            assert!(first.is_lowercase(), "{problem}");
        }
        problems
    }

    /// The only problem.
    fn one_refusal(&self, all: &[EnvironmentFiles], force: bool) -> Problem {
        let mut problems = self.refused(all, force);
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems.remove(0)
    }

    fn compare(&self, files: &EnvironmentFiles) -> Vec<(String, DifferenceKind)> {
        let before = snapshot(&self.root);
        let differences = self.tree().compare(files).unwrap();
        assert_eq!(snapshot(&self.root), before, "comparing wrote something");
        differences
            .into_iter()
            .map(|difference| {
                let path = difference.path.strip_prefix(&self.root).unwrap();
                (path.to_str().unwrap().to_owned(), difference.kind)
            })
            .collect()
    }
}

fn put(root: &Path, all: &[EnvironmentFiles], force: bool) -> Result<Summary, Vec<Problem>> {
    let transaction = Tree::open(root)
        .map_err(|problem| vec![problem])?
        .with_wait(Duration::from_millis(100))
        .transaction(force)
        .map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    for files in all {
        if let Err(more) = transaction.stage(files) {
            problems.extend(more);
        }
    }
    if problems.is_empty() {
        transaction.finish()
    } else {
        transaction.abandon();
        Err(problems)
    }
}

fn files(system: &str, environment: &str, files: &[(&str, &str)]) -> EnvironmentFiles {
    EnvironmentFiles {
        system: system.to_owned(),
        environment: environment.to_owned(),
        files: files
            .iter()
            .map(|(path, contents)| File {
                path: (*path).to_owned(),
                contents: (*contents).to_owned(),
            })
            .collect(),
        scope: Scope::everything(),
    }
}

fn scoped(mut files: EnvironmentFiles, folder: &str) -> EnvironmentFiles {
    files.scope = Scope::folders([folder]);
    files
}

const TEMPLATE: &str = "cloudformation/template.json";
const MAIN: &str = "terraform/main.tf";

fn prod() -> EnvironmentFiles {
    files("oms", "prod", &[(TEMPLATE, "{}\n"), (MAIN, "a\nb\nc\n")])
}

fn prod_changed() -> EnvironmentFiles {
    files("oms", "prod", &[(TEMPLATE, "{}\n"), (MAIN, "a\nB\nc\n")])
}

/// Everything below a path that a change would show in.
#[derive(Debug, PartialEq)]
struct Seen {
    what: String,
    mode: u32,
    inode: u64,
    modified: (i64, i64),
}

fn snapshot(path: &Path) -> BTreeMap<PathBuf, Seen> {
    fn walk(path: &Path, all: &mut BTreeMap<PathBuf, Seen>) {
        let Ok(metadata) = fs::symlink_metadata(path) else {
            return;
        };
        let what = if metadata.is_dir() {
            "folder".to_owned()
        } else if metadata.is_symlink() {
            format!("link to {:?}", fs::read_link(path).unwrap())
        } else if metadata.is_file() {
            format!("{:?}", fs::read(path).unwrap())
        } else {
            "special".to_owned()
        };
        // A folder's own times change with a staging folder in it.
        let modified = if metadata.is_dir() {
            (0, 0)
        } else {
            (metadata.mtime(), metadata.mtime_nsec())
        };
        all.insert(
            path.to_owned(),
            Seen {
                what,
                mode: metadata.mode(),
                inode: metadata.ino(),
                modified,
            },
        );
        if metadata.is_dir() {
            for entry in fs::read_dir(path).unwrap() {
                walk(&entry.unwrap().path(), all);
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(path, &mut all);
    all
}

fn staging_folders(root: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(root) else {
        return Vec::new();
    };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(".cachewright-staging-")
        })
        .collect()
}

fn staging_folder(root: &Path) -> PathBuf {
    let mut all = staging_folders(root);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn copy(from: &Path, to: &Path) {
    assert!(
        Command::new("cp")
            .arg("-r")
            .args([from, to])
            .status()
            .unwrap()
            .success()
    );
}

/// A small file system that goes with the value; nothing where that needs
/// rights the tests don't have.
struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, options: &str) -> Option<Mount> {
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !done {
            skipped("mounting a file system needs root");
        }
        done.then(|| Mount(at.to_owned()))
    }

    fn read_only(&self) {
        assert!(
            Command::new("mount")
                .args(["-o", "remount,ro"])
                .arg(&self.0)
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Whether permissions mean nothing to this user.
fn permissions_do_not_apply() -> bool {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    fs::write(folder.path().join("x"), "").is_ok()
}

// ---------------------------------------------------------------- writing

#[test]
fn a_new_environment_is_written_with_its_manifest() {
    let place = place();
    let summary = place.put(&[prod()], false).unwrap();
    assert_eq!(place.read("oms/prod/terraform/main.tf"), "a\nb\nc\n");
    assert_eq!(place.read("oms/prod/cloudformation/template.json"), "{}\n");
    let manifest = place.read("oms/prod/.cachewright.json");
    assert!(
        manifest.starts_with(
            "{\n  \"files\": {\n    \"cloudformation/template.json\": \"sha256:ca3d163b"
        ),
        "{manifest}"
    );
    assert!(manifest.ends_with("\"\n  },\n  \"format\": 1\n}\n"));
    assert_eq!(fs::read_dir(&place.root).unwrap().count(), 1, "only `oms`");
    assert_eq!(summary.environments_new, 1);
    assert_eq!(summary.files_written, 2);
    assert_eq!(
        summary.first_changes,
        [TEMPLATE, MAIN].map(|path| Change {
            path: format!("oms/prod/{path}"),
            kind: ChangeKind::Created
        })
    );
}

#[test]
fn what_did_not_change_is_not_touched() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let before = snapshot(&place.root);
    let summary = place.put(&[prod()], false).unwrap();
    assert_eq!(snapshot(&place.root), before);
    assert_eq!(summary.environments_unchanged, 1);
    assert_eq!(summary.files_unchanged, 2);
    assert_eq!(summary.files_written, 0);
    assert!(place.compare(&prod()).is_empty());
}

#[test]
fn only_the_file_that_changed_and_the_manifest_are_replaced() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    fs::set_permissions(
        place.path("oms/prod/terraform/main.tf"),
        fs::Permissions::from_mode(0o640),
    )
    .unwrap();
    let before = snapshot(&place.root);
    let summary = place.put(&[prod_changed()], false).unwrap();
    let after = snapshot(&place.root);
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, seen)| before.get(*path) != Some(seen))
        .map(|(path, _)| path.strip_prefix(&place.root).unwrap().to_str().unwrap())
        .collect();
    assert_eq!(
        changed,
        ["oms/prod/.cachewright.json", "oms/prod/terraform/main.tf"]
    );
    assert_eq!(place.read("oms/prod/terraform/main.tf"), "a\nB\nc\n");
    let mode = fs::metadata(place.path("oms/prod/terraform/main.tf"))
        .unwrap()
        .mode();
    assert_eq!(mode & 0o777, 0o640, "permissions are kept");
    assert_eq!(summary.environments_changed, 1);
    assert_eq!((summary.files_written, summary.files_unchanged), (1, 1));
    // And the manifest fits, so that the next change needs no force either.
    place.put(&[prod()], false).unwrap();
}

#[test]
fn files_may_come_in_new_folders_and_any_order() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let mut more = prod();
    for path in ["z/y/x/w.md", "terraform/modules/a.tf", "a.md"] {
        more.files.insert(
            0,
            File {
                path: path.to_owned(),
                contents: path.to_owned(),
            },
        );
    }
    place.put(&[more.clone()], false).unwrap();
    assert_eq!(place.read("oms/prod/z/y/x/w.md"), "z/y/x/w.md");
    assert!(place.compare(&more).is_empty());
    // A fresh folder comes out the same.
    let other = self::place();
    more.files.reverse();
    other.put(&[more], false).unwrap();
    assert_eq!(
        other.read("oms/prod/.cachewright.json"),
        place.read("oms/prod/.cachewright.json")
    );
}

#[test]
fn an_environment_without_files_leaves_nothing() {
    let place = place();
    place.put(&[files("oms", "prod", &[])], false).unwrap();
    assert!(!place.root.exists());
}

#[test]
fn a_file_deleted_by_hand_is_written_again() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    fs::remove_dir_all(place.path("oms/prod/terraform")).unwrap();
    assert_eq!(
        place.compare(&prod()),
        [(
            "oms/prod/terraform/main.tf".to_owned(),
            DifferenceKind::Missing
        )]
    );
    place.put(&[prod()], false).unwrap();
    assert_eq!(place.read("oms/prod/terraform/main.tf"), "a\nb\nc\n");
}

// ---------------------------------------------------------------- all or nothing

#[test]
fn staging_touches_nothing_and_giving_up_leaves_nothing() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let before = snapshot(&place.root);
    for drop_it in [false, true] {
        let transaction = place.begin(false);
        transaction.stage(&prod_changed()).unwrap();
        let mut dev = prod();
        dev.environment = "dev".to_owned();
        let staged = transaction.stage(&dev).unwrap();
        assert_eq!(staged.outcome, Outcome::New);
        let staging = staging_folder(&place.root);
        let mut during = snapshot(&place.root);
        during.retain(|path, _| !path.starts_with(&staging));
        assert_eq!(during, before);
        if drop_it {
            drop(transaction);
        } else {
            transaction.abandon();
        }
        assert_eq!(snapshot(&place.root), before);
    }
}

#[test]
fn giving_up_removes_the_folders_that_were_created() {
    let place = place();
    let deep = place.root.join("some/where");
    let transaction = Tree::open(&deep).unwrap().transaction(false).unwrap();
    transaction.stage(&prod()).unwrap();
    assert!(deep.exists());
    transaction.abandon();
    assert!(!place.root.exists());
    // But not those that were there.
    fs::create_dir_all(&deep).unwrap();
    Tree::open(&deep)
        .unwrap()
        .transaction(false)
        .unwrap()
        .abandon();
    assert!(deep.exists());
}

#[test]
fn nothing_is_finished_after_something_could_not_be_staged() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write("oms/prod/terraform/main.tf", "edited");
    let before = snapshot(&place.root);
    let transaction = place.begin(false);
    let dev = files("oms", "dev", &[(MAIN, "x")]);
    transaction.stage(&dev).unwrap();
    transaction.stage(&prod()).unwrap_err();
    // Further ones are still looked at.
    transaction.stage(&files("a", "b", &[(MAIN, "x")])).unwrap();
    let problems = transaction.finish().unwrap_err();
    assert!(problems[0].message.contains("left as it was"));
    assert_eq!(snapshot(&place.root), before);
}

#[test]
fn when_moving_fails_half_way_everything_is_put_back() {
    let place = place();
    let old = |name| {
        files(
            "oms",
            name,
            &[
                ("gone/x", "old"),
                ("keep", "old"),
                ("kept", "1"),
                ("other", "old"),
            ],
        )
    };
    let next = |name| {
        files(
            "oms",
            name,
            &[
                ("keep", "new"),
                ("kept", "1"),
                ("made/here/x", "new"),
                ("other", "new"),
            ],
        )
    };
    place.put(&[old("a"), old("b"), old("c")], false).unwrap();
    // Each in turn is what is found changed; what comes before it in `a`, `b` and
    // `c` has been moved by then.
    for (obstacle, is_folder) in [
        ("oms/c/keep", false),
        ("oms/c/made", false),
        ("oms/c/gone/x", false),
        ("oms/z", true),
    ] {
        let transaction = place.begin(false);
        for name in ["a", "b", "c", "new", "z"] {
            transaction.stage(&next(name)).unwrap();
        }
        if is_folder {
            place.write(&format!("{obstacle}/x"), "in the way");
        } else {
            let _ = fs::remove_file(place.path(obstacle));
            place.write(obstacle, "edited meanwhile");
        }
        let staging = staging_folder(&place.root);
        let mut before = snapshot(&place.root);
        before.retain(|path, _| !path.starts_with(&staging));
        let problems = transaction.finish().unwrap_err();
        assert_eq!(snapshot(&place.root), before, "{obstacle}");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].path.starts_with(place.path(obstacle)));
        assert!(
            problems[0]
                .message
                .ends_with("; everything was put back as it was"),
            "{problems:?}"
        );
        // As it was before for the next obstacle.
        if is_folder || obstacle.ends_with("made") {
            fs::remove_dir_all(place.path(obstacle))
                .or_else(|_| fs::remove_file(place.path(obstacle)))
                .unwrap();
        } else {
            place.write(obstacle, "old");
        }
    }
    let all: Vec<_> = ["a", "b", "c", "new", "z"].map(next).into();
    let summary = place.put(&all, false).unwrap();
    assert_eq!(summary.environments_changed, 3);
    assert!(!place.exists("oms/a/gone"));
    for files in &all {
        assert!(place.compare(files).is_empty());
    }
}

#[test]
fn another_file_system_below_the_output_directory_is_named() {
    let place = place();
    let first = files("a", "a", &[("x", "1")]);
    place.put(std::slice::from_ref(&first), false).unwrap();
    fs::create_dir_all(place.path("oms")).unwrap();
    let Some(_mount) = Mount::new(&place.path("oms"), "size=1m") else {
        return;
    };
    let problem = place.one_refusal(&[files("a", "a", &[("x", "2")]), prod()], false);
    assert_eq!(problem.path, place.path("oms/prod"));
    assert!(
        problem.message.contains("another file system"),
        "{problem:?}"
    );
    assert!(place.compare(&first).is_empty());
}

#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let place = place();
    fs::create_dir(&place.root).unwrap();
    let Some(_mount) = Mount::new(&place.root, "size=256k") else {
        return;
    };
    place.put(&[prod()], false).unwrap();
    let large = "x".repeat(200_000);
    for all in [
        // New, changed, and both.
        vec![files("oms", "a", &[("x", &large), ("y", &large)])],
        vec![files("oms", "prod", &[(MAIN, &large), (TEMPLATE, &large)])],
        vec![
            prod_changed(),
            files("a", "a", &[("x", &large), ("y", &large)]),
            files("b", "b", &[("x", &large)]),
        ],
    ] {
        let problem = place.one_refusal(&all, false);
        assert_eq!(problem.path, place.root);
        assert!(problem.message.contains("no space left"), "{problem}");
        assert!(problem.message.contains("everything was left as it was"));
    }
    place.put(&[prod_changed()], false).unwrap();
}

#[test]
fn a_directory_that_can_not_be_written_to_is_a_problem() {
    let place = place();
    fs::create_dir(&place.root).unwrap();
    if permissions_do_not_apply() {
        let Some(mount) = Mount::new(&place.root, "size=256k") else {
            return;
        };
        place.put(&[prod()], false).unwrap();
        mount.read_only();
        let problem = place.one_refusal(&[prod_changed()], false);
        assert_eq!(problem.path, place.root);
        assert!(problem.message.contains("read-only"), "{problem}");
        assert!(place.compare(&prod()).is_empty(), "reading still works");
        let inner = place.path("inner/out");
        let problems = put(&inner, &[prod()], false).unwrap_err();
        assert_eq!(problems[0].path, place.path("inner"));
        assert!(
            problems[0]
                .message
                .starts_with("can't be created: read-only")
        );
    } else {
        place.put(&[prod()], false).unwrap();
        let mode = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(&place.root, 0o555);
        let problem = place.one_refusal(&[prod_changed()], false);
        assert_eq!(problem.path, place.root);
        assert!(problem.message.contains("permission denied"), "{problem}");
        let problems = put(&place.path("inner/out"), &[prod()], false).unwrap_err();
        assert_eq!(problems[0].path, place.path("inner"));
        mode(&place.root, 0o755);
        // A folder further down: found while moving, and put back.
        mode(&place.path("oms/prod/terraform"), 0o555);
        let changed = files("oms", "prod", &[(TEMPLATE, "[]\n"), (MAIN, "new\n")]);
        let problem = place.one_refusal(&[changed], false);
        assert!(problem.message.contains("permission denied"), "{problem}");
        assert!(problem.message.contains("put back"), "{problem}");
        // One that can't be read.
        mode(&place.path("oms/prod/terraform"), 0o000);
        let problems = place.put(&[prod_changed()], false).unwrap_err();
        assert!(problems[0].message.contains("can't be read"));
        mode(&place.path("oms/prod/terraform"), 0o755);
        mode(&place.root, 0o000);
        let problem = Tree::open(&place.root).unwrap_err();
        assert!(problem.message.contains("can't be read"));
        mode(&place.root, 0o755);
    }
}

/// Runs the parts that need permissions to apply as somebody else, if the tests
/// run as root.
#[test]
fn permissions_are_tested_as_somebody_else_too() {
    if !permissions_do_not_apply() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("tests");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&program)
        .args([
            "--exact",
            "a_directory_that_can_not_be_written_to_is_a_problem",
        ])
        .current_dir(folder.path())
        .env("TMPDIR", folder.path())
        .output();
    match output {
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(
                output.status.success() && text.contains("1 passed"),
                "{text}"
            );
        }
        Err(error) => skipped(&format!("no setpriv: {error}")),
    }
}

// ---------------------------------------------------------------- by hand

#[test]
fn what_was_edited_by_hand_is_only_overwritten_by_force() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write("oms/prod/terraform/main.tf", "edited\n");
    let dev = files("oms", "dev", &[(MAIN, "x")]);
    for rendered in [prod(), prod_changed()] {
        assert_eq!(
            place.compare(&rendered),
            [(
                "oms/prod/terraform/main.tf".to_owned(),
                DifferenceKind::EditedByHand
            )]
        );
        // Not even the other environment is written.
        let problem = place.one_refusal(&[dev.clone(), rendered], false);
        assert_eq!(problem.path, place.path("oms/prod/terraform/main.tf"));
        assert!(problem.message.contains("edited by hand"), "{problem}");
        assert!(problem.help.contains("--force"), "{problem}");
    }
    place.put(&[prod_changed()], true).unwrap();
    assert_eq!(place.read("oms/prod/terraform/main.tf"), "a\nB\nc\n");
    assert!(place.compare(&prod_changed()).is_empty());
    // Force with an unchanged manifest.
    place.write("oms/prod/terraform/main.tf", "edited\n");
    place.put(&[prod_changed()], true).unwrap();
    assert!(place.compare(&prod_changed()).is_empty());
}

#[test]
fn an_edit_that_is_what_is_rendered_now_is_fine() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write("oms/prod/terraform/main.tf", "a\nB\nc\n");
    assert_eq!(
        place.compare(&prod_changed()),
        [(
            "oms/prod/.cachewright.json".to_owned(),
            DifferenceKind::Differs
        )]
    );
    let inode = |path| fs::metadata(place.path(path)).unwrap().ino();
    let before = inode("oms/prod/terraform/main.tf");
    let summary = place.put(&[prod_changed()], false).unwrap();
    assert_eq!(inode("oms/prod/terraform/main.tf"), before);
    assert_eq!(
        (summary.environments_changed, summary.files_written),
        (1, 0)
    );
    assert!(place.compare(&prod_changed()).is_empty());
    // The manifest followed: going back needs no force.
    place.put(&[prod()], false).unwrap();
}

#[test]
fn files_cachewright_never_wrote_are_left_alone() {
    let place = place();
    place.write("README.md", "mine");
    place.write("oms/prod/notes.md", "mine");
    place.write("oms/prod/terraform/main.tf", "mine");
    place.write("oms/prod/terraform/backend.tf", "mine");
    let path = place.path("oms/prod/terraform/main.tf");
    assert_eq!(
        place.compare(&prod()),
        [
            (format!("oms/prod/{TEMPLATE}"), DifferenceKind::Missing),
            (format!("oms/prod/{MAIN}"), DifferenceKind::NotOurs),
        ]
    );
    let problem = place.one_refusal(&[prod()], false);
    assert_eq!(problem.path, path);
    assert!(problem.message.contains("not written by cachewright"));
    // The same bytes are taken over without being written.
    place.write("oms/prod/terraform/main.tf", "a\nb\nc\n");
    let inode = fs::metadata(&path).unwrap().ino();
    let summary = place.put(&[prod()], false).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().ino(), inode);
    assert_eq!(summary.files_written, 1);
    place.put(&[prod_changed()], false).unwrap();
    // And the rest survives even the removal by force.
    place
        .put(&[files("oms", "prod", &[("README.md", "ours")])], true)
        .unwrap();
    place.put(&[files("oms", "prod", &[])], true).unwrap();
    for (path, contents) in [
        ("README.md", "mine"),
        ("oms/prod/notes.md", "mine"),
        ("oms/prod/terraform/backend.tf", "mine"),
    ] {
        assert_eq!(place.read(path), contents);
    }
    assert!(!place.exists("oms/prod/terraform/main.tf"));
    assert!(!place.exists("oms/prod/README.md"));
    assert!(!place.exists("oms/prod/cloudformation"));
    assert!(!place.exists("oms/prod/.cachewright.json"));
}

#[test]
fn force_overwrites_a_file_that_is_not_ours() {
    let place = place();
    place.write("oms/prod/terraform/main.tf", "mine");
    place.put(&[prod()], true).unwrap();
    assert!(place.compare(&prod()).is_empty());
}

#[test]
fn a_checkout_with_crlf_is_unchanged() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    for path in [TEMPLATE, MAIN, MANIFEST] {
        let path = format!("oms/prod/{path}");
        place.write(&path, place.read(&path).replace('\n', "\r\n"));
    }
    let before = snapshot(&place.root);
    assert!(place.compare(&prod()).is_empty());
    let summary = place.put(&[prod()], false).unwrap();
    assert_eq!(snapshot(&place.root), before);
    assert_eq!(summary.environments_unchanged, 1);
    // A change is not refused, and touches only what changed.
    place.put(&[prod_changed()], false).unwrap();
    assert_eq!(place.read("oms/prod/terraform/main.tf"), "a\nB\nc\n");
    assert_eq!(
        place.read("oms/prod/cloudformation/template.json"),
        "{}\r\n"
    );
    // Nor is a removal; a real edit in such a file is still noticed.
    place.write("oms/prod/terraform/main.tf", "a\r\nedited\r\nc\r\n");
    place.one_refusal(&[prod_changed()], false);
    place.write("oms/prod/terraform/main.tf", "a\r\nB\r\nc\r\n");
    place.put(&[files("oms", "prod", &[])], false).unwrap();
    assert!(!place.exists("oms"));
}

#[test]
fn merge_conflicts_say_so() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let conflict = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n";
    place.write("oms/prod/terraform/main.tf", conflict);
    let problem = place.one_refusal(&[prod()], false);
    assert!(problem.message.contains("merge conflict"), "{problem}");
    assert!(problem.help.contains("--force"));
    place.put(&[prod()], true).unwrap();
    place.write(
        "oms/prod/.cachewright.json",
        format!("{{\n  \"files\": {{\n{conflict}"),
    );
    for force in [false, true] {
        let problem = place.one_refusal(&[prod()], force);
        assert_eq!(problem.path, place.path("oms/prod/.cachewright.json"));
        assert!(problem.message.contains("merge conflict markers (line 3)"));
    }
}

#[test]
fn a_deleted_manifest_is_written_again() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    fs::remove_file(place.path("oms/prod/.cachewright.json")).unwrap();
    assert_eq!(
        place.compare(&prod()),
        [(
            "oms/prod/.cachewright.json".to_owned(),
            DifferenceKind::Missing
        )]
    );
    place.put(&[prod()], false).unwrap();
    assert!(place.compare(&prod()).is_empty());
}

#[test]
fn a_file_that_is_not_text_is_no_trouble() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write("oms/prod/terraform/main.tf", [0xff, 0xfe, 0x00]);
    let name = std::ffi::OsStr::from_bytes(&[0xff]);
    for folder in ["", "oms", "oms/prod", "oms/prod/terraform"] {
        fs::create_dir_all(place.path(folder).join(name)).unwrap();
    }
    let problem = place.one_refusal(&[prod()], false);
    assert!(problem.message.contains("edited by hand"));
    let differences = place.tree().compare(&prod()).unwrap();
    assert!(differences[0].unified().starts_with("Binary files a/"));
    place.write("oms/prod/.cachewright.json", [0xff, 0xfe, 0x00]);
    let problem = place.one_refusal(&[prod()], false);
    assert!(problem.message.contains("line 1 column 1"), "{problem}");
    assert!(place.tree().stale(&|_, _| true).unwrap().is_empty());
}

// ---------------------------------------------------------------- stale

#[test]
fn files_no_longer_rendered_are_removed_with_their_folders() {
    let place = place();
    let before = files(
        "oms",
        "prod",
        &[("a", "1"), ("b/c/d", "2"), ("b/e", "3"), ("f/g", "4")],
    );
    place.put(&[before], false).unwrap();
    place.write("oms/prod/f/mine", "mine");
    let after = files("oms", "prod", &[("a", "1")]);
    assert_eq!(
        place.compare(&after),
        ["b/c/d", "b/e", "f/g"].map(|path| (format!("oms/prod/{path}"), DifferenceKind::Stale))
    );
    let summary = place.put(&[after], false).unwrap();
    assert_eq!((summary.files_removed, summary.files_unchanged), (3, 1));
    assert!(!place.exists("oms/prod/b"));
    assert!(!place.exists("oms/prod/f/g"));
    assert_eq!(place.read("oms/prod/f/mine"), "mine");
    assert_eq!(place.read("oms/prod/a"), "1");
    assert!(!place.read("oms/prod/.cachewright.json").contains("b/e"));
}

#[test]
fn a_stale_file_that_was_edited_is_only_removed_by_force() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write("oms/prod/terraform/main.tf", "edited");
    let after = files("oms", "prod", &[(TEMPLATE, "{}\n")]);
    assert_eq!(
        place.compare(&after),
        [(format!("oms/prod/{MAIN}"), DifferenceKind::StaleEdited)]
    );
    let problem = place.one_refusal(std::slice::from_ref(&after), false);
    assert_eq!(problem.path, place.path("oms/prod/terraform/main.tf"));
    assert!(problem.help.contains("--force"));
    place.put(&[after], true).unwrap();
    assert!(!place.exists("oms/prod/terraform"));
}

#[test]
fn a_stale_file_that_is_gone_already_only_leaves_the_manifest() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    fs::remove_dir_all(place.path("oms/prod/terraform")).unwrap();
    place.write("oms/prod/terraform", "a file now, and not ours");
    let after = files("oms", "prod", &[(TEMPLATE, "{}\n")]);
    let summary = place.put(&[after], false).unwrap();
    assert_eq!(summary.files_removed, 0);
    assert!(!place.read("oms/prod/.cachewright.json").contains("main.tf"));
    assert!(place.exists("oms/prod/terraform"));
}

#[test]
fn what_is_outside_of_the_scope_is_left_alone() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write("oms/prod/terraform/main.tf", "edited by hand");
    let manifest = place.read("oms/prod/.cachewright.json");
    let main = manifest.lines().find(|line| line.contains(MAIN)).unwrap();
    let cloudformation = scoped(
        files("oms", "prod", &[("cloudformation/other.json", "[]\n")]),
        "cloudformation/",
    );
    place
        .put(std::slice::from_ref(&cloudformation), false)
        .unwrap();
    assert!(!place.exists("oms/prod/cloudformation/template.json"));
    assert_eq!(
        place.read("oms/prod/terraform/main.tf"),
        "edited by hand",
        "neither refused nor touched"
    );
    let manifest = place.read("oms/prod/.cachewright.json");
    assert!(manifest.contains(main), "{manifest}");
    assert!(place.compare(&cloudformation).is_empty());
    // Nothing left of the one target: the other one stays.
    let none = scoped(files("oms", "prod", &[]), "cloudformation");
    let transaction = place.begin(false);
    assert_eq!(
        transaction.stage(&none).unwrap().outcome,
        Outcome::Changed,
        "not removed"
    );
    transaction.finish().unwrap();
    assert!(!place.exists("oms/prod/cloudformation"));
    assert!(place.read("oms/prod/.cachewright.json").contains(main));
}

#[test]
fn environments_no_longer_defined_are_removed() {
    let place = place();
    let env = |system, environment| files(system, environment, &[(MAIN, "x"), (TEMPLATE, "y")]);
    place
        .put(
            &[
                env("oms", "prod"),
                env("oms", "dev"),
                env("crm", "dev"),
                env("erp", "dev"),
            ],
            false,
        )
        .unwrap();
    place.write("erp/dev/terraform/mine.tf", "mine");
    place.write("mine/folder/file", "mine");
    place.write(".git/objects/x", "mine");
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join(MANIFEST), "{}").unwrap();
    symlink(elsewhere.path(), place.path("oms/link")).unwrap();
    let keep = |system: &str, environment: &str| (system, environment) == ("oms", "prod");
    let names = |pairs: &[(&str, &str)]| -> Vec<Environment> {
        pairs
            .iter()
            .map(|(system, environment)| Environment {
                system: (*system).to_owned(),
                environment: (*environment).to_owned(),
            })
            .collect()
    };
    let gone = names(&[("crm", "dev"), ("erp", "dev"), ("oms", "dev")]);
    assert_eq!(place.tree().stale(&keep).unwrap(), gone);

    // Only one target first.
    let transaction = place.begin(false);
    let scope = Scope::folders(["terraform"]);
    assert_eq!(transaction.remove_stale(&keep, &scope).unwrap(), gone);
    transaction.finish().unwrap();
    assert!(!place.exists("oms/dev/terraform"));
    assert!(place.exists("oms/dev/cloudformation/template.json"));
    let transaction = place.begin(false);
    assert_eq!(transaction.remove_stale(&keep, &scope).unwrap(), []);
    transaction.abandon();

    // An edited one stops it all.
    place.write("oms/dev/cloudformation/template.json", "edited");
    let before = snapshot(&place.root);
    let transaction = place.begin(false);
    let problems = transaction
        .remove_stale(&keep, &Scope::everything())
        .unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].path, place.path(&format!("oms/dev/{TEMPLATE}")));
    transaction.finish().unwrap_err();
    assert_eq!(snapshot(&place.root), before);

    let transaction = place.begin(true);
    let new = env("crm", "new");
    transaction.stage(&new).unwrap();
    transaction.stage(&env("oms", "prod")).unwrap();
    assert_eq!(
        transaction
            .remove_stale(&keep, &Scope::everything())
            .unwrap(),
        gone
    );
    let summary = transaction.finish().unwrap();
    assert_eq!(summary.environments_removed, 3);
    assert_eq!(
        (summary.environments_new, summary.environments_unchanged),
        (1, 1)
    );
    assert!(!place.exists("oms/dev"));
    assert!(!place.exists("crm/dev"));
    assert!(place.exists("crm/new/terraform/main.tf"));
    assert!(place.exists("oms/prod/terraform/main.tf"));
    assert_eq!(
        fs::read_dir(place.path("erp/dev/terraform"))
            .unwrap()
            .count(),
        1
    );
    assert!(!place.exists("erp/dev/.cachewright.json"));
    assert!(place.exists("mine/folder/file"));
    assert!(place.exists("oms/link"));
    assert_eq!(
        fs::read_to_string(elsewhere.path().join(MANIFEST)).unwrap(),
        "{}"
    );
}

#[test]
fn the_output_directory_itself_stays() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let transaction = place.begin(false);
    transaction
        .remove_stale(&|_, _| false, &Scope::everything())
        .unwrap();
    transaction.finish().unwrap();
    assert_eq!(fs::read_dir(&place.root).unwrap().count(), 0);
}

// ---------------------------------------------------------------- hostile and broken

#[test]
fn a_broken_manifest_never_leads_out_of_its_environment() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write("victim", "x");
    place.write("oms/victim", "x");
    let digest = "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
    let absolute = place.path("victim");
    for path in [
        "../../victim",
        "../victim",
        "terraform/../../victim",
        absolute.to_str().unwrap(),
        "victim\\u0000",
        "..\\\\victim",
        ".",
        "",
        "terraform/",
    ] {
        place.write(
            "oms/prod/.cachewright.json",
            format!(
                "{{\n  \"files\": {{\n    \"{path}\": \"{digest}\"\n  }},\n  \"format\": 1\n}}\n"
            ),
        );
        for force in [false, true] {
            let problem = place.one_refusal(&[files("oms", "prod", &[])], force);
            assert_eq!(problem.path, place.path("oms/prod/.cachewright.json"));
            assert!(problem.message.contains("line 3 column "), "{problem}");
            assert!(problem.help.contains("delete it"), "{problem}");
        }
        let problems = place.tree().compare(&prod()).unwrap_err();
        assert_eq!(problems.len(), 1);
        // The digest is right: without the check it would have been removed.
        assert_eq!(place.read("victim"), "x");
        assert_eq!(place.read("oms/victim"), "x");
    }
    // What the help says works.
    fs::remove_file(place.path("oms/prod/.cachewright.json")).unwrap();
    place.put(&[prod()], false).unwrap();
}

#[test]
fn the_digest_in_the_test_above_is_the_victims() {
    let place = place();
    place.put(&[files("a", "b", &[("c", "x")])], false).unwrap();
    assert!(place.read("a/b/.cachewright.json").contains(
        "\"c\": \"sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\""
    ));
}

#[test]
fn links_are_not_followed() {
    for (link, target) in [
        ("oms", ""),
        ("oms/prod", "prod"),
        ("oms/prod/terraform", "prod/terraform"),
    ] {
        let place = place();
        place.put(&[prod()], false).unwrap();
        // What is behind the link is exactly what the manifest knows.
        let elsewhere = tempfile::tempdir().unwrap();
        let moved = elsewhere.path().join("oms");
        copy(&place.path("oms"), &moved);
        fs::remove_dir_all(place.path(link)).unwrap();
        symlink(moved.join(target), place.path(link)).unwrap();
        let before = snapshot(&moved);
        for rendered in [prod_changed(), files("oms", "prod", &[])] {
            for force in [false, true] {
                let problem = place.one_refusal(std::slice::from_ref(&rendered), force);
                assert_eq!(problem.path, place.path(link));
                assert!(problem.message.contains("symbolic link"), "{problem}");
            }
            place.tree().compare(&rendered).unwrap_err();
        }
        let transaction = place.begin(true);
        let removed = transaction.remove_stale(&|_, _| false, &Scope::everything());
        if link.ends_with("terraform") {
            assert_eq!(removed.unwrap_err()[0].path, place.path(link));
        } else {
            assert_eq!(removed.unwrap(), []);
        }
        drop(transaction);
        assert_eq!(snapshot(&moved), before, "{link}");
        // A dangling one is no better.
        fs::remove_file(place.path(link)).unwrap();
        symlink("nowhere", place.path(link)).unwrap();
        assert_eq!(
            place.one_refusal(&[prod_changed()], true).path,
            place.path(link)
        );
    }
}

#[test]
fn a_link_in_place_of_a_file_is_replaced_only_by_force_and_not_followed() {
    for rendered in [prod(), prod_changed(), files("oms", "prod", &[])] {
        let place = place();
        place.put(&[prod()], false).unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let target = elsewhere.path().join("main.tf");
        // Even with the right contents: it could be changed from elsewhere.
        fs::write(&target, "a\nb\nc\n").unwrap();
        let path = place.path("oms/prod/terraform/main.tf");
        fs::remove_file(&path).unwrap();
        symlink(&target, &path).unwrap();
        let before = snapshot(elsewhere.path());
        let problem = place.one_refusal(std::slice::from_ref(&rendered), false);
        assert_eq!(problem.path, path);
        assert!(problem.message.contains("symbolic link"), "{problem}");
        place.put(std::slice::from_ref(&rendered), true).unwrap();
        assert_eq!(snapshot(elsewhere.path()), before);
        assert!(!path.is_symlink());
        assert!(place.compare(&rendered).is_empty());
    }
}

#[test]
fn a_link_in_place_of_the_manifest_is_refused() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let path = place.path("oms/prod/.cachewright.json");
    fs::rename(&path, place.path("oms/manifest")).unwrap();
    symlink("../manifest", &path).unwrap();
    for force in [false, true] {
        let problem = place.one_refusal(&[prod_changed()], force);
        assert_eq!(problem.path, path);
        assert!(problem.message.contains("symbolic link"), "{problem}");
    }
}

#[test]
fn the_output_directory_itself_may_be_a_link() {
    let place = place();
    let real = place.root.with_file_name("real");
    fs::create_dir(&real).unwrap();
    symlink("real", &place.root).unwrap();
    place.put(&[prod()], false).unwrap();
    assert!(real.join("oms/prod/terraform/main.tf").exists());
    assert_eq!(fs::read_dir(&real).unwrap().count(), 1);
    fs::remove_dir_all(&real).unwrap();
    let problem = Tree::open(&place.root).unwrap_err();
    assert!(problem.message.contains("leads nowhere"), "{problem}");
}

#[test]
fn an_output_directory_that_is_something_else_is_named() {
    let place = place();
    fs::write(&place.root, "a file").unwrap();
    for root in [place.root.clone(), place.path("a/b")] {
        let problem = Tree::open(&root).unwrap_err();
        assert_eq!(problem.path, place.root);
        assert!(problem.message.contains("not a folder"), "{problem}");
    }
}

#[test]
fn files_and_folders_in_each_others_place_are_named() {
    for (obstacle, folder) in [
        ("oms", false),
        ("oms/prod", false),
        ("oms/prod/terraform", false),
        ("oms/prod/terraform/main.tf", true),
        ("oms/prod/.cachewright.json", true),
    ] {
        let place = place();
        if folder {
            fs::create_dir_all(place.path(obstacle)).unwrap();
        } else {
            place.write(obstacle, "in the way");
        }
        for force in [false, true] {
            let problem = place.one_refusal(&[prod()], force);
            assert_eq!(problem.path, place.path(obstacle));
            let noun = if folder { "is a folder" } else { "is a file" };
            assert!(problem.message.contains(noun), "{problem}");
            assert!(problem.help.contains("move it away"), "{problem}");
        }
        place.tree().compare(&prod()).unwrap_err();
    }
}

#[test]
fn a_pipe_does_not_block() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let path = place.path("oms/prod/terraform/main.tf");
    fs::remove_file(&path).unwrap();
    if !Command::new("mkfifo")
        .arg(&path)
        .status()
        .is_ok_and(|status| status.success())
    {
        skipped("no mkfifo");
        return;
    }
    let problem = place.one_refusal(&[prod()], true);
    assert!(problem.message.contains("neither a file nor a folder"));
    // No longer rendered: what took the place of our file is not ours.
    let after = files("oms", "prod", &[(TEMPLATE, "{}\n")]);
    place.put(&[after], false).unwrap();
    assert!(place.exists("oms/prod/terraform/main.tf"));
}

#[test]
fn impossible_files_are_refused_before_anything_is_written() {
    let place = place();
    for (all, expected) in [
        (files("..", "prod", &[]), "the part `..`"),
        (files("oms", "a/b", &[]), "a `/`"),
        (files("", "prod", &[]), "an empty part"),
        (files("oms", ".git", &[]), "begins with a dot"),
        (files("oms", "prod", &[("../x", "")]), "the part `..`"),
        (files("oms", "prod", &[("/x", "")]), "an empty part"),
        (files("oms", "prod", &[("a\0", "")]), "a control character"),
        (files("oms", "prod", &[(MANIFEST, "")]), "own name"),
        (files("oms", "prod", &[("a", ""), ("a", "")]), "twice"),
        (
            files("oms", "prod", &[("a/b", ""), ("a", "")]),
            "as a file and as the folder",
        ),
        (
            scoped(files("oms", "prod", &[("terraform/x", "")]), "docs"),
            "outside of what was asked for",
        ),
    ] {
        let problem = place.one_refusal(std::slice::from_ref(&all), true);
        assert!(problem.message.contains(expected), "{problem}");
        place.tree().compare(&all).unwrap_err();
        assert!(!place.root.exists());
    }
    let long = "x".repeat(300);
    let problem = place.one_refusal(&[files("oms", "prod", &[(&long, "")])], false);
    assert!(problem.message.contains("name too long"), "{problem}");
    assert_eq!(problem.path, place.path("oms/prod"));
    let problem = place.one_refusal(&[prod(), prod()], false);
    assert!(problem.message.contains("written twice"), "{problem}");
}

// ---------------------------------------------------------------- runs side by side, runs cut short

#[test]
fn a_second_run_waits_and_then_says_who_is_writing() {
    let place = place();
    let first = place.begin(false);
    first.stage(&prod()).unwrap();
    let problem = place.tree().transaction(false).unwrap_err();
    assert_eq!(problem.path, place.root);
    assert!(
        problem
            .message
            .contains(&format!("(process {})", std::process::id())),
        "{problem}"
    );
    assert_eq!(
        staging_folders(&place.root).len(),
        1,
        "the living run's staging folder is left alone"
    );
    // Reading is possible all the time.
    assert_eq!(place.compare(&prod()).len(), 2);
    let other = place.tree().with_wait(Duration::from_secs(60));
    thread::scope(|scope| {
        let waiting = scope.spawn(move || {
            let transaction = other.transaction(false).unwrap();
            let staged = transaction.stage(&prod()).unwrap();
            transaction.abandon();
            staged
        });
        thread::sleep(Duration::from_millis(100));
        first.finish().unwrap();
        assert_eq!(waiting.join().unwrap().outcome, Outcome::Unchanged);
    });
}

#[test]
fn a_run_that_waits_survives_that_the_other_one_removes_the_directory() {
    let place = place();
    let first = place.begin(false);
    let other = place.tree().with_wait(Duration::from_secs(60));
    thread::scope(|scope| {
        let waiting = scope.spawn(move || {
            let transaction = other.transaction(false).unwrap();
            transaction.stage(&prod()).unwrap();
            transaction.finish().unwrap()
        });
        thread::sleep(Duration::from_millis(100));
        first.abandon();
        waiting.join().unwrap();
    });
    assert!(place.compare(&prod()).is_empty());
}

#[test]
fn runs_that_begin_at_the_same_time_take_turns() {
    for _ in 0..20 {
        let place = fast_place();
        let deep = place.root.join("a/b/c");
        thread::scope(|scope| {
            for number in 0..6 {
                let tree = Tree::open(&deep)
                    .unwrap()
                    .with_wait(Duration::from_secs(60));
                scope.spawn(move || {
                    let transaction = tree.transaction(false).unwrap();
                    assert_eq!(staging_folders(tree.root()).len(), 1);
                    if number % 2 == 0 {
                        transaction.abandon();
                    } else {
                        let name = format!("e{number}");
                        transaction
                            .stage(&files("s", &name, &[("x", "x")]))
                            .unwrap();
                        transaction.finish().unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_dir(deep.join("s")).unwrap().count(), 3);
    }
}

#[test]
fn what_a_dead_run_left_behind_is_removed() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    place.write(".cachewright-staging-1-0/new/oms/dev/x", "x");
    place.write(".cachewright-staging-1-0/changed/oms/prod/plan.json", "{");
    place.write(
        ".cachewright-staging-1-1/changed/a/b/plan.json",
        "{\"steps\": []}",
    );
    place.write(".cachewright-staging-file", "not a folder: not ours");
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("x"), "x").unwrap();
    symlink(elsewhere.path(), place.path(".cachewright-staging-link")).unwrap();
    place.put(&[prod()], false).unwrap();
    assert!(!place.exists(".cachewright-staging-1-0"));
    assert!(!place.exists(".cachewright-staging-1-1"));
    assert!(place.exists(".cachewright-staging-file"));
    assert!(place.exists(".cachewright-staging-link"));
    assert!(elsewhere.path().join("x").exists());
}

#[test]
fn a_run_killed_while_moving_is_not_taken_for_edits_by_hand() {
    let place = place();
    let one = files("oms", "prod", &[("a", "1"), ("b", "1"), ("c", "1")]);
    let two = files("oms", "prod", &[("a", "2"), ("b", "2"), ("d", "2")]);
    let three = files(
        "oms",
        "prod",
        &[("a", "3"), ("b", "3"), ("c", "3"), ("d", "3")],
    );
    place.put(&[one], false).unwrap();
    let transaction = place.begin(false);
    transaction.stage(&two).unwrap();
    let dead = place.path(".cachewright-staging-1-0");
    copy(&staging_folder(&place.root), &dead);
    transaction.abandon();
    // `a` and `d` were moved when it was killed; somebody edited `b` since.
    place.write("oms/prod/a", "2");
    place.write("oms/prod/d", "2");
    place.write("oms/prod/b", "edited");
    let problems = place.put(std::slice::from_ref(&three), false).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].path, place.path("oms/prod/b"));
    assert!(!dead.exists());
    // What was learned from the dead run is not forgotten with its folder.
    place.write("oms/prod/b", "1");
    place.put(std::slice::from_ref(&three), false).unwrap();
    assert!(place.compare(&three).is_empty());
}

const CHILD: &str = "CACHEWRIGHT_TEST_CHILD";
const CHILD_ROOT: &str = "CACHEWRIGHT_TEST_ROOT";

fn child(what: &str, root: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "what_other_tests_run_as_a_child", "--nocapture"])
        .env(CHILD, what)
        .env(CHILD_ROOT, root)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

#[test]
fn what_other_tests_run_as_a_child() {
    let Ok(what) = std::env::var(CHILD) else {
        return;
    };
    let root = PathBuf::from(std::env::var_os(CHILD_ROOT).unwrap());
    match what.as_str() {
        "write" => {
            for generation in 1.. {
                put(
                    &root,
                    &generation_files(&format!("child {generation}")),
                    false,
                )
                .unwrap();
            }
        }
        "memory" => memory(&root),
        other => panic!("{other}?"),
    }
}

const LINES: usize = 200;

/// Enough files for moving them to take a while.
fn generation_files(generation: &str) -> Vec<EnvironmentFiles> {
    let contents = format!("{generation}\n").repeat(LINES);
    let mut all: Vec<_> = ["a", "b", "c"]
        .map(|name| {
            let mut files = files("oms", name, &[]);
            files.files = (0..40)
                .map(|number| File {
                    path: format!("{}/{number}", number % 4),
                    contents: contents.clone(),
                })
                .collect();
            files
        })
        .into();
    // A file that comes and goes.
    if generation.ends_with(['1', '3', '5', '7', '9']) {
        all[1].files.push(File {
            path: "4/4".to_owned(),
            contents,
        });
    }
    all
}

#[test]
fn a_run_may_be_killed_at_any_time() {
    let place = fast_place();
    let mut interrupted = 0;
    for round in 0..30_u64 {
        let mut child = child("write", &place.root).spawn().unwrap();
        // Not before it got going, which takes longest the first time.
        while staging_folders(&place.root).is_empty() {
            assert!(child.try_wait().unwrap().is_none(), "the child failed");
            thread::yield_now();
        }
        thread::sleep(Duration::from_micros(round * 7919 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        interrupted += staging_folders(&place.root).len();
        for (path, _) in snapshot(&place.root) {
            if path.is_dir()
                || path.ends_with(MANIFEST)
                || path.to_str().unwrap().contains("/.cachewright-staging-")
            {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let first = text.lines().next().unwrap_or_default();
            assert_eq!(
                text,
                format!("{first}\n").repeat(LINES),
                "{} is neither old nor new",
                path.display()
            );
        }
        // The next run gets by without force, even though it writes other things.
        let next = generation_files(&format!("round {round}"));
        place.put(&next, false).unwrap();
        for files in &next {
            assert!(place.compare(files).is_empty());
        }
        assert!(staging_folders(&place.root).is_empty());
    }
    assert!(interrupted > 0, "no round hit a run at work");
}

// ---------------------------------------------------------------- scale and order

fn resident_kib() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn memory(root: &Path) {
    let text = "x".repeat(50_000);
    let transaction = Tree::open(root).unwrap().transaction(false).unwrap();
    let stage = |number: usize| {
        let files = files("oms", &format!("e{number}"), &[("x", &text), ("y", &text)]);
        transaction.stage(&files).unwrap();
    };
    (0..50).for_each(stage);
    let before = resident_kib();
    (50..1000).for_each(stage);
    transaction.finish().unwrap();
    let grown = resident_kib() - before;
    // 95 MB went through.
    assert!(grown < 8_000, "grew by {grown} KiB");
}

#[test]
fn memory_does_not_grow_with_what_is_staged() {
    if !Path::new("/proc/self/status").exists() {
        skipped("no /proc");
        return;
    }
    let place = fast_place();
    let output = child("memory", &place.root).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_order_of_threads_does_not_show() {
    let old: Vec<_> = (0..120)
        .map(|number| {
            files(
                &format!("s{}", number % 7),
                &format!("e{number}"),
                &[("a", "1"), ("b", "1"), ("c", "1")],
            )
        })
        .collect();
    let next: Vec<_> = (0..150)
        .map(|number| {
            files(
                &format!("s{}", number % 7),
                &format!("e{number}"),
                &[("a", "1"), ("b", "2"), ("d", "2")],
            )
        })
        .collect();
    let run = |threads: usize, edit: bool| -> Result<Summary, Vec<Problem>> {
        let place = fast_place();
        place.put(&old, false).unwrap();
        if edit {
            for number in [3, 50, 77] {
                place.write(&format!("s{}/e{number}/b", number % 7), "edited");
                place.write(&format!("s{}/e{number}/c", number % 7), "edited");
            }
        }
        let transaction = place.begin(false);
        let mut problems: Vec<Problem> = thread::scope(|scope| {
            let workers: Vec<_> = (0..threads)
                .map(|worker| {
                    let (transaction, next) = (&transaction, &next);
                    scope.spawn(move || -> Vec<Problem> {
                        let mine = next.iter().skip(worker).step_by(threads);
                        let staged: Vec<Result<Staged, Vec<Problem>>> = if worker % 2 == 0 {
                            mine.map(|files| transaction.stage(files)).collect()
                        } else {
                            mine.rev().map(|files| transaction.stage(files)).collect()
                        };
                        staged
                            .into_iter()
                            .filter_map(Result::err)
                            .flatten()
                            .collect()
                    })
                })
                .collect();
            workers
                .into_iter()
                .flat_map(|worker| worker.join().unwrap())
                .collect()
        });
        if problems.is_empty() {
            return transaction.finish();
        }
        problems.sort();
        for problem in &mut problems {
            problem.path = problem.path.strip_prefix(&place.root).unwrap().to_owned();
        }
        Err(problems)
    };
    let summary = run(1, false).unwrap();
    assert_eq!(summary.first_changes.len(), LISTED_CHANGES);
    assert!(summary.first_changes.is_sorted());
    assert_eq!(summary.first_changes[0].path, "s0/e0/b");
    assert_eq!(
        (summary.environments_changed, summary.environments_new),
        (120, 30)
    );
    assert_eq!(summary.files_written, 240 + 90);
    assert_eq!(summary.files_removed, 120);
    let problems = run(1, true).unwrap_err();
    assert_eq!(problems.len(), 6);
    for threads in [2, 5] {
        assert_eq!(run(threads, false).unwrap(), summary);
        assert_eq!(run(threads, true).unwrap_err(), problems);
    }
}

#[test]
fn the_diff_can_be_applied() {
    let place = place();
    place.put(&[prod()], false).unwrap();
    let next = files("oms", "prod", &[(MAIN, "a\nB\nc"), ("docs/new.md", "x\n")]);
    // Relative, as it is given on the command line.
    let diff: String = place
        .tree()
        .compare(&next)
        .unwrap()
        .into_iter()
        .map(|difference| {
            let path = Path::new("out").join(difference.path.strip_prefix(&place.root).unwrap());
            Difference { path, ..difference }.unified()
        })
        .collect();
    let patch = place.root.with_file_name("diff");
    fs::write(&patch, &diff).unwrap();
    let Ok(output) = Command::new("git")
        .args(["apply", "diff"])
        .current_dir(place.root.parent().unwrap())
        .env("GIT_CEILING_DIRECTORIES", place.root.parent().unwrap())
        .output()
    else {
        skipped("no git");
        return;
    };
    assert!(output.status.success(), "{output:?}\n{diff}");
    assert_eq!(place.read("oms/prod/terraform/main.tf"), "a\nB\nc");
    assert_eq!(place.read("oms/prod/docs/new.md"), "x\n");
    assert!(!place.exists("oms/prod/cloudformation/template.json"));
}
