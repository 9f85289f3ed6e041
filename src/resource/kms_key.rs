//! A KMS key of the environment's own: what encrypts the cache, its secrets and its logs.

use crate::diagnostic::Place;
use crate::graph::{Document, Kind, Node, Part, Property, Removal, Text, Value};
use crate::lower::{KeyUse, Lowering};
use crate::region::Region;
use crate::source::{ExistingKmsKey, Import};
use crate::value::{At, Id, Names};

/// A KMS key that is made, with an alias, and a policy that lets ElastiCache, Secrets
/// Manager and CloudWatch Logs use it as far as the environment uses them.
///
/// It stays when the stack goes, wherever the cache or a last snapshot of it stays: without
/// its key each is lost. Its policy then denies its deletion to everybody, until the definition
/// says [`Removal::Delete`].
///
/// ```
/// use cachewright::prelude::*;
/// let key = CustomerManagedKey::new("cache");
/// let at_rest = AtRestEncryption::KmsKey(key.clone().into());
/// let token = GeneratedSecret::new("oms/prod/auth-token").kms_key(key);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerManagedKey {
    id: At<String>,
    alias: Option<At<String>>,
    description: Option<At<String>>,
    rotation_period: Option<At<u16>>,
    deletion_window: Option<At<u8>>,
    removal: Option<At<Removal>>,
}

/// A KMS key of the account's own: one that exists already, or a [`CustomerManagedKey`] that
/// is made.
#[derive(Clone, Debug, PartialEq)]
pub struct KmsKey(Choice);

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Existing(ExistingKmsKey),
    Make(Box<CustomerManagedKey>),
}

impl KmsKey {
    /// Given at deployment, as `kms-key-arn` in each language's spelling.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self(Choice::Existing(ExistingKmsKey::given()))
    }

    /// Given at deployment, by that id: `logs-kms-key-arn`.
    #[track_caller]
    #[must_use]
    pub fn given_as(id: &str) -> Self {
        Self(Choice::Existing(ExistingKmsKey::given_as(id)))
    }

    /// Imported from another stack, which exports its ARN.
    #[must_use]
    pub fn imported(import: Import) -> Self {
        Self(Choice::Existing(ExistingKmsKey::imported(import)))
    }

    /// Written down, as an ARN.
    #[track_caller]
    #[must_use]
    pub fn arn(arn: &str) -> Self {
        Self(Choice::Existing(ExistingKmsKey::arn(arn)))
    }

    pub(crate) fn place(&self) -> &Place {
        match &self.0 {
            Choice::Existing(key) => key.place(),
            Choice::Make(key) => &key.id.place,
        }
    }

    pub(crate) fn names<'a>(&'a self, names: &mut Names<'a>) {
        if let Choice::Make(key) = &self.0 {
            names.extend(key.alias.as_ref().map(|alias| ("key alias", alias)));
        }
    }

    /// Its ARN; what is made is made, and takes note of what it is used for.
    pub(crate) fn lower(&self, cx: &mut Lowering, usage: KeyUse) -> Value {
        match &self.0 {
            Choice::Existing(key) => {
                let what = match usage {
                    KeyUse::Cache => "the data at rest",
                    KeyUse::Secret => "the secret",
                    KeyUse::LogGroup(_) => "the log group",
                    KeyUse::Topic => "the topic",
                };
                key.lower_for(cx, what)
            }
            Choice::Make(key) => key.lower(cx, usage),
        }
    }
}

impl From<CustomerManagedKey> for KmsKey {
    fn from(key: CustomerManagedKey) -> Self {
        Self(Choice::Make(Box::new(key)))
    }
}

