//! The neutral tree between a definition and its outputs: nodes of a kind, each
//! with named values and references.
//!
//! Every property is named once, in both vocabularies, where it is put. The back
//! ends range over the closed set of [`Value`] cases and never over kinds, so a
//! new kind needs no new printing code, and a new back end no new kind. The graph
//! knows nothing of definitions, back ends or rules.

use std::borrow::Cow;

use crate::diagnostic::Place;
use crate::stage::Stage;
use crate::value::{At, Id};
use crate::workload::{KeyFamily, Workload};

/// A kind of resource, in both vocabularies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Where the nodes may be placed.
    SubnetGroup,
    /// The engine's settings.
    ParameterGroup,
    /// The cache itself.
    ReplicationGroup,
    /// Who may reach it.
    SecurityGroup,
    /// One rule of who may reach it.
    SecurityGroupIngress,
    /// One rule of what it may reach. CloudFormation states them inside the group,
    /// because only that removes the rule that allows everything.
    SecurityGroupEgress,
    /// A cache of single nodes: Memcached, or one Redis OSS node.
    CacheCluster,
    /// A cache without nodes to choose.
    ServerlessCache,
    /// A cache in several regions.
    GlobalReplicationGroup,
    /// Somebody who may log in to a cache.
    User,
    /// Everybody who may log in to a cache.
    UserGroup,
    /// What wakes somebody.
    Alarm,
    /// Several alarms as one.
    CompositeAlarm,
    /// Metrics and alarms on one page.
    Dashboard,
    /// Where log lines go.
    LogGroup,
    /// Where notices go.
    Topic,
    /// Who may send notices there.
    TopicPolicy,
    /// What encrypts.
    Key,
    /// The name of a key.
    KeyAlias,
    /// What nobody may read.
    Secret,
    /// A value of a secret. CloudFormation makes the first one with the secret.
    SecretVersion,
    /// A value that Terraform keeps by itself, such as an id made by chance.
    TerraformData,
    /// What may be scaled.
    ScalableTarget,
    /// When it is scaled.
    ScalingPolicy,
    /// What applications read at their start.
    SsmParameter,
    /// A name in a hosted zone.
    RecordSet,
    /// Anything else, carried along: [`Node::of`] says what it is.
    Other,
}

impl Kind {
    /// Every kind that the product knows.
    pub const ALL: [Self; 26] = [
        Self::SubnetGroup,
        Self::ParameterGroup,
        Self::ReplicationGroup,
        Self::SecurityGroup,
        Self::SecurityGroupIngress,
        Self::SecurityGroupEgress,
        Self::CacheCluster,
        Self::ServerlessCache,
        Self::GlobalReplicationGroup,
        Self::User,
        Self::UserGroup,
        Self::Alarm,
        Self::CompositeAlarm,
        Self::Dashboard,
        Self::LogGroup,
        Self::Topic,
        Self::TopicPolicy,
        Self::Key,
        Self::KeyAlias,
        Self::Secret,
        Self::SecretVersion,
        Self::TerraformData,
        Self::ScalableTarget,
        Self::ScalingPolicy,
        Self::SsmParameter,
        Self::RecordSet,
    ];

