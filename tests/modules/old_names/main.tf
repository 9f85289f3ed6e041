# Written for a provider of 2020, and never touched since.

resource "aws_elasticache_replication_group" "redis" {
  replication_group_id          = "${var.environment}-redis"
  replication_group_description = "Redis of ${var.environment}"
  engine                        = "redis"
  engine_version                = "5.0.6"
  node_type                     = var.node_type
  port                          = "6379"
  parameter_group_name          = var.sharded ? "default.redis5.0.cluster.on" : "default.redis5.0"
  number_cache_clusters         = var.sharded ? null : length(var.zones)
  availability_zones            = var.sharded ? null : var.zones
  automatic_failover_enabled    = true
  subnet_group_name             = aws_elasticache_subnet_group.redis.name
  security_group_ids            = ["${aws_security_group.redis.id}"]

  dynamic "cluster_mode" {
    for_each = var.sharded ? ["yes"] : []
    content {
      num_node_groups         = var.shards
      replicas_per_node_group = var.replicas
    }
  }
}

resource "aws_elasticache_replication_group" "sharded" {
  replication_group_id          = "${var.environment}-sharded"
  replication_group_description = "Sharded Redis of ${var.environment}"
  node_type                     = var.node_type
  automatic_failover_enabled    = true

  cluster_mode {
    num_node_groups         = "${var.shards}"
    replicas_per_node_group = 1
  }
}

resource "aws_elasticache_subnet_group" "redis" {
  name       = "${var.environment}-redis"
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "redis" {
  name_prefix = "${var.environment}-redis-"

  ingress {
    from_port   = 6379
    to_port     = 6379
    protocol    = "tcp"
    cidr_blocks = var.cidr_blocks
  }
}

variable "environment" {
  default = "live"
}

variable "node_type" {
  default = "cache.m3.medium"
}

variable "sharded" {
  default = false
}

variable "shards" {
  default = 3
}

variable "replicas" {
  default = 1
}

variable "zones" {
  type    = list(string)
  default = ["eu-west-1a", "eu-west-1b"]
}

variable "subnet_ids" {
  type = list(string)
}

variable "cidr_blocks" {
  default = ["10.0.0.0/8"]
}
