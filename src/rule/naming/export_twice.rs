//! Two outputs can't be exported under one name.

use crate::graph::Part;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "export-twice",
    title: "Two outputs are exported under one name",
    levels: Levels::ERROR,
    about: "The name of an export stands once in an account's region. A stack that exports two outputs \
            under one name fails, mostly because the second output was copied from the first. Give each \
            its own name.",
    source: "CloudFormation user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let outputs = &check.graph().outputs;
    for (i, output) in outputs.iter().enumerate() {
        let Some(export) = &output.export else {
            continue;
        };
        if export.0.contains(&Part::Unknown) {
            continue;
        }
        let first = outputs[..i]
            .iter()
            .find(|other| other.export.as_ref() == Some(export));
        if let Some(first) = first {
            let message = format!("exported under the name of {}", first.id.as_str());
            check
                .report_place(&output.place, message)
                .allowed("each name once")
                .help(format!(
                    "give it a name of its own; the first is at {}",
                    first.place
                ));
        }
    }
}

const BAD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
Outputs:
  Address:
    Value: !GetAtt Cache.PrimaryEndPoint.Address
    Export: {Name: !Sub '${AWS::StackName}-address'}
  Reader:
    Value: !GetAtt Cache.ReaderEndPoint.Address
    Export: {Name: !Sub '${AWS::StackName}-address'}
";

const GOOD: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
Outputs:
  Address:
    Value: !GetAtt Cache.PrimaryEndPoint.Address
    Export: {Name: !Sub '${AWS::StackName}-address'}
  Reader:
    Value: !GetAtt Cache.ReaderEndPoint.Address
    Export: {Name: !Sub '${AWS::StackName}-reader'}
";
