# oms/prod, written by cachewright: change the definition, not this file.

data "aws_cloudformation_export" "vpc_private_subnet_ids" {
  name = "${var.vpc_stack_name}-PrivateSubnetIds"
}

data "aws_cloudformation_export" "vpc_id" {
  name = "${var.vpc_stack_name}-VpcId"
}

data "aws_cloudformation_export" "vpc_cidr" {
  name = "${var.vpc_stack_name}-VpcCidr"
}

data "aws_secretsmanager_secret_version" "auth_token" {
  secret_id = var.auth_token_secret_arn
}

data "aws_caller_identity" "current" {}
