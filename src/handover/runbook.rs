//! The runbook: every operation of an environment, with its names in every command.

use askama::Template;

use super::alarm::{self, Alarm};
use super::cache::{Access, Cache, Tls, Topology, integer, text};
use super::env_file::Login;
use super::makefile::required_variables;
use super::quote::{Code, Md, Sh};
use super::{render, resize};
use crate::cloudformation;
use crate::facts;
use crate::graph::{Ignored, Kind, Language, Removal, State};

/// Hours of a month, as the price lists of AWS count them.
const HOURS: f64 = 730.0;
/// The longest id of a replication group.
const LONGEST_ID: usize = 40;

#[derive(Template)]
#[template(path = "handover/RUNBOOK.md", escape = "none")]
struct Runbook<'a> {
    environment: &'a str,
    slug: String,
    /// Of the replication group, and of the stack; letters, digits and hyphens.
    id: &'a str,
    region: Sh,
    region_code: Code,
    description: Md,
    stage: String,
    engine: Option<String>,
    engine_word: Option<&'a str>,
    engine_version: Sh,
    node_type: Option<Code>,
    node_type_word: Sh,
    node_words: String,
    nodes: i64,
    nodes_words: String,
    port: i64,
    endpoint_words: &'static str,
    access_words: String,
    snapshot_words: String,
    maintenance_words: String,
    removal_words: &'static str,

    parameters: bool,
    variables: bool,
    bucket: bool,
    stack_policy: bool,
    state_unstated: bool,
    deferred: bool,
    ignored: &'a [Ignored],
    outputs: Vec<OutputRow>,
    exports: bool,

    secondary: bool,
    sharded: bool,
    replicas: bool,
    failover: bool,
    multi_az: bool,
    shards: usize,
    replicas_per_shard: i64,
    replicas_more: i64,
    members: Vec<String>,
    first_member: String,
    last_member: String,
    replica: Option<String>,
    first_shard: String,

    tls_on: bool,
    tls_off: bool,
    tls_unknown: bool,
    at_rest: bool,
    kms_key: bool,
    token: bool,
    users: bool,
    iam: bool,
    unknown_user: bool,
    user: bool,
    cli: String,
    fetch: Option<String>,
    manager: bool,
    json_key: bool,
    json_key_word: Option<Sh>,
    json_filter: String,
    value_from: String,
    rotates: bool,
    write_only: bool,
    versioned: bool,
    promotes: bool,

    alarms: Vec<Alarm>,
    dashboard: Option<Code>,
    scaled: Vec<Scaled>,
    cpu_metric: &'static str,
    cpu_of_host: bool,
    burstable: bool,
    slow_log: Option<Sh>,
    engine_log: Option<Sh>,
    policy: Option<Sh>,
    timeout: Option<&'a str>,
    image: &'static str,

    larger: Option<Larger>,
    snapshots: bool,
    snapshot_days: i64,
    restored: String,
    removal_cloudformation: &'static str,
    removal_terraform: &'static str,
    kept: Vec<String>,
    cost: Option<Cost>,
    elsewhere: bool,
}

impl Runbook<'_> {
    /// An output to show how one is read.
    fn example(&self) -> Option<&OutputRow> {
        self.outputs.iter().find(|output| !output.sensitive)
    }
}

/// A value that others read, by its names in both languages.
struct OutputRow {
    logical: String,
    snake: String,
    description: Md,
    exported: bool,
    sensitive: bool,
}

/// A node type to go to.
struct Larger {
    node_type: &'static str,
    constant: String,
    memory: f64,
    memory_now: f64,
    now: String,
    /// It is of another family.
    leaves: bool,
    month: Option<String>,
}

/// A number that something else moves.
struct Scaled {
    what: &'static str,
    bounds: String,
}

struct Cost {
    node_type: String,
    hour: f64,
    month: String,
    date: &'static str,
}

