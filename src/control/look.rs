//! What several evaluators ask of a graph, and how they say it.

use std::collections::BTreeMap;

use super::Outcome;
use crate::graph::{Graph, Kind, Part, Reference, Value};
use crate::rule::{Check, Resource};

/// Whether a setting says something.
pub(super) enum Said {
    /// It isn't there, or empty.
    No,
    /// It is there; what it is, to come after its name: `is 6379`.
    Yes(String),
    /// It may turn out to be nothing.
    Perhaps,
}

/// Yes or no.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    /// Yes.
    True,
    /// No.
    False,
    /// Nobody says.
    Unsaid,
    /// It is only known at deployment.
    Open,
}

/// What is known to be there, and what exactly only at deployment.
const LATER: &str = "is given at deployment";

/// Whether a setting says something, and what.
pub(super) fn said(check: &Check<'_>, resource: &Resource<'_>, name: &str) -> Said {
    match resource.setting(name) {
        Some(setting) => {
            let given = !setting.property.inputs.is_empty();
            value_said(check.graph(), setting.value(), given)
        }
        None if resource.node.partial => Said::Perhaps,
        None => Said::No,
    }
}

fn value_said(graph: &Graph, value: &Value, given: bool) -> Said {
    let input = |id: &str| {
        // whoever deploys has to say something where nobody did before
        let said = graph.inputs.iter().find(|input| input.id.as_str() == id);
        match said.and_then(|input| input.default.as_deref()) {
            None => Said::Yes(LATER.to_owned()),
            Some(_) => Said::Perhaps,
        }
    };
    match value {
        // a lookup finds something; what an input makes of it is another question
        Value::Unknown if given => Said::Perhaps,
        Value::Unknown => Said::Yes(LATER.to_owned()),
        Value::Text(text) => match text.0.as_slice() {
            [] => Said::No,
            [Part::Literal(text)] if text.is_empty() => Said::No,
            [Part::Literal(text)] => Said::Yes(format!("is {text}")),
            [Part::Input(id)] => input(id.as_str()),
            _ => Said::Yes(LATER.to_owned()),
        },
        Value::Reference(Reference::Input(id)) => input(id.as_str()),
        Value::Reference(Reference::Node { .. }) => Said::Yes("is made here".to_owned()),
        Value::Reference(Reference::Lookup { .. }) => Said::Yes(LATER.to_owned()),
        Value::Secret(_) => Said::Yes("refers to a secret".to_owned()),
        Value::List(items) => match items.as_slice() {
            [] => Said::No,
            [one] => value_said(graph, one, given),
            several => Said::Yes(format!("has {}", several.len())),
        },
        Value::Objects(objects) if objects.is_empty() => Said::No,
        Value::Objects(_) | Value::Map(..) | Value::Document(_) | Value::Json(_) => {
            Said::Yes("is set".to_owned())
        }
        Value::Bool(value) => Said::Yes(format!("is {value}")),
        Value::Integer(number) => Said::Yes(format!("is {number}")),
        Value::Number(number) => Said::Yes(format!("is {number}")),
    }
}

/// Yes or no, by a setting.
pub(super) fn flag(resource: &Resource<'_>, name: &str) -> Flag {
    if resource.is_absent(name) {
        return Flag::Unsaid;
    }
    match resource.bool(name) {
        Some(true) => Flag::True,
        Some(false) => Flag::False,
        None => Flag::Open,
    }
}

/// A setting has to be said, and to be yes.
pub(super) fn must(resource: &Resource<'_>, name: &str) -> Outcome {
    match flag(resource, name) {
        Flag::True => Outcome::Passed(format!("{name} is true")),
        Flag::False => Outcome::Failed(format!("{name} is false")),
        Flag::Unsaid => Outcome::Failed(format!("{name} isn't said")),
        Flag::Open => open(name),
    }
}

/// Something has to be said by a setting, whatever it is.
pub(super) fn must_say(check: &Check<'_>, resource: &Resource<'_>, name: &str) -> Outcome {
    match said(check, resource, name) {
        Said::Yes(what) => Outcome::Passed(format!("{name} {what}")),
        Said::No => Outcome::Failed(format!("{name} isn't set")),
        Said::Perhaps => open(name),
    }
}

