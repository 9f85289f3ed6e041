//! Dependencies point one way: what is said knows nothing of how it is printed, and
//! only the command line and what writes the output touch the world.

use std::collections::{BTreeMap, BTreeSet};

mod common;

/// A module at the root of the crate, and the only ones that it may use.
const ONLY: [(&str, &[&str]); 18] = [
    ("diagnostic", &[]),
    ("facts", &["value"]),
    ("value", &["diagnostic"]),
    ("stage", &[]),
    ("workload", &["diagnostic"]),
    ("vocabulary", &["graph"]),
    (
        "rule",
        &[
            "diagnostic",
            "facts",
            "graph",
            "stage",
            "value",
            "vocabulary",
            "workload",
        ],
    ),
    // what ships is held against the controls, by way of everything that makes and reads it
    (
        "control",
        &[
            "cloudformation",
            "diagnostic",
            "environment",
            "facts",
            "graph",
            "read",
            "rule",
            "synth",
            "terraform",
        ],
    ),
    // what two readers share knows neither of them
    (
        "read",
        &["diagnostic", "graph", "stage", "value", "vocabulary"],
    ),
    ("graph", &["diagnostic", "stage", "value", "workload"]),
    ("order", &["diagnostic", "graph"]),
    // stages are definitions and graphs, printed and held against each other
    (
        "migrate",
        &[
            "cloudformation",
            "diagnostic",
            "diff",
            "environment",
            "facts",
            "graph",
            "order",
            "output",
            "read",
            "resource",
            "rule",
            "source",
            "synth",
            "terraform",
            "value",
        ],
    ),
    // the back ends range over the graph, and never over what people write
    (
        "cloudformation",
        &[
            "diagnostic",
            "graph",
            "read",
            "region",
            "stage",
            "value",
            "workload",
        ],
    ),
    (
        "terraform",
        &["diagnostic", "graph", "read", "stage", "value", "workload"],
    ),
    ("client_settings", &["diagnostic"]),
    // what is handed over is made of the graph, like what is deployed
    (
        "handover",
        &[
            "client_settings",
            "cloudformation",
            "facts",
            "graph",
            "output",
            "value",
        ],
    ),
    // two sides of files, whoever wrote them
    (
        "diff",
        &[
            "cloudformation",
            "diagnostic",
            "facts",
            "graph",
            "order",
            "output",
            "read",
            "rule",
            "terraform",
            "vocabulary",
        ],
    ),
    // files are files, whatever is in them
    ("output", &[]),
];

/// What the product does without being the command line: what is left of a source
/// without its comments and its tests, by the module at the root that it belongs to.
fn sources() -> BTreeMap<String, String> {
    sources_but("")
}

/// The same without one file.
fn sources_but(one: &str) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::<String, String>::new();
    for (name, text) in common::tree(&common::root().join("src")) {
        if name == one {
            continue;
        }
        let Some(path) = name.strip_suffix(".rs") else {
            continue;
        };
        let module = path.split('/').next().unwrap_or(path);
        *sources.entry(module.to_owned()).or_default() += &product(&text);
    }
    for (module, _) in ONLY {
        assert!(sources.contains_key(module), "no src/{module}");
    }
    sources
}

/// Without comments, nor the unit tests at the end.
fn product(text: &str) -> String {
    let (text, _) = text
        .split_once("\n#[cfg(test)]\nmod ")
        .unwrap_or((text, ""));
    let lines = text.lines().filter(|l| !l.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Every path that a source uses: imports in full, and paths in the text.
fn paths(text: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for root in ["crate::", "std::"] {
        for (at, _) in text.match_indices(root) {
            let before = text[..at].chars().next_back();
            if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                expand("", &text[at..], &mut paths);
            }
        }
    }
    paths
}

/// `crate::{a, b::{c, d}}` is `crate::a`, `crate::b::c` and `crate::b::d`.
fn expand(prefix: &str, text: &str, paths: &mut BTreeSet<String>) {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let (path, rest) = text.split_at(end.unwrap_or(text.len()));
    let Some(inside) = rest.strip_prefix('{').filter(|_| path.ends_with("::")) else {
        paths.insert(format!("{prefix}{}", path.trim_end_matches(':')));
        return;
    };
    let prefix = format!("{prefix}{path}");
    let (mut depth, mut start) = (0, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                if !inside[start..at].trim().is_empty() {
                    expand(&prefix, &inside[start..at], paths);
                }
                start = at + 1;
            }
            _ => {}
        }
        if c == '}' && depth == 0 && start == at + 1 {
            return;
        }
    }
}

/// The modules at the root of the crate that a source uses.
fn used(text: &str) -> BTreeSet<String> {
    paths(text)
        .iter()
        .filter_map(|path| path.strip_prefix("crate::"))
        .map(|path| path.split("::").next().unwrap_or(path).to_owned())
        .collect()
}

