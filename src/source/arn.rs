use super::{Import, Source, given, place_of};
use crate::diagnostic::Place;
use crate::graph::{Form, InputKind, Value};
use crate::lower::Lowering;
use crate::value::At;

const KMS_KEY_ARN: Form = Form {
    pattern: "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$",
    words: "a KMS key's ARN",
    example: "arn:aws:kms:…:key/…",
};
const TOPIC_ARN: Form = Form {
    pattern: "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$",
    words: "an SNS topic's ARN",
    example: "arn:aws:sns:…",
};
const GLOBAL_ID: Form = Form {
    pattern: "^[a-z][a-z0-9-]{0,62}$",
    words: "a global datastore's id",
    example: "ldgnf-…",
};

macro_rules! by_arn {
    ($(#[$doc:meta])* $name:ident, $input:literal, $form:expr, $description:literal, $group:literal) => {
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
                    Source::Literal(at) => Value::text(&*at.value),
                    Source::Named(_) | Source::Tagged(..) => unreachable!("no constructor makes it"),
                }
            }
        }
    };
}

by_arn!(
    /// A KMS key of the account's own that exists already.
    ExistingKmsKey, "kms-key-arn", KMS_KEY_ARN, "KMS key.", "Security"
);

impl ExistingKmsKey {
    /// Its ARN; `what` it encrypts is for whoever gives it.
    pub(crate) fn lower_for(&self, cx: &mut Lowering, what: &str) -> Value {
        match &self.0 {
            Source::Given(at) => {
                let description = format!("KMS key that encrypts {what}.");
                given(
                    cx,
                    at,
                    InputKind::Text(KMS_KEY_ARN),
                    description,
                    "Security",
                )
            }
            _ => self.lower(cx),
        }
    }

    /// Given at deployment, by that id.
    #[track_caller]
    #[must_use]
    pub fn given_as(id: &str) -> Self {
        Self(Source::Given(At::here(id)))
    }
}

by_arn!(
    /// An SNS topic that exists already.
    ExistingTopic, "topic-arn", TOPIC_ARN, "SNS topic.", "Operations"
);

impl ExistingTopic {
    /// Given at deployment, by that id.
    #[track_caller]
    #[must_use]
    pub fn given_as(id: &str) -> Self {
        Self(Source::Given(At::here(id)))
    }

    /// Its ARN; `what` it is told is for whoever gives it.
    pub(crate) fn lower_for(&self, cx: &mut Lowering, what: &str) -> Value {
        match &self.0 {
            Source::Given(at) => {
                let description = format!("SNS topic for {what}.");
                given(
                    cx,
                    at,
                    InputKind::Text(TOPIC_ARN),
                    description,
                    "Operations",
                )
            }
            _ => self.lower(cx),
        }
    }
}

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

    pub(crate) fn place(&self) -> &Place {
        place_of(&self.0)
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
            Source::Literal(at) => Value::text(&*at.value),
            _ => unreachable!("no constructor makes it"),
        }
    }
}
