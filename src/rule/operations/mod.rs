//! How a cache is run: logs, notices, alarms, autoscaling.

use super::examples::{module, template};
use super::naming::nearest;
use super::{Check, Resource, Rule, Setting};
use crate::graph::{Attribute, Kind, Language, Part, Property, Reference, Source, Text, Value};

mod alarm_absent;
mod alarm_actions;
mod alarm_actions_disabled;
mod alarm_cpu;
mod alarm_datapoints;
mod alarm_dimension;
mod alarm_direction;
mod alarm_incomplete;
mod alarm_member;
mod alarm_metric;
mod alarm_namespace;
mod alarm_no_data;
mod alarm_period;
mod alarm_range;
mod alarm_statistic;
mod alarm_threshold;
mod alarm_unit;
mod alarm_word;
mod delivery_stream;
mod log_delivery;
mod log_delivery_absent;
mod log_destination;
mod log_group_class;
mod log_group_name;
mod log_retention;
mod log_retention_days;
mod log_twice;
mod log_word;
mod notification_absent;
mod scaling_capacity;
mod scaling_cluster_mode;
mod scaling_drift;
mod scaling_engine;
mod scaling_global;
mod scaling_metric;
mod scaling_node_type;
mod scaling_policy;
mod scaling_target;
mod scaling_value;
mod watch;

/// The rules of this area.
pub(super) const RULES: &[&Rule] = &[
    &alarm_absent::RULE,
    &alarm_actions::RULE,
    &alarm_actions_disabled::RULE,
    &alarm_cpu::RULE,
    &alarm_datapoints::RULE,
    &alarm_dimension::RULE,
    &alarm_direction::RULE,
    &alarm_incomplete::RULE,
    &alarm_member::RULE,
    &alarm_metric::RULE,
    &alarm_namespace::RULE,
    &alarm_no_data::RULE,
    &alarm_period::RULE,
    &alarm_range::RULE,
    &alarm_statistic::RULE,
    &alarm_threshold::RULE,
    &alarm_unit::RULE,
    &alarm_word::RULE,
    &delivery_stream::RULE,
    &log_delivery::RULE,
    &log_delivery_absent::RULE,
    &log_destination::RULE,
    &log_group_class::RULE,
    &log_group_name::RULE,
    &log_retention::RULE,
    &log_retention_days::RULE,
    &log_twice::RULE,
    &log_word::RULE,
    &notification_absent::RULE,
    &scaling_capacity::RULE,
    &scaling_cluster_mode::RULE,
    &scaling_drift::RULE,
    &scaling_engine::RULE,
    &scaling_global::RULE,
    &scaling_metric::RULE,
    &scaling_node_type::RULE,
    &scaling_policy::RULE,
    &scaling_target::RULE,
    &scaling_value::RULE,
];

/// Whether a Terraform module was read.
fn is_terraform(check: &Check<'_>) -> bool {
    check.graph().source == Source::Read(Language::Terraform)
}

/// A log that a cache delivers: the cache, and what is said of the delivery.
type Delivery<'g> = (Resource<'g>, &'g [Property]);

/// Every log that is delivered.
fn deliveries<'g>(check: &Check<'g>) -> Vec<Delivery<'g>> {
    [Kind::ReplicationGroup, Kind::CacheCluster]
        .into_iter()
        .flat_map(|kind| check.all(kind))
        .flat_map(|cache| {
            let deliveries = cache.objects("LogDeliveryConfigurations").iter();
            deliveries.map(move |delivery| (cache, delivery.as_slice()))
        })
        .collect()
}

const LOG_GROUP: &str = "DestinationDetails.CloudWatchLogsDetails.LogGroup";
const STREAM: &str = "DestinationDetails.KinesisFirehoseDetails.DeliveryStream";

/// The log groups of the same graph that logs of caches are delivered to, each once.
fn log_groups<'g>(check: &Check<'g>) -> Vec<Resource<'g>> {
    let mut groups: Vec<Resource<'g>> = Vec::new();
    for (cache, delivery) in deliveries(check) {
        let Some(destination) = cache.within(delivery, LOG_GROUP) else {
            continue;
        };
        let group = match destination.text() {
            Some(name) => check
                .all(Kind::LogGroup)
                .into_iter()
                .find(|group| group.text("LogGroupName") == Some(name)),
            None => check.referred(destination.value()),
        };
        let known =
            |group: &Resource<'g>| groups.iter().any(|one| std::ptr::eq(one.node, group.node));
        if let Some(group) =
            group.filter(|group| group.node.kind == Kind::LogGroup && !known(group))
        {
            groups.push(group);
        }
    }
    groups
}

/// A value as a text that can be compared: names of inputs stand for what they will be.
fn comparable(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => comparable_text(text),
        Value::Reference(Reference::Input(id)) => Some(format!("\u{1}{}\u{2}", id.as_str())),
        _ => None,
    }
}

