output "id" {
  value = join("", aws_elasticache_replication_group.default[*].id)
}

output "endpoint" {
  value = var.cluster_mode_enabled ? join("", compact(aws_elasticache_replication_group.default[*].configuration_endpoint_address)) : join("", compact(aws_elasticache_replication_group.default[*].primary_endpoint_address))
}

output "security_group_id" {
  value = try(aws_security_group.default[0].id, null)
}

output "port" {
  value = element(concat(aws_elasticache_replication_group.default.*.port, [""]), 0)
}