pub(super) fn contents(cache: &Cache<'_>, bucket: bool) -> String {
    let graph = cache.graph;
    let region = Sh::new(cache.region);
    let login = Login::of(cache);
    let (fetch, manager, json_key, value_from) = match &login {
        Login::Secret { secret, .. } => {
            let variable = if secret.manager {
                "REDIS_PASSWORD_SECRET"
            } else {
                "REDIS_PASSWORD_PARAMETER"
            };
            let from = match &secret.json_key {
                Some(key) => format!("{}:{key}::", secret.id),
                None => secret.id.clone(),
            };
            (
                Some(secret.fetch(&region, variable)),
                secret.manager,
                secret.json_key.clone(),
                from,
            )
        }
        _ => (None, true, None, String::new()),
    };
    let fact = cache.node_type.and_then(facts::node_type);
    let members = cache.members();
    let tls_on = matches!(cache.tls, Some(Tls::Preferred | Tls::Required));
    let user = login.user().is_some();
    let nodes = cache.nodes();
    let (shards, replicas_per_shard) = match &cache.topology {
        Topology::Replicated { replicas, .. } => (1, *replicas),
        Topology::Sharded(all) => (
            all.len(),
            all.iter().map(|(_, replicas)| *replicas).max().unwrap_or(0),
        ),
    };
    let cpu_of_host = fact.is_none_or(|fact| fact.vcpu < 4);
    let token = matches!(cache.access, Access::Token(_));
    let with_password = matches!(login, Login::Secret { .. });
    let removal_words = removal_words(cache.removal, cache.prevent_destroy);
    let month = |hour: f64| dollars(hour * HOURS * nodes as f64);
    let first_shard = match &cache.topology {
        Topology::Sharded(all) => all.first().map(|(id, _)| id.clone()),
        Topology::Replicated { .. } => None,
    };
    render(&Runbook {
        environment: &graph.environment,
        slug: cache.slug(),
        id: cache.id,
        region_code: Code(cache.region.to_owned()),
        description: Md(graph.description.clone()),
        stage: graph
            .stage
            .map_or_else(String::new, |stage| stage.to_string()),
        engine: cache.engine.map(|engine| {
            let name = if engine == "valkey" {
                "Valkey"
            } else {
                "Redis OSS"
            };
            format!("{name} {}", Md(cache.engine_version.unwrap_or("").into()))
        }),
        engine_word: cache.engine,
        engine_version: Sh::new(cache.engine_version.unwrap_or("")),
        node_type: cache.node_type.map(|name| Code(name.to_owned())),
        node_type_word: Sh::new(cache.node_type.unwrap_or("")),
        node_words: fact.map_or_else(String::new, |fact| {
            format!(", {} vCPU, {} GiB", fact.vcpu, fact.memory_gib)
        }),
        nodes,
        nodes_words: nodes_words(cache),
        port: cache.port,
        endpoint_words: match cache.tls {
            None => "TLS as the primary says",
            Some(Tls::Off) => "without TLS",
            Some(Tls::Preferred) => "TLS preferred: clients without it are let in as well",
            Some(Tls::Required) => "TLS required",
        },
        access_words: access_words(cache),
        snapshot_words: match (cache.snapshot_days, cache.snapshot_window) {
            (0, _) => "none of its own".into(),
            (days, None) => format!("every day, kept for {days} days, at an hour that AWS chose"),
            (days, Some(window)) => {
                format!("every day {} UTC, kept for {days} days", Md(window.into()))
            }
        },
        maintenance_words: match cache.maintenance_window {
            Some(window) => format!("{} UTC", Md(window.into())),
            None => "in a window that AWS chose".into(),
        },
        removal_words,

        parameters: !graph.inputs.is_empty(),
        variables: required_variables(cache),
        bucket,
        stack_policy: cloudformation::stack_policy(graph).is_some(),
        state_unstated: graph.state == State::Unstated,
        deferred: cache.deferred,
        ignored: &cache.ignored,
        outputs: graph
            .outputs
            .iter()
            .map(|output| OutputRow {
                logical: output.id.logical(),
                snake: output.id.snake(),
                description: Md(output.description.clone()),
                exported: output.export.is_some(),
                sensitive: output.sensitive,
            })
            .collect(),
        exports: graph.outputs.iter().any(|output| output.export.is_some()),

        secondary: cache.secondary,
        sharded: cache.is_sharded(),
        replicas: cache.has_replicas(),
        failover: cache.failover,
        multi_az: cache.multi_az,
        shards,
        replicas_per_shard,
        replicas_more: (replicas_per_shard + 1).min(5),
        first_member: members.first().cloned().unwrap_or_default(),
        last_member: members.last().cloned().unwrap_or_default(),
        replica: (!cache.is_sharded() && cache.has_replicas())
            .then(|| members.last().cloned())
            .flatten(),
        first_shard: first_shard.unwrap_or_else(|| "0001".into()),
        members,

        tls_on,
        tls_off: cache.tls == Some(Tls::Off),
        tls_unknown: cache.tls.is_none(),
        at_rest: cache.at_rest == Some(true),
        kms_key: cache.kms_key,
        token,
        users: matches!(cache.access, Access::Users(_)),
        iam: matches!(login, Login::Iam { .. }),
        unknown_user: matches!(login, Login::Unknown),
        cli: [
            "redis-cli",
            if tls_on { " --tls" } else { "" },
            if cache.tls.is_none() {
                " $(test \"$REDIS_SSL\" = true && echo --tls)"
            } else {
                ""
            },
            if cache.is_sharded() { " -c" } else { "" },
            " -h \"$REDIS_HOST\" -p \"$REDIS_PORT\"",
            if user {
                " --user \"$REDIS_USERNAME\""
            } else {
                ""
            },
        ]
        .concat(),
        user,
        fetch,
        manager,
        json_key_word: json_key
            .as_ref()
            .map(|key| Sh(format!(".[\"{key}\"] = ($next | rtrimstr(\"\\n\"))"))),
        json_filter: match &json_key {
            Some(key) => Sh(format!(".[\"{key}\"]")).to_string(),
            None => "-R .".into(),
        },
        json_key: json_key.is_some(),
        value_from,
        write_only: cache.write_only,
        versioned: matches!(&login, Login::Secret { secret, .. } if secret.version.is_some()),
        rotates: token || with_password,
        promotes: cache.secondary || cache.has_replicas(),

        alarms: alarm::all(cache),
        dashboard: cache
            .text_of("AWS::CloudWatch::Dashboard", "DashboardName")
            .map(|name| Code(name.to_owned())),
        scaled: scaled(cache),
        cpu_metric: if cpu_of_host {
            "CPUUtilization"
        } else {
            "EngineCPUUtilization"
        },
        cpu_of_host,
        burstable: fact.is_some_and(|fact| fact.cpu_credits_per_hour.is_some()),
        slow_log: cache.log_group("slow-log").map(Sh::new),
        engine_log: cache.log_group("engine-log").map(Sh::new),
        policy: cache.parameter("maxmemory-policy").map(Sh::new),
        timeout: cache.parameter("timeout").filter(|timeout| *timeout != "0"),
        image: image(cache),

        larger: resize::larger(cache).map(|fact| {
            let price = match cache.engine {
                Some("valkey") => fact.usd_hour_valkey,
                _ => fact.usd_hour_redis,
            };
            Larger {
                node_type: &fact.node_type,
                constant: format!(
                    "node_type::{}",
                    fact.node_type
                        .trim_start_matches("cache.")
                        .replace(['.', '-'], "_")
                        .to_ascii_uppercase()
                ),
                memory: fact.memory_gib,
                memory_now: cache
                    .node_type
                    .and_then(facts::node_type)
                    .map_or(0.0, |fact| fact.memory_gib),
                leaves: resize::family(&fact.node_type)
                    != resize::family(cache.node_type.unwrap_or_default()),
                now: cache.node_type.unwrap_or_default().to_owned(),
                month: price.map(|hour| format!("${}", month(hour))),
            }
        }),
        snapshots: cache.snapshot_days > 0,
        snapshot_days: cache.snapshot_days,
        restored: restored(cache.id),
        removal_cloudformation: match cache.removal {
            Removal::Delete => "The cache goes with the stack, and its data with it.",
            Removal::Snapshot => {
                "CloudFormation takes a snapshot of its own before it deletes the cache."
            }
            Removal::Retain | Removal::RetainExceptOnCreate => {
                "The cache stays, outside of any stack: delete it by hand, as below."
            }
        },
        removal_terraform: if graph
            .nodes
            .iter()
            .any(|node| node.prevent_destroy && node.is_in(Language::Terraform))
        {
            "It is refused: `prevent_destroy` stands in `terraform/main.tf`, and takes no variable. If it is meant, take those lines out \
             in your own checkout and don't commit that: `cachewright synth --check` keeps it out of the repository."
        } else if cache.removal == Removal::Delete {
            "The cache goes, and its data with it."
        } else {
            "Terraform takes a snapshot of its own before it destroys the cache."
        },
        kept: graph
            .nodes
            .iter()
            .filter(|node| node.is_in(Language::CloudFormation))
            .filter(|node| {
                matches!(
                    node.removal,
                    Some(Removal::Retain | Removal::RetainExceptOnCreate)
                )
            })
            .map(|node| node.logical_id.clone())
            .collect(),
        cost: cache.usd_hour().map(|hour| Cost {
            node_type: cache.node_type.unwrap_or_default().to_owned(),
            hour,
            month: month(hour),
            date: facts::PRICES_READ_ON,
        }),
        elsewhere: cache.region != "us-east-1",
        region,
    })
}

