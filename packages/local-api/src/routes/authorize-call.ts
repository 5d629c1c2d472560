import type { Credential, Organization } from "../store/records";
import type { Store } from "../store/store";
import type { Call, OrganizationCall } from "./call";
import { Refusal } from "./reply";

/** The credential of a request: a bearer token of either kind, or a key in `X-API-Key`. */
export function credentialOf(headers: Call["headers"], store: Store): Credential | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(text(headers.authorization))?.[1];
  if (bearer !== undefined) return store.credentials().find((one) => one.secret === bearer && !one.expired);
  const key = text(headers["x-api-key"]);
  return store.credentials().find((one) => one.kind === "api-key" && one.secret === key && !one.expired);
}

export function requireCredential(call: Call): Credential {
  const credential = credentialOf(call.headers, call.store);
  if (credential !== undefined) return credential;
  throw new Refusal(401, "unauthenticated", "Authentication is required.", undefined, { "www-authenticate": "Bearer" });
}

/** The organization that the path names, when the credential sees it, and may do what the method asks for. */
export function requireOrganization(call: Call, credential: Credential, idOrSlug: string): Organization {
  const organization = call.store.organization(idOrSlug);
  if (organization === undefined) throw new Refusal(404, "not_found", "There is no such organization.");
  if (!sees(credential, organization)) {
    throw call.behaviour.foreignOrganization === "404"
      ? new Refusal(404, "not_found", "There is no such organization.")
      : new Refusal(403, "forbidden", "This credential has no grant on that organization.");
  }
  if (credential.access === "read" && call.method !== "GET") {
    throw new Refusal(403, "forbidden", "This credential may only read.");
  }
  return organization;
}

export function sees(credential: Credential, organization: Organization): boolean {
  return credential.organizations === "all" || credential.organizations.includes(organization.id);
}

/** Whether a gateway or server of the organization is there for the call's credential. */
export function mayFind(
  call: OrganizationCall,
  found: { readonly id: string; readonly organizationId: string },
): boolean {
  return found.organizationId === call.organization.id && !call.credential.hidden?.includes(found.id);
}

export function requireLists(call: OrganizationCall): void {
  if (call.credential.lists === "hidden") throw new Refusal(404, "not_found", "There is no such list.");
}

function text(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(", ") : (header ?? "");
}
