use super::{Import, Source, given, place_of};
use crate::diagnostic::Place;
use crate::graph::{Form, InputKind, Value};
use crate::lower::Lowering;
use crate::value::At;

/// A hosted zone of Route 53 that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct HostedZone(Source);

const ZONE_ID: Form = Form {
    pattern: "^Z[A-Z0-9]{1,31}$",
    words: "a hosted zone's id: Z, then capital letters and digits",
    example: "Z…",
};

impl HostedZone {
    /// Given at deployment: the parameter `HostedZoneId`, the variable `hosted_zone_id`.
    #[track_caller]
    #[must_use]
    pub fn given() -> Self {
        Self(Source::Given(At::here("hosted-zone-id")))
    }

    /// Imported from another stack, which exports its id.
    #[must_use]
    pub fn imported(import: Import) -> Self {
        Self(Source::Imported(import))
    }

    /// Written down: `Z0123456789ABCDEFGHIJ`.
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
            Source::Given(at) => {
                let kind = InputKind::Text(ZONE_ID);
                given(cx, at, kind, "Hosted zone of the cache's names.", "Network")
            }
            Source::Imported(import) => import.lower(cx, false),
            Source::Literal(at) | Source::Named(at) => {
                let rest = at.value.strip_prefix('Z').unwrap_or_default();
                let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
                if !(1..=31).contains(&rest.len()) || !rest.bytes().all(plain) {
                    cx.error(
                        "resource-id",
                        &at.place,
                        format!("id {:?} isn't a hosted zone's", at.value),
                        "Z, then 1 to 31 capital letters and digits",
                        "copy the zone's id, without /hostedzone/ before it",
                    );
                }
                Value::text(&*at.value)
            }
            Source::Tagged(..) => unreachable!("hosted zones aren't looked up by tag"),
        }
    }
}