    /// The kind of a CloudFormation type.
    #[must_use]
    pub fn of_cloudformation(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| !name.is_empty() && kind.cloudformation() == name)
    }

    /// The kind of a Terraform type.
    #[must_use]
    pub fn of_terraform(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.terraform() == name)
    }

    /// The CloudFormation type; empty where it has none, and for what the product doesn't know.
    #[must_use]
    pub const fn cloudformation(self) -> &'static str {
        match self {
            Self::SubnetGroup => "AWS::ElastiCache::SubnetGroup",
            Self::ParameterGroup => "AWS::ElastiCache::ParameterGroup",
            Self::ReplicationGroup => "AWS::ElastiCache::ReplicationGroup",
            Self::SecurityGroup => "AWS::EC2::SecurityGroup",
            Self::SecurityGroupIngress => "AWS::EC2::SecurityGroupIngress",
            Self::SecurityGroupEgress => "AWS::EC2::SecurityGroupEgress",
            Self::CacheCluster => "AWS::ElastiCache::CacheCluster",
            Self::ServerlessCache => "AWS::ElastiCache::ServerlessCache",
            Self::GlobalReplicationGroup => "AWS::ElastiCache::GlobalReplicationGroup",
            Self::User => "AWS::ElastiCache::User",
            Self::UserGroup => "AWS::ElastiCache::UserGroup",
            Self::Alarm => "AWS::CloudWatch::Alarm",
            Self::CompositeAlarm => "AWS::CloudWatch::CompositeAlarm",
            Self::Dashboard => "AWS::CloudWatch::Dashboard",
            Self::LogGroup => "AWS::Logs::LogGroup",
            Self::Topic => "AWS::SNS::Topic",
            Self::TopicPolicy => "AWS::SNS::TopicPolicy",
            Self::Key => "AWS::KMS::Key",
            Self::KeyAlias => "AWS::KMS::Alias",
            Self::Secret => "AWS::SecretsManager::Secret",
            Self::ScalableTarget => "AWS::ApplicationAutoScaling::ScalableTarget",
            Self::ScalingPolicy => "AWS::ApplicationAutoScaling::ScalingPolicy",
            Self::SsmParameter => "AWS::SSM::Parameter",
            Self::RecordSet => "AWS::Route53::RecordSet",
            Self::SecretVersion | Self::TerraformData | Self::Other => "",
        }
    }

    /// Whether it watches a cache and is no part of it: Terraform has it in a file of its own.
    #[must_use]
    pub const fn watches(self) -> bool {
        matches!(
            self,
            Self::Alarm | Self::CompositeAlarm | Self::Dashboard | Self::Topic | Self::TopicPolicy
        )
    }

    /// The Terraform type; empty for what the product doesn't know.
    #[must_use]
    pub const fn terraform(self) -> &'static str {
        match self {
            Self::SubnetGroup => "aws_elasticache_subnet_group",
            Self::ParameterGroup => "aws_elasticache_parameter_group",
            Self::ReplicationGroup => "aws_elasticache_replication_group",
            Self::SecurityGroup => "aws_security_group",
            Self::SecurityGroupIngress => "aws_vpc_security_group_ingress_rule",
            Self::SecurityGroupEgress => "aws_vpc_security_group_egress_rule",
            Self::CacheCluster => "aws_elasticache_cluster",
            Self::ServerlessCache => "aws_elasticache_serverless_cache",
            Self::GlobalReplicationGroup => "aws_elasticache_global_replication_group",
            Self::User => "aws_elasticache_user",
            Self::UserGroup => "aws_elasticache_user_group",
            Self::Alarm => "aws_cloudwatch_metric_alarm",
            Self::CompositeAlarm => "aws_cloudwatch_composite_alarm",
            Self::Dashboard => "aws_cloudwatch_dashboard",
            Self::LogGroup => "aws_cloudwatch_log_group",
            Self::Topic => "aws_sns_topic",
            Self::TopicPolicy => "aws_sns_topic_policy",
            Self::Key => "aws_kms_key",
            Self::KeyAlias => "aws_kms_alias",
            Self::Secret => "aws_secretsmanager_secret",
            Self::SecretVersion => "aws_secretsmanager_secret_version",
            Self::TerraformData => "terraform_data",
            Self::ScalableTarget => "aws_appautoscaling_target",
            Self::ScalingPolicy => "aws_appautoscaling_policy",
            Self::SsmParameter => "aws_ssm_parameter",
            Self::RecordSet => "aws_route53_record",
            Self::Other => "",
        }
    }
}

/// One of the two output languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// CloudFormation, as JSON.
    CloudFormation,
    /// Terraform, as HCL.
    Terraform,
}

/// What a graph was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A typed definition.
    Definition,
    /// A file in one of the two languages.
    Read(Language),
}

