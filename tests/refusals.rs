//! Every mistake that a definition can make is refused where it is made: at its own
//! line, naming the value, with what is allowed and one thing to do; and nothing else
//! is said of it.

use cachewright::diagnostic::{Diagnostic, Level};
use cachewright::prelude::*;
use cachewright::resource::replication_group::Sharded;

mod common;
use common::{
    Definition as _, assert_finding, cache, findings, named, network, only_error, run_over,
    security_group, shop, subnets, with,
};

/// A definition with one mistake, which is on the line of the macro; the braces keep
/// it there. Gives the finding for a closer look.
macro_rules! refuses {
    ($definition:expr, $code:literal $(, $word:expr)+) => {
        only_error(&$definition.environment(), (file!(), line!()), $code, &[$($word),+])
    };
}

/// A definition that is worth a second look, and whose output is written all the same.
macro_rules! warns {
    ($definition:expr, $code:literal $(, $word:expr)+) => {{
        let (environment, line) = ($definition.environment(), line!());
        common::outputs(&environment);
        let [finding] = findings(&environment).try_into().expect("one finding");
        assert_finding(&finding, (file!(), line), (Level::Warning, $code), &[$($word),+]);
    }};
}

/// A near miss: nothing at all is said of it.
#[track_caller]
fn accepts(definition: impl common::Definition) {
    let found = findings(&definition.environment());
    assert!(found.is_empty(), "{found:?}");
}

fn id(id: &str) -> Environment {
    ReplicationGroup::new(id, Engine::REDIS_7_1, node_type::M7G_LARGE).environment()
}

fn client(client: Client) -> SecurityGroup {
    security_group().allow(client)
}

fn set(group: ParameterGroup) -> ReplicationGroup {
    cache().parameter_group(group)
}

fn parameters() -> ParameterGroup {
    ParameterGroup::new()
}

fn shards(shards: impl IntoIterator<Item = Shard>) -> Sharded {
    Topology::shards(shards, MultiAz::Disabled)
}

const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";

#[test]
fn what_the_tests_start_from_is_without_a_finding() {
    accepts(cache());
    accepts(id(&"a".repeat(40)));
}

#[test]
fn environments_are_folders() {
    let of = |system: &str, name: &str| named(system, name, network(), cache());
    for bad in ["Shop", "..", "shop/eu", "", "1shop", "shop-", "lojá", "a b"] {
        let line = line!() + 1;
        let environment = named(bad, "prod", network(), cache());
        let words = [&*format!("{bad:?}"), "system"];
        only_error(&environment, (file!(), line), "environment-name", &words);
        let line = line!() + 1;
        let environment = named("shop", bad, network(), cache());
        let words = [&*format!("{bad:?}"), "environment"];
        only_error(&environment, (file!(), line), "environment-name", &words);
    }
    accepts(of("s", &"p".repeat(64)));
    assert_eq!(findings(&of("s", &"p".repeat(65))).len(), 1);
}

#[test]
fn two_environments_with_one_path_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let arguments = ["synth", "--format", "json", "--out", out.to_str().unwrap()];
    let report = run_over("twice", &arguments).expect(1).json();
    let found = common::diagnostics(&report);
    let [finding] = found.as_slice() else {
        panic!("one finding: {report}");
    };
    let [first, second] = twice().try_into().unwrap();
    assert_eq!(finding["code"], "environment-twice");
    assert_eq!(finding["level"], "error");
    assert!(finding["message"].as_str().unwrap().contains("`shop/prod`"));
    assert_eq!(finding["environment"], "shop/prod");
    assert_eq!(finding["place"]["file"], file!());
    assert_eq!(finding["place"]["line"], second.place().line);
    assert_ne!(finding["allowed"], "");
    // whoever wrote the second may never have seen the first
    let help = finding["help"].as_str().unwrap();
    assert!(help.contains(&first.place().to_string()), "{help}");
    assert!(!out.exists(), "nothing is written");
}

fn twice() -> Vec<Environment> {
    vec![
        named("shop", "prod", network(), cache()),
        named("shop", "prod", network(), cache().port(6380)),
    ]
}

#[test]
fn the_problems_of_several_environments_are_told_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let arguments = ["synth", "--format", "json", "--out", out.to_str().unwrap()];
    let report = run_over("two wrong and one right", &arguments)
        .expect(1)
        .json();
    let told: Vec<_> = common::diagnostics(&report)
        .into_iter()
        .map(|finding| (finding["environment"].clone(), finding["code"].clone()))
        .collect();
    let expected = [("shop/dev", "port"), ("shop/prod", "snapshot-retention")];
    assert_eq!(told, expected.map(|(e, c)| (e.into(), c.into())));
    assert!(!out.exists(), "the one that is right isn't written either");
}

fn two_wrong_and_one_right() -> Vec<Environment> {
    vec![
        named(
            "shop",
            "dev",
            network(),
            common::cache_named("shop-dev").port(0),
        ),
        named(
            "shop",
            "staging",
            network(),
            common::cache_named("shop-staging"),
        ),
        named(
            "shop",
            "prod",
            network(),
            cache().snapshots(Snapshots::daily(36)),
        ),
    ]
}

/// Not a test: the process that `run_over` starts.
#[test]
#[ignore = "a process that other tests start"]
fn as_a_program() {
    common::as_a_program(&[
        ("twice", twice),
        ("two wrong and one right", two_wrong_and_one_right),
        ("two of one state", two_of_one_state),
    ]);
}

