# pbet/prod, written by cachewright: change the definition, not this file.
# cachewright: stage production
# cachewright: workload session, cache

resource "aws_kms_key" "cache" {
  description             = "Encrypts pbet-plataforma-bet-prod"
  enable_key_rotation     = true
  rotation_period_in_days = 365
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AccountAdministersTheKey"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action = [
          "kms:CancelKeyDeletion",
          "kms:CreateAlias",
          "kms:DeleteAlias",
          "kms:Describe*",
          "kms:Disable*",
          "kms:Enable*",
          "kms:Get*",
          "kms:List*",
          "kms:Put*",
          "kms:RevokeGrant",
          "kms:RotateKeyOnDemand",
          "kms:ScheduleKeyDeletion",
          "kms:Update*",
          "kms:TagResource",
          "kms:UntagResource",
        ]
        Resource = "*"
      },
      {
        Sid    = "ElastiCacheEncryptsTheCache"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action = [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey",
        ]
        Resource = "*"
        Condition = {
          StringEquals = {
            "kms:CallerAccount" = data.aws_caller_identity.current.account_id
            "kms:ViaService"    = "elasticache.us-east-1.amazonaws.com"
          }
        }
      },
      {
        Sid    = "ElastiCacheKeepsTheKeyAtHand"
        Effect = "Allow"
        Principal = {
          AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action   = "kms:CreateGrant"
        Resource = "*"
        Condition = {
          StringEquals = {
            "kms:CallerAccount" = data.aws_caller_identity.current.account_id
            "kms:ViaService"    = "elasticache.us-east-1.amazonaws.com"
          }
          Bool = {
            "kms:GrantIsForAWSResource" = "true"
          }
        }
      },
      {
        Sid    = "CloudWatchLogsEncryptsTheLogs"
        Effect = "Allow"
        Principal = {
          Service = "logs.us-east-1.amazonaws.com"
        }
        Action = [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey",
        ]
        Resource = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = [
              "arn:aws:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/vendedlogs/elasticache/pbet-plataforma-bet-prod/slow-log",
              "arn:aws:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/vendedlogs/elasticache/pbet-plataforma-bet-prod/engine-log",
            ]
          }
        }
      },
      {
        Sid    = "NobodyDeletesTheKey"
        Effect = "Deny"
        Principal = {
          AWS = "*"
        }
        Action   = ["kms:DisableKey", "kms:ScheduleKeyDeletion"]
        Resource = "*"
      },
    ]
  })

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "cache" {
  name          = "alias/pbet-plataforma-bet-prod-cache"
  target_key_id = aws_kms_key.cache.key_id
}

resource "aws_elasticache_subnet_group" "this" {
  name        = "pbet-plataforma-bet-prod-subnets"
  description = "Subnets of pbet-plataforma-bet-prod"
  subnet_ids  = var.private_subnet_ids

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "aws_security_group" "this" {
  name        = "pbet-plataforma-bet-prod-sg"
  description = "Access to pbet-plataforma-bet-prod"
  vpc_id      = var.vpc_id

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
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

resource "aws_elasticache_user" "pbet_app_prod" {
  user_id       = "pbet-app-prod"
  user_name     = "pbet-app-prod"
  engine        = "valkey"
  access_string = "on ~* +@all -@dangerous"

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "this" {
  user_group_id = "pbet-prod"
  engine        = "valkey"
  user_ids      = [aws_elasticache_user.pbet_app_prod.user_id]

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "terraform_data" "final_snapshot" {}

resource "aws_cloudwatch_log_group" "slow_log" {
  name              = "/aws/vendedlogs/elasticache/pbet-plataforma-bet-prod/slow-log"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.cache.arn

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "aws_cloudwatch_log_group" "engine_log" {
  name              = "/aws/vendedlogs/elasticache/pbet-plataforma-bet-prod/engine-log"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.cache.arn

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "pbet-plataforma-bet-prod"
  description          = "plataforma-bet Valkey"

  engine               = "valkey"
  engine_version       = "8.0"
  node_type            = "cache.r6g.large"
  parameter_group_name = "default.valkey8"
  port                 = 6379

  num_cache_clusters         = 3
  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.this.user_group_id]

  snapshot_retention_limit   = 7
  snapshot_window            = "02:00-03:00"
  maintenance_window         = "sun:03:00-sun:04:00"
  auto_minor_version_upgrade = true
  apply_immediately          = false
  final_snapshot_identifier  = "pbet-plataforma-bet-prod-final-${terraform_data.final_snapshot.id}"

  tags = {
    Environment = "production"
    Project     = "pbet"
    Backup      = "required"
  }

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.slow_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.engine_log.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "engine-log"
  }

  lifecycle {
    prevent_destroy = true

    ignore_changes = [
      # AWS upgrades minor versions by itself, and going back would replace the cache; turn auto_minor_version_upgrade off to choose the version here
      engine_version,
    ]
  }
}
