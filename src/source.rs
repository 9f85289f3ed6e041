//! Where the ids of things that exist already come from: given at deployment,
//! imported from another stack, looked up, or written down.

use crate::diagnostic::Place;
use crate::graph::{
    Form, Input, InputKind, Lookup, LookupKind, Part, Reference, Secret, Text, Value,
};
use crate::lower::Lowering;
use crate::value::{
    Arn, At, ExportName, Id, Refusal, ResourceId, SecretId, SecurityGroupName, Word,
};

/// Another CloudFormation stack, whose exports are named `<stack>-<name>`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    parameter: At<String>,
    default: Option<String>,
}

impl Stack {
    /// A stack whose name is given at deployment, by a parameter of that name:
    /// `Stack::given("VPCStackName")`.
    #[track_caller]
    #[must_use]
    pub fn given(parameter: &str) -> Self {
        Self {
            parameter: At::here(parameter),
            default: None,
        }
    }

    /// The stack's name where the deployment gives none.
    #[must_use]
    pub fn default(mut self, name: impl Into<String>) -> Self {
        self.default = Some(name.into());
        self
    }

    /// What the stack exports as `<stack>-<name>`.
    #[track_caller]
    #[must_use]
    pub fn export(&self, name: &str) -> Import {
        Import {
            stack: Some(self.clone()),
            name: At::here(name),
        }
    }
}

/// A value that another CloudFormation stack exports: `Fn::ImportValue`, and
/// `data "aws_cloudformation_export"`.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    stack: Option<Stack>,
    name: At<String>,
}

impl Import {
    /// The export of that name.
    #[track_caller]
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            stack: None,
            name: At::here(name),
        }
    }

    /// The value of an export that is one text.
    pub(crate) fn lower_text(&self, cx: &mut Lowering) -> Value {
        self.lower(cx, false)
    }

    fn lower(&self, cx: &mut Lowering, split: bool) -> Value {
        if cx.word::<ExportName>(&self.name).is_none() {
            return Value::text("");
        }
        let mut parts = Vec::new();
        if let Some(stack) = &self.stack {
            let id = cx.id(&stack.parameter);
            cx.input(Input {
                id: id.clone(),
                kind: InputKind::Text(STACK_NAME),
                description: "Name of the stack that exports the network.".into(),
                default: stack.default.clone(),
                group: "Network",
                cloudformation_only: false,
                place: stack.parameter.place.clone(),
            });
            parts.push(Part::Input(id));
            parts.push(Part::Literal(format!("-{}", self.name.value)));
        } else {
            parts.push(Part::Literal(self.name.value.clone()));
        }
        // an export's name is made of letters, digits, hyphens and colons; all but the colon are an id's
        let label = At {
            value: self.name.value.replace(':', "-"),
            place: self.name.place.clone(),
        };
        let id = cx.id(&label);
        cx.lookup(Lookup {
            id: id.clone(),
            what: LookupKind::Export { name: Text(parts) },
            place: self.name.place.clone(),
        });
        Value::Reference(Reference::Lookup { id, split })
    }
}

const STACK_NAME: Form = Form {
    pattern: "^[A-Za-z][A-Za-z0-9-]{0,127}$",
    words: "a stack name: a letter, then letters, digits and hyphens",
    example: "network-prod",
};

const fn arn_form(pattern: &'static str, words: &'static str, example: &'static str) -> Form {
    Form {
        pattern,
        words,
        example,
    }
}

const KMS_KEY_ARN: Form = arn_form(
    "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+$",
    "a KMS key's ARN",
    "arn:aws:kms:us-east-1:123456789012:key/…",
);
const TOPIC_ARN: Form = arn_form(
    "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$",
    "an SNS topic's ARN",
    "arn:aws:sns:us-east-1:123456789012:…",
);
const SECRET_ARN: Form = arn_form(
    "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$",
    "a Secrets Manager secret's ARN",
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:…",
);
const GLOBAL_ID: Form = Form {
    pattern: "^[a-z][a-z0-9-]{0,62}$",
    words: "a global datastore's id",
    example: "ldgnf-…",
};

/// Where an id comes from; the typed wrappers below say which kinds may come from where.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    Given(At<String>),
    Imported(Import),
    Named(At<String>),
    Tagged(Vec<(String, String)>, Place),
    Literal(At<String>),
}

fn tags<K: Into<String>, V: Into<String>>(
    tags: impl IntoIterator<Item = (K, V)>,
) -> Vec<(String, String)> {
    tags.into_iter()
        .map(|(k, v)| (k.into(), v.into()))
        .collect()
}

