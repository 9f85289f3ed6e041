# pbet/prod, written by cachewright: change the definition, not this file.

variable "private_subnet_ids" {
  description = "Private subnets for the nodes, in at least two availability zones."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) > 0 && alltrue([for id in var.private_subnet_ids : can(regex("^subnet-([0-9a-f]{8}|[0-9a-f]{17})$", id))])
    error_message = "The value must be subnets' ids, such as subnet-0123456789abcdef0."
  }
}

variable "vpc_id" {
  description = "VPC of the cache."
  type        = string

  validation {
    condition     = can(regex("^vpc-([0-9a-f]{8}|[0-9a-f]{17})$", var.vpc_id))
    error_message = "The value must be a VPC's id, such as vpc-0123456789abcdef0."
  }
}

variable "ecs_security_group_id" {
  description = "Security group of the client ecs."
  type        = string

  validation {
    condition     = can(regex("^sg-([0-9a-f]{8}|[0-9a-f]{17})$", var.ecs_security_group_id))
    error_message = "The value must be a security group's id, such as sg-0123456789abcdef0."
  }
}

variable "alerts_topic_arn" {
  description = "SNS topic for alarms."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.alerts_topic_arn))
    error_message = "The value must be an SNS topic's ARN."
  }
}

variable "pages_topic_arn" {
  description = "SNS topic for alarms."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", var.pages_topic_arn))
    error_message = "The value must be an SNS topic's ARN."
  }
}
