//! What may stand once in a list stands there twice.

use std::collections::HashSet;

use super::{language, settings, texts};
use crate::diagnostic::Level;
use crate::graph::{Kind, Language, Reference, Value};
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "list-twice",
    title: "A list names something twice that it may name once",
    levels: Levels::ERROR,
    about: "CloudFormation refuses a list of security groups, user groups, users or snapshots that names \
            one of them twice, because its schema wants each once. Terraform makes a set of it, so the \
            second one vanishes silently; mostly another was meant. Leave the second one out, or write \
            the one that was meant.",
    source: "CloudFormation resource schemas, October 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("SecurityGroupIds: [sg-01234567, sg-01234567]")),
        Example::bad_cloudformation(USERS),
        Example::good_cloudformation(template!(
            "SecurityGroupIds: [sg-01234567, sg-0123456789abcdef0]"
        )),
        Example::bad_terraform(module!(
            "security_group_ids = [\"sg-01234567\", \"sg-01234567\"]"
        )),
        Example::good_terraform(module!(
            "security_group_ids = [\"sg-01234567\", \"sg-01234568\"]"
        )),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let is_set = language(check) == Some(Language::Terraform);
    let lists = [
        (Kind::ReplicationGroup, "SecurityGroupIds"),
        (Kind::ReplicationGroup, "UserGroupIds"),
        (Kind::ReplicationGroup, "SnapshotArns"),
        (Kind::CacheCluster, "SnapshotArns"),
        (Kind::ServerlessCache, "SecurityGroupIds"),
        (Kind::ServerlessCache, "SubnetIds"),
        (Kind::ServerlessCache, "SnapshotArnsToRestore"),
        (Kind::UserGroup, "UserIds"),
    ];
    for setting in settings(check, &lists) {
        let Value::List(values) = setting.value() else {
            continue;
        };
        let mut seen = HashSet::new();
        let text = texts(&setting).into_iter().find(|text| !seen.insert(*text));
        let mut seen = HashSet::new();
        let reference = values.iter().any(|value| match value {
            Value::Reference(Reference::Node {
                logical_id,
                label,
                attribute,
                ..
            }) => !seen.insert((
                logical_id,
                label,
                &attribute.terraform,
                &attribute.cloudformation,
            )),
            _ => false,
        });
        let message = match text {
            Some(text) => format!("{} names {text:?} twice", setting.name()),
            None if reference => format!("{} names the same twice", setting.name()),
            None => continue,
        };
        let finding = check
            .report(&setting, message)
            .allowed("each once")
            .help("leave the second one out, or write the one that was meant");
        if is_set {
            finding.level(Level::Warning);
        }
    }
}

const USERS: &str = "Resources:
  App:
    Type: AWS::ElastiCache::User
    Properties:
      UserId: app
      UserName: app
      Engine: valkey
      AccessString: on ~app:* +@read
      AuthenticationMode: {Type: iam}
  Apps:
    Type: AWS::ElastiCache::UserGroup
    Properties:
      UserGroupId: apps
      Engine: valkey
      UserIds: [!Ref App, !Ref App]
";
