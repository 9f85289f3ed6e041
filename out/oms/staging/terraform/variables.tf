# oms/staging, written by cachewright: change the definition, not this file.

variable "vpc_stack_name" {
  description = "Name of the stack whose exports are imported."
  type        = string
  default     = "oms-vpc-staging"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,127}$", var.vpc_stack_name))
    error_message = "The value must be a stack name: a letter, then letters, digits and hyphens."
  }
}
