# air-discovery/dev, written by cachewright: change the definition, not this file.

provider "aws" {
  region = "us-east-1"
}
