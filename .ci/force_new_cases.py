"""The cases of force_new_judge.py: what is changed, of what, from what to what.

A case is (its name, the argument that the table is asked for, what stays, the old, the new), and what the provider
has to say where the table's answer depends on more than the argument. `None` leaves an argument out; `{}` is the name of the case and `PORT` a port of its own, so that no two resources want the same.
"""

import collections
import json

from world import ACCOUNT

Case = collections.namedtuple("Case", "name argument stays old new says", defaults=[None])
REPLACES, IN_PLACE = "replaces", "in place"
PORT = "a port of its own"
TOKENS = ["forTestsOnly-0123456789abcdef", "forTestsOnly-fedcba9876543210"]
ZONES = ["us-east-1a", "us-east-1b"]


def spare(kind, attribute="id"):
    """An old and a new value: the attribute of two things that are there."""
    return [f"${{{kind}.{label}.{attribute}}}" for label in ("spare", "other")]


CACHE = {
    "replication_group_id": "cache-{}",
    "description": "a cache",
    "engine": "redis",
    "engine_version": "7.1",
    "node_type": "cache.m7g.large",
    "num_cache_clusters": 2,
    "automatic_failover_enabled": True,
    "at_rest_encryption_enabled": True,
    "transit_encryption_enabled": False,
    "apply_immediately": True,
}
SHARDS = {"num_cache_clusters": None, "num_node_groups": 2, "replicas_per_node_group": 1}
TLS = {"transit_encryption_enabled": True, "transit_encryption_mode": "required"}
TIERED = {"node_type": "cache.r6gd.xlarge", "data_tiering_enabled": True}
LOG = {"destination_type": "cloudwatch-logs", "log_format": "json", "log_type": "slow-log"}
RULE = {
    "security_group_id": "${aws_security_group.spare.id}",
    "ip_protocol": "tcp",
    "from_port": PORT,
    "to_port": PORT,
}
ALARM = {
    "alarm_name": "alarm-{}",
    "comparison_operator": "GreaterThanThreshold",
    "evaluation_periods": 5,
    "metric_name": "CPUUtilization",
    "namespace": "AWS/ElastiCache",
    "period": 60,
    "statistic": "Average",
    "threshold": 90,
}


def changes(**settings):
    """One case for each argument that changes by itself: argument=(old, new)."""
    return [Case(name, name, {}, {name: old}, {name: new}) for name, (old, new) in settings.items()]


def rule(source):
    return changes(
        security_group_id=spare("aws_security_group"),
        ip_protocol=("tcp", "udp"),
        from_port=(PORT, 1),
        to_port=(PORT, 65535),
        description=("one", "other"),
    ) + [
        Case(
            "cidr_ipv4",
            "cidr_ipv4",
            {"cidr_ipv6": None},
            {"cidr_ipv4": "10.0.0.0/16"},
            {"cidr_ipv4": "10.1.0.0/16"},
        ),
        Case(
            "cidr_ipv6",
            "cidr_ipv6",
            {"cidr_ipv4": None},
            {"cidr_ipv6": "2001:db8::/48"},
            {"cidr_ipv6": "2001:db8:1::/48"},
        ),
        Case(
            "referenced_security_group_id",
            "referenced_security_group_id",
            {"cidr_ipv4": None},
            dict(zip([source], spare("aws_security_group")[:1], strict=True)),
            dict(zip([source], spare("aws_security_group")[1:], strict=True)),
        ),
    ]


