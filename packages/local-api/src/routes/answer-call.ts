import { agentRoutes } from "./agents";
import { attachmentRoutes } from "./attachments";
import { requireCredential, requireOrganization } from "./authorize-call";
import type { Call, OrganizationCall, Route } from "./call";
import { gatewayInsightRoutes } from "./gateway-insight";
import { gatewayRoutes } from "./gateways";
import { listOrganizations, presentOrganization } from "./organizations";
import { compilePath } from "./path-pattern";
import { json, Refusal, type Reply, refusalReply } from "./reply";
import { serverCheckRoutes } from "./server-checks";
import { serverRoutes } from "./servers";

const organizationRoutes: Route<OrganizationCall>[] = [
  ...gatewayRoutes,
  ...gatewayInsightRoutes,
  ...serverRoutes,
  ...serverCheckRoutes,
  ...attachmentRoutes,
  ...agentRoutes,
  { method: "GET", path: "", handle: (call) => json(200, presentOrganization(call, call.organization)) },
];

const routes = organizationRoutes.map((route) => ({ ...route, match: compilePath(route.path) }));

const prefix = "/api/v1/organizations";

/** Answers a call of the management API; a refusal is answered in the behaviour's form. */
export async function answerCall(call: Call): Promise<Reply> {
  try {
    return await dispatch(call);
  } catch (error) {
    if (error instanceof Refusal) return refusalReply(error, call.behaviour.errorBody);
    throw error;
  }
}

function dispatch(call: Call): Reply | Promise<Reply> {
  const path = call.path.replace(/\/$/, "");
  if (path !== prefix && !path.startsWith(`${prefix}/`)) throw noSuchAddress();
  if (path === prefix) {
    if (call.method !== "GET") throw wrongMethod();
    return listOrganizations(call);
  }
  const credential = requireCredential(call);
  const [organizationId = "", ...segments] = path
    .slice(prefix.length + 1)
    .split("/")
    .map(decode);
  const organization = requireOrganization(call, credential, organizationId);
  const matches = routes.flatMap((route) => {
    const params = route.match(segments);
    return params === undefined ? [] : [{ route, params }];
  });
  const match = matches.find(({ route }) => route.method === call.method);
  if (match === undefined) throw matches.length === 0 ? noSuchAddress() : wrongMethod();
  return match.route.handle({ ...call, params: match.params, credential, organization });
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw noSuchAddress();
  }
}

function noSuchAddress(): Refusal {
  return new Refusal(404, "not_found", "There is nothing at this address.");
}

function wrongMethod(): Refusal {
  return new Refusal(405, "method_not_allowed", "This address does not take that method.");
}
