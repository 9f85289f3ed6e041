//! The controls of other tools: what each comes to, the same in both languages, and how
//! `cachewright controls` says it.

use std::collections::BTreeSet;

use cachewright::control::{self, Line, Outcome};
use cachewright::graph::Graph;
use cachewright::prelude::*;
use cachewright::read::Given;
use cachewright::terraform::SourceFile;
use cachewright::{cloudformation, rule, terraform};

#[path = "../environments/mod.rs"]
mod environments;
#[path = "../examples/generated/environments.rs"]
mod generated;

mod common;
use common::{Definition, Ended, cache, everything, named, network, run, run_over, with};

/// Every control that is about ElastiCache, and checkov's about what stands around a cache.
const IDS: [(&str, &[&str]); 8] = [
    (
        "Security Hub",
        &[
            "ElastiCache.1",
            "ElastiCache.2",
            "ElastiCache.3",
            "ElastiCache.4",
            "ElastiCache.5",
            "ElastiCache.6",
            "ElastiCache.7",
        ],
    ),
    (
        "checkov",
        &[
            "CKV2_AWS_5",
            "CKV2_AWS_50",
            "CKV2_AWS_57",
            "CKV2_AWS_64",
            "CKV_AWS_134",
            "CKV_AWS_149",
            "CKV_AWS_158",
            "CKV_AWS_191",
            "CKV_AWS_196",
            "CKV_AWS_23",
            "CKV_AWS_26",
            "CKV_AWS_29",
            "CKV_AWS_30",
            "CKV_AWS_31",
            "CKV_AWS_319",
            "CKV_AWS_322",
            "CKV_AWS_323",
            "CKV_AWS_338",
            "CKV_AWS_66",
            "CKV_AWS_7",
        ],
    ),
    (
        "Control Tower",
        &[
            "CT.ELASTICACHE.PR.1",
            "CT.ELASTICACHE.PR.2",
            "CT.ELASTICACHE.PR.3",
            "CT.ELASTICACHE.PR.4",
            "CT.ELASTICACHE.PR.5",
            "CT.ELASTICACHE.PR.6",
            "CT.ELASTICACHE.PR.7",
            "CT.ELASTICACHE.PR.8",
        ],
    ),
    (
        "cdk-nag",
        &[
            "AwsSolutions-AEC1",
            "AwsSolutions-AEC3",
            "AwsSolutions-AEC4",
            "AwsSolutions-AEC5",
            "AwsSolutions-AEC6",
            "ElastiCacheRedisClusterAutomaticBackup",
        ],
    ),
    (
        "cfn-guard",
        &[
            "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_AT_REST",
            "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT",
        ],
    ),
    ("cfn_nag", &["F25", "F33", "F44"]),
    ("trivy", &["AWS-0045", "AWS-0049", "AWS-0050", "AWS-0051"]),
    ("HashiCorp", &["elasticache-repl-grp-auto-failover-enabled"]),
];

const FAILED: &str = "failed";
const PASSED: &str = "passed";
const NOT_APPLICABLE: &str = "not applicable";
const UNKNOWN: &str = "unknown";

