import type { LocalApi } from "@mcpstack/local-api";
import type { GatewayProfile } from "@mcpstack/model";
import type { Desired, Scenario } from "./scenario";

const support: GatewayProfile = {
  name: "Support",
  description: "User-scoped access to the support API",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com",
  clientId: "support-mcp",
  resource: "https://api.example.com",
  scopes: ["openid", "profile"],
  metadataCheck: "off",
};
const { description: _, ...undescribed } = support;
const attachment = { serverId: "petalpal-api", gateway: "support", publicId: "gw_petalpal" };
const both = (profile: GatewayProfile, attached: typeof attachment = attachment): Desired => ({
  gateways: { support: profile },
  attachments: { petalpal: attached },
});
const idOf = (api: LocalApi, name: string) => String(api.store.gatewayByName(name)?.id);
const creating = {
  title: "creates it",
  desired: { gateways: { support } },
  writes: [{ request: "POST gateways", body: { name: "Support" } }],
};

/** The table. Each row is one engine-neutral story; what is read is the engines' own affair, what is written is not. */
export const scenarios: readonly Scenario[] = [
  {
    title: "a gateway and its attachment are created in that order",
    steps: [
      {
        title: "creates both",
        desired: both(support),
        inOrder: true,
        writes: [
          {
            request: "POST gateways",
            body: {
              name: "Support",
              providerType: "manual",
              provider: "manual",
              authorizationServerUrl: "https://auth.example.com",
              clientId: "support-mcp",
              resource: "https://api.example.com",
              scopes: ["openid", "profile"],
            },
          },
          { request: "PUT mcp-servers/petalpal-api/gateway", body: { publicId: "gw_petalpal" } },
        ],
      },
    ],
    end: {
      gateways: [{ name: "Support", clientId: "support-mcp", scopes: ["openid", "profile"] }],
      attachments: [{ publicId: "gw_petalpal" }],
    },
  },
  {
    title: "an edit is written whole and keeps what nobody here knows; what is taken out of the program is cleared",
    behaviour: { unknownFields: "present", putLeftOut: "cleared" },
    steps: [
      creating,
      {
        title: "changes the client and takes the description out",
        desired: { gateways: { support: { ...undescribed, clientId: "support-mcp-2" } } },
        writes: [
          {
            request: "PUT gateways/{Support}",
            body: {
              clientId: "support-mcp-2",
              description: null,
              resource: "https://api.example.com",
              identityResolution: expect.anything(),
            },
          },
        ],
      },
    ],
    end: { gateways: [{ clientId: "support-mcp-2", unknown: { identityResolution: expect.anything() } }] },
  },
  {
    title: "what means the same is written by nobody",
    behaviour: { scopesForm: "comma-string", urls: "whatwg", unsetFields: "empty", fills: "derived" },
    steps: [
      creating,
      {
        title: "writes the scopes in another order",
        desired: { gateways: { support: { ...support, scopes: ["profile", "openid"] } } },
        writes: [],
      },
    ],
    end: { gateways: [{ scopes: ["openid", "profile"] }] },
  },
  {
    title: "a slash that the program adds is an edit, and arrives",
    steps: [
      creating,
      {
        title: "adds the slash",
        desired: { gateways: { support: { ...support, authorizationServerUrl: "https://auth.example.com/" } } },
        writes: [{ request: "PUT gateways/{Support}", body: { authorizationServerUrl: "https://auth.example.com/" } }],
      },
    ],
    end: { gateways: [{ authorizationServerUrl: "https://auth.example.com/" }] },
  },
  {
    title: "somebody else's change is put right",
    steps: [
      creating,
      {
        title: "finds another client id",
        before: (api) => {
          const id = idOf(api, "Support");
          api.store.putGateway(id, { ...api.store.gateway(id), clientId: "somebody-else" });
        },
        desired: { gateways: { support } },
        writes: [{ request: "PUT gateways/{Support}", body: { clientId: "support-mcp" } }],
      },
    ],
    end: { gateways: [{ clientId: "support-mcp" }] },
  },
  {
    title: "what somebody else deleted is made again",
    steps: [
      {
        ...creating,
        desired: both(support),
        writes: [...creating.writes, { request: "PUT mcp-servers/petalpal-api/gateway" }],
      },
      {
        title: "finds nothing",
        before: (api) => {
          api.store.detach("petalpal-api");
          api.store.deleteGateway(idOf(api, "Support"));
        },
        desired: both(support),
        inOrder: true,
        writes: [{ request: "POST gateways" }, { request: "PUT mcp-servers/petalpal-api/gateway" }],
      },
    ],
    end: { gateways: [{ name: "Support" }], attachments: [{ publicId: "gw_petalpal" }] },
  },
  {
    title: "another server is another attachment: detached first",
    steps: [
      {
        ...creating,
        desired: both(support),
        writes: [...creating.writes, { request: "PUT mcp-servers/petalpal-api/gateway" }],
      },
      {
        title: "names another server",
        desired: both(support, { ...attachment, serverId: "orders-api" }),
        inOrder: true,
        writes: [
          { request: "DELETE mcp-servers/petalpal-api/gateway" },
          { request: "PUT mcp-servers/orders-api/gateway", body: { publicId: "gw_petalpal" } },
        ],
      },
    ],
    end: { gateways: [{ name: "Support" }], attachments: [{ serverId: "srv_orders_api", publicId: "gw_petalpal" }] },
  },
  {
    title: "a create whose answer is lost makes one gateway, not two",
    steps: [
      {
        ...creating,
        before: (api) => {
          api.faults.add({ match: { method: "POST", path: "/gateways" }, times: 1, action: { cut: "after" } });
        },
      },
    ],
    end: { gateways: [{ name: "Support" }] },
  },
  {
    title: "a server that is attached already is left as it is",
    steps: [
      {
        title: "refuses",
        before: (api) => {
          const { id } = api.store.createGateway({ name: "By hand", providerType: "manual" });
          api.store.attach("petalpal-api", { gatewayId: id, publicId: "gw_by_hand" });
        },
        desired: both(support),
        writes: [{ request: "POST gateways" }],
        fails: /already attached to gateway gtw_000001/,
      },
    ],
  },
];
