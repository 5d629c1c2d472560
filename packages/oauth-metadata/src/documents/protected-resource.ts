import { z } from "zod";
import {
  identifier,
  once,
  orderedStrings,
  problemOf,
  rememberedDocument,
  shownText,
  strings,
  tolerant,
  webAddress,
} from "./fields";

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
  /** Fields whose value was not usable, sorted. */
  readonly invalid_fields?: readonly string[];
};

/** Parses a document; undefined where it has no usable resource identifier (RFC 9728 §2, REQUIRED). */
export const parseProtectedResource = once((object): ProtectedResourceMetadata | undefined => {
  const { value, invalid } = tolerant(shape, object);
  if (value.resource === undefined) return undefined;
  return { ...value, resource: value.resource, ...(invalid.length > 0 ? { invalid_fields: invalid } : {}) };
});

export const rememberedProtectedResource = rememberedDocument(shape, ["resource"]);

/** Why an object is no protected resource metadata, as a clause; undefined where it does not look as if it were meant to be (RFC 9728 §2). */
export function protectedResourceProblem(object: Readonly<Record<string, unknown>>): string | undefined {
  return problemOf(shape, object, "resource");
}