# Terraform's type: (CloudFormation's, by which the table names it, what every resource says, the cases)
CASES = {
    "aws_elasticache_replication_group": (
        "AWS::ElastiCache::ReplicationGroup",
        CACHE,
        changes(
            description=("one", "other"),
            replication_group_id=("cache-one", "cache-other"),
            node_type=("cache.m7g.large", "cache.r7g.large"),
            parameter_group_name=("default.redis7", "${aws_elasticache_parameter_group.spare.name}"),
            subnet_group_name=spare("aws_elasticache_subnet_group", "name"),
            port=(6379, 6380),
            automatic_failover_enabled=(True, False),
            multi_az_enabled=(False, True),
            num_cache_clusters=(2, 3),
            preferred_cache_cluster_azs=(ZONES, ZONES[::-1]),
            snapshot_arns=(["arn:aws:s3:::backups/one.rdb"], ["arn:aws:s3:::backups/other.rdb"]),
            snapshot_name=("one", "other"),
            snapshot_retention_limit=(1, 7),
            snapshot_window=("03:00-04:00", "04:00-05:00"),
            maintenance_window=("sun:05:00-sun:06:00", "sun:06:00-sun:07:00"),
            notification_topic_arn=spare("aws_sns_topic", "arn"),
            auto_minor_version_upgrade=(True, False),
            at_rest_encryption_enabled=(False, True),
            kms_key_id=spare("aws_kms_key", "arn"),
            network_type=("ipv4", "dual_stack"),
            cluster_mode=("disabled", "compatible"),
            tags=({"Team": "one"}, {"Team": "other"}),
            apply_immediately=(True, False),
            final_snapshot_identifier=("one", "other"),
        )
        + [
            Case("engine", "engine", {}, {}, {"engine": "valkey", "engine_version": "8.0"}, IN_PLACE),
            Case(
                "engine-back",
                "engine",
                {},
                {"engine": "valkey", "engine_version": "7.2"},
                {"engine": "redis", "engine_version": "7.1"},
                REPLACES,
            ),
            Case(
                "version-up",
                "engine_version",
                {},
                {"engine_version": "7.0"},
                {"engine_version": "7.1"},
                IN_PLACE,
            ),
            Case(
                "version-down",
                "engine_version",
                {},
                {"engine_version": "7.1"},
                {"engine_version": "7.0"},
                REPLACES,
            ),
            Case("shards", "num_node_groups", SHARDS, {}, {"num_node_groups": 3}),
            Case("replicas", "replicas_per_node_group", SHARDS, {}, {"replicas_per_node_group": 2}),
            Case(
                "firewall",
                "security_group_ids",
                {},
                *({"security_group_ids": [x]} for x in spare("aws_security_group")),
            ),
            Case(
                "tls",
                "transit_encryption_enabled",
                {},
                {},
                {**TLS, "transit_encryption_mode": "preferred"},
                IN_PLACE,
            ),
            Case(
                "tls-old",
                "transit_encryption_enabled",
                {"engine_version": "6.2"},
                {},
                {"transit_encryption_enabled": True},
                REPLACES,
            ),
            Case(
                "tls-mode",
                "transit_encryption_mode",
                TLS,
                {"transit_encryption_mode": "preferred"},
                {"transit_encryption_mode": "required"},
            ),
            Case(
                "token",
                "auth_token",
                {**TLS, "auth_token_update_strategy": "ROTATE"},
                {"auth_token": TOKENS[0]},
                {"auth_token": TOKENS[1]},
            ),
            Case(
                "strategy",
                "auth_token_update_strategy",
                {**TLS, "auth_token": TOKENS[0]},
                {"auth_token_update_strategy": "ROTATE"},
                {"auth_token_update_strategy": "SET"},
            ),
            Case(
                "users",
                "user_group_ids",
                TLS,
                *({"user_group_ids": [x]} for x in spare("aws_elasticache_user_group", "user_group_id")),
            ),
            Case(
                "logs",
                "log_delivery_configuration",
                {},
                *(
                    {"log_delivery_configuration": [{**LOG, "destination": x}]}
                    for x in spare("aws_cloudwatch_log_group", "name")
                ),
            ),
            Case(
                "tiering",
                "data_tiering_enabled",
                TIERED,
                {},
                {"data_tiering_enabled": False, "node_type": "cache.r6g.xlarge"},
            ),
            Case(
                "discovery",
                "ip_discovery",
                {"network_type": "dual_stack"},
                {"ip_discovery": "ipv4"},
                {"ip_discovery": "ipv6"},
            ),
        ],
    ),
    "aws_elasticache_subnet_group": (
        "AWS::ElastiCache::SubnetGroup",
        {"name": "subnets-{}", "subnet_ids": ["${aws_subnet.spare.id}"]},
        changes(
            name=("one", "other"),
            description=("one", "other"),
            subnet_ids=([spare("aws_subnet")[0]], spare("aws_subnet")),
            tags=({"Team": "one"}, {"Team": "other"}),
        ),
    ),
    "aws_elasticache_parameter_group": (
        "AWS::ElastiCache::ParameterGroup",
        {"name": "parameters-{}", "family": "redis7"},
        changes(
            name=("one", "other"),
            family=("redis7", "valkey8"),
            description=("one", "other"),
            parameter=([{"name": "timeout", "value": "300"}], [{"name": "timeout", "value": "600"}]),
            tags=({"Team": "one"}, {"Team": "other"}),
        ),
    ),
    "aws_elasticache_user": (
        "AWS::ElastiCache::User",
        {
            "user_id": "user-{}",
            "user_name": "user-{}",
            "engine": "redis",
            "access_string": "on ~* +@all",
            "no_password_required": True,
        },
        changes(
            user_id=("one", "other"),
            user_name=("one", "other"),
            engine=("redis", "valkey"),
            access_string=("on ~* +@read", "on ~* +@write"),
            tags=({"Team": "one"}, {"Team": "other"}),
        )
        + [
            Case(
                "passwords",
                "passwords",
                {"no_password_required": None},
                {"passwords": TOKENS[:1]},
                {"passwords": TOKENS},
            ),
            Case(
                "mode",
                "authentication_mode",
                {"no_password_required": None},
                {"authentication_mode": [{"type": "password", "passwords": TOKENS[:1]}]},
                {"authentication_mode": [{"type": "password", "passwords": TOKENS}]},
            ),
        ],
    ),
    "aws_elasticache_user_group": (
        "AWS::ElastiCache::UserGroup",
        {"user_group_id": "users-{}", "engine": "redis", "user_ids": ["default"]},
        changes(
            user_group_id=("one", "other"),
            engine=("redis", "valkey"),
            user_ids=(["default"], ["default", "${aws_elasticache_user.spare.user_id}"]),
            tags=({"Team": "one"}, {"Team": "other"}),
        ),
    ),
    "aws_security_group": (
        "AWS::EC2::SecurityGroup",
        {"name": "group-{}", "vpc_id": "${aws_vpc.spare.id}"},
        changes(
            name=("one", "other"),
            description=("one", "other"),
            vpc_id=spare("aws_vpc"),
            tags=({"Team": "one"}, {"Team": "other"}),
        ),
    ),
    "aws_vpc_security_group_ingress_rule": (
        "AWS::EC2::SecurityGroupIngress",
        {**RULE, "cidr_ipv4": "10.0.0.0/8"},
        rule("referenced_security_group_id"),
    ),
    "aws_vpc_security_group_egress_rule": (
        "AWS::EC2::SecurityGroupEgress",
        {**RULE, "cidr_ipv4": "10.0.0.0/8"},
        rule("referenced_security_group_id"),
    ),
    "aws_cloudwatch_metric_alarm": (
        "AWS::CloudWatch::Alarm",
        ALARM,
        changes(
            alarm_name=("one", "other"),
            alarm_description=("one", "other"),
            namespace=("AWS/ElastiCache", "AWS/Other"),
            metric_name=("CPUUtilization", "EngineCPUUtilization"),
            dimensions=({"CacheClusterId": "one"}, {"CacheClusterId": "other"}),
            statistic=("Average", "Maximum"),
            period=(60, 300),
            evaluation_periods=(5, 6),
            datapoints_to_alarm=(3, 4),
            threshold=(90, 91),
            comparison_operator=("GreaterThanThreshold", "LessThanThreshold"),
            treat_missing_data=("missing", "breaching"),
            unit=("Percent", "Count"),
            alarm_actions=(spare("aws_sns_topic", "arn")[:1], spare("aws_sns_topic", "arn")[1:]),
            ok_actions=(spare("aws_sns_topic", "arn")[:1], spare("aws_sns_topic", "arn")[1:]),
            insufficient_data_actions=(spare("aws_sns_topic", "arn")[:1], spare("aws_sns_topic", "arn")[1:]),
            actions_enabled=(True, False),
            tags=({"Team": "one"}, {"Team": "other"}),
        )
        + [
            Case(
                "percentile",
                "extended_statistic",
                {"statistic": None},
                {"extended_statistic": "p99"},
                {"extended_statistic": "p95"},
            ),
        ],
    ),
    "aws_cloudwatch_log_group": (
        "AWS::Logs::LogGroup",
        {"name": "logs-{}"},
        changes(
            name=("one", "other"),
            retention_in_days=(30, 60),
            kms_key_id=spare("aws_kms_key", "arn"),
            log_group_class=("STANDARD", "INFREQUENT_ACCESS"),
            tags=({"Team": "one"}, {"Team": "other"}),
        ),
    ),
    "aws_secretsmanager_secret": (
        "AWS::SecretsManager::Secret",
        {"name": "secret-{}"},
        changes(
            name=("one", "other"),
            description=("one", "other"),
            kms_key_id=spare("aws_kms_key", "arn"),
            tags=({"Team": "one"}, {"Team": "other"}),
        ),
    ),
}

