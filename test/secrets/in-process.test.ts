// Every package that speaks to the API or passes its words on, in this process, against a service that repeats secrets wherever it can.
import { inspect } from "node:util";
import { ApiClient, encodeGateway, resolveConnection, type TransportOptions } from "@mcpstack/api-client";
import type { LocalApi } from "@mcpstack/local-api";
import type { GatewayProfile } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import {
  adoptGateway,
  createAttachment,
  createGateway,
  deleteGateway,
  importAttachment,
  importGateway,
  planAdoption,
  planGateway,
  Run,
  readGateway,
  recentEvents,
  updateGateway,
} from "@mcpstack/reconciler";
import fc from "fast-check";
import {
  attachment as attachmentProvider,
  gateway as gatewayProvider,
  lookupsOf,
} from "../../packages/pulumi/src/provider";
import { mcpstackIac } from "../cli/command-line";
import { Core, ProviderErrors } from "../property/core";
import { type Echoing, echoing, echoingService, secretsOf } from "./echoing-service";
import { found } from "./sentinel";

const parameters = { seed: 20260503, endOnFailure: true } as const;

/** Whatever there is to see of a result or of an error: its text, its stack, its fields and its causes. */
async function shown(work: () => Promise<unknown>): Promise<string> {
  const seen = (value: unknown) =>
    inspect(withoutRaw(value), { depth: 12, maxStringLength: null, maxArrayLength: null });
  try {
    return seen(await work());
  } catch (error) {
    const { message, stack } = error as Error;
    return [message, stack, String(error), seen(error), JSON.stringify(error)].join("\n");
  }
}

/** A document as it was read is no output: what shows of it is what it was read for. */
function withoutRaw(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRaw);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const { raw: _, unknownFields: __, ...rest } = value as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, withoutRaw(inner)]));
}

/** Runs works against the service of a case, and expects no piece of its secrets in what they show. */
async function expectHidden(
  of: Echoing,
  works: (api: LocalApi, gatewayId: string, plant: () => void) => Promise<string[]>,
) {
  const { api, gatewayId, plant } = await echoingService(of);
  try {
    const outputs = await works(api, gatewayId, plant);
    const pieces = outputs.flatMap((output) =>
      found(output, ...secretsOf(of)).map((piece) => `${piece} in ${output.slice(0, 2_000)}`),
    );
    expect({ where: of.where, pieces }).toEqual({ where: of.where, pieces: [] });
  } finally {
    await api.close();
  }
}

const quick = { retries: { baseMs: 1, maxMs: 1 }, timeoutMs: 5_000, patienceMs: 10_000 };
const clientOf = (api: LocalApi, options: TransportOptions = {}) =>
  new ApiClient(resolveConnection({}, api.environment()), { ...quick, ...options });

const profileOf = ({ writeOnly }: Echoing, name: string): GatewayProfile => ({
  name,
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.invalid",
  metadataCheck: "off",
  settingsWo: writeOnly,
  settingsWoVersion: 1,
});

async function inTurn(works: readonly (() => Promise<unknown>)[]): Promise<string[]> {
  const outputs: string[] = [];
  for (const work of works) outputs.push(await shown(work));
  return outputs;
}

/** A gateway with servers is not deleted, and waits for that to change. */
async function detached<T>(api: LocalApi, work: () => Promise<T>): Promise<T> {
  for (const { serverId } of api.store.attachments()) api.store.detach(serverId);
  return work();
}

test("The client's results, errors and logged requests hold no piece of the credential, and no write-only value after it was sent", async () => {
  const property = fc.asyncProperty(echoing, (of) =>
    expectHidden(of, async (api, id, plant) => {
      const logged: string[] = [];
      const client = clientOf(api, {
        // Looking into each body takes its time; the most is said by writes.
        onRequest: (event) => event.method !== "GET" && logged.push(JSON.stringify({ ...event, ...event.bodies() })),
      });
      const body = encodeGateway(profileOf(of, "New"));
      const { writeOnly } = of;
      plant();
      const outputs = await inTurn([
        () => client.createGateway(body, { writeOnly }),
        () => client.updateGateway(id, { ...body, id }, { writeOnly }),
        () => client.organizations(),
        () => client.listGateways(),
        () => client.getGateway(id),
        async () => encodeGateway(profileOf(of, "New"), (await client.getGateway(id)).raw),
        () => client.getAttachment("srv_petalpal_api"),
        () => client.putAttachment("srv_petalpal_api", { gatewayId: id }),
        () => client.listServers(),
        () => client.gatewayServers(id),
        async () => {
          const events = [];
          for await (const event of client.gatewayLogs(id)) events.push(event);
          return events;
        },
        () => detached(api, () => client.deleteGateway(id)),
      ]);
      await client.close();
      // What was sent is the caller's; what encodes a document holds it.
      return [...outputs.map((output, at) => (at === 5 && !output.includes("ApiError") ? "" : output)), ...logged];
    }),
  );
  await fc.assert(property, { ...parameters, numRuns: 160 });
});