#[test]
fn every_control_of_the_tools_is_in_the_table() {
    let mut expected = BTreeSet::new();
    for (tool, ids) in IDS {
        expected.extend(ids.iter().map(|id| (tool, *id)));
    }
    let controls = control::controls();
    let found: BTreeSet<_> = controls
        .iter()
        .map(|control| (control.tool.as_str(), control.id.as_str()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(controls.len(), expected.len(), "an id stands twice");
}

#[test]
fn every_control_is_answered_and_every_answer_is_asked_for() {
    let asked: BTreeSet<&str> = control::controls()
        .iter()
        .map(|control| control.meaning.as_str())
        .collect();
    let answered: Vec<&str> = control::meanings().collect();
    assert!(answered.is_sorted(), "{answered:?}");
    assert_eq!(asked, answered.into_iter().collect());
}

#[test]
fn a_control_says_what_it_wants() {
    for control in control::controls() {
        let title = &control.title;
        assert!(
            !title.is_empty() && title.chars().count() < 70 && !title.ends_with('.'),
            "{title}"
        );
        let about = &control.about;
        assert!(about.is_empty() || about.ends_with('.'), "{about}");
    }
    let looks = |id| control::control(id).expect(id).looks_at();
    for id in ["CKV_AWS_191", "CKV_AWS_338", "CKV2_AWS_57"] {
        assert_eq!(looks(id), "The tool looks at Terraform only.");
    }
    assert_eq!(
        looks("ElastiCache.4"),
        "The tool looks at what is deployed."
    );
}

/// What a rule says that it stands for is there to be asked about. cfn-lint's are about what a
/// template is, and not about what a cache should be.
#[test]
fn rules_stand_for_controls_that_exist() {
    let mut known = 0;
    for rule in rule::rules() {
        for name in rule.controls {
            if !name.starts_with("cfn-lint ") {
                assert!(control::control(name).is_some(), "{}: {name}", rule.code);
                known += 1;
            }
        }
    }
    assert!(known > 40, "{known}");
    assert!(control::control("cfn_nag F44").is_some() && control::control("F44").is_some());
    assert!(control::control("checkov F44").is_none());
}

/// The environments that the types allow and the rules pass.
fn made() -> impl Iterator<Item = Environment> {
    let made = (1..=400)
        .map(|seed| generated::environment(&format!("n{seed}"), &generated::numbers(seed)));
    made.filter(|environment| {
        let (graph, lowered) = environment.lower();
        let found = rule::judge(&graph, lowered, &[]);
        !found
            .iter()
            .any(cachewright::diagnostic::Diagnostic::is_error)
    })
}

/// Two columns that were never compared before say the same, to the letter.
#[test]
fn both_languages_come_to_the_same_everywhere() {
    let mut words = BTreeSet::new();
    let mut looked_at = 0;
    for environment in environments::all()
        .chain(everything::environments())
        .chain(made())
    {
        let report = control::report(&environment).expect("no errors");
        assert_eq!(report.lines.len(), control::controls().len());
        for line in report.lines {
            assert!(line.is_equal(), "{}: {line:#?}", report.environment);
            assert_eq!(
                line.cloudformation, line.terraform,
                "{}: {}",
                report.environment, line.control.id
            );
            let why = line.cloudformation.outcome.why();
            assert!(!why.is_empty() && !why.ends_with('.'), "{why}");
            words.insert(line.cloudformation.outcome.word());
        }
        looked_at += 1;
    }
    assert!(looked_at > 60, "{looked_at}");
    let all = [PASSED, FAILED, NOT_APPLICABLE, UNKNOWN];
    assert_eq!(words, all.into_iter().collect());
}

fn lines(definition: impl Definition) -> Vec<Line> {
    control::report(&definition.environment())
        .expect("no errors")
        .lines
}

/// What a control comes to, in both languages.
#[track_caller]
fn comes_to(lines: &[Line], id: &str, word: &str, why: &str) {
    let line = lines.iter().find(|line| line.control.id == id).expect(id);
    for verdict in [&line.cloudformation, &line.terraform] {
        let outcome = &verdict.outcome;
        assert_eq!((outcome.word(), outcome.why()), (word, why), "{id}");
    }
}

#[test]
fn a_cache_in_clear_fails_what_asks_for_encryption() {
    let open = cache()
        .transit_encryption(TransitEncryption::Disabled)
        .at_rest_encryption(AtRestEncryption::Disabled)
        .topology(Topology::single_node())
        .snapshots(Snapshots::disabled());
    let shop = Environment::new(
        "shop",
        "dev",
        Stage::Development,
        Region::US_EAST_1,
        network(),
        open,
    );
    let lines = lines(shop);
    let at_rest = "AtRestEncryptionEnabled is false";
    let in_transit = "TransitEncryptionEnabled is false";
    for id in [
        "CKV_AWS_29",
        "ElastiCache.4",
        "CT.ELASTICACHE.PR.4",
        "F25",
        "AWS-0045",
        "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_AT_REST",
    ] {
        comes_to(&lines, id, FAILED, at_rest);
    }
    for id in [
        "CKV_AWS_30",
        "ElastiCache.5",
        "CT.ELASTICACHE.PR.5",
        "F33",
        "AWS-0051",
        "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT",
    ] {
        comes_to(&lines, id, FAILED, in_transit);
    }
    let both = format!("{at_rest}, {in_transit}");
    comes_to(&lines, "AwsSolutions-AEC3", FAILED, &both);
    let nobody = format!("{in_transit}, neither AuthToken nor UserGroupIds is set");
    comes_to(&lines, "CKV_AWS_31", FAILED, &nobody);
    let alone = "AutomaticFailoverEnabled is false: there is one node";
    for id in ["ElastiCache.3", "CKV2_AWS_50", "CT.ELASTICACHE.PR.3"] {
        comes_to(&lines, id, FAILED, alone);
    }
    let alone = "MultiAZEnabled is false: there is one node";
    comes_to(&lines, "AwsSolutions-AEC4", FAILED, alone);
    let none = "SnapshotRetentionLimit is 0: no snapshots are kept";
    comes_to(&lines, "ElastiCache.1", FAILED, none);
    let instead = "no cache cluster is made: SnapshotRetentionLimit of the replication group is 0";
    comes_to(&lines, "CKV_AWS_134", NOT_APPLICABLE, instead);
    comes_to(&lines, "F44", NOT_APPLICABLE, "AuthToken isn't set");
}

/// What some controls pass over, they pass over here.
#[test]
fn valkey_is_passed_over_where_a_control_looks_at_redis_alone() {
    let lines = lines(with(Engine::VALKEY_8_0, node_type::M7G_LARGE));
    let why = "Engine is valkey, and the control looks at redis only";
    for id in [
        "CT.ELASTICACHE.PR.3",
        "CT.ELASTICACHE.PR.4",
        "CT.ELASTICACHE.PR.5",
        "CT.ELASTICACHE.PR.7",
        "CT.ELASTICACHE.PR.8",
        "ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT",
    ] {
        comes_to(&lines, id, NOT_APPLICABLE, why);
    }
    comes_to(
        &lines,
        "CKV_AWS_29",
        PASSED,
        "AtRestEncryptionEnabled is true",
    );
    let port = "Port is 6379, which the control doesn't mind with valkey";
    comes_to(&lines, "AwsSolutions-AEC5", NOT_APPLICABLE, port);
    let old = "Engine is valkey, which has no version before 6";
    comes_to(&lines, "ElastiCache.6", NOT_APPLICABLE, old);
}

/// A token and users are the same to one control, and to no other.
#[test]
fn a_token_is_no_user_and_a_user_is_no_token() {
    let required = |access| cache().transit_encryption(TransitEncryption::Required(access));
    let token = lines(required(Access::AuthToken(AuthToken::new(
        SecretRef::given(),
    ))));
    let both = "TransitEncryptionEnabled is true, AuthToken is set";
    comes_to(&token, "CKV_AWS_31", PASSED, both);
    comes_to(&token, "AwsSolutions-AEC6", PASSED, "AuthToken is set");
    let users = "UserGroupIds isn't set, and AuthToken doesn't count";
    comes_to(&token, "CT.ELASTICACHE.PR.8", FAILED, users);
    comes_to(&token, "F44", PASSED, "AuthToken refers to a secret");
    let new = "EngineVersion is 7.1, and the control looks at those before 6";
    comes_to(&token, "ElastiCache.6", NOT_APPLICABLE, new);

    let users = lines(required(Access::UserGroup(UserGroup::existing("shop"))));
    let both = "TransitEncryptionEnabled is true, UserGroupIds is shop";
    comes_to(&users, "CKV_AWS_31", PASSED, both);
    comes_to(
        &users,
        "CT.ELASTICACHE.PR.8",
        PASSED,
        "UserGroupIds is shop",
    );
    let token = "AuthToken isn't set, and UserGroupIds doesn't count";
    comes_to(&users, "AwsSolutions-AEC6", FAILED, token);
}

#[test]
fn an_old_engine_is_asked_for_a_token() {
    let old = || with(Engine::REDIS_5_0_6, node_type::M5_LARGE);
    let open = lines(old());
    for id in ["ElastiCache.6", "CT.ELASTICACHE.PR.7"] {
        comes_to(&open, id, FAILED, "AuthToken isn't set");
    }
    let users = "EngineVersion is 5.0.6, and users need 6";
    comes_to(&open, "CT.ELASTICACHE.PR.8", NOT_APPLICABLE, users);
    let six = "EngineVersion is 6.2, and the control looks at those before 6";
    let newer = lines(with(Engine::REDIS_6_2, node_type::M5_LARGE));
    comes_to(&newer, "ElastiCache.6", NOT_APPLICABLE, six);
    comes_to(&newer, "CT.ELASTICACHE.PR.7", NOT_APPLICABLE, six);
    comes_to(
        &newer,
        "CT.ELASTICACHE.PR.8",
        FAILED,
        "UserGroupIds isn't set",
    );
    let token = Access::AuthToken(AuthToken::new(SecretRef::named("shop/token")));
    let closed = lines(old().transit_encryption(TransitEncryption::Required(token)));
    for id in ["ElastiCache.6", "CT.ELASTICACHE.PR.7"] {
        comes_to(&closed, id, PASSED, "AuthToken is set");
    }
}

#[test]
fn numbers_are_held_against_what_the_control_wants() {
    let days = |days| lines(cache().snapshots(Snapshots::daily(days).window("03:00-04:00")));
    let id = "ElastiCacheRedisClusterAutomaticBackup";
    let few = "SnapshotRetentionLimit is 14, fewer than 15 days";
    comes_to(&days(14), id, FAILED, few);
    comes_to(&days(15), id, PASSED, "SnapshotRetentionLimit is 15");
    comes_to(
        &days(1),
        "ElastiCache.1",
        PASSED,
        "SnapshotRetentionLimit is 1",
    );

    let id = "AwsSolutions-AEC5";
    let usual = "Port is 6379, which is everybody's";
    comes_to(&lines(cache()), id, FAILED, usual);
    comes_to(&lines(cache().port(6380)), id, PASSED, "Port is 6380");

    let id = "elasticache-repl-grp-auto-failover-enabled";
    let replicated = Topology::replicated(1, Failover::Automatic(MultiAz::Enabled));
    let two = "AutomaticFailoverEnabled is true, NumCacheClusters is 2";
    comes_to(&lines(cache().topology(replicated)), id, PASSED, two);
    // however many replicas: the control counts otherwise
    let sharded = Topology::sharded(3, 2, MultiAz::Enabled);
    let unsaid = "NumCacheClusters isn't said, which the control takes for 1";
    comes_to(&lines(cache().topology(sharded)), id, FAILED, unsaid);
}

#[test]
fn keys_are_asked_for_by_name() {
    let id = "CKV_AWS_191";
    let key = |key| lines(cache().at_rest_encryption(AtRestEncryption::KmsKey(key)));
    comes_to(&lines(cache()), id, FAILED, "KmsKeyId isn't set");
    let given = "KmsKeyId is given at deployment";
    comes_to(&key(KmsKey::given()), id, PASSED, given);
    comes_to(
        &key(KmsKey::imported(Import::named("Key"))),
        id,
        PASSED,
        given,
    );
}

/// What the primary decides isn't guessed; what a control wants to be said is missing.
#[test]
fn a_secondary_says_little() {
    let global = GlobalDatastore::id("ldgnf-shop");
    let lines = lines(ReplicationGroup::secondary(
        "shop-secondary",
        global,
        1,
        MultiAz::Enabled,
    ));
    let primary = "AtRestEncryptionEnabled isn't said: the primary of the global datastore decides";
    comes_to(&lines, "ElastiCache.4", UNKNOWN, primary);
    comes_to(
        &lines,
        "CKV_AWS_29",
        FAILED,
        "AtRestEncryptionEnabled isn't said",
    );
    let engine = "Engine isn't said, and the control passes over that";
    comes_to(&lines, "CT.ELASTICACHE.PR.4", NOT_APPLICABLE, engine);
}

#[test]
fn firewalls_are_described_and_used() {
    let described = "Description is set: 1 security group, 1 rule";
    let used = "SecurityGroupIds of the replication group names it";
    let shop = lines(cache());
    comes_to(&shop, "CKV_AWS_23", PASSED, described);
    comes_to(&shop, "CKV2_AWS_5", PASSED, used);
    let existing = SecurityGroups::existing([ExistingSecurityGroup::id("sg-0123456789abcdef0")]);
    let shop = lines(existing);
    let none = "no security group and no rule is made";
    comes_to(&shop, "CKV_AWS_23", NOT_APPLICABLE, none);
    let none = "no security group is made";
    comes_to(&shop, "CKV2_AWS_5", NOT_APPLICABLE, none);
}

/// A finding that the definition accepts stands there with its reason, in both languages; one
/// that isn't made accepts nothing.
#[test]
fn what_is_accepted_says_why() {
    let because = "nobody but the shop is in that network";
    let required = |access| {
        let cache = cache().transit_encryption(TransitEncryption::Required(access));
        cache.environment().allow("access-control", because)
    };
    let verdicts = |environment: Environment, id: &str| {
        let line = lines(environment)
            .into_iter()
            .find(|line| line.control.id == id)
            .expect("a control");
        assert_eq!(line.is_accepted(), !line.is_failed(), "{line:?}");
        [line.cloudformation, line.terraform]
    };
    for verdict in verdicts(required(Access::Open), "CKV_AWS_31") {
        assert!(verdict.outcome.is_failed());
        let accepted = verdict.accepted.expect("accepted");
        assert_eq!(
            (&*accepted.rule, &*accepted.because),
            ("access-control", because)
        );
    }
    for verdict in verdicts(required(Access::Open), "CKV_AWS_191") {
        assert_eq!(verdict.accepted, None, "another control");
    }
    // users are there: the rule has nothing to say, and the control fails all the same
    let users = Access::UserGroup(UserGroup::existing("shop"));
    for verdict in verdicts(required(users), "AwsSolutions-AEC6") {
        assert!(verdict.outcome.is_failed());
        assert_eq!(verdict.accepted, None);
    }
}

#[test]
fn languages_that_differ_are_seen() {
    let mut line = lines(cache()).swap_remove(0);
    assert!(line.is_equal() && !line.is_failed());
    line.terraform.outcome = Outcome::Failed("SnapshotRetentionLimit is 0".into());
    assert!(!line.is_equal() && line.is_failed() && !line.is_accepted());
}

fn template(text: &str) -> Graph {
    let outcome = cloudformation::graph("template.yaml", text, &Given::default());
    outcome.graph.expect("a template")
}

fn module(text: &str) -> Graph {
    let file = SourceFile {
        path: "module/main.tf".into(),
        text: text.into(),
    };
    let load = &mut |_: &str| Err(String::new());
    let outcome = terraform::graph("module", &[file], &Given::default(), load);
    outcome.graph.expect("a module")
}

/// What no definition makes, said in both languages: what is expected of each control.
struct Case {
    template: &'static str,
    module: &'static str,
    expected: &'static [(&'static str, &'static str, &'static str)],
}

