import type { Call } from "../routes/call";
import { parseUrl } from "../routes/parse-url";
import { json, type Reply } from "../routes/reply";
import type { RouteAddresses } from "../routes/route-addresses";
import type { Attachment, StoredGateway } from "../store/records";
import type { Sessions } from "./sessions";

/** One public leg and a call of it. */
export interface LegCall {
  call: Call;
  route: RouteAddresses;
  attachment: Attachment;
  gateway: StoredGateway;
  sessions: Sessions;
}

/** RFC 7591 §3. */
export function register({ call, sessions }: LegCall): Reply {
  const body = parseJson(call.body);
  const uris = body?.redirect_uris;
  if (!Array.isArray(uris) || uris.length === 0 || !uris.every((uri) => typeof uri === "string" && parseUrl(uri))) {
    return json(400, { error: "invalid_redirect_uri", error_description: "redirect_uris must list absolute URIs" });
  }
  const client = sessions.register(uris as string[]);
  return json(201, { client_id: client.id, redirect_uris: uris, token_endpoint_auth_method: "none" });
}

/** RFC 6749 §4.1.1. The user is signed in and consents to the scopes that the profile allows. */
export function authorize({ call, route, attachment, gateway, sessions }: LegCall): Reply {
  const asked = (name: string) => call.query.get(name) ?? "";
  const client = sessions.client(asked("client_id"));
  const redirectUri = asked("redirect_uri");
  if (client === undefined || !client.redirectUris.includes(redirectUri)) {
    return json(400, { error: "invalid_request", error_description: "unknown client_id or redirect_uri" });
  }
  const refused = refusal(asked);
  const answer: Record<string, string> = { iss: route.issuer };
  if (asked("state") !== "") answer.state = asked("state");
  if (refused === undefined) {
    const wanted = asked("scope").split(" ").filter(Boolean);
    const scopes = (gateway.scopes ?? []).filter((scope) => wanted.length === 0 || wanted.includes(scope));
    const { publicId } = attachment;
    answer.code = sessions.issueCode({
      publicId,
      clientId: client.id,
      redirectUri,
      challenge: asked("code_challenge"),
      scopes,
    });
  } else answer.error = refused;
  call.store.addLogEvent(gateway.id, {
    type: "authorization",
    serverId: attachment.serverId,
    outcome: refused === undefined ? "success" : "failure",
    ...(refused === undefined ? { subject: "user@example.com" } : { message: refused }),
  });
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) location.searchParams.set(name, value);
  return { status: 302, headers: { location: location.href } };
}

/** RFC 6749 §4.1.3. */
export function token({ call, attachment, gateway, sessions }: LegCall): Reply {
  const form = new URLSearchParams(call.body);
  if (form.get("grant_type") !== "authorization_code") return json(400, { error: "unsupported_grant_type" });
  const code = sessions.redeem(form.get("code") ?? "", form.get("code_verifier") ?? "");
  const fits =
    code?.publicId === attachment.publicId &&
    code.clientId === form.get("client_id") &&
    code.redirectUri === form.get("redirect_uri");
  if (code === undefined || !fits) {
    call.store.addLogEvent(gateway.id, { type: "token", outcome: "failure", serverId: attachment.serverId });
    return json(400, { error: "invalid_grant" });
  }
  const { clientId, scopes, publicId } = code;
  call.store.addGrant(gateway.id, { serverId: attachment.serverId, clientId, scopes });
  call.store.addLogEvent(gateway.id, { type: "token", serverId: attachment.serverId, subject: "user@example.com" });
  const accessToken = sessions.issueToken({ publicId, clientId, scopes });
  return json(
    200,
    { access_token: accessToken, token_type: "Bearer", expires_in: 3600, scope: scopes.join(" ") },
    { "cache-control": "no-store" },
  );
}

/** Where the identity provider sends the user back to. No upstream login is ever under way here, so any call is a stray one. */
export function callback(): Reply {
  return json(400, { error: "invalid_request", error_description: "no login is under way with that state" });
}

function refusal(asked: (name: string) => string): string | undefined {
  if (asked("response_type") !== "code") return "unsupported_response_type";
  if (asked("code_challenge") === "" || asked("code_challenge_method") !== "S256") return "invalid_request";
  return undefined;
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
