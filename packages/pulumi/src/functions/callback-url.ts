import { defaultApiUrl, callbackUrl as derived } from "@mcpstack/model";
import * as pulumi from "@pulumi/pulumi";

export interface CallbackUrlArgs {
  /** Name of the server's public route, as the attachment's `publicId` gives it. */
  readonly publicId: pulumi.Input<string>;
  /** Base address of the API. Default: `MCPSTACK_API_URL`, then `mcpstack:apiUrl`, then `https://api.mcpstack.com`. */
  readonly apiUrl?: pulumi.Input<string | undefined>;
}

/**
 * The callback URL to register at the identity provider, known before anything exists: it needs no gateway and no attachment, so that
 * the identity provider's client can come first. The attachment's own `callbackUrl` confirms it.
 */
export function callbackUrl(args: { readonly publicId: string; readonly apiUrl?: string | undefined }): string;
export function callbackUrl(args: CallbackUrlArgs): pulumi.Output<string>;
export function callbackUrl({ publicId, apiUrl }: CallbackUrlArgs): string | pulumi.Output<string> {
  const url = (base: string | undefined, id: string) => derived(base ?? configuredApiUrl(), id);
  if (typeof publicId === "string" && (apiUrl === undefined || typeof apiUrl === "string"))
    return url(apiUrl, publicId);
  return pulumi.all([apiUrl, publicId]).apply(([base, id]) => url(base, id));
}

/** Where the gateways of this program are, as the provider settles it. */
function configuredApiUrl(): string {
  return process.env.MCPSTACK_API_URL?.trim() || pulumi.runtime.getConfig("mcpstack:apiUrl") || defaultApiUrl;
}