/// Whole dollars above ten, else cents.
fn dollars(amount: f64) -> String {
    if amount < 10.0 {
        format!("{amount:.2}")
    } else {
        format!("{amount:.0}")
    }
}

/// An id for a cache beside this one, as long as an id may be.
fn restored(id: &str) -> String {
    let end = "-restored";
    let keep = id.len().min(LONGEST_ID - end.len());
    format!("{}{end}", id[..keep].trim_end_matches('-'))
}

/// What Application Auto Scaling moves.
fn scaled(cache: &Cache<'_>) -> Vec<Scaled> {
    let nodes = cache.graph.nodes.iter();
    let targets = nodes.filter(|node| node.kind == Kind::ScalableTarget);
    targets
        .map(|node| Scaled {
            what: match text(node, "ScalableDimension") {
                Some(dimension) if dimension.ends_with(":NodeGroups") => "shards",
                _ => "replicas",
            },
            bounds: match (integer(node, "MinCapacity"), integer(node, "MaxCapacity")) {
                (Some(least), Some(most)) => format!("{least} to {most}"),
                _ => "as the deployment says".to_owned(),
            },
        })
        .collect()
}

fn nodes_words(cache: &Cache<'_>) -> String {
    let zones = match (cache.failover, cache.multi_az) {
        (true, true) => ", automatic failover, in several zones",
        (true, false) => ", automatic failover",
        (false, _) => ", no automatic failover",
    };
    match &cache.topology {
        Topology::Replicated { replicas: 0, .. } => "1, no replica".into(),
        Topology::Replicated { replicas: 1, .. } => format!("2: a primary and a replica{zones}"),
        Topology::Replicated { replicas, .. } => {
            format!("{}: a primary and {replicas} replicas{zones}", replicas + 1)
        }
        Topology::Sharded(shards) => {
            format!(
                "{} in {} shards, cluster mode{zones}",
                cache.nodes(),
                shards.len()
            )
        }
    }
}

