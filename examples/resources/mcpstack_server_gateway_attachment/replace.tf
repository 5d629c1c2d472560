# An attachment that is replaced with its gateway: detached before the old gateway is destroyed, attached to the new one after.
resource "mcpstack_gateway" "replaceable" {
  name                     = "Replaceable Gateway"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.com"
}

resource "mcpstack_server_gateway_attachment" "replaceable" {
  server_id  = "orders-api"
  gateway_id = mcpstack_gateway.replaceable.id

  lifecycle {
    replace_triggered_by = [mcpstack_gateway.replaceable.id]
  }
}
