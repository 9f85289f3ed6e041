# {{ environment }}, written by cachewright: change the definition, not this file.

provider "aws" {
  region = {{ region }}
}

