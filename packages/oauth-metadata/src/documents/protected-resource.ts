import { z } from "zod";
import { identifier, once, orderedStrings, shownText, strings, tolerant, webAddress } from "./fields";

/** Protected resource metadata (RFC 9728 §2), as far as a gateway depends on it. */
const shape = {
  resource: identifier,
  authorization_servers: orderedStrings,
  jwks_uri: webAddress,
  scopes_supported: strings,
  bearer_methods_supported: strings,
  resource_name: shownText,
  tls_client_certificate_bound_access_tokens: z.boolean(),
  dpop_bound_access_tokens_required: z.boolean(),
  dpop_signing_alg_values_supported: strings,
} as const;

type Shape = typeof shape;

export type ProtectedResourceMetadata = {
  readonly [K in Exclude<keyof Shape, "resource">]?: z.infer<Shape[K]> | undefined;
} & {
  readonly resource: string;
};

/** Parses a document; undefined where it has no usable resource identifier (RFC 9728 §2, REQUIRED). */
export const parseProtectedResource = once((object): ProtectedResourceMetadata | undefined => {
  const { value } = tolerant(shape, object);
  return value.resource === undefined ? undefined : { ...value, resource: value.resource };
});
