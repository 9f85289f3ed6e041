//! There is no setting of that name.

use super::{caches, language, nearest, said, setting_read_only, what};
use crate::diagnostic::Level;
use crate::facts;
use crate::graph::{Kind, Language};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Resource, Rule};
use crate::vocabulary;

pub(super) static RULE: Rule = Rule {
    code: "setting-unknown",
    title: "A cache has no setting of that name",
    levels: Levels::ERROR,
    about: "CloudFormation and Terraform refuse a setting that a resource doesn't have. Mostly it is a word \
            of another place: of the command line, of the CDK, of the other language, or of a cache \
            cluster where a replication group stands; and some that one would expect don't exist at all, \
            such as one that enables the AUTH token. Write the name that is meant.",
    source: "CloudFormation resource schemas (October 2026) and the Terraform AWS provider 5.100.0 and 6.66.0",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!(
            "TransitEncryptionEnabled: true",
            "AuthTokenEnabled: true"
        )),
        Example::bad_cloudformation(template!(
            "AutomaticFailoverEnabled: false",
            "MultiAzEnabled: false"
        )),
        Example::bad_cloudformation(template!("NumCacheNodes: 3")),
        Example::bad_cloudformation(template!("SubnetGroupName: orders")),
        Example::bad_cloudformation(template!("ApplyImmediately: true")),
        Example::bad_cloudformation(template!("DeletionPolicy: Snapshot")),
        Example::bad_cloudformation(LOG_IN_OBJECT),
        Example::bad_cloudformation(PARAMETERS),
        Example::good_cloudformation(template!(
            "MultiAZEnabled: false",
            "SnapshottingClusterId: orders-001"
        )),
        Example::good_cloudformation(LOG),
        Example::bad_terraform(module!("auth_token_enabled = true")),
        Example::bad_terraform(module!("multi_az = true")),
        Example::bad_terraform(module!("num_cache_nodes = 3")),
        Example::bad_terraform(module!("authTokenEnabled = true")),
        Example::bad_terraform(module!("snapshot_retention = 7")),
        Example::bad_terraform(PASSWORD),
        Example::bad_terraform(PREFIX),
        Example::good_terraform(module!(
            "apply_immediately = false",
            "region = \"eu-west-1\"",
            "timeouts {",
            "  create = \"90m\"",
            "}"
        )),
        Example::good_terraform(META),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let Some(language) = language(check) else {
        return;
    };
    for resource in caches(check) {
        let kind = resource.node.kind;
        for (path, setting) in said(&resource, language) {
            let known = vocabulary::setting(kind, language, &path).is_some();
            if known
                || path.starts_with("Fn::")
                || setting_read_only::is_read_only(kind, language, &path)
            {
                continue;
            }
            let help = special(&resource, language, &path)
                .or_else(|| meant(kind, language, &path).map(|name| format!("write {name}")));
            let name = path.rsplit('/').next().unwrap_or(&path);
            let message = format!("{} has no setting {name}", what(kind));
            let finding = check.report(&setting, message);
            match help {
                Some(help) => finding.help(help),
                None => finding
                    .level(Level::Warning)
                    .allowed(format!("the settings known in {}", facts::READ))
                    .help("check the name"),
            };
        }
    }
}

/// A name without what languages make of it.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '.']).next().unwrap_or(name);
    last.replace(['_', '-'], "").to_ascii_lowercase()
}

