//! Who may log in: nobody has to, a token, users; each after TLS is required.

use super::cache::{Cache, is as named, property};
use super::feature::{Held, Path, refused};
use super::graph::{edit, put_after, remove};
use super::step::ASK;
use super::{Names, Step};
use crate::diagnostic::Diagnostic;
use crate::diff::{Source, Verdict};
use crate::environment::Environment;
use crate::graph::{
    Graph, Kind, Language, LookupKind, Node, Part, Property, Reference, Secret, SecretStore, Text,
    Value,
};
use crate::order::{self, Token};
use crate::resource::replication_group::AuthToken;
use crate::resource::secret::GeneratedSecret;
use crate::source::{SecretRef, SecureString};

/// The settings that are about the token.
const TOKEN: [&str; 5] = [
    "AuthToken",
    "auth_token",
    "auth_token_wo",
    "auth_token_wo_version",
    "auth_token_update_strategy",
];
const USERS: &str = "UserGroupIds";
const STRATEGY: &str = "auth_token_update_strategy";
const WRITE_ONLY: &str = "auth_token_wo_version";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Open,
    Token,
    Users,
}

impl Access {
    fn of(cache: &Cache<'_>) -> Self {
        if TOKEN.iter().any(|name| cache.has(name)) {
            Self::Token
        } else if cache.has(USERS) {
            Self::Users
        } else {
            Self::Open
        }
    }
}

pub(super) fn path(
    was: &Cache<'_>,
    is: &Cache<'_>,
    names: &Names,
    definition: &Environment,
) -> Result<Path, Box<Diagnostic>> {
    let (from, to) = (Access::of(was), Access::of(is));
    match (from, to) {
        (Access::Open, Access::Token) => {
            let first = first(is, None)?;
            let path = Path::none().then(
                Held::edit(|graph, _| edit(graph, |cache| remove(cache, &TOKEN))),
                opened(names, is, false),
            );
            Ok(path.then(first, closed(names, is)))
        }
        (Access::Users, Access::Token) => {
            let first = first(is, None)?;
            let path = Path {
                opening: Some(opened(names, is, true)),
                ..Path::none()
            };
            Ok(path.then(first, closed(names, is)))
        }
        (Access::Open, Access::Users) => Ok(Path::none().then(
            Held::edit(|graph, _| edit(graph, |cache| remove(cache, &[USERS]))),
            users(names),
        )),
        (Access::Token, Access::Users) => {
            let Some(group) = made(is).filter(|group| !was.makes(group)) else {
                return Ok(Path {
                    opening: Some(users_for_token(is, names)),
                    ..Path::none()
                });
            };
            let Some(held) = with_token(was, definition) else {
                return Err(refused(
                    is,
                    USERS,
                    format!(
                        "a token gives way to the users of {group}, which isn't there yet: AWS takes the token away only when it is told which group comes instead, and where the token is kept can't be said of both"
                    ),
                    "a group that is there before the token goes",
                    "make the group by itself (an environment or stack of its own), name it by UserGroup::existing(…), and plan again",
                ));
            };
            let path = Path {
                opening: Some(users_made(names)),
                ..Path::none()
            };
            Ok(path.then(held, users_for_token(is, names)))
        }
        (Access::Token, Access::Open) => Ok(Path {
            opening: Some(token_gone(names)),
            ..Path::none()
        }),
        (Access::Users, Access::Open) => Ok(Path {
            opening: Some(users_gone(names)),
            ..Path::none()
        }),
        (Access::Token, Access::Token) => rotation(was, is, names),
        (Access::Open, Access::Open) | (Access::Users, Access::Users) => Ok(Path::none()),
    }
}

