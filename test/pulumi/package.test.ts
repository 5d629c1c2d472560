// The package as npm publishes it: in a program outside the workspace, and in projects that install it in unusual ways.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { build } from "esbuild";
import { type CliProject, cliProject } from "./cli-project";

const run = promisify(execFile);
const root = path.resolve(__dirname, "../..");
const modules = path.join(root, "node_modules");
let consumer: string;
let installed: string;
let packed: string[];

beforeAll(async () => {
  consumer = mkdtempSync(path.join(tmpdir(), "mcpstack-pulumi-consumer-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", consumer], {
    cwd: path.join(root, "packages/pulumi"),
    shell: process.platform === "win32",
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  packed = files.map((file) => file.path);
  // Offline, and without its peer, which the project brings.
  writeFileSync(path.join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const quietly = ["--offline", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...quietly, path.join(consumer, filename)], {
    cwd: consumer,
    shell: process.platform === "win32",
  });
  installed = path.join(consumer, "node_modules/@mcpstack/pulumi");
  linkPulumi(consumer);
});
afterAll(() => rmSync(consumer, { recursive: true, force: true }));

/** `@pulumi/pulumi` as an ordinary dependency of the project. */
function linkPulumi(folder: string): void {
  mkdirSync(path.join(folder, "node_modules/@pulumi"), { recursive: true });
  symlinkSync(path.join(modules, "@pulumi/pulumi"), path.join(folder, "node_modules/@pulumi/pulumi"), "junction");
}

const program = `import { callbackUrl, Gateway, type GatewayArgs, getGateways, sameIssuer, ServerGatewayAttachment } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.setMocks({
  newResource: ({ name, inputs, id }) => ({ id: id || name, state: inputs }),
  call: ({ inputs }) => inputs,
});
const args: GatewayArgs = {
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: pulumi.output("https://auth.example.com"),
  clientId: process.env["NOT_SET"],
  scopes: ["openid", pulumi.output("profile")],
  settings: { nested: { list: [1, true, null] } },
  connection: { organization: "petalpal", credentialFrom: { env: "OTHER_API_KEY" } },
};
const gateway = new Gateway("support", args, { ignoreChanges: ["metadata"] });
const attachment: ServerGatewayAttachment = gateway.attachTo("petalpal-api", { publicId: "gw_petalpal" });
const url: string = callbackUrl({ publicId: "gw_petalpal", apiUrl: "https://api.mcpstack.com" });
const later: pulumi.Output<string> = callbackUrl({ publicId: attachment.publicId });
const same: boolean = sameIssuer("https://a", "https://a");
const issuer: pulumi.Output<string | undefined> = gateway.metadata.apply((metadata) => metadata?.issuer);
// @ts-expect-error: not a kind of check
const wrong: GatewayArgs = { ...args, metadataCheck: "loud" };
// @ts-expect-error: never the credential itself
const leaking: GatewayArgs = { ...args, connection: { credentialFrom: "a token" } };
void [later, issuer, wrong, leaking, getGateways];
attachment.gatewayId.apply((gatewayId) => console.log(JSON.stringify({ gatewayId, url, same })));
`;

test.each([
  ["CommonJS", "program.cts", "program.cjs"],
  ["an ES module", "program.mts", "program.mjs"],
])("a strict program written as %s compiles against the tarball and runs", async (_, source, compiled) => {
  writeFileSync(path.join(consumer, source), program);
  const options = {
    target: "ES2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // Its own declarations are held to account below; Pulumi's do not pass under these options.
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [path.join(modules, "@types")],
  };
  writeFileSync(path.join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: [source] }));
  const tsc = path.join(modules, "typescript/bin/tsc");
  const { stdout: complaints } = await run(process.execPath, [tsc, "-p", consumer]).catch(
    (error: { stdout: string }) => error,
  );
  expect(complaints).toBe("");
  const { stdout } = await run(process.execPath, [path.join(consumer, compiled)], { cwd: consumer });
  expect(JSON.parse(stdout)).toEqual({
    gatewayId: "support",
    url: "https://api.mcpstack.com/api/v1/gateway/gw_petalpal/oauth/callback",
    same: true,
  });
});

