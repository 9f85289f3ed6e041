//! What AWS and the Terraform provider refuse, combination by combination: each is written down,
//! and the rule that knows it says so beforehand.
//!
//! The combinations are those that the API's own answers in public issues, its documentation and
//! the provider's source tell of (read November 2026).

use cachewright::diagnostic::Level;

mod common;
use common::snippet::Snippet::{self, Arguments, Group, Module, Template};

/// A combination, how somebody would write it, and the code that is said of it.
type Seen = (&'static str, Snippet, &'static str);

const TLS: &str = "TransitEncryptionEnabled: true";

const SEEN: &[Seen] = &[
    (
        "automatic failover with fewer than two nodes",
        Group(&["NumCacheClusters: 1", "AutomaticFailoverEnabled: true"]),
        "failover-nodes",
    ),
    (
        "automatic failover without a replica, cluster mode off",
        Group(&[
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
        ]),
        "failover-nodes",
    ),
    (
        "cluster mode without automatic failover",
        Group(&[
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: false",
        ]),
        "failover-cluster-mode",
    ),
    (
        "Multi-AZ without automatic failover",
        Group(&["NumCacheClusters: 2", "MultiAZEnabled: true"]),
        "multi-az-failover",
    ),
    (
        "Terraform: Multi-AZ without automatic failover",
        Arguments(&["num_cache_clusters = 2", "multi_az_enabled = true"]),
        "multi-az-failover",
    ),
    (
        "Terraform: automatic failover and one cache cluster",
        Arguments(&[
            "num_cache_clusters = 1",
            "automatic_failover_enabled = true",
        ]),
        "failover-nodes",
    ),
    (
        "Multi-AZ in one subnet",
        Template(
            "Resources:\n  Subnets:\n    Type: AWS::ElastiCache::SubnetGroup\n    Properties: {Description: one, SubnetIds: [subnet-0123456789abcdef0]}\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: cache\n      CacheNodeType: cache.m7g.large\n      NumCacheClusters: 2\n      AutomaticFailoverEnabled: true\n      MultiAZEnabled: true\n      CacheSubnetGroupName: !Ref Subnets\n",
        ),
        "multi-az-subnets",
    ),
    (
        "as many preferred zones as nodes",
        Group(&[
            "NumCacheClusters: 3",
            "PreferredCacheClusterAZs: [us-east-1a, us-east-1b]",
        ]),
        "availability-zones",
    ),
    (
        "preferred zones with several shards",
        Group(&[
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
            "PreferredCacheClusterAZs: [us-east-1a, us-east-1b]",
        ]),
        "zones-shards",
    ),
    (
        "Terraform: preferred zones beside node groups",
        Arguments(&[
            "preferred_cache_cluster_azs = [\"us-east-1a\"]",
            "node_group_configuration {\n    replica_count = 0\n  }",
        ]),
        "zones-and-shards",
    ),
    (
        "more than 5 replicas",
        Group(&[
            "NumNodeGroups: 1",
            "ReplicasPerNodeGroup: 6",
            "AutomaticFailoverEnabled: true",
        ]),
        "replicas",
    ),
    (
        "more than 6 nodes",
        Group(&["NumCacheClusters: 7", "AutomaticFailoverEnabled: true"]),
        "replicas",
    ),
    ("no node", Group(&["NumCacheClusters: 0"]), "replicas"),
    (
        "more than 500 shards",
        Group(&[
            "NumNodeGroups: 501",
            "ReplicasPerNodeGroup: 0",
            "AutomaticFailoverEnabled: true",
        ]),
        "shards",
    ),
    (
        "more than 90 nodes, which is a quota",
        Group(&[
            "NumNodeGroups: 50",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
        ]),
        "node-quota",
    ),
    (
        "Terraform: nodes beside shards",
        Arguments(&[
            "num_cache_clusters = 2",
            "num_node_groups = 2",
            "automatic_failover_enabled = true",
        ]),
        "nodes-and-shards",
    ),
    (
        "a parameter group of another family than the version's",
        Group(&[
            "EngineVersion: '7.1'",
            "CacheParameterGroupName: default.redis6.x",
        ]),
        "parameter-group-family",
    ),
    (
        "an unknown family",
        Template(
            "Resources:\n  Group:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties: {CacheParameterGroupFamily: redis7.2, Description: cache}\n",
        ),
        "parameter-family",
    ),
    (
        "a value that a parameter doesn't take",
        Template(
            "Resources:\n  Group:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties: {CacheParameterGroupFamily: redis7, Description: cache, Properties: {activedefrag: maybe}}\n",
        ),
        "parameter-value",
    ),
    (
        "a parameter that there isn't",
        Template(
            "Resources:\n  Group:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties: {CacheParameterGroupFamily: redis7, Description: cache, Properties: {reserved-memory: '100'}}\n",
        ),
        "parameter-unknown",
    ),
    (
        "a cache cluster with a parameter group of cluster mode",
        Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::CacheCluster\n    Properties: {Engine: redis, EngineVersion: '7.1', CacheNodeType: cache.m7g.large, NumCacheNodes: 1, CacheParameterGroupName: default.redis7.cluster.on}\n",
        ),
        "cache-cluster-cluster-mode",
    ),
    (
        "a snapshot window of less than an hour",
        Group(&["SnapshotRetentionLimit: 1", "SnapshotWindow: 03:00-03:30"]),
        "snapshot-window",
    ),
    (
        "windows that overlap, without snapshots",
        Group(&[
            "SnapshotRetentionLimit: 0",
            "SnapshotWindow: 03:00-04:00",
            "PreferredMaintenanceWindow: sun:03:30-sun:04:30",
        ]),
        "window-overlap",
    ),
    (
        "a maintenance window of less than an hour",
        Group(&["PreferredMaintenanceWindow: sun:03:30-sun:04:00"]),
        "maintenance-window",
    ),
    (
        "a maintenance window of more than a day",
        Group(&["PreferredMaintenanceWindow: sun:03:30-tue:04:00"]),
        "maintenance-window",
    ),
    (
        "snapshots kept for more than 35 days",
        Group(&["SnapshotRetentionLimit: 36"]),
        "snapshot-retention",
    ),
    (
        "a snapshotting cluster in cluster mode",
        Group(&[
            "NumNodeGroups: 2",
            "ReplicasPerNodeGroup: 1",
            "AutomaticFailoverEnabled: true",
            "SnapshottingClusterId: cache-0001-001",
        ]),
        "snapshotting-cluster",
    ),
    (
        "a token without TLS",
        Group(&[
            "TransitEncryptionEnabled: false",
            "AuthToken: '{{resolve:secretsmanager:cache:SecretString:token}}'",
        ]),
        "auth-token-without-tls",
    ),
    (
        "a token of too few characters, which is written down at all",
        Group(&[TLS, "AuthToken: short"]),
        "auth-token-in-clear",
    ),
    (
        "a token beside user groups",
        Group(&[
            TLS,
            "AuthToken: '{{resolve:secretsmanager:cache:SecretString:token}}'",
            "UserGroupIds: [app]",
        ]),
        "auth-token-with-users",
    ),
    (
        "Terraform: the strategy DELETE with a token",
        Module(
            "variable \"token\" {\n  sensitive = true\n}\n\nresource \"aws_elasticache_replication_group\" \"this\" {\n  replication_group_id       = \"cache\"\n  description                = \"cache\"\n  node_type                  = \"cache.m7g.large\"\n  transit_encryption_enabled = true\n  auth_token                 = \"${var.token}-x\"\n  auth_token_update_strategy = \"DELETE\"\n}\n",
        ),
        "auth-token-update-strategy",
    ),
    (
        "Terraform: a strategy without a token",
        Arguments(&[
            "transit_encryption_enabled = true",
            "auth_token_update_strategy = \"ROTATE\"",
        ]),
        "auth-token-update-strategy",
    ),
    (
        "users without TLS",
        Group(&["TransitEncryptionEnabled: false", "UserGroupIds: [app]"]),
        "users-without-tls",
    ),
    (
        "users before Redis OSS 6.0",
        Group(&["EngineVersion: 5.0.6", TLS, "UserGroupIds: [app]"]),
        "user-group-engine",
    ),
    (
        "a user group of Redis OSS without the user default",
        Template(
            "Resources:\n  App:\n    Type: AWS::ElastiCache::User\n    Properties: {UserId: app, UserName: app, Engine: redis, AccessString: on ~* +@read, NoPasswordRequired: true}\n  Users:\n    Type: AWS::ElastiCache::UserGroup\n    Properties: {UserGroupId: users, Engine: redis, UserIds: [!Ref App]}\n",
        ),
        "user-group-default",
    ),
    (
        "a cache of Redis OSS with a group of Valkey",
        Template(
            "Resources:\n  App:\n    Type: AWS::ElastiCache::User\n    Properties: {UserId: app, UserName: app, Engine: valkey, AccessString: on ~* +@read, AuthenticationMode: {Type: iam}}\n  Users:\n    Type: AWS::ElastiCache::UserGroup\n    Properties: {UserGroupId: users, Engine: valkey, UserIds: [!Ref App]}\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties: {ReplicationGroupDescription: cache, Engine: redis, EngineVersion: '7.1', CacheNodeType: cache.m7g.large, TransitEncryptionEnabled: true, UserGroupIds: [!Ref Users]}\n",
        ),
        "user-group-engine",
    ),
    (
        "a password of too few characters, which is written down at all",
        Template(
            "Resources:\n  App:\n    Type: AWS::ElastiCache::User\n    Properties: {UserId: app, UserName: app, Engine: redis, AccessString: on ~* +@read, Passwords: [short]}\n",
        ),
        "user-password-in-clear",
    ),
    (
        "a user with passwords and none given",
        Template(
            "Resources:\n  App:\n    Type: AWS::ElastiCache::User\n    Properties: {UserId: app, UserName: app, Engine: redis, AccessString: on ~* +@read, AuthenticationMode: {Type: password}}\n",
        ),
        "user-passwords",
    ),
    (
        "an IAM user whose name isn't its id",
        Template(
            "Resources:\n  App:\n    Type: AWS::ElastiCache::User\n    Properties: {UserId: app, UserName: other, Engine: redis, AccessString: on ~* +@read, AuthenticationMode: {Type: iam}}\n",
        ),
        "user-iam-name",
    ),
    (
        "a TLS mode before Redis OSS 7.0.5",
        Group(&[
            "EngineVersion: '6.2'",
            TLS,
            "TransitEncryptionMode: preferred",
        ]),
        "transit-encryption-mode",
    ),
    (
        "TLS preferred, with users",
        Group(&[
            "EngineVersion: '7.1'",
            TLS,
            "TransitEncryptionMode: preferred",
            "UserGroupIds: [app]",
        ]),
        "transit-encryption-preferred-access",
    ),
    (
        "a TLS mode without TLS",
        Group(&[
            "EngineVersion: '7.1'",
            "TransitEncryptionEnabled: false",
            "TransitEncryptionMode: required",
        ]),
        "transit-encryption-mode",
    ),
    (
        "Valkey without a word about TLS",
        Group(&["Engine: valkey", "EngineVersion: '8.0'"]),
        "transit-encryption-unsaid",
    ),
    ("TLS without a subnet group", Group(&[TLS]), "subnet-group"),
    (
        "a key without encryption at rest",
        Group(&["AtRestEncryptionEnabled: false", "KmsKeyId: alias/cache"]),
        "kms-key-without-encryption",
    ),
    (
        "r6gd without data tiering",
        Group(&["CacheNodeType: cache.r6gd.xlarge"]),
        "data-tiering",
    ),
    (
        "data tiering on any other type",
        Group(&["DataTieringEnabled: true"]),
        "data-tiering",
    ),
    (
        "a member of a global datastore on a type that can't be in one",
        Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties: {ReplicationGroupDescription: cache, EngineVersion: '7.0', CacheNodeType: cache.t3.medium}\n  Global:\n    Type: AWS::ElastiCache::GlobalReplicationGroup\n    Properties:\n      GlobalReplicationGroupIdSuffix: cache\n      Members: [{ReplicationGroupId: !Ref Cache, ReplicationGroupRegion: us-east-1, Role: PRIMARY}]\n",
        ),
        "global-datastore-node-type",
    ),
    (
        "what a secondary's primary decides",
        Group(&[
            "GlobalReplicationGroupId: ldgnf-cache",
            "EngineVersion: '7.0'",
        ]),
        "global-datastore-secondary",
    ),
    (
        "Terraform: what a secondary's primary decides",
        Arguments(&[
            "global_replication_group_id = \"ldgnf-cache\"",
            "num_node_groups = 2",
        ]),
        "global-conflict",
    ),
    (
        "an id of more than 40 characters",
        Group(&["ReplicationGroupId: a-cache-with-a-name-that-has-no-end-to-it-at-all"]),
        "replication-group-id",
    ),
    (
        "an id with other characters",
        Group(&["ReplicationGroupId: my_cache"]),
        "replication-group-id",
    ),
    (
        "a patch version from 6 on",
        Group(&["EngineVersion: 6.2.6"]),
        "engine-version",
    ),
    (
        "Terraform: a version of three numbers from 6 on",
        Arguments(&["engine_version = \"7.0.7\""]),
        "engine-version",
    ),
    (
        "a cache cluster of Valkey",
        Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::CacheCluster\n    Properties: {Engine: valkey, EngineVersion: '8.0', CacheNodeType: cache.m7g.large, NumCacheNodes: 1}\n",
        ),
        "cache-cluster-valkey",
    ),
    (
        "a cache cluster of Redis OSS with TLS",
        Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::CacheCluster\n    Properties: {Engine: redis, EngineVersion: '7.1', CacheNodeType: cache.m7g.large, NumCacheNodes: 1, TransitEncryptionEnabled: true}\n",
        ),
        "cache-cluster-encryption",
    ),
    (
        "cache security groups, which are gone",
        Group(&["CacheSecurityGroupNames: [cache]"]),
        "security-groups-classic",
    ),
    (
        "IPv6 before 6.2",
        Group(&["EngineVersion: '6.0'", "NetworkType: dual_stack"]),
        "ip-addressing",
    ),
    (
        "no node type and no global datastore",
        Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties: {ReplicationGroupDescription: cache}\n",
        ),
        "node-type-missing",
    ),
    (
        "an endpoint of the other cluster mode",
        Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties: {ReplicationGroupDescription: cache, CacheNodeType: cache.m7g.large, NumCacheClusters: 1}\nOutputs:\n  Endpoint:\n    Value: !GetAtt Cache.ConfigurationEndPoint.Address\n",
        ),
        "endpoint-cluster-mode",
    ),
    (
        "two Terraform arguments on one line",
        Module(
            "resource \"aws_elasticache_subnet_group\" \"this\" { name = \"a\" subnet_ids = [] }\n",
        ),
        "unreadable",
    ),
];

