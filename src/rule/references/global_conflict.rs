//! Arguments that Terraform doesn't take of a member of a global datastore.

use crate::graph::{Kind, Language, Source};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "global-conflict",
    title: "Arguments that conflict with global_replication_group_id",
    levels: Levels::ERROR,
    about: "A replication group that joins a global datastore has the primary's engine, version, node type, shards, parameters and encryption, \
            and is filled with its data. Terraform's provider refuses these arguments beside global_replication_group_id. \
            Leave them out of the secondary, or set them to null there.",
    source: "Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_terraform(
            "\
resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id        = \"shop\"
  description                 = \"shop\"
  global_replication_group_id = \"ldgnf-shop\"
  engine_version              = \"7.1\"
}
",
        ),
        Example::bad_terraform(
            "\
resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id        = \"shop\"
  description                 = \"shop\"
  global_replication_group_id = \"ldgnf-shop\"
  at_rest_encryption_enabled  = true
}
",
        ),
        Example::good_cloudformation(
            "\
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      GlobalReplicationGroupId: ldgnf-shop
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
",
        ),
        Example::good_terraform(
            "\
variable \"global_id\" {
  default = \"ldgnf-shop\"
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id        = \"shop\"
  description                 = \"shop\"
  global_replication_group_id = var.global_id
  node_type                   = var.global_id == null ? \"cache.r7g.large\" : null
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
}
",
        ),
    ],
    check: Some(check),
};

const CONFLICTS: [&str; 11] = [
    "Engine",
    "EngineVersion",
    "CacheNodeType",
    "CacheParameterGroupName",
    "NumNodeGroups",
    "SnapshotArns",
    "SnapshotName",
    "CacheSecurityGroupNames",
    "AtRestEncryptionEnabled",
    "TransitEncryptionEnabled",
    "TransitEncryptionMode",
];

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::Terraform) {
        return;
    }
    for group in check.all(Kind::ReplicationGroup) {
        let global = "GlobalReplicationGroupId";
        if !group.is_present(global) || group.text(global) == Some("") {
            continue;
        }
        for name in CONFLICTS {
            let Some(setting) = group.setting(name).filter(|_| group.is_present(name)) else {
                continue;
            };
            check
                .report(
                    &setting,
                    format!("{} together with {}", setting.name(), group.word(global)),
                )
                .allowed("what the primary decides, said by the primary alone")
                .help("leave it out of the secondary");
        }
    }
}
