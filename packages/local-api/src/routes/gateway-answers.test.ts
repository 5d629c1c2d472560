import type { ServerBehaviour } from "../behaviour/switches";
import { startTableIssuer } from "../issuer/start-table-issuer";
import { caller, closeAfterTest, startForTest } from "../testing/caller";

const profile = {
  name: "Support",
  providerType: "auth0",
  authorizationServerUrl: "https://Auth.Example.com:443",
  clientId: "client",
  resource: "https://api.example.com",
  scopes: ["openid", "profile", "email"],
};

/** The answer to a GET of a gateway with that profile, under that behaviour. */
async function answered(behaviour: Partial<ServerBehaviour>, body: object = profile) {
  const api = await startForTest({ behaviour });
  const call = caller(api);
  const { json } = await call("POST", "/gateways", body);
  return (await call("GET", `/gateways/${json.id}`)).json;
}

describe("a gateway's document", () => {
  test.each<[ServerBehaviour["scopesForm"], unknown]>([
    ["array", ["openid", "profile", "email"]],
    ["duplicates", ["openid", "profile", "email", "openid"]],
    ["space-string", "openid profile email"],
    ["comma-string", "openid,profile,email"],
  ])("has scopes in the form %s", async (scopesForm, expected) => {
    expect((await answered({ scopesForm })).scopes).toEqual(expected);
  });

  test("has shuffled scopes in an order that differs from what was written and from answer to answer", async () => {
    const api = await startForTest({ behaviour: { scopesForm: "shuffled" } });
    const { id } = api.store.createGateway(profile);
    const orders: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { scopes } = (await caller(api)("GET", `/gateways/${id}`)).json;
      expect([...scopes].sort()).toEqual(["email", "openid", "profile"]);
      orders.push(scopes.join());
    }
    expect(new Set(orders).size).toBe(3);
    expect(orders).not.toContain("openid,profile,email");
  });

  test.each<[ServerBehaviour["unsetFields"], object]>([
    ["absent", {}],
    ["null", { description: null, clientId: null, scopes: null }],
    ["empty", { description: "", clientId: "", scopes: "" }],
  ])("answers fields that nobody set as %s", async (unsetFields, expected) => {
    const { name, authorizationServerUrl } = profile;
    const { description, clientId, scopes } = await answered({ unsetFields }, { name, authorizationServerUrl });
    expect({ description, clientId, scopes }).toEqual({ description: undefined, clientId: undefined, ...expected });
  });

  test("normalises URLs only when it is told to", async () => {
    const written = await answered({});
    const normal = await answered({ urls: "whatwg" });
    expect([written.authorizationServerUrl, normal.authorizationServerUrl]).toEqual([
      "https://Auth.Example.com:443",
      "https://auth.example.com/",
    ]);
    expect(normal.resource).toBe("https://api.example.com/");
    const tidy = { ...profile, resource: "urn:not-a-web-address" };
    expect((await answered({ urls: "whatwg" }, tidy)).resource).toBe("urn:not-a-web-address");
  });

  test("is filled with derived addresses, which never replace what somebody set", async () => {
    const filled = await answered({ fills: "derived" }, { ...profile, tokenEndpoint: "https://t.example.com/token" });
    expect(filled).toMatchObject({
      metadataUrl: "https://Auth.Example.com:443/.well-known/openid-configuration",
      authorizationEndpoint: "https://Auth.Example.com:443/authorize",
      tokenEndpoint: "https://t.example.com/token",
      discovered: true,
      manualOverrides: ["tokenEndpoint"],
    });
    expect(await answered({})).not.toHaveProperty("authorizationEndpoint");
  });

  test("is filled with what the issuer really publishes", async () => {
    const issuer = closeAfterTest(await startTableIssuer({ path: "/t" }));
    issuer.setMetadata({ issuer: "https://moved.example.com", token_endpoint: `${issuer.url}/oauth/token` });
    const filled = await answered({ fills: "discovered" }, { ...profile, authorizationServerUrl: issuer.url });
    expect(filled).toMatchObject({
      issuer: "https://moved.example.com",
      tokenEndpoint: `${issuer.url}/oauth/token`,
      metadataUrl: `${issuer.url}/.well-known/openid-configuration`,
      discovered: true,
    });
    const dead = await answered({ fills: "discovered" }, { ...profile, authorizationServerUrl: "http://127.0.0.1:1" });
    expect(dead.discovered).toBe(false);
    expect(dead).not.toHaveProperty("issuer");
  });

  test("names the callback URL once a server is attached and the service fills", async () => {
    const api = await startForTest({ behaviour: { fills: "derived" } });
    const { id } = api.store.createGateway(profile);
    expect((await caller(api)("GET", `/gateways/${id}`)).json).not.toHaveProperty("callbackUrl");
    api.store.attach("orders-api", { gatewayId: id });
    expect((await caller(api)("GET", `/gateways/${id}`)).json.callbackUrl).toBe(
      `${api.url}/api/v1/gateway/gw_orders-api/oauth/callback`,
    );
  });

  test.each<[ServerBehaviour["providerField"], string[]]>([
    ["providerType", ["providerType"]],
    ["provider", ["provider"]],
    ["both", ["provider", "providerType"]],
  ])("names its provider as %s", async (providerField, names) => {
    const document = await answered({ providerField });
    expect(
      Object.keys(document)
        .filter((name) => name.startsWith("provider"))
        .sort(),
    ).toEqual(names);
    expect(names.map((name) => document[name])).toEqual(names.map(() => "auth0"));
  });

  test.each<[ServerBehaviour["metadataUrlField"], string[]]>([
    ["metadataUrl", ["metadataUrl"]],
    ["authorizationServerMetadataUrl", ["authorizationServerMetadataUrl"]],
    ["both", ["authorizationServerMetadataUrl", "metadataUrl"]],
  ])("names its metadata URL as %s", async (metadataUrlField, names) => {
    const metadataUrl = "https://auth.example.com/meta";
    const document = await answered({ metadataUrlField }, { ...profile, metadataUrl });
    expect(
      Object.keys(document)
        .filter((name) => /metadataurl/i.test(name))
        .sort(),
    ).toEqual(names);
    expect(names.map((name) => document[name])).toEqual(names.map(() => metadataUrl));
  });

  test("names its organization or not", async () => {
    expect((await answered({})).organizationId).toBe("org_petalpal");
    expect(await answered({ organizationId: "absent" })).not.toHaveProperty("organizationId");
  });

  test("has unknown fields when it is told to, also a gateway that was there before", async () => {
    const api = await startForTest();
    const { id } = api.store.createGateway(profile);
    const get = async () => (await caller(api)("GET", `/gateways/${id}`)).json;
    expect(await get()).not.toHaveProperty("clientRegistration");
    api.setBehaviour({ unknownFields: "present" });
    expect(await get()).toMatchObject({ clientRegistration: "auto", identityResolution: { claim: "sub" } });
    expect(api.store.gateway(id)?.unknown).toHaveProperty("identityResolution");
  });
});
