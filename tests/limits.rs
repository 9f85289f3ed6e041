//! CloudFormation's limits, which a definition can only meet by its size.

use cachewright::diagnostic::Diagnostic;
use cachewright::prelude::*;
use cachewright::schema::TEMPLATE_BODY_LIMIT;
use cachewright::synth::synthesize;

mod common;
use common::{BOTH, cache, named, security_group, subnets};

fn with_clients(clients: impl Iterator<Item = Client>) -> Environment {
    let group = clients.fold(security_group(), SecurityGroup::allow);
    named("shop", "prod", Network::new(subnets(), group), cache())
}

fn refused(environment: &Environment) -> Vec<Diagnostic> {
    let synthesis = synthesize(environment, &BOTH);
    assert!(synthesis.files.is_empty(), "nothing is to be written");
    let mut found = synthesis.diagnostics;
    found.retain(Diagnostic::is_error);
    found
}

fn blocks(count: usize) -> impl Iterator<Item = Client> {
    (0..count).map(|n| {
        let block = format!("10.{}.{}.0/24", n / 256, n % 256);
        Client::cidr(&format!("block-{n}"), &block).description(&"d".repeat(100))
    })
}

#[test]
fn a_template_that_cannot_be_deployed_directly_is_a_finding() {
    let fits = with_clients(blocks(60));
    let synthesis = synthesize(&fits, &BOTH);
    let errors = synthesis
        .diagnostics
        .iter()
        .filter(|found| found.is_error());
    assert_eq!(errors.collect::<Vec<_>>(), [] as [&Diagnostic; 0]);
    let template = &synthesis.files[0].contents;
    assert!(template.len() < TEMPLATE_BODY_LIMIT);

    let found = refused(&with_clients(blocks(150)));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].message.contains("51200"), "{}", found[0].message);
    assert!(found[0].place.is_some() && !found[0].help.is_empty());
}

#[test]
fn more_than_200_parameters_are_a_finding() {
    let given = |count: usize| {
        with_clients((0..count).map(|n| {
            let group = ExistingSecurityGroup::given(&format!("group-{n}-id"));
            Client::security_group(&format!("client-{n}"), group)
        }))
    };
    let found = refused(&given(201));
    assert!(
        found.iter().any(|f| f.message.contains("200 properties")),
        "{found:?}"
    );
}
