//! What the controls of other tools come to: those of Security Hub, checkov, Control Tower,
//! cdk-nag and others that are about ElastiCache, or about what stands around a cache.
//!
//! Which controls there are is data (`src/facts/controls.csv`); many ask the same, and each
//! meaning is one function. A control is answered for each language by itself, from the files
//! that ship, read back: two columns that agree were never compared before.

mod around;
mod cluster;
mod group;
mod look;
mod report;

pub use crate::facts::ControlFact as Control;
pub use report::{Accepted, Line, Report, Verdict, report};

use crate::facts;
use crate::graph::Graph;
use crate::rule::Check;

/// What a control comes to, and why in a sentence that says CloudFormation's names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is as the control wants it.
    Passed(String),
    /// It isn't.
    Failed(String),
    /// The control has nothing to look at, or doesn't look at what is there.
    NotApplicable(String),
    /// It depends on what is only known at deployment.
    Unknown(String),
}

impl Outcome {
    /// It in a word: `passed`, `failed`, `not applicable` or `unknown`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed(_) => "failed",
            Self::NotApplicable(_) => "not applicable",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Why.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::Passed(why)
            | Self::Failed(why)
            | Self::NotApplicable(why)
            | Self::Unknown(why) => why,
        }
    }

    /// Whether it isn't as the control wants it.
    #[must_use]
    pub const fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

/// What answers controls of one meaning.
type Evaluate = fn(&Check<'_>) -> Outcome;

/// Every meaning that a control can have, and what answers it.
const MEANINGS: &[(&str, Evaluate)] = &[
    ("access-said", group::access_said),
    ("alarm-actions", around::alarm_actions),
    ("at-rest", group::at_rest),
    ("at-rest-redis", group::at_rest_redis),
    ("at-rest-said", group::at_rest_said),
    ("both-encryptions", group::both_encryptions),
    ("classic-described", cluster::classic_described),
    ("cluster-minor-upgrades", cluster::minor_upgrades),
    (
        "cluster-minor-upgrades-redis",
        cluster::minor_upgrades_redis,
    ),
    ("cluster-minor-upgrades-said", cluster::minor_upgrades_said),
    ("cluster-snapshots", cluster::snapshots),
    ("cluster-subnets", cluster::subnets),
    ("cluster-subnets-said", cluster::subnets_said),
    ("customer-key", group::customer_key),
    ("failover", group::failover),
    ("failover-redis", group::failover_redis),
    ("failover-replicated", group::failover_replicated),
    ("failover-said", group::failover_said),
    ("firewall-described", around::firewall_described),
    ("firewall-used", around::firewall_used),
    ("in-transit", group::in_transit),
    ("in-transit-redis", group::in_transit_redis),
    ("in-transit-said", group::in_transit_said),
    ("in-vpc", group::in_vpc),
    ("key-policy", around::key_policy),
    ("key-rotation", around::key_rotation),
    ("log-days", around::log_days),
    ("log-key", around::log_key),
    ("log-year", around::log_year),
    ("multi-az", group::multi_az),
    ("no-classic-group", cluster::no_classic_group),
    ("own-port", group::own_port),
    ("secret-key", around::secret_key),
    ("secret-rotation", around::secret_rotation),
    ("snapshots-15", group::snapshots_15),
    ("snapshots-taken", group::snapshots_taken),
    ("token-before-six", group::token_before_six),
    ("token-hidden", group::token_hidden),
    ("token-redis-old", group::token_redis_old),
    ("token-said", group::token_said),
    ("topic-key", around::topic_key),
    ("users-redis-new", group::users_redis_new),
];

/// Every control, tool by tool.
#[must_use]
pub fn controls() -> &'static [Control] {
    facts::controls()
}

/// The control of that id, or of that tool and id.
#[must_use]
pub fn control(name: &str) -> Option<&'static Control> {
    controls().iter().find(|control| control.is_called(name))
}

/// Every meaning that can be answered.
pub fn meanings() -> impl Iterator<Item = &'static str> {
    MEANINGS.iter().map(|(meaning, _)| *meaning)
}

/// What a control comes to in a graph.
///
/// # Panics
/// Nothing answers the control; a test holds that every one of [`controls`] is answered.
#[must_use]
pub fn evaluate(control: &Control, graph: &Graph) -> Outcome {
    let (_, evaluate) = MEANINGS
        .iter()
        .find(|(meaning, _)| *meaning == control.meaning)
        .expect("a test holds that every control is answered");
    evaluate(&Check::new(graph))
}
