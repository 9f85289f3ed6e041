# Shards that scale by themselves, and a copy in another region.

variable "name" {
  default = "cart"
}

variable "shards" {
  default = 2
}

variable "replicas" {
  default = 1
}

variable "global_id" {
  description = "The global group that this one belongs to; none where it stands alone."
  default     = null
}

variable "logs" {
  default = {
    slow-log   = 14
    engine-log = 7
  }
}

locals {
  is_secondary = var.global_id != null
  targets = {
    shards = {
      dimension = "elasticache:replication-group:NodeGroups"
      min       = var.shards
      max       = var.shards * 4
      metric    = "ElastiCachePrimaryEngineCPUUtilization"
    }
    replicas = {
      dimension = "elasticache:replication-group:Replicas"
      min       = max(1, var.replicas)
      max       = 5
      metric    = "ElastiCacheReplicaEngineCPUUtilization"
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = var.logs
  name              = join("/", ["", "elasticache", var.name, each.key])
  retention_in_days = each.value
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id        = "${var.name}-sharded"
  description                 = "Carts"
  global_replication_group_id = var.global_id
  engine                      = local.is_secondary ? null : "valkey"
  engine_version              = local.is_secondary ? null : "8.0"
  node_type                   = local.is_secondary ? null : "cache.r7g.xlarge"
  parameter_group_name        = local.is_secondary ? null : "default.valkey8.cluster.on"
  cluster_mode                = "enabled"
  num_node_groups             = local.is_secondary ? null : var.shards
  replicas_per_node_group     = var.replicas
  automatic_failover_enabled  = true
  multi_az_enabled            = var.replicas > 0
  transit_encryption_enabled  = local.is_secondary ? null : true
  at_rest_encryption_enabled  = local.is_secondary ? null : true
  snapshot_retention_limit    = 7
  network_type                = "dual_stack"
  ip_discovery                = "ipv6"

  dynamic "log_delivery_configuration" {
    for_each = aws_cloudwatch_log_group.this
    iterator = log
    content {
      destination      = log.value.name
      destination_type = "cloudwatch-logs"
      log_format       = "text"
      log_type         = log.key
    }
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [num_node_groups, replicas_per_node_group]
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each           = local.targets
  service_namespace  = "elasticache"
  scalable_dimension = each.value.dimension
  resource_id        = "replication-group/${aws_elasticache_replication_group.this.id}"
  min_capacity       = each.value.min
  max_capacity       = each.value.max
}

resource "aws_appautoscaling_policy" "this" {
  for_each           = local.targets
  name               = "${var.name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
    }
  }
}

output "address" {
  value = aws_elasticache_replication_group.this.configuration_endpoint_address
}