fn comparable_text(text: &Text) -> Option<String> {
    text.0.iter().try_fold(String::new(), |mut all, part| {
        match part {
            Part::Literal(literal) => all.push_str(&literal.to_ascii_lowercase()),
            Part::Input(id) => all.push_str(&format!("\u{1}{}\u{2}", id.as_str())),
            Part::StackName => all.push_str("\u{1}\u{2}"),
            Part::AccountId => all.push_str("\u{1}\u{3}"),
            Part::Reference(_) | Part::Unknown => return None,
        }
        Some(all)
    })
}

/// A cache of the same graph that a text begins with the id of, and the rest of the text.
fn named<'g>(check: &Check<'g>, text: &Text) -> Option<(Resource<'g>, String)> {
    if let [Part::Reference(reference), rest @ ..] = text.0.as_slice() {
        let cache = check.referred(&Value::Reference(reference.clone()))?;
        let rest = comparable_text(&Text(rest.to_vec()))?;
        return (is_id(reference) && id_of(&cache).is_some()).then_some((cache, rest));
    }
    let text = comparable_text(text)?;
    [Kind::ReplicationGroup, Kind::CacheCluster]
        .into_iter()
        .flat_map(|kind| check.all(kind))
        .filter_map(|cache| {
            let id = comparable(cache.setting(id_of(&cache)?)?.value())?;
            let rest = text.strip_prefix(&id)?;
            (rest.is_empty() || rest.starts_with('-')).then(|| (cache, rest.to_owned()))
        })
        // of `orders` and `orders-eu`, the longer one is meant
        .min_by_key(|(_, rest)| rest.len())
}

/// The setting that a cache's id is.
fn id_of(cache: &Resource<'_>) -> Option<&'static str> {
    match cache.node.kind {
        Kind::ReplicationGroup => Some("ReplicationGroupId"),
        Kind::CacheCluster => Some("ClusterName"),
        _ => None,
    }
}

/// Whether a reference is to a cache's id, and not to another of its attributes.
fn is_id(reference: &Reference) -> bool {
    let Reference::Node {
        attribute: Attribute { cloudformation, .. },
        ..
    } = reference
    else {
        return false;
    };
    cloudformation.is_none()
}

/// What autoscaling may change about a cache, or how many: a scalable target of ElastiCache's.
fn scalable_targets<'g>(check: &Check<'g>) -> Vec<Resource<'g>> {
    check
        .all(Kind::ScalableTarget)
        .into_iter()
        .filter(|target| {
            let of = |name: &str, prefix: &str| {
                target
                    .text(name)
                    .is_some_and(|text| text.to_ascii_lowercase().starts_with(prefix))
            };
            of("ServiceNamespace", "elasticache") || of("ScalableDimension", "elasticache:")
        })
        .collect()
}

/// The replication group of the same graph that is scaled.
fn scaled<'g>(check: &Check<'g>, target: &Resource<'g>) -> Option<Resource<'g>> {
    let Value::Text(text) = target.setting("ResourceId")?.value() else {
        return None;
    };
    let Some(Part::Literal(first)) = text.0.first() else {
        return None;
    };
    let rest = first.strip_prefix("replication-group/")?;
    let mut parts = text.0.clone();
    if rest.is_empty() {
        parts.remove(0);
    } else {
        parts[0] = Part::Literal(rest.to_owned());
    }
    let (group, rest) = named(check, &Text(parts))?;
    (rest.is_empty() && group.node.kind == Kind::ReplicationGroup).then_some(group)
}

/// A scaling policy of ElastiCache's, with the dimension that it scales where that is known.
fn scaling_policies<'g>(check: &Check<'g>) -> Vec<(Resource<'g>, Option<&'g str>)> {
    check
        .all(Kind::ScalingPolicy)
        .into_iter()
        .filter_map(|policy| {
            let dimension = through_target(check, &policy, "ScalableDimension");
            let namespace = through_target(check, &policy, "ServiceNamespace");
            let ours = namespace == Some("elasticache")
                || dimension.is_some_and(|text| text.starts_with("elasticache:"));
            ours.then_some((policy, dimension))
        })
        .collect()
}

/// What a policy says, or the target that it refers to.
fn through_target<'g>(check: &Check<'g>, policy: &Resource<'g>, name: &str) -> Option<&'g str> {
    let target = |setting: Setting<'g>| {
        check
            .referred(setting.value())
            .filter(|target| target.node.kind == Kind::ScalableTarget)
    };
    match policy.setting(name) {
        Some(setting) => match setting.text() {
            Some(text) => Some(text),
            None => target(setting)?.text(name),
        },
        None => target(policy.setting("ScalingTargetId")?)?.text(name),
    }
}
