use crate::diagnostic::Place;
use crate::graph::{Document, Kind, Node, Output as GraphOutput, Part, Text, Value};
use crate::lower::Lowering;
use crate::resource::replication_group::{Lowered, LoweredAccess};
use crate::value::{At, Id};

/// A value that consumers read: an output of the stack and of the Terraform module.
#[derive(Clone, Debug)]
pub struct Output {
    id: At<String>,
    what: Reads,
    export: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reads {
    Endpoint,
    ReaderEndpoint,
    Port,
    ReplicationGroupId,
    SecurityGroupId,
    ClientSecurityGroupId(String),
    SecretArn(String),
    AuthToken,
    ConnectPolicy(String),
}

impl Output {
    #[track_caller]
    fn new(id: &str, what: Reads) -> Self {
        Self {
            id: At::here(id),
            what,
            export: false,
        }
    }

    /// The address to write to: the configuration endpoint with cluster mode
    /// enabled, else the primary's. The name is spelled in each language's way.
    #[track_caller]
    #[must_use]
    pub fn endpoint(id: &str) -> Self {
        Self::new(id, Reads::Endpoint)
    }

    /// The address to read from, over all replicas; only with cluster mode disabled.
    #[track_caller]
    #[must_use]
    pub fn reader_endpoint(id: &str) -> Self {
        Self::new(id, Reads::ReaderEndpoint)
    }

    /// The port.
    #[track_caller]
    #[must_use]
    pub fn port(id: &str) -> Self {
        Self::new(id, Reads::Port)
    }

    /// The replication group's id.
    #[track_caller]
    #[must_use]
    pub fn replication_group_id(id: &str) -> Self {
        Self::new(id, Reads::ReplicationGroupId)
    }

    /// The id of the security group that is made.
    #[track_caller]
    #[must_use]
    pub fn security_group_id(id: &str) -> Self {
        Self::new(id, Reads::SecurityGroupId)
    }

    /// The id of the security group that is made for a client, by the client's id: what an
    /// application has to wear.
    #[track_caller]
    #[must_use]
    pub fn client_security_group_id(id: &str, client: &str) -> Self {
        Self::new(id, Reads::ClientSecurityGroupId(client.to_owned()))
    }

    /// The ARN of a secret that is made, by the secret's name; never its value.
    #[track_caller]
    #[must_use]
    pub fn secret_arn(id: &str, secret: &str) -> Self {
        Self::new(id, Reads::SecretArn(secret.to_owned()))
    }

    /// The AUTH token itself, for whoever can't read the secret. Terraform marks it as
    /// sensitive and keeps it in its state; CloudFormation can't hide an output, and has none.
    /// Of a token that is passed write-only there is none either.
    #[track_caller]
    #[must_use]
    pub fn auth_token(id: &str) -> Self {
        Self::new(id, Reads::AuthToken)
    }

    /// The least IAM policy that lets a role log in to this cache as a user, by the user's
    /// id: `elasticache:Connect` on exactly the two. A JSON text, for the role's own policies.
    #[track_caller]
    #[must_use]
    pub fn connect_policy(id: &str, user: &str) -> Self {
        Self::new(id, Reads::ConnectPolicy(user.to_owned()))
    }

