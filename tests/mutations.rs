//! What ships, with one mistake put into it: every one is found, by its code. And what ships,
//! with one thing said in another way that is as right: nothing is found.

use std::fs;

use cachewright::diagnostic::{Diagnostic, Level};
use cachewright::read::Given;
use cachewright::terraform::SourceFile;
use cachewright::validate::{self, Validation};

mod common;

/// A change of one file: what stands there, and what is put in its place.
type Change = (&'static str, &'static str);

/// A mistake, in each language that can make it.
struct Mistake {
    code: &'static str,
    cloudformation: Option<Change>,
    terraform: Option<Change>,
}

const fn both(code: &'static str, cloudformation: Change, terraform: Change) -> Mistake {
    Mistake {
        code,
        cloudformation: Some(cloudformation),
        terraform: Some(terraform),
    }
}

const fn cloudformation(code: &'static str, change: Change) -> Mistake {
    Mistake {
        code,
        cloudformation: Some(change),
        terraform: None,
    }
}

const fn terraform(code: &'static str, change: Change) -> Mistake {
    Mistake {
        code,
        cloudformation: None,
        terraform: Some(change),
    }
}

/// Mistakes in what ships for oms/prod.
const MISTAKES: &[Mistake] = &[
    both(
        "node-type-unknown",
        ("cache.m7g.large", "cache.m9g.large"),
        ("cache.m7g.large", "cache.m9g.large"),
    ),
    both(
        "node-type",
        ("cache.m7g.large", "m7g.large"),
        ("cache.m7g.large", "m7g.large"),
    ),
    both(
        "node-type-engine",
        ("cache.m7g.large", "cache.m8g.large"),
        ("cache.m7g.large", "cache.m8g.large"),
    ),
    both(
        "data-tiering",
        ("cache.m7g.large", "cache.r6gd.xlarge"),
        ("cache.m7g.large", "cache.r6gd.xlarge"),
    ),
    both(
        "data-tiering",
        (
            "\"Port\": 6379,",
            "\"Port\": 6379, \"DataTieringEnabled\": true,",
        ),
        (
            "port                 = 6379",
            "port = 6379\n  data_tiering_enabled = true",
        ),
    ),
    both(
        "engine-version",
        ("\"EngineVersion\": \"7.1\"", "\"EngineVersion\": \"7.1.0\""),
        (
            "engine_version       = \"7.1\"",
            "engine_version       = \"7.1.0\"",
        ),
    ),
    both(
        "engine-version",
        ("\"EngineVersion\": \"7.1\"", "\"EngineVersion\": \"7.2\""),
        (
            "engine_version       = \"7.1\"",
            "engine_version       = \"7.2\"",
        ),
    ),
    both(
        "engine-name",
        ("\"Engine\": \"redis\"", "\"Engine\": \"memcached\""),
        (
            "engine               = \"redis\"",
            "engine               = \"memcached\"",
        ),
    ),
    both(
        "parameter-group-family",
        ("\"EngineVersion\": \"7.1\"", "\"EngineVersion\": \"6.2\""),
        (
            "engine_version       = \"7.1\"",
            "engine_version       = \"6.2\"",
        ),
    ),
    both(
        "parameter-family",
        (
            "\"CacheParameterGroupFamily\": \"redis7\"",
            "\"CacheParameterGroupFamily\": \"redis7.2\"",
        ),
        ("family      = \"redis7\"", "family      = \"redis7.2\""),
    ),
    both(
        "parameter-value",
        ("\"timeout\": \"300\"", "\"timeout\": \"19\""),
        (
            "value = \"300\"\n  }\n\n  parameter {\n    name  = \"tcp",
            "value = \"19\"\n  }\n\n  parameter {\n    name  = \"tcp",
        ),
    ),
    both(
        "parameter-value",
        ("volatile-lru", "volatile-lfru"),
        ("volatile-lru", "volatile-lfru"),
    ),
    both(
        "parameter-unknown",
        ("\"timeout\"", "\"requirepass\""),
        ("\"timeout\"", "\"requirepass\""),
    ),
    both(
        "parameter-unknown",
        ("\"maxmemory-samples\": \"5\"", "\"save\": \"900 1\""),
        ("\"maxmemory-samples\"", "\"save\""),
    ),
    both(
        "replicas",
        ("\"NumCacheClusters\": 3", "\"NumCacheClusters\": 7"),
        (
            "num_cache_clusters         = 3",
            "num_cache_clusters         = 7",
        ),
    ),
    both(
        "multi-az-failover",
        (
            "\"AutomaticFailoverEnabled\": true",
            "\"AutomaticFailoverEnabled\": false",
        ),
        (
            "automatic_failover_enabled = true",
            "automatic_failover_enabled = false",
        ),
    ),
    both(
        "workload-replicas",
        (
            "\"NumCacheClusters\": 3,\n        \"AutomaticFailoverEnabled\": true,\n        \"MultiAZEnabled\": true",
            "\"NumCacheClusters\": 1,\n        \"AutomaticFailoverEnabled\": false,\n        \"MultiAZEnabled\": false",
        ),
        (
            "num_cache_clusters         = 3\n  automatic_failover_enabled = true\n  multi_az_enabled           = true",
            "num_cache_clusters         = 1\n  automatic_failover_enabled = false\n  multi_az_enabled           = false",
        ),
    ),
    both(
        "failover-off",
        (
            "\"AutomaticFailoverEnabled\": true,\n        \"MultiAZEnabled\": true",
            "\"AutomaticFailoverEnabled\": false,\n        \"MultiAZEnabled\": false",
        ),
        (
            "automatic_failover_enabled = true\n  multi_az_enabled           = true",
            "automatic_failover_enabled = false\n  multi_az_enabled           = false",
        ),
    ),
    both(
        "multi-az-off",
        ("\"MultiAZEnabled\": true", "\"MultiAZEnabled\": false"),
        (
            "multi_az_enabled           = true",
            "multi_az_enabled           = false",
        ),
    ),
    both(
        "multi-az-replicas",
        ("\"NumCacheClusters\": 3", "\"NumCacheClusters\": 1"),
        (
            "num_cache_clusters         = 3",
            "num_cache_clusters         = 1",
        ),
    ),
    both(
        "window-overlap",
        ("sun:07:30-sun:08:30", "sun:06:30-sun:07:30"),
        ("sun:07:30-sun:08:30", "sun:06:30-sun:07:30"),
    ),
    both(
        "snapshot-window",
        ("06:00-07:00", "06:00-06:59"),
        ("06:00-07:00", "06:00-06:59"),
    ),
    both(
        "snapshot-window",
        ("06:00-07:00", "6-7"),
        ("06:00-07:00", "6-7"),
    ),
    both(
        "maintenance-window",
        ("sun:07:30-sun:08:30", "sun:07:30-sun:08:00"),
        ("sun:07:30-sun:08:30", "sun:07:30-sun:08:00"),
    ),
    both(
        "maintenance-window",
        ("sun:07:30-sun:08:30", "07:30-08:30"),
        ("sun:07:30-sun:08:30", "07:30-08:30"),
    ),
    both(
        "snapshot-retention",
        (
            "\"SnapshotRetentionLimit\": 7",
            "\"SnapshotRetentionLimit\": 36",
        ),
        (
            "snapshot_retention_limit   = 7",
            "snapshot_retention_limit   = 36",
        ),
    ),
    both(
        "workload-snapshots",
        (
            "\"SnapshotRetentionLimit\": 7,\n        \"SnapshotWindow\": \"06:00-07:00\"",
            "\"SnapshotRetentionLimit\": 0",
        ),
        (
            "snapshot_retention_limit   = 7\n  snapshot_window            = \"06:00-07:00\"",
            "snapshot_retention_limit   = 0",
        ),
    ),
    both(
        "replication-group-id",
        (
            "\"ReplicationGroupId\": \"oms-redis-prod\"",
            "\"ReplicationGroupId\": \"oms--redis\"",
        ),
        (
            "replication_group_id = \"oms-redis-prod\"",
            "replication_group_id = \"oms_redis\"",
        ),
    ),
    both(
        "port",
        ("\"Port\": 6379", "\"Port\": 65536"),
        (
            "port                 = 6379",
            "port                 = 65536",
        ),
    ),
    both(
        "encryption-in-transit",
        (
            "\"TransitEncryptionEnabled\": true,\n        \"TransitEncryptionMode\": \"required\",\n        \"AuthToken\": {\n          \"Fn::Sub\": \"{{resolve:secretsmanager:${AuthTokenSecretArn}:SecretString:token}}\"\n        },",
            "\"TransitEncryptionEnabled\": false,",
        ),
        (
            "transit_encryption_enabled = true\n  transit_encryption_mode    = \"required\"\n  auth_token                 = jsondecode(data.aws_secretsmanager_secret_version.auth_token.secret_string)[\"token\"]\n  auth_token_update_strategy = \"SET\"",
            "transit_encryption_enabled = false",
        ),
    ),
    both(
        "auth-token-without-tls",
        (
            "\"TransitEncryptionEnabled\": true,\n        \"TransitEncryptionMode\": \"required\"",
            "\"TransitEncryptionEnabled\": false",
        ),
        (
            "transit_encryption_enabled = true\n  transit_encryption_mode    = \"required\"",
            "transit_encryption_enabled = false",
        ),
    ),
    both(
        "encryption-at-rest",
        (
            "\"AtRestEncryptionEnabled\": true",
            "\"AtRestEncryptionEnabled\": false",
        ),
        (
            "at_rest_encryption_enabled = true",
            "at_rest_encryption_enabled = false",
        ),
    ),
    both(
        "transit-encryption-preferred-access",
        (
            "\"TransitEncryptionMode\": \"required\"",
            "\"TransitEncryptionMode\": \"preferred\"",
        ),
        (
            "transit_encryption_mode    = \"required\"",
            "transit_encryption_mode    = \"preferred\"",
        ),
    ),
    both(
        "auth-token-in-clear",
        (
            "\"AuthToken\": {\n          \"Fn::Sub\": \"{{resolve:secretsmanager:${AuthTokenSecretArn}:SecretString:token}}\"\n        }",
            "\"AuthToken\": \"a-literal-token-in-clear\"",
        ),
        (
            "jsondecode(data.aws_secretsmanager_secret_version.auth_token.secret_string)[\"token\"]",
            "\"a-literal-token-in-clear\"",
        ),
    ),
    both(
        "auth-token-with-users",
        (
            "\"TransitEncryptionMode\": \"required\",",
            "\"TransitEncryptionMode\": \"required\", \"UserGroupIds\": [\"shop-users\"],",
        ),
        (
            "transit_encryption_mode    = \"required\"",
            "transit_encryption_mode    = \"required\"\n  user_group_ids = [\"shop-users\"]",
        ),
    ),
    both(
        "access-control",
        (
            "\"AuthToken\": {\n          \"Fn::Sub\": \"{{resolve:secretsmanager:${AuthTokenSecretArn}:SecretString:token}}\"\n        },",
            "",
        ),
        (
            "  auth_token                 = jsondecode(data.aws_secretsmanager_secret_version.auth_token.secret_string)[\"token\"]\n  auth_token_update_strategy = \"SET\"\n",
            "",
        ),
    ),
    both(
        "ingress-anywhere",
        (
            "{ \"Fn::ImportValue\": { \"Fn::Sub\": \"${VPCStackName}-VpcCidr\" } }",
            "\"0.0.0.0/0\"",
        ),
        (
            "data.aws_cloudformation_export.vpc_cidr.value",
            "\"0.0.0.0/0\"",
        ),
    ),
    both(
        "ingress-port",
        (
            "\"FromPort\": 6379,\n        \"ToPort\": 6379",
            "\"FromPort\": 6380,\n        \"ToPort\": 6380",
        ),
        (
            "from_port         = 6379\n  to_port           = 6379",
            "from_port         = 6380\n  to_port           = 6380",
        ),
    ),
    both(
        "cidr",
        (
            "{ \"Fn::ImportValue\": { \"Fn::Sub\": \"${VPCStackName}-VpcCidr\" } }",
            "\"10.0.0.0/33\"",
        ),
        (
            "data.aws_cloudformation_export.vpc_cidr.value",
            "\"10.0.0.0/33\"",
        ),
    ),
    both(
        "kms-key-without-encryption",
        (
            "\"AtRestEncryptionEnabled\": true,",
            "\"AtRestEncryptionEnabled\": false,",
        ),
        (
            "at_rest_encryption_enabled = true",
            "at_rest_encryption_enabled = false",
        ),
    ),
    both(
        "minor-upgrades",
        (
            "\"AutoMinorVersionUpgrade\": true",
            "\"AutoMinorVersionUpgrade\": false",
        ),
        (
            "auto_minor_version_upgrade = true",
            "auto_minor_version_upgrade = false",
        ),
    ),
    cloudformation(
        "endpoint-cluster-mode",
        (
            "\"PrimaryEndPoint.Address\"",
            "\"ConfigurationEndPoint.Address\"",
        ),
    ),
    both(
        "setting-unknown",
        (
            "\"Port\": 6379,",
            "\"Port\": 6379, \"AuthTokenEnabled\": true,",
        ),
        (
            "port                 = 6379",
            "port = 6379\n  auth_token_enabled = true",
        ),
    ),
    both(
        "eviction-loss",
        ("volatile-lru", "allkeys-lru"),
        ("volatile-lru", "allkeys-lru"),
    ),
    both(
        "memory",
        (
            "\"order\": { \"Keys\": 50000,",
            "\"order\": { \"Keys\": 50000000,",
        ),
        ("keys order 50000 ", "keys order 50000000 "),
    ),
    both(
        "tags",
        ("\"Key\": \"Environment\"", "\"Key\": \"aws:environment\""),
        (
            "    Environment = \"prod\"\n  }\n\n  lifecycle {\n    prevent",
            "    \"aws:environment\" = \"prod\"\n  }\n\n  lifecycle {\n    prevent",
        ),
    ),
    both(
        "arn",
        (
            "\"Port\": 6379,",
            "\"Port\": 6379, \"NotificationTopicArn\": \"arn:aws:sqs:us-east-1:123456789012:shop\",",
        ),
        (
            "port                 = 6379",
            "port = 6379\n  notification_topic_arn = \"arn:aws:sqs:us-east-1:123456789012:shop\"",
        ),
    ),
    both(
        "log-word",
        (
            "\"Port\": 6379,",
            "\"Port\": 6379, \"LogDeliveryConfigurations\": [{\"LogType\": \"slow-log\", \"LogFormat\": \"yaml\", \"DestinationType\": \"cloudwatch-logs\", \"DestinationDetails\": {\"CloudWatchLogsDetails\": {\"LogGroup\": \"/a\"}}}],",
        ),
        (
            "port                 = 6379",
            "port = 6379\n  log_delivery_configuration {\n    log_type = \"slow-log\"\n    log_format = \"yaml\"\n    destination_type = \"cloudwatch-logs\"\n    destination = \"/a\"\n  }",
        ),
    ),
    both(
        "nodes-and-shards",
        (
            "\"NumCacheClusters\": 3,",
            "\"NumCacheClusters\": 3, \"NumNodeGroups\": 2, \"ReplicasPerNodeGroup\": 1,",
        ),
        (
            "num_cache_clusters         = 3",
            "num_cache_clusters = 3\n  num_node_groups = 2\n  replicas_per_node_group = 1",
        ),
    ),
    both(
        "availability-zones",
        (
            "\"NumCacheClusters\": 3,",
            "\"NumCacheClusters\": 3, \"PreferredCacheClusterAZs\": [\"us-east-1a\", \"us-east-1b\"],",
        ),
        (
            "num_cache_clusters         = 3",
            "num_cache_clusters = 3\n  preferred_cache_cluster_azs = [\"us-east-1a\", \"us-east-1b\"]",
        ),
    ),
    both(
        "ip-addressing",
        (
            "\"Port\": 6379,",
            "\"Port\": 6379, \"NetworkType\": \"ipv4\", \"IpDiscovery\": \"ipv6\",",
        ),
        (
            "port                 = 6379",
            "port = 6379\n  network_type = \"ipv4\"\n  ip_discovery = \"ipv6\"",
        ),
    ),
    both(
        "description",
        (
            "\"Access to oms-redis-prod\"",
            "\"Acesso à oms-redis-prod\"",
        ),
        (
            "\"Access to oms-redis-prod\"",
            "\"Acesso à oms-redis-prod\"",
        ),
    ),
    cloudformation(
        "removal-production",
        (
            "\"DeletionPolicy\": \"Snapshot\"",
            "\"DeletionPolicy\": \"Delete\"",
        ),
    ),
    cloudformation(
        "replacement-production",
        (",\n      \"UpdateReplacePolicy\": \"Snapshot\"", ""),
    ),
    cloudformation(
        "reference-unknown",
        (
            "\"Ref\": \"ParameterGroup\"",
            "\"Ref\": \"ParameterGroups\"",
        ),
    ),
    cloudformation(
        "attribute-unknown",
        ("\"ReaderEndPoint.Address\"", "\"RedisEndpoint.Address\""),
    ),
    cloudformation(
        "template-shape",
        ("\"Type\": \"AWS::ElastiCache::SubnetGroup\",", ""),
    ),
    terraform(
        "prevent-destroy",
        ("prevent_destroy = true", "prevent_destroy = false"),
    ),
    terraform(
        "apply-immediately",
        (
            "apply_immediately          = false",
            "apply_immediately          = true",
        ),
    ),
    terraform(
        "create-before-destroy",
        (
            "prevent_destroy = true",
            "prevent_destroy       = true\n    create_before_destroy = true",
        ),
    ),
    terraform(
        "parameter-group-replacement",
        ("  lifecycle {\n    create_before_destroy = true\n  }\n", ""),
    ),
    terraform(
        "terraform-argument-removed",
        (
            "num_cache_clusters         = 3",
            "number_cache_clusters = 3",
        ),
    ),
    terraform(
        "terraform-argument-removed",
        (
            "description          = \"OMS",
            "replication_group_description = \"OMS",
        ),
    ),
    terraform(
        "auth-token-update-strategy",
        (
            "auth_token_update_strategy = \"SET\"",
            "auth_token_update_strategy = \"DELETE\"",
        ),
    ),
    terraform(
        "snapshot-name",
        (
            "\"oms-redis-prod-final-${terraform_data.final_snapshot.id}\"",
            "\"oms--final\"",
        ),
    ),
];

