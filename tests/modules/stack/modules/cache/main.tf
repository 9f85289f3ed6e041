variable "name" {
  type = string
}

variable "node_count" {
  type = number
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "network" {
  type = string
}

variable "port" {
  type    = number
  default = 6380
}

resource "aws_elasticache_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  name   = var.name
  vpc_id = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "network" {
  security_group_id = aws_security_group.this.id
  ip_protocol       = "tcp"
  from_port         = var.port
  to_port           = var.port
  cidr_ipv4         = var.network
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id       = var.name
  description                = "Cache ${var.name}"
  engine                     = "valkey"
  engine_version             = "7.2"
  node_type                  = "cache.t4g.medium"
  port                       = aws_vpc_security_group_ingress_rule.network.to_port
  num_cache_clusters         = var.node_count
  automatic_failover_enabled = var.node_count > 1 ? true : false
  subnet_group_name          = aws_elasticache_subnet_group.this.id
  security_group_ids         = [aws_security_group.this.id]
  transit_encryption_enabled = true
}

output "id" {
  value = aws_elasticache_replication_group.this.id
}

output "address" {
  value = aws_elasticache_replication_group.this.primary_endpoint_address
}