fn access_words(cache: &Cache<'_>) -> String {
    match &cache.access {
        Access::Open if cache.secondary => "as the primary says".into(),
        Access::Open => "whoever reaches it: the security group decides".into(),
        Access::Token(_) => "an AUTH token, from a secret".into(),
        Access::Users(users) if users.is_empty() => {
            "users of a group that is made elsewhere".into()
        }
        Access::Users(users) => {
            let words = users.iter().map(|user| {
                let how = if user.password.is_some() {
                    "by password"
                } else {
                    "by IAM"
                };
                format!("`{}` {how}", user.id)
            });
            words.collect::<Vec<_>>().join(", ")
        }
    }
}

fn removal_words(removal: Removal, prevent: bool) -> &'static str {
    match (removal, prevent) {
        (Removal::Delete, false) => "its data goes with it",
        (Removal::Delete, true) => "its data goes with it; Terraform refuses to",
        (Removal::Snapshot, false) => "a last snapshot is taken",
        (Removal::Snapshot, true) => "a last snapshot is taken; Terraform refuses to",
        (Removal::Retain | Removal::RetainExceptOnCreate, _) => "it stays",
    }
}

/// The image that comes nearest: 7.1 is ElastiCache's alone.
fn image(cache: &Cache<'_>) -> &'static str {
    match (cache.engine, cache.engine_version.unwrap_or_default()) {
        (Some("valkey"), version) if version.starts_with("7.") => "valkey/valkey:7.2",
        (Some("valkey"), version) if version.starts_with("8.0") => "valkey/valkey:8.0",
        (Some("valkey"), version) if version.starts_with("8.") => "valkey/valkey:8.1",
        (Some("valkey"), _) => "valkey/valkey:9",
        (_, version) if version.starts_with('5') => "redis:5.0",
        (_, version) if version.starts_with('6') => "redis:6.2",
        _ => "redis:7.0",
    }
}
