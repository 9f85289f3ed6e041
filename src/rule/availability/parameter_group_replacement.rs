//! A parameter group that no other can take the place of.

use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Source};
use crate::rule::{Check, Example, Levels, Resource, Rule};

pub(super) const RULE: Rule = Rule {
    code: "parameter-group-replacement",
    title: "A parameter group that can't be replaced",
    levels: Levels {
        development: None,
        staging: Some(Level::Information),
        production: Some(Level::Warning),
        unsaid: Some(Level::Information),
    },
    about: "A new major version of the engine needs a parameter group of another family, and in Terraform another family, name or description is another group. \
            The old one can't be destroyed first, because the cache uses it; the new one can't be made first if it has the same name. \
            Put the family into the name and say create_before_destroy, before the day of the upgrade.",
    source: "Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_terraform(
            "\
resource \"aws_elasticache_parameter_group\" \"cache\" {
  name   = \"shop-redis7\"
  family = \"redis7\"
}

resource \"aws_elasticache_replication_group\" \"cache\" {
  replication_group_id = \"shop\"
  description          = \"shop\"
  engine_version       = \"7.1\"
  node_type            = \"cache.t4g.small\"
  parameter_group_name = aws_elasticache_parameter_group.cache.name
}
",
        ),
        Example::bad_terraform(
            "\
resource \"aws_elasticache_parameter_group\" \"cache\" {
  name   = \"shop\"
  family = \"redis7\"

  lifecycle {
    create_before_destroy = true
  }
}
",
        ),
        Example::good_terraform(
            "\
variable \"family\" {
  default = \"redis7\"
}

resource \"aws_elasticache_parameter_group\" \"cache\" {
  name   = \"shop-${var.family}\"
  family = var.family

  lifecycle {
    create_before_destroy = true
  }
}
",
        ),
        // made as often as needed, under a name that nobody else has
        Example::good_terraform(
            "\
resource \"random_id\" \"cache\" {
  byte_length = 2
}

resource \"aws_elasticache_parameter_group\" \"cache\" {
  name   = \"shop-${random_id.cache.hex}\"
  family = \"redis7\"

  lifecycle {
    create_before_destroy = true
  }
}
",
        ),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if check.graph().source != Source::Read(Language::Terraform) {
        return;
    }
    for group in check.all(Kind::ParameterGroup) {
        if !group.node.create_before_destroy {
            check
                .report_resource(
                    &group,
                    "a parameter group that is destroyed before another takes its place",
                )
                .allowed("create_before_destroy, with the family in the name")
                .help("say lifecycle { create_before_destroy = true }");
        } else if let Some((name, family)) = nameless(&group) {
            check
                .report_at(
                    &group,
                    "CacheParameterGroupName",
                    format!("the name {name:?} stays when the family {family} changes"),
                )
                .allowed("a name that changes with the family")
                .help(format!(
                    "put the family into the name, such as {name}-{}",
                    family.replace('.', "-")
                ));
        }
    }
}

/// Name and family where the name doesn't carry the family's version.
fn nameless<'g>(group: &Resource<'g>) -> Option<(&'g str, &'g str)> {
    let name = group.text("CacheParameterGroupName")?;
    let family = group.text("CacheParameterGroupFamily")?;
    let version = family.trim_start_matches(|c: char| !c.is_ascii_digit());
    let major = version
        .split('.')
        .next()
        .filter(|major| !major.is_empty())?;
    (!name.contains(major)).then_some((name, family))
}