/// Said at less than a warning where nobody says what the cache is for.
const INFORMATION: &[Seen] = &[(
    "CloudFormation: retention 0 without a window",
    Group(&["SnapshotRetentionLimit: 0"]),
    "snapshot-zero-window",
)];

/// A combination that one file can't show: it depends on what is deployed already.
const UNSEEN: &[(&str, &str)] = &[
    (
        "automatic failover turned off in cluster mode",
        "the file that results is failover-cluster-mode's",
    ),
    ("cluster-enabled changed on an attached group", "a change"),
    (
        "a parameter group that doesn't exist",
        "known to the account alone",
    ),
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
fn every_combination_that_a_file_can_show_is_told() {
    let mut wrong = Vec::new();
    for (combination, snippet, code) in SEEN.iter().chain(INFORMATION) {
        let found = snippet.findings();
        let least = if INFORMATION.iter().any(|(name, _, _)| name == combination) {
            Level::Information
        } else {
            Level::Warning
        };
        let told = found
            .iter()
            .any(|finding| finding.code == *code && finding.level <= least);
        if !told {
            let all: Vec<_> = found.iter().map(ToString::to_string).collect();
            wrong.push(format!("{combination}: no {code}\n{}", all.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    for (combination, because) in UNSEEN {
        assert!(!because.is_empty(), "{combination}");
    }
}
