//! A log group of CloudWatch Logs: where a cache's log lines are kept.

use crate::diagnostic::Place;
use crate::graph::{Kind, Node, Removal, Value};
use crate::lower::{KeyUse, Lowering};
use crate::resource::kms_key::KmsKey;
use crate::stage::Stage;
use crate::value::{At, Id, Names};

/// A log group that is made.
///
/// Its name begins with `/aws/vendedlogs/` unless told otherwise: services that deliver logs
/// are let into such groups without an entry in the account's resource policy, which is
/// short. Lines are kept for 14 days in development, 30 in staging and a year in production.
#[derive(Clone, Debug, Default)]
pub struct LogGroup {
    name: Option<At<String>>,
    retention: Option<At<u16>>,
    kms_key: Option<KmsKey>,
}

impl LogGroup {
    /// A group of the log's own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Its name; `/aws/vendedlogs/elasticache/<replication group>/<log>` unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(At::here(name));
        self
    }

    /// Days for which lines are kept, of those that CloudWatch Logs offers: 1, 3, 5, 7, 14,
    /// 30, 60, 90 and so on.
    #[track_caller]
    #[must_use]
    pub fn retention(mut self, days: u16) -> Self {
        self.retention = Some(At::here(days));
        self
    }

    /// The key that encrypts it; the one that AWS owns unless told otherwise.
    #[must_use]
    pub fn kms_key(mut self, key: impl Into<KmsKey>) -> Self {
        self.kms_key = Some(key.into());
        self
    }

    pub(crate) fn names<'a>(&'a self, names: &mut Names<'a>) {
        names.extend(self.name.as_ref().map(|name| ("log group", name)));
        if let Some(key) = &self.kms_key {
            key.names(names);
        }
    }

    pub(crate) fn place<'a>(&'a self, otherwise: &'a Place) -> &'a Place {
        self.name.as_ref().map_or(otherwise, |at| &at.place)
    }

    /// Its name, for whoever writes to it; `log` is which one: `slow-log`. The group is made.
    pub(crate) fn lower(&self, cx: &mut Lowering, log: &str, place: &Place) -> Value {
        let id = Id::known(log);
        let mut node = Node::new(
            Kind::LogGroup,
            &format!("{}Group", id.logical()),
            &id.snake(),
            self.place(place),
        );
        let name = self.name.as_ref().map_or_else(
            || format!("/aws/vendedlogs/elasticache/{}/{log}", cx.replication_group),
            |at| at.value.clone(),
        );
        node.put("LogGroupName", "name", &*name)
            .from(self.name.as_ref().map(|at| &at.place));
        let days = match cx.stage {
            Stage::Development => 14,
            Stage::Staging => 30,
            Stage::Production => 365,
        };
        node.put(
            "RetentionInDays",
            "retention_in_days",
            self.retention.as_ref().map_or(days, |at| at.value),
        )
        .from(self.retention.as_ref().map(|at| &at.place));
        if let Some(key) = &self.kms_key {
            node.put(
                "KmsKeyId",
                "kms_key_id",
                key.lower(cx, KeyUse::LogGroup(name)),
            )
            .from(key.place());
        }
        let tags = cx.tags.clone();
        node.put_tags(&tags);
        // lines are no state: what a new deployment needs is a name that is free
        node.removal = Some(Removal::Delete);
        node.replacement = Some(Removal::Delete);
        let value = node.attribute(None, "name");
        cx.made.push(node);
        value
    }
}
