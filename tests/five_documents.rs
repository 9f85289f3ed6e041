//! Every mistake of the five systems' own documents, written down as their owners would
//! have: each meets the rule that it is quoted with.

mod common;
use common::snippet::Snippet::{self, Group, Module, Template};

/// A mistake: which document makes it, what it says, the rule, and words of what is said of it.
struct Mistake {
    document: &'static str,
    says: &'static str,
    file: Snippet,
    code: &'static str,
    words: &'static [&'static str],
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        document: "000",
        says: "cluster mode enabled, and two cache clusters",
        file: Group(&[
            "ClusterMode: enabled",
            "NumCacheClusters: 2",
            "AutomaticFailoverEnabled: true",
        ]),
        code: "cluster-mode-nodes",
        words: &["NumCacheClusters"],
    },
    Mistake {
        document: "000",
        says: "the AUTH token in clear",
        file: Group(&[
            "TransitEncryptionEnabled: true",
            "AuthToken: MaraBetToken2025InClear",
        ]),
        code: "auth-token-in-clear",
        words: &["AuthToken"],
    },
    Mistake {
        document: "000",
        says: "--auth-token-enabled",
        file: Group(&["TransitEncryptionEnabled: true", "AuthTokenEnabled: true"]),
        code: "setting-unknown",
        words: &["AuthTokenEnabled"],
    },
    Mistake {
        document: "000",
        says: "high availability, and Multi-AZ never set",
        file: Group(&["NumCacheClusters: 2", "AutomaticFailoverEnabled: true"]),
        code: "multi-az-off",
        words: &["zone"],
    },
    Mistake {
        document: "000",
        says: "cache.t3.large to grow into",
        file: Group(&["CacheNodeType: cache.t3.large"]),
        code: "node-type",
        words: &["cache.t3.large"],
    },
    Mistake {
        document: "001",
        says: "numCacheNodes: 3 on a Redis cache cluster",
        file: Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::CacheCluster\n    Properties:\n      Engine: redis\n      CacheNodeType: cache.t3.small\n      NumCacheNodes: 3\n",
        ),
        code: "cache-cluster-nodes",
        words: &["3"],
    },
    Mistake {
        document: "001",
        says: "authTokenEnabled: true",
        file: Group(&["TransitEncryptionEnabled: true", "authTokenEnabled: true"]),
        code: "setting-unknown",
        words: &["authTokenEnabled"],
    },
    Mistake {
        document: "001",
        says: "multiAzEnabled without automatic failover",
        file: Group(&["NumCacheClusters: 3", "MultiAZEnabled: true"]),
        code: "multi-az-failover",
        words: &["failover"],
    },
    Mistake {
        document: "001",
        says: "rediss://…:6380",
        file: Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: sockets\n      CacheNodeType: cache.t3.small\n      TransitEncryptionEnabled: true\n      Port: 6379\nOutputs:\n  RedisUrl:\n    Value: !Sub 'rediss://${Cache.PrimaryEndPoint.Address}:6380'\n",
        ),
        code: "url-port",
        words: &["6380", "6379"],
    },
    Mistake {
        document: "001",
        says: "a global datastore on cache.t3",
        file: Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: sockets\n      Engine: redis\n      EngineVersion: '7.0'\n      CacheNodeType: cache.t3.medium\n  Global:\n    Type: AWS::ElastiCache::GlobalReplicationGroup\n    Properties:\n      GlobalReplicationGroupIdSuffix: sockets\n      Members:\n        - {ReplicationGroupId: !Ref Cache, ReplicationGroupRegion: us-east-1, Role: PRIMARY}\n",
        ),
        code: "global-datastore-node-type",
        words: &["cache.t3.medium"],
    },
    Mistake {
        document: "001",
        says: "1 GB on a cache.t3.micro",
        file: Template(
            "Metadata:\n  Cachewright:\n    Stage: production\n    KeyFamilies:\n      socket: {Keys: 500000, Bytes: 1000}\nResources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: sockets\n      CacheNodeType: cache.t3.micro\n",
        ),
        code: "memory",
        words: &["cache.t3.micro"],
    },
    Mistake {
        document: "002",
        says: "Valkey without a word about TLS",
        file: Group(&["Engine: valkey", "EngineVersion: '8.0'"]),
        code: "transit-encryption-unsaid",
        words: &["TransitEncryptionEnabled"],
    },
    Mistake {
        document: "002",
        says: "parameters tuned under default.valkey8",
        file: Module(
            "resource \"aws_elasticache_replication_group\" \"this\" {\n  replication_group_id       = \"pbet\"\n  description                = \"pbet\"\n  engine                     = \"valkey\"\n  engine_version             = \"8.0\"\n  node_type                  = \"cache.r6g.large\"\n  parameter_group_name       = \"default.valkey8\"\n  transit_encryption_enabled = true\n}\n",
        ),
        code: "parameter-group-default",
        words: &["default.valkey8"],
    },
    Mistake {
        document: "003",
        says: "requirepass in the cloud",
        file: Template(
            "Resources:\n  Parameters:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      CacheParameterGroupFamily: redis7\n      Description: chatbot\n      Properties: {requirepass: not-shown-here-0123}\n",
        ),
        code: "parameter-unknown",
        words: &["requirepass"],
    },
    Mistake {
        document: "003",
        says: "save in the cloud",
        file: Template(
            "Resources:\n  Parameters:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      CacheParameterGroupFamily: redis7\n      Description: chatbot\n      Properties: {save: 900 1}\n",
        ),
        code: "parameter-unknown",
        words: &["save"],
    },
    Mistake {
        document: "003",
        says: "maxmemory in the cloud",
        file: Template(
            "Resources:\n  Parameters:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      CacheParameterGroupFamily: redis7\n      Description: chatbot\n      Properties: {maxmemory: 2gb}\n",
        ),
        code: "parameter-fixed",
        words: &["maxmemory"],
    },
    Mistake {
        document: "003",
        says: "appendonly in the cloud",
        file: Template(
            "Resources:\n  Parameters:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      CacheParameterGroupFamily: redis7\n      Description: chatbot\n      Properties: {appendonly: 'yes'}\n",
        ),
        code: "parameter-fixed",
        words: &["appendonly"],
    },
    Mistake {
        document: "003",
        says: "a Celery broker under allkeys-lru",
        file: Template(
            "Metadata:\n  Cachewright:\n    Stage: production\n    Workloads: [queue, cache]\nResources:\n  Parameters:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      CacheParameterGroupFamily: redis7\n      Description: chatbot\n      Properties: {maxmemory-policy: allkeys-lru}\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: chatbot\n      EngineVersion: '7.1'\n      CacheNodeType: cache.m5.large\n      CacheParameterGroupName: !Ref Parameters\n",
        ),
        code: "eviction-loss",
        words: &["allkeys-lru"],
    },
    Mistake {
        document: "004",
        says: "positions and leader locks under allkeys-lru",
        file: Template(
            "Metadata:\n  Cachewright:\n    Stage: production\n    Workloads: [store, lock]\nResources:\n  Parameters:\n    Type: AWS::ElastiCache::ParameterGroup\n    Properties:\n      CacheParameterGroupFamily: redis7\n      Description: oms\n      Properties: {maxmemory-policy: allkeys-lru}\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: oms\n      EngineVersion: '7.1'\n      CacheNodeType: cache.m7g.large\n      CacheParameterGroupName: !Ref Parameters\n",
        ),
        code: "eviction-loss",
        words: &["allkeys-lru"],
    },
    Mistake {
        document: "004",
        says: "encryption at rest to be turned on later",
        file: Group(&["AtRestEncryptionEnabled: false"]),
        code: "encryption-at-rest",
        words: &["replaces"],
    },
    Mistake {
        document: "004",
        says: "1.5 GB on a cache.t4g.small",
        file: Template(
            "Metadata:\n  Cachewright:\n    Stage: production\n    KeyFamilies:\n      order: {Keys: 750000, Bytes: 2000}\nResources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: oms\n      CacheNodeType: cache.t4g.small\n",
        ),
        code: "memory",
        words: &["cache.t4g.small"],
    },
    Mistake {
        document: "001, 002, 004",
        says: "a CPU alarm at 80 % on two vCPUs",
        file: Template(
            "Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: oms\n      ReplicationGroupId: oms\n      CacheNodeType: cache.m7g.large\n  Cpu:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      Namespace: AWS/ElastiCache\n      MetricName: CPUUtilization\n      Dimensions: [{Name: CacheClusterId, Value: !Sub '${Cache}-001'}, {Name: CacheNodeId, Value: '0001'}]\n      Statistic: Average\n      Period: 60\n      EvaluationPeriods: 5\n      ComparisonOperator: GreaterThanThreshold\n      Threshold: 80\n",
        ),
        code: "alarm-cpu",
        words: &["80"],
    },
];

#[test]
fn every_mistake_of_the_documents_meets_its_rule() {
    let mut wrong = Vec::new();
    for mistake in MISTAKES {
        let found = mistake.file.findings();
        let met = found.iter().find(|finding| {
            let said = format!("{} {} {}", finding.message, finding.allowed, finding.help);
            finding.code == mistake.code && mistake.words.iter().all(|word| said.contains(word))
        });
        if met.is_none() {
            let all: Vec<_> = found.iter().map(ToString::to_string).collect();
            wrong.push(format!(
                "{} ({}) doesn't meet {}:\n{}",
                mistake.says,
                mistake.document,
                mistake.code,
                all.join("\n")
            ));
        }
        // what was written down in clear isn't carried any further
        let said = format!("{found:?}");
        for secret in ["MaraBetToken2025InClear", "not-shown-here-0123"] {
            assert!(!said.contains(secret), "{}", mistake.says);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
