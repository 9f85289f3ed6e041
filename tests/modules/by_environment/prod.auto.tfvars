environment = "prod"
overrides = {
  retention = 35
}
