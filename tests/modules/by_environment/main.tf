# One module for every environment: a table says what differs.

variable "environment" {
  type = string

  validation {
    condition     = contains(["dev", "prod"], var.environment)
    error_message = "One of dev and prod."
  }
}

variable "overrides" {
  type    = any
  default = {}
}

locals {
  defaults = {
    node_type = "cache.t4g.micro"
    nodes     = 1
    retention = 0
    window    = null
  }

  by_environment = {
    dev = {}
    prod = {
      node_type = "cache.r7g.large"
      nodes     = 3
      retention = 14
      window    = "02:00-03:00"
    }
  }

  settings = merge(local.defaults, lookup(local.by_environment, var.environment, {}), var.overrides)
  is_prod  = var.environment == "prod"
  id       = format("%s-%s", "ledger", var.environment)
  actions  = local.is_prod ? ["arn:aws:sns:eu-west-1:123456789012:pager"] : []
  zones    = slice(["eu-west-1a", "eu-west-1b", "eu-west-1c"], 0, local.settings.nodes)
}

resource "aws_elasticache_replication_group" "ledger" {
  replication_group_id        = local.id
  description                 = "Ledger %{if local.is_prod}(customers depend on it)%{else}(may be lost)%{endif}"
  engine                      = "valkey"
  engine_version              = "8.0"
  node_type                   = local.settings.node_type
  num_cache_clusters          = local.settings.nodes
  automatic_failover_enabled  = local.settings.nodes > 1
  multi_az_enabled            = local.settings["nodes"] > 1
  preferred_cache_cluster_azs = local.zones
  snapshot_retention_limit    = local.settings.retention
  snapshot_window             = local.settings.window
  apply_immediately           = !local.is_prod
  transit_encryption_enabled  = true
  tags                        = { for key, value in { environment = var.environment, id = local.id } : title(key) => value }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  count               = local.settings.nodes
  alarm_name          = format("%s-%03d-memory", aws_elasticache_replication_group.ledger.id, count.index + 1)
  alarm_actions       = local.actions
  namespace           = "AWS/ElastiCache"
  metric_name         = "DatabaseMemoryUsagePercentage"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  statistic           = "Average"
  period              = 5 * 60
  evaluation_periods  = 3
  threshold           = 80

  dimensions = {
    CacheClusterId = format("%s-%03d", aws_elasticache_replication_group.ledger.id, count.index + 1)
    CacheNodeId    = "0001"
  }
}
