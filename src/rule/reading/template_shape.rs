//! A template whose sections or resources don't have their shape.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "template-shape",
    title: "A template doesn't have the shape that CloudFormation wants",
    levels: Levels::ERROR,
    about: "A section, a resource or an attribute is missing, misspelled, null or of another type than CloudFormation takes. An indentation that is one level off is the usual reason: what belongs into Properties stands beside it. CloudFormation refuses the whole template.",
    source: "CloudFormation template reference, read November 2026",
    controls: &["cfn-lint E1001", "cfn-lint E3001", "cfn-lint E3006"],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::bad_cloudformation(BAD_2),
        Example::bad_cloudformation(BAD_3),
        Example::bad_cloudformation(BAD_4),
        Example::bad_cloudformation(BAD_5),
        Example::bad_cloudformation(BAD_6),
        Example::bad_cloudformation(BAD_7),
        Example::bad_cloudformation(BAD_8),
        Example::bad_cloudformation(BAD_9),
        Example::good_cloudformation(GOOD_0),
        Example::good_cloudformation(GOOD_1),
    ],
    check: None,
};

const BAD_0: &str = r#"Parameters:
  Environment:
    Type: String
"#;

const BAD_1: &str = r#"Resources:
  Notices:
    Properties:
      DisplayName: cache
"#;

const BAD_2: &str = r#"Resources:
  - Type: AWS::SNS::Topic
"#;

const BAD_3: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      - DisplayName: cache
"#;

const BAD_4: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    DisplayName: cache
"#;

const BAD_5: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    DeletionPolicy: Keep
"#;

const BAD_6: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName:
"#;

const GOOD_0: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: cache
"#;

const GOOD_1: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Metadata:
      Owner: ops
"#;

const BAD_7: &str = r#"Parameters:
  IsLarge:
    Type: Boolean
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;

const BAD_8: &str = r#"AWSTemplateFormatVersion: 2026-09-09
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;

const BAD_9: &str = r#"Parameters:
  IsLarge:
    Type: String
Conditions:
  Large: !Ref IsLarge
Resources:
  Notices:
    Type: AWS::SNS::Topic
"#;
