import {
  type BehaviourName,
  behaviourNames,
  behaviourSwitches,
  type LocalApi,
  type LocalApiOptions,
  type ServerBehaviour,
  startLocalApi,
} from "@mcpstack/local-api";
import { type GatewayProfile, meansSame, profileFields, storedFields } from "@mcpstack/model";
import fc from "fast-check";
import type { ApiClient } from "./api-client";
import { encodeGateway } from "./documents/encode-gateway";
import { clientOf, closeAfterTest, connectionTo, rejection, sendJson, startServer } from "./testing/with-server";

const profile: GatewayProfile = {
  name: "Support Gateway",
  providerType: "auth0",
  authorizationServerUrl: "https://AUTH.example.com",
  resource: "https://api.example.com",
  scopes: ["openid", "tickets.read"],
  settings: { audienceMode: "strict" },
};

async function start(options: LocalApiOptions = {}): Promise<{ api: LocalApi; client: ApiClient }> {
  const api = closeAfterTest(await startLocalApi(options));
  return { api, client: clientOf(connectionTo(api.url, "petalpal", api.accessToken)) };
}

const paths = (api: LocalApi) =>
  api.requests.map(
    ({ method, path, search }) => `${method} ${path.replace("/api/v1/organizations/org_petalpal", "")}${search}`,
  );

/** One behaviour a value of each switch: what a switch changes is met by itself. */
const single = behaviourNames.flatMap((name) =>
  behaviourSwitches[name].values.map((value): [BehaviourName, unknown] => [name, value]),
);

