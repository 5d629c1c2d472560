import type { z } from "zod";
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
export type ClientIdDocument = { readonly [K in keyof Shape]?: z.infer<Shape[K]> | undefined };

export function parseClientIdDocument(object: Readonly<Record<string, unknown>>): ClientIdDocument {
  return tolerant(shape, object).value;
}

export const rememberedClientIdDocument = rememberedDocument(shape);
