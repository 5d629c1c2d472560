import {
  type LocalApi,
  type StoredGateway,
  startLocalApi,
  startTableIssuer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { holdsSettings, type JsonObject, statedSettings } from "@mcpstack/model";
import type { Value } from "@mcpstack/tfplugin";
import fc from "fast-check";
import { behaviour, profile, type RandomProfile } from "./arbitraries";
import { Core, type Instance } from "./core";

let api: LocalApi;
let issuer: TableIssuer;

beforeAll(async () => {
  api = await startLocalApi();
  issuer = await startTableIssuer({ path: "/realms/x" });
});
afterAll(async () => {
  await Promise.all([api.close(), issuer.close()]);
});

function emptied() {
  for (const { serverId } of api.store.attachments()) api.store.detach(serverId);
  for (const { id } of api.store.gateways()) api.store.deleteGateway(id);
}

const theirs = { theirs: { kept: ["by", "them"] } };

/** What the service masks must be said by the program, so it says it wherever the service masks anything. */
function secret({ maskedSecret, maskedSecretPlace }: ReturnType<LocalApi["behaviour"]>, value: string) {
  if (maskedSecret === "not-answered") return undefined;
  return maskedSecretPlace === "top" ? { clientSecret: value } : { clientCredentials: { secret: value } };
}

function configured({ endpoints, settings, scopes, trusted_origins, ...plain }: RandomProfile, version: number) {
  const write = secret(api.behaviour(), `secret-${version}`);
  return {
    ...(Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)) as Record<string, Value>),
    ...(endpoints && { authorization_endpoint: endpoints.authorization, token_endpoint: endpoints.token }),
    ...(settings && { settings: JSON.stringify(settings) }),
    ...(scopes && { scopes: [...scopes] }),
    ...(trusted_origins && { trusted_origins: [...trusted_origins] }),
    ...(write && { settings_wo: JSON.stringify(write), settings_wo_version: version }),
  };
}

/** The profile as the API must hold it after an apply: as typed, and nothing where nothing was declared. */
function declared({ endpoints, scopes, name, provider_type, ...rest }: RandomProfile) {
  return {
    name,
    providerType: provider_type,
    description: rest.description,
    authorizationServerUrl: rest.authorization_server_url,
    metadataUrl: rest.metadata_url,
    authorizationEndpoint: endpoints?.authorization,
    tokenEndpoint: endpoints?.token,
    registrationEndpoint: rest.registration_endpoint,
    clientId: rest.client_id,
    resource: rest.resource,
    scopes: scopes && [...scopes].sort(),
  };
}

function held(gateway: StoredGateway | undefined) {
  const { name, providerType, description, authorizationServerUrl, metadataUrl } = gateway ?? ({} as StoredGateway);
  const { authorizationEndpoint, tokenEndpoint, registrationEndpoint, clientId, resource, scopes } =
    gateway ?? ({} as StoredGateway);
  return {
    ...{ name, providerType, description, authorizationServerUrl, metadataUrl },
    ...{ authorizationEndpoint, tokenEndpoint, registrationEndpoint, clientId, resource },
    scopes: scopes && [...new Set(scopes)].sort(),
  };
}

/** Every key that the program set is there as it set it, at every depth, null as if left out; others may be there too. */
function expectSettings(unknown: JsonObject, settings: JsonObject | undefined) {
  const stated = statedSettings(settings);
  // What is not held is shown as it is there.
  expect(holdsSettings(stated, unknown) ? stated : unknown).toEqual(stated);
}

/** What an import reads out of the API names no loopback address: the program does, by trusting the origin. */
const gateways = () =>
  new Core("mcpstack_gateway", {
    api_url: api.url,
    access_token: api.accessToken,
    organization: "petalpal",
    trusted_origins: [issuer.origin, issuer.origin.replace("127.0.0.1", "localhost")],
  });

async function expectNothingToDo(core: Core, instance: Instance, configuration: Record<string, Value>) {
  expect(await core.drifted(instance)).toBe(false);
  expect((await core.plan(instance, configuration)).changes).toBe(false);
}

const parameters = { numRuns: 100, seed: 20260405, endOnFailure: false } as const;