/// Everything that one environment, template or module makes and reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// What it was made from.
    pub source: Source,
    /// The environment, as `system/environment`; the path of what was read.
    pub environment: String,
    /// What the whole is, for a person.
    pub description: String,
    /// What it is for, where somebody says so.
    pub stage: Option<Stage>,
    /// The region that everything is in, where it is known.
    pub region: Option<String>,
    /// What the cache is for, where somebody says so.
    pub workloads: Vec<At<Workload>>,
    /// What the cache holds, where somebody says so.
    pub key_families: Vec<KeyFamily>,
    /// Findings that somebody has accepted.
    pub allowances: Vec<Allowance>,
    /// What is only known at deployment.
    pub inputs: Vec<Input>,
    /// What is read from what exists.
    pub lookups: Vec<Lookup>,
    /// What is made, each after what it refers to.
    pub nodes: Vec<Node>,
    /// What consumers read.
    pub outputs: Vec<Output>,
    /// Where Terraform keeps its state.
    pub state: State,
}

/// A finding that somebody has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rule's code.
    pub code: String,
    /// Why; an allowance without a reason is itself reported.
    pub because: String,
    /// The logical id or Terraform address of the only resource that it speaks about.
    pub resource: Option<String>,
    /// Where it is said.
    pub place: Place,
}

/// Where Terraform keeps its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Wherever the caller says: no `backend` block.
    Unstated,
    /// An S3 object, with S3's own locking.
    S3 {
        /// The bucket's name.
        bucket: String,
        /// The object's key.
        key: String,
        /// The bucket's region.
        region: String,
    },
}

/// A value that is only known at deployment: a CloudFormation parameter and a
/// Terraform variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name.
    pub id: Id,
    /// What it holds.
    pub kind: InputKind,
    /// What it is for, in one sentence.
    pub description: String,
    /// The value where the deployment gives none.
    pub default: Option<String>,
    /// The heading under which the console shows it.
    pub group: &'static str,
    /// CloudFormation shows it to nobody; Terraform calls it sensitive.
    pub no_echo: bool,
    /// Terraform can look it up, so only CloudFormation asks for it.
    pub cloudformation_only: bool,
    /// Where the definition asks for it.
    pub place: Place,
}

/// What an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// A VPC's id.
    VpcId,
    /// Several subnets' ids.
    SubnetIds,
    /// A security group's id.
    SecurityGroupId,
    /// A text of a certain form.
    Text(Form),
}

/// The form of a text that an input holds. The patterns are plain enough to mean
/// the same to CloudFormation (Java) and Terraform (RE2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// A regular expression for the whole text.
    pub pattern: &'static str,
    /// What it says, in words, e.g. `a Secrets Manager secret's ARN`.
    pub words: &'static str,
    /// A value of that form, for the example files.
    pub example: &'static str,
}

impl Form {
    /// Nobody says more.
    pub const ANY: Self = Self {
        pattern: "^.*$",
        words: "any text",
        example: "…",
    };
}

/// Something that exists already and is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// Its name in the output.
    pub id: Id,
    /// What is read.
    pub what: LookupKind,
    /// Where the definition asks for it.
    pub place: Place,
}

impl Lookup {
    /// Terraform's label. It says what the type doesn't:
    /// `data.aws_security_group.marabet_web`.
    #[must_use]
    pub fn label(&self) -> String {
        let name = self.id.snake();
        match self.what {
            LookupKind::Vpc { .. } | LookupKind::Subnets { .. } => "this".into(),
            LookupKind::CallerIdentity => "current".into(),
            LookupKind::SecurityGroup { .. } => match name.strip_suffix("_security_group_id") {
                Some(short) => short.into(),
                None => name,
            },
            LookupKind::Export { .. }
            | LookupKind::SecretVersion { .. }
            | LookupKind::SecureString { .. }
            | LookupKind::RandomPassword { .. } => name,
        }
    }
}

impl LookupKind {
    /// Terraform's block and type.
    #[must_use]
    pub const fn terraform(&self) -> (&'static str, &'static str) {
        match self {
            Self::Export { .. } => ("data", "aws_cloudformation_export"),
            Self::Vpc { .. } => ("data", "aws_vpc"),
            Self::Subnets { .. } => ("data", "aws_subnets"),
            Self::SecurityGroup { .. } => ("data", "aws_security_group"),
            Self::SecretVersion { ephemeral, .. } => {
                (kept(*ephemeral), "aws_secretsmanager_secret_version")
            }
            Self::SecureString { ephemeral, .. } => (kept(*ephemeral), "aws_ssm_parameter"),
            Self::RandomPassword { .. } => ("ephemeral", "aws_secretsmanager_random_password"),
            Self::CallerIdentity => ("data", "aws_caller_identity"),
        }
    }
}

