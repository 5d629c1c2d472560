import type { FindingCode, GatewayProfile } from "@mcpstack/model";
import type { Attached } from "../judge/attached";

/** What hangs on a gateway, and the fields of its profile that matter to it. */
export type AttachedSituation = Attached & Pick<Partial<GatewayProfile>, "scopes">;

export interface AttachedCase {
  readonly code: FindingCode;
  readonly name: string;
  readonly fix: string;
  readonly when: AttachedSituation;
  readonly notWhen: AttachedSituation;
}

const server = { id: "srv_1", name: "orders" };
const agent = { id: "agent_1", name: "Helper", serverIds: ["srv_1"], allowedOrigins: ["https://app.example"] };
const tool = { name: "list_orders", enabled: true, requiredScopes: ["orders.read"] };

export const attachedCases: readonly AttachedCase[] = [
  {
    code: "tool-scope-not-allowed",
    name: "an enabled tool needs a scope that is not allowed",
    fix: 'Add "orders.read" to scopes',
    when: { scopes: ["openid"], servers: [{ ...server, tools: [tool] }] },
    notWhen: {
      scopes: ["openid"],
      servers: [
        {
          ...server,
          tools: [
            { ...tool, enabled: false },
            { name: "other", enabled: true },
          ],
        },
      ],
    },
  },
  {
    code: "scope-unneeded",
    name: "every enabled tool tells its scopes and none needs the write scope",
    fix: 'Take "orders.write" out of scopes',
    when: { scopes: ["orders.read", "orders.write"], servers: [{ ...server, tools: [tool] }] },
    notWhen: {
      scopes: ["orders.read", "orders.write"],
      servers: [{ ...server, tools: [tool, { name: "silent", enabled: true }] }],
    },
  },
  {
    code: "too-many-tools",
    name: "a server has 21 enabled tools",
    fix: "Disable tools",
    when: { servers: [{ ...server, tools: Array.from({ length: 21 }, (_, i) => ({ name: `t${i}`, enabled: true })) }] },
    notWhen: {
      servers: [{ ...server, tools: Array.from({ length: 21 }, (_, i) => ({ name: `t${i}`, enabled: i > 0 })) }],
    },
  },
  {
    code: "callback-url-differs",
    name: "the service names the callback with a slash",
    fix: 'Register "https://api.example/oauth/callback/"',
    when: {
      servers: [
        {
          ...server,
          callbackUrl: "https://api.example/oauth/callback/",
          derivedCallbackUrl: "https://api.example/oauth/callback",
        },
      ],
    },
    notWhen: { servers: [{ ...server, derivedCallbackUrl: "https://api.example/oauth/callback" }] },
  },
  {
    code: "agent-not-linked",
    name: "the agent is linked to nothing",
    fix: "Link the agent",
    when: { servers: [server], agents: [{ ...agent, serverIds: [] }] },
    notWhen: { servers: [server], agents: [{ id: "agent_1" }] },
  },
  {
    code: "agent-not-linked",
    name: "the agent is meant for a server that it is not linked to",
    fix: 'Link the agent "Helper" to "orders"',
    when: {
      servers: [server],
      agents: [{ ...agent, serverIds: ["srv_2"] }],
      uses: [{ agentId: "agent_1", serverId: "srv_1" }],
    },
    notWhen: { servers: [server], agents: [{ ...agent, serverIds: ["srv_2"] }] },
  },
  {
    code: "agent-origin-not-allowed",
    name: "the allowed origin has a slash that browsers do not send",
    fix: 'Add "https://app.example" to',
    when: { servers: [server], agents: [{ ...agent, allowedOrigins: ["https://app.example/"] }] },
    notWhen: { servers: [server], agents: [agent] },
  },
  {
    code: "agent-origin-not-allowed",
    name: "the app's origin is missing",
    fix: 'Add "https://shop.example" to',
    when: { servers: [server], agents: [agent], uses: [{ agentId: "agent_1", origin: "https://shop.example" }] },
    notWhen: { servers: [server], agents: [agent], uses: [{ agentId: "agent_1", origin: "https://app.example" }] },
  },
  {
    code: "agent-origin-not-allowed",
    name: "no origin is allowed",
    fix: "Add the app's origin",
    when: { servers: [server], agents: [{ ...agent, allowedOrigins: [] }] },
    notWhen: { servers: [server], agents: [{ id: "agent_1", serverIds: ["srv_1"] }] },
  },
  {
    code: "agent-scopes-too-wide",
    name: "the agent asks for more than its server",
    fix: 'Take "orders.write" off the agent',
    when: {
      scopes: ["orders.read"],
      servers: [server],
      agents: [{ ...agent, scopes: ["orders.read", "orders.write"] }],
    },
    notWhen: {
      scopes: ["orders.read"],
      servers: [server],
      agents: [{ ...agent, serverIds: ["srv_9"], scopes: ["orders.write"] }],
    },
  },
];
