# By its id, or by its name where no other gateway has that name.
import {
  to = mcpstack_gateway.support
  id = "Support Gateway"
}
