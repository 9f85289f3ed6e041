//! The AUTH token: none, ROTATE, SET; and another secret.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;
use crate::order::{Transit, transit};

pub(super) const COMBINATION: Combination = Combination {
    about: "an AUTH token: the first one, the next one, none",
    judge,
};

const NAMES: [&str; 3] = ["AuthToken", "auth_token", "auth_token_wo"];

fn judge(case: &Case<'_>) -> Option<Judgement> {
    let is_token = NAMES.contains(&case.setting);
    let is_strategy = case.setting == "auth_token_update_strategy";
    let is_version = case.setting == "auth_token_wo_version";
    if case.kind != Kind::ReplicationGroup || !(is_token || is_strategy || is_version) {
        return None;
    }
    let had = NAMES.iter().any(|name| case.had(name));
    let has = NAMES.iter().any(|name| case.has(name));
    if case.in_cloudformation() {
        return Some(in_cloudformation(case, had, has));
    }
    let (_, strategy) = case.texts("auth_token_update_strategy");
    let rotates = strategy.as_deref() == Some("ROTATE");
    let source = Source::PROVIDER;
    let found = |verdict, reason: &'static str, advice: &'static str| {
        Some(Judgement {
            waits: case.waits(),
            ..Judgement::new(verdict, reason, source.clone())
                .and(Source::GUIDE)
                .advise(advice)
        })
    };
    let soft = if case.waits() {
        Verdict::Window
    } else {
        Verdict::InPlace
    };
    if !had && has {
        if case
            .before()
            .and_then(transit)
            .is_some_and(|was| was != Transit::Required)
        {
            return found(
                Verdict::Refused,
                "a token needs TLS to be required first",
                "require TLS, deploy, and give the token then",
            );
        }
        return if rotates {
            found(
                soft,
                "the token opens, and so does no token at all, until SET follows",
                "hand the token to every client, then deploy SET: until then the door stays open",
            )
        } else {
            found(
                Verdict::Interruption,
                "from then on only the token opens: clients without it are shut out",
                "with ROTATE first, clients with and without the token get in; then SET",
            )
        };
    }
    if had && !has {
        if case.has("UserGroupIds") {
            return found(
                Verdict::Refused,
                "a token gives way to users in one step",
                "cachewright migrate writes the steps: AWS takes a token away in the one request that names the users that come instead",
            );
        }
        return found(
            Verdict::Refused,
            "a token that is left out stays: the provider takes it away only with auth_token_update_strategy = \"DELETE\"",
            "cachewright migrate writes how it is taken away by hand",
        );
    }
    if is_strategy && !case.changes("AuthToken") && !case.changes("auth_token_wo_version") {
        let (was, _) = case.texts("auth_token_update_strategy");
        return if was.as_deref() == Some("ROTATE") && strategy.as_deref() == Some("SET") {
            found(
                Verdict::Interruption,
                "from then on only the newest token opens: clients with an older one are shut out",
                "move every client first",
            )
        } else {
            found(soft, "it says how the next token is handed over", "")
        };
    }
    if rotates {
        return found(
            soft,
            "the next token opens beside the one that opens now",
            "move the clients, then deploy SET",
        );
    }
    let (was, _) = case.texts("auth_token_update_strategy");
    if was.as_deref() == Some("ROTATE") {
        return found(
            Verdict::Interruption,
            "from then on only the newest token opens: clients with an older one are shut out",
            "move every client first",
        );
    }
    found(
        Verdict::Interruption,
        "another token takes the place of the one that opens now, and shuts out every client that has that one",
        "rotate: put the next token into the same secret, deploy ROTATE, move the clients, deploy SET",
    )
}

fn in_cloudformation(case: &Case<'_>, had: bool, has: bool) -> Judgement {
    if !had
        && case
            .before()
            .and_then(transit)
            .is_some_and(|was| was != Transit::Required)
    {
        return Judgement::new(
            Verdict::Refused,
            "a token needs TLS to be required first",
            Source::API,
        )
        .advise("require TLS, deploy, and give the token then");
    }
    if had && !has {
        return Judgement::new(
            Verdict::Unknown,
            "the sources disagree: the template reference says that a token changes in place, the resource schema that it may need a new group; and a token that is left out may simply stay",
            Source::CLOUDFORMATION,
        )
        .and(Source::SCHEMA)
        .advise("cachewright migrate writes how it is taken away by hand");
    }
    Judgement::new(
        Verdict::Unknown,
        "the sources disagree: the template reference says that a token changes in place, the resource schema that it may need a new group",
        Source::CLOUDFORMATION,
    )
    .and(Source::SCHEMA)
    .advise("tell the API instead (modify-replication-group with --auth-token-update-strategy), and leave the template naming the secret that it names")
}