#[test]
fn the_problems_of_one_definition_are_told_together() {
    let first = line!() + 1;
    let cache = cache()
        .port(0)
        .description("")
        .maintenance_window("sunday")
        .snapshots(
            Snapshots::daily(
                40, //
            )
            .window("noon"),
        );
    let environment = shop(network(), cache);
    let mut found: Vec<(u32, &str)> = findings(&environment)
        .iter()
        .map(|finding| (finding.place.as_ref().unwrap().line - first, finding.code))
        .collect();
    found.sort_unstable();
    // each at its own line of one chain of calls
    let expected = [
        (1, "port"),
        (2, "replication-group-description"),
        (3, "maintenance-window"),
        (5, "snapshot-retention"),
        (8, "snapshot-window"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn ids_that_collide_as_logical_ids() {
    let line = line!() + 3;
    let clients = security_group()
        .allow(Client::cidr("web-sg-1", "10.0.0.0/16"))
        .allow(Client::cidr("web-sg1", "10.1.0.0/16"));
    let words = ["SecurityGroupIngressWebSg1", "logical id"];
    let environment = clients.environment();
    let error = only_error(&environment, (file!(), line), "id-collision", &words);
    let first = format!("{}:{}:", file!(), line - 1);
    assert!(error.help.contains(&first), "{error}");
}

#[test]
fn ids_that_collide_as_terraform_names() {
    let line = line!() + 3;
    let clients = security_group()
        .allow(Client::cidr("VPCPeer", "10.0.0.0/16"))
        .allow(Client::cidr("vpc-peer", "10.1.0.0/16"));
    let words = ["vpc_peer", "Terraform"];
    let environment = clients.environment();
    let error = only_error(&environment, (file!(), line), "id-collision", &words);
    let first = format!("{}:{}:", file!(), line - 1);
    assert!(error.help.contains(&first), "{error}");
}

#[test]
fn inputs_collide_with_inputs_and_with_resources() {
    let taken = ExistingSecurityGroup::given;
    // a parameter and a resource share one space of logical ids
    let group = client(Client::security_group("web", taken("security-group")));
    let codes: Vec<_> = findings(&group.environment())
        .iter()
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, ["id-collision"]);
    let line = line!() + 3;
    let two = security_group()
        .allow(Client::security_group("a", taken("web-sg")))
        .allow(Client::security_group("b", taken("WebSg")));
    let found = findings(&two.environment());
    let names: Vec<_> = found.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(found.len(), 2, "once for each language: {names:?}");
    for finding in &found {
        assert_finding(
            finding,
            (file!(), line),
            (Level::Error, "id-collision"),
            &[],
        );
    }
}

#[test]
fn one_input_for_two_different_things() {
    let taken = ExistingSecurityGroup::given;
    refuses! { client(Client::security_group("web", taken("vpc-id"))), "input-twice", "vpc-id" };
}

#[test]
fn outputs_collide_with_outputs() {
    let line = line!() + 2;
    let environment =
        shop(network(), cache()).outputs([Output::port("VPCPort"), Output::endpoint("vpc-port")]);
    let words = ["vpc_port", "Terraform output"];
    only_error(&environment, (file!(), line), "id-collision", &words);
    // an output may be called like a resource: they are spaces of their own
    accepts(shop(network(), cache()).outputs([Output::port("replication-group")]));
}

#[test]
fn lookups_collide_with_lookups() {
    let vpc = Vpc::tagged([("Name", "shop")]);
    let named = ExistingSecurityGroup::named;
    let line = line!() + 4;
    let clients = SecurityGroup::new(vpc.clone())
        .allow(Client::security_group("a", named("web")))
        .allow(Client::security_group("b", named("web-sg")))
        .allow(Client::security_group("c", named("web sg")));
    // that they also look like one client is what follows from it
    let found = findings(&clients.environment());
    let mut twice = found.iter().filter(|f| f.code == "lookup-twice");
    let twice = twice.next().unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(twice.place.as_ref().unwrap().line, line);
    assert!(twice.message.contains("web-sg-security-group-id"));
}

#[test]
fn what_is_looked_up_twice_is_one_thing() {
    let vpc = || Vpc::tagged([("Name", "shop")]);
    let subnets = Subnets::tagged(&vpc(), [("Tier", "private")]);
    let network = Network::new(SubnetGroup::new(subnets), SecurityGroup::new(vpc()));
    accepts(shop(network, cache()));
}

/// The labels of lookups in Terraform are shorter than their ids, and still apart.
#[test]
fn labels_of_lookups_are_apart() {
    let named = ExistingSecurityGroup::named;
    let clients = SecurityGroup::new(Vpc::tagged([("Name", "shop")]))
        .allow(Client::security_group("a", named("web")))
        .allow(Client::security_group("b", named("web-security-group-id")));
    let environment = clients.environment();
    accepts(environment.clone());
    let (graph, _) = environment.lower();
    let labels: std::collections::BTreeSet<_> =
        graph.lookups.iter().map(|lookup| lookup.label()).collect();
    assert_eq!(labels.len(), graph.lookups.len(), "{labels:?}");
}

#[test]
fn ids_that_neither_language_can_spell() {
    let block = "10.0.0.0/16";
    refuses! { client(Client::cidr("1web", block)), "id", "\"1web\"" };
    refuses! { client(Client::cidr("web.sg", block)), "id", "\"web.sg\"" };
    refuses! { client(Client::cidr("", block)), "id", "\"\"" };
    refuses! { client(Client::cidr("servidor-é", block)), "id", "\"servidor-é\"" };
    refuses! { client(Client::cidr("Web-Sg", block)), "id", "\"Web-Sg\"" };
    refuses! { shop(network(), cache()).outputs([Output::port("a b")]), "id", "\"a b\"" };
    let stack = |stack: Stack| SubnetGroup::new(Subnets::imported(stack.export("Ids")));
    refuses! { stack(Stack::given("VPC-Stack")), "id", "\"VPC-Stack\"" };
    refuses! { SubnetGroup::new(Subnets::given_as("ids of")), "id", "\"ids of\"" };
}

/// Both are told, and not that their stand-ins collide.
#[test]
fn two_ids_that_cannot_be_spelled_are_two_findings() {
    let clients = security_group()
        .allow(Client::cidr("1web", "10.0.0.0/16"))
        .allow(Client::cidr("2web", "10.1.0.0/16"));
    let codes: Vec<_> = findings(&clients.environment())
        .iter()
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, ["id", "id"]);
}

#[test]
fn replication_group_ids() {
    let new = |id: &str| id.to_owned();
    let long = new(&"a".repeat(41));
    let (e, n) = (|| Engine::REDIS_7_1, || node_type::M7G_LARGE);
    let code = "replication-group-id";
    let error = refuses! { ReplicationGroup::new(&long, e(), n()), "replication-group-id", &long, "41 characters" };
    assert_eq!(error.help, "shorten it by 1");
    refuses! { ReplicationGroup::new("shop--cache", e(), n()), "replication-group-id", "\"shop--cache\"", "hyphen" };
    let error = refuses! { ReplicationGroup::new("Shop", e(), n()), "replication-group-id", "\"Shop\"", "upper-case" };
    assert_eq!(error.help, "write shop");
    for bad in ["", "1shop", "shop-", "shop_cache", "shop.cache", "lojá"] {
        let found = findings(&id(bad));
        assert_eq!(found.len(), 1, "{bad}");
        assert_eq!(found[0].code, code, "{bad}");
        assert!(found[0].message.contains(&format!("{bad:?}")), "{bad}");
    }
}

#[test]
fn group_names() {
    refuses! { SubnetGroup::existing("Default"), "group-name", "\"Default\"", "reserved" };
    refuses! { SubnetGroup::existing("shop_subnets"), "group-name", "\"shop_subnets\"", "`_`" };
    refuses! { subnets().name("shop--subnets"), "group-name", "\"shop--subnets\"" };
    let long = "a".repeat(256);
    refuses! { subnets().name(&long), "group-name", &long, "256 characters" };
    refuses! { set(ParameterGroup::existing("Shop")), "group-name", "\"Shop\"" };
    accepts(subnets().name(&"a".repeat(255)));
}

#[test]
fn security_group_names() {
    refuses! { security_group().name("sg-shop"), "security-group-name", "\"sg-shop\"", "`sg-`" };
    refuses! { security_group().name("loja-é"), "security-group-name", "\"loja-é\"" };
    let long = "a".repeat(256);
    refuses! { security_group().name(&long), "security-group-name", &long, "256" };
    let group = |name| client(Client::security_group("web", name));
    refuses! { group(ExistingSecurityGroup::named("sg-0123456789abcdef0")), "security-group-name", "sg-0123456789abcdef0" };
    accepts(security_group().name("shop-sg-1"));
    // there is nowhere to look where no VPC is said
    refuses! { SecurityGroups::existing([ExistingSecurityGroup::named("web")]), "security-group-vpc", "\"web\"" };
    refuses! { SecurityGroups::existing([]), "security-groups", "0 security groups" };
    let six = (0..6).map(|n| ExistingSecurityGroup::id(&format!("sg-0123456{n}")));
    refuses! { SecurityGroups::existing(six), "security-groups", "6 security groups" };
}

#[test]
fn descriptions_of_ec2_are_plain_ascii() {
    let web = || Client::cidr("web", "10.0.0.0/16");
    let error = refuses! { security_group().description("Serviço de cache"), "description", "\"Serviço de cache\"", "`ç`" };
    assert!(error.help.contains("accents"), "{error}");
    refuses! { security_group().description("the shop's cache"), "description", "the shop's cache", "`'`" };
    refuses! { security_group().description(""), "description", "empty" };
    refuses! { client(web().description("acesso à loja")), "description", "acesso à loja" };
    refuses! { client(web().description("a\nb")), "description", "\"a\\nb\"" };
    let long = "a".repeat(256);
    refuses! { client(web().description(&long)), "description", &long, "256" };
    // the other descriptions aren't EC2's
    accepts(cache().description("the shop's cache, à loja"));
}

#[test]
fn clients_have_connections_and_wait_for_something() {
    let shop = |settings| named("shop", "prod", network(), cache()).client_settings(settings);
    let new = ClientSettings::new;
    refuses! { shop(new().max_connections(0)), "client-settings", "0 connections" };
    refuses! { shop(new().max_connections(5).min_idle_connections(6)), "client-settings", "6 idle", "5" };
    refuses! { shop(new().socket_timeout(0)), "client-settings", "0 seconds" };
    refuses! { shop(new().connect_timeout(0)), "client-settings", "0 seconds" };
    accepts(shop(
        new()
            .max_connections(1)
            .min_idle_connections(1)
            .socket_timeout(1),
    ));
}

#[test]
fn descriptions_have_an_end() {
    let long = "a".repeat(1025);
    refuses! { named("shop", "prod", network(), cache()).description(&*long), "environment-description", "1025 bytes" };
    refuses! { named("shop", "prod", network(), cache()).description(" "), "environment-description", "1 bytes" };
    // bytes, and not characters
    let accents = "é".repeat(513);
    refuses! { named("shop", "prod", network(), cache()).description(&*accents), "environment-description", "1026 bytes" };
    accepts(shop(network(), cache()).description("a".repeat(1024)));
    refuses! { cache().description(&"a".repeat(256)), "replication-group-description", "256 characters" };
    refuses! { cache().description(" "), "replication-group-description", "1 characters" };
    accepts(cache().description(&"a".repeat(255)));
}

#[test]
fn maintenance_windows() {
    let at = |window: &str| cache().maintenance_window(window);
    refuses! { cache().maintenance_window("sun:05:00-sun:05:59"), "maintenance-window", "sun:05:00-sun:05:59", "59 minutes" };
    refuses! { cache().maintenance_window("sun:05:00-mon:05:01"), "maintenance-window", "sun:05:00-mon:05:01", "25 hours" };
    refuses! { cache().maintenance_window("05:00-06:00"), "maintenance-window", "\"05:00-06:00\"" };
    refuses! { cache().maintenance_window("sun:5:00-sun:6:00"), "maintenance-window", "\"sun:5:00-sun:6:00\"" };
    refuses! { cache().maintenance_window("sun:05:00-sun:24:00"), "maintenance-window", "\"sun:05:00-sun:24:00\"" };
    let error = refuses! { cache().maintenance_window("Sun:05:00-Sun:06:00"), "maintenance-window", "Sun:05:00" };
    assert_eq!(error.help, "write sun:05:00-sun:06:00");
    accepts(at("sun:05:00-sun:06:00"));
    accepts(at("sun:05:00-mon:05:00"));
    accepts(at("sun:23:30-mon:00:30"));
}

#[test]
fn snapshot_windows() {
    let at = |window: &str| cache().snapshots(Snapshots::daily(7).window(window));
    let daily = || Snapshots::daily(7);
    refuses! { cache().snapshots(daily().window("03:00-03:59")), "snapshot-window", "03:00-03:59", "59 minutes" };
    refuses! { cache().snapshots(daily().window("3:00-4:00")), "snapshot-window", "\"3:00-4:00\"" };
    refuses! { cache().snapshots(daily().window("24:00-01:00")), "snapshot-window", "\"24:00-01:00\"" };
    refuses! { cache().snapshots(daily().window("sun:03:00-sun:04:00")), "snapshot-window", "sun:03:00" };
    accepts(at("03:00-04:00"));
    accepts(at("23:30-00:30"));
    refuses! { cache().snapshots(Snapshots::daily(0)), "snapshot-retention", "0 days" };
    refuses! { cache().snapshots(Snapshots::daily(36)), "snapshot-retention", "36 days" };
    accepts(cache().snapshots(Snapshots::daily(1)));
    accepts(cache().snapshots(Snapshots::daily(35)));
}

#[test]
fn windows_may_touch_and_not_overlap() {
    let both = |snapshot: &str, maintenance: &str| {
        cache()
            .maintenance_window(maintenance)
            .snapshots(Snapshots::daily(7).window(snapshot))
    };
    let code = "window-overlap";
    for (snapshot, maintenance) in [
        ("03:00-05:00", "sun:04:59-sun:06:00"),
        ("03:00-05:00", "sun:02:00-sun:03:01"),
        ("02:00-06:00", "wed:03:00-wed:04:00"),
        ("03:30-04:30", "wed:03:00-wed:06:00"),
        ("23:30-00:30", "mon:00:00-mon:01:00"),
        ("00:30-01:30", "sun:23:00-mon:01:00"),
    ] {
        let found = findings(&both(snapshot, maintenance).environment());
        assert_eq!(found.len(), 1, "{snapshot} {maintenance}");
        assert_eq!(found[0].code, code);
        for word in [snapshot, maintenance] {
            assert!(found[0].message.contains(word), "{}", found[0]);
        }
    }
    let line = line!() + 3;
    let cache = cache()
        .maintenance_window("sun:05:00-sun:07:00")
        .snapshots(Snapshots::daily(7).window("06:00-08:00"));
    let environment = cache.environment();
    let error = only_error(&environment, (file!(), line), code, &["06:00-08:00"]);
    let other = format!("{}:{}:", file!(), line - 1);
    assert!(error.help.contains(&other), "{error}");
    accepts(both("03:00-05:00", "sun:05:00-sun:07:00"));
    accepts(both("03:00-05:00", "sun:01:00-sun:03:00"));
    accepts(both("23:00-00:00", "mon:00:00-mon:01:00"));
}

#[test]
fn tags() {
    let long = |n: usize| "k".repeat(n);
    refuses! { cache().tag("aws:name", "x"), "tags", "\"aws:name\"", "`aws:`" };
    refuses! { cache().tag("AWS:name", "x"), "tags", "\"AWS:name\"" };
    refuses! { cache().tag(&long(129), "x"), "tags", &long(129), "128" };
    refuses! { cache().tag("", "x"), "tags", "\"\"", "1 to 128" };
    refuses! { cache().tag("Name", &long(257)), "tags", "\"Name\"", "256" };
    refuses! { cache().tag("Name", "a#b"), "tags", "\"Name\"", "character" };
    refuses! { cache().tag("Na me?", "x"), "tags", "\"Na me?\"", "character" };
    accepts(cache().tag(&long(128), &long(256)));
    accepts(
        cache()
            .tag("Equipe", "São Paulo")
            .tag("a.b:c/d=e+f-g@h", ""),
    );
}

/// Once, although everything that is made wears it.
#[test]
fn notes_that_outputs_carry_stay_on_their_line() {
    for bad in ["", " ", "a\nresource", &"a".repeat(401)] {
        refuses! { cache().environment().allow("port", bad), "allowance-reason", "`port`" };
    }
    for bad in ["", "a b", "Order", "a\nb", &"a".repeat(65)] {
        refuses! { cache().holds(KeyFamily::new(bad, 1, 1)), "key-family", &format!("{bad:?}") };
    }
    accepts(cache().holds(KeyFamily::new(&"a".repeat(64), 1, 1)));
}

#[test]
fn a_tag_of_the_environment_is_refused_once() {
    refuses! { shop(network(), cache()).tag("aws:name", "x"), "tags", "\"aws:name\"" };
}

#[test]
fn fifty_tags_and_no_more() {
    let tagged = |n: usize| (0..n).fold(cache(), |cache, n| cache.tag(&format!("k{n}"), "x"));
    accepts(tagged(50));
    refuses! { tagged(50).tag("last", "x"), "tags", "51 tags" };
    // the environment's and the cache's own are one list
    let both = shop(network(), tagged(50)).tag("k0", "y");
    accepts(both);
    let codes: Vec<_> = findings(&shop(network(), tagged(50)).tag("more", "y"))
        .iter()
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, ["tags"]);
}

