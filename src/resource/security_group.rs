//! The security group of the cache: who may reach it, and what it may reach.

use crate::diagnostic::Place;
use crate::graph::{Entry, Kind, Language, Node, Property, Value};
use crate::lower::Lowering;
use crate::source::{ExistingSecurityGroup, Import, Vpc};
use crate::value::{At, Cidr, PrefixListId, Word as _};

/// The security groups of the cache: one that is made, or some that exist already.
#[derive(Clone, Debug)]
pub enum SecurityGroups {
    /// A group that is made.
    Make(Box<SecurityGroup>),
    /// Groups that exist already, and whoever owns them says who may connect.
    Existing(Vec<ExistingSecurityGroup>, Place),
}

impl SecurityGroups {
    /// Groups that exist already: at most five.
    #[track_caller]
    #[must_use]
    pub fn existing(groups: impl IntoIterator<Item = ExistingSecurityGroup>) -> Self {
        Self::Existing(groups.into_iter().collect(), Place::here())
    }
}

impl From<SecurityGroup> for SecurityGroups {
    fn from(group: SecurityGroup) -> Self {
        Self::Make(Box::new(group))
    }
}

/// A security group for the cache.
#[derive(Clone, Debug)]
pub struct SecurityGroup {
    vpc: Vpc,
    name: Option<At<String>>,
    description: Option<At<String>>,
    clients: Vec<Client>,
    egress: Egress,
    egress_place: Option<Place>,
    place: Place,
}

/// Who may connect to the cache's port.
#[derive(Clone, Debug)]
pub struct Client {
    id: At<String>,
    peer: Peer,
    description: Option<At<String>>,
}

#[derive(Clone, Debug)]
enum Peer {
    SecurityGroup(ExistingSecurityGroup),
    MadeSecurityGroup,
    Cidr(At<String>),
    ImportedCidr(Import),
    PrefixList(At<String>),
}

/// What the cache may reach. A cache answers; it has no need to call anybody.
#[derive(Clone, Debug, Default)]
pub enum Egress {
    /// Nothing but itself: one rule to the loopback address, which is how both
    /// languages say nothing at all.
    #[default]
    None,
    /// Everything, over IPv4.
    All,
    /// These blocks of addresses, by any protocol.
    To(Vec<String>),
}

impl Client {
    /// Whoever wears a security group. The id names the rule in both languages.
    #[track_caller]
    #[must_use]
    pub fn security_group(id: &str, group: ExistingSecurityGroup) -> Self {
        Self::new(At::here(id), Peer::SecurityGroup(group))
    }

    /// Whoever wears a security group that is made for it, `<replication group>-<id>-clients`. It lets
    /// its wearer out to the cache's port and to nothing else; what the application needs
    /// beyond that is in the groups that it wears already.
    #[track_caller]
    #[must_use]
    pub fn made_security_group(id: &str) -> Self {
        Self::new(At::here(id), Peer::MadeSecurityGroup)
    }

    /// Whoever has an address in a block, IPv4 or IPv6.
    #[track_caller]
    #[must_use]
    pub fn cidr(id: &str, block: &str) -> Self {
        Self::new(At::here(id), Peer::Cidr(At::here(block)))
    }

    /// Whoever has an address in an IPv4 block that another stack exports.
    #[track_caller]
    #[must_use]
    pub fn imported_cidr(id: &str, block: Import) -> Self {
        Self::new(At::here(id), Peer::ImportedCidr(block))
    }

    /// Whoever is on a managed prefix list.
    #[track_caller]
    #[must_use]
    pub fn prefix_list(id: &str, list: &str) -> Self {
        Self::new(At::here(id), Peer::PrefixList(At::here(list)))
    }

    /// What the rule says of itself, in EC2's ASCII characters.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.description = Some(At::here(text));
        self
    }

    fn new(id: At<String>, peer: Peer) -> Self {
        Self {
            id,
            peer,
            description: None,
        }
    }
}

impl SecurityGroup {
    /// A group in a VPC, named `<replication group>-sg` unless told otherwise, that
    /// lets nobody in yet and nothing out.
    #[track_caller]
    #[must_use]
    pub fn new(vpc: Vpc) -> Self {
        Self {
            vpc,
            name: None,
            description: None,
            clients: Vec::new(),
            egress: Egress::None,
            egress_place: None,
            place: Place::here(),
        }
    }

