//! What a template says to this tool, and can't be understood.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "template-metadata",
    title: "What Metadata says to cachewright can't be understood",
    levels: Levels::ERROR,
    about: "Under Metadata, Cachewright takes Stage, Workloads, KeyFamilies and Allow, and in a resource only Allow. What is written there is something else, and would count for nothing without a word. Correct its name or its value.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::good_cloudformation(GOOD_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Metadata:
  Cachewright:
    Stage: prod
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;

const BAD_1: &str = r#"Metadata:
  Cachewright:
    Workloads: [jobs]
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;

const GOOD_0: &str = r#"Metadata:
  Cachewright:
    Stage: production
    Workloads: [queue, lock]
    KeyFamilies:
      order: {Keys: 50000, Bytes: 2048}
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;