impl Cache<'_> {
    fn makes(&self, logical_id: &str) -> bool {
        let nodes = self.graphs.iter().flat_map(|graph| &graph.nodes);
        nodes.into_iter().any(|node| node.logical_id == logical_id)
    }

    /// The token, by where it is kept.
    fn token(&self) -> Option<Token> {
        let names = ["AuthToken", "auth_token", "auth_token_wo"];
        // in the middle of a rotation Terraform alone has the next one
        let said = self.nodes.iter().rev().flat_map(|node| {
            let of = |name: &&str| property(node, name);
            names.iter().rev().filter_map(of).collect::<Vec<_>>()
        });
        said.into_iter().find_map(|property| match &property.value {
            Value::Secret(secret) => Some(order::named(secret)),
            _ => None,
        })
    }

    fn rotates(&self) -> bool {
        let mut nodes = self.nodes.iter();
        nodes.any(
            |node| match property(node, STRATEGY).map(|one| &one.value) {
                Some(Value::Text(text)) => text.literal() == Some("ROTATE"),
                _ => false,
            },
        )
    }
}

/// The token that opens now, in the place of the users, which are there already: what it was said
/// by, and all that is made and asked for with it.
fn with_token(was: &Cache<'_>, definition: &Environment) -> Option<Held> {
    let token = said_token(was)?;
    let (with, found) = definition.clone().with_token(token).lower();
    if found.iter().any(Diagnostic::is_error) {
        return None;
    }
    let cache = Cache::of(&with)?;
    let said: Vec<Property> = cache
        .nodes
        .iter()
        .flat_map(|node| &node.properties)
        .cloned()
        .collect();
    let said = said
        .into_iter()
        .filter(|one| TOKEN.iter().any(|name| named(one, name)));
    let said: Vec<Property> = said.collect();
    Some(Held::edit(move |graph, _| {
        edit(graph, |cache| {
            remove(cache, &[USERS]);
            let mode = "TransitEncryptionMode";
            let after = if property(cache, mode).is_some() {
                mode
            } else {
                "TransitEncryptionEnabled"
            };
            for one in said.iter().rev() {
                put_after(cache, after, one.clone());
            }
        });
        let at = graph
            .nodes
            .iter()
            .position(|node| matches!(node.kind, Kind::ParameterGroup | Kind::ReplicationGroup));
        for node in with.nodes.iter().rev() {
            let is_there = |other: &Node| other.kind == node.kind && other.label == node.label;
            if !graph.nodes.iter().any(is_there) {
                graph.nodes.insert(at.unwrap_or(0), node.clone());
            }
        }
        for lookup in &with.lookups {
            if !graph.lookups.iter().any(|other| other.id == lookup.id) {
                graph.lookups.push(lookup.clone());
            }
        }
        for input in &with.inputs {
            if !graph.inputs.iter().any(|other| other.id == input.id) {
                graph.inputs.push(input.clone());
            }
        }
    }))
}

/// The token as a definition says it, as far as that can be read back.
fn said_token(was: &Cache<'_>) -> Option<AuthToken> {
    let secret = was.nodes.iter().find_map(|node| {
        match property(node, "AuthToken").map(|one| &one.value) {
            Some(Value::Secret(secret)) => Some(secret),
            _ => None,
        }
    })?;
    if was.rotates() {
        return None;
    }
    let token = match (&secret.store, secret.name().0.as_slice()) {
        (
            SecretStore::SecretsManager {
                json_key, stage, ..
            },
            name,
        ) => {
            let mut said = match name {
                [Part::Literal(name)] => SecretRef::named(name),
                [Part::Input(id) | Part::Reference(Reference::Input(id))] => {
                    SecretRef::given_as(&id.logical())
                }
                [Part::Reference(Reference::Node { logical_id, .. })] => {
                    return generated(was, logical_id).map(|token| counted(was, token));
                }
                _ => return None,
            };
            if let Some(key) = json_key {
                said = said.json_key(key);
            }
            if let Some(stage) = stage {
                said = said.version_stage(stage);
            }
            AuthToken::new(said)
        }
        (SecretStore::ParameterStore { version, .. }, name) => {
            let mut said = match name {
                [Part::Literal(name)] => SecureString::named(name),
                [Part::Input(_) | Part::Reference(Reference::Input(_))] => SecureString::given(),
                _ => return None,
            };
            if let Some(version) = version {
                said = said.version(version.parse().ok()?);
            }
            AuthToken::new(said)
        }
    };
    Some(counted(was, token))
}

