//! Nodes, failover, cluster mode, shards and replicas: in the order in which AWS takes them.

use super::cache::Cache;
use super::feature::{Held, Path, refused};
use super::step::ASK;
use super::{Names, Step};
use crate::diagnostic::Diagnostic;
use crate::diff::{Source, Verdict};
use crate::environment::Environment;
use crate::graph::Language;
use crate::resource::replication_group::{Failover, MultiAz, Topology};

/// The answer to settings that come with cluster mode, and change nothing.
const SAME: &str = "the template says in other words what is there already, one shard and its replicas; a change set says whether CloudFormation sees that, and the cache's id is taken, so that nothing takes its place";

/// How many nodes there are, and how they relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Cluster mode off.
    Off { nodes: u8, failover: Option<bool> },
    /// Half-way; failover is always automatic there.
    Compatible { nodes: u8, multi_az: bool },
    /// Cluster mode on.
    On {
        shards: u16,
        replicas: u8,
        multi_az: bool,
    },
}

impl Shape {
    /// Nothing where it isn't known, or shards are described one by one.
    fn of(cache: &Cache<'_>) -> Option<Self> {
        let small = |name| {
            cache
                .number(name)
                .and_then(|number| u8::try_from(number).ok())
        };
        let multi_az = cache.flag("MultiAZEnabled").unwrap_or(false);
        let failover = cache.flag("AutomaticFailoverEnabled").unwrap_or(false);
        if cache.has("NodeGroupConfiguration") || cache.has("GlobalReplicationGroupId") {
            return None;
        }
        if cache.text("ClusterMode") == Some("compatible") {
            let nodes = small("NumCacheClusters")?;
            return Some(Self::Compatible { nodes, multi_az });
        }
        if let Some(shards) = cache.number("NumNodeGroups") {
            return Some(Self::On {
                shards: u16::try_from(shards).ok()?,
                replicas: small("ReplicasPerNodeGroup")?,
                multi_az,
            });
        }
        Some(Self::Off {
            nodes: small("NumCacheClusters")?,
            failover: failover.then_some(multi_az),
        })
    }

    fn topology(self) -> Topology {
        let zones = |on| {
            if on {
                MultiAz::Enabled
            } else {
                MultiAz::Disabled
            }
        };
        match self {
            Self::Off { nodes: 0 | 1, .. } => Topology::single_node().into(),
            Self::Off { nodes, failover } => Topology::replicated(
                nodes - 1,
                failover.map_or(Failover::Manual, |on| Failover::Automatic(zones(on))),
            )
            .into(),
            Self::Compatible { nodes, multi_az } => {
                Topology::compatible(nodes.saturating_sub(1), zones(multi_az)).into()
            }
            Self::On {
                shards,
                replicas,
                multi_az,
            } => Topology::sharded(shards, replicas, zones(multi_az)).into(),
        }
    }
}

pub(super) fn path(
    was: &Cache<'_>,
    is: &Cache<'_>,
    names: &Names,
    _: &Environment,
) -> Result<Path, Box<Diagnostic>> {
    let (Some(from), Some(to)) = (Shape::of(was), Shape::of(is)) else {
        return Ok(Path::none());
    };
    let shapes = match way(from, to) {
        Some(shapes) => shapes,
        None => {
            return Err(refused(
                is,
                "ClusterMode",
                format!("cluster mode goes from {} back to {}", mode(from), mode(to)),
                "off, compatible, on, in that order",
                "give the new cache another id and .restore_from(RestoreFrom::snapshot(\"…\")), deploy it beside this one, move the clients, and remove this one",
            ));
        }
    };
    let mut path = Path::none();
    for pair in shapes.windows(2) {
        if let [before, after] = *pair {
            path = path.then(
                Held::Topology(Box::new(before.topology())),
                step(before, after, names),
            );
        }
    }
    // one step that may go with everything else is none
    if let [one] = path.steps.as_slice()
        && !one.alone
        && one.name != "failover-off"
    {
        return Ok(Path::none());
    }
    Ok(path)
}

const fn mode(shape: Shape) -> &'static str {
    match shape {
        Shape::Off { .. } => "off",
        Shape::Compatible { .. } => "compatible",
        Shape::On { .. } => "on",
    }
}