#[test]
fn imports_are_read_as_they_are_written() {
    let text = product(
        "//! use crate::no;\nuse crate::a::B;\npub(crate) use crate::{c, d::{e, f as g}};\n\
         use std::{\n    fs,\n    io::Write as _,\n};\nfn x() -> crate::h::I {}\n\
         #[cfg(test)]\nmod tests {\n    use crate::j;\n}\n",
    );
    let expected = [
        "crate::a::B",
        "crate::c",
        "crate::d::e",
        "crate::d::f",
        "crate::h::I",
        "std::fs",
        "std::io::Write",
    ];
    assert_eq!(paths(&text), expected.map(str::to_owned).into());
    assert_eq!(used(&text), ["a", "c", "d", "h"].map(str::to_owned).into());
}

#[test]
fn modules_use_only_what_is_below_them() {
    let sources = sources();
    for (module, allowed) in ONLY {
        let allowed: BTreeSet<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        let used: BTreeSet<String> = used(&sources[module])
            .into_iter()
            .filter(|name| name != module)
            .collect();
        let more: Vec<_> = used.difference(&allowed).collect();
        assert!(more.is_empty(), "{module} uses {more:?}");
    }
}

/// A path that climbs out of a module would be one that the other tests don't see.
#[test]
fn nothing_climbs_to_the_root() {
    for (name, text) in common::tree(&common::root().join("src")) {
        let Some(path) = name.strip_suffix(".rs") else {
            continue;
        };
        let depth = path.trim_end_matches("/mod").split('/').count();
        let climbs = "super::".repeat(depth);
        assert!(!product(&text).contains(&climbs), "{name} has {climbs}");
    }
}

#[test]
fn nothing_uses_the_command_line() {
    for (module, text) in sources() {
        // `main.rs` is what calls it
        if module != "cli" && module != "main" {
            assert!(!used(&text).contains("cli"), "{module} uses cli");
        }
    }
}

/// What judges is below what reports on it.
#[test]
fn only_the_command_line_uses_controls() {
    for (module, text) in sources() {
        if module != "cli" && module != "control" {
            assert!(!used(&text).contains("control"), "{module} uses control");
        }
    }
}

#[test]
fn only_the_output_and_the_command_line_touch_files() {
    let mut touching = BTreeSet::new();
    for (module, text) in sources() {
        if paths(&text).iter().any(|path| path.starts_with("std::fs")) {
            touching.insert(module);
        }
    }
    assert!(touching.contains("output"), "files are looked for");
    touching.retain(|module| module != "output" && module != "cli");
    assert!(touching.is_empty(), "{touching:?}");
}

/// The one file that starts a program, and the program.
const GIT: &str = "cli/diff/git.rs";

/// A revision is read by git, without a shell, and by nothing else.
#[test]
fn one_file_starts_git_and_only_git() {
    let text = std::fs::read_to_string(common::root().join("src").join(GIT)).unwrap();
    let starts = text.matches("Command::new(").count();
    assert!(starts > 0);
    assert_eq!(text.matches("Command::new(\"git\")").count(), starts);
    for verb in [
        "fetch\",",
        "push\",",
        "checkout\",",
        "reset\",",
        "config\",",
        "\"-c\"",
    ] {
        assert!(!text.contains(verb), "{verb}");
    }
}

/// Whatever a definition, a template or a module says: nothing is run, and nobody is called.
#[test]
fn nothing_is_executed_or_fetched() {
    let mut ends = false;
    for (module, text) in sources_but(GIT) {
        for path in paths(&text) {
            let net = path.strip_prefix("std::net::");
            let is_address = net.is_none_or(|net| {
                let of = net.split("::").next();
                matches!(of, Some("Ipv4Addr" | "Ipv6Addr"))
            });
            assert!(is_address && path != "std::net", "{module} uses {path}");
            let process = path.strip_prefix("std::process::");
            ends |= process == Some("ExitCode");
            // the lock of the output says whose it is
            let harmless = matches!(process, None | Some("ExitCode"));
            assert!(harmless, "{module} uses {path}");
        }
        // `std::process` as a whole is for its id: the lock of the output says whose it is
        for words in [
            "Command::new(",
            "process::Command",
            "TcpStream",
            "UdpSocket",
            "UnixStream",
        ] {
            assert!(!text.contains(words), "{module} has {words}");
        }
    }
    assert!(ends, "processes are looked for");
}

#[test]
fn only_the_command_line_prints_exits_and_asks() {
    let words = [
        "print!",
        "println!",
        "eprint!",
        "eprintln!",
        "dbg!",
        "stdout()",
        "stderr()",
        "process::exit",
        "ExitCode",
        "Command::new",
        "env::var",
        "env::args",
        "anstream::",
        "indicatif::",
        "clap::",
    ];
    let mut found = BTreeMap::<&str, BTreeSet<String>>::new();
    for (module, text) in sources() {
        for word in words {
            let mut matches = text.match_indices(word);
            // `eprint!` isn't `print!`
            if matches.any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric)) {
                found.entry(word).or_default().insert(module.clone());
            }
        }
    }
    assert!(found["ExitCode"].contains("cli"), "words are looked for");
    for (word, mut modules) in found {
        // `main.rs` hands the exit code through
        modules.retain(|module| module != "cli" && module != "main");
        assert!(modules.is_empty(), "{word} in {modules:?}");
    }
}
