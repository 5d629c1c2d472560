data "mcpstack_server" "petalpal" {
  server_id = "petalpal-api"
}

output "petalpal_tools" {
  value = data.mcpstack_server.petalpal.tools
}
