//! What is printed is what `terraform fmt` would print.

use std::fs;

mod common;
use common::{everything, outputs, root, skipped, terraform_program};

#[test]
fn terraform_fmt_would_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Some(mut terraform) = terraform_program(folder.path()) else {
        skipped("no `terraform` on PATH to format what is printed");
        return;
    };
    let modules = folder.path().join("modules");
    for environment in everything::environments() {
        for (name, text) in outputs(&environment).files {
            let path = modules.join(environment.path()).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            // it only looks at files of its own, and these are one as well
            if path
                .extension()
                .is_some_and(|extension| extension == "example")
            {
                fs::copy(&path, path.with_extension("")).unwrap();
            }
        }
    }
    // something that it would change, to know that it looks
    fs::write(modules.join("wrong.tf"), "locals {\n a = 1\n}\n").unwrap();
    let finished = terraform
        .args(["fmt", "-check", "-recursive", "-diff", "-no-color"])
        .args([&modules, &root().join("out")])
        .output()
        .unwrap();
    let said = String::from_utf8(finished.stdout).unwrap();
    let changed: Vec<&str> = said
        .lines()
        .filter(|line| line.ends_with(".tf") || line.ends_with(".tfvars"))
        .filter(|line| !line.starts_with("--- ") && !line.starts_with("+++ "))
        .collect();
    assert_eq!(changed.len(), 1, "{said}");
    assert!(changed[0].ends_with("wrong.tf"), "{said}");
    assert!(
        finished.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&finished.stderr)
    );
}
