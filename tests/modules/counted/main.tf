# A module that others call: everything can be turned off, and everything has a name by default.

locals {
  enabled               = var.enabled
  name                  = lower(join("-", compact([var.namespace, var.stage, var.name])))
  create_subnet_group   = local.enabled && var.subnet_group_name == "" && length(var.subnet_ids) > 0
  subnet_group_name     = var.subnet_group_name != "" ? var.subnet_group_name : join("", aws_elasticache_subnet_group.default[*].name)
  create_security_group = local.enabled && var.create_security_group
  security_group_ids    = compact(concat(local.create_security_group ? [one(aws_security_group.default[*].id)] : [], var.associated_security_group_ids))
  version_parts         = split(".", var.engine_version)
  family                = coalesce(var.family, format("%s%s", var.engine, local.version_parts[0]))

  member_clusters   = local.enabled && !var.cluster_mode_enabled ? tolist(aws_elasticache_replication_group.default[0].member_clusters) : []
  parameter_group   = var.parameter_group_name != null ? var.parameter_group_name : "${local.name}-${replace(local.family, ".", "-")}"
  replication_group = var.replication_group_id == "" ? substr(local.name, 0, 40) : var.replication_group_id
  tags              = merge(var.tags, { Name = local.name }, var.stage == "prod" ? { Tier = "gold" } : {})
}

resource "aws_elasticache_subnet_group" "default" {
  count      = local.create_subnet_group ? 1 : 0
  name       = local.replication_group
  subnet_ids = var.subnet_ids
  tags       = local.tags
}

resource "aws_security_group" "default" {
  count       = local.create_security_group ? 1 : 0
  name        = "${local.name}-cache"
  description = "Who may reach ${local.name}"
  vpc_id      = var.vpc_id
  tags        = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group_rule" "ingress" {
  count                    = local.create_security_group ? length(var.allowed_security_group_ids) : 0
  type                     = "ingress"
  from_port                = var.port
  to_port                  = var.port
  protocol                 = "tcp"
  source_security_group_id = var.allowed_security_group_ids[count.index]
  security_group_id        = aws_security_group.default[0].id
}

resource "aws_security_group_rule" "egress" {
  count             = local.create_security_group ? 1 : 0
  type              = "egress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = join("", aws_security_group.default.*.id)
}

resource "aws_elasticache_parameter_group" "default" {
  count       = local.enabled && var.parameter_group_name == null ? 1 : 0
  name        = local.parameter_group
  description = var.parameter_group_description != null ? var.parameter_group_description : "Parameters of ${local.name}"
  family      = local.family

  dynamic "parameter" {
    for_each = var.cluster_mode_enabled ? concat([{ name = "cluster-enabled", value = "yes" }], var.parameters) : var.parameters
    content {
      name  = parameter.value.name
      value = tostring(parameter.value.value)
    }
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [description]
  }
}

resource "aws_elasticache_replication_group" "default" {
  count = local.enabled ? 1 : 0

  auth_token                  = var.transit_encryption_enabled ? var.auth_token : null
  replication_group_id        = local.replication_group
  description                 = coalesce(var.description, local.name)
  node_type                   = var.instance_type
  num_cache_clusters          = var.cluster_mode_enabled ? null : var.cluster_size
  port                        = var.port
  parameter_group_name        = length(aws_elasticache_parameter_group.default) > 0 ? aws_elasticache_parameter_group.default[0].name : var.parameter_group_name
  preferred_cache_cluster_azs = length(var.availability_zones) == 0 ? null : [for n in range(0, var.cluster_size) : element(var.availability_zones, n)]
  automatic_failover_enabled  = var.cluster_mode_enabled ? true : var.automatic_failover_enabled
  multi_az_enabled            = var.multi_az_enabled
  subnet_group_name           = local.subnet_group_name
  security_group_ids          = local.security_group_ids
  maintenance_window          = var.maintenance_window
  notification_topic_arn      = var.notification_topic_arn != "" ? var.notification_topic_arn : null
  engine                      = var.engine
  engine_version              = var.engine_version
  at_rest_encryption_enabled  = var.at_rest_encryption_enabled
  transit_encryption_enabled  = var.transit_encryption_enabled || var.auth_token != null
  transit_encryption_mode     = var.transit_encryption_enabled ? lookup(var.modes, var.stage, "required") : null
  kms_key_id                  = try(var.kms_key_ids[0], null)
  snapshot_window             = var.snapshot_window
  snapshot_retention_limit    = var.stage == "prod" ? max(var.snapshot_retention_limit, 7) : var.snapshot_retention_limit
  final_snapshot_identifier   = var.keep_last ? "${local.replication_group}-final" : null
  apply_immediately           = var.apply_immediately
  auto_minor_version_upgrade  = tonumber(local.version_parts[0]) >= 6 ? true : null

  dynamic "log_delivery_configuration" {
    for_each = var.logs
    content {
      destination      = lookup(log_delivery_configuration.value, "destination", null)
      destination_type = lookup(log_delivery_configuration.value, "destination_type", "cloudwatch-logs")
      log_format       = lookup(log_delivery_configuration.value, "log_format", "json")
      log_type         = log_delivery_configuration.value.log_type
    }
  }

  tags = local.tags

  lifecycle {
    ignore_changes = [security_group_names]
  }

  depends_on = [aws_elasticache_parameter_group.default]
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  count               = local.enabled && var.alarms_enabled ? length(local.member_clusters) : 0
  alarm_name          = "${element(local.member_clusters, count.index)}-cpu"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "CPUUtilization"
  namespace           = "AWS/ElastiCache"
  period              = 300
  statistic           = "Average"
  threshold           = var.alarm_cpu_threshold

  dimensions = {
    CacheClusterId = element(local.member_clusters, count.index)
  }

  alarm_actions = var.alarm_actions
  ok_actions    = var.ok_actions
}
