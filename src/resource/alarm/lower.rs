use super::metric::Asked;
use super::proposal::Cache;
use super::{Alarm, Alarms, Metric, Severity, TOGETHER, composite};
use crate::diagnostic::Place;
use crate::graph::{
    Attribute, Entry, Kind, MapShape, Node, Part, Property, Reference, Text, Value,
};
use crate::lower::{Lowering, TopicUse};
use crate::resource::replication_group::{AnyReplicationGroup, LoweredAccess};
use crate::value::Id;

/// What is watched, for whoever draws it.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    pub metric: Asked,
    pub title: &'static str,
    pub threshold: f64,
}

/// The alarms, and what of them is drawn. Without alarms what would be proposed is drawn all the same.
pub(crate) fn lower(
    cx: &mut Lowering,
    alarms: Option<&Alarms>,
    group: &AnyReplicationGroup,
    access: Option<&LoweredAccess>,
) -> (Vec<Node>, Vec<Watched>) {
    let cache = Cache::new(cx.stage, group, access);
    let mut watched = Vec::new();
    let mut nodes = Vec::new();
    let mut pages = Vec::new();
    let topics = alarms.map(|alarms| {
        let warning = alarms.warning.lower(cx, TopicUse::Alarms);
        (warning, alarms.page.lower(cx, TopicUse::Alarms))
    });
    for metric in Metric::ALL {
        let said = alarms.and_then(|alarms| {
            let mut said = alarms.said.iter();
            said.find(|(known, _)| *known == metric).map(|(_, at)| at)
        });
        let Some(watch) = watch(&cache, metric, said.map(|at| at.value)) else {
            continue;
        };
        if metric != Metric::NoData {
            watched.push(Watched {
                metric: watch.asked,
                title: metric.word(),
                threshold: watch.threshold,
            });
        }
        if let (Some(alarms), Some((warning, _))) = (alarms, &topics) {
            let place = said.map_or(&alarms.place, |at| &at.place);
            for mut node in watch.nodes(&cache, &cx.replication_group, place) {
                node.put(
                    "AlarmActions",
                    "alarm_actions",
                    Value::List(vec![warning.clone()]),
                );
                node.put(
                    "OKActions",
                    "ok_actions",
                    Value::List(vec![warning.clone()]),
                );
                let tags = cx.tags.clone();
                node.put_tags(&tags);
                if watch.severity == Severity::Page {
                    pages.push(node.attribute(None, "alarm_name"));
                }
                nodes.push(node);
            }
        }
    }
    if let (Some(alarms), Some((_, page))) = (alarms, topics) {
        nodes.extend(composite::nodes(cx, &pages, &page, &alarms.place));
    }
    (nodes, watched)
}

/// One metric, watched.
struct Watch {
    metric: Metric,
    asked: Asked,
    threshold: f64,
    minutes: Option<u16>,
    severity: Severity,
    reason: String,
}

fn watch(cache: &Cache<'_>, metric: Metric, said: Option<Option<Alarm>>) -> Option<Watch> {
    let proposed = cache.proposes(metric);
    let (asked_for, severity, why) = match (said, proposed) {
        (Some(None), _) | (None, None) => return None,
        (None, Some(proposed)) => proposed,
        (Some(Some(alarm)), proposed) => {
            let severity = proposed.map_or(Severity::Warning, |(_, severity, _)| severity);
            (
                alarm.threshold,
                alarm.severity.unwrap_or(severity),
                String::new(),
            )
        }
    };
    let (threshold, translated) = cache.translate(metric, asked_for);
    Some(Watch {
        metric,
        asked: cache.asked(metric),
        threshold,
        minutes: said.flatten().and_then(|alarm| alarm.minutes),
        severity,
        reason: if translated.is_empty() {
            why
        } else {
            translated
        },
    })
}

impl Watch {
    fn statistic(&self) -> &str {
        match self.metric {
            Metric::NoData => "SampleCount",
            _ => &self.asked.fact.statistic,
        }
    }

