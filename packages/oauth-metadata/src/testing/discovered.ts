import { compareIssuers, type GatewayProfile } from "@mcpstack/model";
import { type Discovered, discoveryInputs } from "../discover";
import { isAddress } from "../discovery/find-protected-resource";
import {
  expectedIssuer,
  isMetadataAddress,
  protectedResourceCandidates,
  type ResourceForm,
} from "../discovery/well-known";
import { parseAuthorizationServer } from "../documents/authorization-server";
import { parseClientIdDocument } from "../documents/client-id-document";
import { type KeySet, parseKeySet } from "../documents/key-set";
import { parseProtectedResource } from "../documents/protected-resource";
import { type Attempt, isUnreachable } from "../fetch/outcome";
import { sortedKeys } from "../text/sorted-keys";

type Json = Readonly<Record<string, unknown>>;

/** What a test says was published; what it leaves out was not asked for. */
export interface Published {
  /** Authorization server metadata, or the attempts that found none. */
  readonly server?: Json | readonly Attempt[];
  readonly resource?: Json | readonly Attempt[];
  /** Where the resource's document was found. Default: `inserted`. */
  readonly resourceForm?: ResourceForm;
  readonly keys?: Json | Attempt;
  readonly client?: Json | Attempt;
}

const found = (url: string): Attempt => ({ url, outcome: "found", status: 200 });
const isAttempts = (value: Json | readonly Attempt[]): value is readonly Attempt[] => Array.isArray(value);

/** A discovery as `discover` would have made it of these documents, without a network. */
export function discoveredOf(profile: GatewayProfile, published: Published): Discovered {
  return sortedKeys({
    version: 1 as const,
    inputs: discoveryInputs(profile),
    authorizationServer: server(profile, published.server ?? []),
    ...(published.resource === undefined
      ? {}
      : { protectedResource: resource(profile, published.resource, published.resourceForm) }),
    ...(published.keys === undefined ? {} : { keySet: keys(published.keys) }),
    ...(published.client === undefined ? {} : { clientIdDocument: client(profile, published.client) }),
  });
}

function server(profile: GatewayProfile, given: Json | readonly Attempt[]): Discovered["authorizationServer"] {
  if (isAttempts(given)) {
    return { kind: given.some(({ outcome }) => isUnreachable(outcome)) ? "unreachable" : "missing", attempts: given };
  }
  const document = parseAuthorizationServer(given);
  const exact =
    profile.metadataUrl ??
    (isMetadataAddress(profile.authorizationServerUrl) ? profile.authorizationServerUrl : undefined);
  const url = exact ?? `${new URL(profile.authorizationServerUrl).origin}/.well-known/openid-configuration`;
  if (!document) return { kind: "missing", attempts: [{ url, outcome: "invalid", status: 200 }] };
  const issuer = compareIssuers(expectedIssuer(profile.authorizationServerUrl), document.issuer);
  const form = exact === undefined ? ("inserted-openid" as const) : ("exact" as const);
  return { kind: "found", url, form, issuer, document, attempts: [found(url)] };
}

function resource(
  profile: GatewayProfile,
  given: Json | readonly Attempt[],
  form: ResourceForm = "inserted",
): NonNullable<Discovered["protectedResource"]> {
  if (isAttempts(given)) {
    return { kind: given.some(({ outcome }) => isUnreachable(outcome)) ? "unreachable" : "missing", attempts: given };
  }
  const { resource: asked = "" } = profile;
  const candidates = isAddress(asked) ? protectedResourceCandidates(asked) : [];
  const url = candidates.find((one) => one.form === form)?.url ?? `${asked}/metadata`;
  const document = parseProtectedResource(given);
  return document ? { kind: "found", url, form, document, attempts: [found(url)] } : { kind: "missing", attempts: [] };
}

function keys(given: Json | Attempt): NonNullable<Discovered["keySet"]> {
  if ("outcome" in given) return { kind: "unreachable", attempt: given as Attempt };
  const attempt = found("https://id.example/keys");
  const document: KeySet | undefined = parseKeySet(given);
  return document ? { kind: "found", document, attempt } : { kind: "missing", attempt };
}

function client(profile: GatewayProfile, given: Json | Attempt): NonNullable<Discovered["clientIdDocument"]> {
  if ("outcome" in given) return { kind: "missing", attempt: given as Attempt };
  return { kind: "found", document: parseClientIdDocument(given), attempt: found(profile.clientId ?? "") };
}