/// A token in a secret that is made with it.
fn generated(was: &Cache<'_>, logical_id: &str) -> Option<AuthToken> {
    let nodes = was.graphs.iter().flat_map(|graph| &graph.nodes);
    let node = nodes
        .into_iter()
        .find(|node| node.kind == Kind::Secret && node.logical_id == logical_id)?;
    let name = match &property(node, "Name")?.value {
        Value::Text(text) => text.literal()?,
        _ => return None,
    };
    let mut secret = GeneratedSecret::new(name);
    if let Some(Value::Integer(length)) =
        property(node, "GenerateSecretString.PasswordLength").map(|one| &one.value)
    {
        secret = secret.length(u16::try_from(*length).ok()?);
    }
    Some(AuthToken::new(secret))
}

fn counted(was: &Cache<'_>, token: AuthToken) -> AuthToken {
    match was
        .number(WRITE_ONLY)
        .and_then(|number| u32::try_from(number).ok())
    {
        Some(version) => token.write_only(version),
        None => token,
    }
}

/// The group that the definition makes, by its logical id.
fn made(is: &Cache<'_>) -> Option<String> {
    match &is.property(USERS)?.value {
        Value::List(items) => items.iter().find_map(|item| match item {
            Value::Reference(Reference::Node { logical_id, .. }) => Some(logical_id.clone()),
            _ => None,
        }),
        _ => None,
    }
}

/// The state in which the token opens beside what opened before: Terraform says ROTATE, and
/// CloudFormation, which has no word for it, says nothing of the token, or names the old version.
fn first(
    is: &Cache<'_>,
    old: Option<(Option<String>, Option<i64>)>,
) -> Result<Held, Box<Diagnostic>> {
    if is.rotates() {
        return Err(refused(
            is,
            STRATEGY,
            "the first token of a cache is handed over with ROTATE for good, which leaves login without any token open",
            "AuthToken::new(…): the plan goes by ROTATE to SET by itself",
            "say AuthToken::new(…), and rotate from then on",
        ));
    }
    let before = old.as_ref().and_then(|(_, counted)| *counted).unwrap_or(0);
    let counted = match is.number(WRITE_ONLY) {
        None => None,
        Some(last) if last > before + 1 => Some(last - 1),
        Some(last) => {
            return Err(refused(
                is,
                WRITE_ONLY,
                format!(
                    "write-only version {last} of a token that is handed over twice, by ROTATE and by SET"
                ),
                "a version for each of the two, above the one that was",
                format!("say .write_only({})", before + 2),
            ));
        }
    };
    Ok(Held::edit(move |graph, language| {
        if language == Language::CloudFormation {
            match &old {
                None => edit(graph, |cache| remove(cache, &TOKEN)),
                Some((version, _)) => at_version(graph, version.as_deref()),
            }
            return;
        }
        edit(graph, |cache| {
            for property in &mut cache.properties {
                if named(property, STRATEGY) {
                    property.value = Value::text("ROTATE");
                }
                if let Some(counted) = counted.filter(|_| named(property, WRITE_ONLY)) {
                    property.value = Value::Integer(counted);
                }
            }
        });
    }))
}

/// The token at another version of its secret, everywhere that it is read.
fn at_version(graph: &mut Graph, version: Option<&str>) {
    let mut lookup = None;
    edit(graph, |cache: &mut Node| {
        for property in &mut cache.properties {
            if let Property {
                value: Value::Secret(secret),
                ..
            } = property
            {
                set_version(secret, version);
                lookup = Some((secret.lookup.clone(), secret.name().clone()));
            }
        }
    });
    for one in &mut graph.lookups {
        let Some((_, name)) = lookup.as_ref().filter(|(id, _)| *id == one.id) else {
            continue;
        };
        match &mut one.what {
            LookupKind::SecretVersion { stage, .. } => *stage = version.map(str::to_owned),
            LookupKind::SecureString { parameter, .. } => {
                let mut parts: Vec<Part> = name.0.clone();
                if let Some(version) = version {
                    parts.push(Part::Literal(format!(":{version}")));
                }
                *parameter = joined(parts);
            }
            _ => {}
        }
    }
}

/// Literals that follow each other are one.
fn joined(parts: Vec<Part>) -> Text {
    let mut text = Text(Vec::new());
    for part in parts {
        match (text.0.last_mut(), part) {
            (Some(Part::Literal(before)), Part::Literal(more)) => before.push_str(&more),
            (_, part) => text.0.push(part),
        }
    }
    text
}