impl CustomerManagedKey {
    /// A key by the definition's own id for it. It is one key wherever the id is used.
    #[track_caller]
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self {
            id: At::here(id),
            alias: None,
            description: None,
            rotation_period: None,
            deletion_window: None,
            removal: None,
        }
    }

    /// The alias, without `alias/`; `<replication group>-<id>` unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn alias(mut self, name: &str) -> Self {
        self.alias = Some(At::here(name));
        self
    }

    /// What it is for.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.description = Some(At::here(text));
        self
    }

    /// Days after which KMS gives it new material: 90 to 2560, 365 unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn rotation_period(mut self, days: u16) -> Self {
        self.rotation_period = Some(At::here(days));
        self
    }

    /// Days between its deletion and its end, in which it can be brought back: 7 to 30,
    /// 30 unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn deletion_window(mut self, days: u8) -> Self {
        self.deletion_window = Some(At::here(days));
        self
    }

    /// What happens when it is removed from the definition: it stays where the cache or a
    /// snapshot of it does. A key knows no snapshot, so [`Removal::Snapshot`] is
    /// [`Removal::Retain`].
    #[track_caller]
    #[must_use]
    pub fn removal(mut self, removal: Removal) -> Self {
        self.removal = Some(At::here(removal));
        self
    }

    /// The key's ARN; takes note of what it is used for.
    fn lower(&self, cx: &mut Lowering, usage: KeyUse) -> Value {
        let [key, alias] = self.nodes(cx);
        let arn = key.attribute(Some("Arn"), "arn");
        cx.key_uses.push((key.logical_id.clone(), usage));
        let known = |node: &&Node| node.kind == Kind::Key && node.logical_id == key.logical_id;
        let Some(first) = cx.keys.iter().position(|node| known(&node)) else {
            cx.keys.extend([key, alias]);
            return arn;
        };
        // its alias follows it; where they are said makes no difference
        let same = |one: &Node, other: &Node| {
            let said = |node: &Node| -> Vec<_> {
                let properties = node.properties.iter();
                let said = properties.map(|it| (it.cloudformation.clone(), it.value.clone()));
                said.collect()
            };
            said(one) == said(other) && one.removal == other.removal
        };
        if !same(&cx.keys[first], &key) || !same(&cx.keys[first + 1], &alias) {
            let place = cx.keys[first].place.clone();
            cx.error(
                "kms-key-twice",
                &self.id.place,
                format!("two keys are called {:?}", self.id.value),
                "one key for each id",
                format!(
                    "make it once and clone it, or give this one another id; the first is at {place}"
                ),
            );
        }
        arn
    }

    /// The key, still without its policy, and its alias.
    fn nodes(&self, cx: &mut Lowering) -> [Node; 2] {
        let id = cx.id(&self.id);
        let group = cx.replication_group.clone();
        let tags = cx.tags.clone();
        let mut key = node(&id, &self.id.place);
        let description = self.description.as_ref();
        key.put(
            "Description",
            "description",
            description.map_or_else(|| format!("Encrypts {group}"), |at| at.value.clone()),
        )
        .from(description.map(|at| &at.place));
        key.put("EnableKeyRotation", "enable_key_rotation", true);
        let rotation = self.rotation_period.as_ref();
        key.put(
            "RotationPeriodInDays",
            "rotation_period_in_days",
            rotation.map_or(365, |at| at.value),
        )
        .from(rotation.map(|at| &at.place));
        let window = self.deletion_window.as_ref();
        key.put(
            "PendingWindowInDays",
            "deletion_window_in_days",
            window.map_or(30, |at| at.value),
        )
        .from(window.map(|at| &at.place));
        cx.keep(&mut key, self.removal.as_ref());
        key.put_tags(&tags);

        let mut alias = Node::new(
            Kind::KeyAlias,
            &format!("{}KeyAlias", id.logical()),
            &id.snake(),
            &self.id.place,
        );
        let name = self.alias.as_ref();
        alias
            .put(
                "AliasName",
                "name",
                name.map_or_else(
                    || format!("alias/{group}-{}", id.snake().replace('_', "-")),
                    |at| format!("alias/{}", at.value),
                ),
            )
            .from(name.map(|at| &at.place));
        alias.put(
            "TargetKeyId",
            "target_key_id",
            key.attribute(Some("KeyId"), "key_id"),
        );
        [key, alias]
    }
}

/// The keys that are used, and their aliases, with what their uses need: all are known now.
pub(crate) fn nodes(cx: &mut Lowering) -> Vec<Node> {
    let mut nodes = std::mem::take(&mut cx.keys);
    for node in nodes.iter_mut().filter(|node| node.kind == Kind::Key) {
        let uses = cx
            .key_uses
            .iter()
            .filter(|(key, _)| *key == node.logical_id);
        let uses: Vec<_> = uses.map(|(_, usage)| usage.clone()).collect();
        let kept = node.removal != Some(Removal::Delete);
        cx.account_id(&node.place);
        let document = Value::Document(policy(&cx.region, &uses, kept));
        // before the tags
        let policy = Property::both("KeyPolicy", "policy", document);
        let tags = node
            .properties
            .iter()
            .position(|property| property.paragraph);
        node.properties
            .insert(tags.unwrap_or(node.properties.len()), policy);
    }
    nodes
}

fn node(id: &Id, place: &Place) -> Node {
    Node::new(
        Kind::Key,
        &format!("{}Key", id.logical()),
        &id.snake(),
        place,
    )
}

/// What administers a key, and doesn't use it.
const ADMINISTRATION: [&str; 13] = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:Describe*",
    "kms:Disable*",
    "kms:Enable*",
    "kms:Get*",
    "kms:List*",
    "kms:Put*",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:Update*",
];
/// What tags a key.
const TAGGING: [&str; 2] = ["kms:TagResource", "kms:UntagResource"];
/// What a service does with a key for whoever may use both.
const USE: [&str; 5] = [
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:DescribeKey",
];