    /// Lets other stacks import it as `<stack>-<name>`. An export that is in use can't be changed.
    #[must_use]
    pub fn exported(mut self) -> Self {
        self.export = true;
        self
    }
}

/// What consumers read where the definition doesn't say; they are the environment's.
pub(super) fn default_outputs(lowered: &Lowered, nodes: &[Node], place: &Place) -> Vec<Output> {
    let mut outputs = if lowered.cluster_mode {
        vec![("configuration-endpoint-address".to_owned(), Reads::Endpoint)]
    } else {
        vec![
            ("primary-endpoint-address".to_owned(), Reads::Endpoint),
            ("reader-endpoint-address".to_owned(), Reads::ReaderEndpoint),
        ]
    };
    outputs.push(("port".to_owned(), Reads::Port));
    outputs.push(("replication-group-id".to_owned(), Reads::ReplicationGroupId));
    for node in nodes {
        let name = node.label.replace('_', "-");
        match node.kind {
            Kind::SecurityGroup if node.label == "this" => {
                outputs.push(("security-group-id".to_owned(), Reads::SecurityGroupId));
            }
            Kind::SecurityGroup => {
                let client = name.trim_end_matches("-clients").to_owned();
                outputs.push((
                    format!("{client}-security-group-id"),
                    Reads::ClientSecurityGroupId(client),
                ));
            }
            Kind::Secret => {
                let secret = text(node, "Name");
                outputs.push((format!("{name}-secret-arn"), Reads::SecretArn(secret)));
            }
            _ => {}
        }
    }
    if let Some(LoweredAccess::Users(group)) = &lowered.access {
        // what is no id is refused as one
        let users = group.iam.iter().filter(|user| is_user_id(user));
        outputs.extend(users.map(|user| {
            (
                format!("{user}-connect-policy"),
                Reads::ConnectPolicy(user.clone()),
            )
        }));
    }
    outputs
        .into_iter()
        .map(|(id, what)| Output {
            id: At {
                value: Id::of_words(&id).as_str().to_owned(),
                place: place.clone(),
            },
            what,
            export: false,
        })
        .collect()
}

/// A setting that is a plain text.
fn text(node: &Node, name: &str) -> String {
    let mut properties = node.properties.iter();
    let property = properties.find(|it| it.cloudformation.as_deref() == Some(name));
    match property.map(|property| &property.value) {
        Some(Value::Text(text)) => text.literal().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

impl Output {
    pub(super) fn lower(
        &self,
        cx: &mut Lowering,
        lowered: &Lowered,
        nodes: &[Node],
    ) -> Option<GraphOutput> {
        let id = cx.id(&self.id);
        let cache = &lowered.node;
        let (description, value) = match (&self.what, lowered.cluster_mode) {
            (Reads::Endpoint, false) => (
                "Address of the primary, to write to.",
                cache.attribute(Some("PrimaryEndPoint.Address"), "primary_endpoint_address"),
            ),
            (Reads::Endpoint, true) => (
                "Address from which clients learn the shards.",
                cache.attribute(
                    Some("ConfigurationEndPoint.Address"),
                    "configuration_endpoint_address",
                ),
            ),
            (Reads::ReaderEndpoint, false) => (
                "Address of the replicas, to read from.",
                cache.attribute(Some("ReaderEndPoint.Address"), "reader_endpoint_address"),
            ),
            (Reads::ReaderEndpoint, true) => {
                cx.error(
                    "output-reader",
                    &self.id.place,
                    format!("output {:?} reads the reader endpoint, which doesn't exist with cluster mode enabled", self.id.value),
                    "endpoint, port and ids",
                    "use Output::endpoint: cluster clients read from replicas through it",
                );
                return None;
            }
            (Reads::Port, false) => (
                "Port of every node.",
                cache.attribute(Some("PrimaryEndPoint.Port"), "port"),
            ),
            (Reads::Port, true) => (
                "Port of every node.",
                cache.attribute(Some("ConfigurationEndPoint.Port"), "port"),
            ),
            (Reads::ReplicationGroupId, _) => {
                ("Id of the replication group.", cache.attribute(None, "id"))
            }
            (Reads::SecurityGroupId, _) => {
                let is_group =
                    |node: &&Node| node.kind == Kind::SecurityGroup && node.label == "this";
                let Some(group) = nodes.iter().find(is_group) else {
                    cx.error(
                        "output-security-group",
                        &self.id.place,
                        format!(
                            "output {:?} reads a security group, and none is made here",
                            self.id.value
                        ),
                        "endpoint, port and the replication group's id",
                        "leave it out: whoever owns the security group knows its id",
                    );
                    return None;
                };
                (
                    "Id of the cache's security group.",
                    group.attribute(Some("GroupId"), "id"),
                )
            }
            (Reads::ClientSecurityGroupId(client), _) => {
                let label = format!("{}_clients", Id::of_words(client).snake());
                let group = nodes
                    .iter()
                    .find(|node| node.kind == Kind::SecurityGroup && node.label == label);
                let Some(group) = group else {
                    self.nothing(
                        cx,
                        &format!("a security group made for the client {client:?}"),
                        "a client of Client::made_security_group",
                        "check the client's id",
                    );
                    return None;
                };
                (
                    "Id of the security group that clients of the cache wear.",
                    group.attribute(Some("GroupId"), "id"),
                )
            }
            (Reads::SecretArn(secret), _) => {
                let found = nodes
                    .iter()
                    .find(|node| node.kind == Kind::Secret && text(node, "Name") == *secret);
                let Some(found) = found else {
                    self.nothing(
                        cx,
                        &format!("the secret {secret:?}, which isn't made here"),
                        "the name of a GeneratedSecret",
                        "leave it out: whoever owns the secret knows its ARN",
                    );
                    return None;
                };
                (
                    "ARN of the secret, whose value only its readers see.",
                    found.attribute(None, "arn"),
                )
            }
            (Reads::AuthToken, _) => match &lowered.access {
                Some(LoweredAccess::AuthToken(token)) if !token.ephemeral => {
                    ("AUTH token of the cache.", Value::Secret(token.clone()))
                }
                Some(LoweredAccess::AuthToken(_)) => {
                    self.nothing(
                        cx,
                        "a token that Terraform passes write-only and keeps nowhere",
                        "a token without `.write_only(…)`",
                        "let consumers read the secret itself",
                    );
                    return None;
                }
                _ => {
                    self.nothing(
                        cx,
                        "an AUTH token, and the cache has none",
                        "endpoint, port and ids",
                        "leave it out",
                    );
                    return None;
                }
            },
            (Reads::ConnectPolicy(user), _) => {
                if !is_user_id(user) {
                    self.nothing(
                        cx,
                        &format!("a policy for {user:?}, which is no user's id"),
                        "lower-case letters, digits and hyphens, a letter first",
                        "name one user: a policy for several is one output for each",
                    );
                    return None;
                }
                let can = match &lowered.access {
                    Some(LoweredAccess::Users(group)) => {
                        let may = group.existing.as_ref();
                        group.iam.contains(user) || may.is_none_or(|them| them.contains(user))
                    }
                    _ => false,
                };
                if !can {
                    self.nothing(
                        cx,
                        &format!("a policy for {user:?}, who doesn't log in to this cache by IAM"),
                        "the id of a User::iam in the cache's user group",
                        "add the user to the group, or check its id",
                    );
                    return None;
                }
                (
                    "IAM policy that lets a role log in to the cache as this user.",
                    Value::Document(connect_policy(
                        cx,
                        &text(cache, "ReplicationGroupId"),
                        user,
                        &self.id.place,
                    )),
                )
            }
        };
        let sensitive = self.what == Reads::AuthToken;
        if sensitive && self.export {
            cx.error(
                "setting-lost",
                &self.id.place,
                format!(
                    "the export of output {:?}, which CloudFormation doesn't have",
                    self.id.value
                ),
                "exports of what everybody may read",
                "leave `.exported()` out: other stacks read the secret itself",
            );
        }
        Some(GraphOutput {
            export: self.export.then(|| {
                Text(vec![
                    Part::StackName,
                    Part::Literal(format!("-{}", id.logical())),
                ])
            }),
            id,
            description: description.to_owned(),
            value,
            sensitive,
            place: self.id.place.clone(),
        })
    }

    fn nothing(&self, cx: &mut Lowering, what: &str, allowed: &str, help: &str) {
        cx.error(
            "output-unreadable",
            &self.id.place,
            format!("output {:?} reads {what}", self.id.value),
            allowed,
            help,
        );
    }
}

/// A user's id as ElastiCache keeps it, which stands for one user and no more.
fn is_user_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(plain)
}

/// `elasticache:Connect` on exactly this cache and this user.
fn connect_policy(cx: &mut Lowering, group: &str, user: &str, place: &Place) -> Document {
    let arn = |cx: &mut Lowering, what: &str, id: &str| {
        let account = cx.account_id(place);
        let (partition, region) = (cx.region.partition(), cx.region.as_str());
        let before = format!("arn:{partition}:elasticache:{region}:");
        Document::from(Text(vec![
            Part::Literal(before),
            account,
            // ElastiCache keeps ids in lower case
            Part::Literal(format!(":{what}:{}", id.to_ascii_lowercase())),
        ]))
    };
    let resources = vec![arn(cx, "replicationgroup", group), arn(cx, "user", user)];
    [
        ("Version", "2012-10-17".into()),
        (
            "Statement",
            Document::List(vec![
                [
                    ("Effect", "Allow".into()),
                    ("Action", "elasticache:Connect".into()),
                    ("Resource", Document::List(resources)),
                ]
                .into(),
            ]),
        ),
    ]
    .into()
}
