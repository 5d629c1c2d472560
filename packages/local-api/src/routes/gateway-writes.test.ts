import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ServerBehaviour } from "../behaviour/switches";
import { caller, startForTest } from "../testing/caller";

const profile = {
  name: "Support",
  authorizationServerUrl: "https://auth.example.com",
  clientId: "client",
  scopes: ["openid"],
};

async function withGateway(behaviour: Partial<ServerBehaviour> = {}) {
  const api = await startForTest({ behaviour });
  const call = caller(api);
  const { id } = (await call("POST", "/gateways", profile)).json;
  const stored = () => structuredClone(api.store.gateway(id)!);
  return { api, call, id, stored, put: (body: unknown) => call("PUT", `/gateways/${id}`, body) };
}

describe("creating a gateway", () => {
  test.each([200, 201] as const)("answers %i with the whole gateway or only its id", async (createStatus) => {
    const whole = await caller(await startForTest({ behaviour: { createStatus } }))("POST", "/gateways", profile);
    expect(whole).toMatchObject({ status: createStatus, json: { name: "Support", clientId: "client" } });
    const api = await startForTest({ behaviour: { createStatus, createAnswer: "id" } });
    const bare = await caller(api)("POST", "/gateways", profile);
    expect(bare.status).toBe(createStatus);
    expect(bare.json).toEqual({ id: api.store.gatewayByName("Support")?.id });
  });

  test("reads the provider and the metadata URL under either name", async () => {
    const api = await startForTest();
    const body = { name: "G", provider: "entra", authorizationServerMetadataUrl: "https://auth.example.com/m" };
    expect((await caller(api)("POST", "/gateways", body)).status).toBe(201);
    expect(api.store.gatewayByName("G")).toMatchObject({
      providerType: "entra",
      metadataUrl: "https://auth.example.com/m",
      unknown: {},
    });
  });

  test.each<[string, object | string, number, string]>([
    ["no name", { authorizationServerUrl: "https://a.example.com" }, 422, "name"],
    ["an empty name", { ...profile, name: "" }, 422, "name"],
    ["a name that is no string", { ...profile, name: 7 }, 422, "name"],
    ["no authorization server", { name: "G" }, 422, "authorizationServerUrl"],
    ["a relative URL", { ...profile, authorizationServerUrl: "/auth" }, 422, "authorizationServerUrl"],
    ["a scheme other than http", { ...profile, metadataUrl: "ftp://a.example.com" }, 422, "metadataUrl"],
    ["scopes that are no list", { ...profile, scopes: { a: 1 } }, 422, "scopes"],
    ["an empty scope", { ...profile, scopes: [""] }, 422, "scopes"],
    ["two names that contradict each other", { ...profile, provider: "a", providerType: "b" }, 422, "providerType"],
    ["a list", [], 422, "JSON object"],
    ["what is not JSON", "{", 400, "not JSON"],
  ])("refuses %s", async (_, body, status, said) => {
    const api = await startForTest();
    const refused = await caller(api)("POST", "/gateways", body);
    expect(refused.status).toBe(status);
    expect(refused.json.error_description).toContain(said);
    expect(api.store.gateways()).toEqual([]);
  });

  test("refuses a body of more than a mebibyte", async () => {
    const api = await startForTest();
    const big = { ...profile, description: "x".repeat(1024 * 1024) };
    expect((await caller(api)("POST", "/gateways", big)).status).toBe(413);
  });

  test("refuses a name that is taken where names are unique, and not the gateway's own", async () => {
    const { api, call, put } = await withGateway({ duplicateNames: "conflict" });
    expect((await call("POST", "/gateways", profile)).status).toBe(409);
    expect((await put(profile)).status).toBe(200);
    api.setBehaviour({ duplicateNames: "allowed" });
    expect((await call("POST", "/gateways", profile)).status).toBe(201);
  });
});