#[test]
fn ports_and_addresses() {
    refuses! { cache().port(0), "port", "port 0" };
    accepts(cache().port(65535));
    let web = |block: &str| client(Client::cidr("web", block));
    let error = refuses! { client(Client::cidr("web", "10.0.3.7/24")), "cidr", "\"10.0.3.7/24\"", "host bits" };
    assert_eq!(error.help, "write 10.0.3.0/24");
    refuses! { client(Client::cidr("web", "10.0.0.0/33")), "cidr", "\"10.0.0.0/33\"", "32" };
    refuses! { client(Client::cidr("web", "2001:db8::/129")), "cidr", "\"2001:db8::/129\"", "128" };
    refuses! { client(Client::cidr("web", "2001:db8::1/32")), "cidr", "\"2001:db8::1/32\"", "host bits" };
    refuses! { client(Client::cidr("web", "10.0.0.0")), "cidr", "\"10.0.0.0\"" };
    refuses! { client(Client::cidr("web", "10.0.0.0/")), "cidr", "\"10.0.0.0/\"" };
    refuses! { client(Client::cidr("web", "vpc")), "cidr", "\"vpc\"" };
    refuses! { security_group().egress(Egress::To(vec!["10.0.0.5/8".into()])), "cidr", "10.0.0.5/8" };
    refuses! { security_group().egress(Egress::To(vec![])), "egress-empty", "empty list" };
    refuses! { client(Client::prefix_list("web", "pl-xyz")), "prefix-list-id", "\"pl-xyz\"" };
    refuses! { client(Client::prefix_list("web", "sg-01234567")), "prefix-list-id", "\"sg-01234567\"" };
    accepts(web("0.0.0.0/0"));
    accepts(web("::/0"));
    accepts(client(Client::prefix_list("web", "pl-01234567")));
}

/// The same rule twice is one that the other would take away with it.
#[test]
fn one_egress_block_twice() {
    let twice = || vec!["10.0.0.0/8".to_owned(), "10.0.0.0/8".to_owned()];
    refuses! { security_group().egress(Egress::To(twice())), "id-collision", "10x0x0x0x8" };
}

#[test]
fn ids_of_things_that_exist() {
    let good = "subnet-0123456789abcdef0";
    refuses! { SecurityGroup::new(Vpc::id("vpc-123")), "resource-id", "\"vpc-123\"" };
    refuses! { SecurityGroup::new(Vpc::id("subnet-01234567")), "resource-id", "subnet-01234567" };
    refuses! { SecurityGroup::new(Vpc::id("vpc-0123456G")), "resource-id", "vpc-0123456G" };
    refuses! { SubnetGroup::new(Subnets::ids([good, "subnet-1"])), "resource-id", "\"subnet-1\"" };
    refuses! { SubnetGroup::new(Subnets::ids::<&str>([])), "subnets", "0 subnets" };
    refuses! { SubnetGroup::new(Subnets::ids([good, good])), "subnets", "twice" };
    let many = (0..21).map(|n| Import::named(&format!("Subnet{n}")));
    refuses! { SubnetGroup::new(Subnets::imported_each(many)), "subnets", "21 subnets" };
    refuses! { SecurityGroups::existing([ExistingSecurityGroup::id("web")]), "resource-id", "\"web\"" };
    let group = |group| client(Client::security_group("web", group));
    refuses! { group(ExistingSecurityGroup::id("sg-")), "resource-id", "\"sg-\"" };
    let global = |global| ReplicationGroup::secondary("shop", global, 1, MultiAz::Enabled);
    refuses! { global(GlobalDatastore::id("LDGNF-shop")), "global-datastore-id", "LDGNF-shop" };
    accepts(global(GlobalDatastore::id("ldgnf-shop")));
    accepts(SubnetGroup::new(Subnets::ids([good, "subnet-01234567"])));
}

#[test]
fn arns_of_the_right_service() {
    let key = |key| cache().at_rest_encryption(AtRestEncryption::KmsKey(key));
    let rdb = |arns: Vec<&str>| RestoreFrom::rdb_files(arns);
    let topic = "arn:aws:sns:us-east-1:123456789012:shop";
    refuses! { key(KmsKey::arn(topic)), "arn", topic, "sns" };
    refuses! { key(KmsKey::arn("alias/shop")), "arn", "\"alias/shop\"" };
    refuses! { cache().notification_topic(Topic::arn(KEY)), "arn", KEY, "kms" };
    refuses! { cache().restore_from(RestoreFrom::rdb_files([KEY])), "snapshot-arns", KEY, "kms" };
    refuses! { cache().restore_from(RestoreFrom::rdb_files(["s3://a/b"])), "snapshot-arns", "s3://a/b" };
    refuses! { cache().restore_from(RestoreFrom::rdb_files::<&str>([])), "snapshot-arns", "no RDB" };
    accepts(key(KmsKey::arn(KEY)));
    accepts(cache().notification_topic(Topic::arn(topic)));
    accepts(cache().restore_from(rdb(vec!["arn:aws:s3:::shop/dump.rdb"])));
}

#[test]
fn names_of_exports() {
    let of = |import| SubnetGroup::new(Subnets::imported(import));
    refuses! { of(Import::named("shop/subnets")), "export-name", "\"shop/subnets\"", "`/`" };
    refuses! { of(Import::named("")), "export-name", "empty" };
    refuses! { of(Stack::given("Stack").export("Ids_")), "export-name", "\"Ids_\"" };
    let long = "a".repeat(256);
    refuses! { of(Import::named(&long)), "export-name", &long, "256" };
    accepts(of(Import::named("shop:PrivateSubnets")));
}

#[test]
fn replicas_and_shards() {
    let manual = Failover::Manual;
    let off = MultiAz::Disabled;
    refuses! { cache().topology(Topology::replicated(0, manual)), "replicas", "0 replicas" };
    refuses! { cache().topology(Topology::replicated(6, manual)), "replicas", "6 replicas" };
    refuses! { cache().topology(Topology::replicated(255, manual)), "replicas", "255 replicas" };
    refuses! { cache().topology(Topology::compatible(0, off)), "replicas", "0 replicas" };
    refuses! { cache().topology(Topology::compatible(6, off)), "replicas", "6 replicas" };
    refuses! { cache().topology(Topology::sharded(2, 6, off)), "replicas", "6 replicas" };
    refuses! { cache().topology(shards([Shard::new().replicas(6)])), "replicas", "6 replicas" };
    let global = |n| ReplicationGroup::secondary("a", GlobalDatastore::given(), n, off);
    refuses! { ReplicationGroup::secondary("a", GlobalDatastore::given(), 6, off), "replicas", "6 replicas" };
    accepts(cache().topology(Topology::replicated(1, manual)));
    accepts(cache().topology(Topology::replicated(5, manual)));
    accepts(global(0));
    refuses! { cache().topology(Topology::sharded(0, 0, off)), "shards", "0 shards" };
    refuses! { cache().topology(Topology::shards([], off)), "shards", "0 shards" };
    refuses! { cache().topology(Topology::sharded(501, 0, off)), "shards", "501 shards" };
    refuses! { cache().topology(Topology::sharded(100, 5, off)), "nodes", "600 nodes" };
    warns! { cache().topology(Topology::sharded(250, 1, off)), "node-quota", "500 nodes", "90" };
    warns! { cache().topology(Topology::sharded(91, 0, off)), "node-quota", "91 nodes" };
    accepts(cache().topology(Topology::sharded(30, 2, off)));
}

