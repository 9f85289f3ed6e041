//! Endpoints that a cache doesn't have in its cluster mode.

use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Source};
use crate::rule::cache::{self, ClusterMode};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

use super::{By, uses};

pub(super) const RULE: Rule = Rule {
    code: "endpoint-cluster-mode",
    title: "An endpoint that doesn't exist in this cluster mode",
    levels: Levels::ERROR,
    about: "With cluster mode disabled a cache has a primary and a reader endpoint; with cluster mode enabled it has a configuration endpoint, from which clients learn the shards, and no other. \
            In CloudFormation the stack fails after the cache was made; in Terraform the value is null, and what is built from it is wrong. \
            Read the endpoint that the cache has.",
    source: "CloudFormation documentation, Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 2", "AutomaticFailoverEnabled: true"),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.ConfigurationEndPoint.Address\n",
        )),
        Example::bad_cloudformation(concat!(
            template!(
                "NumNodeGroups: 2",
                "ReplicasPerNodeGroup: 1",
                "AutomaticFailoverEnabled: true",
            ),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.PrimaryEndPoint.Address\n",
        )),
        Example::bad_cloudformation(concat!(
            template!(
                "NumNodeGroups: 2",
                "ReplicasPerNodeGroup: 1",
                "AutomaticFailoverEnabled: true",
            ),
            "  Port:\n",
            "    Type: AWS::SSM::Parameter\n",
            "    Properties:\n",
            "      Type: String\n",
            "      Value: !GetAtt Cache.ReaderEndPoint.Port\n",
        )),
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 2", "AutomaticFailoverEnabled: true"),
            "Outputs:\n",
            "  Url:\n",
            "    Value: !Sub \"redis://${Cache.ConfigurationEndPoint.Address}:6379\"\n",
        )),
        Example::bad_terraform(concat!(
            module!(
                "num_cache_clusters = 2",
                "automatic_failover_enabled = true"
            ),
            "\noutput \"endpoint\" {\n",
            "  value = aws_elasticache_replication_group.cache.configuration_endpoint_address\n",
            "}\n",
        )),
        Example::bad_terraform(concat!(
            module!(
                "num_node_groups = 2",
                "replicas_per_node_group = 1",
                "automatic_failover_enabled = true",
            ),
            "\noutput \"endpoint\" {\n",
            "  value = aws_elasticache_replication_group.cache.primary_endpoint_address\n",
            "}\n",
        )),
        Example::good_cloudformation(concat!(
            template!("NumCacheClusters: 2", "AutomaticFailoverEnabled: true"),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.PrimaryEndPoint.Address\n",
            "  Reader:\n",
            "    Value: !GetAtt Cache.ReaderEndPoint.Address\n",
        )),
        // one shard with cluster mode
        Example::good_cloudformation(concat!(
            template!(
                "EngineVersion: \"7.1\"",
                "CacheParameterGroupName: default.redis7.cluster.on",
                "NumNodeGroups: 1",
                "ReplicasPerNodeGroup: 1",
                "AutomaticFailoverEnabled: true",
            ),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.ConfigurationEndPoint.Address\n",
        )),
        // on the way between the two there are both
        Example::good_cloudformation(concat!(
            template!(
                "EngineVersion: \"7.1\"",
                "ClusterMode: compatible",
                "CacheParameterGroupName: default.redis7.cluster.on",
                "NumCacheClusters: 2",
                "AutomaticFailoverEnabled: true",
            ),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.PrimaryEndPoint.Address\n",
        )),
        // a parameter group that nobody can see into
        Example::good_cloudformation(concat!(
            template!(
                "EngineVersion: \"7.1\"",
                "CacheParameterGroupName: shop",
                "NumCacheClusters: 2",
                "AutomaticFailoverEnabled: true",
            ),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.ConfigurationEndPoint.Address\n",
        )),
        Example::good_terraform(concat!(
            module!(
                "num_node_groups = 2",
                "replicas_per_node_group = 1",
                "automatic_failover_enabled = true",
            ),
            "\noutput \"endpoint\" {\n",
            "  value = aws_elasticache_replication_group.cache.configuration_endpoint_address\n",
            "}\n",
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let source = check.graph().source;
    let terraform = source == Source::Read(Language::Terraform);
    let uses = uses(check);
    for one in &uses {
        let (Kind::ReplicationGroup, Some(name)) = (one.kind, one.name(source)) else {
            continue;
        };
        let (Some(endpoint), Some(group)) = (Endpoint::of(name), one.target(check)) else {
            continue;
        };
        let (says, fits, right) = match cache::cluster_mode(check, &group) {
            Some(ClusterMode::Disabled) => ("disabled", Endpoint::Node, "primary"),
            Some(ClusterMode::Enabled) => ("enabled", Endpoint::Configuration, "configuration"),
            _ => continue,
        };
        if endpoint == fits {
            continue;
        }
        // a module that offers whichever there is
        let both = uses.iter().any(|other| {
            let fitting = other.name(source).and_then(Endpoint::of) == Some(fits);
            let same = other
                .target(check)
                .is_some_and(|found| std::ptr::eq(found.node, group.node));
            fitting && same
        });
        let offered = both && matches!(one.by, By::Output(_));
        let finding = one
            .report(
                check,
                format!("{name} doesn't exist with cluster mode {says}"),
            )
            .allowed(format!("the {right} endpoint"))
            .help(format!("read {}", fits.address(terraform)));
        if terraform {
            finding.level(if offered {
                Level::Information
            } else {
                Level::Warning
            });
        }
    }
}

/// The two sorts of endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endpoint {
    /// Of the primary, or of the replicas.
    Node,
    /// Of all shards.
    Configuration,
}

impl Endpoint {
    fn of(attribute: &str) -> Option<Self> {
        let first = attribute.split('.').next().unwrap_or(attribute);
        match first {
            "PrimaryEndPoint"
            | "ReaderEndPoint"
            | "primary_endpoint_address"
            | "reader_endpoint_address" => Some(Self::Node),
            "ConfigurationEndPoint" | "configuration_endpoint_address" => Some(Self::Configuration),
            _ => None,
        }
    }

    const fn address(self, terraform: bool) -> &'static str {
        match (self, terraform) {
            (Self::Node, false) => "PrimaryEndPoint.Address",
            (Self::Node, true) => "primary_endpoint_address",
            (Self::Configuration, false) => "ConfigurationEndPoint.Address",
            (Self::Configuration, true) => "configuration_endpoint_address",
        }
    }
}