describe("putting a gateway", () => {
  test("answers the gateway or 204", async () => {
    const { api, put } = await withGateway();
    expect(await put({ name: "New" })).toMatchObject({ status: 200, json: { name: "New" } });
    api.setBehaviour({ putAnswer: "204" });
    expect(await put({ name: "Newer" })).toMatchObject({ status: 204, text: "" });
  });

  test("keeps what the body leaves out, unknown fields included", async () => {
    const { put, stored } = await withGateway({ unknownFields: "present" });
    await put({ description: "d" });
    expect(stored()).toMatchObject({ name: "Support", clientId: "client", description: "d", scopes: ["openid"] });
    expect(stored().unknown).toHaveProperty("clientRegistration", "auto");
  });

  test("clears what the body leaves out, where the service does so", async () => {
    const { put, stored } = await withGateway({ unknownFields: "present", putLeftOut: "cleared" });
    await put({ name: "Support", description: "d", extra: { a: 1 } });
    expect(stored()).not.toHaveProperty("clientId");
    expect(stored()).not.toHaveProperty("scopes");
    expect(stored()).toMatchObject({ description: "d", providerType: "manual", unknown: { extra: { a: 1 } } });
    expect(stored().unknown).not.toHaveProperty("clientRegistration");
    expect((await put({ description: "d" })).status).toBe(422);
  });

  test.each([null, ""])("clears a field that the body sets to %j", async (nothing) => {
    const { put, stored } = await withGateway();
    await put({ clientId: nothing, scopes: nothing });
    expect(stored()).not.toHaveProperty("clientId");
    expect(stored()).not.toHaveProperty("scopes");
  });

  test("takes a whole document back without keeping what only the service writes", async () => {
    const { call, id, put, stored } = await withGateway({ fills: "derived", unknownFields: "present" });
    const before = stored();
    const { json } = await call("GET", `/gateways/${id}`);
    const { authorizationEndpoint, tokenEndpoint, registrationEndpoint, metadataUrl, ...unfilled } = json;
    expect((await put({ ...unfilled, id: "gtw_other", status: "broken" })).status).toBe(200);
    expect({ ...stored(), updatedOn: "" }).toEqual({ ...before, updatedOn: "" });
  });

  test.each(["****", "[redacted]"] as const)(
    "records a secret as destroyed when its mask %s is written back",
    async (mask) => {
      const { call, id, put, stored } = await withGateway({ maskedSecret: mask });
      const { json } = await call("GET", `/gateways/${id}`);
      expect(json.clientSecret).toBe(mask);
      expect(stored()).toMatchObject({ secrets: { clientSecret: "made-by-the-service" }, destroyedSecrets: [] });
      await put({ name: "Other" });
      expect(stored().destroyedSecrets).toEqual([]);
      await put(json);
      expect(stored()).toMatchObject({ secrets: { clientSecret: mask }, destroyedSecrets: ["clientSecret"] });
      await put({ clientSecret: "a new one" });
      expect(stored()).toMatchObject({ secrets: { clientSecret: "a new one" }, destroyedSecrets: [] });
    },
  );

  test("has the mask in a nested field, and reads it there too", async () => {
    const { call, id, put, stored } = await withGateway({ maskedSecret: "****", maskedSecretPlace: "nested" });
    const { json } = await call("GET", `/gateways/${id}`);
    expect(json).not.toHaveProperty("clientSecret");
    expect(json.clientCredentials).toEqual({ secret: "****" });
    await put(json);
    expect(stored().destroyedSecrets).toEqual(["clientSecret"]);
  });

  test("destroys a secret that a clearing PUT leaves out", async () => {
    const { call, id, put, stored } = await withGateway({ maskedSecret: "****", putLeftOut: "cleared" });
    await put(profile);
    expect(stored()).toMatchObject({ secrets: {}, destroyedSecrets: ["clientSecret"] });
    expect((await call("GET", `/gateways/${id}`)).json).not.toHaveProperty("clientSecret");
  });

  test("takes a secret and never answers it in clear", async () => {
    const { call, id, put, stored } = await withGateway();
    const answer = await put({ clientSecret: "s3cret" });
    expect(stored().secrets).toEqual({ clientSecret: "s3cret" });
    expect(answer.text + (await call("GET", `/gateways/${id}`)).text).not.toContain("s3cret");
  });
});

