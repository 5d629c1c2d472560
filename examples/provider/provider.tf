terraform {
  required_providers {
    mcpstack = {
      source = "mcpstack/mcpstack"
    }
  }
}

# The organization and the credential come from MCPSTACK_ORG_ID and MCPSTACK_ACCESS_TOKEN (or MCPSTACK_API_KEY).
provider "mcpstack" {
  metadata_check = "warn"
}
