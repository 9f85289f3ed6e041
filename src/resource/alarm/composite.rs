//! "The cache is unwell": one alarm that goes off when any of those does that can't wait.

use crate::diagnostic::Place;
use crate::graph::{Kind, Node, Part, Reference, Text, Value};
use crate::lower::Lowering;
use crate::value::Id;

/// The alarms that one rule may name (CloudWatch user guide on composite alarms, read November 2026).
const CHILDREN: usize = 100;

/// The composite alarm over these alarms' names, which tells `topic`; nothing where there are none.
/// Where there are too many for one rule, several that tell nobody stand between.
pub(super) fn nodes(
    cx: &mut Lowering,
    children: &[Value],
    topic: &Value,
    place: &Place,
) -> Vec<Node> {
    if children.is_empty() {
        return Vec::new();
    }
    let group = cx.replication_group.clone();
    let mut nodes = Vec::new();
    let mut names = children.to_vec();
    if names.len() > CHILDREN {
        let parts = names.chunks(CHILDREN).zip(1..);
        let parts: Vec<_> = parts
            .map(|(children, number)| {
                let id = Id::of_words(&format!("unwell-{number}"));
                node(
                    cx,
                    &id,
                    &format!("{group}-unwell-{number}"),
                    children,
                    place,
                )
            })
            .collect();
        names = parts
            .iter()
            .map(|part| part.attribute(None, "alarm_name"))
            .collect();
        nodes.extend(parts);
    }
    let mut whole = node(
        cx,
        &Id::known("unwell"),
        &format!("{group}-unwell"),
        &names,
        place,
    );
    // before the tags
    let tags = whole
        .properties
        .pop_if(|property| property.terraform.as_deref() == Some("tags"));
    whole.put(
        "AlarmActions",
        "alarm_actions",
        Value::List(vec![topic.clone()]),
    );
    whole.put("OKActions", "ok_actions", Value::List(vec![topic.clone()]));
    whole.properties.extend(tags);
    nodes.push(whole);
    nodes
}

fn node(cx: &Lowering, id: &Id, name: &str, children: &[Value], place: &Place) -> Node {
    let logical_id = format!("{}Alarm", id.logical());
    let mut node = Node::new(Kind::CompositeAlarm, &logical_id, &id.snake(), place);
    node.put("AlarmName", "alarm_name", name);
    node.put(
        "AlarmDescription",
        "alarm_description",
        format!(
            "{} is unwell: one of the alarms that can't wait went off. The dashboard shows which, the runbook what to do.",
            cx.replication_group
        ),
    );
    node.put("AlarmRule", "alarm_rule", Value::Text(any_of(children)));
    node.put_tags(&cx.tags.clone());
    node
}

/// `ALARM("one") OR ALARM("other")`, by reference, so that the alarms are there first.
fn any_of(children: &[Value]) -> Text {
    let mut parts: Vec<Part> = Vec::new();
    let mut before = "ALARM(\"";
    for child in children {
        parts.push(Part::Literal(before.to_owned()));
        parts.push(match child {
            Value::Reference(reference @ Reference::Node { .. }) => {
                Part::Reference(reference.clone())
            }
            _ => Part::Unknown,
        });
        before = "\") OR ALARM(\"";
    }
    parts.push(Part::Literal("\")".to_owned()));
    Text(parts)
}
