network = {
  vpc_id  = "vpc-0123456789abcdef0"
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  clients = { web = "sg-0123456789abcdef0" }
}
