# air-discovery/prod, written by cachewright: change the definition, not this file.

data "aws_secretsmanager_secret_version" "auth_token" {
  secret_id = var.auth_token_secret_arn
}

data "aws_caller_identity" "current" {}
