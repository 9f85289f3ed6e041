use super::{Source, given, place_of, refuse};
use crate::diagnostic::Place;
use crate::graph::{Form, InputKind, Lookup, LookupKind, Part, Reference, Secret, Text, Value};
use crate::lower::Lowering;
use crate::value::{Arn, At, Id, Refusal, SecretId, Word as _};

const SECRET_ARN: Form = Form {
    pattern: "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$",
    words: "a Secrets Manager secret's ARN",
    example: "arn:aws:secretsmanager:…:secret:…",
};

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
    update_strategy: Option<At<TokenUpdateStrategy>>,
}

/// How Terraform hands a token that changed to a running cache. CloudFormation has no
/// such setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUpdateStrategy {
    /// Only the new token opens, from now on: for a first token, and as the second
    /// step of a rotation.
    Set,
    /// The new token opens beside the old one: the first step of a rotation. With a
    /// first token it leaves login without any token open.
    Rotate,
}

impl TokenUpdateStrategy {
    /// The API's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Set => "SET",
            Self::Rotate => "ROTATE",
        }
    }
}

impl SecretRef {
    fn new(source: Source) -> Self {
        Self {
            source,
            json_key: None,
            version_stage: None,
            write_only: None,
            update_strategy: None,
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

    /// How Terraform hands a changed token over; [`TokenUpdateStrategy::Set`] unless
    /// told otherwise. A rotation says `Rotate` with the new token, is applied, then
    /// says `Set` again.
    #[track_caller]
    #[must_use]
    pub fn update_strategy(mut self, strategy: TokenUpdateStrategy) -> Self {
        self.update_strategy = Some(At::here(strategy));
        self
    }

    /// The strategy, and where it is said.
    pub(crate) fn strategy(&self) -> (TokenUpdateStrategy, Option<&Place>) {
        match &self.update_strategy {
            Some(at) => (at.value, Some(&at.place)),
            None => (TokenUpdateStrategy::Set, None),
        }
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
            Source::Literal(at) => {
                if let Err(refusal) = of_region(&at.value, cx.region.as_str()) {
                    refuse(cx, at, Arn::WHAT, Arn::CODE, refusal);
                }
                Value::text(&*at.value)
            }
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

/// A secret's ARN, of that region.
fn of_region(text: &str, region: &str) -> Result<(), Refusal> {
    let arn = Arn::parse(text)?;
    if arn.service() != "secretsmanager" {
        return Err(Refusal::new(
            format!("is an ARN of {}", arn.service()),
            "an ARN of secretsmanager",
            "copy it from the resource itself",
        ));
    }
    if arn.region() != region {
        return Err(Refusal::new(
            format!("is an ARN of the region {:?}", arn.region()),
            format!("an ARN of the environment's region, {region}"),
            "use the resource of this region",
        ));
    }
    Ok(())
}
