//! Where the ids of things that exist already come from: given at deployment,
//! imported from another stack, looked up, or written down.
mod arn;
mod import;
mod network;
mod secret;
mod zone;

use crate::diagnostic::Place;
use crate::graph::{Input, InputKind, Lookup, LookupKind, Reference, Value};
use crate::lower::Lowering;
use crate::value::{At, Id, Refusal, ResourceId};

pub(crate) use arn::ExistingKmsKey;
pub(crate) use arn::ExistingTopic;
pub use arn::GlobalDatastore;
pub use import::{Import, Stack};
pub use network::{ExistingSecurityGroup, Subnets, Vpc};
pub(crate) use secret::check_part;
pub use secret::{SecretRef, SecureString};
pub use zone::HostedZone;

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
    if let Err(refusal) = ResourceId::with_prefix(&at.value, prefix) {
        refuse(cx, at, "id", "resource-id", refusal);
    }
    Value::text(&*at.value)
}

fn refuse(cx: &mut Lowering, at: &At<String>, what: &str, code: &'static str, refusal: Refusal) {
    cx.error(
        code,
        &at.place,
        format!("{what} {:?} {}", at.value, refusal.because),
        refusal.allowed,
        refusal.help,
    );
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
        no_echo: false,
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
        no_echo: false,
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
