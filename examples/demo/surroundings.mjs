// What happens around the program, whatever engine runs it: somebody else's script at the API, and an issuer whose operator moves things.
import { createRequire } from "node:module";
import { promise } from "./narrate.mjs";

const { startTableIssuer } = createRequire(import.meta.url)("@mcpstack/local-api");

/** Somebody makes a gateway through the API and attaches a server to it. @returns the gateway's document */
export async function makeByHand(api, issuer) {
  const organization = `/api/v1/organizations/${api.organization.id}`;
  const made = await send(api, "POST", `${organization}/gateways`, {
    name: "Billing API",
    providerType: "manual",
    authorizationServerUrl: issuer,
    clientId: "mcpstack-gateway",
    scopes: ["orders.read", "openid"],
  });
  await send(api, "PUT", `${organization}/mcp-servers/orders-api/gateway`, { gatewayId: made.id });
  return made;
}

async function send(api, method, path, body) {
  const answer = await fetch(`${api.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${api.accessToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  promise(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

/** Puts an issuer at the address of the real one, which cannot be made to move, and moves its endpoints within its origin. */
export async function moveWithinOrigin(address) {
  const { origin, port } = new URL(address);
  const issuer = await startTableIssuer({ port: Number(port) });
  const endpoints = { token_endpoint: `${origin}/v2/token`, jwks_uri: `${origin}/v2/keys` };
  issuer.setMetadata(endpoints);
  issuer.set("/v2/keys", { body: { keys: [{ kty: "EC", kid: "1", use: "sig", alg: "ES256" }] } });
  return {
    tokenEndpoint: endpoints.token_endpoint,
    moveAway: () => issuer.setMetadata({ token_endpoint: "https://login.attacker.example/token" }),
    close: () => issuer.close(),
  };
}
