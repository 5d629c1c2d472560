# A gateway that may be replaced (`terraform apply -replace=mcpstack_gateway.replaceable`) while servers are attached to it: the new one is
# made first, the attachments go over to it in place, and the old one is destroyed after that.
resource "mcpstack_gateway" "replaceable" {
  name                     = "Replaceable Gateway"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.com"

  lifecycle {
    create_before_destroy = true
  }
}

resource "mcpstack_server_gateway_attachment" "replaceable" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.replaceable.id
}