test("The reconciler's states, findings and errors hold none", async () => {
  const property = fc.asyncProperty(echoing, (of) =>
    expectHidden(of, async (api, id, plant) => {
      const client = clientOf(api);
      const metadata = new MetadataReader();
      // What is planted is an answer, and not late: nothing is waited for.
      const run = new Run({ api: client, metadata, patienceMs: 1, readLagMs: 0 });
      const desired = profileOf(of, "Support");
      const { state: prior } = await importGateway(run, id);
      const resource = { ...desired, metadataCheck: "warn" as const, resource: "not a uri" };
      plant();
      const outputs = await inTurn([
        () => createGateway(run, profileOf(of, "New")),
        () => updateGateway(run, { prior, desired, metadata: { value: undefined, unknown: [] } }),
        () => planAdoption(run, desired, true),
        () => adoptGateway(run, desired, id),
        () => readGateway(run, prior),
        () => planGateway(run, { prior, desired: resource }),
        () => recentEvents(run, id),
        () => importGateway(run, "Support"),
        () => importAttachment(run, "srv_petalpal_api"),
        () => createAttachment(run, { serverId: "srv_orders_api", gatewayId: id, publicId: "gw_orders" }),
        () => detached(api, () => deleteGateway(run, prior)),
      ]);
      await Promise.all([client.close(), metadata.close()]);
      return outputs;
    }),
  );
  await fc.assert(property, { ...parameters, numRuns: 100 });
});

test("The Terraform provider's diagnostics, plans and states hold none", async () => {
  const property = fc.asyncProperty(echoing, (of) =>
    expectHidden(of, async (api, id, plant) => {
      const core = new Core("mcpstack_gateway", { api_url: api.url, access_token: of.credential });
      const configuration = (name: string) => ({
        name,
        provider_type: "manual",
        authorization_server_url: "https://auth.example.invalid",
        metadata_check: "off",
        settings_wo: JSON.stringify(of.writeOnly),
        settings_wo_version: 1,
      });
      const attempt = async <T>(work: () => Promise<T>, outputs: string[]): Promise<T | undefined> => {
        try {
          const made = await work();
          outputs.push(inspect(withoutConfig(made), { depth: 12, maxStringLength: null }));
          return made;
        } catch (error) {
          const kept = error instanceof ProviderErrors ? inspect(error.kept, { depth: 12 }) : "";
          outputs.push(`${(error as Error).message}\n${kept}`);
          return undefined;
        }
      };
      const outputs: string[] = [];
      const imported = await core.import(id);
      plant();
      const creation = await attempt(() => core.plan(null, configuration("New")), outputs);
      if (creation) await attempt(() => core.apply(creation), outputs);
      const change = await attempt(() => core.plan(imported, configuration("Support")), outputs);
      if (change) await attempt(() => core.apply(change), outputs);
      await attempt(() => core.import("Support"), outputs);
      const removal = await attempt(() => core.plan(imported, null), outputs);
      if (removal) await attempt(() => detached(api, () => core.apply(removal)), outputs);
      return outputs;
    }),
  );
  await fc.assert(property, { ...parameters, numRuns: 100 });
});

/** The configuration of a plan is the program's own; private bytes are read as the text that they are. */
function withoutConfig(made: unknown): unknown {
  if (typeof made !== "object" || made === null) return made;
  return Object.fromEntries(
    Object.entries(made).map(([name, value]) => [
      name,
      name === "config"
        ? undefined
        : value instanceof Uint8Array
          ? Buffer.from(value).toString()
          : withoutConfig(value),
    ]),
  );
}

