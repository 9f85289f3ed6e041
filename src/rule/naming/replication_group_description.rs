//! A replication group has a description of 1 to 255 characters.

use super::settings;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "replication-group-description",
    title: "The replication group's description is empty or too long",
    levels: Levels::ERROR,
    about: "ElastiCache wants a description of every replication group and takes up to 255 characters. \
            An empty one is refused by the API and by Terraform's provider. Say in a sentence what the \
            cache is for.",
    source: "ElastiCache API reference and the provider's validation, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(EMPTY),
        Example::bad_cloudformation(LONG),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(EMPTY_MODULE),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for setting in settings(
        check,
        &[(Kind::ReplicationGroup, "ReplicationGroupDescription")],
    ) {
        let Some(text) = setting.text() else {
            continue;
        };
        let length = text.chars().count();
        if text.trim().is_empty() || length > 255 {
            check
                .report(&setting, format!("a description of {length} characters"))
                .allowed("1 to 255 characters")
                .help("say in a sentence what it is for");
        }
    }
}

const EMPTY: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: ''
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
";

const LONG: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: >-
        This is the cache in which the shop keeps the orders of its customers from the moment
        in which they are placed until they have been paid, together with the baskets, the
        prices and the pictures of everything that was ever looked at by somebody who then
        didn't buy it.
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
";

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: o cache da loja, à espera
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
";

const EMPTY_MODULE: &str = r#"resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = ""
  node_type            = "cache.t4g.micro"
}
"#;

const GOOD_MODULE: &str = r#"variable "description" {
  type = string
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "orders"
  description          = var.description
  node_type            = "cache.t4g.micro"
}
"#;
