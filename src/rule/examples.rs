//! Small whole files around the settings of one replication group, for the examples of rules.

/// A template with one replication group, and more of its properties, a line each. With
/// `development;` in front it is for development.
macro_rules! template {
    (development; $($line:literal),* $(,)?) => {
        concat!("Metadata: {Cachewright: {Stage: development}}\n", template!($($line),*))
    };
    ($($line:literal),* $(,)?) => {
        concat!(
            "Resources:\n",
            "  Cache:\n",
            "    Type: AWS::ElastiCache::ReplicationGroup\n",
            "    Properties:\n",
            "      ReplicationGroupDescription: shop\n",
            "      CacheNodeType: cache.t4g.small\n",
            $("      ", $line, "\n"),*
        )
    };
}

/// A module with one replication group, and more of its arguments, a line each. With
/// `development;` in front it is for development.
macro_rules! module {
    (development; $($line:literal),* $(,)?) => {
        concat!("# cachewright: stage development\n", module!($($line),*))
    };
    ($($line:literal),* $(,)?) => {
        concat!(
            "resource \"aws_elasticache_replication_group\" \"cache\" {\n",
            "  replication_group_id = \"shop\"\n",
            "  description          = \"shop\"\n",
            "  node_type            = \"cache.t4g.small\"\n",
            $("  ", $line, "\n",)*
            "}\n"
        )
    };
}

pub(super) use {module, template};
