// A configuration is often run in a checkout that somebody else wrote. What lies there, above it or in a home decides nothing.
import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { engineEnvironment, type Form, runEngine, Workspace } from "../e2e/workspace";
import { setTrap, type Trap } from "./hostile-folder";

const repository = path.resolve(__dirname, "../..");
const { bunProgram, closedToItsFolder } = JSON.parse(
  execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import { bunProgram, closedToItsFolder } from ${JSON.stringify(path.join(repository, "packages/terraform-provider/build.mjs"))};
       console.log(JSON.stringify({ bunProgram: bunProgram(), closedToItsFolder }));`,
    ],
    { encoding: "utf8" },
  ),
) as { bunProgram: string; closedToItsFolder: string[] };

let root: string;
let trap: Trap;
let api: LocalApi;
let issuer: TableIssuer;
beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), "mcpstack-hostile-")));
  trap = await setTrap(root);
  api = await startLocalApi();
  issuer = await startTableIssuer();
});
afterEach(() => trap.reset());
afterAll(async () => {
  await Promise.all([trap.close(), api.close(), issuer.close()]);
  await rm(root, { recursive: true, force: true });
});

/** An empty folder in an empty one, and a hostile folder in a hostile one, each with a home of its kind. */
async function places(name: string) {
  const [empty, hostile] = [path.join(root, name, "empty"), path.join(root, name, "hostile")];
  for (const place of [empty, hostile]) await mkdir(path.join(place, "home/xdg"), { recursive: true });
  for (const folder of ["", "home", "home/xdg"]) await trap.plant(path.join(hostile, folder));
  return { empty: path.join(empty, "work"), hostile: path.join(hostile, "work") };
}

const homeOf = (folder: string) => ({
  HOME: path.join(path.dirname(folder), "home"),
  XDG_CONFIG_HOME: path.join(path.dirname(folder), "home/xdg"),
});

/** The connection in the older set of variables: whoever may add one of the newer set leads it elsewhere. */
const connection = () => ({
  AGENETIX_API_URL: api.url,
  AGENETIX_ACCESS_TOKEN: api.accessToken,
});

test("The files that are planted would be obeyed by an executable that Bun makes as it usually does", async () => {
  const { hostile } = await places("control");
  await trap.plant(hostile);
  const entry = path.join(root, "entry.js");
  await writeFile(entry, "console.log(process.env.MCPSTACK_API_URL)");
  const program = path.join(root, "control-program");
  await promisify(execFile)(bunProgram, ["build", "--compile", entry, "--outfile", program]);
  const { stdout } = await promisify(execFile)(program, [], { cwd: hostile, env: { PATH: process.env.PATH } });
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:/);
  expect(trap.ran()).toContain("evil.js");
});

test("Every file that the pinned Bun can make an executable look for is switched off in the build", () => {
  const help = execFileSync(bunProgram, ["build", "--help"], { encoding: "utf8" });
  const known = [...help.matchAll(/--no-compile-autoload-[a-z-]+/g)].map(([flag]) => flag);
  expect(known.length).toBeGreaterThan(0);
  expect([...closedToItsFolder].sort()).toEqual([...new Set(known)].sort());
});

test.each(["provider", "provider.cjs"])(
  "%s asks for nothing but Node's own modules, by names that no file can take",
  (file) => {
    const text = readFileSync(path.join(repository, "packages/terraform-provider/dist/bundle", file), "utf8");
    const asked = [...text.matchAll(/\brequire\(\\?"([^"\\]+)\\?"\)/g)].map(([, name]) => name ?? "");
    expect(asked).toContain("node:http2");
    const bundledBesides = file === "provider" ? ["undici", "zod"] : [];
    expect([...new Set(asked.filter((name) => !name.startsWith("node:")))].sort()).toEqual(bundledBesides);
  },
);

describe.each<Form>(["script", "executable"])("The provider as %s", (form) => {
  let folders: { empty: string; hostile: string };
  beforeAll(async () => {
    folders = await places(form);
    const workspace = await Workspace.create({ api, form });
    await workspace.write(configuration("Support"));
    await workspace.apply();
    await workspace.write(configuration("Support desk"));
    // As real files, as Terraform unpacks a provider from an archive: they lie in the hostile directory themselves.
    for (const folder of [folders.empty, folders.hostile]) {
      await cp(workspace.folder, folder, { recursive: true, dereference: true });
    }
    await workspace.remove();
    await trap.plant(folders.hostile);
  });

  /** What the engine says, and what it asks of the API. */
  async function outcomeIn(folder: string, nodeEnv: string, command: readonly string[]) {
    api.clearRequests();
    const env = { ...(await engineEnvironment(form)), ...homeOf(folder), ...connection(), NODE_ENV: nodeEnv };
    const { status, text } = await runEngine("terraform", command, folder, env);
    const requests = api.requests.map(({ method, path: at, search, headers, token }) =>
      JSON.stringify([method, at, search, token, { ...headers, host: "" }]),
    );
    return { status, text, requests: requests.sort() };
  }

  test.each([
    ["", "validate -no-color"],
    ["", "providers schema -json"],
    ["", "plan -input=false -no-color"],
    ["development", "plan -input=false -no-color"],
    ["production", "plan -input=false -no-color"],
    ["", "apply -refresh-only -auto-approve -input=false -no-color"],
  ])("does the same in a hostile directory as in an empty one, with NODE_ENV=%j: %s", async (nodeEnv, command) => {
    const expected = await outcomeIn(folders.empty, nodeEnv, command.split(" "));
    const seen = await outcomeIn(folders.hostile, nodeEnv, command.split(" "));
    expect(expected.status).toBe(0);
    expect(seen).toEqual(expected);
    expect(trap.ran()).toEqual([]);
    expect(trap.received).toEqual([]);
  });
});

const configuration = (name: string) => `
resource "mcpstack_gateway" "support" {
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = "${issuer.url}"
  scopes                   = ["openid"]
}
`;

describe("The command", () => {
  let folders: { empty: string; hostile: string };
  beforeAll(async () => {
    folders = await places("command");
    await mkdir(folders.empty);
    await trap.plant(folders.hostile);
    const { id } = api.store.createGateway({
      name: "Plants",
      providerType: "manual",
      authorizationServerUrl: issuer.url,
      scopes: ["openid"],
    });
    api.store.attach("srv_petalpal_api", { gatewayId: id, publicId: "gw_plants" });
    for (const folder of [folders.empty, folders.hostile]) await writeFile(path.join(folder, "plan.json"), plan());
  });

  async function outcomeIn(folder: string, args: readonly string[]) {
    const program = path.join(repository, "packages/cli/bin/mcpstack-iac.cjs");
    const env = { PATH: process.env.PATH, ...homeOf(folder), ...connection() };
    return promisify(execFile)(process.execPath, [program, ...args], { cwd: folder, env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );
  }

  test.each([
    ["drift --format json --info"],
    ["checklist Plants --format json"],
    ["import Plants"],
    ["review plan.json --format json --no-preflight"],
  ])("does the same in a hostile directory as in an empty one: %s", async (command) => {
    const expected = await outcomeIn(folders.empty, command.split(" "));
    const seen = await outcomeIn(folders.hostile, command.split(" "));
    expect(expected.code).not.toBe(2);
    expect(timeless(seen)).toEqual(timeless(expected));
    expect(trap.ran()).toEqual([]);
    expect(trap.received).toEqual([]);
  });

  const timeless = <T extends { stdout: string }>(outcome: T) => ({
    ...outcome,
    stdout: outcome.stdout.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "(a time)"),
  });
});

/** A plan that creates one gateway, as `terraform show -json` writes it. */
function plan(): string {
  const after = { name: "Plants", provider_type: "manual", authorization_server_url: issuer.url, scopes: ["openid"] };
  const address = "mcpstack_gateway.plants";
  const type = { type: "mcpstack_gateway", name: "plants", provider_name: "registry.terraform.io/mcpstack/mcpstack" };
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: [{ address, mode: "managed", ...type, values: after }] } },
    resource_changes: [
      { address, mode: "managed", ...type, change: { actions: ["create"], before: null, after, after_unknown: {} } },
    ],
    configuration: { root_module: { resources: [] } },
  });
}
