//! The files that a new cache is filled from.

use crate::rule::cache;
use crate::rule::examples::{module, template};
use crate::rule::{Check, Example, Levels, Rule};
use crate::value::{Arn, Refusal, Word};

pub(super) const RULE: Rule = Rule {
    code: "snapshot-arns",
    title: "RDB files that aren't ARNs of S3 objects",
    levels: Levels::ERROR,
    about: "A new cache is filled from RDB files in S3, each named by the ARN of the object: bucket and key, without a comma. \
            AWS refuses the ARN of a bucket alone, a URL, and two in one text. Write one ARN for each file.",
    source: "ElastiCache API reference, Terraform AWS provider 6.66.0, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(template!("SnapshotArns: [\"s3://shop/dump.rdb\"]")),
        Example::bad_cloudformation(template!("SnapshotArns: [\"arn:aws:s3:::shop\"]")),
        Example::bad_terraform(module!(
            "snapshot_arns = [\"arn:aws:s3:::shop/1.rdb,arn:aws:s3:::shop/2.rdb\"]",
        )),
        Example::good_cloudformation(template!(
            "SnapshotArns: [\"arn:aws:s3:::shop/1.rdb\", \"arn:aws:s3:::shop/2.rdb\"]",
        )),
        Example::good_terraform(module!(
            "snapshot_arns = [\"arn:aws-cn:s3:::shop/backup/dump.rdb\"]"
        )),
        Example::good_terraform(module!("snapshot_arns = []")),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    for resource in cache::of_nodes(check) {
        let Some(setting) = resource.setting("SnapshotArns") else {
            continue;
        };
        for arn in super::texts(setting.value()) {
            if let Some(refusal) = refusal(arn) {
                check
                    .report(&setting, format!("{arn:?} {}", refusal.because))
                    .allowed(refusal.allowed)
                    .help(refusal.help);
            }
        }
    }
}

fn refusal(arn: &str) -> Option<Refusal> {
    let object = |because: String| {
        Some(Refusal {
            because,
            allowed: "an S3 object's ARN".to_owned(),
            help: "write it like arn:aws:s3:::bucket/dump.rdb".to_owned(),
        })
    };
    if arn.contains(',') {
        return object("holds a comma".to_owned());
    }
    match Arn::parse(arn) {
        Ok(parsed) if parsed.service() != "s3" => {
            object(format!("is an ARN of {}", parsed.service()))
        }
        Ok(parsed) if !parsed.resource().contains('/') => {
            object("is an ARN of a bucket".to_owned())
        }
        Ok(_) => None,
        Err(refusal) => Some(refusal),
    }
}
