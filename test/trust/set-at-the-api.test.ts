// Somebody sets at the API what the program leaves unset. The service's own doing is told from it.
import { rm } from "node:fs/promises";
import path from "node:path";
import {
  type LocalApi,
  type ServerBehaviour,
  startLocalApi,
  startTableIssuer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { driftReport } from "../cli/command-line";
import { onLoopback, organization } from "../cli/organization";
import { Workspace } from "../e2e/workspace";
import {
  type Args,
  changesOfTerraform,
  codesOf,
  configuration,
  type Driven,
  openTofu,
  type Project,
  pulumi,
  saidByTerraform,
  terraform,
  terraformNext,
} from "./engines";

const evil = "https://evil.example.net/token";

/** What somebody sets at the gateway of that name, by the API's names; and what a plan calls it. */
const settings = {
  description: { set: () => ({ description: "by somebody" }), fields: ["description"] },
  client_id: { set: () => ({ clientId: "theirs" }), fields: ["client_id"] },
  resource: { set: ({ url }) => ({ resource: `${url}/theirs` }), fields: ["resource"] },
  scopes: { set: () => ({ scopes: ["openid", "admin"] }), fields: ["scopes"] },
  endpoints: {
    set: ({ url }) => ({ authorizationEndpoint: `${url}/theirs/authorize`, tokenEndpoint: `${url}/theirs/token` }),
    fields: ["authorization_endpoint", "token_endpoint"],
  },
  foreign_endpoint: { set: () => ({ tokenEndpoint: evil }), fields: ["token_endpoint"] },
  registration_endpoint: {
    set: ({ url }) => ({ registrationEndpoint: `${url}/theirs/register` }),
    fields: ["registration_endpoint"],
  },
  metadata_url: { set: ({ url }) => ({ metadataUrl: `${url}/theirs.json` }), fields: ["metadata_url"] },
} satisfies Record<
  string,
  { set: (issuer: TableIssuer) => Record<string, string | string[]>; fields: readonly string[] }
>;
type Setting = keyof typeof settings;
const gateways = Object.keys(settings) as Setting[];
/** Beside these there is one that nobody touches. */
const all = [...gateways, "untouched"] as const;

interface Combination extends Driven {
  readonly fills: ServerBehaviour["fills"];
}
const combinations: readonly Combination[] = [
  { ...terraform, fills: "nothing" },
  { ...terraformNext, fills: "discovered" },
  { ...openTofu, fills: "derived" },
  { ...pulumi, fills: "discovered" },
];

describe.each(combinations)("with $name, where the service fills in what is $fills", ({ start, fills }) => {
  const issuers: Record<string, TableIssuer> = {};
  let api: LocalApi;
  let project: Project;

  const issuer = (name: string) => issuers[name] as TableIssuer;
  const program = (args: Args = {}) =>
    project.write(
      Object.fromEntries(all.map((name) => [name, { authorization_server_url: issuer(name).url, ...args }])),
    );
  const stored = (name: string) => {
    const found = api.store.gateways().find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no gateway "${name}".`);
    return found;
  };
  function setAll() {
    for (const name of gateways) api.store.putGateway(stored(name).id, settings[name].set(issuer(name)));
  }

  beforeAll(async () => {
    api = await startLocalApi({ behaviour: { fills } });
    for (const name of all) issuers[name] = await startTableIssuer();
    project = await start(api);
    await program();
    expect(await project.apply()).toMatchObject({ ok: true, said: [] });
  });
  afterAll(async () => {
    await project?.remove();
    await Promise.all([api, ...Object.values(issuers)].map((one) => one.close()));
  });

  /** Nothing to do, and nothing to say. */
  async function isQuiet() {
    const plan = await project.plan();
    expect(plan).toMatchObject({ ok: true, said: [] });
    expect(Object.entries(plan.changes).filter(([, { action }]) => action !== "none")).toEqual([]);
  }

  test("what the service filled in is no drift, also after it discovered a move within the issuer's origin", async () => {
    await isQuiet();
    const { url } = issuer("untouched");
    issuer("untouched").setMetadata({ token_endpoint: `${url}/v2/token` });
    const { id, discovery } = stored("untouched");
    if (discovery !== undefined) {
      api.store.putGateway(id, { discovery: { ...discovery, tokenEndpoint: `${url}/v2/token` } });
    }
    const plan = await project.plan();
    expect(plan.changes.untouched?.changed).toEqual(["metadata.token_endpoint"]);
    expect(codesOf(plan, "untouched")).toEqual(["metadata-moved"]);
    expect((await project.apply()).ok).toBe(true);
    await isQuiet();
  });

  test("what somebody set is shown at the field and warned of, and an apply takes it away", async () => {
    setAll();
    const plan = await project.plan();
    expect(plan.ok).toBe(true);
    for (const name of gateways) {
      const { fields } = settings[name];
      expect([name, plan.changes[name]?.changed]).toEqual([name, fields]);
      for (const field of fields) expect([name, plan.changes[name]?.after[field] ?? null]).toEqual([name, null]);
      expect([name, codesOf(plan, name)]).toEqual([name, name === "description" ? [] : ["set-outside-program"]]);
    }
    expect(plan.changes.untouched?.action).toBe("none");
    expect(plan.said.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(plan.said.find(({ gateway }) => gateway === "foreign_endpoint")?.text).toContain(evil);

    expect((await project.apply()).ok).toBe(true);
    for (const name of gateways) {
      for (const field of Object.keys(settings[name].set(issuer(name)))) {
        expect([name, field, stored(name)[field as "tokenEndpoint"]]).toEqual([name, field, undefined]);
      }
    }
    expect(await project.kept()).not.toContain(evil);
    await isQuiet();
  });

  test("an update without a look at the API first does not write it back", async () => {
    setAll();
    await program({ description: "edited" });
    expect((await project.apply({ refresh: false })).ok).toBe(true);
    expect(stored("foreign_endpoint")).toMatchObject({ description: "edited" });
    expect(stored("foreign_endpoint").tokenEndpoint).toBeUndefined();
    expect(await project.kept()).not.toContain(evil);
    await project.apply();
  });

  test("under metadata_check error, what leads to a foreign origin fails the plan and the apply, and the rest warns", async () => {
    setAll();
    await program({ description: "edited", metadata_check: "error" });
    for (const told of [await project.plan(), await project.apply()]) {
      expect(told.ok).toBe(false);
      const errors = told.said.filter(({ severity, code }) => severity === "error" && code !== "");
      expect(errors).toMatchObject([{ gateway: "foreign_endpoint", code: "set-outside-program" }]);
      expect(errors[0]?.text).toContain(evil);
    }
    expect(stored("foreign_endpoint").tokenEndpoint).toBe(evil);
    expect(JSON.stringify(await project.metadata("foreign_endpoint"))).not.toContain(evil);
  });
});

describe("with one engine", () => {
  let api: LocalApi;
  let issuer: TableIssuer;
  let workspace: Workspace;
  beforeEach(async () => {
    [api, issuer] = await Promise.all([startLocalApi({ behaviour: { fills: "discovered" } }), startTableIssuer()]);
    workspace = await Workspace.create({ api });
  });
  afterEach(async () => {
    await workspace.remove();
    await Promise.all([api.close(), issuer.close()]);
  });
  const told = async (...args: string[]) => {
    const { status, stdout } = await workspace.run(...args, "-input=false", "-json");
    return { ok: status === 0, said: saidByTerraform(stdout), output: stdout };
  };

  test("a service that follows a refused move is shown at its endpoint, nothing accepts the move, and it stays said", async () => {
    await workspace.write(configuration({ support: { authorization_server_url: issuer.url } }));
    await workspace.apply();
    const { metadata } = (await workspace.state())["mcpstack_gateway.support"] ?? {};
    issuer.setMetadata({ token_endpoint: evil });
    const [stored] = api.store.gateways();
    api.store.putGateway(stored?.id ?? "", { discovery: { ...stored?.discovery, tokenEndpoint: evil } });
    const plan = await told("plan", "-out=planned");
    const { stdout } = await workspace.run("show", "-json", "planned");
    expect(changesOfTerraform(stdout).support?.changed).toEqual(["token_endpoint"]);
    expect(codesOf(plan, "support")).toEqual(["origin-moved", "set-outside-program"]);
    await workspace.apply("planned");
    expect((await workspace.state())["mcpstack_gateway.support"]).toMatchObject({ metadata, token_endpoint: null });
    // The service has filled it in again; where the issuer comes back, the service may not.
    expect(codesOf(await told("plan"), "support")).toEqual(["origin-moved"]);
    issuer.setMetadata({ token_endpoint: `${issuer.url}/token` });
    const left = await told("plan");
    expect(left.said).toMatchObject([{ code: "set-outside-program" }]);
    expect(left.said[0]?.text).toContain(evil);
  });

  test("an import takes what was set before into the configuration that it makes, and into no state that says nothing of it", async () => {
    const { id } = api.store.createGateway({
      name: "Support",
      authorizationServerUrl: issuer.url,
      authorizationEndpoint: "https://evil.example.net/authorize",
      tokenEndpoint: evil,
      clientId: "theirs",
      scopes: ["admin"],
      description: "by somebody",
    });
    // What the API names is no address of this machine by itself: the program says that it may be.
    const provider = `provider "mcpstack" {\n  trusted_origins = ["${issuer.origin}"]\n}\n`;
    const block = `${provider}import {\n  to = mcpstack_gateway.support\n  id = "${id}"\n}\n`;
    await workspace.write(block);
    await workspace.plan("-generate-config-out=made.tf");
    expect(await workspace.read("made.tf")).toContain(JSON.stringify(evil));
    const changes = await workspace.changes();
    expect(changes.map(({ actions }) => actions)).toEqual([["no-op"]]);

    // The same beside a program that leaves them unset.
    await rm(path.join(workspace.folder, "made.tf"));
    await workspace.write(block + configuration({ support: { authorization_server_url: issuer.url } }));
    const [change] = await workspace.changes();
    const before = { token_endpoint: evil, client_id: "theirs", scopes: ["admin"], description: "by somebody" };
    expect(change?.before).toMatchObject(before);
    expect(change?.after).toMatchObject(Object.fromEntries(Object.keys(before).map((name) => [name, null])));
    await workspace.apply("planned");
    expect(api.store.gateway(id)).toMatchObject({ name: "support" });
    expect(api.store.gateway(id)).not.toHaveProperty("tokenEndpoint");
    expect(api.store.gateway(id)).not.toHaveProperty("clientId");
    expect((await workspace.plan()).status).toBe(0);
  });
});

test.each(["tokenEndpoint", "token_endpoint", "TokenEndpoint", "token-endpoint"])(
  "drift of an organization names an endpoint that a person set, where manualOverrides spells it %s",
  async (spelling) => {
    const { api, gatewayId, env } = await organization();
    api.store.putGateway(gatewayId, {
      tokenEndpoint: evil,
      unknown: { discovered: true, manualOverrides: [spelling] },
    });
    const { report } = await driftReport([...onLoopback, "--no-public-leg"], { env });
    expect(report.findings.filter((finding) => JSON.stringify(finding).includes(evil))).not.toEqual([]);
  },
);
