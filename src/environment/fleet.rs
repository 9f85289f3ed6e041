//! What no two environments may share, looked at over all of them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};

use indexmap::IndexSet;

use super::{Environment, TerraformState};
use crate::diagnostic::{Diagnostic, Place};

/// The environments seen so far. Of each, two numbers are kept, so that a fleet may be
/// long.
#[derive(Debug, Default)]
pub struct Fleet {
    /// What belongs to one environment, by its hash, and which place says it.
    seen: HashMap<u64, u32>,
    /// The places. A loop that makes many environments is one of them.
    places: IndexSet<Place>,
}

/// Something that belongs to one environment.
#[derive(Hash)]
enum Claim<'a> {
    Path(&'a str),
    State(&'a str, &'a str),
    ReplicationGroup(&'a str, &'a str),
    Name(&'a str, &'a str, &'a str),
}

impl Claim<'_> {
    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        std::hash::Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

impl Fleet {
    /// Takes note of an environment, and says what it shares with one before: its path
    /// or its Terraform state, which are errors, or in one region the id of its
    /// replication group or another name, which two accounts may share.
    pub fn add(&mut self, environment: &Environment) -> Vec<Diagnostic> {
        let path = environment.path();
        let mut found = Vec::new();
        if let Some(first) = self.claim(&Claim::Path(&path), environment.place()) {
            let diagnostic =
                Diagnostic::error("environment-twice", format!("`{path}` is defined twice"))
                    .at(environment.place())
                    .allowed("one definition for each path")
                    .help(format!("rename one of them; the first is at {first}"));
            return vec![diagnostic.of(path)];
        }
        let id = environment.replication_group.id();
        let region = environment.region.as_str();
        if let Some(first) = self.claim(&Claim::ReplicationGroup(&id.value, region), &id.place) {
            found.push(
                Diagnostic::warning(
                    "replication-group-id-twice",
                    format!(
                        "replication group {:?} in {region} is another environment's as well",
                        id.value
                    ),
                )
                .at(&id.place)
                .allowed("one replication group of a name in one account and region")
                .help(format!(
                    "rename one of them, unless they are in two accounts; the first is at {first}"
                )),
            );
        }
        for (what, name) in environment.names() {
            let claim = Claim::Name(what, &name.value, region);
            if let Some(first) = self.claim(&claim, &name.place) {
                found.push(
                    Diagnostic::warning(
                        "name-twice",
                        format!("the {what} {:?} in {region} is made by another environment as well", name.value),
                    )
                    .at(&name.place)
                    .allowed("one thing of a name in one account and region")
                    .help(format!(
                        "rename one of them, unless they are in two accounts; the first is at {first}"
                    )),
                );
            }
        }
        if let TerraformState::S3 { bucket, key, .. } = &environment.state.value {
            let place = &environment.state.place;
            if let Some(first) = self.claim(&Claim::State(bucket, key), place) {
                found.push(
                    Diagnostic::error(
                        "terraform-state-twice",
                        format!("s3://{bucket}/{key} is another environment's Terraform state as well"),
                    )
                    .at(place)
                    .allowed("one state for each environment")
                    .help(format!(
                        "give this one a key of its own, or each destroys what the other made; the first is at {first}"
                    )),
                );
            }
        }
        found
            .into_iter()
            .map(|diagnostic| diagnostic.of(&*path))
            .collect()
    }

    /// Whether an environment of that path has been seen.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.seen.contains_key(&Claim::Path(path).hash())
    }

    fn claim(&mut self, claim: &Claim<'_>, place: &Place) -> Option<Place> {
        let index = match self.places.get_index_of(place) {
            Some(index) => index,
            None => self.places.insert_full(place.clone()).0,
        };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let first = self.seen.insert(claim.hash(), index)?;
        self.places.get_index(first as usize).cloned()
    }
}
