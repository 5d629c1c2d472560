# A gateway for a support API, and the two MCP servers that use it: what examples/cdktf declares in TypeScript.
#
#   export MCPSTACK_ACCESS_TOKEN=…
#   terraform init && terraform apply

terraform {
  required_version = ">= 1.8" # functions of a provider
  required_providers {
    mcpstack = {
      source  = "mcpstack/mcpstack"
      version = "~> 0.1.0"
    }
  }
}

# The organization and the credential come from MCPSTACK_ORG_ID and MCPSTACK_ACCESS_TOKEN, so that no file holds a credential.
provider "mcpstack" {
  api_url = var.api_url
}

resource "mcpstack_gateway" "support" {
  name                     = "Support API"
  description              = "User-scoped access to the support API"
  provider_type            = "manual"
  authorization_server_url = var.issuer
  client_id                = var.client_id
  resource                 = var.resource
  scopes                   = var.scopes
}

# The public ids are chosen here, so the callback URLs are known before anything exists, and can be registered at the identity
# provider first.
resource "mcpstack_server_gateway_attachment" "support" {
  for_each = local.servers

  server_id  = each.key
  gateway_id = mcpstack_gateway.support.id
  public_id  = each.value
}

locals {
  servers = {
    petalpal-api = "gw_petalpal-api"
    support-api  = "gw_support-api"
  }
  callback_urls = {
    for server, public_id in local.servers : server => provider::mcpstack::callback_url(var.api_url, public_id)
  }
}

# What was registered is what the service uses.
check "callback_urls" {
  assert {
    condition = alltrue([
      for server, url in local.callback_urls :
      mcpstack_server_gateway_attachment.support[server].callback_url == url
    ])
    error_message = "The service names another callback URL: register the one of the attachment."
  }
}
