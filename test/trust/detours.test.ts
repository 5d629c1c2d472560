// A program names another issuer for a while, and the old one again. Meanwhile what that publishes moved to an origin that nobody named.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Args, codesOf, eachKind, type Project } from "./engines";

const detours = {
  over_nothing_readable: ({ other }) => ({ authorization_server_url: `${other.url}/no-issuer-here` }),
  over_another_issuer: ({ other }) => ({ authorization_server_url: other.url }),
  over_an_unchecked_one: ({ other }) => ({ authorization_server_url: other.url, metadata_check: "off" }),
  // What it publishes is issued, so it says, by the one that the program named before.
  over_a_pretender: ({ pretender }) => ({ authorization_server_url: pretender.url }),
  over_another_document: ({ other }) => ({ metadata_url: `${other.url}/.well-known/oauth-authorization-server` }),
} satisfies Record<string, (to: { other: TableIssuer; pretender: TableIssuer }) => Args>;
type Detour = keyof typeof detours;
const gateways = Object.keys(detours) as Detour[];

describe.each(eachKind)("with $name, a detour over another issuer", ({ start }) => {
  const issuers = {} as Record<Detour, TableIssuer>;
  const accepted = {} as Record<Detour, unknown>;
  let api: LocalApi;
  let foreign: TableIssuer;
  let other: TableIssuer;
  let pretender: TableIssuer;
  let project: Project;

  const ordinary = (name: Detour): Args => ({ authorization_server_url: issuers[name].url, client_id: "one" });
  const program = (args: (name: Detour) => Args) =>
    project.write(Object.fromEntries(gateways.map((name) => [name, args(name)])));

  beforeAll(async () => {
    api = await startLocalApi();
    [foreign, other, pretender] = await Promise.all([startTableIssuer(), startTableIssuer(), startTableIssuer()]);
    for (const name of gateways) issuers[name] = await startTableIssuer();
    pretender.setMetadata({ issuer: issuers.over_a_pretender.url });
    project = await start(api);
    await program(ordinary);
    expect(await project.apply()).toMatchObject({ ok: true, said: [] });
    for (const name of gateways) accepted[name] = await project.metadata(name);
  });
  afterAll(async () => {
    await project?.remove();
    await Promise.all([api, foreign, other, pretender, ...Object.values(issuers)].map((server) => server.close()));
  });

  test("is no first sight of the old one", async () => {
    await program((name) => ({ ...ordinary(name), ...detours[name]({ other, pretender }) }));
    expect(await project.apply()).toMatchObject({ ok: true });
    expect(await project.metadata("over_another_issuer")).toMatchObject({ issuer: other.url });
    // A second apply on the way, with something else to do.
    await program((name) => ({ ...ordinary(name), ...detours[name]({ other, pretender }), description: "on the way" }));
    expect(await project.apply()).toMatchObject({ ok: true });

    for (const name of gateways) {
      // The issuer spells itself otherwise now, and stays the one that it was.
      const suffix = name === "over_a_pretender" ? "/tenant2" : "/";
      issuers[name].setMetadata({ issuer: `${issuers[name].url}${suffix}`, token_endpoint: `${foreign.url}/token` });
    }
    await program(ordinary);
    const plan = await project.plan();
    const apply = await project.apply();
    expect([plan.ok, apply.ok]).toEqual([true, true]);
    expect(await project.kept()).not.toContain(foreign.origin);
    for (const name of gateways) {
      for (const told of [plan, apply]) {
        expect([name, codesOf(told, name)]).toEqual([name, expect.arrayContaining(["origin-moved"])]);
      }
      expect([name, await project.metadata(name)]).toEqual([name, accepted[name]]);
    }
  });

  test("ends, once the issuer is what it was, in no change", async () => {
    for (const name of gateways)
      issuers[name].setMetadata({ issuer: issuers[name].url, token_endpoint: `${issuers[name].url}/token` });
    const { ok, changes, said } = await project.plan();
    const actions = Object.values(changes).map(({ action }) => action);
    expect({ ok, actions, said }).toEqual({ ok: true, actions: gateways.map(() => "none"), said: [] });
  });
});
