import type { GatewayProfile } from "@mcpstack/model";
import type { Product } from "../products/recognize";
import { apiOfScope, openid, resourceOfScope, spelling } from "./entra-scopes";
import { isWider } from "./wider-scopes";

/** What a scope is called within an API. */
interface Named {
  /** The API, however it is spelled; undefined where the scope names none. */
  readonly resource?: string | undefined;
  readonly name: string;
}

/**
 * What it means that a scope which a gateway asks for is the one that somebody needs. Tools name scopes as their API does, `plants.read`;
 * Entra ID and Cognito have clients ask for them with the API before it, `api://GUID/plants.read`, and `.default` is all that was granted of
 * an API. An API of Cognito may be called anything, `plants-api`. The gateway's own API is its resource, or its client where both are one
 * registration. Where it cannot be told whose a scope is, it is taken for the one that is needed: nothing is said then.
 */
export function sameScope({
  resource,
  clientId,
}: Pick<GatewayProfile, "resource" | "clientId">): (asked: string, needed: string) => boolean {
  const own = [resource, clientId].flatMap((text) => (text === undefined ? [] : [spelling(text)]));
  const isOwn = (one: string | undefined) => one === undefined || resource === undefined || own.includes(one);
  const isThe = (one: Named, other: Named) => {
    if (other.resource !== undefined && one.resource !== undefined && one.resource !== other.resource) return false;
    if (other.resource !== undefined && one.resource === undefined && !own.includes(other.resource)) return false;
    if (one.name === other.name) return true;
    return one.name === ".default" && (other.resource !== undefined || isOwn(one.resource));
  };
  return (asked, needed) => {
    if (asked === needed) return true;
    if (openid.has(asked) || openid.has(needed)) return false;
    return namesOf(asked, own).some((one) => namesOf(needed, own).some((other) => isThe(one, other)));
  };
}

/** What it means that a scope which a gateway asks for grants what somebody needs: it is that one, or a wider one. */
export function coverage(
  profile: Pick<GatewayProfile, "resource" | "clientId">,
  product?: Product | undefined,
): (asked: string, needed: string) => boolean {
  const isNamed = sameScope(profile);
  return (asked, needed) => isNamed(asked, needed) || isWider(asked, needed, product);
}

/**
 * The ways to read a scope. An own API may have any name, and its scopes slashes. Of any other, what stands before a scope's last slash is one
 * where it is an identifier; where it is free text, it may be the API or a part of the name.
 */
function namesOf(scope: string, own: readonly string[]): readonly Named[] {
  const text = scope.replace(/^api:\/\//, "");
  const prefix = own.find((one) => text.startsWith(`${one}/`));
  if (prefix !== undefined) return [{ resource: prefix, name: withoutSlashes(text.slice(prefix.length)) }];
  const api = apiOfScope(scope);
  if (api === undefined) return [{ name: scope }];
  const named = { resource: spelling(api), name: withoutSlashes(scope.slice(api.length)) };
  return resourceOfScope(scope) === undefined ? [{ name: scope }, named] : [named];
}

const withoutSlashes = (text: string) => text.replace(/^\/+/, "");
