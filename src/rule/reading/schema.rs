//! A setting that the schema of its kind refuses.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "schema",
    title: "The schema of its kind refuses a setting",
    levels: Levels::ERROR,
    about: "CloudFormation and the provider of Terraform publish what each kind of resource takes: \
            which settings, and of which type. What they refuse there never reaches AWS. It is only \
            said where no rule has more to say. Change the setting to what the schema allows.",
    source: "CloudFormation resource schemas and Terraform AWS provider 6.66.0, read November 2026",
    controls: &["cfn-lint E3002", "cfn-lint E3003", "cfn-lint E3030"],
    examples: &[
        Example::bad_cloudformation(TYPE),
        Example::bad_cloudformation(UNEXPECTED),
        Example::good_cloudformation(GOOD),
    ],
    check: None,
};

const TYPE: &str = "Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Subscription: team@example.com
";

const UNEXPECTED: &str = "Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Subscribers:
        - Protocol: email
          Endpoint: team@example.com
";

const GOOD: &str = "Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Subscription:
        - Protocol: email
          Endpoint: team@example.com
";
