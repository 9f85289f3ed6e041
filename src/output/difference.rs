//! A difference between the disk and what was rendered.

use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use similar::TextDiff;

use super::manifest::unix_lines;

/// After this the diff of a file is no longer the shortest one: two huge files
/// with nothing in common would otherwise take minutes.
const PATIENCE: Duration = Duration::from_secs(5);

/// How a file on disk differs from what was rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// Was rendered, but is not on disk.
    Missing,
    /// Is as the tool wrote it last, but was rendered differently now.
    Differs,
    /// Was written by the tool and edited since, and is not as rendered now.
    EditedByHand,
    /// Is not as rendered, and was never written by the tool.
    NotOurs,
    /// Was written by the tool, but is not rendered any more.
    Stale,
    /// Was written by the tool and edited since, and is not rendered any more.
    StaleEdited,
}

impl DifferenceKind {
    /// Whether writing needs force.
    pub fn needs_force(self) -> bool {
        matches!(
            self,
            DifferenceKind::EditedByHand | DifferenceKind::NotOurs | DifferenceKind::StaleEdited
        )
    }

    /// The kind in words that follow a path: "is missing".
    pub fn describe(self) -> &'static str {
        match self {
            DifferenceKind::Missing => "is missing",
            DifferenceKind::Differs => "is out of date",
            DifferenceKind::EditedByHand => "was edited by hand",
            DifferenceKind::NotOurs => "was not written by cachewright",
            DifferenceKind::Stale => "is no longer defined",
            DifferenceKind::StaleEdited => "is no longer defined, and was edited by hand",
        }
    }
}

/// One file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file on disk, below the output directory as it was given.
    pub path: PathBuf,
    /// How it differs.
    pub kind: DifferenceKind,
    /// The bytes on disk, if there is a file (a symbolic link is not read).
    pub old: Option<Vec<u8>>,
    /// What was rendered, if anything.
    pub new: Option<String>,
}

impl Difference {
    /// The difference as a unified diff that `patch -p1` and `git apply`
    /// understand: from what is on disk to what was rendered.
    pub fn unified(&self) -> String {
        let label = label(&self.path);
        let from = match self.kind {
            DifferenceKind::Missing => "/dev/null".to_owned(),
            _ => format!("a/{label}"),
        };
        let to = match self.new {
            None => "/dev/null".to_owned(),
            Some(_) => format!("b/{label}"),
        };
        let old = unix_lines(self.old.as_deref().unwrap_or_default());
        let new = unix_lines(self.new.as_deref().unwrap_or_default().as_bytes());
        let (Ok(old), Ok(new)) = (std::str::from_utf8(&old), std::str::from_utf8(&new)) else {
            return format!("Binary files {from} and {to} differ\n");
        };
        let text = TextDiff::configure()
            .timeout(PATIENCE)
            .diff_lines(old, new)
            .unified_diff()
            .header(&from, &to)
            .to_string();
        if text.is_empty() {
            // An empty file that comes or goes has no lines to show.
            return format!("--- {from}\n+++ {to}\n");
        }
        text
    }
}

/// A path the way diffs name it: relative, separated by `/` everywhere.
fn label(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter_map(|component| match component {
            Component::Normal(part) => Some(part.to_string_lossy()),
            Component::ParentDir => Some("..".into()),
            _ => None,
        })
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(kind: DifferenceKind, old: Option<&[u8]>, new: Option<&str>) -> String {
        Difference {
            path: PathBuf::from("./out/oms/prod/main.tf"),
            kind,
            old: old.map(<[u8]>::to_vec),
            new: new.map(str::to_owned),
        }
        .unified()
    }

    #[test]
    fn diffs_are_labelled_and_in_the_usual_form() {
        assert_eq!(
            difference(DifferenceKind::Differs, Some(b"a\r\nb\r\n"), Some("a\nc")),
            "--- a/out/oms/prod/main.tf\n+++ b/out/oms/prod/main.tf\n\
             @@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n"
        );
        assert_eq!(
            difference(DifferenceKind::Missing, None, Some("a\n")),
            "--- /dev/null\n+++ b/out/oms/prod/main.tf\n@@ -0,0 +1 @@\n+a\n"
        );
        assert_eq!(
            difference(DifferenceKind::Stale, Some(b"a\n"), None),
            "--- a/out/oms/prod/main.tf\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"
        );
        assert_eq!(
            difference(DifferenceKind::Missing, None, Some("")),
            "--- /dev/null\n+++ b/out/oms/prod/main.tf\n"
        );
        assert_eq!(
            difference(DifferenceKind::NotOurs, Some(&[0xff, 0xfe]), Some("a\n")),
            "Binary files a/out/oms/prod/main.tf and b/out/oms/prod/main.tf differ\n"
        );
    }

    #[test]
    fn an_absolute_directory_makes_no_double_slash() {
        assert_eq!(label(Path::new("/srv/out/x")), "srv/out/x");
        assert_eq!(label(Path::new("../out/x")), "../out/x");
    }
}
