// What issuers publish moves to an origin that nobody named. Whatever is edited then, no apply accepts it.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Args, codesOf, everyEngine, type Plan, type Project, type Told } from "./engines";

/** What is edited after the move, beside nothing at all. */
const edits = {
  nothing: () => ({}),
  resource: () => ({ resource: "https://api.example.com" }),
  no_resource: () => ({ resource: undefined }),
  client_id: () => ({ client_id: "two" }),
  description: () => ({ description: "edited" }),
  scopes: () => ({ scopes: ["openid", "profile"] }),
  endpoints: ({ url }) => ({ authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` }),
  registration_endpoint: ({ url }) => ({ registration_endpoint: `${url}/register` }),
  document: ({ url }) => ({ metadata_url: `${url}/.well-known/oauth-authorization-server` }),
  slash: ({ url }) => ({ authorization_server_url: `${url}/` }),
  metadata_check: () => ({ metadata_check: "off" }),
  trusted_origins: () => ({ trusted_origins: ["https://another.example.com"] }),
} satisfies Record<string, (issuer: TableIssuer) => Args>;
type Edit = keyof typeof edits;
const gateways = Object.keys(edits) as Edit[];

describe.each(everyEngine)("with $name, token endpoints and keys move to a foreign origin", ({ start }) => {
  const issuers = {} as Record<Edit, TableIssuer>;
  const accepted = {} as Record<Edit, unknown>;
  let api: LocalApi;
  let foreign: TableIssuer;
  let project: Project;

  const ordinary = (edit: Edit): Args => ({
    authorization_server_url: issuers[edit].url,
    client_id: "one",
    resource: issuers[edit].resource,
    scopes: ["openid"],
  });
  const program = (args: (edit: Edit) => Args) =>
    project.write(Object.fromEntries(gateways.map((edit) => [edit, args(edit)])));

  beforeAll(async () => {
    [api, foreign] = await Promise.all([startLocalApi(), startTableIssuer()]);
    for (const edit of gateways) issuers[edit] = await startTableIssuer();
    project = await start(api);
    await program(ordinary);
    expect(await project.apply()).toMatchObject({ ok: true, said: [] });
    for (const edit of gateways) accepted[edit] = await project.metadata(edit);
    for (const edit of gateways) {
      issuers[edit].setMetadata({ token_endpoint: `${foreign.url}/token`, jwks_uri: `${foreign.url}/jwks` });
    }
  });
  afterAll(async () => {
    await project?.remove();
    await Promise.all([api.close(), foreign.close(), ...Object.values(issuers).map((issuer) => issuer.close())]);
  });

  /** Applied, nothing holds the foreign origin, and of each gateway is kept what was accepted. */
  async function acceptsNothing(plan: Plan, apply: Told) {
    expect([plan.ok, apply.ok]).toEqual([true, true]);
    expect(plan.data).not.toContain(foreign.origin);
    expect(await project.kept()).not.toContain(foreign.origin);
    for (const edit of gateways) {
      // Which resource it is belongs to no issuer: its own identifier follows the program.
      const { resource: _, ...before } = accepted[edit] as Record<string, unknown>;
      expect([edit, await project.metadata(edit)]).toEqual([edit, expect.objectContaining(before)]);
    }
  }

  test("an edit of anything is planned as that edit alone, accepts nothing, and the move stays said", async () => {
    await program((edit) => ({ ...ordinary(edit), ...edits[edit](issuers[edit]) }));
    const plan = await project.plan();
    const apply = await project.apply();

    const changed = Object.fromEntries(Object.entries(plan.changes).map(([name, change]) => [name, change.changed]));
    expect(changed).toEqual({
      nothing: [],
      resource: ["metadata.resource", "resource"],
      no_resource: ["metadata.resource", "resource"],
      client_id: ["client_id"],
      description: ["description"],
      scopes: ["scopes"],
      endpoints: ["authorization_endpoint", "token_endpoint"],
      registration_endpoint: ["registration_endpoint"],
      document: ["metadata_url"],
      slash: ["authorization_server_url"],
      metadata_check: ["metadata_check"],
      trusted_origins: ["trusted_origins"],
    } satisfies Record<Edit, string[]>);
    const unknown = Object.values(plan.changes).flatMap((change) => change.unknown);
    expect(new Set(unknown)).toEqual(new Set(unknown.length > 0 ? ["metadata.resource"] : []));
    await acceptsNothing(plan, apply);
    for (const told of [plan, apply]) {
      for (const edit of gateways.filter((one) => one !== "metadata_check")) {
        expect([edit, codesOf(told, edit)]).toEqual([edit, expect.arrayContaining(["origin-moved"])]);
      }
      expect(codesOf(told, "metadata_check")).toEqual([]);
    }
  });

  test("on the way back, with the check on again, what the program names is accepted, and nothing else", async () => {
    await program((edit) => ({
      ...ordinary(edit),
      ...(edit === "trusted_origins" ? { trusted_origins: [foreign.origin] } : {}),
    }));
    const plan = await project.plan();
    const apply = await project.apply();
    expect([plan.ok, apply.ok]).toEqual([true, true]);
    for (const edit of gateways.filter((one) => one !== "trusted_origins")) {
      expect([edit, await project.metadata(edit)]).toEqual([edit, accepted[edit]]);
      for (const told of [plan, apply]) expect([edit, codesOf(told, edit)]).toEqual([edit, ["origin-moved"]]);
    }
    expect(plan.changes.trusted_origins?.changed).toEqual([
      "metadata.jwks_uri",
      "metadata.token_endpoint",
      "trusted_origins",
    ]);
    for (const told of [plan, apply]) expect(codesOf(told, "trusted_origins")).toEqual(["metadata-moved"]);
    expect(await project.metadata("trusted_origins")).toMatchObject({ token_endpoint: `${foreign.url}/token` });
  });
});
