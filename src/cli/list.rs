use std::fmt::Write as _;

use serde_json::json;

use super::terminal::{self, BOLD, DIM};
use super::{FINE, Format};
use crate::environment::Environment;
use crate::graph::{Graph, Kind, Language, Value};

pub(super) fn list(environments: impl Iterator<Item = Environment>, format: Format) -> u8 {
    let rows: Vec<Row> = environments
        .map(|environment| Row::new(&environment))
        .collect();
    match format {
        Format::Json => {
            let rows = rows.iter().map(|row| {
                json!({
                    "environment": row.path,
                    "stage": row.stage,
                    "region": row.region,
                    "place": row.place,
                    "cache": row.cache,
                    "resources": row.resources,
                })
            });
            terminal::json(&rows.collect());
        }
        Format::Text => terminal::out(&table(&rows)),
    }
    FINE
}

struct Row {
    path: String,
    stage: String,
    region: String,
    place: String,
    cache: String,
    resources: Vec<String>,
    /// The kinds in words, the most telling first.
    makes: String,
}

impl Row {
    fn new(environment: &Environment) -> Self {
        let (graph, _) = environment.lower();
        Self {
            path: environment.path(),
            stage: environment.stage().to_string(),
            region: environment.region().to_string(),
            place: environment.place().to_string(),
            cache: cache(&graph),
            makes: makes(&graph),
            resources: graph
                .nodes
                .iter()
                .filter(|node| node.is_in(Language::CloudFormation))
                .map(|node| node.kind.cloudformation().to_owned())
                .collect(),
        }
    }
}

/// What is made, in words: `replication group, subnet group, security group with 1 rule`.
fn makes(graph: &Graph) -> String {
    let count = |kind| graph.nodes.iter().filter(|node| node.kind == kind).count();
    let mut words = vec!["replication group".to_owned()];
    if count(Kind::ParameterGroup) > 0 {
        words.push("parameter group".into());
    }
    if count(Kind::SubnetGroup) > 0 {
        words.push("subnet group".into());
    }
    if count(Kind::SecurityGroup) > 0 {
        words.push(match count(Kind::SecurityGroupIngress) {
            1 => "security group with 1 client".into(),
            clients => format!("security group with {clients} clients"),
        });
    }
    words.join(", ")
}

/// The cache in a few words: `redis 7.1, cache.m7g.large, 3 nodes`.
fn cache(graph: &Graph) -> String {
    let find = |name: &str| {
        graph
            .nodes
            .iter()
            .filter(|node| node.kind == Kind::ReplicationGroup)
            .flat_map(|node| &node.properties)
            .find(|property| property.cloudformation.as_deref() == Some(name))
            .map(|property| &property.value)
    };
    let word = |name: &str| match find(name) {
        Some(Value::Text(text)) => text.literal().map(str::to_owned),
        Some(Value::Integer(number)) => Some(number.to_string()),
        _ => None,
    };
    let mut words = Vec::new();
    if let (Some(engine), Some(version)) = (word("Engine"), word("EngineVersion")) {
        words.push(format!("{engine} {version}"));
    }
    words.extend(word("CacheNodeType"));
    match (word("NumNodeGroups"), word("NumCacheClusters")) {
        (Some(shards), _) => words.push(match word("ReplicasPerNodeGroup") {
            Some(replicas) => format!("{shards} shards with {replicas} replicas each"),
            None => format!("{shards} shards"),
        }),
        (None, Some(one)) if one == "1" => words.push("1 node".into()),
        (None, Some(nodes)) => words.push(format!("{nodes} nodes")),
        (None, None) => {}
    }
    words.join(", ")
}

fn table(rows: &[Row]) -> String {
    let width = |of: fn(&Row) -> &str| {
        rows.iter()
            .map(|row| of(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (path, stage, region, cache) = (
        width(|row| &row.path),
        width(|row| &row.stage),
        width(|row| &row.region),
        width(|row| &row.cache),
    );
    let makes = width(|row| &row.makes);
    let mut text = String::new();
    for row in rows {
        let _ = writeln!(
            text,
            "{BOLD}{:path$}{BOLD:#}  {:stage$}  {:region$}  {:cache$}  {:makes$}  {DIM}{}{DIM:#}",
            row.path, row.stage, row.region, row.cache, row.makes, row.place,
        );
    }
    text
}
