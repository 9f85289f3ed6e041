//! Both languages say the same, and together everything that both can say.

use std::collections::{BTreeMap, BTreeSet};

use cachewright::terraform;
use cachewright::value::Id;
use serde_json::{Map, Value, json};

mod common;
use common::{everything, outputs, root};

/// What a property is called in CloudFormation and in Terraform.
type Pairs = &'static [(&'static str, &'static str)];

/// A kind of resource: its two types, what both languages have, and what only one
/// has or what is left out, each with the reason.
struct Kind {
    cloudformation: &'static str,
    terraform: &'static str,
    /// Its logical id, with Terraform's label in the place of `{}`; without it where the label
    /// is `this`.
    logical_id: &'static str,
    pairs: Pairs,
    only_cloudformation: &'static [(&'static str, &'static str)],
    only_terraform: &'static [(&'static str, &'static str)],
}

impl Kind {
    /// The logical id that belongs to a label.
    fn logical_id(&self, label: &str) -> String {
        let name = match label {
            "this" => String::new(),
            label => Id::foreign(label).logical(),
        };
        self.logical_id.replace("{}", &name)
    }
}

const REGION: (&str, &str) = ("region", "left out: the provider's region is everything's");
const TIMEOUTS: (&str, &str) = (
    "timeouts",
    "left out: how long Terraform waits is its caller's to say",
);
const NAME_PREFIX: (&str, &str) = ("name_prefix", "left out: names are said in full");
const LOCKOUT: &str = "left out: whoever makes a key must be able to change its policy";
const ENABLED: &str = "left out: a key is enabled, by default";
const SYMMETRIC: &str = "left out: a cache wants a symmetric key that encrypts, the default";
const ONE_REGION: &str = "left out: a key belongs to one region, by default";
const REPLICAS: &str = "left out: a secret is where its cache is";
const PARTNER: &str = "left out: only for secrets that a partner of AWS rotates";
const NO_VALUES: &str = "left out: only for logs in which personal data is looked for";
const REMOVAL: &str = "left out: the removal says what goes";
const ACTIONS: &str = "left out: an alarm that is made acts";
const UNDECIDED: &str = "left out: nobody is told of data that isn't there yet";
const FEW: &str = "left out: as CloudWatch does by itself";
const BANDS: &str = "left out: thresholds are numbers";
const UNIT: &str = "left out: each metric has one unit";
const NEWER: &str = "left out: newer than the metrics that are watched";
const SUPPRESSOR: &str = "left out: whom to suppress is its owner's to say";
const FIFO: &str = "left out: alarms and events want no order";
const DELIVERY: &str = "left out: how a notice reaches its readers is theirs to say";
const SMS: &str = "left out: a name that text messages begin with";
const STANDARD: &str = "left out: of the standard class, by default";

const ITS_OWN_VALUE: &str = "left out: the value is the cache's own";
const PLAIN_TEXT: &str = "left out: text, by default";
const STANDARD_TIER: &str = "left out: the standard tier, by default";
const NO_SECRET: &str = "left out: no parameter holds a secret";
const ONE_ANSWER: &str = "left out: a name has one answer, and ElastiCache moves it";
const UNDOCUMENTED: &str = "left out: in CloudFormation's schema, and not in its documentation";
const SERVICE_ROLE: &str = "left out: ElastiCache has a service-linked role for it";
const SUSPENDED: &str = "left out: what is suspended is for the hour, and said by hand";
const TARGET: &str = "left out: the target says it";
const IN_TARGET: &str = "CloudFormation names the target, which says it";
const TRACKING: &str = "left out: ElastiCache is scaled by target tracking alone";

