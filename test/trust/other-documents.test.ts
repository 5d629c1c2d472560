// A refused origin comes back in a document about the same issuer, at its own host, that calls itself something without an origin.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Args, eachKind, type Project } from "./engines";

const claimed = { by_word: "acme", by_urn: "urn:acme", by_the_stranger: "foreign" } as const;
const gateways = Object.keys(claimed) as (keyof typeof claimed)[];

describe.each(eachKind)("with $name, another document about the accepted issuer", ({ start }) => {
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

  test("lets in no foreign origin, names it, and makes the edit", async () => {
    await withDocuments({});
    const plan = await project.plan();
    for (const name of gateways) {
      const said = plan.said.filter((one) => one.gateway === name && one.code === "origin-moved");
      expect([name, said[0]?.text]).toEqual([name, expect.stringContaining(`${foreign.url}/token`)]);
    }
    expect(await project.apply()).toMatchObject({ ok: true });
    expect(await project.kept()).not.toContain(foreign.origin);
    expect(
      api.store
        .gateways()
        .map(({ metadataUrl }) => metadataUrl)
        .sort(),
    ).toEqual(gateways.map((name) => `${issuer.url}/${name}.json`).sort());
  });

  test("nor where findings count, until the program names the origin", async () => {
    await withDocuments({ metadata_check: "error" });
    expect(await project.plan()).toMatchObject({ ok: false });
    expect(await project.kept()).not.toContain(foreign.origin);
    await withDocuments({ metadata_check: "error", trusted_origins: [foreign.origin] });
    const trusted = await project.apply();
    expect([trusted.ok, trusted.said.filter(({ severity }) => severity === "error")]).toEqual([true, []]);
    expect(await project.kept()).toContain(`${foreign.url}/token`);
  });
});
