// Several inline stacks in one process, one after another and at once: what each asks and whom is its own.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { Gateway, getGateways, getOAuthMetadata, getServer } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

interface Tenant {
  readonly name: string;
  readonly api: LocalApi;
  readonly project: InlineProject;
}

let tenants: Tenant[];
let issuer: TableIssuer;
const bares: InlineProject[] = [];
let one: Tenant;
let other: Tenant;

beforeAll(async () => {
  issuer = await startTableIssuer();
  tenants = await Promise.all(["one", "other"].map(tenant));
  [one, other] = tenants as [Tenant, Tenant];
});
afterAll(async () => {
  await Promise.all([issuer.close(), ...tenants.map(({ api }) => api.close())]);
  for (const project of [...bares, ...tenants.map(({ project }) => project)]) project.remove();
});

/** An organization, an API and a stack of its own; the connection is in the stack's configuration. */
async function tenant(name: string): Promise<Tenant> {
  const api = await startLocalApi({ seed: { organization: { id: `org_${name}`, slug: name } } });
  api.store.createGateway({ name: `by hand, of ${name}`, providerType: "manual" });
  const project = await inlineProject(`stacks-${name}`, {});
  await project.stack.setAllConfig({
    "mcpstack:apiUrl": { value: api.url },
    "mcpstack:organization": { value: name },
    "mcpstack:accessToken": { value: api.accessToken, secret: true },
    key: { value: api.apiKey, secret: true },
  });
  return { name, api, project };
}

/** What a program of a tenant sees. `ready` is waited for between its look-ups. */
const program =
  ({ name }: Tenant, ready: () => Promise<void> = async () => {}) =>
  async () => {
    const before = await getGateways({ name: `by hand, of ${name}` });
    await ready();
    const gateway = new Gateway("made", {
      name: `made by ${name}`,
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.com",
      metadataCheck: "off",
    });
    const all = await getGateways();
    const byKey = await getGateways({ connection: { credentialFrom: { config: "key" } } });
    return {
      before: before.map((found) => found.name),
      all: all.map((found) => found.name),
      byKey: byKey.map((found) => found.name),
      server: (await getServer({ server: "petalpal-api" })).id,
      organizationId: gateway.organizationId,
    };
  };

const seen = ({ name }: Tenant, gateways: string[]) => ({
  before: [`by hand, of ${name}`],
  all: gateways,
  byKey: gateways,
  server: "srv_petalpal_api",
  organizationId: `org_${name}`,
});

test("at once, each stack asks its own API in its own organization with its own credential", async () => {
  const arrived = gathering(2);
  const ran = await Promise.all(tenants.map((each) => each.project.up(program(each, arrived))));
  for (const [at, each] of tenants.entries()) {
    expect(ran[at]?.outputs).toEqual(seen(each, [`by hand, of ${each.name}`]));
    expect(each.api.store.gateways().map(({ name }) => name)).toEqual([
      `by hand, of ${each.name}`,
      `made by ${each.name}`,
    ]);
  }
});

test("one after another, each sees what there is now, and its own", async () => {
  for (const each of [one, other, one]) {
    const { outputs } = await each.project.up(program(each));
    expect(outputs).toEqual(seen(each, [`by hand, of ${each.name}`, `made by ${each.name}`]));
  }
});

test("a credential that was rotated between two operations of one stack is the one that counts", async () => {
  const rotated = one.api.store.addCredential({ label: "rotated", secret: "a-rotated-token" });
  await one.project.stack.setConfig("mcpstack:accessToken", { value: rotated.secret, secret: true });
  one.api.store.expireToken();
  const { outputs } = await one.project.up(program(one));
  expect(outputs.all).toEqual(["by hand, of one", "made by one"]);
});

test("a host that hung in one operation is asked again in the next one", async () => {
  const look = async () => ({
    found: await getOAuthMetadata({ authorizationServerUrl: issuer.url }).then(
      (metadata) => metadata.issuer,
      (error: Error) => error.message,
    ),
  });
  const project = await bare("hung");
  issuer.setAll({ hang: true });
  expect((await project.up(look)).outputs.found).toMatch(/^No authorization server metadata was found.*timeout/);
  issuer.setAll(undefined);
  expect((await project.up(look)).outputs.found).toBe(issuer.url);
});

describe("a look-up of an inline program sees the environment of this process, not that of the stack's provider", () => {
  const look = async () => ({
    names: await getGateways().then(
      (gateways) => gateways.map(({ name }) => name),
      (error: Error) => error.message,
    ),
  });
  let project: InlineProject;

  beforeAll(async () => {
    project = await bare("environment");
  });
  afterEach(() => {
    for (const name of Object.keys(one.api.environment())) delete process.env[name];
  });

  test("it asks as that environment says in each operation, and warns that the provider may do otherwise", async () => {
    for (const each of [one, other]) {
      Object.assign(process.env, each.api.environment(), { MCPSTACK_ACCESS_TOKEN: each.api.apiKey });
      const { outputs, output } = await project.up(look);
      expect(outputs.names).toEqual([`by hand, of ${each.name}`, `made by ${each.name}`]);
      expect(output).toMatch(/warning: A look-up takes its connection from the environment of this process/);
      expect(output).not.toContain(each.api.apiKey);
    }
  });

  test("it does not warn where the program names the connection", async () => {
    process.env.NAMED_KEY = other.api.apiKey;
    const connection = { apiUrl: other.api.url, organization: "other", credentialFrom: { env: "NAMED_KEY" } };
    const { output } = await project.up(async () => ({ gateways: (await getGateways({ connection })).length }));
    delete process.env.NAMED_KEY;
    expect(output).not.toContain("warning");
  });

  test("where only the provider has a credential, it fails and says why", async () => {
    const { outputs } = await project.up(look, { env: one.api.environment() });
    expect(outputs.names).toMatch(/^There is no credential.*`workspace\.envVars`/);
  });
});

/** A stack without any configuration. */
async function bare(name: string): Promise<InlineProject> {
  const project = await inlineProject(`stacks-${name}`, {});
  bares.push(project);
  return project;
}

/** A point that so many programs reach before any of them goes on. */
function gathering(many: number): () => Promise<void> {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived === many) open();
    return all;
  };
}