const CASES: &[Case] = &[
    Case {
        template: r"
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /shop/slow, RetentionInDays: 364 }
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: shop/token, KmsKeyId: alias/aws/secretsmanager }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: { ActionsEnabled: false, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1 }
  Topic: { Type: AWS::SNS::Topic }
  Key:
    Type: AWS::KMS::Key
    Properties: { EnableKeyRotation: false }
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: Access }
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: !GetAtt Firewall.GroupId, IpProtocol: tcp, CidrIp: 10.0.0.0/8 }
",
        module: r#"
resource "aws_cloudwatch_log_group" "logs" {
  name              = "/shop/slow"
  retention_in_days = 364
}
resource "aws_secretsmanager_secret" "secret" {
  name       = "shop/token"
  kms_key_id = "alias/aws/secretsmanager"
}
resource "aws_cloudwatch_metric_alarm" "alarm" {
  alarm_name          = "shop"
  actions_enabled     = false
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
}
resource "aws_sns_topic" "topic" {}
resource "aws_kms_key" "key" {
  enable_key_rotation = false
}
resource "aws_security_group" "firewall" {
  description = "Access"
}
resource "aws_vpc_security_group_ingress_rule" "rule" {
  security_group_id = aws_security_group.firewall.id
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/8"
}
"#,
        expected: &[
            ("CKV_AWS_66", PASSED, "RetentionInDays is 364"),
            (
                "CKV_AWS_338",
                FAILED,
                "RetentionInDays is 364, fewer than 365",
            ),
            ("CKV_AWS_158", FAILED, "KmsKeyId isn't set"),
            (
                "CKV_AWS_149",
                FAILED,
                "KmsKeyId is alias/aws/secretsmanager, a key of AWS's own",
            ),
            ("CKV2_AWS_57", FAILED, "no rotation of it is made"),
            ("CKV_AWS_319", FAILED, "ActionsEnabled is false"),
            ("CKV_AWS_26", FAILED, "KmsMasterKeyId isn't set"),
            ("CKV_AWS_7", FAILED, "EnableKeyRotation is false"),
            ("CKV2_AWS_64", FAILED, "KeyPolicy isn't set"),
            ("CKV_AWS_23", FAILED, "no Description: 1 of 1 rule"),
            ("CKV2_AWS_5", FAILED, "nothing names it"),
        ],
    },
    Case {
        template: r#"
  Key:
    Type: AWS::KMS::Key
    Properties: { EnableKeyRotation: true, KeyPolicy: { Version: "2012-10-17", Statement: [] } }
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /shop/slow, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: { Name: shop/token, KmsKeyId: !Ref Key }
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties: { SecretId: !Ref Secret, RotationRules: { AutomaticallyAfterDays: 30 } }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: { ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1 }
  Topic:
    Type: AWS::SNS::Topic
    Properties: { KmsMasterKeyId: !Ref Key }
  Firewall:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: Access }
  Function:
    Type: AWS::Lambda::Function
    Properties: { VpcConfig: { SecurityGroupIds: [!GetAtt Firewall.GroupId] } }