/// A setting decides, and is only known at deployment.
pub(super) fn open(name: &str) -> Outcome {
    Outcome::Unknown(format!("{name} is only known at deployment"))
}

/// All of several outcomes: the failures where there are some, then what isn't known.
pub(super) fn all(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    let mut by_weight: [Vec<String>; 4] = Default::default();
    for outcome in outcomes {
        by_weight[weight(&outcome)].push(outcome.why().to_owned());
    }
    let [failed, unknown, passed, nothing] = by_weight;
    if !failed.is_empty() {
        Outcome::Failed(failed.join(", "))
    } else if !unknown.is_empty() {
        Outcome::Unknown(unknown.join(", "))
    } else if !passed.is_empty() {
        Outcome::Passed(passed.join(", "))
    } else {
        Outcome::NotApplicable(nothing.join(", "))
    }
}

const fn weight(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Failed(_) => 0,
        Outcome::Unknown(_) => 1,
        Outcome::Passed(_) => 2,
        Outcome::NotApplicable(_) => 3,
    }
}

/// Everything of several kinds.
pub(super) fn all_of<'g>(check: &Check<'g>, kinds: &[Kind]) -> Vec<Resource<'g>> {
    kinds.iter().flat_map(|kind| check.all(*kind)).collect()
}

/// What each of several resources comes to. The worst decides; where there are several, the
/// sentence says of which it speaks.
pub(super) fn each<'g>(
    (resources, what): (Vec<Resource<'g>>, &str),
    judge: impl Fn(&Resource<'g>) -> Outcome,
) -> Outcome {
    if resources.is_empty() {
        return Outcome::NotApplicable(format!("no {what} is made"));
    }
    let judged: Vec<_> = resources
        .iter()
        .map(|resource| (resource, judge(resource)))
        .collect();
    if let [(_, outcome)] = judged.as_slice() {
        return outcome.clone();
    }
    let worst = judged.iter().map(|(_, outcome)| weight(outcome)).min();
    let total = judged.len();
    let mut groups = BTreeMap::<&str, Vec<&Resource<'g>>>::new();
    for (resource, outcome) in &judged {
        if Some(weight(outcome)) == worst {
            groups.entry(outcome.why()).or_default().push(resource);
        }
    }
    let sentences: Vec<_> = groups
        .into_iter()
        .map(|(why, of)| format!("{}: {why}", subject(&of, total, what)))
        .collect();
    let why = sentences.join("; ");
    match judged
        .into_iter()
        .min_by_key(|(_, outcome)| weight(outcome))
    {
        Some((_, Outcome::Passed(_))) => Outcome::Passed(why),
        Some((_, Outcome::Failed(_))) => Outcome::Failed(why),
        Some((_, Outcome::Unknown(_))) => Outcome::Unknown(why),
        _ => Outcome::NotApplicable(why),
    }
}

/// Some of several: by their names where both languages have the same, or how many.
fn subject(of: &[&Resource<'_>], total: usize, what: &str) -> String {
    if of.len() == total {
        return format!("all {total} {what}s");
    }
    let names: Option<Vec<_>> = of.iter().map(|resource| name(resource)).collect();
    match names {
        Some(mut names) => {
            names.sort_unstable();
            names.join(" and ")
        }
        None => format!("{} of {total} {what}s", of.len()),
    }
}

/// What AWS calls it, where that is known: logical ids and addresses are each language's own.
fn name<'g>(resource: &Resource<'g>) -> Option<&'g str> {
    let name = match resource.node.kind {
        Kind::ReplicationGroup => "ReplicationGroupId",
        Kind::CacheCluster => "ClusterName",
        Kind::SecurityGroup => "GroupName",
        Kind::LogGroup => "LogGroupName",
        Kind::Topic => "TopicName",
        Kind::Alarm => "AlarmName",
        Kind::Secret => "Name",
        Kind::Key => "Description",
        _ => return None,
    };
    resource.text(name)
}

/// Everything that is of one of these types, which the product has no kind for.
pub(super) fn others<'g>(check: &Check<'g>, types: &[&str]) -> Vec<Resource<'g>> {
    let mut others = check.all(Kind::Other);
    others.retain(|other| {
        let of = other.node.of.as_deref();
        of.is_some_and(|of| types.contains(&of))
    });
    others
}
