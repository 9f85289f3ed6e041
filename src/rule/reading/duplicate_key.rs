//! One name that stands twice in one object.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "duplicate-key",
    title: "A name stands twice in one object",
    levels: Levels::ERROR,
    about: "The same name is written twice in one object, and only one of the two values can count. CloudFormation refuses it in YAML and silently takes the last one in JSON, so a review may have read the wrong one. Leave one of them out.",
    source: "CloudFormation template anatomy, read November 2026",
    controls: &["cfn-lint E0000"],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::bad_cloudformation(BAD_2),
        Example::bad_terraform(BAD_TERRAFORM_0),
        Example::bad_terraform(BAD_TERRAFORM_1),
        Example::good_cloudformation(GOOD_0),
        Example::good_terraform(GOOD_TERRAFORM_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
      DisplayName: redis
"#;

const BAD_1: &str = r#"{
  "Resources": {
    "Notices": { "Type": "AWS::SNS::Topic" },
    "Notices": { "Type": "AWS::SNS::Topic" }
  }
}
"#;

const GOOD_0: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
  Warnings:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
"#;

const BAD_2: &str = r#"Parameters:
  Notices:
    Type: String
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;

const BAD_TERRAFORM_0: &str = r#"resource "aws_sns_topic" "notices" {
  display_name = "cache"
  display_name = "redis"
}
"#;

const BAD_TERRAFORM_1: &str = r#"resource "aws_sns_topic" "notices" {}

resource "aws_sns_topic" "notices" {}
"#;

const GOOD_TERRAFORM_0: &str = r#"resource "aws_sns_topic" "notices" {
  display_name = "cache"
}

resource "aws_sns_topic" "warnings" {
  display_name = "cache"
}
"#;
