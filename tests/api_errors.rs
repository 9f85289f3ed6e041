//! What AWS refuses, combination by combination, and the rule that says so beforehand.
//!
//! The combinations are those that the API's own answers in public issues, its documentation and
//! the provider's source tell of (read November 2026).

use std::collections::BTreeSet;

use cachewright::rule;

/// A combination, and the codes of the rules that know it.
const SEEN: &[(&str, &[&str])] = &[
    (
        "automatic failover with fewer than two nodes",
        &["failover-nodes"],
    ),
    (
        "automatic failover without a replica, cluster mode off",
        &["failover-nodes"],
    ),
    (
        "cluster mode without automatic failover",
        &["failover-cluster-mode"],
    ),
    (
        "Multi-AZ without automatic failover",
        &["multi-az-failover"],
    ),
    (
        "Terraform: automatic failover and one cache cluster",
        &["failover-nodes", "multi-az-replicas"],
    ),
    ("Multi-AZ in subnets of one zone", &["multi-az-subnets"]),
    ("as many preferred zones as nodes", &["availability-zones"]),
    ("preferred zones with several shards", &["zones-shards"]),
    (
        "Terraform: preferred zones beside node groups",
        &["zones-and-shards"],
    ),
    ("0 to 5 replicas", &["replicas"]),
    ("1 to 6 nodes", &["replicas", "nodes"]),
    (
        "1 to 500 shards, and 90 nodes unless asked for",
        &["shards", "node-quota"],
    ),
    ("NumCacheClusters beside shards", &["nodes-and-shards"]),
    (
        "the parameter group's family and the engine's version",
        &["parameter-group-family"],
    ),
    (
        "a parameter group that can't exist",
        &["parameter-group-family"],
    ),
    ("an unknown family", &["parameter-family"]),
    (
        "a value that a parameter doesn't take",
        &["parameter-value"],
    ),
    (
        "cluster-enabled by the parameter group alone",
        &["parameter-cluster-enabled"],
    ),
    ("an unknown parameter", &["parameter-unknown"]),
    (
        "a cache cluster with a parameter group of cluster mode",
        &["cache-cluster-cluster-mode"],
    ),
    (
        "a snapshot window of less than an hour",
        &["snapshot-window"],
    ),
    (
        "windows that overlap, with snapshots or without",
        &["window-overlap"],
    ),
    (
        "a maintenance window of less than an hour or more than a day",
        &["maintenance-window"],
    ),
    ("snapshots kept for 0 to 35 days", &["snapshot-retention"]),
    (
        "CloudFormation: retention 0 without a window",
        &["snapshot-zero-window"],
    ),
    (
        "a snapshotting cluster in cluster mode",
        &["snapshotting-cluster"],
    ),
    ("a token without TLS", &["auth-token-without-tls"]),
    (
        "a token that isn't 16 to 128 of the characters that it may have",
        &["auth-token-form"],
    ),
    ("a token beside user groups", &["auth-token-with-users"]),
    (
        "Terraform: the strategy DELETE with a token",
        &["auth-token-update-strategy"],
    ),
    (
        "Terraform: a strategy without a token",
        &["auth-token-update-strategy"],
    ),
    ("users without TLS", &["users-without-tls"]),
    ("users before Redis OSS 6.0", &["user-group-engine"]),
    (
        "a user group of Redis OSS without the user default",
        &["user-group-default"],
    ),
    (
        "a group of another engine than the cache's",
        &["user-group-engine"],
    ),
    (
        "a password that isn't 16 to 128 characters long",
        &["user-passwords"],
    ),
    (
        "a user with passwords and none given",
        &["user-without-password", "user-passwords"],
    ),
    ("an IAM user whose name isn't its id", &["user-iam-name"]),
    (
        "a TLS mode before Redis OSS 7.0.5",
        &["transit-encryption-mode"],
    ),
    (
        "TLS preferred, with a token or users",
        &["transit-encryption-preferred-access"],
    ),
    ("a TLS mode without TLS", &["transit-encryption-mode"]),
    (
        "Valkey without a word about TLS",
        &["transit-encryption-unsaid"],
    ),
    ("TLS without a subnet group", &["subnet-group"]),
    (
        "a key without encryption at rest",
        &["kms-key-without-encryption"],
    ),
    ("r6gd without data tiering", &["data-tiering"]),
    ("data tiering on any other type", &["data-tiering"]),
    (
        "a member of a global datastore on a type that can't be in one",
        &["global-datastore-node-type"],
    ),
    (
        "what a secondary's primary decides",
        &["global-datastore-secondary", "global-conflict"],
    ),
    (
        "an id of more than 40 characters",
        &["replication-group-id"],
    ),
    (
        "an id with other characters",
        &["replication-group-id", "group-name"],
    ),
    ("a patch version from 6 on", &["engine-version"]),
    (
        "Terraform: a version of three numbers from 6 on",
        &["engine-version"],
    ),
    ("a cache cluster of Valkey", &["cache-cluster-valkey"]),
    (
        "a cache cluster of Redis OSS with TLS",
        &["cache-cluster-encryption"],
    ),
    (
        "cache security groups, which are gone",
        &["security-groups-classic"],
    ),
    (
        "IPv6 before 6.2, or on an old node type",
        &["ip-addressing"],
    ),
    (
        "no node type and no global datastore",
        &["node-type-missing"],
    ),
    (
        "an endpoint of the other cluster mode",
        &["endpoint-cluster-mode"],
    ),
    ("two Terraform arguments on one line", &["unreadable"]),
];

/// A combination that one file can't show: it depends on what is deployed already.
const UNSEEN: &[(&str, &str)] = &[
    (
        "automatic failover turned off in cluster mode",
        "a change; the file that results is failover-cluster-mode's",
    ),
    ("cluster-enabled changed on an attached group", "a change"),
    ("TLS changed with users or a token", "a change"),
    ("TLS turned on in one step", "a change"),
    (
        "a member of a global datastore changed directly",
        "a change",
    ),
    ("CloudFormation: a member's node type changed", "a change"),
    (
        "Terraform: from redis to valkey without a version",
        "a change",
    ),
    ("the network type changed", "a change"),
    ("a modification of nothing", "a change"),
    ("cluster mode from disabled to enabled", "a change"),
    ("durability changed", "a change"),
    (
        "more than 20 parameters in one call",
        "both languages split them",
    ),
];

#[test]
fn every_combination_that_a_file_can_show_has_its_rule() {
    for (combination, codes) in SEEN {
        assert!(!codes.is_empty(), "{combination}");
        for code in *codes {
            assert!(rule::rule(code).is_some(), "{combination}: no rule {code}");
        }
    }
    let all = SEEN
        .iter()
        .map(|(c, _)| c)
        .chain(UNSEEN.iter().map(|(c, _)| c));
    let distinct: BTreeSet<_> = all.clone().collect();
    assert_eq!(distinct.len(), all.count());
}