"#,
        module: r#"
resource "aws_kms_key" "key" {
  enable_key_rotation = true
}
resource "aws_kms_key_policy" "key" {
  key_id = aws_kms_key.key.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_cloudwatch_log_group" "logs" {
  name              = "/shop/slow"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.key.arn
}
resource "aws_secretsmanager_secret" "secret" {
  name       = "shop/token"
  kms_key_id = aws_kms_key.key.id
}
resource "aws_secretsmanager_secret_rotation" "secret" {
  secret_id = aws_secretsmanager_secret.secret.id
  rotation_rules {
    automatically_after_days = 30
  }
}
resource "aws_cloudwatch_metric_alarm" "alarm" {
  alarm_name          = "shop"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
}
resource "aws_sns_topic" "topic" {
  kms_master_key_id = aws_kms_key.key.id
}
resource "aws_security_group" "firewall" {
  description = "Access"
}
resource "aws_lambda_function" "function" {
  vpc_config {
    security_group_ids = [aws_security_group.firewall.id]
  }
}
"#,
        expected: &[
            ("CKV_AWS_66", PASSED, "RetentionInDays is 365"),
            ("CKV_AWS_338", PASSED, "RetentionInDays is 365"),
            ("CKV_AWS_158", PASSED, "KmsKeyId is made here"),
            ("CKV_AWS_149", PASSED, "KmsKeyId is made here"),
            ("CKV2_AWS_57", PASSED, "a rotation of it is made"),
            (
                "CKV_AWS_319",
                PASSED,
                "ActionsEnabled isn't said, which means yes",
            ),
            ("CKV_AWS_26", PASSED, "KmsMasterKeyId is made here"),
            ("CKV_AWS_7", PASSED, "EnableKeyRotation is true"),
            ("CKV2_AWS_64", PASSED, "KeyPolicy is set"),
            ("CKV_AWS_23", PASSED, "Description is set: 1 security group"),
            ("CKV2_AWS_5", PASSED, "another resource names it"),
        ],
    },
    // of several the worst decides, and is named
    Case {
        template: r"
  Slow:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /shop/slow, RetentionInDays: 400 }
  Engine:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /shop/engine, RetentionInDays: 0 }
  Other:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: /shop/other }
  Key:
    Type: AWS::KMS::Key
    Properties: { KeySpec: RSA_2048 }