/// Whoever has too many isn't told to take at least one.
#[test]
fn too_many_shards_are_not_too_few() {
    let off = MultiAz::Disabled;
    let many = refuses! { cache().topology(Topology::sharded(501, 0, off)), "shards", "501" };
    let none = refuses! { cache().topology(Topology::sharded(0, 0, off)), "shards", "0" };
    assert_ne!(many.help, none.help);
}

#[test]
fn several_zones_need_replicas_and_subnets() {
    let on = MultiAz::Enabled;
    let code = "multi-az-replicas";
    refuses! { cache().topology(Topology::sharded(2, 0, on)), "multi-az-replicas", "Multi-AZ" };
    refuses! { ReplicationGroup::secondary("a", GlobalDatastore::given(), 0, on), "multi-az-replicas", "Multi-AZ" };
    let first = Shard::new().replicas(1);
    let (second, line) = (Shard::new(), line!());
    let each = [first, second];
    let environment = cache().topology(Topology::shards(each, on)).environment();
    only_error(&environment, (file!(), line), code, &["Multi-AZ"]);
    refuses! { cache().topology(Topology::shards([Shard::new().replicas(0)], on)), "multi-az-replicas", "Multi-AZ" };
    let one = || SubnetGroup::new(Subnets::ids(["subnet-01234567"]));
    let two = Topology::replicated(1, Failover::Automatic(on));
    let line = line!() + 1;
    let subnet = Subnets::ids(["subnet-01234567"]);
    let around = Network::new(SubnetGroup::new(subnet), security_group());
    let environment = shop(around, cache().topology(two));
    only_error(
        &environment,
        (file!(), line),
        "multi-az-subnets",
        &["one subnet"],
    );
    accepts(one());
    let two = Topology::replicated(1, Failover::Automatic(on));
    let line = line!() + 1;
    let subnet = Subnets::imported_each([Import::named("Subnet")]);
    let around = Network::new(SubnetGroup::new(subnet), security_group());
    let environment = shop(around, cache().topology(two));
    let words = ["one subnet"];
    only_error(&environment, (file!(), line), "multi-az-subnets", &words);
}

#[test]
fn availability_zones() {
    let two = || Topology::replicated(1, Failover::Manual);
    let one = Topology::single_node;
    refuses! { cache().topology(two().availability_zones(["us-east-1a"])), "availability-zones", "1 availability zones", "2 nodes" };
    refuses! { cache().topology(two().availability_zones(["us-east-1a", "eu-west-1a"])), "availability-zones", "\"eu-west-1a\"", "us-east-1" };
    refuses! { cache().topology(one().availability_zone("us-east-1")), "availability-zones", "\"us-east-1\"" };
    refuses! { cache().topology(one().availability_zone("us-east-1A")), "availability-zones", "\"us-east-1A\"" };
    refuses! { cache().topology(one().availability_zone("a")), "availability-zones", "\"a\"" };
    let shard = || Shard::new().replicas(1);
    refuses! { cache().topology(shards([shard().primary_availability_zone("b")])), "availability-zones", "\"b\"" };
    let zones = ["us-east-1a", "us-east-1b"];
    refuses! { cache().topology(shards([shard().replica_availability_zones(zones)])), "availability-zones", "2 availability zones", "1 replicas" };
    refuses! { cache().topology(shards([Shard::new().replica_availability_zones(zones)])), "availability-zones", "2 availability zones", "0 replicas" };
    accepts(cache().topology(two().availability_zones(zones)));
}

/// The places of slots: an overlap is at the second shard, a gap at the topology.
#[test]
fn slots_are_each_in_one_shard() {
    let line = line!() + 3;
    let each = [
        Shard::new().slots("0-8191"),
        Shard::new().slots("8191-16383"),
    ];
    let environment = cache().topology(shards(each)).environment();
    only_error(&environment, (file!(), line), "slots", &["slot 8191"]);
    let of = |each: &[&str]| shards(each.iter().map(|slots| Shard::new().slots(slots)));
    let told = |each: &[&str]| {
        let found = findings(&cache().topology(of(each)).environment());
        assert_eq!(found.len(), 1, "{each:?}: {found:?}");
        assert_eq!(found[0].code, "slots");
        assert!(!found[0].allowed.is_empty() && !found[0].help.is_empty());
        found[0].message.clone()
    };
    assert!(told(&["0-8191", "8193-16383"]).contains("8192"));
    assert!(told(&["0-16382"]).contains("16383"));
    assert!(told(&["1-16383"]).contains("slot 0"));
    assert!(told(&["0-16384"]).contains("0-16384"));
    assert!(told(&["5-0"]).contains("5-0"));
    assert!(told(&["0 - 16383"]).contains("0 - 16383"));
    assert!(told(&["0-8191", ""]).contains("\"\""));
    accepts(cache().topology(of(&["0-8191", "8192-16383"])));
    accepts(cache().topology(of(&["0-4,6-16383", "5"])));
    refuses! { cache().topology(Topology::shards([Shard::new().slots("0-16383"), Shard::new()], MultiAz::Disabled)), "slots", "some shards" };
    refuses! { cache().topology(shards([Shard::new().id("00001")])), "shard-id", "\"00001\"" };
    refuses! { cache().topology(shards([Shard::new().id("a1")])), "shard-id", "\"a1\"" };
    refuses! { cache().topology(shards([Shard::new().id("")])), "shard-id", "\"\"" };
    accepts(cache().topology(shards([Shard::new().id("0001")])));
}

#[test]
fn one_shard_id_twice() {
    let first = Shard::new().id("0001");
    let (second, line) = (Shard::new().id("0001"), line!());
    let each = [first, second];
    let environment = cache().topology(shards(each)).environment();
    only_error(&environment, (file!(), line), "shard-id", &["\"0001\""]);
}

#[test]
fn node_types() {
    let node = NodeType::named;
    let redis = || Engine::REDIS_7_1;
    let error =
        refuses! { with(redis(), node("cache.t3.large")), "node-type", "\"cache.t3.large\"" };
    for size in ["cache.t3.micro", "cache.t3.small", "cache.t3.medium"] {
        assert!(error.allowed.contains(size), "{error}");
    }
    refuses! { with(redis(), node("m7g.large")), "node-type", "\"m7g.large\"" };
    refuses! { with(redis(), node("cache.m7g")), "node-type", "\"cache.m7g\"" };
    refuses! { with(redis(), node("cache.r6gd.large")), "node-type", "\"cache.r6gd.large\"" };
    refuses! { with(redis(), node_type::T2_MICRO), "node-type", "cache.t2.micro" };
    refuses! { with(redis(), node_type::M8G_LARGE), "node-type-engine", "cache.m8g.large", "Valkey" };
    accepts(with(Engine::VALKEY_8_0, node_type::M8G_LARGE));
    refuses! { with(Engine::REDIS_6_0, node_type::M7G_LARGE), "node-type-engine", "cache.m7g.large", "redis 6.0" };
    refuses! { with(redis(), node("cache.r6gd.xlarge")), "data-tiering", "cache.r6gd.xlarge" };
    let tiered = |name: &str| TieredNodeType::named(name).data_tiering();
    refuses! { with(redis(), tiered("cache.m7g.large")), "data-tiering", "cache.m7g.large" };
    accepts(with(redis(), node_type::R6GD_XLARGE.data_tiering()));
    warns! { with(redis(), node("cache.m9g.large")), "node-type-unknown", "\"cache.m9g.large\"" };
}

#[test]
fn node_types_are_not_sold_everywhere() {
    let of = |region, cache| {
        let stage = Stage::Production;
        Environment::new("shop", "prod", stage, region, network(), cache)
    };
    let nodes = || node_type::C7GN_LARGE;
    refuses! { of(Region::SA_EAST_1, with(Engine::REDIS_7_1, nodes())), "node-type-region", "cache.c7gn.large", "sa-east-1" };
    accepts(of(Region::US_EAST_1, with(Engine::REDIS_7_1, nodes())));
    let new = Region::named("sa-west-1");
    let stage = Stage::Production;
    warns! { Environment::new("a", "b", stage, new, network(), cache()), "region-unknown", "\"sa-west-1\"" };
}

#[test]
fn engine_versions() {
    let node = || node_type::M5_LARGE;
    let error =
        refuses! { with(Engine::redis("7.1.0"), node()), "engine-version", "redis 7.1.0", "patch" };
    assert_eq!(error.help, "write 7.1");
    let error = refuses! { with(Engine::redis("6.2.6"), node()), "engine-version", "redis 6.2.6" };
    assert_eq!(error.help, "write 6.2");
    let error =
        refuses! { with(Engine::valkey("8.0.1"), node()), "engine-version", "valkey 8.0.1" };
    assert_eq!(error.help, "write 8.0");
    let error = refuses! { with(Engine::redis("6.1"), node()), "engine-version", "redis 6.1" };
    assert!(error.allowed.contains("7.1"), "{error}");
    refuses! { with(Engine::redis("5.0"), node()), "engine-version", "redis 5.0" };
    warns! { with(Engine::redis("7.9"), node()), "engine-version-unknown", "redis 7.9", "redis7" };
    warns! { with(Engine::valkey("10.0"), node()), "engine-version-unknown", "valkey 10.0", "valkey10" };
    accepts(with(Engine::redis("7.1"), node()));
}

/// What can't be a version isn't an old one as well.
#[test]
fn a_version_that_is_none_is_refused_once() {
    let node = || node_type::M5_LARGE;
    refuses! { with(Engine::redis("latest"), node()), "engine-version", "redis latest" };
    refuses! { with(Engine::redis(""), node()), "engine-version", "redis" };
    refuses! { with(Engine::valkey("7.0"), node()), "engine-version", "valkey 7.0" };
    refuses! { with(Engine::redis("3.2.10"), node()), "engine-version", "redis 3.2.10", "no longer" };
    refuses! { with(Engine::redis("6.x"), node()), "engine-version", "redis 6.x" };
    refuses! { with(Engine::redis("8.0"), node()), "engine-version", "redis 8.0" };
}