describe("gateways", () => {
  test.each(single)("are created, read, listed, updated and deleted where %s is %p", async (name, value) => {
    const { api, client } = await start({ behaviour: { [name]: value } });
    const created = await client.createGateway(encodeGateway(profile));
    expectHeld(profile, created);
    const document = await client.getGateway(created.id);
    expect(document.unknownFields).toMatchObject({ audienceMode: "strict" });
    const desired = {
      ...profile,
      name: "Renamed",
      scopes: ["openid"],
      settingsWo: { clientSecret: "a", clientCredentials: { secret: "a" } },
    };
    const { clientSecret, clientCredentials } = document.unknownFields;
    const settingsWo = clientSecret
      ? { clientSecret: "a" }
      : clientCredentials
        ? { clientCredentials: { secret: "a" } }
        : {};
    const updated = await client.updateGateway(
      created.id,
      encodeGateway({ ...desired, settingsWo }, document.raw, { cleared: ["resource"] }),
      { version: value === "weak-etag-never-matching" ? undefined : document.version },
    );
    expectHeld({ ...desired, resource: undefined, settingsWo: undefined }, updated);
    expect(api.store.gateway(created.id)).toMatchObject({ name: "Renamed", scopes: ["openid"], destroyedSecrets: [] });
    expect((await client.listGateways()).gateways.map(({ id, name: listed }) => [id, listed])).toEqual([
      [created.id, "Renamed"],
    ]);
    await client.deleteGateway(created.id, { version: value === "yes" ? updated.version : undefined });
    expect((await client.listGateways()).gateways).toEqual([]);
    if (value === "shown") return expect(await client.getGateway(created.id)).toMatchObject({ status: "deleted" });
    expect(await rejection(client.deleteGateway(created.id))).toMatchObject({ code: "not_found", status: 404 });
    expect(await rejection(client.getGateway(created.id))).toMatchObject({ code: "not_found", status: 404 });
  });

  test("an answer that names no organization or names it is read alike", async () => {
    const { api, client } = await start();
    const { id } = await client.createGateway(encodeGateway(profile));
    expect((await client.getGateway(id)).organizationId).toBe(api.organization.id);
    api.setBehaviour({ organizationId: "absent" });
    expect(await client.getGateway(id)).not.toHaveProperty("organizationId");
  });

  test("a whole answer to a write is not read again; an id, or 204, is", async () => {
    const { api, client } = await start();
    const { id } = await client.createGateway(encodeGateway(profile));
    await client.updateGateway(id, encodeGateway(profile));
    expect(paths(api)).toEqual(["GET /api/v1/organizations", "POST /gateways", `PUT /gateways/${id}`]);
    api.clearRequests();
    api.setBehaviour({ createAnswer: "id", putAnswer: "204" });
    const second = await client.createGateway(encodeGateway(profile));
    await client.updateGateway(id, encodeGateway(profile));
    expect(paths(api)).toEqual([
      "POST /gateways",
      `GET /gateways/${second.id}`,
      `PUT /gateways/${id}`,
      `GET /gateways/${id}`,
    ]);
  });

  test("a create whose gateway cannot be read afterwards gives its id", async () => {
    const { api, client } = await start({ behaviour: { createAnswer: "id" } });
    api.faults.add({ match: { method: "GET", path: /\/gateways\// }, action: { status: 403 } });
    const created = await client.createGateway(encodeGateway(profile));
    expect(created).toMatchObject({ id: api.store.gateways()[0]?.id, partial: true });
  });

  /** A service that answers a create with nothing but a `Location`. */
  const locating = async (locationAt: (origin: string) => string) => {
    const server = await startServer(({ method, url }, response) => {
      if (url === "/api/v1/organizations") return sendJson(response, 200, [{ id: "o" }]);
      if (method === "POST") return sendJson(response, 201, undefined, { location: locationAt(server.url) });
      return sendJson(response, 200, { id: "gw_7", ...encodeGateway(profile) });
    });
    return { server, client: clientOf(connectionTo(server.url)) };
  };

  test.each<[string, (origin: string) => string]>([
    ["a path", () => "/api/v1/organizations/o/gateways/gw_7"],
    ["an address of the API", (origin) => `${origin}/api/v1/organizations/o/gateways/gw_7/?new`],
  ])("a create that is answered with nothing but %s in Location is read there", async (_, locationAt) => {
    const { client } = await locating(locationAt);
    expect(await client.createGateway(encodeGateway(profile))).toMatchObject({ id: "gw_7", name: "Support Gateway" });
  });

  test.each<[string, (origin: string) => string]>([
    ["another site", () => "https://other.example/api/v1/organizations/o/gateways/gw_7"],
    ["another site without a scheme", () => "//other.example/gateways/gw_7"],
    ["another port", (origin) => `${origin.replace(/:\d+$/, ":1")}/gateways/gw_7`],
    ["another scheme", (origin) => `${origin.replace("http:", "https:")}/gateways/gw_7`],
    ["no gateway", () => "/api/v1/organizations/o/other?/gateways/gw_7"],
    ["no address", () => "http://"],
  ])("a Location that names %s gives a created gateway no id", async (_, locationAt) => {
    const { server, client } = await locating(locationAt);
    expect(await rejection(client.createGateway(encodeGateway(profile)))).toMatchObject({
      code: "unexpected_answer",
      mayHaveHappened: true,
    });
    expect(server.requests().filter((one) => one.includes("gw_7"))).toEqual([]);
  });

  const rump = { name: "Support", providerType: "manual", authorizationServerUrl: "https://auth.example.com" };
  const words = { code: "degraded", message: "profile store is away" };
  test.each<[string, object, string]>([
    ["an error", { ...rump, error: words }, "in error that it failed: profile store is away."],
    ["errors", { ...rump, errors: ["half of it"] }, "in errors that it failed: half of it."],
    ["a failure", { ...rump, success: false, message: "locked" }, "in success that it failed: locked."],
    ["a no", { ...rump, ok: false }, "in ok that it failed."],
  ])(
    "a document with %s beside it is no document, neither of a gateway nor of an attachment",
    async (_, said, told) => {
      const { api, client } = await start();
      const { id } = await client.createGateway(encodeGateway(profile));
      const own = { id, ...said };
      const wrapped = { gateway: { id, ...rump }, ...said };
      const inside = { data: own };
      for (const body of [own, wrapped, inside]) {
        api.faults.add({ match: { method: "GET", path: `/gateways/${id}` }, action: { status: 200, body }, times: 1 });
        expect(await rejection(client.getGateway(id))).toMatchObject({
          code: "unexpected_answer",
          message: expect.stringContaining(told),
          mayHaveHappened: false,
        });
      }
      const attached = { gatewayId: id, publicId: "p", ...said };
      api.faults.add({ match: { method: "GET", path: /\/gateway$/ }, action: { status: 200, body: attached } });
      const attachment = await rejection(client.getAttachment("petalpal-api"));
      expect(attachment).toMatchObject({ code: "unexpected_answer", message: expect.stringContaining(told) });
    },
  );

  test("what a document says of itself is no error of the answer", async () => {
    const { api, client } = await start();
    const { id } = await client.createGateway(encodeGateway(profile));
    for (const own of [
      { status: "error" },
      { status: "failed", code: 500, statusCode: 503 },
      { error: null, errors: [] },
      { error: "", success: true, ok: true },
      { failures: 3, deleted: false },
    ]) {
      const body = { id, ...rump, ...own };
      api.faults.add({ match: { method: "GET", path: `/gateways/${id}` }, action: { status: 200, body }, times: 1 });
      expect(await client.getGateway(id)).toMatchObject({ id, name: "Support" });
    }
  });

  test("another gateway's document is refused, and both are named", async () => {
    const { api, client } = await start();
    const { id } = await client.createGateway(encodeGateway(profile));
    const action = { status: 200, body: { id: "gw_other", ...encodeGateway(profile) } };
    api.faults.add({ match: { method: "GET", path: `/gateways/${id}` }, action });
    for (const options of [{}, { orName: true }]) {
      expect(await rejection(client.getGateway(id, options))).toMatchObject({
        code: "unexpected_answer",
        message: expect.stringMatching(new RegExp(`${id} .*gw_other .*Nothing was changed`)),
      });
    }
  });

  test("a service that resolves names is believed only by who asks for an id or a name", async () => {
    const { api, client } = await start();
    const action = { status: 200, body: { id: "gw_1", name: "Support" } };
    api.faults.add({ match: { method: "GET", path: "/gateways/Support" }, action });
    expect(await client.getGateway("Support", { orName: true })).toMatchObject({ id: "gw_1" });
    expect(await rejection(client.getGateway("Support"))).toMatchObject({ code: "unexpected_answer" });
  });

  test("an update that is answered with another gateway's document is read again", async () => {
    const { api, client } = await start();
    const { id } = await client.createGateway(encodeGateway(profile));
    const body = { id: "gw_other", ...encodeGateway({ ...profile, resource: "https://other.example.com" }) };
    api.faults.add({ match: { method: "PUT" }, performed: true, action: { status: 200, body } });
    const updated = await client.updateGateway(id, encodeGateway(profile));
    expect(updated).toMatchObject({ id, observed: { resource: "https://api.example.com" } });
  });

  test("an update that was accepted but cannot be read says that it happened", async () => {
    const { api, client } = await start({ behaviour: { putAnswer: "204" } });
    const { id } = await client.createGateway(encodeGateway(profile));
    api.faults.add({ match: { method: "GET" }, action: { html: true } });
    expect(await rejection(client.updateGateway(id, encodeGateway(profile)))).toMatchObject({
      code: "not_json",
      mayHaveHappened: true,
      message: expect.stringContaining("The write was accepted"),
    });
  });

  test.each([
    ["a slash", "a/b", "/gateways/a%2Fb"],
    ["a question mark", "a?b", "/gateways/a%3Fb"],
    ["a space", "a b", "/gateways/a%20b"],
  ])("an id with %s stays one segment of the path", async (_, id, path) => {
    const { api, client } = await start();
    await rejection(client.getGateway(id));
    expect(api.requests.at(-1)?.path.endsWith(path)).toBe(true);
  });

  test.each(["", ".", ".."])("the id %p is refused before anything is sent about it", async (id) => {
    const { api, client } = await start();
    expect(await rejection(client.deleteGateway(id))).toMatchObject({ code: "invalid" });
    expect(api.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
  });
});

test("whatever the service's behaviour, what was written is held, and fields set by others survive an update", async () => {
  const { api, client } = await start();
  const anyBehaviour = fc.record(
    Object.fromEntries(
      behaviourNames.map((name) => [name, fc.constantFrom(...(behaviourSwitches[name].values as readonly unknown[]))]),
    ),
  );
  const scope = fc.stringMatching(/^[a-z]{1,6}(\.[a-z]{1,4})?$/);
  const url = fc.constantFrom(
    "https://a.example",
    "https://A.example:443/x",
    "https://b.example/",
    "https://c.example/tenant/",
  );
  const optional = { requiredKeys: [] as never[] };
  const anyProfile = fc
    .tuple(
      fc.record({ name: fc.uuid(), providerType: fc.constantFrom("manual", "entra"), authorizationServerUrl: url }),
      fc.record(
        {
          metadataUrl: url,
          tokenEndpoint: url,
          clientId: fc.stringMatching(/^[a-f0-9]{1,9}$/),
          resource: url,
          scopes: fc.uniqueArray(scope, { minLength: 1 }),
        },
        optional,
      ),
    )
    .map(([needed, rest]) => ({ ...needed, ...rest }) as GatewayProfile);
  await fc.assert(
    fc.asyncProperty(anyBehaviour, anyProfile, anyProfile, async (behaviour, before, after) => {
      api.setBehaviour(behaviour);
      const { id } = await client.createGateway(encodeGateway(before));
      api.store.putGateway(id, { unknown: { ...api.store.gateway(id)?.unknown, setByOthers: { deep: [1, null] } } });
      const document = await client.getGateway(id);
      const { clientSecret, clientCredentials } = document.unknownFields;
      const settingsWo = clientSecret
        ? { clientSecret: "a" }
        : clientCredentials
          ? { clientCredentials: { secret: "a" } }
          : {};
      const cleared = storedFields.filter((field) => before[field] !== undefined && after[field] === undefined);
      expectHeld(
        after,
        await client.updateGateway(id, encodeGateway({ ...after, settingsWo }, document.raw, { cleared }), {
          version: await takenVersion(behaviour, client, id),
        }),
      );
      const stored = api.store.gateway(id);
      expect(stored?.unknown.setByOthers).toEqual({ deep: [1, null] });
      expect(stored?.destroyedSecrets).toEqual([]);
      expect(cleared.filter((field) => stored?.[field] !== undefined)).toEqual([]);
      await client.deleteGateway(id, { version: await takenVersion(behaviour, client, id) });
    }),
    { numRuns: 60 },
  );
});

function expectHeld(desired: GatewayProfile, document: { observed: Record<string, unknown> }): void {
  const lost = storedFields.filter(
    (field) =>
      desired[field] !== undefined && !meansSame(profileFields[field], desired[field], document.observed[field]),
  );
  expect(lost).toEqual([]);
}

describe("attachments", () => {
  test.each(single)("are made, moved, read and taken away where %s is %p", async (name, value) => {
    const { api, client } = await start({ behaviour: { [name]: value } });
    const first = api.store.createGateway({ name: "First" });
    const second = api.store.createGateway({ name: "Second" });
    expect(await client.getAttachment("petalpal-api")).toBeNull();
    const put = await client.putAttachment("petalpal-api", { gatewayId: first.id, publicId: "gw_petalpal" });
    const told = api.behaviour().attachAnswer === "204" ? null : { gatewayId: first.id, publicId: "gw_petalpal" };
    expect(put).toMatchObject({ document: told, written: { status: told ? 200 : 204 } });
    expect(await client.getAttachment("petalpal-api")).toMatchObject({ gatewayId: first.id, publicId: "gw_petalpal" });
    await client.putAttachment("petalpal-api", { gatewayId: second.id });
    expect(await client.getAttachment("petalpal-api")).toMatchObject({ gatewayId: second.id });
    await client.deleteAttachment("petalpal-api");
    expect(await client.getAttachment("petalpal-api")).toBeNull();
  });

  test("the addresses that the API names are given as they are", async () => {
    const { api, client } = await start({ behaviour: { attachmentAddresses: "slash" } });
    const { id } = api.store.createGateway({ name: "First" });
    const { document } = await client.putAttachment("petalpal-api", { gatewayId: id, publicId: "gw_a" });
    expect(document?.callbackUrl).toBe(`${api.url}/api/v1/gateway/gw_a/oauth/callback/`);
    expect(document?.mcpUrl).toBe(`${api.url}/api/v1/gateway/gw_a/mcp`);
  });

  test("a proxy's page is never an absence", async () => {
    const { api, client } = await start();
    api.faults.add({
      match: { path: /\/gateway$/ },
      action: { status: 404, body: "<html></html>", headers: { "content-type": "text/html" } },
    });
    expect(await rejection(client.getAttachment("petalpal-api"))).toMatchObject({ code: "not_json" });
  });
});

describe("servers, agents, grants and logs", () => {
  test.each(single)("are read where %s is %p", async (name, value) => {
    const seed = {
      agents: [{ name: "Helper", allowedOrigins: ["https://app.example.com"], serverIds: ["srv_petalpal_api"] }],
    };
    const { api, client } = await start({ behaviour: { [name]: value }, seed });
    const { id } = api.store.createGateway({ name: "First" });
    api.store.attach("petalpal-api", { gatewayId: id });
    api.store.addGrant(id);
    for (let at = 0; at < 5; at += 1) api.store.addLogEvent(id, { type: `event-${at}` });
    expect((await client.listServers()).map(({ slug }) => slug)).toEqual(["petalpal-api", "orders-api", "support-api"]);
    expect(await client.getServer("petalpal-api")).toMatchObject({
      id: "srv_petalpal_api",
      status: "running",
      tools: { length: 3 },
    });
    expect((await client.gatewayServers(id)).map(({ slug }) => slug)).toEqual(["petalpal-api"]);
    expect(await client.gatewayGrants(id)).toHaveLength(1);
    const [agent] = await client.listAgents();
    expect(agent).toMatchObject({
      name: "Helper",
      allowedOrigins: ["https://app.example.com"],
      serverIds: ["srv_petalpal_api"],
    });
    expect(await client.getAgent(agent?.id ?? "")).toMatchObject({ name: "Helper" });
    const events: string[] = [];
    for await (const event of client.gatewayLogs(id, { pageSize: 2 })) events.push(event.type ?? "");
    expect(events.sort()).toEqual([0, 1, 2, 3, 4].map((at) => `event-${at}`));
  });

  test("logs are asked for only as far as they are read", async () => {
    const { api, client } = await start();
    const { id } = api.store.createGateway({ name: "First" });
    for (let at = 0; at < 9; at += 1) api.store.addLogEvent(id);
    let read = 0;
    for await (const _ of client.gatewayLogs(id, { pageSize: 2 })) if (++read === 3) break;
    expect(paths(api).slice(1)).toEqual([
      `GET /gateways/${id}/logs?page=1&pageSize=2`,
      `GET /gateways/${id}/logs?page=2&pageSize=2`,
    ]);
  });
});

describe("a list that headers or the status cut", () => {
  const listing = async (answerTo: (query: string) => [number, object, Record<string, string>]) => {
    const server = await startServer(({ url }, response) => {
      const [path = "", query = ""] = url.split("?");
      if (path === "/base/api/v1/organizations") return sendJson(response, 200, [{ id: "o" }]);
      return sendJson(response, ...answerTo(query));
    });
    return { server, client: clientOf(connectionTo(`${server.url}/base`)) };
  };
  const path = "/base/api/v1/organizations/o/gateways";

  test("is followed by its Link, with the query that the link has", async () => {
    const { server, client } = await listing((query) =>
      query === ""
        ? [200, [{ id: "gw_1" }], { link: `<${path}?after=gw_1%26&n=1>; rel="next"` }]
        : [200, [{ id: "gw_2" }], {}],
    );
    expect((await client.listGateways()).gateways.map(({ id }) => id)).toEqual(["gw_1", "gw_2"]);
    expect(server.requests().slice(1)).toEqual([`GET ${path}`, `GET ${path}?after=gw_1%26&n=1`]);
  });

  test.each<[string, number, Record<string, string>]>([
    ["a Link to another site", 200, { link: `<https://other.example${path}?p=2>; rel="next"` }],
    ["a Link to another list", 200, { link: '</base/api/v1/organizations/other/gateways?p=2>; rel="next"' }],
    ["206", 206, {}],
    ["a total of more", 200, { "x-total-count": "2" }],
  ])("is an error with %s", async (_, status, headers) => {
    const { server, client } = await listing(() => [status, [{ id: "gw_1" }], headers]);
    expect(await rejection(client.listGateways())).toMatchObject({ code: "list_incomplete" });
    expect(new Set(server.requests().map((one) => one.split("?")[0]))).toEqual(
      new Set(["GET /base/api/v1/organizations", `GET ${path}`]),
    );
  });

  test("is an error where an error stands beside it", async () => {
    const errors = [{ message: "no access to some" }];
    const { client } = await listing(() => [200, { items: [], errors }, {}]);
    expect(await rejection(client.listGateways())).toMatchObject({
      code: "unexpected_answer",
      message: expect.stringContaining("in errors, an error beside the list: no access to some."),
    });
  });
});

describe("the organization", () => {
  test("is the first one that the credential sees where none is configured", async () => {
    const { api } = await start();
    api.store.addOrganization({ id: "org_other" });
    const client = clientOf(connectionTo(api.url, undefined, api.accessToken));
    expect(await client.organizationId()).toBe(api.organization.id);
    expect((await client.organizations()).map(({ id }) => id)).toEqual([api.organization.id, "org_other"]);
  });

  test.each(["petalpal", "org_petalpal"])("%p is resolved to its id, once for all callers", async (organization) => {
    const { api } = await start();
    const client = clientOf(connectionTo(api.url, organization, api.accessToken));
    expect(await Promise.all([client.organizationId(), client.organizationId()])).toEqual([
      "org_petalpal",
      "org_petalpal",
    ]);
    await client.organizationId();
    expect(api.requests).toHaveLength(1);
  });

  test("that the credential does not see is an error that names what it sees", async () => {
    const { api } = await start();
    const client = clientOf(connectionTo(api.url, "acme", api.accessToken));
    const error = await rejection(client.listGateways());
    expect(error).toMatchObject({
      code: "organization_not_found",
      message: expect.stringContaining("org_petalpal (petalpal)"),
    });
    expect((error as Error).message).toMatch(/"acme".*MCPSTACK_ACCESS_TOKEN/);
  });

  test("is not shown where it is the credential itself", async () => {
    const { api } = await start();
    const error = await rejection(clientOf(connectionTo(api.url, api.accessToken, api.accessToken)).listGateways());
    expect(error).toMatchObject({ code: "organization_not_found" });
    expect((error as Error).message).not.toContain(api.accessToken.slice(-8));
  });

  test("is needed by name where the credential sees none", async () => {
    const server = await startServer((_, response) => sendJson(response, 200, []));
    expect(await rejection(clientOf(connectionTo(server.url)).listGateways())).toMatchObject({
      code: "organization_not_found",
    });
  });

  test.each([403, 404])("is used as it is configured where its list is answered %p", async (status) => {
    const { api, client } = await start();
    api.faults.add({ match: { path: "/api/v1/organizations" }, action: { status } });
    expect(await client.organizationId()).toBe("petalpal");
  });

  test.each([
    ["401", { status: 401 }, "unauthenticated"],
    ["a 404 page", { status: 404, body: "<html>", headers: { "content-type": "text/html" } }, "not_json"],
  ])("is not guessed where its list is answered with %s, and is asked for again later", async (_, action, code) => {
    const { api, client } = await start();
    api.faults.add({ match: { path: "/api/v1/organizations" }, times: 1, action });
    expect(await rejection(client.organizationId())).toMatchObject({ code });
    expect(await client.organizationId()).toBe("org_petalpal");
  });

  test("a caller that gives up does not take the others down", async () => {
    const { api, client } = await start();
    api.faults.add({ match: { path: "/api/v1/organizations" }, action: { delayMs: 100 } });
    const controller = new AbortController();
    const leaving = rejection(client.organizationId({ signal: controller.signal }));
    const staying = client.organizationId({ signal: new AbortController().signal });
    controller.abort();
    expect(await leaving).toMatchObject({ code: "cancelled" });
    expect(await staying).toBe("org_petalpal");
    expect(api.requests).toHaveLength(1);
  });

  test("when all callers have given up the request ends, and a later caller asks anew", async () => {
    const { api, client } = await start();
    const fault = api.faults.add({ match: { path: "/api/v1/organizations" }, action: { hang: true } });
    const controller = new AbortController();
    const leaving = rejection(client.organizationId({ signal: controller.signal }));
    setTimeout(() => controller.abort(), 30);
    expect(await leaving).toMatchObject({ code: "cancelled" });
    fault.remove();
    expect(await client.organizationId()).toBe("org_petalpal");
  });
});

test("a wrong credential is an error that names the variable it came from", async () => {
  const { api } = await start();
  const client = clientOf(connectionTo(api.url, undefined, "wrong-token"));
  const error = (await rejection(client.listGateways())) as Error;
  expect(error).toMatchObject({
    code: "unauthenticated",
    status: 401,
    message: expect.stringContaining("MCPSTACK_ACCESS_TOKEN"),
  });
  expect(error.message).not.toContain("wrong-token");
});

/** The version that a write names, where the service takes the one that it tells. */
async function takenVersion(behaviour: Partial<ServerBehaviour>, client: ApiClient, id: string) {
  return behaviour.versions === "weak-etag-never-matching" ? undefined : (await client.getGateway(id)).version;
}
