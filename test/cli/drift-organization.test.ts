import { type LocalApi, startIssuer, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { closing, codesOf, driftReport, mcpstackIac } from "./command-line";

/** An organization whose one server is attached and signs users in with an ordinary issuer. */
async function organization(): Promise<{
  api: LocalApi;
  issuer: TableIssuer;
  gatewayId: string;
  env: Record<string, string>;
}> {
  const api = closing(await startLocalApi());
  const issuer = closing(await startTableIssuer());
  const { id } = api.store.createGateway({
    name: "Plants",
    providerType: "manual",
    authorizationServerUrl: issuer.url,
    clientId: "mcpstack-gateway",
    resource: issuer.resource,
    scopes: ["openid", "profile", "plants.read", "plants.write"],
  });
  issuer.setMetadata({ scopes_supported: undefined });
  api.store.attach("srv_petalpal_api", { gatewayId: id, publicId: "gw_plants" });
  return { api, issuer, gatewayId: id, env: api.environment() };
}

test("says that nothing is wrong with an ordinary gateway, and exits with 0", async () => {
  const { env } = await organization();
  const { code, report } = await driftReport(["--fail-on", "error"], { env });
  expect(codesOf(report)).toEqual([]);
  expect(code).toBe(0);
});
