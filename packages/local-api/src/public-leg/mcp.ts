import type { Call } from "../routes/call";
import { json, type Reply } from "../routes/reply";
import type { McpServer } from "../store/records";
import type { LegCall } from "./authorization";
import { challenge } from "./documents";
import type { PublicLegFlaw } from "./flaws";
import type { Session } from "./sessions";

type Message = { id?: string | number; method?: string; params?: { name?: string; protocolVersion?: string } };

/** The MCP URL: the least of the streamable HTTP transport that a check, or a client's first steps, need. */
export function mcp(leg: LegCall, flaws: ReadonlySet<PublicLegFlaw>): Reply {
  const session = sessionOf(leg);
  if (session === undefined && !flaws.has("unauthenticated-200")) return unauthenticated(leg, flaws);
  if (leg.call.method !== "POST") return { status: 405, headers: { allow: "POST" } };
  const message = parse(leg.call);
  if (message === undefined) return json(400, rpc(undefined, { error: { code: -32700, message: "not JSON-RPC" } }));
  if (message.id === undefined) return { status: 202 };
  return json(200, rpc(message.id, answer(leg, message, session, flaws)));
}

function answer(
  leg: LegCall,
  { method, params }: Message,
  session: Session | undefined,
  flaws: ReadonlySet<PublicLegFlaw>,
): { result: unknown } | { error: unknown } {
  const server = leg.call.store.server(leg.attachment.serverId);
  switch (method) {
    case "initialize":
      return {
        result: {
          protocolVersion: params?.protocolVersion ?? "2025-06-18",
          capabilities: { tools: {} },
          serverInfo: { name: server?.slug ?? "", version: "1.0.0" },
        },
      };
    case "ping":
      return { result: {} };
    case "tools/list":
      return { result: { tools: listTools(server, flaws) } };
    case "tools/call":
      return callTool(leg, server, params?.name ?? "", session);
    default:
      return { error: { code: -32601, message: "no such method" } };
  }
}

function listTools(server: McpServer | undefined, flaws: ReadonlySet<PublicLegFlaw>) {
  const enabled = (server?.tools ?? []).filter((tool) => tool.enabled);
  const tools = enabled.map(({ name, description }) => ({ name, description, inputSchema: { type: "object" } }));
  const [first = { name: "tool", description: "", inputSchema: { type: "object" } }] = tools;
  if (!flaws.has("too-many-tools")) return tools;
  return Array.from({ length: 21 }, (_, at) => tools[at] ?? { ...first, name: `${first.name}_${at}` });
}

function callTool(leg: LegCall, server: McpServer | undefined, name: string, session: Session | undefined) {
  const tool = server?.tools.find((one) => one.enabled && one.name === name);
  if (tool === undefined) return { error: { code: -32602, message: `no tool "${name}"` } };
  const missing = (tool.requiredScopes ?? []).filter((scope) => !session?.scopes.includes(scope));
  leg.call.store.addLogEvent(leg.gateway.id, {
    type: "tool_call",
    serverId: leg.attachment.serverId,
    outcome: missing.length === 0 ? "success" : "failure",
    message: missing.length === 0 ? name : `${name}: missing scopes ${missing.join(" ")}`,
  });
  const text = missing.length === 0 ? `${name} was called` : `missing scopes: ${missing.join(" ")}`;
  return { result: { content: [{ type: "text", text }], isError: missing.length > 0 } };
}

function sessionOf({ call, attachment, sessions }: LegCall): Session | undefined {
  const { authorization } = call.headers;
  const bearer = /^Bearer +(\S+)$/i.exec(typeof authorization === "string" ? authorization : "")?.[1];
  const session = bearer === undefined ? undefined : sessions.session(bearer);
  return session?.publicId === attachment.publicId ? session : undefined;
}

function unauthenticated({ route }: LegCall, flaws: ReadonlySet<PublicLegFlaw>): Reply {
  const header = challenge(route, flaws);
  return json(401, { error: "invalid_token" }, header === undefined ? {} : { "www-authenticate": header });
}

function parse(call: Call): Message | undefined {
  try {
    const value: unknown = JSON.parse(call.body);
    return typeof value === "object" && value !== null ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}

function rpc(id: string | number | undefined, outcome: object) {
  return { jsonrpc: "2.0", id: id ?? null, ...outcome };
}
