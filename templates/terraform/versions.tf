# {{ environment }}, written by cachewright: change the definition, not this file.

terraform {
  required_version = ">= {{ required_version }}"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "{{ provider_range }}"
    }
  }
{%- if let Some(backend) = backend %}

  backend "s3" {
    bucket       = {{ backend.bucket }}
    key          = {{ backend.key }}
    region       = {{ backend.region }}
    encrypt      = true
    use_lockfile = true
  }
{%- endif %}
}

