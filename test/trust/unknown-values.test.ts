// What is unknown in a plan is judged in the apply, and never takes the place of what is absent: no "inconsistent final plan".
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Engine, type Form, Workspace } from "../e2e/workspace";
import { errorCount, readText } from "../faults/workspace";
import { saidByTerraform } from "./engines";

type Value = string | readonly string[] | Readonly<Record<string, string>> | null;
/** What an attribute is, and what a plan does not know that it turns out to be, where it is neither the same nor null. */
type Attributes = Readonly<Record<string, { readonly is: Value; readonly another: Value }>>;

/** Every attribute that a decision about trust reads, and some that none does. */
const attributes = ({ url, resource }: TableIssuer, foreign: TableIssuer): Attributes => ({
  description: { is: "one", another: "two" },
  client_id: { is: "one", another: "two" },
  resource: { is: resource, another: "https://api.example.com" },
  scopes: { is: ["openid"], another: ["openid", "email"] },
  registration_endpoint: { is: `${url}/register`, another: `${url}/other/register` },
  metadata_url: {
    is: `${url}/.well-known/openid-configuration`,
    another: `${foreign.url}/.well-known/openid-configuration`,
  },
  trusted_origins: { is: ["https://one.example.com"], another: [foreign.origin] },
  metadata_check: { is: "warn", another: "off" },
  findings: { is: { "origin-moved": "warn" }, another: { "origin-moved": "info" } },
  settings: { is: '{"a":1}', another: '{"a":2}' },
  authorization_server_url: { is: url, another: foreign.url },
});
/** These two are given both or neither. */
const endpoints = ({ url }: TableIssuer, { url: other }: TableIssuer) => ({
  is: { authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` },
  another: { authorization_endpoint: `${other}/authorize`, token_endpoint: `${other}/token` },
});

/** What the issuer of a gateway does between its create and its update. */
const happenings = {
  nothing: () => {},
  vanishes: (issuer) => issuer.setAll({ status: 404 }),
  moves_abroad: (issuer, foreign) => issuer.setMetadata({ token_endpoint: `${foreign.url}/token` }),
  moves_within: (issuer) => issuer.setMetadata({ token_endpoint: `${issuer.url}/v2/token` }),
} satisfies Record<string, (issuer: TableIssuer, foreign: TableIssuer) => void>;
type Happening = keyof typeof happenings;

const outcomes = ["same", "another", "null"] as const;

interface Case {
  readonly name: string;
  readonly issuer: TableIssuer;
  readonly before: Readonly<Record<string, Value>>;
  readonly after: Readonly<Record<string, Value>>;
}

function casesOf(happening: Happening, issuer: TableIssuer, foreign: TableIssuer): Case[] {
  const single = Object.entries(attributes(issuer, foreign)).flatMap(([attribute, { is, another }]) =>
    outcomes
      .filter((outcome) => !(attribute === "authorization_server_url" && outcome === "null"))
      .map((outcome) => ({
        name: `${happening}_${attribute}_${outcome}`,
        issuer,
        before: { [attribute]: is },
        after: { [attribute]: { same: is, another, null: null }[outcome] },
      })),
  );
  const { is, another } = endpoints(issuer, foreign);
  const none = { authorization_endpoint: null, token_endpoint: null };
  const both = outcomes.map((outcome) => ({
    name: `${happening}_endpoints_${outcome}`,
    issuer,
    before: is,
    after: { same: is, another, null: none }[outcome],
  }));
  return [...single, ...both];
}

/** Gateways whose attributes come from another resource's output, which is unknown whenever `round` is a new one. */
function configuration(round: string, cases: readonly Case[], values: (one: Case) => Case["before"]): string {
  const given = Object.fromEntries(cases.map((one) => [one.name, values(one)]));
  return [
    // In JSON, since lists and maps of several types have none in common.
    `resource "terraform_data" "late" {\n  input = { round = "${round}", given = ${JSON.stringify(JSON.stringify(given))} }\n}\n`,
    ...cases.map(({ name, issuer, before }) =>
      [
        `resource "mcpstack_gateway" "${name}" {`,
        `  name = "${name}"`,
        `  provider_type = "manual"`,
        ...("authorization_server_url" in before ? [] : [`  authorization_server_url = "${issuer.url}"`]),
        ...Object.keys(before).map(
          (attribute) => `  ${attribute} = jsondecode(terraform_data.late.output.given).${name}.${attribute}`,
        ),
        "}\n",
      ].join("\n"),
    ),
  ].join("");
}

const engines: readonly (readonly [Engine, Form])[] = [
  ["terraform", "script"],
  ["terraform-next", "executable"],
  ["opentofu", "executable"],
];

describe.each(engines)("with %s and the provider as %s", (engine, form) => {
  let api: LocalApi;
  let foreign: TableIssuer;
  let workspace: Workspace;
  const issuers = {} as Record<Happening, TableIssuer>;
  const cases: Case[] = [];

  beforeAll(async () => {
    [api, foreign] = await Promise.all([startLocalApi(), startTableIssuer()]);
    for (const happening of Object.keys(happenings) as Happening[]) {
      issuers[happening] = await startTableIssuer();
      cases.push(...casesOf(happening, issuers[happening], foreign));
    }
    workspace = await Workspace.create({ api, engine, form });
  });
  afterAll(async () => {
    await workspace?.remove();
    await Promise.all([api, foreign, ...Object.values(issuers)].map((one) => one.close()));
  });

  async function applies(configured: string) {
    await workspace.write(configured);
    const outcome = await workspace.run("apply", "-auto-approve", "-input=false", "-no-color");
    expect(readText(outcome).match(/Error: .{0,600}/g) ?? []).toEqual([]);
    expect([outcome.status, errorCount(outcome)]).toEqual([0, 0]);
  }
  const stored = () => Object.fromEntries(api.store.gateways().map((one) => [one.name, one]));

  test("a create in which any argument is unknown makes what it turns out to be", async () => {
    await applies(configuration("one", cases, ({ before }) => before));
    expect(Object.keys(stored()).sort()).toEqual(cases.map(({ name }) => name).sort());
    expect(stored().nothing_client_id_same).toMatchObject({ clientId: "one" });
    expect((await workspace.plan()).status).toBe(0);
  });

  test("an update in which any argument is unknown, whatever its issuer does, is applied as what it turns out to be, and accepts no foreign origin that is not named", async () => {
    for (const [happening, issuer] of Object.entries(issuers)) happenings[happening as Happening](issuer, foreign);
    await applies(configuration("two", cases, ({ after }) => after));
    expect(stored().nothing_client_id_another).toMatchObject({ clientId: "two" });
    const state = await workspace.state();
    const abroad = Object.entries(state)
      .filter(([, { metadata }]) => JSON.stringify(metadata ?? null).includes(foreign.origin))
      .map(([address]) => address.replace("mcpstack_gateway.", ""));
    // The program chose another issuer, or named the origin. Another way to the same issuer's document is none, and endpoints that the program
    // gives itself take the place of no document that was accepted.
    const chosen = /_(authorization_server_url|metadata_url)_another$/;
    const named = /^moves_abroad_(trusted_origins|endpoints)_another$/;
    const expected = cases.map(({ name }) => name).filter((name) => chosen.test(name) || named.test(name));
    expect(abroad.sort()).toEqual(expected.sort());
    // What was unknown is known now, and nothing is left to do.
    const next = await workspace.run("plan", "-json", "-detailed-exitcode", "-input=false");
    expect(saidByTerraform(next.stdout).filter(({ severity }) => severity === "error")).toEqual([]);
    const left = [...next.stdout.matchAll(/mcpstack_gateway\.(\w+): Plan to (\w+)/g)].map(([, name, action]) => [
      name,
      action,
    ]);
    expect(left).toEqual([]);
  });
});