#[test]
fn what_older_engines_lack() {
    let node = || node_type::M5_LARGE;
    let redis = |engine| with(engine, node());
    let old = || redis(Engine::REDIS_5_0_6);
    let (v6, v62) = (|| redis(Engine::REDIS_6_0), || redis(Engine::REDIS_6_2));
    let users = || Access::UserGroup(UserGroup::existing("apps"));
    let log = || LogDelivery::cloudwatch_logs("/shop", LogFormat::Json);
    let tls = TransitEncryption::Required;
    refuses! { v62().transit_encryption(TransitEncryption::Preferred), "transit-encryption-mode", "redis 6.2" };
    accepts(cache().transit_encryption(TransitEncryption::Preferred));
    refuses! { old().transit_encryption(tls(Access::UserGroup(UserGroup::existing("a")))), "user-group-engine", "redis 5.0.6" };
    accepts(v6().transit_encryption(tls(users())));
    refuses! { old().slow_log(LogDelivery::firehose("s", LogFormat::Text)), "log-delivery", "redis 5.0.6", "slow" };
    refuses! { v6().engine_log(LogDelivery::firehose("s", LogFormat::Text)), "log-delivery", "redis 6.0", "engine" };
    accepts(v6().slow_log(log()));
    accepts(v62().slow_log(log()).engine_log(log()));
    let half_way = || Topology::compatible(1, MultiAz::Disabled);
    refuses! { v62().topology(Topology::compatible(1, MultiAz::Disabled)), "cluster-mode-compatible", "redis 6.2" };
    accepts(cache().topology(half_way()));
    refuses! { v6().ip_addressing(IpAddressing::Ipv6), "ip-addressing", "redis 6.0" };
    refuses! { v6().ip_addressing(IpAddressing::DualStackDiscoverIpv4), "ip-addressing", "redis 6.0" };
    accepts(v6().ip_addressing(IpAddressing::Ipv4));
    accepts(v62().ip_addressing(IpAddressing::DualStackDiscoverIpv6));
    let m4 = || with(Engine::REDIS_7_1, node_type::M4_LARGE);
    refuses! { m4().ip_addressing(IpAddressing::Ipv6), "ip-addressing", "cache.m4.large" };
    let t2 = with(Engine::REDIS_7_1, node_type::T2_MICRO).ip_addressing(IpAddressing::Ipv6);
    let codes: Vec<_> = findings(&t2.environment()).iter().map(|f| f.code).collect();
    assert_eq!(codes, ["node-type", "ip-addressing"]);
    let tiered = with(Engine::REDIS_6_0, node_type::R6GD_XLARGE.data_tiering());
    let codes: Vec<_> = findings(&tiered.environment())
        .iter()
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, ["node-type-engine", "data-tiering"]);
}

#[test]
fn parameters_and_their_values() {
    let new = parameters;
    let error = refuses! { set(new().set("maxmemory-polcy", "allkeys-lru")), "parameter-unknown", "\"maxmemory-polcy\"", "redis7" };
    assert!(
        error.help.contains("did you mean \"maxmemory-policy\"?"),
        "{error}"
    );
    let error = refuses! { set(new().set("xyz", "1")), "parameter-unknown", "\"xyz\"" };
    assert!(!error.help.contains("did you mean"), "{error}");
    refuses! { set(new().set("maxclients", 10)), "parameter-fixed", "\"maxclients\"" };
    let error =
        refuses! { set(new().set("timeout", 5)), "parameter-value", "\"timeout\"", "\"5\"" };
    assert!(error.allowed.contains("20 or more"), "{error}");
    refuses! { set(new().set("timeout", "soon")), "parameter-value", "\"soon\"" };
    refuses! { set(new().set("maxmemory-policy", "lru")), "parameter-value", "\"lru\"" };
    refuses! { set(new().set("reserved-memory-percent", 101)), "parameter-value", "\"101\"" };
    refuses! { set(new().set("notify-keyspace-events", "Ez?")), "parameter-value", "\"Ez?\"" };
    accepts(set(new()
        .set("timeout", 0)
        .set("notify-keyspace-events", "")));
    let valkey = |engine| with(engine, node_type::M7G_LARGE);
    let name = "commandlog-large-reply-max-len";
    refuses! { valkey(Engine::VALKEY_8_0).parameter_group(new().set(name, 1)), "parameter-version", name, "8.1", "valkey 8.0" };
    accepts(valkey(Engine::VALKEY_8_1).parameter_group(new().set(name, 1)));
    // what a family that isn't known takes isn't known either
    let newest = valkey(Engine::valkey("10.0")).parameter_group(new().set("xyz", "1"));
    let codes: Vec<_> = findings(&newest.environment())
        .iter()
        .map(|f| f.code)
        .collect();
    assert_eq!(codes, ["engine-version-unknown"]);
}

/// Directives that people copy from a redis.conf say what they are here.
#[test]
fn directives_of_a_server_say_what_they_are_here() {
    let new = parameters;
    let error =
        refuses! { set(new().set("requirepass", "x")), "parameter-unknown", "\"requirepass\"" };
    assert!(error.help.contains("AuthToken"), "{error}");
    let error = refuses! { set(new().set("maxmemory", "2gb")), "parameter-fixed", "\"maxmemory\"" };
    assert!(error.help.contains("node type"), "{error}");
    let error = refuses! { set(new().set("save", "900 1")), "parameter-unknown", "\"save\"" };
    assert!(error.help.contains("Snapshots::daily"), "{error}");
    let error =
        refuses! { set(new().set("appendonly", true)), "parameter-fixed", "\"appendonly\"" };
    assert!(error.help.contains("Snapshots::daily"), "{error}");
}

#[test]
fn the_parameter_group_fits_engine_and_topology() {
    let sharded = || cache().topology(Topology::sharded(2, 1, MultiAz::Disabled));
    let enabled = |value: bool| parameters().set("cluster-enabled", value);
    refuses! { cache().parameter_group(parameters().set("cluster-enabled", true)), "parameter-cluster-enabled", "\"yes\"", "off" };
    refuses! { sharded().parameter_group(parameters().set("cluster-enabled", false)), "parameter-cluster-enabled", "\"no\"", "on" };
    // before there was a setting for it, one shard has cluster mode all the same
    let old = || with(Engine::REDIS_6_2, node_type::M7G_LARGE);
    let one = || old().topology(Topology::sharded(1, 1, MultiAz::Disabled));
    refuses! { one().parameter_group(parameters().set("cluster-enabled", false)), "parameter-cluster-enabled", "\"no\"", "on" };
    accepts(one().parameter_group(enabled(true)));
    accepts(sharded().parameter_group(enabled(true)));
    accepts(cache().parameter_group(enabled(false)));
    let existing = ParameterGroup::existing;
    let error = refuses! { set(existing("default.redis6.x")), "parameter-group-family", "\"default.redis6.x\"", "redis 7.1" };
    assert_eq!(error.allowed, "default.redis7");
    let error = refuses! { sharded().parameter_group(existing("default.redis7")), "parameter-group-family", "\"default.redis7\"" };
    assert_eq!(error.allowed, "default.redis7.cluster.on");
    refuses! { set(existing("default.redis7.cluster.on")), "parameter-group-family", "cluster.on" };
    accepts(set(existing("default.redis7")));
    accepts(sharded().parameter_group(existing("default.redis7.cluster.on")));
}

#[test]
fn outputs_that_there_is_nothing_for() {
    let sharded = || cache().topology(Topology::sharded(2, 1, MultiAz::Disabled));
    let reader = || [Output::reader_endpoint("reader")];
    refuses! { shop(network(), sharded()).outputs([Output::reader_endpoint("reader")]), "output-reader", "\"reader\"" };
    // in cluster mode `compatible` clients still speak the older protocol
    let half_way = cache().topology(Topology::compatible(1, MultiAz::Disabled));
    accepts(shop(network(), half_way).outputs(reader()));
    let group = || SecurityGroups::existing([ExistingSecurityGroup::id("sg-01234567")]);
    let around = || Network::new(subnets(), group());
    refuses! { shop(around(), cache()).outputs([Output::security_group_id("group")]), "output-security-group", "\"group\"" };
    accepts(shop(around(), cache()));
}

#[test]
fn snapshots_by_name() {
    #[track_caller]
    fn removed(removal: Removal) -> ReplicationGroup {
        cache().removal(removal)
    }
    let dev = |cache: ReplicationGroup| {
        let region = Region::US_EAST_1;
        Environment::new("shop", "dev", Stage::Development, region, network(), cache)
    };
    refuses! { dev(removed(Removal::Delete).final_snapshot("last")), "final-snapshot", "\"last\"" };
    accepts(dev(removed(Removal::Delete)));
    let (deleted, line) = (removed(Removal::Delete).environment(), line!());
    common::outputs(&deleted);
    let mut found = common::judged(&deleted);
    found.retain(|finding| finding.code == "removal-production");
    let [finding] = found.try_into().expect("one finding");
    let warning = (Level::Warning, "removal-production");
    assert_finding(
        &finding,
        (file!(), line),
        warning,
        &["deleted with its data"],
    );
    accepts(removed(Removal::Retain).final_snapshot("last"));
    accepts(removed(Removal::Snapshot).final_snapshot("last"));
    refuses! { cache().final_snapshot("last--one"), "snapshot-name", "\"last--one\"" };
    refuses! { cache().restore_from(RestoreFrom::snapshot("last_one")), "snapshot-name", "last_one" };
    accepts(cache().restore_from(RestoreFrom::snapshot("automatic.shop-2026-11-20-03-00")));
}

