use super::{Import, Source, given, literal_id, looked_up, place_of, tag_words, tags};
use crate::diagnostic::Place;
use crate::graph::{InputKind, LookupKind, Value};
use crate::lower::Lowering;
use crate::value::{At, Id, SecurityGroupName};

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
                // EC2 takes more in a name than a parameter does
                let id = Id::of_words(&format!("{}-security-group-id", at.value));
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
