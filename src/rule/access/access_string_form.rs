//! Access strings that ElastiCache gives back in another spelling.

use super::access_string;
use super::acl;
use crate::graph::Kind;
use crate::rule::{Check, Example, Levels, Rule};

pub(super) const RULE: Rule = Rule {
    code: "access-string-form",
    title: "An access string that comes back in another spelling",
    levels: Levels::WARNING,
    about: "ElastiCache keeps an access string in its own words: on or off comes first, `allkeys` \
        is `~*`, `allchannels` is `&*`, `allcommands` is `+@all`, `nocommands` is `-@all`, and the \
        rules about commands begin with `+@all` or `-@all`. Terraform compares the words and not \
        what they mean, so it wants to change the user at every run, and a user that is being \
        changed holds up whatever waits for it. CloudFormation never asks. Write what comes back.",
    source: "hashicorp/terraform-provider-aws#20334 and #20729, and how the engines list their \
        users (ACL LIST), read November 2026",
    controls: &[],
    examples: EXAMPLES,
    check: Some(check),
};

fn check(check: &mut Check<'_>) {
    if !check.is_terraform() {
        return;
    }
    for user in check.all(Kind::User) {
        if user.node.ignores("access_string") {
            continue;
        }
        let Some((setting, text)) = user
            .setting("AccessString")
            .and_then(|setting| Some((setting, setting.text()?)))
        else {
            continue;
        };
        // what can't be read is another rule's to say
        let access = acl::read(text);
        let is_read = access.problems.is_empty()
            && access.on.is_some()
            && access_string::too_new(check, &user, &access).is_none();
        let Some(form) = form(text).filter(|_| is_read) else {
            continue;
        };
        let word = setting.name();
        check
            .report(
                &setting,
                format!("{word} comes back in another spelling: {}", form.because),
            )
            .allowed("rules in the words that ElastiCache gives back")
            .help(format!("write {}", form.spelling));
    }
}

/// How an access string comes back.
#[derive(Debug, PartialEq, Eq)]
struct Form {
    spelling: String,
    /// The first thing that is different.
    because: String,
}

/// How an access string comes back, where that is another spelling, and known.
fn form(text: &str) -> Option<Form> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !words.iter().all(|word| is_kept(word)) {
        return None;
    }
    let is_switch = |word: &str| matches!(&*word.to_ascii_lowercase(), "on" | "off");
    let (switches, rules): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| is_switch(word));
    let [switch] = switches.as_slice() else {
        return None;
    };
    let mut because = Vec::new();
    if words.first() != Some(switch) {
        because.push(format!("{switch} is put first"));
    }
    let mut spelling = vec![switch.to_ascii_lowercase()];
    let mut speaks_of_commands = false;
    for rule in rules {
        let other = match &*rule.to_ascii_lowercase() {
            "allkeys" => "~*",
            "allchannels" => "&*",
            "allcommands" => "+@all",
            "nocommands" => "-@all",
            _ => rule,
        };
        if other != rule {
            because.push(format!("{rule} becomes {other}"));
        }
        if other.starts_with(['+', '-']) && !speaks_of_commands {
            speaks_of_commands = true;
            if !matches!(&*other.to_ascii_lowercase(), "+@all" | "-@all") {
                because.push(format!("-@all is put before {other}"));
                spelling.push("-@all".to_owned());
            }
        }
        spelling.push(other.to_owned());
    }
    Some(Form {
        because: because.into_iter().next()?,
        spelling: spelling.join(" "),
    })
}

/// A rule of which it is known how it comes back: nothing is known of selectors, of rights to read
/// or write keys, and of rules that take back what was said before.
fn is_kept(rule: &str) -> bool {
    rule.starts_with(['~', '&', '+', '-'])
        || matches!(
            &*rule.to_ascii_lowercase(),
            "on" | "off" | "allkeys" | "allchannels" | "allcommands" | "nocommands"
        )
}

const EXAMPLES: &[Example] = &[
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on allkeys -@all +@read"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* +@read +@write"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "~orders:* on -@all +@read"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    Example::bad_terraform(
        r#"resource "aws_elasticache_user" "nobody" {
  engine        = "valkey"
  user_id       = "nobody"
  user_name     = "nobody"
  access_string = "off nocommands"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    // CloudFormation compares with what it was told last
    Example::good_cloudformation(
        r"Resources:
  Orders:
    Type: AWS::ElastiCache::User
    Properties:
      Engine: valkey
      UserId: orders
      UserName: orders
      AccessString: on allkeys +@read
      AuthenticationMode:
        Type: iam
",
    ),
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* &orders:* -@all +@read +@hash -hdel"

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user" "reports" {
  engine        = "valkey"
  user_id       = "reports"
  user_name     = "reports"
  access_string = "on ~* +@all -@dangerous"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    // a part that isn't known
    Example::good_terraform(
        r#"variable "commands" {
  type = string
}

resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on allkeys ${var.commands}"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
    // Terraform is told to let it be
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on allkeys +@read"

  authentication_mode {
    type = "iam"
  }

  lifecycle {
    ignore_changes = [access_string]
  }
}
"#,
    ),
    // how a selector comes back isn't known
    Example::good_terraform(
        r#"resource "aws_elasticache_user" "orders" {
  engine        = "valkey"
  user_id       = "orders"
  user_name     = "orders"
  access_string = "on ~orders:* +@read (~carts:* +@write)"

  authentication_mode {
    type = "iam"
  }
}
"#,
    ),
];

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn another_spelling_is_known() {
        for (text, spelling, because) in [
            (
                "on allkeys allcommands",
                "on ~* +@all",
                "allkeys becomes ~*",
            ),
            (
                "~orders:* -@all +get on",
                "on ~orders:* -@all +get",
                "on is put first",
            ),
            (
                "on ~a:* &a:* +@read -hgetall",
                "on ~a:* &a:* -@all +@read -hgetall",
                "-@all is put before +@read",
            ),
            (
                "on allchannels ~a -get",
                "on &* ~a -@all -get",
                "allchannels becomes &*",
            ),
            ("OFF nocommands", "off -@all", "nocommands becomes -@all"),
            (
                "on ALLKEYS +get +@all",
                "on ~* -@all +get +@all",
                "ALLKEYS becomes ~*",
            ),
        ] {
            let form = form(text).unwrap_or_else(|| panic!("{text} stays"));
            assert_eq!((&*form.spelling, &*form.because), (spelling, because));
            assert_eq!(super::form(&form.spelling), None, "{text} doesn't settle");
        }
    }

    #[test]
    fn what_stays_and_what_is_not_known_is_left_alone() {
        for text in [
            "on ~* +@all",
            "off -@all",
            "off ~keys* -@all +get",
            "on ~app::* -@all +@read +@hash -setbit",
            "on ~* &* +@all -@dangerous",
            // no word about commands
            "on ~orders:*",
            // how these come back isn't known
            "on allkeys +get (~a +get)",
            "on %R~a +get",
            "on resetkeys ~a +get",
            "off on allkeys +@all",
            "ON ~* +@ALL",
        ] {
            assert_eq!(form(text), None, "{text}");
        }
    }
}
