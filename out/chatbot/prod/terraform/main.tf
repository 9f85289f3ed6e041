# chatbot/prod, written by cachewright: change the definition, not this file.
# cachewright: stage production
# cachewright: workload rate-limit, session, queue, cache

resource "aws_elasticache_subnet_group" "this" {
  name        = "chatbot-prod-subnets"
  description = "Subnets of chatbot-prod"
  subnet_ids  = var.subnet_ids

  tags = {
    Environment = "production"
  }
}

resource "aws_security_group" "this" {
  name        = "chatbot-prod-sg"
  description = "Access to chatbot-prod"
  vpc_id      = var.vpc_id

  tags = {
    Environment = "production"
  }
}

resource "aws_vpc_security_group_ingress_rule" "app" {
  security_group_id            = aws_security_group.this.id
  description                  = "Redis from the application and its workers"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = var.app_security_group_id
}

resource "aws_vpc_security_group_egress_rule" "none" {
  security_group_id = aws_security_group.this.id
  description       = "No outbound traffic"
  ip_protocol       = "-1"
  cidr_ipv4         = "127.0.0.1/32"
}

resource "terraform_data" "final_snapshot" {}

resource "aws_elasticache_parameter_group" "this" {
  name        = "chatbot-prod-redis7"
  family      = "redis7"
  description = "Parameters of chatbot-prod"

  tags = {
    Environment = "production"
  }

  parameter {
    name  = "maxmemory-policy"
    value = "volatile-lru"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "chatbot-prod"
  description          = "Chatbot: rate limits, conversations, Celery and cache"

  engine               = "redis"
  engine_version       = "7.1"
  node_type            = "cache.m5.large"
  parameter_group_name = aws_elasticache_parameter_group.this.name
  port                 = 6379

  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  auth_token                 = jsondecode(data.aws_secretsmanager_secret_version.auth_token.secret_string)["token"]
  auth_token_update_strategy = "SET"

  snapshot_retention_limit   = 7
  snapshot_window            = "06:00-07:00"
  maintenance_window         = "sun:07:30-sun:08:30"
  auto_minor_version_upgrade = true
  apply_immediately          = false
  final_snapshot_identifier  = "chatbot-prod-final-${terraform_data.final_snapshot.id}"

  tags = {
    Environment = "production"
  }

  lifecycle {
    prevent_destroy = true
  }
}
