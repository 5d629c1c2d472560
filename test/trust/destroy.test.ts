// Nothing that may be said about a gateway keeps it from being destroyed.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type LocalApi,
  type StoredGateway,
  startLocalApi,
  startTableIssuer,
  type TableIssuer,
} from "@mcpstack/local-api";
import { type Engine, type Form, Workspace } from "../e2e/workspace";
import { readText } from "../faults/workspace";
import { saidByTerraform } from "./engines";

const engines: readonly (readonly [Engine, Form])[] = [
  ["terraform", "script"],
  ["terraform-next", "executable"],
  ["opentofu", "executable"],
];

let api: LocalApi;
let foreign: TableIssuer;
let issuers: Record<string, TableIssuer>;
let workspace: Workspace;
beforeEach(async () => {
  [api, foreign] = await Promise.all([startLocalApi(), startTableIssuer()]);
  issuers = {};
  for (const name of Object.keys(wrongs)) issuers[name] = await startTableIssuer();
});
afterEach(async () => {
  await workspace.remove();
  await Promise.all([api, foreign, ...Object.values(issuers)].map((one) => one.close()));
});

interface Wrong {
  /** Before the gateway is made. What was reached once and is down later is never an error. */
  readonly first?: (issuer: TableIssuer) => void;
  /** When it is there. */
  readonly happens: (issuer: TableIssuer, foreign: TableIssuer) => void;
  /** Lines of the gateway with which that counts as an error. */
  readonly lines?: string;
  readonly code: string;
}
const wrongs: Record<string, Wrong> = {
  refused_move: {
    happens: (issuer, { url }) => issuer.setMetadata({ token_endpoint: `${url}/token` }),
    lines: `metadata_check = "error"`,
    code: "origin-moved",
  },
  vanished: { happens: (issuer) => issuer.setAll({ status: 404 }), code: "metadata-not-found" },
  other_issuer: {
    happens: (issuer) => issuer.setMetadata({ issuer: `${issuer.url}/renamed` }),
    code: "issuer-mismatch",
  },
  down: {
    first: (issuer) => issuer.setAll({ cut: true }),
    happens: (issuer) => issuer.setAll({ cut: true }),
    lines: `findings = { "metadata-unreachable" = "error" }`,
    code: "metadata-unreachable",
  },
  set_elsewhere: {
    happens: () => {
      const { id } = api.store.gateways().find(({ name }) => name === "set_elsewhere") ?? { id: "" };
      api.store.putGateway(id, { tokenEndpoint: "https://evil.example.net/token" });
    },
    code: "set-outside-program",
  },
};

/** Gateways, an attachment whose callback URL is not the usual one, and, where so much is asked, what makes each an error. */
const configuration = (strict: boolean) => `
provider "mcpstack" {
  metadata_check = "${strict ? "error" : "warn"}"
  findings       = { "callback-url-differs" = "error" }
}
${Object.entries(wrongs)
  .map(
    ([name, { lines }]) => `
resource "mcpstack_gateway" "${name}" {
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = "${issuers[name]?.url}"
  ${strict ? (lines ?? "") : ""}
}
`,
  )
  .join("")}
resource "mcpstack_gateway" "fine" {
  name                     = "fine"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
}
resource "mcpstack_server_gateway_attachment" "petalpal" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.fine.id
}
`;

/** Everything is applied, and then everything goes wrong. */
async function wronged(engine: Engine, form: Form) {
  workspace = await Workspace.create({ api, engine, form });
  for (const [name, { first }] of Object.entries(wrongs)) first?.(issuers[name] as TableIssuer);
  await workspace.write(configuration(false));
  await workspace.apply();
  await workspace.write(configuration(true));
  goWrong();
}

function goWrong() {
  for (const [name, { happens }] of Object.entries(wrongs)) happens(issuers[name] as TableIssuer, foreign);
  api.setBehaviour({ attachmentAddresses: "slash" });
}

/** The codes of what was said, by severity. */
async function told(...args: string[]) {
  const { status, stdout } = await workspace.run(...args, "-input=false", "-json");
  const said = saidByTerraform(stdout);
  const of = (severity: "error" | "warning") =>
    [...new Set(said.filter((one) => one.severity === severity).map(({ code, text }) => code || text))].sort();
  return { status, errors: of("error"), warnings: of("warning") };
}