fn list(actions: impl IntoIterator<Item = &'static str>) -> Document {
    Document::List(actions.into_iter().map(Document::from).collect())
}

/// Who may use the key. The account's IAM policies say who administers it, and who uses it
/// through the services that need it, and through no other; where it is kept, nobody deletes it.
fn policy(region: &Region, uses: &[KeyUse], kept: bool) -> Document {
    let root = || {
        let arn = Text(vec![
            Part::Literal(format!("arn:{}:iam::", region.partition())),
            Part::AccountId,
            Part::Literal(":root".into()),
        ]);
        Document::from([("AWS", Document::from(arn))])
    };
    let account = || Document::from(Text(vec![Part::AccountId]));
    let any_key = || Document::from("*");
    let mut statements = vec![Document::from([
        ("Sid", "AccountAdministersTheKey".into()),
        ("Effect", "Allow".into()),
        ("Principal", root()),
        ("Action", list(ADMINISTRATION.into_iter().chain(TAGGING))),
        ("Resource", any_key()),
    ])];
    let through = |service: &str| {
        Document::from([
            ("kms:CallerAccount", account()),
            ("kms:ViaService", region.service(service).into()),
        ])
    };
    for (usage, sid, service) in [
        (KeyUse::Cache, "ElastiCacheEncryptsTheCache", "elasticache"),
        (
            KeyUse::Secret,
            "SecretsManagerEncryptsSecrets",
            "secretsmanager",
        ),
    ] {
        if uses.contains(&usage) {
            statements.push(Document::from([
                ("Sid", sid.into()),
                ("Effect", "Allow".into()),
                ("Principal", root()),
                ("Action", list(USE)),
                ("Resource", any_key()),
                ("Condition", [("StringEquals", through(service))].into()),
            ]));
        }
    }
    if uses.contains(&KeyUse::Cache) {
        statements.push(Document::from([
            ("Sid", "ElastiCacheKeepsTheKeyAtHand".into()),
            ("Effect", "Allow".into()),
            ("Principal", root()),
            ("Action", "kms:CreateGrant".into()),
            ("Resource", any_key()),
            (
                "Condition",
                [
                    ("StringEquals", through("elasticache")),
                    (
                        "Bool",
                        [("kms:GrantIsForAWSResource", Document::from("true"))].into(),
                    ),
                ]
                .into(),
            ),
        ]));
    }
    let groups: Vec<Document> = uses
        .iter()
        .filter_map(|usage| match usage {
            KeyUse::LogGroup(name) => Some(Document::from(Text(vec![
                Part::Literal(format!(
                    "arn:{}:logs:{}:",
                    region.partition(),
                    region.as_str()
                )),
                Part::AccountId,
                Part::Literal(format!(":log-group:{name}")),
            ]))),
            KeyUse::Cache | KeyUse::Secret | KeyUse::Topic => None,
        })
        .collect();
    if !groups.is_empty() {
        statements.push(
            [
                ("Sid", "CloudWatchLogsEncryptsTheLogs".into()),
                ("Effect", "Allow".into()),
                (
                    "Principal",
                    [("Service", Document::from(region.service("logs")))].into(),
                ),
                ("Action", list(USE)),
                ("Resource", any_key()),
                (
                    "Condition",
                    [(
                        "ArnEquals",
                        [("kms:EncryptionContext:aws:logs:arn", Document::List(groups))].into(),
                    )]
                    .into(),
                ),
            ]
            .into(),
        );
    }
    if uses.contains(&KeyUse::Topic) {
        // CloudWatch encrypts what an alarm says by itself, for the account that the alarm is in
        statements.push(Document::from([
            ("Sid", "CloudWatchEncryptsNotices".into()),
            ("Effect", "Allow".into()),
            (
                "Principal",
                [("Service", Document::from("cloudwatch.amazonaws.com"))].into(),
            ),
            ("Action", list(["kms:Decrypt", "kms:GenerateDataKey*"])),
            ("Resource", any_key()),
            (
                "Condition",
                [(
                    "StringEquals",
                    Document::from([("aws:SourceAccount", account())]),
                )]
                .into(),
            ),
        ]));
    }
    if kept {
        statements.push(
            [
                ("Sid", "NobodyDeletesTheKey".into()),
                ("Effect", "Deny".into()),
                ("Principal", [("AWS", any_key())].into()),
                (
                    "Action",
                    list(["kms:DisableKey", "kms:ScheduleKeyDeletion"]),
                ),
                ("Resource", any_key()),
            ]
            .into(),
        );
    }
    [
        ("Version", "2012-10-17".into()),
        ("Statement", Document::List(statements)),
    ]
    .into()
}