    /// The group's name. Another name is another group.
    #[track_caller]
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(At::here(name));
        self
    }

    /// The group's description, in EC2's ASCII characters. Another description is another group.
    #[track_caller]
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.description = Some(At::here(text));
        self
    }

    /// Lets a client connect to the cache's port.
    #[must_use]
    pub fn allow(mut self, client: Client) -> Self {
        self.clients.push(client);
        self
    }

    /// What the cache may reach; nothing unless told otherwise.
    #[track_caller]
    #[must_use]
    pub fn egress(mut self, egress: Egress) -> Self {
        self.egress = egress;
        self.egress_place = Some(Place::here());
        self
    }

    fn lower(
        &self,
        cx: &mut Lowering,
        replication_group: &str,
        port: u16,
        tags: &[Entry],
        nodes: &mut Vec<Node>,
    ) -> Value {
        let mut group = Node::new(Kind::SecurityGroup, "SecurityGroup", "this", &self.place);
        group
            .put(
                "GroupName",
                "name",
                self.name
                    .as_ref()
                    .map_or_else(|| format!("{replication_group}-sg"), |at| at.value.clone()),
            )
            .from(self.name.as_ref().map(|at| &at.place));
        group
            .put(
                "GroupDescription",
                "description",
                self.description.as_ref().map_or_else(
                    || format!("Access to {replication_group}"),
                    |at| at.value.clone(),
                ),
            )
            .from(self.description.as_ref().map(|at| &at.place));
        group
            .put("VpcId", "vpc_id", self.vpc.lower(cx))
            .from(self.vpc.place());

        let egress = self.egress_rules(cx);
        // inside the group: only there does CloudFormation drop the rule that allows everything
        group
            .put_cfn(
                "SecurityGroupEgress",
                Value::Objects(egress.iter().map(|rule| rule.properties()).collect()),
            )
            .from(self.egress_place.as_ref());
        group.put_tags(tags);
        let group_id = group.attribute(Some("GroupId"), "id");
        let place = self.place.clone();
        nodes.push(group);

        let mut sources: Vec<(Property, Place)> = Vec::new();
        for client in &self.clients {
            let made = matches!(client.peer, Peer::MadeSecurityGroup).then(|| {
                let vpc = self.vpc.lower(cx);
                client.make(cx, vpc, &group_id, replication_group, port, tags, nodes)
            });
            let around = Around {
                vpc: &self.vpc,
                group_id: group_id.clone(),
                made,
                replication_group,
                port,
            };
            let node = client.lower(cx, around);
            if let Some(source) = node.properties.last().cloned() {
                let same = |(known, _): &&(Property, Place)| {
                    known.cloudformation == source.cloudformation && known.value == source.value
                };
                if let Some((_, first)) = sources.iter().find(same) {
                    let first = first.clone();
                    cx.error(
                        "client-twice",
                        &client.id.place,
                        format!("client {:?} is let in already", client.id.value),
                        "one rule for each source: EC2 refuses a second",
                        format!("leave one of them out; the first is at {first}"),
                    );
                }
                sources.push((source, client.id.place.clone()));
            }
            nodes.push(node);
        }
        for rule in egress {
            let mut node = Node::new(
                Kind::SecurityGroupEgress,
                &format!("SecurityGroupEgress{}", rule.label),
                &rule.label.to_ascii_lowercase(),
                self.egress_place.as_ref().unwrap_or(&place),
            );
            node.only = Some(Language::Terraform);
            node.put("GroupId", "security_group_id", group_id.clone());
            node.properties.extend(rule.properties());
            nodes.push(node);
        }
        group_id
    }

    fn egress_rules(&self, cx: &mut Lowering) -> Vec<EgressRule> {
        let rule = |label: &str, block: &str, description: &str| EgressRule {
            label: label.to_owned(),
            block: block.to_owned(),
            description: description.to_owned(),
        };
        match &self.egress {
            Egress::None => vec![rule("None", "127.0.0.1/32", "No outbound traffic")],
            Egress::All => vec![rule("All", "0.0.0.0/0", "All outbound traffic")],
            Egress::To(blocks) => {
                if blocks.is_empty() {
                    cx.error(
                        "egress-empty",
                        self.egress_place.as_ref().unwrap_or(&self.place),
                        "an empty list of egress blocks, which CloudFormation would read as everything",
                        "at least one CIDR block",
                        "say Egress::None for nothing",
                    );
                }
                blocks
                    .iter()
                    .map(|block| {
                        let label: String = block
                            .chars()
                            .map(|c| if c.is_ascii_alphanumeric() { c } else { 'x' })
                            .collect();
                        rule(
                            &format!("To{label}"),
                            block,
                            &format!("Outbound to {block}"),
                        )
                    })
                    .collect()
            }
        }
    }
}

/// What a client's rule has to know.
struct Around<'a> {
    vpc: &'a Vpc,
    group_id: Value,
    /// The client's own group, where it is made.
    made: Option<Value>,
    replication_group: &'a str,
    port: u16,
}

struct EgressRule {
    label: String,
    block: String,
    description: String,
}

impl EgressRule {
    fn properties(&self) -> Vec<Property> {
        vec![
            Property::both("Description", "description", &*self.description),
            Property::both("IpProtocol", "ip_protocol", "-1"),
            block_property(&self.block),
        ]
    }
}