/// The block of what is read and kept in the state, or at every run anew.
const fn kept(ephemeral: bool) -> &'static str {
    if ephemeral { "ephemeral" } else { "data" }
}

/// What can be read.
#[derive(Clone, Debug, PartialEq)]
pub enum LookupKind {
    /// Another stack's export.
    Export {
        /// The export's name.
        name: Text,
    },
    /// A VPC with these tags. CloudFormation can't look, and asks.
    Vpc {
        /// Tag names and values.
        tags: Vec<(String, String)>,
    },
    /// The subnets of a VPC with these tags. CloudFormation can't look, and asks.
    Subnets {
        /// The VPC that they are in.
        vpc: Box<Value>,
        /// Tag names and values; `*` stands for anything.
        tags: Vec<(String, String)>,
    },
    /// A security group by its name. CloudFormation can't look, and asks.
    SecurityGroup {
        /// The VPC that it is in.
        vpc: Box<Value>,
        /// Its name.
        name: String,
    },
    /// A secret's value. CloudFormation has a dynamic reference for it.
    SecretVersion {
        /// The secret's ARN or name.
        secret: Box<Value>,
        /// The staging label; the current one where there is none.
        stage: Option<String>,
        /// Read at every run and kept nowhere.
        ephemeral: bool,
    },
    /// A parameter of Systems Manager. CloudFormation has a dynamic reference for it.
    SecureString {
        /// What the provider calls it: its name, with the version after a colon, or its ARN where
        /// it is ephemeral.
        parameter: Text,
        /// Read at every run and kept nowhere.
        ephemeral: bool,
    },
    /// Letters and digits by chance, at every run others, kept nowhere. CloudFormation
    /// makes them inside the secret.
    RandomPassword {
        /// How many.
        length: u16,
    },
    /// The account that everything is made in. CloudFormation has a pseudo parameter for it.
    CallerIdentity,
}

impl LookupKind {
    /// Whether Terraform keeps nothing of it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.terraform().0 == "ephemeral"
    }
}

/// A resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its type in the words of its file, where the product has no kind for it.
    pub of: Option<String>,
    /// Its CloudFormation logical id.
    pub logical_id: String,
    /// Its Terraform label, with the instance's key where there are several: `this[0]`.
    pub label: String,
    /// The path of the Terraform module that it is in, such as `module.cache`; empty at the root.
    pub module: String,
    /// Not all of its settings are known: one that isn't there may be set all the same.
    pub partial: bool,
    /// The languages that have it as a resource of its own.
    pub only: Option<Language>,
    /// Its settings, in the order in which they are printed.
    pub properties: Vec<Property>,
    /// What happens when it goes.
    pub removal: Option<Removal>,
    /// What happens to the old one when it is replaced.
    pub replacement: Option<Removal>,
    /// Where the definition says so; nowhere for the default.
    pub removal_place: Option<Place>,
    /// CloudFormation reshards in place instead of replacing.
    pub online_resharding: bool,
    /// Terraform refuses to destroy it.
    pub prevent_destroy: bool,
    /// Terraform makes the new one before it destroys the old one.
    pub create_before_destroy: bool,
    /// The settings whose changes Terraform leaves alone.
    pub ignore_changes: Vec<Ignored>,
    /// Where the definition says it.
    pub place: Place,
}

/// A setting that something else moves, so that Terraform leaves its changes alone.
///
/// CloudFormation has no such word and needs none: it compares a template with the last one and
/// not with what is there, so it sets nothing back until the template itself says another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Terraform's name of it; `all` for everything.
    pub argument: String,
    /// What moves it, in a sentence; empty where nobody says it.
    pub because: String,
}

/// What happens to a resource that goes, or is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// It is deleted, with its data.
    Delete,
    /// It stays, outside of any stack.
    Retain,
    /// A last snapshot is taken first.
    Snapshot,
    /// It stays, unless it was made in the very deployment that fails.
    RetainExceptOnCreate,
}

