locals {
  public_id = "gw_petalpal-api"
  # Known before anything exists, so the identity provider's client can be made first and the gateway can have its id.
  callback_url = provider::mcpstack::callback_url("https://api.mcpstack.com", local.public_id)
}
