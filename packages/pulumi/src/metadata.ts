/** What the authorization server and the protected resource published when an update last accepted it. */
export interface GatewayMetadata {
  /** Issuer identifier of the authorization server (RFC 8414 §2). */
  readonly issuer?: string;
  /** Authorization endpoint (RFC 8414 §2). */
  readonly authorizationEndpoint?: string;
  /** Token endpoint (RFC 8414 §2). */
  readonly tokenEndpoint?: string;
  /** Dynamic client registration endpoint, where one is offered (RFC 7591). */
  readonly registrationEndpoint?: string;
  /** Address of the key set that signs tokens (RFC 8414 §2). */
  readonly jwksUri?: string;
  /** PKCE challenge methods on offer, sorted (RFC 8414 §2, `code_challenge_methods_supported`); absent where not listed. */
  readonly codeChallengeMethods?: string[];
  /** Resource identifier that the protected resource publishes about itself, where it does (RFC 9728 §2). */
  readonly resource?: string;
}
