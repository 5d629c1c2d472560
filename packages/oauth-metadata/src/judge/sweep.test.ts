import type { Advice, Finding, GatewayProfile } from "@mcpstack/model";
import fc from "fast-check";
import { discover } from "../discover";
import type { Ask } from "../discovery/ask";
import { readPublicLeg } from "../public-leg/read-public-leg";
import { askingReader } from "../testing/map-reader";
import { type World, worlds } from "../testing/random-worlds";
import { judge } from "./judge";
import { judgePublicLeg } from "./public-leg";

/** Everything that is found in a world, as it is read anew. */
async function everything({ profile, attached, mcpUrl, documents, challenges }: World): Promise<readonly Finding[]> {
  const ask: Ask = async (url, _named, o) => {
    const challenge = challenges[url];
    if (o?.headersOnly) {
      return challenge === undefined
        ? { outcome: "found", status: 404 }
        : { outcome: "found", status: 401, headers: { "www-authenticate": challenge } };
    }
    const object = Object.hasOwn(documents, url) ? documents[url] : undefined;
    return object === undefined ? { outcome: "not-found", status: 404 } : { outcome: "found", status: 200, object };
  };
  const discovered = await discover(askingReader(ask), profile, { programUrls: [] });
  const leg = await readPublicLeg(ask, { mcpUrl }, []);
  return [...judge({ profile, discovered, attached, trustedOrigins: [] }), ...judgePublicLeg(leg)];
}

/** The world once somebody did what was advised. */
function take(world: World, { profile: change, document }: Advice): World {
  const written = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
  if (change) return { ...world, profile: written({ ...world.profile, ...change }) as unknown as GatewayProfile };
  if (!document) return world;
  const { at, fields } = document;
  return {
    ...world,
    documents: { ...world.documents, [at]: written({ ...world.documents[at], ...fields }) },
  };
}

const place = ({ code, path }: Finding) => `${code} ${path.join()}`;
const count = (findings: readonly Finding[], one: Finding) =>
  findings.filter((two) => place(two) === place(one)).length;

test("Whoever takes any advice, one after another, is rid of each finding and never comes back to where he was", async () => {
  const advised = new Set<string>();
  await fc.assert(
    fc.asyncProperty(worlds, fc.infiniteStream(fc.nat()), async (first, choices) => {
      let world = first;
      let findings = await everything(world);
      const seen = new Set([JSON.stringify(world)]);
      const said: string[] = [];
      for (;;) {
        const open = findings.filter(({ advice }) => advice !== undefined);
        const finding = open[(choices.next().value ?? 0) % Math.max(1, open.length)];
        if (!finding?.advice) return;
        advised.add(finding.code);
        said.push(`${finding.code}: ${finding.fix}`);
        world = take(world, finding.advice);
        const after = await everything(world);
        const where = said.join("\n");
        if (count(after, finding) >= count(findings, finding)) throw new Error(`It stays:\n${where}`);
        if (seen.has(JSON.stringify(world))) throw new Error(`It leads in a circle:\n${where}`);
        const loud = after.find((one) => one.severity !== "info" && !findings.some(({ code }) => code === one.code));
        if (loud && finding.advice.profile) throw new Error(`It brings ${loud.code}: ${loud.summary}\n${where}`);
        seen.add(JSON.stringify(world));
        findings = after;
      }
    }),
    { numRuns: 800, seed: 20261126 },
  );
  // The worlds are worth their time only if much is advised in them.
  expect(advised.size).toBeGreaterThan(12);
});
