// A service that answers a write with success and does something else: the stack remembers what is there, and the next preview shows it.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

let api: LocalApi;
let project: InlineProject;
beforeAll(async () => {
  api = await startLocalApi();
  project = await inlineProject("believed-writes", api.environment());
});
afterAll(async () => {
  await api.close();
  project.remove();
});
afterEach(() => api.faults.clear());

const program =
  (clientId: string, name = "Support") =>
  async () =>
    void new Gateway("support", {
      name,
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.invalid",
      metadataCheck: "off",
      clientId,
    });
const ours = async () => (await project.resources()).filter(({ type }) => type.includes("mcpstack"));

test("an update that was not carried out is a warning, and an update in the next preview, without a refresh", async () => {
  await project.up(program("one"));
  api.faults.add({ match: { method: "PUT" }, action: { status: 204 } });
  const { output, changes } = await project.up(program("two"));
  expect(changes).toEqual({ update: 1 });
  expect(output).toMatch(/warning: Gateway "Support": clientId: The service answered with success/);
  expect(output).toMatch(/Expected: two\s+Found: one\s.*\(not_as_written\)/s);
  expect((await ours())[0]?.outputs).toMatchObject({ clientId: "one" });
  api.faults.clear();
  expect((await project.preview(program("two"))).changes).toEqual({ update: 1 });
  await project.up(program("two"));
  expect(api.store.gateways()[0]?.clientId).toBe("two");
  expect((await project.preview(program("two"))).changes).toEqual({ same: 1 });
  expect((await project.refresh()).changes).toEqual({ same: 1 });
});

test("one that was answered with an error beside the document fails with its words", async () => {
  const body = { ...api.store.gateways()[0], error: "quota exceeded" };
  api.faults.add({ match: { method: "PUT" }, action: { status: 200, body } });
  const failed = await project.up(program("three"), { mayFail: true });
  expect(failed.output).toContain("quota exceeded");
  api.faults.clear();
  expect((await project.preview(program("three"))).changes).toEqual({ update: 1 });
});

test("a destroy that was only accepted fails and keeps the gateway, until it is gone", async () => {
  api.faults.add({ match: { method: "DELETE" }, times: 1, action: { status: 202 } });
  await expect(project.destroy()).rejects.toThrow(/is still there/);
  expect(await ours()).toHaveLength(1);
  await project.destroy();
  expect(api.store.gateways()).toEqual([]);
});

test("a gateway that was made otherwise, with an error, is kept as it is, and made right by the next up", async () => {
  const body = { id: "gtw_000002", name: "Support", clientId: "theirs", error: "no such client" };
  const { createGateway: create } = api.store;
  api.store.createGateway = (fields) => create.call(api.store, { ...fields, clientId: "theirs" });
  api.faults.add({ match: { method: "POST" }, performed: true, action: { status: 201, body } });
  const failed = await project.up(program("mine"), { mayFail: true });
  api.store.createGateway = create;
  api.faults.clear();
  expect(failed.output).toContain("no such client");
  const [made] = await ours();
  expect(made).toMatchObject({ id: "gtw_000002", outputs: { clientId: "theirs" } });
  expect(made?.initErrors).toHaveLength(1);
  await project.up(program("mine"));
  expect(api.store.gateways().map(({ id, clientId }) => [id, clientId])).toEqual([["gtw_000002", "mine"]]);
});

test("a name that the service tidies is no change of any preview or refresh", async () => {
  const { putGateway: put } = api.store;
  api.store.putGateway = (id, fields) =>
    put.call(api.store, id, fields.name === undefined ? fields : { ...fields, name: fields.name.toLowerCase() });
  const tidied = program("mine", "Support API");
  await project.up(tidied);
  expect(api.store.gateways()[0]?.name).toBe("support api");
  expect((await project.preview(tidied)).changes).toEqual({ same: 1 });
  expect((await project.refresh()).changes).toEqual({ same: 1 });
  expect((await project.preview(tidied)).changes).toEqual({ same: 1 });
});
