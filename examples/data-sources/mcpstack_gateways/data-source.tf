data "mcpstack_gateways" "all" {}

output "gateways_that_are_not_active" {
  value = [for gateway in data.mcpstack_gateways.all.gateways : gateway.name if gateway.status != "active"]
}
