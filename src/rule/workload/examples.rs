//! Small whole files around a cache, what it is for and how it evicts.

/// A template with a cache of these workloads and that eviction policy.
macro_rules! evicting {
    ($workloads:literal, $policy:literal) => {
        concat!(
            "Metadata: {Cachewright: {Workloads: [",
            $workloads,
            "]}}\n",
            "Resources:\n",
            "  Parameters:\n",
            "    Type: AWS::ElastiCache::ParameterGroup\n",
            "    Properties:\n",
            "      CacheParameterGroupFamily: redis7\n",
            "      Description: shop\n",
            "      Properties:\n",
            "        maxmemory-policy: ",
            $policy,
            "\n",
            "  Cache:\n",
            "    Type: AWS::ElastiCache::ReplicationGroup\n",
            "    Properties:\n",
            "      ReplicationGroupDescription: shop\n",
            "      Engine: redis\n",
            "      EngineVersion: \"7.1\"\n",
            "      CacheNodeType: cache.t4g.small\n",
            "      CacheParameterGroupName: !Ref Parameters\n",
            "      NumCacheClusters: 2\n",
            "      AutomaticFailoverEnabled: true\n",
            "      SnapshotRetentionLimit: 7\n",
        )
    };
}

/// A module with a cache of these workloads and that eviction policy.
macro_rules! evicting_module {
    ($workloads:literal, $policy:literal) => {
        concat!(
            "# cachewright: workload ",
            $workloads,
            "\n",
            "resource \"aws_elasticache_parameter_group\" \"cache\" {\n",
            "  name   = \"shop-redis7\"\n",
            "  family = \"redis7\"\n",
            "\n",
            "  parameter {\n",
            "    name  = \"maxmemory-policy\"\n",
            "    value = \"",
            $policy,
            "\"\n",
            "  }\n",
            "}\n",
            "\n",
            "resource \"aws_elasticache_replication_group\" \"cache\" {\n",
            "  replication_group_id       = \"shop\"\n",
            "  description                = \"shop\"\n",
            "  engine                     = \"redis\"\n",
            "  engine_version             = \"7.1\"\n",
            "  node_type                  = \"cache.t4g.small\"\n",
            "  parameter_group_name       = aws_elasticache_parameter_group.cache.name\n",
            "  num_cache_clusters         = 2\n",
            "  automatic_failover_enabled = true\n",
            "  snapshot_retention_limit   = 7\n",
            "}\n",
        )
    };
}

/// A template with a cache of these workloads, and more of its properties, a line each.
macro_rules! holding {
    ($said:literal; $($line:literal),* $(,)?) => {
        concat!(
            "Metadata: {Cachewright: {",
            $said,
            "}}\n",
            "Resources:\n",
            "  Cache:\n",
            "    Type: AWS::ElastiCache::ReplicationGroup\n",
            "    Properties:\n",
            "      ReplicationGroupDescription: shop\n",
            "      Engine: redis\n",
            "      EngineVersion: \"7.1\"\n",
            $("      ", $line, "\n"),*
        )
    };
}

/// A module with a cache of these workloads, and more of its arguments, a line each.
macro_rules! holding_module {
    ($said:literal; $($line:literal),* $(,)?) => {
        concat!(
            "# cachewright: ",
            $said,
            "\n",
            "resource \"aws_elasticache_replication_group\" \"cache\" {\n",
            "  replication_group_id = \"shop\"\n",
            "  description          = \"shop\"\n",
            "  engine               = \"redis\"\n",
            "  engine_version       = \"7.1\"\n",
            $("  ", $line, "\n",)*
            "}\n"
        )
    };
}

pub(super) use {evicting, evicting_module, holding, holding_module};
