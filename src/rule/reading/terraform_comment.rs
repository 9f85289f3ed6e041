//! A comment for this tool that isn't understood.

use crate::rule::{Example, Levels, Rule};

pub(super) static RULE: Rule = Rule {
    code: "terraform-comment",
    title: "A comment for this tool that isn't understood",
    levels: Levels::WARNING,
    about: "A comment that begins with `cachewright:` says what the cache is for, what it holds, \
        or which finding is accepted. One that isn't understood says nothing, so a finding that \
        somebody meant to allow is shown all the same. Write `stage`, `workload`, `keys` or \
        `allow`, each in its form.",
    source: "",
    controls: &[],
    examples: &[
        Example::bad_terraform(VERB),
        Example::bad_terraform(STAGE),
        Example::bad_terraform(WORKLOAD),
        Example::bad_terraform(KEYS),
        Example::bad_terraform(ALLOW),
        Example::good_terraform(GOOD),
        Example::good_terraform(OTHER),
    ],
    check: None,
};

const VERB: &str = "# cachewright: ignore no-replicas because it holds a copy\n";
const STAGE: &str = "# cachewright: stage prod\n";
const WORKLOAD: &str = "# cachewright: workload sessions\n";
const KEYS: &str = "# cachewright: keys order 50k 2048\n";
const ALLOW: &str = "# cachewright: allow no-replicas: it holds a copy\n";

const GOOD: &str = r"
# cachewright: stage staging
# cachewright: workload session, rate-limit
// cachewright: keys login 20000 512
";

const OTHER: &str = r##"
# cachewright checks this module
locals {
  text = "# cachewright: nonsense"
}
"##;
