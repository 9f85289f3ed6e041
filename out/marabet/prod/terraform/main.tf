# marabet/prod, written by cachewright: change the definition, not this file.
# cachewright: stage production

resource "aws_kms_key" "cache" {
  description             = "Encrypts marabet-redis"
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
            "kms:ViaService"    = "elasticache.eu-west-1.amazonaws.com"
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
            "kms:ViaService"    = "elasticache.eu-west-1.amazonaws.com"
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
          Service = "logs.eu-west-1.amazonaws.com"
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
              "arn:aws:logs:eu-west-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/vendedlogs/elasticache/marabet-redis/slow-log",
              "arn:aws:logs:eu-west-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/vendedlogs/elasticache/marabet-redis/engine-log",
            ]
          }
        }
      },
      {
        Sid    = "CloudWatchEncryptsNotices"
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
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
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "cache" {
  name          = "alias/marabet-redis-cache"
  target_key_id = aws_kms_key.cache.key_id
}

resource "aws_elasticache_subnet_group" "this" {
  name        = "marabet-redis-subnet"
  description = "Subnet group for MaraBet Redis"
  subnet_ids  = data.aws_subnets.this.ids

  tags = {
    Environment = "production"
  }
}

resource "aws_security_group" "this" {
  name        = "marabet-redis-sg"
  description = "Security group for MaraBet ElastiCache Redis"
  vpc_id      = data.aws_vpc.this.id

  tags = {
    Environment = "production"
  }
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

resource "aws_cloudwatch_log_group" "slow_log" {
  name              = "/aws/vendedlogs/elasticache/marabet-redis/slow-log"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.cache.arn

  tags = {
    Environment = "production"
  }
}

resource "aws_cloudwatch_log_group" "engine_log" {
  name              = "/aws/vendedlogs/elasticache/marabet-redis/engine-log"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.cache.arn

  tags = {
    Environment = "production"
  }
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "marabet-redis"
  description          = "MaraBet Redis, one primary and one replica"

  engine               = "redis"
  engine_version       = "7.0"
  node_type            = "cache.t3.medium"
  parameter_group_name = "default.redis7"
  port                 = 6379

  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.this.name
  security_group_ids = [aws_security_group.this.id]

  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.cache.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  auth_token                 = jsondecode(data.aws_secretsmanager_secret_version.auth_token.secret_string)["token"]
  auth_token_update_strategy = "SET"

  snapshot_retention_limit   = 5
  snapshot_window            = "03:00-05:00"
  maintenance_window         = "sun:05:00-sun:07:00"
  auto_minor_version_upgrade = true
  apply_immediately          = false
  final_snapshot_identifier  = "marabet-redis-final-${terraform_data.final_snapshot.id}"

  tags = {
    Environment = "production"
    Name        = "marabet-redis"
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
