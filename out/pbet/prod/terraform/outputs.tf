# pbet/prod, written by cachewright: change the definition, not this file.

output "valkey_endpoint" {
  description = "Address of the primary, to write to."
  value       = aws_elasticache_replication_group.this.primary_endpoint_address
}

output "valkey_port" {
  description = "Port of every node."
  value       = aws_elasticache_replication_group.this.port
}

output "valkey_reader_endpoint" {
  description = "Address of the replicas, to read from."
  value       = aws_elasticache_replication_group.this.reader_endpoint_address
}

output "replication_group_id" {
  description = "Id of the replication group."
  value       = aws_elasticache_replication_group.this.id
}

output "security_group_id" {
  description = "Id of the cache's security group."
  value       = aws_security_group.this.id
}

output "connect_policy" {
  description = "IAM policy that lets a role log in to the cache as this user."

  value = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = "elasticache:Connect"
        Resource = [
          "arn:aws:elasticache:us-east-1:${data.aws_caller_identity.current.account_id}:replicationgroup:pbet-plataforma-bet-prod",
          "arn:aws:elasticache:us-east-1:${data.aws_caller_identity.current.account_id}:user:pbet-app-prod",
        ]
      },
    ]
  })
}