#[test]
fn where_terraform_keeps_its_state() {
    let kept = |bucket: &str, key: &str| TerraformState::S3 {
        bucket: bucket.into(),
        key: key.into(),
        region: Region::US_EAST_1,
    };
    let shop = || shop(network(), cache());
    refuses! { shop().terraform_state(kept("Shop", "a")), "terraform-state", "\"Shop\"" };
    refuses! { shop().terraform_state(kept("ab", "a")), "terraform-state", "\"ab\"" };
    refuses! { shop().terraform_state(kept("arn:aws:s3:::shop", "a")), "terraform-state", "arn:aws:s3:::shop" };
    refuses! { shop().terraform_state(kept("shop", "")), "terraform-state", "key \"\"" };
    refuses! { shop().terraform_state(kept("shop", "/a")), "terraform-state", "\"/a\"" };
    refuses! { shop().terraform_state(kept("shop", "a/")), "terraform-state", "\"a/\"" };
    let both = shop().terraform_state(kept("Shop", "/a"));
    assert_eq!(findings(&both).len(), 2);
    accepts(shop().terraform_state(kept("shop", "shop/prod.tfstate")));
}

#[test]
fn names_around_access() {
    let token = |secret: SecretRef| {
        let token = AuthToken::new(secret);
        cache().transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
    };
    let secret = || SecretRef::named("shop/prod");
    refuses! { token(SecretRef::named("shop prod")), "secret-name", "\"shop prod\"" };
    refuses! { token(SecretRef::named("")), "secret-name", "empty" };
    refuses! { token(SecretRef::arn("arn:aws:kms:us-east-1:123456789012:key/a")), "arn", "kms" };
    refuses! { token(secret().json_key("a:b")), "secret-part", "\"a:b\"" };
    refuses! { token(secret().json_key("")), "secret-part", "\"\"" };
    refuses! { token(secret().version_stage("AWS CURRENT")), "secret-part", "AWS CURRENT" };
    accepts(token(
        secret().json_key("token").version_stage("AWSPREVIOUS"),
    ));
    let users = |id| TransitEncryption::Required(Access::UserGroup(UserGroup::existing(id)));
    refuses! { cache().transit_encryption(TransitEncryption::Required(Access::UserGroup(UserGroup::existing("Apps")))), "user-group-id", "\"Apps\"" };
    accepts(cache().transit_encryption(users("apps")));
    let json = LogFormat::Json;
    refuses! { cache().slow_log(LogDelivery::cloudwatch_logs("a b", json)), "log-group-name", "\"a b\"" };
    refuses! { cache().slow_log(LogDelivery::firehose("a/b", json)), "delivery-stream", "\"a/b\"" };
}

#[test]
fn texts_that_the_languages_would_not_read_alike() {
    let composed = "caf\u{e9}";
    refuses! { cache().description("{{resolve:ssm:/shop}}"), "dynamic-reference", "{{resolve:ssm:/shop}}" };
    let error = refuses! { cache().description("cafe\u{301}"), "text-normalization", "combining" };
    assert!(error.help.contains(composed), "{error}");
    refuses! { cache().description("a\0b"), "text-nul", "NUL" };
    accepts(cache().description(composed));
}

/// The value that a deployment takes unless told otherwise has to be one that the
/// parameter takes: CloudFormation refuses the template, Terraform the plan.
#[test]
fn a_default_that_its_own_parameter_would_refuse() {
    for bad in ["", "a b", "1stack", "cafe\u{301}", "a_b"] {
        let stack = Stack::given("Stack").default(bad);
        let subnets = SubnetGroup::new(Subnets::imported(stack.export("Ids")));
        let found = findings(&subnets.environment());
        let refused = |f: &Diagnostic| f.is_error() && f.code == "stack-name";
        assert!(found.iter().any(refused), "{bad:?} is let through");
    }
}

fn users(group: UserGroup) -> ReplicationGroup {
    cache().transit_encryption(TransitEncryption::Required(Access::UserGroup(group)))
}

fn token(token: AuthToken) -> ReplicationGroup {
    cache().transit_encryption(TransitEncryption::Required(Access::AuthToken(token)))
}

fn generated() -> GeneratedSecret {
    GeneratedSecret::new("shop/token")
}

const READS: &str = "on ~* -@all +@read";

#[test]
fn tokens_that_are_made_and_rotated() {
    let made = |secret| token(AuthToken::new(secret));
    refuses! { made(generated().length(15)), "generated-token", "15" };
    refuses! { made(generated().length(129)), "generated-token", "129" };
    refuses! { made(generated().recovery_window(6)), "secret-recovery-window", "6" };
    refuses! { made(generated().recovery_window(31)), "secret-recovery-window", "31" };
    refuses! { made(GeneratedSecret::new("shop token")), "secret-name", "\"shop token\"" };
    for good in [
        generated().length(16).recovery_window(0),
        generated().length(128).recovery_window(7),
    ] {
        accepts(made(good));
    }
    let secret = || SecretRef::named("shop/token");
    refuses! { token(AuthToken::rotating(secret(), "AWSCURRENT")), "auth-token-rotation-order", "AWSCURRENT" };
    refuses! { token(AuthToken::rotating(secret().version_stage("B"), "B")), "auth-token-rotation-order", "\"B\"" };
    refuses! { token(AuthToken::rotating(generated(), "AWSCURRENT")), "auth-token-rotation-order", "AWSCURRENT" };
    let parameter = || SecureString::named("/shop/token");
    refuses! { token(AuthToken::rotating(secret(), "AWSPREVIOUS")), "auth-token-rotation-order", "AWSPREVIOUS" };
    refuses! { token(AuthToken::rotating(SecureString::named("/shop/token"), "4")), "auth-token-rotation-order", "newest" };
    refuses! { token(AuthToken::rotating(parameter().version(3), "0")), "secret-part", "\"0\"" };
    refuses! { token(AuthToken::rotating(parameter().version(3), "+4")), "secret-part", "+4" };
    refuses! { token(AuthToken::rotating(parameter().version(3), "3")), "auth-token-rotation-order", "\"3\"" };
    refuses! { token(AuthToken::rotating(parameter().version(3), "AWSPENDING")), "secret-part", "AWSPENDING" };
    refuses! { token(AuthToken::new(parameter().version(0))), "secret-part", "version 0" };
    refuses! { token(AuthToken::new(SecureString::named("/shop token"))), "ssm-parameter-name", "\"/shop token\"" };
    refuses! { token(AuthToken::new(parameter().version(3)).write_only(1)), "secret-part", "write-only" };
    accepts(token(AuthToken::new(parameter().version(3))));
    accepts(token(AuthToken::rotating(secret(), "AWSPENDING")));
    accepts(token(
        AuthToken::rotating(generated(), "AWSPENDING").write_only(2),
    ));
}

#[test]
fn a_first_write_only_token_is_never_rotated() {
    let cache = token(AuthToken::rotating(SecretRef::given(), "AWSPENDING").write_only(1));
    let found = findings(&cache.environment());
    let order = |found: &&Diagnostic| found.code == "auth-token-rotation-order";
    assert!(found.iter().find(order).expect("a finding").is_error());
}

#[test]
fn users_that_elasticache_would_refuse() {
    let group = || UserGroup::new("shop-users");
    let iam = |id, access| users(group().user(User::iam(id, access)));
    refuses! { users(group().user(User::iam("shop-orders", "on >aPasswordInClear ~* +@read"))), "access-string", "password" };
    refuses! { users(group().user(User::iam("shop-orders", "on %X~a +@read"))), "access-string", "%X~a" };
    refuses! { users(group().user(User::iam("Shop-Orders", READS))), "user-iam-name", "Shop-Orders" };
    let password = || SecretRef::named("shop/admin").json_key("password");
    let admin = || User::password("shop-admin", READS, password());
    let [b, c] = ["shop/b", "shop/c"].map(SecretRef::named);
    let three = users(group().user(admin().and_password(b).and_password(c)));
    let found = findings(&three.environment());
    assert_eq!(found[0].code, "user-passwords", "{found:?}");
    refuses! { users(group().user(admin().and_password(SecretRef::named("shop/b")).write_only(1))), "user-passwords-write-only", "shop-admin" };
    let twice = users(
        group()
            .user(admin().name("app"))
            .user(User::password("shop-b", READS, password()).name("app")),
    );
    let found = findings(&twice.environment());
    assert!(
        found.iter().any(|it| it.code == "user-name-twice"),
        "{found:?}"
    );
    refuses! { users(UserGroup::existing("shop").user(User::existing("a"))), "setting-lost", "shop" };
    accepts(iam("shop-orders", READS));
    accepts(users(group().user(admin()).user(User::existing("ops"))));
}

/// One account and region have each of these once.
#[test]
fn names_that_two_environments_make() {
    let made = |id: &str, region: Region| {
        let key = CustomerManagedKey::new("cache").alias("shop");
        let logs = LogGroup::new().name("/shop/slow").kms_key(key.clone());
        let password = GeneratedSecret::new("shop/admin");
        let users = UserGroup::new("shop-users")
            .user(User::iam("shop-orders", READS))
            .user(User::password("shop-admin", READS, password))
            .user(User::existing("ops"));
        let cache = ReplicationGroup::new(id, Engine::REDIS_7_1, node_type::M7G_LARGE)
            .transit_encryption(TransitEncryption::Required(Access::UserGroup(users)))
            .at_rest_encryption(AtRestEncryption::KmsKey(key.into()))
            .slow_log(LogDelivery::log_group(logs, LogFormat::Json));
        Environment::new("shop", id, Stage::Staging, region, network(), cache)
    };
    let mut fleet = cachewright::environment::Fleet::default();
    assert!(fleet.add(&made("one", Region::US_EAST_1)).is_empty());
    assert!(fleet.add(&made("two", Region::EU_WEST_1)).is_empty());
    let found = fleet.add(&made("three", Region::US_EAST_1));
    assert!(
        found
            .iter()
            .all(|it| it.code == "name-twice" && !it.is_error())
    );
    let said: Vec<_> = found
        .iter()
        .map(|it| it.message.split(" in ").next())
        .collect();
    let expected = [
        "the user group \"shop-users\"",
        "the user \"shop-orders\"",
        "the user \"shop-admin\"",
        "the secret \"shop/admin\"",
        "the key alias \"shop\"",
        "the log group \"/shop/slow\"",
    ];
    assert_eq!(said, expected.map(Some));
}

