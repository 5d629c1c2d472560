// A state that was written before there was a baseline: nothing is accepted because of it, and nothing is drift.
import {
  type LocalApi,
  type ServerBehaviour,
  startLocalApi,
  startTableIssuer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { type Args, codesOf, type Driven, type Project, pulumi, terraformNext } from "./engines";

/** What is edited in the first run of this version. */
const edits = {
  nothing: {},
  client_id: { client_id: "two" },
  resource: { resource: "https://api.example.com" },
  metadata_check: { metadata_check: "off" },
} satisfies Record<string, Args>;
type Edit = keyof typeof edits;
const gateways = Object.keys(edits) as Edit[];

const combinations: readonly (Driven & { readonly fills: ServerBehaviour["fills"] })[] = [
  { ...terraformNext, fills: "derived" },
  { ...pulumi, fills: "discovered" },
];

describe.each(combinations)("with $name, where the service fills in what is $fills", ({ start, fills }) => {
  const issuers = {} as Record<Edit, TableIssuer>;
  let api: LocalApi;
  let foreign: TableIssuer;
  let project: Project;
  beforeAll(async () => {
    [api, foreign] = await Promise.all([startLocalApi({ behaviour: { fills } }), startTableIssuer()]);
    for (const edit of gateways) issuers[edit] = await startTableIssuer();
    project = await start(api);
  });
  afterAll(async () => {
    await project?.remove();
    await Promise.all([api, foreign, ...Object.values(issuers)].map((one) => one.close()));
  });
  const program = (edited: (edit: Edit) => Args) =>
    project.write(
      Object.fromEntries(
        gateways.map((edit) => [
          edit,
          { authorization_server_url: issuers[edit].url, resource: issuers[edit].resource, ...edited(edit) },
        ]),
      ),
    );

  test("there is nothing to do and to say, and once a baseline is kept, nothing that changes with every refresh", async () => {
    await program(() => ({}));
    await project.apply();
    await project.age();
    const plan = await project.plan();
    expect(plan).toMatchObject({ ok: true, said: [] });
    expect(Object.values(plan.changes).filter(({ action }) => action !== "none")).toEqual([]);
    await project.apply();
    expect(await project.drifts()).toBe(false);
    expect((await project.plan()).said).toEqual([]);
  });

  test("what moves abroad is not accepted, whatever is edited first, and stays said", async () => {
    await project.age();
    const accepted = await Promise.all(gateways.map((edit) => project.metadata(edit)));
    for (const issuer of Object.values(issuers)) {
      issuer.setMetadata({ token_endpoint: `${foreign.url}/token`, jwks_uri: `${foreign.url}/jwks` });
    }
    await program((edit) => edits[edit]);
    const edited = await project.apply();
    await program(() => ({}));
    const back = await project.apply();
    for (const [at, edit] of gateways.entries()) {
      expect([edit, await project.metadata(edit)]).toEqual([edit, accepted[at]]);
      expect([edit, codesOf(back, edit)]).toEqual([edit, ["origin-moved"]]);
      if (edit !== "metadata_check")
        expect([edit, codesOf(edited, edit)]).toEqual([edit, expect.arrayContaining(["origin-moved"])]);
    }
    expect(await project.kept()).not.toContain(foreign.origin);
  });

  test("a foreign endpoint that somebody had set before, in silence then, is said", async () => {
    for (const issuer of Object.values(issuers))
      issuer.setMetadata({ token_endpoint: `${issuer.url}/token`, jwks_uri: `${issuer.url}/jwks` });
    const found = api.store.gateways().find(({ name }) => name === "nothing");
    api.store.putGateway(found?.id ?? "", { tokenEndpoint: "https://evil.example.net/token" });
    await project.age();
    for (const told of [await project.plan(), await project.apply()]) {
      expect(told.ok).toBe(true);
      expect(codesOf(told, "nothing")).toEqual(["set-outside-program"]);
    }
    expect(await project.kept()).not.toContain("evil.example.net");
  });
});
