# Several caches from one map, each with what differs from the others.

variable "caches" {
  description = "The caches, by name."
  type = map(object({
    node_type      = optional(string, "cache.t4g.small")
    replicas       = optional(number, 1)
    engine_version = optional(string, "8.0")
    policy         = optional(string)
    logs           = optional(set(string), [])
    alarms         = optional(map(number), {})
    tags           = optional(map(string), {})
  }))

  default = {
    pages = {}
    queue = {
      node_type = "cache.m7g.large"
      replicas  = 2
      policy    = "noeviction"
      logs      = ["slow-log", "engine-log"]
      alarms    = { EngineCPUUtilization = 80, Evictions = 0 }
      tags      = { Workload = "queue" }
    }
  }
}

variable "network" {
  type = object({
    vpc_id  = string
    subnets = list(string)
    clients = map(string)
  })
}

locals {
  policies = { for name, cache in var.caches : name => cache if cache.policy != null }
  default_tags = {
    Owner = "platform"
  }

  logs = merge([
    for name, cache in var.caches : {
      for log in cache.logs : "${name}/${log}" => { cache = name, log = log }
    }
  ]...)

  alarms = {
    for alarm in flatten([
      for name, cache in var.caches : [
        for metric, threshold in cache.alarms : {
          cache     = name
          metric    = metric
          threshold = threshold
        }
      ]
    ]) : "${alarm.cache}-${alarm.metric}" => alarm
  }
}

resource "aws_elasticache_subnet_group" "this" {
  name       = "caches"
  subnet_ids = var.network.subnets
}

resource "aws_security_group" "this" {
  for_each    = var.caches
  name        = "cache-${each.key}"
  description = "Who may reach the cache ${each.key}"
  vpc_id      = var.network.vpc_id
}

resource "aws_elasticache_parameter_group" "this" {
  for_each = local.policies
  name     = "${each.key}-valkey${split(".", each.value.engine_version)[0]}"
  family   = "valkey${split(".", each.value.engine_version)[0]}"

  parameter {
    name  = "maxmemory-policy"
    value = each.value.policy
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.logs
  name              = "/caches/${each.key}"
  retention_in_days = each.value.log == "slow-log" ? 30 : 7
}

resource "aws_elasticache_replication_group" "this" {
  for_each = var.caches

  replication_group_id       = each.key
  description                = title("${each.key} cache")
  engine                     = "valkey"
  engine_version             = each.value.engine_version
  node_type                  = each.value.node_type
  num_cache_clusters         = each.value.replicas + 1
  automatic_failover_enabled = each.value.replicas > 0
  multi_az_enabled           = each.value.replicas > 0
  parameter_group_name       = contains(keys(local.policies), each.key) ? aws_elasticache_parameter_group.this[each.key].name : "default.valkey8"
  subnet_group_name          = aws_elasticache_subnet_group.this.name
  security_group_ids         = [aws_security_group.this[each.key].id]
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true

  dynamic "log_delivery_configuration" {
    for_each = each.value.logs
    content {
      destination      = aws_cloudwatch_log_group.this["${each.key}/${log_delivery_configuration.key}"].name
      destination_type = "cloudwatch-logs"
      log_format       = "json"
      log_type         = log_delivery_configuration.value
    }
  }

  tags = merge(local.default_tags, each.value.tags)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "cache-${each.key}"
  namespace           = "AWS/ElastiCache"
  metric_name         = each.value.metric
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this[each.value.cache].id}-001"
  }
}

output "addresses" {
  value = { for name, cache in aws_elasticache_replication_group.this : name => cache.primary_endpoint_address }
}
