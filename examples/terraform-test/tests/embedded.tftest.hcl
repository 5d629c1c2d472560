# With the real provider against the embedded API: what the service makes of it. Everything is destroyed again at the end.
#
#   mcpstack-iac local --issuer      # in another terminal: it prints the variables to set
#   terraform test -filter=tests/embedded.tftest.hcl -var issuer=http://127.0.0.1:PORT

variables {
  servers = ["petalpal-api"]
}

run "makes_a_gateway_that_agrees_with_its_issuer" {
  assert {
    condition     = mcpstack_gateway.support.metadata.issuer == var.issuer
    error_message = "The issuer names itself as the module does."
  }

  assert {
    condition     = endswith(output.callback_urls["petalpal-api"], "/gw_petalpal-api/oauth/callback")
    error_message = "The route has the public id that was chosen."
  }
}

run "widens_scopes_in_place" {
  variables {
    may_write = true
  }

  assert {
    condition     = contains(mcpstack_gateway.support.scopes, "tickets.write")
    error_message = "The service takes the scope over."
  }
}
