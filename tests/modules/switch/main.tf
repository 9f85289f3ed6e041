# Memcached, one Redis node or a group of them: what is made depends on two words.

variable "engine" {
  default = "redis"
}

variable "kind" {
  default = "group"
}

variable "size" {
  default = "small"
}

variable "vpc" {
  default = {
    id      = "vpc-0123456789abcdef0"
    cidr    = "172.16.0.0/12"
    subnets = ["subnet-0123456789abcdef0"]
  }
}

locals {
  sizes = {
    small = { type = "cache.t4g.small", nodes = 1 }
    large = { type = "cache.m7g.large", nodes = 2 }
  }
  size       = local.sizes[var.size]
  is_group   = var.engine == "redis" && var.kind == "group"
  is_cluster = !local.is_group
  port       = { redis = 6379, memcached = 11211 }[var.engine]
  ports      = distinct([local.port, 6379])
}

resource "aws_security_group" "this" {
  name_prefix = "switch-"
  vpc_id      = var.vpc.id

  dynamic "ingress" {
    for_each = local.ports
    content {
      description = "port ${ingress.value}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [var.vpc.cidr]
    }
  }
}

resource "aws_elasticache_cluster" "this" {
  count                = local.is_cluster ? 1 : 0
  cluster_id           = "switch"
  engine               = var.engine
  node_type            = local.size.type
  num_cache_nodes      = var.engine == "memcached" ? local.size.nodes : 1
  port                 = local.port
  security_group_ids   = aws_security_group.this[*].id
  parameter_group_name = var.engine == "memcached" ? "default.memcached1.6" : "default.redis7"
}

resource "aws_elasticache_replication_group" "this" {
  count                      = local.is_group ? 1 : 0
  replication_group_id       = "switch"
  description                = "switch"
  node_type                  = local.size.type
  num_cache_clusters         = local.size.nodes
  automatic_failover_enabled = local.size.nodes >= 2
  port                       = local.port
  security_group_ids         = tolist([aws_security_group.this.id])
}

resource "aws_elasticache_cluster" "replica" {
  count                = local.is_group ? 2 : 0
  cluster_id           = "switch-${count.index}"
  replication_group_id = one(aws_elasticache_replication_group.this).id
}

output "endpoint" {
  value = local.is_group ? one(aws_elasticache_replication_group.this[*].primary_endpoint_address) : one(aws_elasticache_cluster.this[*].cluster_address)
}