describe.each(engines)("with %s and the provider as %s, under metadata_check error", (engine, form) => {
  test("an ordinary plan fails for what is wrong; planning a destroy and destroying, in every way, does not", async () => {
    await wronged(engine, form);
    const codes = Object.values(wrongs).map(({ code }) => code);
    expect(await told("plan")).toMatchObject({ status: 1, errors: [...codes, "callback-url-differs"].sort() });

    const destroying = workspace.with({ TF_CLI_ARGS_plan: "-destroy" });
    expect((await destroying.run("plan", "-input=false", "-no-color")).status).toBe(0);
    expect(await told("plan", "-destroy")).toMatchObject({ status: 0, errors: [] });
    // A target alone, its way in the plan and in the apply.
    expect(await told("apply", "-destroy", "-auto-approve", "-target=mcpstack_gateway.down")).toMatchObject({
      status: 0,
      errors: [],
    });
    expect(api.store.gateways()).toHaveLength(Object.keys(wrongs).length);
    expect(await told("destroy", "-auto-approve")).toMatchObject({ status: 0, errors: [] });
    expect([api.store.gateways(), api.store.attachment("petalpal-api")]).toEqual([[], undefined]);
  });

  test("what has an error of its own fails a plan, and is destroyed", async () => {
    workspace = await Workspace.create({ api, engine, form });
    const fine = configuration(false).slice(configuration(false).indexOf(`resource "mcpstack_gateway" "fine"`));
    await workspace.write(fine);
    await workspace.apply();
    const { id, name, providerType, authorizationServerUrl } = api.store.gateways()[0] as StoredGateway;
    const error = "token exchange failed";
    for (const [path, document] of [
      [`/gateways/${id}`, { id, name, providerType, authorizationServerUrl }],
      ["/mcp-servers/petalpal-api/gateway", { serverId: "srv_petalpal_api", gatewayId: id }],
    ] as const)
      api.faults.add({ match: { method: "GET", path }, action: { status: 200, body: { ...document, error } } });
    const plan = await workspace.run("plan", "-input=false", "-no-color");
    expect([plan.status, readText(plan).includes(error)]).toEqual([1, true]);
    expect(await told("destroy", "-auto-approve")).toMatchObject({ status: 0, errors: [] });
    expect([api.store.gateways(), api.store.attachment("petalpal-api")]).toEqual([[], undefined]);
  });

  test("taking gateways out of the program destroys them as well", async () => {
    await wronged(engine, form);
    await workspace.write(configuration(true).split("resource")[0] ?? "");
    expect(await told("apply", "-auto-approve")).toMatchObject({ status: 0, errors: [] });
    expect(api.store.gateways()).toEqual([]);
  });
});

describe.each<[Engine, Form]>([
  ["terraform", "script"],
  ["opentofu", "executable"],
])("the test command of %s, with the provider as %s", (engine, form) => {
  const runs = (file: string, ...names: string[]) =>
    writeFile(
      path.join(workspace.folder, file),
      names.map((name) => `run "${name}" {\n  command = apply\n}\n`).join(""),
    );

  test("takes down what it made, although by then everything is wrong", async () => {
    workspace = await Workspace.create({ api, engine, form });
    await workspace.write(configuration(true));
    await runs("made.tftest.hcl", "makes");
    // As soon as the apply has made the last of them, everything is wrong.
    const wrongOnce = setInterval(() => {
      if (api.store.attachment("petalpal-api") === undefined) return;
      if (api.store.gateways().length < Object.keys(wrongs).length + 1) return;
      clearInterval(wrongOnce);
      goWrong();
    }, 1);
    const outcome = await workspace.run("test", "-no-color");
    clearInterval(wrongOnce);
    expect(readText(outcome)).toContain("1 passed, 0 failed");
    expect(outcome.status).toBe(0);
    expect(api.behaviour().attachmentAddresses).toBe("slash");
    expect([api.store.gateways(), api.store.attachment("petalpal-api")]).toEqual([[], undefined]);
  });

  test("fails in its apply for a gateway that a finding refuses, with nothing written", async () => {
    workspace = await Workspace.create({ api, engine, form });
    issuers.vanished?.setAll({ status: 404 });
    await workspace.write(`
provider "mcpstack" {
  metadata_check = "error"
}
resource "mcpstack_gateway" "vanished" {
  name                     = "vanished"
  provider_type            = "manual"
  authorization_server_url = "${issuers.vanished?.url}"
}
`);
    await runs("refused.tftest.hcl", "refused");
    const outcome = await workspace.run("test", "-no-color");
    expect(outcome.status).toBe(1);
    expect(readText(outcome)).toContain("(metadata-not-found)");
    expect(readText(outcome)).toContain("0 passed, 1 failed");
    expect(api.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(api.store.gateways()).toEqual([]);
  });
});
