//! A difference is empty exactly when the files are equal to the byte, and what is listed makes
//! the new files of the old ones.

use cachewright::diff::{self, Report, State};
use cachewright::output::File;
use cachewright::{cloudformation, terraform};
use proptest::prelude::*;

#[path = "../examples/generated/environments.rs"]
mod environments;

/// What a definition is printed as, also one that the rules would refuse.
fn files(numbers: &[u32]) -> Vec<File> {
    let (graph, _) = environments::environment("any", numbers).lower();
    let mut files = vec![File {
        path: "cloudformation/template.json".into(),
        contents: cloudformation::template(&graph),
    }];
    files.extend(
        terraform::files(&graph)
            .into_iter()
            .map(|(name, contents)| File {
                path: format!("terraform/{name}"),
                contents,
            }),
    );
    files
}

fn report(old: &[File], new: &[File]) -> Report {
    diff::compare("any", old, new).expect("what the tool writes it reads")
}

/// What a report says of two sides has to be true of them.
fn holds(old: &[File], new: &[File]) -> Result<(), TestCaseError> {
    let report = report(old, new);
    prop_assert_eq!(report.is_empty(), old == new);
    prop_assert_eq!(report.state == State::Same, old == new);
    for differences in &report.languages {
        let made = diff::apply(&differences.old, &differences.renames, &differences.changes);
        prop_assert_eq!(made.as_ref(), Some(&differences.new));
    }
    for row in &report.rows {
        prop_assert!(row.entries().next().is_some());
        for (_, entry) in row.entries() {
            prop_assert!(!entry.judgement.reason.is_empty());
            prop_assert!(!entry.judgement.sources.is_empty());
        }
    }
    // every change is in a row
    for differences in &report.languages {
        for change in &differences.changes {
            let is_folder = |value: &Option<serde_json::Value>| {
                value
                    .as_ref()
                    .is_none_or(|value| *value == serde_json::json!({}))
            };
            let said = report.rows.iter().any(|row| {
                row.entries().any(|(of, entry)| {
                    of == differences.language
                        && entry.path == change.path
                        && entry.old == change.old
                        && entry.new == change.new
                })
            });
            prop_assert!(
                said || (is_folder(&change.old) && is_folder(&change.new)),
                "{} is in no row",
                change.path
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_two_differ_as_their_bytes_do(
        one in prop::collection::vec(any::<u32>(), 0..64),
        other in prop::collection::vec(any::<u32>(), 0..64),
    ) {
        let (old, new) = (files(&one), files(&other));
        holds(&old, &new)?;
        holds(&old, &old)?;
        holds(&[], &new)?;
        holds(&old, &[])?;
    }

    #[test]
    fn one_choice_more_or_less_is_all_that_differs(
        numbers in prop::collection::vec(any::<u32>(), 1..64),
        at in any::<prop::sample::Index>(),
        number in any::<u32>(),
    ) {
        let mut changed = numbers.clone();
        changed[at.index(numbers.len())] = number;
        let (old, new) = (files(&numbers), files(&changed));
        holds(&old, &new)?;
        holds(&new, &old)?;
    }

    /// A byte more or less is never passed over.
    #[test]
    fn a_blank_line_is_a_difference(
        seed in 1_u64..400,
        file in any::<prop::sample::Index>(),
    ) {
        let old = files(&environments::numbers(seed));
        let mut new = old.clone();
        new[file.index(old.len())].contents.push('\n');
        holds(&old, &new)?;
        prop_assert_eq!(report(&old, &new).worst(None), Some(diff::Verdict::Nothing));
    }
}

/// The generator gives pairs that differ in much and pairs that differ in little.
#[test]
fn pairs_differ() {
    let all: Vec<Vec<File>> = (1..=60)
        .map(|seed| files(&environments::numbers(seed)))
        .collect();
    let rows: usize = all
        .windows(2)
        .map(|pair| report(&pair[0], &pair[1]).rows.len())
        .sum();
    assert!(rows > 10 * all.len(), "{rows}");
}