",
        module: r#"
resource "aws_cloudwatch_log_group" "slow" {
  name              = "/shop/slow"
  retention_in_days = 400
}
resource "aws_cloudwatch_log_group" "engine" {
  name              = "/shop/engine"
  retention_in_days = 0
}
resource "aws_cloudwatch_log_group" "other" {
  name = "/shop/other"
}
resource "aws_kms_key" "key" {
  customer_master_key_spec = "RSA_2048"
}
"#,
        expected: &[
            (
                "CKV_AWS_66",
                FAILED,
                "/shop/other: RetentionInDays isn't set",
            ),
            (
                "CKV_AWS_338",
                FAILED,
                "/shop/other: RetentionInDays isn't set",
            ),
            (
                "CKV_AWS_158",
                FAILED,
                "all 3 log groups: KmsKeyId isn't set",
            ),
            (
                "CKV_AWS_7",
                NOT_APPLICABLE,
                "KeySpec is RSA_2048, which isn't rotated",
            ),
        ],
    },
    // cache clusters, and a group from before there were VPCs
    Case {
        template: r"
  Cluster:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: redis
      CacheNodeType: cache.t3.micro
      NumCacheNodes: 1
      SnapshotRetentionLimit: 3
      CacheSubnetGroupName: default
  Old:
    Type: AWS::ElastiCache::SecurityGroup
    Properties: { Description: '' }
",
        module: r#"
resource "aws_elasticache_cluster" "cluster" {
  cluster_id               = "shop"
  engine                   = "redis"
  node_type                = "cache.t3.micro"
  num_cache_nodes          = 1
  snapshot_retention_limit = 3
  subnet_group_name        = "default"
}
resource "aws_elasticache_security_group" "old" {
  name        = "shop"
  description = ""
}
"#,
        expected: &[
            ("CKV_AWS_134", PASSED, "SnapshotRetentionLimit is 3"),
            ("ElastiCache.1", PASSED, "SnapshotRetentionLimit is 3"),
            (
                "ElastiCacheRedisClusterAutomaticBackup",
                FAILED,
                "SnapshotRetentionLimit is 3, fewer than 15 days",
            ),
            (
                "CT.ELASTICACHE.PR.2",
                FAILED,
                "AutoMinorVersionUpgrade isn't said",
            ),
            (
                "CKV_AWS_322",
                PASSED,
                "AutoMinorVersionUpgrade isn't said, which means yes",
            ),
            (
                "ElastiCache.2",
                PASSED,
                "AutoMinorVersionUpgrade isn't said, which means yes",
            ),
            ("CKV_AWS_323", PASSED, "CacheSubnetGroupName is default"),
            ("ElastiCache.7", FAILED, "CacheSubnetGroupName is default"),
            (
                "CT.ELASTICACHE.PR.6",
                FAILED,
                "CacheSubnetGroupName is default",
            ),
            (
                "CKV_AWS_196",
                FAILED,
                "a security group from before there were VPCs is made",
            ),
            ("AWS-0049", FAILED, "Description isn't set"),
            ("CKV_AWS_29", NOT_APPLICABLE, "no replication group is made"),
        ],
    },
    // Memcached, which most controls pass over
    Case {
        template: r"
  Cluster:
    Type: AWS::ElastiCache::CacheCluster
    Properties:
      Engine: memcached
      CacheNodeType: cache.t3.micro
      NumCacheNodes: 1
      AutoMinorVersionUpgrade: false
",
        module: r#"
resource "aws_elasticache_cluster" "cluster" {
  cluster_id                 = "shop"
  engine                     = "memcached"
  node_type                  = "cache.t3.micro"
  num_cache_nodes            = 1
  auto_minor_version_upgrade = false
}
"#,
        expected: &[
            (
                "CKV_AWS_134",
                NOT_APPLICABLE,
                "Engine is memcached, and the control looks at redis only",
            ),
            (
                "CKV_AWS_322",
                NOT_APPLICABLE,
                "Engine is memcached, and the control looks at redis only",
            ),
            (
                "ElastiCache.1",
                NOT_APPLICABLE,
                "Engine is memcached, which takes no snapshots",
            ),
            ("ElastiCache.2", FAILED, "AutoMinorVersionUpgrade is false"),
            ("CKV_AWS_323", FAILED, "CacheSubnetGroupName isn't set"),
        ],
    },
    // nothing said: what a file has to say fails, what the engine does by default counts
    Case {
        template: r"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: { Engine: valkey, ReplicationGroupDescription: shop, AuthToken: in-clear-and-long }
",
        module: r#"
resource "aws_elasticache_replication_group" "cache" {
  engine      = "valkey"
  description = "shop"
  auth_token  = "in-clear-and-long"
}
"#,
        expected: &[
            ("CKV_AWS_29", FAILED, "AtRestEncryptionEnabled isn't said"),
            (
                "ElastiCache.4",
                PASSED,
                "AtRestEncryptionEnabled isn't said, and valkey encrypts by default",
            ),
            (
                "ElastiCache.3",
                FAILED,
                "AutomaticFailoverEnabled isn't said, which means no",
            ),
            (
                "AwsSolutions-AEC1",
                FAILED,
                "CacheSubnetGroupName isn't set",
            ),
            ("AwsSolutions-AEC5", FAILED, "Port isn't said"),
            ("F44", FAILED, "AuthToken is in clear"),
            ("AwsSolutions-AEC6", PASSED, "AuthToken is set"),
        ],
    },
    // what is only known at deployment isn't guessed
    Case {
        template: r"
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: shop
      Engine: redis
      AtRestEncryptionEnabled: !Ref Encrypted
      SnapshotRetentionLimit: !Ref Days
      AuthToken: !Ref Token
Parameters:
  Encrypted: { Type: String }
  Days: { Type: Number }
  Token: { Type: String, NoEcho: true }
",
        module: r#"
variable "encrypted" {
  type = bool
}
variable "days" {
  type = number
}
variable "token" {
  type      = string
  sensitive = true
}
resource "aws_elasticache_replication_group" "cache" {
  engine                     = "redis"
  description                = "shop"
  at_rest_encryption_enabled = var.encrypted
  snapshot_retention_limit   = var.days
  auth_token                 = var.token
}
"#,
        expected: &[
            (
                "CKV_AWS_29",
                UNKNOWN,
                "AtRestEncryptionEnabled is only known at deployment",
            ),
            (
                "ElastiCache.1",
                UNKNOWN,
                "SnapshotRetentionLimit is only known at deployment",
            ),
            (
                "F44",
                PASSED,
                "AuthToken is given at deployment, and not shown",
            ),
        ],
    },
];

