# Takes over a gateway that somebody made by hand, with the servers that are attached to it.
#
#   terraform plan -generate-config-out=generated.tf    writes the resources as they are now
#   terraform apply                                     takes them into the state; nothing is changed at the service
#
# Afterwards move what was generated to where it belongs, and delete the import blocks.

terraform {
  required_version = ">= 1.6" # an import's id may be a variable
  required_providers {
    mcpstack = {
      source  = "mcpstack/mcpstack"
      version = "~> 0.1.0"
    }
  }
}

provider "mcpstack" {}

variable "gateway" {
  description = "Id of the gateway, or its name where it is the only one of that name."
  type        = string
}

variable "server" {
  description = "Id or slug of a server that uses the gateway."
  type        = string
}

import {
  to = mcpstack_gateway.support
  id = var.gateway
}

import {
  to = mcpstack_server_gateway_attachment.support
  id = var.server
}
