export interface RouteAddresses {
  /** The route itself, which is its issuer too. */
  issuer: string;
  mcpUrl: string;
  callbackUrl: string;
  protectedResourceMetadataUrl: string;
  authorizationServerMetadataUrl: string;
}

/** The addresses of the public leg with that public id. */
export function routeAddresses(baseUrl: string, publicId: string): RouteAddresses {
  const issuer = `${baseUrl}/api/v1/gateway/${encodeURIComponent(publicId)}`;
  return {
    issuer,
    mcpUrl: `${issuer}/mcp`,
    callbackUrl: `${issuer}/oauth/callback`,
    protectedResourceMetadataUrl: `${issuer}/.well-known/oauth-protected-resource`,
    authorizationServerMetadataUrl: `${issuer}/.well-known/oauth-authorization-server`,
  };
}
