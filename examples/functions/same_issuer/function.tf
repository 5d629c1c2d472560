variable "issuer" {
  type = string

  validation {
    condition     = provider::mcpstack::same_issuer(var.issuer, "https://petalpal.eu.auth0.com/")
    error_message = "The issuer is compared character by character: mind the slash at its end."
  }
}