/// What to do about a name that stands for something else.
fn special(resource: &Resource<'_>, language: Language, path: &str) -> Option<String> {
    let word = |name: &str| {
        vocabulary::setting(resource.node.kind, Language::CloudFormation, name).map_or_else(
            || name.to_owned(),
            |setting| setting.name(language).to_owned(),
        )
    };
    let group = resource.node.kind == Kind::ReplicationGroup;
    let template = language == Language::CloudFormation;
    Some(match plain(path).as_str() {
        "authtokenenabled" | "authenabled" => format!(
            "leave it out: giving {} is what enables a token",
            word("AuthToken")
        ),
        "numcachenodes" | "numnodes" if group => format!(
            "write {}: nodes are counted so on a cache cluster only",
            word("NumCacheClusters")
        ),
        "clustermodeenabled" | "clusterenabled" if group => format!(
            "say {} with a parameter group whose cluster-enabled is yes",
            word("NumNodeGroups")
        ),
        "applyimmediately" if template => {
            "leave it out: CloudFormation always applies a change at once".into()
        }
        "finalsnapshotidentifier" | "finalsnapshotname" | "skipfinalsnapshot" if template => {
            "say DeletionPolicy: Snapshot beside Properties".into()
        }
        "deletionpolicy"
        | "updatereplacepolicy"
        | "updatepolicy"
        | "dependson"
        | "condition"
        | "metadata"
        | "creationpolicy"
            if template =>
        {
            "put it beside Properties, and not into them".into()
        }
        "maxmemorypolicy" | "maxmemory" | "timeout" | "notifykeyspaceevents" => {
            "set it in a parameter group, as a parameter of the engine".into()
        }
        "requirepass" | "password" if group => {
            format!("give a token by reference as {}", word("AuthToken"))
        }
        "nameprefix" => {
            let name = match resource.node.kind {
                Kind::ReplicationGroup => "ReplicationGroupId",
                Kind::SubnetGroup => "CacheSubnetGroupName",
                Kind::ParameterGroup => "CacheParameterGroupName",
                _ => return None,
            };
            format!("write {} in full: nothing makes one up", word(name))
        }
        "vpcid" => "leave it out: the subnet group says which VPC it is".into(),
        "parameters" if template && resource.node.kind == Kind::ParameterGroup => {
            "write Properties".into()
        }
        _ => return None,
    })
}

/// The setting whose name is most like it, in either language.
fn meant(kind: Kind, language: Language, path: &str) -> Option<&'static str> {
    let (prefix, name) = match path.rsplit_once('/') {
        Some((prefix, name)) => (prefix, name),
        None => ("", path),
    };
    let beside: Vec<_> = vocabulary::settings(kind)
        .filter(|setting| {
            let of = setting.name(language);
            !of.is_empty() && of.rsplit_once('/').map_or("", |(prefix, _)| prefix) == prefix
        })
        .collect();
    let last = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
    let names = beside
        .iter()
        .flat_map(|setting| [setting.cloudformation, setting.terraform])
        .filter(|name| !name.is_empty())
        .map(last);
    let begins = |known: &&str| name.len() > 5 && plain(known).starts_with(&plain(name));
    let near = names
        .clone()
        .find(begins)
        .or_else(|| nearest(name, names, 0.75))?;
    beside
        .iter()
        .find(|setting| last(setting.cloudformation) == near || last(setting.terraform) == near)
        .map(|setting| last(setting.name(language)))
}

const LOG_IN_OBJECT: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          Format: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const LOG: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: '7.1'
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 1
      LogDeliveryConfigurations:
        - LogType: slow-log
          LogFormat: json
          DestinationType: cloudwatch-logs
          DestinationDetails: {CloudWatchLogsDetails: {LogGroup: /orders/cache}}
";

const PARAMETERS: &str = "Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      Description: what the cache does otherwise
      CacheParameterGroupFamily: redis7
      Parameters: {timeout: '300'}
";

const PREFIX: &str = r#"resource "aws_elasticache_parameter_group" "this" {
  name_prefix = "orders-"
  family      = "valkey8"
}
"#;

const PASSWORD: &str = r#"resource "aws_elasticache_user" "app" {
  user_id       = "app"
  user_name     = "app"
  engine        = "valkey"
  access_string = "on ~app:* +@read"

  authentication_mode {
    kind = "iam"
    type = "iam"
  }
}
"#;

const META: &str = r#"resource "aws_elasticache_replication_group" "this" {
  count = 2

  replication_group_id = "orders-${count.index}"
  description          = "orders"
  node_type            = "cache.t4g.micro"

  depends_on = [aws_elasticache_parameter_group.this]

  lifecycle {
    ignore_changes = [num_cache_clusters]
  }
}

resource "aws_elasticache_parameter_group" "this" {
  name   = "orders"
  family = "redis7"
}
"#;