#[test]
fn what_no_definition_makes_is_judged_as_well() {
    for case in CASES {
        let graphs = [
            template(&format!("Resources:{}", case.template)),
            module(case.module),
        ];
        for (id, word, why) in case.expected {
            let control = control::control(id).expect(id);
            for graph in &graphs {
                let outcome = control::evaluate(control, graph);
                assert_eq!(
                    (outcome.word(), outcome.why()),
                    (*word, *why),
                    "{id} in {:?}",
                    graph.source
                );
            }
        }
    }
}

fn shops() -> Vec<Environment> {
    let token = Access::AuthToken(AuthToken::new(SecretRef::given()));
    let of = |access| {
        cache()
            .topology(Topology::replicated(
                1,
                Failover::Automatic(MultiAz::Enabled),
            ))
            .transit_encryption(TransitEncryption::Required(access))
    };
    vec![
        named("shop", "prod", network(), of(token)),
        named("shop", "open", network(), of(Access::Open))
            .allow("access-control", "only | the shop *is* there"),
    ]
}

fn broken() -> Vec<Environment> {
    let wrong = with(Engine::redis("7.1.0"), node_type::M7G_LARGE);
    vec![named("shop", "prod", network(), wrong)]
}

/// Not a test: the process that `run_over` starts.
#[test]
#[ignore = "a process that other tests start"]
fn as_a_program() {
    common::as_a_program(&[("shops", shops), ("broken", broken)]);
}

