// What the engines' logs say of requests, as docs/guides/troubleshooting.md promises.
import { readFileSync } from "node:fs";
import path from "node:path";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Engine, Workspace } from "../e2e/workspace";

const guide = readFileSync(path.resolve(__dirname, "../../docs/guides/troubleshooting.md"), "utf8");

/** The fields of each line of the log that tells of something. */
function linesOf(text: string, what: string): Record<string, string>[] {
  return text
    .split("\n")
    .filter((line) => line.includes(`: ${what}: `))
    .map((line) => fieldsIn(line.slice(line.indexOf(`: ${what}: `))));
}

function fieldsIn(line: string): Record<string, string> {
  return Object.fromEntries(
    [...line.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g)].map(([, name, value]) => [name, value]),
  );
}

describe.each<Engine>(["terraform", "opentofu"])("%s", (engine) => {
  let api: LocalApi;
  let issuer: TableIssuer;
  let workspace: Workspace;
  const secret = "Zq7Lm3Xw9Rt5Vb1";

  beforeAll(async () => {
    api = await startLocalApi();
    issuer = await startTableIssuer();
    workspace = await Workspace.create({ engine, api });
    await workspace.write(`
      resource "mcpstack_gateway" "support" {
        name                     = "Support"
        provider_type            = "manual"
        authorization_server_url = "${issuer.url}"
        settings_wo              = jsonencode({ upstreamPin = "${secret}" })
        settings_wo_version      = 1
      }
    `);
  });
  afterAll(async () => {
    await workspace.remove();
    await Promise.all([api.close(), issuer.close()]);
  });

  test("at DEBUG shows each request with method, path, status, time and request id, and nothing of its bodies", async () => {
    const { text } = await workspace.with({ TF_LOG_PROVIDER: "DEBUG" }).apply();
    const requests = linesOf(text, "API request");
    const all = api.requests.map(({ method, path: at, status }) => `${method} ${at} ${status}`);
    expect(requests.map(({ method, path: at, status }) => `${method} ${at} ${status}`).sort()).toEqual(all.sort());
    for (const { ms, request_id } of requests) {
      expect(ms).toMatch(/^\d+$/);
      expect(request_id).toMatch(/^req_\d{6}$/);
    }
    const [document] = linesOf(text, "metadata request");
    expect(document).toMatchObject({ method: "GET", outcome: expect.any(String), ms: expect.stringMatching(/^\d+$/) });
    expect(document?.url).toContain(issuer.origin);
    expect(text).not.toContain("API bodies");
    expect(text).not.toContain(api.accessToken);
  });

  test("at DEBUG has the lines that the guide shows", async () => {
    const { text } = await workspace.with({ TF_LOG_PROVIDER: "DEBUG" }).plan();
    for (const what of ["API request", "metadata request"]) {
      const [shown] = linesOf(guide, what);
      const names = linesOf(text, what).map((fields) => Object.keys(fields).sort());
      expect(names).toContainEqual(Object.keys(shown ?? {}).sort());
    }
  });

  test("at TRACE shows bodies, without write-only values and the credential, in this run and in the next ones", async () => {
    const logged = workspace.with({ TF_LOG_PROVIDER: "TRACE" });
    const created = await logged.apply("-replace=mcpstack_gateway.support");
    const refreshed = await logged.plan();
    const bodies = linesOf(created.text, "API bodies");
    expect(bodies.map(({ request_body }) => request_body ?? "").join()).toContain("upstreamPin");
    const read = linesOf(refreshed.text, "API bodies").map(({ response_body }) => response_body ?? "");
    expect(read.join()).toContain("Support");
    // The service gives it back to a process that never knew it.
    expect(read.join()).toContain("upstreamPin");
    for (const { text } of [created, refreshed]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(api.accessToken);
    }
  });

  test("says nothing of requests where no log is asked for", async () => {
    expect((await workspace.plan()).text).not.toContain("API request");
  });
});
