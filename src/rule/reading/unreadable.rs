//! A file that is no JSON, YAML or HCL, or that is more than one could be.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "unreadable",
    title: "A file can't be read",
    levels: Levels::ERROR,
    about: "The file isn't well-formed JSON, YAML or HCL, isn't UTF-8, or is larger or deeper than a template or a module can be. Nothing in it was checked. Look at the place that is named and at the lines just before it: a bracket, a quote or an indentation is usually wrong there.",
    source: "",
    controls: &["cfn-lint E0000"],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::bad_cloudformation(BAD_2),
        Example::bad_terraform(BAD_TERRAFORM_0),
        Example::good_cloudformation(GOOD_0),
        Example::good_cloudformation(GOOD_1),
        Example::good_terraform(GOOD_TERRAFORM_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: cache
"#;

const BAD_1: &str = r#"{
  "Resources": {
    "Notices": { "Type": "AWS::SNS::Topic" },
  }
}
"#;

const BAD_2: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
---
Resources:
  Warnings:
    Type: AWS::SNS::Topic
"#;

const GOOD_0: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
"#;

const GOOD_1: &str = r#"{
  "Resources": {
    "Notices": { "Type": "AWS::SNS::Topic" }
  }
}
"#;

const BAD_TERRAFORM_0: &str = r#"resource "aws_sns_topic" "notices" {
  display_name = "cache"
"#;

const GOOD_TERRAFORM_0: &str = r#"resource "aws_sns_topic" "notices" {
  display_name = "cache"
}
"#;
