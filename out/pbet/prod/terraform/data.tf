# pbet/prod, written by cachewright: change the definition, not this file.

data "aws_caller_identity" "current" {}
