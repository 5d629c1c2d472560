// examples/terraform-test as a person runs it: with mocks, and with the embedded API.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startLocalApi, startTableIssuer } from "@mcpstack/local-api";
import { type Engine, engineEnvironment, runEngine, succeeded } from "../e2e/workspace";

const example = path.resolve(__dirname, "../../examples/terraform-test");

describe.each<Engine>(["terraform", "terraform-next", "opentofu"])("%s test", (engine) => {
  let folder: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "mcpstack-terraform-test-"));
    env = await engineEnvironment("executable");
    await cp(example, folder, { recursive: true });
    succeeded(await runEngine(engine, ["init", "-input=false", "-no-color"], folder, env));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const tested = (of: string, more: Record<string, string>, ...args: string[]) =>
    runEngine(engine, ["test", "-no-color", `-filter=tests/${of}.tftest.hcl`, ...args], folder, { ...env, ...more });

  test("runs with mocks, without an API and a credential", async () => {
    const { status, text } = await tested("mocked", {});
    expect(text).toContain("Success! 3 passed, 0 failed.");
    expect(status).toBe(0);
  });

  test("runs against the embedded API, and leaves nothing there", async () => {
    const api = await startLocalApi();
    const issuer = await startTableIssuer();
    try {
      const { status, text } = await tested("embedded", api.environment(), `-var=issuer=${issuer.url}`);
      expect(text).toContain("Success! 2 passed, 0 failed.");
      expect(status).toBe(0);
      const made = api.requests.filter(({ method, path: at }) => method === "POST" && at.endsWith("/gateways"));
      expect(made).toHaveLength(1);
      expect(api.store.gateways()).toEqual([]);
      expect(api.store.attachments()).toEqual([]);
    } finally {
      await Promise.all([api.close(), issuer.close()]);
    }
  });

  test("fails where the module breaks what it promises", async () => {
    const { status, text } = await tested("mocked", {}, "-var=may_write=true");
    expect(text).toContain("By default nobody is asked for more than reading.");
    expect(status).toBe(1);
  });
});