impl Removal {
    /// The word of CloudFormation's `DeletionPolicy`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "Delete",
            Self::Retain => "Retain",
            Self::Snapshot => "Snapshot",
            Self::RetainExceptOnCreate => "RetainExceptOnCreate",
        }
    }
}

/// A named setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// CloudFormation's name; a dot goes one object deeper.
    pub cloudformation: Option<Cow<'static, str>>,
    /// Terraform's name; a dot goes one block deeper.
    pub terraform: Option<Cow<'static, str>>,
    /// What it is set to.
    pub value: Value,
    /// A reader takes a breath before it.
    pub paragraph: bool,
    /// Where the definition says it; nowhere for a default.
    pub place: Option<Place>,
    /// Where the value stands, when that is elsewhere: a parameter's default, a local.
    pub origin: Option<Place>,
    /// The inputs whose values are in it, by their names in the file.
    pub inputs: Vec<String>,
}

/// What a setting is set to: the closed set that back ends print.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A text, maybe with references inside.
    Text(Text),
    /// Several values of one type.
    List(Vec<Value>),
    /// Names that are data, each with a text.
    Map(MapShape, Vec<Entry>),
    /// Several groups of settings: a list of objects, or one nested block each.
    Objects(Vec<Vec<Property>>),
    /// Something else's id or attribute.
    Reference(Reference),
    /// A part of a secret's value.
    Secret(Secret),
    /// A document in a language of its own: a policy.
    Document(Document),
    /// A document that both languages take as a text: JSON in CloudFormation, `jsonencode` in
    /// Terraform. Its names are in order, since that is how both of them write it.
    Json(Document),
    /// What can't be known before it is deployed. Only readers make one, and no rule
    /// guesses about it.
    Unknown,
}

impl Value {
    /// A text without references.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Text(vec![Part::Literal(text.into())]))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::text(value)
    }
}

macro_rules! from_integer {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Value {
            fn from(value: $integer) -> Self {
                Self::Integer(value.into())
            }
        }
    )*};
}

from_integer!(u8 u16 u32 i64);

impl From<i64> for Document {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Document {
    /// What is whole is read back as a whole number, so it is one from the start.
    fn from(value: f64) -> Self {
        if value.fract() == 0.0 && value.abs() < 1e15 {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it is whole, and no larger than it may be"
            )]
            return Self::Integer(value as i64);
        }
        Self::Number(value)
    }
}

impl From<bool> for Document {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// A document in a language of its own, such as a policy, in the order in which it is printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// A text, maybe with references inside.
    Text(Text),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// Several.
    List(Vec<Document>),
    /// Names and what they say.
    Object(Vec<(Cow<'static, str>, Document)>),
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Text> for Document {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl<const N: usize> From<[(&'static str, Document); N]> for Document {
    fn from(members: [(&'static str, Document); N]) -> Self {
        Self::Object(
            members
                .into_iter()
                .map(|(name, value)| (name.into(), value))
                .collect(),
        )
    }
}

/// A name that is data, and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The name: a tag's key, a parameter's name.
    pub name: String,
    /// The text.
    pub value: Text,
    /// Where the definition says it; nowhere for a default.
    pub place: Option<Place>,
    /// Where the name stands, in a file that says name and text at places of their own.
    pub name_place: Option<Place>,
}

/// How a language spells names that are data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapShape {
    /// Tags: a list of `Key` and `Value` in CloudFormation, a map in Terraform.
    Tags,
    /// Tags of the few kinds that have a map of them in both languages.
    TagMap,
    /// Engine parameters: a map in CloudFormation, a block each in Terraform.
    Parameters,
    /// A metric's dimensions: a list of `Name` and `Value` in CloudFormation, a map in Terraform.
    Dimensions,
}

/// A text with references inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Text(pub Vec<Part>);

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(vec![Part::Literal(text.to_owned())])
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![Part::Literal(text)])
    }
}

impl Text {
    /// The text where it has no reference.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// As it stands.
    Literal(String),
    /// An input's value.
    Input(Id),
    /// The stack's name; only CloudFormation has one.
    StackName,
    /// The number of the account that everything is made in. A definition that says it
    /// looks up [`LookupKind::CallerIdentity`].
    AccountId,
    /// Something else's id or attribute.
    Reference(Reference),
    /// What can't be known before it is deployed.
    Unknown,
}

/// Something else's id or attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// An input's value.
    Input(Id),
    /// A node's attribute.
    Node {
        /// The node's kind.
        kind: Kind,
        /// The node's logical id.
        logical_id: String,
        /// The node's Terraform label.
        label: String,
        /// Which attribute.
        attribute: Attribute,
    },
    /// What a lookup found.
    Lookup {
        /// The lookup.
        id: Id,
        /// The export is a list joined by commas.
        split: bool,
    },
}

/// A node's attribute, in both vocabularies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name for `Fn::GetAtt`; without one, `Ref`.
    pub cloudformation: Option<Cow<'static, str>>,
    /// The attribute; empty where it was read from CloudFormation and Terraform has none.
    pub terraform: Cow<'static, str>,
}

