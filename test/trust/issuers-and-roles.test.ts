// What is accepted belongs to an issuer that the program chose, and to the role in which it was accepted.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Args, codesOf, everyEngine, type Project, type Told } from "./engines";

type Published = Readonly<Record<string, string>>;
interface Move {
  /** What the issuer publishes when the gateway is made, beside its own endpoints. */
  readonly first?: (storage: TableIssuer, own: TableIssuer) => Published;
  /** What it publishes then. */
  readonly later: (storage: TableIssuer, own: TableIssuer) => Published;
  readonly args?: (storage: TableIssuer) => Args;
}
const keysInStorage = ({ url }: TableIssuer) => ({ jwks_uri: `${url}/jwks` });

/** No key set, endpoint or issuer that was accepted somewhere lets another of them in. */
const refused: Readonly<Record<string, Move>> = {
  authorization_endpoint_to_keys: {
    first: keysInStorage,
    later: ({ url }) => ({ authorization_endpoint: `${url}/somebody/authorize` }),
  },
  token_endpoint_to_keys: { first: keysInStorage, later: ({ url }) => ({ token_endpoint: `${url}/token` }) },
  registration_endpoint_to_keys: { first: keysInStorage, later: ({ url }) => ({ registration_endpoint: `${url}/r` }) },
  issuer_to_keys: { first: keysInStorage, later: ({ url }) => ({ issuer: url }) },
  token_endpoint_to_authorization: {
    first: ({ url }) => ({ authorization_endpoint: `${url}/authorize` }),
    later: ({ url }) => ({ token_endpoint: `${url}/token` }),
  },
  keys_to_token_endpoint: {
    first: ({ url }) => ({ token_endpoint: `${url}/token` }),
    later: ({ url }) => ({ jwks_uri: `${url}/jwks` }),
  },
};
const accepted: Readonly<Record<string, Move>> = {
  keys_within_storage: { first: keysInStorage, later: ({ url }) => ({ jwks_uri: `${url}/v2/jwks` }) },
  keys_home: { first: keysInStorage, later: (_, own) => ({ jwks_uri: `${own.url}/jwks` }) },
  token_endpoint_to_named_origin: {
    args: ({ origin }) => ({ trusted_origins: [origin] }),
    later: ({ url }) => ({ token_endpoint: `${url}/token` }),
  },
};
const moves = { ...refused, ...accepted };

/** Here every host is this machine, and a key set that a document names there is not read. That is another matter. */
const otherMachine = "private-address";
const codes = (told: Told, gateway: string) => codesOf(told, gateway).filter((code) => code !== otherMachine);

describe.each(everyEngine)("with $name", ({ start }) => {
  const own: Record<string, TableIssuer> = {};
  const metadata: Record<string, unknown> = {};
  let api: LocalApi;
  /** Keys and endpoints of others, as at a storage host. */
  let storage: TableIssuer;
  /** Like Google's: the token endpoint and the keys are at other origins. */
  let google: TableIssuer;
  let plain: TableIssuer;
  let project: Project;

  const written = (chosen: Readonly<Record<string, Args>>) =>
    project.write({
      ...Object.fromEntries(
        Object.entries(moves).map(([name, { args }]) => [
          name,
          { authorization_server_url: own[name]?.url, ...args?.(storage) },
        ]),
      ),
      ...chosen,
    });
  const of = (name: string) => own[name] as TableIssuer;

  beforeAll(async () => {
    [api, storage, plain] = await Promise.all([startLocalApi(), startTableIssuer(), startTableIssuer()]);
    storage.set("/v2/jwks", { body: { keys: [{ kty: "EC", kid: "1" }] } });
    google = await startTableIssuer({
      metadata: { token_endpoint: `${storage.url}/token`, jwks_uri: `${storage.url}/jwks` },
    });
    for (const [name, { first }] of Object.entries(moves)) {
      own[name] = await startTableIssuer();
      of(name).setMetadata(first?.(storage, of(name)) ?? {});
    }
    project = await start(api);
    await written({
      issuer: { authorization_server_url: plain.url },
      document: { authorization_server_url: plain.url },
    });
    const made = await project.apply();
    expect([made.ok, made.said.filter(({ code }) => code !== otherMachine)]).toEqual([true, []]);
    for (const name of Object.keys(moves)) metadata[name] = await project.metadata(name);
    for (const [name, { later }] of Object.entries(moves)) of(name).setMetadata(later(storage, of(name)));
  });
  afterAll(async () => {
    await project?.remove();
    await Promise.all([...Object.values(own), api, storage, google, plain].map((one) => one.close()));
  });

  test("a URL moves within the origins accepted in its role, home, and to those that are named; an issuer that the program chooses is taken as it is", async () => {
    await written({
      issuer: { authorization_server_url: google.url },
      document: { authorization_server_url: plain.url, metadata_url: `${google.url}/.well-known/openid-configuration` },
    });
    const plan = await project.plan();
    const apply = await project.apply();
    expect([plan.ok, apply.ok]).toEqual([true, true]);

    for (const name of Object.keys(refused)) {
      expect([name, plan.changes[name]?.action, await project.metadata(name)]).toEqual([name, "none", metadata[name]]);
      for (const told of [plan, apply])
        expect([name, codes(told, name)]).toEqual([name, expect.arrayContaining(["origin-moved"])]);
    }
    for (const [name, { later }] of Object.entries(accepted)) {
      const moved = later(storage, of(name));
      expect([name, plan.changes[name]?.changed]).toEqual([
        name,
        Object.keys(moved).map((field) => `metadata.${field}`),
      ]);
      expect([name, await project.metadata(name)]).toEqual([name, expect.objectContaining(moved)]);
      for (const told of [plan, apply]) expect([name, codes(told, name)]).toEqual([name, ["metadata-moved"]]);
    }
    for (const name of ["issuer", "document"]) {
      expect([name, plan.changes[name]?.action]).toEqual([name, "update"]);
      for (const told of [plan, apply])
        expect([name, codes(told, name)]).toEqual([name, expect.not.arrayContaining(["origin-moved"])]);
      expect([name, await project.metadata(name)]).toEqual([
        name,
        expect.objectContaining({
          issuer: google.url,
          token_endpoint: `${storage.url}/token`,
          jwks_uri: `${storage.url}/jwks`,
        }),
      ]);
    }
  });

  test("the way back to the issuer of before is taken as well, and what was refused stays refused", async () => {
    await written({
      issuer: { authorization_server_url: plain.url },
      document: { authorization_server_url: plain.url },
    });
    const apply = await project.apply();
    expect(apply.ok).toBe(true);
    for (const name of ["issuer", "document"]) {
      expect([name, codes(apply, name)]).toEqual([name, []]);
      expect([name, await project.metadata(name)]).toEqual([
        name,
        expect.objectContaining({
          issuer: plain.url,
          token_endpoint: `${plain.url}/token`,
          jwks_uri: `${plain.url}/jwks`,
        }),
      ]);
    }
    for (const name of Object.keys(refused)) {
      expect([name, await project.metadata(name)]).toEqual([name, metadata[name]]);
      expect([name, codes(apply, name)]).toEqual([name, expect.arrayContaining(["origin-moved"])]);
    }
    const next = await project.plan();
    expect(Object.values(next.changes).filter(({ action }) => action !== "none")).toEqual([]);
  });
});