fn place_of(source: &Source) -> &Place {
    match source {
        Source::Given(at) | Source::Named(at) | Source::Literal(at) => &at.place,
        Source::Imported(import) => &import.name.place,
        Source::Tagged(_, place) => place,
    }
}

fn literal_id(cx: &mut Lowering, at: &At<String>, prefix: &str) -> Value {
    literal(cx, at, "id", "resource-id", |text| {
        ResourceId::with_prefix(text, prefix).map(drop)
    })
}

fn literal(
    cx: &mut Lowering,
    at: &At<String>,
    what: &str,
    code: &'static str,
    check: impl FnOnce(&str) -> Result<(), Refusal>,
) -> Value {
    if let Err(refusal) = check(&at.value) {
        cx.error(
            code,
            &at.place,
            format!("{what} {:?} {}", at.value, refusal.because),
            refusal.allowed,
            refusal.help,
        );
    }
    Value::text(&*at.value)
}

fn literal_arn(cx: &mut Lowering, at: &At<String>, services: &[&str]) -> Value {
    literal(cx, at, "ARN", "arn", |text| {
        let arn = Arn::parse(text)?;
        if services.contains(&arn.service()) {
            return Ok(());
        }
        Err(Refusal::new(
            format!("is an ARN of {}", arn.service()),
            format!("an ARN of {}", services.join(" or ")),
            "copy it from the resource itself",
        ))
    })
}

fn given(
    cx: &mut Lowering,
    at: &At<String>,
    kind: InputKind,
    description: impl Into<String>,
    group: &'static str,
) -> Value {
    let id = cx.id(at);
    cx.input(Input {
        id,
        kind,
        description: description.into(),
        default: None,
        group,
        cloudformation_only: false,
        place: at.place.clone(),
    })
}

/// Terraform looks it up; CloudFormation, which can't, asks for it.
fn looked_up(
    cx: &mut Lowering,
    id: &Id,
    kind: InputKind,
    description: String,
    what: LookupKind,
    place: &Place,
) -> Value {
    cx.lookup(Lookup {
        id: id.clone(),
        what,
        place: place.clone(),
    });
    cx.input(Input {
        id: id.clone(),
        kind,
        description,
        default: None,
        group: "Network",
        cloudformation_only: true,
        place: place.clone(),
    });
    Value::Reference(Reference::Lookup {
        id: id.clone(),
        split: false,
    })
}

/// `Name=marabet-vpc`, for a description.
fn tag_words(tags: &[(String, String)]) -> String {
    let words: Vec<_> = tags.iter().map(|(k, v)| format!("{k}={v}")).collect();
    words.join(", ")
}

/// The VPC of the cache.
#[derive(Clone, Debug, PartialEq)]
pub struct Vpc(Source);

impl Vpc {
    /// Given at deployment: the parameter `VpcId`, the variable `vpc_id`.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self(Source::Given(At::here("vpc-id")))
    }

    /// Imported from another stack.
    #[must_use]
    pub fn imported(import: Import) -> Self {
        Self(Source::Imported(import))
    }

    /// Looked up by its tags by Terraform; a parameter of CloudFormation's.
    #[track_caller]
    #[must_use]
    pub fn tagged<K: Into<String>, V: Into<String>>(by: impl IntoIterator<Item = (K, V)>) -> Self {
        Self(Source::Tagged(tags(by), Place::here()))
    }

    /// Written down: `vpc-0123456789abcdef0`.
    #[track_caller]
    #[must_use]
    pub fn id(id: &str) -> Self {
        Self(Source::Literal(At::here(id)))
    }

    pub(crate) fn place(&self) -> &Place {
        place_of(&self.0)
    }

    pub(crate) fn lower(&self, cx: &mut Lowering) -> Value {
        match &self.0 {
            Source::Given(at) => given(cx, at, InputKind::VpcId, "VPC of the cache.", "Network"),
            Source::Imported(import) => import.lower(cx, false),
            Source::Literal(at) | Source::Named(at) => literal_id(cx, at, "vpc-"),
            Source::Tagged(tags, place) => looked_up(
                cx,
                &Id::known("vpc-id"),
                InputKind::VpcId,
                format!("VPC of the cache, tagged {}.", tag_words(tags)),
                LookupKind::Vpc { tags: tags.clone() },
                place,
            ),
        }
    }
}

/// The subnets that the nodes may be placed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Subnets(SubnetSource);

