variable "api_url" {
  description = "Base address of the MCP Stack API."
  type        = string
  default     = "https://api.mcpstack.com"
}

variable "issuer" {
  description = "The authorization server, exactly as its metadata spells it."
  type        = string
  default     = "https://auth.example.com"
}

variable "resource" {
  description = "The audience that the support API demands in access tokens."
  type        = string
  default     = "https://api.example.com"
}

variable "client_id" {
  description = "Client id at the authorization server; null where the gateway registers itself."
  type        = string
  default     = null
}

variable "scopes" {
  description = "The scopes that the gateway may ask for."
  type        = set(string)
  default     = ["openid", "profile", "email", "tickets.read"]
}
