/** Terraform cannot talk to this process: what it asked for in the environment is not possible. */
export class HandshakeError extends Error {
  readonly code = "PLUGIN_HANDSHAKE";
  override readonly name = "HandshakeError";
}
