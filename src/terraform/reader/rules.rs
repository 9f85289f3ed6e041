//! Rules of security groups that aren't resources of their own kind: those inside a group, and
//! those with several sources. Each source becomes a rule, as the graph has it.

use crate::graph::{Kind, Language, Node};
use crate::read::{self, Data, Member, Read};

const DIRECTIONS: [(&str, Kind); 2] = [
    ("ingress", Kind::SecurityGroupIngress),
    ("egress", Kind::SecurityGroupEgress),
];

/// Several sources under one name, and what one of them is called in a rule of its own.
const SOURCES: [(&str, &str); 5] = [
    ("cidr_blocks", "cidr_ipv4"),
    ("ipv6_cidr_blocks", "cidr_ipv6"),
    ("prefix_list_ids", "prefix_list_id"),
    ("security_groups", "referenced_security_group_id"),
    ("source_security_group_id", "referenced_security_group_id"),
];

/// Takes the rules out of a group's settings. One that isn't known stays, so that the group is
/// not thought to have none.
pub(super) fn taken_out(members: Vec<Member>) -> (Vec<Member>, Vec<(Kind, Read)>) {
    let mut rules = Vec::new();
    let mut others = Vec::new();
    for member in members {
        let direction = DIRECTIONS.iter().find(|(name, _)| *name == member.name);
        match (direction, member.value.data) {
            (Some((_, kind)), Data::List(items)) => {
                rules.extend(items.into_iter().map(|rule| (*kind, rule)));
            }
            (_, data) => others.push(Member {
                value: Read {
                    data,
                    ..member.value
                },
                ..member
            }),
        }
    }
    (others, rules)
}

/// A rule that stands inside a group.
pub(super) fn inline(group: &Node, direction: Kind, rule: Read, own: &Read) -> Vec<Node> {
    let mut node = Node::new(direction, &group.logical_id, &group.label, &rule.place);
    node.of = Some(Kind::SecurityGroup.terraform().to_owned());
    node.module.clone_from(&group.module);
    node.only = Some(Language::Terraform);
    let group_id = Member {
        name: "security_group_id".into(),
        place: rule.place.clone(),
        value: own.clone(),
    };
    match rule.data {
        Data::Object(members) => {
            let mut all = vec![group_id];
            all.extend(members);
            split(&node, all)
        }
        _ => {
            node.partial = true;
            read::fill(&mut node, Language::Terraform, vec![group_id]);
            vec![node]
        }
    }
}

/// An `aws_security_group_rule`.
pub(super) fn of_resource(resource: &Node, members: Vec<Member>) -> Vec<Node> {
    let direction = members
        .iter()
        .find(|member| member.name == "type")
        .and_then(|member| member.value.literal())
        .and_then(|name| DIRECTIONS.iter().find(|(known, _)| *known == name));
    let Some((_, kind)) = direction else {
        let mut node = resource.clone();
        read::fill(&mut node, Language::Terraform, members);
        return vec![node];
    };
    let mut node = resource.clone();
    node.kind = *kind;
    node.only = Some(Language::Terraform);
    split(&node, members)
}

/// One rule for each source.
fn split(node: &Node, members: Vec<Member>) -> Vec<Node> {
    let mut common: Vec<Member> = Vec::new();
    let mut sources: Vec<(&str, Member)> = Vec::new();
    let mut is_unknown = node.partial;
    let group = members
        .iter()
        .find(|member| member.name == "security_group_id")
        .cloned();
    let is_all = members.iter().any(|member| {
        member.name == "protocol"
            && member
                .value
                .literal()
                .is_some_and(|protocol| protocol == "-1" || protocol == "all")
    });
    for mut member in members {
        if let Some((_, one)) = SOURCES.iter().find(|(name, _)| *name == member.name) {
            match member.value.data {
                Data::Null => {}
                Data::List(items) => {
                    for value in items {
                        let place = value.place.clone();
                        let name = (*one).to_owned();
                        sources.push((*one, Member { name, place, value }));
                    }
                }
                Data::Unknown => {
                    is_unknown = true;
                    sources.push((*one, renamed(member, one)));
                }
                _ => sources.push((*one, renamed(member, one))),
            }
            continue;
        }
        match member.name.as_str() {
            "type" => {}
            "self" => match (member.value.literal().as_deref(), &group) {
                (Some("true"), Some(group)) => {
                    let value = Read {
                        place: member.value.place.clone(),
                        origin: None,
                        ..group.value.clone()
                    };
                    let one = "referenced_security_group_id";
                    sources.push((one, renamed(Member { value, ..member }, one)));
                }
                (None, _) if member.value.data == Data::Unknown => is_unknown = true,
                _ => {}
            },
            "protocol" => {
                if is_all {
                    member.value.data = Data::Text("-1".into());
                }
                common.push(renamed(member, "ip_protocol"));
            }
            // a rule for everything names no ports
            "from_port" | "to_port" if is_all => {}
            _ => common.push(member),
        }
    }
    if sources.is_empty() {
        let mut only = node.clone();
        only.partial |= is_unknown;
        read::fill(&mut only, Language::Terraform, common);
        return vec![only];
    }
    let mut nodes = Vec::new();
    for (number, (_, source)) in sources.into_iter().enumerate() {
        let mut one = node.clone();
        one.place = source.value.place.clone();
        one.logical_id = format!(
            "{}.{}[{}:{}]#{number}",
            node.logical_id,
            if node.kind == Kind::SecurityGroupIngress {
                "ingress"
            } else {
                "egress"
            },
            node.place.line,
            node.place.column
        );
        let mut members = common.clone();
        members.push(source);
        read::fill(&mut one, Language::Terraform, members);
        nodes.push(one);
    }
    nodes
}

fn renamed(member: Member, name: &str) -> Member {
    Member {
        name: name.to_owned(),
        ..member
    }
}
