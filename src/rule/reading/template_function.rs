//! A function that is given what it can't take.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "template-function",
    title: "A function is given what it can't take",
    levels: Levels::ERROR,
    about: "An intrinsic function takes arguments of a certain number and kind, and these are others, or an index is beyond the end of its list. CloudFormation refuses the template or the deployment. Compare the arguments with the function's description.",
    source: "CloudFormation intrinsic function reference, read November 2026",
    controls: &[
        "cfn-lint E1017",
        "cfn-lint E1018",
        "cfn-lint E1022",
        "cfn-lint E1028",
    ],
    examples: &[
        Example::bad_cloudformation(BAD_0),
        Example::bad_cloudformation(BAD_1),
        Example::bad_cloudformation(BAD_2),
        Example::good_cloudformation(GOOD_0),
    ],
    check: None,
};

const BAD_0: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Join "-"
"#;

const BAD_1: &str = r#"Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Select [2, [cache, queue]]
"#;

const BAD_2: &str = r#"Conditions:
  IsHere: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsHere, cache]
"#;

const GOOD_0: &str = r#"Conditions:
  IsHere: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Notices:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !If [IsHere, !Select [1, [cache, queue]], !Join ["-", [cache, far]]]
"#;
