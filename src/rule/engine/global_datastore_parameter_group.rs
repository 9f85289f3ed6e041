//! A parameter group for a global datastore comes with a new version.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "global-datastore-parameter-group",
    title: "A parameter group for a global datastore without a new version",
    levels: Levels::ERROR,
    about: "The members of a global datastore have the parameter groups of their own regions. \
        The one that is named here is only used while the major version is raised, and \
        Terraform's plan refuses it without an engine version. Say the version that it is for, \
        or leave it out.",
    source: "Terraform AWS provider (aws_elasticache_global_replication_group), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if check.is_cloudformation() {
        return;
    }
    for global in check.all(Kind::GlobalReplicationGroup) {
        let Some(setting) = global.setting("CacheParameterGroupName") else {
            continue;
        };
        if global.is_present("CacheParameterGroupName") && global.is_absent("EngineVersion") {
            let version = global.word("EngineVersion");
            check
                .report(&setting, format!("a parameter group without {version}"))
                .allowed(format!(
                    "the two together, where {version} is a new major version"
                ))
                .help(format!("say {version}, or leave it out"));
        }
    }
}

static EXAMPLES: &[Example] = &[
    Example::bad_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
  parameter_group_name               = "default.redis7"
}
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "6.2"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
  engine_version                     = "7.1"
  parameter_group_name               = "default.redis7"
}
"#,
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_replication_group" "cache" {
  replication_group_id = "orders"
  description          = "orders"
  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_global_replication_group" "everywhere" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = aws_elasticache_replication_group.cache.id
}
"#,
    ),
];
