import { BehaviourError } from "../behaviour/behaviour-error";
import { caller, closeAfterTest } from "../testing/caller";
import { LocalUsageError, localUsage, runLocal } from "./run-local";

describe("running the local API from a command line", () => {
  test("starts an API with the behaviour and the servers asked for, and prints where it is", async () => {
    const run = closeAfterTest(await runLocal(["--servers", "2", "--behaviour", "createStatus=200"]));
    expect(run.lines).toContain(`export MCPSTACK_API_URL=${run.api.url}`);
    expect(run.lines).toHaveLength(3);
    expect((await caller(run.api)("GET", "/mcp-servers")).json).toHaveLength(2);
    expect(run.api.behaviour().createStatus).toBe(200);
  });

  test("starts an issuer beside it, and ends both", async () => {
    const run = await runLocal(["--issuer-path", "/realms/x"]);
    expect(run.lines.at(-1)).toBe(`# OpenID issuer: ${run.issuer?.url}`);
    const address = `${run.issuer?.url}/.well-known/openid-configuration`;
    expect((await fetch(address)).status).toBe(200);
    await run.close();
    await expect(fetch(address)).rejects.toThrow();
    await expect(fetch(run.api.url)).rejects.toThrow();
  });

  test.each([
    [["--port", "x"], LocalUsageError, /--port must be a whole number/],
    [["--nothing"], LocalUsageError, /--nothing/],
    [["--behaviour", "a=b"], BehaviourError, /no switch "a"/],
  ])("refuses %j", async (args, type, message) => {
    await expect(runLocal(args)).rejects.toThrow(type);
    await expect(runLocal(args)).rejects.toThrow(message);
  });

  test("names every switch in its help", () => {
    expect(localUsage).toContain("putLeftOut: kept | cleared");
  });
});