fn over(set: &str, arguments: &[&str]) -> Ended {
    let arguments: Vec<_> = ["controls"].iter().chain(arguments).copied().collect();
    run_over(set, &arguments)
}

#[test]
fn text_has_a_line_for_each_control() {
    let ended = over("shops", &["shop/open", "--tool", "CHECKOV"]).expect(0);
    let rows: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(rows[0], "shop/open");
    let head = rows[1].split_whitespace().collect::<Vec<_>>();
    assert_eq!(
        head,
        ["control", "tool", "CloudFormation", "Terraform", "why"]
    );
    // aligned
    let column = rows[1].find("why").expect("a column");
    for row in &rows[2..22] {
        assert!(
            row[..column].ends_with("  ") && !row[column..].starts_with(' '),
            "{row}"
        );
        assert!(row.contains(" checkov "), "{row}");
    }
    let row = rows.iter().find(|row| row.contains("CKV_AWS_31 ")).unwrap();
    assert_eq!(row.matches("accepted  ").count(), 2, "{row}");
    assert!(
        row.ends_with(
            "neither AuthToken nor UserGroupIds is set; accepted: only | the shop *is* there"
        ),
        "{row}"
    );
    assert!(rows[22].ends_with("both languages agree"), "{}", rows[22]);
    let sum =
        "1 environment: 6 passed, 1 failed, 1 accepted, 12 not applicable; both languages agree\n";
    assert_eq!(ended.stderr, sum);
    assert!(
        !ended.stdout.contains('\u{1b}'),
        "colour where no terminal is"
    );
}

#[test]
fn json_says_the_same_of_each_language() {
    let ended = over("shops", &["--format", "json"]).expect(0);
    let report = ended.json();
    let environments = report["environments"].as_array().expect("a list");
    let names: Vec<_> = environments.iter().map(|one| &one["environment"]).collect();
    assert_eq!(names, ["shop/prod", "shop/open"]);
    let sum = report["sum"].as_object().expect("an object");
    let numbers = ["passed", "failed", "accepted", "notApplicable", "unknown"];
    let total: u64 = numbers
        .iter()
        .map(|name| sum[*name].as_u64().expect(name))
        .sum();
    assert_eq!(total as usize, 2 * control::controls().len());
    assert_eq!(sum["different"], 0);
    let controls = environments[1]["controls"].as_array().expect("a list");
    let find = |id| controls.iter().find(|one| one["control"] == id).expect(id);
    let open = find("CKV_AWS_31");
    assert_eq!(open["tool"], "checkov");
    assert_eq!(open["version"], "3.3.30");
    assert_eq!(open["equal"], true);
    for language in ["cloudformation", "terraform"] {
        let verdict = &open[language];
        assert_eq!(verdict["outcome"], "failed");
        let why = "neither AuthToken nor UserGroupIds is set";
        assert_eq!(verdict["why"], why);
        assert_eq!(verdict["accepted"]["rule"], "access-control");
        assert_eq!(verdict["accepted"]["because"], "only | the shop *is* there");
    }
    let key = find("CKV_AWS_191");
    assert_eq!(key["about"], "The tool looks at Terraform only.");
    assert_eq!(key["cloudformation"]["accepted"], serde_json::Value::Null);
}

