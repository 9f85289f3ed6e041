//! Keyspace notifications that never come.

use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "keyspace-events",
    title: "Keyspace notifications that never come",
    levels: Levels::WARNING,
    about: "notify-keyspace-events says two things: where a notice goes, which is K for the key or E for the event, and which events it is about, such as x for expired keys. \
            With one of the two missing the engine sends nothing and says nothing, and whoever listens waits for ever. \
            Say both, such as Ex; leave it out for none.",
    source: "Redis documentation on keyspace notifications, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(
            "\
Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: shop
      Properties: {notify-keyspace-events: x}
",
        ),
        Example::bad_cloudformation(
            "\
Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: shop
      Properties: {notify-keyspace-events: KE}
",
        ),
        Example::bad_terraform(
            "\
resource \"aws_elasticache_parameter_group\" \"cache\" {
  name   = \"shop-redis7\"
  family = \"redis7\"

  parameter {
    name  = \"notify-keyspace-events\"
    value = \"gx\"
  }
}
",
        ),
        Example::good_cloudformation(
            "\
Resources:
  Parameters:
    Type: AWS::ElastiCache::ParameterGroup
    Properties:
      CacheParameterGroupFamily: redis7
      Description: shop
      Properties: {notify-keyspace-events: Ex}
",
        ),
        Example::good_terraform(
            "\
resource \"aws_elasticache_parameter_group\" \"cache\" {
  name   = \"shop-redis7\"
  family = \"redis7\"

  parameter {
    name  = \"notify-keyspace-events\"
    value = \"AKE\"
  }
}
",
        ),
        Example::good_terraform(
            "\
resource \"aws_elasticache_parameter_group\" \"cache\" {
  name   = \"shop-redis7\"
  family = \"redis7\"

  parameter {
    name  = \"notify-keyspace-events\"
    value = \"\"
  }
}
",
        ),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for group in check.all(Kind::ParameterGroup) {
        let Some(setting) = group.setting("Properties") else {
            continue;
        };
        let entries = group.entries("Properties").unwrap_or_default().iter();
        for entry in entries.filter(|entry| entry.name == "notify-keyspace-events") {
            let Some(flags) = entry.value.literal().filter(|flags| !flags.is_empty()) else {
                continue;
            };
            let goes = flags.contains(['K', 'E']);
            let events = flags.chars().any(|flag| !matches!(flag, 'K' | 'E'));
            if goes && events {
                continue;
            }
            let (missing, example) = if goes {
                ("which events it is about", format!("{flags}x"))
            } else {
                ("where notices go", format!("E{flags}"))
            };
            check
                .report_entry(
                    &setting,
                    entry,
                    format!(
                        "notify-keyspace-events {flags:?} sends nothing: it doesn't say {missing}"
                    ),
                )
                .allowed("K or E, together with the events")
                .help(format!("say {example:?}, or leave it out"));
        }
    }
}
