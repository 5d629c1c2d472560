# A check of its own: it warns in every plan and apply, and blocks nothing.
check "issuer" {
  data "mcpstack_oauth_metadata" "issuer" {
    authorization_server_url = "https://auth.example.com"
    resource                 = "https://api.example.com"
  }

  assert {
    condition     = alltrue([for finding in data.mcpstack_oauth_metadata.issuer.findings : finding.severity == "info"])
    error_message = join("\n", data.mcpstack_oauth_metadata.issuer.findings[*].summary)
  }
}
