//! The name of an export has a form.

use crate::graph::Part;
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{ExportName, Refusal, Word};

pub(super) static RULE: Rule = Rule {
    code: "export-name",
    title: "An export's name isn't one that CloudFormation takes",
    levels: Levels::ERROR,
    about: "Other stacks import a value by the name of its export: 1 to 255 letters, digits, hyphens and \
            colons, the same once in a region. An underscore, a slash or a dot makes the stack fail after \
            its resources were made. Separate words by hyphens.",
    source: "CloudFormation user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::bad_cloudformation(SUB),
        Example::good_cloudformation(GOOD),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for output in &check.graph().outputs {
        let Some(export) = &output.export else {
            continue;
        };
        let refusal = match export.literal() {
            Some(name) => ExportName::parse(name)
                .err()
                .map(|refusal| (format!("export name {name:?}"), refusal)),
            None => parts(&export.0).map(|refusal| ("export name".to_owned(), refusal)),
        };
        if let Some((what, refusal)) = refusal {
            check
                .report_place(&output.place, format!("{what} {}", refusal.because))
                .allowed(refusal.allowed)
                .help(refusal.help);
        }
    }
}

/// What is wrong whatever the unknown parts turn out to be.
fn parts(parts: &[Part]) -> Option<Refusal> {
    parts
        .iter()
        .filter_map(|part| match part {
            Part::Literal(literal) if !literal.is_empty() => Some(literal),
            _ => None,
        })
        .find_map(|literal| ExportName::parse(literal).err())
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
    Export: {Name: orders/address}
";

const SUB: &str = "Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
Outputs:
  Address:
    Value: !GetAtt Cache.PrimaryEndPoint.Address
    Export: {Name: !Sub '${AWS::StackName}_address'}
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
    Export: {Name: !Sub '${AWS::StackName}:address'}
";
