import type { ServerBehaviour } from "../behaviour/switches";
import { parseJson } from "../json/exact";
import type { Credential, Organization } from "../store/records";
import type { Store } from "../store/store";
import { Refusal, type Reply } from "./reply";

/** One request, as a route sees it. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** The named segments of the route's path, percent-decoded. */
  params: Readonly<Record<string, string>>;
  store: Store;
  behaviour: ServerBehaviour;
  /** The address that documents name, without a trailing slash. */
  baseUrl: string;
}

/** A call with a valid credential, within an organization that it sees. */
export interface OrganizationCall extends Call {
  credential: Credential;
  organization: Organization;
}

export interface Route<C extends Call = Call> {
  method: string;
  /** Such as `/gateways/:gatewayId`. */
  path: string;
  handle(call: C): Reply | Promise<Reply>;
}

export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Refusal(404, "not_found", `The path names no ${name}.`);
  return value;
}

/** The body as a JSON object, or the refusal of it. */
export function objectBody(call: Call): Record<string, unknown> {
  const value = parse(call.body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal(422, "invalid_request", "The body must be a JSON object.");
  }
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new Refusal(400, "invalid_request", "The body is not JSON.");
  }
}
