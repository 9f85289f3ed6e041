//! An SNS topic: where alarms and ElastiCache's events are told.

use crate::diagnostic::Place;
use crate::graph::{Document, Kind, Node, Part, Property, Text, Value};
use crate::lower::{KeyUse, Lowering, TopicUse};
use crate::resource::kms_key::KmsKey;
use crate::source::{ExistingTopic, Import};
use crate::value::{At, Names};

/// An SNS topic: one that exists already, or one that is made, with a policy that lets in who
/// the environment has publish there.
///
/// ```
/// use cachewright::prelude::*;
/// let pager = Topic::given_as("pager-topic-arn");
/// let alerts = Topic::made("alerts").kms_key(CustomerManagedKey::new("cache"));
/// let alarms = Alarms::new(alerts, pager);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Topic(Choice);

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Existing(ExistingTopic),
    Make(Box<Made>),
}

#[derive(Clone, Debug, PartialEq)]
struct Made {
    id: At<String>,
    name: Option<At<String>>,
    kms_key: Option<KmsKey>,
}

impl TopicUse {
    const fn what(self) -> &'static str {
        match self {
            Self::Alarms => "alarms",
            Self::Events => "ElastiCache events",
        }
    }

    const fn service(self) -> &'static str {
        match self {
            Self::Alarms => "cloudwatch.amazonaws.com",
            Self::Events => "elasticache.amazonaws.com",
        }
    }

    const fn sid(self) -> &'static str {
        match self {
            Self::Alarms => "CloudWatchTellsOfAlarms",
            Self::Events => "ElastiCacheTellsOfEvents",
        }
    }
}

impl Topic {
    /// Given at deployment, as `topic-arn` in each language's spelling.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self(Choice::Existing(ExistingTopic::given()))
    }

    /// Given at deployment, by that id: `pager-topic-arn`.
    #[track_caller]
    #[must_use]
    pub fn given_as(id: &str) -> Self {
        Self(Choice::Existing(ExistingTopic::given_as(id)))
    }

    /// Imported from another stack, which exports its ARN.
    #[must_use]
    pub fn imported(import: Import) -> Self {
        Self(Choice::Existing(ExistingTopic::imported(import)))
    }

    /// Written down, as an ARN.
    #[track_caller]
    #[must_use]
    pub fn arn(arn: &str) -> Self {
        Self(Choice::Existing(ExistingTopic::arn(arn)))
    }

    /// A topic that is made, by the definition's own id for it. It is one topic wherever the id
    /// is used. Who listens to it subscribes later: a subscription has to be confirmed by hand.
    #[track_caller]
    #[must_use]
    pub fn made(id: &str) -> Self {
        Self(Choice::Make(Box::new(Made {
            id: At::here(id),
            name: None,
            kms_key: None,
        })))
    }

    /// The name of a topic that is made; `<replication group>-<id>` unless told otherwise. Of one
    /// that exists it says nothing.
    #[track_caller]
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        if let Choice::Make(made) = &mut self.0 {
            made.name = Some(At::here(name));
        }
        self
    }

    /// The key that encrypts what a topic that is made is told; nothing is encrypted unless
    /// told otherwise. The key that AWS keeps for SNS would let no alarm in, so it has to be one of
    /// the account's own. ElastiCache's own events don't reach an encrypted topic.
    #[must_use]
    pub fn kms_key(mut self, key: impl Into<KmsKey>) -> Self {
        if let Choice::Make(made) = &mut self.0 {
            made.kms_key = Some(key.into());
        }
        self
    }

    pub(crate) fn place(&self) -> &Place {
        match &self.0 {
            Choice::Existing(topic) => topic.place(),
            Choice::Make(made) => &made.id.place,
        }
    }

    pub(crate) fn names<'a>(&'a self, names: &mut Names<'a>) {
        if let Choice::Make(made) = &self.0 {
            names.extend(made.name.as_ref().map(|name| ("topic", name)));
            if let Some(key) = &made.kms_key {
                key.names(names);
            }
        }
    }

    /// Its ARN; what is made is made, and takes note of who publishes there.
    pub(crate) fn lower(&self, cx: &mut Lowering, usage: TopicUse) -> Value {
        match &self.0 {
            Choice::Existing(topic) => topic.lower_for(cx, usage.what()),
            Choice::Make(made) => made.lower(cx, usage),
        }
    }
}

