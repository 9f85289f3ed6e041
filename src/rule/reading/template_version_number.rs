//! A version that is written as a number.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "template-version-number",
    title: "A version is a number, which loses its zeros",
    levels: Levels::WARNING,
    about: "Without quotes, a version such as 7.1 is a number to YAML and JSON. That works until its last digit is a zero: 7.10 would be read as 7.1, another version. Put versions into quotes.",
    source: "YAML 1.1 specification, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::good_cloudformation(GOOD_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: 7.1
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
"#;

const BAD_1: &str = r#"Parameters:
  Version:
    Type: String
    Default: 7.1
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: !Ref Version
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
"#;

const GOOD_0: &str = r#"Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      ReplicationGroupDescription: orders
      Engine: redis
      EngineVersion: "7.1"
      CacheNodeType: cache.m7g.large
      NumCacheClusters: 2
      AutomaticFailoverEnabled: true
"#;
