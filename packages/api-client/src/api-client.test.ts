import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiClient, encodeGateway } from "./index";

const token = "tok_secret_1234567890";
let server: Server;
let url: string;
let requests: string[];
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let client: ApiClient;

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      requests.push(`${request.method} ${request.url}`);
      if (request.url === "/api/v1/organizations") return send(response, 200, [{ id: "org_1", slug: "petalpal" }]);
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new ApiClient(
    {
      apiUrl: url,
      organization: "petalpal",
      credential: { kind: "accessToken", value: token, source: "MCPSTACK_ACCESS_TOKEN" },
    },
    { retries: { baseMs: 1, maxMs: 2 } },
  );
});

afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const profile = {
  name: "Support Gateway",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com",
  scopes: ["openid"],
};

test("a create that is answered with an id only reads the gateway", async () => {
  answer = (request, response, body) =>
    request.method === "POST"
      ? send(response, 201, { id: "gw_1" })
      : send(response, 200, { id: "gw_1", ...JSON.parse('{"name":"Support Gateway"}'), body });
  const created = await client.createGateway(encodeGateway(profile));
  expect(created).toMatchObject({ id: "gw_1", name: "Support Gateway" });
  expect(requests).toEqual([
    "GET /api/v1/organizations",
    "POST /api/v1/organizations/org_1/gateways",
    "GET /api/v1/organizations/org_1/gateways/gw_1",
  ]);
});

test("a list is followed over its pages", async () => {
  const all = ["a", "b", "c"].map((id) => ({ id, name: id }));
  answer = (request, response) => {
    const page = Number(new URL(request.url ?? "", url).searchParams.get("page") ?? 1);
    send(response, 200, { items: all.slice((page - 1) * 2, page * 2), page, pageSize: 2, total: 3 });
  };
  const { gateways } = await client.listGateways();
  expect(gateways.map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test("an error body that echoes the token does not bring it into the message", async () => {
  answer = (_, response) => send(response, 401, { error_description: `bad token ${token}` });
  await expect(client.getGateway("gw_1")).rejects.toMatchObject({
    code: "unauthenticated",
    status: 401,
    message: expect.stringMatching(/^(?!.*tok_secret).*MCPSTACK_ACCESS_TOKEN/),
  });
});
