//! A secret where anybody can read it.

use crate::diagnostic::Level;
use crate::graph::Source;
use crate::rule::{Check, Example, Levels, Rule, text};

pub(super) const RULE: Rule = Rule {
    code: "secret-in-text",
    title: "A text that looks like a secret",
    levels: Levels::ERROR,
    about: "Descriptions, tags, names and policies are read by everybody who may see the \
        resource, and stand in repositories, states and consoles: a token in one of them is no \
        secret any more. What can't be anything else is an error everywhere, and what merely looks \
        like one is an error in a definition and a warning in a file. Put the value into Secrets \
        Manager, refer to it, and change a secret that was written down.",
    source: "",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let graph = check.graph();
    // a password among the rules of an access string has a rule of its own
    let told = |found: &text::Found| found.holder == "AccessString" && found.what == "a password";
    for found in text::found(graph).into_iter().filter(|it| !told(it)) {
        let finding = check
            .report_place(
                &found.place,
                format!("{} holds what looks like {}", found.holder, found.what),
            )
            .secret()
            .allowed("a reference to a secret, where one is taken; no secret anywhere else")
            .help("put it into a secret and refer to that; then change it: it was written down");
        if graph.source != Source::Definition && !found.certain {
            finding.level(Level::Warning);
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::bad_cloudformation(
        r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: "Sessions, at rediss://:hunter2hunter2@sessions.example.com:6379"
      Engine: valkey
      EngineVersion: "8.0"
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
      TransitEncryptionEnabled: true
"#,
    ),
    Example::bad_cloudformation(
        r"Resources:
  Group:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: Private
      SubnetIds: [subnet-0123456789abcdef0]
      Tags: [{Key: auth-token, Value: kR7vQ2mZx9LpT4wYb8NcJ6sD}]
",
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_subnet_group" "this" {
  name        = "sessions"
  description = "the token is kR7vQ2mZx9LpT4wYb8NcJ6sD"
  subnet_ids  = ["subnet-0123456789abcdef0"]
}
"#,
    ),
    Example::good_cloudformation(
        r"Resources:
  Group:
    Type: AWS::ElastiCache::SubnetGroup
    Properties:
      Description: The token is in Secrets Manager, as shop/prod/token-2026
      SubnetIds: [subnet-0123456789abcdef0]
      Tags: [{Key: commit, Value: 5f2b0c8e1d4a7b9c3e6f0a2d5c8b1e4f7a0d3c6b}]
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_subnet_group" "this" {
  name        = "sessions"
  description = "Subnets of the sessions, see https://wiki.example.com/runbooks/redis-7"
  subnet_ids  = ["subnet-0123456789abcdef0"]

  tags = {
    SecretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/token-AbC12d"
  }
}
"#,
    ),
];
