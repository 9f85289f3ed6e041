# air-discovery/dev, written by cachewright: change the definition, not this file.
# cachewright: stage development
# cachewright: workload session, cache

resource "aws_elasticache_subnet_group" "this" {
  name        = "air-discovery-redis-subnet-group"
  description = "Subnets of air-discovery-redis-dev"
  subnet_ids  = var.subnet_ids
}

resource "aws_security_group" "this" {
  name        = "air-discovery-redis-dev-sg"
  description = "Access to air-discovery-redis-dev"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "vpc" {
  security_group_id = aws_security_group.this.id
  description       = "Redis from anywhere in the VPC"
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_ipv4         = "10.0.0.0/16"
}

resource "aws_vpc_security_group_egress_rule" "none" {
  security_group_id = aws_security_group.this.id
  description       = "No outbound traffic"
  ip_protocol       = "-1"
  cidr_ipv4         = "127.0.0.1/32"
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "air-discovery-redis-dev"
  description          = "AirDiscovery: socket authentication and API cache"

  engine               = "redis"
  engine_version       = "7.0"
  node_type            = "cache.t3.micro"
  parameter_group_name = "default.redis7"
  port                 = 6379

  num_cache_clusters         = 1
  automatic_failover_enabled = false
  multi_az_enabled           = false

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = true
  transit_encryption_enabled = false

  snapshot_retention_limit   = 1
  snapshot_window            = "02:00-03:00"
  maintenance_window         = "sun:03:00-sun:04:00"
  auto_minor_version_upgrade = true
  apply_immediately          = true

  lifecycle {
    ignore_changes = [
      # AWS upgrades minor versions by itself, and going back would replace the cache; turn auto_minor_version_upgrade off to choose the version here
      engine_version,
    ]
  }
}
