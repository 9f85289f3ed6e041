//! Terraform leaves alone what is scaled automatically.

use super::{is_terraform, scalable_targets, scaled};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "scaling-drift",
    title: "Terraform takes back what automatic scaling has changed",
    levels: Levels::WARNING,
    about: "Automatic scaling changes the number of shards or replicas, and the next run of Terraform \
            changes it back to what the module says, in the middle of the load that it was scaled for. \
            Name the argument in ignore_changes of the replication group.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_terraform(BAD),
        Example::bad_terraform(REPLICAS),
        Example::good_terraform(GOOD),
        Example::good_terraform(ALL),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if !is_terraform(check) {
        return;
    }
    for target in scalable_targets(check) {
        let (name, argument) = match target.text("ScalableDimension") {
            Some("elasticache:replication-group:NodeGroups") => {
                ("NumNodeGroups", "num_node_groups")
            }
            Some("elasticache:replication-group:Replicas") => {
                ("ReplicasPerNodeGroup", "replicas_per_node_group")
            }
            _ => continue,
        };
        let Some(group) = scaled(check, &target) else {
            continue;
        };
        let Some(setting) = group.setting(name) else {
            continue;
        };
        if !group.node.ignores(argument) {
            check
                .report(
                    &setting,
                    format!("{argument} is scaled automatically, and set back by the next run"),
                )
                .allowed(format!("{argument} among ignore_changes"))
                .help(format!(
                    "write lifecycle {{ ignore_changes = [{argument}] }}"
                ));
        }
    }
}

const BAD: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}
"#;

const REPLICAS: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true

  lifecycle {
    ignore_changes = [num_node_groups]
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:Replicas"
  resource_id        = "replication-group/orders"
  min_capacity       = 1
  max_capacity       = 4
}
"#;

const GOOD: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true

  lifecycle {
    ignore_changes = [num_node_groups, replicas_per_node_group]
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}
"#;

const ALL: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.m7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true

  lifecycle {
    ignore_changes = all
  }
}

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/orders"
  min_capacity       = 2
  max_capacity       = 4
}
"#;