# The account's own, and the logs': a group takes no key that doesn't let them in.
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"}
            for principal in (
                {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                {"Service": "logs.us-east-1.amazonaws.com"},
            )
        ],
    }
)

# What the cases refer to, twice each.
SURROUNDINGS = {
    "aws_vpc": [{"cidr_block": "10.0.0.0/16"}, {"cidr_block": "10.1.0.0/16"}],
    "aws_subnet": [
        {"vpc_id": "${aws_vpc.spare.id}", "cidr_block": f"10.0.{n}.0/24", "availability_zone": zone}
        for n, zone in enumerate(ZONES)
    ],
    "aws_security_group": [{"name": f"group{n}", "vpc_id": "${aws_vpc.spare.id}"} for n in "ab"],
    "aws_sns_topic": [{"name": f"topic{n}"} for n in "ab"],
    "aws_kms_key": [{"description": f"key {n}", "policy": POLICY} for n in "ab"],
    "aws_cloudwatch_log_group": [{"name": f"logs{n}"} for n in "ab"],
    "aws_elasticache_subnet_group": [
        {"name": f"subnets{n}", "subnet_ids": spare("aws_subnet")} for n in "ab"
    ],
    "aws_elasticache_parameter_group": [{"name": f"parameters{n}", "family": "redis7"} for n in "ab"],
    "aws_elasticache_user": [
        {
            "user_id": f"user{n}",
            "user_name": f"user{n}",
            "engine": "redis",
            "access_string": "on ~* +@all",
            "no_password_required": True,
        }
        for n in "ab"
    ],
    "aws_elasticache_user_group": [
        {"user_group_id": f"users{n}", "engine": "redis", "user_ids": ["default"]} for n in "ab"
    ],
}
