//! A template has at most 500 resources, 200 parameters and 200 outputs.

use super::language;
use crate::diagnostic::Place;
use crate::graph::Language;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "template-limits",
    title: "The template has more resources, parameters or outputs than CloudFormation takes",
    levels: Levels::ERROR,
    about: "CloudFormation takes up to 500 resources, 200 parameters and 200 outputs in one template, and \
            loops count by what they make. A larger template is refused before anything is made. Split \
            it into nested stacks, or into stacks that import from each other.",
    source: "CloudFormation quotas, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(MANY),
        Example::good_cloudformation(FEW),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let graph = check.graph();
    if language(check) != Some(Language::CloudFormation) {
        return;
    }
    // the rules that stand inside a security group are nodes, and no resources of the template
    let resources = graph.nodes.iter().filter(|node| node.only.is_none());
    let counted = [
        ("resources", resources.count(), 500),
        ("parameters", graph.inputs.len(), 200),
        ("outputs", graph.outputs.len(), 200),
    ];
    let place = Place {
        file: graph.environment.clone().into(),
        line: 1,
        column: 1,
    };
    for (what, count, most) in counted {
        if count > most {
            check
                .report_place(&place, format!("{count} {what}"))
                .allowed(format!("up to {most} {what} in a template"))
                .help("split it into several stacks");
        }
    }
}

/// 15 times 14 outputs.
const MANY: &str = "Transform: AWS::LanguageExtensions
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
Outputs:
  Fn::ForEach::Tens:
    - Ten
    - [A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]
    - Fn::ForEach::Ones:
        - One
        - [A, B, C, D, E, F, G, H, I, J, K, L, M, N]
        - Address${Ten}${One}:
            Value: !GetAtt Cache.PrimaryEndPoint.Address
";

/// 14 times 14 outputs.
const FEW: &str = "Transform: AWS::LanguageExtensions
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: orders
      CacheNodeType: cache.t4g.micro
      NumCacheClusters: 1
Outputs:
  Fn::ForEach::Tens:
    - Ten
    - [A, B, C, D, E, F, G, H, I, J, K, L, M, N]
    - Fn::ForEach::Ones:
        - One
        - [A, B, C, D, E, F, G, H, I, J, K, L, M, N]
        - Address${Ten}${One}:
            Value: !GetAtt Cache.PrimaryEndPoint.Address
";