#[test]
fn markdown_is_a_table_for_each_environment() {
    let ended = over("shops", &["--format", "markdown"]).expect(0);
    let text = &ended.stdout;
    assert!(ended.stderr.is_empty(), "{}", ended.stderr);
    for title in ["# Controls\n", "\n## shop/prod\n", "\n## shop/open\n"] {
        assert!(text.contains(title), "{text}");
    }
    let rows: Vec<_> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 * (control::controls().len() + 2));
    for row in &rows {
        let cells = row.replace("\\|", "").matches('|').count();
        assert_eq!(cells, 6, "{row}");
    }
    let accepted = r"accepted: only \| the shop \*is\* there |";
    assert!(text.contains(accepted), "{text}");
    assert!(
        text.contains("| **failed** | **failed** | KmsKeyId isn't set |"),
        "{text}"
    );
}

/// 0 where it could report, 1 where a control fails that nobody accepted, 2 where it couldn't.
#[test]
fn exit_codes_say_how_it_ended() {
    over("shops", &[]).expect(0);
    over("shops", &["--deny", "failed"]).expect(1);
    let open = ["shop/open", "--tool", "checkov", "--deny", "failed"];
    over("shops", &open).expect(1);
    let allowed = [&open[..], &["--allow", "CKV_AWS_191"]].concat();
    let ended = over("shops", &allowed).expect(0);
    assert!(
        ended.stdout.contains("accepted: allowed by --allow"),
        "{}",
        ended.stdout
    );

    let ended = over("shops", &["shop/test"]).expect(2);
    assert!(
        ended
            .stderr
            .contains("\"shop/test\" is neither a system nor an environment")
    );
    assert!(ended.stdout.is_empty(), "{}", ended.stdout);
    let ended = over("shops", &["shop/test", "--format", "json"]).expect(2);
    assert!(
        ended.json()["problems"][0]["help"]
            .as_str()
            .unwrap()
            .contains("shop/prod")
    );
    for (arguments, message) in [
        (["--tool", "chekov"], "no tool is called \"chekov\""),
        (
            ["--allow", "CKV_AWS_1"],
            "no control is called \"CKV_AWS_1\"",
        ),
    ] {
        let ended = over("shops", &arguments).expect(2);
        assert!(ended.stderr.contains(message), "{}", ended.stderr);
    }
    over("shops", &["--format", "yaml"]).expect(2);
}

#[test]
fn a_definition_with_errors_has_no_files_to_look_at() {
    let ended = over("broken", &[]).expect(2);
    assert!(
        ended.stderr.contains("error[engine-version]"),
        "{}",
        ended.stderr
    );
    assert!(
        ended.stderr.contains("there are no files to look at"),
        "{}",
        ended.stderr
    );
    assert!(ended.stdout.is_empty(), "{}", ended.stdout);
    let ended = over("broken", &["--format", "json"]).expect(2);
    let found = &ended.json()["diagnostics"];
    assert!(
        found
            .as_array()
            .expect("a list")
            .iter()
            .all(|one| one["level"] == "error"),
        "{found}"
    );
    assert!(ended.stderr.is_empty(), "{}", ended.stderr);
}

/// Whoever reads an id in the report wants to know what it is.
#[test]
fn a_control_is_explained_like_a_code() {
    let ended = run(["explain", "CKV_AWS_191"]).expect(0);
    for part in [
        "CKV_AWS_191  A key of one's own encrypts at rest\n",
        "The tool looks at Terraform only.",
        "whose: checkov 3.3.30\n",
        "rules that stand for it: kms-key-aws-owned\n",
    ] {
        assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
    }
    let json = run(["explain", "cfn_nag F44", "--format", "json"])
        .expect(0)
        .json();
    assert_eq!(json["control"], "F44");
    assert_eq!(json["severity"], "FAIL");
    let rules = json["rules"].as_array().expect("a list");
    assert!(rules.contains(&"auth-token-in-clear".into()), "{rules:?}");
    run(["explain", "CKV_AWS_1"]).expect(2);
}

/// The environments of this repository, with its own program.
#[test]
fn the_repository_says_what_its_environments_come_to() {
    let ended = run(["controls", "oms/dev"]).expect(0);
    assert!(ended.stdout.starts_with("oms/dev\n"), "{}", ended.stdout);
    run(["controls", "--deny", "failed"]).expect(1);
}
