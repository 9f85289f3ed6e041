# From before expressions stood on their own.

variable "enabled" {
  default = "true"
}

variable "name" {
  type    = "string"
  default = "legacy"
}

variable "nodes" {
  type    = "string"
  default = "2"
}

variable "tags" {
  type    = "map"
  default = {}
}

variable "security_groups" {
  type    = "list"
  default = ["sg-0123456789abcdef0"]
}

resource "aws_elasticache_subnet_group" "default" {
  count      = "${var.enabled == "true" ? 1 : 0}"
  name       = "${var.name}"
  subnet_ids = ["subnet-0123456789abcdef0"]
}

resource "aws_elasticache_replication_group" "default" {
  count                      = "${var.enabled == "true" ? 1 : 0}"
  replication_group_id       = "${var.name}"
  description                = "${format("%s cache", var.name)}"
  node_type                  = "cache.t2.small"
  num_cache_clusters         = "${var.nodes}"
  automatic_failover_enabled = "${var.nodes > 1 ? true : false}"
  subnet_group_name          = "${element(concat(aws_elasticache_subnet_group.default.*.name, list("")), 0)}"
  security_group_ids         = "${var.security_groups}"
  parameter_group_name       = "default.redis5.0"
  engine_version             = "5.0.6"
  at_rest_encryption_enabled = "false"
  tags                       = "${merge(var.tags, map("Name", var.name))}"
}

output "host" {
  value = "${join("", aws_elasticache_replication_group.default.*.primary_endpoint_address)}"
}
