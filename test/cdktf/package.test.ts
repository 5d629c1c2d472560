// The package as npm publishes it, used by a program outside the workspace.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(__dirname, "../..");
const modules = path.join(root, "node_modules");
let consumer: string;
let packed: string[];

beforeAll(async () => {
  consumer = await mkdtemp(path.join(tmpdir(), "mcpstack-cdktf-consumer-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", consumer], {
    cwd: path.join(root, "packages/cdktf"),
    shell: process.platform === "win32",
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  packed = files.map((file) => file.path);
  const installed = path.join(consumer, "node_modules/@mcpstack/cdktf");
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", path.join(consumer, filename), "-C", installed, "--strip-components=1"]);
  // Its peers, and nothing else: not the model, not zod.
  for (const peer of ["cdktf", "constructs"])
    await symlink(path.join(modules, peer), path.join(consumer, "node_modules", peer), "junction");
});
afterAll(() => rm(consumer, { recursive: true, force: true }));

const program = `import { Gateway, type GatewayProps, type IGateway, LeastPrivilegeScopes, level1, McpstackProvider } from "@mcpstack/cdktf";
import { Aspects, Testing, TerraformStack } from "cdktf";

const stack = new TerraformStack(Testing.app(), "consumer");
new McpstackProvider(stack, "mcpstack", { metadataCheck: "warn" });
const props: GatewayProps = {
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com",
  clientId: process.env["NOT_SET"],
  scopes: ["openid"],
  settings: { nested: { list: [1, true, null] } },
};
const gateway: IGateway = new Gateway(stack, "support", props);
gateway.attachTo("petalpal-api", { publicId: "gw_petalpal" });
// @ts-expect-error: not a kind of check
const wrong: GatewayProps = { ...props, metadataCheck: "loud" };
Aspects.of(stack).add(new LeastPrivilegeScopes({ allow: ["openid"] }));
console.log(Testing.synth(stack, true), level1.gateway.Gateway.tfResourceType, typeof wrong);
`;

test.each([
  ["CommonJS", "program.cts", "program.cjs"],
  ["an ES module", "program.mts", "program.mjs"],
])("a strict program written as %s compiles against it and runs", async (_, source, compiled) => {
  await writeFile(path.join(consumer, source), program);
  const options = {
    target: "ES2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // Its declarations are checked too; those of cdktf and of Node are not our concern, and pass as well.
    skipLibCheck: false,
    types: ["node"],
    typeRoots: [path.join(modules, "@types")],
  };
  await writeFile(path.join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: [source] }));
  const { stdout: complaints } = await run(process.execPath, [
    path.join(modules, "typescript/bin/tsc"),
    "-p",
    consumer,
  ]).catch((error: { stdout: string }) => error);
  expect(complaints).toBe("");
  const { stdout } = await run(process.execPath, [path.join(consumer, compiled)]);
  expect(stdout).toContain('"server_id": "petalpal-api"');
  expect(stdout).toContain("mcpstack_gateway object");
});

test("no declaration in it speaks of a package that is not published", async () => {
  const declarations = packed.filter((file) => file.endsWith(".d.ts"));
  expect(declarations).toContain("dist/index.d.ts");
  for (const file of declarations) {
    const text = await readFile(path.join(consumer, "node_modules/@mcpstack/cdktf", file), "utf8");
    const imported = [...text.matchAll(/(?:from|import\() ?["']([^."'][^"']*)["']/g)].map(([, name]) => name);
    expect([file, imported.filter((name) => name !== "cdktf" && name !== "constructs")]).toEqual([file, []]);
  }
});

test("it holds no tests and no sources", () => {
  expect(packed.filter((file) => /\.test\.|^src\/|\.tsbuildinfo$/.test(file))).toEqual([]);
});
