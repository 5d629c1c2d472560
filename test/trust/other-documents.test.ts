// A refused origin comes back in a document about the same issuer, at its own host, that calls itself something without an origin.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Args, codesOf, everyEngine, type Project } from "./engines";

const claimed = { by_word: "acme", by_urn: "urn:acme", by_the_stranger: "foreign" } as const;
const gateways = Object.keys(claimed) as (keyof typeof claimed)[];

describe.each(everyEngine)("with $name, another document about the accepted issuer", ({ start }) => {
  let api: LocalApi;
  let issuer: TableIssuer;
  let foreign: TableIssuer;
  let project: Project;
  const program = (more: (name: keyof typeof claimed) => Args) =>
    project.write(
      Object.fromEntries(gateways.map((name) => [name, { authorization_server_url: issuer.url, ...more(name) }])),
    );

  beforeAll(async () => {
    api = await startLocalApi();
    [issuer, foreign] = await Promise.all([startTableIssuer(), startTableIssuer()]);
    project = await start(api);
    await program(() => ({}));
    expect(await project.apply()).toMatchObject({ ok: true, said: [] });
    issuer.setMetadata({ token_endpoint: `${foreign.url}/token` });
    for (const name of gateways) {
      const calledItself = claimed[name] === "foreign" ? foreign.url : claimed[name];
      issuer.set(`/${name}.json`, {
        body: { ...issuer.metadata(), issuer: calledItself, authorization_endpoint: `${foreign.url}/authorize` },
      });
    }
  });
  afterAll(async () => {
    await project?.remove();
    await Promise.all([api, issuer, foreign].map((server) => server.close()));
  });

  const withDocuments = (more: Args) =>
    program((name) => ({
      metadata_url: `${issuer.url}/${name}.json`,
      findings: { "issuer-mismatch": "off" },
      ...more,
    }));

  test("names the foreign origins before they are accepted, whatever it calls itself", async () => {
    await withDocuments({});
    const plan = await project.plan();
    for (const name of gateways) {
      expect([name, codesOf(plan, name)]).toEqual([name, expect.arrayContaining(["endpoint-other-origin"])]);
      const said = plan.said.filter((one) => one.gateway === name && one.code === "endpoint-other-origin");
      expect(said[0]?.text).toContain(`${foreign.url}/token`);
    }
  });

  test("is not accepted where findings count, until the program names the origin", async () => {
    await withDocuments({ metadata_check: "error" });
    expect(await project.apply()).toMatchObject({ ok: false });
    expect(await project.kept()).not.toContain(foreign.origin);
    await withDocuments({ metadata_check: "error", trusted_origins: [foreign.origin] });
    const trusted = await project.apply();
    expect([trusted.ok, trusted.said.filter(({ code }) => code === "endpoint-other-origin")]).toEqual([true, []]);
  });
});
