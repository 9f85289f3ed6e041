# oms/staging, written by cachewright: change the definition, not this file.
# cachewright: stage staging
# cachewright: workload store, lock
# cachewright: keys order 50000 2048
# cachewright: keys position 5000 500
# cachewright: keys instrument 2000 3072
# cachewright: keys idempotency-key 10000 100

resource "aws_elasticache_subnet_group" "this" {
  name        = "oms-redis-staging-subnets"
  description = "Subnets of oms-redis-staging"
  subnet_ids  = split(",", data.aws_cloudformation_export.vpc_private_subnet_ids.value)

  tags = {
    Environment = "staging"
  }
}

resource "aws_security_group" "this" {
  name        = "oms-redis-staging-sg"
  description = "Access to oms-redis-staging"
  vpc_id      = data.aws_cloudformation_export.vpc_id.value

  tags = {
    Environment = "staging"
  }
}

resource "aws_vpc_security_group_ingress_rule" "application" {
  security_group_id = aws_security_group.this.id
  description       = "Redis from the VPC of the application"
  ip_protocol       = "tcp"
  from_port         = 6379
  to_port           = 6379
  cidr_ipv4         = data.aws_cloudformation_export.vpc_cidr.value
}

resource "aws_vpc_security_group_egress_rule" "none" {
  security_group_id = aws_security_group.this.id
  description       = "No outbound traffic"
  ip_protocol       = "-1"
  cidr_ipv4         = "127.0.0.1/32"
}

resource "terraform_data" "final_snapshot" {}

resource "aws_elasticache_parameter_group" "this" {
  name        = "oms-redis-staging-redis7"
  family      = "redis7"
  description = "Parameters of oms-redis-staging"

  tags = {
    Environment = "staging"
  }

  parameter {
    name  = "maxmemory-policy"
    value = "volatile-lru"
  }

  parameter {
    name  = "timeout"
    value = "300"
  }

  parameter {
    name  = "tcp-keepalive"
    value = "300"
  }

  parameter {
    name  = "maxmemory-samples"
    value = "5"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "oms-redis-staging"
  description          = "OMS Spider: orders, positions, idempotency, leader locks"

  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.t4g.small"
  parameter_group_name = aws_elasticache_parameter_group.this.name
  port                 = 6379

  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = false
  transit_encryption_enabled = false

  snapshot_retention_limit   = 3
  auto_minor_version_upgrade = true
  apply_immediately          = true
  final_snapshot_identifier  = "oms-redis-staging-final-${terraform_data.final_snapshot.id}"

  tags = {
    Environment = "staging"
  }
}
