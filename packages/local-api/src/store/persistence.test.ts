import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startLocalApi } from "../server/start-local-api";
import { caller, startForTest } from "../testing/caller";
import { StateFileError } from "./persistence";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "local-api-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a state file", () => {
  test("brings everything back, the credentials too", async () => {
    const persistTo = path.join(folder, "deep", "state.json");
    const first = await startLocalApi({ persistTo, seed: { organization: { slug: "acme", id: "org_acme" } } });
    const { json } = await caller(first)("POST", "/gateways", {
      name: "G",
      authorizationServerUrl: "https://auth.example.com",
      extra: { deep: [1] },
    });
    await caller(first)("PUT", "/mcp-servers/orders-api/gateway", { gatewayId: json.id });
    await first.close();

    const second = await startForTest({ persistTo, seed: { servers: 7 } });
    expect(second.environment()).toEqual({ ...first.environment(), MCPSTACK_API_URL: second.url });
    expect((await caller(second)("GET", `/gateways/${json.id}`)).json).toEqual(json);
    expect(second.store.attachment("orders-api")?.gatewayId).toBe(json.id);
    expect(second.store.servers()).toHaveLength(3);
    expect(second.store.createGateway({ name: "H" }).id).not.toBe(json.id);
  });

  test("holds each change before it is answered, leaves no half file, and is its owner's alone", async () => {
    const persistTo = path.join(folder, "state.json");
    const api = await startForTest({ persistTo });
    await caller(api)("POST", "/gateways", { name: "G", authorizationServerUrl: "https://auth.example.com" });
    expect(JSON.parse(readFileSync(persistTo, "utf8")).gateways).toMatchObject([{ name: "G" }]);
    expect(readdirSync(folder)).toEqual(["state.json"]);
    expect(statSync(persistTo).mode & 0o777).toBe(0o600);
  });

  test("gives way to credentials that are named", async () => {
    const persistTo = path.join(folder, "state.json");
    await (await startLocalApi({ persistTo })).close();
    const api = await startForTest({ persistTo, tokens: { accessToken: "mine", apiKey: "mcpstack_sk_mine" } });
    expect([api.accessToken, api.apiKey]).toEqual(["mine", "mcpstack_sk_mine"]);
    expect((await caller(api)("GET", "/gateways")).status).toBe(200);
  });

  test.each(["not JSON", "[]", '{"version":2}', "null"])("that holds %s is refused and left as it is", async (text) => {
    const persistTo = path.join(folder, "state.json");
    writeFileSync(persistTo, text);
    await expect(startLocalApi({ persistTo })).rejects.toThrow(StateFileError);
    expect(readFileSync(persistTo, "utf8")).toBe(text);
  });
});