#[derive(Clone, Debug, PartialEq)]
enum SubnetSource {
    One(Source),
    Imported(Vec<Import>, Place),
    Tagged(Vec<(String, String)>, Vpc, Place),
    Literal(Vec<At<String>>, Place),
}

impl Subnets {
    /// Given at deployment: the parameter `SubnetIds`, the variable `subnet_ids`.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self::given_as("subnet-ids")
    }

    /// Given at deployment, by that id: `private-subnet-ids`.
    #[track_caller]
    #[must_use]
    pub fn given_as(id: &str) -> Self {
        Self(SubnetSource::One(Source::Given(At::here(id))))
    }

    /// Imported from another stack, which exports their ids as one text joined by commas.
    #[must_use]
    pub fn imported(import: Import) -> Self {
        Self(SubnetSource::One(Source::Imported(import)))
    }

    /// Imported from another stack, which exports each id by itself.
    #[track_caller]
    #[must_use]
    pub fn imported_each(imports: impl IntoIterator<Item = Import>) -> Self {
        Self(SubnetSource::Imported(
            imports.into_iter().collect(),
            Place::here(),
        ))
    }

    /// Looked up in the VPC by their tags (`*` stands for anything) by Terraform;
    /// a parameter of CloudFormation's.
    #[track_caller]
    #[must_use]
    pub fn tagged<K: Into<String>, V: Into<String>>(
        vpc: &Vpc,
        by: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self(SubnetSource::Tagged(tags(by), vpc.clone(), Place::here()))
    }

    /// Written down.
    #[track_caller]
    #[must_use]
    pub fn ids<S: AsRef<str>>(ids: impl IntoIterator<Item = S>) -> Self {
        let place = Place::here();
        let ids = ids
            .into_iter()
            .map(|id| At {
                value: id.as_ref().to_owned(),
                place: place.clone(),
            })
            .collect();
        Self(SubnetSource::Literal(ids, place))
    }

    pub(crate) fn place(&self) -> &Place {
        match &self.0 {
            SubnetSource::One(source) => place_of(source),
            SubnetSource::Imported(_, place)
            | SubnetSource::Tagged(_, _, place)
            | SubnetSource::Literal(_, place) => place,
        }
    }

    /// How many there are, where the definition says it.
    pub(crate) fn count(&self) -> Option<usize> {
        match &self.0 {
            SubnetSource::Imported(imports, _) => Some(imports.len()),
            SubnetSource::Literal(ids, _) => Some(ids.len()),
            SubnetSource::One(_) | SubnetSource::Tagged(..) => None,
        }
    }

    pub(crate) fn lower(&self, cx: &mut Lowering) -> Value {
        let description = "Private subnets for the nodes, in at least two availability zones.";
        match &self.0 {
            SubnetSource::One(Source::Imported(import)) => import.lower(cx, true),
            SubnetSource::One(Source::Given(at) | Source::Named(at) | Source::Literal(at)) => {
                given(cx, at, InputKind::SubnetIds, description, "Network")
            }
            SubnetSource::One(Source::Tagged(..)) => unreachable!("subnets by tag know their VPC"),
            SubnetSource::Imported(imports, _) => Value::List(
                imports
                    .iter()
                    .map(|import| import.lower(cx, false))
                    .collect(),
            ),
            SubnetSource::Literal(ids, _) => {
                Value::List(ids.iter().map(|at| literal_id(cx, at, "subnet-")).collect())
            }
            SubnetSource::Tagged(tags, vpc, place) => {
                let vpc = vpc.lower(cx);
                looked_up(
                    cx,
                    &Id::known("subnet-ids"),
                    InputKind::SubnetIds,
                    format!("Private subnets for the nodes, tagged {}.", tag_words(tags)),
                    LookupKind::Subnets {
                        vpc: Box::new(vpc),
                        tags: tags.clone(),
                    },
                    place,
                )
            }
        }
    }
}

/// A security group that exists already.
#[derive(Clone, Debug, PartialEq)]
pub struct ExistingSecurityGroup(Source);

impl ExistingSecurityGroup {
    /// Given at deployment, by that id: `ecs-security-group-id`.
    #[track_caller]
    #[must_use]
    pub fn given(id: &str) -> Self {
        Self(Source::Given(At::here(id)))
    }

    /// Imported from another stack.
    #[must_use]
    pub fn imported(import: Import) -> Self {
        Self(Source::Imported(import))
    }

