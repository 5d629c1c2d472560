data "mcpstack_gateway" "shared" {
  name = "Shared Gateway"
}

data "mcpstack_gateway_logs" "recent" {
  gateway_id = data.mcpstack_gateway.shared.id
  limit      = 100
}

output "recent_failures" {
  value = [for event in data.mcpstack_gateway_logs.recent.events : "${event.at} ${event.message}" if event.outcome == "failure"]
}
