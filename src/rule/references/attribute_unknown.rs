//! Attributes that a kind of resource doesn't have.

use crate::graph::{Kind, Language, Source};
use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

use super::{Use, attributes, uses};

pub(super) const RULE: Rule = Rule {
    code: "attribute-unknown",
    title: "An attribute that the resource doesn't have",
    levels: Levels::ERROR,
    about: "Every kind of resource has its own attributes, and their names are easily confused: a replication group has PrimaryEndPoint.Address, \
            a cache cluster RedisEndpoint.Address and a serverless cache Endpoint.Address, each with its own capitals; \
            a replication group has no Arn in CloudFormation. \
            The deployment fails when the attribute is read. Use one that the resource has.",
    source: "CloudFormation resource schemas (October 2026), Terraform AWS provider 5.100.0 and 6.66.0, read November 2026",
    controls: &["cfn-lint E1010"],
    examples: &[
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.RedisEndpoint.Address\n",
        )),
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "Outputs:\n",
            "  Arn:\n",
            "    Value: !GetAtt Cache.Arn\n",
        )),
        Example::bad_cloudformation(concat!(
            template!("NumCacheClusters: 1"),
            "Outputs:\n",
            "  Endpoint:\n",
            "    Value: !GetAtt Cache.PrimaryEndpoint.Address\n",
        )),
        Example::bad_cloudformation(
            "\
Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: shop
      Engine: valkey
Outputs:
  Arn:
    Value: !GetAtt Cache.Arn
",
        ),
        Example::bad_terraform(concat!(
            module!("num_cache_clusters = 1"),
            "\noutput \"endpoint\" {\n",
            "  value = aws_elasticache_replication_group.cache.endpoint\n",
            "}\n",
        )),
        Example::bad_terraform(concat!(
            module!("num_cache_clusters = 1"),
            "\noutput \"nodes\" {\n",
            "  value = aws_elasticache_replication_group.cache.cache_nodes\n",
            "}\n",
        )),
        Example::bad_cloudformation(
            "\
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      CacheNodeType: cache.t4g.small
      NumCacheNodes: 2
Outputs:
  Endpoint:
    Value: !GetAtt Cache.RedisEndpoint.Address
",
        ),
        Example::good_cloudformation(
            "\
Resources:
  Cache:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      CacheNodeType: cache.t4g.small
      NumCacheNodes: 1
Outputs:
  Endpoint:
    Value: !GetAtt Cache.RedisEndpoint.Address
",
        ),
        Example::good_cloudformation(
            "\
Resources:
  Cache:
    Type: AWS::ElastiCache::ServerlessCache
    Properties:
      ServerlessCacheName: shop
      Engine: valkey
  Anything:
    Type: Custom::SomethingNew
    Properties:
      ServiceToken: arn:aws:lambda:us-east-1:123456789012:function:new
Outputs:
  Arn:
    Value: !GetAtt Cache.ARN
  Endpoint:
    Value: !GetAtt Cache.Endpoint.Address
  New:
    Value: !GetAtt Anything.Whatever
",
        ),
        Example::good_terraform(concat!(
            module!("num_cache_clusters = 1"),
            "\noutput \"arn\" {\n",
            "  value = aws_elasticache_replication_group.cache.arn\n",
            "}\n",
        )),
    ],
    check: Some(check),
};

/// The engine whose cache clusters alone have an attribute, where this one has another.
fn of_other_engine<'g>(check: &Check<'g>, one: &Use<'g>, name: &str) -> Option<&'static str> {
    if one.kind != Kind::CacheCluster {
        return None;
    }
    let engine = one
        .target(check)
        .and_then(|cluster| cache::engine(&cluster))?;
    let is = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    if engine != "memcached"
        && is(&[
            "ConfigurationEndpoint",
            "configuration_endpoint",
            "cluster_address",
        ])
    {
        Some("Memcached")
    } else if engine == "memcached" && is(&["RedisEndpoint"]) {
        Some("Redis OSS")
    } else {
        None
    }
}

fn check(check: &mut Check<'_>) {
    let (source, language) = match check.graph().source {
        source @ Source::Read(language) => (source, language),
        // a definition's attributes are its own words
        Source::Definition => return,
    };
    for one in uses(check) {
        let Some(name) = one.name(source).filter(|name| !name.is_empty()) else {
            continue;
        };
        let Some(known) = attributes(one.kind, language) else {
            continue;
        };
        // what follows the first word is inside of it
        let first = match language {
            Language::CloudFormation => name,
            Language::Terraform => name.split(['.', '[']).next().unwrap_or(name),
        };
        if let Some(other) = of_other_engine(check, &one, first) {
            one.report(check, format!("{first} is {other}'s, and this cache isn't one"))
                .allowed("the endpoint of the cache's own engine")
                .help(match other {
                    "Memcached" => "read the address of its one node: RedisEndpoint.Address, or cache_nodes[0].address",
                    _ => "read ConfigurationEndpoint.Address",
                });
            continue;
        }
        if known.contains(&first) {
            continue;
        }
        let kind = match language {
            Language::CloudFormation => one.kind.cloudformation(),
            Language::Terraform => one.kind.terraform(),
        };
        let help = match instead(one.kind, language, first) {
            Some(right) => format!("read {right}"),
            None => "read another".to_owned(),
        };
        one.report(check, format!("{kind} has no attribute {first}"))
            .allowed(if known.is_empty() {
                "Ref, and no attribute".to_owned()
            } else {
                known.join(", ")
            })
            .help(help);
    }
}

/// What was probably meant: the same name in other capitals, or that of another kind.
fn instead(kind: Kind, language: Language, name: &str) -> Option<String> {
    let known = attributes(kind, language)?;
    if let Some(same) = known.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        return Some((*same).to_owned());
    }
    let port = name.to_ascii_lowercase().ends_with("port");
    let part = if port { "Port" } else { "Address" };
    match (kind, language, name.to_ascii_lowercase().as_str()) {
        (Kind::ReplicationGroup, Language::CloudFormation, "arn") => {
            Some("Ref, and build the ARN from it".to_owned())
        }
        (Kind::ReplicationGroup, Language::CloudFormation, _) => {
            Some(format!("PrimaryEndPoint.{part}"))
        }
        (Kind::CacheCluster, Language::CloudFormation, _) => Some(format!("RedisEndpoint.{part}")),
        (Kind::ServerlessCache, Language::CloudFormation, _) => Some(format!("Endpoint.{part}")),
        (Kind::ReplicationGroup, Language::Terraform, _) => Some(
            if port {
                "port"
            } else {
                "primary_endpoint_address"
            }
            .to_owned(),
        ),
        _ => None,
    }
}
