//! A secret that is made: a generated value in Secrets Manager, which no file ever holds.

use crate::diagnostic::Place;
use crate::graph::{
    Attribute, Kind, Language, Lookup, LookupKind, Node, Part, Reference, Removal, SecretStore,
    Text, Value,
};
use crate::lower::{KeyUse, Lowering};
use crate::resource::kms_key::KmsKey;
use crate::value::{At, Id, Names, SecretId};

/// A secret in Secrets Manager whose value is generated where it is kept: 64 letters and
/// digits, which AUTH and users' passwords both accept.
///
/// CloudFormation generates it inside the secret. Terraform makes it with an ephemeral
/// resource and passes it through a write-only argument, so that neither state nor plan
/// holds it; that needs Terraform 1.11. Neither generates a second one: another value is another
/// version of the secret, put there by whoever rotates it.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneratedSecret {
    name: At<String>,
    description: Option<At<String>>,
    length: Option<At<u16>>,
    kms_key: Option<KmsKey>,
    recovery_window: Option<At<u8>>,
    removal: Option<At<Removal>>,
}

impl GeneratedSecret {
    /// A secret of that name, such as `oms/prod/auth-token`.
    #[track_caller]
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: At::here(name),
            description: None,
            length: None,
            kms_key: None,
            recovery_window: None,
            removal: None,
        }
    }

    /// What it is for.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.description = Some(At::here(text));
        self
    }

    /// How many letters and digits are generated: 16 to 128, 64 unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn length(mut self, length: u16) -> Self {
        self.length = Some(At::here(length));
        self
    }

    /// The key that encrypts it; the one that AWS keeps for Secrets Manager unless told otherwise.
    #[must_use]
    pub fn kms_key(mut self, key: impl Into<KmsKey>) -> Self {
        self.kms_key = Some(key.into());
        self
    }

    /// Days in which a deleted secret can be brought back: 7 to 30, or 0 for none; 30
    /// unless told otherwise. Terraform's alone: CloudFormation always waits 30.
    #[track_caller]
    #[must_use]
    pub fn recovery_window(mut self, days: u8) -> Self {
        self.recovery_window = Some(At::here(days));
        self
    }

    /// What happens when it is removed from the definition: it stays where the cache or a
    /// snapshot of it does. A secret knows no snapshot, so [`Removal::Snapshot`] is
    /// [`Removal::Retain`].
    #[track_caller]
    #[must_use]
    pub fn removal(mut self, removal: Removal) -> Self {
        self.removal = Some(At::here(removal));
        self
    }

    pub(crate) fn place(&self) -> &Place {
        &self.name.place
    }

    pub(crate) fn names<'a>(&'a self, names: &mut Names<'a>) {
        names.push(("secret", &self.name));
        if let Some(key) = &self.kms_key {
            key.names(names);
        }
    }

    /// What is read, and the secret as Terraform's lookup names it; `id` names both, and
    /// `what` is what the secret holds. The secret itself is made.
    pub(crate) fn lower(&self, cx: &mut Lowering, id: &Id, what: &str) -> (SecretStore, Value) {
        cx.word::<SecretId>(&self.name);
        let place = &self.name.place;
        let mut node = Node::new(
            Kind::Secret,
            &format!("{}Secret", id.logical()),
            &id.snake(),
            place,
        );
        node.put("Name", "name", &*self.name.value).from(place);
        let description = self.description.as_ref();
        node.put(
            "Description",
            "description",
            description.map_or_else(|| capitalized(what), |at| at.value.clone()),
        )
        .from(description.map(|at| &at.place));
        if let Some(key) = &self.kms_key {
            node.put("KmsKeyId", "kms_key_id", key.lower(cx, KeyUse::Secret))
                .from(key.place());
        }
        let length = self.length.as_ref().map_or(64, |at| at.value);
        let length_at = self.length.as_ref().map(|at| &at.place);
        node.put_cfn("GenerateSecretString.PasswordLength", length)
            .from(length_at);
        node.put_cfn("GenerateSecretString.ExcludePunctuation", true);
        let window = self.recovery_window.as_ref();
        node.put_tf("recovery_window_in_days", window.map_or(30, |at| at.value))
            .from(window.map(|at| &at.place));
        let tags = cx.tags.clone();
        node.put_tags(&tags);
        if cx.keep(&mut node, self.removal.as_ref()) && self.removal.is_none() {
            // its name would be taken for the next attempt
            node.removal = Some(Removal::RetainExceptOnCreate);
        }

        let generated = Id::known(&format!("new-{}", id.snake().replace('_', "-")));
        cx.lookup(Lookup {
            id: generated.clone(),
            what: LookupKind::RandomPassword { length },
            place: place.clone(),
        });
        let mut version = Node::new(Kind::SecretVersion, "", &id.snake(), place);
        version.only = Some(Language::Terraform);
        version.put_tf("secret_id", node.attribute(None, "id"));
        version.put_tf(
            "secret_string_wo",
            Value::Reference(Reference::Lookup {
                id: generated,
                split: false,
            }),
        );
        // written once; another value is another version of the secret, put there by a rotation
        version.put_tf("secret_string_wo_version", 1u8);
        // through the version, so that it is read only after it was written
        let written = version.attribute(None, "secret_id");
        let secret = Reference::Node {
            kind: Kind::Secret,
            logical_id: node.logical_id.clone(),
            label: node.label.clone(),
            attribute: Attribute {
                cloudformation: None,
                terraform: "arn".into(),
            },
        };
        cx.made.push(node);
        cx.made.push(version);
        let store = SecretStore::SecretsManager {
            secret: Text(vec![Part::Reference(secret)]),
            json_key: None,
            stage: None,
        };
        (store, written)
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
