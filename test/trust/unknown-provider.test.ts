// The provider's own configuration comes from another resource's output while gateways are edited.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Engine, type Form, Workspace } from "../e2e/workspace";
import { readText } from "../faults/workspace";
import { codesOf, saidByTerraform } from "./engines";

type Value = string | readonly string[] | Readonly<Record<string, string>> | null;

/** What is unknown of a provider: what it is at the create, and what it turns out to be at the edit. */
interface Case {
  readonly before: Readonly<Record<string, Value>>;
  readonly after: Readonly<Record<string, Value>>;
  /** Whether the token endpoint, which has moved to a foreign origin by then, follows. */
  readonly follows?: true;
}

const cases = ({ api, foreign }: { api: LocalApi; foreign: TableIssuer }): Record<string, Case> => {
  const here = { api_url: api.url, organization: api.organization.id, access_token: api.accessToken };
  const other = ["https://other.example.com"];
  return {
    everything_same: { before: here, after: here },
    token_same: { before: { access_token: api.accessToken }, after: { access_token: api.accessToken } },
    origins_same: { before: { trusted_origins: other }, after: { trusted_origins: other } },
    origins_none: { before: { trusted_origins: other }, after: { trusted_origins: null } },
    origins_foreign: {
      before: { trusted_origins: other },
      after: { trusted_origins: [foreign.origin] },
      follows: true,
    },
    check_same: { before: { metadata_check: "warn" }, after: { metadata_check: "warn" } },
    check_off: { before: { metadata_check: "warn" }, after: { metadata_check: "off" } },
    check_on: { before: { metadata_check: "off" }, after: { metadata_check: "warn" }, follows: true },
    findings_other: {
      before: { findings: { "origin-moved": "warn" } },
      after: { findings: { "origin-moved": "info" } },
    },
  };
};

const engines: readonly (readonly [Engine, Form])[] = [
  ["terraform", "executable"],
  ["terraform-next", "executable"],
  ["opentofu", "executable"],
];

let api: LocalApi;
let foreign: TableIssuer;
let issuers: Record<string, TableIssuer>;
let all: Record<string, Case>;
let workspace: Workspace;
beforeEach(async () => {
  [api, foreign] = await Promise.all([startLocalApi(), startTableIssuer()]);
  all = cases({ api, foreign });
  issuers = {};
  for (const name of Object.keys(all)) issuers[name] = await startTableIssuer();
});
afterEach(async () => {
  await workspace.remove();
  await Promise.all([api, foreign, ...Object.values(issuers)].map((one) => one.close()));
});

const configuration = (round: string, names: readonly string[], args: (one: Case) => Case["before"], lines: string) =>
  [
    `resource "terraform_data" "late" {\n  input = { round = "${round}", given = ${JSON.stringify(
      JSON.stringify(Object.fromEntries(names.map((name) => [name, args(all[name] as Case)]))),
    )} }\n}\n`,
    ...names.map((name) => {
      const given = Object.keys(args(all[name] as Case)).map(
        (argument) => `  ${argument} = jsondecode(terraform_data.late.output.given).${name}.${argument}\n`,
      );
      return `
provider "mcpstack" {
  alias = "${name}"
${given.join("")}}
resource "mcpstack_gateway" "${name}" {
  provider                 = mcpstack.${name}
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = "${issuers[name]?.url}"
${lines}
}
`;
    }),
  ].join("");

const apply = () => workspace.run("apply", "-auto-approve", "-input=false", "-no-color");

test.each(engines)(
  "with %s and the provider as %s, an edit under a provider that is not known yet is applied as planned, and what moved abroad follows only where the provider names the origin",
  async (engine, form) => {
    const names = Object.keys(all);
    workspace = await Workspace.create({ api, engine, form });
    await workspace.write(configuration("one", names, ({ before }) => before, ""));
    const created = await apply();
    expect([created.status, readText(created).match(/Error: .{0,500}/g)]).toEqual([0, null]);
    for (const issuer of Object.values(issuers)) issuer.setMetadata({ token_endpoint: `${foreign.url}/token` });

    await workspace.write(configuration("two", names, ({ after }) => after, `description = "edited"`));
    const edited = await apply();
    expect([edited.status, readText(edited).match(/Error: .{0,500}/g)]).toEqual([0, null]);
    expect(new Set(api.store.gateways().map(({ description }) => description))).toEqual(new Set(["edited"]));

    // What could not be decided is decided now that it is known; nothing abroad is let in on the way.
    // Where the check was off, nothing was accepted before: that is a first sight.
    const followers = names.filter((name) => all[name]?.follows).map((name) => `mcpstack_gateway.${name}`);
    const state = async () =>
      Object.entries(await workspace.state())
        .filter(([, { metadata }]) => JSON.stringify(metadata ?? null).includes(foreign.origin))
        .map(([address]) => address);
    expect((await state()).filter((address) => !followers.includes(address))).toEqual([]);
    const next = await workspace.run("plan", "-json", "-out=planned", "-input=false");
    const told = { ok: true, said: saidByTerraform(next.stdout), output: "" };
    for (const name of names.filter((one) => !/^(check_off|check_on|findings_other|origins_foreign)$/.test(one))) {
      expect([name, codesOf(told, name)]).toEqual([name, ["origin-moved"]]);
    }
    await workspace.apply("planned");
    expect((await state()).sort()).toEqual([...followers].sort());
  },
);

test("a move that a refresh has seen refuses an edit in the apply, with nothing written, where the provider's check turns out to be error", async () => {
  workspace = await Workspace.create({ api });
  const name = "check_same";
  await workspace.write(configuration("one", [name], ({ before }) => before, ""));
  expect((await apply()).status).toBe(0);
  issuers[name]?.setMetadata({ token_endpoint: `${foreign.url}/token` });
  await workspace.apply("-refresh-only");
  await workspace.write(configuration("two", [name], () => ({ metadata_check: "error" }), `description = "edited"`));
  await workspace.plan("-out=planned");
  api.clearRequests();
  const refused = await workspace.run("apply", "-input=false", "-no-color", "planned");
  expect(refused.status).toBe(1);
  expect(readText(refused)).toContain("(origin-moved)");
  expect(readText(refused)).not.toMatch(/inconsistent|bug in the provider/i);
  expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(api.store.gateways()[0]?.description).toBeUndefined();
});

test.each(engines)(
  "with %s and the provider as %s, origins that are never known hide neither drift nor findings",
  async (engine, form) => {
    workspace = await Workspace.create({ api, engine, form });
    const issuer = issuers.origins_same as TableIssuer;
    await workspace.write(`
provider "mcpstack" {
  trusted_origins = [substr("https://other.example.com/\${timestamp()}", 0, 25)]
}
resource "mcpstack_gateway" "always" {
  name                     = "always"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}/"
  client_id                = "one"
}
`);
    expect((await apply()).status).toBe(0);
    const [stored] = api.store.gateways();
    api.store.putGateway(stored?.id ?? "", { clientId: "theirs", tokenEndpoint: `${foreign.url}/token` });
    const drifted = await workspace.run("plan", "-json", "-input=false");
    const told = { ok: true, said: saidByTerraform(drifted.stdout), output: "" };
    expect(codesOf(told, "always")).toContain("issuer-trailing-slash");
    expect(drifted.stdout).toContain("Plan: 0 to add, 1 to change");
    expect((await apply()).status).toBe(0);
    expect(api.store.gateways()[0]).toMatchObject({ clientId: "one" });
    expect(JSON.stringify(await workspace.state())).not.toContain(foreign.origin);
  },
);