fn set_version(secret: &mut Secret, to: Option<&str>) {
    match &mut secret.store {
        SecretStore::SecretsManager { stage, .. } => *stage = to.map(str::to_owned),
        SecretStore::ParameterStore { version, .. } => *version = to.map(str::to_owned),
    }
}

/// From one version of the token to another.
fn rotation(was: &Cache<'_>, is: &Cache<'_>, names: &Names) -> Result<Path, Box<Diagnostic>> {
    let (Some(from), Some(to)) = (was.token(), is.token()) else {
        return Ok(Path::none());
    };
    // what a reader couldn't know may be the same
    if from == to && was.rotates() == is.rotates() || from.secret.contains('?') {
        return Ok(Path::none());
    }
    if from.secret != to.secret {
        return Err(refused(
            is,
            "AuthToken",
            "another secret holds the token: every client has the one that opens now, and no state of the definition has both",
            "another version of the same secret",
            "put the next token into the secret that the cache reads now, rotate to that version, and move to the other secret when both hold the same token",
        ));
    }
    if is.rotates() {
        return Ok(Path {
            opening: Some(opened(names, is, false)),
            ..Path::none()
        });
    }
    if was.rotates() {
        return Ok(Path {
            opening: Some(closed(names, is)),
            ..Path::none()
        });
    }
    let counted = was.number(WRITE_ONLY);
    let rotated = first(is, Some((from.version.clone(), counted)))?;
    let version = from.version;
    let before = Held::edit(move |graph, _| {
        at_version(graph, version.as_deref());
        if let Some(counted) = counted {
            edit(graph, |cache| super::graph::set(cache, WRITE_ONLY, counted));
        }
    });
    Ok(Path::none()
        .then(before, opened(names, is, false))
        .then(rotated, closed(names, is)))
}

/// The command that hands the token over, from the secret and from no command line.
fn hand_over(names: &Names, is: &Cache<'_>, strategy: &str) -> String {
    let secret = match is.property("AuthToken").map(|property| &property.value) {
        Some(Value::Secret(secret)) => Some(secret),
        _ => None,
    };
    let name = secret.and_then(|secret| match secret.name().0.as_slice() {
        // one that is made has its name in its own settings
        [Part::Reference(Reference::Node { logical_id, .. })] => {
            let mut nodes = is.graphs.iter().flat_map(|graph| &graph.nodes);
            let node = nodes.find(|node| node.logical_id == *logical_id)?;
            match &property(node, "Name")?.value {
                Value::Text(text) => text.literal().map(str::to_owned),
                _ => None,
            }
        }
        _ => secret.name().literal().map(str::to_owned),
    });
    let read = match secret.map(|secret| &secret.store) {
        Some(SecretStore::ParameterStore { version, .. }) => {
            let name = name.unwrap_or_else(|| "\"$PARAMETER\"".into());
            let version = version
                .as_ref()
                .map(|number| format!(":{number}"))
                .unwrap_or_default();
            format!(
                "aws ssm get-parameter --region {} --with-decryption --name {name}{version} \\\n      --query Parameter.Value --output text | tr -d '\\n'",
                names.region
            )
        }
        _ => {
            let name = name.unwrap_or_else(|| "\"$SECRET\"".into());
            let stage = secret.and_then(Secret::stage);
            let stage = stage
                .map(|stage| format!(" --version-stage {stage}"))
                .unwrap_or_default();
            let part = match secret.and_then(Secret::json_key) {
                Some(key) => format!("jq -j '.\"{key}\"'"),
                None => "tr -d '\\n'".into(),
            };
            format!(
                "aws secretsmanager get-secret-value --region {} --secret-id {name}{stage} \\\n      --query SecretString --output text | {part}",
                names.region
            )
        }
    };
    format!(
        "{read} |\n  aws elasticache modify-replication-group --region {} --replication-group-id {} --apply-immediately \\\n    --auth-token-update-strategy {strategy} --auth-token file:///dev/stdin",
        names.region, names.id
    )
}

fn token_check(names: &Names) -> String {
    names.group(&["Status", "AuthTokenEnabled", "UserGroupIds"])
}