const FOLDER: &str = "out/oms/prod";

fn read(path: &str) -> String {
    fs::read_to_string(common::root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn template(text: &str) -> Validation {
    validate::template("template.json", text, &Given::default(), &[])
}

fn module(main: &str) -> Validation {
    let files: Vec<SourceFile> = ["versions", "providers", "variables", "data", "outputs"]
        .into_iter()
        .map(|name| SourceFile {
            path: format!("{name}.tf"),
            text: read(&format!("{FOLDER}/terraform/{name}.tf")),
        })
        .chain([SourceFile {
            path: "main.tf".into(),
            text: main.into(),
        }])
        .collect();
    let load = &mut |folder: &str| Err(format!("{folder} is not read here"));
    validate::module(".", &files, &Given::default(), load, &[])
}

/// A text with one change.
fn changed(text: &str, (from, to): Change) -> String {
    assert!(text.contains(from), "no {from:?}");
    // the cache comes last, after everything that it refers to
    let (before, after) = text.rsplit_once(from).expect("it is there");
    format!("{before}{to}{after}")
}

fn check(
    file: &str,
    text: &str,
    mistake: &Mistake,
    change: Change,
    validate: impl Fn(&str) -> Validation,
    wrong: &mut Vec<String>,
) {
    let found = validate(&changed(text, change)).diagnostics;
    let met: Vec<&Diagnostic> = found.iter().filter(|f| f.code == mistake.code).collect();
    let said: Vec<String> = found
        .iter()
        .filter(|finding| finding.level != Level::Information)
        .map(ToString::to_string)
        .collect();
    if met.is_empty()
        || met
            .iter()
            .all(|finding| finding.level == Level::Information)
    {
        wrong.push(format!(
            "{file}: {} is not found after {change:?}:\n{}",
            mistake.code,
            said.join("\n")
        ));
    }
}

#[test]
fn what_ships_with_a_mistake_is_found_out() {
    let json = read(&format!("{FOLDER}/cloudformation/template.json"));
    let main = read(&format!("{FOLDER}/terraform/main.tf"));
    let mut wrong = Vec::new();
    for mistake in MISTAKES {
        if let Some(change) = mistake.cloudformation {
            check(
                "template.json",
                &json,
                mistake,
                change,
                template,
                &mut wrong,
            );
        }
        if let Some(change) = mistake.terraform {
            check("main.tf", &main, mistake, change, module, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// As right, and said in another way: CloudFormation's scalars as texts, functions in their place,
/// and everything that Terraform takes for nothing.
const AS_RIGHT: &[Mistake] = &[
    cloudformation(
        "text for a boolean",
        ("\"MultiAZEnabled\": true", "\"MultiAZEnabled\": \"true\""),
    ),
    cloudformation(
        "text for a number",
        ("\"Port\": 6379,", "\"Port\": \"6379\","),
    ),
    cloudformation(
        "number for a text",
        ("\"timeout\": \"300\"", "\"timeout\": 300"),
    ),
    cloudformation(
        "a function",
        (
            "\"oms-redis-prod\",\n        \"ReplicationGroupDescription\"",
            "{ \"Fn::Join\": [\"-\", [\"oms\", \"redis\", \"prod\"]] },\n        \"ReplicationGroupDescription\"",
        ),
    ),
    cloudformation(
        "nothing, by a function",
        (
            "\"Port\": 6379,",
            "\"Port\": 6379, \"NotificationTopicArn\": { \"Ref\": \"AWS::NoValue\" },",
        ),
    ),
    cloudformation(
        "an empty list of zones",
        ("\"Port\": 6379,", "\"Port\": 6379, \"SnapshotArns\": [],"),
    ),
    terraform(
        "nothing",
        (
            "port                 = 6379",
            "port = 6379\n  notification_topic_arn = null\n  num_node_groups = null\n  user_group_ids = null",
        ),
    ),
    terraform(
        "empty",
        (
            "port                 = 6379",
            "port = 6379\n  notification_topic_arn = \"\"\n  user_group_ids = []\n  preferred_cache_cluster_azs = []",
        ),
    ),
    terraform(
        "upper case",
        ("\"sun:07:30-sun:08:30\"", "\"Sun:07:30-Sun:08:30\""),
    ),
    terraform(
        "text for a boolean",
        (
            "at_rest_encryption_enabled = true",
            "at_rest_encryption_enabled = \"true\"",
        ),
    ),
    terraform(
        "text for a number",
        (
            "num_cache_clusters         = 3",
            "num_cache_clusters = \"3\"",
        ),
    ),
    terraform(
        "a function",
        (
            "\"oms-redis-prod\"",
            "lower(join(\"-\", [\"OMS\", \"redis\", \"prod\"]))",
        ),
    ),
    terraform(
        "a condition",
        (
            "\"cache.m7g.large\"",
            "true ? \"cache.m7g.large\" : \"cache.t3.large\"",
        ),
    ),
];

#[test]
fn what_is_as_right_is_let_be() {
    let json = read(&format!("{FOLDER}/cloudformation/template.json"));
    let main = read(&format!("{FOLDER}/terraform/main.tf"));
    for Mistake {
        code: way,
        cloudformation,
        terraform,
    } in AS_RIGHT
    {
        let templates = cloudformation.map(|change| template(&changed(&json, change)));
        let modules = terraform.map(|change| module(&changed(&main, change)));
        for validation in templates.into_iter().chain(modules) {
            let found: Vec<_> = validation
                .diagnostics
                .iter()
                .filter(|finding| finding.level != Level::Information)
                .map(ToString::to_string)
                .collect();
            assert!(found.is_empty(), "{way}: {}", found.join("\n"));
        }
    }
}
