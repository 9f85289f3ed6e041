//! The id of a global datastore has a form.

use super::{as_found, refuse, settings, text};
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::Refusal;

pub(super) static RULE: Rule = Rule {
    code: "global-datastore-id",
    title: "The global datastore's id isn't one that ElastiCache gives",
    levels: Levels::ERROR,
    about: "A global datastore is called by a prefix that ElastiCache makes up for each region and a \
            suffix of one's own, such as ldgnf-orders: letters, digits and single hyphens, a letter first. \
            The suffix alone finds nothing, and other characters are refused. Refer to the \
            datastore itself, or copy its id with the prefix.",
    source: "CloudFormation schema and ElastiCache API reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
        Example::bad_terraform(BAD_MODULE),
        Example::bad_terraform(BAD_SUFFIX),
        Example::good_terraform(GOOD_MODULE),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let ids = [
        (Kind::ReplicationGroup, "GlobalReplicationGroupId"),
        (
            Kind::GlobalReplicationGroup,
            "GlobalReplicationGroupIdSuffix",
        ),
    ];
    for setting in settings(check, &ids) {
        let Some(id) = text(check, &setting) else {
            continue;
        };
        let whole = setting.resource().node.kind == Kind::ReplicationGroup;
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric());
        let starts = !whole || id.starts_with(|c: char| c.is_ascii_alphabetic());
        let spelled = as_found(check, id) == id.to_ascii_lowercase();
        if starts && spelled && id.split('-').all(word) {
            continue;
        }
        let refusal = Refusal {
            because: "isn't an id".into(),
            allowed: "letters, digits and single hyphens, a letter first".into(),
            help: "copy it, with its prefix, from the global datastore".into(),
        };
        refuse(check, &setting, "global datastore id", id, refusal);
    }
}

const BAD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: the second region
      GlobalReplicationGroupId: ldgnf_orders
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
";

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: the second region
      GlobalReplicationGroupId: ldgnf-orders
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
";

const BAD_MODULE: &str = r#"resource "aws_elasticache_replication_group" "second" {
  replication_group_id        = "orders"
  description                 = "the second region"
  global_replication_group_id = "arn:aws:elasticache::123456789012:globalreplicationgroup:ldgnf-orders"
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
}
"#;

const BAD_SUFFIX: &str = r#"resource "aws_elasticache_global_replication_group" "this" {
  global_replication_group_id_suffix = "orders_"
  primary_replication_group_id       = "orders"
}
"#;

const GOOD_MODULE: &str = r#"resource "aws_elasticache_global_replication_group" "this" {
  global_replication_group_id_suffix = "orders"
  primary_replication_group_id       = "orders"
}

resource "aws_elasticache_replication_group" "second" {
  replication_group_id        = "orders-2"
  description                 = "the second region"
  global_replication_group_id = aws_elasticache_global_replication_group.this.global_replication_group_id
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
}
"#;