/// A part of a secret's value. There is no literal case.
#[derive(Clone, Debug, PartialEq)]
pub struct Secret {
    /// Where it is kept.
    pub store: SecretStore,
    /// The lookup through which Terraform reads it.
    pub lookup: Id,
    /// Terraform reads it at every run and keeps it nowhere.
    pub ephemeral: bool,
}

/// Where a secret is kept, and which part of it is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum SecretStore {
    /// Secrets Manager.
    SecretsManager {
        /// The secret's ARN or name.
        secret: Text,
        /// The key, where the value is a JSON object.
        json_key: Option<String>,
        /// The staging label; the current one where there is none.
        stage: Option<String>,
    },
    /// A `SecureString` of Systems Manager's Parameter Store.
    ParameterStore {
        /// The parameter's name.
        name: Text,
        /// The version's number; the newest where there is none.
        version: Option<String>,
    },
}

impl Secret {
    /// The secret's ARN or name.
    #[must_use]
    pub fn name(&self) -> &Text {
        match &self.store {
            SecretStore::SecretsManager { secret, .. } => secret,
            SecretStore::ParameterStore { name, .. } => name,
        }
    }

    /// The key, where the value is a JSON object.
    #[must_use]
    pub fn json_key(&self) -> Option<&str> {
        match &self.store {
            SecretStore::SecretsManager { json_key, .. } => json_key.as_deref(),
            SecretStore::ParameterStore { .. } => None,
        }
    }

    /// The staging label of the version or its number, where one is said.
    #[must_use]
    pub fn stage(&self) -> Option<&str> {
        match &self.store {
            SecretStore::SecretsManager { stage, .. } => stage.as_deref(),
            SecretStore::ParameterStore { version, .. } => version.as_deref(),
        }
    }
}

/// A value that consumers read.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its name.
    pub id: Id,
    /// What it is, in one sentence.
    pub description: String,
    /// The value.
    pub value: Value,
    /// The name under which other stacks import it.
    pub export: Option<Text>,
    /// Terraform calls it sensitive.
    pub sensitive: bool,
    /// Where the definition asks for it.
    pub place: Place,
}

impl Entry {
    /// A name and its text, said by whoever called the caller.
    #[track_caller]
    #[must_use]
    pub fn here(name: &str, value: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: value.into(),
            place: Some(Place::here()),
            name_place: None,
        }
    }
}

impl Node {
    /// A node without settings.
    #[must_use]
    pub fn new(kind: Kind, logical_id: &str, label: &str, place: &Place) -> Self {
        Self {
            kind,
            of: None,
            logical_id: logical_id.to_owned(),
            label: label.to_owned(),
            module: String::new(),
            partial: false,
            only: None,
            properties: Vec::new(),
            removal: None,
            replacement: None,
            removal_place: None,
            online_resharding: false,
            prevent_destroy: false,
            create_before_destroy: false,
            ignore_changes: Vec::new(),
            place: place.clone(),
        }
    }