describe("Pulumi's provider", () => {
  const { argv } = process;
  // What it says goes to the console where there is no engine.
  beforeAll(() => {
    process.argv = argv.slice(0, 2);
  });
  afterAll(() => {
    process.argv = argv;
  });

  test("Its outputs, failures and warnings hold none", async () => {
    let cases = 0;
    const property = fc.asyncProperty(echoing, (of) =>
      expectHidden(of, async (api, id, plant) => {
        cases += 1;
        const variable = `SENTINEL_CREDENTIAL_${cases}`;
        process.env[variable] = of.credential;
        process.env.MCPSTACK_READ_LAG = "0";
        process.env.MCPSTACK_RETRY_TIMEOUT = "1";
        const said = jest.spyOn(console, "log").mockImplementation(() => {});
        try {
          const connection = { apiUrl: api.url, organization: "petalpal", credentialFrom: { env: variable } };
          const { settingsWo, ...profile } = { ...profileOf(of, "New"), connection };
          const inputs = { ...profile, settingsWo };
          const state = { ...profile, name: "Support", organizationId: "org_petalpal" };
          const withChoice = { ...inputs, name: "Support", adopt: true, clientId: "another" };
          const lookups = lookupsOf({ config: { get: () => undefined }, say: async () => {} });
          plant();
          const outputs = await inTurn([
            async () => hidden(await gatewayProvider.check({}, inputs), "settingsWo"),
            () => gatewayProvider.create(inputs),
            async () => hidden(await gatewayProvider.check({}, withChoice), "settingsWo"),
            () => gatewayProvider.create(withChoice),
            () => gatewayProvider.update(id, state, { ...inputs, settingsWoVersion: 2 }),
            () => gatewayProvider.read(id, state),
            () =>
              attachmentProvider.check({}, { serverId: "srv_petalpal_api", gatewayId: id, adopt: true, connection }),
            () => attachmentProvider.create({ serverId: "srv_orders_api", gatewayId: id, connection }),
            () => lookups.getGateway({ gateway: "Support", connection }),
            () => lookups.getGatewayLogs({ gatewayId: id, connection }),
            () => lookups.getGatewayServers({ gatewayId: id, connection }),
            () => lookups.getServer({ server: "petalpal-api", connection }),
            () => detached(api, () => gatewayProvider.delete(id, state)),
          ]);
          return [...outputs, ...said.mock.calls.map((texts) => texts.join(" "))];
        } finally {
          said.mockRestore();
          for (const name of [variable, "MCPSTACK_READ_LAG", "MCPSTACK_RETRY_TIMEOUT"]) delete process.env[name];
        }
      }),
    );
    await fc.assert(property, { ...parameters, numRuns: 100 });
  });
});

/** The inputs of a check are the program's own. */
function hidden({ inputs, ...rest }: { readonly inputs: Record<string, unknown> }, name: string): unknown {
  const { [name]: _, ...others } = inputs;
  return { ...rest, inputs: others };
}

test("The command prints none, whatever it is asked to do", async () => {
  const commands = [
    ["drift", "--format", "json"],
    ["drift", "--format", "markdown"],
    ["drift", "--no-metadata", "--format", "sarif"],
    ["import", "--no-metadata"],
    ["import", "--to", "pulumi", "--no-metadata"],
    ["checklist", "Support", "--no-metadata"],
    ["review", "-"],
  ];
  const plan = (id: string) => ({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: "mcpstack_gateway.support",
        mode: "managed",
        type: "mcpstack_gateway",
        name: "support",
        provider_name: "registry.terraform.io/mcpstack/mcpstack",
        change: {
          actions: ["update"],
          before: { id, name: "Support", scopes: ["openid"] },
          after: { id, name: "Support", scopes: ["openid", "plants.write"] },
          after_unknown: {},
          before_sensitive: {},
          after_sensitive: {},
        },
      },
    ],
    configuration: { root_module: {} },
  });
  const property = fc.asyncProperty(echoing, fc.constantFrom(...commands), (of, args) =>
    expectHidden(of, async (api, id, plant) => {
      plant();
      const { stdout, stderr } = await mcpstackIac(args, { env: api.environment(), stdin: JSON.stringify(plan(id)) });
      // The command knows the credential; write-only values are in no program that it reads.
      return found(JSON.stringify(of.action), of.credential).length > 0 ? [stdout, stderr] : [];
    }),
  );
  await fc.assert(property, { ...parameters, numRuns: 80 });
});
