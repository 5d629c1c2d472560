// What Pulumi's verbose log says of requests, as docs/guides/troubleshooting.md promises.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type CliProject, cliProject } from "../pulumi/cli-project";

const program = `
const { Gateway } = require("@mcpstack/pulumi");
new Gateway("support", {
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.invalid",
  metadataCheck: "off",
});
`;

describe("pulumi", () => {
  let api: LocalApi;
  let source: string;
  let project: CliProject;

  beforeAll(async () => {
    api = await startLocalApi();
    source = mkdtempSync(path.join(tmpdir(), "mcpstack-logs-"));
    writeFileSync(path.join(source, "Pulumi.yaml"), "name: logs\nruntime: nodejs\n");
    writeFileSync(path.join(source, "package.json"), JSON.stringify({ name: "logs", main: "index.js" }));
    writeFileSync(path.join(source, "index.js"), program);
    project = cliProject(source, api.environment());
    await project.pulumi(["stack", "init", "test"]);
  });
  afterAll(async () => {
    for (const folder of [source, project.folder]) rmSync(folder, { recursive: true, force: true });
    await api.close();
  });

  const verbose = (level: number) => ["--logtostderr", "--logflow", `-v=${level}`];

  test("tells of each request from -v=9 on, and of no body", async () => {
    const { output } = await project.pulumi(["up", "--yes", "--skip-preview", ...verbose(9)]);
    const line =
      /API request: method=POST path=\/api\/v1\/organizations\/\S+\/gateways status=201 ms=\d+ request_id=req_\d{6}/;
    expect(output).toMatch(line);
    expect(output).not.toContain("API bodies");
    expect(output).not.toContain(api.accessToken);
  });

  test("tells of bodies from -v=11 on", async () => {
    const { output } = await project.pulumi(["refresh", "--yes", "--skip-preview", ...verbose(11)]);
    expect(output).toMatch(/API bodies: method=GET path=\S+ response_body=\{.*Support/);
    expect(output).not.toContain(api.accessToken);
  });

  test("says nothing of requests otherwise", async () => {
    const { output } = await project.pulumi(["refresh", "--yes", "--skip-preview", "--debug"]);
    expect(output).not.toContain("API request");
  });
});