/// Every shape on the way, the first and the last with them; nothing where there is no way.
fn way(from: Shape, to: Shape) -> Option<Vec<Shape>> {
    let mut shapes = vec![from];
    let go = |shapes: &mut Vec<Shape>, shape| {
        if shapes.last() != Some(&shape) {
            shapes.push(shape);
        }
    };
    match (from, to) {
        (Shape::Off { .. }, Shape::Off { .. }) => off(&mut shapes, to),
        (Shape::Off { .. }, Shape::Compatible { nodes, multi_az }) => {
            let failover = Some(multi_az);
            off(&mut shapes, Shape::Off { nodes, failover });
            go(&mut shapes, to);
        }
        (
            Shape::Off { nodes, .. },
            Shape::On {
                replicas, multi_az, ..
            },
        ) => {
            // a replica takes over while the nodes learn the other protocol
            let nodes = nodes.max(2);
            let zones = multi_az && replicas > 0;
            off(
                &mut shapes,
                Shape::Off {
                    nodes,
                    failover: Some(zones),
                },
            );
            go(
                &mut shapes,
                Shape::Compatible {
                    nodes,
                    multi_az: zones,
                },
            );
            on(&mut shapes, nodes - 1, zones, to);
        }
        (Shape::Compatible { .. }, Shape::Compatible { .. }) => go(&mut shapes, to),
        (Shape::Compatible { nodes, multi_az }, Shape::On { .. }) => {
            on(&mut shapes, nodes.saturating_sub(1), multi_az, to);
        }
        (Shape::On { .. }, Shape::On { .. }) => sharded(&mut shapes, to),
        _ => return None,
    }
    Some(shapes)
}

/// Without cluster mode: failover goes before the last replica does, and comes after the first.
fn off(shapes: &mut Vec<Shape>, to: Shape) {
    let (
        Some(&Shape::Off { nodes, failover }),
        Shape::Off {
            nodes: wanted,
            failover: then,
        },
    ) = (shapes.last(), to)
    else {
        return;
    };
    if wanted < 2 && failover.is_some() && nodes > wanted {
        shapes.push(Shape::Off {
            nodes,
            failover: None,
        });
    } else if nodes < 2 && then.is_some() {
        shapes.push(Shape::Off {
            nodes: wanted,
            failover: None,
        });
    }
    if shapes.last() != Some(&to) {
        shapes.push(to);
    }
}

/// Cluster mode is turned on with the one shard that there is.
fn on(shapes: &mut Vec<Shape>, replicas: u8, multi_az: bool, to: Shape) {
    shapes.push(Shape::On {
        shards: 1,
        replicas,
        multi_az,
    });
    sharded(shapes, to);
}

/// Multi-AZ goes first and comes last, shards and replicas change by themselves.
fn sharded(shapes: &mut Vec<Shape>, to: Shape) {
    let (
        Some(&Shape::On {
            shards,
            replicas,
            multi_az,
        }),
        Shape::On {
            shards: wanted,
            replicas: each,
            multi_az: zones,
        },
    ) = (shapes.last(), to)
    else {
        return;
    };
    let mut go = |shards, replicas, multi_az| {
        let shape = Shape::On {
            shards,
            replicas,
            multi_az,
        };
        if shapes.last() != Some(&shape) {
            shapes.push(shape);
        }
    };
    let on_the_way = multi_az && zones;
    go(shards, replicas, on_the_way);
    go(wanted, replicas, on_the_way);
    go(wanted, each, on_the_way);
    go(wanted, each, zones);
}

fn step(before: Shape, after: Shape, names: &Names) -> Step {
    match (before, after) {
        (Shape::Off { nodes, failover }, Shape::Off { nodes: wanted, failover: then }) => {
            plain((nodes, failover), (wanted, then), names)
        }
        (Shape::Off { .. }, _) => Step::new(
            "cluster-mode-compatible",
            "Clients of both kinds find the cache: those that know cluster mode, and those that don't.",
            "Cluster mode is turned on by way of compatible alone, and nothing else changes with it.",
        )
        .alone()
        .source(Source::GUIDE)
        .source(Source::API)
        .before(
            "What follows can't all be taken back, and its sources don't agree on everything: go through all stages with a copy of the cache first.",
            Vec::new(),
        )
        .check(names.group(&["Status", "ClusterMode"]), "available, compatible")
        .after(
            None,
            "Move every client to one that speaks cluster mode, by the configuration endpoint. Go on when none is left at the primary's.",
            Vec::new(),
        )
        .back("The sources disagree about a way back from compatible: the user guide takes it, the provider doesn't. A second cache from a snapshot is a way back that always works."),
        (Shape::Compatible { .. }, Shape::On { .. }) => Step::new(
            "cluster-mode-enabled",
            "The cache speaks cluster mode alone.",
            "It can't be taken back, and clients without cluster mode are cut off.",
        )
        .alone()
        .source(Source::GUIDE)
        .source(Source::API)
        .before_in(
            Some(Language::CloudFormation),
            "make the change set of this stage first, and look at it. Where it says True for the cache, CloudFormation can't be told that nothing changes but the mode: stop at compatible, and make a second cache with cluster mode on, beside this one.",
            Vec::new(),
        )
        .before(
            "Take a snapshot and wait until it is there; make sure that every client speaks cluster mode.",
            names.snapshot("cluster-mode"),
        )
        .check(
            names.group(&["Status", "ClusterMode", "ConfigurationEndpoint.Address"]),
            "available, enabled, and an address",
        )
        .answer(Language::CloudFormation, "NumNodeGroups", Verdict::Refused, SAME)
        .answer(Language::CloudFormation, "ReplicasPerNodeGroup", Verdict::Refused, SAME)
        .back("There is none: make a second cache with cluster mode off from the snapshot, beside this one, and move the clients."),
        (
            Shape::On { shards, replicas, .. },
            Shape::On {
                shards: wanted,
                replicas: each,
                multi_az,
            },
        ) => {
            if shards != wanted {
                resharded(shards, wanted, names)
            } else if replicas != each {
                replicated(replicas, each, names)
            } else {
                zones(multi_az, names)
            }
        }
        (_, Shape::Compatible { multi_az, .. }) => zones(multi_az, names),
        (_, Shape::Off { .. }) => Step::new("settings", "", ""),
    }
}