impl Made {
    fn lower(&self, cx: &mut Lowering, usage: TopicUse) -> Value {
        let topic = self.node(cx);
        let arn = topic.attribute(None, "arn");
        let known = |(node, _): &(Node, Vec<TopicUse>)| node.logical_id == topic.logical_id;
        let Some(at) = cx.topics.iter().position(known) else {
            cx.topics.push((topic, vec![usage]));
            return arn;
        };
        let said = |node: &Node| -> Vec<_> {
            let properties = node.properties.iter();
            properties
                .map(|it| (it.cloudformation.clone(), it.value.clone()))
                .collect()
        };
        let (first, uses) = &mut cx.topics[at];
        if !uses.contains(&usage) {
            uses.push(usage);
        }
        if said(first) != said(&topic) {
            let place = first.place.clone();
            cx.error(
                "topic-twice",
                &self.id.place,
                format!("two topics are called {:?}", self.id.value),
                "one topic for each id",
                format!(
                    "make it once and clone it, or give this one another id; the first is at {place}"
                ),
            );
        }
        arn
    }

    fn node(&self, cx: &mut Lowering) -> Node {
        let id = cx.id(&self.id);
        let mut node = Node::new(
            Kind::Topic,
            &format!("{}Topic", id.logical()),
            &id.snake(),
            &self.id.place,
        );
        let name = self.name.as_ref();
        node.put(
            "TopicName",
            "name",
            name.map_or_else(
                || {
                    let id = id.snake().replace('_', "-");
                    format!("{}-{id}", cx.replication_group)
                },
                |at| at.value.clone(),
            ),
        )
        .from(name.map(|at| &at.place));
        if let Some(key) = &self.kms_key {
            node.put(
                "KmsMasterKeyId",
                "kms_master_key_id",
                key.lower(cx, KeyUse::Topic),
            )
            .from(key.place());
        }
        let tags = cx.tags.clone();
        node.put_tags(&tags);
        node
    }
}

/// The topics that are made, each with its policy: all who publish there are known now.
pub(crate) fn nodes(cx: &mut Lowering) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (topic, mut uses) in std::mem::take(&mut cx.topics) {
        uses.sort_unstable();
        let mut policy = Node::new(
            Kind::TopicPolicy,
            &format!("{}Policy", topic.logical_id),
            &topic.label,
            &topic.place,
        );
        let arn = || topic.attribute(None, "arn");
        policy.put_cfn("Topics", Value::List(vec![arn()]));
        policy.put_tf("arn", arn());
        let account = cx.account_id(&topic.place);
        let statements = uses.iter().map(|usage| statement(*usage, &arn(), &account));
        let document = Document::from([
            ("Version", "2012-10-17".into()),
            ("Statement", Document::List(statements.collect())),
        ]);
        policy.properties.push(Property::both(
            "PolicyDocument",
            "policy",
            Value::Document(document),
        ));
        nodes.extend([topic, policy]);
    }
    nodes
}

/// A service may publish to the topic, on behalf of this account alone.
fn statement(usage: TopicUse, topic: &Value, account: &Part) -> Document {
    let arn = match topic {
        Value::Reference(reference) => Part::Reference(reference.clone()),
        _ => Part::Unknown,
    };
    let account = Document::from(Text(vec![account.clone()]));
    [
        ("Sid", usage.sid().into()),
        ("Effect", "Allow".into()),
        (
            "Principal",
            [("Service", Document::from(usage.service()))].into(),
        ),
        ("Action", "sns:Publish".into()),
        ("Resource", Text(vec![arn]).into()),
        (
            "Condition",
            [(
                "StringEquals",
                Document::from([("aws:SourceAccount", account)]),
            )]
            .into(),
        ),
    ]
    .into()
}
