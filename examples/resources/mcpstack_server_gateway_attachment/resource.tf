resource "mcpstack_gateway" "support" {
  name                     = "Support Gateway"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.com"
}

resource "mcpstack_server_gateway_attachment" "petalpal" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.support.id
  public_id  = "gw_petalpal-api"
}

output "callback_url" {
  description = "To register at the identity provider, exactly as it is."
  value       = mcpstack_server_gateway_attachment.petalpal.callback_url
}
