import { ownValue } from "@mcpstack/model";
import { z } from "zod";
import { identifier, rememberedDocument, shownText, strings, tolerant, webAddress } from "./fields";

/** A client id metadata document: client metadata (RFC 7591 §2) at the https URL that is the client id. */
const shape = {
  client_id: identifier,
  client_name: shownText,
  client_uri: webAddress,
  redirect_uris: strings,
  grant_types: strings,
  response_types: strings,
  scope: shownText,
  token_endpoint_auth_method: shownText,
} as const;

type Shape = typeof shape;
export type ClientIdDocument = { readonly [K in keyof Shape]?: z.infer<Shape[K]> | undefined } & {
  /** Fields that only a client with a secret has, sorted. Their values are kept nowhere. */
  readonly secret_fields?: readonly string[] | undefined;
};

/** What a document that everybody can read must not hold (OAuth Client ID Metadata Document §4.1). */
const secretFields = ["client_secret", "client_secret_expires_at"];

export function parseClientIdDocument(object: Readonly<Record<string, unknown>>): ClientIdDocument {
  const secret = secretFields.filter((name) => (ownValue(object, name) ?? null) !== null);
  return { ...tolerant(shape, object).value, ...(secret.length > 0 ? { secret_fields: secret } : {}) };
}

export const rememberedClientIdDocument = rememberedDocument(shape).extend({
  secret_fields: z.array(z.string()).optional(),
});
