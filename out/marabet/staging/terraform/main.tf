# marabet/staging, written by cachewright: change the definition, not this file.
# cachewright: stage staging

resource "aws_elasticache_subnet_group" "this" {
  name        = "marabet-redis-simple-subnet"
  description = "Subnet group for MaraBet Redis"
  subnet_ids  = data.aws_subnets.this.ids
}

resource "aws_security_group" "this" {
  name        = "marabet-redis-simple-sg"
  description = "Security group for MaraBet ElastiCache Redis"
  vpc_id      = data.aws_vpc.this.id
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id            = aws_security_group.this.id
  description                  = "Redis from the web servers only"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = data.aws_security_group.marabet_web_sg.id
}

resource "aws_vpc_security_group_egress_rule" "none" {
  security_group_id = aws_security_group.this.id
  description       = "No outbound traffic"
  ip_protocol       = "-1"
  cidr_ipv4         = "127.0.0.1/32"
}

resource "terraform_data" "final_snapshot" {}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "marabet-redis-simple"
  description          = "MaraBet Redis, simple variant"

  engine               = "redis"
  engine_version       = "7.0"
  node_type            = "cache.t3.medium"
  parameter_group_name = "default.redis7"
  port                 = 6379

  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = false

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = false
  transit_encryption_enabled = false

  snapshot_retention_limit   = 0
  auto_minor_version_upgrade = true
  apply_immediately          = true
  final_snapshot_identifier  = "marabet-redis-simple-final-${terraform_data.final_snapshot.id}"

  lifecycle {
    ignore_changes = [
      # AWS upgrades minor versions by itself, and going back would replace the cache; turn auto_minor_version_upgrade off to choose the version here
      engine_version,
    ]
  }
}
