// The program leads to the document of its issuer in another way, just when that document has changed.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { type Args, codesOf, type Project, pulumi, terraformNext } from "./engines";

const first = "/.well-known/oauth-authorization-server";
const second = "/.well-known/openid-configuration";

interface Way {
  readonly before: (issuer: TableIssuer) => Args;
  readonly after: (issuer: TableIssuer) => Args;
  /** Whether it leads to another document of the issuer, which no look has read before the plan. */
  readonly isUnread?: true;
}
const plain = ({ url }: TableIssuer): Args => ({ authorization_server_url: url });
const at =
  (path: string) =>
  ({ url }: TableIssuer): Args => ({ authorization_server_url: url, metadata_url: `${url}${path}` });
const ways: Readonly<Record<string, Way>> = {
  named: { before: plain, after: at(first) },
  in_its_place: { before: plain, after: ({ url }) => ({ authorization_server_url: `${url}${first}` }) },
  left_out: { before: at(first), after: plain },
  spelled: { before: plain, after: ({ url }) => ({ authorization_server_url: `${url}/` }) },
  resource: { before: plain, after: (issuer) => ({ ...plain(issuer), resource: issuer.resource }) },
  second: { before: plain, after: at(second), isUnread: true },
  second_left_out: { before: at(second), after: plain, isUnread: true },
};
const names = Object.keys(ways);

describe.each([terraformNext, pulumi])(
  "with $name, an edit that leads to the same issuer in another way",
  ({ start }) => {
    let api: LocalApi;
    const issuers = new Map<string, TableIssuer>();
    let project: Project;
    beforeEach(async () => {
      api = await startLocalApi();
      for (const name of names) issuers.set(name, await startTableIssuer());
      project = await start(api);
      await write("before");
      await project.apply();
    });
    afterEach(async () => {
      await project?.remove();
      await Promise.all([api, ...issuers.values()].map((server) => server.close()));
    });
    const write = (when: "before" | "after") =>
      project.write(
        Object.fromEntries(
          [...issuers].map(([name, issuer]) => [name, { client_id: "c", ...ways[name as "named"]?.[when](issuer) }]),
        ),
      );

    const moves: readonly (readonly [string, (issuer: TableIssuer) => Record<string, unknown>])[] = [
      ["a token endpoint that moved", ({ url }) => ({ token_endpoint: `${url}/token2` })],
      ["an issuer that gains a slash", ({ url }) => ({ issuer: `${url}/` })],
      ["a registration endpoint that is gone", () => ({ registration_endpoint: undefined })],
    ];
    test.each(moves)("shows %s in its own plan, and leaves nothing for the next one", async (_, moved) => {
      for (const issuer of issuers.values()) issuer.setMetadata(moved(issuer));
      await write("after");
      const plan = await project.plan();
      for (const [name, { isUnread = false }] of Object.entries(ways)) {
        const { changed = [], unknown = [] } = plan.changes[name] ?? {};
        const isOfMetadata = (path: string) => path.startsWith("metadata") && path !== "metadata.resource";
        expect([name, changed.some(isOfMetadata)]).toEqual([name, true]);
        if (!isUnread) expect([name, unknown.filter(isOfMetadata)]).toEqual([name, []]);
        const said = codesOf(plan, name);
        expect([name, said]).toEqual([
          name,
          expect.arrayContaining([expect.stringMatching(/^(metadata-moved|issuer-)/)]),
        ]);
      }
      expect((await project.apply()).ok).toBe(true);
      const next = await project.plan();
      for (const name of names) expect([name, next.changes[name]?.action]).toEqual([name, "none"]);
    });

    test("is refused a move to an origin that the program does not name, and says so", async () => {
      for (const issuer of issuers.values()) issuer.setMetadata({ token_endpoint: "https://evil.example/token" });
      await write("after");
      const plan = await project.plan();
      for (const name of names)
        expect([name, codesOf(plan, name)]).toEqual([name, expect.arrayContaining(["origin-moved"])]);
      await project.apply();
      expect(await project.kept()).not.toContain("evil.example");
    });
  },
);