    fn operator(&self) -> &'static str {
        match self.metric {
            Metric::NoData => "LessThanThreshold",
            _ => self.asked.fact.comparison_operator(),
        }
    }

    fn is_below(&self) -> bool {
        self.metric == Metric::NoData || self.asked.fact.is_below()
    }

    fn missing(&self) -> &str {
        match self.metric {
            Metric::NoData => "breaching",
            _ => &self.asked.fact.treat_missing_data,
        }
    }

    /// How many values in a row make the alarm.
    fn periods(&self) -> i64 {
        let fact = self.asked.fact;
        match self.minutes {
            Some(minutes) => (i64::from(minutes) * 60 / fact.period_s).max(1),
            None if self.metric == Metric::NoData => 5,
            None => fact.evaluation_periods,
        }
    }

    /// One alarm for all members, on the worst of them; silence is asked of each.
    fn nodes(&self, cache: &Cache<'_>, group: &str, place: &Place) -> Vec<Node> {
        let members = &cache.members;
        let ids = &members.ids;
        let prefix = group.to_ascii_lowercase();
        let of_each = || {
            let each = ids.iter().map(|member| {
                let suffix = member.strip_prefix(prefix.as_str()).unwrap_or(member);
                self.of_member(member, suffix, place)
            });
            each.collect()
        };
        match self.metric {
            // what is computed of several members passes over those that say nothing
            Metric::NoData if cache.is_a_whole() => Vec::new(),
            Metric::NoData => of_each(),
            Metric::EngineCpuUtilization | Metric::DatabaseMemoryUsagePercentage
                if cache.is_a_whole() =>
            {
                vec![self.of_group(group, place)]
            }
            _ if ids.len() == 1 => of_each(),
            _ => ids
                .chunks(TOGETHER)
                .zip(1..)
                .map(|(members, number)| self.of_members(group, members, number, place))
                .collect(),
        }
    }

    fn node(&self, of: &str, suffix: &str, place: &Place) -> Node {
        let word = self.metric.word();
        let id = Id::of_words(&format!("{}{suffix}", self.metric.id()));
        let logical_id = format!("{}Alarm", id.logical());
        let mut node = Node::new(Kind::Alarm, &logical_id, &id.snake(), place);
        node.put("AlarmName", "alarm_name", format!("{of}-{word}"));
        node.put(
            "AlarmDescription",
            "alarm_description",
            self.description(of),
        );
        node
    }

    /// What it means, when it goes off, and why at that threshold.
    fn description(&self, of: &str) -> String {
        let minutes = self.periods() * self.asked.fact.period_s / 60;
        let minutes = match minutes {
            1 => "a minute".to_owned(),
            minutes => format!("{minutes} minutes"),
        };
        let what = match self.metric {
            Metric::NoData => format!("{of}: no data for {minutes}."),
            _ => format!(
                "{of}: {} {} {}{} for {minutes}.",
                self.asked.name,
                match self.operator() {
                    "LessThanThreshold" => "below",
                    "GreaterThanThreshold" => "above",
                    _ => "at",
                },
                self.threshold,
                self.metric.unit(),
            ),
        };
        let sentences = [&*what, self.metric.meaning(), &self.reason];
        let sentences: Vec<_> = sentences.into_iter().filter(|it| !it.is_empty()).collect();
        sentences.join(" ")
    }

    fn compare(&self, node: &mut Node) {
        node.put("EvaluationPeriods", "evaluation_periods", self.periods());
        node.put("DatapointsToAlarm", "datapoints_to_alarm", self.periods());
        node.put("Threshold", "threshold", Value::Number(self.threshold));
        node.put("ComparisonOperator", "comparison_operator", self.operator());
        node.put("TreatMissingData", "treat_missing_data", self.missing());
    }

    fn statistics(&self, node: &mut Node, dimensions: Value, statistic: &str) {
        node.paragraph(|node| {
            node.put("Namespace", "namespace", "AWS/ElastiCache");
            node.put("MetricName", "metric_name", self.asked.name);
            node.put("Dimensions", "dimensions", dimensions);
            if statistic.starts_with('p') {
                node.put("ExtendedStatistic", "extended_statistic", statistic);
            } else {
                node.put("Statistic", "statistic", statistic);
            }
            node.put("Period", "period", self.asked.fact.period_s);
        });
        node.paragraph(|node| self.compare(node));
    }

    /// An alarm on one member.
    fn of_member(&self, member: &str, suffix: &str, place: &Place) -> Node {
        let mut node = self.node(member, suffix, place);
        let mut dimensions = self.dimensions(member);
        if let (Metric::NoData, Some(first)) = (self.metric, dimensions.first_mut()) {
            // by reference, so that nobody is woken by a cache that is still being made
            first.value = Text(vec![
                Part::Reference(the_cache()),
                Part::Literal(suffix.to_owned()),
            ]);
        }
        let dimensions = Value::Map(MapShape::Dimensions, dimensions);
        self.statistics(&mut node, dimensions, self.statistic());
        node
    }

    /// An alarm on the group as a whole, whoever is in it.
    fn of_group(&self, group: &str, place: &Place) -> Node {
        let mut node = self.node(group, "", place);
        let group = entry("ReplicationGroupId", &group.to_ascii_lowercase());
        let dimensions = Value::Map(MapShape::Dimensions, vec![group]);
        self.statistics(&mut node, dimensions, "Maximum");
        node
    }

    /// One alarm on several members: on the worst of those that there are.
    fn of_members(&self, group: &str, members: &[String], number: usize, place: &Place) -> Node {
        // the first keeps its name when there are more
        let more = if number > 1 {
            format!("-{number}")
        } else {
            String::new()
        };
        let mut node = self.node(&format!("{group}{more}"), &more, place);
        let worst = if self.is_below() { "MIN" } else { "MAX" };
        let mut queries = vec![vec![
            Property::both("Id", "id", "worst"),
            Property::both("Expression", "expression", format!("{worst}(METRICS())")),
            Property::both("ReturnData", "return_data", true),
        ]];
        for (member, number) in members.iter().zip(1..) {
            queries.push(vec![
                Property::both("Id", "id", format!("m{number}")),
                Property::both(
                    "MetricStat.Metric.Namespace",
                    "metric.namespace",
                    "AWS/ElastiCache",
                ),
                Property::both(
                    "MetricStat.Metric.MetricName",
                    "metric.metric_name",
                    self.asked.name,
                ),
                Property::both(
                    "MetricStat.Metric.Dimensions",
                    "metric.dimensions",
                    Value::Map(MapShape::Dimensions, self.dimensions(member)),
                ),
                Property::both(
                    "MetricStat.Period",
                    "metric.period",
                    self.asked.fact.period_s,
                ),
                Property::both("MetricStat.Stat", "metric.stat", self.statistic()),
                Property::both("ReturnData", "return_data", false),
            ]);
        }
        node.paragraph(|node| {
            node.put("Metrics", "metric_query", Value::Objects(queries));
        });
        node.paragraph(|node| self.compare(node));
        node
    }

    fn dimensions(&self, member: &str) -> Vec<Entry> {
        let mut entries = vec![entry("CacheClusterId", member)];
        if self.asked.host {
            // every member of a replication group has one node
            entries.push(entry("CacheNodeId", "0001"));
        }
        entries
    }
}

/// The replication group, whose id its members' begin with.
fn the_cache() -> Reference {
    Reference::Node {
        kind: Kind::ReplicationGroup,
        logical_id: "ReplicationGroup".to_owned(),
        label: "this".to_owned(),
        attribute: Attribute {
            cloudformation: None,
            terraform: "id".into(),
        },
    }
}

fn entry(name: &str, value: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        value: value.into(),
        place: None,
        name_place: None,
    }
}
