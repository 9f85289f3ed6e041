//! An argument that the AWS provider doesn't have any more.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "terraform-argument-removed",
    title: "An argument that the AWS provider has renamed or removed",
    levels: Levels::ERROR,
    about: "Version 5.0.0 of the AWS provider removed arguments that had been renamed before. \
        Only a provider that is pinned to an older version still takes them, and such a provider \
        knows neither Valkey nor today's node types. What the argument said is understood all the \
        same, so the other findings hold. Use the name that it has now.",
    source: "upgrade guides of the Terraform AWS provider, versions 2 and 5, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_terraform(DESCRIPTION),
        Example::bad_terraform(COUNT),
        Example::bad_terraform(SHARDS),
        Example::bad_terraform(ZONES),
        Example::bad_terraform(CLASSIC),
        Example::bad_terraform(PINNED),
        Example::good_terraform(GOOD),
        Example::good_terraform(MODE),
    ],
    check: None,
};

const DESCRIPTION: &str = r#"
resource "aws_elasticache_replication_group" "this" {
  replication_group_id          = "orders"
  replication_group_description = "orders of the shop"
  engine                        = "redis"
  node_type                     = "cache.t4g.small"
  num_cache_clusters            = 2
  automatic_failover_enabled    = true
}
"#;

// an old provider is asked for, which takes it: only a warning
const PINNED: &str = r#"
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 4.67"
    }
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id          = "orders"
  replication_group_description = "orders of the shop"
  engine                        = "redis"
  node_type                     = "cache.t4g.small"
  num_cache_clusters            = 2
  automatic_failover_enabled    = true
}
"#;

const COUNT: &str = r#"
resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders of the shop"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  number_cache_clusters      = 2
  automatic_failover_enabled = true
}
"#;

const SHARDS: &str = r#"
resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders of the shop"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.r7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  automatic_failover_enabled = true

  cluster_mode {
    num_node_groups         = 2
    replicas_per_node_group = 1
  }
}
"#;

const ZONES: &str = r#"
resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders of the shop"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  availability_zones         = ["eu-west-1a", "eu-west-1b"]
}
"#;

const CLASSIC: &str = r#"
resource "aws_elasticache_cluster" "this" {
  cluster_id           = "pages"
  engine               = "memcached"
  node_type            = "cache.t4g.small"
  num_cache_nodes      = 1
  security_group_names = ["pages"]
}
"#;

const GOOD: &str = r#"
resource "aws_elasticache_replication_group" "this" {
  replication_group_id        = "orders"
  description                 = "orders of the shop"
  engine                      = "redis"
  node_type                   = "cache.t4g.small"
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
  preferred_cache_cluster_azs = ["eu-west-1a", "eu-west-1b"]
}
"#;

const MODE: &str = r#"
resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = "orders"
  description                = "orders of the shop"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.r7g.large"
  parameter_group_name       = "default.redis7.cluster.on"
  automatic_failover_enabled = true
  cluster_mode               = "enabled"
  num_node_groups            = 2
  replicas_per_node_group    = 1
}
"#;
