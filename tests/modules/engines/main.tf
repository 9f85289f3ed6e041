# Redis OSS or Valkey, with a token or with users.

variable "name" {
  default = "gate"
}

variable "engine" {
  default = "valkey"
}

variable "engine_version" {
  default = null
}

variable "users" {
  default = {
    app = "on ~app:* +@all"
    ops = "on ~* +@admin"
  }
}

variable "auth" {
  default = "users"
}

locals {
  is_valkey = var.engine == "valkey"
  version   = coalesce(var.engine_version, local.is_valkey ? "8.0" : "7.1")
  major     = element(split(".", local.version), 0)
  suffix    = startswith(local.version, "6") ? ".x" : ""
  family    = "${var.engine}${local.major}${local.suffix}"
  has_users = var.auth == "users"
  has_token = var.auth == "token"
}

resource "random_password" "token" {
  count            = local.has_token ? 1 : 0
  length           = 64
  special          = true
  override_special = "!&#$^<>-"
}

resource "aws_secretsmanager_secret" "token" {
  count = local.has_token ? 1 : 0
  name  = "${var.name}-token"
}

resource "aws_elasticache_user" "default" {
  count         = local.has_users ? 1 : 0
  user_id       = "${var.name}-default"
  user_name     = "default"
  engine        = upper(var.engine) == "VALKEY" ? "valkey" : "redis"
  access_string = "off ~* -@all"

  authentication_mode {
    type = "no-password-required"
  }
}

resource "aws_elasticache_user" "this" {
  for_each      = local.has_users ? var.users : {}
  user_id       = "${var.name}-${each.key}"
  user_name     = each.key
  engine        = var.engine
  access_string = each.value

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "this" {
  count         = local.has_users ? 1 : 0
  user_group_id = var.name
  engine        = var.engine
  user_ids      = concat([aws_elasticache_user.default[0].user_id], values(aws_elasticache_user.this)[*].user_id)
}

resource "aws_elasticache_parameter_group" "this" {
  name   = replace("${var.name}-${local.family}", ".", "-")
  family = local.family

  dynamic "parameter" {
    for_each = merge({ "maxmemory-policy" = "allkeys-lfu" }, tonumber(local.major) >= 7 ? { "latency-tracking" = "yes" } : {})
    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = var.name
  description                = "Gate, ${local.is_valkey ? "Valkey" : "Redis OSS"} ${local.version}"
  engine                     = var.engine
  engine_version             = local.version
  node_type                  = "cache.m7g.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  parameter_group_name       = aws_elasticache_parameter_group.this.name
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  at_rest_encryption_enabled = true
  auth_token                 = local.has_token ? random_password.token[0].result : null
  user_group_ids             = local.has_users ? [aws_elasticache_user_group.this[0].user_group_id] : null
  auth_token_update_strategy = local.has_token ? "ROTATE" : null
}