    /// Looked up in the VPC by its name by Terraform; a parameter of CloudFormation's.
    #[track_caller]
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(Source::Named(At::here(name)))
    }

    /// Written down: `sg-0123456789abcdef0`.
    #[track_caller]
    #[must_use]
    pub fn id(id: &str) -> Self {
        Self(Source::Literal(At::here(id)))
    }

    /// `vpc` is where a name is looked up; `who` describes the group.
    pub(crate) fn lower(&self, cx: &mut Lowering, vpc: Option<&Vpc>, who: &str) -> Value {
        match &self.0 {
            Source::Given(at) => given(
                cx,
                at,
                InputKind::SecurityGroupId,
                format!("Security group of {who}."),
                "Network",
            ),
            Source::Imported(import) => import.lower(cx, false),
            Source::Named(at) => {
                cx.word::<SecurityGroupName>(at);
                let Some(vpc) = vpc else {
                    cx.error(
                        "security-group-vpc",
                        &at.place,
                        format!(
                            "security group {:?} can't be looked up without a VPC",
                            at.value
                        ),
                        "given at deployment, imported, or written down",
                        "use ExistingSecurityGroup::given",
                    );
                    return Value::text("");
                };
                let vpc = vpc.lower(cx);
                let short = at.value.trim_end_matches("-sg");
                let id = cx.id(&At {
                    value: format!("{short}-security-group-id"),
                    place: at.place.clone(),
                });
                looked_up(
                    cx,
                    &id,
                    InputKind::SecurityGroupId,
                    format!("Security group {}, of {who}.", at.value),
                    LookupKind::SecurityGroup {
                        vpc: Box::new(vpc),
                        name: at.value.clone(),
                    },
                    &at.place,
                )
            }
            Source::Literal(at) => literal_id(cx, at, "sg-"),
            Source::Tagged(..) => unreachable!("no constructor makes it"),
        }
    }
}

macro_rules! by_arn {
    ($(#[$doc:meta])* $name:ident, $input:literal, $form:expr, $description:literal, $group:literal, [$($service:literal),+]) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name(Source);

        impl $name {
            #[doc = concat!("Given at deployment, as `", $input, "` in each language's spelling.")]
            #[track_caller]
            #[must_use]
            pub fn given() -> Self {
                Self(Source::Given(At::here($input)))
            }

            /// Imported from another stack, which exports its ARN.
            #[must_use]
            pub fn imported(import: Import) -> Self {
                Self(Source::Imported(import))
            }

            /// Written down, as an ARN.
            #[track_caller]
            #[must_use]
            pub fn arn(arn: &str) -> Self {
                Self(Source::Literal(At::here(arn)))
            }

            pub(crate) fn place(&self) -> &Place {
                place_of(&self.0)
            }

            pub(crate) fn lower(&self, cx: &mut Lowering) -> Value {
                match &self.0 {
                    Source::Given(at) => given(cx, at, InputKind::Text($form), $description, $group),
                    Source::Imported(import) => import.lower(cx, false),
                    Source::Literal(at) => literal_arn(cx, at, &[$($service),+]),
                    Source::Named(_) | Source::Tagged(..) => unreachable!("no constructor makes it"),
                }
            }
        }
    };
}

by_arn!(
    /// A KMS key of the account's own.
    KmsKey, "kms-key-arn", KMS_KEY_ARN, "KMS key that encrypts the data at rest.", "Security", ["kms"]
);
by_arn!(
    /// The SNS topic that ElastiCache tells of its events.
    NotificationTopic, "notification-topic-arn", TOPIC_ARN, "SNS topic for ElastiCache events.", "Operations", ["sns"]
);

/// The global datastore that a secondary replication group belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct GlobalDatastore(Source);

impl GlobalDatastore {
    /// Given at deployment: the parameter `GlobalReplicationGroupId`, the
    /// variable `global_replication_group_id`.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self(Source::Given(At::here("global-replication-group-id")))
    }

    /// Written down, with the prefix that AWS gave it.
    #[track_caller]
    #[must_use]
    pub fn id(id: &str) -> Self {
        Self(Source::Literal(At::here(id)))
    }

    pub(crate) fn lower(&self, cx: &mut Lowering) -> Value {
        match &self.0 {
            Source::Given(at) => given(
                cx,
                at,
                InputKind::Text(GLOBAL_ID),
                "Global datastore that the replication group joins.",
                "Cache",
            ),
            Source::Literal(at) => literal(
                cx,
                at,
                "global datastore id",
                "global-datastore-id",
                |text| {
                    let good = text.starts_with(|c: char| c.is_ascii_lowercase())
                        && text.len() <= 63
                        && text
                            .bytes()
                            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                    if good {
                        return Ok(());
                    }
                    Err(Refusal::new(
                        "isn't an id",
                        "up to 63 lower-case letters, digits and hyphens, a letter first",
                        "copy it, with its prefix, from the global datastore",
                    ))
                },
            ),
            _ => unreachable!("no constructor makes it"),
        }
    }
}