/// ROTATE: the token opens, and so does what opened before.
fn opened(names: &Names, is: &Cache<'_>, from_users: bool) -> Step {
    let (what, then, back) = if from_users {
        (
            "The users are gone and the token opens the cache, and so does no login at all until the next stage.",
            "Hand the token to every client. Until the next stage nobody has to log in, so don't stop here.",
            "Tell the API to take the token away in the request that brings the group back (--auth-token-update-strategy DELETE --user-group-ids-to-add), then deploy the files from before.",
        )
    } else {
        (
            "The new token opens the cache, and so does what opened it before: another token, or no login at all.",
            "Hand the token to every client. Until the next stage the door is as open as it was, so don't stop here.",
            "Clients get in without the new token as they did before. To take it away again is a plan of its own.",
        )
    };
    Step::new(
        "token-rotate",
        what,
        "Clients learn the token while they still get in without it; no other order shuts nobody out.",
    )
    .source(Source::GUIDE)
    .source(Source::API)
    .before(
        "Put the token into its secret, from a file that you delete, unless this stage makes the secret with a token in it. Let nobody but the clients read it.",
        Vec::new(),
    )
    .after(
        Some(Language::CloudFormation),
        format!("there is no word for this step, and the template says nothing of the new token yet: tell the API.{}", given(is)),
        vec![hand_over(names, is, "ROTATE"), names.wait()],
    )
    .after(None, then, Vec::new())
    .check(token_check(names), "available, true, []")
    .back(back)
    .answer(Language::CloudFormation, "AuthToken", Verdict::Unknown, ASK)
}

