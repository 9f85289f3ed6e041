//! A dashboard: every member's metrics on one page, each with the threshold of its alarm.

use std::borrow::Cow;

use crate::diagnostic::Place;
use crate::graph::{Document, Kind, Node, Value};
use crate::lower::Lowering;
use crate::resource::alarm::Watched;
use crate::resource::replication_group::Members;
use crate::value::{At, Names};

/// The members that are drawn by their ids; of more, CloudWatch is asked for whoever is there.
const BY_ID: usize = 30;
/// A page is so many units wide, and a graph a third of that.
const COLUMNS: i64 = 3;
const WIDTH: i64 = 8;
const HEIGHT: i64 = 6;

/// The dashboard of an environment, which it has unless told otherwise: what its alarms watch, of
/// every member, with the thresholds. CloudWatch asks money for more than three in an account.
#[derive(Clone, Debug)]
pub struct Dashboard {
    name: Option<At<String>>,
    none: bool,
}

impl Dashboard {
    /// A dashboard; of the replication group's id unless told otherwise.
    #[must_use]
    pub fn new() -> Self {
        Self {
            name: None,
            none: false,
        }
    }

    /// No dashboard.
    #[must_use]
    pub fn none() -> Self {
        Self {
            name: None,
            none: true,
        }
    }

    /// Its name: letters, digits, hyphens and underscores.
    #[track_caller]
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(At::here(name));
        self
    }

    pub(crate) fn names<'a>(&'a self, names: &mut Names<'a>) {
        names.extend(self.name.as_ref().map(|name| ("dashboard", name)));
    }

    pub(crate) fn lower(
        &self,
        cx: &Lowering,
        members: &Members,
        watched: &[Watched],
        place: &Place,
    ) -> Option<Node> {
        if self.none || watched.is_empty() {
            return None;
        }
        let place = self.name.as_ref().map_or(place, |at| &at.place);
        let mut node = Node::new(Kind::Dashboard, "Dashboard", "this", place);
        node.put(
            "DashboardName",
            "dashboard_name",
            self.name
                .as_ref()
                .map_or(&*cx.replication_group, |at| &at.value),
        )
        .from(self.name.as_ref().map(|at| &at.place));
        node.put(
            "DashboardBody",
            "dashboard_body",
            Value::Json(body(cx, members, watched)),
        );
        Some(node)
    }
}

impl Default for Dashboard {
    fn default() -> Self {
        Self::new()
    }
}

/// An object, its names in order.
fn object(mut members: Vec<(&'static str, Document)>) -> Document {
    members.sort_by_key(|(name, _)| *name);
    Document::Object(
        members
            .into_iter()
            .map(|(name, value)| (Cow::Borrowed(name), value))
            .collect(),
    )
}

fn body(cx: &Lowering, members: &Members, watched: &[Watched]) -> Document {
    let region = cx.region.as_str();
    let title = object(vec![
        ("type", "text".into()),
        ("x", 0.into()),
        ("y", 0.into()),
        ("width", (COLUMNS * WIDTH).into()),
        ("height", 1.into()),
        (
            "properties",
            object(vec![(
                "markdown",
                format!(
                    "# {} ({}, {})",
                    cx.replication_group, cx.environment, cx.stage
                )
                .into(),
            )]),
        ),
    ]);
    let graphs = watched.iter().zip(0..).map(|(watch, number)| {
        let statistic = &*watch.metric.fact.statistic;
        let threshold = object(vec![
            ("label", "alarm".into()),
            ("value", watch.threshold.into()),
        ]);
        let properties = object(vec![
            ("title", watch.title.into()),
            ("region", region.into()),
            ("view", "timeSeries".into()),
            ("stacked", false.into()),
            ("stat", statistic.into()),
            ("period", watch.metric.fact.period_s.into()),
            ("metrics", metrics(&cx.replication_group, members, watch)),
            (
                "annotations",
                object(vec![("horizontal", Document::List(vec![threshold]))]),
            ),
        ]);
        object(vec![
            ("type", "metric".into()),
            ("x", (number % COLUMNS * WIDTH).into()),
            ("y", (1 + number / COLUMNS * HEIGHT).into()),
            ("width", WIDTH.into()),
            ("height", HEIGHT.into()),
            ("properties", properties),
        ])
    });
    object(vec![(
        "widgets",
        Document::List(std::iter::once(title).chain(graphs).collect()),
    )])
}

/// A line for each member, or for whoever is there.
fn metrics(group: &str, members: &Members, watch: &Watched) -> Document {
    let row = |row: Vec<&str>| Document::List(row.into_iter().map(Document::from).collect());
    let name = watch.metric.name;
    if members.scaled || members.ids.len() > BY_ID {
        let dimensions = if watch.metric.host {
            "CacheClusterId,CacheNodeId"
        } else {
            "CacheClusterId"
        };
        let search = format!(
            "SEARCH('{{AWS/ElastiCache,{dimensions}}} MetricName=\"{name}\" \"{}-\"', '{}', {})",
            group.to_ascii_lowercase(),
            watch.metric.fact.statistic,
            watch.metric.fact.period_s,
        );
        let search = object(vec![
            ("expression", search.into()),
            ("id", "members".into()),
        ]);
        return Document::List(vec![Document::List(vec![search])]);
    }
    // a dot repeats what stands there in the row before
    let rows = members.ids.iter().enumerate().map(|(number, member)| {
        let first = number == 0;
        let mut cells = if first {
            vec!["AWS/ElastiCache", name, "CacheClusterId", member]
        } else {
            vec![".", ".", ".", member]
        };
        if watch.metric.host && first {
            cells.extend(["CacheNodeId", "0001"]);
        } else if watch.metric.host {
            cells.extend([".", "."]);
        }
        row(cells)
    });
    Document::List(rows.collect())
}
