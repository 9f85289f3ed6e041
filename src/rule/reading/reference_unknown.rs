//! A reference to what isn't there.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "reference-unknown",
    title: "A reference leads to nothing",
    levels: Levels::ERROR,
    about: "The name that is referred to is neither declared nor made in the file, so the deployment is refused before anything happens. Names are case-sensitive, and a shell's ${NAME} within Fn::Sub is a reference too, unless it is written ${!NAME}. Correct the name, or add what it names.",
    source: "CloudFormation intrinsic function reference, read November 2026",
    controls: &[
        "cfn-lint E1010",
        "cfn-lint E1011",
        "cfn-lint E1012",
        "cfn-lint E1019",
        "cfn-lint E1020",
        "cfn-lint E8002",
    ],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::bad_cloudformation(BAD_2),
        Example::bad_cloudformation(BAD_3),
        Example::bad_cloudformation(BAD_4),
        Example::bad_terraform(BAD_TERRAFORM_0),
        Example::bad_terraform(BAD_TERRAFORM_1),
        Example::bad_terraform(BAD_TERRAFORM_2),
        Example::good_cloudformation(GOOD_0),
        Example::good_terraform(GOOD_TERRAFORM_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Parameters:
  Environment:
    Type: String
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Ref environment
"#;

const BAD_1: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub "cache-${Environment}"
"#;

const BAD_2: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Condition: IsProduction
"#;

const BAD_3: &str = r#"Mappings:
  Names:
    staging: {Notices: cache-staging}
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !FindInMap [Names, production, Notices]
"#;

const BAD_4: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
Outputs:
  Notices:
    Value: !GetAtt Notice.TopicArn
"#;

const GOOD_0: &str = r#"Transform: AWS::LanguageExtensions
Parameters:
  Environment:
    Type: String
    Default: production
Mappings:
  Names:
    staging: {Notices: cache-staging}
Conditions:
  IsProduction: !Equals [!Ref Environment, production]
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Condition: IsProduction
    Properties:
      DisplayName: !FindInMap [Names, !Ref Environment, Notices, DefaultValue: cache]
      TopicName: !Sub ["${AWS::StackName}-${Name}-${!Kept}", {Name: !Ref Environment}]
"#;

const BAD_TERRAFORM_0: &str = r#"variable "environment" {
  type = string
}

resource "aws_sns_topic" "notices" {
  display_name = var.enviroment
}
"#;

const BAD_TERRAFORM_1: &str = r#"resource "aws_sns_topic" "notices" {}

output "notices" {
  value = aws_sns_topic.notice.arn
}
"#;

const BAD_TERRAFORM_2: &str = r#"resource "aws_sns_topic" "notices" {
  display_name = local.name
}
"#;

const GOOD_TERRAFORM_0: &str = r#"variable "environment" {
  type = string
}

locals {
  name = "cache-${var.environment}"
}

resource "aws_sns_topic" "notices" {
  display_name = local.name
}

output "notices" {
  value = aws_sns_topic.notices.arn
}
"#;
