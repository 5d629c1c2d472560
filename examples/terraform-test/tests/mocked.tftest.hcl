# Without an API, an issuer or a credential: what the module makes of its variables.
#
#   terraform test -filter=tests/mocked.tftest.hcl

mock_provider "mcpstack" {
  mock_resource "mcpstack_gateway" {
    defaults = {
      id = "gtw_mocked"
    }
  }
  mock_resource "mcpstack_server_gateway_attachment" {
    defaults = {
      callback_url = "https://api.example.com/api/v1/gateway/mocked/oauth/callback"
    }
  }
}

variables {
  issuer  = "https://auth.example.com"
  servers = ["petalpal-api", "support-api"]
}

run "asks_for_no_scope_that_writes" {
  command = plan

  assert {
    condition     = mcpstack_gateway.support.scopes == toset(["openid", "profile", "tickets.read"])
    error_message = "By default nobody is asked for more than reading."
  }
}

run "asks_for_writing_where_it_is_wanted" {
  command = plan

  variables {
    may_write = true
  }

  assert {
    condition     = contains(mcpstack_gateway.support.scopes, "tickets.write")
    error_message = "Enabled tools need the scope."
  }
}

run "attaches_every_server_to_the_gateway" {
  assert {
    condition = alltrue([
      for attachment in mcpstack_server_gateway_attachment.support : attachment.gateway_id == "gtw_mocked"
    ])
    error_message = "Every server signs in through the one gateway."
  }

  assert {
    condition     = length(output.callback_urls) == 2
    error_message = "Each server has a callback URL to register."
  }
}
