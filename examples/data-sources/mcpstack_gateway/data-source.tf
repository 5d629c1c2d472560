data "mcpstack_gateway" "shared" {
  name = "Shared Gateway"
}

resource "mcpstack_server_gateway_attachment" "orders" {
  server_id  = "orders-api"
  gateway_id = data.mcpstack_gateway.shared.id
}
