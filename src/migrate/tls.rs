//! Encryption in transit: plain, preferred, required, one step at a time, and back.

use super::cache::{Cache, is as named};
use super::feature::{Held, Path, refused};
use super::graph::{edit, put_after, remove, set};
use super::{Names, Step};
use crate::diagnostic::Diagnostic;
use crate::diff::Source;
use crate::environment::Environment;
use crate::graph::{Kind, Node, Property};
use crate::order::Transit;

pub(super) fn path(
    was: &Cache<'_>,
    is: &Cache<'_>,
    names: &Names,
    _: &Environment,
) -> Result<Path, Box<Diagnostic>> {
    let (Some(from), Some(to)) = (was.transit(), is.transit()) else {
        return Ok(Path::none());
    };
    let states: &[Transit] = match (from, to) {
        (Transit::Plain, Transit::Required) => {
            &[Transit::Plain, Transit::Preferred, Transit::Required]
        }
        (Transit::Required, Transit::Plain) => {
            &[Transit::Required, Transit::Preferred, Transit::Plain]
        }
        (from, to) if from == to => return Ok(Path::none()),
        (from, to) => &[from, to],
    };
    // where the engine knows no mode, required says none
    let has_mode = is.has("TransitEncryptionMode") || to == Transit::Plain && knows_mode(is);
    if !has_mode {
        return Err(refused(
            is,
            "TransitEncryptionEnabled",
            format!(
                "encryption in transit goes from {from} to {to}, and this version of the engine decides it when the cache is made"
            ),
            "Redis OSS 7.0 or later, or Valkey, which know the step between",
            "say a version that knows it, and go on from there; or give the new cache another id and .restore_from(RestoreFrom::snapshot(\"…\")), and move the clients",
        ));
    }
    let mut path = Path::none();
    for pair in states.windows(2) {
        if let [before, after] = *pair {
            path = path.then(held(before), step(before, after, names));
        }
    }
    Ok(path)
}

fn knows_mode(is: &Cache<'_>) -> bool {
    let (engine, version) = (is.text("Engine"), is.text("EngineVersion"));
    let fact = engine.zip(version);
    fact.is_some_and(|(engine, version)| {
        crate::facts::engine_version(engine, version).is_none_or(|fact| fact.tls_preferred)
    })
}

fn held(state: Transit) -> Held {
    Held::edit(move |graph, _| edit(graph, |cache| say(cache, state)))
}

fn say(cache: &mut Node, state: Transit) {
    debug_assert_eq!(cache.kind, Kind::ReplicationGroup);
    const ENABLED: &str = "TransitEncryptionEnabled";
    remove(cache, &["TransitEncryptionMode"]);
    set(cache, ENABLED, state != Transit::Plain);
    if state == Transit::Plain {
        return;
    }
    let mut mode = Property::both(
        "TransitEncryptionMode",
        "transit_encryption_mode",
        state.to_string(),
    );
    let enabled = cache.properties.iter().find(|one| named(one, ENABLED));
    mode.place = enabled.and_then(|property| property.place.clone());
    put_after(cache, ENABLED, mode);
}

fn step(before: Transit, after: Transit, names: &Names) -> Step {
    let check = |step: Step| {
        let says = match after {
            Transit::Plain => "available, false",
            Transit::Preferred => "available, true, preferred",
            Transit::Required => "available, true, required",
        };
        step.check(
            names.group(&[
                "Status",
                "TransitEncryptionEnabled",
                "TransitEncryptionMode",
            ]),
            says,
        )
        .source(Source::GUIDE)
    };
    check(match (before, after) {
        (Transit::Plain, _) => Step::new(
            "tls-preferred",
            "The cache takes connections with and without TLS.",
            "A running cache turns TLS on by way of preferred alone, so that clients can move one after the other; nobody may have to log in meanwhile.",
        )
        .after(
            None,
            "Move every client to TLS: the port stays, the endpoint of a cache with TLS has another name. Go on when no client connects without it.",
            Vec::new(),
        )
        .back("Move the clients back and deploy the files from before: preferred goes back to plain."),
        (Transit::Preferred, Transit::Required) => Step::new(
            "tls-required",
            "The cache takes connections with TLS alone.",
            "From here on clients without TLS are cut off and don't come back, so every client has to have moved.",
        )
        .before("Make sure that every client speaks TLS.", Vec::new())
        .back("Deploy the files of the stage before: required goes back to preferred."),
        (_, Transit::Preferred) => Step::new(
            "tls-preferred",
            "The cache takes connections with and without TLS again.",
            "A running cache turns TLS off by way of preferred alone.",
        )
        .after(
            None,
            "Move every client away from TLS, to the endpoint without it. Go on when no client connects with it.",
            Vec::new(),
        )
        .back("Deploy the files from before: preferred goes back to required."),
        (_, Transit::Plain) => Step::new(
            "tls-off",
            "The cache takes connections without TLS alone.",
            "From here on clients with TLS are cut off, so every client has to have moved.",
        )
        .before("Make sure that no client speaks TLS.", Vec::new())
        .back("Deploy the files of the stage before: plain goes to preferred."),
        (_, Transit::Required) => Step::new("tls-required", "", ""),
    })
}
