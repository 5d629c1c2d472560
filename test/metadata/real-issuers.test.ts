import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type LocalApi, selfSignedCertificate, startIssuer, startLocalApi } from "@mcpstack/local-api";
import { type Form, Workspace } from "../e2e/workspace";
import { gateway, provider } from "./configuration";
import { codes, planned } from "./diagnostics";

let api: LocalApi;
const open: (() => unknown)[] = [];

beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(async () => {
  await Promise.all([api.close(), ...open.splice(0).map((close) => close())]);
});

async function workspaceWith(form: Form, env: Record<string, string> = {}): Promise<Workspace> {
  const workspace = await Workspace.create({ api, form, env });
  open.push(() => workspace.remove());
  return workspace;
}

async function issuerWith(options: Parameters<typeof startIssuer>[0]) {
  const issuer = await startIssuer(options);
  open.push(() => issuer.close());
  return issuer;
}

/** An Express server with the MCP SDK's own router, and the paths that it is asked for. */
async function startSdkServer() {
  const child = fork(path.join(__dirname, "sdk-server.mjs"), [], { execArgv: [] });
  open.push(() => child.kill());
  const [{ url, resource }] = (await once(child, "message")) as [{ url: string; resource: string }];
  const asked: string[] = [];
  child.on("message", (message: { asked?: string }) => {
    if (message.asked !== undefined) asked.push(message.asked);
  });
  return { url, resource, asked };
}

/** Plans, applies, and plans again: nothing to say and nothing left to do. */
async function isAccepted(workspace: Workspace): Promise<Record<string, unknown>> {
  expect((await planned(workspace)).diagnostics).toEqual([]);
  await workspace.apply();
  expect(await planned(workspace)).toEqual({ status: 0, diagnostics: [] });
  return (await workspace.state())["mcpstack_gateway.support"]?.metadata as Record<string, unknown>;
}

describe("a certified OpenID provider", () => {
  const profile = (url: string) =>
    gateway("support", {
      authorization_server_url: url,
      client_id: "mcpstack-gateway",
      scopes: ["openid", "offline_access"],
    });

  test.each(["", "/realms/acme"])(
    "with the path %j raises no alarm, and what it publishes is accepted",
    async (issuerPath) => {
      const issuer = await issuerWith({ path: issuerPath });
      const workspace = await workspaceWith("executable");
      await workspace.write(profile(issuer.url));
      expect(await isAccepted(workspace)).toMatchObject({
        issuer: issuer.url,
        token_endpoint: `${issuer.url}/token`,
        code_challenge_methods: ["S256"],
      });
    },
  );

  test.each<[Form, string]>([
    ["executable", "/realms/acme"],
    ["script", ""],
  ])(
    "behind TLS with a private authority is warned of by the provider as %s, until ca_file or the environment names the authority",
    async (form, issuerPath) => {
      const tls = selfSignedCertificate();
      const issuer = await issuerWith({ path: issuerPath, tls });
      const workspace = await workspaceWith(form);
      await writeFile(path.join(workspace.folder, "ca.pem"), tls.cert);
      const caFile = path.join(workspace.folder, "ca.pem");
      await workspace.write(profile(issuer.url));
      const unknownAuthority = await planned(workspace);
      expect(codes(unknownAuthority)).toEqual(["warning metadata-unreachable"]);
      expect(unknownAuthority.diagnostics[0]?.detail).toContain("Set ca_file to a file with the PEM certificate");

      const fromEnvironment = workspace.with({ NODE_EXTRA_CA_CERTS: caFile });
      expect((await planned(fromEnvironment)).diagnostics).toEqual([]);

      await workspace.write(provider({ ca_file: caFile }) + profile(issuer.url));
      expect(await isAccepted(workspace)).toMatchObject({ issuer: issuer.url });
      // Both at once: neither takes the other's place.
      const other = selfSignedCertificate();
      await writeFile(path.join(workspace.folder, "other.pem"), other.cert);
      await workspace.write(provider({ ca_file: path.join(workspace.folder, "other.pem") }) + profile(issuer.url));
      expect(codes(await planned(workspace))).toEqual(["warning metadata-unreachable"]);
      expect(await planned(fromEnvironment)).toEqual({ status: 0, diagnostics: [] });
    },
  );
});

describe("an Express server with the MCP SDK's metadata router", () => {
  test("raises no alarm for a correct profile, and what it publishes is accepted", async () => {
    const server = await startSdkServer();
    const workspace = await workspaceWith("executable");
    await workspace.write(
      gateway("support", {
        authorization_server_url: `${server.url}/`,
        resource: server.resource,
        scopes: ["orders.read"],
      }),
    );
    expect(await isAccepted(workspace)).toMatchObject({
      issuer: `${server.url}/`,
      authorization_endpoint: `${server.url}/authorize`,
      registration_endpoint: `${server.url}/register`,
      resource: server.resource,
    });
    expect(server.asked).toContain("/.well-known/oauth-protected-resource/mcp");
  });

  test("is told from a profile that leaves its issuer's slash and its resource's path out", async () => {
    const server = await startSdkServer();
    const workspace = await workspaceWith("executable");
    await workspace.write(
      gateway("support", {
        authorization_server_url: server.url,
        resource: `${server.resource}/`,
        scopes: ["orders.read"],
      }),
    );
    expect(codes(await planned(workspace))).toEqual(["warning issuer-trailing-slash", "warning resource-mismatch"]);
  });
});
