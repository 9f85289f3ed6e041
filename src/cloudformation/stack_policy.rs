//! A stack policy: what no update of a stack may replace or delete.

use super::json::Json;
use crate::graph::{Graph, Language, Removal};

/// What `aws cloudformation set-stack-policy` takes: every update is allowed but those that
/// replace or delete what holds data, or what data is lost without. Nothing where all of it goes
/// with the stack.
///
/// A stack policy speaks about updates alone; that nobody deletes the stack is its
/// termination protection's business.
#[must_use]
pub fn stack_policy(graph: &Graph) -> Option<String> {
    let kept: Vec<Json> = graph
        .nodes
        .iter()
        .filter(|node| node.is_in(Language::CloudFormation))
        .filter(|node| {
            node.removal
                .is_some_and(|removal| removal != Removal::Delete)
        })
        .map(|node| Json::string(format!("LogicalResourceId/{}", node.logical_id)))
        .collect();
    if kept.is_empty() {
        return None;
    }
    let statement = |effect: &str, actions: Vec<Json>, resources: Vec<Json>| {
        Json::Object(vec![
            ("Effect".into(), Json::string(effect)),
            ("Principal".into(), Json::string("*")),
            ("Action".into(), Json::Array(actions)),
            ("Resource".into(), Json::Array(resources)),
        ])
    };
    let statements = vec![
        statement(
            "Allow",
            vec![Json::string("Update:*")],
            vec![Json::string("*")],
        ),
        statement(
            "Deny",
            ["Update:Replace", "Update:Delete"].map(Json::string).into(),
            kept,
        ),
    ];
    Some(Json::one("Statement", Json::Array(statements)).to_string())
}
