//! The rules of security groups. Wherever a file says one, the graph has it as a node.

use crate::graph::{Kind, Language, Reference, Source, Value};
use crate::rule::{Check, Resource, Setting, cache};

/// Which way a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Who may reach the cache.
    In,
    /// What the cache may reach.
    Out,
}

/// One rule of a security group.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirewallRule<'g> {
    /// The rule itself.
    pub resource: Resource<'g>,
    /// Its group, where that is in the same graph.
    pub group: Option<Resource<'g>>,
}

/// The settings that say whom a rule speaks about, by their names in the graph.
const PEERS: [&str; 7] = [
    "CidrIp",
    "CidrIpv6",
    "SourcePrefixListId",
    "SourceSecurityGroupId",
    "SourceSecurityGroupName",
    "DestinationPrefixListId",
    "DestinationSecurityGroupId",
];

/// A range of ports, both ends included.
pub(super) type Ports = (i64, i64);

/// Every port.
pub(super) const ALL_PORTS: Ports = (0, 65535);

impl<'g> FirewallRule<'g> {
    /// It is of that group.
    pub(super) fn is_of(&self, group: &Resource<'_>) -> bool {
        self.group
            .is_some_and(|own| std::ptr::eq(own.node, group.node))
    }

    /// The block of addresses that it speaks about.
    pub(super) fn block(&self) -> Option<Setting<'g>> {
        ["CidrIp", "CidrIpv6"]
            .into_iter()
            .find_map(|name| self.resource.setting(name))
    }

    /// The settings that say whom it speaks about.
    pub(super) fn peers(&self) -> Vec<Setting<'g>> {
        PEERS
            .iter()
            .filter_map(|name| self.resource.setting(name))
            .collect()
    }

    /// It only speaks about those who wear the same group.
    pub(super) fn is_own(&self) -> bool {
        let own = |setting: &Setting<'_>| match setting.value() {
            Value::Reference(Reference::Node {
                kind: Kind::SecurityGroup,
                logical_id,
                label,
                ..
            }) => self.group.is_some_and(|group| {
                group.node.logical_id == *logical_id && group.node.label == *label
            }),
            _ => false,
        };
        let peers = self.peers();
        !peers.is_empty() && peers.iter().all(own)
    }

    /// The protocol in lower case: `tcp`, `udp`, `-1` for all, or whatever else it is.
    pub(super) fn protocol(&self) -> Option<String> {
        let text = self.resource.text("IpProtocol")?.to_ascii_lowercase();
        Some(match text.as_str() {
            "6" => "tcp".to_owned(),
            "17" => "udp".to_owned(),
            "all" => "-1".to_owned(),
            _ => text,
        })
    }

    /// The TCP ports that it opens; nothing inside where it is of another protocol.
    pub(super) fn ports(&self) -> Option<Option<Ports>> {
        match self.protocol()?.as_str() {
            "-1" => Some(Some(ALL_PORTS)),
            "tcp" => {
                let range = (
                    self.resource.integer("FromPort")?,
                    self.resource.integer("ToPort")?,
                );
                let all = range.0 == -1 || range.1 == -1;
                Some(Some(if all { ALL_PORTS } else { range }))
            }
            _ => Some(None),
        }
    }

    /// Whether it opens a port.
    pub(super) fn opens(&self, port: i64) -> Option<bool> {
        Some(match self.ports()? {
            Some((from, to)) => (from..=to).contains(&port),
            None => false,
        })
    }

    /// The name of the setting that says which ports it opens.
    pub(super) fn ports_name(&self) -> &'static str {
        if self.protocol().as_deref() == Some("-1") || self.resource.is_absent("FromPort") {
            "IpProtocol"
        } else {
            "FromPort"
        }
    }
}

/// Every rule of one direction.
pub(super) fn rules<'g>(check: &Check<'g>, direction: Direction) -> Vec<FirewallRule<'g>> {
    let kind = match direction {
        Direction::In => Kind::SecurityGroupIngress,
        Direction::Out => Kind::SecurityGroupEgress,
    };
    check
        .all(kind)
        .into_iter()
        .map(|resource| {
            let group = resource
                .setting("GroupId")
                .and_then(|setting| check.referred(setting.value()))
                .filter(|group| group.node.kind == Kind::SecurityGroup);
            FirewallRule { resource, group }
        })
        .collect()
}

/// The setting that names a cache's security groups.
pub(super) const fn groups_name(kind: Kind) -> &'static str {
    match kind {
        Kind::CacheCluster => "VpcSecurityGroupIds",
        _ => "SecurityGroupIds",
    }
}

/// The security groups of a cache, each where it is in the same graph.
pub(super) fn groups<'g>(
    check: &Check<'g>,
    cache: &Resource<'g>,
) -> Option<Vec<Option<Resource<'g>>>> {
    let values = cache.list(groups_name(cache.node.kind))?;
    let group = |value| {
        check
            .referred(value)
            .filter(|group| group.node.kind == Kind::SecurityGroup)
    };
    Some(values.iter().map(group).collect())
}

/// The port that clients of a cache connect to.
pub(super) fn port(cache: &Resource<'_>) -> Option<i64> {
    let usual = match cache::engine(cache) {
        Some("memcached") => 11211,
        _ => 6379,
    };
    match cache.node.kind {
        Kind::ServerlessCache => Some(usual),
        _ => cache.integer_or("Port", usual),
    }
}

/// The rules of one direction that concern a cache, each with its caches: of a group that a
/// cache wears, or for nothing but a cache's port.
pub(super) fn rules_of_caches<'g>(
    check: &Check<'g>,
    direction: Direction,
) -> Vec<(FirewallRule<'g>, Vec<Resource<'g>>)> {
    let worn: Vec<(Resource<'g>, Vec<Resource<'g>>)> = super::caches(check)
        .into_iter()
        .map(|cache| {
            let groups = groups(check, &cache).unwrap_or_default();
            (cache, groups.into_iter().flatten().collect())
        })
        .collect();
    rules(check, direction)
        .into_iter()
        .filter_map(|rule| {
            let caches: Vec<Resource<'g>> = worn
                .iter()
                .filter(|(_, groups)| groups.iter().any(|group| rule.is_of(group)))
                .map(|(cache, _)| *cache)
                .collect();
            let of_a_port = direction == Direction::In
                && matches!(
                    rule.ports(),
                    Some(Some((6379, 6379 | 6380) | (6380, 6380) | (11211, 11211)))
                );
            (!caches.is_empty() || of_a_port).then_some((rule, caches))
        })
        .collect()
}

/// Whether a rule lets its peers reach the port of one of its caches.
pub(super) fn reaches(rule: &FirewallRule<'_>, caches: &[Resource<'_>]) -> bool {
    caches.is_empty()
        || caches
            .iter()
            .filter_map(port)
            .any(|port| rule.opens(port) == Some(true))
}

/// The file is one of Terraform's.
pub(super) fn is_terraform(check: &Check<'_>) -> bool {
    check.graph().source == Source::Read(Language::Terraform)
}
