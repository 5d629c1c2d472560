# By the id or the slug of its server.
import {
  to = mcpstack_server_gateway_attachment.petalpal
  id = "petalpal-api"
}
