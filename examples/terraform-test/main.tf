# A module of a team: one gateway and the servers that use it. tests/ holds it to what the team relies on.

terraform {
  required_version = ">= 1.7" # mocks
  required_providers {
    mcpstack = {
      source  = "mcpstack/mcpstack"
      version = "~> 0.1.0"
    }
  }
}

variable "issuer" {
  type        = string
  description = "The authorization server."
}

variable "servers" {
  type        = set(string)
  description = "Slugs of the MCP servers that people sign in to through it."
}

variable "may_write" {
  type        = bool
  description = "Whether tools that change tickets are enabled."
  default     = false
}

resource "mcpstack_gateway" "support" {
  name                     = "Support API"
  provider_type            = "manual"
  authorization_server_url = var.issuer
  client_id                = "support-mcp"
  resource                 = "urn:example:support"
  scopes                   = concat(["openid", "profile", "tickets.read"], var.may_write ? ["tickets.write"] : [])
}

resource "mcpstack_server_gateway_attachment" "support" {
  for_each = var.servers

  server_id  = each.key
  gateway_id = mcpstack_gateway.support.id
  public_id  = "gw_${each.key}"
}

output "callback_urls" {
  description = "What to register at the identity provider."
  value       = { for server, attachment in mcpstack_server_gateway_attachment.support : server => attachment.callback_url }
}

output "gateway_id" {
  description = "By which other modules attach servers."
  value       = mcpstack_gateway.support.id
}
