import type * as pulumi from "@pulumi/pulumi";

/**
 * Which API a resource belongs to, for a program that talks to more than one organization. Every part left out comes from the
 * environment, then from `pulumi config`. It never holds a credential, only the name of the place where one is.
 */
export interface ConnectionArgs {
  /**
   * Base address of the MCP Stack API. Default: the environment variable `MCPSTACK_API_URL` or `AGENETIX_API_URL`, then
   * `mcpstack:apiUrl`, then `https://api.mcpstack.com`. A credential of one set of variables goes to that set's address and never to the
   * other's; any other credential goes where a set names an address, and two that differ are an error.
   */
  readonly apiUrl?: pulumi.Input<string | undefined>;
  /**
   * Id or slug of the organization. Default: the environment variable `MCPSTACK_ORG_ID` or `AGENETIX_ORG_ID`, of the set that the
   * address comes from, then `mcpstack:organization`, then the first organization that the credential can see. Another organization
   * means another gateway.
   */
  readonly organization?: pulumi.Input<string | undefined>;
  /**
   * Where the credential is. Default: `MCPSTACK_ACCESS_TOKEN`, `MCPSTACK_API_KEY`, the same two of `AGENETIX_`, `mcpstack:accessToken`,
   * `mcpstack:apiKey`.
   */
  readonly credentialFrom?: pulumi.Input<CredentialPlace | undefined>;
}

/** The name of the place that holds a credential, an access token or a service-account key. */
export type CredentialPlace =
  /** The name of an environment variable. */
  | { readonly env: pulumi.Input<string>; readonly config?: undefined }
  /** The name of a configuration key, such as `mcpstack:otherApiKey`; without a colon it is one of the project's own. */
  | { readonly config: pulumi.Input<string>; readonly env?: undefined };
