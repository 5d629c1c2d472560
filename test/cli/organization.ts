import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { closing } from "./command-line";

export interface Organization {
  readonly api: LocalApi;
  readonly issuer: TableIssuer;
  readonly gatewayId: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What the API names here is on the loopback, which a command reads only where it is told to. */
export const allowed = "--allow-private-addresses";

/** On the loopback, no route is https. */
export const onLoopback = ["--finding", "public-insecure=off", allowed];

/** An organization in order: one gateway, one server attached to it, one agent that is linked to the server. */
export async function organization(): Promise<Organization> {
  const api = closing(await startLocalApi());
  const issuer = closing(await startTableIssuer());
  issuer.setMetadata({ scopes_supported: undefined });
  const { id } = api.store.createGateway({
    name: "Plants",
    providerType: "manual",
    authorizationServerUrl: issuer.url,
    clientId: "mcpstack-gateway",
    resource: issuer.resource,
    scopes: ["openid", "profile", "plants.read", "plants.write"],
  });
  api.store.attach("srv_petalpal_api", { gatewayId: id, publicId: "gw_plants" });
  api.store.addAgent({
    name: "Gardener",
    serverIds: ["srv_petalpal_api"],
    allowedOrigins: ["https://app.example.com"],
  });
  return { api, issuer, gatewayId: id, env: api.environment() };
}