describe("deleting a gateway with a server attached", () => {
  test.each<[ServerBehaviour["deleteAttached"], number, boolean, boolean]>([
    ["conflict", 409, true, true],
    ["detaches", 204, false, false],
    ["allowed", 204, false, true],
  ])("%s: answers %i", async (deleteAttached, status, gatewayLeft, attachmentLeft) => {
    const { api, call, id } = await withGateway({ deleteAttached });
    api.store.attach("orders-api", { gatewayId: id });
    const answer = await call("DELETE", `/gateways/${id}`);
    expect(answer.status).toBe(status);
    expect(api.store.gateway(id) !== undefined).toBe(gatewayLeft);
    expect(api.store.attachment("orders-api") !== undefined).toBe(attachmentLeft);
  });
});

describe("fields that no published page names", () => {
  const extra = { hiddenKey: "k", auth: { user: "u", password: "p" }, list: [{ a: 2, b: [{ c: 3 }] }, { a: 1 }] };
  const made = async (behaviour: Partial<ServerBehaviour>) => {
    const gateway = await withGateway(behaviour);
    await gateway.put({ ...profile, ...extra });
    const answered = async () => (await gateway.call("GET", `/gateways/${gateway.id}`)).json;
    return { ...gateway, answered };
  };

  test("may be kept and not shown, by their names, at any depth", async () => {
    const { answered, stored } = await made({ unknownEcho: "not-hidden" });
    expect(await answered()).toMatchObject({ auth: { user: "u" }, list: extra.list });
    expect(await answered()).not.toHaveProperty("hiddenKey");
    expect(await answered()).not.toHaveProperty("auth.password");
    expect(stored().unknown).toEqual(extra);
  });

  test("stay where they are not shown and a PUT clears what it leaves out", async () => {
    const { put, stored } = await made({ unknownEcho: "not-hidden", putLeftOut: "cleared" });
    await put(profile);
    expect(stored().unknown).toEqual({ hiddenKey: "k" });
  });

  test("may come back with their lists sorted, and are kept as they were written", async () => {
    const { answered, stored } = await made({ unknownArrays: "sorted" });
    expect((await answered()).list).toEqual([{ a: 1 }, { a: 2, b: [{ c: 3 }] }]);
    expect(stored().unknown).toEqual(extra);
  });

  test("may come back with the objects of their lists enriched, which is not kept when it is written back", async () => {
    const { answered, put, stored } = await made({ unknownObjects: "enriched" });
    const addedBy = "service";
    const list = [
      { a: 2, b: [{ c: 3, addedBy }], addedBy },
      { a: 1, addedBy },
    ];
    const document = await answered();
    expect(document).toMatchObject({ auth: extra.auth, list });
    await put(document);
    expect(stored().unknown).toEqual(extra);
  });

  test.each<[ServerBehaviour["unknownNull"], object]>([
    ["null", { ...extra, hiddenKey: null, other: null }],
    ["gone", { auth: extra.auth, list: extra.list }],
    ["kept", extra],
  ])("of null become %s", async (unknownNull, unknown) => {
    const { put, stored } = await made({ unknownNull });
    await put({ ...profile, hiddenKey: null, other: null });
    expect(stored().unknown).toEqual(unknown);
  });

  test("keep every digit of their numbers, also in a state file", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "local-api-"));
    const persistTo = path.join(folder, "state.json");
    const text = '"quota":12345678901234567890,"deep":[{"n":0.12345678901234567890,"e":1e400}]';
    const api = await startForTest({ persistTo });
    await caller(api)("POST", "/gateways", `{"name":"G","authorizationServerUrl":"https://a.example.com",${text}}`);
    await api.close();
    const again = await startForTest({ persistTo });
    const answer = await caller(
      again,
      {},
      api.organization.id,
    )("GET", `/gateways/${again.store.gatewayByName("G")?.id}`);
    expect(answer.text).toContain(text);
    rmSync(folder, { recursive: true });
  });
});
