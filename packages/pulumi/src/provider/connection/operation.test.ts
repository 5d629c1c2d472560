import { Operation } from "./operation";

const config = {
  "mcpstack:apiUrl": "https://api.config.example",
  "mcpstack:organization": "org_config",
  "mcpstack:accessToken": "config-token",
  "mcpstack:otherToken": "other-token",
};
const environment = { ...process.env };
let said: string[];
beforeEach(() => {
  said = [];
  for (const name of Object.keys(process.env)) if (/^(MCPSTACK|AGENETIX)_/.test(name)) delete process.env[name];
});
afterEach(() => {
  process.env = { ...environment };
});

const operation = (values: Readonly<Record<string, string>> = config, inline = false) =>
  new Operation({
    config: { get: (key) => values[key] },
    say: async (loudness, message) => void said.push(`${loudness}: ${message}`),
    inline,
  });

describe("a run", () => {
  test("belongs to an operation: another one shares neither the run nor the budget for metadata", () => {
    const [one, other] = [operation(), operation()];
    expect(one.runFor({})).not.toBe(other.runFor({}));
    expect(one.metadata).not.toBe(other.metadata);
  });

  const own = {
    apiUrl: "https://api.own.example",
    organization: "own",
    credentialFrom: { config: "mcpstack:otherToken" },
  };
  const reordered = Object.fromEntries(Object.entries(own).reverse());

  test.each([
    ["nothing and an empty connection", undefined, {}],
    ["null", undefined, null],
    ["the same parts in another order", own, reordered],
    [
      "what the configuration says anyway",
      undefined,
      { apiUrl: "https://api.config.example/", organization: "org_config" },
    ],
    ["a part that is undefined", own, { ...own, credentialFrom: { env: undefined, config: "mcpstack:otherToken" } }],
  ])("is one for connections that come to the same: %s", (_, one, same) => {
    const { runFor } = bound(operation());
    expect(runFor(one)).toBe(runFor(same));
  });

  test.each([
    ["address", { apiUrl: "https://api.other.example" }],
    ["organization", { organization: "other" }],
    ["place of the credential", { credentialFrom: { config: "mcpstack:otherToken" } }],
  ])("is another one for another %s", (_, other) => {
    const { runFor } = bound(operation());
    expect(runFor(other)).not.toBe(runFor({}));
  });

  test("of every connection of an operation shares one budget for metadata", () => {
    const one = operation();
    expect(one.runFor({ organization: "other" }).metadata).toBe(one.runFor({}).metadata);
  });
});

test("what the environment decides against the configuration is said once an operation", () => {
  process.env.MCPSTACK_ORG_ID = "org_env";
  for (const one of [operation(), operation()]) for (const _ of [1, 2]) one.runFor({});
  expect(said).toEqual(Array(2).fill(expect.stringMatching(/^warning: .*MCPSTACK_ORG_ID \(org_env\)/)));
});

describe("in a process that the engine did not start", () => {
  test("a connection that comes from its environment is said to be no more than a guess, once, and without a secret", () => {
    Object.assign(process.env, { MCPSTACK_ACCESS_TOKEN: "env-token", MCPSTACK_ORG_ID: "org_env" });
    const { runFor } = bound(operation({}, true));
    for (const _ of [1, 2]) runFor({});
    expect(said).toEqual([
      expect.stringMatching(/\(MCPSTACK_ORG_ID, MCPSTACK_ACCESS_TOKEN\).*`workspace\.envVars`.*`connection`/),
    ]);
    expect(said.join()).not.toContain("env-token");
  });

  test.each([
    ["comes from the stack's configuration", config, {}, {}],
    [
      "is named by the program",
      {},
      { MCPSTACK_ACCESS_TOKEN: "env-token", MCPSTACK_API_URL: "https://api.env.example", MCPSTACK_ORG_ID: "org_env" },
      { apiUrl: "https://api.own.example", organization: "own", credentialFrom: { env: "MCPSTACK_ACCESS_TOKEN" } },
    ],
  ])("a connection that %s is none", (_, values, env, connection) => {
    Object.assign(process.env, env);
    operation(values, true).runFor(connection);
    expect(said).toEqual([]);
  });

  test("no credential is an error that says where look-ups do not look", () => {
    expect(() => operation({}, true).runFor({})).toThrow(
      expect.objectContaining({ code: "credential_missing", message: expect.stringContaining("`workspace.envVars`") }),
    );
    expect(() => operation({}).runFor({})).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("workspace.envVars") }),
    );
  });
});

function bound(one: Operation) {
  return { runFor: (connection: unknown) => one.runFor(connection) };
}
