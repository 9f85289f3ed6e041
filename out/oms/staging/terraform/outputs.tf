# oms/staging, written by cachewright: change the definition, not this file.

output "redis_endpoint" {
  description = "Address of the primary, to write to."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "redis_port" {
  description = "Port of every node."
  value       = aws_elasticache_replication_group.this.port
}

output "redis_reader_endpoint" {
  description = "Address of the replicas, to read from."
  value       = aws_elasticache_replication_group.this.reader_endpoint_address
}

output "redis_security_group_id" {
  description = "Id of the cache's security group."
  value       = aws_security_group.this.id
}

output "redis_replication_group_id" {
  description = "Id of the replication group."
  value       = aws_elasticache_replication_group.this.id
}
