# marabet/staging, written by cachewright: change the definition, not this file.

provider "aws" {
  region = "eu-west-1"
}
