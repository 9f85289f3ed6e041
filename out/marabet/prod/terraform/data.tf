# marabet/prod, written by cachewright: change the definition, not this file.

data "aws_vpc" "this" {
  filter {
    name   = "tag:Name"
    values = ["marabet-vpc"]
  }
}

data "aws_subnets" "this" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }

  filter {
    name   = "tag:Name"
    values = ["marabet-private-*"]
  }
}

data "aws_security_group" "marabet_web_sg" {
  name   = "marabet-web-sg"
  vpc_id = data.aws_vpc.this.id
}

data "aws_secretsmanager_secret_version" "auth_token" {
  secret_id = var.auth_token_secret_arn
}

data "aws_caller_identity" "current" {}