fn plain(
    (nodes, failover): (u8, Option<bool>),
    (wanted, then): (u8, Option<bool>),
    names: &Names,
) -> Step {
    let members = |step: Step| {
        step.check(
            names.group(&[
                "Status",
                "length(MemberClusters)",
                "AutomaticFailover",
                "MultiAZ",
            ]),
            format!(
                "available, {wanted}, {}, {}",
                if then.is_some() {
                    "enabled"
                } else {
                    "disabled"
                },
                if then == Some(true) {
                    "enabled"
                } else {
                    "disabled"
                },
            ),
        )
        .source(Source::API)
    };
    members(if failover.is_some() && then.is_none() {
        Step::new(
            "failover-off",
            "Multi-AZ and automatic failover are off; the replicas are still there.",
            "The last replica can't go while failover is on, and which of two changes in one deployment comes first nobody promises.",
        )
        .back("Deploy the files from before: failover is on again.")
    } else if wanted > nodes && then.is_none() {
        Step::new(
            "replicas",
            "Replicas are added and filled from the primary.",
            "Automatic failover needs a replica that is there already.",
        )
        .back("Deploy the files from before: the replicas go, the primary stays.")
    } else if wanted < nodes {
        Step::new(
            "replicas",
            "Replicas go; whoever reads from one of them has to connect to another node.",
            "Replicas go once nothing needs them any more.",
        )
        .before(
            "Make sure that nobody reads from what goes, and take a snapshot: a single node keeps nothing when it is lost.",
            names.snapshot("replicas"),
        )
        .back("Deploy the files of the stage before: replicas are added again, filled from the primary.")
    } else {
        Step::new(
            "failover",
            "Automatic failover is on, and Multi-AZ where the definition says it.",
            "It needs the replicas of the stage before.",
        )
        .back("Deploy the files of the stage before: failover is off again.")
    })
}

fn resharded(shards: u16, wanted: u16, names: &Names) -> Step {
    let goes = if wanted < shards { "go" } else { "come" };
    let step = Step::new(
        "shards",
        format!("Shards {goes}: {shards} → {wanted}. Slots move while the cache serves, which takes minutes to hours."),
        "UseOnlineResharding counts where nothing else of the cache changes; together with another change CloudFormation would replace the cache.",
    )
    .alone()
    .source(Source::CLOUDFORMATION)
    .source(Source::API)
    .check(
        names.group(&["Status", "length(NodeGroups)"]),
        format!("available, {wanted}"),
    )
    .back("Deploy the files of the stage before: the slots move back.");
    if wanted < shards {
        step.before(
            "What the shards hold has to fit into those that stay, with a fifth of the memory to spare. See how much is used, and do it when little is written.",
            vec![format!(
                "aws cloudwatch get-metric-statistics --region {} --namespace AWS/ElastiCache --metric-name DatabaseMemoryUsagePercentage \\\n  --dimensions Name=CacheClusterId,Value={}-0001-001 --statistics Maximum --period 3600 \\\n  --start-time \"$(date -u -d '-1 day' +%FT%TZ)\" --end-time \"$(date -u +%FT%TZ)\"",
                names.region, names.id
            )],
        )
    } else {
        step.before("Do it when little is written.", Vec::new())
    }
}

fn replicated(replicas: u8, each: u8, names: &Names) -> Step {
    let goes = if each < replicas { "go" } else { "come" };
    Step::new(
        "replicas-per-shard",
        format!("Replicas of each shard {goes}: {replicas} → {each}."),
        "CloudFormation's schema changes the number in place where nothing else changes, and its reference replaces the cache: by itself, and looked at first, it can do no harm.",
    )
    .alone()
    .source(Source::SCHEMA)
    .source(Source::CLOUDFORMATION)
    .check(
        names.group(&["Status", "NodeGroups[].length(NodeGroupMembers)"]),
        format!("available, and {} for each shard", each + 1),
    )
    .answer(
        Language::CloudFormation,
        "ReplicasPerNodeGroup",
        Verdict::Unknown,
        ASK,
    )
    .back("Deploy the files of the stage before.")
}

fn zones(multi_az: bool, names: &Names) -> Step {
    let (name, word) = if multi_az {
        ("multi-az", "enabled")
    } else {
        ("multi-az-off", "disabled")
    };
    Step::new(
        name,
        format!("Multi-AZ is {word}."),
        "Shards and replicas change by themselves, so it comes before or after them.",
    )
    .source(Source::API)
    .check(
        names.group(&["Status", "MultiAZ"]),
        format!("available, {word}"),
    )
    .back("Deploy the files of the stage before.")
}
