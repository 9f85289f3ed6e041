//! A workload that nobody knows the cache of.

use super::only;
use crate::rule::cache;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "workload-unclear",
    title: "A workload is declared, and it isn't clear of which cache",
    levels: Levels::WARNING,
    about: "Workloads and key families speak of the one cache of a template, a module or a definition: \
            its eviction, its snapshots and its memory are held against them. In a file of several caches, \
            or of none, nothing is held against anything. Give each cache a file of its own, \
            or leave the declaration out.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(TWO),
        Example::bad_terraform(TWO_MODULE),
        Example::good_cloudformation(ONE),
        Example::good_terraform(ONE_MODULE),
    ],
    check: Some(check),
};

const TWO: &str = "Metadata: {Cachewright: {Stage: development, Workloads: [queue]}}
Resources:
  Jobs:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: jobs, CacheNodeType: cache.t4g.small}
  Pages:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: pages, CacheNodeType: cache.t4g.small}
";

const ONE: &str = "Metadata: {Cachewright: {Stage: development, Workloads: [queue]}}
Resources:
  Jobs:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {ReplicationGroupDescription: jobs, CacheNodeType: cache.t4g.small}
";

const TWO_MODULE: &str = r#"# cachewright: stage development
# cachewright: keys job 1000 512

resource "aws_elasticache_replication_group" "this" {
  count                = 2
  replication_group_id = "jobs-${count.index}"
  description          = "jobs"
  node_type            = "cache.t4g.small"
}
"#;

const ONE_MODULE: &str = r#"# cachewright: stage development
# cachewright: keys job 1000 512

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "jobs"
  description          = "jobs"
  node_type            = "cache.t4g.small"
}
"#;

fn check(check: &mut Check<'_>) {
    let graph = check.graph();
    let first = (graph.workloads.first().map(|at| &at.place))
        .or(graph.key_families.first().map(|family| &family.place));
    let Some(place) = first else {
        return;
    };
    let caches = cache::all(check).len();
    if only(check).is_none() && caches != 1 {
        let message = match caches {
            0 => "a workload, and no cache".to_owned(),
            _ => format!("a workload of one of {caches} caches, and nobody knows which"),
        };
        check
            .report_place(place, message)
            .allowed("one cache in the file")
            .help("give each cache a file of its own, or leave the declaration out");
    }
}
