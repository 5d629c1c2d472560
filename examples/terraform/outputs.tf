output "callback_urls" {
  description = "To register at the identity provider. Known in the first plan."
  value       = local.callback_urls
}

output "gateway_id" {
  description = "Id of the gateway."
  value       = mcpstack_gateway.support.id
}

output "mcp_urls" {
  description = "Where MCP clients reach the servers."
  value       = { for server, attachment in mcpstack_server_gateway_attachment.support : server => attachment.mcp_url }
}
