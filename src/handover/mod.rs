//! What an environment hands over beside its template and its module: to applications an env
//! file, to pipelines a makefile and workflows, to people a runbook. All of it is made of the graph,
//! with the environment's own names.
//!
//! ```text
//! out/oms/prod/
//!   cache.env.example         for the applications; `make env` fills it in
//!   Makefile                  every step of a deployment, in both languages
//!   RUNBOOK.md                every operation, by hand
//!   pipelines/…               GitHub Actions and GitLab CI, ready to copy
//! ```
//!
//! Templates lay out; whatever a definition says is printed by a value that quotes itself
//! (`quote.rs`). Nothing holds a secret: commands fetch it where it is kept, and no command line
//! shows it.

mod alarm;
mod cache;
mod env_file;
mod makefile;
mod pipeline;
mod quote;
mod resize;
mod runbook;
mod secret;

use askama::Template;

use crate::client_settings::ClientSettings;
use crate::graph::Graph;
use crate::output::File;
use cache::Cache;

/// The longest template that CloudFormation takes without a bucket, in bytes.
const TEMPLATE_BODY: usize = 51_200;

/// The files of a definition's graph; `template_bytes` is the size of its CloudFormation template.
/// None where the graph has no cache.
#[must_use]
pub fn files(graph: &Graph, client: &ClientSettings, template_bytes: usize) -> Vec<File> {
    let Some(cache) = Cache::of(graph) else {
        return Vec::new();
    };
    let bucket = template_bytes > TEMPLATE_BODY;
    let mut files = vec![
        file("cache.env.example", env_file::contents(&cache, client)),
        file("Makefile", makefile::contents(&cache, bucket)),
        file("RUNBOOK.md", runbook::contents(&cache, bucket)),
    ];
    files.extend(pipeline::files(&cache, bucket));
    files
}

fn file(path: &str, contents: String) -> File {
    File {
        path: path.to_owned(),
        contents,
    }
}

/// A template that only lays out what prints itself can't fail.
fn render(template: &impl Template) -> String {
    template.render().expect("values print themselves")
}
