resource "mcpstack_gateway" "support" {
  name                     = "Support Gateway"
  provider_type            = "auth0"
  authorization_server_url = "https://petalpal.eu.auth0.com/" # with the slash: that is how this issuer spells itself
  client_id                = "your-client-id"
  resource                 = "https://api.example.com"
  scopes                   = ["openid", "profile", "email", "tickets.read"]
}

# Where discovery is missing or not standard, the endpoints are given instead.
resource "mcpstack_gateway" "legacy" {
  name                     = "Legacy API"
  provider_type            = "manual"
  authorization_server_url = "https://sso.example.com"
  authorization_endpoint   = "https://sso.example.com/oauth/authorize"
  token_endpoint           = "https://sso.example.com/oauth/token"
  client_id                = "legacy-mcp"
  metadata_check           = "off"

  # Fields of the API that this version does not know by name: plain ones, and one that no state may hold.
  settings            = jsonencode({ identityResolution = { claim = "sub" } })
  settings_wo         = jsonencode({ clientSecret = var.legacy_client_secret })
  settings_wo_version = 1
}

variable "legacy_client_secret" {
  type      = string
  sensitive = true
}
