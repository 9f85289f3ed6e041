//! Users: who may log in to a cache that runs.

use super::Combination;
use crate::diff::case::Case;
use crate::diff::judge::in_place;
use crate::diff::verdict::{Judgement, Source, Verdict};
use crate::graph::Kind;
use crate::order::{Transit, transit};

pub(super) const COMBINATION: Combination = Combination {
    about: "users: the first ones, none, others, and what they may do",
    judge,
};

fn judge(case: &Case<'_>) -> Option<Judgement> {
    match (case.kind, case.setting) {
        (Kind::ReplicationGroup, "UserGroupIds") => group(case),
        (Kind::UserGroup, "UserIds") => Some(
            Judgement::new(
                Verdict::Interruption,
                "users come or go: connections of one that goes end",
                Source::GUIDE,
            )
            .advise("every group of the engine redis keeps a user called default"),
        ),
        (Kind::User, "AccessString") => Some(Judgement::new(
            Verdict::InPlace,
            "what the user may do changes at once, also on open connections",
            Source::GUIDE,
        )),
        (Kind::User, "Passwords" | "AuthenticationMode" | "NoPasswordRequired") => Some(
            Judgement::new(
                Verdict::Interruption,
                "whoever logs in with what no longer counts is shut out at the next connection",
                Source::GUIDE,
            )
            .advise("keep the old password beside the new one until every client has moved: a user may have two"),
        ),
        _ => None,
    }
}

fn group(case: &Case<'_>) -> Option<Judgement> {
    let token = |has: &dyn Fn(&str) -> bool| {
        ["AuthToken", "auth_token", "auth_token_wo"]
            .iter()
            .any(|name| has(name))
    };
    let had_token = token(&|name| case.had(name));
    let (had, has) = (case.had("UserGroupIds"), case.has("UserGroupIds"));
    let waits = case.waits();
    let found = |verdict, reason: &'static str, advice: &'static str| {
        Some(Judgement {
            waits,
            ..Judgement::new(verdict, reason, Source::GUIDE)
                .and(Source::API)
                .advise(advice)
        })
    };
    match (had, has) {
        (false, true) if had_token => found(
            Verdict::Refused,
            "a token gives way to users in one step",
            "cachewright migrate writes the steps: AWS takes a token away in the one request that names the users that come instead",
        ),
        (false, true)
            if case
                .before()
                .and_then(transit)
                .is_some_and(|was| was != Transit::Required) =>
        {
            found(
                Verdict::Refused,
                "users need TLS to be required first",
                "require TLS, deploy, and say the users then",
            )
        }
        (false, true) => found(
            Verdict::Interruption,
            "from then on clients have to log in as one of the users",
            "let the user default in without a password first, and close that door when every client logs in",
        ),
        (true, false) => found(
            Verdict::InPlace,
            "everybody who reaches the cache may use it",
            "say who may log in instead, unless that is meant",
        ),
        _ => Some(in_place(case, Source::table(case.language()))),
    }
}
