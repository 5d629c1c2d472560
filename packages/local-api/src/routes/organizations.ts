import type { Organization } from "../store/records";
import { requireCredential, sees } from "./authorize-call";
import type { Call } from "./call";
import { json, type Reply } from "./reply";

/** `GET /api/v1/organizations`: a bare array in every behaviour, since that much is known. */
export function listOrganizations(call: Call): Reply {
  const credential = requireCredential(call);
  const seen = call.store.organizations().filter((organization) => sees(credential, organization));
  return json(
    200,
    seen.map((organization) => presentOrganization(call, organization)),
  );
}

export function presentOrganization(call: Call, organization: Organization) {
  return { ...organization, mcpServerCount: call.store.servers(organization.id).length };
}