test("no declaration in it speaks of a package that is not published, or of a file that is not there", () => {
  const declarations = packed.filter((file) => file.endsWith(".d.ts"));
  expect(declarations).toContain("dist/index.d.ts");
  for (const file of declarations) {
    const text = readFileSync(path.join(installed, file), "utf8");
    const imported = [...text.matchAll(/(?:from|import\() ?["']([^"']+)["']/g)].map(([, name]) => String(name));
    const strangers = imported.filter((name) =>
      name.startsWith(".")
        ? !packed.includes(`${path.posix.join(path.posix.dirname(file), name)}.d.ts`)
        : name !== "@pulumi/pulumi",
    );
    expect([file, strangers]).toEqual([file, []]);
  }
});

test("it depends on nothing but its peer, and holds no tests and no sources", () => {
  const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8")) as Record<string, object>;
  expect(manifest.dependencies).toBeUndefined();
  expect(Object.keys(manifest.peerDependencies ?? {})).toEqual(["@pulumi/pulumi"]);
  expect(packed.filter((file) => /\.test\.|^src\/|\.tsbuildinfo$/.test(file))).toEqual([]);
});

test("importing it loads one module beside Pulumi's own; a look-up loads the rest", async () => {
  const source = `
    require("@pulumi/pulumi");
    const before = new Set(Object.keys(require.cache));
    require("@mcpstack/pulumi");
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));
  `;
  const { stdout } = await run(process.execPath, ["-e", source], { cwd: consumer });
  const loaded = (JSON.parse(stdout) as string[]).map((file) => path.relative(installed, file));
  expect(loaded).toEqual([path.join("dist", "bundle", "index.js")]);
});

describe("in a project folder", () => {
  let api: LocalApi;
  let project: CliProject;
  const source = `
    const { Gateway } = require("@mcpstack/pulumi");
    const gateway = new Gateway("support", {
      name: "Support", providerType: "manual", authorizationServerUrl: "https://auth.example.com", metadataCheck: "off",
    });
    gateway.attachTo("petalpal-api", { publicId: "gw_petalpal" });
    exports.id = gateway.id;
  `;
  /** The parts of the state that an upgrade or a bundler must not change. */
  const providers = async () => {
    const { output } = await project.pulumi(["stack", "export"]);
    const { deployment } = JSON.parse(output) as {
      deployment: { resources: { type: string; inputs?: { __provider?: string } }[] };
    };
    return deployment.resources.filter(({ type }) => type.includes("mcpstack")).map(({ inputs }) => inputs?.__provider);
  };
  const useVersion = (version: string, change: (bundle: string) => string) => {
    const copy = path.join(project.folder, "node_modules/@mcpstack/pulumi");
    rmSync(copy, { recursive: true, force: true });
    cpSync(installed, copy, { recursive: true });
    const manifest = JSON.parse(readFileSync(path.join(copy, "package.json"), "utf8")) as object;
    writeFileSync(path.join(copy, "package.json"), JSON.stringify({ ...manifest, version }));
    for (const file of ["dist/bundle/index.js", "dist/bundle/provider.js"]) {
      writeFileSync(path.join(copy, file), change(readFileSync(path.join(copy, file), "utf8")));
    }
  };

  beforeAll(async () => {
    api = await startLocalApi();
    const folder = mkdtempSync(path.join(consumer, "project-"));
    writeFileSync(path.join(folder, "Pulumi.yaml"), "name: installed\nruntime: nodejs\n");
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "installed", main: "index.js" }));
    writeFileSync(path.join(folder, "index.js"), source);
    project = cliProject(folder, api.environment());
    linkPulumi(project.folder);
    await project.pulumi(["stack", "init", "test"]);
  });
  afterAll(async () => {
    await api.close();
    rmSync(project.folder, { recursive: true, force: true });
  });

  test("two versions of the package, one after the other, on one stack: the upgrade is no change", async () => {
    useVersion("0.1.0", (bundle) => bundle);
    await project.pulumi(["up", "--yes", "--skip-preview"]);
    useVersion("0.2.0", (bundle) => `/* another build */\n${bundle}`);
    await project.pulumi(["preview", "--refresh", "--expect-no-changes"]);
  });

  test("a program bundled by esbuild has the same provider, and is no change either", async () => {
    const before = await providers();
    await build({
      stdin: { contents: source, resolveDir: project.folder },
      bundle: true,
      platform: "node",
      minify: true,
      external: ["@pulumi/pulumi", "@pulumi/pulumi/*"],
      outfile: path.join(project.folder, "index.js"),
      logLevel: "error",
      allowOverwrite: true,
    });
    await project.pulumi(["up", "--yes", "--skip-preview"]);
    expect(await providers()).toEqual(before);
    expect(before).toEqual([
      "exports.handler = () => require('@mcpstack/pulumi/provider').gateway;",
      "exports.handler = () => require('@mcpstack/pulumi/provider').attachment;",
    ]);
    await project.pulumi(["preview", "--expect-no-changes"]);
  });

  test("where the package is only a dependency of a dependency, the program says what to install", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "mcpstack-pulumi-transitive-"));
    linkPulumi(folder);
    const between = path.join(folder, "node_modules/between");
    cpSync(installed, path.join(between, "node_modules/@mcpstack/pulumi"), { recursive: true });
    linkPulumi(between);
    writeFileSync(path.join(between, "package.json"), JSON.stringify({ name: "between", main: "index.js" }));
    writeFileSync(path.join(between, "index.js"), 'module.exports = require("@mcpstack/pulumi");');
    writeFileSync(path.join(folder, "index.js"), source.replace("@mcpstack/pulumi", "between"));
    const { stderr } = await run(process.execPath, ["index.js"], { cwd: folder }).catch(
      (error: { stderr: string }) => error,
    );
    rmSync(folder, { recursive: true, force: true });
    expect(stderr).toContain("@mcpstack/pulumi is not installed where Pulumi looks for it");
    expect(stderr).toContain("npm install @mcpstack/pulumi");
  });
});
