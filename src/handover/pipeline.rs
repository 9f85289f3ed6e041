//! Workflows of GitHub Actions and pipelines of GitLab CI, to be copied: what a pull request would
//! change is shown, and applied when somebody approves.

use askama::Template;

use super::cache::Cache;
use super::makefile::required_variables;
use super::quote::{GitHub, GitLab};
use super::{file, render};
use crate::output::File;

/// What all four say of the environment.
struct Said<'a> {
    environment: &'a str,
    slug: String,
    /// The environment variable that is the copy of the example, filled in.
    parameters: bool,
    variables: bool,
    bucket: bool,
    /// `OMS_PROD`, before the names of variables of a whole repository.
    prefix: String,
}

#[derive(Template)]
#[template(path = "handover/pipelines/github-cloudformation.yml", escape = "none")]
struct GitHubCloudFormation<'a> {
    of: &'a Said<'a>,
    region: GitHub,
}

#[derive(Template)]
#[template(path = "handover/pipelines/github-terraform.yml", escape = "none")]
struct GitHubTerraform<'a> {
    of: &'a Said<'a>,
    region: GitHub,
}

#[derive(Template)]
#[template(path = "handover/pipelines/gitlab-cloudformation.yml", escape = "none")]
struct GitLabCloudFormation<'a> {
    of: &'a Said<'a>,
    region: GitLab,
}

#[derive(Template)]
#[template(path = "handover/pipelines/gitlab-terraform.yml", escape = "none")]
struct GitLabTerraform<'a> {
    of: &'a Said<'a>,
    region: GitLab,
}

pub(super) fn files(cache: &Cache<'_>, bucket: bool) -> [File; 4] {
    let slug = cache.slug();
    let of = &Said {
        environment: &cache.graph.environment,
        prefix: slug.replace('-', "_").to_ascii_uppercase(),
        slug,
        parameters: !cache.graph.inputs.is_empty(),
        variables: required_variables(cache),
        bucket,
    };
    let github = || GitHub(cache.region.to_owned());
    let gitlab = || GitLab(cache.region.to_owned());
    [
        file(
            "pipelines/github-cloudformation.yml",
            render(&GitHubCloudFormation {
                of,
                region: github(),
            }),
        ),
        file(
            "pipelines/github-terraform.yml",
            render(&GitHubTerraform {
                of,
                region: github(),
            }),
        ),
        file(
            "pipelines/gitlab-cloudformation.yml",
            render(&GitLabCloudFormation {
                of,
                region: gitlab(),
            }),
        ),
        file(
            "pipelines/gitlab-terraform.yml",
            render(&GitLabTerraform {
                of,
                region: gitlab(),
            }),
        ),
    ]
}