/// A secret by reference: a Secrets Manager secret, or a key of one that is a JSON
/// object. Nothing here holds a secret's value, and no constructor takes one:
///
/// ```
/// use cachewright::prelude::*;
/// let secret = SecretRef::named("oms/prod/redis").json_key("token");
/// ```
/// ```compile_fail,E0308
/// use cachewright::prelude::*;
/// let access = Access::AuthToken("a-literal-token-in-clear"); // not a reference
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SecretRef {
    source: Source,
    json_key: Option<At<String>>,
    version_stage: Option<At<String>>,
    write_only: Option<At<u32>>,
}

impl SecretRef {
    fn new(source: Source) -> Self {
        Self {
            source,
            json_key: None,
            version_stage: None,
            write_only: None,
        }
    }

    /// A secret whose ARN is given at deployment: the parameter
    /// `AuthTokenSecretArn`, the variable `auth_token_secret_arn`.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self::new(Source::Given(At::here("auth-token-secret-arn")))
    }

    /// A secret by its name.
    #[track_caller]
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::new(Source::Named(At::here(name)))
    }

    /// A secret by its ARN.
    #[track_caller]
    #[must_use]
    pub fn arn(arn: &str) -> Self {
        Self::new(Source::Literal(At::here(arn)))
    }

    /// The secret is a JSON object, and this is the key of the value.
    #[track_caller]
    #[must_use]
    pub fn json_key(mut self, key: &str) -> Self {
        self.json_key = Some(At::here(key));
        self
    }

    /// The staging label of the version, instead of `AWSCURRENT`.
    #[track_caller]
    #[must_use]
    pub fn version_stage(mut self, stage: &str) -> Self {
        self.version_stage = Some(At::here(stage));
        self
    }

    /// Terraform passes it through a write-only argument, so that it is in no state
    /// and no plan; raise `version` whenever the secret's value changes. Narrows the
    /// provider to the versions that have the argument.
    #[track_caller]
    #[must_use]
    pub fn write_only(mut self, version: u32) -> Self {
        self.write_only = Some(At::here(version));
        self
    }

    pub(crate) fn place(&self) -> &Place {
        place_of(&self.source)
    }

    /// The version of the write-only argument, where it is used.
    pub(crate) fn write_only_version(&self) -> Option<u32> {
        self.write_only.as_ref().map(|at| at.value)
    }

    pub(crate) fn lower(&self, cx: &mut Lowering, id: &Id) -> Secret {
        let value = match &self.source {
            Source::Given(at) => given(
                cx,
                at,
                InputKind::Text(SECRET_ARN),
                "Secrets Manager secret that holds the AUTH token.",
                "Security",
            ),
            Source::Literal(at) => literal_arn(cx, at, &["secretsmanager"]),
            Source::Named(at) => {
                cx.word::<SecretId>(at);
                Value::text(&*at.value)
            }
            Source::Imported(_) | Source::Tagged(..) => unreachable!("no constructor makes it"),
        };
        let secret = match &value {
            Value::Reference(Reference::Input(id)) => Text(vec![Part::Input(id.clone())]),
            Value::Text(text) => text.clone(),
            _ => unreachable!("a secret is an input or a text"),
        };
        // both end up between the colons of a dynamic reference
        for part in [&self.json_key, &self.version_stage].into_iter().flatten() {
            if part.value.is_empty()
                || !part
                    .value
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_-/+=.@".contains(c))
            {
                cx.error(
                    "secret-part",
                    &part.place,
                    format!("{:?} can't be part of a reference to a secret", part.value),
                    "letters, digits and any of _-/+=.@",
                    "rename the key in the secret",
                );
            }
        }
        let stage = self.version_stage.as_ref().map(|at| at.value.clone());
        let ephemeral = self.write_only.is_some();
        cx.lookup(Lookup {
            id: id.clone(),
            what: LookupKind::SecretVersion {
                secret: Box::new(value),
                stage: stage.clone(),
                ephemeral,
            },
            place: self.place().clone(),
        });
        Secret {
            secret,
            json_key: self.json_key.as_ref().map(|at| at.value.clone()),
            stage,
            lookup: id.clone(),
            ephemeral,
        }
    }
}
