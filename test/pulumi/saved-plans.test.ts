// A plan that was saved holds the update to it: whatever a preview promises while something is not known must come out of the update.
import path from "node:path";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import type * as pulumi from "@pulumi/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

let api: LocalApi;
let issuer: TableIssuer;
let other: TableIssuer;
let project: InlineProject;
beforeAll(async () => {
  [api, issuer, other] = await Promise.all([startLocalApi(), startTableIssuer(), startTableIssuer()]);
  issuer.set("/metadata.json", () => ({ body: issuer.metadata() }));
  project = await inlineProject("saved-plans", api.environment());
  await project.up(programOf(0));
});
afterAll(async () => {
  project.remove();
  await Promise.all([api, issuer, other].map((server) => server.close()));
});

const fixed = (): GatewayArgs => ({
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: issuer.url,
  metadataUrl: `${issuer.url}/metadata.json`,
  resource: issuer.resource,
});

/** A gateway of which some arguments come out of another one, which every round makes anew. */
function programOf(round: number, late: Partial<Record<keyof GatewayArgs, unknown>> = {}): pulumi.automation.PulumiFn {
  return async () => {
    const made = new Gateway(`made-${round}`, {
      name: `Made ${round}`,
      providerType: "manual",
      authorizationServerUrl: "https://made.invalid",
      metadataCheck: "off",
    });
    const known = Object.entries(late).map(([name, value]) => [name, made.id.apply(() => value)]);
    new Gateway("support", { ...fixed(), ...Object.fromEntries(known) });
  };
}

const cases: readonly (readonly [string, () => Partial<Record<keyof GatewayArgs, unknown>>])[] = [
  ["the issuer, which turns out to be the same", () => ({ authorizationServerUrl: issuer.url })],
  ["the metadata URL, which turns out to be the same", () => ({ metadataUrl: `${issuer.url}/metadata.json` })],
  ["the resource", () => ({ resource: issuer.resource })],
  ["the trusted origins", () => ({ trustedOrigins: [other.origin] })],
  ["whether to look", () => ({ metadataCheck: "warn" })],
  ["another issuer", () => ({ authorizationServerUrl: other.url })],
  ["the issuer from before", () => ({ authorizationServerUrl: issuer.url })],
];

test.each(cases.map(([name, late], index) => ({ name, late, round: index + 1 })))(
  "with $name not known in the preview, the update carries out what it saved",
  async ({ late, round }) => {
    const plan = path.join(project.folder, `plan-${round}.json`);
    // A move that is refused is pending all the while.
    issuer.setMetadata({ token_endpoint: round > 1 ? `${other.url}/token` : `${issuer.url}/token` });
    const program = programOf(round, late());
    await project.preview(program, { plan });
    const update = await project.up(program, { plan, mayFail: true });
    expect({ ok: update.ok, violated: update.output.match(/.*violates plan.*/)?.[0] }).toEqual({ ok: true });
    expect((await project.preview(program)).changes).toEqual({ same: 2 });
  },
);
