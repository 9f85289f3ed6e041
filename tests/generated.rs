//! Whatever the types allow and the rules pass is accepted by the schemas, and nothing
//! that the types allow makes the tool fall over.

use cachewright::diagnostic::Diagnostic;
use cachewright::graph::Language;
use cachewright::rule;
use cachewright::synth::synthesize;
use proptest::prelude::*;

#[path = "../examples/generated/environments.rs"]
mod environments;

const BOTH: [Language; 2] = [Language::CloudFormation, Language::Terraform];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_the_rules_pass_the_schemas_accept(numbers in prop::collection::vec(any::<u32>(), 0..64)) {
        let environment = environments::environment("any", &numbers);
        let (graph, lowered) = environment.lower();
        let found = rule::judge(&graph, lowered, &[]);
        for finding in &found {
            prop_assert!(finding.place.is_some(), "{finding:?}");
            prop_assert!(!finding.help.is_empty() || !finding.allowed.is_empty(), "{finding:?}");
        }
        let refused = found.iter().any(Diagnostic::is_error);
        let synthesis = synthesize(&environment, &BOTH);
        let schema: Vec<_> = synthesis.diagnostics.iter().filter(|d| d.code == "schema").collect();
        prop_assert!(schema.is_empty(), "{schema:#?}");
        prop_assert_eq!(synthesis.files.is_empty(), refused);
    }
}

/// The generator isn't so wild that nothing passes, nor so tame that everything does.
#[test]
fn some_pass_and_some_do_not() {
    let passed = (1..=400)
        .filter(|seed| {
            let environment = environments::environment("any", &environments::numbers(*seed));
            !synthesize(&environment, &BOTH).files.is_empty()
        })
        .count();
    assert!((60..340).contains(&passed), "{passed} of 400 pass");
}