/// Within one environment the second of a name can't be made.
#[test]
fn names_that_are_made_twice() {
    let logs = || LogDelivery::log_group(LogGroup::new().name("/shop"), LogFormat::Json);
    let key = |id| CustomerManagedKey::new(id).alias("shop");
    let groups = || {
        security_group()
            .name("shop-cache-web-clients")
            .allow(Client::made_security_group("web"))
    };
    for environment in [
        cache().slow_log(logs()).engine_log(logs()).environment(),
        cache()
            .at_rest_encryption(AtRestEncryption::KmsKey(key("one").into()))
            .slow_log(LogDelivery::log_group(
                LogGroup::new().kms_key(key("two")),
                LogFormat::Json,
            ))
            .environment(),
        groups().environment(),
    ] {
        let found = findings(&environment);
        let twice = found.iter().find(|it| it.code == "name-twice");
        assert!(twice.expect("a finding").is_error(), "{found:?}");
    }
    // no client's id is one of ours
    for id in ["this", "none", "all", "sg", "cache"] {
        accepts(security_group().allow(Client::made_security_group(id)));
    }
}

/// What a key's policy says of the account has nothing to do with what another stack exports.
#[test]
fn the_account_is_looked_up_beside_any_export() {
    let with = |export| {
        let key = CustomerManagedKey::new("cache");
        let cache = cache().at_rest_encryption(AtRestEncryption::KmsKey(key.into()));
        let group = SecurityGroup::new(Vpc::imported(Import::named(export)));
        shop(Network::new(subnets(), group), cache)
    };
    for export in ["AccountId", "account-id"] {
        common::outputs(&with(export));
    }
    let found = findings(&with("caller-identity"));
    assert_eq!(found[0].code, "lookup-twice", "{found:?}");
    for finding in &found {
        assert!(!finding.to_string().contains("src/"), "{finding}");
    }
}

/// A key is needed for as long as what it encrypts is there.
#[test]
fn keys_stay_with_what_they_encrypt() {
    let of = |stage, cache: ReplicationGroup, key: CustomerManagedKey| {
        let cache = cache.at_rest_encryption(AtRestEncryption::KmsKey(key.into()));
        let environment =
            Environment::new("shop", "env", stage, Region::US_EAST_1, network(), cache);
        let (graph, lowered) = environment.lower();
        let is_key = |node: &&cachewright::graph::Node| node.kind == cachewright::graph::Kind::Key;
        let removal = graph.nodes.iter().find(is_key).expect("a key").removal;
        (removal, cachewright::rule::judge(&graph, lowered, &[]))
    };
    let key = || CustomerManagedKey::new("cache");
    for (stage, cache, removal) in [
        (Stage::Development, cache(), Removal::Delete),
        (
            Stage::Development,
            cache().removal(Removal::Snapshot),
            Removal::Retain,
        ),
        (
            Stage::Development,
            cache().removal(Removal::Retain),
            Removal::Retain,
        ),
        (Stage::Staging, cache(), Removal::Retain),
        (Stage::Production, cache(), Removal::Retain),
        (
            Stage::Staging,
            cache().removal(Removal::Delete),
            Removal::Delete,
        ),
    ] {
        assert_eq!(of(stage, cache, key()).0, Some(removal), "{stage:?}");
    }
    let (_, found) = of(Stage::Production, cache(), key().removal(Removal::Delete));
    let gone = found.iter().find(|it| it.code == "kms-key-removal");
    assert!(gone.expect("a finding").is_error(), "{found:?}");
}

#[test]
fn keys_that_are_made() {
    let at_rest =
        |key: CustomerManagedKey| cache().at_rest_encryption(AtRestEncryption::KmsKey(key.into()));
    let key = || CustomerManagedKey::new("cache");
    refuses! { at_rest(key().alias("aws/shop")), "kms-alias-name", "aws/shop" };
    refuses! { at_rest(key().alias("shop cache")), "kms-alias-name", "shop cache" };
    refuses! { at_rest(key().rotation_period(30)), "kms-key-days", "30" };
    refuses! { at_rest(key().deletion_window(3)), "kms-key-days", "3" };
    accepts(at_rest(
        key()
            .alias("shop/cache")
            .rotation_period(90)
            .deletion_window(7),
    ));
    let logs = LogGroup::new().kms_key(key().deletion_window(14));
    let twice = at_rest(key()).slow_log(LogDelivery::log_group(logs, LogFormat::Json));
    let found = findings(&twice.environment());
    assert!(
        found.iter().any(|it| it.code == "kms-key-twice"),
        "{found:?}"
    );
    // said twice is said once
    let shared = CustomerManagedKey::new("cache");
    let logs = LogGroup::new().kms_key(CustomerManagedKey::new("cache"));
    accepts(at_rest(shared).slow_log(LogDelivery::log_group(logs, LogFormat::Json)));
}

#[test]
fn outputs_of_what_is_not_there() {
    let reads = |cache: ReplicationGroup, output| {
        let clients = security_group().allow(Client::made_security_group("web"));
        shop(Network::new(subnets(), clients), cache).outputs([output])
    };
    refuses! { reads(cache(), Output::client_security_group_id("web", "app")), "output-unreadable", "\"app\"" };
    refuses! { reads(cache(), Output::secret_arn("arn", "shop/token")), "output-unreadable", "shop/token" };
    refuses! { reads(cache(), Output::auth_token("token")), "output-unreadable", "none" };
    let given = || AuthToken::new(SecretRef::given());
    refuses! { reads(token(given().write_only(1)), Output::auth_token("token")), "output-unreadable", "write-only" };
    refuses! { reads(cache(), Output::connect_policy("policy", "orders")), "output-unreadable", "orders" };
    let group = || UserGroup::new("shop-users").user(User::iam("orders", READS));
    for none in ["*", "a/../b", "Orders", "${AWS::Region}"] {
        let environment = reads(
            users(UserGroup::existing("shop")),
            Output::connect_policy("p", none),
        );
        let found = findings(&environment);
        assert_eq!(found[0].code, "output-unreadable", "{none}: {found:?}");
    }
    refuses! { reads(token(given()), Output::auth_token("token").exported()), "setting-lost", "export" };
    refuses! { reads(users(group()), Output::connect_policy("policy", "admin")), "output-unreadable", "admin" };
    accepts(reads(
        users(group()),
        Output::connect_policy("policy", "orders"),
    ));
    accepts(reads(
        users(UserGroup::existing("shop")),
        Output::connect_policy("policy", "orders"),
    ));
    accepts(reads(
        cache(),
        Output::client_security_group_id("web", "web"),
    ));
}

/// A code that nobody provokes may as well not exist.
#[test]
fn every_code_is_in_these_tests() {
    let mut missing = Vec::new();
    // what readers say of other people's files is tested where they are read
    let others = [
        "cli/",
        "cloudformation/",
        "diff/",
        "migrate/",
        "report/",
        "rule/",
        "terraform/",
    ];
    let codes = common::codes(|name| !others.iter().any(|folder| name.starts_with(folder)));
    for code in codes {
        // a second look at what the first lets through, and a word that no definition says
        let cannot = ["schema", "cluster-id"].contains(&&*code);
        let tests = [include_str!("refusals.rs"), include_str!("order.rs")];
        let is_provoked = tests
            .iter()
            .any(|test| test.contains(&format!("\"{code}\"")));
        if !cannot && !is_provoked {
            missing.push(code);
        }
    }
    assert!(missing.is_empty(), "no test provokes {missing:?}");
}

#[test]
fn two_topics_of_one_id_are_one_or_refused() {
    let with = |page: Topic| {
        cache()
            .environment()
            .alarms(Alarms::new(Topic::made("alerts"), page))
    };
    let same = with(Topic::made("alerts"));
    assert!(findings(&same).iter().all(|it| it.code != "topic-twice"));
    let other = with(Topic::made("alerts").name("another"));
    let found = findings(&other);
    let found = found.iter().find(|it| it.code == "topic-twice");
    let found = found.expect("a finding");
    assert!(found.help.contains("the first is at"), "{found:?}");
}

#[test]
fn durability_came_with_valkey_9() {
    let with = |engine| common::with(engine, node_type::R7G_LARGE);
    let sharded = |engine| with(engine).topology(Topology::sharded(2, 1, MultiAz::Enabled));
    refuses! { with(Engine::VALKEY_8_2).durability(Durability::Sync), "durability", "valkey 8.2" };
    refuses! { with(Engine::VALKEY_9_0).durability(Durability::Sync), "durability", "cluster mode is off" };
    accepts(sharded(Engine::VALKEY_9_0).durability(Durability::Async));
}

#[test]
fn descriptions_of_groups_have_255_characters() {
    let long = "d".repeat(256);
    refuses! { subnets().description(&long), "group-description", "256 characters" };
    refuses! { set(ParameterGroup::new().description("").set("timeout", 60)), "group-description", "0 characters" };
    accepts(subnets().description(&"d".repeat(255)));
}

#[test]
fn a_client_is_let_in_once() {
    #[track_caller]
    fn group(block: &str) -> SecurityGroup {
        security_group()
            .allow(Client::cidr("a", "10.0.0.0/16"))
            .allow(Client::cidr("b", block))
    }
    refuses! { group("10.0.0.0/16"), "client-twice", "\"b\"" };
    accepts(group("10.1.0.0/16"));
}

#[test]
fn multi_az_means_several_zones() {
    #[track_caller]
    fn zones(zones: [&str; 2]) -> ReplicationGroup {
        let failover = Failover::Automatic(MultiAz::Enabled);
        cache().topology(Topology::replicated(1, failover).availability_zones(zones))
    }
    refuses! { zones(["us-east-1a", "us-east-1a"]), "multi-az-zones", "us-east-1a" };
    accepts(zones(["us-east-1a", "us-east-1b"]));
    accepts(zones(["us-east-1a", "us-east-1-atl-1a"]));
    #[track_caller]
    fn shard(zone: &str) -> ReplicationGroup {
        let shard = Shard::new()
            .replicas(1)
            .primary_availability_zone("us-east-1a");
        let shards = [shard.replica_availability_zones([zone])];
        cache().topology(Topology::shards(shards, MultiAz::Enabled))
    }
    refuses! { shard("us-east-1a"), "multi-az-zones", "us-east-1a" };
    accepts(shard("us-east-1c"));
}

