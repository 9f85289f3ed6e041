# pbet/hml, written by cachewright: change the definition, not this file.
# cachewright: stage staging
# cachewright: workload session, cache

resource "aws_elasticache_subnet_group" "this" {
  name        = "pbet-plataforma-bet-hml-subnets"
  description = "Subnets of pbet-plataforma-bet-hml"
  subnet_ids  = var.private_subnet_ids

  tags = {
    Environment = "homolog"
    Project     = "pbet"
  }
}

resource "aws_security_group" "this" {
  name        = "pbet-plataforma-bet-hml-sg"
  description = "Access to pbet-plataforma-bet-hml"
  vpc_id      = var.vpc_id

  tags = {
    Environment = "homolog"
    Project     = "pbet"
  }
}

resource "aws_vpc_security_group_ingress_rule" "ecs" {
  security_group_id            = aws_security_group.this.id
  description                  = "Valkey from the ECS tasks only"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
  referenced_security_group_id = var.ecs_security_group_id
}

resource "aws_vpc_security_group_egress_rule" "none" {
  security_group_id = aws_security_group.this.id
  description       = "No outbound traffic"
  ip_protocol       = "-1"
  cidr_ipv4         = "127.0.0.1/32"
}

resource "terraform_data" "final_snapshot" {}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "pbet-plataforma-bet-hml"
  description          = "plataforma-bet Valkey"

  engine               = "valkey"
  engine_version       = "8.0"
  node_type            = "cache.t3.micro"
  parameter_group_name = "default.valkey8"
  port                 = 6379

  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = true
  transit_encryption_enabled = false

  snapshot_retention_limit   = 0
  auto_minor_version_upgrade = true
  apply_immediately          = true
  final_snapshot_identifier  = "pbet-plataforma-bet-hml-final-${terraform_data.final_snapshot.id}"

  tags = {
    Environment = "homolog"
    Project     = "pbet"
  }

  lifecycle {
    ignore_changes = [
      # AWS upgrades minor versions by itself, and going back would replace the cache; turn auto_minor_version_upgrade off to choose the version here
      engine_version,
    ]
  }
}
