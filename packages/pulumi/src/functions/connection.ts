import type * as pulumi from "@pulumi/pulumi";

/** Which API a look-up asks. Every part left out comes from the environment, then from `pulumi config`. */
export interface LookupConnection {
  /** Base address of the MCP Stack API. */
  readonly apiUrl?: string | undefined;
  /** Id or slug of the organization. */
  readonly organization?: string | undefined;
  /** The name of the place that holds the credential, never the credential. */
  readonly credentialFrom?: { readonly env: string } | { readonly config: string } | undefined;
}

/** What every look-up takes. */
export interface LookupArgs {
  /** Which API is asked. Default: what the environment and `pulumi config` say. */
  readonly connection?: LookupConnection | undefined;
}

/** The arguments of a look-up, each of which may be an output. */
export type OutputArgs<Args> = { readonly [Name in keyof Args]: pulumi.Input<Args[Name]> };
