import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { engineEnvironment, runEngine, succeeded } from "./workspace";

const root = path.resolve(__dirname, "../..");

test("the reference pages say what the schema says", async () => {
  const script = path.join(root, "packages/terraform-provider/reference.mjs");
  await promisify(execFile)(process.execPath, [script, "--check"]);
});

describe("every example of the reference pages is valid", () => {
  let initialised: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    env = await engineEnvironment("executable");
    initialised = await mkdtemp(path.join(tmpdir(), "mcpstack-reference-"));
    await cp(path.join(root, "examples/provider"), initialised, { recursive: true });
    succeeded(await runEngine("terraform", ["init", "-input=false", "-no-color"], initialised, env));
  });
  afterAll(() => rm(initialised, { recursive: true, force: true }));

  test.each([
    "resources/mcpstack_gateway",
    "resources/mcpstack_server_gateway_attachment",
    "data-sources/mcpstack_gateway",
    "data-sources/mcpstack_gateways",
    "data-sources/mcpstack_server",
    "data-sources/mcpstack_gateway_servers",
    "data-sources/mcpstack_gateway_logs",
    "data-sources/mcpstack_oauth_metadata",
    "functions/callback_url",
    "functions/same_issuer",
  ])("%s", async (example) => {
    const folder = await mkdtemp(path.join(tmpdir(), "mcpstack-reference-"));
    await cp(initialised, folder, { recursive: true, verbatimSymlinks: true });
    await cp(path.join(root, "examples", example), folder, { recursive: true });
    const { stdout } = await runEngine("terraform", ["validate", "-json"], folder, env);
    await rm(folder, { recursive: true, force: true });
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
  });

  test("none is left out of this test", async () => {
    const kinds = ["resources", "data-sources", "functions"];
    const folders = await Promise.all(kinds.map((kind) => readdir(path.join(root, "examples", kind))));
    expect(folders.flat()).toHaveLength(10);
  });
});

describe("`providers schema -json`", () => {
  test("lists both resources, the data sources and the functions, every attribute with a description", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "mcpstack-schema-"));
    const env = await engineEnvironment("script");
    await cp(path.join(root, "examples/provider"), folder, { recursive: true });
    succeeded(await runEngine("terraform", ["init", "-input=false", "-no-color"], folder, env));
    const { stdout } = succeeded(await runEngine("terraform", ["providers", "schema", "-json"], folder, env));
    await rm(folder, { recursive: true, force: true });
    const [schemas] = Object.values(
      (JSON.parse(stdout) as { provider_schemas: Record<string, ProviderSchemas> }).provider_schemas,
    );
    expect(Object.keys(schemas?.resource_schemas ?? {})).toEqual([
      "mcpstack_gateway",
      "mcpstack_server_gateway_attachment",
    ]);
    expect(Object.keys(schemas?.data_source_schemas ?? {})).toEqual(
      expect.arrayContaining([
        "mcpstack_gateway",
        "mcpstack_gateways",
        "mcpstack_server",
        "mcpstack_gateway_servers",
        "mcpstack_gateway_logs",
        "mcpstack_oauth_metadata",
      ]),
    );
    expect(Object.keys(schemas?.functions ?? {})).toEqual(["callback_url", "same_issuer"]);
    const blocks = [
      schemas?.provider,
      ...Object.values({ ...schemas?.resource_schemas, ...schemas?.data_source_schemas }),
    ];
    expect(blocks.flatMap((schema) => undescribed(schema?.block.attributes ?? {}))).toEqual([]);
  });
});

interface Attributes {
  [name: string]: { description?: string; nested_type?: { attributes: Attributes } };
}
interface ProviderSchemas {
  provider: { block: { attributes: Attributes } };
  resource_schemas: Record<string, { block: { attributes: Attributes } }>;
  data_source_schemas: Record<string, { block: { attributes: Attributes } }>;
  functions: Record<string, unknown>;
}

function undescribed(attributes: Attributes): string[] {
  return Object.entries(attributes).flatMap(([name, { description, nested_type }]) => [
    ...(description ? [] : [name]),
    ...undescribed(nested_type?.attributes ?? {}),
  ]);
}
