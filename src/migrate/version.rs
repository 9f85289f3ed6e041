//! Another version where Terraform leaves versions to AWS: it is told once, and left alone after that.

use super::cache::Cache;
use super::feature::{Held, Path};
use super::graph::edit;
use super::{Names, Step};
use crate::diagnostic::Diagnostic;
use crate::diff::Source;
use crate::environment::Environment;

const VERSION: &str = "engine_version";

pub(super) fn path(
    was: &Cache<'_>,
    is: &Cache<'_>,
    names: &Names,
    _: &Environment,
) -> Result<Path, Box<Diagnostic>> {
    let ignored = is
        .nodes
        .iter()
        .flat_map(|node| &node.ignore_changes)
        .any(|ignored| ignored.argument == VERSION);
    let moves = |name| was.text(name) != is.text(name);
    if !ignored || !(moves("Engine") || moves("EngineVersion")) {
        return Ok(Path::none());
    }
    let before = Held::edit(|graph, _| {
        edit(graph, |cache| {
            cache.ignore_changes.retain(|it| it.argument != VERSION);
        });
    });
    let step = Step::new(
        "version-left-to-aws",
        "Terraform leaves the version alone again, and AWS upgrades minor versions by itself.",
        "What lifecycle ignores, Terraform doesn't change either, so the version is named in a deployment that ignores nothing.",
    )
    .source(Source::TERRAFORM)
    .alone()
    .check(names.group(&["Status", "Engine"]), "the engine that the definition names, available")
    .back("Nothing that runs changes with this step, so there is nothing to take back.");
    Ok(Path::none().then(before, step))
}