test("Whatever the profile, the service and the edits: what is planned is applied, the API holds it, and the next plan is empty", async () => {
  const edits = fc.array(profile(issuer.origin), { minLength: 1, maxLength: 3 });
  const property = fc
    .asyncProperty(behaviour, edits, async (row, profiles) => {
      api.setBehaviour({ ...row, duplicateNames: "allowed" });
      const core = gateways();
      let instance: Instance | null = null;
      for (const [at, wanted] of profiles.entries()) {
        const configuration = configured(wanted, at + 1);
        const planned = await core.plan(instance, configuration);
        expect(planned.replaces).toBe(false);
        instance = await core.apply(planned);
        if (!instance) throw new Error("nothing came of the apply");
        const gateway = api.store.gateway(String(instance.state.id));
        expect(held(gateway)).toEqual(declared(wanted));
        expectSettings(gateway?.unknown ?? {}, wanted.settings);
        expect(gateway?.destroyedSecrets).toEqual([]);
        if (at > 0) expect(gateway?.unknown).toMatchObject(theirs);
        if (row.maskedSecret !== "not-answered") expect(gateway?.secrets).toEqual({ clientSecret: `secret-${at + 1}` });
        await expectNothingToDo(core, instance, configuration);
        // Somebody else adds a field, and the scopes come back in another order.
        api.store.putGateway(String(instance.state.id), {
          unknown: { ...gateway?.unknown, ...theirs },
          ...(gateway?.scopes && { scopes: [...gateway.scopes].reverse() }),
        });
        await expectNothingToDo(core, instance, configuration);
      }
      expect(await core.apply(await core.plan(instance, null))).toBeNull();
      expect(api.store.gateways()).toEqual([]);
    })
    .beforeEach(emptied);
  await fc.assert(property, parameters);
});

test("Whatever the service: an attachment is applied as planned, keeps its public id where the program leaves it, and the next plan is empty", async () => {
  const step = fc.record({
    server_id: fc.constantFrom("petalpal-api", "srv_orders_api", "support-api"),
    gateway: fc.constantFrom("one", "two"),
    public_id: fc.option(fc.constantFrom("gw_a", "gw_b"), { nil: undefined }),
  });
  const property = fc
    .asyncProperty(behaviour, fc.array(step, { minLength: 1, maxLength: 4 }), async (row, steps) => {
      api.setBehaviour(row);
      const ids = Object.fromEntries(
        ["one", "two"].map((name) => {
          const made = api.store.createGateway({ name, authorizationServerUrl: issuer.url });
          return [name, made.id];
        }),
      );
      const core = new Core("mcpstack_server_gateway_attachment", { api_url: api.url, access_token: api.accessToken });
      let instance: Instance | null = null;
      for (const { server_id, gateway, public_id } of steps) {
        const configuration = { server_id, gateway_id: ids[gateway] ?? "", ...(public_id && { public_id }) };
        let planned = await core.plan(instance, configuration);
        expect(planned.replaces).toBe(instance !== null && instance.state.server_id !== server_id);
        const kept = instance?.state.server_id === server_id ? instance.state.public_id : undefined;
        if (planned.replaces) {
          expect(await core.apply(await core.plan(instance, null))).toBeNull();
          planned = await core.plan(null, configuration);
        }
        instance = await core.apply(planned);
        if (!instance) throw new Error("nothing came of the apply");
        const attachment = api.store.attachment(server_id);
        expect(attachment).toMatchObject({ gatewayId: configuration.gateway_id, publicId: instance.state.public_id });
        expect(api.store.attachments()).toHaveLength(1);
        if (public_id ?? kept) expect(instance.state.public_id).toBe(public_id ?? kept);
        await expectNothingToDo(core, instance, configuration);
      }
      expect(await core.apply(await core.plan(instance, null))).toBeNull();
      expect(api.store.attachments()).toEqual([]);
    })
    .beforeEach(emptied);
  await fc.assert(property, { ...parameters, numRuns: 40 });
});

test("Whatever was declared: an import of what it made, by its id or its name, leaves its program nothing to do", async () => {
  // What the API does not hold, no import can know.
  const wanted = profile(issuer.origin).map((made) => ({
    ...made,
    metadata_check: undefined,
    trusted_origins: undefined,
    settings: undefined,
  }));
  const services = fc.tuple(behaviour, fc.constantFrom("derived", "discovered")).map(([row, fills]) => ({
    ...row,
    fills: fills as "derived" | "discovered",
    urls: "as-written" as const,
    maskedSecret: "not-answered" as const,
    duplicateNames: "allowed" as const,
  }));
  const property = fc
    .asyncProperty(services, wanted, fc.boolean(), async (row, declaredProfile, byName) => {
      api.setBehaviour(row);
      const core = gateways();
      const configuration = configured(declaredProfile, 1);
      const made = await core.apply(await core.plan(null, configuration));
      const imported = await core.import(String(byName ? declaredProfile.name : made?.state.id));
      const { scopes: importedScopes, ...rest } = imported.state;
      const { scopes: madeScopes, ...others } = made?.state ?? {};
      expect([rest, new Set(importedScopes as string[])]).toEqual([others, new Set(madeScopes as string[])]);
      await expectNothingToDo(core, imported, configuration);
    })
    .beforeEach(emptied);
  await fc.assert(property, { ...parameters, numRuns: 60 });
});