/// What the command asks for that is only known at deployment.
fn given(is: &Cache<'_>) -> &'static str {
    let command = hand_over(&Names::nobody(), is, "SET");
    if command.contains("\"$SECRET\"") {
        " `$SECRET` is the secret's name or ARN."
    } else if command.contains("\"$PARAMETER\"") {
        " `$PARAMETER` is the parameter's name."
    } else {
        ""
    }
}

/// SET: only the token opens.
fn closed(names: &Names, is: &Cache<'_>) -> Step {
    Step::new(
        "token-set",
        "Only the token opens the cache.",
        "From here on clients without the token are shut out, so every client has to have it.",
    )
    .source(Source::GUIDE)
    .source(Source::API)
    .before("Make sure that every client logs in with the token.", Vec::new())
    .before_in(
        Some(Language::CloudFormation),
        format!("tell the API first, so that what the template says is what already is.{}", given(is)),
        vec![hand_over(names, is, "SET"), names.wait()],
    )
    .check(token_check(names), "available, true, []; and a client without the token gets NOAUTH")
    .back("The token stays. Whoever is shut out gets it; another one comes by a rotation, and to have none again is a plan of its own.")
    .answer(Language::CloudFormation, "AuthToken", Verdict::Unknown, ASK)
}

fn users(names: &Names) -> Step {
    Step::new(
        "users",
        "Clients have to log in as one of the users.",
        "Users need TLS to be required, and shut out everybody who doesn't log in.",
    )
    .source(Source::GUIDE)
    .source(Source::API)
    .before(
        "Give every client its user and password or its role. To let clients move one after the other, let the user default in without a password at first, and close that door in a change of its own.",
        Vec::new(),
    )
    .check(token_check(names), "available, false, and the group")
    .back("Deploy the files of the stage before: nobody has to log in again.")
}

fn users_gone(names: &Names) -> Step {
    Step::new(
        "users-gone",
        "Nobody has to log in any more.",
        "Who may log in goes before TLS does, because users need it.",
    )
    .source(Source::GUIDE)
    .check(token_check(names), "available, false, []")
    .back("Deploy the files from before: the users are back.")
}

fn users_made(names: &Names) -> Step {
    Step::new(
        "users-made",
        "The users and their group are made; the cache goes on with its token.",
        "AWS takes a token away only in the request that names the group that comes instead, so the group has to be there first.",
    )
    .source(Source::API)
    .check(
        format!(
            "aws elasticache describe-user-groups --region {} \\\n  --query 'UserGroups[].[UserGroupId, Status]' --output text",
            names.region
        ),
        "active for the group",
    )
    .back("Deploy the files from before: the users go, and nobody has used them.")
}

fn users_for_token(is: &Cache<'_>, names: &Names) -> Step {
    let group = match is.property(USERS).map(|property| &property.value) {
        Some(Value::List(items)) => items.iter().find_map(|item| match item {
            Value::Text(text) => text.literal().map(str::to_owned),
            Value::Reference(Reference::Node { logical_id, .. }) => {
                let mut nodes = is.graphs.iter().flat_map(|graph| &graph.nodes);
                let node = nodes.find(|node| node.logical_id == *logical_id)?;
                match &property(node, "UserGroupId")?.value {
                    Value::Text(text) => text.literal().map(str::to_owned),
                    _ => None,
                }
            }
            _ => None,
        }),
        _ => None,
    };
    let group = group.unwrap_or_else(|| "\"$USER_GROUP\"".into());
    let step = Step::new(
        "users",
        "Users take the place of the token: clients have to log in as one of them.",
        "AWS takes a token away only in the request that names the group that comes instead, and neither language has both words in every version.",
    )
    .before(
        "Give every client its user and password or its role. A user called default whose password is the token lets clients in that still send it.",
        Vec::new(),
    )
    .before(
        "Tell the API, then deploy: both languages follow what is.",
        vec![
            format!("{} \\\n  --auth-token-update-strategy DELETE --user-group-ids-to-add {group}", names.modify()),
            names.wait(),
        ],
    )
    .answer(
        Language::CloudFormation,
        USERS,
        Verdict::Refused,
        "the command before it has done that already",
    )
    .answer(
        Language::Terraform,
        USERS,
        Verdict::Refused,
        "the command before it has done that already",
    )
    .check(token_check(names), "available, false, and the group")
    .back("Tell the API: the strategy ROTATE with the token and RemoveUserGroups, then SET; and deploy the files from before.");
    without_token(step)
}

fn token_gone(names: &Names) -> Step {
    let (region, id) = (&names.region, &names.id);
    let group = format!("{id}-open");
    let step = Step::new(
        "token-gone",
        "Nobody has to log in any more.",
        "No template and no module takes a token away, and AWS does it only in the request that names a group of users that comes instead. So a group that lets everybody in comes for a moment.",
    )
    .before(
        "Take the token away by a group that holds only AWS's own user default, who needs no password.",
        vec![
            format!("aws elasticache create-user-group --region {region} --user-group-id {group} --engine redis --user-ids default"),
            format!("aws elasticache describe-user-groups --region {region} --user-group-id {group} \\\n  --query 'UserGroups[0].Status' --output text   # go on at active"),
            format!("{} \\\n  --auth-token-update-strategy DELETE --user-group-ids-to-add {group}", names.modify()),
            names.wait(),
            format!("{} --user-group-ids-to-remove {group}", names.modify()),
            names.wait(),
            format!("aws elasticache delete-user-group --region {region} --user-group-id {group}"),
        ],
    )
    .check(token_check(names), "available, false, []")
    .back("A token comes back as a first one does: by ROTATE, then SET, in a plan of its own.");
    without_token(step)
}

/// What both ways of losing a token have in common.
fn without_token(step: Step) -> Step {
    step.source(Source::GUIDE)
        .source(Source::API)
        .before_in(
            Some(Language::Terraform),
            "bring the state up to what is, before you plan: Terraform reads that the token is gone. Where the apply is refused because a token is missing, it had nothing left to do, and the plan after it is empty.",
            vec!["terraform -chdir=\"$TERRAFORM\" apply -refresh-only".into()],
        )
        .answer(Language::CloudFormation, "AuthToken", Verdict::Unknown, ASK)
        .answer(
            Language::Terraform,
            "AuthToken",
            Verdict::Refused,
            "the command before it has taken the token away, and Terraform reads that it is gone",
        )
        .answer(
            Language::Terraform,
            "auth_token_update_strategy",
            Verdict::Refused,
            "the command before it has taken the token away, and Terraform reads that it is gone",
        )
        .answer(
            Language::Terraform,
            "auth_token_wo_version",
            Verdict::Refused,
            "the command before it has taken the token away, and Terraform reads that it is gone",
        )
}