#[test]
fn a_parameter_newer_than_the_tables_can_be_said() {
    let group = || ParameterGroup::new();
    warns! { cache().parameter_group(group().set_unlisted("new-thing", 7)), "parameter-unlisted", "new-thing" };
    // what the tables know is checked all the same
    refuses! { cache().parameter_group(group().set_unlisted("timeout", 7)), "parameter-value", "timeout" };
}

#[test]
fn data_tiering_has_its_eviction_policies() {
    #[track_caller]
    fn tiered(policy: &str) -> ReplicationGroup {
        let nodes = node_type::R6GD_XLARGE.data_tiering();
        let group = ParameterGroup::new().set("maxmemory-policy", policy);
        common::with(Engine::REDIS_7_1, nodes).parameter_group(group)
    }
    refuses! { tiered("volatile-ttl"), "parameter-value", "volatile-ttl", "data tiering" };
    accepts(tiered("allkeys-lfu"));
}

#[test]
fn what_is_said_of_an_existing_group_is_not_lost() {
    refuses! { SubnetGroup::existing("theirs").name("ours"), "setting-lost", "theirs", "name" };
    refuses! { SubnetGroup::existing("theirs").description("ours"), "setting-lost", "theirs" };
    let group = |group| cache().parameter_group(group);
    refuses! { group(ParameterGroup::existing("theirs").set("timeout", 60)), "setting-lost", "theirs" };
    refuses! { group(ParameterGroup::new().description("of nothing")), "group-description", "isn't made" };
}

#[test]
fn arns_are_of_the_environments_region() {
    #[track_caller]
    fn key(region: &str) -> ReplicationGroup {
        let arn = format!("arn:aws:kms:{region}:123456789012:key/0a1b2c3d");
        cache().at_rest_encryption(AtRestEncryption::KmsKey(KmsKey::arn(&arn)))
    }
    refuses! { key("eu-west-1"), "arn", "eu-west-1" };
    accepts(key("us-east-1"));
    refuses! { cache().restore_from(RestoreFrom::rdb_files(["arn:aws:s3:::bucket"])), "snapshot-arns", "bucket" };
}

#[test]
fn words_that_terraform_keeps_for_itself() {
    #[track_caller]
    fn given(id: &str) -> SecurityGroup {
        client(Client::security_group(
            "web",
            ExistingSecurityGroup::given(id),
        ))
    }
    refuses! { given("count"), "id", "`count`" };
    refuses! { given("forEach"), "id", "`forEach`" };
    accepts(given("counter"));
}

#[test]
fn names_that_others_chose_are_taken_as_they_are() {
    let vpc = |name: &str| SecurityGroup::new(Vpc::imported(Import::named(name)));
    for name in ["Network-VpcId", "Prod:VpcId", "2-azs", &"long-".repeat(40)] {
        accepts(vpc(name));
    }
    let (app, worker) = (Stack::given("AppStack"), Stack::given("WorkerStack"));
    let group = |stack: &Stack| ExistingSecurityGroup::imported(stack.export("GroupId"));
    accepts(
        security_group()
            .allow(Client::security_group("app", group(&app)))
            .allow(Client::security_group("worker", group(&worker))),
    );
}

/// What belongs to one environment is looked at over all of them.
#[test]
fn environments_that_would_meet_in_aws() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let arguments = ["synth", "--format", "json", "--out", out.to_str().unwrap()];
    let report = run_over("two of one state", &arguments).expect(1).json();
    let codes: Vec<_> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .filter(|code| code.ends_with("-twice"))
        .collect();
    assert_eq!(
        codes,
        ["replication-group-id-twice", "terraform-state-twice"]
    );
    assert!(!out.exists());
}

fn two_of_one_state() -> Vec<Environment> {
    ["dev", "prod"]
        .map(|name| {
            named("shop", name, network(), cache()).terraform_state(TerraformState::S3 {
                bucket: "shop-state".into(),
                key: "shop/terraform.tfstate".into(),
                region: Region::US_EAST_1,
            })
        })
        .into()
}

#[test]
fn what_is_scaled_automatically_is_what_aws_scales() {
    use Topology as T;
    let cpu = || TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 60);
    let at = |percent| TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, percent);
    let replica = || TargetTracking::new(ReplicaMetric::ReplicaEngineCpuUtilization, 60);
    let two = || T::sharded(2, 1, MultiAz::Enabled);
    let scaled = || two().scale_shards(Scaling::between(2, 8, cpu()));
    let of = |engine, node| with(engine, node).topology(scaled());
    accepts(cache().topology(scaled()));
    accepts(cache().topology(two().scale_replicas(Scaling::between(1, 5, replica()))));
    accepts(of(Engine::VALKEY_8_1, node_type::R7G_2XLARGE));
    accepts(of(Engine::VALKEY_8_1, node_type::C7GN_LARGE));
    let redis = Engine::REDIS_7_1;
    refuses! { with(redis.clone(), node_type::T4G_MEDIUM).topology(scaled()), "scaling-node-type", "cache.t4g.medium" };
    refuses! { with(redis, node_type::R7G_4XLARGE).topology(scaled()), "scaling-node-type", "cache.r7g.4xlarge" };
    warns! { with(Engine::VALKEY_8_1, node_type::R8G_LARGE).topology(scaled()), "scaling-node-type", "cache.r8g.large" };
    refuses! { with(Engine::redis("5.0.6"), node_type::M6G_LARGE).topology(scaled()), "scaling-engine", "5.0.6" };
    refuses! { cache().topology(two().scale_shards(Scaling::between(8, 2, cpu()))), "scaling-capacity", "at most 2" };
    refuses! { cache().topology(two().scale_shards(Scaling::between(2, 501, cpu()))), "scaling-capacity", "501 shards" };
    refuses! { cache().topology(two().scale_shards(Scaling::between(0, 2, cpu()))), "scaling-capacity", "0 shards" };
    refuses! { cache().topology(two().scale_replicas(Scaling::between(1, 6, replica()))), "scaling-capacity", "6 replicas" };
    warns! { cache().topology(T::sharded(2, 1, MultiAz::Enabled).scale_shards(Scaling::between(3, 8, cpu()))), "scaling-capacity", "2 shards", "between 3 and 8" };
    warns! { cache().topology(two().scale_shards(Scaling::between(2, 8, TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 90)))), "scaling-value", "90 percent" };
    refuses! { cache().topology(two().scale_shards(Scaling::between(2, 8, cpu()).and(TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 50)))), "scaling-twice", "twice" };
    let described = || shards([Shard::new().replicas(1), Shard::new().replicas(1)]);
    refuses! { cache().topology(described().scale_shards(Scaling::between(2, 8, at(60)))), "scaling-described", "one by one" };
    refuses! { cache().topology(described().scale_replicas(Scaling::between(1, 5, replica()))), "scaling-described", "one by one" };
}

/// What may be in the end, for whoever has to count members.
#[test]
fn a_topology_knows_how_far_it_may_grow() {
    let cpu = TargetTracking::new(ShardMetric::PrimaryEngineCpuUtilization, 60);
    let replica = TargetTracking::new(ReplicaMetric::ReplicaEngineCpuUtilization, 60);
    let sharded = Topology::sharded(3, 1, MultiAz::Enabled);
    let scaled = sharded
        .clone()
        .scale_shards(Scaling::between(2, 8, cpu))
        .scale_replicas(Scaling::between(1, 4, replica));
    let most = |topology: Topology| (topology.max_shards(), topology.max_replicas());
    assert_eq!(most(sharded.into()), (3, 1));
    assert_eq!(most(scaled.into()), (8, 4));
    assert_eq!(most(Topology::single_node().into()), (1, 0));
    let replicated = Topology::replicated(2, Failover::Automatic(MultiAz::Enabled));
    assert_eq!(most(replicated.into()), (1, 2));
    let shards = [Shard::new().replicas(1), Shard::new().replicas(3)];
    assert_eq!(
        most(Topology::shards(shards, MultiAz::Enabled).into()),
        (2, 3)
    );
}

#[test]
fn names_and_parameters_are_said_in_full() {
    let publish = |parameters| shop(network(), cache()).publish(parameters);
    for good in ["/oms/prod/redis", "/a", "/a/b/c/d/e/f/g/h/i/j/k/l/m/n"] {
        accepts(publish(SsmParameters::under(good)));
    }
    for bad in [
        "oms/prod",
        "/oms/",
        "/",
        "",
        "/oms//redis",
        "/aws/oms",
        "/SSM-oms",
        "/a b",
        "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o",
    ] {
        refuses! { publish(SsmParameters::under(bad)), "ssm-parameter-name", &format!("{bad:?}") };
    }
    let zone = HostedZone::given;
    warns! { shop(network(), cache()).dns(Records::in_zone(zone(), "redis.oms.internal")), "record-with-tls", "redis.oms.internal" };
    let named = |records| {
        shop(network(), cache())
            .allow("record-with-tls", "clients are told the name to expect")
            .dns(records)
    };
    accepts(named(
        Records::in_zone(zone(), "redis.oms.internal.")
            .reader("redis-ro.oms.internal")
            .ttl(30),
    ));
    accepts(named(Records::in_zone(
        HostedZone::id("Z0123456789ABCDEFGHIJ"),
        "_redis.oms.internal",
    )));
    for bad in [
        "redis",
        "redis..oms",
        "-a.oms",
        "a-.oms",
        "a b.oms",
        "",
        &format!("{}.oms", "a".repeat(64)),
    ] {
        refuses! { named(Records::in_zone(zone(), bad)), "record-name", &format!("{bad:?}") };
    }
    for bad in ["z0123", "/hostedzone/Z0123", "Z", "Zabc"] {
        refuses! { named(Records::in_zone(HostedZone::id(bad), "a.oms")), "resource-id", &format!("{bad:?}") };
    }
    let sharded = || cache().topology(Topology::sharded(2, 1, MultiAz::Enabled));
    let of = |records| {
        shop(network(), sharded())
            .allow("record-with-tls", "a test")
            .dns(records)
    };
    accepts(of(Records::in_zone(zone(), "redis.oms.internal")));
    refuses! { of(Records::in_zone(zone(), "redis.oms.internal").reader("ro.oms.internal")), "record-reader", "ro.oms.internal" };
}
