variable "enabled" {
  type    = bool
  default = true
}

variable "namespace" {
  type    = string
  default = null
}

variable "stage" {
  type    = string
  default = "prod"
}

variable "name" {
  type    = string
  default = "Sessions"
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type    = list(string)
  default = ["subnet-0a", "subnet-0b"]
}

variable "subnet_group_name" {
  type    = string
  default = ""
}

variable "replication_group_id" {
  type    = string
  default = ""
}

variable "create_security_group" {
  type    = bool
  default = true
}

variable "allowed_security_group_ids" {
  type    = list(string)
  default = ["sg-0web", "sg-0job"]
}

variable "associated_security_group_ids" {
  type    = list(string)
  default = []
}

variable "instance_type" {
  type    = string
  default = "cache.t4g.small"
}

variable "cluster_size" {
  type    = number
  default = 2
}

variable "cluster_mode_enabled" {
  type    = bool
  default = false
}

variable "port" {
  type    = number
  default = 6379
}

variable "engine" {
  type    = string
  default = "redis"
}

variable "engine_version" {
  type    = string
  default = "7.1"
}

variable "family" {
  type    = string
  default = ""
}

variable "parameter_group_name" {
  type    = string
  default = null
}

variable "parameter_group_description" {
  type    = string
  default = null
}

variable "parameters" {
  type = list(object({
    name  = string
    value = string
  }))
  default = [
    { name = "maxmemory-policy", value = "volatile-lru" },
    { name = "timeout", value = 300 },
  ]
}

variable "availability_zones" {
  type    = list(string)
  default = []
}

variable "automatic_failover_enabled" {
  type    = bool
  default = true
}

variable "multi_az_enabled" {
  type    = bool
  default = true
}

variable "maintenance_window" {
  type    = string
  default = "wed:03:00-wed:04:00"
}

variable "notification_topic_arn" {
  type    = string
  default = ""
}

variable "at_rest_encryption_enabled" {
  type    = bool
  default = true
}

variable "transit_encryption_enabled" {
  type    = bool
  default = true
}

variable "modes" {
  type    = map(string)
  default = { dev = "preferred" }
}

variable "auth_token" {
  type      = string
  default   = null
  sensitive = true
}

variable "kms_key_ids" {
  type    = list(string)
  default = []
}

variable "snapshot_window" {
  type    = string
  default = "06:30-07:30"
}

variable "snapshot_retention_limit" {
  type    = number
  default = 0
}

variable "keep_last" {
  type    = bool
  default = true
}

variable "apply_immediately" {
  type    = bool
  default = false
}

variable "description" {
  type    = string
  default = null
}

variable "logs" {
  type    = list(map(any))
  default = [{ destination = "/cache/slow", log_type = "slow-log" }]
}

variable "alarms_enabled" {
  type    = bool
  default = false
}

variable "alarm_cpu_threshold" {
  type    = number
  default = 75
}

variable "alarm_actions" {
  type    = list(string)
  default = []
}

variable "ok_actions" {
  type    = list(string)
  default = []
}

variable "tags" {
  type    = map(string)
  default = { Team = "shop" }
}