const KINDS: [Kind; 20] = [
    Kind {
        cloudformation: "AWS::ElastiCache::ReplicationGroup",
        terraform: "aws_elasticache_replication_group",
        logical_id: "ReplicationGroup",
        pairs: &[
            ("ReplicationGroupDescription", "description"),
            ("ReplicationGroupId", "replication_group_id"),
            ("Engine", "engine"),
            ("EngineVersion", "engine_version"),
            ("CacheNodeType", "node_type"),
            ("CacheParameterGroupName", "parameter_group_name"),
            ("CacheSubnetGroupName", "subnet_group_name"),
            ("SecurityGroupIds", "security_group_ids"),
            ("Port", "port"),
            ("AutomaticFailoverEnabled", "automatic_failover_enabled"),
            ("MultiAZEnabled", "multi_az_enabled"),
            ("NumCacheClusters", "num_cache_clusters"),
            ("NumNodeGroups", "num_node_groups"),
            ("ReplicasPerNodeGroup", "replicas_per_node_group"),
            ("NodeGroupConfiguration", "node_group_configuration"),
            ("PreferredCacheClusterAZs", "preferred_cache_cluster_azs"),
            ("SnapshotArns", "snapshot_arns"),
            ("SnapshotName", "snapshot_name"),
            ("SnapshotRetentionLimit", "snapshot_retention_limit"),
            ("SnapshotWindow", "snapshot_window"),
            ("PreferredMaintenanceWindow", "maintenance_window"),
            ("NotificationTopicArn", "notification_topic_arn"),
            ("AutoMinorVersionUpgrade", "auto_minor_version_upgrade"),
            ("AtRestEncryptionEnabled", "at_rest_encryption_enabled"),
            ("KmsKeyId", "kms_key_id"),
            ("TransitEncryptionEnabled", "transit_encryption_enabled"),
            ("TransitEncryptionMode", "transit_encryption_mode"),
            ("AuthToken", "auth_token"),
            ("UserGroupIds", "user_group_ids"),
            ("LogDeliveryConfigurations", "log_delivery_configuration"),
            ("DataTieringEnabled", "data_tiering_enabled"),
            ("NetworkType", "network_type"),
            ("IpDiscovery", "ip_discovery"),
            ("ClusterMode", "cluster_mode"),
            ("GlobalReplicationGroupId", "global_replication_group_id"),
            ("Durability", "durability"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            (
                "CacheSecurityGroupNames",
                "left out: EC2-Classic, which is gone",
            ),
            (
                "PrimaryClusterId",
                "Terraform has no word for it: it makes a group of a cluster that exists",
            ),
            (
                "SnapshottingClusterId",
                "Terraform has no word for it: AWS chooses the node",
            ),
        ],
        only_terraform: &[
            (
                "apply_immediately",
                "CloudFormation has no word for it: it never waits",
            ),
            (
                "final_snapshot_identifier",
                "CloudFormation's DeletionPolicy names the snapshot itself",
            ),
            (
                "auth_token_wo",
                "another way to pass auth_token, which CloudFormation always goes",
            ),
            ("auth_token_wo_version", "belongs to auth_token_wo"),
            (
                "auth_token_update_strategy",
                "CloudFormation has no word for it",
            ),
            (
                "security_group_names",
                "left out: EC2-Classic, which is gone",
            ),
            REGION,
            TIMEOUTS,
        ],
    },
    Kind {
        cloudformation: "AWS::ElastiCache::SubnetGroup",
        terraform: "aws_elasticache_subnet_group",
        logical_id: "SubnetGroup",
        pairs: &[
            ("CacheSubnetGroupName", "name"),
            ("Description", "description"),
            ("SubnetIds", "subnet_ids"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[],
        only_terraform: &[REGION],
    },
    Kind {
        cloudformation: "AWS::ElastiCache::ParameterGroup",
        terraform: "aws_elasticache_parameter_group",
        logical_id: "ParameterGroup",
        pairs: &[
            ("CacheParameterGroupFamily", "family"),
            ("Description", "description"),
            ("Properties", "parameter"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[],
        only_terraform: &[
            (
                "name",
                "CloudFormation names it by itself, so that a new family can stand beside the old one",
            ),
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::EC2::SecurityGroup",
        terraform: "aws_security_group",
        logical_id: "{}SecurityGroup",
        pairs: &[
            ("GroupName", "name"),
            ("GroupDescription", "description"),
            ("VpcId", "vpc_id"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            (
                "SecurityGroupIngress",
                "left out: the rules are resources of their own",
            ),
            (
                "SecurityGroupEgress",
                "only here does CloudFormation drop the rule that allows everything; Terraform has resources",
            ),
        ],
        only_terraform: &[
            ("ingress", "left out: the rules are resources of their own"),
            ("egress", "left out: the rules are resources of their own"),
            NAME_PREFIX,
            (
                "revoke_rules_on_delete",
                "left out: CloudFormation has no word for it",
            ),
            REGION,
            TIMEOUTS,
        ],
    },
    Kind {
        cloudformation: "AWS::EC2::SecurityGroupIngress",
        terraform: "aws_vpc_security_group_ingress_rule",
        logical_id: "SecurityGroupIngress{}",
        pairs: &[
            ("GroupId", "security_group_id"),
            ("IpProtocol", "ip_protocol"),
            ("FromPort", "from_port"),
            ("ToPort", "to_port"),
            ("CidrIp", "cidr_ipv4"),
            ("CidrIpv6", "cidr_ipv6"),
            ("SourcePrefixListId", "prefix_list_id"),
            ("SourceSecurityGroupId", "referenced_security_group_id"),
            ("Description", "description"),
        ],
        only_cloudformation: &[
            ("GroupName", "left out: EC2-Classic, which is gone"),
            (
                "SourceSecurityGroupName",
                "left out: EC2-Classic, which is gone",
            ),
            ("SourceSecurityGroupOwnerId", "Terraform has no word for it"),
        ],
        only_terraform: &[("tags", "CloudFormation has no word for it"), REGION],
    },
    Kind {
        cloudformation: "AWS::ElastiCache::User",
        terraform: "aws_elasticache_user",
        logical_id: "{}User",
        pairs: &[
            ("UserId", "user_id"),
            ("UserName", "user_name"),
            ("Engine", "engine"),
            ("AccessString", "access_string"),
            ("AuthenticationMode", "authentication_mode"),
            ("NoPasswordRequired", "no_password_required"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[("Passwords", "left out: the authentication mode has them")],
        only_terraform: &[
            ("passwords", "left out: the authentication mode has them"),
            (
                "passwords_wo",
                "another way to pass a password, which CloudFormation always goes",
            ),
            ("passwords_wo_version", "belongs to passwords_wo"),
            REGION,
            TIMEOUTS,
        ],
    },
    Kind {
        cloudformation: "AWS::ElastiCache::UserGroup",
        terraform: "aws_elasticache_user_group",
        logical_id: "{}UserGroup",
        pairs: &[
            ("UserGroupId", "user_group_id"),
            ("Engine", "engine"),
            ("UserIds", "user_ids"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[],
        only_terraform: &[REGION],
    },
    Kind {
        cloudformation: "AWS::KMS::Key",
        terraform: "aws_kms_key",
        logical_id: "{}Key",
        pairs: &[
            ("Description", "description"),
            ("EnableKeyRotation", "enable_key_rotation"),
            ("RotationPeriodInDays", "rotation_period_in_days"),
            ("PendingWindowInDays", "deletion_window_in_days"),
            ("KeyPolicy", "policy"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            ("BypassPolicyLockoutSafetyCheck", LOCKOUT),
            ("Enabled", ENABLED),
            ("KeySpec", SYMMETRIC),
            ("KeyUsage", SYMMETRIC),
            ("MultiRegion", ONE_REGION),
            ("Origin", "left out: KMS makes the material, by default"),
        ],
        only_terraform: &[
            ("bypass_policy_lockout_safety_check", LOCKOUT),
            ("is_enabled", ENABLED),
            ("customer_master_key_spec", SYMMETRIC),
            ("key_usage", SYMMETRIC),
            ("multi_region", ONE_REGION),
            (
                "custom_key_store_id",
                "left out: KMS keeps the material, by default",
            ),
            ("xks_key_id", "left out: KMS keeps the material, by default"),
            REGION,
            TIMEOUTS,
        ],
    },
    Kind {
        cloudformation: "AWS::KMS::Alias",
        terraform: "aws_kms_alias",
        logical_id: "{}KeyAlias",
        pairs: &[("AliasName", "name"), ("TargetKeyId", "target_key_id")],
        only_cloudformation: &[],
        only_terraform: &[NAME_PREFIX, REGION],
    },
    Kind {
        cloudformation: "AWS::SecretsManager::Secret",
        terraform: "aws_secretsmanager_secret",
        logical_id: "{}Secret",
        pairs: &[
            ("Name", "name"),
            ("Description", "description"),
            ("KmsKeyId", "kms_key_id"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            (
                "GenerateSecretString",
                "Terraform has an ephemeral resource for it, and a version of the secret",
            ),
            ("ReplicaRegions", REPLICAS),
            ("SecretString", "left out: no secret can be said"),
            ("Type", PARTNER),
        ],
        only_terraform: &[
            (
                "recovery_window_in_days",
                "CloudFormation has no word for it",
            ),
            ("replica", REPLICAS),
            ("force_overwrite_replica_secret", REPLICAS),
            ("type", PARTNER),
            (
                "policy",
                "left out: what a role may read is said of the role",
            ),
            NAME_PREFIX,
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::Logs::LogGroup",
        terraform: "aws_cloudwatch_log_group",
        logical_id: "{}Group",
        pairs: &[
            ("LogGroupName", "name"),
            ("RetentionInDays", "retention_in_days"),
            ("KmsKeyId", "kms_key_id"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            (
                "BearerTokenAuthenticationEnabled",
                "left out: ElastiCache delivers, and nobody else writes",
            ),
            ("DataProtectionPolicy", NO_VALUES),
            ("DeletionProtectionEnabled", REMOVAL),
            (
                "FieldIndexPolicies",
                "left out: how lines are searched is their readers' to say",
            ),
            ("LogGroupClass", STANDARD),
            (
                "ResourcePolicyDocument",
                "left out: who may write is said where a delivery is set up",
            ),
        ],
        only_terraform: &[
            ("deletion_protection_enabled", REMOVAL),
            ("log_group_class", STANDARD),
            (
                "skip_destroy",
                "left out: lifecycle says it, as for everything else",
            ),
            NAME_PREFIX,
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::CloudWatch::Alarm",
        terraform: "aws_cloudwatch_metric_alarm",
        logical_id: "{}Alarm",
        pairs: &[
            ("AlarmName", "alarm_name"),
            ("AlarmDescription", "alarm_description"),
            ("Namespace", "namespace"),
            ("MetricName", "metric_name"),
            ("Dimensions", "dimensions"),
            ("Statistic", "statistic"),
            ("ExtendedStatistic", "extended_statistic"),
            ("Period", "period"),
            ("EvaluationPeriods", "evaluation_periods"),
            ("DatapointsToAlarm", "datapoints_to_alarm"),
            ("Threshold", "threshold"),
            ("ComparisonOperator", "comparison_operator"),
            ("TreatMissingData", "treat_missing_data"),
            ("AlarmActions", "alarm_actions"),
            ("OKActions", "ok_actions"),
            ("Metrics", "metric_query"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            ("ActionConfiguration", NEWER),
            ("ActionsEnabled", ACTIONS),
            ("EvaluateLowSampleCountPercentile", FEW),
            ("EvaluationCriteria", NEWER),
            ("EvaluationInterval", NEWER),
            ("EvaluationWindow", NEWER),
            ("InsufficientDataActions", UNDECIDED),
            ("ThresholdMetricId", BANDS),
            ("Unit", UNIT),
            ("WarmUpConfiguration", NEWER),
        ],
        only_terraform: &[
            ("actions_enabled", ACTIONS),
            ("evaluate_low_sample_count_percentiles", FEW),
            ("evaluation_criteria", NEWER),
            ("evaluation_interval", NEWER),
            ("insufficient_data_actions", UNDECIDED),
            ("threshold_metric_id", BANDS),
            ("unit", UNIT),
            ("warm_up_configuration", NEWER),
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::CloudWatch::CompositeAlarm",
        terraform: "aws_cloudwatch_composite_alarm",
        logical_id: "{}Alarm",
        pairs: &[
            ("AlarmName", "alarm_name"),
            ("AlarmDescription", "alarm_description"),
            ("AlarmRule", "alarm_rule"),
            ("AlarmActions", "alarm_actions"),
            ("OKActions", "ok_actions"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            ("ActionsEnabled", ACTIONS),
            ("ActionsSuppressor", SUPPRESSOR),
            ("ActionsSuppressorExtensionPeriod", SUPPRESSOR),
            ("ActionsSuppressorWaitPeriod", SUPPRESSOR),
            ("InsufficientDataActions", UNDECIDED),
        ],
        only_terraform: &[
            ("actions_enabled", ACTIONS),
            ("actions_suppressor", SUPPRESSOR),
            ("insufficient_data_actions", UNDECIDED),
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::CloudWatch::Dashboard",
        terraform: "aws_cloudwatch_dashboard",
        logical_id: "Dashboard",
        pairs: &[
            ("DashboardName", "dashboard_name"),
            ("DashboardBody", "dashboard_body"),
        ],
        only_cloudformation: &[],
        only_terraform: &[REGION],
    },
    Kind {
        cloudformation: "AWS::SNS::Topic",
        terraform: "aws_sns_topic",
        logical_id: "{}Topic",
        pairs: &[
            ("TopicName", "name"),
            ("KmsMasterKeyId", "kms_master_key_id"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            ("ArchivePolicy", FIFO),
            ("ContentBasedDeduplication", FIFO),
            ("DataProtectionPolicy", NO_VALUES),
            ("DeliveryStatusLogging", DELIVERY),
            ("DisplayName", SMS),
            ("FifoThroughputScope", FIFO),
            ("FifoTopic", FIFO),
            ("MaximumMessageSize", DELIVERY),
            ("SignatureVersion", DELIVERY),
            (
                "Subscription",
                "left out: a subscription has to be confirmed by hand",
            ),
            ("TracingConfig", DELIVERY),
        ],
        only_terraform: &[
            ("application_failure_feedback_role_arn", DELIVERY),
            ("application_success_feedback_role_arn", DELIVERY),
            ("application_success_feedback_sample_rate", DELIVERY),
            ("archive_policy", FIFO),
            ("content_based_deduplication", FIFO),
            ("delivery_policy", DELIVERY),
            ("display_name", SMS),
            ("fifo_throughput_scope", FIFO),
            ("fifo_topic", FIFO),
            ("firehose_failure_feedback_role_arn", DELIVERY),
            ("firehose_success_feedback_role_arn", DELIVERY),
            ("firehose_success_feedback_sample_rate", DELIVERY),
            ("http_failure_feedback_role_arn", DELIVERY),
            ("http_success_feedback_role_arn", DELIVERY),
            ("http_success_feedback_sample_rate", DELIVERY),
            ("lambda_failure_feedback_role_arn", DELIVERY),
            ("lambda_success_feedback_role_arn", DELIVERY),
            ("lambda_success_feedback_sample_rate", DELIVERY),
            ("policy", "left out: a resource of its own says it"),
            ("signature_version", DELIVERY),
            ("sqs_failure_feedback_role_arn", DELIVERY),
            ("sqs_success_feedback_role_arn", DELIVERY),
            ("sqs_success_feedback_sample_rate", DELIVERY),
            ("tracing_config", DELIVERY),
            NAME_PREFIX,
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::SNS::TopicPolicy",
        terraform: "aws_sns_topic_policy",
        logical_id: "{}TopicPolicy",
        pairs: &[("PolicyDocument", "policy")],
        only_cloudformation: &[("Topics", "Terraform names one topic, and calls it arn")],
        only_terraform: &[("arn", "CloudFormation names several"), REGION],
    },
    Kind {
        cloudformation: "AWS::ApplicationAutoScaling::ScalableTarget",
        terraform: "aws_appautoscaling_target",
        logical_id: "{}ScalableTarget",
        pairs: &[
            ("ServiceNamespace", "service_namespace"),
            ("ScalableDimension", "scalable_dimension"),
            ("ResourceId", "resource_id"),
            ("MinCapacity", "min_capacity"),
            ("MaxCapacity", "max_capacity"),
        ],
        only_cloudformation: &[
            ("RoleARN", SERVICE_ROLE),
            (
                "ScheduledActions",
                "left out: a resource of its own in Terraform, and what follows a load needs no clock",
            ),
            ("SuspendedState", SUSPENDED),
            ("Tags", UNDOCUMENTED),
        ],
        only_terraform: &[
            ("role_arn", SERVICE_ROLE),
            ("suspended_state", SUSPENDED),
            ("tags", UNDOCUMENTED),
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::ApplicationAutoScaling::ScalingPolicy",
        terraform: "aws_appautoscaling_policy",
        logical_id: "{}ScalingPolicy",
        pairs: &[
            ("PolicyName", "name"),
            ("PolicyType", "policy_type"),
            (
                "TargetTrackingScalingPolicyConfiguration",
                "target_tracking_scaling_policy_configuration",
            ),
        ],
        only_cloudformation: &[
            (
                "ScalingTargetId",
                "Terraform names the three things that make the target",
            ),
            ("ServiceNamespace", TARGET),
            ("ScalableDimension", TARGET),
            ("ResourceId", TARGET),
            ("StepScalingPolicyConfiguration", TRACKING),
            ("PredictiveScalingPolicyConfiguration", TRACKING),
        ],
        only_terraform: &[
            ("service_namespace", IN_TARGET),
            ("scalable_dimension", IN_TARGET),
            ("resource_id", IN_TARGET),
            ("step_scaling_policy_configuration", TRACKING),
            ("predictive_scaling_policy_configuration", TRACKING),
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::SSM::Parameter",
        terraform: "aws_ssm_parameter",
        logical_id: "{}Parameter",
        pairs: &[
            ("Name", "name"),
            ("Description", "description"),
            ("Type", "type"),
            ("Value", "value"),
            ("Tags", "tags"),
        ],
        only_cloudformation: &[
            ("AllowedPattern", ITS_OWN_VALUE),
            ("DataType", PLAIN_TEXT),
            (
                "Policies",
                "left out: what tells how to reach a cache doesn't expire",
            ),
            ("Tier", STANDARD_TIER),
        ],
        only_terraform: &[
            ("allowed_pattern", ITS_OWN_VALUE),
            ("arn", "left out: the service chooses it"),
            ("data_type", PLAIN_TEXT),
            ("insecure_value", "left out: another way to say value"),
            ("key_id", NO_SECRET),
            (
                "overwrite",
                "left out: another's parameter isn't taken over",
            ),
            ("tier", STANDARD_TIER),
            ("value_wo", NO_SECRET),
            ("value_wo_version", NO_SECRET),
            REGION,
        ],
    },
    Kind {
        cloudformation: "AWS::Route53::RecordSet",
        terraform: "aws_route53_record",
        logical_id: "{}Record",
        pairs: &[
            ("HostedZoneId", "zone_id"),
            ("Name", "name"),
            ("Type", "type"),
            ("TTL", "ttl"),
            ("ResourceRecords", "records"),
        ],
        only_cloudformation: &[
            ("AliasTarget", "left out: a cache is no target of an alias"),
            ("CidrRoutingConfig", ONE_ANSWER),
            ("Comment", "left out: Terraform has no word for it"),
            ("Failover", ONE_ANSWER),
            ("GeoLocation", ONE_ANSWER),
            ("GeoProximityLocation", ONE_ANSWER),
            ("HealthCheckId", ONE_ANSWER),
            ("HostedZoneName", "left out: the zone's id says it"),
            ("MultiValueAnswer", ONE_ANSWER),
            ("Region", ONE_ANSWER),
            ("SetIdentifier", ONE_ANSWER),
            ("Weight", ONE_ANSWER),
        ],
        only_terraform: &[
            ("alias", "left out: a cache is no target of an alias"),
            (
                "allow_overwrite",
                "left out: another's record isn't taken over",
            ),
            ("cidr_routing_policy", ONE_ANSWER),
            ("failover_routing_policy", ONE_ANSWER),
            ("geolocation_routing_policy", ONE_ANSWER),
            ("geoproximity_routing_policy", ONE_ANSWER),
            ("health_check_id", ONE_ANSWER),
            ("latency_routing_policy", ONE_ANSWER),
            ("multivalue_answer_routing_policy", ONE_ANSWER),
            ("set_identifier", ONE_ANSWER),
            ("weighted_routing_policy", ONE_ANSWER),
            TIMEOUTS,
        ],
    },
];

/// Terraform's name of what CloudFormation nests and both have: in node groups, in log
/// deliveries and in the authentication modes of users.
const NESTED: Pairs = &[
    ("NodeGroupId", "node_group_id"),
    ("Slots", "slots"),
    ("ReplicaCount", "replica_count"),
    ("PrimaryAvailabilityZone", "primary_availability_zone"),
    ("ReplicaAvailabilityZones", "replica_availability_zones"),
    ("DestinationType", "destination_type"),
    ("LogFormat", "log_format"),
    ("LogType", "log_type"),
    ("DestinationDetails", "destination"),
    ("Type", "type"),
    ("Passwords", "passwords"),
    ("Id", "id"),
    ("Expression", "expression"),
    ("ReturnData", "return_data"),
    ("MetricStat", "metric"),
    ("TargetValue", "target_value"),
    ("ScaleInCooldown", "scale_in_cooldown"),
    ("ScaleOutCooldown", "scale_out_cooldown"),
    ("DisableScaleIn", "disable_scale_in"),
    (
        "PredefinedMetricSpecification",
        "predefined_metric_specification",
    ),
];

/// A resource as both languages print it.
struct Resource {
    name: String,
    kind: &'static Kind,
    cloudformation: Map<String, Value>,
    terraform: Map<String, Value>,
}

/// Every resource of these kinds of every environment.
fn resources() -> Vec<Resource> {
    let mut resources = Vec::new();
    for environment in everything::environments() {
        let outputs = outputs(&environment);
        for kind in &KINDS {
            let mut bodies: BTreeMap<String, Map<String, Value>> = outputs
                .resources
                .iter()
                .filter(|(of, _, _)| of == kind.terraform)
                .map(|(_, label, body)| (label.clone(), body.as_object().unwrap().clone()))
                .collect();
            for (logical_id, resource) in outputs.template["Resources"].as_object().unwrap() {
                if resource["Type"] != kind.cloudformation {
                    continue;
                }
                let name = format!("{} {logical_id}", environment.path());
                let label = bodies
                    .keys()
                    .find(|label| kind.logical_id(label) == *logical_id)
                    .cloned();
                let terraform = label
                    .and_then(|label| bodies.remove(&label))
                    .unwrap_or_else(|| panic!("{name}: the module has no such {}", kind.terraform));
                resources.push(Resource {
                    name,
                    kind,
                    cloudformation: resource["Properties"].as_object().unwrap().clone(),
                    terraform,
                });
            }
            assert!(bodies.is_empty(), "only in Terraform: {bodies:?}");
        }
    }
    resources
}

#[test]
fn everything_that_both_languages_have_is_printed_in_both() {
    let resources = resources();
    let mut missing = Vec::new();
    for kind in &KINDS {
        let of_kind = || {
            resources
                .iter()
                .filter(|resource| resource.kind.terraform == kind.terraform)
        };
        for (cloudformation, terraform) in kind.pairs {
            let in_both = of_kind().any(|resource| {
                resource.cloudformation.contains_key(*cloudformation)
                    && resource.terraform.contains_key(*terraform)
            });
            if !in_both {
                missing.push((kind.cloudformation, cloudformation, terraform));
            }
        }
    }
    assert!(missing.is_empty(), "never printed: {missing:#?}");
}

/// Nor is anything printed in one language that the other would have a name for.
#[test]
fn what_one_language_says_the_other_says_too() {
    for resource in resources() {
        let (kind, name) = (resource.kind, &resource.name);
        let alone = |excepted: &[(&str, &str)], key: &String| {
            let because = excepted.iter().find(|(known, _)| known == key);
            let left_out = because.is_some_and(|(_, because)| because.starts_with("left out"));
            assert!(!left_out, "{name}: {key} is left out, and set");
            key == "lifecycle" || because.is_some()
        };
        // in CloudFormation the number stands beside the shards; Terraform counts them
        let counted = resource
            .cloudformation
            .contains_key("NodeGroupConfiguration");
        let token = resource.terraform.contains_key("auth_token_wo");
        let password = resource.terraform.contains_key("passwords_wo");
        for key in resource.cloudformation.keys() {
            let (_, other) = match kind.pairs.iter().find(|(cfn, _)| cfn == key) {
                Some(pair) => *pair,
                None if alone(kind.only_cloudformation, key) => continue,
                None => panic!("{name}: {key} is in no table"),
            };
            let there = resource.terraform.contains_key(other)
                || (key == "NumNodeGroups" && counted)
                || (key == "AuthToken" && token)
                || (key == "AuthenticationMode" && password);
            assert!(there, "{name}: {key} is set, and {other} isn't");
        }
        for key in resource.terraform.keys() {
            let (other, _) = match kind.pairs.iter().find(|(_, tf)| tf == key) {
                Some(pair) => *pair,
                None if alone(kind.only_terraform, key) => continue,
                None => panic!("{name}: {key} is in no table"),
            };
            let there = resource.cloudformation.contains_key(other);
            assert!(there, "{name}: {key} is set, and {other} isn't");
        }
    }
}

#[test]
fn both_languages_say_the_same() {
    let mut compared = 0;
    for resource in resources() {
        for (cloudformation, terraform) in resource.kind.pairs {
            let (Some(left), Some(right)) = (
                resource.cloudformation.get(*cloudformation),
                resource.terraform.get(*terraform),
            ) else {
                continue;
            };
            let left = as_terraform(cloudformation, left);
            let right = &match *terraform {
                "policy" | "dashboard_body" => document(right),
                _ => right.clone(),
            };
            let name = format!("{} {cloudformation}", resource.name);
            compared += compare(&name, &left, right);
        }
    }
    assert!(compared > 200, "only {compared} literals were compared");
}

/// A value of CloudFormation's in the shape that Terraform has for it.
fn as_terraform(name: &str, value: &Value) -> Value {
    let objects = || value.as_array().unwrap().iter();
    match name {
        // a map in both
        "Tags" if value.is_object() => value.clone(),
        "Tags" => objects()
            .map(|tag| {
                (
                    tag["Key"].as_str().unwrap().to_owned(),
                    tag["Value"].clone(),
                )
            })
            .collect::<Map<_, _>>()
            .into(),
        "Properties" => {
            let parameters = value.as_object().unwrap().iter();
            parameters
                .map(|(name, value)| json!({"name": name, "value": value}))
                .collect()
        }
        "NodeGroupConfiguration" | "LogDeliveryConfigurations" => objects().map(block).collect(),
        "AuthenticationMode" => json!([block(value)]),
        "Dimensions" => dimensions(value),
        "Metrics" => objects().map(query).collect(),
        "DashboardBody" => serde_json::from_str(value.as_str().unwrap()).unwrap(),
        "TargetTrackingScalingPolicyConfiguration" => {
            let mut tracking = block(value);
            let metric = tracking["predefined_metric_specification"].take();
            tracking["predefined_metric_specification"] =
                json!([{ "predefined_metric_type": metric }]);
            json!([tracking])
        }
        "KeyPolicy" | "PolicyDocument" => with_account(value),
        _ => value.clone(),
    }
}

/// A metric's dimensions, as Terraform's map.
fn dimensions(value: &Value) -> Value {
    let entries = value.as_array().unwrap().iter();
    let entries = entries.map(|entry| {
        let name = entry["Name"].as_str().unwrap().to_owned();
        (name, entry["Value"].clone())
    });
    Value::Object(entries.collect())
}

/// A metric that an alarm computes with, as Terraform's block: metric and statistic are one.
fn query(object: &Value) -> Value {
    let mut query = object.as_object().unwrap().clone();
    let stat = query.remove("MetricStat");
    let Value::Object(mut block) = block(&Value::Object(query)) else {
        unreachable!("a block is an object")
    };
    if let Some(stat) = stat {
        let metric = json!([{
            "namespace": stat["Metric"]["Namespace"],
            "metric_name": stat["Metric"]["MetricName"],
            "dimensions": dimensions(&stat["Metric"]["Dimensions"]),
            "period": stat["Period"],
            "stat": stat["Stat"],
        }]);
        block.insert("metric".into(), metric);
    }
    Value::Object(block)
}

/// An object in the shape of Terraform's block.
fn block(object: &Value) -> Value {
    let members = object.as_object().unwrap().iter();
    let members = members.map(|(name, value)| {
        let pair = NESTED.iter().find(|(cfn, _)| cfn == name);
        let (_, tf) = pair.unwrap_or_else(|| panic!("{name} is in no table"));
        ((*tf).to_owned(), innermost(value).clone())
    });
    Value::Object(members.collect())
}

/// What stands for the account's number in a document of either language.
const ACCOUNT: &str = "<account>";

/// A document of Terraform's, which calls a function.
fn document(value: &Value) -> Value {
    let call = value["$expr"].as_str().expect("a call");
    let object = call
        .strip_prefix("jsonencode(")
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or_else(|| panic!("not a document: {call}"));
    let blocks = terraform::read(&format!("locals {{\n  document = {object}\n}}\n"));
    with_account(&blocks.expect("HCL")[0].body["document"])
}

/// A document with the account's number in the same words in both languages.
fn with_account(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(with_account).collect(),
        Value::Object(members) => {
            if value["Ref"] == "AWS::AccountId" {
                return ACCOUNT.into();
            }
            if let Some(text) = value["Fn::Sub"].as_str() {
                return text.replace("${AWS::AccountId}", ACCOUNT).into();
            }
            if let Some(source) = value["$expr"].as_str() {
                let number = "data.aws_caller_identity.current.account_id";
                if !source.contains(number) {
                    return value.clone();
                }
                let text = source.replace(&format!("${{{number}}}"), ACCOUNT);
                return text.replace(number, ACCOUNT).trim_matches('"').into();
            }
            let members = members.iter();
            let members = members.map(|(name, value)| (name.clone(), with_account(value)));
            Value::Object(members.collect())
        }
        value => value.clone(),
    }
}

/// `{"CloudWatchLogsDetails": {"LogGroup": "x"}}` is `x` in Terraform.
fn innermost(value: &Value) -> &Value {
    let members = value.as_object().filter(|_| !is_computed(value));
    match members.and_then(|members| members.values().next()) {
        Some(inner) => innermost(inner),
        None => value,
    }
}

/// Compares what is literal, and says how much that was. What is a reference in one
/// language has to be one in the other.
fn compare(name: &str, cloudformation: &Value, terraform: &Value) -> usize {
    let computed = is_computed(cloudformation);
    assert_eq!(
        computed,
        terraform.get("$expr").is_some(),
        "{name}: {cloudformation} and {terraform}"
    );
    if computed {
        return 0;
    }
    match (cloudformation, terraform) {
        (Value::Array(left), Value::Array(right)) => {
            assert_eq!(left.len(), right.len(), "{name}: {left:?} and {right:?}");
            // parameters have no order, and each reader has its own
            let sort = |values: &[Value]| {
                let mut values = values.to_vec();
                values.sort_by_key(|value| value.get("name").map(ToString::to_string));
                values
            };
            let pairs = sort(left).into_iter().zip(sort(right));
            pairs.map(|(l, r)| compare(name, &l, &r)).sum()
        }
        (Value::Object(left), Value::Object(right)) => {
            let names = |object: &Map<String, Value>| -> BTreeSet<String> {
                object.keys().cloned().collect()
            };
            assert_eq!(names(left), names(right), "{name}");
            let pairs = left.iter().map(|(key, value)| (value, &right[key]));
            pairs.map(|(l, r)| compare(name, l, r)).sum()
        }
        (left, right) => {
            assert_eq!(left, right, "{name}");
            1
        }
    }
}

/// A reference, or a secret that CloudFormation fills in.
fn is_computed(value: &Value) -> bool {
    match value {
        Value::String(text) => text.starts_with("{{resolve:"),
        Value::Object(members) => {
            members.len() == 1
                && members
                    .keys()
                    .all(|key| key == "Ref" || key.starts_with("Fn::"))
        }
        _ => false,
    }
}

/// CloudFormation states what may be reached inside the group, Terraform in rules.
#[test]
fn both_languages_say_the_same_of_what_may_be_reached() {
    let mut seen = 0;
    for environment in everything::environments() {
        let outputs = outputs(&environment);
        let rules: Vec<Value> = outputs
            .resources
            .iter()
            .filter(|(kind, _, _)| kind == "aws_vpc_security_group_egress_rule")
            .map(|(_, _, body)| {
                json!({
                    "Description": body["description"],
                    "IpProtocol": body["ip_protocol"],
                    "Cidr": body.get("cidr_ipv4").or(body.get("cidr_ipv6")),
                    "FromPort": body.get("from_port"),
                    "ToPort": body.get("to_port"),
                })
            })
            .collect();
        let mut inside = Vec::new();
        for resource in outputs.template["Resources"].as_object().unwrap().values() {
            assert_ne!(resource["Type"], "AWS::EC2::SecurityGroupEgress");
            let egress = resource["Properties"].get("SecurityGroupEgress");
            for rule in egress.and_then(Value::as_array).into_iter().flatten() {
                inside.push(json!({
                    "Description": rule["Description"],
                    "IpProtocol": rule["IpProtocol"],
                    "Cidr": rule.get("CidrIp").or(rule.get("CidrIpv6")),
                    "FromPort": rule.get("FromPort"),
                    "ToPort": rule.get("ToPort"),
                }));
            }
        }
        let sorted = |mut rules: Vec<Value>| {
            rules.sort_by_key(ToString::to_string);
            rules
        };
        let (inside, rules) = (sorted(inside), sorted(rules));
        assert_eq!(inside, rules, "{}", environment.path());
        seen += rules.len();
    }
    assert!(seen >= 4, "only {seen} rules were compared");
}

/// The tables above forget nothing that either language has.
#[test]
fn the_tables_name_everything_that_the_schemas_do() {
    let names = |file: String| -> BTreeSet<String> {
        let path = root().join("src/schema").join(file);
        let text = std::fs::read_to_string(&path).expect("a schema");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        schema["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    for kind in &KINDS {
        let file = kind.cloudformation.replace("::", "-");
        assert_eq!(
            names(format!("cloudformation/{file}.json")),
            tabled(
                kind.pairs.iter().map(|pair| pair.0),
                kind.only_cloudformation
            ),
            "{}",
            kind.cloudformation
        );
        assert_eq!(
            names(format!("terraform/resource.{}.json", kind.terraform)),
            tabled(kind.pairs.iter().map(|pair| pair.1), kind.only_terraform),
            "{}",
            kind.terraform
        );
    }
}

fn tabled<'a>(
    pairs: impl Iterator<Item = &'a str>,
    excepted: &[(&'a str, &str)],
) -> BTreeSet<String> {
    assert!(excepted.iter().all(|(_, because)| !because.is_empty()));
    let excepted = excepted.iter().map(|(name, _)| *name);
    pairs.chain(excepted).map(str::to_owned).collect()
}
/// What `everything` says of its caches, in CloudFormation's words: two languages can
/// agree with each other and not with the definition.
#[test]
fn what_is_said_is_what_is_printed() {
    let expected = json!({
        "everything/replicated": {
            "ReplicationGroupId": "shop-replicated",
            "ReplicationGroupDescription": "Cache of the shop, à la carte",
            "Engine": "redis",
            "EngineVersion": "7.1",
            "CacheNodeType": "cache.m7g.large",
            "Port": 6380,
            "NumCacheClusters": 3,
            "PreferredCacheClusterAZs": ["us-east-1a", "us-east-1b", "us-east-1c"],
            "AutomaticFailoverEnabled": true,
            "MultiAZEnabled": true,
            "AtRestEncryptionEnabled": true,
            "KmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/1234abcd",
            "TransitEncryptionEnabled": true,
            "TransitEncryptionMode": "required",
            "AuthToken": "{{resolve:secretsmanager:shop/prod/cache:SecretString:token}}",
            "SnapshotRetentionLimit": 14,
            "SnapshotWindow": "03:00-05:00",
            "PreferredMaintenanceWindow": "sun:05:00-sun:07:00",
            "AutoMinorVersionUpgrade": false,
            "NetworkType": "dual_stack",
            "IpDiscovery": "ipv4",
            "NotificationTopicArn": "arn:aws:sns:us-east-1:123456789012:shop",
            "SnapshotName": "shop-before",
            "LogDeliveryConfigurations": [
                {
                    "DestinationDetails": {
                        "CloudWatchLogsDetails": { "LogGroup": "/shop/slow" }
                    },
                    "DestinationType": "cloudwatch-logs",
                    "LogFormat": "json",
                    "LogType": "slow-log",
                },
                {
                    "DestinationDetails": {
                        "KinesisFirehoseDetails": { "DeliveryStream": "shop-engine" }
                    },
                    "DestinationType": "kinesis-firehose",
                    "LogFormat": "text",
                    "LogType": "engine-log",
                },
            ],
            "Tags": [
                { "Key": "Environment", "Value": "prod" },
                { "Key": "cost:center", "Value": "42" },
                { "Key": "Name", "Value": "shop-replicated" },
            ],
        },
        "everything/sharded": {
            "ClusterMode": "enabled",
            "NumNodeGroups": 3,
            "ReplicasPerNodeGroup": 1,
            "CacheParameterGroupName": "default.valkey9.cluster.on",
            "Durability": "sync",
            "NetworkType": "ipv6",
            "IpDiscovery": "ipv6",
            "UserGroupIds": ["shop-users"],
        },
        "everything/each-shard": {
            "NumNodeGroups": 2,
            "NodeGroupConfiguration": [
                {
                    "NodeGroupId": "0001",
                    "Slots": "0-8191",
                    "ReplicaCount": 1,
                    "PrimaryAvailabilityZone": "us-east-1a",
                    "ReplicaAvailabilityZones": ["us-east-1b"],
                },
                { "NodeGroupId": "0002", "Slots": "8192-16383", "ReplicaCount": 2 },
            ],
            "SnapshotArns": ["arn:aws:s3:::shop/1.rdb", "arn:aws:s3:::shop/2.rdb"],
        },
        "everything/single": {
            "NumCacheClusters": 1,
            "DataTieringEnabled": true,
            "AutomaticFailoverEnabled": false,
            "MultiAZEnabled": false,
            "TransitEncryptionMode": "preferred",
            "SnapshotRetentionLimit": 0,
        },
        "everything/compatible": {
            "ClusterMode": "compatible",
            "NumCacheClusters": 2,
            "AutomaticFailoverEnabled": true,
            "MultiAZEnabled": false,
        },
        "everything/secondary": {
            "GlobalReplicationGroupId": "ldgnf-shop",
            "NumCacheClusters": 3,
        },
        "everything/users": {
            "UserGroupIds": [{ "Ref": "UserGroup" }],
            "KmsKeyId": { "Fn::GetAtt": ["CacheKey", "Arn"] },
        },
        "everything/write-only-users": {
            "UserGroupIds": [{ "Ref": "UserGroup" }],
        },
        "everything/generated-token": {
            "AuthToken": {
                "Fn::Sub": "{{resolve:secretsmanager:${AuthTokenSecret}:SecretString}}"
            },
        },
        "everything/secure-string": {
            "AuthToken": "{{resolve:ssm-secure:/shop/auth-token:6}}",
        },
        "everything/ephemeral-secure-string": {
            "AuthToken": { "Fn::Sub": "{{resolve:ssm-secure:${AuthTokenParameterName}}}" },
        },
        "everything/watched": { "NotificationTopicArn": { "Ref": "EventsTopic" } },
        "everything/watched-alone": {},
    });
    for environment in everything::environments() {
        let outputs = outputs(&environment);
        let printed = outputs.properties("AWS::ElastiCache::ReplicationGroup");
        let expected = &expected[environment.path()];
        for (name, value) in expected.as_object().expect("an environment") {
            assert_eq!(printed[name], *value, "{} {name}", environment.path());
        }
    }
}

/// The vocabulary that readers use has every setting that definitions are lowered to, under the
/// same two names.
#[test]
fn the_vocabulary_has_what_is_lowered() {
    use cachewright::graph::{Property, Value};
    use cachewright::vocabulary;
    fn hold(
        kind: cachewright::graph::Kind,
        around: (&str, &str),
        properties: &[Property],
    ) -> usize {
        let mut seen = 0;
        for property in properties {
            let name = |prefix: &str, name: &Option<std::borrow::Cow<'static, str>>| {
                name.as_deref()
                    .map_or_else(String::new, |name| format!("{prefix}{name}"))
            };
            let cloudformation = name(around.0, &property.cloudformation);
            let terraform = name(around.1, &property.terraform);
            // a definition may say in one language only what the other could say as well
            let is = |said: &str, known: &str| said.is_empty() || said == known;
            let found = vocabulary::settings(kind).any(|setting| {
                is(&cloudformation, setting.cloudformation) && is(&terraform, setting.terraform)
            });
            // egress stands inside the group in CloudFormation, as one of its own settings
            let inline = cloudformation == "SecurityGroupEgress";
            // one word of CloudFormation's is two arguments, and rules know both
            let found = found || (&*cloudformation, &*terraform) == ("AuthToken", "auth_token_wo");
            assert!(
                found || inline,
                "{kind:?}: {cloudformation:?} and {terraform:?}"
            );
            seen += 1;
            if let (Value::Objects(objects), false) = (&property.value, inline) {
                let around = (&*format!("{cloudformation}/"), &*format!("{terraform}/"));
                seen += objects
                    .iter()
                    .map(|object| hold(kind, around, object))
                    .sum::<usize>();
            }
        }
        seen
    }
    let mut seen = 0;
    for environment in everything::environments() {
        for node in &environment.lower().0.nodes {
            seen += hold(node.kind, ("", ""), &node.properties);
        }
    }
    assert!(seen > 150, "only {seen} settings were looked up");
}
