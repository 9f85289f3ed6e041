//! A parameter's value that breaks what the parameter says of its values.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "parameter-constraint",
    title: "A parameter's value breaks the parameter's own constraints",
    levels: Levels::ERROR,
    about: "The default, or the value that is given for this deployment, isn't among AllowedValues, doesn't match AllowedPattern, or is outside of the limits that the parameter itself states. CloudFormation refuses the deployment before it begins. Change the value or the constraint.",
    source: "CloudFormation parameters reference, read November 2026",
    controls: &["cfn-lint E2015"],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::bad_cloudformation(BAD_2),
        Example::good_cloudformation(GOOD_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Parameters:
  Environment:
    Type: String
    Default: prd
    AllowedValues: [dev, prod]
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
"#;

const BAD_1: &str = r#"Parameters:
  Replicas:
    Type: Number
    Default: 6
    MaxValue: 5
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
"#;

const BAD_2: &str = r#"Parameters:
  Name:
    Type: String
    Default: Shop_Cache
    AllowedPattern: "[a-z][a-z0-9-]*"
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
"#;

const GOOD_0: &str = r#"Parameters:
  Environment:
    Type: String
    Default: prod
    AllowedValues: [dev, prod]
  Replicas:
    Type: Number
    Default: 5
    MinValue: 0
    MaxValue: 5
  Name:
    Type: String
    Default: shop-cache
    AllowedPattern: "[a-z][a-z0-9-]*"
    MaxLength: 10
  Zones:
    Type: CommaDelimitedList
    Default: us-east-1a, us-east-1b
    AllowedValues: [us-east-1a, us-east-1b, us-east-1c]
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
"#;
