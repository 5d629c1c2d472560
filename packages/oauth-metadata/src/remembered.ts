import { metadataFields } from "@mcpstack/model";
import { z } from "zod";
import type { Discovered } from "./discover";
import { rememberedAuthorizationServer } from "./documents/authorization-server";
import { rememberedClientIdDocument } from "./documents/client-id-document";
import { rememberedProtectedResource } from "./documents/protected-resource";
import type { FormerlyAccepted } from "./trust/accept-metadata";

const optionalText = z.string().optional();

const attempt = z.looseObject({
  url: z.string(),
  outcome: z.string(),
  status: z.number().optional(),
  detail: optionalText,
  isPage: z.literal(true).optional(),
  fault: optionalText,
  names: z.array(z.string()).optional(),
});
const kind = z.enum(["found", "missing", "unreachable", "unread", "not-an-address"]);

const discovered = z.looseObject({
  version: z.literal(1),
  inputs: z.looseObject({
    authorizationServerUrl: z.string(),
    metadataUrl: optionalText,
    resource: optionalText,
    clientId: optionalText,
  }),
  authorizationServer: z.looseObject({
    kind,
    url: optionalText,
    form: optionalText,
    issuer: optionalText,
    document: rememberedAuthorizationServer.optional(),
    attempts: z.array(attempt),
  }),
  protectedResource: z
    .looseObject({
      kind,
      url: optionalText,
      form: optionalText,
      document: rememberedProtectedResource.optional(),
      attempts: z.array(attempt),
    })
    .optional(),
  keySet: z
    .looseObject({
      kind,
      document: z.looseObject({ keys: z.number(), signingKeys: z.number() }).optional(),
      attempt,
    })
    .optional(),
  clientIdDocument: z.looseObject({ kind, document: rememberedClientIdDocument.optional(), attempt }).optional(),
});

const formerly = z.array(
  z.looseObject({
    choice: z.looseObject({ authorizationServerUrl: z.string(), metadataUrl: optionalText, resource: optionalText }),
    metadata: z.looseObject(
      Object.fromEntries(Object.entries(metadataFields).map(([name, { schema }]) => [name, schema.optional()])),
    ),
  }),
);

/** What was discovered, as an engine kept it; undefined where that is of another version, or damaged. */
export function rememberedDiscovery(kept: unknown): Discovered | undefined {
  return discovered.safeParse(kept).success ? (kept as Discovered) : undefined;
}

/** What was accepted of former issuers, as an engine kept it; undefined where that is of another version, or damaged. */
export function rememberedAcceptances(kept: unknown): readonly FormerlyAccepted[] | undefined {
  return formerly.safeParse(kept).success ? (kept as readonly FormerlyAccepted[]) : undefined;
}