/// A block of addresses in its usual spelling; one that is none stays as it is said.
fn block_property(block: &str) -> Property {
    match Cidr::parse(block) {
        Ok(cidr @ Cidr::V4(..)) => Property::both("CidrIp", "cidr_ipv4", cidr.to_string()),
        Ok(cidr @ Cidr::V6(..)) => Property::both("CidrIpv6", "cidr_ipv6", cidr.to_string()),
        Err(_) if block.contains(':') => Property::both("CidrIpv6", "cidr_ipv6", block),
        Err(_) => Property::both("CidrIp", "cidr_ipv4", block),
    }
}

impl Client {
    /// Makes the group that the client wears, which lets it out to the cache alone.
    #[expect(clippy::too_many_arguments, reason = "what a group is made from")]
    fn make(
        &self,
        cx: &mut Lowering,
        vpc: Value,
        cache: &Value,
        replication_group: &str,
        port: u16,
        tags: &[Entry],
        nodes: &mut Vec<Node>,
    ) -> Value {
        let id = cx.id(&self.id);
        let name = id.snake().replace('_', "-");
        let mut group = Node::new(
            Kind::SecurityGroup,
            &format!("{}ClientsSecurityGroup", id.logical()),
            &format!("{}_clients", id.snake()),
            &self.id.place,
        );
        group.put(
            "GroupName",
            "name",
            format!("{replication_group}-{name}-clients"),
        );
        group.put(
            "GroupDescription",
            "description",
            format!("Clients of {replication_group}"),
        );
        group.put("VpcId", "vpc_id", vpc);
        let egress = [
            Property::both(
                "Description",
                "description",
                format!("To {replication_group}"),
            ),
            Property::both("IpProtocol", "ip_protocol", "tcp"),
            Property::both("FromPort", "from_port", port),
            Property::both("ToPort", "to_port", port),
            Property::both(
                "DestinationSecurityGroupId",
                "referenced_security_group_id",
                cache.clone(),
            ),
        ];
        group.put_cfn("SecurityGroupEgress", Value::Objects(vec![egress.to_vec()]));
        group.put_tags(tags);
        let group_id = group.attribute(Some("GroupId"), "id");
        let mut rule = Node::new(
            Kind::SecurityGroupEgress,
            &format!("SecurityGroupEgress{}Clients", id.logical()),
            &format!("{}_clients", id.snake()),
            &self.id.place,
        );
        rule.only = Some(Language::Terraform);
        rule.put("GroupId", "security_group_id", group_id.clone());
        rule.properties.extend(egress);
        nodes.push(group);
        nodes.push(rule);
        group_id
    }

    fn lower(&self, cx: &mut Lowering, around: Around<'_>) -> Node {
        let Around {
            vpc,
            group_id,
            made,
            replication_group,
            port,
        } = around;
        let id = cx.id(&self.id);
        let mut node = Node::new(
            Kind::SecurityGroupIngress,
            &format!("SecurityGroupIngress{}", id.logical()),
            &id.snake(),
            &self.id.place,
        );
        node.put("GroupId", "security_group_id", group_id);
        node.put(
            "Description",
            "description",
            self.description.as_ref().map_or_else(
                || format!("{} to {replication_group}", self.id.value),
                |at| at.value.clone(),
            ),
        )
        .from(self.description.as_ref().map(|at| &at.place));
        node.put("IpProtocol", "ip_protocol", "tcp");
        node.put("FromPort", "from_port", port);
        node.put("ToPort", "to_port", port);
        let source = match &self.peer {
            Peer::SecurityGroup(group) => Property::both(
                "SourceSecurityGroupId",
                "referenced_security_group_id",
                group.lower(cx, Some(vpc), &format!("the client {}", self.id.value)),
            ),
            Peer::MadeSecurityGroup => Property::both(
                "SourceSecurityGroupId",
                "referenced_security_group_id",
                made.unwrap_or(Value::Unknown),
            ),
            Peer::Cidr(at) => block_property(&at.value),
            Peer::ImportedCidr(import) => {
                Property::both("CidrIp", "cidr_ipv4", import.lower_text(cx))
            }
            Peer::PrefixList(at) => {
                cx.word::<PrefixListId>(at);
                Property::both("SourcePrefixListId", "prefix_list_id", &*at.value)
            }
        };
        node.properties.push(source.at(&self.id.place));
        node
    }
}

impl SecurityGroups {
    /// Where the definition says it.
    pub(crate) fn place(&self) -> &Place {
        match self {
            Self::Make(group) => &group.place,
            Self::Existing(_, place) => place,
        }
    }

    /// The groups' ids, for the replication group; what is made is pushed to `nodes`.
    pub(crate) fn lower(
        &self,
        cx: &mut Lowering,
        replication_group: &str,
        port: u16,
        tags: &[Entry],
        nodes: &mut Vec<Node>,
    ) -> Value {
        match self {
            Self::Make(group) => {
                Value::List(vec![group.lower(cx, replication_group, port, tags, nodes)])
            }
            Self::Existing(groups, _) => Value::List(
                groups
                    .iter()
                    .map(|group| group.lower(cx, None, "the cache"))
                    .collect(),
            ),
        }
    }
}
