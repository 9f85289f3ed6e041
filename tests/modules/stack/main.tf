# A root that puts two folders together.

provider "aws" {
  region = local.region
}

locals {
  region = "eu-central-1"
  name   = "orders-${var.environment}"
}

variable "environment" {
  type    = string
  default = "staging"
}

module "network" {
  source = "./modules/network"
  name   = local.name
  zones  = formatlist("%s%s", local.region, ["a", "b", "c"])
}

module "cache" {
  source   = "./modules/cache"
  for_each = toset(["sessions", "pages"])

  name       = "${local.name}-${each.value}"
  node_count = var.environment == "prod" ? 3 : 2
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.private_subnet_ids
  network    = module.network.cidr_block
}

module "alarms" {
  source  = "example/alarms/aws"
  version = "~> 2.0"
  groups  = [for cache in module.cache : cache.id]
}

output "addresses" {
  value = { for name, cache in module.cache : name => cache.address }
}