    /// Sets what both languages have.
    pub fn put(
        &mut self,
        cfn: &'static str,
        tf: &'static str,
        value: impl Into<Value>,
    ) -> &mut Self {
        self.properties.push(Property::both(cfn, tf, value));
        self
    }

    /// Sets what both languages have, where there is something to set.
    pub fn put_some(
        &mut self,
        cfn: &'static str,
        tf: &'static str,
        value: Option<impl Into<Value>>,
    ) -> &mut Self {
        if let Some(value) = value {
            self.put(cfn, tf, value);
        }
        self
    }

    /// Sets what only CloudFormation has.
    pub fn put_cfn(&mut self, cfn: &'static str, value: impl Into<Value>) -> &mut Self {
        self.properties.push(Property {
            terraform: None,
            ..Property::both(cfn, "", value)
        });
        self
    }

    /// Sets what only Terraform has.
    pub fn put_tf(&mut self, tf: &'static str, value: impl Into<Value>) -> &mut Self {
        self.properties.push(Property {
            cloudformation: None,
            ..Property::both("", tf, value)
        });
        self
    }

    /// Says where the definition says what was put last.
    pub fn from<'p>(&mut self, place: impl Into<Option<&'p Place>>) -> &mut Self {
        if let (Some(last), Some(place)) = (self.properties.last_mut(), place.into()) {
            last.place = Some(place.clone());
        }
        self
    }

    /// Begins a new paragraph at what is put next.
    pub fn paragraph(&mut self, put: impl FnOnce(&mut Self)) -> &mut Self {
        let start = self.properties.len();
        put(self);
        if let Some(first) = self.properties.get_mut(start) {
            first.paragraph = true;
        }
        self
    }

    /// Its tags, where it has any.
    pub fn put_tags(&mut self, tags: &[Entry]) -> &mut Self {
        if tags.is_empty() {
            return self;
        }
        self.paragraph(|node| {
            node.put("Tags", "tags", Value::Map(MapShape::Tags, tags.to_vec()));
        })
    }

    /// One of its attributes, to refer to.
    #[must_use]
    pub fn attribute(
        &self,
        cloudformation: Option<&'static str>,
        terraform: &'static str,
    ) -> Value {
        Value::Reference(Reference::Node {
            kind: self.kind,
            logical_id: self.logical_id.clone(),
            label: self.label.clone(),
            attribute: Attribute {
                cloudformation: cloudformation.map(Cow::Borrowed),
                terraform: Cow::Borrowed(terraform),
            },
        })
    }

    /// Its Terraform address, such as `module.cache.aws_elasticache_user.this["app"]`.
    #[must_use]
    pub fn address(&self) -> String {
        let of = self.of.as_deref().unwrap_or(self.kind.terraform());
        let dot = if self.module.is_empty() { "" } else { "." };
        format!("{}{dot}{of}.{}", self.module, self.label)
    }

    /// Terraform leaves the changes of that argument alone, for that reason.
    pub fn ignore_changes(&mut self, argument: &str, because: &str) -> &mut Self {
        self.ignore_changes.push(Ignored {
            argument: argument.to_owned(),
            because: because.to_owned(),
        });
        self
    }

    /// Whether Terraform leaves the changes of that argument alone.
    #[must_use]
    pub fn ignores(&self, argument: &str) -> bool {
        let mut ignored = self.ignore_changes.iter();
        ignored.any(|it| it.argument == argument || it.argument == "all")
    }

    /// Whether that language has it as a resource of its own.
    #[must_use]
    pub fn is_in(&self, language: Language) -> bool {
        self.only.is_none_or(|only| only == language)
    }
}

impl Property {
    /// A setting that both languages have.
    pub fn both(cfn: &'static str, tf: &'static str, value: impl Into<Value>) -> Self {
        Self {
            cloudformation: Some(Cow::Borrowed(cfn)),
            terraform: Some(Cow::Borrowed(tf)),
            value: value.into(),
            paragraph: false,
            place: None,
            origin: None,
            inputs: Vec::new(),
        }
    }

    /// Where the definition says it.
    #[must_use]
    pub fn at(self, place: &Place) -> Self {
        Self {
            place: Some(place.clone()),
            ..self
        }
    }
}
