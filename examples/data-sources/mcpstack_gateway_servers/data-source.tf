data "mcpstack_gateway" "shared" {
  name = "Shared Gateway"
}

# Who is affected when the shared gateway changes.
data "mcpstack_gateway_servers" "shared" {
  gateway_id = data.mcpstack_gateway.shared.id
}

output "servers_behind_the_shared_gateway" {
  value = data.mcpstack_gateway_servers.shared.servers[*].slug
}
