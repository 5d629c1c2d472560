import { z } from "zod";
import { identifier, strings, tolerant, webAddress } from "./fields";

/** A client id metadata document: client metadata (RFC 7591 §2) at the https URL that is the client id. */
const shape = {
  client_id: identifier,
  client_name: z.string().max(300),
  client_uri: webAddress,
  redirect_uris: strings,
  grant_types: strings,
  response_types: strings,
  scope: z.string().max(5000),
  token_endpoint_auth_method: z.string().max(100),
} as const;

type Shape = typeof shape;
export type ClientIdDocument = { readonly [K in keyof Shape]?: z.infer<Shape[K]> | undefined };

export function parseClientIdDocument(object: Readonly<Record<string, unknown>>): ClientIdDocument {
  return tolerant(shape, object).value;
}
