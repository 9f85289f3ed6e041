//! A template's description has an end.

use super::language;
use crate::diagnostic::Place;
use crate::graph::Language;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "environment-description",
    title: "The template's description is longer than CloudFormation takes",
    levels: Levels::ERROR,
    about: "CloudFormation takes a description of up to 1,024 bytes at the top of a template; a letter \
            with an accent counts twice. A longer one is refused before anything is made. Move what is \
            more into comments, or into the template's Metadata.",
    source: "CloudFormation user guide, read November 2026",
    controls: &[],
    examples: &[
        Example::bad_cloudformation(BAD),
        Example::good_cloudformation(GOOD),
    ],
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    let graph = check.graph();
    // a definition's has a place of its own, and is looked at while it is lowered
    if language(check) != Some(Language::CloudFormation) || graph.description.len() <= 1024 {
        return;
    }
    let place = Place {
        file: graph.environment.clone().into(),
        line: 1,
        column: 1,
    };
    let message = format!("a description of {} bytes", graph.description.len());
    check
        .report_place(&place, message)
        .allowed("1 to 1,024 bytes, CloudFormation's limit")
        .help("move the rest into comments");
}

macro_rules! described {
    ($($words:literal)*) => {
        concat!(
            "Description: ", $($words, " ",)* "\n",
            "Resources:\n",
            "  Subnets:\n",
            "    Type: AWS::ElastiCache::SubnetGroup\n",
            "    Properties:\n",
            "      Description: where the cache may be\n",
            "      SubnetIds: [subnet-0123456789abcdef0]\n",
        )
    };
}

const BAD: &str = described!(
    "The cache of the orders. It holds what the shop knows of every order from the moment in which it"
    "is placed until it has been paid, shipped, sent back, paid back or forgotten, together with the"
    "baskets that nobody has taken to the till yet, the prices as they were when the customer saw them"
    "and the pictures of everything that was looked at. Nothing in it is worth a night's sleep, since"
    "all of it can be computed again from the database, which takes about two hours for the baskets"
    "and ten minutes for everything else. Ask the team of the shop before you resize it, and have a"
    "look at the calendar of the campaigns first, because before Christmas, at Easter and on the day"
    "of the sale it has four times as much to do as on any other day of the year, and the reports of"
    "the night before are then still running at nine o'clock. The alarms go to the team's own topic,"
    "and whoever is on duty has the runbook; the two of them who wrote it have left long ago, and so"
    "what it says of the first generation of nodes and of their snapshots is no longer to be trusted."
);

const GOOD: &str = described!("The cache of the orders, à espera");
