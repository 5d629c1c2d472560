// Whatever the service holds can be taken over: the Pulumi program that the command writes changes nothing.
import { startLocalApi } from "@mcpstack/local-api";
import { Gateway } from "@mcpstack/pulumi";
import ts from "typescript";
import { closing, mcpstackIac } from "../cli/command-line";
import { makeOddGateways, oddGateways } from "../existing/gateways";
import { inlineProject } from "./inline-project";
import { writes } from "./requests";

const count = Object.keys(oddGateways).length;

test("what the command writes adopts everything and changes nothing, then and later", async () => {
  const api = closing(await startLocalApi());
  const ids = Object.values(makeOddGateways(api));
  const { code, stdout } = await mcpstackIac(["import", "--no-metadata", "--to", "pulumi"], { env: api.environment() });
  expect(code).toBe(0);
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const written = ts.transpileModule(stdout, { compilerOptions }).outputText;
  const program = async () => {
    new Function("require", "exports", written)(() => require("@mcpstack/pulumi"), {});
  };
  const project = await inlineProject("whatever-exists", api.environment());
  closing({ close: () => project.remove() });
  // Nothing is published for what is in the table, so nothing is asked for.
  await project.stack.setConfig("mcpstack:metadataCheck", { value: "off" });

  const preview = await project.preview(program);
  expect(preview.changes).toEqual({ create: count });
  expect(preview.output).not.toContain("and changes it");
  api.clearRequests();
  await project.up(program);
  expect(writes(api)).toEqual([]);
  expect(
    (await project.resources()).flatMap(({ type, id }) => (type.endsWith("mcpstack:Gateway") ? [id] : [])).sort(),
  ).toEqual([...ids].sort());
  expect((await project.preview(program, { refresh: true })).changes).toEqual({ same: count });
  expect(writes(api)).toEqual([]);
});

test("what a person edits of it is judged, what they leave is not, and empty values are none", async () => {
  const api = closing(await startLocalApi());
  const odd = {
    name: " led",
    providerType: "manual",
    authorizationServerUrl: "http://auth.example.com",
    scopes: ['say"hi"'],
  };
  const { id } = api.store.createGateway(odd);
  const project = await inlineProject("edits-of-it", api.environment());
  closing({ close: () => project.remove() });
  const program = (more: object) => async () => {
    new Gateway("odd", { ...odd, metadataCheck: "off", adopt: id, ...more });
  };

  const adopting = await project.preview(program({ providerType: "two words" }), { mayFail: true });
  expect(adopting.ok).toBe(false);
  expect(adopting.output).toContain('Gateway " led": providerType must be one word, such as manual.');
  await project.up(program({}));
  expect(writes(api)).toEqual([]);

  const bad = { authorizationServerUrl: "http://login.example.com", scopes: ['say"hi"', "a b"], clientId: "x " };
  const refused = await project.preview(program(bad), { mayFail: true });
  expect(refused.ok).toBe(false);
  for (const says of [
    "authorizationServerUrl must be an https URL: plain http is taken only for the loopback host.",
    "scopes[1] must be one scope token (RFC 6749 §3.3)",
    "clientId must not begin or end with white space.",
  ])
    expect(refused.output).toContain(says);
  expect(refused.output).not.toContain("name must");

  const empty = { description: "", clientId: "", resource: "", metadataUrl: "", trustedOrigins: [], findings: {} };
  expect((await project.preview(program(empty))).changes).toEqual({ same: 1 });
  await project.up(program({ clientId: "x", scopes: ["openid", 'say"hi"'] }));
  expect(api.store.gateway(id)).toMatchObject({ ...odd, clientId: "x", scopes: ["openid", 'say"hi"'] });
  await project.up(program({ ...empty, scopes: [] }));
  expect(api.store.gateway(id)).toMatchObject({ name: " led" });
  expect([api.store.gateway(id)?.clientId, api.store.gateway(id)?.scopes]).toEqual([undefined, undefined]);
  expect((await project.preview(program({ ...empty, scopes: [] }), { refresh: true })).changes).toEqual({ same: 1 });

  const anew = await project.preview(
    async () => void new Gateway("new", { name: "", providerType: "manual", authorizationServerUrl: "" }),
    { mayFail: true },
  );
  expect(anew.output).toContain("name is required and must not be empty.");
  expect(anew.output).toContain("authorizationServerUrl is required and must not be empty.");
  const unknown = { ...odd, findings: { issuer_mismatch: "off" as const } };
  const silenced = await project.preview(async () => void new Gateway("odd", unknown), { mayFail: true });
  expect(silenced.output).toContain('is not the code of a finding: the nearest is "issuer-mismatch"');
});

test("a memory of a newer version, or one that is damaged, is ignored and does no harm", async () => {
  const api = closing(await startLocalApi({ behaviour: { fills: "derived" } }));
  const project = await inlineProject("memories", api.environment());
  closing({ close: () => project.remove() });
  const profile = {
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.com",
    metadataCheck: "off",
  } as const;
  const program = (more: object) => async () => {
    for (const name of ["newer", "damaged", "none"]) new Gateway(name, { ...profile, name, ...more });
  };
  await project.up(program({}));
  const memories: Record<string, unknown> = {
    newer: { version: 99, written: [["name", "newer"]], formerly: "x" },
    damaged: { written: { name: 7, scopes: "openid" }, filled: null, formerly: [null] },
    none: "text",
  };
  const state = await project.stack.exportStack();
  for (const resource of (state.deployment as { resources: StoredResource[] }).resources) {
    const name = resource.urn.split("::").at(-1) ?? "";
    if (name in memories && resource.outputs) resource.outputs.__memory = memories[name];
    if (name in memories && resource.inputs) resource.inputs.__memory = memories[name];
  }
  await project.stack.importStack(state);
  const preview = await project.preview(program({}), { refresh: true });
  expect([preview.ok, preview.changes]).toEqual([true, { same: 3 }]);
  await project.up(program({ clientId: "x" }));
  expect(api.store.gateways().map(({ clientId }) => clientId)).toEqual(["x", "x", "x"]);
  expect((await project.preview(program({ clientId: "x" }), { refresh: true })).changes).toEqual({ same: 3 });
  await project.destroy();
  expect(api.store.gateways()).toEqual([]);
});

interface StoredResource {
  readonly urn: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}
