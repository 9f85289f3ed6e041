use super::{Source, given, place_of, refuse};
use crate::diagnostic::Place;
use crate::graph::{Form, InputKind, Part, Reference, SecretStore, Text, Value};
use crate::lower::Lowering;
use crate::value::{Arn, At, ParameterName, Refusal, SecretId, Word as _};

const SECRET_ARN: Form = Form {
    pattern: "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$",
    words: "a Secrets Manager secret's ARN",
    example: "arn:aws:secretsmanager:…:secret:…",
};
const PARAMETER_NAME: Form = Form {
    pattern: "^(/[A-Za-z0-9_.-]+)+$",
    words: "the name of a parameter of Systems Manager, a slash first",
    example: "/…/auth-token",
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
}

impl SecretRef {
    fn new(source: Source) -> Self {
        Self {
            source,
            json_key: None,
            version_stage: None,
        }
    }

    /// The secret of the AUTH token, whose ARN is given at deployment: the parameter
    /// `AuthTokenSecretArn`, the variable `auth_token_secret_arn`.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self::given_as("auth-token-secret-arn")
    }

    /// A secret whose ARN is given at deployment, by that id: `orders-secret-arn`.
    #[track_caller]
    #[must_use]
    pub fn given_as(id: &str) -> Self {
        Self::new(Source::Given(At::here(id)))
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

    pub(crate) fn place(&self) -> &Place {
        place_of(&self.source)
    }

    /// The staging label, where one is said.
    pub(crate) fn stage(&self) -> Option<&str> {
        self.version_stage.as_ref().map(|at| &*at.value)
    }

    /// What is read, and the secret as Terraform's lookup names it; `what` is what it holds.
    pub(crate) fn lower(&self, cx: &mut Lowering, what: &str) -> (SecretStore, Value) {
        let value = match &self.source {
            Source::Given(at) => given(
                cx,
                at,
                InputKind::Text(SECRET_ARN),
                format!("Secrets Manager secret that holds {what}."),
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
        // both end up between the colons of a dynamic reference
        for part in [&self.json_key, &self.version_stage].into_iter().flatten() {
            check_part(cx, part);
        }
        let store = SecretStore::SecretsManager {
            secret: text_of(&value),
            json_key: self.json_key.as_ref().map(|at| at.value.clone()),
            stage: self.version_stage.as_ref().map(|at| at.value.clone()),
        };
        (store, value)
    }
}

/// A `SecureString` of Systems Manager's Parameter Store, by reference. CloudFormation
/// takes one as the AUTH token of a cache, and nowhere as a user's password:
///
/// ```
/// use cachewright::prelude::*;
/// let token = AuthToken::new(SecureString::named("/oms/prod/auth-token"));
/// ```
/// ```compile_fail,E0277
/// use cachewright::prelude::*;
/// let user = User::password("orders", "on ~* +@read", SecureString::named("/oms/prod/orders"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SecureString {
    source: Source,
    version: Option<At<u32>>,
}

impl SecureString {
    /// The parameter of the AUTH token, whose name is given at deployment: the parameter
    /// `AuthTokenParameterName`, the variable `auth_token_parameter_name`.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self {
            source: Source::Given(At::here("auth-token-parameter-name")),
            version: None,
        }
    }

    /// A parameter by its name: `/oms/prod/auth-token`.
    #[track_caller]
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            source: Source::Named(At::here(name)),
            version: None,
        }
    }

    /// A version of it, from 1; the newest at each deployment unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn version(mut self, version: u32) -> Self {
        self.version = Some(At::here(version));
        self
    }

    pub(crate) fn place(&self) -> &Place {
        place_of(&self.source)
    }

    /// The version, where one is said.
    pub(crate) fn number(&self) -> Option<u32> {
        self.version.as_ref().map(|at| at.value)
    }

    /// The parameter's name, and its version.
    pub(crate) fn lower(&self, cx: &mut Lowering) -> (Text, Option<String>) {
        let name = match &self.source {
            Source::Named(at) => {
                cx.word::<ParameterName>(at);
                Text::from(&*at.value)
            }
            Source::Given(at) => text_of(&given(
                cx,
                at,
                InputKind::Text(PARAMETER_NAME),
                "Parameter of Systems Manager that holds the AUTH token, a SecureString.",
                "Security",
            )),
            _ => unreachable!("no constructor makes it"),
        };
        if let Some(version) = self.version.as_ref().filter(|at| at.value == 0) {
            cx.error(
                "secret-part",
                &version.place,
                "version 0 of a parameter",
                "1 or more, as Systems Manager counts",
                "leave it out for the newest",
            );
        }
        (name, self.number().map(|number| number.to_string()))
    }

    /// Where the version is said.
    pub(crate) fn version_place(&self) -> Option<&Place> {
        self.version.as_ref().map(|at| &at.place)
    }
}

/// What ends up between the colons of a dynamic reference.
pub(crate) fn check_part(cx: &mut Lowering, part: &At<String>) {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-/+=.@".contains(c);
    if part.value.is_empty() || !part.value.chars().all(plain) {
        cx.error(
            "secret-part",
            &part.place,
            format!("{:?} can't be part of a reference to a secret", part.value),
            "letters, digits and any of _-/+=.@",
            "rename the key in the secret, or the version's label",
        );
    }
}

/// An input or a text, as a text.
fn text_of(value: &Value) -> Text {
    match value {
        Value::Reference(Reference::Input(id)) => Text(vec![Part::Input(id.clone())]),
        Value::Text(text) => text.clone(),
        _ => unreachable!("a secret is an input or a text"),
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
