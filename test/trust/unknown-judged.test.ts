// Under "error", what is unknown fails no plan; once it is known it is judged, before anything is written.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import { type Engine, type Form, Workspace } from "../e2e/workspace";
import { readText } from "../faults/workspace";
import { type InlineProject, inlineProject } from "../pulumi/inline-project";
import { saidByTerraform } from "./engines";

let api: LocalApi;
/** Nothing is published there: an error, unless both endpoints are given. */
let silent: TableIssuer;
beforeEach(async () => {
  [api, silent] = await Promise.all([startLocalApi(), startTableIssuer()]);
  silent.setAll({ status: 404 });
});
afterEach(async () => {
  await Promise.all([api.close(), silent.close()]);
});

type Value = string | Readonly<Record<string, string>> | null;
type Arguments = Readonly<Record<string, Value>>;

const given = () => ({ authorization_endpoint: `${silent.url}/authorize`, token_endpoint: `${silent.url}/token` });

/** Gateways whose unknown arguments turn out so that there is nothing to say against them. */
const fine = (): Record<string, Arguments> => ({
  endpoints: given(),
  finding_off: { findings: { "metadata-not-found": "off" } },
  check_off: { metadata_check: "off" },
  check_warn: { metadata_check: "warn" },
});
/** And these so that there is. */
const wrong = (): Record<string, Arguments> => ({
  no_endpoints: { authorization_endpoint: null, token_endpoint: null },
  findings_null: { findings: null },
  findings_other: { findings: { "par-required": "off" } },
  check_error: { metadata_check: "error" },
  check_null: { metadata_check: null },
});

const engines: readonly (readonly [Engine, Form])[] = [
  ["terraform", "script"],
  ["terraform-next", "executable"],
  ["opentofu", "executable"],
];

test.each(engines)(
  "with %s and the provider as %s, a create with unknown arguments is planned, and the apply makes what turns out right and refuses the rest before anything is written",
  async (engine, form) => {
    const all = { ...fine(), ...wrong() };
    const workspace = await Workspace.create({ api, engine, form });
    try {
      await workspace.write(
        [
          `provider "mcpstack" {\n  metadata_check = "error"\n}\n`,
          `resource "terraform_data" "late" {\n  input = ${JSON.stringify(JSON.stringify(all))}\n}\n`,
          ...Object.entries(all).map(([name, args]) => {
            const lines = Object.keys(args).map(
              (argument) => `  ${argument} = jsondecode(terraform_data.late.output).${name}.${argument}\n`,
            );
            return `resource "mcpstack_gateway" "${name}" {
  name = "${name}"
  provider_type = "manual"
  authorization_server_url = "${silent.url}"
${lines.join("")}}
`;
          }),
        ].join(""),
      );
      const plan = await workspace.run("plan", "-input=false", "-json", "-out=planned");
      expect([plan.status, saidByTerraform(plan.stdout)]).toEqual([0, []]);
      const apply = await workspace.run("apply", "-input=false", "-no-color", "planned");
      expect(apply.status).toBe(1);
      expect(readText(apply)).not.toMatch(/inconsistent|bug in the provider/i);
      for (const name of Object.keys(wrong())) {
        expect(readText(apply)).toMatch(new RegExp(`with mcpstack_gateway\\.${name}, .*?\\(metadata-not-found\\)`));
      }
      expect(
        api.store
          .gateways()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(Object.keys(fine()).sort());
      expect(api.requests.filter(({ method }) => method !== "GET")).toHaveLength(Object.keys(fine()).length);
    } finally {
      await workspace.remove();
    }
  },
);

describe("with Pulumi", () => {
  let project: InlineProject;
  beforeEach(async () => {
    project = await inlineProject("unknown", api.environment());
  });
  afterEach(() => project.remove());

  type Unknown = (gateway: string, argument: string) => boolean;

  /** Gateways with arguments that no preview of a round knows: what they depend on is made by the update of that round. */
  const program = (round: string, gateways: Readonly<Record<string, GatewayArgs>>, unknown: Unknown) => async () => {
    const { id } = new Gateway(`late-${round}`, gateway(`Late ${round}`, endpoints()));
    /** Inside a map each entry by itself is unknown, elsewhere the whole value. */
    const late = (value: unknown): unknown =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, id.apply(() => one)]))
        : id.apply(() => value);
    for (const [name, args] of Object.entries(gateways)) {
      const given = Object.entries(args).map(([key, value]) => [key, unknown(name, key) ? late(value) : value]);
      new Gateway(name, Object.fromEntries(given) as unknown as GatewayArgs);
    }
  };
  const gateway = (name: string, args: object): GatewayArgs => ({
    name,
    providerType: "manual",
    authorizationServerUrl: silent.url,
    metadataCheck: "error",
    ...args,
  });
  const endpoints = () => ({ authorizationEndpoint: `${silent.url}/authorize`, tokenEndpoint: `${silent.url}/token` });

  test("a preview with any argument unknown, a finding's inside the map too, refuses nothing, and the update makes what turns out right", async () => {
    const args: Record<string, object> = {
      name: { name: "named late", ...endpoints() },
      description: { description: "one", ...endpoints() },
      providerType: { providerType: "auth0", ...endpoints() },
      authorizationServerUrl: { authorizationServerUrl: `${silent.url}/other`, ...endpoints() },
      metadataUrl: { metadataUrl: `${silent.url}/other.json`, ...endpoints() },
      authorizationEndpoint: endpoints(),
      tokenEndpoint: endpoints(),
      registrationEndpoint: { registrationEndpoint: `${silent.url}/register`, ...endpoints() },
      clientId: { clientId: "one", ...endpoints() },
      resource: { resource: "https://api.example.com", ...endpoints() },
      scopes: { scopes: ["openid"], ...endpoints() },
      trustedOrigins: { trustedOrigins: ["https://one.example.com"], ...endpoints() },
      metadataCheck: { metadataCheck: "off" },
      findings: { findings: { "metadata-not-found": "off" } },
      settings: { settings: { colour: "red" }, ...endpoints() },
      settingsWo: { settingsWo: { secret: "a secret value" }, settingsWoVersion: 1, ...endpoints() },
      settingsWoVersion: { settingsWo: { secret: "a secret value" }, settingsWoVersion: 1, ...endpoints() },
    };
    const gateways = Object.fromEntries(Object.entries(args).map(([name, one]) => [name, gateway(name, one)]));
    for (const round of ["one", "two"]) {
      const each = program(round, gateways, (name, argument) => name === argument);
      for (const ran of [await project.preview(each, { mayFail: true }), await project.up(each, { mayFail: true })]) {
        expect([round, ran.ok, ran.output.match(/error: .*/g)]).toEqual([round, true, null]);
      }
    }
    expect(api.store.gateways()).toHaveLength(Object.keys(args).length + 1);
  });

  test("what turns out wrong is refused in the update, before it is written", async () => {
    const wrongly = {
      no_endpoints: gateway("no_endpoints", { authorizationEndpoint: undefined, tokenEndpoint: undefined }),
      finding: gateway("finding", { findings: { "metadata-not-found": "error" } }),
    };
    const unknown = ["authorizationEndpoint", "tokenEndpoint", "findings"];
    const wrongProgram = program("one", wrongly, (_, argument) => unknown.includes(argument));
    expect((await project.preview(wrongProgram)).changes).toEqual({ create: 3 });
    const up = await project.up(wrongProgram, { mayFail: true });
    expect(up.ok).toBe(false);
    expect(up.output).toContain("metadata-not-found");
    expect(api.store.gateways().map(({ name }) => name)).toEqual(["Late one"]);
  });
});
