//! A function that only AWS::LanguageExtensions has, in a template that doesn't ask for it.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "template-transform",
    title: "A function needs a transform that the template doesn't ask for",
    levels: Levels::ERROR,
    about: "Fn::ForEach, Fn::Length, Fn::ToJsonString and the default of Fn::FindInMap belong to AWS::LanguageExtensions, and CloudFormation only knows them where the template asks for that transform. It refuses the template otherwise. Add the line Transform: AWS::LanguageExtensions.",
    source: "CloudFormation template reference, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(LOOP),
        Example::bad_cloudformation(LENGTH),
        Example::bad_cloudformation(DEFAULT),
        Example::good_cloudformation(GOOD),
    ],
    check: None,
};

const LOOP: &str = r#"Resources:
  Fn::ForEach::Topics:
    - Name
    - [Cache, Queue]
    - Notices${Name}:
        Type: AWS::SNS::Topic
"#;

const LENGTH: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub ["${Count} caches", {Count: !Length [cache, queue]}]
"#;

const DEFAULT: &str = r#"Parameters:
  Environment:
    Type: String
    Default: production
Mappings:
  Names:
    staging: {Notices: cache-staging}
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !FindInMap [Names, !Ref Environment, Notices, DefaultValue: cache]
"#;

const GOOD: &str = r#"Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [Cache, Queue]
    - Notices${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Sub "${Name}"
          Tags: [{Key: Names, Value: !ToJsonString [cache, queue]}]
"#;
