# oms/prod, written by cachewright: change the definition, not this file.

variable "vpc_stack_name" {
  description = "Name of the stack whose exports are imported."
  type        = string
  default     = "oms-vpc-prod"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,127}$", var.vpc_stack_name))
    error_message = "The value must be a stack name: a letter, then letters, digits and hyphens."
  }
}

variable "auth_token_secret_arn" {
  description = "Secrets Manager secret that holds the AUTH token."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$", var.auth_token_secret_arn))
    error_message = "The value must be a Secrets Manager secret's ARN."
  }
}
